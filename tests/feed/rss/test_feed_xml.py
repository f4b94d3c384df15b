"""The feed: what apps read in it, the same bytes for the same input, and what is refused."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import podcastparser
import pytest
from lxml import etree

from feed import episode_names
from feed.checker import check_feed
from feed.errors import InvalidFeed
from feed.model import Audio, Chapter, Correction, Person, Soundbite, UpdateRhythm
from feed.rss import feed_xml, json_chapters
from feed.rss.show_guid import podcast_guid

if TYPE_CHECKING:
    from collections.abc import Callable

    from feed.model import Episode, Show

SPACES = {
    "itunes": feed_xml.ITUNES,
    "podcast": feed_xml.PODCAST,
    "psc": feed_xml.PSC,
    "atom": "http://www.w3.org/2005/Atom",
}


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
    assert podcast_guid(address) == podcast_guid(f"{address}/") == guid


def test_a_feed_breaks_no_rule(show: Show, first: Episode, second: Episode) -> None:
    """Our own checker finds nothing in our own feed."""
    assert check_feed.check_podcast(feed_xml.render_feed(show, [first, second])) == ()


def test_the_same_input_gives_the_same_bytes_in_any_order(
    show: Show, first: Episode, second: Episode
) -> None:
    """Nothing of the clock, nothing of the order in which episodes are handed over."""
    data = feed_xml.render_feed(show, [first, second])
    assert data == feed_xml.render_feed(show, [second, first])
    assert texts(data, "item/title") == ["2026年3月3日", "2026年3月2日"]
    assert texts(data, "lastBuildDate") == ["Tue, 03 Mar 2026 07:00:00 +0800"]


def test_feedparser_reads_the_episode(show: Show, first: Episode) -> None:
    """Title, guid, enclosure, duration, number and chapters as they went in."""
    item = feedparser.parse(feed_xml.render_feed(show, [first])).entries[0]
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
    held = io.BytesIO(feed_xml.render_feed(show, [first]))
    read = podcastparser.parse(address, held)
    assert (read["title"], read["link"], read["language"]) == (show.title, show.address, "zh-cn")
    assert read["cover_url"] == f"{show.address}{show.cover}"
    assert read["explicit"] is False
    assert [chapter["start"] for chapter in read["episodes"][0]["chapters"]] == [0, 8, 50]


def test_the_channel_says_what_the_directories_ask_for(show: Show, first: Episode) -> None:
    """Explicit as true or false, guid, lock, medium, the AI label, category and owner."""
    data = feed_xml.render_feed(show, [first])
    assert texts(data, "itunes:explicit") == ["false"]
    assert texts(data, "podcast:guid") == [show.guid]
    assert texts(data, "podcast:locked") == ["yes"]
    assert texts(data, "podcast:medium") == ["podcast"]
    assert texts(data, "podcast:txt[@purpose='ai-content']") == ["true"]
    assert texts(data, "itunes:owner/itunes:email") == [show.email]
    assert [one.get("href") for one in tree(data).findall("atom:link[@rel='self']", SPACES)] == [
        f"{show.address}feed.xml"
    ]
    categories = [one.get("text") for one in tree(data).iter(f"{{{feed_xml.ITUNES}}}category")]
    assert categories == ["News", "Daily News"]


def test_the_item_names_its_transcripts_chapters_and_anchors(show: Show, first: Episode) -> None:
    """Everything beside the audio is named like the audio."""
    data = feed_xml.render_feed(show, [first])
    stem = f"{show.address}2026-03-02-morning-8c9758b2aafc"
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
    data = feed_xml.render_feed(show, [replace(first, chapters=(first.chapters[0], evil))])
    notes = tree(data).findtext("item/{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "<li>00:00:08 &lt;script&gt;alert(1)&lt;/script&gt;</li>" in str(notes)
    assert "javascript" not in str(notes)
    assert "\x0b" not in data.decode()


def test_notes_have_time_stamps_sources_and_the_label(show: Show, first: Episode) -> None:
    """What a listener opens: chapters with times, a link to the source, the page, who speaks."""
    assert feed_xml.show_notes(show, first) == (
        "<p>新桥通车；&lt;b&gt;图书馆&lt;/b&gt;开馆。</p><ul><li>00:00:00 开场</li>"
        '<li>00:00:08 <a href="https://example.com/a?x=1&amp;y=2">新桥通车</a></li>'
        '<li>00:00:50 尾声</li></ul><p><a href="https://example.com/demo/2026-03-02-morning.html">'
        "文字稿与新闻来源</a></p><p>本节目的语音由人工智能合成。</p>"
    )


def test_a_description_says_the_same_as_plain_text(show: Show, first: Episode) -> None:
    """Apps that show no HTML have the times, the page's address and the label too."""
    assert feed_xml.plain_description(show, first) == (
        "新桥通车；<b>图书馆</b>开馆。\n\n00:00:00 开场\n00:00:08 新桥通车\n00:00:50 尾声\n\n"
        "文字稿与新闻来源：https://example.com/demo/2026-03-02-morning.html\n\n本节目的语音由人工智能合成。"
    )


