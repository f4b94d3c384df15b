"""Writers with language models at given addresses, for tests and benches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.llm.exchange import Endpoint, Exchange
from briefing.editorial.llm.manner import Manner, load_prompt
from briefing.editorial.llm.model_chain import ModelChain
from briefing.editorial.llm.model_wishes import ModelWishes
from briefing.editorial.llm.model_writer import ModelWriter
from briefing.editorial.llm.programme_pass import ProgrammePass
from briefing.editorial.llm.spending import Ceilings, Spending
from briefing.editorial.writer.built_in import BuiltInWriter

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from datetime import date

    from briefing.editorial.writer.writer_protocol import Writer

ROOMY = Ceilings(tokens=10_000_000)
"""Ceilings that nothing here reaches."""


def no_pause(_seconds: float) -> None:
    """Wait for no busy server."""


def chain_of(
    *endpoints: Endpoint | str,
    ceilings: Ceilings = ROOMY,
    patience: float = 5.0,
    memory: MutableMapping[str, str] | None = None,
) -> ModelChain:
    """Models at these addresses, in this order."""
    described = [one if isinstance(one, Endpoint) else Endpoint(one, "m") for one in endpoints]
    exchanges = tuple(Exchange(endpoint, patience, pause=no_pause) for endpoint in described)
    return ModelChain(exchanges, Spending(ceilings), {} if memory is None else memory)


def writer_with(
    chain: ModelChain,
    day: date,
    place: str,
    *,
    manner: Manner | None = None,
    built_in: Writer | None = None,
    source: str = "paper",
) -> ModelWriter:
    """A writer of a paper's stories."""
    places = {source: place}
    guard = PaperGuard(day, places, {})
    spoken = manner or Manner(load_prompt("播报"))
    return ModelWriter(
        chain=chain,
        day=day,
        places=places,
        manner=spoken,
        guard=guard,
        built_in=built_in or BuiltInWriter(day, places),
        programme=ProgrammePass(chain, guard, spoken, load_prompt("programme")),
        wishes=ModelWishes(chain, guard, spoken, load_prompt("change")),
    )
