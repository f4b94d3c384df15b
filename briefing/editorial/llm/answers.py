"""Read a model's answer: harmless forms are repaired, hostile and foreign sentences are left out.

Thinking, code fences and talk around the JSON go; ℃ becomes 摄氏度; a source given as "3" is source 3.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_SENTENCE = 200
"""Characters; a longer one is no sentence for the ear."""
LEAST_HAN = 0.4
"""Share of a sentence that must be Han: a Latin product name is harmless, another language is not."""
HOSTS = 2
"""Hosts of a conversation."""
_MOST_STARTS = 20
"""Braces at which a JSON object may begin, behind talk."""
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_UNOPENED = re.compile(r"\A.*?</think(?:ing)?>", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*|__|^#+\s*|`")
_UNHEARD = re.compile(
    r"[<>{}\[\]*#`_|\\]|https?:|www\.|作为(?:一个|一名)?(?:AI|人工智能|语言模型|大模型|播音员)|我(?:无法|不能|很抱歉)|(?:很|非常)?抱歉[，。]|对不起[，。]"
    r"|^(?:好的|当然|以下是)|希望(?:这|以上).{0,8}帮助|tool_call|function_call|忽略.{0,8}指令|(?:编号|字数上限|原文句子|素材).{0,10}(?:要求|指令)|扫码|加微信|点击链接|关注公众号|优惠码"
)
"""Markup, apologies, the prompt itself, advertisements, and what models say of themselves: never on the air."""
_SIGNS = {
    "℃": "摄氏度",
    "㎡": "平方米",
    "m²": "平方米",
    "km/h": "公里每小时",
    "％": "%",
    "～": "到",
    "—": "，",
    "·": "·",
    "＋": "+",
}
_BLANKS = re.compile(r"\s+")


class RefusedError(Exception):
    """An answer that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer with the numbers of the sources that it names."""

    text: str
    sources: tuple[int, ...]
    speaker: int = 0
    """Host who says it, 1 or 2; 0 where one anchor reads."""


def read_answer(text: str, count: int) -> tuple[Line, ...]:
    """Return the usable sentences of an answer about `count` numbered sources; raises RefusedError if there are none."""
    rows = find_value(find_object(text, "sentences"), "sentences")
    if not isinstance(rows, list):
        raise RefusedError("the answer has no sentences")
    lines = tuple(_lines(rows, count))
    if not lines:
        raise RefusedError("no sentence of the answer is for the ear")
    return lines


def _without_thinking(text: str) -> str:
    return _UNOPENED.sub("", _THINKING.sub("", text), count=1) if "think" in text else text


def find_object(text: str, key: str) -> object:
    """Return the first JSON object with a key in an answer, whatever stands around it; raises RefusedError without one."""
    decoder = json.JSONDecoder()
    text = _without_thinking(text)
    for match, _ in zip(re.finditer(r"\{", text), range(_MOST_STARTS), strict=False):
        try:
            value: object = decoder.raw_decode(text, match.start())[0]
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and key in value:
            return value
    raise RefusedError("the answer is no JSON")


def _lines(rows: list[object], count: int) -> Iterator[Line]:
    for row in rows:
        text, named = find_value(row, "text"), find_value(row, "sources")
        sources = tuple(dict.fromkeys(_numbers(named, count)))
        if isinstance(text, str) and sources and (repaired := repair_sentence(text)):
            speaker = next(_numbers(find_value(row, "speaker"), HOSTS), 0)
            yield Line(repaired, sources, speaker)


def _numbers(named: object, count: int) -> Iterator[int]:
    for number in named if isinstance(named, list) else [named]:
        if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 6:  # noqa: PLR2004 - no article has so many sentences
            number = int(number)  # noqa: PLW2901 - a source given as "3" is source 3
        if type(number) is int and 1 <= number <= count:
            yield number


def repair_sentence(text: str) -> str:
    """Return a sentence in a form for the ear; empty if it is none."""
    plain = _EMPHASIS.sub("", text.strip())
    for sign, word in _SIGNS.items():
        plain = plain.replace(sign, word)
    plain = _BLANKS.sub("", plain) if han_count(plain) else plain
    unheard = not plain or len(plain) > LONGEST_SENTENCE or _UNHEARD.search(plain)
    if unheard or han_count(plain) < LEAST_HAN * len(plain):
        return ""
    return plain if plain[-1] in "。！？" else plain.rstrip("，；：、.") + "。"


def find_value(value: object, *keys: str | int) -> object:
    """Return what stands under the keys and indices, one in the other; None when it is not there."""
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value
