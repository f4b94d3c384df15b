"""Turns of a conversation at the desk: who says a sentence is saved, kept in the file, spoken, and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.editions import utterances
from briefing.editions.show_context import newest_draft
from tests.briefing.desk.conftest import KEY

if TYPE_CHECKING:
    from tests.briefing.desk.conftest import Desk

AT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning"


def with_turn(body: dict[str, Any], anchor: str) -> tuple[dict[str, Any], str]:
    """The script with the last sentence of its first story said by somebody else, and that sentence."""
    story = next(one for one in body["segments"] if one["kind"] == "story")
    story["sentences"][-1]["anchor"] = anchor
    return body, story["sentences"][-1]["text"]


def test_a_turn_is_saved_and_spoken_by_who_has_it(desk: Desk) -> None:
    """The other sentences of its story stay their anchor's."""
    client = desk.signed_in("editor")
    context = desk.newsroom.show_context("demo")
    before = client.get(f"{AT}/script").json()["script"]
    story = next(one for one in before["segments"] if one["kind"] == "story")
    other = next(name for name in context.anchors if name != story["anchor"])
    body, text = with_turn(before, other)

    assert client.put(f"{AT}/script", json={"base": 1, "script": body}).status_code == 200
    again = client.get(f"{AT}/script").json()["script"]
    part = next(
        one for one in utterances.parts(context, newest_draft(context, KEY)) if one.title == story["title"]
    )
    assert again == body
    assert f"@{other} {text}" in context.script_file(KEY, 2).read_text(encoding="utf-8")
    assert part.lines[-1].voice == other
    assert part.lines[0].voice == story["anchor"]


def test_a_turn_of_nobody_is_refused(desk: Desk) -> None:
    """In Chinese, with who there is."""
    client = desk.signed_in("editor")
    body, _ = with_turn(client.get(f"{AT}/script").json()["script"], "张三")
    answer = client.put(f"{AT}/script", json={"base": 1, "script": body})

    assert answer.status_code == 422
    assert "张三" in answer.json()["sentence"]
