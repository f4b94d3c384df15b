"""Text extracted from a newspaper page → articles.

    lines → blocks (`blocks` judges each by itself) → heaps (a title and what stands under it) → articles

A heap is an article when it has a body of prose; a slogan, a notice or an index has none or says so in its title.
What belongs to an article although it does not look like it: the kicker beside its title, the side box (新闻多一点)
under it, the rows that a column end cut in two, and the continuation from another page (上接1版) when its beginning
is in the same input.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.model import Article, han_count
from briefing.sources import blocks
from briefing.sources.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

LARGEST = 4_000_000
"""Bytes: a page has some 20,000; a hundred pages in one file are still less than this."""

SHORTEST_BODY = 24
"""Han characters of prose below which a title has no article: a brief of one sentence has about 40."""

POEM_LINES = 6
"""Short lines under a title and an author that are a poem or a list, not leftovers."""

_DIGITS = {**{char: digit for digit, char in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "Ｏ": 0}
_NUMERAL = "〇零○Ｏ一二三四五六七八九"
_DATES = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)[-./]\s?(\d{1,2})[-./]\s?(\d{1,2})(?!\d)"),
    re.compile(
        rf"([{_NUMERAL}]{{4}})\s*年\s*([一二三四五六七八九十]{{1,2}})\s*月\s*([一二三四五六七八九十]{{1,3}})\s*日"
    ),
)

_PLACE = r"[\u3400-\u9fff]{2,8}"
_DATELINE = re.compile(
    rf"^\s*(?:本报{_PLACE}?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?\s*[讯电]|(?:据)?(?:新华社|中新社|中新网|人民日报|央视新闻|光明日报|经济日报|法治日报|工人日报|科技日报|{_PLACE}(?:日报|晚报|新闻网|网|台))"
    rf"(?:{_PLACE})?\s*(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?\s*(?:[电讯]|消息|报道)|[\u3400-\u9fff]{{2,8}}[讯](?=\s|[(（]))\s*[:：，,]?\s*"
)
_AGENCY = re.compile(r"新华社|中新社|中新网|人民日报|央视新闻|光明日报|经济日报|法治日报|工人日报|科技日报")
_BY_BRACKET = re.compile(
    rf"^\s*[(（【]\s*((?:{blocks.PEOPLE})(?:\s*[;；、，,]?\s*(?:文[/／]图|图[/／]文|报道|文))?)\s*[)）】]\s*"
)
_BY_LEAD = re.compile(
    rf"^\s*[■□●◎]?\s*((?:{blocks.PEOPLE}))\s*(?:(?:综合)?报道|文[/／]图|文)?\s*[:：]?(?:\s+|$|(?<=报道))"
)
_BY_END = re.compile(
    rf"\s*[(（]\s*((?:{blocks.PEOPLE})|(?:(?:据)?(?:新华社|中新社|人民日报|央视新闻)(?:客户端|微博)?(?:电|报道)?)|{blocks.NAME}(?:[\s、,，]+{blocks.NAME}){{0,3}})\s*[)）]\s*$"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利于呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
"""Common surnames, so that names at a paragraph's end in bare brackets are told from other asides."""
_NAME_SPLIT = re.compile(r"[\s、,，/;；]+|和(?=[\u3400-\u9fff]{2,3}$)")
_TITLES = re.compile(
    r"(?:本报|本网|本刊|新华社|中新社|人民日报|新华网)?(?:首席|全媒体|融媒体|融媒|见习|实习|特约|特派|驻[\u3400-\u9fff]{1,4}?)*(?:记者|通讯员|评论员|实习生|撰稿人?)|文[/／]图|图[/／]文|摄影报道|综合报道|报道|整理|供稿|作者|撰文|文|图"
)

