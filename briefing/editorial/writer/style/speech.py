"""Quotations as indirect speech: who speaks first, then what; 我们 becomes 他们."""

from __future__ import annotations

import re

_SAY = r"(?:告诉(?:《[^》]*》|[\u4e00-\u9fff]{0,4})?记者|[\u4e00-\u9fff]{0,2}(?:介绍|表示|指出|强调|认为|透露|坦言|直言|回忆|感慨|解释|提醒|建议|呼吁|补充|感叹|笑着|高兴地|激动地)(?:说|道)?|说道?|如是说)"
_WHO = r"[^，。；：“”！？]{1,44}?"
_BEFORE = re.compile(
    rf"^“(?P<words>[^“”]{{4,}})”(?P<who>{_WHO})(?P<say>{_SAY})(?P<rest>[，：。].*)?$", re.DOTALL
)
_AFTER = re.compile(
    rf"^(?P<head>(?:[^“”。；：]{{0,40}}，)?)(?P<who>{_WHO})(?P<say>{_SAY})[，：]?“(?P<words>[^“”]{{4,}})”(?P<rest>.*)$",
    re.DOTALL,
)
_BARE = re.compile(r"^“[^“”]{6,}”[。！？]?$")
_DIRECT = re.compile(r"[你您咱俺]|[？！]|……|——")
_SAID = {"告诉记者": "说", "如是说": "说", "说道": "说", "笑着说": "说", "高兴地说": "说", "激动地说": "说"}


def make_indirect(text: str) -> str | None:
    """Return the sentence with its quotation as indirect speech; None where it cannot be one.

    A quotation of a few words inside a sentence is a name or a term, and stays.
    """
    if _BARE.match(text):
        return None
    if match := _BEFORE.match(text):
        rest = (match["rest"] or "").lstrip("，：。")
        more = re.fullmatch(r"“([^“”]*)”[。]?", rest)
        tail = more[1] if more else rest
        joined = match["words"].rstrip("。，！") + (f"，{tail}" if tail else "")
        return _indirect(match["who"], match["say"], joined)
    match = _AFTER.match(text)
    if match and (_is_clause(match["words"])):
        rest = match["rest"].lstrip("。，")
        return _indirect(
            match["head"] + match["who"],
            match["say"],
            match["words"].rstrip("。，！") + (f"，{rest}" if rest else ""),
        )
    return text


def _is_clause(words: str) -> bool:
    return re.search(r"[，。；]", words) is not None or len(words) > 8  # noqa: PLR2004 - shorter ones are terms


def _indirect(who: str, say: str, words: str) -> str | None:
    if _DIRECT.search(words):
        return None
    verb = "说" if "告诉" in say else _SAID.get(say, say)
    return f"{who}{verb}，{turn_first_person(words).rstrip('。')}。"


def turn_first_person(words: str) -> str:
    """Return what somebody says of himself as somebody else tells it."""
    reported = re.sub(r"我们(?!国)", "他们", words)
    return re.sub(r"我(?![国省市县区校党军院])", "自己", reported)
