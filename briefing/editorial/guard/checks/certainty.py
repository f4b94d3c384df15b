"""Compare how certain, how far done and how binding an act is in a sentence and in its sources."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.modality import CERTAIN, HEDGES, MODES, NOT_DONE_YET, Mode
from briefing.editorial.guard.likeness import (
    SAME_WORD,
    Site,
    affinity,
    best_clause,
    clause_numbers,
    clause_text,
    likeness,
)
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_RELATED, _AS_NEAR = 0.5, 0.8
_ONGOING = re.compile(r"仍在|正在|还在|尚在|在建|进行中|仍处")
_ADVERBIAL = frozenset(
    ["客场", "主场", "全面", "全力", "全程", "现场", "重点", "免费", "首次", "择机", "分期", "分批"]
)
"""Nouns before a verb that say how it is done, so that the 将 in front of them is the future."""
_STRONG_FUTURE = frozenset(
    ["将", "将要", "即将", "将会", "拟", "计划", "打算", "预计", "有望", "力争", "争取", "准备"]
)
_GOAL = re.compile(
    r"建成|完成|实现|达到|达|形成|打造|新增|培育|引进|开通|投产|投用|启用|降到|降至|升到|增到|覆盖|办成|做到"
)
_ARRANGED = re.compile(r"按照|安排|目标|(?:[月年]底?|日)(?:以|之)?前")
"""Words besides those of the table that keep a goal a goal."""
_CLOSE = 1.9
_BEGUN = re.compile(r"开工|动工|开建|奠基|破土|启动建设|开始建设|在建|正在建设|施工")
_FINISHED = re.compile(r"建成|完工|竣工|建好|修好|落成|投用|启用|投入使用|通车|开业|造好")
_STRONG_MUST = frozenset(["必须", "务必", "强制", "一定要", "不得不", "勒令", "须"])
_IMPLIED = re.compile(r"(?:未|没有|不)[^。；]{1,24}(?:不得|不能|不予|不可|不准)|方可|才能|才可")
"""What makes something a duty without the word: 未获同意，不得纳入."""
_DUTIES = frozenset({Mode.MUST})


def check_certainty(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each act that is more certain, further done or more binding than in the sources."""
    for index, word in enumerate(spoken.words):
        if word.content and word.flag[:1] in {"v", "n", "a", "i", "l", "j"} and word.text not in MODES:
            yield from _check_act(Site(spoken, index), evidence)
    yield from _check_stages(spoken, evidence)
    yield from _check_plans(spoken, evidence)
    for word in spoken.words:
        if word.text in CERTAIN and word.text not in evidence.text:
            yield UnsupportedClaim(ClaimKind.CERTAINTY, f"来源里没有“{word.text}”", word.start, word.end)


