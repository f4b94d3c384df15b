"""Compare who people are and what they do: names, offices, and names in another's place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.bodies import are_same_body
from briefing.editorial.facts.equivalents import SAME, are_equivalent
from briefing.editorial.facts.offices import (
    Office,
    find_names,
    is_name,
    parse_offices,
    titles_before,
    titles_behind,
)
from briefing.editorial.guard.sentence_reading import fold
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading

_SPEAKS = re.compile(
    r"说|表示|指出|强调|介绍|要求|认为|透露|提醒|宣布|建议|希望|坦言|告诉|称|回忆|呼吁|主持|主任|讲话"
)
_OFFICE = re.compile(
    r"(?P<deputy>副|代理|代)?(?P<head>[市区县省局部处科厅院校会镇乡州行]长|书记|主任|主席|董事长|总经理|总裁)"
)
_AGED = re.compile(
    r"岁的(?P<name>[一-鿿]{2,3})(?=记|说|获|获得|被|在|从|是|今年|，|。|和|把|将|来|去|住|成为|夺|拿|用)"
)
_JOB = re.compile(
    r"司机|老人|居民|村民|市民|师傅|选手|队员|球员|小将|前锋|记者|老师|学生|业主|乘客|游客|农户|创业者|店主|老板|工人|徒弟|主播"
)


def check_people(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt for each unknown person, each wrong office, and each name in another's place."""
    names = evidence.names
    yield from _check_bare_offices(spoken, evidence)
    for name in _names_of(spoken):
        if name not in evidence.whole and not _part_of_known(name, names):
            position = spoken.text.find(name)
            yield UnsupportedClaim(
                ClaimKind.PERSON, f"来源里没有“{name}”这个人", position, position + len(name)
            )
    yield from _check_guessed(spoken, evidence)
    for name in names:
        for position, title in titles_before(spoken.text, name):
            yield from _check_office(name, position, title, evidence)
            yield from _check_appointment(name, spoken, evidence)
            yield from _check_act(name, position, spoken, evidence, names)


def _check_guessed(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt a name behind an age where the sources have another person: 46岁的何勇 for 46岁的邹大海."""
    for match in _AGED.finditer(spoken.text):
        name = match["name"]
        others = [other for other in evidence.names if other not in spoken.text]
        if is_name(name) and name not in evidence.whole and others:
            what = f"来源里没有“{name}”这个人"
            yield UnsupportedClaim(ClaimKind.PERSON, what, match.start("name"), match.end("name"), others[0])


def _check_bare_offices(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt an office whose 副 or 代理 every source has: 任命为市长 for 代理市长."""
    for match in _OFFICE.finditer(spoken.text):
        bare = re.compile(rf"(?<!副)(?<!代理)(?<!代){match['head']}")
        office = re.search(rf"(?:副|代理|代){match['head']}", evidence.text)
        if not match["deputy"] and office and not bare.search(evidence.whole):
            what = f"职务不对，原文是“{office[0]}”"
            yield UnsupportedClaim(ClaimKind.OFFICE, what, match.start(), match.end(), office[0])


def _part_of_known(name: str, known: tuple[str, ...]) -> bool:
    return any(name in other for other in known)


@lru_cache(maxsize=2048)
def _names_of(reading: Reading) -> tuple[str, ...]:
    return find_names(reading.text)


def _check_office(name: str, place: int, title: str, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    spoken = [office for office in parse_offices(title) if not _JOB.fullmatch(office.head)]
    if not spoken:
        return
    offices = [
        office
        for text in (*(reading.text for reading in evidence.named), *map(fold, evidence.rest))
        for _, source in titles_before(text, name)
        for office in parse_offices(source)
    ]
    for office in spoken:
        if offices and not any(_same_office(office, other, evidence.place) for other in offices):
            source = f"{offices[0].body}{offices[0].deputy}{offices[0].head}"
            start = place - len(title)
            yield UnsupportedClaim(
                ClaimKind.OFFICE,
                f"{name}的职务不对，原文是“{source}”",
                max(0, start),
                place + len(name),
                source,
            )
        elif not offices and not _is_called(office.head, evidence.whole):
            yield UnsupportedClaim(
                ClaimKind.OFFICE,
                f"来源里没有说{name}是“{office.head}”",
                place - len(title),
                place + len(name),
            )


def _is_called(head: str, text: str) -> bool:
    """Return whether a text has an office, or another word for it: 主帅 for 主教练."""
    return head in text or any(other in text for other in SAME.get(head, ()))


def _check_appointment(name: str, spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt an appointment whose 代理 or 副 was lost: 任命为市长 for 任命为代理市长."""
    held = [
        office
        for reading in evidence.named
        for title in titles_behind(reading.text, name)
        for office in parse_offices(title)
    ]
    for title in titles_behind(spoken.text, name):
        for office in parse_offices(title):
            same = [other for other in held if other.head == office.head]
            if same and all(other.deputy != office.deputy for other in same):
                source = f"{same[0].deputy}{same[0].head}"
                index = spoken.text.find(title)
                what = f"{name}的职务不对，原文是“{source}”"
                yield UnsupportedClaim(ClaimKind.OFFICE, what, index, index + len(title), source)


def _same_office(spoken: Office, held: Office, place: str) -> bool:
    if spoken.deputy != held.deputy or not (
        are_equivalent(spoken.head, held.head)
        or spoken.head.endswith(held.head)
        or held.head.endswith(spoken.head)
    ):
        return False
    return not spoken.body or not held.body or are_same_body(spoken.body, held.body, place)


def _check_act(
    name: str, place: int, spoken: Reading, evidence: Evidence, known: tuple[str, ...]
) -> Iterator[UnsupportedClaim]:
    """Doubt a name whose place in the sources another name has."""
    ours = _contexts(spoken.text, name, known)
    best_own = max(
        (
            _overlap(ours, _contexts(text, name, known))
            for text in (*(reading.text for reading in evidence.named), *map(fold, evidence.rest))
        ),
        default=0.0,
    )
    for other in known:
        if other in spoken.text or other in name or name in other:
            continue
        theirs = max(
            (_overlap(ours, _contexts(reading.text, other, known)) for reading in evidence.named), default=0.0
        )
        if theirs >= 0.34 and theirs > best_own + 0.18:  # noqa: PLR2004 - a third of the words, and clearly more than its own
            yield UnsupportedClaim(
                ClaimKind.MERGED, f"原文说的是“{other}”，不是“{name}”", place, place + len(name), other
            )
            return


@lru_cache(maxsize=16384)
def _contexts(text: str, name: str, known: tuple[str, ...]) -> frozenset[str]:
    """Pairs of characters around a name, up to the next name or sentence on each side."""
    collected: set[str] = set()
    breaks = "|".join(["[。；]", *(re.escape(other) for other in known if other != name)])
    for part in re.split(breaks, text):
        if name in part:
            before, _, behind = part.partition(name)
            for piece in (re.split(r"[，：]", before)[-1][-30:], behind[:40]):
                bare = re.sub(r"[，、：“”\s]", "", piece)
                collected |= {bare[index : index + 2] for index in range(len(bare) - 1)}
    return frozenset(collected)


def _overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours) if ours else 0.0
