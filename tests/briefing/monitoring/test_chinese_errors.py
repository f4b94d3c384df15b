"""No page shows an English error: every place that raises one of ours is walked, and has its Chinese sentence."""

from __future__ import annotations

import ast
import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing import errors
from briefing.desk.problems import ProblemDetails, make_problem
from briefing.monitoring import chinese_errors
from briefing.monitoring.chinese_errors import explain_error, explain_text
from feed import errors as feed_errors
from voices import errors as voice_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
TREES = (errors.BriefingError, voice_errors.VoicesError, feed_errors.FeedError)
MODULES = (errors, voice_errors, feed_errors)

NAMED = frozenset(
    {
        "StageError",
        "StaleRevision",
        "EditionBusy",
        "LeaseLost",
        "NothingToSay",
        "ScriptError",
        "LexiconError",
        "AccountError",
        "LoginRefused",
        "ProblemDetails",
    }
)
"""Errors about what a person just did at the desk: each must say that, not only what its class means."""

ELSEWHERE = ("briefing/cli/",)
"""Only the command line raises these."""

TERMS = re.compile(r"briefing (?:check|fetch|restore)|wins|true|false|JSON|DOCX|PDF|shan4|chóng")
"""What stays in Latin letters in a Chinese sentence."""

SAMPLES = {
    "key": "demo/2023-06-09/morning",
    "at.key": "demo/2023-06-09/morning",
    "edition.key": "demo/2023-06-09/morning",
    "parsed.key": "demo/2023-06-09/morning",
    "key.show": "demo",
    "key.day": "2023-06-09",
    "day": "2023-06-09",
    "stage": "drafted",
    "now": "drafted",
    "standing.stage": "drafted",
    "since": "held",
    "other.what": "render",
    "printed[place]": "行",
}
"""Values of an error's parameters; a figure where nothing is named here."""


def classes() -> Iterator[type[BaseException]]:
    """Every class of our three trees."""
    for module in MODULES:
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, TREES):
                yield found


def sample_of(node: ast.expr) -> str:
    """An error's sentence with made-up parameters; '' for one that another error makes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    return "".join(map(_piece, node.values))


def _piece(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    assert isinstance(part, ast.FormattedValue)
    name = ast.unparse(part.value)
    if part.format_spec is not None and "%H" in ast.unparse(part.format_spec):
        return "05:40:00"
    value = SAMPLES.get(name, "7")
    return repr(value) if part.conversion == ord("r") else value


def raised() -> Iterator[tuple[str, str, str]]:
    """Place, class and sentence of every error that a page can meet."""
    known = {found.__name__ for found in classes()} | {"ProblemDetails"}
    for path in sorted(
        file for package in ("briefing", "voices", "feed") for file in (ROOT / package).rglob("*.py")
    ):
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(ELSEWHERE):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                if name in known and node.args and (text := sample_of(node.args[-1])):
                    yield f"{place}:{node.lineno}", name, text


RAISED = list(raised())


def english_in(sentence: str) -> list[str]:
    """Words in Latin letters that do not belong there."""
    return re.findall(r"[A-Za-z]{2,}", TERMS.sub("", sentence))


def test_the_walk_finds_the_errors_that_it_is_about() -> None:
    """A walk over nothing would prove nothing."""
    assert len(RAISED) > 200
    assert {name for _, name, _ in RAISED} >= NAMED - {"LoginRefused"}


def test_no_error_reaches_a_page_in_english() -> None:
    """Whatever is raised, and wherever: in Chinese, with a full stop."""
    made = {name: found for found in classes() for name in [found.__name__]}
    wrong = {}
    for place, name, text in RAISED:
        sentence = (
            ProblemDetails(409, text).sentence if name == "ProblemDetails" else _explained(made[name], text)
        )
        if english_in(sentence) or not re.search(r"[一-鿿].*。$", sentence):
            wrong[place] = sentence
    assert wrong == {}


def _explained(kind: type[BaseException], text: str) -> str:
    error = kind.__new__(kind)
    error.args = (text,)
    return explain_error(error)


def test_what_a_person_did_is_answered_by_a_sentence_of_its_own() -> None:
    """“现在不能这样做” says nothing to somebody who did something."""
    vague = [
        (place, text) for place, name, text in RAISED if name in NAMED and explain_text(text, "") == "。"
    ]
    assert vague == []


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__name__)
def test_every_class_of_errors_has_a_sentence(kind: type[BaseException]) -> None:
    """Also for what no pattern knows."""
    sentence = _explained(kind, "something that nobody foresaw")
    assert (english_in(sentence), sentence == f"{chinese_errors.UNKNOWN}。") == ([], False)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429])
def test_every_status_has_a_sentence(status: int) -> None:
    """What the framework refuses has no words of ours."""
    assert english_in(ProblemDetails(status, "Not Found").sentence) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            errors.StageError("demo/2023-06-09/morning is held; `briefing approve` lets it go on the air"),
            "6月9日早间暂缓中：先“放行”或“批准”，才能继续。",
        ),
        (
            errors.ScriptError("“新桥通车” has a sentence of 712 characters; split it below 600"),
            "“新桥通车”有一句长 712 个字；请拆成 600 字以内的几句。",
        ),
        (
            voice_errors.VoiceUnavailable("Microsoft's voice service has a fault (status 503) (5 tries)"),
            "语音服务自己出错（503）；稍后会再试。",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "服务器的磁盘满了；请管理员腾出空间。"),
        (RuntimeError("'NoneType' object has no attribute 'x'"), f"{chinese_errors.UNKNOWN}。"),
    ],
)
def test_the_parameters_come_along(error: Exception, sentence: str) -> None:
    """Which edition, which segment, how long."""
    assert explain_error(error) == sentence


def test_the_english_sentence_stays_for_programs() -> None:
    """`detail` is the error's own text."""
    found = make_problem(
        errors.StageError("demo/2023-06-09/morning has no script yet; run `briefing draft` first")
    )
    assert str(found) == "demo/2023-06-09/morning has no script yet; run `briefing draft` first"
    assert found.sentence == "6月9日早间还没有稿子；先收稿、写稿。"


def test_what_strangers_write_into_an_error_costs_no_time() -> None:
    """Titles and addresses stand in errors; looking at them takes time with their length, up to a limit."""
    assert explain_text("“" * 500_000) == f"{chinese_errors.UNKNOWN}。"
