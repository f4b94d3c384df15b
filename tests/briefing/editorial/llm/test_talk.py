"""A conversation of two hosts: turns with their sources, questions that are answered, nothing made up."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from briefing.editorial import script
from briefing.editorial.composition import compose
from briefing.editorial.llm.manner import Manner, load_prompt
from briefing.editorial.show_wording import Wording
from briefing.model import Article, EditionKey, Sentence, Story
from tests.model_server import Answering, reply, serving
from tests.model_writers import chain_of, writer_with

DAY = date(2024, 11, 15)
PRINTED = (
    "昨日上午9时26分，横跨青溪江的滨河大桥主桥顺利合龙，比原计划提前两个月。",
    "建成后，从老城到东湖片区的车程将由目前的35分钟缩短至8分钟。",
    "据悉，大桥桥面铺装和照明工程将于下月启动，预计明年6月具备通车条件。",
)
ARTICLE = Article("a1", "paper", "滨河大桥提前两个月合龙", PRINTED, datetime(2024, 11, 15, tzinfo=UTC))
STORY = Story(ARTICLE, (), 1.0, (), 400)
HOSTS = ("晓伊", "云扬")
TURNS: tuple[tuple[int, str, int], ...] = (
    (1, "昨天上午9点26分，滨河大桥主桥顺利合龙，比原计划提前了两个月。", 1),
    (2, "建成以后，车程能缩短多少？", 2),
    (1, "从老城到东湖片区，车程会从现在的35分钟缩短到8分钟。", 2),
    (2, "那什么时候能通车呢？", 3),
    (1, "下个月启动桥面铺装和照明工程，预计明年6月具备通车条件。", 3),
)


def rows_of(turns: tuple[tuple[int, str, int], ...]) -> list[dict[str, Any]]:
    """Turns as a model writes them."""
    return [{"speaker": speaker, "text": text, "sources": [source]} for speaker, text, source in turns]


def hear_talk(*turns: tuple[int, str, int]) -> tuple[Sentence, ...]:
    """What of the turns reaches the script; told of a doubt, the model says the same again."""

    def respond(asked: dict[str, Any]) -> bytes:
        last = json.loads(asked["messages"][-1]["content"])
        doubted = [row["text"] for row in last.get("rewrite_only_these_in_order", ())]
        return reply(rows_of(tuple(one for one in turns if not doubted or one[1] in doubted)))

    manner = Manner(load_prompt("对谈"), hosts=HOSTS)
    with serving(Answering(respond)) as url:
        return writer_with(chain_of(url), DAY, "滨河区", manner=manner).write(STORY)


def test_a_true_conversation_reaches_the_script_turn_by_turn() -> None:
    """Each with its host and its source."""
    assert hear_talk(*TURNS) == tuple(
        Sentence(text, (PRINTED[source - 1],), HOSTS[speaker - 1]) for speaker, text, source in TURNS
    )


FAULTS = {
    "an opinion": (2, "我觉得这座桥很了不起。", 1),
    "laughter": (2, "哈哈，桥终于合龙了。", 1),
    "a feeling": (2, "太好了，大桥提前两个月合龙。", 1),
    "small talk": (2, "听众朋友，您怎么看？", 1),
    "a question about what nobody said": (2, "大桥为什么会塌？", 1),
    "a question about somebody nobody named": (2, "区长王建军怎么说？", 1),
    "a question with a false figure": (2, "车程怎么会缩短到18分钟？", 2),
    "a lie as an answer": (1, "车程会从现在的35分钟缩短到18分钟。", 2),
    "a turn without a source": (2, "是啊。", 9),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_is_made_up_is_not_heard(fault: tuple[int, str, int]) -> None:
    """Neither as a statement nor as a question; the true turns around it are."""
    heard = [sentence.text for sentence in hear_talk(TURNS[0], fault, *TURNS[3:])]

    assert fault[1] not in heard
    assert heard[0] == TURNS[0][1]
    assert heard[-1] == TURNS[-1][1]


def test_a_question_whose_answer_falls_falls_with_it() -> None:
    """Nobody is left without an answer."""
    lie = (1, "从老城到东湖片区，车程会缩短到18分钟。", 2)
    heard = [sentence.text for sentence in hear_talk(TURNS[0], TURNS[1], lie, *TURNS[3:])]

    answered = {TURNS[1][1], lie[1]} & set(heard)
    after = heard[heard.index(TURNS[1][1]) + 1] if TURNS[1][1] in heard else ""
    assert lie[1] not in answered
    assert not after or "8分钟" in after


def test_nobody_answers_their_own_question() -> None:
    """The next turn must be the other host's."""
    own = (2, "从老城到东湖片区，车程会从现在的35分钟缩短到8分钟。", 2)

    assert TURNS[1][1] not in [sentence.text for sentence in hear_talk(TURNS[0], TURNS[1], own)]


def test_the_hosts_take_turns_at_opening_a_story() -> None:
    """The story's anchor says its first turn; in the file the other's turns stand behind @ and the name."""
    turns = hear_talk(*TURNS)
    other = Story(
        Article("b2", "paper", "另一条", PRINTED, datetime(2024, 11, 15, tzinfo=UTC)), (), 1.0, (), 400
    )
    key = EditionKey("demo", DAY, "morning")
    composed = compose(key, Wording("每日简报"), [(STORY, turns), (other, turns)], HOSTS)

    first, second = (segment for segment in composed.segments if segment.id.startswith("story-"))
    assert [first.anchor, second.anchor] == ["晓伊", "云扬"]
    assert [sentence.anchor for sentence in first.sentences] == ["", "云扬", "", "云扬", ""]
    assert [sentence.anchor for sentence in second.sentences if sentence.rests_on] == [
        "",
        "晓伊",
        "",
        "晓伊",
        "",
    ]
    assert "\n@云扬 那什么时候能通车呢？\n" in script.dump(composed)
    assert script.parse(script.dump(composed)) == composed
