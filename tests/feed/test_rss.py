"""The feed: what apps read in it, the same bytes for the same input, and what is refused."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import podcastparser
import pytest
from lxml import etree

from feed import check, rss
from feed.errors import InvalidShow

if TYPE_CHECKING:
    from feed.model import Episode, Show

SPACES = {"itunes": rss.ITUNES, "podcast": rss.PODCAST, "psc": rss.PSC, "atom": "http://www.w3.org/2005/Atom"}


def tree(data: bytes) -> etree._Element:
    """The feed's channel."""
    return etree.fromstring(data).find("channel")


def texts(data: bytes, path: str) -> list[str]:
    """The texts at a path below the channel."""
    return [str(one.text) for one in tree(data).findall(path, SPACES)]


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_the_guid_is_the_one_of_the_standard(address: str, guid: str) -> None:
    """Two published examples come out; scheme and closing slash do not matter."""
    assert rss.podcast_guid(address) == rss.podcast_guid(f"{address}/") == guid


def test_a_feed_breaks_no_rule(show: Show, first: Episode, second: Episode) -> None:
    """Our own checker finds nothing in our own feed."""
    assert check.check(rss.render(show, [first, second])) == ()


def test_the_same_input_gives_the_same_bytes_in_any_order(
    show: Show, first: Episode, second: Episode
) -> None:
    """Nothing of the clock, nothing of the order in which episodes are handed over."""
    data = rss.render(show, [first, second])
    assert data == rss.render(show, [second, first])
    assert texts(data, "item/title") == ["2026年3月3日", "2026年3月2日"]
    assert texts(data, "lastBuildDate") == ["Tue, 03 Mar 2026 07:00:00 +0800"]


def test_feedparser_reads_the_episode(show: Show, first: Episode) -> None:
    """Title, guid, enclosure, duration, number and chapters as they went in."""
    item = feedparser.parse(rss.render(show, [first])).entries[0]
    assert (item.title, item.id) == (first.title, first.guid)
    assert dict(item.enclosures[0]) == {
        "href": f"{show.address}{first.audio}",
        "length": "40000",
        "type": "audio/mpeg",
    }
    assert (item.itunes_duration, item.itunes_episode) == ("61", "1")
    assert [(one["title"], one["start_parsed"]) for one in item.psc_chapters["chapters"]] == [
        ("开场", timedelta(0)),
        ("新桥通车", timedelta(seconds=8.25)),
        ("尾声", timedelta(seconds=50)),
    ]


def test_podcastparser_reads_the_show(show: Show, first: Episode) -> None:
    """GPodder's own parser agrees on show, cover, link and chapters."""
    address = f"{show.address}feed.xml"
    held = io.BytesIO(rss.render(show, [first]))
    read = podcastparser.parse(address, held)
    assert (read["title"], read["link"], read["language"]) == (show.title, show.address, "zh-cn")
    assert read["cover_url"] == f"{show.address}{show.cover}"
    assert read["explicit"] is False
    assert [chapter["start"] for chapter in read["episodes"][0]["chapters"]] == [0, 8, 50]


def test_the_channel_says_what_the_directories_ask_for(show: Show, first: Episode) -> None:
    """Explicit as true or false, guid, lock, medium, the AI label, category and owner."""
    data = rss.render(show, [first])
    assert texts(data, "itunes:explicit") == ["false"]
    assert texts(data, "podcast:guid") == [show.guid]
    assert texts(data, "podcast:locked") == ["yes"]
    assert texts(data, "podcast:medium") == ["podcast"]
    assert texts(data, "podcast:txt[@purpose='ai-content']") == ["true"]
    assert texts(data, "itunes:owner/itunes:email") == [show.email]
    assert [one.get("href") for one in tree(data).findall("atom:link[@rel='self']", SPACES)] == [
        f"{show.address}feed.xml"
    ]
    categories = [one.get("text") for one in tree(data).iter(f"{{{rss.ITUNES}}}category")]
    assert categories == ["News", "Daily News"]


