"""Decide 着, 数, 载, 薄, 结 and 差 by what is done to what: to wear a dress, to count out, to be thin.

Each function sees the text before and behind the character, and returns None where nothing speaks for a reading.
Source: 《现代汉语词典》, 第7版.
"""

from __future__ import annotations

import re

_CLOTHES = re.compile(
    "(?:一?[身袭件套双][^，。；]{0,8}|[^，。；一-]{0,6}?)(?:装|服|衣|裙|袍|褂|衫|靴|鞋|裤|礼服|甲|长衫|短袖|马甲|披风|斗篷|蓑衣)"
)
_BURNS = re.compile(
    "(?:火|柴|草|炉|灯|房子|屋|车|锅|仓库|厂房|车间|衣服|被子|电线|窗帘|垃圾|草垛|柴堆|棚子)(?:又|已|就|都|全|突然)?$"
)
_PLAYS = re.compile("(?:[走出下支高][了]?一|人一|这一|三十六|[妙险绝狠])$")
_NO_MOVE = re.compile("[急装想陆手眼实]")


def decide_zhe(before: str, after: str) -> str | None:
    """着: zhuó to wear, zháo to catch fire, zhāo a move in a game, where it is counted."""
    if _CLOTHES.match(after) and not re.search(
        "[穿戴披挂拿洗晾晒换套扛提抱叠收缝补买卖做卷撩扯拉拽顺随沿照对朝向冲]$", before
    ):
        return "zhuo2"
    if _BURNS.search(before) and re.match("[了起]|$|[，。]", after):
        return "zhao2"
    return "zhao1" if _PLAYS.search(before) and not _NO_MOVE.match(after) else None


_COUNTS = re.compile("(?:逐[个一]|挨个|一一|清点|仔细|反复)[、，]?$")
_RANKS = re.compile("(?:[要当就最]|还得|首屈一指的?)$")


def decide_shu(before: str, after: str, *, alone: bool) -> str | None:
    """数: shǔ to count and to rank."""
    if _COUNTS.search(before) and re.match("[一-鿿]", after) and not re.match("[据字量值额目码]", after):
        return "shu3"
    if not alone:
        return None
    if re.match("第[〇零一二两三四五六七八九十]|得上|不清|不过来|不尽|了[数又一]|着|完|一数|下来", after):
        return "shu3"
    return "shu3" if _RANKS.search(before) and re.match("[一-鿿]", after) else None


def decide_zai(before: str, after: str) -> str | None:
    """载: zǎi to be written down, and a year; zài to carry is left to the dictionary."""
    written = re.search("(?:[有皆均所曾史志书经传报典》亦]|年半|年一)$", before)
    return "zai3" if written and re.match("[，。：；“”、]|$", after) else None


_DEGREE = "偏太很较更最过稍略变又既不极真够愈越"


def decide_bo(before: str, after: str) -> str | None:
    """薄: báo thin, where it is said of something; bó in most of its words."""
    predicate = re.search(
        f"(?:[{_DEGREE}]|非常|特别|有点|底子|家底|脸皮|[冰土雪油皮]层|[钢木玻]板|冰面)$", before
    )
    return "bao2" if predicate and re.match("[，。、；！？”的了得而又]|$", after) else None


def decide_jie(before: str, after: str) -> str | None:
    """结: jiē to bear fruit, and 结实 of a body."""
    bears = re.search(
        "(?:[树藤秧苗株枝蔓瓜豆果]|[树藤][上头]|[一二三两几四五]年[就才便]|[今去当明][年就]*|[未不开]花)$",
        before,
    )
    if re.match("果(?!断|然)|子|籽|得(?:多|少|满|早|好)|[满了][^，。]{0,6}[果瓜豆子]", after) and bears:
        return "jie1"
    return (
        "jie1"
        if after.startswith("实")
        and re.search("(?:身板|身体|身子|长得|肌肉|筋骨|很|挺|更|格外|十分|结)$", before)
        else None
    )


def decide_cha(before: str, after: str) -> str | None:
    """差: chà bad, where it is said of a quality."""
    quality = re.search(
        "(?:质量|效果|成绩|信号|体验|条件|基础|视力|心情|口碑|素质|态度|环境|秩序|卫生|效益|手感|口感|记性|人缘|风气|运气|脾气|状态|流动性|稳定性|耐力|体质)(?:很|太|较|更|最|偏|变|也)?$",
        before,
    )
    return "cha4" if quality and re.match("[，。、；！？”的了]|$", after) else None
