"""briefing.toml is read strictly, and what is wrong is said in one sentence."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest

from briefing import config
from briefing.errors import ConfigError
from briefing.wiring.show_contexts import edition_hours

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = config.sample().read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A copy of the sample that a test may spoil."""
    path = tmp_path / "briefing.toml"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def spoil(path: Path, old: str, new: str) -> str:
    """Replace one passage of the file, and return what the reader says of it."""
    assert SAMPLE.count(old) >= 1
    path.write_text(SAMPLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    return str(caught.value).removeprefix(f"{path}: ")


def test_the_sample_is_a_configuration_that_works(written: Path) -> None:
    """What `briefing init` writes can be used as it is; paths count from the file's folder."""
    loaded = config.load(written)
    assert loaded.folder == written.parent.resolve() / "var"
    assert loaded.database == f"sqlite:///{loaded.folder}/briefing.db"
    assert loaded.shows["demo"].editions["morning"].publish == time(7)
    assert loaded.shows["demo"].zone.key == "Asia/Shanghai"


def test_the_hours_of_an_edition_are_as_they_are_written(written: Path) -> None:
    """Holidays, special days, leads and the rule for what nobody approved reach the timetable."""
    text = SAMPLE.replace("holidays = []", "holidays = [2026-10-01]")
    text = text.replace('unapproved = "publish"', 'unapproved = "hold"\nspecial = { 2026-10-01 = 09:00:00 }')
    written.write_text(text.replace("render = 20", "render = 15"), encoding="utf-8")
    hours = edition_hours(config.load(written).shows["demo"])["morning"]
    assert hours.holidays == {date(2026, 10, 1)}
    assert hours.special == {date(2026, 10, 1): time(9)}
    assert (hours.gather, hours.draft, hours.render, hours.catch_up) == tuple(
        timedelta(minutes=minutes) for minutes in (90, 60, 15, 240)
    )
    assert hours.holds


def test_a_database_url_wins_over_the_default_file(written: Path) -> None:
    """Whoever names a database gets that one."""
    written.write_text(SAMPLE.replace('database = ""', 'database = "postgresql://db/news"'), encoding="utf-8")
    assert config.load(written).database == "postgresql://db/news"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 6", "minuets = 6", "unknown key `shows.demo.minuets`; did you mean `minutes`?"),
        (
            "publish = 07:00:00",
            "pubilsh = 07:00:00",
            "unknown key `shows.demo.editions.morning.pubilsh`; did you mean `publish`?",
        ),
        (
            "publish = 07:00:00",
            "publish = 07:00:30",
            "`shows.demo.editions.morning.publish` is 07:00:30, but must be a whole minute such as 07:00:00",
        ),
        (
            "draft = 60",
            "draft = 100",
            (
                "`shows.demo.editions.morning`: `gather`, `draft` and `render` are 90, 100 and 20 minutes before "
                "publishing, but none may be longer than the one before it"
            ),
        ),
        (
            "catch_up = 240",
            "catch_up = 1000",
            "`shows.demo.editions.morning.catch_up` is 1000, but must be at most 720",
        ),
        (
            'unapproved = "publish"',
            'unapproved = "publish"\nspecial = { 20261010 = 09:00:00 }',
            "`shows.demo.editions.morning.special` names '20261010', which is no day; write it as YYYY-MM-DD",
        ),
        ("[newsroom]", "[newsrom]", "unknown key `newsrom`; did you mean `newsroom`?"),
        (
            "[newsroom]",
            "[zzz]",
            "unknown key `zzz`; known here: alarms, anchors, desk, keep, newsroom, shows, sources",
        ),
        ("[newsroom]", "base = 'x'\n[newsroom]", "unknown key `base`; remove it"),
        (
            'kind = "folder"\nbucket',
            'kind = "s3"\nbucket',
            "`newsroom.publish.bucket` is '', must be the name of a bucket",
        ),
        (
            'prefix = ""',
            'prefix = "../radio/"',
            (
                "`newsroom.publish.prefix` is '../radio/', must be ASCII such as radio/ with a final slash, "
                "or empty"
            ),
        ),
        (
            'hub = ""',
            'hub = "hub.example"',
            "`newsroom.publish.hub` is 'hub.example', must be an http(s) URL, or empty",
        ),
        (
            'region = ""\nkey = ""',
            'region = ""\nkey = "RADIO_KEY"',
            "`newsroom.publish`: name the environment variables of both `key` and `secret`, or of none",
        ),
        (
            "keep_days = 0",
            "keep_days = -1",
            "`newsroom.publish.keep_days` is -1, but must be at least 0",
        ),
        ("minutes = 6", 'minutes = "6"', "`shows.demo.minutes` is '6', but input should be a valid number"),
        ("minutes = 6", "minutes = 61", "`shows.demo.minutes` is 61, but must be at most 60"),
        ("speed = 1.0", "speed = 9.0", "`anchors.xiaoyi.speed` is 9.0, but must be at most 2"),
        (
            'timezone = "Asia/Shanghai"',
            'timezone = "Asia/Shanghia"',
            "`shows.demo.timezone` is 'Asia/Shanghia', which is no time zone; did you mean `Asia/Shanghai`?",
        ),
        (
            'kind = "newspaper"',
            'kind = "newspapr"',
            "`sources.yuzhong.kind` is 'newspapr', which is no kind of source; did you mean `newspaper`?",
        ),
        (
            'anchors = ["xiaoyi", "yunxi"]',
            'anchors = ["xiaoyi", "yunix"]',
            "`shows.demo.anchors` names 'yunix', which is not described; did you mean `yunxi`?",
        ),
        (
            'sources = ["yuzhong", "binhe", "yunling", "haigang"]',
            "sources = []",
            "`shows.demo.sources` is empty; name at least one",
        ),
        ('title = "每日简报"\n', "", "`shows.demo.title` is missing; add it"),
        (
            "[desk]",
            '[sources.YuZhong]\nname = "报"\npath = "x"\n[desk]',
            "`sources.YuZhong`: a name here has lower-case ASCII letters, digits and hyphens only",
        ),
        (
            'address = "http://127.0.0.1:8000/"',
            'address = "http://例子.cn/"',
            "`newsroom.address` is 'http://例子.cn/', must be an ASCII http(s) URL with a final slash",
        ),
        (
            '[desk]\naddress = ""',
            '[desk]\naddress = "https://a.example/desk/"',
            "`desk.address` is 'https://a.example/desk/', must be http(s)://, a name and nothing behind it",
        ),
        (
            "hosts = []",
            'hosts = ["http://a.example"]',
            "`desk.hosts` has 'http://a.example', must be the bare name or address of a host",
        ),
        (
            "idle = 3.0",
            "idle = 30.0",
            "`desk.idle` is 30.0, but must be at most `desk.hours`, 14.0",
        ),
    ],
)  # fmt: skip - a table of cases reads best one a line
def test_each_mistake_is_one_sentence_with_its_key(written: Path, old: str, new: str, said: str) -> None:
    """A person reads which key is wrong, what it holds, and the nearest thing that would be right."""
    assert spoil(written, old, new) == said


