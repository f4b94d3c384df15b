"""Habits of print that an ear does not need: datelines, bylines, brackets, openings that carry no fact."""

from __future__ import annotations

import re

from briefing.editorial.writer import passage

_AGENCY = r"(?:本报|新华社|中新社|中新网|央视|[\u4e00-\u9fff]{1,5}(?:社|网|报|台|客户端))"
_DATELINE = re.compile(
    rf"^\s*(?:据)?{_AGENCY}(?:“[^”]{{1,12}}”)?[\u4e00-\u9fff、·]{{0,14}}?(?:(?:\d{{1,2}}月)?\d{{1,2}}日)?(?:[上下]午|晚)?\s*"
    r"(?:专电|电(?![流子话影动力视])|讯|消息|快讯|综合报道|报道)\s*(?:[（(][^）)]{0,60}[）)])?\s*[:：]?\s*(?:题[:：][^。]{0,40}?(?=\s))?"
)
_SLUG = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]{0,4}(?:本报|晚报|日报|晨报|时报|商报|快报|都市报|早报)(?:讯|消息|快讯))\s*[:：]?\s*(?:[（(][^）)]{0,60}[）)])?\s*[:：]?\s*"
)
_REPORTED = re.compile(
    r"^\s*(?:本报|本刊|晚报|日报)?(?:首席|见习|实习|全媒体|融媒体)?记者\s+[^，。]{2,16}\s+(?:摄影)?报道\s*[:：]?\s*"
)
_SIGNED = re.compile(
    r"[（(][^（）()]{0,12}(?:记者|通讯员|文/图|图/文|实习生|供图|摄影|摄|编辑|作者|来源)[^（）()]{0,60}[）)]"
)
_BRACKETS = re.compile(r"[（(【\[]([^（）()【】\[\]]*)[）)】\]]")
_NAME_PART = re.compile(r"（([\u4e00-\u9fff]{1,4}[市省区县州镇乡庆京海津])）(?=[\u4e00-\u9fff])")

_WHEN = r"(?:昨天|昨日|今天|今日|近日|日前|前天|前日|最近|\d{1,2}月\d{1,2}日|\d{1,2}日)(?:上午|下午|晚)?"
_HEARD = re.compile(
    rf"^(?:(?P<when>{_WHEN})，?)?(?:，?(?:本报|晚报|日报|本台)?记者(?:{_WHEN})?(?:从[^，。]{{2,46}}?|在[^，。]{{2,20}}?|通过[^，。]{{2,20}}?)?"
    r"(?:获悉|了解到|看到|注意到|得知|了解|发现)[，：]?)"
    rf"|^(?P<day>{_WHEN})，?从[^，。]{{2,30}}?(?:获悉|了解到|得知)[，：]"
    rf"|^记者(?:{_WHEN})?走访(?:了解到|发现)[，：]?"
)
_HEARD_INSIDE = re.compile(
    r"(?<=，)(?:本报|晚报|日报)?记者(?:从[^，]{1,40}|在[^，]{1,30})?(?:获悉|了解到|得知|看到)[，：]"
)
_EMPTY_OPENING = re.compile(
    r"^(?:同时也要看到|不过|但是|然而|可是|在[^，。]{2,22}方面|分[^，。]{1,5}看|据(?:了解|悉|介绍|报道|记者了解|透露|不完全统计|该负责人介绍|相关负责人介绍|悉，)|(?:相关|有关|统计|监测)?数据(?:显示|表明)|统计显示|据统计|据测算|值得一提的是|值得注意的是|不仅如此|除此之外|此外|另外|"
    r"与此同时|同时|总的来看|具体来看|具体而言|可以说|事实上|其实|原来|而且|因此|所以|于是|随后|随即|接着|紧接着|其间|据此|对此|也就是说|换句话说|众所周知|"
    r"一直以来|多年来|长期以来|如图所示|如图|活动现场|会议现场|现场|活动中|会上|会议上|座谈会上|仪式上|发布会上|采访中|当前|目前来看|近年来|(?:会议|会上|大会)(?:指出|强调|认为|要求|提出)|"
    r"(?:根据|经|按照)[^，。]{2,24}核算(?:结果)?|(?:根据|按照)(?:工作|统一|有关|相关)(?:安排|部署|要求|计划)|首先|其次|再次|最后|一是|二是|三是|四是|五是|第一|第二|第三|一方面|另一方面|具体来说|简单来说|通俗地说|一句话)[，,：]"
)
_PICTURE = re.compile(r"[（(]?(?:见|如)(?:上|下|左|右|题)?图(?:所示)?[）)]?，?")
_QUESTION = re.compile(r"^(?:●\s*)?(?:(?:记者|本报记者|主持人)[:：]|问(?:[:：]|\s+))")
_ANSWER = re.compile(
    r"^(?:●\s*)?(?:答(?:[:：]|\s+|(?=\d|可以|现在|目前|今年|从|会的))|[\u4e00-\u9fff·]{2,10}[:：](?=[^“]))"
)
_BULLET = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)]|[①-⑳●◆■▲★•·→※]|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]、|[–—-]{1,2})\s*"
)


