"""What a command imports: the quick ones start without engines, dictionaries and drawing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from briefing.config import sample

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = frozenset(
    {
        "PIL",
        "aiohttp",
        "alembic",
        "apscheduler",
        "boto3",
        "edge_tts",
        "fastapi",
        "feedgen",
        "feedparser",
        "g2pM",
        "httpcore",
        "httpx",
        "jieba",
        "jinja2",
        "lxml",
        "misaki",
        "mutagen",
        "numpy",
        "onnx",
        "onnxruntime",
        "pydub",
        "pypdf",
        "pypinyin",
        "rich",
        "soundfile",
        "starlette",
        "tomlkit",
        "trafilatura",
        "uvicorn",
    }
)
"""Packages that only the commands load that use them."""

ALLOWED = (
    "briefing",
    "briefing.cli",
    "briefing.config",
    "briefing.editions",
    "briefing.editorial",
    "briefing.errors",
    "briefing.model",
    "briefing.monitoring",
    "briefing.net",
    "briefing.scheduler",
    "briefing.storage",
    "briefing.wiring",
    "feed",
    "feed.errors",
    "feed.file_names",
    "feed.model",
    "feed.rss",
    "voices",
    "voices.errors",
    "voices.model",
)
"""Our own packages and modules that `briefing status` may load; what is below them counts as they do."""

NOT_BELOW = ("briefing.editorial.rundown", "briefing.editorial.writer", "feed.rss.feed_xml", "feed.rss.cover")

PROGRAM = """
import json, sys
from briefing.cli.app import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample configuration and a database that is up to date."""
    (tmp_path / "briefing.toml").write_text(sample().read_text(encoding="utf-8"), encoding="utf-8")
    loaded_modules(tmp_path, "status")
    return tmp_path


def loaded_modules(folder: Path, *arguments: str) -> list[str]:
    """The modules that a command has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    modules: list[str] = json.loads(done.stdout.splitlines()[-1])[1]
    return modules


@pytest.mark.parametrize("command", ["status", "history", "hold", "approve", "release"])
def test_a_quick_command_loads_no_heavy_package(folder: Path, command: str) -> None:
    """Whoever asks for the status waits neither for a dictionary nor for an engine."""
    top = {name.partition(".")[0] for name in loaded_modules(folder, command)}
    assert sorted(top & HEAVY) == []


def test_status_loads_only_the_packages_of_the_list(folder: Path) -> None:
    """A new import on the way of `briefing status` is a decision, made here."""
    ours = [
        name
        for name in loaded_modules(folder, "status")
        if name.partition(".")[0] in {"briefing", "feed", "voices"}
    ]
    assert [name for name in ours if name.startswith(NOT_BELOW)] == []
    allowed = {name for name in ours for top in ALLOWED[1:] if name == top or name.startswith(f"{top}.")}
    assert sorted(set(ours) - allowed - {"briefing"}) == []


def test_help_loads_nothing_but_the_parser() -> None:
    """A person who mistypes does not wait for the configuration's library."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import atexit, sys; atexit.register(lambda: print(sorted(sys.modules)));"
                "from briefing.cli.app import main; main(['--help'])"
            ),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = done.stdout.splitlines()[-1]
    assert "'briefing.cli.app'" in modules
    for name in ("argparse", "pydantic", "sqlalchemy", "logging", "briefing.model"):
        assert f"'{name}'" not in modules