_NOTICE = re.compile(
    r"(?:招租|转让|遗失(?:声明)?|声明|公告|公示|通告|启事|讣告|招聘|诚聘|拍卖|招标|中标|注销|广告|分类信息|便民信息|征订|开盘|促销|优惠|特卖|热销|停电通知|停水通知|停气通知|停水信息|停电信息|更正|致歉|"
    r"天气预报|今日天气|天气|空气质量|限行|彩票|开奖(?:公告|结果)?|双色球|便民热线|服务热线|值班电话|办事指南|节目(?:预告|单)|影讯|演出信息)(?:专栏|信息|栏|提示)?$"
    r"|^(?:广告|分类广告|遗失|招租|公益广告|便民|天气|今日天气|空气质量|温馨提醒|更正|讣告)"
)
_FRAGMENT = re.compile(r"[和与及的等了地得或、，,。；;]")
FRAGMENT_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the day it appeared, and its articles in the order in which they stand on it."""

    day: date
    articles: tuple[Article, ...]


@dataclass(slots=True)
class _Heap:
    """A title and what stands under it, while the page is read."""

    title: str
    level: int
    kicker: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    page: str = ""
    continues: bool = False
    dated: bool = False
    goes_on: bool = False
    closed: bool = False


class Newspaper:
    """Pages in files: `pattern` may hold wildcards in its last part; each file is one page or several."""

    def __init__(self, name: str, pattern: Path, zone: ZoneInfo) -> None:
        self._name = name
        self._pattern = pattern
        self._zone = zone

    def fetch(self, since: datetime, until: datetime) -> Iterable[Article]:
        """The articles of the pages of those days; raises `SourceError` for a page that is refused."""
        paths = sorted(self._pattern.parent.glob(self._pattern.name))
        if not paths:
            raise SourceError(f"source {self._name}: no file matches {self._pattern}; mend its `path`")
        pages = [parse(read(path), source=self._name, zone=self._zone, name=path.name) for path in paths]
        return [article for page in pages for article in page.articles if since <= article.published < until]


def read(path: Path) -> str:
    """The text of a page's file; raises `SourceError` for one that is missing, too large, empty or no text."""
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise SourceError(
                f"{path} has {size:,} bytes, a page at most {LARGEST:,}; give one page at a time"
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}; check the path") from error
    if not data.strip():
        raise SourceError(f"{path} is empty; extract the page's text again")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path} is no UTF-8 text; extract the page's text, or convert it to UTF-8"
        ) from error
    if "\0" in text:
        raise SourceError(f"{path} is a binary file; extract the page's text first")
    return text


def parse(text: str, *, source: str, zone: ZoneInfo, name: str = "the text") -> Page:
    """The articles of a page; `name` is the file's, for its date and for errors.

    Raises `SourceError` for a text without Chinese prose or without a date.
    """
    found = blocks.lines(blocks.clean(text))
    heaps = _joined([heap for heap in _heaps(found) if _is_news(heap)])
    if not heaps:
        raise SourceError(
            f"{name} holds no newspaper article; give the text of a page with titles and paragraphs"
        )
    day = _day(found, name)
    published = datetime.combine(day, time.min, zone)
    articles = [_article(heap, place, source, published) for place, heap in enumerate(heaps)]
    return Page(day, tuple(articles))


# From blocks to heaps -------------------------------------------------------------------------------------


def _heaps(found: list[Block]) -> Iterator[_Heap]:
    """Put every block to the title that it stands under."""
    found = _without_captions(found)
    usual = _usual_level(found)
    heap: _Heap | None = None
    waiting: list[Block] = []
    page = ""
    for place, block in enumerate(found):
        following = found[place + 1 :]
        if block.kind is Kind.FURNITURE:
            page = _page_number(block.text) or page
            if waiting:
                waiting.append(block)
        elif _opens(block, heap, following, usual):
            waiting.append(block)
        elif _together(waiting, usual) and block.kind in {Kind.PROSE, Kind.BYLINE}:
            if heap:
                yield heap
            heap = _new_heap(waiting, page, usual)
            waiting = []
            _put(heap, block)
        elif waiting and block.kind is Kind.HEADLINE:
            waiting.append(block)
        elif heap:
            _put(heap, block)
    if heap:
        yield heap


