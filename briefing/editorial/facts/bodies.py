"""Public bodies under their short and their full names: 市发改委 is 市发展和改革委员会.

A short name takes characters of the full one in order, so that most pairs need no table.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TYPES = "局委厅部办院会所站队中心"
_LONG_TYPES = (
    ("委员会", "委"),
    ("办公室", "办"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("人民政府", "政府"),
)
_LEVEL = re.compile(r"^(?:中共)?(?P<level>国家|省|市|区|县|镇|乡|州)")
_HAS_BODY = re.compile(r"[局委厅部办院会署社行校馆台队站司]|中心|公司|集团|大学|医院|政府|法院")


@lru_cache(maxsize=8192)
def are_same_body(spoken: str, held: str, place: str = "") -> bool:
    """Return whether two names before an office mean one body; `place` is what 我区 means."""
    ours, theirs = _plain(spoken, place), _plain(held, place)
    if not ours or not theirs or ours == theirs:
        return True
    if ours.endswith(theirs) or theirs.endswith(ours):
        return True
    short, long = sorted((_short(ours), _short(theirs)), key=len)
    if short[-1:] != long[-1:]:
        return not (_HAS_BODY.search(short) and _HAS_BODY.search(long))
    return is_subsequence(short, long)


def _plain(name: str, place: str) -> str:
    """The name without its place and its party's prefix."""
    bare = re.sub(r"^(?:原|时任|来自|由|据|和|与)", "", name)
    for prefix in (place, place[:-1] if len(place) > 2 else "", "我" + place[-1:], "本" + place[-1:]):  # noqa: PLR2004 - a stem of two characters
        if prefix and bare.startswith(prefix):
            bare = bare[len(prefix) :]
            break
    return re.sub(r"^[省市区县镇](?=[^\s]{2})", "", bare.replace("中共", ""))


def _short(name: str) -> str:
    for long, short in _LONG_TYPES:
        name = name.replace(long, short)
    return name.replace("和", "").replace("与", "")


def is_subsequence(short: str, long: str) -> bool:
    """Return whether the characters of one stand in the other, in order."""
    rest = iter(long)
    return all(char in rest for char in short)
