"""What the pages show, as plain values: how a sentence is read, what changed between versions, where an edition stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing import mandarin
from briefing.desk.chinese_names import ACTS, EDITIONS
from briefing.errors import ScriptError
from briefing.mandarin.pronounce.choice import By
from briefing.model import Stage, is_han

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import timedelta

    from briefing.mandarin import Lexicon, Reading
    from briefing.mandarin.pronounce.choice import Chosen
    from briefing.model import Script, Segment

READINGS_CACHED = 4096
"""Sentences whose reading is kept: an edition has a few hundred."""

_WHY = {
    By.MARK: "编辑标注的",
    By.LEXICON: "按词典读",
    By.NAME: "按姓氏读",
    By.USAGE: "按用法读",
    By.PHRASE: "按词语读",
    By.ACROSS: "按跨词的短语读",
    By.MODEL: "由模型按上下文判断",
    By.ONLY: "只有这一种读法",
    By.COMMONEST: "没有旁证，暂取最常见的读法",
}
"""What a reading rests on, for a person."""

MOST_SENTENCE_CHARS = 600
"""Characters of a sentence that is read: the time for it grows with the square, and nobody says more in one breath."""

TOO_LONG = f"这一句太长，请拆成{MOST_SENTENCE_CHARS}字以内的几句"
FAULT = "花括号里的标注不对：读音写作 重{chóng}庆，停顿写作 {停0.8}"


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """A character that can be read in more than one way, by its place in the printed text without marks.

    `say` and `others` are written as people read them; one that is not `sure` is shown to the editor, and `why` says
    what it rests on. `word` is the word it stands in, `word_pinyin` that word's reading and `word_place` the
    character's place among its syllables. A `token` is no character but a piece of text that no rule knows.
    """

    index: int
    char: str
    say: str = ""
    others: tuple[str, ...] = ()
    why: str = ""
    sure: bool = False
    word: str = ""
    word_pinyin: tuple[str, ...] = ()
    word_place: int = 0
    token: bool = False


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """How a sentence of the script is read; `fault` says, when it cannot be, what is wrong with its marks."""

    spoken: str
    pinyin: tuple[str, ...] = ()
    choices: tuple[ReadingChoice, ...] = ()
    fault: str = ""


@lru_cache(maxsize=READINGS_CACHED)
def read_sentence(text: str, lexicon: Lexicon) -> SentenceReading:
    """How a sentence, marks and all, is read by a lexicon."""
    if len(text) > MOST_SENTENCE_CHARS:
        return SentenceReading("", fault=TOO_LONG)
    try:
        reading = mandarin.read(text, lexicon)
    except ScriptError:
        return SentenceReading("", fault=FAULT)
    choices = sorted(_list_choices(reading), key=lambda one: one.index)
    return SentenceReading(reading.spoken, tuple(map(mandarin.shown, reading.pinyin)), tuple(choices))


def _list_choices(reading: Reading) -> Iterator[ReadingChoice]:
    """What can be chosen in the print: what is said in place of a number or a sign cannot be marked there."""
    blocks = SequenceMatcher(None, reading.spoken, reading.printed, autojunk=False).get_matching_blocks()
    printed = {old + step: new + step for old, new, length in blocks for step in range(length)}
    chosen = iter(reading.chosen)
    at = 0
    for word in reading.words:
        said = [next(chosen) for char in word if is_han(char)]
        for place, (step, one) in enumerate(zip(_han_steps(word), said, strict=True)):
            if one.others and at + step in printed:
                yield _make_choice(word, said, place, printed[at + step])
        at += len(word)
    for doubt in reading.doubtful:
        if not doubt.chosen:
            yield ReadingChoice(doubt.index, doubt.char, why="没有规则知道这怎么读", token=True)


def _han_steps(word: str) -> list[int]:
    return [step for step, char in enumerate(word) if is_han(char)]


def _make_choice(word: str, said: Sequence[Chosen], place: int, index: int) -> ReadingChoice:
    """The choice at one syllable of a word."""
    one = said[place]
    return ReadingChoice(
        index=index,
        char=word[_han_steps(word)[place]],
        say=mandarin.shown(one.syllable),
        others=tuple(map(mandarin.shown, one.others)),
        why=_WHY[one.by],
        sure=one.sure,
        word=word,
        word_pinyin=tuple(mandarin.shown(each.syllable) for each in said),
        word_place=place,
    )


def count_doubtful(script: Script, lexicon: Lexicon) -> int:
    """Characters and tokens of a script whose reading a person should look at."""
    return sum(
        not choice.sure
        for segment in script.segments
        for sentence in segment.sentences
        for choice in read_sentence(sentence.text, lexicon).choices
    )


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text that is the same in both versions, or only in the old ("del") or the new one ("ins")."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """What became of a segment: "same", "changed", "added" or "removed", whether it moved, and its lines in pieces."""

    how: str
    title: str
    anchor: str
    moved: bool
    lines: tuple[tuple[TextPiece, ...], ...]


def compare_scripts(old: Script, new: Script) -> tuple[SegmentChange, ...]:
    """The new script, segment by segment, with what was added, taken away and changed since the old one."""
    before = {segment.id: segment for segment in old.segments}
    stayed = [segment.id for segment in old.segments if any(one.id == segment.id for one in new.segments)]
    order = [segment.id for segment in new.segments if segment.id in before]
    still = {
        order[block.b + step]
        for block in SequenceMatcher(None, stayed, order, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    }
    found = [
        _changed_segment(before.get(one.id), one, moved=one.id in before and one.id not in still)
        for one in new.segments
    ]
    gone = [one for one in old.segments if one.id not in {segment.id for segment in new.segments}]
    return (*found, *(_removed_segment(one) for one in gone))


def _changed_segment(old: Segment | None, new: Segment, *, moved: bool) -> SegmentChange:
    texts = [sentence.text for sentence in new.sentences]
    if old is None:
        return SegmentChange(
            "added",
            new.title,
            new.anchor,
            moved=False,
            lines=tuple((TextPiece("ins", text),) for text in texts),
        )
    lines = tuple(_compare_sentences([sentence.text for sentence in old.sentences], texts))
    same = replace(old, sentences=new.sentences) == new and all(
        piece.how == "same" for line in lines for piece in line
    )
    anchor = new.anchor if old.anchor == new.anchor else f"{old.anchor} → {new.anchor}"
    title = new.title if old.title == new.title else f"{old.title} → {new.title}"
    return SegmentChange("same" if same else "changed", title, anchor, moved, lines)


def _removed_segment(old: Segment) -> SegmentChange:
    lines = tuple((TextPiece("del", sentence.text),) for sentence in old.sentences)
    return SegmentChange("removed", old.title, old.anchor, moved=False, lines=lines)


def _compare_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[TextPiece, ...]]:
    """The sentences of both, in order; one that was changed is one line."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield from ((TextPiece("same", text),) for text in new[c:d])
            continue
        pairs = min(b - a, d - c) if how == "replace" else 0
        yield from (tuple(_compare_words(old[a + at], new[c + at])) for at in range(pairs))
        yield from ((TextPiece("del", text),) for text in old[a + pairs : b])
        yield from ((TextPiece("ins", text),) for text in new[c + pairs : d])