def _without_captions(found: list[Block]) -> list[Block]:
    """Drop captions, and the short sentence over a photographer's credit."""
    kept: list[Block] = []
    for block in found:
        if block.kind is Kind.CREDIT and kept and _is_caption_text(kept[-1]):
            kept.pop()
        if block.kind not in {Kind.CREDIT, Kind.CAPTION, Kind.INDEX}:
            kept.append(block)
        elif block.kind is Kind.INDEX and block.level:
            kept.append(replace(block, kind=Kind.TITLE))
    return kept


def _is_caption_text(block: Block) -> bool:
    return (
        block.kind in {Kind.PROSE, Kind.HEADLINE}
        and han_count(block.text) <= blocks.CAPTION_LONGEST
        and (not _DATELINE.match(block.text))
    )


def _usual_level(found: list[Block]) -> int:
    """The heading level that titles have on this page: the commonest one with prose right under it."""
    levels = [
        block.level
        for block, after in zip(found, found[1:], strict=False)
        if block.kind is Kind.TITLE and after.kind in {Kind.PROSE, Kind.BYLINE}
    ]
    return max(sorted(set(levels)), key=levels.count) if levels else 0


def _opens(block: Block, heap: _Heap | None, following: list[Block], usual: int) -> bool:
    """Whether a block begins a new article rather than going on with the one before."""
    if block.kind is Kind.TITLE:
        return (
            heap is None
            or block.level <= heap.level
            or not heap.level
            or _begins_article(block, following, usual)
        )
    if block.kind is not Kind.HEADLINE:
        return False
    if heap is None:
        return True
    if usual:
        return _before_title(following)
    return (
        heap.closed
        or _news_follows(following)
        or (
            han_count(block.text) > 14 and not _dangling(heap.body)  # noqa: PLR2004 - sub-headings are shorter
        )
    )


def _begins_article(block: Block, following: list[Block], usual: int) -> bool:
    """Whether a heading below the article's own level is a title all the same."""
    return block.level <= usual or _news_follows(following)


def _before_title(following: list[Block]) -> bool:
    """A loose line right before a marked title is its kicker."""
    return bool(following) and following[0].kind is Kind.TITLE


def _news_follows(following: list[Block]) -> bool:
    """Whether the next body starts as an article does: a dateline, a byline, a continuation."""
    for block in following[:3]:
        if block.kind is Kind.BYLINE:
            return True
        if block.kind is Kind.PROSE:
            return _starts_article(block.text)
        if block.kind is not Kind.HEADLINE:
            return False
    return False


def _starts_article(text: str) -> bool:
    return any(pattern.match(text) for pattern in (_DATELINE, _BY_BRACKET, _BY_LEAD, blocks.CONTINUED_FROM))


def _new_heap(waiting: list[Block], page: str, usual: int) -> _Heap:
    """The title among the lines that stand together; the others are its kicker and sub-title."""
    together = _together(waiting, usual)
    marked = [block for block in together if block.level]
    if not marked:
        title = max(together[-3:], key=lambda block: _title_likeness(block.text))
        kicker = [block.text for block in together[-3:] if block is not title]
        return _Heap(title.text, 0, kicker=kicker, page=page)
    level = min(block.level for block in marked)
    rows = [block.text for block in marked if block.level == level]
    kicker = [block.text for block in together if block.level != level]
    return _Heap(" ".join(rows), level, kicker=kicker, page=page)


def _together(waiting: list[Block], usual: int) -> list[Block]:
    """Of the lines above a body those that belong to it: not the slogans and banners that stand before them."""
    kept: list[Block] = []
    for block in waiting:
        if block.kind is Kind.FURNITURE:
            kept = []
        elif block.kind is Kind.TITLE and any(other.level for other in kept):
            # Headings that touch are one title, or a title and its kicker; a banner over the usual level is neither.
            touching = kept[-1].level > 0 and not kept[-1].level < block.level == usual
            kept = [*kept, block] if touching else [block]
        else:
            kept.append(block)
    return kept


