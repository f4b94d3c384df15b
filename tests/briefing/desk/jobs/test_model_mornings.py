"""A morning with a model that is dead, dies half-way or is over its ceiling: the programme is whole, the desk says so."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefing import config
from briefing.desk.jobs.edition_status import describe_status
from briefing.desk.pages.summary import make_card
from briefing.editions import stages
from briefing.editions.show_context import script_of
from briefing.model import Act, Kind
from briefing.scheduler.notifications import ClockNotifier
from briefing.storage.store import Done, Outcome
from briefing.wiring.show_contexts import build_newsroom
from tests.briefing.desk.conftest import KEY, Silence
from tests.clockwork import Heard
from tests.model_server import Answering, Reply, complain, data_of, reply, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.editions.show_context import ShowContext
    from tests.briefing.desk.conftest import Desk


def write_printed(asked: dict[str, Any]) -> bytes:
    """An honest answer: the first printed sentence that is not too long, as it is."""
    data = data_of(asked)
    if "stories" in data:
        return reply('{"headlines": [], "transitions": [], "repetitions": []}')
    rows = [
        {"text": text, "sources": [int(number)]}
        for number, text in data["sentences"].items()
        if len(text) < 90
    ]
    return reply(rows[:2])


def dying_after(count: int) -> Callable[[dict[str, Any]], Any]:
    """A model that answers so many questions, and then knows the key no more."""
    left = iter(range(count))

    def respond(asked: dict[str, Any]) -> bytes | Reply:
        return (
            complain(401, "Incorrect API key provided") if next(left, None) is None else write_printed(asked)
        )

    return respond


@contextmanager
def drafted(desk: Desk, respond: Callable[[dict[str, Any]], Any], extra: str = "") -> Iterator[ShowContext]:
    """The edition drafted once more, with a model."""
    path = desk.newsroom.config.base / "briefing.toml"
    with serving(Answering(respond)) as url:
        model = f'\n[shows.demo.llm]\nurl = "{url}"\nmodel = "m"\n{extra}'
        text = path.read_text(encoding="utf-8").replace("minutes = 1", "minutes = 3")
        path.write_text(text + model, encoding="utf-8")
        newsroom = build_newsroom(config.load(path), desk.newsroom.store, desk.newsroom.folder)
        context = replace(newsroom.contexts["demo"], now=desk.clock)
        stages.draft(context, KEY, Silence())
        yield context


def alarms_of(context: ShowContext) -> list[str]:
    """What people are told when the draft is done."""
    heard = Heard()
    moment = context.now()
    ClockNotifier(heard).done(context, Done(KEY, Act.DRAFT, moment, moment, Outcome.DONE, ""))
    return [event.sentence for event in heard.events if not event.over]


MORNINGS = {
    "dead from the start": (dying_after(0), "", "大模型 m 连不上"),
    "dead in the middle": (dying_after(1), "", "大模型 m 中途断了"),
    "over its ceiling": (write_printed, "tokens = 5000\n", "大模型的用量到了上限"),
}


@pytest.mark.parametrize(("respond", "extra", "why"), MORNINGS.values(), ids=MORNINGS)
def test_the_programme_is_whole_and_the_desk_says_what_happened(
    desk: Desk, respond: Callable[[dict[str, Any]], Any], extra: str, why: str
) -> None:
    """Every story has its sentences with their sources; the truth line and an alarm give the reason."""
    with drafted(desk, respond, extra) as context:
        script = script_of(context, KEY)
        stories = [segment for segment in script.segments if segment.kind is Kind.STORY]
        line = describe_status(context, KEY).text
        alarms = alarms_of(context)

    assert len(stories) >= 3
    assert all(any(sentence.rests_on for sentence in story.sentences) for story in stories)
    assert [segment.kind for segment in script.segments][-1] is Kind.CLOSING
    assert why in line
    assert "由内置写稿完成" in line
    assert any(why in sentence for sentence in alarms)


def test_a_model_that_writes_is_no_news_and_its_cost_is_on_the_card(desk: Desk) -> None:
    """Nothing is said on the truth line; tokens, requests and seconds stand among the facts."""
    with drafted(desk, write_printed) as context:
        line = describe_status(context, KEY).text
        card = make_card(context, KEY, context.now(), None)
        first = context.store.model_costs.find_cost(KEY)
        stages.draft(context, KEY, Silence())
        again = context.store.model_costs.find_cost(KEY)

    assert "大模型" not in line
    assert first is not None
    assert first.tokens == 800 * first.requests > 0
    fact = next(fact for fact in card.facts if fact.what == "大模型")
    assert fact.value == f"{first.tokens} token"
    assert again == replace(first, seconds=again.seconds if again else 0.0)
