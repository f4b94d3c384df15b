"""Config → the language models of a show, and the rules that they are given."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from briefing.editorial.llm.exchange import Endpoint, Exchange
from briefing.editorial.llm.manner import load_prompt
from briefing.editorial.llm.model_chain import ModelChain
from briefing.editorial.llm.spending import Ceilings, Spending
from briefing.storage.answer_folder import AnswerFolder

if TYPE_CHECKING:
    from briefing.config import Config, LlmModel
    from briefing.config import Llm as DescribedLlm
    from briefing.model import ModelCost


def build_model_chain(
    config: Config, described: DescribedLlm, earlier: ModelCost | None = None
) -> ModelChain:
    """Return the models of a show, with their answers remembered in the working folder."""
    ceilings = Ceilings(described.tokens, described.yuan, described.seconds)
    return ModelChain(
        exchanges=tuple(Exchange(_endpoint(model), described.patience) for model in described.chain),
        spending=Spending(ceilings, earlier=earlier),
        memory=AnswerFolder(config.folder / "answers"),
    )


def load_rules(config: Config, path: str, name: str) -> str:
    """Return what a model is told: a show's own file, if it names one, or the project's rules of this name."""
    return (config.base / path).read_text("utf-8") if path else load_prompt(name)


def _endpoint(model: LlmModel) -> Endpoint:
    secret = os.environ.get(model.key, "") if model.key else ""
    return Endpoint(model.url, model.model, secret, model.stream, model.extra, model.yuan_in, model.yuan_out)
