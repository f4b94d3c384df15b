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

REMEMBERED = 4096
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

LONGEST = 600
"""Characters of a sentence that is read: the time for it grows with the square, and nobody says more in one breath."""

TOO_LONG = f"这一句太长，请拆成{LONGEST}字以内的几句"
FAULT = "花括号里的标注不对：读音写作 重{chóng}庆，停顿写作 {停0.8}"


@dataclass(frozen=True, slots=True)
class Choice:
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
class Spoken:
    """How a sentence of the script is read; `fault` says, when it cannot be, what is wrong with its marks."""

    spoken: str
    pinyin: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    fault: str = ""


@lru_cache(maxsize=REMEMBERED)
def spoken(text: str, lexicon: Lexicon) -> Spoken:
    """How a sentence, marks and all, is read by a lexicon."""
    if len(text) > LONGEST:
        return Spoken("", fault=TOO_LONG)
    try:
        reading = mandarin.read(text, lexicon)
    except ScriptError:
        return Spoken("", fault=FAULT)
    choices = sorted(_choices(reading), key=lambda one: one.index)
    return Spoken(reading.spoken, tuple(map(mandarin.shown, reading.pinyin)), tuple(choices))


def _choices(reading: Reading) -> Iterator[Choice]:
    """What can be chosen in the print: what is said in place of a number or a sign cannot be marked there."""
    blocks = SequenceMatcher(None, reading.spoken, reading.printed, autojunk=False).get_matching_blocks()
    printed = {old + step: new + step for old, new, length in blocks for step in range(length)}
    chosen = iter(reading.chosen)
    at = 0
    for word in reading.words:
        said = [next(chosen) for char in word if is_han(char)]
        for place, (step, one) in enumerate(zip(_hans(word), said, strict=True)):
            if one.others and at + step in printed:
                yield _choice(word, said, place, printed[at + step])
        at += len(word)
    for doubt in reading.doubtful:
        if not doubt.chosen:
            yield Choice(doubt.index, doubt.char, why="没有规则知道这怎么读", token=True)


def _hans(word: str) -> list[int]:
    return [step for step, char in enumerate(word) if is_han(char)]


def _choice(word: str, said: Sequence[Chosen], place: int, index: int) -> Choice:
    """The choice at one syllable of a word."""
    one = said[place]
    return Choice(
        index=index,
        char=word[_hans(word)[place]],
        say=mandarin.shown(one.syllable),
        others=tuple(map(mandarin.shown, one.others)),
        why=_WHY[one.by],
        sure=one.sure,
        word=word,
        word_pinyin=tuple(mandarin.shown(each.syllable) for each in said),
        word_place=place,
    )


def doubtful(script: Script, lexicon: Lexicon) -> int:
    """Characters and tokens of a script whose reading a person should look at."""
    return sum(
        not choice.sure
        for segment in script.segments
        for sentence in segment.sentences
        for choice in spoken(sentence.text, lexicon).choices
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is the same in both versions, or only in the old ("del") or the new one ("ins")."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a segment: "same", "changed", "added" or "removed", whether it moved, and its lines in pieces."""

    how: str
    title: str
    anchor: str
    moved: bool
    lines: tuple[tuple[Piece, ...], ...]


def compared(old: Script, new: Script) -> tuple[Changed, ...]:
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
        _became(before.get(one.id), one, moved=one.id in before and one.id not in still)
        for one in new.segments
    ]
    gone = [one for one in old.segments if one.id not in {segment.id for segment in new.segments}]
    return (*found, *(_removed(one) for one in gone))


def _became(old: Segment | None, new: Segment, *, moved: bool) -> Changed:
    texts = [sentence.text for sentence in new.sentences]
    if old is None:
        return Changed(
            "added", new.title, new.anchor, moved=False, lines=tuple((Piece("ins", text),) for text in texts)
        )
    lines = tuple(_lines([sentence.text for sentence in old.sentences], texts))
    same = replace(old, sentences=new.sentences) == new and all(
        piece.how == "same" for line in lines for piece in line
    )
    anchor = new.anchor if old.anchor == new.anchor else f"{old.anchor} → {new.anchor}"
    title = new.title if old.title == new.title else f"{old.title} → {new.title}"
    return Changed("same" if same else "changed", title, anchor, moved, lines)


