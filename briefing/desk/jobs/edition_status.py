"""The one line on where an edition stands: what failed and why, what happens next and when, what a person can press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.editions import lease
from briefing.editions.show_context import script_note
from briefing.model import Act, Stage
from briefing.monitoring.chinese_errors import explain_text
from briefing.monitoring.chinese_names import ACTS
from briefing.scheduler import progress
from briefing.scheduler.timetable import CHINESE

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.desk.jobs.background_jobs import EditionJob
    from briefing.editions.air_times import Times
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey
    from briefing.scheduler.timetable import DueStep, EditionState


class EditionStatus(NamedTuple):
    """One Chinese line, and how it is coloured: plain, or for what a person should do something about."""

    text: str
    kind: Literal["", "warn", "stop"] = ""


BUSY = EditionStatus("正在处理这一期：可能是定时任务、命令行，也可能是别人。做完以前不能录制、播出。")
OVER = {
    Stage.PUBLISHED: EditionStatus("已播出。"),
    Stage.WITHDRAWN: EditionStatus("已撤回：改稿子、重启都不会再播，只有主编按“重新播出”才会。", "stop"),
}
"""The stages in which the scheduler does nothing more."""

PRESS = {
    Act.RENDER: "也可以按“现在录制”马上再试",
    Act.PUBLISH: "主编也可以按“现在播出”马上再试",
}
"""What a person can press where an act has failed; the other acts have no button."""

FAILED = "原因不明，详情在服务器日志里"
"""Why an act failed whose error nobody foresaw."""


def describe_status(context: ShowContext, key: EditionKey, job: EditionJob | None = None) -> EditionStatus:
    """Return the line of an edition; `job` is the last work on it that this server did for a person."""
    holder, now = context.store.leases.find_lease(str(key)), context.now()
    if holder and not lease.gone(holder, now):
        return BUSY
    state = progress.edition_state(context, key)
    if state.stage in OVER:
        return OVER[state.stage]
    if job and job.state == "failed":
        return EditionStatus(f"{ACTS.get(job.what, job.what)}没有做成：{job.sentence}", "stop")
    if state.aired:
        return _describe_change(state)
    return _describe_plan(context, key, state, now)


def _describe_change(state: EditionState) -> EditionStatus:
    """Return the line of an edition that is on the air in an older version."""
    hint = "先“放行”，再“更正”才会换上" if state.stage is Stage.HELD else "按“更正”才会换上"
    return EditionStatus(f"听众听到的还是改动以前的一版；{hint}。", "warn")


def _describe_plan(
    context: ShowContext, key: EditionKey, state: EditionState, now: datetime
) -> EditionStatus:
    """Return the line of an edition that is not on the air yet."""
    hours = context.hours[key.edition]
    times = hours.times(key.day)
    if times is None:
        return EditionStatus("这一天没有这一期；要播请自己录制、播出。")
    if state.skip is not None and state.skip.decided <= now:
        return EditionStatus(
            f"这一期不会自动播：{CHINESE[state.skip.why]}；要播请自己批准、录制、播出。", "stop"
        )
    if now > times.latest:
        return EditionStatus(f"{times.latest:%H:%M}以后不再自动补播；要播请自己录制、播出。", "warn")
    if state.failures:
        return _describe_failure(context, key, state)
    if state.stage is Stage.DRAFTED and (state.grave or hours.holds):
        return _add_note(context, key, _describe_hold(state, _air_clock(times, now)))
    return _add_note(context, key, _describe_stage(context, key, state, times))


def _add_note(context: ShowContext, key: EditionKey, status: EditionStatus) -> EditionStatus:
    """Add what an editor must know of how the script was made, such as that the language model was away."""
    note = script_note(context, key)
    return EditionStatus(status.text + note, status.kind or "warn") if note else status


def _describe_hold(state: EditionState, at: str) -> EditionStatus:
    """Return the line of a draft that does not go out unless somebody approves it."""
    if state.grave:
        return EditionStatus(f"手工加的内容里有没有依据的地方：请核实、批准，否则到{at}暂缓不播。", "stop")
    return EditionStatus(f"到{at}还没有人批准，就暂缓不播。", "warn")


def _describe_failure(context: ShowContext, key: EditionKey, state: EditionState) -> EditionStatus:
    """Return the line of an edition whose last act failed, once or several times in a row."""
    acts = context.store.acts.list_acts(key)
    act = acts[-1].act if acts else Act.RENDER
    step = progress.step_of(context, key)
    again = f"{_step_clock(step, context.now())}再试" if step else "不会自动再试"
    press = f"，{PRESS[act]}" if act in PRESS else ""
    times = f"已失败{state.failures}次" if state.failures > 1 else "失败了"
    why = explain_text(state.trouble, FAILED).removesuffix("。")
    return EditionStatus(f"{ACTS[act]}{times}：{why}。{again}{press}。", "stop")


def _describe_stage(
    context: ShowContext, key: EditionKey, state: EditionState, times: Times
) -> EditionStatus:
    """Return what the scheduler does, and when, with an edition that nobody and nothing stops."""
    now = context.now()
    clock, step = _air_clock(times, now), progress.step_of(context, key)
    when = _step_clock(step, now) if step else ""
    if state.stage is Stage.HELD:
        return EditionStatus(f"暂缓中：没有人放行就不播；{times.latest:%H:%M}以后作罢。", "stop")
    if state.stage in {Stage.NEW, Stage.GATHERED}:
        return _describe_gathering(state, step, when, clock)
    plans = {
        Stage.DRAFTED: f"没有人批准，{clock}就照最新一版播出。",
        Stage.APPROVED: f"已批准：{when}录制，{clock}播出。",
        Stage.VOICED: f"已录制：{clock}播出。",
    }
    return EditionStatus(plans.get(state.stage, ""))


def _describe_gathering(state: EditionState, step: DueStep | None, when: str, clock: str) -> EditionStatus:
    """Return what comes next before there is a script: the sources are asked, or asked again, or it is written."""
    if state.empty is not None:
        return EditionStatus(f"还没有可播的新闻：{when}再收一次稿，到{clock}还没有就不播。", "warn")
    if step and step.act is Act.DRAFT:
        return EditionStatus(f"{when}写稿，{clock}播出。")
    return EditionStatus(f"{when}{'再收一次稿' if state.gathered else '开始收稿'}，{clock}播出。")


def _air_clock(times: Times, now: datetime) -> str:
    return f"{times.publish:%H:%M}" if now < times.publish else "马上"


def _step_clock(step: DueStep, now: datetime) -> str:
    """Return when a step is taken, in the show's time, which `now` has."""
    return f"{step.at.astimezone(now.tzinfo):%H:%M}" if now < step.at else "马上"
