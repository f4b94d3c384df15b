"""Words that take something for granted: 接警后, 逾期, 两个人, 责令其…; a listener must have heard of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHEN = r"^(?:[^，]{0,12}，)?"
_DAY = r"^(?:(?:[前昨今]天|[本上下]周|\d)[^，]{0,8}，)?"
_ALARM = r"险情|事故|[起失着]火|火灾|滑坡|管涌|决口|被困|报警|骗[走取]|失联|走失|溺水|落水|被盗|倒地"
"""Events that somebody is called to."""


@dataclass(frozen=True, slots=True)
class Presupposition:
    """Words of a statement, and what explains them in what was heard; the sentence before does where that is None.

    {noun} in `explained` is the noun that the words name.
    """

    words: re.Pattern[str]
    explained: str | None = None


_TABLE = (
    Presupposition(re.compile(r"^[^，]{0,16}接(?:警|报|到(?:报警|求助|举报|投诉))后"), _ALARM),
    Presupposition(re.compile(_WHEN + r"[两三四]个?人(?=一起|都|先后|随即|立即|最终|又|便|也|同时|互相|于是)")),
    Presupposition(re.compile(_WHEN + r"相关(?:论文|成果|研究|视频|判决|款项|线索|案件)")),
    Presupposition(re.compile(_DAY + r"[^，]{0,12}(?:责令|要求|判令|告知|劝说|对|向|将|把|给)其(?!他|余|中|实|次|间)")),
    Presupposition(re.compile(r"^(?:愿意|想|有意|希望)(?:要)?(?:加入|参加|参与)(?=的|者|，)")),
    Presupposition(re.compile(_WHEN + r"这[几些]")),
    Presupposition(re.compile(r"其实(?!际)")),
    Presupposition(re.compile(r"^那(?:位|个)?(?:姑娘|小伙|孩子|老人|男子|女子)")),
    Presupposition(re.compile(r"^结果(?=在|将|会|由|显示|表明)"), r"检[测验查]|调查|[筛抽]查|测[试评]|试验|鉴定|监测|买来"),
    Presupposition(re.compile(r"逾期"), r"截止|\d[日号](?:[晚上下早中]*\d+点半?)?(?:前|止|以前|之前|结束)|期限|到期|还款"),
    Presupposition(re.compile(r"(?<!\d件)(?<!\d个)不达标(?=的)"), r"标准|合格|达到|不低于|\d+摄氏度"),
    Presupposition(re.compile(_WHEN + r"(?:此案|本案)"), r"案|诉|纠纷"),
    Presupposition(re.compile(_WHEN + r"当事人"), r"案|诉|纠纷|警|事故|某"),
    Presupposition(re.compile(r"^(?P<noun>[\u4e00-\u9fff]{1,3}车)(?:司机|驾驶员|车主|乘客)"), "{noun}"),
    Presupposition(
        re.compile(
            r"^新(?!学期|能源|中国|时代|西兰|华社|农村|市民|生儿|政策|平台|[增建开设年春])(?P<noun>[\u4e00-\u9fff]{2})(?=的|将|已|也|比)"
        ),
        "{noun}",
    ),
)  # fmt: skip


def needs_previous(text: str) -> bool:
    """Return whether a statement takes the printed sentence before it for granted."""
    return any(entry.explained is None and entry.words.search(text) for entry in _TABLE)


def find_unexplained(text: str, heard: str) -> re.Pattern[str] | None:
    """Return what a sentence must hold to explain a statement's words; None where they are clear."""
    for entry in _TABLE:
        match = entry.words.search(text) if entry.explained is not None else None
        if match is None or entry.explained is None:
            continue
        wanted = re.compile(
            entry.explained.format(**match.groupdict()) if match.groupdict() else entry.explained
        )
        if not wanted.search(heard + text[: match.start()]):
            return wanted
    return None