def test_a_show_cannot_stand_where_the_desk_is(written: Path) -> None:
    """Its address would lead to the editors instead."""
    written.write_text(SAMPLE.replace("[shows.demo", "[shows.desk"), encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"`shows.desk` cannot be: /desk/ is an address of the server itself"
    ):
        config.load(written)


def test_a_missing_file_names_the_command_that_writes_one(tmp_path: Path) -> None:
    """A new user is not left alone."""
    path = tmp_path / "none.toml"
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert str(caught.value) == f"{path} does not exist; `briefing init` writes one"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[shows", b"a = 1\na = 2"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, data: bytes) -> None:
    """Bytes that are no UTF-8 and text that is no TOML are told apart from a wrong value."""
    path = tmp_path / "briefing.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        config.load(path)


def test_every_problem_of_a_file_is_told_at_once(written: Path) -> None:
    """Whoever writes a configuration mends it in one go; what is misspelt is not also told as missing."""
    text = SAMPLE.replace("minutes = 6", "minutes = 61").replace("speed = 1.0", "speed = 9.0", 1)
    written.write_text(text.replace('title = "每日简报"', 'titel = "每日简报"'), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.load(written)
    assert str(caught.value).splitlines() == [
        f"{written} has 3 problems:",
        "  `shows.demo.minutes` is 61, but must be at most 60",
        "  unknown key `shows.demo.titel`; did you mean `title`?",
        "  `anchors.xiaoyi.speed` is 9.0, but must be at most 2",
    ]
    text = SAMPLE.replace("draft = 60", "draft = 99").replace('"xiaoyi", "yunxi"', '"xiaoyi", "yunix"')
    written.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="has 2 problems:\n"):
        config.load(written)


def test_the_old_name_of_a_table_works_with_a_warning(
    written: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An installation of the release before goes on; both names together would hide one."""
    old = SAMPLE.replace("[newsroom]", "[house]").replace("[newsroom.publish]", "[house.publish]")
    written.write_text(old.replace("counts = false", "counts = true"), encoding="utf-8")
    assert config.load(written).newsroom.counts
    (warning,) = caplog.messages
    assert "[house] is called [newsroom] now" in warning
    written.write_text(f"{old}\n[newsroom]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="`house` is the old name of `newsroom`; keep one of the two"):
        config.load(written)