_FIRST_OF_THEM = re.compile(r"^首批(确定|选定|选取|遴选)(?:了)?(?=[\u4e00-\u9fff“])(?!的|为|在)")
"""An opening without anybody who chose: what was chosen becomes its predicate."""
_MESSAGE = re.compile(r"^(?:综合报道|综合消息|据[^，。\s]{2,16}(?:消息|微信公众号))\s*[，:：]?\s*")


def strip_habits(sentence: str) -> str:
    """Return the sentence in Chinese punctuation without its habits of print; empty when nothing else was in it."""
    bare = _SIGNED.sub("", sentence)
    for pattern in (_SLUG, _DATELINE, _REPORTED, _SLUG, _BULLET):
        bare = pattern.sub("", bare, count=1)
    bare = _MESSAGE.sub("", unwrap_brackets(passage.fold(_MESSAGE.sub("", bare))))
    bare = re.sub(r"^(?:不过|但是?|然而|可是)(?=[\u4e00-\u9fff])(?!于|凡|愿)", "", bare)
    bare = _FIRST_OF_THEM.sub(r"首批\1的是", bare)
    return _strip_openings(_HEARD_INSIDE.sub("", _strip_openings(_PICTURE.sub("", bare))))


def name_paper(text: str, paper: str) -> str:
    """Return the text with 本报, 该报 or 晚报记者 as the paper's name; an empty name leaves it."""
    if not paper:
        return text
    named = f"《{paper}》"
    text = re.sub(r"(?:本报|该报|本刊)(?=记者|联合|特|曾|此前|热线|读者|给|对|就|从|向|自|，)", named, text)
    # A paper that calls itself 晚报 or 日报 for short.
    short = paper[-2:]
    own = re.compile(
        rf"(?<![\u4e00-\u9fff《]){short}(?=记者|热线)|(?<=[向给找对]){short}(?=[求反热打投咨，。])"
    )
    return own.sub(named, text)


def is_question(sentence: str) -> bool:
    """Return whether an interviewer speaks."""
    return _QUESTION.match(sentence.strip()) is not None


def strip_answer(sentence: str) -> tuple[str, bool]:
    """Return the sentence without the 答： before it, and whether it had one."""
    bare = _ANSWER.sub("", sentence.strip(), count=1)
    return bare, bare != sentence.strip()


def plain_title(text: str) -> str:
    """Return a title without brackets; the spaces between its parts stay."""
    parts = (unwrap_brackets(passage.fold(part)) for part in re.split(r"\s+", text.strip()))
    return " ".join(filter(None, parts))


def unwrap_brackets(text: str) -> str:
    """Leave brackets out; a short place inside a name is read on (自由贸易（重庆）试验区)."""
    named = _NAME_PART.sub(r"\1", text)
    return _BRACKETS.sub("", named)


def _strip_openings(text: str) -> str:
    """Leave out openings that carry no fact; several may follow one another."""
    while (shorter := _EMPTY_OPENING.sub("", _HEARD.sub("", text, count=1), count=1)) != text:
        text = shorter
    return text
