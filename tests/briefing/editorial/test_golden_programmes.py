"""Whole programmes of made-up pages, read by a person: a change shows what it does to the words.

`python tests/briefing/editorial/test_golden_programmes.py` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.editorial import drafting, script
from briefing.editorial.guard.papers import PaperGuard
from briefing.editorial.rundown import Settings
from briefing.editorial.show_wording import Wording
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import EditionKey
from briefing.sources import newspaper_text

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "programmes"
PAPERS = {
    "binhe": ("滨河区", "滨河日报"),
    "haigang": ("海港新区", "海港新区报"),
    "hengchuan": ("衡川市", "衡川法治报"),
    "tongyan": ("桐岩县", "桐岩日报"),
    "xinghe": ("星禾市", "星禾科技周报"),
    "yuezhou": ("越洲市", "越洲晚报"),
    "yunling": ("云岭市", "云岭晚报"),
    "yuzhong": ("渝中区", "渝中报"),
}
"""Place and name of each paper, by the beginning of its file's name."""
PAGES = sorted((*GOLDEN.glob("*.txt"), *(ROOT / "seeds").glob("*.txt")), key=lambda path: path.name)


def programme(path: Path) -> str:
    """The script of a page's six minutes, as a file."""
    paper = path.stem.partition("-")[0]
    place, name = PAPERS[paper]
    page = newspaper_text.parse(
        path.read_text(encoding="utf-8"), source=paper, zone=ZoneInfo("Asia/Shanghai"), name=path.name
    )
    key, places, credited = EditionKey("demo", page.day, "morning"), {paper: place}, {paper: name}
    writer = BuiltInWriter(page.day, places, credited, PaperGuard(page.day, places, credited))
    wording = Wording("每日简报", places=places, credits=credited)
    drafted = drafting.draft(key, page.articles, [], Settings.lasting(6), wording, writer, ("晓晓", "云扬"))
    return script.dump(drafted.script)


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_the_programme_of_a_page_is_the_one_that_was_read(path: Path) -> None:
    """Word for word, with what each sentence rests on."""
    assert programme(path) == (GOLDEN / f"{path.stem}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    for page in PAGES:
        (GOLDEN / f"{page.stem}.md").write_text(programme(page), encoding="utf-8")
