"""When somebody is told, what each service is sent, and what is never written down."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import config
from briefing.errors import AlarmFailed, ConfigError
from briefing.model import AlarmKind, EditionKey
from briefing.monitoring.alarms import wording
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.alarms.mail import MailAlarm, MailServer
from briefing.monitoring.alarms.throttled import BrokenAlarm, ThrottledAlarm, ThrottleRules
from briefing.monitoring.alarms.webhook import (
    WebhookAlarm,
    dingtalk_request,
    feishu_request,
    json_request,
    wecom_request,
)
from briefing.monitoring.redaction import Redactor
from briefing.storage.store import Ailment, Store, opened
from briefing.wiring.alarm_ways import build_alarm_ways
from briefing.wiring.secrets import read_secrets
from tests import hooks

if TYPE_CHECKING:
    from pathlib import Path

SEVEN = datetime(2026, 3, 2, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TROUBLE = Event(AlarmKind.SOURCE, Severity.WARNING, "滨河日报读不出来。", SEVEN, "demo", subject="binhe")
OVER = replace(TROUBLE, sentence="滨河日报又能读了。", over=True)
LATE = replace(
    TROUBLE, kind=AlarmKind.LATE, edition=EditionKey("demo", date(2026, 3, 2), "morning"), subject=""
)


class Listener:
    """Hears every event; while it is `deaf` nobody does."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.deaf = False

    def notify(self, event: Event) -> None:
        """Hear it, or fail."""
        if self.deaf:
            raise AlarmFailed("nobody is there")
        self.heard.append(event)

    @property
    def sentences(self) -> list[str]:
        """What was heard."""
        return [event.sentence for event in self.heard]


def after(minutes: float, event: Event = TROUBLE) -> Event:
    """The event so many minutes after seven."""
    return replace(event, when=SEVEN + timedelta(minutes=minutes))


@pytest.fixture
def listener() -> Listener:
    """Somebody who is told."""
    return Listener()


def patient(store: Store, listener: Listener, rules: ThrottleRules | None = None) -> ThrottledAlarm:
    """The alarm that the clock is given."""
    return ThrottledAlarm({"listener": listener}, store, rules or ThrottleRules(), Redactor(["swordfish"]))


def test_a_trouble_is_told_once_until_the_cooldown_is_over(store: Store, listener: Listener) -> None:
    """At seven, not at 7:59, again at eight."""
    alarm = patient(store, listener)
    for minutes in (0, 30, 59, 60, 61):
        alarm.notify(after(minutes))
    assert [event.when.strftime("%H:%M") for event in listener.heard] == ["07:00", "08:00"]


def test_a_trouble_is_told_when_it_was_met_often_enough(store: Store, listener: Listener) -> None:
    """The third time, where the configuration says three; a kind without a number at once."""
    alarm = patient(store, listener, ThrottleRules({AlarmKind.SOURCE: 3}))
    alarm.notify(after(0))
    alarm.notify(after(1))
    alarm.notify(LATE)
    assert [event.kind for event in listener.heard] == [AlarmKind.LATE]
    alarm.notify(after(2))
    assert [event.kind for event in listener.heard] == [AlarmKind.LATE, AlarmKind.SOURCE]


def test_the_end_is_told_to_those_who_heard_of_the_trouble(store: Store, listener: Listener) -> None:
    """Once; an end of what nobody heard of is told to nobody, and begins the count anew."""
    alarm = patient(store, listener, ThrottleRules({AlarmKind.SOURCE: 2}))
    for event in (OVER, TROUBLE, OVER, TROUBLE):
        alarm.notify(event)
    assert listener.heard == []
    for event in (TROUBLE, OVER, OVER):
        alarm.notify(event)
    assert listener.sentences == [TROUBLE.sentence, OVER.sentence]
    assert store.alarms.list_alarms() == ()


def test_what_becomes_urgent_is_told_at_once(store: Store, listener: Listener) -> None:
    """Within the cooldown, and only the first time."""
    alarm = patient(store, listener)
    urgent = replace(TROUBLE, severity=Severity.URGENT)
    for event in (TROUBLE, urgent, urgent):
        alarm.notify(event)
    assert [event.severity for event in listener.heard] == [Severity.WARNING, Severity.URGENT]


