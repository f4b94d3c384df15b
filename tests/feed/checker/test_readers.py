"""What two public libraries read in our feed: every tag of Podcasting 2.0 comes back equal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feed.model import Audio, Person, Soundbite
from feed.rss import feed_xml
from tests import browser as driven

if TYPE_CHECKING:
    from pathlib import Path

    from feed.model import Episode, Show

HERE = "https://example.com/demo/"
STEM = f"{HERE}2026-03-02-morning-8c9758b2aafc"
TRANSCRIPTS = [
    {"url": f"{STEM}.vtt", "type": "text/vtt", "language": "zh-cn", "rel": "captions"},
    {"url": f"{STEM}.srt", "type": "application/x-subrip", "language": "zh-cn", "rel": "captions"},
    {"url": f"{STEM}.json", "type": "application/json", "language": "zh-cn"},
]
CHAPTERS = {"url": f"{STEM}.chapters.json", "type": "application/json+chapters"}
SECONDS = 61


@pytest.fixture
def read(show: Show, first: Episode, tmp_path: Path) -> dict[str, Any]:
    """A feed with everything that we write, as both libraries read it."""
    whole = replace(
        first,
        soundbites=(Soundbite("要闻", timedelta(seconds=8.25), timedelta(seconds=20)),),
        m4a=Audio("a-0123456789ab.m4a", 400_000, timedelta(seconds=SECONDS)),
    )
    here = replace(show, persons=(Person("晓伊"), Person("云希")), hub="https://hub.example.com/")
    path = tmp_path / "feed.xml"
    path.write_bytes(feed_xml.render_feeds(here, [whole], 0)[0][1])
    found = driven.node(driven.WEB / "readers.cjs", str(path))
    assert isinstance(found, dict)
    return found


def test_feedsmith_reads_every_tag_of_the_show(read: dict[str, Any]) -> None:
    """Each with its attributes."""
    persons = [{"display": name, "role": "host", "group": "cast"} for name in ("晓伊", "云希")]
    assert read["feedsmith"]["podcast"] == {
        "guid": "9b024349-ccf0-5f69-a609-6b82873eab3c",
        "locked": {"value": True, "owner": "newsroom@example.com"},
        "medium": "podcast",
        "txts": [{"display": "true", "purpose": "ai-content"}],
        "updateFrequency": {"display": "每天", "rrule": "FREQ=DAILY"},
        "persons": persons,
        "images": [
            {
                "href": f"{HERE}cover-0123456789ab.jpg",
                "alt": "每日简报的封面",
                "aspectRatio": "1/1",
                "width": 3000,
                "type": "image/jpeg",
                "purpose": "artwork",
            }
        ],
    }
    links = [(link["rel"], link["href"]) for link in read["feedsmith"]["atom"]["links"]]
    assert links == [("self", f"{HERE}feed.xml"), ("hub", "https://hub.example.com/")]


def test_feedsmith_reads_every_tag_of_an_episode(read: dict[str, Any]) -> None:
    """Numbers are numbers, and Podlove's chapters stand beside."""
    item = read["feedsmith"]["items"][0]
    assert item["podcast"] == {
        "season": {"number": 2026, "name": "2026年"},
        "episode": {"number": 1},
        "txts": [{"display": "true", "purpose": "ai-content"}],
        "transcripts": TRANSCRIPTS,
        "persons": [{"display": name, "role": "host", "group": "cast"} for name in ("晓伊", "云希")],
        "soundbites": [{"startTime": 8.25, "duration": 20, "display": "要闻"}],
        "alternateEnclosures": [
            {
                "type": "audio/x-m4a",
                "length": 400_000,
                "bitrate": round(400_000 * 8 / SECONDS),
                "title": "AAC",
                "sources": [{"uri": f"{HERE}a-0123456789ab.m4a"}],
            }
        ],
        "chapters": CHAPTERS,
    }
    assert [one["start"] for one in item["psc"]["chapters"]] == [
        "00:00:00.000",
        "00:00:08.250",
        "00:00:50.000",
    ]


def test_partytime_reads_the_show(read: dict[str, Any]) -> None:
    """What it knows of a show; it says Host where the taxonomy says host."""
    feed = read["partytime"]
    people = [{"name": name, "role": "Host", "group": "Cast"} for name in ("晓伊", "云希")]
    known = (
        "guid",
        "locked",
        "podcastOwner",
        "medium",
        "podcastPeople",
        "pubsub",
        "explicit",
        "itunesCategory",
    )
    assert {name: feed[name] for name in known} == {
        "guid": "9b024349-ccf0-5f69-a609-6b82873eab3c",
        "locked": True,
        "podcastOwner": "newsroom@example.com",
        "medium": "podcast",
        "podcastPeople": people,
        "pubsub": {"self": f"{HERE}feed.xml", "hub": "https://hub.example.com/"},
        "explicit": False,
        "itunesCategory": ["News > Daily News"],
    }


def test_partytime_reads_an_episode(read: dict[str, Any]) -> None:
    """It calls SubRip's type by an older name and gives a source the type of its enclosure."""
    item = read["partytime"]["items"][0]
    subrip = TRANSCRIPTS[1] | {"type": "application/srt"}
    expected = {
        "podcastTranscripts": [TRANSCRIPTS[0], subrip, TRANSCRIPTS[2]],
        "podcastChapters": CHAPTERS,
        "podcastSoundbites": [{"startTime": 8.25, "duration": 20, "title": "要闻"}],
        "podcastPeople": [{"name": name, "role": "Host", "group": "Cast"} for name in ("晓伊", "云希")],
        "podcastSeason": {"number": 2026, "name": "2026年"},
        "podcastEpisode": {"number": 1},
        "alternativeEnclosures": [
            {
                "type": "audio/x-m4a",
                "length": 400_000,
                "bitrate": round(400_000 * 8 / SECONDS),
                "title": "AAC",
                "default": False,
                "source": [{"uri": f"{HERE}a-0123456789ab.m4a", "contentType": "audio/x-m4a"}],
            }
        ],
        "guid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "enclosure": {"url": f"{STEM}.mp3", "length": 40_000, "type": "audio/mpeg"},
        "duration": SECONDS,
        "itunesEpisode": 1,
        "itunesSeason": 2026,
    }
    assert {name: item[name] for name in expected} == expected
