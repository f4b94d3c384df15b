"""Printed titles in words for the ear, and the sentences that their parts can make.

A title is read, not heard: its parts stand in a row without connection, its verbs are those of print, and its riddles and
slogans tell a listener nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.writer.grammar.main_verbs import NOMINAL
from briefing.editorial.writer.style import places, plain_words, print_habits
from briefing.mandarin.tagger import tag_words
from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


MAX_KICKER = 18
"""Han characters of a line above a title that may open the headline."""
BOTH = 2
LEAST_PART = 5
"""Han characters on both sides of a colon that parts two sentences."""

_BETWEEN = re.compile(r"\s*(?:[|｜丨]|(?<!\d)/|——+|--+|\s)\s*")
_LABEL = re.compile(
    r"^(?:快讯|头条|关注|聚焦|独家|视频|图解|图集|要闻|最新|重磅|[^，“”]{2,6})[丨|｜：:]\s*(?=\S{4,})"
)
_CEREMONY = re.compile(
    r"(启动|签约|揭牌|授牌|开工|奠基|竣工|颁奖)仪式(?:暨[^，。 ]{2,24}仪式)?(?:在[^，。 ]{2,16})?(?:成功|隆重)?举行$"
)
"""Ceremonies in a title: the act is the news."""
_KICKER_REFUSED = re.compile(
    r"^—|^--|^[记访]|\s|[？?！!↓→]|答[^，]{0,10}问|强调|讲话|通讯员|法院$|调研|\d{3}.*\d{3}|之[一二三四五六]$|问答|系列|专题"
)
_DAY = re.compile(r"(?:[前昨今明后]天|[本上下]?周[一二三四五六日]|\d{1,2}月\d{1,2}日|\d+天[后前])起?")
_FLOURISH = re.compile(r"(?:鏖战|苦战|激战|恶战|奋战)[^，]{1,4}$")
"""Part of a title that tells only that it was hard."""
_SCORE = re.compile(r"\d+比\d+[\u4e00-\u9fff]{2,4}$")
"""Part that is a score and a verb; the winner stands in the other part."""
_MEASURE_FIRST = re.compile(r"(?:零[下上])?\d[\d.]*[\u4e00-\u9fff]{1,4}(?:还能|也能|就能|照样)")
"""Part that tells what something does at a measure; the other part names it."""
_MARKUP = re.compile(r"[<>{}\\`]|\.\./|://|\w\(\)|&[a-z]+;|javascript:")
_GROWS = r"(?=[^，。]{0,6}(?:增|涨|升|降|减|跌|多|少|提|下|回|扩|翻))"
_WITHOUT_SUBJECT = re.compile(r"禁赛|罚|被罚|省下|标价|花\d")
"""Openings of a title's first part whose subject stands in the second."""
_SPOKEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"首季(?!度)"), "一季度"),
    (re.compile(r"^20\d\d年?(?=[^，。 \d]{2,10}(?:赛|半马|马拉松|节|展|杯)[^，。 ])"), ""),
    (re.compile(rf"环比{_GROWS}"), "比上个月"),
    (re.compile(r"(?<=[潜降增涨升跌减提缩延])至(?=\d|[一二三四五六七八九十百])|(?<=\d[日时点月])至(?=\d)"), "到"),
    (re.compile(r"(?<![附临靠最远接逼将])近(?=\d|[一二两三四五六七八九十][成百千万亿])"), "将近"),
    (re.compile(r"获刑(?=$|[，。 ])"), "被判刑"),
    (re.compile(r"获赔"), "得到赔偿"),
    (re.compile(r"(?<=[飞驶开])抵"), "到"),
    (re.compile(r"(?<=[\u4e00-\u9fff])乘(?=缆车|飞机|高铁|火车|地铁|公交|船|轮渡)"), "坐"),
    (re.compile(r"(?<=[\u4e00-\u9fff])可(?=坐)"), "可以"),
    (re.compile(r"(?<=[\u4e00-\u9fff])将至(?=$|[，。 ])"), "快到了"),
    (re.compile(r"(?:(?<=日)|(?<=月)|(?<=周[一二三四五六日]))载客"), "开始载客"),
    (re.compile(r"(?<=\d日)(?=[\u4e00-\u9fff]{1,4}起)"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])迎客(?=\d|[一二三四五六七八九十百千万])"), "接待游客"),
    (re.compile(r"(?<=开[园业馆放街])百日"), "一百天"),
    (re.compile(r"摘(?P<medal>[金银铜])(?=$|[，。 ])"), r"获得\g<medal>牌"),
    (re.compile(r"(?:(?<=^)|(?<=[\u4e00-\u9fff， ]))致(?=\d+[人死伤]|[一二三四五六七八九十]+[人死伤])"), "造成"),
    (re.compile(r"(?<=造成)(\d+)死(\d+)伤"), r"\1人死亡、\2人受伤"),
    (re.compile(r"(?<=[\u4e00-\u9fff])掷(?=[\u4e00-\u9fff])"), "扔"),
    (re.compile(r"(?<=[\u4e00-\u9fff])投用"), "投入使用"),
    (re.compile(r"(?<=[\u4e00-\u9fff])(?:赴)(?=[\u4e00-\u9fff]{2})"), "到"),
    (re.compile(r"(?<=[，。 \u4e00-\u9fff])拟(?=[\u4e00-\u9fff])(?!人|议)"), "计划"),
    (re.compile(r"^无人员伤亡|(?<=[， ])无人员伤亡"), "没有人员伤亡"),
    (re.compile(r"(?<=周一)起(?=[\u4e00-\u9fff]{2})"), "开始"),
    (re.compile(r"(?<!空气)(?<!质量)优良天数"), "空气优良天数"),
    (re.compile(r"(?<=[高低]于市场价)(?=\d)"), "的"),
    (re.compile(r"学子(?=$|[，。 ]|在|获|摘|夺)"), "学生"),
    (re.compile(r"摘得?(\d+)(?P<won>[金银铜])(?=$|[，。 ])"), r"获得\1枚\g<won>牌"),
    (re.compile(r"[A-Z]\d{1,2}级(?=[\u4e00-\u9fff])"), ""),
    (
        re.compile(
            r"(?:(?<=年内)|(?<=年底前)|(?<=前)|(?<=[明后]年)|(?<=下周[一二三四五六日])|(?<=下周)|(?<=下月)|(?<=下个月))"
            r"(?=(?:全部|全面|正式|重新)?(?:打通|建成|开通|完工|通车|投入使用|开放|启用|动工|开工|恢复|开始载客|截止))"
        ),
        "将",
    ),
)  # fmt: skip
"""Words of titles for which speech has others."""
_YEAR_BEFORE = re.compile(rf"同比{_GROWS}")
_PAST_YEAR = re.compile(r"去年|前年|20\d\d年")


