"""Whom and what a sentence speaks of, for somebody who heard only what was said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial.writer import definite_heads
from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.named_people import People
    from briefing.editorial.writer.statements import Statement

CONTEXT = 6
"""Sentences back in which an antecedent is looked for."""

_PRONOUN = re.compile(r"(?:^|(?<=[，。；]))(?P<who>[他她](?!们|人|乡|山))")
_THING = re.compile(r"(?:^|(?<=[，；]))(?:它们?|他们|她们|其(?!他|余|中|实|次|间))")
_THIS = re.compile(
    r"(?:^|(?<=[，；]))(?:这[家个座条名位所场部款项支起批套种艘]|此(?!次|外|前|后|类|时))(?P<noun>[\u4e00-\u9fff]{1,4})"
)


def points_back(text: str) -> bool:
    """Return whether a sentence needs one before it."""
    if re.match(r"[^，]{2,40}(?:说|表示|介绍|指出|认为|提醒|强调|建议|透露)，", text):
        return _PRONOUN.match(text) is not None
    return any(pattern.search(text) for pattern in (_PRONOUN, _THING, _THIS)) or bool(
        re.match(r"此次|本次|本届|这次|这也|这是|首次(?=公布)|其中|现场|另有|另外|第二[，天]", text)
    )


def find_unknown(text: str, heard: str) -> str:
    """Return the pronoun or generic noun at a sentence's beginning that nothing heard explains; empty without one."""
    pronoun = _PRONOUN.search(text)
    if pronoun and not any(token.flag == "PER" for token in tag_words(heard + text[: pronoun.start()])):
        return pronoun["who"]
    this = _THIS.match(text)
    if this and this["noun"][:2] not in heard:
        return this[0][:3]
    head = definite_heads.find_head(text)
    return head["noun"] if head and not definite_heads.is_explained(head["noun"], heard) else ""


def is_bare_name(word: str) -> bool:
    """Return whether a word is a person's name and nothing else."""
    tokens = tag_words(word + "说，")
    return tokens[0].flag == "PER" and tokens[0].word == word


@dataclass(frozen=True, slots=True)
class Context:
    """Knowledge of a listener where a statement is said, and the article behind it.

    `follows` tells that the printed sentence right before the statement's was said.
    """

    aired: str
    title: str
    place: str
    read: Sequence[Statement]
    people: People
    follows: bool


def introduce(statement: Statement, context: Context) -> Statement | None:
    """Return the statement with people, pronouns and generic nouns as a listener needs them; None if nobody can tell."""
    for step in (_name_pronoun, _name_thing, _name_head, _name_unit, _name_office):
        named = step(statement, context)
        if named is None:
            return None
        statement = named
    return statement


def _name_head(statement: Statement, context: Context) -> Statement | None:
    named = definite_heads.name_that(statement, context.aired, context.read, follows=context.follows)
    return named and definite_heads.name_head(
        named, context.aired, context.read, context.title, follows=context.follows
    )


def _name_unit(statement: Statement, context: Context) -> Statement | None:
    return definite_heads.name_unit(statement, context.aired, context.place, context.read)


def _before(statement: Statement, read: Sequence[Statement]) -> list[Statement]:
    """Return the full statements shortly before this one, the nearest first."""
    earlier = [
        other
        for other in read
        if other.first_form
        and other.source.index < statement.source.index
        and other.source.index >= statement.source.index - CONTEXT
    ]
    return earlier[::-1]


def _name_pronoun(statement: Statement, context: Context) -> Statement | None:
    people = context.people
    match = _PRONOUN.search(statement.text)
    if not match:
        return statement
    before_it = statement.text[: match.start()]
    if people.names_in(before_it):
        return statement
    near = [
        other
        for other in _before(statement, context.read)
        if other.source.paragraph == statement.source.paragraph
        or other.source.index == statement.source.index - 1
    ][:3]
    for other in near:
        names = people.names_in(other.text)
        if len(set(names)) > 1:
            return None
        if names:
            text = statement.text[: match.start()] + names[0] + statement.text[match.end() :]
            return replace(statement, text=text, rests_on=(*other.source.printed, *statement.rests_on))
    return None


def _name_thing(statement: Statement, context: Context) -> Statement | None:
    match = _THIS.search(statement.text)
    if match:
        noun = match["noun"]
        antecedent = next(
            (noun[:size] for size in (4, 3, 2) if noun[:size] and noun[:size] in context.aired), ""
        )
        return statement if antecedent or context.follows else None
    if not _THING.search(statement.text) or statement.speaker or _same_sentence(statement.text):
        return statement
    return statement if context.follows else None


def _same_sentence(text: str) -> bool:
    """Return whether a pronoun's antecedent is the subject of the clause before it."""
    first = text.split("，", 1)[0]
    return not _THING.match(text) and len(first) > 4  # noqa: PLR2004 - a short opening has no subject


def _name_office(statement: Statement, context: Context) -> Statement | None:
    people, aired = context.people, context.aired
    text, rests = statement.text, statement.rests_on
    for name in people.names_in(text):
        if any(name != other and name in other and other in text for other in people.offices):
            continue
        if name in aired or re.search(rf"[\u4e00-\u9fff·”]{{2}}{re.escape(name)}", text):
            continue
        index = text.find(name)
        if index and text[index - 1] not in "，。；：、和":
            continue
        office = people.offices[name]
        if not office:
            # 周某 is nobody's name: the page itself says no more of him.
            if name not in context.title and not name.endswith("某"):
                return None
            continue
        text = text[:index] + office + text[index:]
        rests = (people.rests_on[name], *rests) if people.rests_on[name] not in rests else rests
    return replace(statement, text=text, rests_on=tuple(dict.fromkeys(rests)))
