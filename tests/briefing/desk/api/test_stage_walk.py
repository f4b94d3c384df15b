"""Held stays held and withdrawn stays withdrawn: every act of every role, the clock, a restart, a second server."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts

from briefing import config
from briefing.editions import edition_decisions, gathering, stages
from briefing.editorial import script
from briefing.errors import BriefingError, StageError
from briefing.model import Stage
from briefing.scheduler import clock
from briefing.scheduler.acts import STAGES
from briefing.scheduler.clock import EditionSlot
from briefing.storage.store import AuditEntry, opened
from briefing.wiring.show_contexts import build_newsroom
from feed.model import Episode
from tests.briefing.desk.conftest import KEY, PEOPLE, Silence
from tests.clockwork import Heard
from voices.model import Chapter, Cue, Millis, Recording

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2
    from fastapi.testclient import TestClient

    from briefing.editions.newsroom import Newsroom
    from feed.publishers.publisher import PublishedFile
    from tests.briefing.desk.conftest import Desk

AT = "/desk/api/v1/shows/{show}/editions/{day}/{edition}"
VALUES = {"show": "demo", "day": "2023-06-09", "edition": "morning", "number": "1"}
NAMED = {
    Stage.HELD: {f"POST {AT}/approve": {"editor", "chief"}, f"POST {AT}/release": {"editor", "chief"}},
    Stage.WITHDRAWN: {f"POST {AT}/reinstate": {"chief"}},
}
"""The acts that lead out of a stage in which an edition is kept off the air, and the roles that may do them."""

OUT_OF_ORDER = {Stage.HELD: {f"POST {AT}/withdraw"}}
"""Acts that change the stage without leading to the air."""


def recorded(desk: Desk) -> None:
    """Approve the newest script, with a recording made up for it."""
    store = desk.newsroom.store
    newest = store.scripts.newest_script(KEY)
    assert newest is not None
    segments = script.parse(newest.text).segments
    store.editions.move_edition(KEY, Stage.APPROVED)
    path = desk.newsroom.folder / "recordings" / "made-up.mp3"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"made-up sound")
    cue = Cue("晓伊", "早上好。", Millis(0), Millis(1500))
    chapters = tuple(Chapter(part.title, Millis(100 * place)) for place, part in enumerate(segments))
    made_up = Recording(path, 13, Millis(1500), -16.0, -1.5, chapters, (cue,))
    store.recordings.save_recording(KEY, newest.revision, made_up)


def withdrawn(desk: Desk) -> None:
    """An edition that was on the air and was taken off it."""
    recorded(desk)
    aired = Episode(
        "g1", "6月9日", "新桥通车。", desk.clock(), "a.mp3", 13, timedelta(seconds=1.5), 1, (), ()
    )
    desk.newsroom.store.episodes.save_episode(KEY, aired)
    desk.newsroom.store.episodes.withdraw_episode(KEY, "引语有误", desk.clock())


def held(desk: Desk) -> None:
    """An edition that was recorded and is held."""
    recorded(desk)
    desk.newsroom.store.editions.move_edition(KEY, Stage.HELD)


BEGUN: dict[Stage, Callable[[Desk], None]] = {Stage.HELD: held, Stage.WITHDRAWN: withdrawn}


def acts(desk: Desk) -> list[str]:
    """Every route that changes something of an edition, also one that is added tomorrow."""
    client = desk.client()
    found = [
        f"{method} {context.path}"
        for context in iter_route_contexts(client.app.routes)  # type: ignore[attr-defined]  # of a FastAPI
        if isinstance(context.original_route, APIRoute)
        for method in context.methods or ()
    ]
    return [route for route in found if route.split()[1].startswith(AT) and not route.startswith("GET ")]


def asked(desk: Desk, client: TestClient, route: str) -> httpx2.Response:
    """The answer to a request that is right in every respect; what it begins has ended."""
    method, path = route.split(" ", 1)
    newest = desk.newsroom.store.scripts.newest_script(KEY)
    assert newest is not None
    said = script.parse(newest.text)
    story = said.segments[2]
    changed = replace(
        said, segments=(*said.segments[:2], replace(story, sentences=story.sentences[1:]), *said.segments[3:])
    )
    body: dict[str, Any] = {"base": newest.revision, "words": "有一处说错了。"}
    wanted = path.rpartition("/")[2]
    if wanted in {"script", "draft"}:
        body = {"base": newest.revision, "script": _body(changed)}
    elif wanted in {"approve", "restore"}:
        body = {"base": newest.revision}
    elif wanted in {"correct", "withdraw"}:
        body = {"words": body["words"]}
    answer = client.request(method, path.format(**VALUES), json=body)
    ended(desk)
    return answer


def _body(said: object) -> dict[str, Any]:
    from briefing.desk.api.requests import ScriptBody  # noqa: PLC0415 - only here

    return ScriptBody.of(said).model_dump(mode="json")  # type: ignore[arg-type]  # a Script


def ended(desk: Desk) -> None:
    """Wait until the edition's job has ended."""
    work = desk.served[0].state.work
    while (job := work.find_job(KEY)) is not None and job.state == "running":
        work._executor.submit(lambda: None).result()


