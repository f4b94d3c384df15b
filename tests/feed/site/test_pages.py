"""Pages: what a person finds on them, and that no word of an article becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from feed.model import Chapter, Cue
from feed.site import pages

if TYPE_CHECKING:
    from feed.model import Episode, Show

SCRIPTS = re.compile(r"<script[^>]*>[^<]*")
OURS = ['<script src="follow.js" defer>']


def test_the_shows_page_plays_the_newest_episode_and_lists_the_others(
    show: Show, first: Episode, second: Episode
) -> None:
    """A player without script, the chapters, the feed's address, the older episode."""
    page = pages.render_index(show, [first, second]).decode()
    assert re.findall(r'<audio controls preload="none" src="([^"]+)"', page) == [second.audio]
    assert re.findall(r'<a class="stamp" href="([^"]+)"', page) == [
        f"{second.audio}#t={at}" for at in ("0.0", "8.25", "50.0")
    ]
    assert f"{show.address}feed.xml" in page
    assert '<a href="2026-03-02-morning.html">2026年3月2日</a>' in page
    assert '<html lang="zh-CN">' in page
    assert SCRIPTS.findall(page) == OURS


def test_a_page_opens_the_feed_in_apps(show: Show) -> None:
    """Each app by the address that it knows."""
    page = pages.render_index(show, []).decode()
    assert 'href="podcast://example.com/demo/feed.xml"' in page
    assert 'href="overcast://x-callback-url/add?url=https%3A%2F%2Fexample.com%2Fdemo%2Ffeed.xml"' in page


def test_a_page_lists_thirty_episodes_newest_first(show: Show, first: Episode) -> None:
    """The feed has all of them; a page that is fetched every morning stays small."""
    many = [
        replace(first, title=f"第{n}天", audio=f"{n}.mp3", published=first.published + timedelta(days=n))
        for n in range(40)
    ]
    page = pages.render_index(show, many).decode()
    assert re.findall(r'<a href="(\d+)\.html">第', page) == [str(n) for n in range(39, 9, -1)]


def test_a_withdrawn_episode_says_so_and_nothing_else(show: Show, first: Episode) -> None:
    """What was said is gone: no player, no transcript, no chapter."""
    page = pages.render_withdrawn(show, first).decode()
    assert "<h1>本期节目已撤回</h1>" in page
    assert first.title in page
    assert re.findall("audio>|第三座桥|新桥通车", page) == []


def test_a_show_without_episodes_has_a_page(show: Show) -> None:
    """A new show can be looked at before its first morning."""
    assert "还没有节目" in pages.render_index(show, []).decode()


def test_the_episodes_page_has_each_chapter_over_its_sentences(show: Show, first: Episode) -> None:
    """Chapters in order with their source, sentences with who said them, everything escaped."""
    page = pages.render_episode(show, first).decode()
    assert re.findall(r'<h2 class="chapter">.*<span>(.*)</span></h2>', page) == ["开场", "新桥通车", "尾声"]
    assert page.index("<span>新桥通车</span>") < page.index("新桥今天通车") < page.index("<span>尾声</span>")
    assert re.findall(r'data-from="([^"]+)" data-to="([^"]+)"', page) == [
        ("0.4", "7.5"),
        ("8.25", "49.0"),
        ("50.0", "61.0"),
    ]
    assert 'href="https://example.com/a?x=1&amp;y=2"' in page
    assert "&lt;script&gt;跨江" in page
    assert SCRIPTS.findall(page) == OURS


def test_what_an_anchor_says_in_a_row_is_one_paragraph(show: Show, first: Episode) -> None:
    """A transcript reads like a text: the name stands once, before all that is said."""
    said = tuple(
        Cue("晓伊", word, timedelta(seconds=n), timedelta(seconds=n + 1)) for n, word in enumerate("一二")
    )
    other = Cue("云希", "三", timedelta(seconds=2), timedelta(seconds=3))
    page = pages.render_episode(show, replace(first, chapters=(), cues=(*said, other))).decode()
    assert re.findall(r'<b class="speaker">(.*?)</b>', page) == ["晓伊", "云希"]
    assert page.count('<p class="turn">') == 2


def test_a_chapter_without_sentences_keeps_its_heading(show: Show, first: Episode) -> None:
    """No chapter is lost, and no sentence moves under another's heading."""
    empty = Chapter("音乐", timedelta(seconds=49.5))
    chapters = (*first.chapters[:2], empty, first.chapters[2])
    page = pages.render_episode(show, replace(first, chapters=chapters)).decode()
    headings = re.findall(r'<h2 class="chapter">.*<span>(.*)</span></h2>', page)
    assert headings == ["开场", "新桥通车", "音乐", "尾声"]
    assert page.index("<span>尾声</span>") < page.index("再见。")


def test_a_title_that_is_the_day_is_followed_by_the_weekday_alone(show: Show, first: Episode) -> None:
    """The day is said once."""
    assert ">星期一</time>" in pages.render_episode(show, first).decode()
    assert (
        ">2026年3月2日 星期一</time>" in pages.render_episode(show, replace(first, title="早间新闻")).decode()
    )


def test_the_policy_lets_nothing_in_line_run(show: Show, first: Episode) -> None:
    """Only files of the same site: no script, no style stands in a page."""
    page = pages.render_episode(show, first).decode()
    assert "script-src 'self'" in page
    assert "unsafe-inline" not in page
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_hostile_titles_and_addresses_are_only_text(show: Show, first: Episode) -> None:
    """A title cannot leave its attribute, an address cannot run."""
    evil = Chapter('"><img src=x onerror=alert(1)>', first.chapters[0].start, "javascript:alert(1)")
    page = pages.render_episode(replace(show, title='"><script>'), replace(first, chapters=(evil,))).decode()
    assert "<img src=x" not in page
    assert SCRIPTS.findall(page) == OURS
    assert "javascript:" not in page
