"""The paper's own place by its name: 我市, 全市, 市教育局 mean nothing to who does not hold the paper."""

from __future__ import annotations

import re

_UNITS = "省市区县州镇乡旗"
_OURS = r"(?:我|本|咱们?)"
_BODY = re.compile(
    r"(?:(?<=^)|(?<=[，。；：、由从与和对向经据让的被给]))(?P<unit>[省市区县州])(?="
    r"(?:委(?!员)|政府|人大|政协|人民|长[\u4e00-\u9fff]|第[一二三四五六七八九十\d]|纪委|直|属|重点|级机关|[一二三四五六七八九十]中|(?!场(?!监)|民|面|值|内|外|上|里|中心城|辖|容|区|级)[\u4e00-\u9fff]{1,10}?(?:委|局|会|院|办|中心|联|队|公司|部|集团|馆|站|台|社|校|中|医院|大学|学院|协会|银行)))"
)


def name_place(text: str, where: str) -> str:
    """Return the text with 我区, 本市 as the place's name; an empty place leaves it."""
    unit = where[-1:]
    if not unit or unit not in _UNITS:
        return text
    return re.sub(rf"{_OURS}{unit}(?![\u4e00-\u9fff]?(?:间|域))", where, text)


def name_home(text: str, where: str) -> str:
    """Return the text with its first 市教育局, 副市长 or 全市 belonging to its place, unless the place is named."""
    unit, name = where[-1:], where[:-1]
    if not unit or unit not in _UNITS or not name or name in text:
        return text
    body = next((match for match in _BODY.finditer(text) if match["unit"] == unit), None)
    whole = text.find(f"全{unit}")
    deputy = re.search(rf"(?<![\u4e00-\u9fff])副{unit}长", text)
    if body is not None and (whole < 0 or body.start() < whole):
        return text[: body.start()] + name + text[body.start() :]
    if deputy:
        return text[: deputy.start()] + where + text[deputy.start() :]
    return text.replace(f"全{unit}", where, 1)
