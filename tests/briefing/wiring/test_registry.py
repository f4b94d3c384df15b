"""Registries: what is named is loaded when it is used, and a missing extra is one sentence."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from briefing.cli.app import main
from briefing.errors import ConfigError
from briefing.wiring.engines import VOICES
from briefing.wiring.registry import EXTRAS, LazyMapping, load_object
from briefing.wiring.source_kinds import SOURCES

PROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize("target", [*SOURCES.values(), *(kind.target for kind in VOICES.values())])
def test_every_registered_name_exists(target: str) -> None:
    """A misspelt module would be found by the first who configures it."""
    assert callable(load_object(target))


def test_every_extra_of_the_registry_is_one_of_the_project() -> None:
    """The sentence that a person reads names something that pip can install."""
    assert set(EXTRAS.values()) <= set(PROJECT["optional-dependencies"])
    (everything,) = PROJECT["optional-dependencies"]["all"]
    assert set(re.findall(r"[a-z0-9]+", everything)) - {"briefing"} == set(
        PROJECT["optional-dependencies"]
    ) - {"all"}


def test_a_missing_extra_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], newsroom: Path
) -> None:
    """Whether a registry or a command finds it missing."""
    for name in [
        name for name in sys.modules if name.startswith(("feed.publishers.s3", "briefing.cli.serv"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setitem(sys.modules, "fastapi", None)
    for name in [name for name in sys.modules if name.startswith(("briefing.desk", "briefing.server"))]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ConfigError, match=r"^boto3 is not installed; run `pip install 'briefing\[s3\]'`$"):
        load_object("feed.publishers.s3_bucket:BucketPublisher")
    assert main(["serve", "--config", str(newsroom)]) == 1
    assert "fastapi is not installed; run `pip install 'briefing[desk]'`" in capsys.readouterr().err


def test_a_value_is_made_once_at_its_first_use() -> None:
    """Names are known before anything is made."""
    made: list[str] = []

    def make() -> str:
        made.append("a")
        return "value"

    values = LazyMapping({"a": make, "b": lambda: "other"})
    assert (list(values), len(values), "a" in values, made) == (["a", "b"], 2, True, [])
    assert (values["a"], values["a"], made) == ("value", "value", ["a"])
