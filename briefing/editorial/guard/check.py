"""Check a sentence against its sources: the guard's one question, for writers, models and editors alike.

`check_sentence` takes texts; `check_text` is the plain function (text, sources, place, day) for scorers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editorial.facts.offices import find_names
from briefing.editorial.guard.check_groups import FACT_CHECKS, SENSE_CHECKS
from briefing.editorial.guard.checks.conditions import check_conditions
from briefing.editorial.guard.checks.novelty import check_novelty
from briefing.editorial.guard.checks.quotations import check_causes, check_quotations
from briefing.editorial.guard.checks.times import is_greeting
from briefing.editorial.guard.evidence import gather_evidence, tagged_names
from briefing.editorial.guard.likeness import Site
from briefing.editorial.guard.sentence_reading import ENDLESS, HOME, LONGEST, fold, read_sentence
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_CHECKS = (*FACT_CHECKS, *SENSE_CHECKS, check_quotations, check_causes, check_conditions, check_novelty)
"""In the order of their weight: of two doubts about the same words the first is shown."""


def check_sentence(
    text: str,
    sources: Sequence[str],
    story: Sequence[str],
    place: str,
    day: date,
    aired: date | None = None,
    title: str = "",
) -> tuple[UnsupportedClaim, ...]:
    """Return what a sentence says beyond its sources, one doubt a cause, in the order of the sentence.

    `sources` are the printed sentences that it names, `story` the rest of its article, `place` what 我区 means, `day` the
    printed day, `aired` the day of broadcast, if it is another, and `title` that of the article, a source like those that
    the sentence names. A sentence without sources is doubted as a whole when it claims anything.
    """
    if len(text) > LONGEST or ENDLESS.search(text):
        return (UnsupportedClaim(ClaimKind.SOURCE, "这句话太长，没法核对，请分成几句", 0, len(text)),)
    if not sources:
        return _unsourced(read_sentence(text, place, aired or day))
    evidence = gather_evidence(tuple(sources), tuple(story), place, day, title)
    spoken = read_sentence(text, place, aired or day, _known_names(text, evidence))
    doubts = (doubt for check in _CHECKS for doubt in check(spoken, evidence))
    return tuple(sorted(_distinct(doubts), key=lambda doubt: doubt.start))


def check_text(
    text: str, sources: Sequence[str], place: str, day: date, story: Sequence[str] = (), title: str = ""
) -> tuple[UnsupportedClaim, ...]:
    """Return the doubts about a text; the form that scorers call."""
    return check_sentence(text, sources, story, place, day, title=title)


def _known_names(text: str, evidence: Evidence) -> tuple[str, ...]:
    """The people that the sources introduce, and those of the sentence whom the rest of the story names."""
    guessed = (
        name
        for name in tagged_names(fold(text[:LONGEST]))
        if name in evidence.whole and name not in evidence.place
    )
    return tuple(dict.fromkeys((*evidence.names, *guessed)))


def _unsourced(spoken: Reading) -> tuple[UnsupportedClaim, ...]:
    named = any(word.flag.startswith(("ns", "nt")) and word.text != HOME for word in spoken.words)
    dated = any(not is_greeting(Site(spoken, index)) for index in spoken.moments)
    claims = named or dated or bool(spoken.values) or bool(find_names(spoken.text))
    if not claims:
        return ()
    return (UnsupportedClaim(ClaimKind.SOURCE, "这句话没有注明依据", 0, len(spoken.text)),)


def _distinct(doubts: Iterable[UnsupportedClaim]) -> Iterator[UnsupportedClaim]:
    """The doubts whose words no earlier doubt has."""
    spans: list[tuple[int, int]] = []
    for doubt in doubts:
        if not any(start < doubt.end and doubt.start < end for start, end in spans):
            spans.append((doubt.start, doubt.end))
            yield doubt
