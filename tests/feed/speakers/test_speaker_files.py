"""What speakers fetch: each platform's rules, one document a platform, nothing that is too long for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from feed import speakers
from feed.checker import check_feed, detect
from feed.model import Audio, Correction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Episode, Show

LONG = timedelta(minutes=12)
SHORT = Audio("2026-03-02-morning-short-0123456789ab.mp3", 7_000_000, timedelta(minutes=9))


def made(show: Show, episodes: Sequence[Episode], name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """One of the documents, parsed."""
    return json.loads(dict(speakers.speaker_files(show, episodes))[name])


def editions(first: Episode, count: int, apart: timedelta) -> list[Episode]:
    """So many episodes, each so much later than the one before."""
    return [
        replace(
            first,
            guid=f"guid-{number}",
            audio=f"{number}-0123456789ab.mp3",
            number=number,
            published=first.published + (number - 1) * apart,
        )
        for number in range(1, count + 1)
    ]


def test_every_document_keeps_its_platforms_rules(show: Show, first: Episode) -> None:
    """Our own checker finds nothing in any of them, nor in those of a show with the longest words."""
    long = "很长的标题，" * 60
    for episode in (first, replace(first, title=long, summary=long * 20)):
        for name, data in speakers.speaker_files(replace(show, title=episode.title), [episode]):
            assert check_feed.check_file(data, detect.detect_kind(data, name)) == (), name


def test_alexa_gets_what_it_plays(show: Show, first: Episode) -> None:
    """Every field of an audio item, in UTC, and nothing of text in it."""
    assert made(show, [first], "alexa.json") == [
        {
            "uid": "urn:uuid:de2ec652-6ddc-5367-a9a8-b87014c8c622",
            "updateDate": "2026-03-01T23:00:00Z",
            "titleText": "每日简报 2026年3月2日",
            "mainText": "",
            "streamUrl": "https://example.com/demo/2026-03-02-morning-8c9758b2aafc.mp3",
            "redirectionUrl": "https://example.com/demo/2026-03-02-morning.html",
        }
    ]


@pytest.mark.parametrize(
    ("name", "most"),
    [("alexa.json", 5), ("dingdang.json", 5), ("iflyos.json", 8)],
)
def test_only_news_of_a_day_is_read_out_newest_first(
    show: Show, first: Episode, name: str, most: int
) -> None:
    """Eight editions in a day are within it, as many as a platform reads; of eight days only the newest is."""
    many = editions(first, 8, timedelta(hours=3))
    listed = [item["streamUrl"].rpartition("/")[2][0] for item in made(show, many, name)]
    assert listed == ["8", "7", "6", "5", "4", "3", "2", "1"][:most]
    assert len(made(show, editions(first, 8, timedelta(days=1)), name)) == 1


@pytest.mark.parametrize("name", ["alexa.json", "dingdang.json", "iflyos.json"])
def test_sound_that_is_too_long_is_never_offered(show: Show, first: Episode, name: str) -> None:
    """The short edition is, where there is one; else the episode is left out."""
    assert made(show, [replace(first, duration=LONG)], name) == []
    [item] = made(show, [replace(first, duration=LONG, short=SHORT)], name)
    assert item["streamUrl"] == f"{show.address}{SHORT.name}"
    assert made(show, [replace(first, duration=timedelta(seconds=9))], name) == []


def test_the_short_edition_is_the_one_that_was_mastered_for_speakers(show: Show, first: Episode) -> None:
    """Also where the programme itself is short enough; players still get the programme."""
    both = replace(first, short=SHORT)
    assert made(show, [both], "alexa.json")[0]["streamUrl"].endswith(SHORT.name)
    assert made(show, [both], "xiaomusic.json")[0]["musics"][0]["url"].endswith(first.audio)


def test_corrected_sound_is_played_again(show: Show, first: Episode) -> None:
    """Another id, a later moment; an older episode is never newer than the newest."""
    told = Correction(first.published + timedelta(hours=5), "桥名更正。")
    right = replace(first, audio="2026-03-02-morning-0123456789ab.mp3", corrections=(told,))
    for name, ident in (("alexa.json", "uid"), ("dingdang.json", "guid"), ("iflyos.json", "id")):
        assert made(show, [first], name)[0][ident] != made(show, [right], name)[0][ident]
    assert made(show, [right], "alexa.json")[0]["updateDate"] == "2026-03-02T04:00:00Z"
    evening = replace(
        first, guid="g", audio="e.mp3", number=2, published=first.published + timedelta(hours=4)
    )
    dates = [item["updateDate"] for item in made(show, [evening, right], "alexa.json")]
    assert dates == ["2026-03-02T03:00:00Z", "2026-03-02T03:00:00Z"]


def test_dingdang_gets_a_category_and_cut_texts(show: Show, first: Episode) -> None:
    """At most 100 字 of title and 500 of description, cut behind a sentence; a time to live in seconds in its RSS."""
    long = replace(first, title="标" * 200, summary="一句十个字的话在这里。" * 60)
    [item] = made(show, [long], "dingdang.json")
    assert (item["category"], len(item["title"]), item["title"][-1]) == ("综合", 100, "…")
    assert item["description"] == "一句十个字的话在这里。" * 45
    rss = etree.fromstring(dict(speakers.speaker_files(show, [long]))["dingdang.xml"])
    assert rss.findtext("channel/ttl") == "600"
    assert rss.find("channel/item/enclosure").get("url") == item["streamUrl"]
    assert rss.findtext("channel/item/description") == item["description"]


def test_iflyos_gets_short_titles_small_files_and_an_end(show: Show, first: Episode) -> None:
    """At most 30 字, 20 MB, and the day after it is no news any more."""
    [item] = made(show, [replace(first, title="标" * 40)], "iflyos.json")
    assert len(item["title"]) == 30
    assert (item["pubDate"], item["invalidDate"]) == ("2026-03-01T23:00:00Z", "2026-03-02T23:00:00Z")
    assert (item["language"], item["order"], item["sourceName"]) == ("ch", 1, "每日简报编辑部")
    assert made(show, [replace(first, size=20_000_001)], "iflyos.json") == []
    assert len(made(show, [replace(first, size=20_000_000)], "iflyos.json")) == 1


def test_what_is_corrected_late_is_news_again(show: Show, first: Episode) -> None:
    """It does not end before it begins, which the platform would refuse."""
    told = Correction(first.published + timedelta(days=3), "桥名更正。")
    [item] = made(show, [replace(first, corrections=(told,))], "iflyos.json")
    assert (item["pubDate"], item["invalidDate"]) == ("2026-03-04T23:00:00Z", "2026-03-05T23:00:00Z")


def test_xiaomusic_gets_a_playlist(show: Show, first: Episode) -> None:
    """A list of lists, the newest twenty, whatever their length; equal titles are told apart."""
    many = [replace(one, duration=LONG) for one in editions(first, 25, timedelta(days=1))]
    [playlist] = made(show, many, "xiaomusic.json")
    assert (playlist["name"], len(playlist["musics"])) == ("每日简报", 20)
    assert playlist["musics"][0] == {
        "name": "每日简报 2026年3月2日 03-26 07:00",
        "url": "https://example.com/demo/25-0123456789ab.mp3",
    }


def test_a_playlist_for_all_players(show: Show, first: Episode) -> None:
    """Length and title of each, no line that a title could add."""
    title = "三月\n#EXTM3U"
    assert dict(speakers.speaker_files(show, [replace(first, title=title)]))["playlist.m3u"].decode() == (
        "#EXTM3U\n#EXTINF:61,每日简报 三月 #EXTM3U\n"
        "https://example.com/demo/2026-03-02-morning-8c9758b2aafc.mp3\n"
    )


def test_what_is_on_now(show: Show, first: Episode, second: Episode) -> None:
    """The newest episode with its sound, and the short one where there is one."""
    told = made(show, [first, replace(second, short=SHORT)], "latest.json")
    assert told["show"] == "每日简报"
    assert told["episode"]["audio"] == {
        "url": f"{show.address}{second.audio}",
        "bytes": 40_000,
        "seconds": 61.4,
    }
    assert told["episode"]["short"]["url"] == f"{show.address}{SHORT.name}"
    assert told["episode"]["page"] == f"{show.address}2026-03-03-morning.html"
    assert made(show, [replace(first, duration=LONG)], "latest.json")["episode"]["short"] is None


def test_nothing_is_taken_for_markup(show: Show, first: Episode) -> None:
    """Titles and texts of articles are hostile: their angle brackets are wide ones."""
    evil = replace(first, title="三月<script>", summary="1<2<b>图书馆</b>开馆。")
    [item] = made(show, [evil], "dingdang.json")
    assert (item["title"], item["description"]) == ("每日简报 三月＜script＞", "1＜2＜b＞图书馆＜/b＞开馆。")


@pytest.mark.parametrize(("address", "safe"), [("https://a.cn/", True), ("http://a.cn/", False)])
def test_an_address_without_https_is_told(address: str, *, safe: bool) -> None:
    """Alexa plays nothing else."""
    assert (speakers.speaker_items.https_problem(address) == "") is safe
