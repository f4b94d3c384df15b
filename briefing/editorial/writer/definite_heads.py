"""Nouns that stand for something named before: 园区, 公司, 该院, 全县; and the name that a listener needs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar.main_verbs import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.statements import Statement

CONTEXT = 8
"""Sentences back in which a name is looked for."""
MAX_NAME = 16
"""Characters of a name that can be said again."""
MAX_WHEN = 12
"""Characters of an opening that says when."""

KINDS = {
    "园区": "园区|产业园|科技园|工业园|梭织里|街区",
    "小区": "小区|社区|苑|新村|花园|家园|[一-鿿]里",
    "社区": "社区|小区|苑|新村",
    "公司|企业|集团|厂家|厂方": "公司|集团|企业|厂|精工|科技|银行|农商行|酒业|船厂|店",
    "商家|店家|门店|店铺": "商家|店|商场|超市|健身房|门店|铺|字号",
    "医院|院方|院里|老院区|新院区|院区": "医院|卫生院|院区",
    "学校|校方|校内": "学校|大学|中学|小学|幼儿园|学院|校区",
    "项目|工程": "项目|工程|改造|建设|桥|线|站|馆|路|水库|管网|电站|基地|产线|园",
    "大桥": "桥",
    "活动|仪式": "活动|仪式|节|展|赛|马拉松|行动|集市|周|月",
    "大赛|赛事|比赛": "赛|马拉松|运动会|锦标赛|公开赛|联赛",
    "展会|展览|展馆": "展|博览会|馆",
    "景区": "景区|公园|古城|古镇|山",
    "中心": "中心",
    "基地": "基地",
    "论坛": "论坛",
    "平台": "平台|系统|小程序|APP",
    "团队|设计团队|研究团队|科研团队|研究人员|科研人员": "团队|研究|大学|学院|研究院|研究所|公司|实验室|科研|设计",
    "工作人员|执法人员": "[一-鿿]{1,6}(?:局|消保委|卫健委|中心|支队|大队|派出所|法院|公司|街道|医院|银行|部门)",
    "组委会": "赛|展|节|会|马拉松|大会",
    "考察组|检查组|专家组|调研组": "考察|检查|率队|专家|调研|督查",
    "研究院|研究所|实验室": "研究院|研究所|实验室|院|所",
    "办法|条例|规定|方案|计划": "办法|条例|规定|方案|计划|意见|通知|《",
    "车站|机场|线路": "站|机场|线",
    "书店|超市|工厂|车间|书房|食堂|剧目|合作社|监督小组|系统|展厅|球场|戏单": "",
    "协会|俱乐部|联盟|机构|报告": "协会|俱乐部|联盟|机构|报告",
    "镇里": "镇", "村里|村民们": "村", "县里": "县", "市里": "市", "区里": "区", "厂里": "厂",
    "馆内": "馆", "站内": "站", "园内": "园",
}  # fmt: skip
"""Nouns that stand for a named thing, and what the name may end in or hold; an empty one must be heard itself."""
GENERIC = "|".join(KINDS)

_NOUNS = "|".join(sorted(GENERIC.split("|"), key=len, reverse=True))
_HEAD = re.compile(
    rf"^(?P<when>(?:[^，]{{0,{MAX_WHEN}}}，|[前昨今]天|目前|如今|现在|今年|去年)?)(?P<noun>{_NOUNS})"
    r"(?P<rest>[去今明前已将还也在与和从对把为正每共的占设拥内负\d\u4e00-\u9fff])"
)
_STAFF = ("工作人员", "执法人员")
_BODY_IN_TITLE = re.compile(
    r"(?:^|[，、 ：？])(?P<name>[市省县区]?(?:消保委|消协|市监局|卫健委|疾控中心|城管局|交警|法院|海关))"
)
_THAT = re.compile(r"该(?P<noun>[一-鿿]{1,4})")
_UNIT = re.compile(r"全(?P<unit>[县区镇乡村])(?!域|省|国|民|面|长)")
_ENTITIES = frozenset({"ORG", "LOC", "nz", "nt", "ns"})
_CLASSIFIERS = {
    "公司": "家", "企业": "家", "医院": "家", "学校": "所", "系统": "套", "平台": "个", "项目": "个", "船": "艘",
    "桥": "座", "路": "条", "品系": "个", "品种": "个", "产品": "种", "系列": "个", "模型": "个", "店": "家", "院": "家",
    "厂": "家", "局": "个", "校": "所", "线路": "条", "车": "辆", "书": "本", "片": "部", "办法": "个", "小区": "个",
    "药": "种", "案": "起", "所": "家", "机构": "家", "村": "个",
}  # fmt: skip
"""Measure words with which 该 becomes 这: 该船 is 这艘船."""


def kind_of(noun: str) -> str:
    """Return what a name for which a noun stands may hold, as a pattern."""
    return next((names or noun for nouns, names in KINDS.items() if noun in nouns.split("|")), noun)


def find_head(text: str) -> re.Match[str] | None:
    """Return the noun at a sentence's beginning that stands for something named; None without one."""
    return _HEAD.match(text)


