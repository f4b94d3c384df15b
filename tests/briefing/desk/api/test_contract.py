"""The API against its own description: whatever is sent, no failure of the server, and no answer that is not described."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from briefing.desk import application
from briefing.desk.auth import user_accounts
from briefing.desk.auth.user_accounts import Scope
from briefing.server import assembly

if TYPE_CHECKING:
    from schemathesis.schemas import APIOperation

    from tests.briefing.desk.conftest import Desk

ENDLESS = "/desk/api/v1/shows/{show}/editions/{day}/{edition}/events"
KNOWN = {"show": "demo", "edition": "morning", "day": "2023-06-09", "number": 1}
"""Parameters that lead somewhere; test_api.py tells where the others lead."""


JUDGED_ELSEWHERE: list[Any] = [positive_data_acceptance, negative_data_rejection]
"""What is well formed may mean nothing (a word that has neither pinyin nor what to say), and a query may say too much."""


@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=[*HealthCheck])
@given(data=st.data())
def kept(
    data: st.DataObject,
    operation: APIOperation[Any, Any, Any, Any],
    mode: GenerationMode,
    headers: dict[str, str],
) -> None:
    """One answer to one request that hypothesis makes up."""
    case = data.draw(operation.as_strategy(generation_mode=mode))
    if mode is GenerationMode.POSITIVE:
        case.path_parameters.update({name: KNOWN[name] for name in case.path_parameters})
    case.call_and_validate(headers=headers, excluded_checks=JUDGED_ELSEWHERE)


def test_the_api_keeps_what_its_description_says(desk: Desk) -> None:
    """No 500; status, type and shape of every answer as described; what is not described is refused."""
    secret = user_accounts.add_token(desk.newsroom.store, "fuzz", [*Scope], desk.clock())
    headers = {"authorization": f"Bearer {secret}", "host": "localhost"}
    desk.served.append(application.build_desk(desk.newsroom, assembly.DESK_ROUTERS))
    described = schemathesis.openapi.from_asgi("/desk/api/v1/openapi.json", desk.served[0], headers=headers)
    tried = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path != ENDLESS:
            kept(operation=operation, mode=GenerationMode.POSITIVE, headers=headers)
            # Nothing can be wrong with a request that has neither parameters nor a body.
            with suppress(Unsatisfiable):
                kept(operation=operation, mode=GenerationMode.NEGATIVE, headers=headers)
            tried += 1
    assert tried == 36
