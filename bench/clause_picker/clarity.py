"""Words that only a reader of that paper on that day understands, made clear for a listener.

我区 becomes the place, 昨日 a day that is right on the day of broadcast, a 区委 the district it belongs to, and a
speaker who is a bare name gets the office that the article gave him.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefing.editorial.writer import passage
from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.writer.passage import Source

_DAYS = {
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今晨": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
}
_YEARS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_RELATIVE = re.compile("|".join(_DAYS))
_YEAR = re.compile("|".join(_YEARS))
_SPOKEN = {0: "今天", -1: "昨天", 1: "明天"}
_HOUR = {"昨晚": "晚", "今晨": "凌晨", "今晚": "晚"}
_BARE_DAY = re.compile(
    r"(?:(?<=^)|(?<=[，。；：]))(\d{1,2})日(?=[，上下晚凌零]|\d{1,2}[时点]|从|在)"
    r"|(?<=[局部委会院府台司])(\d{1,2})日(?=宣布|发布|通报|公布|举行|召开|表示|介绍|说)"
)
_OFFICES = (
    "书记|主任|局长|部长|区长|县长|市长|省长|镇长|乡长|主席|院长|校长|所长|站长|馆长|处长|科长|厅长|会长|理事长|秘书长|董事长|总经理|经理|总裁|"
    "检察长|总工程师|队长|支队长|教授|负责人|专家|委员|政委|厂长|社长|代表|主管|医师|医生|班长"
)
_SAYABLE = 14
"""Characters of an office that is said whole: 区委常委、统战部部长."""
_SPEAKS = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,4}?)(?=(?:还|则|同时)?(?:(?:说|表示|指出|强调|介绍|要求|认为|提出|透露|坦言)[，：]|希望))"
)
_HE_SPEAKS = re.compile(r"^[他她](?=(?:还|则|同时)?(?:说|表示|指出|强调|介绍|要求|认为|提出|透露|坦言))")
_SPEECH = re.compile(
    r"(?:^|，)(?P<who>[^，。；：“”]{2,30}?)(?:在[^，]{2,8}时)?(?P<how>表示|指出|强调|要求|认为|说)，"
)
_CLAIM = re.compile(r"希望|要|必须|务必|各级|[^，。]{2,8}(?:将|要)(?!在|于)")
_NAME = re.compile(rf"^.*(?:{_OFFICES})(?=[\u4e00-\u9fff]{{2,3}}$)")
_SPAN = re.compile(
    r"(?:(?<=^)|(?<=，))((?:\d{4}年|去年|今年)(?:上半年|下半年|全年|[一二三四]季度|前\d+个?月|以来)?|上半年|下半年|[一二三四]季度)(?=，)"
)
_ANY_TIME = re.compile(
    r"\d年|[\d一二三四五六七八九十]月|\d日|去年|今年|明年|上半年|下半年|季度|以来|目前|累计|全年|[昨今明]天|[昨今]日|近日|日前|届时|期间|将|要|当天|首轮"
)
_FIGURES = re.compile(r"^[^，]{0,30}\d")
_HOME = re.compile(
    r"(?:(?<=^)|(?<=[，。；：、由从与和对向经据让]))(副)?(?P<unit>[区县市])(?=委|政府|长|人大|政协|人民|[\u4e00-\u9fff]{1,9}?(?:委|局|会|院|办|中心|联|支队|大队|公司|部))"
)


def days(text: str, printed: date, aired: date) -> str:
    """Relative days and years of a paper of `printed`, right for a listener on `aired`.

    On the day itself the words stay; on another day they become 昨天, 今天, 明天 or the date.
    """
    dated = _BARE_DAY.sub(lambda found: _with_month(int(found[1] or found[2]), printed) or found[0], text)
    if printed == aired:
        return dated
    dated = _RELATIVE.sub(lambda found: _day(found[0], printed, aired), dated)
    if printed.year == aired.year:
        return dated
    return _YEAR.sub(lambda found: f"{printed.year + _YEARS[found[0]]}年", dated)


def _day(word: str, printed: date, aired: date) -> str:
    meant = printed + timedelta(days=_DAYS[word])
    return _SPOKEN.get((meant - aired).days, _full(meant, aired)) + _HOUR.get(word, "")


def _full(meant: date, aired: date) -> str:
    year = "" if meant.year == aired.year else f"{meant.year}年"
    return f"{year}{meant.month}月{meant.day}日"


def _with_month(day: int, printed: date) -> str:
    """The last such day up to a day after printing, as news reports what has happened; empty if there is none."""
    for back in range(-1, 31):
        meant = printed - timedelta(days=back)
        if meant.day == day:
            return f"{meant.month}月{day}日"
    return ""


def place(text: str, where: str) -> str:
    """我区, 本区 as the place's name: `where` is what the paper is about, such as 渝中区; empty leaves the text."""
    unit = where[-1:]
    if unit not in "省市区县州镇乡旗" or not unit:
        return text
    return re.sub(f"(?:我|本){unit}(?![\u4e00-\u9fff]?(?:间|域))", where, text)


