"""Servers in use, each with its own shapes, complaints and headers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from briefing.editorial.llm.exchange import Endpoint, Exchange
from briefing.editorial.llm.model_chain import ModelChain
from briefing.editorial.llm.spending import Ceilings, Spending
from briefing.model import Article, Story
from tests.model_server import COMPLAINTS, FAMILIES, FINAL, Model, Reply, complain, reply, serving
from tests.model_writers import ROOMY, chain_of, writer_with

DAY = date(2026, 3, 2)
ARTICLE = Article(
    "a1",
    "paper",
    "滨河大桥通车",
    ("3月1日，滨河大桥正式通车，全长1200米，双向6车道。",),
    datetime(2026, 3, 2, tzinfo=UTC),
)
STORY = Story(ARTICLE, (), 1.0, (), 80)
SAID = "滨河大桥昨天通车，长1200米。"
ANSWER = json.dumps({"sentences": [{"text": SAID, "sources": [1]}]}, ensure_ascii=False)


def hear(model: Model, *, stream: bool = False) -> tuple[list[str], int]:
    """What reaches the script, and the tokens that it cost."""
    with serving(model) as url:
        writer = writer_with(chain_of(Endpoint(url, "m", stream=stream)), DAY, "滨河区")
        texts = [sentence.text for sentence in writer.write(STORY)]
    return texts, writer.report_cost().tokens


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_understood_and_its_tokens_counted(family: str) -> None:
    """Thinking in a field or in tags, code fences, sources as strings, fields that nobody else has."""
    assert hear(Model([FAMILIES[family](ANSWER)])) == ([SAID], 1000)


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_a_server_that_complains_is_asked_otherwise_or_later(complaint: str) -> None:
    """And what it understands is remembered; a complaint costs nothing."""
    model = Model([COMPLAINTS[complaint], FAMILIES["openai"](ANSWER)])

    assert hear(model) == ([SAID], 1000)
    assert len(model.asked) == 2


def test_an_openai_reasoning_model_is_asked_in_its_own_words() -> None:
    """`max_completion_tokens` and no temperature, found out once."""
    length, temperature = (one for name, one in COMPLAINTS.items() if name.startswith("openai wants"))
    model = Model([length, temperature, FAMILIES["openai"](ANSWER)])

    assert hear(model) == ([SAID], 1000)
    assert ("max_tokens" in model.asked[2], "temperature" in model.asked[2]) == (False, False)
    assert model.asked[2]["max_completion_tokens"] == model.asked[0]["max_tokens"]


@pytest.mark.parametrize("refusal", FINAL)
def test_a_server_that_refuses_for_good_is_asked_no_more(refusal: str) -> None:
    """The built-in writer writes, nothing is spent, and the reason is kept."""
    model = Model([FINAL[refusal]])
    with serving(model) as url:
        writer = writer_with(chain_of(url), DAY, "滨河区")
        first = writer.write(STORY)
        asked = len(model.asked)
        second = writer.write(Story(ARTICLE, (), 1.0, (), 160))

    assert first == writer.built_in.write(STORY)
    assert second
    assert len(model.asked) == asked
    assert writer.report_cost().tokens == 0
    assert writer.report_cost().trouble == "大模型 m 连不上，由内置写稿完成"


def test_a_question_that_is_too_long_is_that_story_s_trouble_only() -> None:
    """The next story is asked for in the same form."""
    too_long = complain(
        400, "the request exceeds the available context size", type="exceed_context_size_error"
    )
    model = Model([too_long, too_long, FAMILIES["llama.cpp"](ANSWER)])
    with serving(model) as url:
        writer = writer_with(chain_of(url), DAY, "滨河区")
        writer.write(STORY)
        heard = writer.write(Story(ARTICLE, (), 1.0, (), 160))

    assert [sentence.text for sentence in heard] == [SAID]
    assert model.asked[2]["response_format"]["type"] == "json_schema"


def test_a_busy_server_is_given_the_time_that_it_wants() -> None:
    """`Retry-After` counts; without it the pauses grow, and at the deadline nobody waits any more."""
    pauses: list[float] = []
    now = 0.0

    def pause(seconds: float) -> None:
        nonlocal now
        pauses.append(seconds)
        now += seconds

    busy = complain(429, "slow down", headers={"Retry-After": "3"})
    with serving(Model([busy, 503, busy, 503])) as url:
        exchange = Exchange(Endpoint(url, "m"), 9.0, clock=lambda: now, pause=pause)
        chain = ModelChain((exchange,), Spending(ROOMY), {})
        writer_with(chain, DAY, "滨河区").write(STORY)

    assert pauses[:3] == [3.0, 2.0, 3.0]


@pytest.mark.parametrize("finish", ["length", "content_filter", "insufficient_system_resource", "tool_calls"])
def test_an_answer_that_was_cut_short_is_not_believed_but_paid(finish: str) -> None:
    """Twice asked, twice paid; the built-in writer writes."""
    texts, tokens = hear(Model([reply(ANSWER, finish=finish)]))

    assert SAID not in texts
    assert tokens == 1600


def test_a_tokenizer_that_knows_no_chinese_is_paid_what_it_counts() -> None:
    """More tokens than characters; a number out of all reason is not believed."""
    honest = reply(ANSWER, usage={"prompt_tokens": 2900, "completion_tokens": 150})
    absurd = reply(ANSWER, usage={"prompt_tokens": 10**12, "completion_tokens": 10**12})

    assert hear(Model([honest]))[1] == 3050
    assert hear(Model([absurd]))[1] < 40_000


def test_ten_requests_under_a_tight_ceiling_wait_for_each_other() -> None:
    """Reserved at their dearest they would pass the ceiling; what they really take does not."""
    model = Model([FAMILIES["deepseek"](ANSWER)])
    with serving(model) as url:
        chain = chain_of(url, ceilings=Ceilings(tokens=12_000))
        writer = writer_with(chain, DAY, "滨河区")
        written = writer.write_all([Story(ARTICLE, (), 1.0, (), 50 * number) for number in range(1, 9)])

    assert [one[0].text for one in written] == [SAID] * 8
    assert writer.report_cost().tokens == 8000
    assert writer.report_cost().trouble == ""


def test_a_stream_of_each_family_is_put_together() -> None:
    """Deltas with a role, with thinking beside the text, with empty choices at the end."""
    pieces: list[object] = [
        {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {"content": None, "reasoning_content": "先看原文"}}]},
        *({"choices": [{"index": 0, "delta": {"content": char}}]} for char in ANSWER),
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "timings": {"prompt_n": 1}},
        {"choices": [], "usage": {"prompt_tokens": 700, "completion_tokens": 300}},
    ]
    events = "".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces) + "data: [DONE]\n\n"
    answer = Reply(
        f": OPENROUTER PROCESSING\n\n{events}".encode(), 200, {"Content-Type": "text/event-stream"}
    )

    assert hear(Model([answer]), stream=True) == ([SAID], 1000)
