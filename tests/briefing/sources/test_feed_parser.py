"""RSS, Atom and JSON Feed with the quirks of Chinese feeds, and the source that reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import SourceError
from briefing.net.http_client import Unreachable
from briefing.net.resources import Fetched
from briefing.sources import feed_parser, rss
from briefing.sources.protocol import Ready, Setup

ZONE = ZoneInfo("Asia/Shanghai")
URL = "https://news.example/rss.xml"
LONG = (
    "<p>"
    + "</p><p>".join(f"第{n}段，区里修好了一座老桥，市民可以步行通过，桥下的河道也清了淤。" for n in range(9))
    + "</p>"
)


def rss_of(*items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    """A feed with these items."""
    return f'{head}<rss version="2.0"><channel><title>样报</title>{"".join(items)}</channel></rss>'


def item(title: str = "老桥修好了", date: str = "Fri, 09 Jun 2023 08:00:00 +0800", **more: str) -> str:
    """One item; more elements by name."""
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<item><title>{title}</title><pubDate>{date}</pubDate>{rest}</item>"


def entries(text: str | bytes, charset: str = "") -> tuple[feed_parser.Entry, ...]:
    """The entries of a feed."""
    content = text.encode() if isinstance(text, str) else text
    return feed_parser.parse(content, URL, ZONE, charset).entries


@pytest.mark.parametrize(
    ("date", "hour"),
    [
        ("Fri, 09 Jun 2023 08:00:00 +0800", 8),
        ("Fri, 09 Jun 2023 00:00:00 GMT", 8),
        ("Fri, 09 Jun 2023 08:00:00 CST", 8),
        ("Fri, 09 Jun 2023 08:00:00", 8),
        ("Fri, 09 Jun 2023 00:00:00 -0000", 8),
        ("2023-06-09 08:00:00", 8),
        ("2023-6-9 8:00", 8),
        ("2023/06/09 08:00", 8),
        ("2023年6月9日 8时00分", 8),
        ("2023-06-09T00:00:00Z", 8),
        ("2023-06-09T08:00:00+08:00", 8),
        ("2023-06-09 08:00:00 GMT+8", 8),
        ("1686268800", 8),
    ],
)
def test_a_date_is_read_in_every_form(date: str, hour: int) -> None:
    """Dates without a zone are the source's; CST is China's; -0000 is UTC."""
    assert entries(rss_of(item(date=date)))[0].published == datetime(2023, 6, 9, hour, tzinfo=ZONE)


@pytest.mark.parametrize("date", ["", "昨天", "Fri, 99 Foo 2023", "9999999999999999"])
def test_a_date_that_says_nothing_is_none(date: str) -> None:
    """What is no date is not guessed."""
    assert entries(rss_of(item(date=date)))[0].published is None


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", ""])
def test_gbk_bytes_are_read_whatever_is_declared(declared: str) -> None:
    """The bytes decide."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    found = entries(rss_of(item("镕基路上的老桥修好了"), head=head).encode("gb18030"), declared)
    assert found[0].title == "镕基路上的老桥修好了"


def test_utf8_bytes_that_declare_gb2312_are_utf8() -> None:
    """A site that moved to UTF-8 and forgot its declaration."""
    assert entries(rss_of(item(), head='<?xml version="1.0" encoding="gb2312"?>'))[0].title == "老桥修好了"


def test_guid_and_link_stand_in_for_each_other() -> None:
    """A GUID that is an address is the link; without a GUID the link names the entry."""
    only_guid, only_link, neither = entries(
        rss_of(
            item(guid="https://news.example/1.html"),
            item(link="/2.html"),
            item("第三条消息"),
        )
    )
    assert (only_guid.guid, only_guid.url) == ("https://news.example/1.html",) * 2
    assert (only_link.guid, only_link.url) == ("https://news.example/2.html",) * 2
    assert (neither.guid, neither.url) == ("第三条消息", "")


