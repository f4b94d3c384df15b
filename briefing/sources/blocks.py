"""What a line of an extracted newspaper page is: title, prose, caption, credit, index or furniture.

Text extracted from a page has no layout any more, only lines. Each is judged by itself here, by what Chinese
newspapers print (mastheads, 责编 lines, 图为 captions, 扫码 prompts, 下转); `newspaper` puts them together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from briefing.model import han_count

if TYPE_CHECKING:
    from collections.abc import Callable

FINAL = "。！？…!?；;”’」』）)》\"'."
"""What a finished paragraph can end with."""

HEADLINE_LONGEST = 45
"""Han characters: longer lines are prose, whatever they end with."""

FURNITURE_LONGEST = 70
CAPTION_LONGEST = 60
PROMPT_LONGEST = 30


class Kind(Enum):
    """What a block is."""

    TITLE = auto()
    SECTION = auto()
    SIDEBAR = auto()
    HEADLINE = auto()
    PROSE = auto()
    BYLINE = auto()
    CREDIT = auto()
    CAPTION = auto()
    INDEX = auto()
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the page; `level` counts the # of a marked heading, 0 for none."""

    kind: Kind
    text: str
    level: int = 0


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_DECORATION = re.compile(r"^[\s□■◆◇●○▲△▼▽★☆►▶◎※|*_=~·•-]+|[\s□■◆◇●○▲△▼▽★☆►▶◎※|*_=~-]+$")
_SPREAD = re.compile(r"(?:[\u3400-\u9fff] +){2,}[\u3400-\u9fff]")
_HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff，。、；：]) +(?=[\u3400-\u9fff，。、；：])")

_REPORTER = (
    r"(?:本报|本网|本刊|新华社|中新社|人民日报|新华网)?(?:首席|全媒体|融媒体|融媒|见习|实习|特约|特派|驻[\u4e00-\u9fff]{1,4})*"
    r"(?:记者|通讯员|评论员|实习生|撰稿人?)"
)
NAME = r"[\u3400-\u9fff]{1,4}(?:·[\u3400-\u9fff]{1,6})?"
NAMES = rf"{NAME}(?:[\s、,，/和]+{NAME}){{0,7}}"
PEOPLE = rf"(?:{_REPORTER})[\s:：]*{NAMES}(?:[\s、,，/]+(?:{_REPORTER})[\s:：]*{NAMES})*"

_BYLINE = re.compile(
    rf"[(（【]?\s*(?:文\s*[/／|｜图]*\s*图?\s*[:：]?\s*)?(?:{PEOPLE})(?:\s*(?:报道|整理|综合|综合报道|文))?\s*(?:文?[/／]?图)?\s*[)）】]?"
)
_SIGNED = re.compile(rf"(?:文|作者|撰文|整理|供稿|来源|文[/／]图|图文)\s*[/／:：|｜]\s*{NAMES}")
_ESSAYIST = re.compile(rf"[□■◎●○]\s*{NAMES}")

