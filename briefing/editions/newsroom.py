"""The whole house at work: what the servers that run for weeks are built on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from briefing.config import Config
    from briefing.editions.context import Production
    from briefing.editorial.rundown import Settings
    from briefing.mandarin import Lexicon
    from briefing.storage.store import Store


@dataclass(frozen=True, slots=True)
class House:
    """The configuration, the store, every show's production by its slug, the working folder and the clock (aware).

    `wiring.house` builds it. `lexicon` gives the words of a show as they are now, `settings` what its rundown is fitted
    to at the pace that was measured until now.
    """

    config: Config
    store: Store
    productions: Mapping[str, Production]
    folder: Path
    now: Callable[[], datetime]
    lexicon: Callable[[str], Lexicon]
    settings: Callable[[str], Settings]

    def production(self, show: str) -> Production:
        """A show's production with what editors and recordings have taught until now; raises `KeyError` for no show."""
        zone = self.config.shows[show].zone
        return replace(
            self.productions[show],
            lexicon=self.lexicon(show),
            settings=self.settings(show),
            now=lambda: self.now().astimezone(zone),
        )
