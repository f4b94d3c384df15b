"""Read what a language model wrote more closely than what a person wrote: a person can be asked, a model makes things up.

The guard asks whether a sentence contradicts its sources; here every word of it that claims something must come from them.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.editorial.question_check import is_question
from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.model import Article, Sentence

CLAUSE = re.compile(r"[，。；：！？,;:!?]")
_NOMINAL = frozenset("nPLO")
"""Initials of the parts of speech that name something."""
_PERSON = frozenset({"PER", "nr"})
_HEDGES = re.compile(
    r"预计|预期|拟|计划|打算|准备|力争|争取|有望|可能|或将|大约|大概|约|左右|上下|近|多|余|逾|超|目标|最多|最高|至多|不超过|不低于|以内|以上|以下|以前|之前|将|要|会|测算|估计|估算|希望|是否|再"
)
"""Words by which a figure is not yet, or not quite."""
_EXPECTED = re.compile(r"预计|预期|拟|计划|力争|争取|有望|可能|或将|估计")
_UNDECIDED = re.compile(r"是否|能否|可否|研究|论证")
_OPEN = re.compile(r"是否|是不是|能否|能不能|要不要|会不会|再决定|再定|可能|研究|论证|打算|考虑")
_UNCHANGED = re.compile(r"(?:暂不|不再|不作|不予|不)(?:调整|上调|下调|提高|降低|变)|维持不变|保持不变")
_CHANGED = re.compile(r"上调|下调|提高|降低|上涨|下降|涨|降|取消")
_DENIED = re.compile(r"不|没|未|无|暂")
_RISING = re.compile(r"增|涨|升|提高|提升|扩大|加快|延长|上调|多了?(?=\d)")
_FALLING = re.compile(r"减|降|跌|下滑|回落|缩短|缩小|放慢|下调|少了?(?=\d)")
_FIGURE = re.compile(r"\d[\d.]*")
_NO_SUBJECT_BEHIND = frozenset("被由在把将对向从给")
_PERIOD = re.compile(r"[每按](?:个)?(小时|分钟|季度|星期|周|月|年|天|日|晚)")
_SAME_PERIOD = {"星期": "周", "天": "日", "日": "天", "晚": "夜"}
_WHOLE = re.compile(r"全部|全都|全免|全体|所有|一律|通通|完全")
_PARTS_OF_WHOLE = re.compile(r"[全均都皆各每]|所有|一律|免费")
_FREE = re.compile(r"全免|免费|不收费|不要钱")
_FREE_IN_PRINT = re.compile(r"全免|免费|不收|免收(?![^，。]{0,8}\d)|免除|免缴|免票|无偿|免(?=[，。；])")
_NEAR = 10
"""Characters between a title and the name behind it."""


@cache
def _read_lines(name: str) -> tuple[tuple[str, ...], ...]:
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _everyday_words() -> frozenset[str]:
    return frozenset(word for line in _read_lines("everyday_words") for word in line)


def find_inventions(text: str, sources: Sequence[str], title: str, story: str) -> tuple[str, ...]:
    """Return what a sentence says that its sources do not, a Chinese sentence each.

    `story` is the whole article with its place: a name may come from anywhere in it, a claim only from the sources.
    """
    printed = "".join((*sources, title))
    clauses = [clause for clause in CLAUSE.split("".join(sources)) if clause]
    finders = (
        _find_strangers(text, printed + story),
        _find_grave_events(text, printed),
        _find_lost_hedges(text, clauses),
        _find_swapped_subjects(text, clauses),
        _find_changes(text, clauses),
        _find_turned_figures(text, clauses),
        _find_widened(text, printed),
        _find_other_titles(text, printed + story),
    )
    return tuple(dict.fromkeys(doubt for finder in finders for doubt in finder))


def _find_strangers(text: str, story: str) -> Iterator[str]:
    """Yield nouns of which half the characters or more stand nowhere in the article."""
    for token in tag_words(text):
        word = token.word
        if len(word) > 1 and token.flag[:1] in _NOMINAL and word not in _everyday_words():
            absent = sum(char not in story for char in word)
            if 2 * absent >= len(word):
                yield f"“{word}”原文没有"


def _find_grave_events(text: str, printed: str) -> Iterator[str]:
    """Yield deaths, arrests and the like that the sources do not report."""
    for words in _read_lines("grave_events"):
        event = next((word for word in words if len(word) > 1 and word in text), "")
        if event and not any(word in printed for word in words):
            yield f"“{event}”原文没有"


def _find_lost_hedges(text: str, clauses: Sequence[str]) -> Iterator[str]:
    """Yield figures that the source only expects, and what it leaves open, where the sentence says neither."""
    for figure in _FIGURE.findall(text):
        printed = [clause for clause in clauses if figure in _FIGURE.findall(clause)]
        if printed and all(_EXPECTED.search(clause) for clause in printed) and not _HEDGES.search(text):
            yield f"“{figure}”原文只是预计或计划"
    for clause in clauses:
        if not _UNDECIDED.search(clause) or _OPEN.search(text):
            continue
        verbs = [token.word for token in tag_words(_UNDECIDED.split(clause)[-1]) if token.flag[:1] == "v"]
        if any(verb in text for verb in verbs if len(verb) > 1):
            yield "这件事原文还没有决定"


def _find_swapped_subjects(text: str, clauses: Sequence[str]) -> Iterator[str]:
    """Yield subjects whose verb the sources say of another."""
    for clause in CLAUSE.split(text):
        subject, verb = _subject_and_verb(clause)
        telling = [printed for printed in clauses if len(verb) > 1 and verb in printed]
        named = any(subject in printed for printed in clauses)
        if telling and named and not any(_may_tell(printed, subject, verb) for printed in telling):
            yield f"“{verb}”的不是“{subject}”"


def _may_tell(clause: str, subject: str, verb: str) -> bool:
    """Return whether a clause may say a verb of a subject: it names it, or nobody."""
    before = tag_words(clause.partition(verb)[0])
    return subject in clause or not any(
        token.flag[:1] in _NOMINAL and len(token.word) > 1 for token in before
    )


def _subject_and_verb(clause: str) -> tuple[str, str]:
    """Return the last noun before the first verb of a clause, and that verb; empty where there is none.

    What stands behind 被, 由, 在 or 把 is no subject.
    """
    subject = ""
    for token in tag_words(clause):
        if token.word in _NO_SUBJECT_BEHIND:
            return "", ""
        if token.flag[:1] == "v" and subject:
            return subject, token.word
        if token.flag[:1] in _NOMINAL and len(token.word) > 1:
            subject = token.word
    return "", ""


def _find_changes(text: str, clauses: Sequence[str]) -> Iterator[str]:
    """Yield that something changes of which the sources say that it stays."""
    change = _CHANGED.search(text)
    if not change or _DENIED.search(text):
        return
    for clause in clauses:
        nouns = [token.word for token in tag_words(clause) if token.flag[:1] in _NOMINAL]
        if _UNCHANGED.search(clause) and any(noun in text for noun in nouns):
            yield f"“{change[0]}”跟原文相反"


def _find_turned_figures(text: str, clauses: Sequence[str]) -> Iterator[str]:
    """Yield figures that rise in the sentence and fall in the sources, or the other way round."""
    for spoken in CLAUSE.split(text):
        for figure in _FIGURE.findall(spoken):
            printed = [clause for clause in clauses if figure in _FIGURE.findall(clause)]
            for here, there in ((_RISING, _FALLING), (_FALLING, _RISING)):
                turned = here.search(spoken) and not there.search(spoken)
                if (
                    turned
                    and printed
                    and all(there.search(clause) and not here.search(clause) for clause in printed)
                ):
                    yield f"“{figure}”的升降跟原文相反"


def _find_widened(text: str, printed: str) -> Iterator[str]:
    """Yield other periods than the source's, and wholes where it names a part."""
    for period in _PERIOD.findall(text):
        if period not in printed and _SAME_PERIOD.get(period, period) not in printed:
            yield f"原文没有“每{period}”"
    if (whole := _WHOLE.search(text)) and not _PARTS_OF_WHOLE.search(printed):
        yield f"原文没有“{whole[0]}”"
    if (free := _FREE.search(text)) and not _FREE_IN_PRINT.search(printed):
        yield f"原文没有“{free[0]}”"


def _find_other_titles(text: str, story: str) -> Iterator[str]:
    """Yield titles of people that the article does not give them."""
    tokens = tag_words(text)
    for token, person in pairwise(tokens):
        if person.flag in _PERSON and token.flag[:1] == "n" and len(token.word) > 1 and person.word in story:
            spans = (story[max(0, place - _NEAR) : place] for place in _places_of(person.word, story))
            if not any(token.word in span for span in spans):
                yield f"“{token.word}{person.word}”的称呼跟原文不同"


def _places_of(word: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(word), text)]


def find_model_doubts(guard: PaperGuard, sentence: Sentence, articles: Sequence[Article]) -> tuple[str, ...]:
    """Return what the guard doubts of a model's sentence, and what it says beyond its sources, a Chinese sentence each."""
    claims = guard.doubts(sentence, articles)
    if claims or is_question(sentence.text):
        return tuple(claim.what for claim in claims)
    sources = "".join(sentence.rests_on)
    article = next((paper for paper in articles if sources[:_NEAR] in paper.text), articles[0])
    story = "".join((article.title, article.kicker, article.text, guard.places.get(article.source, "")))
    return find_inventions(sentence.text, sentence.rests_on, article.title, story)
