"""What may be said of an article: runs of neighbouring parts of one printed sentence, each with its worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer import antecedents, splitting
from briefing.editorial.writer.choice import coverage, dangling, merit, presupposing, refusals
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.statements import Statement

_BEFORE = re.compile(
    r"过去|以前|原来|起初|最初|原先|往年|本来|一开始|一方面|不再|虽然|尽管|不是|并非|导致|造成|召回|未能|争议|纠纷"
)
"""Words of a statement that the next one answers: 过去要跑25天, 现在5天."""
_BEHIND = re.compile(
    r"(?:但|而(?!立)|却|不过|因此|所以|现在|如今|后来|目前|其余|剩下|另一方面|反而|随后|最终|结果|直到|一旦|否则|如果|若|同时|费用|超出)"
)
"""Openings without which the statement before them says something else."""


_LEANS = re.compile(r"则|[\u4e00-\u9fff]也|还(?!款|贷)|其中|另|反而|(?:^|，)(?:全部|都|均)")
"""Words of a part that is no news without the part before it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Statements that are said together, with the concepts they hold, their cost in Han characters and their quality."""

    statements: tuple[Statement, ...]
    concepts: tuple[str, ...]
    cost: int
    quality: float
    can_lead: bool
    points_back: bool = False

    @property
    def first(self) -> Statement:
        """Return its first statement."""
        return self.statements[0]

    @property
    def place(self) -> tuple[int, int]:
        """Return where it begins in the article."""
        return self.first.place

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Return the places of its statements."""
        return frozenset(statement.place for statement in self.statements)

    @property
    def text(self) -> str:
        """Return its statements as one text."""
        return "".join(statement.text for statement in self.statements)


def find_candidates(
    read: Sequence[Statement], refused: set[tuple[int, int, int]], titled: frozenset[str]
) -> list[Candidate]:
    """Return every run of parts that can be said, in the order of the article."""
    sentences: dict[int, dict[int, list[Statement]]] = {}
    for statement in read:
        parts = sentences.setdefault(statement.source.index, {})
        forms = parts.setdefault(statement.place[1], [])
        if (*statement.place, statement.form) not in refused and not refusals.find_refusal(statement):
            forms.append(statement)
    collected = []
    for parts in sentences.values():
        chosen = [_best_form(parts[part], titled) for part in sorted(parts)]
        full = [_longest(read, statement) for statement in chosen]
        collected += [_candidate(run, read) for run in _runs(chosen, full)]
    return collected


def _longest(read: Sequence[Statement], statement: Statement | None) -> Statement | None:
    if statement is None or statement.first_form:
        return statement
    return next(other for other in read if other.place == statement.place and other.first_form)


def _best_form(forms: Sequence[Statement], titled: frozenset[str]) -> Statement | None:
    """Return the longest form of a part, or a shorter one where the longest tells no more of the news but is long."""
    for index, form in enumerate(forms):
        short = han_count(form.text) <= splitting.MAX_LEAD_HAN
        if short or not any(not _loses_news(form, shorter, titled) for shorter in forms[index + 1 :]):
            return form
    return forms[0] if forms else None


def _loses_news(longer: Statement, shorter: Statement, titled: frozenset[str]) -> bool:
    """Return whether what a shorter form leaves out holds words of the title, a figure or an outcome."""
    tail = longer.text[len(shorter.text) - 1 :]
    lost = set(coverage.concepts(longer.text)) - set(coverage.concepts(shorter.text))
    return bool(lost & titled) or coverage.has_number(tail) or merit.tells_outcome(tail)


def _runs(
    chosen: Sequence[Statement | None], full: Sequence[Statement | None]
) -> Iterator[tuple[Statement, ...]]:
    """Yield the runs of neighbouring parts that say nothing else than the whole sentence does."""
    for start, first in enumerate(chosen):
        run: list[Statement] = []
        if first is None or (start and (not _may_part(full[start - 1], first) or _LEANS.search(first.text))):
            continue
        for end in range(start, len(chosen)):
            part = chosen[end]
            if part is None:
                break
            run.append(part)
            if end + 1 == len(chosen) or _may_part(part, full[end + 1]):
                yield tuple(run)


def _may_part(before: Statement | None, behind: Statement | None) -> bool:
    """Return whether one of two neighbouring parts may be said without the other."""
    if before is None or behind is None:
        return True
    behind_text = behind.text.removeprefix(behind.speaker)
    if splitting.loses_plan(before.text, behind_text) and behind.leans:
        return False
    return not (_BEFORE.search(before.text) or _BEHIND.match(behind_text))


def _candidate(run: tuple[Statement, ...], read: Sequence[Statement]) -> Candidate:
    first = run[0]
    text = "".join(statement.text for statement in run)
    cost = han_count(text)
    rated = sum(merit.rate(statement) * han_count(statement.text) for statement in run)
    return Candidate(
        run,
        coverage.concepts(text),
        cost,
        rated / max(1, cost),
        can_lead=not first.leans
        and first.part == 0
        and not antecedents.points_back(first.text)
        and not presupposing.needs_previous(first.text)
        and presupposing.find_unexplained(first.text, "") is None,
        points_back=dangling.find_antecedents(first, "", frozenset(), read) is not None,
    )
