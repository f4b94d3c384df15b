"""`briefing check`: each common mistake is found, with its cure, and a newsroom in order has none."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import uvicorn
from starlette.applications import Starlette

from briefing import config
from briefing.cli.checking import address_checks, morning_checks
from briefing.editions.air_times import Hours
from briefing.model import EditionKey, Stage
from briefing.server import health
from briefing.storage.store import Account, opened
from tests import hooks
from tests.briefing.monitoring.test_watch import answers, sound
from tests.briefing.net.server import page, serving
from tests.briefing.storage.test_store import episode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.cli.checking.findings import Finding

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOOK = '\n[[alarms.webhooks]]\nkey = "ROBOT"\n'


def changed(newsroom: Path, old: str = "", new: str = "", *, more: str = "") -> config.Config:
    """The newsroom with one mistake in its configuration."""
    text = newsroom.read_text(encoding="utf-8")
    assert old in text
    newsroom.write_text(text.replace(old, new, 1) + more, encoding="utf-8")
    return config.load(newsroom)


def found(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """State, name and cure."""
    return [(one.state, one.name, one.cure) for one in findings]


def bad(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """The same of what is not as it should be."""
    return [one for one in found(findings) if one[0] != "ok"]


def test_a_secret_that_is_not_set_is_found(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is needed and what it is called; one that is set is not."""
    configuration = changed(newsroom, more=HOOK)
    assert bad(morning_checks.check_secrets(configuration)) == [
        ("error", "secrets", "set ROBOT where `briefing serve` runs")
    ]
    monkeypatch.setenv("ROBOT", "https://robot.example/")
    assert found(morning_checks.check_secrets(configuration)) == [("ok", "secrets", "")]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ('[shows.demo.llm]\nurl = "http://127.0.0.1:1/v1"\nmodel = "m"\nkey = "LLM"\n', "shows.demo.llm"),
        (
            '[[anchors.yunxi.fallback]]\nvoice = "openai"\naddress = "http://127.0.0.1:1"\nkey = "TTS"\n',
            "anchors.yunxi",
        ),
        ('[alarms.mail]\nhost = "h"\nsender = "a@b.cn"\nto = ["a@b.cn"]\nkey = "MAIL"\n', "alarms.mail"),
    ],
)  # fmt: skip - a table of settings reads best one a line
def test_every_kind_of_secret_is_looked_for(newsroom: Path, more: str, name: str) -> None:
    """The model's, a voice's, the mail server's."""
    (one,) = morning_checks.check_secrets(changed(newsroom, more=more))
    assert (one.state, one.sentence.split()[0]) == ("error", name)


def test_a_newsroom_that_tells_nobody_is_found(newsroom: Path) -> None:
    """And letters to nobody."""
    assert bad(morning_checks.check_alarms(config.load(newsroom))) == [
        ("warn", "alarms", "add [[alarms.webhooks]] or [alarms.mail]")
    ]
    mail = '\n[alarms.mail]\nhost = "h"\nsender = "radio@news.cn"\nto = ["editor@example.com"]\n'
    assert bad(morning_checks.check_alarms(changed(newsroom, more=mail))) == [
        ("warn", "alarms", "name a real one")
    ]


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://radio.news.cn/", "ok"),
        ("http://radio.news.cn/", "warn"),
        ("http://127.0.0.1:8000/", "warn"),
        ("https://192.168.1.5/", "warn"),
        ("https://[::1]/", "warn"),
        ("https://localhost/", "warn"),
        ("https://nas/", "warn"),
        ("https://radio.example.com/", "error"),
        ("https://news.example/", "error"),
    ],
)
def test_an_address_that_listeners_cannot_use_is_found(newsroom: Path, url: str, state: str) -> None:
    """This machine's, the network's, one without https, one that nobody has; of the desk too."""
    configuration = changed(newsroom, 'address = "http://127.0.0.1:8000/"', f'address = "{url}"')
    configuration = configuration.model_copy(
        update={"desk": configuration.desk.model_copy(update={"address": url, "proxy": True})}
    )
    assert [one.state for one in address_checks.check_addresses(configuration)] == [state, state]


def test_a_desk_that_does_not_know_of_the_server_before_it_is_found(newsroom: Path) -> None:
    """Else all strangers are one, and are throttled as one."""
    configuration = changed(newsroom, '[desk]\naddress = ""', '[desk]\naddress = "https://desk.news.cn/"')
    assert bad(address_checks.check_addresses(configuration))[1:] == [
        ("warn", "desk address", "set `desk.proxy` to true")
    ]


