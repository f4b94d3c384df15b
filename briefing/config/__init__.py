"""briefing.toml → a frozen `Config`; what is wrong is said in one sentence with file, key and nearest name.

Relative paths count from the folder of the file, so that a configuration can be moved with what it names.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from briefing.config.meaning import PLUGINS, kinds, nearest, problems, unlabelled
from briefing.config.tables import (
    WEEKDAYS,
    Anchor,
    Config,
    Desk,
    Engine,
    Llm,
    LlmModel,
    Mail,
    Publish,
    Show,
    Webhook,
)
from briefing.errors import ConfigError

__all__ = [
    "PLUGINS",
    "WEEKDAYS",
    "Anchor",
    "Config",
    "Desk",
    "Engine",
    "Llm",
    "LlmModel",
    "Mail",
    "Publish",
    "Show",
    "Webhook",
    "kinds",
    "load",
    "sample",
    "unlabelled",
]

SAMPLE = Path(__file__).parents[1] / "seeds" / "briefing.toml"
"""The commented sample inside an installed package; in a checkout it stands in `seeds/`."""


def sample() -> Path:
    """Where the commented sample configuration and the sample pages lie."""
    return SAMPLE if SAMPLE.is_file() else Path(__file__).parents[2] / "seeds" / "briefing.toml"


def load(path: Path) -> Config:
    """Read and check a configuration.

    Raises `ConfigError` for a file that cannot be read, is no TOML, or says something that cannot be meant.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path} does not exist; `briefing init` writes one") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    if "base" in data:
        raise ConfigError(f"{path}: unknown key `base`; remove it")
    try:
        config = Config.model_validate(_tuples({**data, "base": path.resolve().parent}))
    except ValidationError as error:
        raise ConfigError(f"{path}: {_sentence(error)}") from error
    for problem in problems(config):
        raise ConfigError(f"{path}: {problem}")
    return config


def _tuples(value: object) -> object:
    """TOML's arrays as tuples, as the frozen dataclasses want them."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return value


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong, with its key and, for an unknown key, the nearest known one."""
    # A misspelt key is also a missing one: the spelling is what the person can see.
    first = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    where = first["loc"]
    key = ".".join(map(str, where))
    if first["type"] == "extra_forbidden":
        return f"unknown key `{key}`{nearest(str(where[-1]), _known(where[:-1]))}"
    if first["type"] == "missing":
        return f"`{key}` is missing; add it"
    shown = repr(first["input"])
    return f"`{key}` is {shown[:60]}, but {first['msg'][0].lower()}{first['msg'][1:]}"


def _known(where: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand in the table at `where`."""
    table: Any = Config
    for step in where:
        if get_origin(table) in {dict, tuple}:
            table = get_args(table)[get_origin(table) is dict]
        else:
            table = table.model_fields[str(step)].annotation
            # A table that may be missing: what may stand in it where it is there.
            table = next((one for one in get_args(table) if get_args(table)[1:] == (NoneType,)), table)
    return [name for name in table.model_fields if name != "base"]
