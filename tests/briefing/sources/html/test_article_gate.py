"""Pages that are no article are refused with their reason, whatever status they came with. All pages are made up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.sources.html import extraction
from briefing.sources.html.article_gate import NotAnArticle

if TYPE_CHECKING:
    from briefing.sources.extracted_article import ExtractedArticle

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 29, 6, 0, tzinfo=ZONE)
URL = "https://news.example/a/1.html"
NEWS = "区里修好了一座老桥，市民今天起可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。施工用了三个月，投资两千万元。"
CARDS = "".join(
    f"<div class='c'><h4>别处的新闻第{n}条</h4><p>别处的新闻第{n}条，记者走访以后才发现原来是这样一回事，各方都有话要说，读者可以留言。</p></div>"
    for n in range(4)
)


def read(body: str, title: str = "滨河网", head: str = "") -> ExtractedArticle:
    """The article of a page made of this body."""
    return extraction.extract(
        f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>", URL, ZONE, NOW
    )


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("验证", "<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p>", "verification"),
        ("安全验证", "<h1>网站防火墙</h1><p>您的访问请求存在异常，您的IP：203.0.113.8。</p>", "verification"),
        (
            "Just a moment...",
            "<p>Checking your browser before accessing the site. Ray ID: 7f</p>",
            "verification",
        ),
        ("用户登录 - 样网", "<h1>请先登录后查看</h1><p>登录即代表同意协议。</p>", "login"),
        ("404", "<h1>对不起，您访问的页面不存在</h1><p>可能是网址输入错误。</p>", "nothing"),
        ("滨河网", f"<p>抱歉，您查找的文章不存在。</p><div><h3>热点新闻</h3>{CARDS}</div>", "nothing"),
        ("", "<div>该内容已被发布者删除</div>", "deleted"),
        ("页面跳转", "<p>您即将离开本站，页面将在5秒后自动跳转。</p>", "sends on"),
        (
            "社会新闻",
            "<h1>社会新闻</h1><ul>"
            + "".join(
                f"<li><a href='/{n}.html'>老街改造以后摊主回来了{n}</a><p>记者近日走访了老街，…</p></li>"
                for n in range(5)
            )
            + "</ul>",
            "list",
        ),
    ],
)
def test_a_page_that_is_no_article_is_refused(title: str, body: str, reason: str) -> None:
    """The reason says what the page is."""
    with pytest.raises(NotAnArticle, match=reason):
        read(body, title)


def test_a_deleted_article_hints_at_withdrawing() -> None:
    """What was told of it may have to go too."""
    with pytest.raises(NotAnArticle) as caught:
        read("<div>该内容已被发布者删除</div>", "")
    assert caught.value.withdrawn


def test_news_about_a_wall_is_an_article() -> None:
    """Words that walls say may stand in a true text."""
    found = read(f"<h1>网站出现访问异常</h1><p>{NEWS}</p><p>有市民说，网页提示访问过于频繁。{NEWS}</p>")
    assert found.title == "网站出现访问异常"


@pytest.mark.parametrize(
    "notice", ["本文为付费内容，剩余72%需付费阅读", "免费试读到此结束", "开通会员后可阅读全文"]
)
def test_a_paid_text_loses_the_notice_and_is_not_complete(notice: str) -> None:
    """The teaser is kept for what it is."""
    found = read(f"<h1>两家工厂谈合并</h1><p>{NEWS}</p><p>{notice}</p>")
    assert (found.paragraphs, found.complete) == ((NEWS,), False)
    assert "付费" in found.incomplete_because


def test_teasers_of_other_articles_do_not_outweigh_a_short_text() -> None:
    """A box of cards under a few sentences stays a box."""
    found = read(
        f"<h1>老桥修好了</h1><div class='m'>2026-11-28 10:00</div><div><p>{NEWS}</p></div><div><h3>为你推荐</h3>{CARDS}</div>"
    )
    assert found.paragraphs == (NEWS,)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("星期六 19:30 样报", "2026-11-28"),
        ("半小时前 样报", "2026-11-29"),
        ("1周前 样报", "2026-11-22"),
        ("11月27日 周五 样报", "2026-11-27"),
        ("２０２６年１１月２８日 样报", "2026-11-28"),
        ("Nov 28, 2026", "2026-11-28"),
        ("2026年11⽉28⽇ 10:11", "2026-11-28"),
    ],
)
def test_days_are_read_as_sites_print_them(printed: str, day: str) -> None:
    """Relative to when the page was fetched, without a year, in full width, in radicals."""
    found = read(f"<h1>老桥修好了</h1><div class='m'>{printed}</div><div class='body'><p>{NEWS}</p></div>")
    assert found.published is not None
    assert found.published.date().isoformat() == day


def test_beijing_time_that_is_labelled_utc_is_beijing_time() -> None:
    """A day in the future by exactly the offset gives the site away; so does the clock that it prints."""
    head = "<meta property='article:published_time' content='2026-11-28T22:40:00Z'>"
    found = read(f"<h1>老桥修好了</h1><p>{NEWS}</p>", head=head)
    assert found.published == datetime(2026, 11, 28, 22, 40, tzinfo=ZONE)


def test_a_nuxt_page_and_a_picture_post_hold_their_text_in_a_script() -> None:
    """The function's arguments are the values; nothing is executed."""
    call = f'(function(a,b){{return {{data:[{{article:{{title:a,publishAt:b,body:"\\u003Cp\\u003E{NEWS}{NEWS}\\u003C/p\\u003E"}}}}]}}}}("老桥修好了","2026-11-24 10:08:00"))'
    found = read(f"<div id='__nuxt'></div><script>window.__NUXT__={call};</script>")
    assert (found.title, found.paragraphs) == ("老桥修好了", (NEWS + NEWS,))
    assert found.published == datetime(2026, 11, 24, 10, 8, tzinfo=ZONE)
    post = f"window.cgiDataNew = {{title: JsDecode('老桥修好了'),create_time: JsDecode('2026-11-27 09:12'),desc: JsDecode('{NEWS}\\x0a来看看吧。')}};"
    found = read(f"<div id='js_image_desc'></div><script>{post}</script>", title="")
    assert found.paragraphs == (NEWS, "来看看吧。")


def test_captions_are_the_text_of_a_picture_post() -> None:
    """Their credits are not."""
    body = "<h1>组图：雪后古镇</h1><p>2026-11-28 12:02</p><ul><li><img src='a.jpg'><em>昨夜，县城迎来今冬第一场雪，青瓦全白了。（样网 雪青 摄）</em></li><li><img src='b.jpg'><em>清晨，环卫工人在镇口清扫积雪，三点就出门了。</em></li></ul>"
    assert read(body).paragraphs == (
        "昨夜，县城迎来今冬第一场雪，青瓦全白了。",
        "清晨，环卫工人在镇口清扫积雪，三点就出门了。",
    )
