"""Title and address of an edition at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.desk.pages import presenters

if TYPE_CHECKING:
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey


def edition_address(key: EditionKey) -> str:
    """Return where an edition's script is at the desk."""
    return f"/desk/editions/{key.show}/{key.day.isoformat()}/{key.edition}"


def edition_title(context: ShowContext, key: EditionKey) -> str:
    """Return the edition as people call it."""
    return f"{context.show.title} {presenters.name_of_edition(key.edition)}"
