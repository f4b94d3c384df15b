"""People of an article: under which office each is introduced, and whom a pronoun means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.editorial.writer.officialese import shorten_offices
from briefing.mandarin.segmenter import Token
from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OFFICE_END = (
    "书记|主任|局长|部长|区长|县长|市长|省长|镇长|乡长|村长|州长|主席|院长|校长|所长|站长|馆长|处长|科长|厅长|司长|会长|理事长|秘书长|董事长|总经理|经理|总裁|总监|检察长|"
    "工程师|队长|教授|研究员|负责人|专家|委员|政委|厂长|社长|代表|主管|医师|医生|班长|园长|行长|店长|组长|主播|教练|选手|球员|队员|总干事|干事|总统|总理|首相|外长|大臣|"
    "发言人|创始人|分析师|气象学家|学家|科学家|学者|院士|博士|讲师|老师|教师|护士|护士长|司机|驾驶员|民警|警官|律师|法官|检察官|审判长|村民|居民|市民|农户|农民|大户|种植户|养殖户|"
    "退休职工|职工|工人|挡车工|传承人|设计师|总设计师|策展人|馆员|保安|志愿者|学生|同学|家长|老人|创业者|飞手|船长|领队|导演|演员|作家|画家|歌手|冠军|支书|乡亲|店主|老板|卖家|"
    "业主|网格员|社工|快递员|骑手|技术员|预报员|首席预报员|研究生|同志|先生|女士|调解员|协管员|讲解员|操作员|消防员|救援队员|安全员|指导员|辅导员|评论员|记者|摊主|摊贩|渔民|牧民|船员"
)
_OFFICE = re.compile(rf"(?:{OFFICE_END}|[\u4e00-\u9fff]{{1,3}}(?:长|员|师|手|家|人|户|工|者))$")
_SAYS = "说|表示|介绍|指出|强调|告诉|认为|坦言|感叹|透露|提醒|回忆|建议|希望|要求|宣布|解释"
_NAMED = re.compile(
    rf"(?:{OFFICE_END})(?P<name>[\u4e00-\u9fff]{{2,3}}?)(?=(?:还|则|同时|也|在[^，]{{1,10}}时)?(?:{_SAYS}|率|带队|一行|出席|参加|主持))"
)
_TEAM = re.compile(r"(?:[男女][排足篮]|队)$")
_BODY_PARTS = frozenset({"n", "nz", "nw", "ORG", "LOC", "vn", "s", "a", "an", "b", "f", "j"})
_LONG_OFFICE = 16
"""Characters of an office above which its last part is said alone."""


@dataclass(frozen=True, slots=True)
class People:
    """Names of an article with the office each is introduced by; "" where the article gives none."""

    offices: Mapping[str, str] = field(default_factory=dict)
    rests_on: Mapping[str, str] = field(default_factory=dict)

    def names_in(self, text: str) -> list[str]:
        """Return the known names in a text, in order of place."""
        positions = [(text.find(name), name) for name in self.offices if name in text]
        return [name for _, name in sorted(positions)]


def tag_people(text: str, names: Iterable[str]) -> tuple[Token, ...]:
    """Return the words of a text, each of the known names one word of the kind PER."""
    tokens = tag_words(text)
    for name in names:
        if name in text:
            tokens = _named(tokens, text, name)
    return tokens


def _named(tokens: Sequence[Token], text: str, name: str) -> tuple[Token, ...]:
    places, start = [], text.find(name)
    spans = []
    while start >= 0:
        spans.append((start, start + len(name)))
        start = text.find(name, start + len(name))
    for token in tokens:
        end = token.start + len(token.word)
        span = next(((low, high) for low, high in spans if token.start < high and end > low), None)
        if span is None or (token.start <= span[0] and end >= span[1] and token.flag == "PER"):
            places.append(token)
            continue
        low, high = span
        if token.start < low:
            places.append(Token(text[token.start : low], token.flag, token.start))
        if not any(token.start == low and token.flag == "PER" for token in places[-3:]):
            places.append(Token(name, "PER", low))
        if end > high:
            places.append(
                Token(text[high:end], "v" if re.fullmatch(_SAYS, text[high:end]) else token.flag, high)
            )
    return tuple(places)


def find_people(sentences: Sequence[tuple[str, str]], place: str = "") -> People:
    """Return who is named in sentences (bare text, printed text), with the office at the first place that gives one.

    The page's `place` and its teams are no people, whatever a tagger takes them for.
    """
    names: dict[str, str] = {}
    sources: dict[str, str] = {}
    spoken = {match["name"] for text, _ in sentences for match in _NAMED.finditer(text)}
    for text, printed in sentences:
        tokens = tag_people(text, spoken)
        for index, token in enumerate(tokens):
            if token.word in {place, place[:-1]} or _TEAM.search(token.word):
                continue
            if token.flag != "PER" or len(token.word) < 2:  # noqa: PLR2004 - a surname is no name
                continue
            office = _office_before(tokens, index)
            if office and not names.get(token.word):
                names[token.word], sources[token.word] = office, printed
            names.setdefault(token.word, "")
            for family in token.word.split("·") if "·" in token.word else ():
                if office and not names.get(family):
                    names[family], sources[family] = office, printed
                names.setdefault(family, names[token.word])
    return People(names, sources)


def _office_before(tokens: Sequence[Token], index: int) -> str:
    """Return the office printed right before the name with the body it belongs to; empty when there is none."""
    start = index
    while start > 0 and (
        tokens[start - 1].flag in _BODY_PARTS or tokens[start - 1].word in {"、", "·", "“", "”"}
    ):
        start -= 1
    words = "".join(token.word for token in tokens[start:index]).lstrip("、")
    words = shorten_offices(words)
    if not _OFFICE.search(words):
        return ""
    if len(words) > _LONG_OFFICE and "、" in words:
        parts = words.split("、")
        words = parts[-1] if len(parts[-1]) > 4 and not parts[-1].startswith("副") else "、".join(parts[-2:])  # noqa: PLR2004 - Han characters of an office
    return words
