"""Compare who does what to whom: the order of the parties around an act, and the party that acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.editorial.facts.bodies import are_same_body
from briefing.editorial.facts.modality import MODES, NEGATIONS
from briefing.editorial.facts.opposites import are_opposite
from briefing.editorial.guard.likeness import SAME_WORD, clause_text, likeness
from briefing.editorial.guard.unsupported_claim import ClaimKind, UnsupportedClaim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editorial.guard.evidence import Evidence
    from briefing.editorial.guard.sentence_reading import Reading, Word

_PASSIVE = frozenset(["被", "遭", "让", "叫"])
_TOWARDS = frozenset(["向", "对", "给", "为", "跟", "与", "和", "把", "将", "从", "由"])
_PARTIES = ("n", "nr", "ns", "nt", "nz", "j", "eng", "code")
_ACTS = frozenset(["超过", "帮助", "告诉", "提醒", "要求", "超越", "还给", "给"])
_BEATEN = frozenset(["不敌", "负于", "输给", "败给", "惜败", "落败", "负"])


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with the nouns before and behind it, as if it were active."""

    verb: str
    index: int
    before: tuple[str, ...]
    behind: tuple[str, ...]


def check_roles(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Yield a doubt where the parties around an act have changed sides, or another party acts."""
    yield from _check_agents(spoken, evidence)
    for act in acts_of(spoken):
        for reading in evidence.named:
            if (other := _crossed(act, reading)) is not None:
                word = spoken.words[act.index]
                source = clause_text(reading, reading.words[other.index].clause).strip("，。；")
                what = f"谁对谁说反了：原文是“{source}”"
                yield UnsupportedClaim(ClaimKind.ROLE, what, word.start, word.end, source)
                return


def _crossed(act: Act, reading: Reading) -> Act | None:
    for other in acts_of(reading):
        same = likeness(act.verb, other.verb) >= SAME_WORD and not are_opposite(act.verb, other.verb)
        flipped = are_opposite(act.verb, other.verb) and (act.verb in _BEATEN or other.verb in _BEATEN)
        if same and _crosses(act, other):
            return other
        if flipped and _keeps_object(act, other):
            return other
        if flipped and _crosses(Act(act.verb, act.index, act.behind, act.before), other):
            return other
    return None


def _check_agents(spoken: Reading, evidence: Evidence) -> Iterator[UnsupportedClaim]:
    """Doubt who does something where the sources name another behind 由 or 被: 由省图书馆捐赠."""
    for verb, agent, start, end in _agents(spoken):
        held = [
            (other, reading)
            for reading in evidence.body
            for name, other, _, _ in _agents(reading)
            if likeness(verb, name) >= SAME_WORD
        ]
        if held and not any(_is_same_party(agent, other) for other, _ in held):
            what = f"原文是“{held[0][0]}”，不是“{agent}”"
            yield UnsupportedClaim(ClaimKind.ROLE, what, start, end, held[0][0])


@lru_cache(maxsize=4096)
def _agents(reading: Reading) -> tuple[tuple[str, str, int, int], ...]:
    """The verbs of a sentence with who does them behind 由 or 被, and that party's place."""
    collected = []
    for index, word in enumerate(reading.words):
        if word.text not in {"由", "被"}:
            continue
        party: list[Word] = []
        for other in reading.words[index + 1 : index + _REACH]:
            if other.clause != word.clause or other.value or other.moment:
                break
            is_act = other.flag[:1] == "v" and len(other.text) > 1 and other.content
            if party and (is_act or other.text in _WORKS):
                if other.flag != "vn" or other.text in _WORKS:
                    text = reading.text[party[0].start : party[-1].end]
                    collected.append((other.text, text, party[0].start, party[-1].end))
                break
            party.append(other)
    return tuple(collected)


def _is_same_party(ours: str, theirs: str) -> bool:
    """Return whether two parties may be one: the one's name in the other's, and no other level in front."""
    if ours[:1] != theirs[:1] and {ours[0], theirs[0]} <= _LEVELS:
        return False
    pairs = {ours[index : index + 2] for index in range(len(ours) - 1)}
    return any(pair in theirs for pair in pairs) or are_same_body(ours, theirs)


_WORKS = frozenset(
    [
        "主演",
        "执导",
        "编剧",
        "主办",
        "承办",
        "协办",
        "主持",
        "承建",
        "出资",
        "承担",
        "负责",
        "冠名",
        "监制",
        "创造",
        "分摊",
    ]
)
"""Acts that the segmenter often takes for nouns."""
_REACH = 9
"""Words behind 由 among which its verb stands."""
_LEVELS = frozenset("国省市区县镇乡村")


def _keeps_object(act: Act, other: Act) -> bool:
    """Return whether somebody is beaten in the one and beats in the other, whoever the opponent is: 战胜麦晴, 不敌麦晴."""
    shared = set(act.behind) & set(other.behind)
    return any(word not in (*act.before, *other.before) for word in shared if word not in _OPPONENTS)


_OPPONENTS = frozenset(["选手", "队", "对手", "女排", "男排", "女足", "男足", "冠军", "主队", "客队"])


def _crosses(act: Act, other: Act) -> bool:
    forth = set(act.before) & set(other.behind) - set(other.before)
    back = set(act.behind) & set(other.before) - set(other.behind)
    return bool(forth) and bool(back)


@lru_cache(maxsize=4096)
def acts_of(reading: Reading) -> tuple[Act, ...]:
    """Return the acts of a sentence with the parties of their clause."""
    return tuple(
        _act(reading, index)
        for index, word in enumerate(reading.words)
        if word.flag[:1] == "v"
        and word.flag != "vn"
        and word.text not in NEGATIONS
        and word.text not in MODES
        and (word.content or word.text in _BEATEN | _ACTS)
    )


def _act(reading: Reading, index: int) -> Act:
    clause = [
        (at_word, word)
        for at_word, word in enumerate(reading.words)
        if word.clause == reading.words[index].clause
    ]
    before = _nouns([(at_word, word) for at_word, word in clause if at_word < index]) or _nouns_before(
        reading, index
    )
    behind = _nouns([(at_word, word) for at_word, word in clause if at_word > index])
    passive = next((at_word for at_word, word in clause if at_word < index and word.text in _PASSIVE), None)
    if passive is not None:
        agent = _nouns([(at_word, word) for at_word, word in clause if passive < at_word < index])
        patient = _nouns([(at_word, word) for at_word, word in clause if at_word < passive]) or _nouns_before(
            reading, index
        )
        return Act(reading.words[index].text, index, agent, (*patient, *behind))
    towards = next((at_word for at_word, word in clause if at_word < index and word.text in _TOWARDS), None)
    if towards is not None:
        moved = _nouns([(at_word, word) for at_word, word in clause if towards < at_word < index])
        before = _nouns([(at_word, word) for at_word, word in clause if at_word < towards]) or _nouns_before(
            reading, index
        )
        behind = (*moved, *behind)
    return Act(reading.words[index].text, index, before, behind)


def _nouns(words: list[tuple[int, Word]]) -> tuple[str, ...]:
    return tuple(
        word.text
        for _, word in words
        if word.content and word.flag.startswith(_PARTIES) and len(word.text) > 1
    )


def _nouns_before(reading: Reading, index: int) -> tuple[str, ...]:
    """The parties of the nearest clause in front that has any: the subject carried over a comma."""
    clause = reading.words[index].clause
    for number in range(clause - 1, max(-1, clause - 3), -1):
        collected = _nouns(
            [(index, word) for index, word in enumerate(reading.words) if word.clause == number]
        )
        if collected:
            return collected
    return ()
