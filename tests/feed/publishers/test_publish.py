"""Publishing: the order, whole files, names that are never used for other sound."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

from feed import file_names
from feed.errors import InvalidFeed, PublishFailed
from feed.model import Audio, Correction
from feed.publishers.local_folder import FolderPublisher
from feed.publishers.publish import FeedPolicy
from tests.feed.airing import NOW, on_air
from tests.feed.conftest import SOUND
from tests.feed.publishers.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from feed.model import Episode, Show


@pytest.fixture
def audio(recording: Path) -> Path:
    """Something that stands for a recording."""
    return recording


def test_the_audio_is_first_and_the_feed_is_last(show: Show, first: Episode, audio: Path) -> None:
    """The feed names only what is there already."""
    memory = Memory()
    on_air(memory, show, [first], audio)
    stem = "2026-03-02-morning-8c9758b2aafc"
    assert memory.done == [
        f"{stem}.mp3",
        *(f"{stem}{ending}" for ending in (".vtt", ".srt", ".json", ".chapters.json")),
        "2026-03-02-morning.html",
        "cover-38605323ea03.jpg",
        "style.css",
        "follow.js",
        "index.html",
        *("alexa.json", "alexa.xml", "dingdang.json", "dingdang.xml", "iflyos.json", "xiaomusic.json"),
        *("playlist.m3u", "latest.json", "feed.xml"),
    ]
    assert "application/octet-stream" not in memory.types.values()


@pytest.mark.parametrize("name", ["style.css", "2026-03-02-morning-8c9758b2aafc.mp3"])
def test_after_a_failure_the_feed_is_not_touched(show: Show, first: Episode, audio: Path, name: str) -> None:
    """What cannot be put whole is not announced."""
    memory = Memory(fails_at=name)
    with pytest.raises(PublishFailed):
        on_air(memory, show, [first], audio)
    assert "feed.xml" not in memory.done


def test_other_sound_never_goes_out_under_a_name(show: Show, first: Episode, audio: Path) -> None:
    """A name that was heard with one sound stays with it; a correction gets a new name."""
    audio.write_bytes(b"noise" * 8000)
    memory = Memory()
    with pytest.raises(InvalidFeed, match="is not the sound of"):
        on_air(memory, show, [first], audio)
    assert memory.done == []


def test_a_recording_that_is_gone_is_named(show: Show, first: Episode, tmp_path: Path) -> None:
    """One sentence, before anything goes out."""
    memory = Memory()
    with pytest.raises(PublishFailed, match="cannot be read"):
        on_air(memory, show, [first], tmp_path / "none.mp3")
    assert memory.done == []


def test_publishing_again_touches_nothing(show: Show, first: Episode, audio: Path, tmp_path: Path) -> None:
    """Times stay, so that caches and ETags do."""
    folder = FolderPublisher(tmp_path / "public", show.address)
    on_air(folder, show, [first], audio)
    before = {path.name: path.stat().st_ino for path in (tmp_path / "public").iterdir()}
    on_air(folder, show, [first], audio)
    assert {path.name: path.stat().st_ino for path in (tmp_path / "public").iterdir()} == before


def test_everything_that_the_feed_and_the_pages_name_is_there(
    show: Show, first: Episode, audio: Path, tmp_path: Path
) -> None:
    """No address below the show's leads nowhere."""
    on_air(FolderPublisher(tmp_path / "public", show.address), show, [first], audio)
    named = set()
    for path in (tmp_path / "public").glob("*.[hx]*ml"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(rf"{re.escape(show.address)}([\w.-]+)", text))
        named |= set(re.findall(r'(?:href|src)="([\w.-]+)(?:#[^"]*)?"', text))
    assert named <= {path.name for path in (tmp_path / "public").iterdir()}
    assert {first.audio, "feed.xml", "style.css", "follow.js"} < named


def test_a_feed_with_an_error_stops_everything(show: Show, first: Episode, audio: Path) -> None:
    """It is checked before the first file goes out."""
    memory = Memory()
    with pytest.raises(InvalidFeed):
        on_air(memory, replace(show, category=("news", "daily")), [first], audio)
    assert memory.done == []


def test_other_sound_has_another_name(tmp_path: Path) -> None:
    """The name holds a hash of the sound."""
    one, other = tmp_path / "1.mp3", tmp_path / "2.mp3"
    one.write_bytes(b"one")
    other.write_bytes(b"other")
    assert file_names.audio_name("2026-03-02-morning", one) == "2026-03-02-morning-7692c3ad3540.mp3"
    assert file_names.audio_name("2026-03-02-morning", other) != file_names.audio_name(
        "2026-03-02-morning", one
    )


UNKNOWN = "2026-03-01-morning-0123456789ab.mp3"
"""A recording that another database may have put on the air."""

SOUNDS = (b"corrected" * 8000, b"as aac" * 8000, b"louder" * 8000)


