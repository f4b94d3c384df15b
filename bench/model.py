"""Time a programme of ten stories against a language model that takes three seconds an answer, and its redraft.

The model is a server on loopback that waits and then answers; claimed: under 15 s, and under 1 s without a token.
"""

from __future__ import annotations

import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.editorial.composition import compose
from briefing.editorial.llm.exchange import load_certificates
from briefing.editorial.show_wording import Wording
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import Article, EditionKey, Story
from tests.model_server import Answering, data_of, reply, serving
from tests.model_writers import chain_of, writer_with

if TYPE_CHECKING:
    from briefing.editorial.llm.model_writer import ModelWriter

DAY = date(2026, 3, 2)
SECONDS = 3.0
WORDS = ["新操场", "图书馆", "食堂", "体育馆", "音乐教室", "实验楼", "校医室", "阅览室", "停车场", "天文台"]


def make_story(number: int) -> Story:
    """Return a made-up story."""
    text = f"3月1日，青澜市第{number}小学{WORDS[number - 1]}启用，面积{number}00平方米。"
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    return Story(Article(f"{number:02d}" * 6, "paper", text[6:-1], (text,), moment), (), 1.0, (), 100)


STORIES = [make_story(number) for number in range(1, 11)]


def answer_slowly(asked: dict[str, Any]) -> bytes:
    """Answer after three seconds: a lie first, so that every story is asked for twice."""
    threading.Event().wait(SECONDS)
    data = data_of(asked)
    if "stories" in data:
        return reply('{"headlines": [], "transitions": [], "repetitions": []}')
    (text,) = data["sentences"].values()
    lie = not asked["messages"][2:]  # The question alone: nobody has doubted anything yet.
    return reply([{"text": "昨天，新楼启用，面积99999平方米。" if lie else text, "sources": [1]}])


def time_programme(writer: ModelWriter) -> float:
    """Return the seconds that a programme takes."""
    began = time.perf_counter()
    told = list(zip(STORIES, writer.write_all(STORIES), strict=True))
    script = compose(EditionKey("demo", DAY, "morning"), Wording("每日简报"), told, ("晓伊",))
    writer.edit_programme(script, STORIES)
    return time.perf_counter() - began


def main() -> None:
    """Print the row."""
    memory: dict[str, str] = {}
    # A server that runs for weeks has loaded the words of Mandarin and the trusted certificates.
    load_certificates()
    for story in STORIES:
        BuiltInWriter(DAY).write(story)
    with serving(Answering(answer_slowly)) as url:
        first, again = (
            writer_with(chain_of(url, patience=30.0, memory=memory), DAY, "青澜市") for _ in range(2)
        )
        for name, writer in (("ten stories, 3 s an answer", first), ("the same once more", again)):
            seconds = time_programme(writer)
            cost = writer.report_cost()
            print(f"{name:28} {seconds:6.2f} s  {cost.requests:3} requests  {cost.tokens:6} tokens")


if __name__ == "__main__":
    main()