def in_the_feed(newsroom: Newsroom) -> bool:
    """Whether listeners can get the edition."""
    feed = newsroom.folder / "public" / "demo" / "feed.xml"
    return feed.exists() and "2023-06-09-morning" in feed.read_text(encoding="utf-8")


def on_the_air(newsroom: Newsroom) -> bool:
    """Whether listeners can get the edition, or the clock is on the way to that."""
    stage = newsroom.store.editions.find_standing(KEY).stage
    return (
        in_the_feed(newsroom)
        or stage in {Stage.APPROVED, Stage.VOICED, Stage.PUBLISHED}
        or bool(newsroom.store.episodes.find_episode(KEY))
    )


@pytest.mark.parametrize("role", [*PEOPLE])
@pytest.mark.parametrize("stage", [Stage.HELD, Stage.WITHDRAWN])
def test_no_act_but_the_named_ones_leads_to_the_air(desk: Desk, stage: Stage, role: str) -> None:
    """The stage is the same after every other act, so it is the same after any number of them in any order."""
    BEGUN[stage](desk)
    client = desk.signed_in(role)
    walked = [one for one in acts(desk) if one not in {*NAMED[stage], *OUT_OF_ORDER.get(stage, ())}]
    assert len(walked) >= 12
    after = {}
    for route in walked:
        asked(desk, client, route)
        after[route] = desk.newsroom.store.editions.find_standing(KEY).stage
    assert {route: found for route, found in after.items() if found is not stage} == {}
    assert not on_the_air(desk.newsroom)


@pytest.mark.parametrize("stage", [Stage.HELD, Stage.WITHDRAWN])
def test_no_stage_of_the_pipeline_leads_to_the_air_either(desk: Desk, stage: Stage) -> None:
    """Neither the command line nor the clock's own stages, nor a script file that somebody changes."""
    BEGUN[stage](desk)
    context, progress = desk.newsroom.show_context("demo"), Silence()
    newest = context.store.scripts.newest_script(KEY)
    assert newest is not None
    context.script_file(KEY, newest.revision).write_text(newest.text + "\n", encoding="utf-8")
    walked: list[Callable[[], object]] = [
        lambda: edition_decisions.adopt(context, KEY),
        lambda: edition_decisions.approve_by_rule(context, KEY),
        lambda: stages.run(context, KEY, progress),
        lambda: stages.render(context, KEY, progress),
        lambda: stages.publish(context, KEY, progress),
        lambda: stages.correct(context, KEY, "有一处说错了。", progress),
        lambda: gathering.gather(context, KEY, progress),
        lambda: gathering.gather_more(context, KEY, progress),
        lambda: stages.draft(context, KEY, progress),
        *(partial(act, context, KEY, progress) for act in STAGES.values()),
    ]
    for act in walked:
        with suppress(BriefingError):
            act()
        assert context.store.editions.find_standing(KEY).stage is stage
    assert not on_the_air(desk.newsroom)


def turned(newsroom: Newsroom, desk: Desk) -> None:
    """A server that starts, and whose clock turns until long after the hour."""
    watch = clock.Clock(replace(newsroom, now=desk.clock), Heard())
    for _ in range(8):
        watch.turn(EditionSlot("demo", "morning"))
        desk.clock.pass_by(minutes=30)