def test_a_long_summary_is_cut_at_a_sentence_and_nothing_else(show: Show, first: Episode) -> None:
    """Within 4,000 bytes both stay whole but for the summary: times, links, label and corrections are never cut."""
    told = Correction(first.published, "桥名更正。")
    long = replace(first, summary="<新>桥&今天通车。" * 400, corrections=(told,))
    for said, sentence in (
        (feed_xml.show_notes(show, long), "&lt;新&gt;桥&amp;今天通车。"),
        (feed_xml.plain_description(show, long), "<新>桥&今天通车。"),
    ):
        assert feed_xml.MAX_DESCRIPTION_BYTES - 60 <= len(said.encode()) <= feed_xml.MAX_DESCRIPTION_BYTES
        start = said.index(sentence)
        cut = said[start:].replace(sentence, "")
        assert cut.startswith(("</p><ul><li>00:00:00", "\n\n00:00:00"))
        assert "桥名更正。" in said
        assert said.replace("</p>", "").endswith(feed_xml.AI_NOTICE)


@pytest.mark.parametrize("before", range(10))
def test_notes_are_never_cut_within_an_escaped_character(show: Show, first: Episode, before: int) -> None:
    """A text without any end of a sentence is cut anywhere else."""
    said = feed_xml.show_notes(show, replace(first, summary="新" * before + "<" * 4000))
    assert re.fullmatch(rf"<p>新{{{before}}}(?:&lt;)+…", said.partition("</p>")[0])
    assert len(said.encode()) <= feed_xml.MAX_DESCRIPTION_BYTES


@pytest.mark.parametrize("said", [feed_xml.show_notes, feed_xml.plain_description])
def test_a_thousand_chapters_keep_the_notes_within_their_limit(
    show: Show, first: Episode, said: Callable[[Show, Episode], str]
) -> None:
    """A long programme is cut behind a chapter, never refused, and never loses page and AI notice."""
    many = tuple(replace(first.chapters[1], start=timedelta(milliseconds=n)) for n in range(1000))
    text = said(show, replace(first, chapters=many))
    assert len(text.encode()) <= feed_xml.MAX_DESCRIPTION_BYTES
    assert text.count("00:00:00") > 30
    assert re.search(r"新桥通车(</a></li></ul>)?\W*文字稿|html", text)
    assert text.replace("</p>", "").endswith(feed_xml.AI_NOTICE)


def test_many_corrections_leave_room_for_the_rest(show: Show, first: Episode) -> None:
    """The newest are told, within half of the notes."""
    many = tuple(Correction(first.published, f"第{n}处更正" + "很长" * 100) for n in range(20))
    text = feed_xml.show_notes(show, replace(first, corrections=many))
    assert len(text.encode()) <= feed_xml.MAX_DESCRIPTION_BYTES
    assert re.findall(r"第(\d+)处", text) == ["19", "18", "17"]
    assert "00:00:50 尾声" in text


def test_long_titles_and_names_are_cut_within_their_limit(show: Show, first: Episode) -> None:
    """The checker finds nothing in what is made of the longest words."""
    long = "很长的名字" * 200
    data = feed_xml.render_feed(
        replace(show, title=long, author=long, description=long * 2, copyright=long),
        [replace(first, title=long, summary=long * 3)],
    )
    assert check_feed.check_podcast(data) == ()
    assert texts(data, "item/title") == [("很长的名字" * 17)[:84] + "…"]


def test_marks_that_turn_the_writing_are_taken_out(show: Show, first: Episode) -> None:
    """A title reads as it is written, on one line."""
    data = feed_xml.render_feed(show, [replace(first, title="\u202e三月\n二日\u202c ")])
    assert texts(data, "item/title") == ["三月 二日"]


def test_a_show_without_episodes_has_a_feed_without_a_date(show: Show) -> None:
    """Nothing of the clock: a show that has begun nothing was built at no time."""
    data = feed_xml.render_feed(show, [])
    assert data == feed_xml.render_feed(show, [])
    assert texts(data, "lastBuildDate") == []
    assert [found.rule for found in check_feed.check_podcast(data)] == ["items"]


