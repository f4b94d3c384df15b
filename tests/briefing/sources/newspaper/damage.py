"""Damages good newspaper pages in the ways of an extractor: cuts, inserts, interleaved columns, dropped ends.

A page is a list of articles, each a title, a reporter and paragraphs. `render` prints it as an extractor would that made
these faults, chosen by a seeded generator. Text that is inserted is made up here, as are all names in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

INSERTS = (
    ("老街亮灯后的景象。", "本报记者 邓一舟 摄"),
    ("市民在新码头散步（右）。　通讯员　高望　摄",),
    ("广　告", "锦绣家居·秋季焕新节", "全屋定制599元／㎡起　满20000减2000", "订购热线：0591—8330044"),
    ("今日天气", "多云转晴　12℃～21℃　东北风2级", "市气象台昨日17时发布"),
    ("扫码看现场视频",),
    ("2026滨海灯会", "Lantern Fair 2026", "滨海会展中心　2.8—2.20　咨询热线　400-000-2026"),
    ("遗失声明", "滨海市小南门杂货店遗失营业执照副本，声明作废。"),
)
"""What stands between the halves of a sentence, one line of the page each."""
STRAYS = ("推动文旅深度融合。", "广告", "下转第6版", "城事")
LONG_ENOUGH = 30
"""Characters of a paragraph that is cut."""
EDGE = 8
"""Characters that stay on both sides of a cut."""


@dataclass(frozen=True)
class GoodArticle:
    """An article as it was printed."""

    title: str
    reporter: str
    paragraphs: tuple[str, ...]


@dataclass
class DamagedPage:
    """The text of a page with its faults, and what became of each article: `dropped` are those without their end."""

    text: str
    dropped: set[str] = field(default_factory=set)


def render(
    articles: list[GoodArticle], random: Random, *, faults: tuple[str, ...], marked: bool
) -> DamagedPage:
    """Return the page with one fault of each kind in each article, as far as it has room for them."""
    page = DamagedPage("")
    blocks: list[list[str]] = [["海屿新报", "2026年3月4日　星期三　第03版　城事　责编/沈一白　校对/周小满"]]
    waiting: list[str] = []
    for place, article in enumerate(articles):
        title = f"## {article.title}" if marked else article.title
        lines = [f"本报讯（记者 {article.reporter}）{article.paragraphs[0]}", *article.paragraphs[1:]]
        lines = _with_cuts(lines, random, faults)
        if "drop" in faults and place % 2:
            lines = _without_end(lines, random)
            page.dropped.add(article.title)
        if waiting:
            blocks.append(_interleaved(title, lines, waiting, random))
            waiting = []
        elif "interleave" in faults and place + 1 < len(articles) and len(lines) > 1:
            head, waiting = _split_last(lines, random)
            blocks.append([title, *head])
        else:
            blocks.append([title, *lines])
        if "stray" in faults and not waiting:
            blocks[-1].insert(random.randrange(2, len(blocks[-1]) + 1), random.choice(STRAYS))
    page.text = "\n\n".join(line for block in blocks for line in block) + "\n"
    return page


def _with_cuts(lines: list[str], random: Random, faults: tuple[str, ...]) -> list[str]:
    kinds = [kind for kind in ("cut", "insert") if kind in faults]
    cut: list[str] = []
    for place, line in enumerate(lines):
        kind = kinds[place % len(kinds)] if kinds and len(line) > LONG_ENOUGH else ""
        if not kind:
            cut.append(line)
            continue
        before, after = _halves(line, random, first=place == 0)
        between = list(random.choice(INSERTS)) if kind == "insert" else []
        cut += [before, *between, after]
    return cut


def _halves(line: str, random: Random, *, first: bool) -> tuple[str, str]:
    """Cut a paragraph anywhere but at the end of a sentence, the dateline left whole."""
    start = line.index("）") + EDGE if first and "）" in line[:40] else EDGE
    places = [at for at in range(start, len(line) - EDGE) if line[at - 1] not in "。！？；：”）》;:!?)"]
    at = random.choice(places or [len(line) // 2])
    return line[:at], line[at:]


def _without_end(lines: list[str], random: Random) -> list[str]:
    return [*lines[:-1], _halves(lines[-1], random, first=len(lines) == 1)[0]]


def _split_last(lines: list[str], random: Random) -> tuple[list[str], list[str]]:
    place = next(at for at in range(len(lines) - 1, -1, -1) if len(lines[at]) > LONG_ENOUGH or at == 0)
    before, after = _halves(lines[place], random, first=place == 0)
    return [*lines[:place], before], [after, *lines[place + 1 :]]


def _interleaved(title: str, lines: list[str], waiting: list[str], random: Random) -> list[str]:
    """Set the rest of the article above into this one, where one of its paragraphs is cut."""
    place = next((at for at, line in enumerate(lines) if len(line) > LONG_ENOUGH), 0)
    before, after = _halves(lines[place], random, first=place == 0)
    return [title, *lines[:place], before, *waiting, after, *lines[place + 1 :]]
