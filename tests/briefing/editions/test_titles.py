"""Titles tell the editions of a show apart, in the feed, in the tags and in the lists of speakers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.editions import stages, titles
from briefing.editorial import script
from briefing.errors import ConfigError
from briefing.model import Kind, Script, Segment, Sentence
from feed.checker import check_feed
from tests.briefing.editions.airing_room import HOUR, KEY, Room, opened_room

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.model import EditionKey

EVENING = KEY._replace(edition="evening")
LEAD = "足球联赛决赛周日打响"


@pytest.fixture
def room(newsroom: Path) -> Iterator[Room]:
    """A room with nothing on the air."""
    with opened_room(newsroom) as room:
        hours = room.context.hours["morning"]
        room.context = replace(room.context, hours={"morning": hours, "evening": hours})
        yield room


def told(key: EditionKey, lead: str) -> Script:
    """A script whose first story has this title."""
    segments = (
        Segment("opening", Kind.OPENING, "开场", "晓伊", (Sentence("本节目由人工智能合成播报。"),)),
        Segment("a1", Kind.STORY, lead, "晓伊", (Sentence("比赛周日打响。"),)),
        Segment("a2", Kind.STORY, "另一条", "晓伊", (Sentence("另一条。"),)),
    )
    return Script(key, f"每日简报 {key.day}", segments)


def title_of(room: Room, key: EditionKey, lead: str = LEAD) -> str:
    """The title of such an episode."""
    return titles.episode_title(room.context, key, told(key, lead))


def test_a_title_is_the_edition_and_its_lead(room: Room) -> None:
    """Two editions of a day have two titles, also when they lead with the same story."""
    assert title_of(room, KEY) == "3月2日早间｜足球联赛决赛周日打响"
    assert title_of(room, EVENING) == "3月2日晚间｜足球联赛决赛周日打响"
    assert title_of(room, KEY._replace(edition="weekend")) == "3月2日weekend｜足球联赛决赛周日打响"


def test_two_editions_of_a_day_differ_wherever_they_are_listed(room: Room) -> None:
    """In the feed, in xiaomusic's list, in every other file; our own checker finds nothing."""
    room.voiced(KEY, "新桥今天通车。" * 4, "first")
    first = room.publish()
    room.now += HOUR
    room.voiced(EVENING, "新桥今天通车。" * 4, "second")
    second = room.publish(EVENING)
    assert first.title != second.title
    entries = feedparser.parse(room.world.files["feed.xml"]).entries
    assert [entry.title for entry in entries] == [second.title, first.title]
    songs = json.loads(room.world.files["xiaomusic.json"])[0]["musics"]
    assert len({song["name"] for song in songs}) == 2
    assert [
        one for one in check_feed.check_podcast(room.world.files["feed.xml"]) if one.severity == "error"
    ] == []
    assert check_feed.check_file(room.world.files["xiaomusic.json"], "xiaomusic") == ()


def test_what_is_on_the_air_keeps_its_title(room: Room) -> None:
    """Also when a correction changes the lead: apps know the episode by it."""
    room.voiced(KEY, "新桥今天通车。" * 4, "first")
    first = room.publish()
    assert title_of(room, KEY, "完全不同的头条") == first.title
    room.now += timedelta(days=1)
    stages.withdraw(room.context, KEY, "有误")
    assert title_of(room, KEY, "完全不同的头条") == first.title


def test_the_same_title_is_numbered(room: Room) -> None:
    """A year later to the day, with the same story: unique among all that the show ever had on the air."""
    assert titles.make_unique("早间", {"早间", "早间（2）"}) == "早间（3）"
    long = "早" * titles.MAX_TITLE_CHARS
    assert titles.make_unique(long, {long}) == "早" * 57 + "（2）"
    assert title_of(room, KEY, "") == "3月2日早间"


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("新桥通车。", "3月2日早间｜新桥通车"),
        ("<b>新桥</b>通车", "3月2日早间｜＜b＞新桥＜/b＞通车"),
        ("新桥\n通\u202e车\x00", "3月2日早间｜新桥 通车"),
        ("临湖区" + "召" * 35 + "，" + "开" * 40, "3月2日早间｜临湖区" + "召" * 35),
        ("召" * 80, "3月2日早间｜" + "召" * 52 + "…"),
    ],
)
def test_a_lead_is_cut_behind_a_part_and_holds_no_markup(room: Room, lead: str, title: str) -> None:
    """At most sixty characters."""
    assert title_of(room, KEY, lead) == title
    assert len(title) <= 60


@given(lead=st.text(max_size=200), room=st.integers(0, 60))
def test_a_cut_lead_fits(lead: str, room: int) -> None:
    """Whatever an article is called."""
    assert len(titles.cut_lead(lead, room)) <= room


def test_a_show_may_have_a_template_of_its_own(room: Room) -> None:
    """With its own words and without a lead; a template that cannot be filled in is named."""
    wording = replace(room.context.wording, episode_title="{{ year }}年第一{{ edition }}《{{ title }}》")
    room.context = replace(room.context, load_wording=lambda: wording)
    assert title_of(room, KEY) == "2026年第一早间《每日简报》"
    wrong = replace(wording, episode_title="{{ nobody }}")
    room.context = replace(room.context, load_wording=lambda: wrong)
    with pytest.raises(ConfigError, match="the template for episode_title cannot be filled in"):
        title_of(room, KEY)


def test_a_template_that_says_the_same_every_day_still_gives_unique_titles(room: Room) -> None:
    """The number behind it tells them apart."""
    wording = replace(room.context.wording, episode_title="今日要闻")
    room.context = replace(room.context, load_wording=lambda: wording)
    room.voiced(KEY, "新桥今天通车。" * 4, "first")
    first = room.publish()
    room.voiced(EVENING, "图书馆今天开馆。" * 4, "second")
    assert [first.title, room.publish(EVENING).title] == ["今日要闻", "今日要闻（2）"]


def test_scripts_keep_their_own_title(room: Room) -> None:
    """The desk and the files of scripts are named by the day, as before."""
    text = script.dump(told(KEY, LEAD))
    assert script.parse(text).title == "每日简报 2026-03-02"
    assert room.context.show.title == "每日简报"