def test_an_episode_without_chapters_names_none(show: Show, first: Episode) -> None:
    """No element points at chapters that say nothing."""
    data = feed_xml.render_feed(show, [replace(first, chapters=())])
    assert check_feed.check_podcast(data) == ()
    assert tree(data).find("item/podcast:chapters", SPACES) is None
    assert tree(data).find("item/psc:chapters", SPACES) is None


def test_explicit_is_said_in_the_words_of_today(show: Show, first: Episode) -> None:
    """True or false, for the show and for each episode."""
    data = feed_xml.render_feed(replace(show, explicit=True), [first])
    assert texts(data, "itunes:explicit") == texts(data, "item/itunes:explicit") == ["true"]


def test_chapters_are_the_same_in_all_places(show: Show, first: Episode) -> None:
    """Podlove, JSON, the notes and the description name the same moments and titles."""
    data = feed_xml.render_feed(show, [first])
    simple = [
        (one.get("start"), one.get("title"), one.get("href"))
        for one in tree(data).findall("item/psc:chapters/psc:chapter", SPACES)
    ]
    assert simple == [
        ("00:00:00.000", "开场", None),
        ("00:00:08.250", "新桥通车", "https://example.com/a?x=1&y=2"),
        ("00:00:50.000", "尾声", None),
    ]
    listed = json.loads(json_chapters.render_chapters(first.chapters))["chapters"]
    assert [(one["startTime"], one["title"]) for one in listed] == [
        (0, "开场"),
        (8.25, "新桥通车"),
        (50, "尾声"),
    ]
    stamps = ["00:00:00 开场", "00:00:08 新桥通车", "00:00:50 尾声"]
    assert str(tree(data).findtext("item/description")).split("\n")[2:5] == stamps


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": 0}, "has no length"),
        ({"audio": "要闻.mp3"}, "must be an ASCII file name"),
        ({"audio": "../feed.mp3_header"}, "must be an ASCII file name"),
        ({"published": "naive"}, "without a time zone"),
        ({"guid": " "}, "has no guid"),
        ({"title": ""}, "has no title"),
        ({"number": 0}, "has the number 0"),
        ({"duration": timedelta(0)}, "has no length"),
        ({"duration": timedelta(seconds=50)}, "lies outside its 0:00:50"),
        (
            {"chapters": (Chapter("二", timedelta(2)), Chapter("一", timedelta(1)))},
            "not in the order of time",
        ),
    ],
)
def test_an_episode_that_no_app_takes_is_refused(
    show: Show, first: Episode, change: dict[str, object], said: str
) -> None:
    """Before anything is written."""
    if change.get("published"):
        change = {"published": first.published.replace(tzinfo=None)}
    with pytest.raises(InvalidFeed, match=said):
        feed_xml.render_feed(show, [replace(first, **change)])  # type: ignore[arg-type]  # the table's values fit their names


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (50, 50, "ends before it begins"),
        (-1, 61, "ends before it begins"),
        (5, 61, "not in the order of time"),
    ],
)
def test_sentences_at_times_that_cannot_be_are_refused(
    show: Show, first: Episode, start: int, end: int, said: str
) -> None:
    """No player could show such a transcript."""
    odd = replace(first.cues[2], start=timedelta(seconds=start), end=timedelta(seconds=end))
    with pytest.raises(InvalidFeed, match=said):
        feed_xml.render_feed(show, [replace(first, cues=(*first.cues[:2], odd))])


@pytest.mark.parametrize(
    ("field", "said"), [("guid", "two episodes have the guid"), ("audio", "two episodes have the audio")]
)
def test_twins_are_refused(show: Show, first: Episode, second: Episode, field: str, said: str) -> None:
    """Apps ignore the second of two items with one guid or one enclosure."""
    twin = replace(second, **{field: getattr(first, field)})
    with pytest.raises(InvalidFeed, match=said):
        feed_xml.render_feed(show, [first, twin])


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "https://例子.cn/", "is no ASCII URL with a final slash"),
        ("address", "https://example.com/demo", "is no ASCII URL with a final slash"),
        ("cover", "cover.webp", r"must end in .jpg or .png"),
        ("title", "  ", "has no title"),
        ("email", "newsroom", "is no address"),
        ("language", "Chinese", "is no code of ISO 639"),
        ("guid", "demo", "is no UUID"),
        ("category", ("news", ""), "none of Apple's categories"),
        ("category", ("News", "Local"), "Apple has Business News, Daily News"),
        ("category", ('News"', ""), "none of Apple's categories"),
    ],
)
def test_a_show_that_no_directory_takes_is_refused(show: Show, field: str, value: object, said: str) -> None:
    """Feedgen would drop such a cover, and break at such a category, without a word."""
    with pytest.raises(InvalidFeed, match=said):
        feed_xml.render_feed(replace(show, **{field: value}), [])  # type: ignore[arg-type]  # the table's values fit their names


