"""No text of strangers costs more than in proportion to its length: a unit repeated, at two lengths."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.editorial import script
from briefing.errors import ScriptError, SourceError
from briefing.sources import feed_parser, newspaper_text
from briefing.sources.documents import single_article
from briefing.sources.html import extraction

if TYPE_CHECKING:
    from collections.abc import Callable

ZONE = ZoneInfo("Asia/Shanghai")
# fmt: off
UNITS = (
    "1—", "<", "<a ", "<!--", "[", "![", "**", "- a\n", "<p>", "<![CDATA[", "…\n阅读全文", "&", "“",
    "1", "”", "（", "）", "《", "》", "，", "。", "、", "：", "；", "？", "！", "·", "-", "—", "~", "%", "％",
    "℃", ".", ",", ":", "/", "\\", "\n", "\n\n", "\t", " ", "\u3000", "\u200b", "\ufeff", "a",
    "A", "万", "亿", "元", "年", "月", "日", "时", "分", "一", "二", "十", "百", "千", "零", "〇", "第", "大桥",
    "大桥，", "大桥。", "3月1日", "3月1日2时3分", "百分之1", "1.", "1,", "1:", "1-", "1~", "0比", "2比1", "半",
    "9999年99月", "#", "# 标题\n", "## \n", "> ", "> 引\n", "```", "`", "~~", "__", "_", "*",
    "* a\n", "1. a\n", " a ", "---", "\n---\n", "===", "\n===\n", "[a](", "[a](b)", "](",
    "![a](b)", "&lt;", "&amp;", "&#x", "&#1;", "<div>", "</div>", "<table><tr>", "<td>", "<b>",
    "<i><b>", "<br>", "<br/>", '<a href="', "<img src=x>", "<script>", "<style>",
    "</p><p>", "<ul><li>", "<h2>", "<svg>", "<!DOCTYPE", "<?xml", "]]>", "<item>",
    "<title>", "记者", "（记者 张三）", "本报讯", "（上接1版）", "（下转2版）", "责编", "编辑：", "来源：", "A1版", "1版",
    "■", "●", "◆", "▲", "(", ")", "((", "()", "{", "}", "{停", "{a}", "{}", "@", "http://a",
    "https://a.example/?a=1&", "www.", "a@b.c", "13800000000", "010-", "¥1", "$1", "1万", "1亿元",
    "同比增长1%", "G1", "2:30", "2∶3", "80km/h", "m²", "+", "=", "×", "①", "Ⅰ", "㎡", "é", "🙂",
    "👨\u200d👩\u200d👧", "\u202e", "ﷺ", "他说，", "据", "说：“", "”他说", "如果", "不", "|", "| a |\n",
    "---\n",
)
# fmt: on
"""What is repeated: marks of every format that is read, words of news, figures, signs, hostile characters."""

SHORT, LONG = 1_000, 4_000
SLACK = 3.0
"""Times by which the long text may exceed its fair share of the short one's, for a busy machine."""
LEAST_SECONDS = 0.3
"""What costs less is not judged."""


def _page(text: str) -> None:
    extraction.extract(f"<title>{text}</title><h1>{text}</h1><p>{text}</p>", "https://a.example/1.html", ZONE)


def _markdown(text: str) -> None:
    single_article.markdown(f"# 老桥\n\n{text}", ZONE)


def _paper(text: str) -> None:
    newspaper_text.parse(f"样报 2023年6月9日 星期五\n\n# 老桥\n\n本报讯 {text}", source="x", zone=ZONE)


def _feed(text: str) -> None:
    item = f"<item><title>{text}</title><description>{text}</description></item>"
    feed_parser.parse(
        f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "https://a.example", ZONE
    )


def _seconds(parse: Callable[[str], None], text: str) -> float:
    start = time.process_time()
    with suppress(SourceError, ScriptError):
        parse(text)
    return time.process_time() - start


def _script(text: str) -> None:
    script.parse(text)


@pytest.mark.parametrize("parse", [_page, _markdown, _paper, _feed, _script])
def test_cost_grows_no_faster_than_length(parse: Callable[[str], None]) -> None:
    """Four times the text, about four times the time, whichever of 180 units is repeated."""
    _seconds(parse, UNITS[0])  # the first call loads dictionaries
    assert len(UNITS) >= 150
    offenders = []
    for unit in UNITS:
        short, long = (_seconds(parse, (unit * length)[:length]) for length in (SHORT, LONG))
        if long >= max(LEAST_SECONDS, SLACK * LONG / SHORT * short):
            offenders.append((unit, short, long))
    assert offenders == []
