"""How much a listener gains from a statement, apart from what it is about: news before background, scene and praise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer import officialese
from briefing.editorial.writer.style.figures import count_figures
from briefing.model import han_count

if TYPE_CHECKING:
    from briefing.editorial.writer.statements import Statement

EARLY = 0.15
"""How much more the first paragraph is worth than a late one."""
BUREAU = 0.75
"""Factor for each word of offices about their own work, up to two."""
LAST_RESORT = 0.52
"""Quality that such words leave: said only where a story has nothing better."""

_USEFUL = re.compile(
    r"起(?:施行|实施|执行|开通|运营|报名|放假|封闭|上调|下调|[，。])|开放|免费|报名|截止|票价|收费|补贴|上涨|下降|下调|上调|禁止|不得|暂停|恢复|开通|通车|启用|投用|竣工|开工|封闭|绕行|受伤|死亡|遇难|失踪|被困|获救|滞留|判处|罚款|处罚|通报|召回|预计|将(?:在|于)|明年|首[个次批家座]|第一|夺冠|冠军|纪录"
)
_OUTCOME = re.compile(
    r"裁决|判决|判处|裁定|赔偿|夺冠|夺得|冠军|率先|打破|纪录|逆转|战胜|击败|险胜|连扳|成交|入选|当选|中标|获得|荣获|退还|恢复|查明|问题出在|检测报告|原因是"
)
_OFFICIAL = re.compile(
    r"[局处科部院校厅所站馆队厂社镇乡村县市区会]长|主任|书记|主席|负责人|经理|教授|专家|研究员|总裁|主编|学家"
)
"""Speakers who answer for something; what others feel is colour."""
_LEADER = re.compile(
    r"(?:书记|主任|市长|区长|县长|省长|主席|部长|局长|院长)[^，]{2,4}(?:指出|强调|要求|希望|表示|说)，"
)
_WISHES = re.compile(r"(?:^|，)(?:要|必须|务必|希望|力争|努力|将继续|将进一步|将持续)")
_SECTOR = re.compile(r"第[一二三]产业增加值")
"""Parts of a total, one after the other: a list that nobody keeps in mind."""
_VISITS = re.compile(
    r"先后(?:前往|来到|走进|察看|考察)|实地(?:察看|查看|了解)|详细了解|听取(?:了)?[^，]{0,12}(?:介绍|汇报)|座谈|交流发言|参加(?:活动|调研|会议)|出席|陪同"
)


def tells_outcome(text: str) -> bool:
    """Return whether a text tells how something ended: a ruling, a result, a price, a choice."""
    return _OUTCOME.search(text) is not None


def tells_much(text: str) -> bool:
    """Return whether a sentence holds an outcome or a figure, for which a listener bears its length."""
    return tells_outcome(text) or count_figures(text) > 0


def rate(statement: Statement) -> float:
    """Return the factor by which a statement's facts count, near 1 for plain news."""
    text = statement.text
    quality = 1.0 + EARLY / (1 + statement.source.paragraph / 2)
    factors = (
        (officialese.is_scene(text), 0.35),
        (officialese.is_chatter(text), 0.35),
        (statement.was_quoted and not _OFFICIAL.search(statement.speaker), 0.6),
        (statement.was_quoted and count_figures(text) == 0 and not _OFFICIAL.search(statement.speaker), 0.7),
        (_LEADER.search(text) is not None, 0.6),
        (_VISITS.search(text) is not None, 0.7),
        (_WISHES.search(text) is not None, 0.7),
        (not re.search(r"\d", text), 0.75),
        (count_figures(text) > 3, 0.8),  # noqa: PLR2004 - three figures an ear can hold
        (_USEFUL.search(text) is not None or (tells_outcome(text) and count_figures(text) > 0), 1.25),
        (_SECTOR.search(text) is not None, 0.5),
        (not statement.first_form, 0.97),
    )
    for holds, factor in factors:
        quality *= factor if holds else 1.0
    quality = float(quality * 0.55 ** officialese.count_empty(text) * (0.9 if han_count(text) > 36 else 1.0))  # noqa: PLR2004 - Han characters from which a sentence is long
    return _rank_bureau_last(quality, officialese.count_bureau_words(text))


def _rank_bureau_last(quality: float, words: int) -> float:
    """Return a quality lowered for words of offices, never below what may still be said where nothing better is."""
    return max(min(quality, LAST_RESORT), quality * BUREAU ** min(words, 2))
