"""Check a question: it does not say how it is, but what it takes for granted must stand in its story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim
from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Check = Callable[[str], tuple[UnsupportedClaim, ...]]

_ASKING = re.compile(
    r"什么时候|什么时间|什么地方|什么样|什么|为什么|为何|多少|多久|多大|多长|多高|多远|哪里|哪儿|哪些|哪个|哪天|哪|几[个点天年月号]?|谁|怎么样|怎么办|怎么|怎样|如何"
    r"|是不是|有没有|能不能|会不会|[吗呢吧]|那么|那|具体|主要|都|又|还|到底|究竟|接下来|目前|现在|请问|这次|这个|这座|这条|这家|这位|这"
    r"|情况|原因|说法|要求|条件|影响|变化|办法|标准|结果|出行|价格|规模|特点|安排|打算|回应"
)
"""Words that make a question of a statement, and those that a question may name without claiming anything."""
_EVERYDAY = frozenset(
    "能会有是要可以到在把让给用花做办去来看买卖走坐开停快慢长短高低大小贵远近省早晚新老好难人事时间多少说讲市民居民乘客"
)
"""Characters of words that claim nothing by themselves."""
_CONTENT = frozenset("nvaijlP")
"""Initials of the parts of speech that carry what a text says."""
_UNCLAIMED = frozenset({ClaimKind.CERTAINTY, ClaimKind.OPPOSITE, ClaimKind.SCOPE, ClaimKind.QUOTATION})
"""Doubts that a question cannot raise."""


def is_question(text: str) -> bool:
    """Return whether a sentence asks."""
    return text.rstrip("”").endswith(("？", "?"))


def check_question(text: str, story: str, check: Check) -> tuple[UnsupportedClaim, ...]:
    """Return what a question takes for granted that `story` does not say; `check` doubts statements."""
    statement = _ASKING.sub("", text.rstrip("？?")).strip("，、 　") + "。"
    claims = [claim for claim in check(statement) if claim.kind not in _UNCLAIMED]
    strays = [f"问句里的“{word}”原文没有" for word in _find_strays(statement, story)]
    doubts = ((claim.kind, claim.what) for claim in claims)
    added = ((ClaimKind.NOVELTY, what) for what in strays)
    return tuple(UnsupportedClaim(kind, what, 0, len(text)) for kind, what in (*doubts, *added))


def _find_strays(statement: str, story: str) -> Iterator[str]:
    """Yield the content words of a text of which the story has not all characters."""
    for token in tag_words(statement):
        word = "".join(char for char in token.word if char not in _EVERYDAY)
        if token.flag[:1] in _CONTENT and any(char not in story for char in word):
            yield token.word