def test_troubles_of_different_things_are_different(store: Store, listener: Listener) -> None:
    """Two sources, and two shows with a source of one name."""
    alarm = patient(store, listener)
    for event in (TROUBLE, replace(TROUBLE, subject="yunling"), replace(TROUBLE, show="evening")):
        alarm.notify(event)
    assert len(listener.heard) == 3


def test_a_restart_tells_nothing_twice(database: str, tmp_path: Path, listener: Listener) -> None:
    """What was told stands in the store."""
    for _start in range(3):
        with opened(database, tmp_path) as store:
            patient(store, listener).notify(TROUBLE)
    with opened(database, tmp_path) as store:
        assert store.alarms.list_alarms() == (
            Ailment("source demo binhe", "warning", TROUBLE.sentence, SEVEN, 3, SEVEN),
        )
        patient(store, listener).notify(OVER)
    assert listener.sentences == [TROUBLE.sentence, OVER.sentence]


def test_many_servers_tell_a_trouble_once(store: Store, listener: Listener) -> None:
    """Eight that meet it at the same moment, and eight that see it end."""
    alarms = [patient(store, listener) for _server in range(8)]
    with ThreadPoolExecutor(8) as executor:
        for event in (TROUBLE, OVER):
            list(executor.map(lambda alarm, event=event: alarm.notify(event), alarms))
    assert listener.sentences == [TROUBLE.sentence, OVER.sentence]


def test_what_reached_nobody_is_told_the_next_time(store: Store, listener: Listener) -> None:
    """The cooldown begins when somebody heard; the same holds for the end."""
    alarm = patient(store, listener)
    listener.deaf = True
    alarm.notify(TROUBLE)
    listener.deaf = False
    alarm.notify(after(1))
    listener.deaf = True
    alarm.notify(OVER)
    listener.deaf = False
    alarm.notify(OVER)
    assert listener.sentences == [TROUBLE.sentence, OVER.sentence]


