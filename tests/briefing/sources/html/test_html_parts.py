"""Parts of a web page whose meaning hangs on more than its layout: when it was fetched, what its scripts hold."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from briefing.sources.html import embedded_data, extraction

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2023, 6, 14, 11, 30, 20, tzinfo=ZONE)
TEXT = (
    "青禾江十四日凌晨出现今年首次洪水，南屏水文站水位超过警戒线，沿岸两县连夜转移三千余人，目前没有伤亡。",
    "气象部门预计，强降雨将于十五日夜间减弱，中下游水位仍将维持在警戒线以上，请沿江群众不要到河边围观。",
)
TITLE = "青禾江出现今年首次洪水"


def page(meta: str, foot: str = "") -> str:
    """A page whose line under the title is `meta`."""
    body = "".join(f"<p>{text}</p>" for text in TEXT)
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{meta}</div>{body}{foot}</body></html>"


@pytest.mark.parametrize(
    ("meta", "moment"),
    [
        ("青禾融媒 2小时前", "2023-06-14T09:30:00+08:00"),
        ("青禾融媒 15分钟前", "2023-06-14T11:15:00+08:00"),
        ("刚刚 青禾融媒", "2023-06-14T11:30:00+08:00"),
        ("昨天 08:05 青禾融媒", "2023-06-13T08:05:00+08:00"),
        ("3天前", "2023-06-11T11:30:00+08:00"),
        ("06-14 10:52 青禾融媒", "2023-06-14T10:52:00+08:00"),
        ("12-30 10:52 青禾融媒", "2022-12-30T10:52:00+08:00"),
    ],
)
def test_a_day_without_a_year_counts_from_the_fetch(meta: str, moment: str) -> None:
    """What an app prints for its readers of the moment is reckoned from the moment of the fetch."""
    found = extraction.extract(page(meta), "https://qinghe.example/share?id=88", ZONE, NOW)
    assert found.published is not None
    assert found.published.isoformat() == moment


def test_a_kept_page_has_no_fetch_to_count_from() -> None:
    """2小时前 on a page that was kept in a file names no day."""
    assert extraction.extract(page("青禾融媒 2小时前"), "", ZONE).published is None


@pytest.mark.parametrize(
    ("meta", "foot", "url", "moment"),
    [
        ("06-14 10:52", "<p>© 2019-2022 青禾融媒</p>", "", "2022-06-14T10:52:00+08:00"),
        ("06-14 10:52", "", "https://a.example/2021/0614/8.html", "2021-06-14T10:52:00+08:00"),
        ("June 14, 2023 · 两分钟", "", "", "2023-06-14T00:00:00+08:00"),
        ("", "<p>二○二三年六月八日</p>", "", "2023-06-08T00:00:00+08:00"),
    ],
)
def test_what_else_tells_the_day(meta: str, foot: str, url: str, moment: str) -> None:
    """The line of copyright or the address gives the year; words and the signature stand in for a printed day."""
    found = extraction.extract(page(meta, foot), url, ZONE)
    assert found.published is not None
    assert found.published.isoformat() == moment


ARTICLE = {
    "id": 7,
    "title": TITLE,
    "publish_time": "2023-06-14 10:11:12",
    "source_name": "南屏发布",
    "content": "".join(f"<p>{text}</p>" for text in TEXT),
}
LIST = {"items": [{"title": "别的新闻", "publish_time": "2023-06-01 08:00:00"}], "detail": ARTICLE}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(LIST, ensure_ascii=False),
        "window.__INITIAL_STATE__=" + json.dumps(LIST) + ";(function(){})()",
        "var a = {broken; globalCache = " + json.dumps([LIST], ensure_ascii=False),
        "window.data = JSON.parse(" + json.dumps(json.dumps(LIST)) + ")",
        quote(json.dumps(LIST)),
        "window.state={user: undefined}; window.page=" + json.dumps(LIST)[:-1] + ',"user":undefined}',
    ],
)
def test_the_article_of_a_script_is_found(script: str) -> None:
    """Whatever way a site writes its data beside an empty page, the object with the text is the article."""
    found = embedded_data.read([script])
    assert (found.title, found.published, found.source) == (TITLE, "2023-06-14 10:11:12", "南屏发布")
    assert found.body == ARTICLE["content"]


def test_a_text_in_pieces_is_joined() -> None:
    """Paragraphs that are objects of a list make up one text; a list of articles does not."""
    whole = {"title": TITLE, "parts": [{"type": "text", "content": text} for text in TEXT]}
    feed = {"feed": [{"title": str(at), "content": TEXT[0]} for at in range(20)]}
    assert embedded_data.read([json.dumps([whole, feed])]) == embedded_data.State(
        title=TITLE, body="\n".join(f"<p>{text}</p>" for text in TEXT)
    )


@pytest.mark.parametrize("script", ["", "[" * 100_000, '{"content": 1}', "%7B%22a", "x = {" * 50])
def test_what_is_no_article_gives_none(script: str) -> None:
    """Broken and hostile data are passed over."""
    assert embedded_data.read([script]) == embedded_data.State()


def test_a_script_about_something_else_is_not_believed() -> None:
    """A page that shows its text keeps its own title, whatever long text a script holds."""
    about = {"title": "关于我们", "content": "青禾融媒是青禾县的融媒体中心，成立于二〇一九年。" * 20}
    found = extraction.extract(
        page("2023-06-14", f"<script>var about = {json.dumps(about)}</script>"), "", ZONE
    )
    assert (found.title, found.paragraphs) == (TITLE, TEXT)


@pytest.mark.parametrize(
    "sentence",
    [
        "登录12306网站或拨打12306购票。",
        "举报电话12388、12389全天开通。",
        "注册资本5000万元人民币，实缴2000万元。",
        "这部电影在历代帝王庙完成拍摄。",
        "她的丈夫是前新华社记者。",
        "摄影师范予川把十二家账号告上法庭。",
        "更多年轻人回到乡里。",
    ],
)
@pytest.mark.parametrize("before", ["", "<p><img src=a.jpg></p>"])
def test_a_sentence_of_news_stays_whatever_it_begins_with(sentence: str, before: str) -> None:
    """A line that only begins or ends like a button or a credit is read out."""
    found = extraction.extract(page("2023-06-14", f"{before}<p>{sentence}</p><p>{TEXT[1]}？</p>"), "", ZONE)
    assert sentence in found.paragraphs


@pytest.mark.parametrize(
    "line",
    [
        "扫码关注我们。",
        "欢迎关注公众号“青禾发布”。",
        "感谢网友的线索投递！",
        "（通讯员 王芳 摄）",
        "风险提示及免责条款",
    ],
)
def test_a_line_for_readers_goes(line: str) -> None:
    """What asks the reader to do something, or credits a picture, is no news."""
    found = extraction.extract(page("2023-06-14", f"<p>{line}</p><p>{TEXT[1]}？</p>"), "", ZONE)
    assert found.paragraphs == (*TEXT, f"{TEXT[1]}？")
