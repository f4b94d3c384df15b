"""The pure rooms together: the given page becomes a programme of the right length that tells the page's news."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from briefing.editorial import rundown, script
from briefing.editorial.composition import compose
from briefing.editorial.rundown.settings import SPEAKING_RATE
from briefing.editorial.show_wording import Wording
from briefing.editorial.writer.built_in import BuiltInWriter
from briefing.model import EditionKey, Kind, Script, han_count
from briefing.sources import newspaper_text
from tests import facts

DAY = date(2023, 6, 9)


@pytest.fixture(scope="module")
def drafted() -> Script:
    """The script of the given page at six minutes."""
    page = newspaper_text.parse(
        facts.PAGE.read_text(encoding="utf-8"), source="yuzhong", zone=ZoneInfo("Asia/Shanghai")
    )
    writer = BuiltInWriter(DAY, {"yuzhong": "渝中区"})
    chosen = rundown.choose(page.articles, rundown.Settings.lasting(6))
    stories = [(story, writer.write(story)) for story in chosen.stories]
    wording = Wording("每日简报", "渝中区", credits={"yuzhong": "渝中报"})
    return compose(EditionKey("demo", DAY, "morning"), wording, stories, ("晓伊", "云希"))


def test_the_page_makes_a_programme_that_is_not_padded(drafted: Script) -> None:
    """Two minutes and a half of news are not stretched to six; counted at a newsreader's rate."""
    length = sum(han_count(sentence.text) for segment in drafted.segments for sentence in segment.sentences)
    assert 2 <= length / SPEAKING_RATE / 60 <= 4


def test_the_page_s_news_is_told(drafted: Script) -> None:
    """No slogan and no visit; a broken article that concerns people by its title; every story says something."""
    stories = [segment for segment in drafted.segments if segment.kind is Kind.STORY]
    assert {segment.title for segment in stories} == {
        "去年渝中区实现空气质量优良天数300天",
        "渝中区启动两个专项行动",
        "3500多名渝中考生迎来“人生大考”",
        "渝中区“助企帮帮团”进园区进楼宇启动",
    }
    assert all(segment.sentences for segment in stories)


def test_no_headline_is_a_story_s_first_sentence_again(drafted: Script) -> None:
    """What was announced is then told, not repeated."""
    said = [sentence.text for segment in drafted.segments for sentence in segment.sentences]
    assert len(said) == len(set(said))


def test_the_draft_survives_its_file(drafted: Script) -> None:
    """What an editor opens is the script that was drafted."""
    assert script.parse(script.dump(drafted)) == drafted
