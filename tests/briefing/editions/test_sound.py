"""How a show is to sound: its configuration, its masters, its label, and what is said when something is wrong with it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from mutagen.id3 import ID3

from briefing import config
from briefing.cli.checking import studio_checks
from briefing.editions import edition_decisions, render_edition, stages
from briefing.editions.approvals import script_review
from briefing.editorial import script
from briefing.errors import ConfigError, StageError
from briefing.model import Article, Stage
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_show_context
from briefing.wiring.show_music import load_sound
from tests.briefing.cli.test_parts import KEY
from voices.audio import ffmpeg
from voices.errors import AudioFailed
from voices.model import Sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.editions.show_context import ShowContext


BRIDGE = Article(
    "a1",
    "yuzhong",
    "滨河大桥正式通车",
    (
        "3月1日，滨河大桥正式通车，大桥全长1200米，双向六车道，设计时速60公里。",
        "记者从滨河区交通局了解到，大桥通车后，两岸市民的通行时间由40分钟缩短到5分钟，公交线路同步调整。",
    ),
    datetime(2026, 3, 2, tzinfo=UTC),
)
"""Made up."""


class Quiet:
    """A progress that nobody watches."""

    def chose(self, chosen: object) -> None:
        """Nothing."""

    def spoke(self, done: int, total: int) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""


def changed(newsroom: Path, **changes: str) -> Path:
    """The newsroom with other lines in its configuration: `old key = new line`."""
    text = newsroom.read_text(encoding="utf-8")
    for key, line in changes.items():
        before = next(one for one in text.splitlines() if one.startswith(f"{key} = "))
        text = text.replace(f"\n{before}\n", f"\n{line}\n", 1)
    newsroom.write_text(text, encoding="utf-8")
    return newsroom


@pytest.fixture(name="context")
def _desk(newsroom: Path) -> Iterator[ShowContext]:
    """The show context of the sample show, which makes every kind of master, with a script that is approved."""
    described = config.load(changed(newsroom, m4a="m4a = true", speakers="speakers = true"))
    with opened(described.database, described.folder) as store:
        context = build_show_context(described, "demo", store, described.folder)
        store.articles.save_gathered(KEY, [BRIDGE])
        stages.draft(context, KEY, Quiet())
        edition_decisions.approve(context, KEY)
        yield context


def test_a_render_makes_every_master_with_music_and_label(context: ShowContext) -> None:
    """The programme, the same as M4A, and a louder one for speakers; what the store gives back is the same."""
    made = stages.render(context, KEY, Quiet())
    assert [one.path.name for one in (made, *made.others)] == [
        "2026-03-02-morning-r1.mp3",
        "2026-03-02-morning-r1.m4a",
        "2026-03-02-morning-r1-speakers.mp3",
    ]
    assert [round(one.loudness) for one in (made, *made.others)] == [-16, -16, -14]
    assert [round(ffmpeg.measure_file(one.path).loudness) for one in (made, *made.others)] == [-16, -16, -14]
    assert {one.sound for one in made.music} == {Sound.SIGNATURE, Sound.BED, Sound.STING}
    assert context.store.recordings.find_recording(KEY) == made
    label = json.loads(str(ID3(made.path)["TXXX:AIGC"]))["AIGC"]
    assert (label["ContentProducer"], label["ProduceID"]) == (
        context.show.address,
        "demo/2026-03-02/morning/r1",
    )
    assert "本节目由人工智能合成播报。" in [cue.text for cue in made.cues]


def test_a_picture_needs_a_recording(context: ShowContext) -> None:
    """Before the render there is none, after it it is an SVG with the story's title."""
    with pytest.raises(StageError, match="run `briefing render` first"):
        render_edition.draw_edition(context, KEY)
    stages.render(context, KEY, Quiet())
    picture = render_edition.draw_edition(context, KEY)
    assert picture.startswith("<svg ")
    assert "滨河大桥正式通车" in picture


def test_a_script_that_lost_the_label_is_told(context: ShowContext) -> None:
    """Whoever took the sentence out is warned before approving; another sentence that says it will do."""
    text = context.store.scripts.list_scripts(KEY)[-1].text
    edition_decisions.save(
        context, KEY, text.replace("本节目由人工智能合成播报。\n", ""), base=1, author="编辑"
    )
    assert script_review.UNLABELLED in script_review.list_warnings(context, KEY)
    edition_decisions.save(
        context,
        KEY,
        text.replace("本节目由人工智能合成播报。", "您听到的是AI合成的声音。"),
        base=2,
        author="编辑",
    )
    assert script_review.UNLABELLED not in script_review.list_warnings(context, KEY)


