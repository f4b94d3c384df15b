"""How long a programme is, and what matters to its listeners."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.model import Article

SPEAKING_RATE = 4.5
"""Han characters a second of a newsreader's Mandarin with the pauses between sentences; a voice in use may be measured."""
FRAME = 240
"""Han characters that opening, headlines and closing take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings that the rundown is fitted to; lengths in Han characters.

    `target` is the length of all stories together, `least` and `most` of one, `stories` the number of stories at most.
    `share` is how much of its article a story may be at most, but up to `whole` an article may be read as it is: a
    brief needs no condensing.
    `favoured` gives words, such as places and names, the points they add. `pinned` and `banned` name articles that an
    editor wants in or out, by id or by words of the title; who is banned and pinned is out. `unfinished` lets articles in
    whose beginning or end is missing, if they can stand alone. `total` is the length of the whole programme, 0 for any,
    and `rate` how many characters are spoken a second.
    """

    target: int = 1380
    least: int = 80
    most: int = 420
    stories: int = 10
    share: float = 0.48
    whole: int = 140
    favoured: Mapping[str, float] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    banned: frozenset[str] = frozenset()
    unfinished: bool = False
    total: int = 0
    rate: float = SPEAKING_RATE

    @classmethod
    def lasting(cls, minutes: float, stories: int = 10, rate: float = SPEAKING_RATE) -> Settings:
        """Settings for a programme of so many minutes, spoken at `rate` Han characters a second."""
        spoken = round(minutes * 60 * rate)
        target = max(spoken - FRAME, spoken // 2)
        return cls(
            target=target, most=max(200, round(target * 0.3)), stories=stories, total=spoken, rate=rate
        )

    def framed(self, frame: int) -> Settings:
        """The same programme, when opening, headlines, transitions and closing are known to take `frame` characters."""
        target = max(self.total - frame, self.total // 2)
        return replace(self, target=target, most=max(200, round(target * 0.3)))

    def pins(self, article: Article) -> bool:
        """Return whether an editor wants the article in."""
        return _named(article, self.pinned)

    def bans(self, article: Article) -> bool:
        """Return whether an editor wants the article out."""
        return _named(article, self.banned)


def _named(article: Article, names: frozenset[str]) -> bool:
    return any(name == article.id or name in article.title for name in names)
