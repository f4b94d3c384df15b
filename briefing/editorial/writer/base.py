"""The seam between the newsroom and whatever makes an article short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from briefing.model import Sentence, Story


class Condenser(Protocol):
    """Makes a story short enough to be heard."""

    def condense(self, story: Story) -> tuple[Sentence, ...]:
        """The story in at most `story.budget` Han characters, in printed form, in the order to be spoken.

        An implementation MUST say nothing that the story's articles do not say, MUST name for each sentence the
        source sentences it rests on, word for word, and MUST keep within the budget. It MAY return fewer
        sentences than fit, and none at all when nothing of the story can be said in so few characters.
        """
        ...
