"""Whom and what a sentence speaks of, for somebody who heard only what was said before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar.main_verbs import NOMINAL
from briefing.mandarin.tagger import tag_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.named_people import People
    from briefing.editorial.writer.statements import Statement

SHORT = 2
"""Characters of a noun that a longer name ends like: 桥 of 大桥."""
CONTEXT = 6
"""Sentences back in which an antecedent is looked for."""

GENERIC = (
    "园区|小区|社区|公司|企业|集团|医院|学校|校方|院方|警方|店家|商家|厂家|厂方|门店|项目|工程|大桥|活动|大赛|赛事|展馆|景区|中心|基地|论坛|平台|"
    "团队|镇里|村里|县里|市里|区里|厂里|院里|校内|馆内|站内|园内|展会|展览|办法|条例|规定|方案|计划|比赛|车站|机场|线路|仪式|联盟|报告|机构|协会|俱乐部|书店|超市|工厂|车间|执法人员|办案民警|设计团队|研究团队|考察组|检查组|专家组|两个?人|卖家|买家|车主|业主"
)
_PRONOUN = re.compile(r"(?:^|(?<=[，。；]))(?P<who>[他她](?!们|人|乡|山))")
_THING = re.compile(r"(?:^|(?<=[，；]))(?:它们?|他们|她们|其(?!他|余|中|实|次|间))")
_THIS = re.compile(
    r"(?:^|(?<=[，；]))(?:该|这[家个座条名位所场部款项支起批]|此(?!次|外|前|后|类|时))(?P<noun>[\u4e00-\u9fff]{1,4})"
)
_GENERIC = re.compile(
    rf"^(?P<when>(?:[^，]{{0,12}}，)?)(?P<noun>(?:{GENERIC}))(?P<rest>[去今明前已将还也在与和从对把为正每共的占设拥内负\d\u4e00-\u9fff])"
)
_NUMBERED = re.compile(r"^(?:两|三|四|五|六|多)[个项条座家所名位支](?P<noun>[\u4e00-\u9fff]{2,6})")


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
    generic = _GENERIC.match(text)
    return generic["noun"] if generic and not _stands_for(generic["noun"], heard) else ""


def is_bare_name(word: str) -> bool:
    """Return whether a word is a person's name and nothing else."""
    tokens = tag_words(word + "说，")
    return tokens[0].flag == "PER" and tokens[0].word == word


def introduce(
    statement: Statement, heard: str, title: str, read: Sequence[Statement], people: People
) -> Statement | None:
    """Return the statement with people, pronouns and generic nouns as a listener needs them; None if nobody can tell."""
    for step in (_name_pronoun, _name_thing, _name_generic, _name_office):
        introduced = step(statement, heard, title, read, people)
        if introduced is None:
            return None
        statement = introduced
    return statement


def _before(statement: Statement, read: Sequence[Statement]) -> list[Statement]:
    """Return the full statements shortly before this one, the nearest first."""
    earlier = [
        candidate
        for candidate in read
        if candidate.first_form
        and candidate.source.index < statement.source.index
        and candidate.source.index >= statement.source.index - CONTEXT
    ]
    return earlier[::-1]


def _name_pronoun(
    statement: Statement, _heard: str, _title: str, read: Sequence[Statement], people: People
) -> Statement | None:
    match = _PRONOUN.search(statement.text)
    if not match:
        return statement
    before_it = statement.text[: match.start()]
    if people.names_in(before_it):
        return statement
    near = [
        earlier
        for earlier in _before(statement, read)
        if earlier.source.paragraph == statement.source.paragraph
        or earlier.source.index == statement.source.index - 1
    ][:3]
    for earlier in near:
        names = people.names_in(earlier.text)
        if len(set(names)) > 1:
            return None
        if names:
            text = statement.text[: match.start()] + names[0] + statement.text[match.end() :]
            return replace(statement, text=text, rests_on=(earlier.source.text, *statement.rests_on))
    return None


def _name_thing(
    statement: Statement, heard: str, _title: str, read: Sequence[Statement], _people: People
) -> Statement | None:
    if named := _name_that(statement, read):
        return named
    match = _THIS.search(statement.text)
    if match:
        noun = match["noun"]
        name = next((noun[:size] for size in (4, 3, 2, 1) if noun[:size] and noun[:size] in heard), "")
        return statement if len(name) > 1 else None
    if not _THING.search(statement.text) or statement.speaker or _same_sentence(statement.text):
        return statement
    return None