def test_full_text_is_known_from_a_cut_one() -> None:
    """content:encoded and long descriptions are whole; what ends in dots is not."""
    body = f"<![CDATA[{LONG}]]>"
    whole, cut = entries(
        rss_of(item(description=body), item(description="<![CDATA[<p>区里修好了一座老桥……</p>]]>"))
    )
    assert (whole.whole, len(whole.paragraphs)) == (True, 9)
    assert cut.whole is False


def test_atom_is_read() -> None:
    """Atom's names for the same things."""
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>样报</title><entry><id>urn:1</id><title type="html">'
        '老桥&lt;b&gt;修好了&lt;/b&gt;</title><link href="https://news.example/1"/><author><name>张三</name></author>'
        f'<published>2023-06-09T08:00:00+08:00</published><content type="html"><![CDATA[{LONG}]]></content></entry></feed>'
    )
    (one,) = entries(text)
    assert (one.guid, one.title, one.url, one.author, one.whole) == (
        "urn:1", "老桥修好了", "https://news.example/1", "张三", True,
    )  # fmt: skip


def test_a_json_feed_is_read() -> None:
    """JSON Feed 1.1."""
    text = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "样报",
            "items": [
                {
                    "id": "7",
                    "url": "/7.html",
                    "title": "老桥修好了",
                    "content_html": LONG,
                    "date_published": "2023-06-09T08:00:00+08:00",
                    "authors": [{"name": "张三"}, {"name": "李四"}],
                }
            ],
        },
        ensure_ascii=False,
    )
    (one,) = entries(text)
    assert (one.guid, one.url, one.author, one.published) == (
        "7", "https://news.example/7.html", "张三 李四", datetime(2023, 6, 9, 8, tzinfo=ZONE),
    )  # fmt: skip