@pytest.mark.parametrize("stage", [Stage.HELD, Stage.WITHDRAWN])
def test_neither_a_restart_nor_a_second_server_brings_it_back(desk: Desk, stage: Stage) -> None:
    """Seen: withdrawn, an editor deletes a sentence and saves, the server restarts, the clock publishes it."""
    BEGUN[stage](desk)
    saved = asked(desk, desk.signed_in("editor"), f"PUT {AT}/script")
    assert saved.status_code == 200
    turned(desk.newsroom, desk)
    described = config.load(desk.newsroom.folder.parent / "briefing.toml")
    with opened(described.database, described.folder) as store:
        second = build_newsroom(described, store, described.folder)
        turned(second, desk)
        assert store.editions.find_standing(KEY).stage is stage
    assert not on_the_air(desk.newsroom)


def test_only_a_chief_puts_it_on_the_air_again_with_a_reason_in_the_log(desk: Desk) -> None:
    """The same number, the newest words; an editor may not, and without a reason nobody may."""
    withdrawn(desk)
    editor, chief = desk.signed_in("editor"), desk.signed_in("chief")
    assert asked(desk, editor, f"PUT {AT}/script").status_code == 200
    address = f"{AT}/reinstate".format(**VALUES)
    assert editor.post(address, json={"base": 2, "words": "核实无误。"}).status_code == 403
    assert chief.post(address, json={"base": 2, "words": " "}).status_code == 422
    assert chief.post(address, json={"base": 2, "words": "核实无误。"}).status_code == 202
    ended(desk)
    assert desk.newsroom.store.editions.find_standing(KEY).stage is Stage.PUBLISHED
    episode = desk.newsroom.store.episodes.find_episode(KEY)
    assert episode is not None
    assert (episode.number, in_the_feed(desk.newsroom)) == (1, True)
    logged = [one for one in desk.newsroom.store.desk.list_entries(20) if one.about.endswith("核实无误。")]
    assert [(one.who, one.what) for one in logged] == [(PEOPLE["chief"], "reinstate")]


def test_who_read_an_older_script_reinstates_nothing(desk: Desk) -> None:
    """The decision is about the words that were read."""
    withdrawn(desk)
    decision = edition_decisions.Decision("李主编", "here", "核实无误。")
    with pytest.raises(BriefingError, match="is at revision 1, not 7"):
        stages.reinstate(desk.newsroom.show_context("demo"), KEY, 7, decision, Silence())
    assert desk.newsroom.store.editions.find_standing(KEY).stage is Stage.WITHDRAWN


def test_what_is_held_while_it_is_being_published_does_not_stay_in_the_feed(desk: Desk) -> None:
    """The decision comes between the look at the stage and the end of publishing."""
    recorded(desk)
    context = desk.newsroom.show_context("demo")
    whole = context.publisher()

    class HeldMeanwhile:
        """A publisher during whose work an editor presses 暂缓."""

        def put(self, name: str, path: Any, content_type: str) -> str:  # noqa: ANN401 - as the publisher's
            if desk.newsroom.store.editions.find_standing(KEY).stage is Stage.VOICED:
                edition_decisions.hold(context, KEY)
            return whole.put(name, path, content_type)

        def remove(self, name: str) -> None:
            whole.remove(name)

        def names(self) -> frozenset[str]:
            return whole.names()

        def read_file(self, name: str) -> bytes | None:
            return whole.read_file(name)

        def describe_file(self, name: str) -> PublishedFile | None:
            return whole.describe_file(name)

    publishing = replace(context, publisher=HeldMeanwhile)
    with pytest.raises(StageError):
        stages.publish(publishing, KEY, Silence())
    assert context.store.editions.find_standing(KEY).stage is Stage.HELD
    assert not on_the_air(desk.newsroom)


def test_a_hold_that_comes_first_is_not_overtaken_by_the_rule(desk: Desk) -> None:
    """The clock has seen a draft that nobody decided about; an editor holds it; then the clock approves."""
    desk.newsroom.store.editions.move_edition(KEY, Stage.HELD)
    with pytest.raises(StageError, match="is held by now, not drafted"):
        edition_decisions.approve_by_rule(desk.newsroom.show_context("demo"), KEY)
    assert desk.newsroom.store.editions.find_standing(KEY).stage is Stage.HELD


def test_reinstating_what_is_not_withdrawn_is_refused(desk: Desk) -> None:
    """It is no second way to approve."""
    with pytest.raises(StageError, match="is drafted, not withdrawn"):
        desk.newsroom.store.episodes.reinstate_edition(
            KEY, 1, AuditEntry(desk.clock(), "李主编", "reinstate", "x", "here")
        )
