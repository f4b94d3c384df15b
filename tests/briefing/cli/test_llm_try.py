"""`briefing llm try`: one story by the show's model, with its cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = config.sample().parent / "binhe-2024-11-15.txt"


def test_a_dead_model_is_told_with_the_story_that_is_written_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing listens at the discard port: the built-in writer writes, and nothing was spent."""
    monkeypatch.chdir(tmp_path)
    text = config.sample().read_text(encoding="utf-8")
    model = '\n[shows.demo.llm]\nurl = "http://127.0.0.1:9/v1"\nmodel = "m"\n'
    settings = tmp_path / "briefing.toml"
    settings.write_text(text + model, encoding="utf-8")

    assert main(["llm", "--config", str(settings), "try", "demo", str(PAGE)]) == 0

    answer = json.loads(capsys.readouterr().out)
    assert answer["sentences"]
    assert answer["cost"].pop("seconds") >= 0
    assert answer["cost"] == {
        "requests": 1,
        "tokens": 0,
        "yuan": 0.0,
        "unanswered": 1,
        "trouble": "大模型 m 连不上，由内置写稿完成",
    }


def test_a_show_without_a_model_says_what_to_add(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample has none."""
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / "briefing.toml"
    settings.write_text(config.sample().read_text(encoding="utf-8"), encoding="utf-8")

    assert main(["llm", "--config", str(settings), "try", "demo", str(PAGE)]) != 0
    assert "[shows.demo.llm]" in capsys.readouterr().err