def test_entities_do_not_grow() -> None:
    """A billion laughs, and a file that is not ours to read: neither is expanded."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "哈哈">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (one,) = entries(rss_of(item("笑&l8;&x;"), head=head))
    assert len(one.title) < 50
    assert "root:" not in one.title


def test_markup_in_an_entry_is_text_only() -> None:
    """Scripts and handlers leave nothing behind."""
    body = '<![CDATA[<script>alert(1)</script><p onclick="x()">区里修好了一座老桥。</p><img src=x onerror=alert(1)>]]>'
    assert entries(rss_of(item(description=body)))[0].paragraphs == ("区里修好了一座老桥。",)


def test_what_is_no_feed_is_refused() -> None:
    """A page in place of a feed is told."""
    with pytest.raises(SourceError, match="is no RSS or Atom feed"):
        entries("<html><body><p>找不到页面</p></body></html>")


def test_a_reference_to_no_character_is_left_out() -> None:
    """One broken reference takes nothing from the rest."""
    assert entries(rss_of(item("老桥&#x110000;修好&#99999999;了")))[0].title == "老桥修好了"


@pytest.mark.parametrize(("days", "newest"), [((9, 8), "第0条消息来了"), ((8, 9), "第9999条消息来了")])
def test_of_an_archive_in_one_feed_the_newer_end_is_read(days: tuple[int, int], newest: str) -> None:
    """The newest thousand entries, at whichever end they stand; the others are older than any edition."""
    first, last = (f"{day:02} Jun 2023 08:00:00 +0800" for day in days)
    items = (item(f"第{n}条消息来了", first if n < 5_000 else last, link=f"/{n}") for n in range(10_000))
    found = entries(rss_of(*items))
    assert (len(found), newest in {found[0].title, found[-1].title}) == (feed_parser.MAX_BUILT, True)


def test_a_feed_of_very_many_entries_is_refused() -> None:
    """Before anything is built of them."""
    with pytest.raises(SourceError, match="more than 20,000 entries"):
        entries("<rss version='2.0'><channel>" + "<item/>" * 20_001 + "</channel></rss>")


def setup_of(answers: dict[str, str | Exception]) -> Setup:
    """A source whose addresses answer this."""

    def get(url: str) -> Fetched:
        answer = answers[url]
        if isinstance(answer, Exception):
            raise answer
        return Fetched(url, "text/html", "utf-8", answer.encode())

    return Setup("yangbao", ZONE, Path(), get, lambda: datetime(2023, 6, 9, 12, tzinfo=ZONE), url=URL)


DAY = (datetime(2023, 6, 9, tzinfo=ZONE), datetime(2023, 6, 10, tzinfo=ZONE))
PAGE = (
    "<html><title>老桥修好了-样报</title><body><h1>老桥修好了</h1><p>来源：样报</p>"
    f'<div class="article-content">{LONG}</div></body></html>'
)


def test_a_cut_entry_is_completed_from_its_page() -> None:
    """The page's text, the feed's title and time; what is of other days is not fetched."""
    feed = rss_of(
        item(link="https://news.example/1.html", description="区里修好了一座老桥……"),
        item("昨天的消息", "Thu, 08 Jun 2023 08:00:00 +0800", link="https://news.example/0.html"),
    )
    setup = setup_of({URL: feed, "https://news.example/1.html": PAGE})
    (one,) = Ready(setup, rss.articles).fetch(*DAY)
    assert (one.title, len(one.paragraphs), one.url, one.published) == (
        "老桥修好了", 9, "https://news.example/1.html", datetime(2023, 6, 9, 0, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(("printed", "articles"), [("2023-06-09 07:00", 1), ("2023-05-01 07:00", 0)])
def test_an_entry_without_a_day_has_that_of_its_page(printed: str, articles: int) -> None:
    """A feed that gives no days does not make its old entries the news of every day."""
    feed = rss_of(item(date="", link="https://news.example/1.html", description=f"<![CDATA[{LONG}]]>"))
    told = PAGE.replace("来源：样报", f"{printed} 来源：样报")
    setup = setup_of({URL: feed, "https://news.example/1.html": told})
    assert len(list(Ready(setup, rss.articles).fetch(*DAY))) == articles


@pytest.mark.parametrize(("full_text", "headlines"), [(False, False), (True, True)])
def test_an_entry_without_a_day_is_news_once(full_text: bool, headlines: bool) -> None:  # noqa: FBT001 - pytest gives both by name
    """Where no page is asked, it is of the moment in which it was met first."""
    feed = rss_of(
        item(date="", link="https://news.example/1.html"), item("第二条消息来了", date="", link="/2")
    )
    first = {"https://news.example/1.html": datetime(2023, 6, 8, 9, tzinfo=ZONE)}
    setup = replace(
        setup_of({URL: feed}),
        first_met=lambda names: {
            name: first.get(name, datetime(2023, 6, 9, 12, tzinfo=ZONE)) for name in names
        },
        full_text=full_text,
        headlines=headlines,
    )
    assert [one.title for one in Ready(setup, rss.articles).fetch(*DAY)] == ["第二条消息来了"]


def test_a_page_that_cannot_be_read_leaves_the_feed_s_words() -> None:
    """One broken page takes nothing from the feed."""
    feed = rss_of(item(link="https://news.example/1.html", description="区里修好了一座老桥。"))
    setup = setup_of({URL: feed, "https://news.example/1.html": Unreachable("down")})
    (one,) = Ready(setup, rss.articles).fetch(*DAY)
    assert one.paragraphs == ("区里修好了一座老桥。",)


def test_headlines_only_keeps_title_and_link() -> None:
    """No page is fetched, no word of the text is kept, the licence note is there."""
    feed = rss_of(item(link="https://news.example/1.html", description=f"<![CDATA[{LONG}]]>"))
    setup = replace(setup_of({URL: feed}), headlines=True, licence="仅标题与链接")
    (one,) = Ready(setup, rss.articles).fetch(*DAY)
    assert (one.paragraphs, one.url, one.licence) == (
        ("老桥修好了。",),
        "https://news.example/1.html",
        "仅标题与链接",
    )


def test_an_entry_has_the_same_id_each_time() -> None:
    """Whatever the address carries, the GUID names the entry."""
    one, two = (
        next(
            iter(
                Ready(
                    setup_of({URL: rss_of(item(guid="7", link=link, description=LONG))}), rss.articles
                ).fetch(*DAY)
            )
        )
        for link in ("https://news.example/1?from=a", "https://news.example/1?from=b")
    )
    assert one.id == two.id


WALL = (
    "<html><title>安全验证</title><body><h1>网站防火墙</h1>"
    "<p>您的访问请求存在异常，您的IP地址：203.0.113.8。</p></body></html>"
)
OTHER = PAGE.replace("老桥修好了", "音乐会门票开售").replace("修好了", "售完了")


@pytest.mark.parametrize(("page", "told"), [(WALL, "verification"), (OTHER, "about something else")])
def test_a_page_that_is_not_the_entry_s_leaves_the_feed_s_words_and_is_told(page: str, told: str) -> None:
    """What a wall says, or another article, is never aired under the entry's title; the trouble is one."""
    link = "https://news.example/1.html"
    feed = rss_of(item("地铁七号线试乘", link=link, description="明城地铁七号线年底试乘……"))
    reading = Ready(setup_of({URL: feed, link: page}), rss.articles).fetch(*DAY)
    article = next(reading)
    assert (article.paragraphs, article.complete) == (("明城地铁七号线年底试乘",), False)
    with pytest.raises(SourceError, match=told):
        next(reading)


