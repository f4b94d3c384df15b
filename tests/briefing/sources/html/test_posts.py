"""Posts, releases and blogs: what stands around their text is none of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.sources.html import extraction

ZONE = ZoneInfo("Asia/Shanghai")
TEXT = (
    "<p>11月27日上午，样洲港到东屿的客运航线开通，每天往返四班，单程票价48元，学生半价。</p>"
    "<p>港务公司说，首周每班留出二十个座位给学生，遇到大雾时提前两小时在码头和网上公布停航。</p>"
)


@pytest.mark.parametrize(
    "around",
    [
        "<p>#样洲港# #新航线#</p>",
        "<ul><li>收藏</li><li>转发 310</li><li>评论 207</li></ul>",
        "<p>分享让更多人看到</p>",
        '<div class="jp-relatedposts"><h3>相關</h3><p><a>古渡口的夜</a> 2025-03-02 在「評論」中</p></div>',
        "<div><strong>前瞻性声明</strong></div><div>本新闻稿包含前瞻性陈述，实际结果可能因多种因素而有差异。</div>",
    ],
)
def test_what_stands_around_a_post_is_none_of_it(around: str) -> None:
    """Hashtags, counters, calls to share, related posts and forward-looking notices leave the text."""
    page = f"<!doctype html><html><body><h1>样洲港新航线开通</h1><div class='content'>{TEXT}{around}</div></body></html>"
    found = extraction.extract(page, "https://a.example/1", ZONE)
    assert found.paragraphs == (
        "11月27日上午，样洲港到东屿的客运航线开通，每天往返四班，单程票价48元，学生半价。",
        "港务公司说，首周每班留出二十个座位给学生，遇到大雾时提前两小时在码头和网上公布停航。",
    )
