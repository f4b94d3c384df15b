"""The first sentence of a story tells its title's event and its day. All texts are made up.

`tests/golden/leads.tsv` names for each story the words of its event (all groups, one word of each) and of its day.
"""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import Story
from briefing.sources import newspaper_text
from tests import facts
from tests.briefing.editorial.test_golden_programmes import PAPERS

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
BUDGET = 160
"""Han characters that a story may have."""


def first_sentences(file: str) -> dict[str, str]:
    """The first sentence of each story of a page, or of the golden articles, by title."""
    if file == "condense":
        cases = [
            (case, BuiltInWriter(case.day, {case.story.article.source: case.place}))
            for case in facts.golden()
        ]
        told = {case.story.article.title: writer.write(case.story) for case, writer in cases}
    else:
        path = ROOT / file if file.startswith("seeds") else GOLDEN / file
        paper = path.stem.partition("-")[0]
        page = newspaper_text.parse(
            path.read_text(encoding="utf-8"), source=paper, zone=ZoneInfo("Asia/Shanghai"), name=path.name
        )
        places, names = ({paper: word} for word in PAPERS[paper])
        writer = BuiltInWriter(page.day, places, names, PaperGuard(page.day, places, names))
        told = {one.title: writer.write(Story(one, (), 0.0, (), BUDGET)) for one in page.articles}
    return {title: sentences[0].text if sentences else "" for title, sentences in told.items()}


def tells(sentence: str, event: str, day: str) -> bool:
    """Whether a sentence holds a word of each group, and of the day."""
    groups = [*event.split(" "), *([day] if day != "-" else [])]
    return all(any(word in sentence for word in group.split("/")) for group in groups)


def test_first_sentences_tell_the_event_and_its_day() -> None:
    """The share that does never falls below what was reached; a story that is not told at all is not counted."""
    floor = json.loads((GOLDEN / "floors.json").read_text(encoding="utf-8"))["leads"]["golden"]
    rows = [row.split("\t") for row in (GOLDEN / "leads.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    sentences = {file: first_sentences(file) for file in dict.fromkeys(row[0] for row in rows)}
    judged = [(sentences[file][title], event, day) for file, title, event, day in rows]
    told = [row for row in judged if row[0]]

    wrong = [
        f"{event}，{day}：{sentence}" for sentence, event, day in told if not tells(sentence, event, day)
    ]
    assert 1 - len(wrong) / len(told) >= floor, "\n".join(wrong)