_PHOTO = re.compile(
    r"(?:记者|通讯员|社)?\s*\S{0,24}(?:\s|[(（/／])*(?:摄影报道|摄|供图|图片由.{2,20}提供|资料图片?|效果图|(?:新华社|中新社)[发记]|制图|绘)\s*[)）]?"
)
_CAPTION = re.compile(
    r"^(?:[↑↓←→▲▼◀▶△▽]|图为|图片?[一二三四12345①②③]?[:：]|上图|下图|左图|右图|本版图片|题图|资料图|[(（](?:资料图|效果图))"
)
_CAPTION_END = re.compile(
    r"(?:[(（\s。])(?:(?:本报|新华社|中新社)?(?:首席|全媒体|见习|实习|融媒体)*(?:记者|通讯员)\s*\S{1,12}(?:\s\S{2,4}){0,2}\s*摄(?:影)?|\S{2,8}\s*摄|新华社发|"
    r"\S{2,16}\s*供图|资料图片?|受访者供图)\s*[)）]?$"
)
_PROMPT = re.compile(
    r"扫码|扫描.{0,6}二维码|二维码|扫一扫|识别图|关注.{0,14}(?:公众号|APP|客户端|微信|微博|视频号|抖音)|下载.{0,10}(?:APP|客户端)|图文报道$|点击.{0,6}(?:观看|查看|阅读)|更多.{0,8}(?:资讯|新闻|内容|详情)|看.{0,8}视频$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"(?:责任?编辑?|编辑|美编|校对|版式|组版|排版|视觉|美术|设计|审读|检校|值班(?:主任|编委|总编|领导)?|主编|总编辑?|策划|统筹|终审|制作|图编|本版(?:主编|编辑|责编))\s*[:：/／|｜\s]\s*[\u3400-\u9fff]{2,4}"
)
_PAPER = re.compile(
    r"国内统一|CN\s*\d\d-\d{4}|邮发代号|(?:今日|本期)\S{0,4}版|总第\s*\d+\s*期|第\s*\d{3,}\s*期|农历|(?:主管|主办|出版|承办)(?:单位)?\s*[:：]?\s*\S+|零售价|定价|每份|印刷|(?:本报)?地址\s*[:：]|邮政?编码?\s*[:：]|"
    r"广告(?:经营)?许可|(?:新闻|投稿|读者|报料|爆料|服务|发行|订阅|广告)\S{0,6}(?:热线|电话|邮箱|专线)|法律顾问|https?://|www\.|[\w.]+@[\w.]+|数字报|版权所有|未经授权|^电话\s*[:：]|^传真",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:第?\s*[A-Za-z]?\s*\d{1,3}\s*版?|第?[一二三四五六七八九十]{1,3}版|[A-D]\d{1,2}|[-—]\s*\d{1,3}\s*[-—]|\d{1,3}\s*/\s*\d{1,3})"
    r"(?:\s*[·:：|｜]?\s*(?:要闻|综合|时政|新闻|民生|经济|文化|体育|副刊|专题|国内|国际|社会|广告|区县|天下|城事|都市|本地|科教|健康)\S{0,4})?"
)
_DATE_LINE = re.compile(
    r"(?:\d{4}|[二〇零○Ｏ一三四五六七八九]{4})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}"
)
_WEEKDAY = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]")
_MASTHEAD = re.compile(
    r"[\u3400-\u9fff\s]{1,12}(?:日报|晚报|早报|晨报|时报|周报|商报|都市报|快报|报)(?:\s*(?:要闻|综合|时政|新闻|民生|副刊|体育|经济))?"
)
_INDEX_HEAD = re.compile(
    r"(?:今日|本期|本报|新闻|要闻|内容|精彩|周末)?(?:导读|导航|导览|速览|提要|看点|目录|索引)"
)
_INDEX_LINE = re.compile(
    r"(?:^[A-Da-d]?\d{1,2}\s*版?\s*[|｜:：·►▶>]\s*\S)|(?:[\s…·.►▶>(（【/／—-]+(?:详见|见|刊|转)?\s*第?\s*[A-Da-d]?\s*\d{1,2}\s*(?:-\s*\d{1,2}\s*)?版?\s*[)）】]?$)|(?:(?:详见|见|刊)\s*(?:今日)?\s*第?\s*[A-Da-d]?\s*[\d一二三四五六七八九十]{1,2}\s*版\s*[)）】]?$)"
)
_SIDEBAR = re.compile(
    r"[【\[（(《〈]?(?:新闻多一点|(?:相关|新闻|知识|背景|延伸|政策|法条|资料|名词)(?:链接|新闻|延伸|背景|阅读|解释|资料|速览|介绍)|链接|背景|延伸阅读|名词解释|小贴士|温馨提示|短评|快评|微评|编后|编者按|编后语|记者手记|采访手记|记者观察|"
    r"专家(?:解读|观点|说法)|数读|数说|数据|人物名片|人物简介|新闻人物|新闻\+|新闻加点料|相关报道|多看一点|新闻附件)[】\])）》〉]?[:：]?"
)
_SECTION = re.compile(
    r"(?:关键词|亮点|看点|焦点|镜头|故事|数字|现场|场景|问|答|特写|片段|声音|样本|举措|变化)\s*[一二三四五六七八九十\d]{0,2}\s*[:：|｜\s]\s*(\S.*)"
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|0?\d{1,2}\s*[、.．]\s*(?!\d)|0\d\s+)\s*(\S.*)"
)
_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)")

