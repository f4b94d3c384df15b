"""An article's text as sentences, and a sentence as clauses: what may be cut, and what may never be.

Nothing is cut inside quotation marks, book-title marks or brackets, nor inside a number, so that what is left
out later is always left out whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.unspeakable import is_unspeakable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.model import Article


OPENING = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "「": "」",
    "『": "』",
}
ENDINGS = "。！？!?…"
CLAUSE_ENDS = "，；："
LONGEST = 400
"""Characters that no sentence of news has: a longer one is a table or an attack, and is left out."""
MOST_SENTENCES = 400
"""A news article has fewer; what follows in a longer text is not news any more, and is not weighed."""

_SPEAKER = re.compile(r"[^，。；：“”]{0,24}(说|表示|介绍|指出|强调|告诉|认为|坦言|感叹|笑着|透露|提醒|回忆)")
_HALF_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")
_BRACES = str.maketrans("{}", "（）")
_MARKUP = re.compile(r"</?[a-zA-Z!][^<>]{0,400}>")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = re.compile(r"(?<!\d)[,:]|[,:](?!\d)|[;!?()]")


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of the article: its words as printed, which one it is, in which paragraph, and whether it opens it."""

    text: str
    index: int
    paragraph: int
    opens: bool
    pieces: tuple[str, ...] = ()

    @property
    def printed(self) -> tuple[str, ...]:
        """Return the words as they stand in the article: two pieces where a paragraph was broken in mid-sentence."""
        return self.pieces or (self.text,)


def sources(article: Article) -> tuple[Source, ...]:
    """The article's sentences in order; a line that ends without a full stop is a heading and is left out."""
    collected: list[Source] = []
    for number, paragraph, seam in _joined_paragraphs(article):
        end = 0
        for index, text in enumerate(split(paragraph)):
            start = paragraph.find(text, end)
            end = start + len(text)
            if is_unspeakable(text):
                continue
            if len(text) <= LONGEST and text.rstrip("”’」』）)")[-1:] in tuple(ENDINGS):
                pieces = (paragraph[start:seam], paragraph[seam:end]) if start < seam < end else ()
                collected.append(Source(text, len(collected), number, index == 0, pieces))
            if len(collected) == MOST_SENTENCES:
                return tuple(collected)
    return tuple(collected)


def _joined_paragraphs(article: Article) -> Iterator[tuple[int, str, int]]:
    """Yield each paragraph with its number; one that was broken before a figure with the rest, and where they meet."""
    joined = False
    for number, paragraph in enumerate(article.paragraphs):
        following = article.paragraphs[number + 1] if number + 1 < len(article.paragraphs) else ""
        if joined:
            joined = False
        elif _AWAITS_FIGURE.search(paragraph[-TAIL:]) and _BEGINS_WITH_FIGURE.match(following):
            yield number, paragraph + following, len(paragraph)
            joined = True
        else:
            yield number, paragraph, len(paragraph)


def headings(article: Article) -> str:
    """The lines inside the article that are not sentences: sub-headings, which say what matters."""
    return "\n".join((*article.sections, *filter(_is_heading, article.paragraphs)))


def _is_heading(line: str) -> bool:
    """A line that is no sentence and no byline."""
    return line.rstrip("”’）) ")[-1:] not in tuple(ENDINGS) and "记者" not in line


