"""Print habits that an ear does not need: what is taken out of a sentence before it is weighed.

Every rule here only leaves words out (or unwraps a bracket), and only words that carry no news: who wrote it, by which way
the paper heard of it, connectives that point at a sentence which may not be said, phrases of politeness.
"""

from __future__ import annotations

import re

from briefing.editorial.writer import passage

_DATELINE = re.compile(
    r"^\s*(?:据)?(?:本报|[\u4e00-\u9fff]{2,6}社|[\u4e00-\u9fff]{2,6}(?:报|网|台))?[\u4e00-\u9fff]{0,8}?"
    r"(?:\d{1,2}月)?\d{1,2}日(?:电|讯|消息)(?:\s*[（(][^）)]{0,60}[）)])?\s*[:：]?"
)
_SLUG = re.compile(r"^\s*本报(?:讯|消息)[:：]?\s*(?:[（(][^）)]{0,60}[）)])?\s*")
_REPORTED = re.compile(
    r"^\s*(?:本报|本刊)?(?:首席|见习|实习|全媒体|融媒体)?记者\s+[^，。]{2,16}\s+报道\s*[:：]?\s*"
)
_SIGNED = re.compile(
    r"[（(][^（）()]{0,12}(?:记者|通讯员|文/图|图/文|实习生|供图|摄影|摄)[^（）()]{0,60}[）)]"
)
_BRACKETS = re.compile(r"[（(【]([^（）()【】]*)[）)】]")
_QUOTED_NAME = re.compile(r"（([\u4e00-\u9fff]{1,4})）(?=[\u4e00-\u9fff])")

_HEARD = re.compile(
    r"^(?:(?P<when>昨天|昨日|今天|今日|近日|日前|前天)，?)?"
    r"(?:，?(?:本报)?记者(?:昨天|昨日|今天|今日|近日|日前|日从|\d{1,2}日|\d{1,2}月\d{1,2}日)?"
    r"(?:从[^，]{2,40}?(?:上|中|处|了解到|获悉|得知)?|在[^，]{2,20}?|在采访中|采访)?"
    r"(?:获悉|了解到|看到|注意到|得知|了解|发现)，?)"
)
_HEARD_INSIDE = re.compile(r"(?<=，)(?:本报)?记者(?:从[^，]{1,30}|在[^，]{1,30})?(?:获悉|了解到|得知|看到)，")
_EMPTY_OPENING = re.compile(
    r"^(?:据(?:了解|悉|介绍|统计|报道|记者了解|透露|不完全统计)|数据显示|统计显示|值得一提的是|值得注意的是|不仅如此|除此之外|此外|另外|与此同时|同时|"
    r"总的来看|具体来看|从具体实施来看|可以说|事实上|其实|原来|而且|因此|所以|于是|随后|随即|接着|紧接着|其间|据此|对此|也就是说|换句话说|"
    r"众所周知|一直以来|如图所示|如图)[，,]"
)
_PICTURE = re.compile(r"[（(]?(?:见|如)(?:上|下|左|右|题)?图(?:所示)?[）)]?，?")
_GUIDED = re.compile(
    r"(?:始终|一直)?(?:坚持)?以[^，；。]{2,40}为(?:指导|指引|引领|遵循|统领|着力点|抓手|主线|契机|牵引|核心|重点|突破口|切入点)，|"
    r"(?:全面|认真|深入)*(?:学习|宣传)?(?:贯彻|落实|践行|领会)+(?:好|落实)?[^，；。]{0,20}"
    r"(?:习近平|党的|党中央|中央|市委|省委|区委|二十大|总书记)[^，；。]{0,40}，|"
    r"(?:全面|认真|深入|完整、准确、全面|牢固)+(?:树立|贯彻)[^，；。]{0,24}(?:理念|思想|发展观|精神)，|"
    r"(?:紧紧)?(?:围绕|坚持)[^，；。]{0,16}(?:总基调|总要求|总目标|工作主线)，"
)


def strip(sentence: str) -> str:
    """The sentence without its print habits, in Chinese punctuation; empty when nothing else was in it."""
    bare = _SIGNED.sub("", sentence)
    for pattern in (_SLUG, _DATELINE, _REPORTED, _SLUG):
        bare = pattern.sub("", bare, count=1)
    bare = _unwrapped(passage.fold(bare))
    return _opened(_HEARD_INSIDE.sub("", _opened(_PICTURE.sub("", bare))))


def plain(text: str) -> str:
    """A title without brackets and stray spaces inside words; the spaces between its parts stay."""
    parts = (_unwrapped(passage.fold(part)) for part in re.split(r"\s+", text.strip()))
    return " ".join(filter(None, parts))


def _unwrapped(text: str) -> str:
    """No brackets: a short word inside a name is read on (自由贸易（重庆）试验区), everything else is an aside."""
    return _BRACKETS.sub("", _QUOTED_NAME.sub(_kept, text))


def _kept(aside: re.Match[str]) -> str:
    return aside[1] if aside[1][-1] in "市省区县州镇乡庆京海津东西南北" else ""


def _opened(text: str) -> str:
    """Without the phrases that open a sentence and say nothing; several may stand one after another."""
    while (shorter := _GUIDED.sub("", _EMPTY_OPENING.sub("", _HEARD.sub("", text)), count=1)) != text:
        text = shorter
    return text


def dangles(sentence: str) -> bool:
    """Whether the sentence points back at the one before it: 他, 该项目, 其中, 这 … need what they stand for."""
    return _DANGLING.match(sentence) is not None


_DANGLING = re.compile(
    r"^(?:他|她|它|其(?!他)|该(?!局|市|区|县)?|这|那|此(?!次|外|前)|上述|前者|后者|两人|双方|二人|两者|对方|但|却|不过|然而|并|也|还|又|则|"
    r"为此|由此|从而|经过(?:这|此)|届时|当即|与往年|与之|相比|在此|至此|同样|如此|之后|此后|后来|最终|再|就|才|都|像(?:他|她|这)|.{0,12}该(?!局|市|区|县)|.{0,4}对方)"
)
