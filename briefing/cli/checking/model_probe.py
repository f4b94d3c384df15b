"""Ask each language model for one word: whether it answers, in which dialect, how fast, and at what price."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from briefing.cli.checking.findings import Finding
from briefing.editorial.llm.answers import RefusedError, find_object, find_value
from briefing.editorial.llm.exchange import UnreachableError
from briefing.editorial.llm.model_chain import count_tokens, price
from briefing.editorial.llm.question import TEXT, Question, ask_in_messages, shape_object
from briefing.wiring.models import build_model_chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config import Config
    from briefing.editorial.llm.exchange import Exchange

WORD = "早"
"""The word that is asked for."""
RULES = '只回答一份 JSON：{"word": "早"}'
LONGEST_WORD = 600
"""Tokens: a reasoning model thinks even about one word."""
CURE = "see docs/model.md: is the address, the model's name and the key right, and is the server up?"


def check_models(configuration: Config) -> Iterator[Finding]:
    """Each language model of each show answers with one word."""
    for slug, show in configuration.shows.items():
        for exchange in build_model_chain(configuration, show.llm).exchanges if show.llm else ():
            yield _ask_word(f"model {exchange.endpoint.model} of {slug}", exchange)


def _ask_word(name: str, exchange: Exchange) -> Finding:
    messages = ask_in_messages(RULES, json.dumps({"word": WORD}, ensure_ascii=False))
    question, began = Question(messages, shape_object({"word": TEXT}), LONGEST_WORD), time.perf_counter()
    try:
        answer = exchange.ask(question)
        word = find_value(find_object(answer.text, "word"), "word") if not answer.fault else None
    except (UnreachableError, RefusedError) as error:
        return Finding(name, "warn", f"does not answer, so the built-in writer will write: {error}", CURE)
    seconds = time.perf_counter() - began
    if word != WORD:
        trouble = answer.fault or f"was asked for the word {WORD} and answered {answer.text[:40]!r}"
        return Finding(name, "warn", trouble, "is it a chat model that answers in JSON? see docs/model.md")
    tokens_in = count_tokens(answer.tokens_in, question.characters)
    tokens_out = count_tokens(answer.tokens_out, len(answer.text))
    yuan = price(exchange.endpoint, tokens_in, tokens_out)
    cost = f"{tokens_in + tokens_out} tokens" + (f", {yuan:.4f} yuan" if yuan else "")
    return Finding(name, "ok", f"answers in {seconds:.1f} s for {cost}")
