"""Printed sentences as statements for the ear: whole, one thing each, in the words of speech.

A sentence of a page may hold several statements (parts with a subject of their own). Each is given in its full form
and in those shorter ones that grammar allows: without trailing predicates, officialese, purposes. Nothing is cut
inside a clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer import bare_sentences, officialese, owners, passage, splitting
from briefing.editorial.writer.bare_sentences import Bare
from briefing.editorial.writer.grammar.sentence_grammar import Clause, cut_clauses
from briefing.editorial.writer.named_people import People, find_people, tag_people
from briefing.editorial.writer.splitting import MAX_HAN, MAX_LEAD_HAN, MAX_WHOLE_HAN, Part
from briefing.editorial.writer.style import (
    figures,
    plain_words,
    print_habits,
    speech,
)
from briefing.editorial.writer.style.say_aloud import say_aloud, say_text
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.passage import Source
    from briefing.editorial.writer.source_page import Page
    from briefing.model import Article

MAX_SENTENCES = 48
"""Sentences of an article that are looked at; later ones are background."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing to say: its sentence, where it stands, what it rests on, and whether it needs the one before it.

    `uncut` tells that it is all of its printed sentence, `owner` a subject that it got from what stands before it.
    """

    text: str
    source: Source
    part: int
    clauses: tuple[Clause, ...]
    rests_on: tuple[str, ...]
    speaker: str = ""
    leans: bool = False
    was_quoted: bool = False
    form: int = 0
    owner: str = ""
    uncut: bool = False

    @property
    def first_form(self) -> bool:
        """Return whether this is the longest form."""
        return self.form == 0

    @property
    def place(self) -> tuple[int, int]:
        """Return where the statement stands in its article."""
        return self.source.index, self.part


def read_statements(article: Article, page: Page) -> tuple[tuple[Statement, ...], People]:
    """Return all statements of an article in their forms, in order, and its people."""
    bares = _bare_sentences(article, page)
    headed = [(say_aloud(line, page), line) for line in (article.kicker, article.title) if line]
    people = find_people([*((bare.text, bare.source.text) for bare in bares), *headed], page.place)
    statements: list[Statement] = []
    for bare in bares:
        statements += _statements(bare, people)
    return tuple(owners.give_owners(statements, page.place)), people


def _bare_sentences(article: Article, page: Page) -> list[Bare]:
    collected: list[Bare] = []
    interviewee, introduced = _interviewee(article)
    allowed = (article.kicker, *article.paragraphs)
    answering = False
    for source in passage.sources(article)[:MAX_SENTENCES]:
        if print_habits.is_question(source.text) or passage.is_stump(source, article):
            answering = False
            continue
        printed, answers = print_habits.strip_answer(source.text)
        answering = answers or (answering and not source.opens)
        bare = print_habits.strip_habits(printed)
        indirect = speech.make_indirect(bare)
        if not indirect:
            continue
        spoken = figures.drop_set_scores(say_text(indirect, page))
        speaker = interviewee if answering else ""
        rests_on = (introduced, *source.printed) if speaker and introduced in allowed else source.printed
        if speaker:
            spoken = speech.turn_first_person(spoken)
        collected.append(Bare(source, spoken, speaker, rests_on, was_quoted=indirect != bare))
    return bare_sentences.join_announcements(collected)


def _interviewee(article: Article) -> tuple[str, str]:
    """Return whom an interview is with, and the line that says so: 专访 in its headings or its opening."""
    head = (*article.paragraphs[:3], article.kicker, *article.sections)
    for line in head:
        collected = (
            re.search(r"(?:专访|对话)(?:了)?([\u4e00-\u9fff·]{4,30}?)(?=$|[，。）)—\s])", line)
            or re.search(r"请([^，。]{4,24}?)(?:逐一|一一)?(?:作答|解答|回答|答复)", line)
            or re.search(
                r"(?:^|，)([^，。]{4,30}?)(?:在[\u4e00-\u9fff]{2,8})?接受(?:了)?[^，。]{0,12}(?:专访|采访)",
                line,
            )
        )
        if collected:
            return collected[1], line
    return "", ""


def _statements(bare: Bare, people: People) -> Iterator[Statement]:
    tokens = tag_people(bare.text, [name for name in people.offices if name in bare.text])
    text = plain_words.say_words(tokens)
    tokens = tag_people(text, [name for name in people.offices if name in text])
    clauses = cut_clauses(text, tokens)
    speaker, told = _speech(clauses)
    if bare.speaker and not speaker:
        speaker = f"{bare.speaker}说，"
    parts = splitting.cut_parts(told, speaker)
    for number, part in enumerate(parts):
        after = number > 0 and parts[number - 1].clauses[-1].text.endswith("；")
        alone = len(parts) == 1
        yield from _forms(bare, number, part, speaker, after_semicolon=after, alone=alone)


def _speech(clauses: Sequence[Clause]) -> tuple[str, list[Clause]]:
    """Return who speaks (某某说，) and the clauses of what is said; "" when the page itself speaks."""
    for index, clause in enumerate(clauses[:3]):
        if (
            clause.is_speech
            and index + 1 < len(clauses)
            and all(before.leads_in or not before.has_subject for before in clauses[:index])
        ):
            opening = "".join(clause.text for clause in clauses[: index + 1])
            return opening.rstrip("：，") + "，", list(clauses[index + 1 :])
    return "", list(clauses)


def _forms(
    bare: Bare, number: int, part: Part, speaker: str, *, after_semicolon: bool, alone: bool
) -> Iterator[Statement]:
    """Yield the full form of a part and its shorter ones, each ending with a full stop."""
    texts: set[str] = set()
    unit = part.clauses
    for remaining in _shortened(unit):
        text = _joined(Part(tuple(remaining), part.subject).text)
        if han_count(text) > MAX_HAN - han_count(speaker):
            text = plain_words.shorten_attributes(plain_words.shorten_lists(text))
        spoken = f"{speaker}{text}"
        if text in texts or not text.rstrip("。"):
            continue
        texts.add(text)
        follows = number > 0 and not after_semicolon and not unit[0].has_named_subject and not part.subject
        leans = follows or bool(re.match(r"其中|其余|这(?!次)|另|(?:首|末)班车", text))
        yield Statement(
            spoken if number == 0 else text,
            bare.source,
            number,
            tuple(remaining),
            bare.rests_on,
            speaker=speaker,
            leans=leans,
            was_quoted=bare.was_quoted,
            form=len(texts) - 1,
            owner=part.subject,
            uncut=alone and len(remaining) == len(unit),
        )


def _shortened(unit: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Yield the clauses to keep: all but officialese first, then fewer from the end while what stays is whole."""
    plain = _without_empty(unit)
    for size in range(len(plain), 0, -1):
        remaining = plain[:size]
        if size < len(plain) and not _can_end(remaining, plain[size]):
            continue
        yield remaining


