"""Time is the budget: which stories fit, and how many Han characters each may have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.model import Dropped, han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Story

AMPLE = 1.1
"""How much more than the time the stories could fill: none of them uses all that it may have."""

COMFORTABLE = 110
"""Han characters, about twenty-five seconds, that a story should have when there are more stories than time."""

BROKEN = 90
"""Han characters of a story whose article is not whole: its title and what stands alone."""


def fitted(ranked: Sequence[Story], settings: Settings) -> tuple[tuple[Story, ...], tuple[Dropped, ...]]:
    """The stories that are said, with their lengths, and those for which there is no time.

    On a thin day the stories get all that they may have and the programme is short: nothing is padded.
    """
    count = _count(ranked, settings)
    chosen, rest = ranked[:count], ranked[count:]
    lengths = _shares(
        [ceiling(story, settings) for story in chosen], [max(story.score, 0.5) for story in chosen], settings
    )
    late = [Dropped(article, "时间不够") for story in rest for article in (story.article, *story.others)]
    return tuple(replace(story, budget=length) for story, length in zip(chosen, lengths, strict=True)), tuple(
        late
    )


def _count(ranked: Sequence[Story], settings: Settings) -> int:
    """Return how many stories are said: as many as are comfortable, and more when those cannot fill the time."""
    room = max(1, settings.target // max(settings.least, COMFORTABLE))
    filled = 0
    for count, story in enumerate(ranked[: settings.stories], 1):
        filled += ceiling(story, settings)
        if count >= room and filled >= settings.target * AMPLE:
            return count
    return settings.stories


def ceiling(story: Story, settings: Settings) -> int:
    """The most that a story may have: a share of its article, within the limits of the show."""
    length = han_count(story.article.text)
    if not story.article.complete:
        return min(settings.most, BROKEN)
    share = max(round(length * settings.share), min(length, settings.whole))
    return min(settings.most, share)


def _shares(ceilings: Sequence[int], weights: Sequence[float], settings: Settings) -> list[int]:
    """Lengths that add up to the target where the ceilings allow: a base for each, the rest by weight.

    What a story cannot use goes to the others (water filling).
    """
    lengths = [min(ceiling, settings.least) for ceiling in ceilings]
    open_places = set(range(len(ceilings)))
    while open_places and (rest := settings.target - sum(lengths)) > 0:
        total = sum(weights[index] ** 0.5 for index in open_places)
        grants = {index: int(rest * weights[index] ** 0.5 / total) or 1 for index in sorted(open_places)}
        for index, grant in grants.items():
            spare = settings.target - sum(lengths)
            lengths[index] += min(grant, ceilings[index] - lengths[index], spare)
        open_places = {index for index in open_places if lengths[index] < ceilings[index]}
    return lengths
