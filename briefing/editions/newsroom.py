"""The newsroom at work: what the servers that run for weeks are built on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from briefing.config import Config
    from briefing.editions.show_context import ShowContext
    from briefing.storage.store import Store


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Configuration, store and shows, for servers that run for weeks; built by `wiring`."""

    config: Config
    store: Store
    contexts: Mapping[str, ShowContext]
    """Contexts of the shows, by slug."""
    folder: Path
    """Working folder."""
    now: Callable[[], datetime]
    """Clock (aware)."""

    def show_context(self, show: str) -> ShowContext:
        """Return a show's context as it is now, on the newsroom's clock; raises `KeyError` for an unknown show."""
        zone = self.config.shows[show].zone
        fixed = self.contexts[show].with_fixed_inputs()
        return replace(fixed, now=lambda: self.now().astimezone(zone))
