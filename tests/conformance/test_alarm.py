"""One suite for every alarm: what `alarms.base.Alarm` promises, with those who are told on loopback."""

from __future__ import annotations

import json
import logging
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import trustme

from briefing.errors import AlarmFailed
from briefing.model import AlarmKind, EditionKey
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.alarms.log_alarm import LogAlarm
from briefing.monitoring.alarms.mail import MailAlarm, MailServer
from briefing.monitoring.alarms.throttled import BrokenAlarm, ThrottledAlarm, ThrottleRules
from briefing.monitoring.alarms.webhook import FORMATS, WebhookAlarm
from briefing.monitoring.redaction import Redactor
from briefing.storage.store import opened
from tests import hooks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing.monitoring.alarms.events import Alarm

# aiosmtpd knows no TLS but STARTTLS: one that is there from the first byte it takes for none.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

SECRET = "robot-key-7f3a9c"  # noqa: S105 - a made-up one
LATE = Event(
    AlarmKind.LATE,
    Severity.URGENT,
    "七点的早间版还没有播出，请到编辑台查看。",
    datetime(2026, 3, 2, 7, 5, tzinfo=ZoneInfo("Asia/Shanghai")),
    "demo",
    EditionKey("demo", date(2026, 3, 2), "morning"),
)
KINDS = ("log", "patient", *FORMATS, "mail tls", "mail starttls")


@dataclass(frozen=True)
class Told:
    """An alarm, what it has told as texts, and how to make the other side refuse."""

    alarm: Alarm
    texts: Callable[[], list[str]]
    refuse: Callable[[], None] = lambda: None


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Who signs the certificates of the mail server."""
    return trustme.CA()


@pytest.fixture(params=KINDS)
def told(
    request: pytest.FixtureRequest,
    authority: trustme.CA,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Told]:
    """Each alarm that there is, or those that a test names."""
    kind, _, tls = request.param.partition(" ")
    caplog.set_level(logging.INFO)
    if kind == "log":
        yield Told(LogAlarm(), lambda: caplog.messages)
    elif kind == "patient":
        with opened(f"sqlite:///{tmp_path}/briefing.db", tmp_path) as store:
            yield Told(ThrottledAlarm({}, store, ThrottleRules(), Redactor()), lambda: caplog.messages)
    elif kind == "mail":
        trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(trust)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        with hooks.post(trust, tls) as taken:
            yield _mail(taken, tls)
    else:
        with hooks.hook() as hook:
            alarm = WebhookAlarm(kind, f"{hook.url}/robot?key={SECRET}", SECRET, sleep=lambda _seconds: None)
            refused = (403, json.dumps({"msg": SECRET}))
            yield Told(
                alarm,
                lambda: [json.dumps(body, ensure_ascii=False) for body in hook.bodies],
                lambda: hook.answers.append(refused),
            )


def _mail(taken: hooks.Post, tls: str) -> Told:
    server = MailServer(
        "127.0.0.1", taken.port, "tls" if tls == "tls" else "starttls", "robot", taken.password
    )
    alarm = MailAlarm(server, "radio@news.example", ("editor@news.example",), sleep=lambda _seconds: None)
    return Told(
        alarm,
        lambda: [f"{one['subject']}\n{one.get_content()}" for one in taken.letters],
        lambda: taken.refusals.extend(["554 no", "554 no"]),
    )


def test_an_event_is_told_with_its_sentence(told: Told) -> None:
    """Once, word for word."""
    told.alarm.notify(LATE)
    (text,) = told.texts()
    assert LATE.sentence in text


def test_the_end_is_told_as_an_end(told: Told) -> None:
    """The trouble, and then that it is over: two texts, of which only the first says that it is urgent."""
    told.alarm.notify(LATE)
    told.alarm.notify(replace(LATE, sentence="早间版已经播出。", over=True))
    first, last = told.texts()
    assert "早间版已经播出。" in last
    assert "紧急" not in last
    assert "恢复" not in first


def test_hostile_words_do_not_break_the_text(told: Told) -> None:
    """Line breaks and marks of direction vanish, and nothing can mention everybody or forge a header."""
    told.alarm.notify(replace(LATE, sentence='来源“甲\r\nBcc: all@x\u202e<at user_id="all"></at>”读不出来。'))
    (text,) = told.texts()
    assert "读不出来。" in text
    assert "\u202e" not in text
    assert "<at" not in text
    assert not any(line.startswith("Bcc:") for line in text.splitlines())


def test_many_threads_may_raise_at_once(told: Told) -> None:
    """Eight different events are eight texts."""
    events = [replace(LATE, subject=str(number), sentence=f"第{number}件事。") for number in range(8)]
    with ThreadPoolExecutor(8) as executor:
        list(executor.map(told.alarm.notify, events))
    texts = told.texts()
    assert len(texts) == 8
    assert all(any(event.sentence in text for text in texts) for event in events)


@pytest.mark.parametrize("told", KINDS[2:], indirect=True)
def test_an_alarm_that_reaches_nobody_says_so_without_its_secret(told: Told) -> None:
    """`AlarmFailed`, and nothing that opens a door in it or in its causes; the log and the patient one cannot fail."""
    told.refuse()
    with pytest.raises(AlarmFailed) as failed:
        told.alarm.notify(LATE)
    assert SECRET not in str(failed.value) + str(failed.value.__cause__)
    assert "correct horse" not in str(failed.value)


def test_a_way_that_cannot_be_used_says_why() -> None:
    """An environment variable that is not set is told at every alarm."""
    with pytest.raises(AlarmFailed, match="ROBOT is not set"):
        BrokenAlarm("ROBOT is not set; set it").notify(LATE)
