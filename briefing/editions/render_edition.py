"""Script of an edition → its recording: spoken, mixed, levelled, labelled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editions import episodes, titles, utterances
from briefing.editions.show_context import newest_draft, parse_revision
from briefing.errors import StageError
from briefing.model import Stage
from briefing.storage.atomic_file import make_private_folder
from feed.rss import cover
from voices.audio import plot, rendering
from voices.audio import tags as labels
from voices.model import Recording, Tags
from voices.synthesis import synthesize

if TYPE_CHECKING:
    from briefing.editions.show_context import Progress, ShowContext
    from briefing.model import EditionKey


def check_speakable(context: ShowContext, key: EditionKey) -> None:
    """Raise as rendering would for a newest script that cannot be spoken."""
    utterances.parts(context, newest_draft(context, key))


def render_edition(context: ShowContext, key: EditionKey, progress: Progress) -> Recording:
    """Speak what the cache does not hold, mix, level, encode and check the programme; store and return it."""
    with context.at_one_moment() as stored:
        newest = newest_draft(stored, key)
        # Before minutes of speaking, not after them.
        stored.store.editions.check_move(key, Stage.VOICED)
        programme = utterances.parts(stored, newest)
    spoken = parse_revision(newest.text)
    lines = [line for part in programme for line in part.lines]
    # Before hours of speaking, not after them: a file that is no music is refused now.
    sound = context.sound()
    instead: list[str] = []
    progress.step(f"Speaking {len(lines)} sentences")
    with ThreadPoolExecutor(context.workers) as executor:
        clips = synthesize.speak_lines(
            lines,
            context.voices,
            executor,
            progress.spoke,
            lambda replaced: _tell(replaced, progress, instead),
        )
    target = (
        context.folder / "recordings" / context.show.slug / f"{key.day}-{key.edition}-r{newest.revision}.mp3"
    )
    make_private_folder(target.parent)
    with context.at_one_moment() as stored:
        title = titles.episode_title(stored, key, spoken)
        number = stored.store.episodes.expected_number(
            key.show, episodes.edition_guid(context.show.guid, key)
        )
    tags = Tags(
        title=title,
        artist=context.show.author,
        album=context.show.title,
        date=key.day.isoformat(),
        cover=cover.shrink_cover(context.cover()),
        aigc=labels.aigc_label(context.producer, f"{key}/r{newest.revision}"),
    )
    page = f"{context.show.address}{key.day}-{key.edition}.html"
    tags = replace(tags, number=number, comment=episodes.file_comment(spoken, page), page=page)
    recording = rendering.render_programme(
        programme,
        clips,
        target,
        tags,
        programme=sound.programme,
        aim=sound.aim,
        also=sound.also(target),
        on_step=progress.step,
    )
    recording = replace(recording, notes=tuple(instead))
    context.store.recordings.save_recording(key, newest.revision, recording)
    return recording


def draw_edition(context: ShowContext, key: EditionKey) -> str:
    """Return the recording of the newest script as an SVG: waveform, loudness, who speaks, music and chapters."""
    recording = context.store.recordings.find_recording(key)
    if recording is None:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    return plot.draw_recording(recording)


def _tell(replaced: synthesize.ReplacedVoice, progress: Progress, notes: list[str]) -> None:
    """Tell the person who spoke for whom and why, and the listeners that it is another voice."""
    progress.step(str(replaced))
    note = f"本期{replaced.speaker}的声音由备用语音合成。"
    if note not in notes:
        notes.append(note)