def _removed(old: Segment) -> Changed:
    lines = tuple((Piece("del", sentence.text),) for sentence in old.sentences)
    return Changed("removed", old.title, old.anchor, moved=False, lines=lines)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """The sentences of both, in order; one that was changed is one line."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield from ((Piece("same", text),) for text in new[c:d])
            continue
        pairs = min(b - a, d - c) if how == "replace" else 0
        yield from (tuple(_pieces(old[a + at], new[c + at])) for at in range(pairs))
        yield from ((Piece("del", text),) for text in old[a + pairs : b])
        yield from ((Piece("ins", text),) for text in new[c + pairs : d])


def _pieces(old: str, new: str) -> Iterator[Piece]:
    """A changed sentence, character by character."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("same", new[c:d])
            continue
        if old[a:b]:
            yield Piece("del", old[a:b])
        if new[c:d]:
            yield Piece("ins", new[c:d])


def edition(name: str) -> str:
    """An edition's name as the desk says it."""
    return EDITIONS.get(name, name)


def lasts(seconds: float) -> str:
    """A length for a person, as in 6 分 05 秒."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} 分 {rest:02} 秒" if minutes else f"{rest} 秒"


def left(span: timedelta) -> str:
    """How long until, or since, in the words of a clock: 还有 1 小时 20 分, 已过 5 分."""
    minutes = round(abs(span.total_seconds()) / 60)
    hours, rest = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    told = f"{days} 天" if days else f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"
    return f"还有 {told}" if span.total_seconds() >= 0 else f"已过 {told}"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a person should look at: what, and the sentence or the segment that it is about."""

    text: str
    segment: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of an edition; `off` when it is not as it should be."""

    what: str
    value: str
    more: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
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

APPROVE = Deed("approve", "批准", "批准这一版？", ("到点会照这一版录制、播出。之后再改，要重新批准。",))
HOLD = Deed("hold", "暂缓", "暂缓这一期？", ("在有人放行以前，到点也不会播出。",), danger=True)
RELEASE = Deed("release", "放行", "放行这一期？", ("回到待审；批准以后才会录制、播出。",))
RENDER = Deed("render", "现在录制", "现在就录制？", ("先念没有念过的句子，再合成整期，可以先听再播。",))
PUBLISH = Deed("publish", "现在播出", "现在就播出？", ("听众马上会收到这一期，不等到点。",), AIR)
WITHDRAW = Deed(
    "withdraw",
    "撤下节目",
    "撤下这一期？",
    ("节目会从订阅里消失；已经下载的收不回来。",),
    AIR,
    danger=True,
    asks="为什么撤下，记在历史里",
)
CORRECT = Deed(
    "correct",
    "更正",
    "播出更正后的一版？",
    ("先念改过的句子，再换下正在播的一版；这句话听众看得到。",),
    AIR,
    asks="更正了什么",
)
REINSTATE = Deed(
    "reinstate",
    "重新播出",
    "重新播出撤回的这一期？",
    ("照最新一版录制，听众马上会再收到这一期。",),
    AIR,
    danger=True,
    asks="为什么重新播出，记在操作记录里",
)

DEEDS: dict[Stage, tuple[Deed, ...]] = {
    Stage.DRAFTED: (APPROVE, HOLD),
    Stage.HELD: (RELEASE, APPROVE),
    Stage.APPROVED: (RENDER, HOLD),
    Stage.VOICED: (PUBLISH, RENDER, HOLD),
    Stage.WITHDRAWN: (REINSTATE,),
}
"""What can be done with an edition before it is on the air, the likeliest first."""


def deeds(stage: Stage, scopes: Container[str], *, aired: bool) -> tuple[Deed, ...]:
    """What somebody with these scopes can do with an edition at this stage; `aired` is one that listeners can get."""
    can = DEEDS.get(stage, ())
    if aired:
        # What is held is not corrected on the air either, before somebody lets it go.
        correct = () if stage in {Stage.PUBLISHED, Stage.HELD} else (CORRECT,)
        can = (*correct, *can, WITHDRAW)
    return tuple(one for one in can if one.needs in scopes)


_SAID = {
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


def deed(what: str) -> str:
    """What somebody did, as the log names it, in Chinese; what is not known here stays as it is."""
    first, _, rest = what.partition(" ")
    return _SAID.get(what) or f"{_SAID.get(first, first)} {rest}".strip()


def clock(seconds: float) -> str:
    """A length in figures, as in 6:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"
