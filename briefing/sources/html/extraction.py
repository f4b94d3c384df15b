"""A whole page → its article."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from briefing.model import han_count
from briefing.net import urls
from briefing.sources.extracted_article import ExtractedArticle
from briefing.sources.html import (
    article_gate,
    boilerplate,
    container,
    dom,
    embedded_data,
    fallback_text,
    headings,
    metadata,
    navigation,
    paragraphs,
    publication_date,
)
from briefing.sources.html.publication_date import Around

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from briefing.sources.html.dom import Line, Node
    from briefing.sources.html.headings import Heading
    from briefing.sources.html.metadata import Metadata
    from briefing.sources.html.paragraphs import Body

_ORIGIN: Final = re.compile(
    r"(?:稿件|文章|信息|新闻|内容|本文)?(?:(?:来源于?|稿源|出处)\s*[:：丨|]|来源于\s)\s*(?P<name>[^\s|丨：:，。；;（(）)【】<>]{2,24}(?:\s[A-Za-z][\w ]{1,20})?)"
)
_MEDIUM: Final = re.compile(
    r"(?<![^\s·|｜丨])[\u4e00-\u9fff]{2,10}(?:网|(?<![播通海举情预汇警电])报|社|台|发布|融媒体?(?:中心)?|客户端|新闻|之声|在线)(?![^\s·|｜丨])"
)
"""The name of a medium that stands without a label."""
_WRITER: Final = re.compile(
    r"(?:作者|[记記]者|撰文|撰稿|文字|(?<![\u4e00-\u9fff])文|采写|报道)\s*[:：/丨|]\s*(?P<names>[\u4e00-\u9fff·A-Za-z]{2,12}(?:[\s、，,/]+[\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff]))*)"
)
_REPORTER: Final = re.compile(
    r"(?:本[报网台刊]|[\u4e00-\u9fff]{2,8}[报网社台闻])?\s*(?:首席|特约|实习|见习|全媒体|融媒体?|特派|新闻)*[记記]者\s*[:：]?\s*"
    r"(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\s、]+(?:(?:通讯员|实习生|见习记者|特约记者)\s*)?[\u4e00-\u9fff·]{2,4})*)\s*(?=[】）)\]\s]|[一从]|$|报道|摄|文)"
)
_ROLE: Final = re.compile(
    r"(?:通讯员|实习生|见习记者|特约记者|记者|编辑|责编|来源|时间|发布|责任编辑|字[号体]|分享|浏览).*$"
)
_POST: Final = re.compile(r"^.+(?:作者|[记記]者|评论员)")
"""What stands before a name: 样报专栏作者."""
_NO_NAME: Final = re.compile(
    r"^(?:admin|administrator|小编|佚名|管理员|编辑部?|网站|匿名|\d+|网络(?:整理|综合)?|阅读|null|undefined|name|author|.*[@.].*)$",
    re.IGNORECASE,
)
_AREAS: Final = {
    "article-title": "<h1>{}</h1>",
    "article-content": "<div class='article-content'>{}</div>",
    "article-time": "<meta name='publishdate' content='{}'>",
    "article-source-name": "<meta name='source' content='{}'>",
    "article-author": "<meta name='author' content='{}'>",
}
"""环球网 lays the article in text areas, from which a script fills the page."""
_PICTURES: Final = re.compile(r"组图|图集|高清图|图说|画廊|图片新闻|多图")
"""What the title of a picture post says."""
_BELOW_TITLE: Final = 5
"""Lines from the title on among which the day stands where a page has no text of its own."""
_LONGEST_HINT: Final = 60
"""Han characters of what a page tells a reader without scripts."""
_PAID = "付费内容，这里只有试读部分"
_PARTED = "文章分几页，这里只有第一页"
_CREDITS: Final = 80
"""Characters below which a line beside the title is a line of credits."""
_LONGEST_GUESSED: Final = 1_000_000
"""Characters of a page up to which trafilatura is asked; it takes a minute for the largest that are read."""
_LONGER: Final = 1.3
"""From this many times the shown text on, the text that the page holds as data is the whole of it."""
_NAME: Final = 6
"""Characters of a name that stands without a label."""
_ENOUGH: Final = 40
"""Han characters of text below which the other ways to find a text are tried."""


def extract(markup: str, url: str, zone: ZoneInfo, now: dt.datetime | None = None) -> ExtractedArticle:
    """The article of a page that was fetched from `url` ('' for a file); times without a zone are in `zone`.

    `now` is when it was fetched, from which 2小时前 counts; None for a page that was kept.

    Raises `SourceError` for a page that is empty or too large. A page without an article gives one without text.
    """
    root = dom.tree(markup)
    # What is shown where scripts do not run says nothing of the page that scripts lay out.
    for hidden in [*root.iter("noscript")]:
        if han_count(dom.start(hidden, _LONGEST_HINT)) < _LONGEST_HINT:
            dom.remove(hidden)
    _lay_out(root)
    printed = dom.lines(_body_of(root), apart=True)
    declared = _told(markup, root, printed)
    heading = headings.find(root, declared, printed)
    credited, writer = metadata.find_credits(_body_of(root))
    next_page = navigation.find_next_page(root, url)
    full_page, frame = navigation.find_full_page(root, url), navigation.find_frame(root, url)
    container.prune(root)
    node = container.find(root, heading.node)
    if node is not None:
        container.prune_small(node)
    body = _text(node, markup, declared, heading, framed=bool(frame))
    better = headings.above(printed, body.paragraphs, heading.doubt) if heading.doubt else None
    if better:
        heading, body = better, _text(node, markup, declared, better, framed=bool(frame))
    lead = None if node is None else container.lead(node)
    if lead is not None:
        body = paragraphs.led(body, lead, heading.text)
    paid = any(boilerplate.is_paywall(line.text) for line in printed if not _is_button(line))
    body = replace(
        body, paragraphs=tuple(text for text in body.paragraphs if not boilerplate.is_paywall(text))
    )
    if not (_size(body) < _ENOUGH and frame):
        own = body.paragraphs if _is_own(body, node, declared, heading) else ()
        article_gate.refuse_no_article(
            (declared.window_title, heading.text, *declared.titles),
            printed,
            own or body.paragraphs,
            trusted=bool(own),
        )
    head, rest = _around(printed, heading, body)
    return ExtractedArticle(
        title=heading.text,
        paragraphs=body.paragraphs,
        published=publication_date.find(declared, Around(head, rest, body.paragraphs[-3:]), url, zone, now),
        byline=_byline(declared, head, body) or _people(writer if len(writer) <= _NAME else ""),
        origin=_origin(declared, head, body, credited),
        kicker=declared.properties.get("introtitle", ""),
        page=_page(declared),
        url=_address(url, declared.canonical),
        sections=body.sections,
        next_page=next_page,
        complete=not next_page and not paid,
        incomplete_because=_PAID if paid else _PARTED if next_page else "",
        full_page=full_page,
        frame="" if _size(body) >= _ENOUGH else frame,
    )


def extract_text(markup: str) -> tuple[str, ...]:
    """Return the paragraphs of a page that holds nothing but a text, such as a frame's; raises as `extract`."""
    root = dom.tree(markup)
    container.prune(root)
    node = container.find(root)
    body = paragraphs.read(_body_of(root) if node is None else node, "")
    return body.paragraphs


