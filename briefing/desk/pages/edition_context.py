"""Edition that a page is about, and the values that every page about an edition shows."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from briefing.desk.api.addresses import OfEdition
from briefing.desk.auth import access
from briefing.desk.auth.sessions import Caller
from briefing.desk.auth.user_accounts import Role
from briefing.desk.jobs.background_jobs import jobs_of
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.pages import actions, edition_names
from briefing.monitoring.chinese_names import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from briefing.desk.jobs.background_jobs import EditionJob
    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey

Viewer = Annotated[Caller, Depends(access.signed_in_person)]
Editor = Annotated[Caller, Depends(access.allow_role(Role.EDITOR))]


@dataclass(frozen=True, slots=True)
class EditionContext:
    """The edition of a page, the time, and the last work that this server did on it for a person."""

    context: ShowContext
    key: EditionKey
    now: datetime
    job: EditionJob | None = None

    @contextmanager
    def read_once(self) -> Iterator[EditionContext]:
        """Yield the same context on a store whose reads are one transaction, all at one moment."""
        with self.context.store.read_together() as store:
            yield replace(self, context=replace(self.context, store=store))

    def frame_values(self, who: Caller) -> dict[str, Any]:
        """Return what the template of every page about an edition takes, the data of its scripts included."""
        store, key = self.context.store, self.key
        standing, address = store.editions.find_standing(key), edition_names.edition_address(key)
        aired = store.episodes.find_episode(key) is not None
        return {
            "who": who,
            "title": f"{edition_names.edition_title(self.context, key)} {key.day.month}月{key.day.day}日",
            "address": address,
            "stage": standing.stage,
            "stage_name": STAGES[standing.stage],
            "line": describe_status(self.context, key, self.job),
            "page": {
                "path": f"/api/v1/shows/{key.show}/editions/{key.day}/{key.edition}",
                "show_path": f"/shows/{key.show}",
                "edition_path": address.removeprefix("/desk"),
                "here": address,
                "stage": standing.stage,
                "revision": standing.revision,
                "user": who.name,
                "deeds": [
                    asdict(action) for action in actions.list_actions(standing.stage, who.scopes, aired=aired)
                ],
            },
        }


def edition_context(request: Request, found: OfEdition) -> EditionContext:
    """Return the edition in the address, at this moment."""
    context, key = found
    return EditionContext(context, key, context.now(), jobs_of(request).find_job(key))


Edition = Annotated[EditionContext, Depends(edition_context)]
