"""Sources on made-up sites on loopback: a list page, articles over several pages, digital newspapers of two layouts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import SourceError
from briefing.net.fetcher import Fetcher, Manners
from briefing.sources import epaper, helpers, web
from briefing.sources.protocol import Ready, Setup
from tests.briefing.net.server import page, serving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.model import Article
    from briefing.sources.protocol import Reader
    from tests.briefing.net.server import Answer, Site

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2023, 6, 9, tzinfo=ZONE)
TEXT = "区里修好了一座老桥，市民可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。"


def news(title: str, text: str = TEXT, more: str = "", date: str = "2023-06-09 08:00") -> Answer:
    """The page of an article."""
    return page(
        f"<html><title>{title}-样网</title><body><h1>{title}</h1><div class=info>{date} 来源：样网</div>"
        f"<div class=article-content><p>{text}</p>{more}</div></body></html>"
    )


def read(site: Site, reader: Reader, path: str, match: str = "", limit: int = 50) -> list[Article]:
    """The day's articles of a source on the site."""
    return list(fetched(site, reader, path, match, limit))


def fetched(site: Site, reader: Reader, path: str, match: str = "", limit: int = 50) -> Iterable[Article]:
    """The same, one by one."""
    fetcher, manners = Fetcher(sleep=lambda _: None), Manners(private=True, pause=0)
    setup = Setup(
        "yangwang",
        ZONE,
        Path(),
        lambda url: fetcher.get(url, manners),
        lambda: DAY,
        site.url(path),
        match,
        limit,
    )
    return Ready(setup, reader).fetch(DAY, DAY + timedelta(days=1))