def _title_likeness(text: str) -> float:
    """Of loose lines together, the longer one that is no 副题 (——…) is the title."""
    return han_count(text) - 100 * text.startswith(("—", "-"))


def _put(heap: _Heap, block: Block) -> None:
    """Add a block to the article."""
    if block.kind is Kind.BYLINE:
        heap.names += _people(block.text)
        heap.closed = bool(heap.body)
    elif block.kind is Kind.SECTION:
        heap.sections.append(block.text)
        heap.short = []
    elif block.kind is Kind.TITLE:
        heap.sections.append(block.text)
    elif block.kind is Kind.HEADLINE:
        _put_short(heap, block.text)
    elif block.kind is Kind.PROSE:
        _put_prose(heap, block.text)


def _put_short(heap: _Heap, text: str) -> None:
    """A line without a full stop: the rest of a broken paragraph, a kicker, a deck, a verse."""
    if _dangling(heap.body):
        heap.body[-1] += text
    elif not heap.body and not heap.names and not heap.sections:
        heap.kicker.append(text)
    else:
        heap.short.append(text)
        if not heap.level and not heap.sections:
            heap.sections.append(text)


def _put_prose(heap: _Heap, text: str) -> None:
    if not heap.body:
        text = _lead(heap, text)
    if blocks.CONTINUED_ON.search(text):
        text = blocks.CONTINUED_ON.sub("", text)
        heap.goes_on = heap.closed = True
    text = _closing_names(heap, text)
    if not text:
        return
    if _dangling(heap.body):
        heap.body[-1] += text
    elif not (heap.body and len(text) <= FRAGMENT_LONGEST and _FRAGMENT.match(text)):
        heap.body.append(text)


def _dangling(body: list[str]) -> bool:
    """Whether the last paragraph was cut by the end of a column."""
    return bool(body) and not blocks.ends_finished(body[-1]) and body[-1][-1] not in "：:"


def _lead(heap: _Heap, text: str) -> str:
    """The first paragraph without 上接, dateline and reporter, which are kept elsewhere."""
    if found := blocks.CONTINUED_FROM.match(text):
        heap.continues = True
        text = text[found.end() :]
    for _ in range(2):
        if found := _DATELINE.match(text):
            heap.dated = True
            if agency := _AGENCY.search(found[0]):
                heap.names.append(agency[0])
            text = text[found.end() :]
        if found := (_BY_BRACKET.match(text) or _BY_LEAD.match(text)):
            heap.names += _people(found[1])
            text = text[found.end() :]
    return text.lstrip("：:，, ")


def _closing_names(heap: _Heap, text: str) -> str:
    """A paragraph without the names in brackets at its end, when they are people's."""
    found = _BY_END.search(text)
    if not found:
        return text
    names = _people(found[1])
    agency = _AGENCY.search(found[1])
    if agency or re.search(r"记者|通讯员|评论员|实习生", found[1]) or (names and all(map(_is_name, names))):
        heap.names += [agency[0]] if agency and not names else names
        heap.closed = True
        return text[: found.start()]
    return text


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= 4 and text[0] in _SURNAMES  # noqa: PLR2004 - Chinese names have two to four characters


def _people(text: str) -> list[str]:
    """The names in a byline, without 本报记者 and the like."""
    text = _TITLES.sub(" ", text.strip("()（）【】□■◎●○ "))
    text = re.sub(
        r"(?<![\u3400-\u9fff])([\u3400-\u9fff]) +([\u3400-\u9fff])(?![\u3400-\u9fff])", r"\1\2", text
    )
    return [name for name in _NAME_SPLIT.split(text.strip(" :：|｜")) if name]


# From heaps to articles -----------------------------------------------------------------------------------


