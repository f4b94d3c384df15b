"""Pages: what a person finds on them, and that no word of an article becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from feed import pages
from feed.model import Chapter

if TYPE_CHECKING:
    from feed.model import Episode, Show


def test_the_shows_page_plays_the_newest_episode_and_lists_the_others(
    show: Show, first: Episode, second: Episode
) -> None:
    """A player without script, the chapters, the feed's address, the older episode."""
    page = pages.index(show, [first, second]).decode()
    assert re.findall(r'<audio controls preload="none" src="([^"]+)"', page) == [second.audio]
    assert page.count('<span class="stamp">') == 3
    assert f"{show.address}feed.xml" in page
    assert '<a href="2026-03-02-morning-0a1b2c3d4e5f.html">2026年3月2日</a>' in page
    assert '<html lang="zh-CN">' in page
    assert "<script" not in page


def test_a_show_without_episodes_has_a_page(show: Show) -> None:
    """A new show can be looked at before its first morning."""
    assert "还没有节目" in pages.index(show, []).decode()


def test_the_episodes_page_has_each_chapter_over_its_sentences(show: Show, first: Episode) -> None:
    """Chapters in order with their source, sentences with who said them, everything escaped."""
    page = pages.episode(show, first).decode()
    assert re.findall(r"<h2>(\S+) <span", page) == ["开场", "新桥通车", "尾声"]
    assert page.index("新桥通车 <span") < page.index("新桥今天通车") < page.index("尾声")
    assert 'href="https://example.com/a?x=1&amp;y=2"' in page
    assert "&lt;script&gt;跨江" in page
    assert "<script" not in page


def test_hostile_titles_and_addresses_are_only_text(show: Show, first: Episode) -> None:
    """A title cannot leave its attribute, an address cannot run."""
    evil = Chapter('"><img src=x onerror=alert(1)>', first.chapters[0].start, "javascript:alert(1)")
    page = pages.episode(replace(show, title='"><script>'), replace(first, chapters=(evil,))).decode()
    assert "<img src=x" not in page
    assert "<script" not in page
    assert "javascript:" not in page