def find_jump(markup: str, url: str) -> str:
    """Return the address to which a page without a text sends on at once, '' for any other page."""
    if "http-equiv" not in markup.lower():
        return ""
    return navigation.find_refresh(dom.tree(markup), url)


def _is_button(line: Line) -> bool:
    """Return whether a line is a link of the page's frame: 阅读全文 and 开通会员 stand in many a menu."""
    return line.linked >= len(line.text.replace(" ", "")) * 0.8 and not boilerplate.is_paid_notice(line.text)


def _body_of(root: Node) -> Node:
    index = root.find("body")
    return root if index is None else index


def _lay_out(root: Node) -> None:
    """Put the article that stands in text areas where a script would put it."""
    for area in [*root.iter("textarea")]:
        form = next((_AREAS[name] for name in (area.get("class") or "").split() if name in _AREAS), "")
        text = area.text or ""
        if form and text.strip():
            value = html.escape(text.strip()) if "content=" in form else html.unescape(text)
            area.addprevious(dom.fragment(form.format(value)).find("body"))


def _told(markup: str, root: Node, printed: Sequence[Line]) -> Metadata:
    """Return what the page declares, with its scripts' article where that is the page's or it shows none."""
    details = metadata.read(markup, root)
    data = embedded_data.read(dom.scripts(root))
    own = paragraphs.plain(data.title)
    is_shown = sum(map(container.weight, printed)) >= _ENOUGH
    if not data.body or (is_shown and not (own and own in paragraphs.plain(details.window_title))):
        return details
    return metadata.joined(details, data)


def _text(node: Node | None, markup: str, told: Metadata, heading: Heading, *, framed: bool) -> Body:
    """The text of the container; where there is hardly any, what a script would show, or trafilatura's guess."""
    body = paragraphs.Body((), (), ()) if node is None else paragraphs.read(node, heading.text)
    if node is not None and (_size(body) < _ENOUGH or _PICTURES.search(heading.text)):
        # A picture post has no text but what is said of its pictures.
        body = max(body, paragraphs.read(node, heading.text, with_captions=True), key=_size)
    others = [body, *_held(told, heading)]
    if _size(body) >= _ENOUGH:
        return max(others, key=lambda one: _goes_on(body, one))
    # Where the text lies in a frame, a guess would only find what stands around it.
    guessed = "" if framed or len(markup) > _LONGEST_GUESSED else fallback_text.text(markup)
    if guessed:
        escaped = "".join(f"<p>{html.escape(line)}</p>" for line in guessed.splitlines())
        others.append(paragraphs.read(_body_of(dom.fragment(escaped)), heading.text))
    return max(others, key=_size)