def split(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each with its final mark; quoted speech stays with who said it."""
    pieces = list(_pieces(paragraph))
    joined: list[str] = []
    for piece in pieces:
        if joined and _belongs(joined[-1], piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return [text.strip() for text in joined if text.strip()]


def _pieces(paragraph: str) -> Iterator[str]:
    """Cut after each final mark that no bracket holds, and after a quotation that ends with one."""
    start, last = 0, ""
    for offset, char, closed in _walk(paragraph):
        following = paragraph[offset + 1 : offset + 2]
        ends = char in ENDINGS or (char in "”’" and last in tuple(ENDINGS))
        if closed and ends and following not in (*ENDINGS, "”", "’", "）", ")"):
            yield paragraph[start : offset + 1]
            start = offset + 1
        last = char
    yield paragraph[start:]


def _walk(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each character with its place and whether it stands outside all quotation marks and brackets."""
    open_marks: list[str] = []
    last = {mark: text.rfind(closing) for mark, closing in OPENING.items()}
    for index, char in enumerate(text):
        if open_marks and char == open_marks[-1]:
            open_marks.pop()
        elif index < last.get(char, -1):
            open_marks.append(OPENING[char])
        yield index, char, not open_marks


def _belongs(quotation: str, following: str) -> bool:
    """Return whether `following`, such as 某某说…, says who spoke the quotation before it."""
    loose = quotation.strip().startswith("“") and quotation.rstrip().endswith("”")
    return loose and _SPEAKER.match(following) is not None


def fold(text: str) -> str:
    """The text with Chinese punctuation, but for 1,250 and 9:30, and without stray spaces.

    An article may hold anything: markup and unseen characters go, and braces become brackets, so that nobody but an
    editor can set a reading or pause mark.
    """
    harmless = _UNSEEN.sub("", _MARKUP.sub("", text)).translate(_BRACES)
    folded = _MARKS.sub(lambda mark: mark[0].translate(_HALF_WIDTH), harmless)
    spaceless = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", folded)
    return re.sub(r"\s+", " ", spaceless).strip()


def clauses(sentence: str) -> list[str]:
    """The clauses of a folded sentence, each with the mark that ends it; joined they are the sentence again."""
    parts, start = [], 0
    for offset, char, closed in _walk(sentence):
        if closed and char in CLAUSE_ENDS:
            parts.append(sentence[start : offset + 1])
            start = offset + 1
    return [*parts, sentence[start:]] if start < len(sentence) else parts


_STUMP_HEAD = re.compile(
    r"^[\s]*(?:[”’》）)、，。；：,;%％]|\d+[\d.]*(?:[%％]|人次|分钟|[米元人家个吨][内以，。,]))"
)


def is_stump(source: Source, article: Article) -> bool:
    """Return whether a sentence lost its beginning, its end, or half of a pair of marks.

    A paragraph that ends without a final mark and is too long for a heading was broken there: the sentence that opens
    the next one is its rest.
    """
    text = source.text
    if source.pieces:
        return False
    if any(
        text.count(opening) != text.count(right)
        for opening, right in (("“", "”"), ("《", "》"), ("（", "）"))
    ):
        return True
    if _STUMP_HEAD.match(text):
        return True
    if not source.opens or source.paragraph == 0:
        return False
    return _is_broken(article.paragraphs[source.paragraph - 1])


_AWAITS_FIGURE = re.compile(
    r"[，,。][^。]{4,}(?:[快慢高低多少涨跌增降减达约超为至到近第]|[\u4e00-\u9fff]有|收入|租金|提高|增长|下降|减少|节省|共|仅|万|每|\d)$"
)
"""Ends of a paragraph that was broken before a figure."""
_BEGINS_WITH_FIGURE = re.compile(r"\.?\d[\d.,]*[\u4e00-\u9fff%℃]|[余近]?万[\u4e00-\u9fff]")
TAIL = 60
"""Characters of a paragraph's end that tell whether it was broken."""
HEADING_CHARS = 26
"""Characters that a heading inside an article has at most."""


def _is_broken(paragraph: str) -> bool:
    """Return whether a paragraph ends in mid-sentence."""
    line = paragraph.strip()
    if line.rstrip("”’」』）)")[-1:] in tuple(ENDINGS) or line[-1:] in tuple("：:；;"):
        return False
    tail = re.split(r"[。！？]", line)[-1]
    return len(tail) > HEADING_CHARS or "。" in line or line[-1:].isdigit() or line[-1:] in tuple("，、,")