def test_one_way_that_fails_does_not_stop_the_others(
    store: Store, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    """The failure is a line in the log, without the secret."""
    alarm = ThrottledAlarm(
        {"robot": BrokenAlarm("no way past swordfish"), "listener": listener},
        store,
        ThrottleRules(),
        Redactor(["swordfish"]),
    )
    alarm.notify(TROUBLE)
    assert listener.sentences == [TROUBLE.sentence]
    assert "alarm robot reached nobody: no way past ***" in caplog.messages


def test_a_database_that_is_down_makes_nobody_silent(
    tmp_path: Path, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody is told although nothing can be remembered, and nothing is raised."""
    with opened(f"sqlite:///{tmp_path}/briefing.db", tmp_path) as store:
        store.close()
        (tmp_path / "briefing.db").unlink()
        (tmp_path / "briefing.db").mkdir()
        patient(store, listener).notify(TROUBLE)
    assert listener.sentences == [TROUBLE.sentence]
    assert any("cannot be kept" in message for message in caplog.messages)


def test_an_alarm_that_breaks_is_a_line_in_the_log(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a way raises, the pipeline goes on."""

    class Broken:
        def notify(self, event: Event) -> None:
            raise LookupError(event.name)

    ThrottledAlarm({"broken": Broken()}, store, ThrottleRules(), Redactor()).notify(TROUBLE)
    assert "the alarm source demo binhe could not be handled" in caplog.messages


def test_the_log_says_what_is_urgent(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """ERROR for what must be looked at now, WARNING for the rest, INFO for the end; show and edition beside it."""
    caplog.set_level(logging.INFO)
    alarm = ThrottledAlarm({}, store, ThrottleRules(), Redactor())
    for event in (TROUBLE, replace(LATE, severity=Severity.URGENT), OVER):
        alarm.notify(event)
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR", "INFO"]
    assert vars(caplog.records[1])["edition"] == "demo/2026-03-02/morning"


# What each service is sent. The signatures were computed with openssl from the services' own rules.


TEXT = "【每日简报】提醒 demo/2026-03-02/morning\n滨河日报读不出来。\n2026-03-02 07:00 CST"


def test_wecom_is_sent_text() -> None:
    """企业微信: msgtype and text.content."""
    request = wecom_request(LATE, "https://robot.example/send?key=k", "", 0)
    assert request.body == {"msgtype": "text", "text": {"content": TEXT}}


def test_dingtalk_is_sent_text_and_a_signature() -> None:
    """钉钉: milliseconds and an HMAC-SHA256 of time and secret, in the address."""
    request = dingtalk_request(LATE, "https://robot.example/send?access_token=t", "SECmadeup", 1772406000.5)
    assert request.body == {"msgtype": "text", "text": {"content": TEXT}}
    assert request.url == (
        "https://robot.example/send?access_token=t&timestamp=1772406000500"
        "&sign=silWvdAr2ePAoNqutvyAclfCXa06PCxa1uhoWRqyzpc%3D"
    )


def test_feishu_is_sent_text_and_a_signature() -> None:
    """飞书: seconds, and an HMAC-SHA256 of nothing whose key is time and secret, in the document."""
    request = feishu_request(LATE, "https://robot.example/hook/t", "madeup", 1772406000.5)
    assert request.body == {
        "msg_type": "text",
        "content": {"text": TEXT},
        "timestamp": "1772406000",
        "sign": "oT2qUwD+ROW76YA2GQ03kXL7ldi1yRS8a7pXijFDmxc=",
    }


def test_a_program_is_sent_every_field() -> None:
    """JSON with names that a program can rely on."""
    assert json_request(LATE, "https://program.example/", "", 0).body == {
        "kind": "late",
        "severity": "warning",
        "over": False,
        "show": "demo",
        "edition": "demo/2026-03-02/morning",
        "subject": "",
        "sentence": "滨河日报读不出来。",
        "when": "2026-03-02T07:00:00+08:00",
    }


def test_a_long_sentence_stays_within_what_services_take() -> None:
    """企业微信 refuses text of more than 2,048 bytes."""
    text = wording.event_text(replace(LATE, sentence="长" * 5000))
    assert len(text.encode()) < 2048
    assert "长…" in text


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([(503, "")] * 2, 3),
        ([(503, "")] * 9, 3),
        ([(404, "")] * 9, 1),
        ([(200, '{"errcode": 93000}')] * 9, 1),
    ],
)
def test_only_what_may_pass_is_tried_again(answers: list[tuple[int, str]], asked: int) -> None:
    """Three tries for a service that is busy, one for one that says no."""
    waited: list[float] = []
    with hooks.hook() as hook:
        hook.answers = list(answers)
        alarm = WebhookAlarm("wecom", hook.url, sleep=waited.append)
        try:
            alarm.notify(LATE)
        except AlarmFailed:
            assert len(answers) == 9
        else:
            assert len(answers) == 2
        assert len(hook.bodies) == asked
    assert waited == [2.0, 4.0][: asked - 1]


def test_a_refusal_says_what_the_service_said() -> None:
    """These services answer 200 to everything: the code counts."""
    with hooks.hook() as hook:
        hook.answers = [(200, '{"errcode": 310000, "errmsg": "sign not match"}')]
        with pytest.raises(AlarmFailed, match=r"127\.0\.0\.1 refused it with code 310000 \(sign not match\)"):
            WebhookAlarm("dingtalk", f"{hook.url}/robot/send?access_token=swordfish").notify(LATE)


def test_an_address_where_nobody_listens_is_told_without_the_address() -> None:
    """It is the secret of the robot."""
    with hooks.hook() as hook:
        url = f"{hook.url}/hook/swordfish"
    with pytest.raises(AlarmFailed) as failed:
        WebhookAlarm("feishu", url, sleep=lambda _seconds: None).notify(LATE)
    assert str(failed.value) == (
        "the webhook at 127.0.0.1 could not be reached; check its address and its settings"
    )
    assert failed.value.__cause__ is None


def test_a_mail_server_that_is_not_there_is_tried_twice() -> None:
    """With a pause between, and the server is named."""
    waited: list[float] = []
    with hooks.hook() as hook:
        port = int(hook.url.rpartition(":")[2])
    mail = MailAlarm(
        MailServer("127.0.0.1", port, "none"), "a@x.example", ("b@x.example",), sleep=waited.append
    )
    with pytest.raises(AlarmFailed, match=f"127.0.0.1:{port} did not take the letter"):
        mail.notify(LATE)
    assert waited == [3.0]


# The configuration


def test_the_configuration_names_who_is_told(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Webhooks and a mail server; what opens doors comes from the environment."""
    with newsroom.open("a", encoding="utf-8") as file:
        file.write(
            "[alarms]\ncooldown = 30\nafter = {source = 2}\n"
            '[[alarms.webhooks]]\nkind = "dingtalk"\nkey = "ROBOT"\nsecret = "ROBOT_SIGN"\n'
            '[alarms.mail]\nhost = "smtp.news.example"\nsender = "radio@news.example"\nto = ["editor@news.example"]\n'
            'user = "radio"\nkey = "MAIL_PASSWORD"\n'
        )
    configuration = config.load(newsroom)
    monkeypatch.setenv("ROBOT", "https://robot.example/send")
    monkeypatch.setenv("ROBOT_SIGN", "swordfish")
    assert [type(way).__name__ for way in build_alarm_ways(configuration).values()] == [
        "WebhookAlarm",
        "BrokenAlarm",
    ]
    monkeypatch.setenv("MAIL_PASSWORD", "open sesame")
    assert [type(way).__name__ for way in build_alarm_ways(configuration).values()] == [
        "WebhookAlarm",
        "MailAlarm",
    ]
    hide = Redactor(read_secrets(configuration))
    assert hide("swordfish, open sesame, https://robot.example/send") == "***, ***, ***"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[alarms]\nafter = {sources = 1}",
            "`alarms.after.sources` is no kind of trouble; did you mean `source`?",
        ),
        ("[alarms]\ncooldown = -1", "`alarms.cooldown` is -1, but must be at least 0"),
        (
            '[alarms.mail]\nhost = "h"\nsender = "nobody"\nto = ["a@b"]',
            "'nobody', which is no e-mail address",
        ),
        ('[alarms.mail]\nhost = "h"\nsender = "a@b"\nto = []', "`alarms.mail.to` is empty"),
        (
            '[[alarms.webhooks]]\nkind = "wechat"\nkey = "K"',
            "should be 'wecom', 'dingtalk', 'feishu' or 'json'",
        ),
        (
            '[[alarms.webhooks]]\nkey = "https://robot.example/swordfish"',
            "`alarms.webhooks.key` must be the name of an environment variable",
        ),
    ],
)
def test_a_wrong_configuration_of_alarms_is_refused(newsroom: Path, text: str, message: str) -> None:
    """With the key and what may stand there."""
    with newsroom.open("a", encoding="utf-8") as file:
        file.write(text)
    with pytest.raises(ConfigError, match=re.escape(message)) as refused:
        config.load(newsroom)
    assert "swordfish" not in str(refused.value)


# What is never written down


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the key is swordfish-77", "the key is ***"),
        ("https://user:pw@host/feed", "https://***@host/feed"),
        ("https://h/x?a=1&access_token=abc&b=2", "https://h/x?a=1&access_token=***&b=2"),
        ("https://h/cgi-bin/webhook/send?key=693a91f6", "https://h/cgi-bin/webhook/send?key=***"),
        ("https://h/open-apis/bot/v2/hook/693a91f6-7xxx", "https://h/open-apis/bot/v2/hook/***"),
        ("Authorization: Bearer sk-abcdef123456", "Authorization: Bearer ***"),
        ('{"api_key": "abc", "title": "滨河"}', '{"api_key": "***", "title": "滨河"}'),
        ("postgresql://briefing:pw@db/briefing", "postgresql://***@db/briefing"),
        ("重庆2023年增长6.1%，见 https://h/p?id=7#k", "重庆2023年增长6.1%，见 https://h/p?id=7#k"),
    ],
)
def test_what_opens_a_door_is_hidden(text: str, shown: str) -> None:
    """Known values and what looks like a secret; everything else stays as it is."""
    assert Redactor(["swordfish-77"])(text) == shown


SECRETS = ("swordfish-77", 'pass"word\\+(', "密码一二三四五")


@given(st.text(), st.text(), st.sampled_from(SECRETS))
def test_a_known_secret_is_hidden_wherever_it_stands(before: str, after: str, secret: str) -> None:
    """Whatever is said around it."""
    assert secret not in Redactor(SECRETS)(before + secret + after)


def test_a_short_value_is_no_secret() -> None:
    """Else every 1 in the log would be a star."""
    assert Redactor(["1", "", "abc"])("1 abc") == "1 abc"
