"""Advice on a sentence for the ear: the writer's own rules as marks for a person, each with a rewrite where one can.

Advice refuses nothing. It is the same whoever wrote the sentence, so that an editor's gets the same care.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from briefing.editorial.writer import antecedents, judging, officialese
from briefing.editorial.writer.grammar.sentence_grammar import Clause, cut_clauses
from briefing.editorial.writer.splitting import MAX_HAN, can_follow
from briefing.editorial.writer.style import clock_words, days, figures
from briefing.mandarin.tagger import tag_words
from briefing.model import Kind, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefing.model import Script, Segment, Sentence

MAX_FIGURES = 3
"""Figures that an ear can hold in one sentence."""

_MARKS = re.compile(r"\{[^}]*\}")
_SPEAKER = re.compile(r"^(?P<name>[\u4e00-\u9fff·]{2,4})(?:说|表示|介绍|强调|指出|认为|透露|提醒|告诉)，?")
_LABEL = re.compile(r"[问答]：")
_LEADS_ON = re.compile(
    r"(?:说|介绍|表示|宣布|发布|显示|表明|提醒|要求|认为|指出|透露|强调|预计|[年月日时后前起]|季度|上半年|下半年)[，：]?$|^(?:受|为|因|由于|随着|根据|按照|对|在)[^。]*，$"
)
"""Ends and openings of clauses that lead to the next one."""
_OF_ALL = re.compile(r"分别|合计|^(?:一共|全部|都|均)")
"""Words of a clause that speak of all the clauses before it."""
_TRANSITION = re.compile(r"(?:接下来|下面|最后|首先|再)来?(?:关注|看)")
_TURNED = re.compile(r"[前昨今明后]天|周[一二三四五六日]|[昨今]晚")
_NEAR = re.compile(r"(?<![\d第])\d{1,2}月\d{1,2}日|[前昨今明]日(?![头新说])|[昨今]晚|[昨今]晨")


class Mark(StrEnum):
    """Kind of advice, in the words that an editor sees."""

    TOO_LONG = "太长"
    NO_SUBJECT = "没有主语"
    WHO = "谁？"
    DAY = "日期没换"
    FIGURES = "数字太多"
    LETTERS = "听不懂的字母"


@dataclass(frozen=True, slots=True)
class Advice:
    """One mark on a sentence: its kind, the words it is about ("" for the whole), and a rewrite ("" for none)."""

    mark: Mark
    words: str = ""
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class SentenceAdvice:
    """A sentence of a script with the advice on it; `segment` is the title of its segment."""

    segment: str
    text: str
    advice: tuple[Advice, ...]


def review_script(script: Script) -> tuple[SentenceAdvice, ...]:
    """Return the news sentences of a script on which there is advice, in their order."""
    reviewed = (
        SentenceAdvice(segment.title, sentence.text, review_sentence(sentence.text, script.key.day, before))
        for segment in script.segments
        if segment.kind in (Kind.HEADLINES, Kind.STORY)
        for sentence, before in _with_heard(segment)
    )
    return tuple(one for one in reviewed if one.advice)


def _with_heard(segment: Segment) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """Yield each sentence of a segment with what was heard before it; a headline stands alone."""
    texts = tuple(sentence.text for sentence in segment.sentences)
    for index, sentence in enumerate(segment.sentences):
        yield sentence, texts[:index] if segment.kind is Kind.STORY else ()


def review_sentence(text: str, day: date, before: Sequence[str] = ()) -> tuple[Advice, ...]:
    """Return advice on one sentence of a script of `day`, after the sentences `before` it in its story.

    Readings and pauses in braces are not looked at, and a sentence that has them gets no rewrite: it would lose them.
    """
    bare = _MARKS.sub("", text).strip()
    if not bare:
        return ()
    clauses = cut_clauses(bare, tag_words(bare))
    doubts = (
        *_length(bare, clauses),
        *_subject(bare, clauses),
        *_who(bare, "".join(before)),
        *_days(bare, day),
        *_figures(bare, clauses),
        *_letters(bare),
    )
    if bare == text.strip():
        return doubts
    return tuple(Advice(advice.mark, advice.words) for advice in doubts)


def _length(text: str, clauses: Sequence[Clause]) -> Iterator[Advice]:
    count = han_count(text)
    if count > MAX_HAN:
        yield Advice(Mark.TOO_LONG, f"{count}字", _shorten(text, clauses))


def _shorten(text: str, clauses: Sequence[Clause]) -> str:
    """Return the sentence without set phrases, or as two sentences; empty where neither makes it short enough."""
    plain = [
        clause for index, clause in enumerate(clauses) if not (index and officialese.is_empty(clause.text))
    ]
    bare = "".join(clause.text for clause in plain).rstrip("，；。") + "。"
    if bare != text and han_count(bare) <= MAX_HAN:
        return bare
    return next((parts for parts in _split(plain) if max(map(han_count, parts.split("。"))) <= MAX_HAN), "")


def _split(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield the clauses as two sentences, where the second can stand after the first; the later split first."""
    for index in range(len(clauses) - 1, 0, -1):
        head, tail = clauses[:index], clauses[index:]
        shared = any(_OF_ALL.search(clause.text) for clause in tail)
        if can_follow(head, (), tail[0]) and _can_end(head) and not shared:
            yield "".join(
                "".join(clause.text for clause in part).rstrip("，；。") + "。" for part in (head, tail)
            )