def is_explained(noun: str, heard: str) -> bool:
    """Return whether something heard can be what a noun stands for."""
    return noun in heard or re.search(kind_of(noun), heard) is not None


def name_head(
    statement: Statement, heard: str, read: Sequence[Statement], title: str = "", *, follows: bool
) -> Statement | None:
    """Return the statement with a full name for its 园区 or 公司; None where a listener cannot know which it is.

    Where it `follows` the printed sentence before it, its noun is as clear as the page's. The body whose staff acts
    may stand in the `title` only.
    """
    opening = statement.speaker if statement.text.startswith(statement.speaker) else ""
    match = find_head(opening or statement.text)
    if match is None or is_explained(match["noun"], heard):
        return statement
    for other in _before(statement, read):
        if name := full_name(match["noun"], other):
            text = match["when"] + name + statement.text[match.end("noun") :]
            return replace(statement, text=text, rests_on=(*other.source.printed, *statement.rests_on))
    if opening or not (body := _BODY_IN_TITLE.search(title)) or match["noun"] not in _STAFF:
        return statement if follows else None
    return replace(statement, text=match["when"] + body["name"] + statement.text[match.end("noun") :])


def name_that(
    statement: Statement, heard: str, read: Sequence[Statement], *, follows: bool
) -> Statement | None:
    """Return the statement with 该院 as the name that ends so, else as 这家院; None where nobody knows which."""
    match = _THAT.search(statement.text)
    if not match:
        return statement
    for size in range(len(match["noun"]), 0, -1):
        noun = match["noun"][:size]
        for other in _before(statement, read):
            if name := _quoted_name(noun, other.text) or full_name(noun, other, entity=True):
                text = _with(statement.text, match.start(), match.start("noun") + size, name)
                return replace(statement, text=text, rests_on=(*other.source.printed, *statement.rests_on))
    matching = next(
        (noun for noun in _CLASSIFIERS if match["noun"].startswith(noun) and (noun in heard or follows)), ""
    )
    if not matching:
        return None
    return replace(
        statement,
        text=_with(statement.text, match.start(), match.start("noun"), f"这{_CLASSIFIERS[matching]}"),
    )


def name_unit(statement: Statement, heard: str, place: str, read: Sequence[Statement]) -> Statement:
    """Return the statement with 全县 as the county's name, where the page's place is another kind of unit."""
    match = _UNIT.search(statement.text)
    if not match or match["unit"] == place[-1:] or re.search(rf"[一-鿿]{{2}}{match['unit']}", heard):
        return statement
    for other in _before(statement, read):
        named = re.search(
            rf"(?:^|[，。、在从向])(?P<name>[一-鿿]{{2,3}}{match['unit']})(?!里|级|城)", other.text
        )
        if named and not named["name"].startswith("全"):
            text = _with(statement.text, match.start(), match.end(), named["name"])
            return replace(statement, text=text, rests_on=(*other.source.printed, *statement.rests_on))
    return statement


def full_name(noun: str, statement: Statement, *, entity: bool = False) -> str:
    """Return the longest run of nominals in a statement that ends in a noun and is longer; empty without one.

    Only a name tells which one is meant where the noun alone does not: an `entity` is a body or a place.
    """
    ends = f"(?:{kind_of(noun)})" if noun in _NOUNS.split("|") else re.escape(noun)
    for clause in statement.clauses:
        run: list[str] = []
        for token in clause.tokens:
            named = token.flag in NOMINAL - {"r", "s"} or token.word in {"“", "”", "·"}
            run = [*run, token.word] if named else []
            joined = "".join(run)
            if entity and token.flag not in _ENTITIES:
                continue
            if (
                re.search(f"{ends}”?$", joined)
                and len(noun) < len(joined) <= MAX_NAME
                and joined.count("“") == joined.count("”")
            ):
                return joined
    return ""


def _quoted_name(noun: str, text: str) -> str:
    """Return the name in quotation marks that follows a noun: 货船“氢舟1号”."""
    match = re.search(rf"{re.escape(noun)}(?P<name>“[^”]{{2,10}}”)", text)
    return match["name"] if match else ""


def _with(text: str, start: int, end: int, name: str) -> str:
    return text[:start] + name + text[end:]


def _before(statement: Statement, read: Sequence[Statement]) -> list[Statement]:
    """Return the full statements before this one, the nearest first."""
    index = statement.source.index
    return [one for one in read if one.first_form and index - CONTEXT <= one.source.index < index][::-1]