CONTINUED_FROM = re.compile(
    r"^[\s(（【▲►]*(?:上接|紧接|接|续)(?:本报)?\s*第?\s*[A-Da-d]?\s*[\d一二三四五六七八九十]{1,3}\s*版[^)）】。]{0,30}?(?:[)）】]|(?=\s|“|\S)|$)\s*"
)
CONTINUED_ON = re.compile(
    r"[\s(（【▼►]*(?:下转|紧转|转)(?:本报)?\s*第?\s*[A-Da-d]?\s*[\d一二三四五六七八九十]{1,3}\s*版[^)）】。]{0,12}[)）】]?\s*$"
)


def clean(text: str) -> str:
    """The text without what no reader sees: comments, control and direction characters, spread letters."""
    text = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    kept = (
        char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"}
    )
    return "".join(kept).replace("\t", " ").replace("\u3000", " ").replace("\xa0", " ")


def lines(text: str) -> list[Block]:
    """Every line of a cleaned page, judged; lines that a narrow column broke are put together again."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text):
        blocks += _paragraph([line.strip() for line in paragraph.split("\n") if line.strip()])
    return blocks


def _paragraph(rows: list[str]) -> list[Block]:
    """Lines that no blank line parts: each by itself, or the rows of one paragraph in a narrow column."""
    found: list[Block] = []
    for row in rows:
        block = judge(row)
        last = found[-1] if found else None
        if last and _broken(last, block):
            found[-1] = judge(last.text + block.text)
        else:
            found.append(block)
    return found


def _broken(last: Block, block: Block) -> bool:
    """Whether `block` is the next row of the paragraph that `last` is."""
    return (
        last.kind is Kind.PROSE and block.kind in {Kind.PROSE, Kind.HEADLINE} and last.text[-1] not in FINAL
    )


def judge(row: str) -> Block:
    """What one line is."""
    heading = _HEADING.fullmatch(row)
    if heading:
        return _heading(tidy(heading[2]), len(heading[1]))
    bold = _BOLD.fullmatch(row)
    if bold and not ends_finished(bold[1]):
        return Block(_short_kind(tidy(bold[1]), Kind.HEADLINE), tidy(bold[1]))
    if _ESSAYIST.fullmatch(row):
        return Block(Kind.BYLINE, row)
    return _plain(tidy(row))


def tidy(row: str) -> str:
    """A line without decoration, gaps between Han characters and letters set wide apart."""
    row = _DECORATION.sub("", row)
    if _SPREAD.fullmatch(row):
        row = row.replace(" ", "")
    return row.strip()


def close_gaps(text: str) -> str:
    """Blanks between Han characters are traces of the layout; titles keep theirs, prose does not."""
    return _HAN_GAP.sub("", text)


def ends_finished(text: str) -> bool:
    """Whether a paragraph's last character can be one's last."""
    return text.rstrip()[-1:] in set(FINAL)


def _heading(text: str, level: int) -> Block:
    kind = _short_kind(text, Kind.TITLE)
    return Block(kind, section_name(text) if kind is Kind.SECTION else text, level)


def section_name(text: str) -> str:
    """A sub-heading without its 关键词 or number."""
    for pattern in (_SECTION, _NUMBERED):
        found = pattern.fullmatch(text)
        if found:
            return found[1].strip()
    return text


def _short_kind(text: str, otherwise: Kind) -> Kind:
    """Kinds that a marked heading, too, can have."""
    if _SIDEBAR.fullmatch(text):
        return Kind.SIDEBAR
    if _INDEX_HEAD.fullmatch(text):
        return Kind.INDEX
    if _is_furniture(text):
        return Kind.FURNITURE
    if _SECTION.fullmatch(text) or _NUMBERED.fullmatch(text):
        return Kind.SECTION
    return otherwise


def _plain(text: str) -> Block:
    """The first of the tests that a line passes says what it is; prose is what none has named."""
    for kind, passes in _TESTS:
        if passes(text):
            return Block(kind, section_name(text) if kind is Kind.SECTION else text)
    return Block(Kind.PROSE, text)


def _small(text: str) -> bool:
    return han_count(text) <= CAPTION_LONGEST


def _is_prompt(text: str) -> bool:
    """扫码 and the like; a longer sentence that speaks of it is news."""
    return (
        _small(text)
        and bool(_PROMPT.search(text))
        and (han_count(text) <= PROMPT_LONGEST or not ends_finished(text))
    )


def _is_caption(text: str) -> bool:
    ends = han_count(text) <= 2 * CAPTION_LONGEST and _CAPTION_END.search(text)
    return bool(_CAPTION.match(text) or ends)


def _is_line(text: str) -> bool:
    """Whether a line can be a headline: short, no sentence, no beginning of one."""
    return han_count(text) <= HEADLINE_LONGEST and not re.search(r"[。！？]", text) and not _runs_on(text)


def _is_headline(text: str) -> bool:
    return _is_line(text) and not text.endswith(tuple("，、；：,;:")) and not CONTINUED_FROM.match(text)


def _runs_on(text: str) -> bool:
    """Whether a line without a full stop is prose all the same: headlines have blanks for commas."""
    return han_count(text) >= 20 and bool(re.search(r"[，,；;]", text))  # noqa: PLR2004 - short slogans have commas


def _is_furniture(text: str) -> bool:
    """Mastheads, staff, page numbers, dates, addresses: what every page of the paper carries."""
    size = han_count(text)
    if size > FURNITURE_LONGEST:
        return False
    if _PAGE_NUMBER.fullmatch(text) or _MASTHEAD.fullmatch(text):
        return True
    dated = _DATE_LINE.search(text)
    if dated and (_WEEKDAY.search(text) or size <= 12) and "。" not in text:  # noqa: PLR2004 - a date and a name
        return True
    if _WEEKDAY.fullmatch(text) or not re.search(r"[\w]", text):
        return True
    return (
        bool(_STAFF.search(text) or _PAPER.search(text))
        and text.count("。") <= 1
        and size < FURNITURE_LONGEST
    )


_TESTS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    (Kind.FURNITURE, lambda text: not text),
    (Kind.CREDIT, lambda text: _small(text) and _PHOTO.fullmatch(text)),
    (Kind.BYLINE, lambda text: _BYLINE.fullmatch(text) or _SIGNED.fullmatch(text)),
    (Kind.FURNITURE, _is_prompt),
    (Kind.CAPTION, _is_caption),
    (Kind.INDEX, lambda text: _is_line(text) and _INDEX_LINE.search(text) and not CONTINUED_ON.search(text)),
    (Kind.SIDEBAR, lambda text: _short_kind(text, Kind.PROSE) is Kind.SIDEBAR),
    (Kind.INDEX, lambda text: _short_kind(text, Kind.PROSE) is Kind.INDEX),
    (Kind.FURNITURE, _is_furniture),
    (Kind.SECTION, lambda text: _is_line(text) and _short_kind(text, Kind.PROSE) is Kind.SECTION),
    (Kind.HEADLINE, _is_headline),
)
