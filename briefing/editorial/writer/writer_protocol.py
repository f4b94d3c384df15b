"""Writer protocol: a story in a few sentences for the ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.wishes import Proposal, Wished
    from briefing.model import ModelCost, Script, Sentence, Story


class Writer(Protocol):
    """Tells a story in few sentences."""

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Return the story in at most `story.budget` Han characters, in the order to be spoken.

        An implementation MUST say nothing that the story's articles do not say, MUST name for each sentence the
        source sentences it rests on, word for word, and MUST keep within the budget. It MAY return fewer
        sentences than fit, and none at all when nothing of the story can be said in so few characters.
        """
        ...


@runtime_checkable
class BatchWriter(Protocol):
    """Writer that waits for others and so writes several stories at once."""

    def write_all(self, stories: Sequence[Story]) -> list[tuple[Sentence, ...]]:
        """Return each story as `write` would, in the order of the stories."""
        ...


@runtime_checkable
class SilenceExplainer(Protocol):
    """Writer that knows why it returned nothing of a story."""

    def explain_silence(self, story: Story) -> str:
        """Return in Chinese why `write` returned nothing of a story, which is then left out; "" if not known."""
        ...


@runtime_checkable
class ProgrammeEditor(Protocol):
    """Writer that reads the whole programme once more."""

    def edit_programme(self, script: Script, stories: Sequence[Story]) -> Script:
        """Return the script of these stories with better headlines and transitions, and without repetition.

        An implementation MUST change no fact, and MUST keep the ids, the order and the number of the segments.
        """
        ...


@runtime_checkable
class ChangeProposer(Protocol):
    """Writer that changes what stands in a script as an editor wishes."""

    @property
    def built_in(self) -> Writer:
        """Return the writer that needs no model."""
        ...

    def propose_change(self, wished: Wished) -> Proposal | None:
        """Return sentences in the place of those that are meant, all of them true; None when no model answers."""
        ...


@runtime_checkable
class CostReporter(Protocol):
    """Writer that costs tokens and money."""

    def report_cost(self) -> ModelCost:
        """Return what was spent so far, and why the model is asked no more, if so."""
        ...

    def report_fallback(self) -> str:
        """Return in a Chinese sentence how many stories another writer had to write, and why; '' for none."""
        ...
