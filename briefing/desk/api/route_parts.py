"""Parts that all routes of the API share: addresses, refusals, and who may call."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends

from briefing.desk.api import responses
from briefing.desk.api.addresses import API_ROOT
from briefing.desk.auth.access import allow_scope
from briefing.desk.auth.sessions import Caller
from briefing.desk.auth.user_accounts import Scope

AT = f"{API_ROOT}/shows/{{show}}/editions/{{day}}/{{edition}}"
"""The address of an edition."""

REFUSED: dict[int | str, dict[str, Any]] = {
    "default": {"model": responses.ProblemOut, "description": "What is wrong, and what to do"}
}
"""What every route may answer instead."""


Reader = Annotated[Caller, Depends(allow_scope(Scope.READ))]
Writer = Annotated[Caller, Depends(allow_scope(Scope.SCRIPTS))]
Supplier = Annotated[Caller, Depends(allow_scope(Scope.ARTICLES))]
Auditor = Annotated[Caller, Depends(allow_scope(Scope.AUDIT))]
Editor = Annotated[Caller, Depends(allow_scope(Scope.EDITIONS))]
Chief = Annotated[Caller, Depends(allow_scope(Scope.AIR))]


def may_read(caller: Caller) -> bool:
    """Return whether a caller may read what the routes show."""
    return Scope.READ in caller.scopes
