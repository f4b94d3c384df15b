"""A printed title as a sentence of its story: where the text never tells in one sentence what the title does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer import judging, officialese
from briefing.editorial.writer.grammar.sentence_grammar import cut_clauses
from briefing.editorial.writer.passage import Source
from briefing.editorial.writer.statements import Statement
from briefing.editorial.writer.style import plain_words, print_habits
from briefing.editorial.writer.style.say_aloud import say_aloud
from briefing.mandarin.tagger import tag_words
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.source_page import Page
    from briefing.model import Article

BEFORE_TEXT = -1
"""Place of the title before the first sentence."""
MIN_HAN, MAX_HAN = 8, 34
"""Han characters of a title that can be said as a sentence."""
DAY_WITHIN = 3
"""Sentences from the top that may give the title its day."""

SAME_EVENT = 0.5
"""Share of a title's pairs of characters in the sentence whose day is the title's own."""

_RIDDLE = re.compile(
    r"[？！?!|｜丨]|(?P<verb>[\u4e00-\u9fff])不(?P=verb)|为何|为什么|如何|怎[么样]|啥|谁|多少|哪[里个些]|这样|这么|什么|究竟|到底|你|您|别|请|快来|^让|^要|（[上下一二]）|"
    r"(?:见闻|侧记|综述|述评|观察|纪实|印象|故事|之路|密码|背影|的人|冬天|春天|夏天|秋天|路)$"
)
_DAY = re.compile(r"^(?P<day>[前昨今]天|[本上]周[一二三四五六日])(?!到|至|起)")
_DATED = re.compile(r"[前昨今明后]天|[本上下]周|\d+月|今晨|年内|今年|去年|起|[半\d]个?[月年天]|以来")


def read_title_statement(article: Article, page: Page, read: Sequence[Statement]) -> Statement | None:
    """Return a title as a statement with the day of the text's first sentences; None where it is no sentence."""
    parts = [part for part in re.split(r"\s+", print_habits.plain_title(article.title)) if part]
    spoken = "，".join(say_aloud(part, page).rstrip("，。") for part in parts)
    text = plain_words.say_words(tag_words(spoken)).strip("，。：") + "。"
    if not _is_sentence(text):
        return None
    day, dated_by = _find_day(text, read)
    dated = f"{day}，{text}" if day else text
    source = Source(article.title, BEFORE_TEXT, 0, opens=True)
    rests_on = (article.title, dated_by) if dated_by else (article.title,)
    clauses = tuple(cut_clauses(dated, tag_words(dated)))
    return Statement(dated, source, 0, clauses, rests_on, uncut=True)


def _is_sentence(text: str) -> bool:
    """Return whether every part of a title says something of somebody, plainly."""
    if not MIN_HAN <= han_count(text) <= MAX_HAN or _RIDDLE.search(text.rstrip("。")):
        return False
    if judging.find_objection(text) not in {"", "letters"} or officialese.is_empty(text):
        return False
    clauses = cut_clauses(text, tag_words(text))
    return judging.is_whole(clauses[:1], uncut=True) and all(clause.has_predicate for clause in clauses)


def _find_day(title: str, read: Sequence[Statement]) -> tuple[str, str]:
    """Return the day of the event with the sentence that gives it; ("", "") where the title has one, or none is clear."""
    if _DATED.search(title):
        return "", ""
    top = [
        other
        for other in read
        if other.first_form and 0 <= other.source.index < DAY_WITHIN and not other.speaker
    ]
    pairs = {title[start : start + 2] for start in range(len(title) - 2)} - {"，"}
    for statement in top:
        same = sum(pair in statement.text for pair in pairs) >= SAME_EVENT * len(pairs)
        if same and (match := _DAY.match(statement.text)):
            return match["day"], statement.source.printed[0]
    return "", ""
