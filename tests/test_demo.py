"""The demo, with the real voice: what a new user gets from the page that started the project.

Speaking takes some minutes the first time; the clips are kept in the user's cache.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import feedparser
import pytest

from briefing.editorial import script
from briefing.model import Kind
from briefing.sources import newspaper_text, printed_text
from tests import hearing
from voices.audio import rendering

if TYPE_CHECKING:
    from briefing.model import Script

SEEDS = Path(__file__).parents[1] / "seeds"
PAGE = SEEDS / "yuzhong-2023-06-09.txt"
HEARD_WRONG = 0.06
"""Share of syllables that the recogniser may hear otherwise than the script has them."""


def demo(folder: Path, *more: str) -> tuple[dict[str, Any], str]:
    """Run the demo; returns what it reports, and what it says to a person."""
    command = [sys.executable, "-m", "briefing.cli.app", "demo", "--folder", str(folder), "--json", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The demo's episode."""
    return demo(tmp_path_factory.mktemp("demo"))[0]


@pytest.fixture(scope="module")
def spoken(made: dict[str, Any]) -> Script:
    """Its script."""
    return script.parse(Path(made["script"]).read_text(encoding="utf-8"))


def test_the_episode_is_a_programme_of_two_to_six_minutes(made: dict[str, Any]) -> None:
    """Length, loudness and peak as promised, on the air, the audio where the report says."""
    assert made["stage"] == "published"
    assert 120 <= made["seconds"] <= 360
    assert abs(made["loudness"] + 16) <= 0.3
    assert made["true_peak"] <= -2
    assert rendering.decode_recording(Path(made["audio"])).duration == pytest.approx(
        made["seconds"] * 1000, abs=100
    )


def test_it_tells_the_complete_articles_but_visits_and_invents_none(spoken: Script) -> None:
    """Each story is an article of the page, and each of its sentences rests on sentences that stand there.

    Three of the page's five complete articles are news; two are visits of officials, for which editors have no time.
    """
    page = newspaper_text.parse(
        printed_text.read_page_file(PAGE), source="yuzhong", zone=ZoneInfo("Asia/Shanghai")
    )
    complete = {article.id for article in page.articles if article.complete}
    stories = [segment for segment in spoken.segments if segment.kind is Kind.STORY]
    assert len({name for story in stories for name in story.articles} & complete) >= 3
    printed = re.sub(r"\s", "", PAGE.read_text(encoding="utf-8"))
    for story in stories:
        resting = [sentence for sentence in story.sentences if sentence.rests_on]
        assert resting
        for sentence in resting:
            assert all(re.sub(r"\s", "", source) in printed for source in sentence.rests_on)


def test_no_slogan_no_caption_no_print_habit_is_said(spoken: Script) -> None:
    """Nothing of the page's furniture reaches the ear; the law's label does."""
    text = "".join(sentence.text for segment in spoken.segments for sentence in segment.sentences)
    for unsaid in (
        "落地生根",
        "星耀山城",
        "滨江岸线绿意盎然",
        "扫码",
        "本报讯",
        "上接",
        "据了解",
        "我区",
        "马同学",
        "摄",
    ):
        assert unsaid not in text
    assert "人工智能合成" in text
    assert "2023年6月9日，星期五" in text


def test_the_feed_has_the_episode_and_the_audio_it_names(made: dict[str, Any]) -> None:
    """One item, whose length is the file's, whose file is there."""
    feed = Path(made["feed"])
    items = feedparser.parse(feed.read_bytes()).entries
    assert len(items) == 1
    published = feed.parent / items[0].enclosures[0].href.rsplit("/", 1)[1]
    assert published.stat().st_size == int(items[0].enclosures[0].length)
    assert items[0].id == made["guid"]


def test_heard_back_it_says_what_the_script_says(made: dict[str, Any], spoken: Script) -> None:
    """A recogniser hears at most six in a hundred syllables otherwise."""
    text = "".join(sentence.text for segment in spoken.segments for sentence in segment.sentences)
    said = hearing.syllables(text)
    heard = hearing.syllables(hearing.heard(Path(made["audio"])))
    wrong = hearing.errors(said, heard) / len(said)
    assert wrong <= HEARD_WRONG


def test_a_second_demo_changes_nothing_and_says_how_to_play_it(made: dict[str, Any]) -> None:
    """The same report, and the command and addresses for a person."""
    again, told = demo(Path(made["feed"]).parents[2])
    assert again == made
    assert "briefing serve --demo" in told
    assert "http://127.0.0.1:8000/demo/feed.xml" in told
    assert "Speaking" not in told
    assert "Fetching" not in told