def test_a_hanging_site_is_left_after_eight_failures() -> None:
    """The rest of the feed keeps its own words at once."""
    asked: list[str] = []
    links = [f"https://news.example/{number}.html" for number in range(12)]
    feed = rss_of(
        *(item(f"第{number}条消息", link=link, description="消息……") for number, link in enumerate(links))
    )
    setup = setup_of({URL: feed} | dict.fromkeys(links, Unreachable("timeout")))

    def get(url: str) -> Fetched:
        asked.append(url)
        return setup.get(url)

    found = list(Ready(replace(setup, get=get), rss.articles).fetch(*DAY))
    assert (len(found), len(asked)) == (12, 1 + 8)


def test_feeds_with_small_faults_are_read() -> None:
    """A program's warning, bare ampersands, control characters, no titles, Beijing time labelled GMT."""
    feed = (
        "Warning: mysql_query() failed in /feed.php on line 3\n<?xml version='1.0'?><rss version='2.0'><channel>"
        "<item><title>AT&T裁员\x07</title><description>R&D经费 & 专利都增长了。</description>"
        "<pubDate>Fri, 09 Jun 2023 15:20:00 GMT</pubDate></item>"
        "<item><description>今早老桥恢复通车。货车仍需绕行。</description></item></channel></rss>"
    )
    assert feed_parser.is_feed(feed)
    now = datetime(2023, 6, 9, 16, tzinfo=ZONE)
    read = feed_parser.parse(feed.encode(), URL, ZONE, now=now)
    assert [(entry.title, entry.paragraphs) for entry in read.entries] == [
        ("AT&T裁员", ("R&D经费 & 专利都增长了。",)),
        ("今早老桥恢复通车。", ("今早老桥恢复通车。货车仍需绕行。",)),
    ]
    assert read.entries[0].published == datetime(2023, 6, 9, 15, 20, tzinfo=ZONE)


def test_a_home_page_names_the_feed_that_it_advertises() -> None:
    """Whoever gives a site's address is told the feed's."""
    page = '<html><link rel="alternate" type="application/rss+xml" href="/rss.xml"></html>'
    with pytest.raises(SourceError, match=r"its feed is https://news\.example/rss\.xml"):
        feed_parser.parse(page.encode(), "https://news.example/", ZONE)


def test_an_author_of_any_type_breaks_no_feed() -> None:
    """JSON Feeds are written by hand too."""
    feed = '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"title":"老桥","authors":7,"content_text":"修好了。"}]}'
    assert feed_parser.parse(feed.encode(), URL, ZONE).entries[0].title == "老桥"