def test_a_show_that_labels_by_tone_needs_no_sentence(newsroom: Path) -> None:
    """The tone is in its music, the sentence in neither opening nor closing."""
    described = config.load(changed(newsroom, where='where = "both"'))
    show = described.shows["demo"]
    toned = show.model_copy(update={"label": show.label.model_copy(update={"kind": "tone"})})
    imaging = load_sound(toned, described.base).programme.imaging
    assert (imaging.label_first, imaging.label_last) == (True, True)
    assert not toned.label.says("spoken", "start")
    assert config.unlabelled(toned) == ""


def test_a_file_that_is_no_music_is_refused_before_anything_is_spoken(
    context: ShowContext, newsroom: Path
) -> None:
    """And the stage stays."""
    described = config.load(changed(newsroom, bed='bed = "bed.wav"'))
    (described.base / "bed.wav").write_text("no music", encoding="utf-8")
    spoilt = replace(context, sound=lambda: load_sound(described.shows["demo"], described.base))
    with pytest.raises(AudioFailed, match=r"bed\.wav is no music"):
        stages.render(spoilt, KEY, Quiet())
    assert context.store.editions.find_standing(KEY).stage is Stage.APPROVED
    assert not [path for path in (newsroom.parent / "cache" / "clips").rglob("*") if path.is_file()]


def test_check_names_the_rule_of_the_label_and_the_file_of_the_music(newsroom: Path) -> None:
    """Switching the label off is a warning with its rule; music that is not there is an error."""
    sample = newsroom.read_text(encoding="utf-8")
    newsroom.write_text(
        sample.replace('kind = "spoken"', 'kind = "off"').replace('sting = "house"', 'sting = "none.wav"'),
        encoding="utf-8",
    )
    found = list(studio_checks.check_sound(config.load(newsroom)))
    assert [(one.state, one.name, one.cure) for one in found] == [
        ("error", "sound of demo", "mend `shows.demo.sound`"),
        ("warn", "label of demo", "set `shows.demo.label.kind`"),
    ]
    assert "none.wav is not there" in found[0].sentence
    assert "GB 45438-2025, 5.3" in found[1].sentence


def test_check_says_that_the_sample_sounds_well(newsroom: Path) -> None:
    """Nothing is wrong with it."""
    assert [one.state for one in studio_checks.check_sound(config.load(newsroom))] == ["ok"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bitrate = 96", "bitrate = 64", "`shows.demo.sound.bitrate` is 64"),
        ('headlines = "sting"', 'headlines = "gong"', "`shows.demo.sound.headlines` is 'gong'"),
        (
            "part = 900",
            "part = -1",
            "`shows.demo.sound.pauses.part` is -1, but must be at least 0",
        ),
        ("本节目由人工智能合成播报", "本节目由机器播报", r"GB 45438-2025 \(5.3\) wants 人工智能 or AI"),
        (
            'producer = ""',
            'producer = "编辑部"',
            "`shows.demo.label.producer` is '编辑部', but must be printable ASCII",
        ),
    ],
)
def test_each_mistake_is_one_sentence_with_its_key(newsroom: Path, old: str, new: str, said: str) -> None:
    """Of the sound and of the label."""
    text = newsroom.read_text(encoding="utf-8")
    assert old in text
    newsroom.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        config.load(newsroom)


def test_pauses_of_the_configuration_are_heard(newsroom: Path, context: ShowContext) -> None:
    """Between the stories' sentences: within 30 % of what is set, as a reader varies them."""
    described = config.load(changed(newsroom, sentence="sentence = 1200"))
    slower = replace(context, sound=lambda: load_sound(described.shows["demo"], described.base))
    made = stages.render(slower, KEY, Quiet())
    opening = made.cues[:2]
    assert 840 <= opening[1].start - opening[0].end <= 1560
    assert (
        script.parse(context.store.scripts.list_scripts(KEY)[-1].text).segments[0].title
        == made.chapters[0].title
    )
