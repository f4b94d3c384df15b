"""Parts of a printed sentence that can be said as sentences of their own, each with its subject.

A sentence is cut only where a clause with its own subject begins, or where the subject of the clauses before it can be
said again. What can get no subject stays with the clauses before it: a long sentence is a smaller fault than half of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar.main_verbs import NOMINAL
from briefing.editorial.writer.grammar.sentence_grammar import PEOPLE_AND_BODIES
from briefing.editorial.writer.style import figures
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.grammar.sentence_grammar import Clause
    from briefing.mandarin.segmenter import Token

MAX_HAN = 40
"""Han characters of a sentence for the ear; a longer one is split or shortened, or not said."""
MAX_LEAD_HAN = 46
"""The same for the lead, without which there is no story."""
MAX_WHOLE_HAN = 60
"""The same for a sentence that cannot be shortened without losing the news: long is a smaller fault than untold."""
MAX_PART_HAN, MAX_PART_FIGURES = 38, 3
"""Han characters and figures up to which parts of a sentence stay together."""
MIN_PART_HAN = 10
"""Han characters under which a part of a sentence is a crumb by itself."""
MAX_SUBJECT = 12
"""Characters of a subject that can be said again."""

_CONTRAST = re.compile(
    r"(?:但|而(?!立)|却|不过|因此|所以|则|那么|就|也|才|这|并(?!购|轨)|从而|进而|以便|以免|使|让|相当于|其余|即|是(?!否)|同比|环比|增长|增速|增幅|涨幅|占|比(?!赛)|较|达|上调|下调|升至|降至|其中)"
)
"""Openings of clauses that answer the one before them: they are not cut off."""
_OF_ALL = re.compile(
    r"^[^，]{0,8}?(?:全部|全都|均|都(?!市))(?:已经?|将|要)?(?:完成|建成|通车|投用|投入|到位|开工|落实|恢复|打通|开通|竣工|解决|改造|采纳|退还|兑付)"
)
"""Clauses that speak of everything named before them in the sentence."""
_AGENT = re.compile(
    r"(?:[局委院区市县省镇乡村队厂校店馆站所行]|街道|政府|公司|集团|银行|中心|大学|部门|单位|企业|机构|团队|组委会|警方|车站|"
    r"法院|大桥|公园|工程|项目|系统|细菌|品系|方案|办法|活动|网点|医生|民警|人员|孩子|老人|男子|女子|先生|女士|[一二两三四五]人)$"
)
"""Ends of a nominal that acts or is spoken of throughout a sentence; an amount or a quality is not."""
_REPORTS = re.compile(r"裁决|判决|裁定|规定|认定|查明|获悉|显示|要求|决定|同意|约定|承认|发现")
"""Verbs whose object is a clause: the subject behind them is another one."""
_PLANS = re.compile(r"计划|拟(?!定|人)|预计|打算|争取|力争|将(?!军|近|领)|可能|建议|要求|如果|若")
"""Words of what is not yet so: a further clause that has none of its own stands under them."""
_DROPPED = frozenset({"d", "ad", "TIME", "w"})


@dataclass(frozen=True, slots=True)
class Part:
    """Clauses said as one sentence; `subject` is that of the clauses before them, where they have none."""

    clauses: tuple[Clause, ...]
    subject: str = ""

    @property
    def text(self) -> str:
        """Return the part with its subject behind what leads into it."""
        if not self.subject:
            return "".join(clause.text for clause in self.clauses)
        opening = next((index for index, clause in enumerate(self.clauses) if not _is_opening(clause)), 0)
        head = "".join(clause.text for clause in self.clauses[:opening])
        first = self.clauses[opening]
        time = _leading_time(first.tokens)
        rest = first.text[len(time) :] + "".join(clause.text for clause in self.clauses[opening + 1 :])
        return f"{head}{time}{'，' if time else ''}{self.subject}{rest.removeprefix('并').removeprefix('，')}"

    @property
    def cost(self) -> int:
        """Return its Han characters."""
        return han_count(self.text)


def cut_parts(clauses: Sequence[Clause], speaker: str) -> list[Part]:
    """Return the parts of a sentence: all in one where that is short enough, else as few as are."""
    units = _units(clauses)
    if any(_speaks_of_all(unit[0]) for unit in units[1:]):
        whole = Part(tuple(clauses))
        return [whole] if whole.cost <= MAX_WHOLE_HAN else _parts(_without_closing(units), speaker)
    return _parts(units, speaker)


def _speaks_of_all(clause: Clause) -> bool:
    return _OF_ALL.match(clause.text) is not None and not clause.has_named_subject


def _without_closing(units: list[list[Clause]]) -> list[list[Clause]]:
    """Return the units up to one that speaks of them all, which alone would speak of the last one only."""
    end = next(index for index, unit in enumerate(units) if index and _speaks_of_all(unit[0]))
    return units[:end]


def _parts(units: Sequence[Sequence[Clause]], speaker: str) -> list[Part]:
    joined: list[Part] = []
    for unit in units:
        room = MAX_PART_HAN - (han_count(speaker) if len(joined) <= 1 else 0)
        part = Part(tuple(unit))
        if joined and _belongs_to(joined[-1], part, room, han_count(speaker)):
            joined[-1] = Part((*joined[-1].clauses, *unit), joined[-1].subject)
        else:
            joined.append(part)
    return [piece for part in _with_subjects(joined) for piece in _split_long(part, speaker)]


def _belongs_to(before: Part, part: Part, room: int, spoken: int) -> bool:
    """Return whether a unit is said in one sentence with the one before it."""
    whole = Part((*before.clauses, *part.clauses))
    if part.cost < MIN_PART_HAN and whole.cost <= MAX_WHOLE_HAN - spoken:
        return True
    closed = before.clauses[-1].text.endswith("；")
    return not closed and whole.cost <= room and figures.count_figures(whole.text) <= MAX_PART_FIGURES


def _with_subjects(parts: Sequence[Part]) -> list[Part]:
    """Return the parts, each without a subject with that of the one before it, or joined to it."""
    done: list[Part] = []
    for part in parts:
        if not done or not _lacks_subject(part):
            done.append(part)
            continue
        subject = find_subject(done[-1].clauses) or done[-1].subject
        whole = Part((*done[-1].clauses, *part.clauses), done[-1].subject)
        if subject and not _CONTRAST.match(part.clauses[0].text) and not loses_plan(done[-1].text, part.text):
            done.append(Part(part.clauses, subject))
        elif whole.cost <= MAX_WHOLE_HAN:
            done[-1] = whole
        else:
            done.append(part)
    return done


def _lacks_subject(part: Part) -> bool:
    first = next((clause for clause in part.clauses if not _is_opening(clause)), part.clauses[0])
    return not (first.has_subject or first.is_topic) and not first.bare.startswith("其中")


def _split_long(part: Part, speaker: str) -> list[Part]:
    """Return a part that is too long in two, where its subject can be said again."""
    if part.cost + han_count(speaker) <= MAX_LEAD_HAN:
        return [part]
    for index in _middle_first(part):
        head, tail = part.clauses[:index], part.clauses[index:]
        subject = find_subject(head) or part.subject
        if subject and can_be_split(head, tail):
            return [Part(head, part.subject), Part(tail, subject)]
    return [part]


def _middle_first(part: Part) -> list[int]:
    """Return where a part may be cut, the places nearest to its middle first."""
    sizes = [
        han_count("".join(clause.text for clause in part.clauses[:index]))
        for index in range(len(part.clauses))
    ]
    return sorted(range(1, len(part.clauses)), key=lambda index: abs(sizes[index] - part.cost / 2))


def loses_plan(before: str, behind: str) -> bool:
    """Return whether clauses said by themselves lose the plan or the doubt of those before them."""
    return _PLANS.search(before) is not None and _PLANS.search(behind) is None


def can_be_split(head: Sequence[Clause], tail: Sequence[Clause]) -> bool:
    """Return whether the clauses of a tail are a further act of the subject of those before it."""
    first = next((clause for clause in tail if not _is_opening(clause)), None)
    if first is None or not first.has_predicate or first.has_subject or _CONTRAST.match(tail[0].text):
        return False
    last = head[-1]
    if loses_plan("".join(clause.text for clause in head), "".join(clause.text for clause in tail)):
        return False
    whole = any(clause.has_predicate and not clause.leads_in for clause in head)
    tied = last.leads_in or last.is_serial or last.is_topic or last.is_speech or last.text.endswith("：")
    return whole and not tied and not any(clause.binds for clause in head)


def _is_opening(clause: Clause) -> bool:
    return clause.leads_in and not clause.goes_on


def _leading_time(tokens: Sequence[Token]) -> str:
    time = ""
    for token in tokens:
        if token.flag not in {"TIME", "t"} and not (not time and token.word in {"到", "至"}):
            break
        time += token.word
    return time if any(token.flag in {"TIME", "t"} for token in tokens[:2]) else ""


def find_subject(clauses: Sequence[Clause]) -> str:
    """Return the subject of the last clause that has one, if it can be said again; empty if not."""
    for clause in reversed(clauses):
        if clause.is_speech or clause.text.endswith("：") or _REPORTS.search(clause.bare):
            return ""
        if clause.has_subject and not clause.opens_with_preposition:
            return _nominal(clause.tokens[: max(0, clause.main_verb)])
    return ""


def _nominal(tokens: Sequence[Token]) -> str:
    """Return the nominal that tokens before a verb are, without time and adverbs around it; empty for more than that."""
    words = list(tokens)
    while words and words[0].flag in _DROPPED and words[0].word not in "“《":
        words.pop(0)
    while words and words[-1].flag in _DROPPED and words[-1].word not in "”》":
        words.pop()
    name = "".join(token.word for token in words)
    plain = all(
        token.flag in NOMINAL or token.flag in {"b", "a", "m", "q", "f"} or token.word in "“”《》·"
        for token in words
    )
    acts = bool(words) and (
        words[-1].flag in PEOPLE_AND_BODIES or _AGENT.search(name) is not None or words[-1].word in "”》"
    )
    return name if plain and acts and 1 < len(name) <= MAX_SUBJECT else ""


def _units(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """Group clauses to statements: a new one begins where a part with its own subject follows a whole one."""
    units: list[list[Clause]] = []
    opens: list[Clause] = []
    for clause in clauses:
        goes_on = bool(units) and clause.goes_on and not clause.binds
        if clause.leads_in and not goes_on and not clause.text.endswith(("。", "；", "！", "？")):
            opens.append(clause)
            continue
        if "分别" in clause.text and len(units) > 1:
            # 分别 speaks of all that was named before it in the sentence.
            units[-2:] = [[*units[-2], *units[-1]]]
        if not units or _begins_anew(units[-1], opens, clause):
            units.append([*opens, clause])
        else:
            units[-1] += [*opens, clause]
        opens = []
    if opens:
        units[-1:] = [[*units[-1], *opens]] if units else [opens]
    return units


def _begins_anew(before: Sequence[Clause], opens: Sequence[Clause], clause: Clause) -> bool:
    """Return whether a clause begins a unit: behind a semicolon, with its own subject, or with what it speaks of."""
    first = opens[0] if opens else clause
    whole = any(earlier.has_predicate for earlier in before)
    closed = whole and before[-1].text.endswith("；") and not _CONTRAST.match(first.text)
    topic = (
        whole
        and clause.is_topic
        and not clause.leans
        and not before[-1].is_topic
        and not before[-1].text.endswith("：")
    )
    return closed or topic or can_follow(before, opens, clause)


def can_follow(before: Sequence[Clause], opens: Sequence[Clause], clause: Clause) -> bool:
    """Return whether a clause, with what leads into it, can begin a sentence after `before`."""
    if (
        not any(earlier.has_predicate for earlier in before)
        or before[-1].text.endswith("：")
        or before[-1].is_topic
    ):
        return False
    if any(earlier.binds for earlier in before) and not before[-1].text.endswith("；"):
        return False
    if before[-1].is_serial and not clause.has_named_subject:
        return False
    first = opens[0] if opens else clause
    if re.match(r"但|而|却|不过|因此|所以|则|那么|就|也|都|才|这|并", first.text):
        return False
    if (
        clause.has_predicate
        and clause.tokens
        and (clause.tokens[0].flag == "TIME" or clause.bare.startswith("其中"))
    ):
        return True
    return not clause.leans and clause.has_subject and clause.has_predicate