def _is_news(heap: _Heap) -> bool:
    """Whether a heap is an article: it has a body, and its title is no notice's."""
    if not heap.body and len(heap.short) >= POEM_LINES and heap.names:
        heap.body = heap.short
    size = sum(map(han_count, heap.body))
    if size < SHORTEST_BODY or not any(blocks.ends_finished(paragraph) for paragraph in heap.body):
        return False
    if _NOTICE.search(heap.title.strip('“”"《》【】 ')):
        return heap.dated
    return bool(han_count(heap.title))


def _joined(heaps: list[_Heap]) -> list[_Heap]:
    """Continuations put to the beginnings that are in the same input."""
    kept: list[_Heap] = []
    for heap in heaps:
        beginning = _beginning(heap, kept) if heap.continues else None
        if beginning is None:
            kept.append(heap)
            continue
        first, *rest = heap.body
        if _dangling(beginning.body):
            beginning.body[-1] += first
        else:
            beginning.body.append(first)
        beginning.body += rest
        beginning.names += heap.names
        beginning.sections += heap.sections
        beginning.goes_on = heap.goes_on
    return kept


def _beginning(heap: _Heap, earlier: list[_Heap]) -> _Heap | None:
    """The article that this one continues: it goes on elsewhere, and its title says so."""
    open_ones = [other for other in earlier if other.goes_on]
    likely = [other for other in open_ones if _same_title(other.title, heap.title)]
    if likely:
        return likely[0]
    return open_ones[0] if len(open_ones) == 1 and _dangling(open_ones[0].body) else None


def _same_title(one: str, other: str) -> bool:
    """Titles of continuations are often shortened."""
    one, other = (re.sub(r"[^\w]", "", text) for text in (one, other))
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer or difflib.SequenceMatcher(None, one, other).ratio() > 0.6  # noqa: PLR2004 - measured on shortened titles


def _article(heap: _Heap, place: int, source: str, published: datetime) -> Article:
    title = _plain_title(heap.title)
    digest = hashlib.sha256(f"{source}\n{published.date()}\n{title}".encode()).hexdigest()
    return Article(
        id=digest[:16],
        source=source,
        title=title,
        paragraphs=tuple(blocks.close_gaps(paragraph).strip() for paragraph in heap.body),
        published=published,
        kicker=" ".join(heap.kicker),
        byline=" ".join(dict.fromkeys(heap.names)),
        page=heap.page,
        position=place,
        sections=tuple(dict.fromkeys(heap.sections)),
        complete=not (heap.continues or heap.goes_on),
    )


def _plain_title(title: str) -> str:
    return re.sub(r"\s+", " ", blocks.CONTINUED_ON.sub("", blocks.CONTINUED_FROM.sub("", title))).strip()


# The page's date and number -------------------------------------------------------------------------------


def _day(found: list[Block], name: str) -> date:
    """The day that the page names: in its masthead, else in the file's name, else the only one in its text."""
    masthead = [block.text for block in found if block.kind is Kind.FURNITURE]
    for text in (*masthead, name, *(block.text for block in found)):
        for day in _dates(text):
            return day
    raise SourceError(
        f"{name} names no date; put one such as 2023年6月9日 into its first line or its file's name"
    )


def _dates(text: str) -> Iterator[date]:
    for pattern in _DATES:
        for match in pattern.finditer(text):
            try:
                yield date(*map(_number, match.groups()))
            except ValueError:
                continue


def _number(text: str) -> int:
    """Arabic digits, Chinese digits one by one (二〇二三), or a Chinese number below a hundred (二十九)."""
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _page_number(text: str) -> str:
    """1版 or A03 out of a line of furniture."""
    found = re.search(
        r"(?<![\w])(第?\s*[A-D]?\d{1,2}\s*版|[A-D]\d{1,2}|第?[一二三四五六七八九十]{1,2}版)(?![\w])", text
    )
    return re.sub(r"\s|第", "", found[1]) if found else ""