def _without_empty(unit: Sequence[Clause]) -> list[Clause]:
    """Return the clauses without set phrases of offices, and without what only led into those."""
    remaining: list[Clause] = []
    opens: list[Clause] = []
    for clause in unit:
        if clause.leads_in and clause is not unit[-1]:
            opens.append(clause)
            continue
        if not remaining or not officialese.is_empty(clause.text):
            remaining += [*opens, clause]
        opens = []
    if len(remaining) > 1 and remaining[0].leads_in and officialese.is_empty(remaining[0].text):
        remaining = remaining[1:]
    return remaining


def _can_end(remaining: Sequence[Clause], cut: Clause) -> bool:
    """Return whether a statement may end before `cut`."""
    last = remaining[-1]
    if last.leads_in or last.is_speech or last.is_serial or last.text.endswith("："):
        return False
    if _AWAITS_OBJECT.search(last.bare):
        return False
    # 超出其智力的打赏 awaits its predicate; 发现一种能发电的细菌 has it.
    if last.is_topic and not any(token.flag == "m" for token in last.tokens[1:2]):
        return False
    if not any(
        clause.has_predicate and (clause.has_subject or index) for index, clause in enumerate(remaining)
    ):
        return False
    if re.match(
        r"(?:但|而|却|不过|否则|才|就(?![^，]{2,40}(?:进行|展开|交换|达成|深入|座谈|交流|签))|也|不|没|都|只能|即|即使|的|则|所以|因此|应|须|必须|要|需|可|将|由|会|能|一律|一般|最高|最低|至少|最多|按|以|宜|已|还|是|为|属|算|占|请|如果|若|只要|除非|一旦|前提)",
        cut.bare,
    ):
        return False
    return not (last.binds and not re.match(r"其中", last.bare))


_AWAITS_OBJECT = re.compile(
    r"(?<!的)(?:发现|得知|查明|获悉|了解到|看到|确认|证实|裁决|判决|裁定|显示|表明|意味着|决定|同意|约定|规定)$"
)
"""Ends of a clause whose object is the next clause."""


def _joined(text: str) -> str:
    text = text.rstrip("，；：、。！")
    return text.replace("；", "，") + "。"


def is_short_enough(text: str, *, leads: bool, much: bool) -> bool:
    """Return whether a sentence can be followed by ear; one that tells `much` may be longer."""
    return han_count(text) <= (MAX_WHOLE_HAN if much else MAX_LEAD_HAN if leads else MAX_HAN)
