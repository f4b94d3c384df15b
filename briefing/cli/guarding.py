"""Check rows of sentences against their sources, so that anybody can score the guard."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from briefing.cli.common import print_json
from briefing.editorial.guard.check import check_sentence
from briefing.errors import SourceError

if TYPE_CHECKING:
    import argparse

    from briefing.editorial.guard.claims import UnsupportedClaim


def guard(options: argparse.Namespace) -> None:
    """Print the doubts about each row of a file, in its order."""
    try:
        rows = json.loads(options.path.read_text(encoding="utf-8"))
        print_json([{"doubts": [_shown(doubt) for doubt in _check(row)]} for row in rows])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{options.path}: not a JSON list of rows with text, sources, place and day ({error!r})"
        raise SourceError(message) from error


def _check(row: dict[str, Any]) -> tuple[UnsupportedClaim, ...]:
    """The doubts about a row; its title is a part of its story."""
    story = [*row.get("story", []), *filter(None, [row.get("title", "")])]
    return check_sentence(
        row["text"], row["sources"], story, row.get("place", ""), date.fromisoformat(row["day"])
    )


def _shown(doubt: UnsupportedClaim) -> dict[str, Any]:
    return {
        "kind": str(doubt.kind),
        "what": doubt.what,
        "grave": doubt.grave,
        "start": doubt.start,
        "end": doubt.end,
        "source": doubt.source,
    }