def _compare_words(old: str, new: str) -> Iterator[TextPiece]:
    """A changed sentence, character by character."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield TextPiece("same", new[c:d])
            continue
        if old[a:b]:
            yield TextPiece("del", old[a:b])
        if new[c:d]:
            yield TextPiece("ins", new[c:d])


def name_of_edition(name: str) -> str:
    """An edition's name as the desk says it."""
    return EDITIONS.get(name, name)


def format_length(seconds: float) -> str:
    """A length for a person, as in 6 分 05 秒."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest:02} 秒" if minutes else f"{rest} 秒"


def format_time_left(span: timedelta) -> str:
    """How long until, or since, in the words of a clock: 还有 1 小时 20 分, 已过 5 分."""
    minutes = round(abs(span.total_seconds()) / 60)
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    told = f"{days} 天" if days else f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
    return f"还有 {told}" if span.total_seconds() >= 0 else f"已过 {told}"


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """Something that a person should look at: what, and the sentence or the segment that it is about."""

    text: str
    segment: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A figure of an edition; `off` when it is not as it should be."""

    what: str
    value: str
    more: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class DeskAction:
    """Something that can be done with an edition: its name in the API, and what a person is asked before.

    `asks` is what has to be written for it; `danger` takes something off the air or keeps it from it.
    """

    what: str
    label: str
    title: str
    lines: tuple[str, ...]
    needs: str = "editions:write"
    danger: bool = False
    asks: str = ""