def test_the_item_names_its_transcripts_chapters_and_anchors(show: Show, first: Episode) -> None:
    """Everything beside the audio is named like the audio."""
    data = rss.render(show, [first])
    stem = f"{show.address}2026-03-02-morning-0a1b2c3d4e5f"
    found = [
        (one.get("url"), one.get("type")) for one in tree(data).findall("item/podcast:transcript", SPACES)
    ]
    assert found == [
        (f"{stem}.vtt", "text/vtt"),
        (f"{stem}.srt", "application/x-subrip"),
        (f"{stem}.json", "application/json"),
    ]
    assert [one.get("url") for one in tree(data).findall("item/podcast:chapters", SPACES)] == [
        f"{stem}.chapters.json"
    ]
    assert texts(data, "item/podcast:person") == ["晓伊", "云希"]


def test_hostile_words_stay_words(show: Show, first: Episode) -> None:
    """Markup in titles is escaped in the notes, a script link is no link, control characters are dropped."""
    evil = replace(first.chapters[1], title="<script>alert(1)</script>\x0b", url="javascript:alert(1)")
    data = rss.render(show, [replace(first, chapters=(first.chapters[0], evil))])
    notes = tree(data).findtext("item/{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "<li>00:00:08 &lt;script&gt;alert(1)&lt;/script&gt;</li>" in str(notes)
    assert "javascript" not in str(notes)
    assert "\x0b" not in data.decode()


def test_notes_have_time_stamps_sources_and_the_label(first: Episode) -> None:
    """What a listener opens: chapters with times, a link to the source, who speaks."""
    assert rss.notes(first) == (
        "<p>新桥通车；&lt;b&gt;图书馆&lt;/b&gt;开馆。</p><ul><li>00:00:00 开场</li>"
        '<li>00:00:08 <a href="https://example.com/a?x=1&amp;y=2">新桥通车</a></li>'
        "<li>00:00:50 尾声</li></ul><p>本节目的语音由人工智能合成。</p>"
    )


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("短。", 4000, "短。"),
        ("一句。两句。三句。", 20, "一句。两句。"),
        ("没有句号的一长串字", 12, "没有句…"),
    ],
)
def test_descriptions_are_cut_in_bytes_at_a_sentence(text: str, limit: int, fitted: str) -> None:
    """The limit counts bytes, the cut falls behind a sentence."""
    assert rss.fitting(text, limit) == fitted
    assert len(rss.fitting(text, limit).encode()) <= limit


def test_a_thousand_chapters_keep_the_description_within_its_limit(show: Show, first: Episode) -> None:
    """A long programme is cut, never refused."""
    many = tuple(replace(first.chapters[1], start=timedelta(seconds=n)) for n in range(1000))
    data = rss.render(show, [replace(first, chapters=many)])
    assert len(str(tree(data).findtext("item/description")).encode()) <= rss.LONGEST_DESCRIPTION


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 0}, "has no length"),
        ({"audio": "要闻.mp3"}, "must be an ASCII file name"),
        ({"audio": "../feed.mp3"}, "must be an ASCII file name"),
        ({"published": "naive"}, "without a time zone"),
    ],
)
def test_an_episode_that_no_app_takes_is_refused(
    show: Show, first: Episode, change: dict[str, object], said: str
) -> None:
    """Before anything is written."""
    if change.get("published"):
        change = {"published": first.published.replace(tzinfo=None)}
    with pytest.raises(InvalidShow, match=said):
        rss.render(show, [replace(first, **change)])  # type: ignore[arg-type]  # the table's values fit their names


@pytest.mark.parametrize(
    ("field", "said"), [("guid", "two episodes have the guid"), ("audio", "two episodes have the audio")]
)
def test_twins_are_refused(show: Show, first: Episode, second: Episode, field: str, said: str) -> None:
    """Apps ignore the second of two items with one guid or one enclosure."""
    twin = replace(second, **{field: getattr(first, field)})
    with pytest.raises(InvalidShow, match=said):
        rss.render(show, [first, twin])


@pytest.mark.parametrize(("field", "value"), [("address", "https://例子.cn/"), ("cover", "cover.webp")])
def test_a_show_that_no_directory_takes_is_refused(show: Show, field: str, value: str) -> None:
    """Feedgen would drop such a cover without a word."""
    with pytest.raises(InvalidShow):
        rss.render(replace(show, **{field: value}), [])  # type: ignore[arg-type]  # the table's values fit their names
