"""Compare quotations, word for word, and the reasons that a sentence gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.guard.checks.novelty import UNSUPPORTED
from briefing.editorial.guard.likeness import likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_QUOTED = re.compile(r"[“《]([^”》]{1,200})[”》]")
_MARKS = re.compile(r"[，。；：、！？…—·\s“”‘’「」]")
_CAUSE = re.compile(
    r"因为|由于|(?<![原起])因(?![此而素地人特子])|受(?=[^，。]{1,14}(?:影响|带动|推动|冲击|制约))|缘于|源于|归因于|得益于|归功于|多亏|出于|是[^，。]{0,20}(?:的)?(?:主要)?原因|原因是"
)
_EFFECT = re.compile(
    r"导致|造成|引发|引起|致使|使得|酿成|促使|以致|因此|所以|因而|从而|诱发|带来|(?:主要)?由于"
)
_REASON = 8
"""Characters of a cause that say what it is."""


def check_quotations(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each quotation that no source has word for word."""
    source = _bare(evidence.whole)
    for match in _QUOTED.finditer(spoken.text):
        bare = _bare(match[1])
        if bare and bare not in source and not _is_paper(match[0]):
            yield UnsupportedClaim(
                ClaimKind.QUOTATION, f"来源里没有这句引语“{match[1]}”", match.start(), match.end()
            )


def _bare(text: str) -> str:
    """The text without marks, a plus sign as it is said."""
    return _MARKS.sub("", text.replace("＋", "加").replace("+", "加"))


def _is_paper(quoted: str) -> bool:
    """Return whether the quotation is a paper's name, which a programme credits itself."""
    return quoted.startswith("《") and quoted.endswith(("报》", "新闻》", "网》", "社》", "周刊》", "时报》"))


def check_causes(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for a cause that no source gives, or that is the effect there."""
    split = _split_cause(spoken.text)
    if split is None:
        return
    start, end, cause, effect = split
    sources = [parts for reading in evidence.named if (parts := _split_cause(reading.text))]
    if not sources:
        yield UnsupportedClaim(ClaimKind.CAUSE, "来源里没有这层因果", start, end)
        return
    reasons = [
        word for word in spoken.words if word.content and len(word.text) > 1 and word.text in cause[:_REASON]
    ][:2]
    if reasons and not any(_holds(word.text, evidence) for word in reasons):
        yield UnsupportedClaim(
            ClaimKind.CAUSE, f"原文的原因是“{sources[0][2][:20]}”", start, end, sources[0][2]
        )
        return
    for _, _, source_cause, source_effect in sources:
        straight = _share(cause, source_cause) + _share(effect, source_effect)
        crossed = _share(cause, source_effect) + _share(effect, source_cause)
        if straight >= crossed:
            return
    yield UnsupportedClaim(
        ClaimKind.CAUSE, f"因果说反了：原文是因为“{sources[0][2][:20]}”", start, end, sources[0][2]
    )


def _holds(word: str, evidence: Evidence) -> bool:
    """Return whether the sources have a word of a reason, or one like it."""
    return word in evidence.text or any(likeness(word, other) >= UNSUPPORTED for other in evidence.words)


def _split_cause(text: str) -> tuple[int, int, str, str] | None:
    """Return where a sentence speaks of a cause, the cause and the effect; None if it does not."""
    if match := _EFFECT.search(text):
        before, behind = text[: match.start()], text[match.end() :]
        if match[0].endswith("由于"):
            return match.start(), match.end(), behind, before
        if before.strip("，。") and behind:
            return match.start(), match.end(), before, behind
    if match := _CAUSE.search(text):
        behind = text[match.end() :]
        if match[0].startswith("是") or match[0] == "原因是":
            return match.start(), match.end(), text[: match.start()], behind or match[0]
        cause, _, effect = behind.partition("，")
        return match.start(), match.end(), cause, effect or text[: match.start()]
    return None


def _share(part: str, whole: str) -> float:
    """The share of a text's pairs of characters that another has."""
    pairs = {part[index : index + 2] for index in range(len(part) - 1)}
    other = {whole[index : index + 2] for index in range(len(whole) - 1)}
    return len(pairs & other) / len(pairs) if pairs else 0.0