_THAT = re.compile(
    r"该(?P<noun>公司|项目|小区|网点|系统|平台|企业|医院|学校|大桥|中心|酒店|超市|车站|景区|品牌|产品|"
    r"[院校店馆站园厂桥村镇社])"
)


def _name_that(statement: Statement, read: Sequence[Statement]) -> Statement | None:
    """Return the statement with 该院 as the name that ends so shortly before it; None where there is none."""
    match = _THAT.search(statement.text)
    if not match:
        return None
    for earlier in _before(statement, read):
        name = _ending_in(match["noun"], earlier)
        if name:
            text = statement.text[: match.start()] + name + statement.text[match.end() :]
            return replace(statement, text=text, rests_on=(earlier.source.text, *statement.rests_on))
    return None


MAX_NAME = 16
"""Characters of a name that can be said again."""


def _ending_in(noun: str, statement: Statement) -> str:
    """Return the longest run of nominals in a statement that ends in a noun and is a name."""
    for clause in statement.clauses:
        run: list[str] = []
        for token in clause.tokens:
            run = [*run, token.word] if token.flag in NOMINAL or token.word in {"“", "”", "·"} else []
            joined = "".join(run)
            if joined.endswith(noun) and len(noun) < len(joined) <= MAX_NAME:
                return joined
    return ""


def _same_sentence(text: str) -> bool:
    """Return whether a pronoun's antecedent is the subject of the clause before it."""
    first = text.split("，", 1)[0]
    return not _THING.match(text) and len(first) > 4  # noqa: PLR2004 - a short opening has no subject


def _name_generic(
    statement: Statement, heard: str, _title: str, read: Sequence[Statement], _people: People
) -> Statement | None:
    match = _GENERIC.match(statement.text)
    if not match:
        return statement
    noun = match["noun"]
    if _stands_for(noun, heard) or re.match(
        r"(?:的?[\u4e00-\u9fff]{0,6})(?:负责人|主任|经理|书记|厂长|校长|院长|店主|老板)",
        statement.text[match.end("noun") :],
    ):
        return statement
    if _is_place(noun) and any(token.flag in {"LOC", "ORG"} for token in tag_words(heard[-300:])):
        return statement
    for earlier in _before(statement, read):
        name = _full_name(noun, earlier.text)
        if name:
            text = match["when"] + name + statement.text[match.end("noun") :]
            return replace(statement, text=text, rests_on=(earlier.source.text, *statement.rests_on))
    return None


def _is_place(noun: str) -> bool:
    """Return whether a noun is a place of which a story mostly has one."""
    return noun in {
        "小区",
        "社区",
        "园区",
        "学校",
        "医院",
        "大桥",
        "展馆",
        "景区",
        "车站",
        "机场",
        "工厂",
        "镇里",
        "村里",
    }


def _stands_for(noun: str, heard: str) -> bool:
    """Return whether what was heard holds a name of which the noun is the short form."""
    head = noun[0] if noun.endswith(("里", "内", "方")) else noun[-1:]
    if noun in heard:
        return True
    return (
        bool(re.search(rf"[\u4e00-\u9fff“”]{{2,}}{head}", heard))
        and len(noun) <= SHORT
        and noun[-1] in "园桥馆站"
    )


def _full_name(noun: str, text: str) -> str:
    match = re.search(
        rf"(?:^|[，。在是为了到和、])(?P<name>[\u4e00-\u9fff“”·A-Za-z\d]{{2,12}}{noun})(?=[，。在将的了是为、]|$)",
        text,
    )
    return match["name"] if match and not re.search(r"[在将了是为到]", match["name"][: -len(noun)]) else ""


def _name_office(
    statement: Statement, heard: str, title: str, _read: Sequence[Statement], people: People
) -> Statement | None:
    text, rests = statement.text, statement.rests_on
    for name in people.names_in(text):
        if any(name != other and name in other and other in text for other in people.offices):
            continue
        if name in heard or re.search(rf"[\u4e00-\u9fff·”]{{2}}{re.escape(name)}", text):
            continue
        index = text.find(name)
        if index and text[index - 1] not in "，。；：、和":
            continue
        office = people.offices[name]
        if not office:
            # 周某 is nobody's name: the page itself says no more of him.
            if name not in title and not name.endswith("某"):
                return None
            continue
        text = text[:index] + office + text[index:]
        rests = (people.rests_on[name], *rests) if people.rests_on[name] not in rests else rests
    return replace(statement, text=text, rests_on=tuple(dict.fromkeys(rests)))