def recorded(folder: Path, sound: bytes, stem: str, ending: str = ".mp3") -> tuple[str, Path]:
    """A recording with that sound, and its published name."""
    path = folder / f"{hashlib.sha256(sound).hexdigest()[:6]}{ending}"
    path.write_bytes(sound)
    return file_names.audio_name(stem, path), path


@pytest.fixture
def corrected(first: Episode, tmp_path: Path) -> tuple[Episode, Path]:
    """The older episode with other sound and a note, and where its sound lies."""
    name, path = recorded(tmp_path, SOUNDS[0], "2026-03-02-morning")
    told = Correction(first.published + timedelta(hours=3), "新桥全长1.2公里。")
    return replace(first, audio=name, size=path.stat().st_size, corrections=(told,)), path


def test_a_correction_is_the_same_item_with_other_sound(
    show: Show, first: Episode, audio: Path, corrected: tuple[Episode, Path]
) -> None:
    """One item, the same guid and page, a new enclosure, and what was wrong in feed, notes and speakers."""
    memory = Memory()
    on_air(memory, show, [first], audio)
    episode, path = corrected
    on_air(memory, show, [episode], path)
    [item] = feedparser.parse(memory.files["feed.xml"]).entries
    assert item.id == first.guid
    assert item.link == "https://example.com/demo/2026-03-02-morning.html"
    assert [one.href for one in item.enclosures] == [f"{show.address}{episode.audio}"]
    assert item.description.startswith("更正（2026年3月2日10:00）：新桥全长1.2公里。\n\n")
    assert item.content[0].value.startswith("<p>更正（2026年3月2日10:00）：新桥全长1.2公里。</p>")
    assert json.loads(memory.files["alexa.json"])[0]["updateDate"] == "2026-03-02T02:00:00Z"
    assert episode.audio.encode() in memory.files["2026-03-02-morning.html"]


def test_corrected_sound_is_served_for_two_days(
    show: Show, first: Episode, audio: Path, corrected: tuple[Episode, Path]
) -> None:
    """An app that has not asked since still gets what its feed names; later it is gone, and its transcripts with it."""
    memory = Memory()
    on_air(memory, show, [first], audio)
    episode, path = corrected
    memory.now = NOW
    on_air(memory, show, [episode], path)
    on_air(memory, show, [episode], path, now=NOW + timedelta(hours=47, minutes=59))
    assert {first.audio, first.audio.replace(".mp3", ".vtt")} <= memory.files.keys()
    on_air(memory, show, [episode], path, now=NOW + timedelta(hours=48))
    assert [name for name in memory.files if "8c9758b2aafc" in name] == []
    assert episode.audio in memory.files


def test_a_withdrawn_episode_leaves_a_page_and_nothing_else(
    show: Show, first: Episode, second: Episode, audio: Path
) -> None:
    """Feed, speakers and pages fall back to the one before; then sound and transcripts go."""
    memory = Memory()
    known = {first.audio: audio}
    on_air(memory, show, [first], audio)
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    on_air(memory, show, [newer, first], audio)
    memory.done.clear()
    on_air(memory, show, [first], audio, fresh=None, withdrawn=(newer,), files=lambda _one: known)
    assert [one.id for one in feedparser.parse(memory.files["feed.xml"]).entries] == [first.guid]
    assert json.loads(memory.files["latest.json"])["episode"]["audio"]["url"].endswith(first.audio)
    assert "本期节目已撤回" in memory.files["2026-03-03-morning.html"].decode()
    assert [name for name in memory.files if name.startswith("2026-03-03")] == ["2026-03-03-morning.html"]
    assert memory.done[memory.done.index("feed.xml") + 1 :] == [
        f"-2026-03-03-morning-8c9758b2aafc{ending}"
        for ending in (".chapters.json", ".json", ".mp3", ".srt", ".vtt")
    ]


def test_the_last_episode_of_a_show_can_be_withdrawn(show: Show, first: Episode, audio: Path) -> None:
    """A feed without items goes out, and nothing names what is gone."""
    memory = Memory()
    on_air(memory, show, [first], audio)
    on_air(memory, show, [], audio, withdrawn=(first,))
    assert feedparser.parse(memory.files["feed.xml"]).entries == []
    assert json.loads(memory.files["latest.json"])["episode"] is None
    assert json.loads(memory.files["alexa.json"]) == []
    assert "还没有节目" in memory.files["index.html"].decode()


def test_files_of_others_are_left_alone(show: Show, first: Episode, audio: Path) -> None:
    """Only what has a name of ours, and is of an edition that is known, is ever removed."""
    memory = Memory()
    memory.files |= dict.fromkeys(("robots.txt", "about.html", "2026.mp3", "CNAME"), b"theirs")
    memory.files |= {UNKNOWN: b"theirs"}
    memory.files |= dict.fromkeys(("2026-03-02-morning-0123456789ab.mp3", "feed-7.xml"), b"ours")
    on_air(memory, show, [first], audio)
    assert {name for name, data in memory.files.items() if data == b"theirs"} == {
        *("robots.txt", "about.html", "2026.mp3", "CNAME", UNKNOWN)
    }
    assert b"ours" not in memory.files.values()


