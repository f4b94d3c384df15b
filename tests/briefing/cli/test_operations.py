"""What docs/operations.md and docs/deploy say can be done is what the program does."""

from __future__ import annotations

import configparser
import json
import re
from pathlib import Path

import pytest

from briefing import config
from briefing.cli.dispatch import argument_parser

DOCS = Path(__file__).parents[3] / "docs"
DEPLOY = DOCS / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def code(path: Path) -> list[str]:
    """The indented lines of a page."""
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]


def commands(lines: list[str]) -> list[list[str]]:
    """The arguments of every `briefing` that the lines run."""
    found = []
    for line in lines:
        for run in re.split(r"&&|\|\|?|;", line.partition(" #")[0]):
            words = run.split()
            places = [place for place, word in enumerate(words) if word.rpartition("/")[2] == "briefing"]
            # In a container's command the service is called like the program.
            if places and places[-1] + 1 < len(words) and words[places[-1] + 1] in VERBS:
                found.append(words[places[-1] + 1 :])
    return found


VERBS = ("approve", "backup", "check", "fetch", "init", "restore", "run", "serve", "status", "tidy", "watch")


def executed(path: Path) -> list[str]:
    """What a unit starts."""
    return [
        line.partition("=")[2].replace("/bin/sh -c 'exec ", "").rstrip("'").replace("$(date +%%u)", "1")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("ExecStart=")
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        *commands(code(DOCS / "operations.md")),
        *commands([line for unit in UNITS for line in executed(unit)]),
        json.loads(
            re.findall(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)[
                0
            ]
        ),
    ],
    ids=" ".join,
)
def test_every_command_is_one_that_there_is(arguments: list[str]) -> None:
    """It is parsed as it stands there."""
    assert argument_parser.build_parser().parse_args(arguments).run


def test_the_commands_were_found() -> None:
    """The page runs at least these, and the units these."""
    page = {arguments[0] for arguments in commands(code(DOCS / "operations.md"))}
    assert {"check", "fetch", "init", "watch", "backup", "restore", "tidy"} <= page
    units = [arguments[0] for unit in UNITS for arguments in commands(executed(unit))]
    assert sorted(units) == ["backup", "serve", "tidy", "watch"]


def test_the_configuration_that_the_page_shows_is_one(newsroom: Path) -> None:
    """As it stands there, at the end of the sample."""
    lines = code(DOCS / "operations.md")
    first = lines.index("[alarms]")
    shown = lines[
        first : next(place for place in range(first, len(lines)) if lines[place].startswith("to = ")) + 1
    ]
    with newsroom.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n".join(shown) + "\n")
    configuration = config.load(newsroom)
    assert configuration.alarms.webhooks[0].kind == "wecom"
    assert configuration.alarms.mail
    assert configuration.alarms.mail.to == ("editor@news.example",)


def test_the_sample_shows_who_can_be_told(newsroom: Path) -> None:
    """What is commented out there is a configuration, too."""
    text = newsroom.read_text(encoding="utf-8")
    begin, end = text.index("# [alarms]"), text.index("# For how many days `briefing tidy`")
    newsroom.write_text(
        text[:begin] + re.sub(r"(?m)^# ?", "", text[begin:end]) + text[end:], encoding="utf-8"
    )
    assert config.load(newsroom).alarms.after == {"source": 3}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_no_unit_runs_as_root_or_writes_everywhere(unit: Path) -> None:
    """Each has a user of its own, a file system that it cannot write, no capability, and no way to more."""
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names have capitals
    read.read(unit, encoding="utf-8")
    service = dict(read["Service"])
    wanted = {
        "User": "briefing",
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
    }
    assert {name: service[name] for name in wanted} == wanted


def test_the_image_runs_as_nobody_and_tells_its_health() -> None:
    """The last user is not root, and the health check asks the address that there is."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\S+)$", text, re.MULTILINE) == ["10001:10001"]
    assert "/healthz" in text.partition("HEALTHCHECK")[2]
