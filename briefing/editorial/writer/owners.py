"""Subjects that a page leaves out: a sentence that opens with its verb goes on about whoever the one before spoke of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar.main_verbs import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.statements import Statement
    from briefing.mandarin.segmenter import Token

WITHIN = 2
"""Sentences back in which the subject must stand."""
MAX_OWNER = 14
"""Characters of a subject that can be said again."""

_ACTS = re.compile(
    r"^(?:还|也|又|将|已经|已|正|正在|预计|计划|拟|今年|全年|共|累计|先后|同时|并|持续|深入|全面|积极|大力)*"
    r"(?:编制|印发|制定|组织|开展|启动|部署|推进|实施|建成|完成|推行|出台|落实|探索|构建|整合|新建|改造|淘汰|整治|新增|建设|培训|举办|发布|引进|投入|设立|配备|安排|发放|"
    r"采取|严格|强化|加快|聘请|督促|查处|排查|拆除|修复|栽种|开通|开放|推出|加装|更换|打造|支持|接待|受理|办理|调解|查获|抓获|处理|整改|走访|慰问|建立|成立|签订|签约|获评|入选|荣获)"
)
_BODY = re.compile(
    r"(?:局|委|院|区|市|县|省|镇|乡|街道|政府|公司|集团|银行|行|所|校|部|会|队|中心|医院|大学|大桥|公园)$"
)


def give_owners(statements: Sequence[Statement], place: str) -> Iterator[Statement]:
    """Yield the statements; one without a subject gets that of a body or place which the sentence before speaks of."""
    owner, stood, source = "", -9, ""
    for statement in statements:
        lacks = statement.part == 0 and not statement.speaker and _lacks_subject(statement)
        if lacks and owner and statement.source.index - stood <= WITHIN:
            offset = sum(len(clause.text) for clause in statement.clauses[: _leading(statement)])
            text = statement.text[:offset] + owner + statement.text[offset:]
            rests_on = tuple(dict.fromkeys((source, *statement.rests_on)))
            yield replace(statement, text=text, owner=owner, rests_on=rests_on)
            stood = statement.source.index
            continue
        yield statement
        if statement.form == 0 and not lacks:
            subject = _subject(statement, place)
            owner, stood, source = subject, statement.source.index, statement.source.text


def _lacks_subject(statement: Statement) -> bool:
    first = next(
        (clause for clause in statement.clauses if clause.has_predicate and not clause.leads_in), None
    )
    return (
        first is not None
        and first is statement.clauses[_leading(statement)]
        and (first.opens_with_verb and _ACTS.match(first.text) is not None and not first.tells_of_existence)
    )


def _leading(statement: Statement) -> int:
    """Return the index of the first clause that does not only lead in."""
    return next((index for index, clause in enumerate(statement.clauses) if not clause.leads_in), 0)


def _subject(statement: Statement, place: str) -> str:
    """Return the body, place or named thing that a statement speaks of; empty for people and for what is unclear."""
    if statement.speaker:
        return ""
    for clause in statement.clauses:
        if not clause.has_subject or clause.opens_with_preposition:
            continue
        tokens = clause.tokens[: max(0, clause.main_verb)]
        run: list[Token] = []
        for token in tokens:
            if token.flag in NOMINAL:
                run.append(token)
            elif run:
                break
        name = "".join(token.word for token in run)
        acts = name == place or (bool(run) and run[-1].flag in {"ORG", "LOC"})
        return name if acts and _BODY.search(name) and len(name) <= MAX_OWNER else ""
    return ""
