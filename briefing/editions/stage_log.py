"""A line in the log for every stage of an edition."""

from __future__ import annotations

import functools
import logging
import time
from typing import TYPE_CHECKING, Concatenate, Literal, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.model import EditionKey

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

LOG = logging.getLogger(__name__)


def log_stage(
    stage: str,
) -> Callable[[Callable[Concatenate[T, EditionKey, P], R]], Callable[Concatenate[T, EditionKey, P], R]]:
    """Log when a stage of an edition is done or has failed, and how long it took."""

    def decorate(
        function: Callable[Concatenate[T, EditionKey, P], R],
    ) -> Callable[Concatenate[T, EditionKey, P], R]:
        @functools.wraps(function)
        def timed(context: T, key: EditionKey, /, *args: P.args, **kwargs: P.kwargs) -> R:
            begun = time.perf_counter()

            def say(level: int, outcome: Literal["done", "failed"], sentence: str) -> None:
                about: dict[str, object] = {
                    "show": key.show,
                    "edition": str(key),
                    "stage": stage,
                    "outcome": outcome,
                }
                about["seconds"] = round(time.perf_counter() - begun, 3)
                LOG.log(level, "%s", sentence, extra=about)

            try:
                result = function(context, key, *args, **kwargs)
            except Exception as error:
                say(logging.ERROR, "failed", f"{type(error).__name__}: {error}")
                raise
            say(logging.INFO, "done", "done")
            return result

        return timed

    return decorate
