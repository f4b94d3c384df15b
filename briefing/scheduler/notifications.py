"""Notices about editions: late, waiting, failed or skipped, and that it is over.

Whoever is told decides how often (`alarms.patient`); here the same is said at most every few minutes, so that a count of
how often something was met is not a count of looks at it.
"""

from __future__ import annotations

import errno
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.editions.show_context import script_note
from briefing.model import Act, AlarmKind, Stage, Why
from briefing.monitoring.alarms.events import Event, Severity
from briefing.monitoring.chinese_errors import explain_error, explain_text
from briefing.monitoring.chinese_names import EDITIONS, name_edition
from briefing.scheduler import timetable
from briefing.scheduler.progress import GATHERING, edition_state
from briefing.scheduler.timetable import CHINESE
from briefing.storage.store import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.editions.air_times import Times
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey
    from briefing.monitoring.alarms.events import Alarm
    from briefing.storage.store import Done

PAUSE = timedelta(minutes=5)
"""How long the same is not said again."""

SERIOUS = 3
"""From so many failures in a row on somebody must look now."""

FULL = "磁盘已满"
UNKNOWN = "原因写在服务器日志里"
"""Reason for editors where the table of Chinese sentences has none."""

VOICE = "voice"
"""What an event is about when an anchor's own voice failed."""

REMEMBERED = timedelta(days=14)
"""After this which nobody needs to hear that a skipped edition is followed by a good one."""

ACTS = {
    Act.GATHER: "采集",
    Act.DRAFT: "起草",
    Act.REFRESH: "补充采集",
    Act.RENDER: "合成",
    Act.PUBLISH: "发布",
    Act.HOLD: "扣留",
    Act.SKIP: "停播",
}
"""The acts as editors call them."""