def _can_end(clauses: Sequence[Clause]) -> bool:
    """Return whether clauses can stand as a sentence: whole, and no speaker, time or ground that leads to the next."""
    last = clauses[-1]
    return (
        judging.is_whole(clauses)
        and not last.leads_in
        and not last.is_topic
        and _LEADS_ON.search(last.text) is None
    )


def _subject(text: str, clauses: Sequence[Clause]) -> Iterator[Advice]:
    if _TRANSITION.match(text):
        return
    opening = next((clause for clause in clauses if clause.has_predicate and not clause.leads_in), None)
    if opening and opening.opens_with_verb and not judging.is_whole(clauses):
        yield Advice(Mark.NO_SUBJECT, opening.tokens[0].word)
    elif _LABEL.match(text):
        yield Advice(Mark.WHO, text[:2], "")


def _who(text: str, heard: str) -> Iterator[Advice]:
    speaker = _SPEAKER.match(text)
    if speaker and speaker["name"] not in heard and antecedents.is_bare_name(speaker["name"]):
        yield Advice(Mark.WHO, speaker["name"])
    elif words := antecedents.find_unknown(text, heard):
        yield Advice(Mark.WHO, words)


def _days(text: str, day: date) -> Iterator[Advice]:
    turned = days.turn_days(text, days.Calendar(day, day))
    match = _NEAR.search(text)
    if match and turned != text and _TURNED.search(turned):
        yield Advice(Mark.DAY, match[0], turned)


def _figures(text: str, clauses: Sequence[Clause]) -> Iterator[Advice]:
    count = figures.count_figures(text)
    if count > MAX_FIGURES:
        fewer = (
            parts for parts in _split(clauses) if max(map(figures.count_figures, parts.split("。"))) < count
        )
        yield Advice(Mark.FIGURES, f"{count}个数字", next(fewer, ""))


def _letters(text: str) -> Iterator[Advice]:
    spoken = clock_words.say_clock_times(figures.say_figures(text))
    unknown = judging.unknown_letters(text)
    if unknown:
        yield Advice(
            Mark.LETTERS, unknown[0], spoken if spoken != text and not judging.unknown_letters(spoken) else ""
        )
    elif (sign := judging.find_print_sign(text)) and spoken != text:
        yield Advice(Mark.LETTERS, sign, spoken)