AIR = "air:write"

APPROVE = DeskAction("approve", "批准", "批准这一版？", ("到点会照这一版录制、播出。之后再改，要重新批准。",))
HOLD = DeskAction("hold", "暂缓", "暂缓这一期？", ("在有人放行以前，到点也不会播出。",), danger=True)
RELEASE = DeskAction("release", "放行", "放行这一期？", ("回到待审；批准以后才会录制、播出。",))
RENDER = DeskAction("render", "现在录制", "现在就录制？", ("先念没有念过的句子，再合成整期，可以先听再播。",))
PUBLISH = DeskAction("publish", "现在播出", "现在就播出？", ("听众马上会收到这一期，不等到点。",), AIR)
WITHDRAW = DeskAction(
    "withdraw",
    "撤下节目",
    "撤下这一期？",
    ("节目会从订阅里消失；已经下载的收不回来。",),
    AIR,
    danger=True,
    asks="为什么撤下，记在历史里",
)
CORRECT = DeskAction(
    "correct",
    "更正",
    "播出更正后的一版？",
    ("先念改过的句子，再换下正在播的一版；这句话听众看得到。",),
    AIR,
    asks="更正了什么",
)
REINSTATE = DeskAction(
    "reinstate",
    "重新播出",
    "重新播出撤回的这一期？",
    ("照最新一版录制，听众马上会再收到这一期。",),
    AIR,
    danger=True,
    asks="为什么重新播出，记在操作记录里",
)

ACTIONS_BY_STAGE: dict[Stage, tuple[DeskAction, ...]] = {
    Stage.DRAFTED: (APPROVE, HOLD),
    Stage.HELD: (RELEASE, APPROVE),
    Stage.APPROVED: (RENDER, HOLD),
    Stage.VOICED: (PUBLISH, RENDER, HOLD),
    Stage.WITHDRAWN: (REINSTATE,),
}
"""What can be done with an edition before it is on the air, the likeliest first."""


def list_actions(stage: Stage, scopes: Container[str], *, aired: bool) -> tuple[DeskAction, ...]:
    """What somebody with these scopes can do with an edition at this stage; `aired` is one that listeners can get."""
    can = ACTIONS_BY_STAGE.get(stage, ())
    if aired:
        # What is held is not corrected on the air either, before somebody lets it go.
        correct = () if stage in {Stage.PUBLISHED, Stage.HELD} else (CORRECT,)
        can = (*correct, *can, WITHDRAW)
    return tuple(one for one in can if one.needs in scopes)


_DEED_NAMES = {
    "login": "登录",
    "login refused": "登录没有成功",
    "login throttled": "登录太频繁",
    "logout": "退出",
    "logout everywhere": "在所有设备上退出",
    "password": "修改密码",
    "password refused": "修改密码没有成功",
    "password throttled": "修改密码太频繁",
    "save": "保存",
    "restore": "恢复",
    "approve": "批准",
    "release": "放行",
    **ACTS,
    "verify": "核实",
    "unverify": "收回核实",
    "confirm": "批准时确认",
    "add article": "送稿",
    "add word": "加词",
}


def name_deed(what: str) -> str:
    """What somebody did, as the log names it, in Chinese; what is not known here stays as it is."""
    first, _, rest = what.partition(" ")
    return _DEED_NAMES.get(what) or f"{_DEED_NAMES.get(first, first)} {rest}".strip()


def format_clock(seconds: float) -> str:
    """A length in figures, as in 6:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
