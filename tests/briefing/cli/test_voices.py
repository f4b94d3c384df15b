"""`briefing voices`, `check` and `cache`: what an engineer looks at the evening before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefing.cli import app
from briefing.storage import downloads
from briefing.wiring.engines import CLIPS
from voices.engines.remote import Patience

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

CHAIN = """
[anchors.xiaoyi]
name = "晓伊"
voice = "openai"
address = "http://127.0.0.1:9"
[[anchors.xiaoyi.fallback]]
voice = "silent"
"""


@pytest.fixture
def run(newsroom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in the newsroom's folder, where the usual voices are not looked for: its status and what it said."""
    monkeypatch.chdir(newsroom.parent)
    monkeypatch.setattr("briefing.cli.checking.voice_trials.USUAL", ("silent",))
    monkeypatch.setattr("briefing.cli.checking.voice_trials.HURRY", Patience(tries=1, first=0, longest=0))
    monkeypatch.setattr("briefing.cli.checking.voice_trials.list_speakers", lambda _newsroom: {})

    def command(*arguments: str) -> tuple[int, str, str]:
        status = app.main(arguments)
        return (status, *capsys.readouterr())

    return command


def chained(newsroom: Path, *, fallback: bool = True) -> None:
    """Give the first anchor a server that is not there."""
    text = newsroom.read_text(encoding="utf-8")
    begin, end = text.index("[anchors.xiaoyi]"), text.index("[anchors.yunxi]")
    table = CHAIN if fallback else CHAIN.split("[[", 1)[0]
    newsroom.write_text(text[:begin] + table + text[end:], encoding="utf-8")


def test_every_voice_speaks_a_sentence(run: Run) -> None:
    """How long that took, and which anchors use it."""
    status, out, _ = run("voices", "--json", "--quiet")

    assert status == 0
    assert [(one["engine"], one["used_by"], one["wrong"]) for one in json.loads(out)["voices"]] == [
        ("silent", ["晓伊"], ""),
        ("silent", ["云希"], ""),
    ]


def test_a_voice_that_an_anchor_needs_and_does_not_speak_is_told(run: Run, newsroom: Path) -> None:
    """With the reason, and in the exit status."""
    chained(newsroom)

    status, out, _ = run("voices", "--json", "--quiet")

    wrong = {one["engine"]: one["wrong"] for one in json.loads(out)["voices"]}
    assert status == 1
    assert wrong["silent"] == ""
    assert "127.0.0.1:9 cannot be reached" in wrong["openai"]


def test_a_voice_is_tried_by_name(run: Run, tmp_path: Path) -> None:
    """An anchor or an engine; the sound is written."""
    status, out, _ = run("voices", "try", "silent", "早上好。", "--out", "a.wav", "--json")

    assert status == 0
    assert json.loads(out)["milliseconds"] == 800
    assert (tmp_path / "a.wav").read_bytes()[:4] == b"RIFF"


def test_a_voice_that_there_is_not_is_refused(run: Run) -> None:
    """With those that there are."""
    status, _, err = run("voices", "try", "nobody", "早上好。")

    assert status == 1
    assert "nobody is no voice; name an anchor (xiaoyi, yunxi)" in err


def states(out: str) -> dict[str, str]:
    """The worst state of each finding's name."""
    found: dict[str, str] = {}
    for one in json.loads(out):
        found[one["name"]] = max(
            found.get(one["name"], "ok"), one["state"], key=("ok", "warn", "error").index
        )
    return found


def test_a_newsroom_in_order_passes_the_check(run: Run) -> None:
    """Configuration, files, folders, cache and voices are well; of the sample's placeholders and old pages it is warned."""
    status, out, _ = run("check", "--json", "--quiet")

    well = "configuration files output cache clips secrets database clock"
    assert status == 0
    assert {name: state for name, state in states(out).items() if not name.startswith("port")} == {
        **dict.fromkeys(well.split(), "ok"),
        "voice silent zf_xiaoxiao": "ok",
        "voice silent zm_yunyang": "ok",
        "sound of demo": "ok",
        "cover of demo": "ok",
        "feed of demo": "ok",
        "times of demo/morning": "ok",
        "publishing of demo": "ok",
        "on air demo": "ok",
        **dict.fromkeys(("alarms", "address", "show demo", "speakers of demo", "desk"), "warn"),
        **{f"source {name}": "warn" for name in ("yuzhong", "binhe", "yunling", "haigang")},
    }


@pytest.mark.parametrize(("fallback", "state"), [(True, "warn"), (False, "error")])
def test_a_silent_voice_is_a_warning_with_a_fallback_and_an_error_without(
    run: Run, newsroom: Path, *, fallback: bool, state: str
) -> None:
    """Tomorrow's programme is on the air, or it is not."""
    chained(newsroom, fallback=fallback)

    status, out, _ = run("check", "--json", "--quiet")

    assert states(out)["voice openai alloy"] == state
    assert status == (state == "error")


def test_a_configuration_that_cannot_be_read_is_the_only_finding(run: Run, newsroom: Path) -> None:
    """The first thing to mend."""
    newsroom.write_text("[shows", encoding="utf-8")

    status, out, _ = run("check", "--json", "--quiet")

    assert status == 1
    assert states(out) == {"configuration": "error"}


def test_the_cache_is_counted_and_pruned(run: Run) -> None:
    """What was spoken is kept until it must go."""
    folder = downloads.folder() / CLIPS / "aa"
    folder.mkdir(parents=True)
    for name in "123":
        (folder / f"{name}.clip").write_bytes(bytes(1_000_000))

    assert json.loads(run("cache", "info", "--json")[1])["clips"] == 3
    assert json.loads(run("cache", "prune", "--to", "2", "--json")[1])["clips"] == 1
    assert json.loads(run("cache", "info", "--json")[1])["bytes"] == 2_000_000
