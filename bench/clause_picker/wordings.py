"""The shorter ways to say a sentence: what may be left out so that the rest still stands, and still means the same.

A sentence is taken as a head (the clauses up to the first that can end a sentence) and the groups of clauses after it.
Clauses that lean on the one before (其中…, 同比…, 并…) and clauses that lead into the next (为…, 在…中, 某某介绍) stay
with it. Any choice of groups behind the head is a wording; parts after a ； with a subject of their own can stand alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.editorial.writer.passage import clauses
from briefing.mandarin import segmenter
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_GROUPS = 5
"""Up to so many groups every choice of them is tried; beyond, only beginnings and single groups."""
MOST_MEMBERS = 5
"""Members of a list that an ear can hold."""
SHORTEST = 8
"""Han characters that what is left of a sentence must have to be worth a breath."""

_ATTENDANCE = re.compile(
    r"[^\d“《]{2,80}(?:出席|参加|列席|陪同|致辞|主持|见证|作陪)"
    r"(?:了|上述|有关|相关|此次)?(?:活动|会议|仪式|检查|考察|调研|座谈会|座谈|签约)?(?:并(?:讲话|致辞|陪同考察|作讲话))?[，；。]"
)
_LEADS_IN = re.compile(
    r"(?:为(?!期|民)|为了|通过|随着|自(?!动|主|然|助)|从|按照?|根据|围绕|针对|当(?!天|日|地|选|前)|如果?|若|只要|虽然|尽管|由于|因|对(?!接|标)|对于|关于|作为|"
    r"除了?|经过?|聚焦|立足|依托|借助|面对|来到|走进|截至|凡|只有|无论|不管|即使|一旦|不仅|不但|既|与.{1,12}相比|得知|在(?!建|册|线|编))"
)
_UNFINISHED = re.compile(
    r"(?:[时后前中上下里许分点]|左右|[年月天]来|以来|之际|期间|其间|的|和|并|起|说|表示|指出|介绍|强调|认为|要求|提醒|透露|坦言|告诉|显示|宣布|提示|称|建议|是|为|包括|看|方面|作为[^，]*|"
    r"[年月日]|上午|下午|晚|凌晨|近期|日前|近日|今年|去年|同时|此外|如|比如|例如)$"
)
_LEANS = re.compile(
    r"(?:其|他|她|它|我|你|一边|一面|并|也|还|又|则|即|且|而|但|却|以(?!上|下)|让|使|从而|进而|确保|均|分别|全部|高于|低于|好于|同比|环比|比|较|占|达|增长|增速|下降|增加|提高|提升|"
    r"超|该|这|此|由(?!来自)|至|用于|分为|只|再|更|就|才|都|仅|成绩|整改率|处置率|有效|切实|不断|进一步|其余|另|同时|因此|所以|之后|随后|最后|最终|以及|或|和|与|"
    r"得到|取得|获得|受到|平均|据此|包括|例如|比如|如)"
)
_SPEECH = re.compile(r"(?:说|表示|指出|介绍|强调|认为|要求|提醒|透露|坦言|告诉记者)[，：]$")
_NEUTRAL_SPEECH = re.compile(r"[^，]{2,40}介绍，$")
_PERSON = re.compile(
    r"(?:书记|主任|局长|部长|区长|县长|市长|主席|院长|校长|会长|常委|检察长|总经理|董事长)[\u4e00-\u9fff]{2,3}，$"
)
_GOVERNS = re.compile(r"[^，]{0,8}(?:希望|要求|呼吁|建议|鼓励|号召|倡导|引导)")
_PURPOSE = re.compile(
    r"(?:(?:为|为了|随着|针对|围绕|按照|根据|立足|依托|在)[^，]{2,40}|[^，]{2,8}方面|自[^，\d]{2,24}以来)，$"
)
_HOSTED = re.compile(r"由[^，。；：]{4,80}(?:主办|承办|举办|组织)的(?=[^，]{4})")
_COUNTED_LIST = re.compile(
    r"((?:[^、，。；：“”\d]{2,24}|“[^”]{1,16}”)(?:、(?:[^、，。；：“”\d]{1,20}?|“[^”]{1,16}”)){2,})(?:共)?(\d+)(?=[处个家类项名位种座条所])"
)
_OPEN_LIST = re.compile(r"((?:[^、，。；：]{1,24})(?:、(?:[^、，。；：]{1,20})){2,})等")


def wordings(sentence: str, *, quoted: bool = False) -> tuple[str, ...]:
    """The ways to say a stripped sentence, whole first; each ends with a full stop, none is twice.

    `quoted` says that the sentence is somebody's own words, which are never shortened inside.
    """
    whole = sentence.rstrip("。；，：、") + "。" if sentence[-1:] not in "！？” " else sentence
    if quoted:
        return (whole,)
    whole = _OPEN_LIST.sub(_breathable, whole)
    found = dict.fromkeys(
        form
        for listed in dict.fromkeys((whole, _shorter_lists(whole), _HOSTED.sub("", _shorter_lists(whole))))
        for form in _choices(clauses(listed))
    )
    return tuple(form for form in found if form == whole or han_count(form) >= SHORTEST)


def _shorter_lists(sentence: str) -> str:
    """Long lists by their first two members, where the list itself says that there are more (等, or their number)."""
    return _OPEN_LIST.sub(_first_two, _COUNTED_LIST.sub(_first_two_counted, sentence))


def _breathable(found: re.Match[str]) -> str:
    """A list that no ear can hold, by its first members; it ends with 等 as it did."""
    members = found[1].split("、")
    return "、".join(members[:3] if len(members) > MOST_MEMBERS else members) + "等"


def _first_two(found: re.Match[str]) -> str:
    return "、".join(found[1].split("、")[:2]) + "等"


def _first_two_counted(found: re.Match[str]) -> str:
    members = found[1].split("、")
    return "、".join(members[:2]) + f"等{found[2]}" if len(members) == int(found[2]) else found[0]


def _choices(parts: Sequence[str]) -> Iterator[str]:
    """Every wording of a sentence given as clauses."""
    kept = [part for part in _with_names(parts) if not _ATTENDANCE.fullmatch(part)]
    if not kept:
        return
    for opened in _openings(kept):
        yield from _selections(_groups(opened))


def _with_names(parts: Sequence[str]) -> list[str]:
    """The clauses, with one that is only a person's office and name joined to the clause that says what he did."""
    joined: list[str] = []
    for part in parts:
        if joined and _PERSON.search(joined[-1]):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _openings(parts: list[str]) -> Iterator[list[str]]:
    """The clauses as they are, and without a first one that only leads in."""
    yield parts
    if len(parts) > 1 and (_NEUTRAL_SPEECH.fullmatch(parts[0]) or _PURPOSE.fullmatch(parts[0])):
        yield parts[1:]


