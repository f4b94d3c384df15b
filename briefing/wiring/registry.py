"""Registries that name implementations as "module:attribute", and import one when it is used.

So a command loads only the engines, publishers and parsers that it needs, and a missing optional package is
noticed by those who configured it, with the extra that brings it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from briefing.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRAS = {
    "boto3": "s3",
    "botocore": "s3",
    "psycopg": "postgres",
    "onnx": "kokoro",
    "misaki": "kokoro",
    "ordered_set": "kokoro",
    "pypdf": "documents",
    "fastapi": "desk",
    "argon2": "desk",
    "multipart": "desk",
    "prometheus_client": "desk",
    "python_multipart": "desk",
    "starlette": "desk",
    "uvicorn": "desk",
}
"""Extras of this package by the optional package that each brings."""

K = TypeVar("K")
V = TypeVar("V")


def load_object(target: str) -> Any:  # noqa: ANN401 - whatever the registry names
    """Import "module:attribute"; raises `ConfigError` for an optional package that is not installed."""
    module, _, attribute = target.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except ModuleNotFoundError as error:
        raise missing_extra(error) from error


def missing_extra(error: ModuleNotFoundError) -> ConfigError | ModuleNotFoundError:
    """Return a sentence that names the extra to install; the error itself for a package that no extra brings."""
    package = (error.name or "").partition(".")[0]
    if package not in EXTRAS:
        return error
    return ConfigError(f"{package} is not installed; run `pip install 'briefing[{EXTRAS[package]}]'`")


class LazyMapping(Mapping[K, V]):
    """Mapping whose values are made at their first use, each once.

    Two threads that ask for the same value at the same moment may both make it; one of the two is kept.
    """

    def __init__(self, makers: Mapping[K, Callable[[], V]]) -> None:
        self._makers = makers
        self._values: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._values:
            self._values.setdefault(key, self._makers[key]())
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        return key in self._makers

    def __iter__(self) -> Iterator[K]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)
