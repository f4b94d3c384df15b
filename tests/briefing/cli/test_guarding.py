"""`briefing guard`: rows in, doubts out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefing.cli.app import main

if TYPE_CHECKING:
    from pathlib import Path

ROW = {"text": "大桥全长1.68公里。", "sources": ["大桥全长1.86公里。"], "place": "", "day": "2024-11-15"}


def test_each_row_is_answered_with_its_doubts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lie has one, the truth none."""
    rows = tmp_path / "rows.json"
    rows.write_text(json.dumps([ROW, {**ROW, "text": "大桥长1.86公里。"}]), encoding="utf-8")

    assert main(["guard", str(rows), "--json"]) == 0

    lie, truth = json.loads(capsys.readouterr().out)
    assert [(doubt["kind"], doubt["grave"]) for doubt in lie["doubts"]] == [("数字", True)]
    assert truth == {"doubts": []}


@pytest.mark.parametrize("text", ["{", "{}", '[{"text": "大桥"}]', "[3]"])
def test_what_is_no_list_of_rows_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the file's name and what is expected."""
    rows = tmp_path / "rows.json"
    rows.write_text(text, encoding="utf-8")

    assert main(["guard", str(rows), "--json"]) != 0
    assert "not a JSON list of rows" in capsys.readouterr().err
