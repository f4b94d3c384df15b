"""What the pages show: readings that can be chosen, what changed between versions, spans of time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from briefing import mandarin
from briefing.desk.auth.user_accounts import SCOPES, Role
from briefing.desk.editing import compare_scripts, readings
from briefing.desk.editing.compare_scripts import SegmentChange, TextPiece
from briefing.desk.pages import actions, presenters
from briefing.mandarin.pronounce.choice import By
from briefing.model import EditionKey, Kind, Script, Segment, Sentence, Stage
from briefing.monitoring.chinese_names import STAGES

KEY = EditionKey("demo", date(2023, 6, 9), "morning")


def script(*segments: Segment) -> Script:
    """A script of these segments."""
    return Script(KEY, "每日简报", segments)


def segment(name: str, *texts: str, anchor: str = "晓伊") -> Segment:
    """A story that says these sentences."""
    return Segment(name, Kind.STORY, f"标题{name}", anchor, tuple(map(Sentence, texts)))


def test_a_character_with_two_readings_can_be_chosen_where_it_stands_in_the_print() -> None:
    """The place counts in the printed text without marks, although a number before it is spoken with more characters."""
    found = readings.read_sentence("2023年重庆增长。", mandarin.newsroom_lexicon()).choices
    assert [(one.index, one.char, one.say, one.others, one.word, one.word_place) for one in found] == [
        (5, "重", "chóng", ("zhòng",), "重庆", 0),
        (8, "长", "zhǎng", ("cháng",), "增长", 1),
    ]


def test_a_word_is_shown_with_all_its_syllables() -> None:
    """So that the word can go into the lexicon with one of them changed."""
    [choice] = readings.read_sentence("重庆。", mandarin.newsroom_lexicon()).choices
    assert choice.word_pinyin == ("chóng", "qìng")


def test_a_marked_reading_is_sure_and_its_mark_takes_no_place() -> None:
    """What the editor said is not asked again."""
    found = readings.read_sentence("来重{zhòng}庆市长乐路。", mandarin.newsroom_lexicon()).choices
    assert [(one.index, one.say, one.sure) for one in found if one.char == "重"] == [(1, "zhòng", True)]
    assert next(one.index for one in found if one.char == "长") == 4


def test_a_wrong_mark_is_said_and_nothing_else() -> None:
    """A sentence that cannot be read has no pinyin."""
    assert readings.read_sentence("重{chong}庆", mandarin.newsroom_lexicon()) == readings.SentenceReading(
        "", fault=readings.FAULT
    )


def test_doubtful_places_of_a_script_are_counted() -> None:
    """Sure choices do not count."""
    said = script(segment("a", "他的还会打的。", "重庆。"))
    assert readings.count_doubtful(said, mandarin.newsroom_lexicon()) == 1


def test_the_same_script_has_no_changes() -> None:
    """Every segment is the same, and its lines are whole."""
    said = script(segment("a", "一句。"))
    assert compare_scripts.compare_scripts(said, said) == (
        SegmentChange("same", "标题a", "晓伊", moved=False, lines=((TextPiece("same", "一句。"),),)),
    )


def test_a_changed_sentence_shows_what_went_and_what_came() -> None:
    """Character by character, with the rest as it was."""
    [change] = compare_scripts.compare_scripts(
        script(segment("a", "增长300天。", "不变。")), script(segment("a", "增长301天。", "不变。"))
    )
    assert change.how == "changed"
    assert change.lines == (
        (
            TextPiece("same", "增长30"),
            TextPiece("del", "0"),
            TextPiece("ins", "1"),
            TextPiece("same", "天。"),
        ),
        (TextPiece("same", "不变。"),),
    )


def test_sentences_that_came_and_went_stand_whole() -> None:
    """One more sentence than before is added, one less removed."""
    [change] = compare_scripts.compare_scripts(
        script(segment("a", "甲。", "乙。")), script(segment("a", "乙。", "丙。"))
    )
    assert change.lines == (
        (TextPiece("del", "甲。"),),
        (TextPiece("same", "乙。"),),
        (TextPiece("ins", "丙。"),),
    )


def test_segments_that_came_moved_and_went_are_told_apart() -> None:
    """What is gone comes last; of three of which one moved, one is said to have moved."""
    old = script(segment("a", "甲。"), segment("b", "乙。"), segment("c", "丙。"), segment("d", "丁。"))
    new = script(segment("c", "丙。"), segment("a", "甲。"), segment("b", "乙。"), segment("e", "戊。"))
    assert [(one.title, one.how, one.moved) for one in compare_scripts.compare_scripts(old, new)] == [
        ("标题c", "same", True),
        ("标题a", "same", False),
        ("标题b", "same", False),
        ("标题e", "added", False),
        ("标题d", "removed", False),
    ]


def test_another_anchor_is_a_change() -> None:
    """Both names are shown."""
    [change] = compare_scripts.compare_scripts(
        script(segment("a", "甲。")), script(segment("a", "甲。", anchor="云希"))
    )
    assert (change.how, change.anchor) == ("changed", "晓伊 → 云希")


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (timedelta(minutes=80), "还有 1 小时 20 分"),
        (timedelta(minutes=5), "还有 5 分"),
        (timedelta(days=2, hours=3), "还有 2 天"),
        (timedelta(minutes=-5), "已过 5 分"),
    ],
)
def test_time_that_is_left_is_said_as_people_say_it(span: timedelta, told: str) -> None:
    """And time that has passed."""
    assert presenters.format_time_left(span) == told


def test_lengths_are_said_in_words_and_in_figures() -> None:
    """Minutes only where there are some."""
    assert (presenters.format_length(365), presenters.format_length(42), presenters.format_clock(365.4)) == (
        "6 分 05 秒",
        "42 秒",
        "6:05",
    )


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("login refused", "登录没有成功"),
        ("approve r3", "批准 r3"),
        ("add word", "加词"),
        ("something new", "something new"),
    ],
)
def test_the_log_speaks_chinese(kept: str, told: str) -> None:
    """As far as it knows what was done."""
    assert actions.name_deed(kept) == told


def test_what_can_be_done_depends_on_the_stage_and_the_role() -> None:
    """Only a chief decides what is on the air; who only looks can do nothing."""

    def allowed(stage: Stage, role: Role, *, aired: bool = False) -> list[str]:
        return [one.what for one in actions.list_actions(stage, SCOPES[role], aired=aired)]

    assert allowed(Stage.DRAFTED, Role.EDITOR) == ["approve", "hold"]
    assert allowed(Stage.DRAFTED, Role.VIEWER) == []
    assert allowed(Stage.VOICED, Role.EDITOR) == ["render", "hold"]
    assert allowed(Stage.VOICED, Role.CHIEF) == ["publish", "render", "hold"]
    assert allowed(Stage.DRAFTED, Role.CHIEF, aired=True) == ["correct", "approve", "hold", "withdraw"]
    assert allowed(Stage.PUBLISHED, Role.CHIEF, aired=True) == ["withdraw"]
    assert allowed(Stage.PUBLISHED, Role.EDITOR, aired=True) == []


def test_every_stage_has_its_name() -> None:
    """A page never fails for a stage that is new."""
    assert set(STAGES) == set(Stage)


def test_every_reason_for_a_reading_has_its_words() -> None:
    """A reason that the reader learns and the desk does not know would stop the page."""
    assert set(readings._WHY) == set(By)
