"""Persons of a printed title: whether it names who it happened to, and the name that the story has for him."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRONOUN = re.compile(r"(?<!其)[他她](?![人乡国])")
_PERSON = re.compile(r"[人员师生民手者孩童警兵夫妇妈爸嫂爷奶叔姨娃匠某伯]")
_WITHOUT_PERSON = frozenset({"vn", "v", "s", "f", "t", "TIME"})
_ON_THE_WAY = re.compile(r"[\u4e00-\u9fff]{2}(?:途中|路上|时)$")
_NAMED = re.compile(r"(?P<name>[\u4e00-\u9fff]某)[^。被]{0,60}被(?P<act>[^，。]{1,30})")
_TRADE = re.compile(
    r"(?:外卖|送餐|快递|配送|保洁|环卫|装修|维修|建筑|护理|驾驶|消防|服务|售货|保安|搬运|清洁|家政|骑)(?:员|手|工人?|骑手)$"
)


def names_nobody(title: str) -> bool:
    """Return whether a title tells of somebody whom it does not name: a bare pronoun, or a passive without a person."""
    pronoun = _PRONOUN.search(title)
    if pronoun and not _PERSON.search(title[: pronoun.start()]):
        return True
    before, passive, _ = re.split(r"[ ，]", title)[0].partition("被")
    if not before or not passive:
        return False
    return bool(_ON_THE_WAY.match(before)) or all(
        token.flag in _WITHOUT_PERSON for token in tag_words(before)
    )


def name_sufferer(title: str, sentences: Sequence[str]) -> str:
    """Return a title whose first part is a passive without a person, with his trade from the story at its head."""
    _, passive, act = re.split(r"[ ，]", title)[0].partition("被")
    if not passive or not names_nobody(title):
        return title
    verbs = [token.word for token in tag_words(act) if token.flag == "v" and len(token.word) > 1]
    hits = (hit for sentence in sentences for hit in _NAMED.finditer(sentence))
    name = next((hit["name"] for hit in hits if any(verb in hit["act"] for verb in verbs)), "")
    trade = _find_trade(name, sentences) if name else ""
    return trade + title


def _find_trade(name: str, sentences: Sequence[str]) -> str:
    """Return the trade that stands before a person's name in a sentence; "" without one."""
    before = (sentence.partition(name)[0] for sentence in sentences if name in sentence)
    trades = filter(None, map(_TRADE.search, before))
    return next((trade[0] for trade in trades), "")
