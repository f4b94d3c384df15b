"""The one line on where an edition stands tells the truth: what failed and why, what comes next, what one can press."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.desk.jobs.background_jobs import EditionJob
from briefing.desk.jobs.edition_status import describe_status
from briefing.editions import edition_decisions, lease
from briefing.editions.approvals import script_review
from briefing.model import Act, Skip, Stage, Why
from briefing.storage.store import Done, Outcome
from tests.briefing.desk.conftest import KEY

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from tests.briefing.desk.conftest import Desk

HERE = "/desk/editions/demo/2023-06-09/morning"
DRIPPED = "the voice service has a fault (status 503) (5 tries)"


def at_clock(hour: int, minute: int) -> datetime:
    """A moment of the edition's morning, in Shanghai."""
    return datetime(2023, 6, 9, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def failed(context: ShowContext, act: Act, times: int, sentence: str = DRIPPED) -> None:
    """An act that failed so many times in a row, the last at 6:45."""
    for number in range(times):
        ended = at_clock(6, 45) - timedelta(minutes=times - 1 - number)
        context.store.acts.save_act(Done(KEY, act, ended, ended, Outcome.FAILED, sentence))


def line(desk: Desk) -> tuple[str, str]:
    """The edition's line and how grave it is."""
    text, kind = describe_status(desk.newsroom.show_context("demo"), KEY)
    return text, kind


def test_a_recording_that_failed_three_times_is_not_told_as_soon_to_be_recorded(desk: Desk) -> None:
    """Seen: three failed recordings and an urgent alarm, while the page said 已批准：马上录制."""
    context = desk.newsroom.show_context("demo")
    context.store.editions.move_edition(KEY, Stage.APPROVED)
    desk.clock.now = at_clock(6, 46)
    failed(context, Act.RENDER, 3)
    said = "录制已失败3次：语音服务自己出错（503）；稍后会再试。06:47再试，也可以按“现在录制”马上再试。"
    assert line(desk) == (said, "stop")
    page = desk.signed_in("viewer").get(HERE).text
    assert said in page
    assert "马上录制" not in page
    assert said in desk.signed_in("viewer").get("/desk/").text


def test_a_failure_that_nobody_foresaw_is_told_in_chinese(desk: Desk) -> None:
    """Its English text is in the log."""
    context = desk.newsroom.show_context("demo")
    context.store.editions.move_edition(KEY, Stage.APPROVED)
    desk.clock.now = at_clock(6, 46)
    failed(context, Act.RENDER, 1, "list index out of range")
    assert line(desk)[0].startswith("录制失败了：原因不明，详情在服务器日志里。马上再试")


def test_a_success_ends_what_is_told_of_failures(desk: Desk) -> None:
    """The last act counts."""
    context = desk.newsroom.show_context("demo")
    context.store.editions.move_edition(KEY, Stage.APPROVED)
    failed(context, Act.RENDER, 2)
    ended = at_clock(6, 50)
    context.store.acts.save_act(Done(KEY, Act.RENDER, ended, ended, Outcome.DONE, ""))
    desk.clock.now = at_clock(6, 51)
    assert line(desk) == ("已批准：马上录制，07:00播出。", "")


def test_what_a_person_began_and_what_became_of_it_is_told(desk: Desk) -> None:
    """The reason stays on the page, not only in a toast that goes by."""
    job = EditionJob(
        "publish", "李主编", "failed", title="发布失败", sentence="没能送到听众那里。", trouble="x"
    )
    said = describe_status(desk.newsroom.show_context("demo"), KEY, job)
    assert tuple(said) == ("播出没有做成：没能送到听众那里。", "stop")


def test_an_early_approval_is_not_promised_to_be_recorded_at_once(desk: Desk) -> None:
    """Seen: approved at one in the night, 马上录制 on the page, while the clock waits for the hour of gathering."""
    desk.newsroom.store.editions.move_edition(KEY, Stage.APPROVED)
    desk.clock.now = at_clock(1, 22)
    assert line(desk) == ("已批准：05:30录制，07:00播出。", "")


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (Stage.HELD, ("暂缓中：没有人放行就不播；11:00以后作罢。", "stop")),
        (Stage.APPROVED, ("已批准：马上录制，07:00播出。", "")),
        (Stage.DRAFTED, ("没有人批准，07:00就照最新一版播出。", "")),
    ],
)
def test_a_stage_is_told_with_what_the_scheduler_does(
    desk: Desk, stage: Stage, said: tuple[str, str]
) -> None:
    """Until somebody or something stops it."""
    desk.newsroom.store.editions.move_edition(KEY, stage)
    assert line(desk) == said


def test_stories_written_without_the_model_are_told(desk: Desk) -> None:
    """In the same line, until another draft is the programme's newest."""
    context = desk.newsroom.show_context("demo")
    newest = context.store.scripts.newest_script(KEY)
    assert newest is not None
    note = "大模型 m 连不上：4条新闻中有4条由内置写稿完成。"
    edition_decisions.save(
        context, KEY, newest.text, base=newest.revision, author=context.show.title, note=note
    )
    assert line(desk) == (f"没有人批准，07:00就照最新一版播出。{note}", "warn")
    assert note in script_review.list_warnings(context, KEY)


def test_a_skipped_edition_is_not_promised(desk: Desk) -> None:
    """Seen: the page promised what the clock would not do."""
    desk.clock.now = at_clock(7, 10)
    skip = Skip(Why.HELD, "", at_clock(7, 5))
    desk.newsroom.store.acts.save_skip(KEY, skip)
    assert line(desk) == ("这一期不会自动播：到点之前没有人签发；要播请自己批准、录制、播出。", "stop")


def test_an_edition_that_is_worked_on_is_busy_whatever_failed_before(desk: Desk) -> None:
    """By the clock, the command line, another server."""
    context = desk.newsroom.show_context("demo")
    failed(context, Act.RENDER, 2)
    with lease.held(context.store, str(KEY), context.now):
        assert line(desk)[0].startswith("正在处理这一期")


def test_without_an_edition_on_that_day_nothing_is_promised(desk: Desk) -> None:
    """A holiday, or a day of the week without one."""
    context = desk.newsroom.show_context("demo")
    hours = replace(context.hours["morning"], holidays=frozenset({KEY.day}))
    resting = replace(context, hours={**context.hours, "morning": hours})
    assert describe_status(resting, KEY).text == "这一天没有这一期；要播请自己录制、播出。"
