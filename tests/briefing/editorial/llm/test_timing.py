"""Ten stories against a model that takes three seconds an answer: by a clock that only the model moves."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from briefing.editorial.composition import compose
from briefing.editorial.llm.exchange import Endpoint, Exchange
from briefing.editorial.llm.model_chain import ModelChain
from briefing.editorial.llm.spending import Spending
from briefing.editorial.show_wording import Wording
from briefing.model import Article, EditionKey, Story
from tests.model_server import Answering, data_of, reply, serving
from tests.model_writers import ROOMY, writer_with

if TYPE_CHECKING:
    from briefing.editorial.llm.model_writer import ModelWriter
    from briefing.model import Script

DAY = date(2026, 3, 2)
KEY = EditionKey("demo", DAY, "morning")
SECONDS = 3.0
"""Time that the model takes for an answer."""


def story(number: int) -> Story:
    """A made-up story of its own street."""
    text = f"3月1日，青澜市第{number}小学新操场启用，面积{number}00平方米。"
    article = Article(
        f"{number:02d}" * 6, "paper", f"第{number}小学新操场启用", (text,), datetime(2026, 3, 2, tzinfo=UTC)
    )
    return Story(article, (), 1.0, (), 100)


STORIES = [story(number) for number in range(1, 11)]


class SlowModel:
    """Answers ten questions together after three seconds of its own clock, and any other after three more."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rounds = threading.Barrier(len(STORIES), action=self._pass_time)

    def respond(self, asked: dict[str, Any]) -> bytes:
        """Wait for the others of a round, so that nothing but asking them all at once can end it."""
        data = data_of(asked)
        if "stories" in data:
            self._pass_time()
            return reply('{"headlines": [], "transitions": [], "repetitions": []}')
        self.rounds.wait(30)
        if not asked["messages"][2:]:  # A lie first, so that every story is asked for twice.
            return reply([{"text": "昨天，新操场启用，面积99999平方米。", "sources": [1]}])
        (text,) = data["sentences"].values()
        return reply([{"text": text, "sources": [1]}])

    def _pass_time(self) -> None:
        self.now += SECONDS


def write_programme(writer: ModelWriter) -> Script:
    """The programme as `drafting` makes it of stories that are chosen."""
    told = list(zip(STORIES, writer.write_all(STORIES), strict=True))
    return writer.edit_programme(compose(KEY, Wording("每日简报"), told, ("晓伊",)), STORIES)


def test_ten_stories_take_three_rounds_and_a_redraft_takes_none() -> None:
    """Nine seconds with every story doubted once, under the fifteen that an editor waits; then no token and no time."""
    slow, memory = SlowModel(), dict[str, str]()
    with serving(Answering(slow.respond)) as url:

        def writer() -> ModelWriter:
            exchange = Exchange(Endpoint(url, "m"), 30.0, clock=lambda: slow.now)
            chain = ModelChain((exchange,), Spending(ROOMY, clock=lambda: slow.now), memory)
            return writer_with(chain, DAY, "青澜市")

        first, again = writer(), writer()
        script = write_programme(first)
        spent = slow.now
        redrafted = write_programme(again)

    assert spent == first.report_cost().seconds == 3 * SECONDS
    assert first.report_cost().requests == 21
    assert (redrafted, slow.now, again.report_cost().tokens) == (script, spent, 0)
