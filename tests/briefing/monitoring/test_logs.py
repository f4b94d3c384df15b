"""What is written down: one line an event, with its fields, and nothing that opens a door."""

from __future__ import annotations

import io
import json
import logging
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from briefing.cli import app
from briefing.editions.stage_log import log_stage
from briefing.model import EditionKey
from briefing.monitoring.logs import JsonFormatter, LineFormatter, LogHandler
from briefing.monitoring.redaction import Redactor
from tests.briefing.cli.test_commands import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = EditionKey("demo", date(2026, 3, 2), "morning")
LOG = logging.getLogger("briefing.test")


@pytest.fixture
def stream() -> io.StringIO:
    """Where the log goes."""
    return io.StringIO()


@pytest.fixture
def book(stream: io.StringIO) -> Iterator[LogHandler]:
    """A log of the test's own."""
    book = LogHandler(stream)
    yield book
    book.close()


@log_stage("render")
def render(_production: str, _key: EditionKey, *, fails: bool) -> str:
    """A stage that ends as it is told."""
    if fails:
        raise LookupError("no voice")
    return "made"


def record(message: str, **fields: object) -> logging.LogRecord:
    """An event."""
    made = logging.LogRecord("briefing.test", logging.WARNING, "", 0, message, (), None)
    vars(made).update(fields, created=0.0)
    return made


def test_a_stage_is_a_line_with_its_edition_and_duration(book: LogHandler, stream: io.StringIO) -> None:
    """In JSON, every field has its name."""
    book.open("json", ())
    assert render("production", KEY, fails=False) == "made"
    said = json.loads(stream.getvalue())
    assert said.pop("seconds") >= 0
    del said["time"]
    assert said == {
        "level": "info",
        "room": "briefing.editions.stage_log",
        "event": "done",
        "show": "demo",
        "edition": "demo/2026-03-02/morning",
        "stage": "render",
        "outcome": "done",
    }


def test_a_stage_that_fails_says_why_and_still_fails(book: LogHandler, stream: io.StringIO) -> None:
    """The error goes on as it was."""
    book.open("json", ())
    with pytest.raises(LookupError, match="no voice"):
        render("production", KEY, fails=True)
    said = json.loads(stream.getvalue())
    assert (said["level"], said["outcome"], said["event"]) == ("error", "failed", "LookupError: no voice")


def test_a_line_for_a_person_begins_with_what_it_is_about() -> None:
    """Moment, level, edition, stage, duration, sentence; a line break in a title makes no second event."""
    line = LineFormatter(Redactor()).format(record("甲\n乙", edition=str(KEY), stage="draft", seconds=2.04))
    assert line.split(" ", 2)[2] == "WARNING demo/2026-03-02/morning draft 2.0 s: 甲 乙"


def test_a_title_forges_no_event_in_json() -> None:
    """One object on one line, whatever the words."""
    line = JsonFormatter(Redactor()).format(record('甲"}\n{"level": "error'))
    assert "\n" not in line
    assert json.loads(line)["event"] == '甲"}\n{"level": "error'


def test_a_command_that_somebody_watches_hears_only_warnings(book: LogHandler, stream: io.StringIO) -> None:
    """And no failed stage, which the command tells in its own sentence."""
    book.hide_secrets(["swordfish"])
    LOG.info("nothing special")
    LOG.warning("look at swordfish")
    with pytest.raises(LookupError):
        render("production", KEY, fails=True)
    (line,) = stream.getvalue().splitlines()
    assert line.endswith("WARNING look at ***")


@pytest.mark.parametrize("form", ["human", "json"])
def test_no_secret_is_written_down(book: LogHandler, stream: io.StringIO, form: str) -> None:
    """Known keys, tokens in addresses, passwords, headers: in sentences, fields and tracebacks."""
    secrets = ("sk-made-up-1", 'quo"ted-密码', "open sesame")
    book.open(form, secrets)
    words = (
        *secrets,
        "https://user:hunter2hunter2@host/",
        "https://h/send?access_token=tok-made-up",
        "Authorization: Bearer bear-made-up",
    )
    for word in words:
        LOG.warning("said: %s", word, extra={"alarm": word})
    try:
        int(" ".join(words))
    except ValueError:
        LOG.exception("broken")
    text = stream.getvalue()
    hidden = ("sk-made", "ted-密码", "sesame", "hunter2", "tok-made", "bear-made")
    assert [one for one in hidden if one in text] == []
    assert text.count("***") >= 2 * len(words)


def test_a_run_writes_every_stage_in_order(newsroom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --log-format json, standard error of a quiet run is JSON lines; a second run only publishes again."""
    asked = ["run", "--config", str(newsroom), "--day", DAY, "--quiet", "--log-format", "json"]

    def stages() -> list[tuple[Any, ...]]:
        assert app.main(asked) == 0
        events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        return [(one["stage"], one["outcome"], one["edition"]) for one in events if "stage" in one]

    about = ("done", f"demo/{DAY}/morning")
    assert stages() == [(name, *about) for name in ("gather", "draft", "approve", "render", "publish")]
    assert stages() == [("publish", *about)]


def test_a_command_that_fails_complains_without_secrets(
    newsroom: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence goes to a journal, too."""
    text = newsroom.read_text(encoding="utf-8")
    url = "postgresql+psycopg://briefing:hunter2hunter2@127.0.0.1:1/briefing"
    newsroom.write_text(text.replace('database = ""', f'database = "{url}"'), encoding="utf-8")
    assert app.main(["status", "--config", str(newsroom)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("briefing: the database ")
    assert "hunter2" not in said