def home(text: str, where: str) -> str:
    """The first 区委, 副区长, 区教育委 or 全区 with the name of its district, unless the district was named."""
    unit, name = where[-1:], where[:-1]
    if not name or name in text:
        return text
    found = next((match for match in _HOME.finditer(text) if match["unit"] == unit), None)
    if found is None:
        return text.replace("全" + unit, where, 1)
    return text[: found.start()] + (where if found[1] else name) + text[found.start() :]


def named(text: str, before: Sequence[str]) -> str:
    """他表示 with the name that the sentences before it speak of last, if there is one."""
    if not _HE_SPEAKS.match(text):
        return text
    names = [name for sentence in before for name in _speakers(sentence)]
    return _HE_SPEAKS.sub(names[-1], text) if names else text


def attributed(text: str, opener: str) -> str:
    """A wish or a plan with whoever said it, when the speech began in an earlier sentence of its paragraph (`opener`)."""
    spoken = _SPEECH.search(opener)
    if not spoken or not _CLAIM.match(text):
        return text
    name = _NAME.sub("", spoken["who"])
    return name + text if text.startswith("希望") else f"{name}{spoken['how']}，{text}"


def timed(text: str, before: str) -> str:
    """Figures with the year or quarter that the sentence right before them (`before`) gives for both."""
    spans = _SPAN.findall(before)
    return (
        text if not spans or not _FIGURES.search(text) or _ANY_TIME.search(text) else f"{spans[-1]}，{text}"
    )


def _speakers(sentence: str) -> list[str]:
    return re.findall(
        rf"(?:{_OFFICES})([\u4e00-\u9fff]{{2,3}}?)(?=率|说|表示|指出|强调|介绍|要求|认为|一行|带队|来|前往|在|到|参加|出席|赴|深入|主持)",
        sentence,
    )


def introduced(text: str, said: str, told: Sequence[Source]) -> tuple[str, tuple[str, ...]]:
    """A speaker by name alone, with the office that the article gives, if it was not said before; and where it gives it."""
    found = _SPEAKS.match(text)
    if not found or not _is_name(found["name"]) or re.search(rf"(?:{_OFFICES}){found['name']}", said):
        return text, ()
    for source in told:
        office = _office(found["name"], passage.fold(source.text))
        if office:
            return office + text, (source.text,)
    return text, ()


def _is_name(word: str) -> bool:
    """Whether it may be a person: no other word of the dictionary, such as 企业."""
    tagged = segmenter.tag(word)
    return len(tagged) > 1 or tagged[0][1].startswith("nr")


def _office(name: str, sentence: str) -> str:
    """The office printed right before the name, with the body it belongs to; empty when there is none.

    Of many offices the last one is said, and the one before it where the last does not name its body: 、副主任.
    """
    found = re.search(
        rf"(?:^|[，。；：\s”])(?P<office>[^，。；：\s“”]{{0,30}}?(?:{_OFFICES}))(?={name})", sentence
    )
    if not found or len(found["office"]) <= _SAYABLE:
        return found["office"] if found else ""
    parts = found["office"].split("、")
    return parts[-1] if not parts[-1].startswith(("副", "主任", "局长", "书记")) else "、".join(parts[-2:])
