"""Names that a headline needs: the place of what it tells, and who was beaten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin.tagger import tag_words
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.source_page import Page
    from briefing.model import Article

MAX_HAN = 28
"""Han characters of a headline."""
READ = 3000
"""Characters of the article in which a title's figures are looked for."""

_PLACES = frozenset({"LOC", "ORG", "ns", "nt"})
_OPENERS = frozenset({"n", "nz", "a", "vn"})
"""Parts of speech of a headline's first word before which a place can stand."""
_ADMINISTRATIVE = re.compile(r"[国省市区县州镇乡村旗]$|^(?:南欧|欧洲|非洲|安第斯|西太平洋)")
_LOCAL = re.compile(r"[我本全][省市县区州]|[市县区][\u4e00-\u9fff]{2,8}[局委院]")
"""Words by which an article is of its paper's own city."""
_PLACED = re.compile(r"[\d一二两三四五六七八九十]+[个名家条所座项辆万路位户套件]|“")
_BEATS = "险胜|逆转|大胜|完胜|战胜|击败"
_WON = re.compile(r"(\d+比\d+)(?:险胜|逆转|大胜|完胜)(?=[，。])")
_WIDE = re.compile(r"我国|中国|全国|全球|世界|国际|国家|国产|全省")
"""Openings of headlines that are not of the paper's own place."""
_TIME_AHEAD = re.compile(
    r"^(?:\d{1,2}月(?:\d{1,2}日)?起?，?|[今去明]年|[前昨今明]天(?:起)?，?|[本下]?周[一二三四五六日末]，?|[本下]周，?|上半年|[一二三四]季度)"
)


def name_loser(text: str, sentences: Sequence[str]) -> str:
    """Return a headline of a victory with who was beaten, where a sentence of the story names it."""
    won = _WON.search(text)
    if not won:
        return text
    losers = re.compile(rf"{won[1]}(?:{_BEATS})([\u4e00-\u9fff]{{2,8}})[，。；]")
    found = next(filter(None, map(losers.search, sentences)), None)
    named = f"{text[: won.end()]}{found[1]}{text[won.end() :]}" if found else text
    return named if han_count(named) <= MAX_HAN else text


def name_where(text: str, sentences: Sequence[str], page: Page) -> str:
    """Return a headline with its place at its head, where the story names that and the headline names none."""
    name = page.place[:-1]
    if not name or not any(name in sentence for sentence in sentences[:2]):
        return text
    return _put_place(text, page.place, _OPENERS)


def name_city(text: str, article: Article, place: str) -> str:
    """Return the first headline of a programme with its city, where the article is of the city and names no other."""
    printed = article.text[:READ]
    if not place or not (place[:-1] in printed or _LOCAL.search(printed)):
        return text
    return _put_place(text, place, _OPENERS | _PLACES)


def _put_place(text: str, place: str, openers: frozenset[str]) -> str:
    """Return a headline with a place after its time, if it has none and opens with one of these parts of speech."""
    if place[:-1] in text or _WIDE.search(text) or _names_place(text):
        return text
    ahead = _TIME_AHEAD.match(text)
    head = ahead[0] if ahead else ""
    rest = text[len(head) :].removeprefix(place[-2:])
    if tag_words(rest)[0].flag not in openers and not _PLACED.match(rest):
        return text
    where = place[:-1] if rest.startswith(("县城", "市区")) else place
    return f"{head}{where}{rest}" if han_count(text) + len(where) <= MAX_HAN else text


def _names_place(text: str) -> bool:
    """Return whether a headline names a place or a body that a listener can place; a bridge or a road is none."""
    outside = re.sub(r"“[^”]*”", "", text)
    return any(
        token.flag == "ORG" or _ADMINISTRATIVE.search(token.word)
        for token in tag_words(outside)
        if token.flag in _PLACES
    )
