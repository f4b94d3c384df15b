"""Guard of a programme: each sentence is read as the paper that it comes from means it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from briefing.editorial.guard.check import check_sentence
from briefing.editorial.question_check import check_question, is_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from briefing.editorial.guard.unsupported_claim import UnsupportedClaim
    from briefing.model import Article, Sentence

_ENDS = re.compile(r"(?<=[。！？；\n])")
_MARKS = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class PaperGuard:
    """Guard for a day's programme, whichever paper a sentence comes from."""

    aired: date
    """Day of broadcast, from which the script's 昨天 counts."""
    places: Mapping[str, str]
    """Place that 我区 means, by source."""
    credits: Mapping[str, str]
    """Name under which a source is credited, by source."""

    def doubts(self, sentence: Sentence, articles: Sequence[Article]) -> tuple[UnsupportedClaim, ...]:
        """Return what the article that bears the sentence out best does not say."""
        collected = [self._check(sentence, article) for article in articles]
        return min(collected, key=len, default=())

    def _check(self, sentence: Sentence, article: Article) -> tuple[UnsupportedClaim, ...]:
        spoken = _MARKS.sub(_blank, sentence.text)
        for name in self.credits.values():
            spoken = re.sub(f"(?:另?据)?《{re.escape(name)}》(?:的?报道|消息)?[，：]?", _blank, spoken)
        story = split_story(article.kicker, article.paragraphs)
        home, printed = self.places.get(article.source, ""), article.moment.date()
        check = partial(
            check_sentence,
            sources=sentence.rests_on,
            story=story,
            place=home,
            day=printed,
            aired=self.aired,
            title=article.title,
        )
        if is_question(spoken):
            return check_question(spoken, "".join((article.title, *story)), check)
        return check(spoken)


def _blank(match: re.Match[str]) -> str:
    """As many spaces as the match has characters, so that no place in the sentence moves."""
    return "　" * len(match[0])


@lru_cache(maxsize=256)
def split_story(kicker: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kicker and the sentences of an article, for what a named source takes for known."""
    sentences = (text.strip() for paragraph in paragraphs for text in _ENDS.split(paragraph))
    return tuple(text for text in (kicker, *sentences) if text)
