"""The store's part on language models: their cost for each edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from briefing.model import ModelCost
from briefing.storage.store.database import Repository, is_of, key_row
from briefing.storage.store.schema import MODEL_COSTS

if TYPE_CHECKING:
    from briefing.model import EditionKey

MICRO = 1_000_000
MILLI = 1_000


class ModelCostRepository(Repository):
    """Costs of language models."""

    def find_cost(self, key: EditionKey) -> ModelCost | None:
        """Return what the language model has cost for an edition; None if it was never asked."""
        with self._database.begin_read() as db:
            return _cost_of(db, key)

    def add_cost(self, key: EditionKey, cost: ModelCost, *, as_draft: bool) -> None:
        """Add what a piece of work cost; a draft also says anew what went wrong and what was not answered."""
        with self._database.begin_write() as db:
            before = _cost_of(db, key) or ModelCost()
            latest = cost if as_draft else before
            row = {
                "requests": before.requests + cost.requests,
                "tokens": before.tokens + cost.tokens,
                "micro_yuan": round(MICRO * (before.yuan + cost.yuan)),
                "milliseconds": round(MILLI * (before.seconds + cost.seconds)),
                "unanswered": latest.unanswered,
                "trouble": latest.trouble,
            }
            db.execute(MODEL_COSTS.delete().where(*is_of(MODEL_COSTS, key)))
            db.execute(MODEL_COSTS.insert().values(**key_row(key), **row))


def _cost_of(db: sa.Connection, key: EditionKey) -> ModelCost | None:
    row = db.execute(sa.select(MODEL_COSTS).where(*is_of(MODEL_COSTS, key))).one_or_none()
    if row is None:
        return None
    yuan, seconds = row.micro_yuan / MICRO, row.milliseconds / MILLI
    return ModelCost(row.requests, row.tokens, yuan, seconds, row.unanswered, row.trouble)
