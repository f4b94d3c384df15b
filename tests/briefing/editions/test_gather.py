"""Gathering: one bad source never stops the others, its trouble is kept, and what is handed in is in the pool."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.cli import app
from briefing.editions import gathering, stages
from briefing.errors import NothingToSay, SourceError, StageError
from briefing.model import EditionKey
from briefing.net.resources import Copy, Fetched
from briefing.storage.store import COPIES_KEPT, Store, opened
from briefing.wiring.show_contexts import build_show_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.model import Article, Rundown
    from briefing.sources.protocol import Source

TEXT = "区里修好了一座老桥，市民可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。"
DAY = "2023-06-09"


class Heard:
    """Progress that remembers what was said."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def chose(self, chosen: Rundown) -> None:
        """Not of interest here."""

    def spoke(self, done: int, total: int) -> None:
        """Not of interest here."""

    def step(self, what: str) -> None:
        """Remember it."""
        self.steps.append(what)


class Broken:
    """A source that gives one article and then fails."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles

    def fetch(self, since: datetime, until: datetime) -> Iterator[Article]:
        """What there is, then trouble."""
        del since, until
        yield from self.articles
        raise SourceError("the site answers 503")


@pytest.fixture
def context(newsroom: Path) -> Iterator[ShowContext]:
    """The show context of the sample's show."""
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        yield build_show_context(described, "demo", store, described.folder)


def with_sources(context: ShowContext, **sources: Source) -> ShowContext:
    """The show context with some sources in the place of others."""
    return replace(context, sources={**context.sources, **sources})


def key_of(context: ShowContext) -> EditionKey:
    """The edition of the day of the sample page."""
    since = context.now().fromisoformat(f"{DAY}T00:00")
    return EditionKey("demo", since.date(), "morning")


def test_a_bad_source_never_stops_the_others(context: ShowContext) -> None:
    """The others' articles are there, the trouble is said with the last success, and kept; then it is over."""
    key = key_of(context)
    whole = gathering.gather(context, key, Heard())
    heard = Heard()
    assert gathering.gather(with_sources(context, binhe=Broken([])), key, heard) == whole
    worked = f"{context.now():%Y-%m-%d}"
    assert any(
        "source binhe: the site answers 503 (it last worked on " + worked in step for step in heard.steps
    )
    assert context.store.sources.find_state("binhe").trouble == "the site answers 503"
    gathering.gather(context, key, Heard())
    assert context.store.sources.find_state("binhe").trouble == ""


class Raising:
    """A source that raises whatever it is given."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def fetch(self, since: datetime, until: datetime) -> Iterator[Article]:
        """Nothing but the error."""
        del since, until
        raise self.error


@pytest.mark.parametrize(
    "error", [KeyError("items"), TypeError("'int' object is not iterable"), RecursionError(), MemoryError()]
)
def test_any_exception_of_a_source_is_its_own_trouble(context: ShowContext, error: Exception) -> None:
    """It is told with the source's name and the error's kind; the others are read."""
    key, heard = key_of(context), Heard()
    whole = gathering.gather(context, key, Heard())
    assert gathering.gather(with_sources(context, binhe=Raising(error)), key, heard) == whole
    assert any(f"source binhe: the source failed ({type(error).__name__}" in step for step in heard.steps)


def test_gathering_again_takes_nothing_away(context: ShowContext) -> None:
    """What was there stays, though every source gives less now."""
    key = key_of(context)
    whole = gathering.gather(context, key, Heard())
    less = with_sources(context, **{name: Broken([whole[0]]) for name in context.sources})
    assert gathering.gather(less, key, Heard()) == whole


def test_what_came_before_the_trouble_is_kept(context: ShowContext) -> None:
    """Half a source is more than none."""
    first = gathering.gather(context, key_of(context), Heard())[0]
    broken = with_sources(context, **{name: Broken([first]) for name in context.sources})
    assert gathering.gather(broken, key_of(context), Heard())[0] == first


def test_when_nothing_can_be_read_the_reasons_are_told(context: ShowContext) -> None:
    """No article and trouble everywhere: each source's reason is in the one sentence."""
    broken = with_sources(context, **{name: Broken([]) for name in context.sources})
    with pytest.raises(
        NothingToSay, match=r"source yuzhong: the site answers 503 \(it has never worked yet\)"
    ):
        gathering.gather(broken, key_of(context), Heard())


def test_a_draft_of_a_day_without_articles_says_what_comes_first(context: ShowContext) -> None:
    """Not that its articles were too long."""
    key = key_of(context)
    with pytest.raises(StageError) as refused:
        stages.draft(context, key, Heard())
    assert str(refused.value) == f"{key} has no articles yet; run `briefing gather` first"


def test_what_is_handed_in_is_in_the_pool(
    newsroom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file handed in is gathered with the rest, and is in the pool at once when the edition is gathered already."""
    options = ["--config", str(newsroom), "--day", DAY, "--quiet"]
    for name, title in (("a", "老桥修好了可以走了"), ("b", "河道清淤完成了一半")):
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\n来源：样报\n\n{TEXT}\n", encoding="utf-8")
    assert app.main(["add", str(tmp_path / "a.md"), *options]) == 0
    assert app.main(["gather", *options, "--json"]) == 0
    gathered = json.loads(capsys.readouterr().out)
    assert [one["source"] for one in gathered if one["title"] == "老桥修好了可以走了"] == ["样报"]
    assert app.main(["add", str(tmp_path / "b.md"), *options]) == 0
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        (standing,) = store.editions.list_standings("demo")
        assert "河道清淤完成了一半" in [one.title for one in store.articles.list_articles(standing.key)]


def test_all_is_handed_in_or_nothing(
    newsroom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file that cannot be read keeps all out."""
    (tmp_path / "a.md").write_text(f"# 老桥修好了\n\n{TEXT}\n", encoding="utf-8")
    assert app.main(["add", str(tmp_path / "a.md"), str(tmp_path / "no.md"), "--config", str(newsroom)]) == 1
    assert "no.md: cannot be read" in capsys.readouterr().err
    described = config.load(newsroom)
    with opened(described.database, described.folder) as store:
        assert store.articles.list_pushed("demo") == ()


def test_sources_tells_how_each_did(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a gathering: when, how many, and no trouble."""
    options = ["--config", str(newsroom), "--quiet"]
    assert app.main(["gather", *options, "--day", DAY]) == 0
    assert app.main(["sources", *options, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["source"], bool(one["worked"]), one["trouble"]) for one in told] == [
        (name, True, "") for name in ("yuzhong", "binhe", "yunling", "haigang")
    ]


def test_a_copy_is_kept_until_it_is_old(tmp_path: Path) -> None:
    """What was fetched comes back as it was; another address has none."""
    copy = Copy('"v1"', "", Fetched("https://news.example/1", "text/html", "gbk", "老桥".encode("gbk")))
    store = Store.open(f"sqlite:///{tmp_path / 'a.db'}", tmp_path)
    store.sources.keep("https://news.example/1", copy)
    assert store.sources.recall("https://news.example/1") == copy
    assert store.sources.recall("https://news.example/2") is None
    assert timedelta(days=7) < COPIES_KEPT
    store.close()
