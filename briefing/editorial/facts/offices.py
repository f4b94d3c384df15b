"""Offices and who holds them: 副 is never nothing, and a name belongs to its own office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.facts.tables import read_lines, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS = read_words("offices")
"""What people are called by in front of their names."""

_HEAD = "|".join(sorted(set(HEADS), key=len, reverse=True))
SURNAMES = "".join(read_lines("surnames"))
"""Surnames, as in 《百家姓》, with the usual ones that it lacks."""

COMPOUND_SURNAMES = read_words("compound_surnames")
_NAME = r"[\u4e00-\u9fff]{2,4}?"
_OFFICE = re.compile(rf"(?P<deputy>副|代理|代|原|前任?|常务副|执行|名誉|候任)?(?P<head>{_HEAD})(?=、|兼|$)")
_BREAK = re.compile(r"[，。；：！？“”‘’（）\s]")
_AGENT = re.compile(r"(?<![自理事])由(?!于)")
_PART = re.compile(r"、|兼任?|暨|和")


@dataclass(frozen=True, slots=True)
class Office:
    """An office: the body before it, 副 or another reservation, and what it is called."""

    body: str
    """The words in front, such as 市发展改革委; may be empty."""
    deputy: str
    """副, 代, 原 or empty."""
    head: str
    """What the office is called: 局长."""


def parse_offices(title: str) -> tuple[Office, ...]:
    """Return the offices that a run of words before a name holds; empty when it holds none."""
    collected: list[Office] = []
    for part in _PART.split(title):
        match = re.search(
            rf"(?P<deputy>常务副|副|代理|代|原来的?|原|前任|前|执行|名誉|候任)?(?P<head>{_HEAD})$", part
        )
        if match:
            collected.append(Office(part[: match.start()], _plain(match["deputy"] or ""), match["head"]))
    return tuple(collected)


def _plain(deputy: str) -> str:
    return {"常务副": "副", "代理": "代", "前": "原", "前任": "原", "原来": "原", "原来的": "原"}.get(
        deputy, deputy
    )


def titles_before(text: str, name: str) -> Iterator[tuple[int, str]]:
    """Each place of a name in a text with the run of words that stands right before it."""
    index = text.find(name)
    while index >= 0:
        before = text[max(0, index - 40) : index]
        breaks = [match.end() for match in _BREAK.finditer(before)]
        yield index, _AGENT.split(before[breaks[-1] if breaks else 0 :])[-1]
        index = text.find(name, index + len(name))


_NAMED_BEHIND = r"(?:被?任命|提名|选举)?(?P<verb>为|任|担任|出任|接任|当选为?|就任)(?P<title>[^，。；]{2,16})"
_NAMED_BY = r"(?P<title>[^，。；]{2,16}?)由[^，。；]{0,14}$"


def titles_behind(text: str, name: str) -> Iterator[str]:
    """The offices that a text gives to a name behind it, or before 由: 任命某某为代理市长, 代理市长由某某担任."""
    for match in re.finditer(re.escape(name) + _NAMED_BEHIND, text):
        yield re.split(r"、|，", match["title"])[0]
    for match in re.finditer(re.escape(name) + "(?:担任|出任|代理|接任|兼任)", text):
        before = re.search(_NAMED_BY, text[max(0, match.start() - 34) : match.start()])
        if before:
            yield before["title"]


_FOLLOWS = (
    r"(?=(?:一行|率|说|表示|指出|强调|介绍|要求|认为|透露|提醒|宣布|主持|出席|参加|讲话|来|前往|在|到|赴|等|带|告诉|坦言|建议|希望|、|，|。|的|和|与|及|就|对|向|为|以|从|今年|当|已|也|则|还|同|先后|深入|陪同|作|致|坐镇|连夜|"
    r"笑|回忆|感叹|解释|分析|（|家住|打算|辞|带领|扳|首开|头球|接受|获|把|将|被|给|用|连|正|刚|负责|担任|代表|敲|背|开|卖|扛|呼吁|补充|指|称|谈|现场|进行|联|捐|是|有|$))"
)
_TITLED = re.compile(rf"(?:{_HEAD})(?P<name>{_NAME}){_FOLLOWS}")
_SPEAKER = re.compile(
    rf"(?:^|[，。；：”])(?P<name>{_NAME})(?:说|表示|指出|强调|介绍|认为|透露|坦言|回忆|要求|告诉)"
)
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,8})+")
_TITLED_FOREIGN = re.compile(
    rf"(?:{_HEAD})(?P<name>[\u4e00-\u9fff]{{1,7}}(?:·[\u4e00-\u9fff]{{1,8}}?)+?)(?=说|认为|表示|在|介绍|，|。|、|称|指出|以|的|于|获|夺|和|与)"
)
_SPEECH_END = re.compile(r"(?:说|表示|认为|介绍|称|指出|强调|透露|告诉)+$")
_SOMEBODY = re.compile(rf"[{SURNAMES}]某(?:某|[甲乙丙丁])?")
_SHORT, _LONG = 2, 3


def find_names(text: str) -> tuple[str, ...]:
    """Return the names of people in a text: behind an office, or at the head of what they say."""
    collected = dict.fromkeys(_SPEECH_END.sub("", match["name"]) for match in _TITLED_FOREIGN.finditer(text))
    collected |= dict.fromkeys(match[0] for match in _SOMEBODY.finditer(text))
    foreign = _FOREIGN.search(text) is not None
    for match in (*_TITLED.finditer(text), *_SPEAKER.finditer(text)):
        if is_name(match["name"]) and not foreign:
            collected[match["name"]] = None
    return tuple(collected)


_NOT_NAMES = re.compile(
    r"[的了在是和与将已对向从我你他她这那们说时]|^(?:时间|方面|和平|安全|经济|高度|平均|明确|明显|成立|成为|温度|程度|关于|关注|任何|任务|全部|全面|全体|向前|应当|常态|通过|强调|强化|管理|连续|古城|石油|金融|金额|江北|江南|东盟|宁波|平安|安置|安装|水库|水位|水平|空间|空气|国家|国际|文化|文明|红色|居民|居家|公司|公里|公开|农民|农村|农业|牛奶|米饭|花园|车站|车辆|路段|路面|山区|山城|井盖|白天|黄色|金色|蓝色|华侨|华东|华北)"
)


def is_name(word: str) -> bool:
    """Return whether a word is built like a Chinese person's name, or has the point of a foreign one."""
    if "·" in word:
        return True
    if not _SHORT <= len(word) <= _LONG + 1 or _NOT_NAMES.search(word):
        return False
    if word[:2] in COMPOUND_SURNAMES:
        return len(word) > _SHORT
    return word[0] in SURNAMES and len(word) <= _LONG