def test_a_placeholder_for_the_publisher_is_found(newsroom: Path) -> None:
    """The sample's own address; the cover can be drawn."""
    assert found(morning_checks.check_shows(config.load(newsroom))) == [
        ("warn", "show demo", "set `shows.demo.email`"),
        ("ok", "cover of demo", ""),
    ]
    configuration = changed(newsroom, "newsroom@example.com", "newsroom@radio.cn")
    assert bad(morning_checks.check_shows(configuration)) == []


def test_a_cover_that_cannot_be_drawn_is_found(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the fonts there is none."""
    monkeypatch.setenv("BRIEFING_CACHE", str(newsroom.parent / "empty"))
    configuration = changed(newsroom, "newsroom@example.com", "newsroom@radio.cn")
    assert bad(morning_checks.check_shows(configuration)) == [
        ("error", "cover of demo", "mend `shows.demo.title`, or `briefing fetch`")
    ]


MORNING = Hours(ZoneInfo("Asia/Shanghai"), time(7))


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [
        (
            MORNING,
            "ok",
            "gathers at 05:30, drafts at 06:00, renders at 06:40, goes out at 07:00 in Asia/Shanghai",
        ),
        (replace(MORNING, publish=time(2, 30)), "warn", "goes out at 02:30 in Asia/Shanghai"),
        (replace(MORNING, publish=time(0, 30)), "warn", "is gathered at 23:00 of the evening before"),
        (replace(MORNING, weekdays=frozenset()), "error", "there is no day with this edition"),
    ],
)  # fmt: skip - a table of hours reads best one a line
def test_odd_times_are_found(hours: Hours, state: str, said: str) -> None:
    """The middle of the night, papers that are not out yet, an edition that never comes."""
    (one,) = morning_checks.times("times", hours, NOW)
    assert one.state == state
    assert said in one.sentence


def test_editions_of_one_minute_and_holidays_that_are_over_are_found(newsroom: Path) -> None:
    """Both belong to a configuration that was copied, or forgotten."""
    configuration = config.load(newsroom)
    edition = configuration.shows["demo"].editions["morning"]
    show = configuration.shows["demo"].model_copy(
        update={"editions": {"morning": edition, "again": edition}, "holidays": (date(2020, 1, 1),)}
    )
    assert bad(morning_checks.check_times(configuration.model_copy(update={"shows": {"demo": show}}))) == [
        ("warn", "times of demo", "give each a time of its own"),
        ("warn", "times of demo", "add the coming ones to `shows.demo.holidays`"),
    ]


@pytest.mark.parametrize(
    ("now", "newest", "state"),
    [
        (NOW, None, "ok"),
        (NOW, NOW + timedelta(minutes=4), "ok"),
        (NOW, NOW + timedelta(minutes=6), "error"),
        (datetime(1970, 1, 1, tzinfo=UTC), None, "error"),
    ],
)
def test_a_clock_that_cannot_be_right_is_found(now: datetime, newest: datetime | None, state: str) -> None:
    """One that was never set, and one that is behind what was stored."""
    assert morning_checks.clock(now, newest).state == state


def test_a_database_that_cannot_be_used_is_found(newsroom: Path) -> None:
    """With its address but not its password."""
    url = "sqlite:////nowhere/that/is/briefing.db"
    configuration = changed(newsroom, 'database = ""', f'database = "{url}"')
    (one,) = morning_checks.check_database(configuration)
    assert (one.state, one.name) == ("error", "database")
    assert "cannot be opened: unable to open database file" in one.sentence


def test_a_desk_without_a_chief_and_a_clock_behind_the_store_are_found(newsroom: Path) -> None:
    """And both are well with an account, and without a script of the future."""
    configuration = config.load(newsroom)
    key = EditionKey("demo", date(2026, 3, 2), "morning")
    with opened(configuration.database, configuration.folder) as store:
        store.editions.move_edition(key, Stage.GATHERED)
        store.scripts.save_script(key, "text", base=0, author="a", saved=datetime(2100, 1, 1, tzinfo=UTC))
    names = {one.name: one.state for one in morning_checks.check_database(configuration)}
    assert (names["database"], names["desk"], names["clock"]) == ("ok", "warn", "error")
    with opened(configuration.database, configuration.folder) as store:
        store.accounts.add_account(Account("li", "chief", "hash", NOW))
        store.scripts.save_script(key, "text", base=1, author="a", saved=datetime(2024, 6, 1, tzinfo=UTC))
    names = {one.name: one.state for one in morning_checks.check_database(configuration)}
    assert (names["desk"], names["clock"]) == ("ok", "ok")


def test_a_source_that_gives_nothing_is_found(newsroom: Path, tmp_path: Path) -> None:
    """An error where it cannot be read, a warning where it has nothing of these days, and its headline where it has."""
    today = f"{datetime.now(NOW.tzinfo):%Y-%m-%d}"
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(
        f"滨河大桥通车\n{today}\n滨河大桥今天通车。\n", encoding="utf-8"
    )
    with serving({}) as site:
        more = (
            f'\n[sources.gone]\nkind = "rss"\nname = "晚报"\nurl = "{site.url("/rss.xml")}"\nallow_private = true\n'
            '[sources.inbox]\nkind = "folder"\nname = "编辑部"\npath = "inbox"\n'
        )
        configuration = changed(newsroom, '"binhe", "yunling", "haigang"]', '"gone", "inbox"]', more=more)
        states = {one.name: (one.state, one.sentence) for one in morning_checks.check_database(configuration)}
    assert states["source yuzhong"][0] == "warn"
    assert states["source gone"][0] == "error"
    assert "answers 404" in states["source gone"][1]
    assert states["source inbox"] == ("ok", "gives articles, such as “滨河大桥通车”")


def test_a_port_that_another_program_has_is_found(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Free is well, `briefing serve` is well, anything else is not."""
    configuration = config.load(newsroom)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(address_checks, "SERVED", taken.getsockname())
        monkeypatch.setattr(address_checks, "PATIENCE", 0.1)
        assert [one.state for one in address_checks.check_port(configuration)] == ["warn"]
    assert [one.state for one in address_checks.check_port(configuration)] == ["ok"]
    settings = uvicorn.Config(Starlette(routes=health.health_routes({}, bytes)), port=0, log_level="critical")
    server, listener = uvicorn.Server(settings), settings.bind_socket()
    listener.listen()
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    monkeypatch.undo()
    monkeypatch.setattr(address_checks, "SERVED", listener.getsockname())
    assert "answers on" in next(iter(address_checks.check_port(configuration))).sentence
    server.should_exit = True
    thread.join()


def test_what_listeners_do_not_find_is_found(newsroom: Path) -> None:
    """What is on the air must be at the public address; before the first edition nothing is wanted."""
    configuration = config.load(newsroom)
    assert found(address_checks.check_on_air(configuration)) == [("ok", "on air demo", "")]
    key = EditionKey("demo", date(2026, 1, 5), "morning")
    with opened(configuration.database, configuration.folder) as store:
        for stage in (Stage.GATHERED, Stage.DRAFTED, Stage.APPROVED, Stage.VOICED):
            store.editions.move_edition(key, stage)
        store.episodes.save_episode(key, episode(1))
    good = answers(sound())
    with serving(
        {f"/demo{path}": answer for path, answer in good.items()} | {"/a.mp3": good["/a.mp3"]}
    ) as site:
        configuration = changed(
            newsroom, 'address = "http://127.0.0.1:8000/"', f'address = "{site.url("/")}"'
        )
        assert bad(address_checks.check_on_air(configuration)) == []
        site.answers["/a.mp3"] = page(sound()[:-10], "audio/mpeg")
        (one,) = address_checks.check_on_air(configuration)
    assert (one.state, re.sub(r"\d+", "N", one.sentence)) == (
        "error",
        "the audio has N bytes, but the feed says N",
    )


def test_a_trial_alarm_goes_to_everybody(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says that it is one; who did not get it is told."""
    configuration = changed(newsroom, more=HOOK)
    with hooks.hook() as hook:
        monkeypatch.setenv("ROBOT", hook.url)
        assert found(morning_checks.ring(configuration, NOW)) == [("ok", "alarm json ROBOT", "")]
        assert hook.bodies[0]["sentence"] == "这是一次告警演练，不必处理；收到就说明告警能送到。"
        hook.answers = [(404, "")]
        assert found(morning_checks.ring(configuration, NOW)) == [
            ("error", "alarm json ROBOT", "mend it in [alarms]")
        ]
