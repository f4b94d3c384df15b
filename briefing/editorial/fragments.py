"""A broken article that concerns listeners: its title as a sentence, then what stands alone in the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.headlines import is_sentence, say_title
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from briefing.editorial.writer.source_page import Page
    from briefing.model import Story

MOST_KEPT = 2
"""Sentences of the rest that are told."""

_STANDS_ALONE = re.compile(r"\d|[前昨今明]天|[本上下]周|[\u4e00-\u9fff]{2}(?:表示|介绍|说)，")
_LEANS = re.compile(r"^(?:其中|此外|同时|具体|该|这|那|他|她|它|另)")


def tell_fragment(story: Story, told: tuple[Sentence, ...], page: Page) -> tuple[Sentence, ...]:
    """Return the title of a story and those of its sentences that need nothing before them; () if its title is none."""
    title = say_title(story.article.title, page)
    parts = (f"{part}。" for part in (title.replace(" ", "，"), *title.split(" ")))
    opening = next((part for part in parts if is_sentence(part, hollow=True)), "")
    if not opening:
        return ()
    article_title = story.article.title
    said = [Sentence(opening, (article_title,))]
    room = story.budget - han_count(opening)
    for sentence in told:
        if article_title in sentence.rests_on:
            continue
        fits = len(said) <= MOST_KEPT and han_count(sentence.text) <= room
        if fits and _STANDS_ALONE.search(sentence.text) and not _LEANS.match(sentence.text):
            said.append(sentence)
            room -= han_count(sentence.text)
    return tuple(said)
