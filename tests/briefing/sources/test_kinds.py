"""Kinds of source: ours, those of other packages, and what the command line makes of files and addresses."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.cli import app
from briefing.editions import episodes, gathering
from briefing.errors import ConfigError, SourceError
from briefing.model import EditionKey, Kind, Script, Segment
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_show_context
from tests.briefing.net.server import page, serving

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = '''"""A kind of source of another package."""

from briefing.sources import helpers
from briefing.sources.extracted_article import ExtractedArticle


def articles(setup, since, until):
    """One notice of the day."""
    if "broken" in setup.url:
        raise KeyError("items")
    found = ExtractedArticle(title="停水通知发出", paragraphs=("明天上午停水两小时，请市民提前蓄水。",), published=since)
    yield helpers.article(setup.name, found, fetched=setup.now())
'''
TEXT = "区里修好了一座老桥，市民可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。"


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that adds the kind `notices`."""
    info = tmp_path / "site" / "city_notices-1.0.dist-info"
    info.mkdir(parents=True)
    (tmp_path / "site" / "city_notices.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: city-notices\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[briefing.sources]\nnotices = city_notices:articles\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.delitem(sys.modules, "city_notices", raising=False)


def with_source(newsroom: Path, lines: str) -> Path:
    """The newsroom with its first source described by these lines."""
    text = newsroom.read_text(encoding="utf-8")
    text = re.sub(r"\[sources\.yuzhong\]\n(?:.+\n)+", f'[sources.yuzhong]\nname = "样报"\n{lines}\n', text)
    text = text.replace('sources = ["yuzhong", "binhe", "yunling", "haigang"]', 'sources = ["yuzhong"]')
    newsroom.write_text(text, encoding="utf-8")
    return newsroom


@pytest.mark.usefixtures("plugin")
def test_another_package_adds_a_kind(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry point is all; the configuration knows the kind, and its articles are gathered."""
    path = with_source(newsroom, 'kind = "notices"\nurl = "https://city.example/"')
    assert app.main(["gather", "--config", str(path), "--day", "2023-06-09", "--quiet", "--json"]) == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["停水通知发出"]


@pytest.mark.usefixtures("plugin")
def test_what_fails_in_another_package_is_a_trouble_of_its_source(newsroom: Path) -> None:
    """Any error at all becomes a `SourceError` with the kind's name."""
    described = config.load(with_source(newsroom, 'kind = "notices"\nurl = "https://broken.example/"'))
    with opened(described.database, described.folder) as store:
        context = build_show_context(described, "demo", store, described.folder)
        now = context.now()
        with pytest.raises(SourceError, match="the source kind 'notices' failed: KeyError: 'items'"):
            list(context.sources["yuzhong"].fetch(now, now))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('kind = "rss"', r"`sources\.yuzhong\.url` is '', must be an http\(s\) address"),
        ('kind = "folder"', r"`sources\.yuzhong\.path` is missing"),
        ('kind = "web"\nurl = "https://x.example/"\nmatch = "("', r"`sources\.yuzhong\.match` is no pattern"),
        ('path = "x"\ntimezone = "Asia/Peking"', r"`sources\.yuzhong\.timezone` is 'Asia/Peking'"),
        ('path = "x"\nlimit = 0', r"`sources\.yuzhong\.limit` is 0, but must be at least 1"),
    ],
)
def test_a_source_that_cannot_be_meant_is_told(newsroom: Path, lines: str, said: str) -> None:
    """Each mistake is one sentence with its key."""
    with pytest.raises(ConfigError, match=said):
        config.load(with_source(newsroom, lines))


def test_extract_reads_an_address(capsys: pytest.CaptureFixture[str]) -> None:
    """An address gives the same JSON as a file; a redirect's end is the article's address."""
    html = f"<title>老桥修好了</title><h1>老桥修好了</h1><p>2023-06-09 08:00 来源：样报</p><p>{TEXT}</p>"
    with serving({"/1.html": page(html)}) as site:
        assert app.main(["extract", site.url("/1.html"), "--allow-private", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
    assert told == {
        "date": "2023-06-09",
        "articles": [
            {
                "title": "老桥修好了", "kicker": "", "byline": "", "source": "样报", "page": "",
                "published": "2023-06-09T08:00:00+08:00", "url": site.url("/1.html"), "complete": True,
                "incomplete_because": "",
                "sections": [], "text": TEXT,
            }
        ],
    }  # fmt: skip


def test_extract_does_not_reach_inside(capsys: pytest.CaptureFixture[str]) -> None:
    """Without leave, an address of this machine is refused in one sentence."""
    with serving({"/": page("secret")}) as site:
        assert app.main(["extract", site.url("/")]) == 1
        assert site.asked == []
    assert "which is no public address" in capsys.readouterr().err


def test_a_page_without_a_date_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date that is not there is null, never invented."""
    path = tmp_path / "a.html"
    path.write_text(f"<title>老桥修好了</title><h1>老桥修好了</h1><p>{TEXT}</p>", encoding="utf-8")
    assert app.main(["extract", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["date"], told["articles"][0]["published"]) == (None, None)


def test_the_show_notes_credit_what_the_programme_rests_on(newsroom: Path) -> None:
    """Each source that was told, once, with its licence note."""
    text = newsroom.read_text(encoding="utf-8")
    newsroom.write_text(
        text.replace('name = "渝中报"', 'name = "渝中报"\nlicence = "CC BY 4.0"'), encoding="utf-8"
    )
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        context = build_show_context(described, "demo", store, described.folder)
        day = context.now().date().fromisoformat("2023-06-09")
        key = EditionKey("demo", day, "morning")
        found = gathering.gather(context, key, Quiet())
        told = Segment("s1", Kind.STORY, "x", "晓伊", (), tuple(one.id for one in found[:2]))
        assert episodes._credits(context, key, Script(key, "x", (told,))) == "来源：渝中报（CC BY 4.0）。"


class Quiet:
    """Progress that says nothing."""

    def chose(self, chosen: object) -> None:
        """Nothing."""

    def spoke(self, done: int, total: int) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""
