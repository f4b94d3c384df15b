"""Words of print for which speech has others: 与 is 和, 逾 is 超过, 亦 is 也. By part of speech, never inside a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.facts.spoken_words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefing.mandarin.segmenter import Token

_TWO = re.compile(r"(?:已经){2,}|(?:可以){2,}")
_PHRASES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:^|(?<=，))通过(?:视频连线|电话|微信)，"), ""),
    (re.compile(r"(?:向|对)(?:本报|[\u4e00-\u9fff]{0,4})?记者(?=说|介绍|表示|透露)|(?<=[\u4e00-\u9fff”])告诉(?:《[^》]*》|本报|[\u4e00-\u9fff]{0,2})?记者(?=，)"), lambda found: "说" if found[0].startswith("告诉") else ""),
    (re.compile(r"(?:初步核算，|经[^，]{2,12}核算，|按(?:不变价格|可比口径|可比价格)计算，)"), ""),
    (re.compile(r"由[^，。；]{6,60}?(?:主办|承办|举办|组织|发起)的(?=[^，]{4})"), ""),
    (re.compile(r"截至(?:目前|今)(?=[，])"), "到目前"),
    (re.compile(r"截至目前"), "目前"),
    (re.compile(r"(?:截至|截止到?)(?=[前昨今本上去明]|\d{4}年|\d{1,2}月|\d|[\u4e00-\u9fff]{2,8}[，末底时])"), "到"),
    (re.compile(r"(?:将|定|拟)?于(?=[^，。于]{2,14}(?<!发)起)"), "将从"),
    (re.compile(r"将于(?=[今明后本下去]|\d)"), "将在"),
    (re.compile(r"将在(?P<when>(?:[今明后]天|[本下]周[一二三四五六日]|(?:明年)?\d{1,2}月(?:\d{1,2}日)?)(?:早上|上午|中午|下午|晚上)?(?:\d{1,2}点半?)?)在"), r"\g<when>将在"),
    (re.compile(r"(?P<year>今年|明年|去年|前年)(?P=year)"), r"\g<year>"),
    (re.compile(r"(?<![\u4e00-\u9fff]将)(?:定|拟)于(?=[今明后本下去]|\d)"), "定在"),
    (re.compile(r"(?:(?<=^)|(?<=[，。；]))于(?=(?:[今明后本下上去昨前][年月周日天]|\d{1,4}[年月日]))"), "在"),
    (re.compile(r"(?<=\d)余(?=[\u4e00-\u9fff])"), "多"),
    (re.compile(r"逾(?=\d|[一二三四五六七八九十百千])"), "超过"),
    (re.compile(r"(?<=[达额量超产])超(?=\d)"), "超过"),
    (re.compile(r"(?:(?<=[\u4e00-\u9fff])|(?<=，))超(?=\d[\d.]*[万亿余多]*[元人吨户家个名公平件次%])"), "超过"),
    (re.compile(r"(?<![大签邀特预合条])约(?=\d)"), "大约"),
    (re.compile(r"(?<=\d分)许|(?<=\d点)许"), "左右"),
    (re.compile(r"进行(?=(?:了)?(?:检查|整改|改造|修缮|维修|升级|排查|培训|调查|采访|登记|验收|考核|公示|测试|改建|整治|治疗|抢修|处罚|审议|讨论|监测|检测))(?:了)?(?=[\u4e00-\u9fff]{2}[。，；])"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])等方面(?=[，。])"), "等方面"),
    (re.compile(r"暨[^，。；]{2,24}?(?:仪式|活动|会议|大会|论坛|启动会|发布会)(?=在|举行|召开|举办)"), ""),
    (re.compile(r"(?<=[\u4e00-\u9fff])以\d+(?:分\d+)?秒\d*(?:的成绩)?(?=夺冠|夺得|获得|赢得|摘|折桂)"), ""),
    (re.compile(r"(?<=\d)∶(?=\d(?!\d))"), "比"),
    (re.compile(r"制发(?=[\u4e00-\u9fff]{0,6}(?:建议|意见|通知|决定|文书))"), "发出"),
    (re.compile(r"(?:全部|全都)?售罄(?=[，。；])"), "全部卖光"),
    (re.compile(r"去冬今春"), "去年冬天到今年春天"),
    (re.compile(r"(?<=[\u4e00-\u9fff])(?<![开启])投用(?=[。，；]|后)"), "投入使用"),
    (re.compile(r"未果(?=[，。；])"), "没有结果"),
    (re.compile(r"(?<=[\u4e00-\u9fff])遂(?=[\u4e00-\u9fff])(?!意|心|愿|宁)"), "于是"),
    (re.compile(r"诉至(?=[\u4e00-\u9fff]{0,4}法院)"), "起诉到"),
    (re.compile(r"酌定"), "判定"),
    (re.compile(r"均为(?=[\u4e00-\u9fff\d])"), "都是"),
    (re.compile(r"(?:均|都)无大碍"), "都没有大碍"),
    (re.compile(r"(?<=[增升提涨])至(?=[\d一二三四五六七八九十])"), "到"),
    (re.compile(r"(?<=[降减缩跌])至(?=[零\d一二三四五六七八九十])"), "到"),
    (re.compile(r"(?<=缩短)至|(?<=提高)至|(?<=增加)至|(?<=降低)至|(?<=减少)至|(?<=延长)至|(?<=扩大)至|(?<=下降)至"), "到"),
    (re.compile(r"(?<![理缘自任])由(?=[\d一二三四五六七八九十][^，。]{0,12}(?:提高|增加|缩短|降|减|升|涨|延长|扩大|调整))"), "从"),
    (re.compile(r"仍须"), "还要"),
    (re.compile(r"调整为(?=\d)"), "调整到"),
    (re.compile(r"首季(?=[\u4e00-\u9fff])"), "一季度"),
    (re.compile(r"(?<![\u4e00-\u9fff])近(?=\d)|(?<=[了超到为罪达计过有])近(?=[\d一二三四五六七八九][\d.]*[万亿千百成余人名个家元倍年])"), "将近"),
    (re.compile(r"构成(?=[。，])"), "组成"),
    (re.compile(r"本届(?=[\u4e00-\u9fff])"), "这届"),
    (re.compile(r"去冬"), "去年冬天"),
    (re.compile(r"今冬(?=[^明])"), "今年冬天"),
    (re.compile(r"(?:(?<=^)|(?<=[\u4e00-\u9fff，。；]))([今明])起(?=[\u4e00-\u9fff])"), r"\1天起"),
    (re.compile(r"今春(?=[^晚])"), "今年春天"),
    (re.compile(r"今秋"), "今年秋天"),
    (re.compile(r"今夏"), "今年夏天"),
    (re.compile(r"(?<=周[一二三四五六日])至(?=周?[一二三四五六日])"), "到"),
    (re.compile(r"周岁以上"), "岁以上"),
    (re.compile(r"(?<=\d)周岁"), "岁"),
    (re.compile(r"(?<=[\d一二三四五六七八九十])多余"), "多"),
    (re.compile(r"[“”]?＋[“”]?|(?<=[\u4e00-\u9fff”])\+(?=[\u4e00-\u9fff“])"), "加"),
)  # fmt: skip


def say_phrases(text: str) -> str:
    """Return the text with phrases of print said as in speech."""
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    return text


def say_words(tokens: Sequence[Token]) -> str:
    """Return the text of tagged words with those of print said as in speech; quoted words stay."""
    return _TWO.sub(lambda found: found[0][:2], "".join(_said(tokens)))


def _said(tokens: Sequence[Token]) -> Iterable[str]:
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.word in "“《" and bool(token.word)
        depth -= token.word in "”》" and bool(token.word)
        behind = tokens[index + 1] if index + 1 < len(tokens) else None
        before = tokens[index - 1] if index else None
        yield token.word if depth > 0 else _word(token, before, behind)


def _word(token: Token, before: Token | None, behind: Token | None) -> str:
    for (word, flags), replacement in WORDS.items():
        if token.word == word and token.flag[:1] in flags:
            return word if _stays(word, before, behind) else replacement
    return token.word


_COMPOUNDS = frozenset("支持再回爱靠燃降变用见观行溶循追塑调拆折视食替逆移")
"""Characters behind 可 with which it is one word: 可支配, 可持续, 可回收."""
_PER = frozenset("户人日年月亩平天场")
"""Characters before 均 with which it is one word: 人均, 日均."""
_PARTS_OF_WORDS = {"与": "参介给赐", "及": "参介给赐", "系": "河阳关联体星派谱", "均": _PER}
"""Words of print with the characters before which they are a part of a longer word: 银河系, 人均."""
_COMPARED = frozenset({"n", "t", "TIME", "r", "m", "nz", "ORG", "LOC", "a"})
"""What stands behind 较 where it compares: 较去年上涨."""


def _stays(word: str, before: Token | None, behind: Token | None) -> bool:
    """Return whether a word of print stays here, as a part of a longer word or where nothing fits behind it."""
    if word in _PARTS_OF_WORDS:
        return before is not None and before.word[-1:] in _PARTS_OF_WORDS[word]
    if word == "较":
        return behind is None or behind.flag not in _COMPARED
    if word == "可":
        return behind is None or behind.flag[:1] not in "vpd" or behind.word[0] in _COMPOUNDS
    if word in {"已", "未", "仍"}:
        return (
            behind is None or behind.flag[:1] not in "vpad" or (len(behind.word) == 1 and behind.flag != "p")
        )
    return False


_LIST = re.compile(
    r"(?P<kept>[^，。；、：“”]{2,22}、(?:“[^”]{1,14}”|[^，。；、：]{1,16})(?:、(?:“[^”]{1,14}”|[^，。；、：]{1,16}?))*?)"
    r"(?P<rest>(?:、(?:“[^”]{1,14}”|[^，。；、：]{1,16}?))+)(?P<end>等(?:地|\d*)|(?=[\d一二三四五六七八九十]+[个处家项座种所条类支名]))"
)
KEPT_MEMBERS = 2
"""Members of an enumeration that are named before 等."""


def shorten_lists(text: str) -> str:
    """Return the text with enumerations that end in 等 or in their number cut to two members."""
    return _LIST.sub(_shorten_list, text)


def _shorten_list(found: re.Match[str]) -> str:
    members = (found["kept"] + found["rest"]).split("、")
    if len(members) <= KEPT_MEMBERS + 1:
        return found[0]
    return "、".join(members[:KEPT_MEMBERS]) + (found["end"] or "等")


_MEASURED = re.compile(
    r"(?<=[一两三四五六七八九十\d][块座条个家名位艘台栋])(?=[^，。的]*\d)(?:[^，。、的]{2,14}、)*[^，。、的]{2,14}\d[^，。、的]{0,8}的(?=[\u4e00-\u9fff]{2})"
)


def shorten_attributes(text: str) -> str:
    """Return the text without measures that only describe a counted thing: 一块面积3平方公里的浮冰."""
    return _MEASURED.sub("", text)
