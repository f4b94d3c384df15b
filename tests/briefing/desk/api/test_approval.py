"""What has no basis is marked, verified by name, confirmed at approval, and never goes out by the rule alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from briefing.desk.jobs.edition_status import describe_status
from briefing.editions import edition_decisions
from briefing.editions.approvals import approval
from briefing.errors import StageError
from briefing.model import Act, Stage
from briefing.scheduler import clock, notifications, progress
from briefing.scheduler.clock import EditionSlot
from tests.briefing.desk.conftest import KEY, PEOPLE
from tests.clockwork import Heard

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.briefing.desk.conftest import Desk

HERE = "/desk/editions/demo/2023-06-09/morning"
AT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning"
INVENTED = "多名读者因抢座大打出手。"
"""Made up: no figure, no name, no source."""


def read(client: TestClient) -> dict[str, Any]:
    """The newest script in JSON."""
    body: dict[str, Any] = client.get(f"{AT}/script").json()["script"]
    return body


def with_invention(body: dict[str, Any]) -> dict[str, Any]:
    """The script with an invented sentence at the end of its first story."""
    story = next(one for one in body["segments"] if one["kind"] == "story")
    story["sentences"].append({"text": INVENTED, "rests_on": []})
    return body


def invented(desk: Desk) -> TestClient:
    """An editor who has added an invention and saved."""
    client = desk.signed_in("editor")
    saved = client.put(f"{AT}/script", json={"base": 1, "script": with_invention(read(client))})
    assert saved.status_code == 200
    return client


def checks(client: TestClient, body: dict[str, Any]) -> list[dict[str, Any]]:
    """What the page is told of these segments."""
    found: list[dict[str, Any]] = client.post(f"{HERE}/checks", json={"segments": body["segments"]}).json()[
        "checks"
    ]
    return found


def test_a_sentence_without_a_basis_is_marked_although_it_has_no_figure_and_no_name(desk: Desk) -> None:
    """Seen: 多名读者因抢座大打出手 passed in silence."""
    client = desk.signed_in("editor")
    before = {one["text"] for one in checks(client, read(client))}
    found = [one for one in checks(client, with_invention(read(client))) if one["text"] not in before]
    assert [(one["text"], one["doubts"], one["verified_by"]) for one in found] == [
        (INVENTED, ["没有依据：没有注明出自哪篇稿件"], "")
    ]


def test_a_whole_invented_segment_is_marked(desk: Desk) -> None:
    """Seen: a whole invented segment passed in silence."""
    client = desk.signed_in("editor")
    sentences: list[dict[str, Any]] = [
        {"text": text, "rests_on": []} for text in ("图书馆昨天停电。", "读者都回家了。")
    ]
    segment = {"id": "added-1", "kind": "story", "title": "停电", "anchor": "晓伊", "sentences": sentences}
    found = checks(client, {"segments": [segment]})
    assert [one["text"] for one in found] == ["图书馆昨天停电。", "读者都回家了。"]


def test_transitions_of_the_programme_need_no_basis(desk: Desk) -> None:
    """Only what claims something is marked."""
    client = desk.signed_in("editor")
    texts = [one["text"] for one in checks(client, read(client))]
    assert not [text for text in texts if text.startswith(("先来听", "下面请听"))]


def test_who_answers_for_a_sentence_is_kept_and_logged(desk: Desk) -> None:
    """For that sentence, as long as it stays the same; the answer can be taken back."""
    client = invented(desk)
    assert client.post(f"{HERE}/verified", json={"text": INVENTED}).status_code == 204
    mine = [one for one in checks(client, read(client)) if one["text"] == INVENTED]
    assert [one["verified_by"] for one in mine] == [PEOPLE["editor"]]
    logged = desk.newsroom.store.desk.list_entries(1)[0]
    assert (logged.who, logged.what, logged.about) == (PEOPLE["editor"], "verify", f"{KEY}: {INVENTED}")
    client.post(f"{HERE}/verified", json={"text": INVENTED, "verified": False})
    assert [one["verified_by"] for one in checks(client, read(client)) if one["text"] == INVENTED] == [""]


def test_approval_names_what_is_grave_and_takes_a_confirmation_for_each(desk: Desk) -> None:
    """Each confirmation is logged with the name; without them nothing is approved."""
    client = invented(desk)
    refused = client.post(f"{AT}/approve", json={"base": 2})
    assert (refused.status_code, desk.newsroom.store.editions.find_standing(KEY).stage) == (
        409,
        Stage.DRAFTED,
    )
    grave = refused.json()["grave"]
    assert INVENTED in [one["sentence"] for one in grave]
    names = [one["name"] for one in grave]
    assert client.post(f"{AT}/approve", json={"base": 2, "confirmed": names[1:]}).status_code == 409
    assert client.post(f"{AT}/approve", json={"base": 2, "confirmed": names}).status_code == 200
    assert desk.newsroom.store.editions.find_standing(KEY).stage is Stage.APPROVED
    confirmed = [one for one in desk.newsroom.store.desk.list_entries(50) if one.what == "confirm"]
    assert len(confirmed) == len(grave)
    assert {one.who for one in confirmed} == {PEOPLE["editor"]}


def test_a_script_without_its_label_is_grave(desk: Desk) -> None:
    """GB 45438-2025 wants it heard."""
    client = desk.signed_in("editor")
    body = read(client)
    for segment in body["segments"]:
        segment["sentences"] = [one for one in segment["sentences"] if "人工智能" not in one["text"]]
    client.put(f"{AT}/script", json={"base": 1, "script": body}).raise_for_status()
    grave = client.post(f"{AT}/approve", json={"base": 2}).json()["grave"]
    assert any("人工智能" in one["text"] for one in grave)


def at_clock(desk: Desk, hour: int, minute: int) -> None:
    """Put the newsroom's clock to a minute of the edition's morning, in Shanghai."""
    desk.clock.now = datetime(2023, 6, 9, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_what_somebody_added_does_not_go_out_by_the_rule_alone(desk: Desk) -> None:
    """The edition waits for a person, its page and the alarms say so, and it is held at its minute."""
    invented(desk)
    context = desk.newsroom.show_context("demo")
    at_clock(desk, 6, 46)
    step = progress.step_of(context, KEY)
    assert step is not None
    assert (step.act, f"{step.at:%H:%M}") == (Act.HOLD, "07:00")
    assert describe_status(context, KEY).text.startswith("手工加的内容里有没有依据的地方")
    with pytest.raises(StageError, match="grave findings that nobody confirmed"):
        edition_decisions.approve_by_rule(context, KEY)
    heard = Heard()
    notifications.ClockNotifier(heard).watch(context, KEY)
    assert [one.kind.value for one in heard.events] == ["held"]
    at_clock(desk, 7, 0)
    clock.Clock(desk.newsroom, heard).turn(EditionSlot("demo", "morning"))
    assert context.store.editions.find_standing(KEY).stage is Stage.HELD


def test_what_was_verified_goes_out_by_the_rule(desk: Desk) -> None:
    """A name stands for it."""
    invented(desk).post(f"{HERE}/verified", json={"text": INVENTED})
    context = desk.newsroom.show_context("demo")
    assert approval.added_by_hand(context, KEY) == ()
    at_clock(desk, 6, 50)
    step = progress.step_of(context, KEY)
    assert step is not None
    assert step.act is Act.RENDER


def test_the_programme_s_own_draft_goes_out_by_the_rule(desk: Desk) -> None:
    """Nobody added anything."""
    context = desk.newsroom.show_context("demo")
    assert approval.added_by_hand(context, KEY) == ()
    edition_decisions.approve_by_rule(context, KEY)
    assert context.store.editions.find_standing(KEY).stage is Stage.APPROVED
