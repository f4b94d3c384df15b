"""What announces a story follows it: at the desk, and in the script's text file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.editions import edition_decisions
from briefing.editorial import script
from briefing.model import Kind
from tests.briefing.desk.conftest import KEY

if TYPE_CHECKING:
    from briefing.model import Script
    from tests.briefing.desk.conftest import Desk

HERE = "/desk/editions/demo/2023-06-09/morning"
SCRIPT = "/desk/api/v1/shows/demo/editions/2023-06-09/morning/script"


def newest(desk: Desk) -> Script:
    """The newest script."""
    found = desk.newsroom.store.scripts.newest_script(KEY)
    assert found is not None
    return script.parse(found.text)


def headlines(body: dict[str, Any]) -> list[str]:
    """The headlines of a script in JSON."""
    return [
        one["text"] for part in body["segments"] if part["kind"] == "headlines" for one in part["sentences"]
    ]


def without_a_story(body: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A script in JSON without its last story, and that story's title."""
    stories = [one for one in body["segments"] if one["kind"] == "story"]
    gone = stories[-1]
    return {**body, "segments": [one for one in body["segments"] if one is not gone]}, gone["title"]


def test_the_desk_gives_a_dropped_story_s_headline_away_with_it(desk: Desk) -> None:
    """The page asks after each change of the stories; nothing is saved by asking."""
    client = desk.signed_in("editor")
    before = client.get(SCRIPT).json()["script"]
    after, title = without_a_story(before)
    assert f"{title}。" in headlines(before)
    followed = client.post(f"{HERE}/follow", json={"before": before, "script": after}).json()
    assert f"{title}。" not in headlines(followed)
    assert headlines(followed) == [one for one in headlines(before) if one != f"{title}。"]
    assert desk.newsroom.store.editions.find_standing(KEY).revision == 1


def test_saving_keeps_what_a_segment_announces(desk: Desk) -> None:
    """A script that is read and saved is the same script."""
    client = desk.signed_in("editor")
    read = client.get(SCRIPT).json()
    body = {**read["script"], "title": "改过的标题"}
    body["segments"] = [
        {**one, "stories": ["story-x"]} if one["kind"] == "headlines" else one for one in body["segments"]
    ]
    saved = client.put(SCRIPT, json={"base": 1, "script": body})
    assert saved.json()["script"] == body
    assert next(one for one in newest(desk).segments if one.kind is Kind.HEADLINES).stories == ("story-x",)


def test_a_story_that_is_dropped_in_the_text_file_takes_its_headline_along(desk: Desk) -> None:
    """As at the desk."""
    context = desk.newsroom.show_context("demo")
    said = newest(desk)
    *_, gone = (one for one in said.segments if one.kind is Kind.STORY)
    text = script.dump(
        type(said)(said.key, said.title, tuple(one for one in said.segments if one is not gone))
    )
    context.script_file(KEY, 1).write_text(text, encoding="utf-8")
    assert edition_decisions.adopt(context, KEY) == 2
    told = [
        one.text for part in newest(desk).segments if part.kind is Kind.HEADLINES for one in part.sentences
    ]
    assert f"{gone.title}。" not in told
    assert (
        len(told)
        == len([one for part in said.segments if part.kind is Kind.HEADLINES for one in part.sentences]) - 1
    )