def test_a_page_keeps_its_name_when_the_sound_is_corrected(first: Episode) -> None:
    """People pass the address on: it holds the edition, not the hash of its sound."""
    again = replace(first, audio="2026-03-02-morning-0123456789ab.mp3")
    assert episode_names.page_name(first) == episode_names.page_name(again) == "2026-03-02-morning.html"


def test_a_correction_says_when_and_what(first: Episode) -> None:
    """On one line, in the words of the newsroom."""
    told = Correction(first.published + timedelta(hours=3), "新桥全长应为\n1.2公里。")
    assert feed_xml.correction_line(told) == "更正（2026年3月2日10:00）：新桥全长应为 1.2公里。"


def test_an_episode_says_all_that_apps_of_today_read(show: Show, first: Episode) -> None:
    """Season and number, transcripts in three forms, who speaks, the headlines, AAC beside MP3."""
    episode = replace(
        first,
        soundbites=(Soundbite("内容提要", timedelta(seconds=8.25), timedelta(seconds=20)),),
        m4a=Audio("2026-03-02-morning-0123456789ab.m4a", 614_000, timedelta(seconds=61.4)),
    )
    data = feed_xml.render_feed(show, [episode])
    item = tree(data).find("item")
    told = [
        (etree.QName(one).localname, (one.text or "").strip(), dict(one.attrib))
        for one in item
        if etree.QName(one).namespace == feed_xml.PODCAST
    ]
    base = f"{show.address}2026-03-02-morning-8c9758b2aafc"
    zh = {"language": "zh-cn"}
    assert told == [
        ("season", "2026", {"name": "2026年"}),
        ("episode", "1", {}),
        ("txt", "true", {"purpose": "ai-content"}),
        ("transcript", "", {"url": f"{base}.vtt", "type": "text/vtt", "rel": "captions"} | zh),
        ("transcript", "", {"url": f"{base}.srt", "type": "application/x-subrip", "rel": "captions"} | zh),
        ("transcript", "", {"url": f"{base}.json", "type": "application/json"} | zh),
        ("person", "晓伊", {"role": "host", "group": "cast"}),
        ("person", "云希", {"role": "host", "group": "cast"}),
        ("soundbite", "内容提要", {"startTime": "8.250", "duration": "20.000"}),
        (
            "alternateEnclosure",
            "",
            {"type": "audio/x-m4a", "length": "614000", "bitrate": "80000", "title": "AAC"},
        ),
        ("chapters", "", {"url": f"{base}.chapters.json", "type": "application/json+chapters"}),
    ]
    assert item.find("podcast:alternateEnclosure/podcast:source", SPACES).get("uri").endswith("ab.m4a")
    assert texts(data, "item/itunes:season") == ["2026"]
    assert [one.severity for one in check_feed.check_podcast(data)] == []


def test_a_show_says_who_makes_it_and_how_often(show: Show, first: Episode) -> None:
    """Anchors, rhythm, cover with words for those who cannot see it, and the hub that is told of news."""
    whole = replace(
        show,
        persons=(Person("晓伊"), Person("云希")),
        rhythm=UpdateRhythm("工作日07:00更新", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        hub="https://hub.example.com/",
    )
    data = feed_xml.render_feed(whole, [first])
    assert texts(data, "podcast:person") == ["晓伊", "云希"]
    often = tree(data).find("podcast:updateFrequency", SPACES)
    assert (often.text, dict(often.attrib)) == (
        "工作日07:00更新",
        {"rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
    )
    assert dict(tree(data).find("podcast:image", SPACES).attrib) == {
        "href": f"{show.address}{show.cover}",
        "alt": "每日简报的封面",
        "aspect-ratio": "1/1",
        "purpose": "artwork",
        "width": "3000",
        "type": "image/jpeg",
    }
    assert [(one.get("rel"), one.get("href")) for one in tree(data).findall("atom:link", SPACES)] == [
        ("self", "https://example.com/demo/feed.xml"),
        ("hub", "https://hub.example.com/"),
    ]
    assert check_feed.check_podcast(data) == ()


def test_a_correction_makes_the_feed_newer_and_the_item_no_newer(show: Show, first: Episode) -> None:
    """Apps see that there is news; the episode stays where it is in their list."""
    told = Correction(first.published + timedelta(hours=3), "桥名更正。")
    data = feed_xml.render_feed(show, [replace(first, corrections=(told,))])
    assert texts(data, "lastBuildDate") == ["Mon, 02 Mar 2026 10:00:00 +0800"]
    assert texts(data, "item/pubDate") == ["Mon, 02 Mar 2026 07:00:00 +0800"]
