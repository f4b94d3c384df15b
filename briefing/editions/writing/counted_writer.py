"""Cost of the language model for an edition, counted whatever it is asked for, and said in Chinese."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefing.editorial.writer.writer_protocol import CostReporter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editions.show_context import Progress, ShowContext
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import EditionKey, ModelCost


@contextmanager
def counted_writer(context: ShowContext, key: EditionKey, *, as_draft: bool = False) -> Iterator[Writer]:
    """Yield the writer of an edition; what its language model costs is stored, whatever becomes of the block."""
    writer = context.writer(key)
    try:
        yield writer
    finally:
        if isinstance(writer, CostReporter):
            context.store.model_costs.add_cost(key, writer.report_cost(), as_draft=as_draft)


def describe_cost(cost: ModelCost) -> str:
    """Return what a language model cost, as an editor reads it."""
    if not cost.requests:
        return "大模型没有花费"
    money = f"，{cost.yuan:.2f}元" if cost.yuan else ""
    return f"大模型：{cost.requests}次请求，{cost.tokens}个token{money}，{cost.seconds:.0f}秒"


def report_writing(writer: Writer, progress: Progress) -> str:
    """Say what a draft has cost; return why stories were written without the model ('' for nothing of that)."""
    if not isinstance(writer, CostReporter):
        return ""
    progress.step(describe_cost(writer.report_cost()))
    return writer.report_fallback()