def _check_stages(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt 建成 of what the sources only begin: 开工建设3所学校."""
    text = "".join(reading.text for reading in evidence.body)
    for match in _FINISHED.finditer(spoken.text):
        begun = _BEGUN.search(text)
        if begun and not _FINISHED.search(text) and not _BEGUN.search(spoken.text):
            what = f"原文是“{begun[0]}”，不是“{match[0]}”"
            yield UnsupportedClaim(ClaimKind.CERTAINTY, what, match.start(), match.end(), begun[0])
            return


def _check_plans(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a goal told as a deed, whose 计划 stands clauses before: 计划用三年降低成本，2027年建成示范场."""
    if NOT_DONE_YET & modes_of(spoken).keys() or _ARRANGED.search(spoken.text):
        return
    for clause in clause_numbers(spoken):
        best = (
            best_clause(spoken, clause, evidence.body) if _GOAL.search(clause_text(spoken, clause)) else None
        )
        plan = _plan_before(best[1], best[2]) if best and best[0] >= _CLOSE else ""
        if plan:
            words = [word for word in spoken.words if word.clause == clause]
            yield UnsupportedClaim(
                ClaimKind.CERTAINTY, f"去掉了“{plan}”", words[0].start, words[-1].end, plan
            )


def _plan_before(source: Reading, clause: int) -> str:
    """The word of a plan in front of a clause in its sentence; empty where the clause says that it is done."""
    words = [(index, word) for index, word in enumerate(source.words) if word.clause <= clause]
    if any(MODES.get(word.text) is Mode.DONE for _, word in words if word.clause == clause):
        return ""
    plan = ""
    for index, word in words:
        if word.text[-1:] in "。！？；":
            plan = ""
        elif MODES.get(word.text) in NOT_DONE_YET and not _is_disposal(source, index):
            plan = word.text
    return plan


def _check_act(site: Site, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    sites = [
        Site(reading, index)
        for reading in evidence.body
        for index, other in enumerate(reading.words)
        if other.content and likeness(site.word.text, other.text) >= SAME_WORD
    ]
    if not sites:
        return
    best = max(affinity(site, other) for other in sites)
    if best < _RELATED:
        return
    near = [other for other in sites if affinity(site, other) >= _AS_NEAR * best]
    complaints = [_complaint(site, other) for other in near]
    if all(complaints):
        what, word = complaints[0] or ("", "")
        yield UnsupportedClaim(ClaimKind.CERTAINTY, what, site.word.start, site.word.end, word)


def _complaint(site: Site, source: Site) -> tuple[str, str] | None:
    """The reservation of the source that the sentence lost or put on, and the word for it."""
    ours, theirs = modes_before(site.reading, site.index), modes_before(source.reading, source.index)
    elsewhere = (
        modes_of(site.reading).keys() - ours.keys() - (modes_of(source.reading).keys() - theirs.keys())
    )
    for mode, word in theirs.items():
        if mode in HEDGES and not HEDGES & (ours.keys() | elsewhere) and word not in _clause(site):
            return f"去掉了“{word}”", word
    if (
        Mode.DONE in ours
        and not NOT_DONE_YET & ours.keys()
        and NOT_DONE_YET & theirs.keys()
        and Mode.DONE not in theirs
    ):
        word = next(theirs[mode] for mode in theirs if mode in NOT_DONE_YET)
        return f"原文是“{word}”，还没有做", word
    if Mode.DONE in ours and _ONGOING.search(_clause(source)) and not _ONGOING.search(_clause(site)):
        return "原文还在进行", "在进行"
    early = next((word for word in ours.values() if word in _STRONG_FUTURE), "")
    if (
        early
        and not NOT_DONE_YET & modes_of(source.reading).keys()
        and Mode.MUST not in theirs
        and not _is_ahead(source)
    ):
        return f"原文没有“{early}”", ""
    duty = next((word for word in ours.values() if word in _STRONG_MUST), "")
    if duty and not _IMPLIED.search(source.reading.text) and not _DUTIES & modes_of(source.reading).keys():
        return f"原文没有“{duty}”", ""
    return None


def _clause(site: Site) -> str:
    """The words of a site's clause."""
    return "".join(word.text for word in site.reading.words if word.clause == site.word.clause)


def _is_ahead(source: Site) -> bool:
    """Return whether the source's own dates say that the act is still to come."""
    return any(
        moment.relation in {"起", "前"} or "明" in moment.text or "下" in moment.text
        for index in source.reading.moments
        if (moment := source.reading.words[index].moment)
    )


def _is_disposal(reading: Reading, index: int) -> bool:
    """Return whether 将 is 把: 将应急响应提升至二级."""
    behind = reading.words[index + 1] if index + 1 < len(reading.words) else None
    return (
        reading.words[index].text == "将"
        and behind is not None
        and behind.content
        and behind.text not in _ADVERBIAL
        and behind.flag[:2] in {"n", "nr", "ns", "nt", "nz", "j"}
    )


@lru_cache(maxsize=8192)
def _modes(reading: Reading, index: int) -> tuple[tuple[Mode, str], ...]:
    clause = reading.words[index].clause
    before = [place for place, word in enumerate(reading.words[:index]) if word.clause == clause]
    collected = [
        (mode, reading.words[place].text)
        for place in before
        if (mode := MODES.get(reading.words[place].text)) and not _is_disposal(reading, place)
    ]
    following = reading.words[index + 1] if index + 1 < len(reading.words) else None
    if following is not None and following.text in {"了", "过", "完毕"}:
        collected.append((Mode.DONE, following.text))
    return tuple(collected)


def modes_before(reading: Reading, index: int) -> dict[Mode, str]:
    """Return the reservations in front of a word in its clause, and 了 behind it."""
    return dict(_modes(reading, index))


@lru_cache(maxsize=2048)
def _all_modes(reading: Reading) -> tuple[tuple[Mode, str], ...]:
    return tuple(
        (mode, word.text)
        for index, word in enumerate(reading.words)
        if (mode := MODES.get(word.text)) and not _is_disposal(reading, index)
    )


def modes_of(reading: Reading) -> dict[Mode, str]:
    """Return the reservations of a whole sentence."""
    return dict(_all_modes(reading))
