"""Compare scopes, superlatives, quantifiers and other words of which only one can be true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.facts.modality import ALL, FIRST, ONLY, SOME
from briefing.editorial.facts.opposites import FAMILIES, FAMILY
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_LEVELS = FAMILIES[0]
_UNITS = {unit: place for place, unit in enumerate("村镇区县市省")}
_WORD = re.compile("|".join(sorted((word for word in FAMILY if len(word) > 1), key=len, reverse=True)))
_FIRST = re.compile(
    "|".join(sorted(FIRST - {"首", "第一", "第一次", "第一个", "第一家", "第一批"}, key=len, reverse=True))
)
_ANY_FIRST = re.compile(r"首(?![席都要府尔长末脑饰])|第一|率先|先河|冠|领跑|开先|头一|最早")
_FIRST_TIME = re.compile(r"首(?![席都要府尔长末脑饰位])|第一次|头一[次回]|第一[个家批张座条]")
_ONLY = re.compile("|".join(sorted(ONLY, key=len, reverse=True)))
_MOST = re.compile(r"最(?:大|好|强|美|先进|受欢迎|满意|重要|权威|严重|严格|佳|优|著名|热门|抢手|火)")
_STRONG_ALL = re.compile(r"一致(?=[同认主赞反通决])|全部|所有|全体|一律|全都|悉数|一概|无一例外|清一色|全员")
_ANY_ALL = re.compile(
    r"全部|所有|全体|一律|全都|都|均|悉数|全(?!市|省|国|区|县|年|长|面|新|程|力|球|媒|民|会|镇)|各|凡|每|皆|百分之百|100%|一概|整个|无一"
)
_SOME = re.compile(r"部分(?!别)|个别|少数|有的|一些")
_WHOLLY = re.compile(r"全部|全都|全由|独自|一力|全额")
_SHARED = re.compile(
    r"各(?:承担|出|负担|占|付)|分摊|各一半|对半|共同(?:承担|负担|出资|支付)|按比例(?:承担|分担)"
)
_MOSTLY = re.compile(r"大部分|大多数|多数|大半|绝大")


def check_scope(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each scope, superlative or quantifier that the sources do not have."""
    yield from _check_families(spoken, evidence)
    yield from _check_superlatives(spoken, evidence)
    yield from _check_quantifiers(spoken, evidence)


def _check_families(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    source = _WORD.findall(evidence.text)
    theirs = {ranks for word in source for ranks in FAMILY[word]}
    for match in _WORD.finditer(spoken.text):
        for family, member in FAMILY[match[0]]:
            others = [word for word in source if any(other == family for other, _ in FAMILY[word])]
            if (family, member) in theirs or match[0] in evidence.whole:
                continue
            if family == 0:
                yield from _check_level(match, member, others, evidence)
            elif others and not any(word in spoken.text for word in others):
                what = f"原文是“{others[0]}”，不是“{match[0]}”"
                yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), others[0])


def _check_level(
    match: re.Match[str], member: int, others: list[str], evidence: Evidence
) -> Iterator[UnsupportedClaim]:
    """Doubt 全省 where the sources say 全市; 全市 for the paper's own place is known."""
    if member == _UNITS.get(evidence.place[-1:], -1):
        return
    what = f"原文是“{others[0]}”，不是“{match[0]}”" if others else f"来源里没有“{match[0]}”"
    if others or match[0].startswith("全"):
        yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), others[0] if others else "")


def _check_superlatives(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    body, rest = [reading.text for reading in evidence.body], "\n".join(evidence.rest)
    for match in _FIRST.finditer(spoken.text):
        pattern = _FIRST_TIME if match[0] in {"首次", "首度"} else _ANY_FIRST
        if not any(pattern.search(text) for text in body) and match[0] not in rest:
            yield UnsupportedClaim(ClaimKind.SCOPE, f"来源里没有“{match[0]}”", match.start(), match.end())
    for pattern in (_ONLY, _MOST):
        for match in pattern.finditer(spoken.text):
            is_supported = match[0][:2] in evidence.whole or (match[0][0] == "最" and "最" in evidence.text)
            if not is_supported and match[0] not in evidence.whole:
                yield UnsupportedClaim(ClaimKind.SCOPE, f"来源里没有“{match[0]}”", match.start(), match.end())


def _check_quantifiers(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    text = evidence.text
    for pattern, weaker in ((_STRONG_ALL, _ANY_ALL), (_MOSTLY, _MOSTLY)):
        match = pattern.search(spoken.text)
        if match and not weaker.search(text):
            yield UnsupportedClaim(ClaimKind.SCOPE, f"来源里没有“{match[0]}”", match.start(), match.end())
    match = _WHOLLY.search(spoken.text)
    shared = _SHARED.search(text)
    if match and shared and not _SHARED.search(spoken.text):
        what = f"原文是“{shared[0]}”，不是“{match[0]}”"
        yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), shared[0])
    match = _SOME.search(spoken.text)
    everything = _STRONG_ALL.search(text)
    if match and everything and not any(word in text for word in SOME):
        what = f"原文是“{everything[0]}”，不是“{match[0]}”"
        yield UnsupportedClaim(ClaimKind.SCOPE, what, match.start(), match.end(), everything[0])


__all__ = ["ALL", "check_scope"]