def _is_own(body: Body, node: Node | None, told: Metadata, heading: Heading) -> bool:
    """Return whether a text is the container's or the page's data, not a guess."""
    shown = paragraphs.Body((), (), ()) if node is None else paragraphs.read(node, heading.text)
    return any(
        _size(text) >= _ENOUGH and set(text.paragraphs) & set(body.paragraphs)
        for text in (shown, *_held(told, heading))
    )


def _held(told: Metadata, heading: Heading) -> Iterator[Body]:
    """The text that the page holds as data."""
    if han_count(told.body) > _ENOUGH:
        body = _body_of(dom.fragment(html.unescape(told.body)))
        container.prune(body)
        yield paragraphs.read(body, heading.text)


def _goes_on(shown: Body, held: Body) -> int:
    """The Han characters of a text that begins as the shown one and is much longer; 0 for any other, 1 for itself."""
    if held is shown:
        return 1
    begins = held.paragraphs[:1] == shown.paragraphs[:1]
    return _size(held) if begins and _size(held) > _LONGER * _size(shown) else 0


def _size(body: Body) -> int:
    return sum(map(han_count, body.paragraphs))


def _around(printed: Sequence[Line], heading: Heading, body: Body) -> tuple[Sequence[Line], Sequence[Line]]:
    """The page's lines from the title to the first paragraph and a little beyond, and all others."""
    first = paragraphs.plain(body.paragraphs[0])[:20] if body.paragraphs else ""
    texts = [paragraphs.plain(line.text) for line in printed]
    own = paragraphs.plain(heading.text)
    begins = [index for index, text in enumerate(texts) if first and first in text]
    holders = [index for index, text in enumerate(texts) if own and own in text]
    titles = [holder for holder in holders if texts[holder] == own] or holders
    # Some pages hold the first paragraph before the title too, for machines.
    below = titles[0] + _BELOW_TITLE if titles and not first else 0
    end = next((begin for begin in begins if titles and titles[0] <= begin), begins[0] if begins else below)
    starts = [title for title in titles if title <= end]
    start = starts[-1] if starts else max(0, end - 12)
    # 新华网 and some apps set the time above the title; what is a link there is the way to the page.
    before = printed[max(0, start - 5) : start]
    above = [line for line in before if not line.linked and len(line.text) < _CREDITS]
    return [*printed[start:end], *above], [*printed[:start], *printed[end:]]


def _origin(told: Metadata, head: Sequence[Line], body: Body, credited: str) -> str:
    """Return who is credited: the line under the title, an element named so, what was declared, the site."""
    texts = [*(line.text for line in head), *body.credits]
    for match in (_ORIGIN.search(text) for text in texts):
        if match:
            return match["name"].strip().removesuffix("举报")
    declared = (metadata.ORIGIN_LABEL.sub("", name) for name in told.sources)
    unlinked = (line.text for line in head if line.linked < len(line.text) / 2)
    shown = (_MEDIUM.findall(text) for text in unlinked if len(text) < _CREDITS)
    names = (credited, *declared, *(name for some in shown for name in some), *told.sites)
    return next((name for name in names if name and "://" not in name), "")


def _byline(told: Metadata, head: Sequence[Line], body: Body) -> str:
    """Return the author: from the line under the title, credits, first or last paragraph, or metadata."""
    for text in (*(line.text for line in head), *body.credits):
        match = _REPORTER.search(text) or _WRITER.search(text)
        if match and (people := _people(match["names"])):
            return people
    for text in (*body.paragraphs[:1], *body.paragraphs[-1:]):
        match = _REPORTER.search(text[:60]) or _REPORTER.search(text[-60:])
        if match and (people := _people(match["names"])):
            return people
    return next((name for name in map(_people, told.authors) if name), "")


def _people(text: str) -> str:
    """Names set apart by spaces; '' for what is nobody's name."""
    # 通讯员 send news to a paper; who wrote it is its 记者.
    text = re.split(r"(?<=\S)\s*(?:通讯员|实习生)", text, maxsplit=1)[0]
    parts = [_ROLE.sub("", _POST.sub("", part)).strip() for part in re.split(r"[\s、，,/;；|]+", text)]
    people = [part for part in parts if len(part) > 1 and not _NO_NAME.match(part)]
    return " ".join(dict.fromkeys(people))


def _page(told: Metadata) -> str:
    """The newspaper page that Founder's system names, such as 01 of 第01版：头版."""
    match = re.search(r"第?\s*([A-Z]?\d{1,3})\s*版", told.properties.get("nodename", ""))
    return match[1] if match else ""


def _address(url: str, canonical: str) -> str:
    """The page's own address if it names one on the same site, else where it was fetched."""
    own = urls.joined(url, canonical) if canonical else ""
    return own if own and (not url or urls.host(own) == urls.host(url)) else url
