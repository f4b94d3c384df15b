"""briefing.toml → a frozen `Config`; what is wrong is said in one sentence with file, key and nearest name.

Relative paths count from the folder of the file, so that a configuration can be moved with what it names.
"""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

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

if TYPE_CHECKING:
    from collections.abc import Sequence

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

LOG = logging.getLogger(__name__)

NEW_NAMES = {"house": "newsroom"}
"""New names of tables by their old ones."""

SAMPLE = Path(__file__).parents[1] / "seeds" / "briefing.toml"
"""The commented sample inside an installed package; in a checkout it stands in `seeds/`."""


def sample() -> Path:
    """Return where the commented sample configuration and the sample pages lie."""
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
        config = Config.model_validate(_tuples({**_renamed_keys(data, path), "base": path.resolve().parent}))
    except ValidationError as error:
        raise _config_error(path, _sentences(error)) from error
    if faults := problems(config):
        raise _config_error(path, faults)
    return config


def _renamed_keys(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the tables under their new names; the old one works for one release, with a warning."""
    if "house" not in data:
        return data
    if "newsroom" in data:
        raise ConfigError(f"{path}: `house` is the old name of `newsroom`; keep one of the two")
    LOG.warning(
        "%s: [house] is called [newsroom] now; rename it, the next release knows the new name only", path
    )
    return {NEW_NAMES.get(key, key): value for key, value in data.items()}


def _config_error(path: Path, sentences: Sequence[str]) -> ConfigError:
    """Return an error that names every problem of a file: one in a sentence, several in a list."""
    if len(sentences) == 1:
        return ConfigError(f"{path}: {sentences[0]}")
    return ConfigError("\n  ".join([f"{path} has {len(sentences)} problems:", *sentences]))


def _tuples(value: object) -> object:
    """TOML's arrays as tuples, as the frozen dataclasses want them."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return value


def _sentences(error: ValidationError) -> list[str]:
    """Return every problem with its key and, for an unknown key, the nearest known one."""
    faults = error.errors(include_url=False)
    misspelt = {fault["loc"][:-1] for fault in faults if fault["type"] == "extra_forbidden"}
    # A misspelt key is also a missing one: the spelling is what the person can see.
    shown = [fault for fault in faults if fault["type"] != "missing" or fault["loc"][:-1] not in misspelt]
    return [_sentence(fault["type"], fault["loc"], fault["msg"], fault["input"]) for fault in shown]


def _sentence(kind: str, where: tuple[int | str, ...], message: str, value: object) -> str:
    key = ".".join(map(str, where))
    if kind == "extra_forbidden":
        return f"unknown key `{key}`{nearest(str(where[-1]), _known(where[:-1]))}"
    if kind == "missing":
        return f"`{key}` is missing; add it"
    message = message.replace("Input should be greater than or equal to", "must be at least")
    message = message.replace("Input should be less than or equal to", "must be at most")
    return f"`{key}` is {repr(value)[:60]}, but {message[0].lower()}{message[1:]}"


def _known(where: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand in the table at `where`."""
    table: Any = Config
    for step in where:
        if get_origin(table) in {dict, tuple}:
            table = get_args(table)[get_origin(table) is dict]
        else:
            table = table.model_fields[str(step)].annotation
            # A table that may be missing: what may stand in it where it is there.
            table = next((arg for arg in get_args(table) if get_args(table)[1:] == (NoneType,)), table)
    return [name for name in table.model_fields if name != "base"]
