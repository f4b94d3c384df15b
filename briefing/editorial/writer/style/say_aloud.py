"""Printed words as they are said on the air: days, clock times, figures, phrases, places, offices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer import officialese
from briefing.editorial.writer.grammar.sentence_grammar import SAY
from briefing.editorial.writer.style import clock_words, days, figures, places, plain_words, print_habits

if TYPE_CHECKING:
    from briefing.editorial.writer.source_page import Page


def say_aloud(text: str, page: Page) -> str:
    """Return one printed text in the words of speech, without its habits of print."""
    return say_text(print_habits.strip_habits(text), page)


def say_text(text: str, page: Page) -> str:
    """Return a text without habits of print in the words of speech."""
    spoken = print_habits.name_paper(text, page.paper)
    spoken = clock_words.say_clock_times(days.turn_days(figures.say_figures(spoken), page.calendar))
    return officialese.shorten_offices(plain_words.say_phrases(places.name_place(spoken, page.place)))


def spoken_by(text: str) -> re.Match[str] | None:
    """Return the match of a sentence's opening that says who speaks."""
    return re.match(rf"(?P<who>[^，。；：“”]{{2,40}}?)(?:{SAY})，", text)
