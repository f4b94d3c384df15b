"""Each article condensed as its own paper means it: 我区 is another place in every paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer.extractive import Extractive

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from briefing.model import Sentence, Story


@dataclass(frozen=True, slots=True)
class Local:
    """The extractive condenser with the place of the story's source; `places` are by source."""

    day: date
    places: Mapping[str, str]

    def condense(self, story: Story) -> tuple[Sentence, ...]:
        """The story within its budget."""
        return Extractive(self.day, self.places.get(story.article.source, "")).condense(story)