def _groups(parts: Sequence[str]) -> list[list[str]]:
    """Clauses that must stay together; the first group is the head of the sentence."""
    groups: list[list[str]] = []
    finished, governed = True, False
    for part in parts:
        # What somebody wishes for goes on to the next ；, and each ； begins another wish.
        breaks = bool(groups) and groups[-1][-1].endswith("；")
        if groups and not breaks and (not finished or governed or _LEANS.match(part)):
            groups[-1].append(part)
        else:
            groups.append([part])
        finished = _can_end(part)
        governed = governed or _GOVERNS.match(part) is not None
    return groups


@lru_cache(maxsize=4096)
def _can_end(clause: str) -> bool:
    """Whether a sentence may end with this clause."""
    bare = clause.rstrip("，；：。！？")
    if clause.endswith("：") or _UNFINISHED.search(bare) or _LEADS_IN.match(bare):
        return False
    return any(flag.startswith("v") and flag != "vn" for _, flag in segmenter.tag(bare)) or bool(
        re.search(r"\d", bare)
    )


def _selections(groups: Sequence[list[str]]) -> Iterator[str]:
    """The head with any choice of the groups behind it, the last of them perhaps cut short; and what stands alone."""
    head, tail = groups[0], groups[1:]
    for chosen in _picks(tail):
        *whole, last = (head, *chosen)
        yield from (_sentence((*whole, short)) for short in _cuts(last))
    if not any(_SPEECH.search(clause) or _GOVERNS.match(clause) for clause in head):
        for before, group in zip(groups, tail, strict=False):
            if _stands(before, group):
                yield from (_sentence((short,)) for short in _cuts(group))


def _picks(tail: Sequence[list[str]]) -> Iterator[tuple[list[str], ...]]:
    """Choices of groups, the fullest first."""
    if len(tail) <= MOST_GROUPS:
        for size in range(len(tail), -1, -1):
            yield from combinations(tail, size)
    else:
        yield from (tuple(tail[:size]) for size in range(len(tail), -1, -1))
        yield from ((group,) for group in tail)


def _cuts(group: list[str]) -> Iterator[list[str]]:
    """A group, and its beginnings that a sentence may end with."""
    yield group
    yield from (group[:size] for size in range(len(group) - 1, 0, -1) if _can_end(group[size - 1]))


def _stands(before: list[str], group: list[str]) -> bool:
    """Whether a group can be a sentence by itself: it follows a ； and says whom it speaks of."""
    return before[-1].endswith("；") and has_subject(group[0])


def has_subject(clause: str) -> bool:
    """Whether a clause begins with a name or a noun and goes on to a verb."""
    flags = [flag for _, flag in segmenter.tag(clause)]
    return flags[0][:1] in {"n", "j", "r", "m"} and any(flag[:1] == "v" for flag in flags)


def _sentence(groups: Sequence[list[str]]) -> str:
    return "".join(clause for group in groups for clause in group).rstrip("，；：、。") + "。"