def test_a_list_page_gives_its_newest_articles() -> None:
    """Links that are articles of the day, in the page's order; channels, other sites and other days are left."""
    links = (
        '<a href="/about.html">关于我们的一些情况说明</a><a href="/2023-06/09/c_1001.htm">老桥修好了可以走了</a>'
        '<a href="/2023-06/08/c_1000.htm">昨天的一条旧消息</a><a href="http://other.example/2023-06/09/c_9.htm">别的网站的一条消息</a>'
        '<a href="/2023-06/09/c_1002.htm#top">河道清淤完成了一半</a><a href="javascript:x()">弹出一个很大的窗口</a>'
    )
    answers = {
        "/news/": page(f"<html><body><ul>{links}</ul></body></html>"),
        "/2023-06/09/c_1001.htm": news("老桥修好了可以走了"),
        "/2023-06/09/c_1002.htm": news("河道清淤完成了一半"),
    }
    with serving(answers) as site:
        found = read(site, web.articles, "/news/")
        assert [(one.title, one.position, one.origin) for one in found] == [
            ("老桥修好了可以走了", 0, "样网"),
            ("河道清淤完成了一半", 4 // 2, "样网"),
        ]
        assert "/2023-06/08/c_1000.htm" not in site.asked


def test_a_pattern_says_which_links_are_meant() -> None:
    """With `match`, only the addresses that it finds."""
    answers = {
        "/": page('<a href="/p/a">甲</a><a href="/q/b">乙</a>'),
        "/p/a": news("老桥修好了可以走了"),
        "/q/b": news("不要的一条消息"),
    }
    with serving(answers) as site:
        assert [one.title for one in read(site, web.articles, "/", match="/p/")] == ["老桥修好了可以走了"]


def test_an_article_over_several_pages_is_joined() -> None:
    """下一页 is followed on the same article only."""
    answers = {
        "/": page('<a href="/t20230609_7.html">老桥修好了可以走了</a>'),
        "/t20230609_7.html": news(
            "老桥修好了可以走了", more='<div><a href="t20230609_7_1.html">下一页</a></div>'
        ),
        "/t20230609_7_1.html": news("老桥修好了可以走了", "第二页说，年内还要修两座桥，总投资一千八百万元。"),
    }
    with serving(answers) as site:
        (one,) = read(site, web.articles, "/")
    assert one.paragraphs == (TEXT, "第二页说，年内还要修两座桥，总投资一千八百万元。")
    assert one.complete


def test_parts_that_a_script_links_to_are_joined() -> None:
    """TRS's system writes the links to the parts of an article by a script; nothing is run to follow them."""

    def part(at: int) -> Answer:
        script = f'<script>createPageHTML(3, {at}, "t20230609_12", "shtml");</script>'
        return news("河道清淤完成了一半", f"第{at}部分：河道清了淤，水面比去年低了四十厘米。", script)

    answers = {"/": page("<a href=/a/t20230609_12.shtml>河道清淤完成了一半</a>")} | {
        f"/a/t20230609_12{'_' * bool(at)}{at or ''}.shtml": part(at) for at in range(3)
    }
    with serving(answers) as site:
        (one,) = read(site, web.articles, "/")
    assert [text[:4] for text in one.paragraphs] == ["第0部分", "第1部分", "第2部分"]
    assert one.complete


def test_a_list_page_without_articles_is_told() -> None:
    """The address of something else, or a changed site, is no empty day."""
    with (
        serving({"/": page("<p>没有链接</p>")}) as site,
        pytest.raises(SourceError, match="links to no article"),
    ):
        read(site, web.articles, "/")


def paper_page(number: str, links: str, areas: str = "") -> Answer:
    """A node of a digital newspaper."""
    return page(
        f"<html><body><div>样报 2023年06月09日 第{number}版：要闻</div><map>{areas}</map><a href=node_1.htm>第01版</a>"
        f"<a href=node_2.htm>第02版</a><ul>{links}</ul></body></html>"
    )


def test_an_edition_is_read_page_by_page() -> None:
    """Founder's layout: nodes in order, on each the largest article first, with page numbers and the paper's day."""
    folder = "/html/2023-06/09/"
    answers = {
        f"{folder}node_1.htm": paper_page(
            "01",
            "<li><a href=content_11.htm>小稿</a><li><a href=content_12.htm>头条</a>",
            '<area coords="0,0,10,10" href="content_11.htm"><area coords="0,0,90,0,90,80,0,80" href="content_12.htm">',
        ),
        f"{folder}node_2.htm": paper_page("02", "<li><a href=content_21.htm>二版稿</a>"),
        f"{folder}content_11.htm": news("小稿也有自己的标题"),
        f"{folder}content_12.htm": news("老桥修好了可以走了"),
        f"{folder}content_21.htm": news("二版的一条消息"),
    }
    with serving(answers) as site:
        found = read(site, epaper.articles, "/html/{yyyy}-{mm}/{dd}/node_1.htm")
    assert [(one.page, one.position, one.title, one.published) for one in found] == [
        ("01", 0, "老桥修好了可以走了", DAY),
        ("01", 1, "小稿也有自己的标题", DAY),
        ("02", 2, "二版的一条消息", DAY),
    ]


def test_the_newer_layout_is_read_past_a_page_and_an_article_that_are_gone() -> None:
    """Pages and articles lie in folders of their own; what is gone takes nothing with it, and a lost page is told."""
    links = "".join(
        f"<li><a href=../../../content/202306/09/content_{at}.html>稿{at}</a>" for at in (1, 2, 3)
    )
    nodes = "<a href=node_02.html>第02版</a><a href=../../../content/202306/08/content_9.html>昨天的</a>"
    answers = {
        "/pc/layout/202306/09/node_01.html": page(f"<div>第01版：要闻</div>{nodes}<ul>{links}</ul>"),
        "/pc/content/202306/09/content_1.html": news("老桥修好了可以走了"),
        "/pc/content/202306/09/content_3.html": news("河道清淤完成一半"),
    }
    got: list[Article] = []
    with serving(answers) as site, pytest.raises(SourceError, match=r"node_02\.html answers 404"):
        got.extend(fetched(site, epaper.articles, "/pc/layout/{yyyy}{mm}/{dd}/node_01.html"))
    assert [(one.page, one.position, one.title) for one in got] == [
        ("01", 0, "老桥修好了可以走了"),
        ("01", 2, "河道清淤完成一半"),
    ]


def test_a_site_that_is_gone_is_not_asked_for_every_article() -> None:
    """After some pages in a row that cannot be read the site is left alone."""
    links = "".join(f"<a href=/a/100{at:02}.html>第{at:02}条消息的标题在这里</a>" for at in range(30))
    with (
        serving({"/": page(f"<body>{links}</body>")}) as site,
        pytest.raises(SourceError, match="answers 404"),
    ):
        read(site, web.articles, "/")
    assert len([path for path in site.asked if path.startswith("/a/")]) == helpers.MOST_TROUBLES


def test_an_edition_of_data_is_read() -> None:
    """Pages and articles in JSON, the text in place or at its address."""
    data = {
        "data": {
            "layouts": [
                {
                    "pageNo": "A01",
                    "articles": [
                        {
                            "title": "老桥修好了",
                            "content": f"<p>{TEXT}</p>",
                            "author": "张三",
                            "introTitle": "百年石料",
                        },
                        {"title": "河道清淤过半", "url": "c/2.html"},
                    ],
                }
            ]
        }
    }
    answers = {
        "/2023/06/09.json": page(json.dumps(data, ensure_ascii=False), "application/json"),
        "/2023/c/2.html": page("x"),
        "/2023/06/c/2.html": news("河道清淤过半"),
    }
    with serving(answers) as site:
        one, two = read(site, epaper.articles, "/{yyyy}/{mm}/{dd}.json")
    assert (one.page, one.kicker, one.byline, one.paragraphs) == ("A01", "百年石料", "张三", (TEXT,))
    assert (two.page, two.title) == ("A01", "河道清淤过半")


@pytest.mark.parametrize(
    "data",
    [
        {"data": {"data": {"data": ["A01", "A02"]}}},
        {"data": {"data": {"data": {"data": []}}}},
        [1],
        [None],
        [],
    ],
)
def test_data_that_is_no_edition_is_told(data: object) -> None:
    """Lists of something else, or buried too deep: one sentence with the address."""
    answers = {"/2023/06/09.json": page(json.dumps(data), "application/json")}
    with serving(answers) as site, pytest.raises(SourceError, match=r"09\.json lists no article"):
        read(site, epaper.articles, "/{yyyy}/{mm}/{dd}.json")


def test_a_day_without_a_paper_is_told() -> None:
    """A missing edition is a trouble of the source, with its address."""
    with serving({}) as site, pytest.raises(SourceError, match="answers 404"):
        read(site, epaper.articles, "/{yyyy}{mm}{dd}/node_1.htm")


def test_the_day_beside_a_link_is_that_of_a_page_without_one() -> None:
    """The list prints it; an article of another day is not fetched."""
    rows = '<li><a href="/a/10001.html">区里修好了一座老桥</a><span>2023-06-09</span></li>'
    rows += '<li><a href="/a/10002.html">昨天的一条旧消息来了</a><span>2023-06-08</span></li>'
    bare = page(f"<title>区里修好了一座老桥</title><h1>区里修好了一座老桥</h1><p>{TEXT}</p>")
    with serving({"/list": page(f"<ul>{rows}</ul>"), "/a/10001.html": bare}) as site:
        (article,) = read(site, web.articles, "/list")
        assert (article.printed_day, site.asked.count("/a/10002.html")) == (DAY.date(), 0)