def test_every_master_goes_out_with_the_episode(
    show: Show, first: Episode, audio: Path, tmp_path: Path
) -> None:
    """AAC for apps, the short one for speakers: both before the feed that names them, and in it and in theirs."""
    aac, aac_path = recorded(tmp_path, SOUNDS[1], "2026-03-02-morning", ".m4a")
    short, short_path = recorded(tmp_path, SOUNDS[2], "2026-03-02-morning-short")
    episode = replace(
        first,
        m4a=Audio(aac, 48_000, first.duration),
        short=Audio(short, 48_000, timedelta(seconds=50)),
    )
    known = {first.audio: audio, aac: aac_path, short: short_path}
    memory = Memory()
    on_air(memory, show, [episode], audio, files=lambda _one: known)
    assert memory.done[:3] == [first.audio, aac, short]
    assert memory.types[aac] == "audio/x-m4a"
    assert f'uri="{show.address}{aac}"' in memory.files["feed.xml"].decode()
    assert json.loads(memory.files["alexa.json"])[0]["streamUrl"] == f"{show.address}{short}"


def test_a_new_place_gets_every_episode_that_is_at_hand(
    show: Show, first: Episode, second: Episode, audio: Path
) -> None:
    """Whoever moves to a bucket does not lose the archive; what cannot be had is left out, and said."""
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    gone = replace(second, guid="gone", audio="2026-03-01-morning-0123456789ab.mp3", number=3)
    known = {first.audio: audio, newer.audio: audio}
    memory = Memory()
    lost = on_air(
        memory,
        show,
        [newer, first, gone],
        audio,
        files=lambda one: {one.audio: known[one.audio]} if one.audio in known else {},
    )
    assert lost == (gone,)
    assert {first.audio, newer.audio, "2026-03-02-morning.html"} <= memory.files.keys()
    assert b"2026-03-01" not in memory.files["feed.xml"] + memory.files["index.html"]


def test_a_page_that_a_killed_correction_left_is_set_right(
    show: Show, first: Episode, second: Episode, audio: Path, corrected: tuple[Episode, Path]
) -> None:
    """It names sound that never went on the air: the next publishing writes it anew, and takes the sound away."""
    memory = Memory()
    on_air(memory, show, [first], audio)
    episode, path = corrected
    memory.fails_at = "feed.xml"
    with pytest.raises(PublishFailed):
        on_air(memory, show, [episode], path)
    assert first.audio.encode() not in memory.files["2026-03-02-morning.html"]
    memory.fails_at = ""
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    on_air(memory, show, [newer, first], audio, now=NOW + timedelta(days=2))
    assert first.audio.encode() in memory.files["2026-03-02-morning.html"]
    assert episode.audio not in memory.files


def test_the_newest_sound_has_a_name_that_stays_where_it_is_wanted(
    show: Show, first: Episode, audio: Path
) -> None:
    """A copy for servers that cannot redirect; it goes when it is wanted no more."""
    memory = Memory()
    on_air(memory, show, [first], audio, policy=FeedPolicy(latest=True))
    assert memory.files["latest.mp3"] == SOUND
    assert memory.done.index("latest.mp3") < memory.done.index("feed.xml")
    on_air(memory, show, [first], audio)
    assert "latest.mp3" not in memory.files


def test_a_capped_feed_names_the_newest_and_the_files_stay(
    show: Show, first: Episode, second: Episode, audio: Path
) -> None:
    """Links to an older page are not broken by a shorter feed."""
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    memory = Memory()
    on_air(memory, show, [first], audio)
    on_air(memory, show, [newer, first], audio, policy=FeedPolicy(cap=1))
    assert [one.id for one in feedparser.parse(memory.files["feed.xml"]).entries] == [newer.guid]
    assert {first.audio, "2026-03-02-morning.html"} <= memory.files.keys()


def test_older_feeds_are_there_before_the_feed_that_names_them(
    show: Show, first: Episode, second: Episode, audio: Path
) -> None:
    """Whoever walks from page to page meets none that is missing, and gets every episode once."""
    newer = replace(second, audio=f"2026-03-03-morning-{first.audio[-16:]}")
    memory = Memory()
    on_air(memory, show, [first], audio)
    on_air(memory, show, [newer, first], audio, policy=FeedPolicy(page_size=1))
    assert memory.done[-2:] == ["feed-1.xml", "feed.xml"]
    walked = [feedparser.parse(memory.files[name]) for name in ("feed.xml", "feed-1.xml")]
    assert [one.id for page in walked for one in page.entries] == [newer.guid, first.guid]