def turn_title(title: str, place: str, say: Callable[[str], str]) -> str:
    """Return a title in words of speech, one space between its parts; `say` puts printed words of `place` into speech."""
    plain = _BETWEEN.sub(" ", _LABEL.sub("", print_habits.plain_title(title)).strip())
    parts = map(say, plain.split(" "))
    spoken = " ".join(plain_words.say_words(tag_words(part)) for part in parts if part)
    return places.name_home(_turn_words(_CEREMONY.sub(r"\1", spoken)).strip("，：；、 "), place)


def _turn_words(text: str) -> str:
    before = "比上一年" if _PAST_YEAR.search(text) else "比去年同期"
    text = _YEAR_BEFORE.sub(before, text, count=1)
    for pattern, spoken in _SPOKEN:
        text = pattern.sub(spoken, text)
    return text


def arrange_title(title: str) -> str:
    """Return a title of two parts with its subject first; a part that is only a day and its verb ends the other."""
    parts = title.split(" ")
    if len(parts) != BOTH:
        return title
    first, second = parts
    if _FLOURISH.match(first):
        return second
    if _is_dated_verb(second) and _awaits_verb(first, second):
        return first + second
    subject = _read_subject(second)
    if subject and _SCORE.match(first):
        return f"{subject}{first} {second.removeprefix(subject)}"
    return f"{second} {first}" if subject and _MEASURE_FIRST.match(first) else title


def _is_dated_verb(part: str) -> bool:
    """Return whether a part is a day and a verb without a noun."""
    day = _DAY.match(part)
    tokens = tag_words(part[day.end() :]) if day else ()
    return bool(tokens) and all(token.flag[:1] in {"v", "d", "u"} for token in tokens)


def _awaits_verb(first: str, second: str) -> bool:
    return second.endswith("开始") or tag_words(first)[-1].flag in NOMINAL


def _read_subject(part: str) -> str:
    """Return the nouns with which a part opens, if a verb or a number follows them."""
    subject = ""
    for token in tag_words(part):
        if token.flag not in NOMINAL:
            return subject
        subject += token.word
    return ""


def is_spoilt(title: str) -> bool:
    """Return whether a title is a path, markup or code: nothing of it is said."""
    return bool(_MARKUP.search(title)) or 2 * han_count(title) < len(re.findall(r"[!-~]", title))


def list_sentences(title: str, kicker: str = "") -> Iterator[str]:
    """Yield what a title in words of speech may become: all of it, with the line above, then parts; the fuller first."""
    whole = title.replace(" ", "，")
    yield end_sentence(whole)
    above = kicker.strip()
    usable = above and not _KICKER_REFUSED.search(above) and han_count(above) <= MAX_KICKER
    if usable:
        yield end_sentence(f"{above}，{whole}")
    parts = [_before_colon(part) for part in title.split(" ")]
    for size in range(len(parts), 0, -1):
        for start in range(len(parts) - size + 1):
            yield end_sentence("，".join(parts[start : start + size]))
    if len(parts) == BOTH and _WITHOUT_SUBJECT.match(parts[0]):
        yield end_sentence("，".join(reversed(parts)))
    if usable:
        yield end_sentence(above)


def _before_colon(part: str) -> str:
    """Return what stands before a colon between two sentences: the second needs the first."""
    left, colon, right = part.partition("：")
    return left if colon and min(han_count(left), han_count(right)) >= LEAST_PART else part


def end_sentence(text: str) -> str:
    """Return a text with one full stop behind it; a question or an exclamation keeps its mark."""
    bare = text.strip("，；：、。 ")
    return bare if bare.endswith(("？", "！")) else f"{bare}。"
