"""The parts, the whole text, frames and jumps of a page are found by what the page says of them."""

from __future__ import annotations

import pytest

from briefing.sources.html import dom, navigation

URL = "https://news.example/a/22.html"


@pytest.mark.parametrize(
    ("url", "link", "target"),
    [
        (URL, '<div>共2页 <b>1</b> <a href="22_2.html">下一页</a></div>', "https://news.example/a/22_2.html"),
        (
            "https://news.example/x",
            '<a href="/x/2">2</a><a href="/x/2">下一页</a>',
            "https://news.example/x/2",
        ),
        (URL, '<p>1 2 <a href="/other/9f3c.html">下一页</a></p>', "https://news.example/other/9f3c.html"),
        ("https://news.example/?id=7", '<a href="/?id=7&p=2">&gt;</a>', "https://news.example/?id=7&p=2"),
        (URL, '<a href="/a/23.html">下一篇</a>', ""),
        (URL, '<a href="/a/23.html">&gt;</a>', ""),
        (URL, '<p>1 2 <a href="https://other.example/a/2">下一页</a></p>', ""),
        (URL, '<p>1 2 <a href="#">下一页</a></p>', ""),
    ],
)
def test_the_next_part_is_found_by_any_address(url: str, link: str, target: str) -> None:
    """The pager's words decide; an arrow needs an address that is a part's, and no site leads to another."""
    assert navigation.find_next_page(dom.fragment(link), url) == target


def test_the_whole_text_frames_and_jumps_are_found() -> None:
    """Each on the same site, a jump anywhere."""
    root = dom.fragment(
        '<a href="/a/22.html?full=1">余下全文</a><iframe id="content" src="22.frame.html"></iframe>'
    )
    assert navigation.find_full_page(root, URL) == "https://news.example/a/22.html?full=1"
    assert navigation.find_frame(root, URL) == "https://news.example/a/22.frame.html"
    assert navigation.find_frame(dom.fragment('<iframe src="/ads/1.html" id="ad"></iframe>'), URL) == ""
    jump = dom.tree(
        '<meta http-equiv="refresh" content="5;url=https://www.example/c/12.html"><p>正在跳转</p>'
    )
    assert navigation.find_refresh(jump, URL) == "https://www.example/c/12.html"