class ClockNotifier:
    """Sender of the clock's events to an alarm."""

    def __init__(self, alarm: Alarm) -> None:
        self._alarm = alarm
        self._said: dict[tuple[str, Severity], datetime] = {}
        self._broken: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def watch(self, context: ShowContext, key: EditionKey) -> None:
        """Tell that an edition is late or waits for approval, if so."""
        hours, now = context.hours[key.edition], context.now()
        times = hours.times(key.day)
        # A look at the store is not needed before anything can be late or waiting, nor when it is too late.
        if times is None or not times.render <= now <= times.latest:
            return
        state = edition_state(context, key)
        is_held = state.stage is Stage.HELD and now >= times.publish
        if is_held or timetable.wants_approval(hours, times, state, now):
            self._note_waiting(context, key, times)
        elif timetable.is_late(times, state, now):
            sentence = f"{_edition_name(context, key)}应在{times.publish:%H:%M}播出，还没有播出，正在补做。"
            self._send_alarm(context, AlarmKind.LATE, sentence, key)

    def done(self, context: ShowContext, done: Done) -> None:
        """Tell the outcome of an act: its trouble, or that earlier trouble is over."""
        if done.act in GATHERING:
            self._note_sources(context)
        if done.outcome is Outcome.FAILED:
            self._note_failure(context, done)
        if done.outcome is not Outcome.DONE:
            return
        self._send_all_clear(context, AlarmKind.STAGE, done.key)
        if done.act in {Act.DRAFT, Act.REFRESH}:
            self._note_model(context, done.key)
        if done.act is Act.RENDER:
            self._note_voices(context, done.sentence)
        if done.act is Act.PUBLISH:
            self._note_on_air(context, done)
        if done.act is Act.SKIP:
            self._note_skip(context, done.key)

    def note_broken(self, context: ShowContext, edition: str, error: Exception) -> None:
        """Tell that even the store cannot be used."""
        with self._lock:
            self._broken.add((context.show.slug, edition))
        name = f"《{context.show.title}》{EDITIONS.get(edition, edition)}"
        sentence = f"{name}的调度出错：{_chinese_reason(error)}；一分钟后再试。"
        self._send_alarm(context, AlarmKind.STAGE, sentence, subject=edition)

    def note_mended(self, context: ShowContext, edition: str) -> None:
        """Tell that the trouble of `note_broken` is over, if there was any."""
        with self._lock:
            if (context.show.slug, edition) not in self._broken:
                return
            self._broken.remove((context.show.slug, edition))
        self._send_all_clear(context, AlarmKind.STAGE, subject=edition)

    def note_unreadable(self, context: ShowContext, key: EditionKey, error: Exception) -> None:
        """Tell that an editor's file cannot be used."""
        sentence = (
            f"{_edition_name(context, key)}的稿件文件不能用：{_chinese_reason(error)}；改好之前播上一稿。"
        )
        self._send_alarm(context, AlarmKind.STAGE, sentence, key)

    def jumped(self, context: ShowContext, seconds: float) -> None:
        """Tell that the machine slept or its clock was set."""
        what = "跳过" if seconds > 0 else "倒退"
        sentence = (
            f"机器休眠过或时钟被调整，时间{what}了{abs(seconds) / 60:.0f}分钟；已按现在的时间重新安排。"
        )
        self._send_alarm(context, AlarmKind.CLOCK, sentence, severity=Severity.WARNING)

    def _note_waiting(self, context: ShowContext, key: EditionKey, times: Times) -> None:
        name, minute = _edition_name(context, key), f"{times.publish:%H:%M}"
        if context.now() < times.publish:
            sentence = f"{name}还没有签发，{minute}前不签发就不播出。"
            self._send_alarm(context, AlarmKind.HELD, sentence, key, severity=Severity.WARNING)
        else:
            sentence = f"{name}应在{minute}播出，还在等编辑签发；{times.latest:%H:%M}后不再播出。"
            self._send_alarm(context, AlarmKind.HELD, sentence, key)

    def _note_failure(self, context: ShowContext, done: Done) -> None:
        failures = edition_state(context, done.key).failures
        times = context.hours[done.key.edition].times(done.key.day)
        urgent = failures >= SERIOUS or (times is not None and done.ended >= times.render)
        what = f"{_edition_name(context, done.key)}{ACTS[done.act]}失败（连续第{failures}次）"
        sentence = f"{what}：{_in_chinese(done.sentence)}；稍后自动重试。"
        severity = Severity.URGENT if urgent else Severity.WARNING
        self._send_alarm(context, AlarmKind.STAGE, sentence, done.key, severity=severity, always=True)

    def _note_on_air(self, context: ShowContext, done: Done) -> None:
        key = done.key
        times = context.hours[key.edition].times(key.day)
        if times is not None and done.ended >= times.publish + timetable.PUNCTUAL:
            sentence = (
                f"{_edition_name(context, key)}应在{times.publish:%H:%M}播出，{done.ended:%H:%M}才播出。"
            )
            self._send_alarm(context, AlarmKind.LATE, sentence, key)
        for kind in (AlarmKind.LATE, AlarmKind.HELD):
            self._send_all_clear(context, kind, key)
        self._send_all_clear(context, AlarmKind.CLOCK)
        for other in context.store.acts.list_skips(key.show):
            if other.edition == key.edition and timedelta(0) < key.day - other.day <= REMEMBERED:
                self._send_all_clear(context, AlarmKind.SKIPPED, other)

    def _note_skip(self, context: ShowContext, key: EditionKey) -> None:
        skip = context.store.acts.find_skip(key)
        if skip is None:
            return
        for kind in (AlarmKind.LATE, AlarmKind.HELD):
            self._send_all_clear(context, kind, key)
        detail = f"（{_in_chinese(skip.detail)}）" if skip.detail and skip.why is not Why.NO_NEWS else ""
        self._send_alarm(
            context,
            AlarmKind.SKIPPED,
            f"{_edition_name(context, key)}不播出：{CHINESE[skip.why]}{detail}。",
            key,
        )

    def _note_sources(self, context: ShowContext) -> None:
        """Tell the trouble of each source in this gathering, or its end."""
        for name in context.sources:
            if trouble := context.store.sources.find_state(name).trouble:
                sentence = f"来源{name}读取失败：{_in_chinese(trouble)}。"
                self._send_alarm(context, AlarmKind.SOURCE, sentence, subject=name, severity=Severity.WARNING)
            else:
                self._send_all_clear(context, AlarmKind.SOURCE, subject=name)

    def _note_model(self, context: ShowContext, key: EditionKey) -> None:
        """Tell that stories were written without the language model, or that it writes again."""
        if note := script_note(context, key):
            sentence = f"{_edition_name(context, key)}：{note}"
            self._send_alarm(context, AlarmKind.MODEL, sentence, severity=Severity.WARNING)
        else:
            self._send_all_clear(context, AlarmKind.MODEL)

    def _note_voices(self, context: ShowContext, notes: str) -> None:
        """Tell of each anchor that spoke with another voice than its own."""
        if notes:
            self._send_alarm(context, AlarmKind.STAGE, notes, subject=VOICE, severity=Severity.WARNING)
        else:
            self._send_all_clear(context, AlarmKind.STAGE, subject=VOICE)

    def _send_alarm(
        self,
        context: ShowContext,
        kind: AlarmKind,
        sentence: str,
        key: EditionKey | None = None,
        *,
        subject: str = "",
        severity: Severity = Severity.URGENT,
        always: bool = False,
    ) -> None:
        event = Event(kind, severity, sentence, context.now(), context.show.slug, key, subject)
        with self._lock:
            self._said = {
                sentence: sent for sentence, sent in self._said.items() if abs(event.when - sent) < PAUSE
            }
            if (event.name, severity) in self._said and not always:
                return
            self._said[event.name, severity] = event.when
        self._alarm.notify(event)

    def _send_all_clear(
        self, context: ShowContext, kind: AlarmKind, key: EditionKey | None = None, subject: str = ""
    ) -> None:
        name = _edition_name(context, key) if key else f"《{context.show.title}》{subject}"
        event = Event(
            kind,
            Severity.WARNING,
            f"{name}恢复正常。",
            context.now(),
            context.show.slug,
            key,
            subject,
            over=True,
        )
        with self._lock:
            for severity in Severity:
                self._said.pop((event.name, severity), None)
        self._alarm.notify(event)


def _edition_name(context: ShowContext, key: EditionKey) -> str:
    """Return an edition's name as editors say it."""
    return f"《{context.show.title}》{name_edition(key)}"


def _in_chinese(sentence: str) -> str:
    """Return what an English sentence of ours means to an editor; what strangers' programs say stays in the log."""
    return explain_text(sentence, UNKNOWN).removesuffix("。")


def _chinese_reason(error: BaseException) -> str:
    """Return why something failed, for an editor."""
    reason = error_reason(error)
    return _in_chinese(reason) if reason.startswith(FULL) else explain_error(error).removesuffix("。")


def error_reason(error: BaseException) -> str:
    """Return the plainest of an error's causes."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
            return f"{FULL}（{error}）"
        cause = cause.__cause__ or cause.__context__
    return f"{error}" or type(error).__name__
