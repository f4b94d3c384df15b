"""`briefing llm try`: one story by the show's model, with its cost."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from briefing import config
from briefing.cli.app import main
from briefing.cli.checking.model_probe import check_models
from briefing.model import EditionKey, ModelCost
from briefing.storage.store import opened
from tests.model_server import Model, reply, serving

if TYPE_CHECKING:
    from pathlib import Path

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


def described(folder: Path, url: str) -> config.Config:
    """The sample with a model at this address."""
    settings = folder / "briefing.toml"
    model = f'\n[shows.demo.llm]\nurl = "{url}"\nmodel = "m"\nyuan_out = 8.0\n'
    settings.write_text(config.sample().read_text(encoding="utf-8") + model, encoding="utf-8")
    return config.load(settings)


def test_check_asks_the_model_for_one_word(tmp_path: Path) -> None:
    """The word, the time and the price are said; the question is small."""
    model = Model([reply('{"word": "早"}', usage={"prompt_tokens": 30, "completion_tokens": 10})])
    with serving(model) as url:
        (found,) = check_models(described(tmp_path, url))

    assert (found.state, found.name) == ("ok", "model m of demo")
    assert re.fullmatch(r"answers in \d+\.\d s for 40 tokens, 0\.0001 yuan", found.sentence)
    assert len(model.asked) == 1
    assert sum(len(message["content"]) for message in model.asked[0]["messages"]) < 60


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (401, "does not answer, so the built-in writer will write: status 401"),
        (reply("早上好！"), "does not answer, so the built-in writer will write: the answer is no JSON"),
        (reply('{"word": "晚"}'), "was asked for the word 早 and answered"),
        (reply("", finish="length"), "the answer holds no text, or only a part of it"),
    ],
)
def test_check_warns_of_a_model_that_cannot_write(answer: Any, sentence: str, tmp_path: Path) -> None:  # noqa: ANN401 - bytes or a status
    """It is no error: the programme goes out without it."""
    with serving(Model([answer])) as url:
        (found,) = check_models(described(tmp_path, url))

    assert found.state == "warn"
    assert sentence in found.sentence
    assert "docs/model.md" in found.cure


def test_status_shows_what_the_model_has_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tokens, money and seconds of each edition, all drafts and wishes together."""
    settings = described(tmp_path, "http://127.0.0.1:9/v1")
    key = EditionKey("demo", date(2023, 6, 9), "morning")
    with opened(settings.database, settings.folder) as store:
        store.articles.save_gathered(key, [])
        for as_draft in (True, False):
            cost = ModelCost(3, 4000, 0.012, 7.5, 0, "")
            store.model_costs.add_cost(key, cost, as_draft=as_draft)

    assert main(["status", "--config", str(tmp_path / "briefing.toml"), "--json"]) == 0
    (row,) = [row for row in json.loads(capsys.readouterr().out)["editions"] if row["edition"] == str(key)]
    assert row["model"] == "8000 tokens, 0.02 yuan, 15 s"
