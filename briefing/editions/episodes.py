"""A recording of a script → the episode that listeners get."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.editions.context import SPEAKERS, script_of
from briefing.editions.utterances import links
from briefing.model import Kind
from feed import file_names
from feed.model import Audio, Chapter, Cue, Episode, Soundbite
from voices.model import Millis

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.editions.context import Production
    from briefing.model import EditionKey, Script
    from briefing.storage.store import Place
    from feed.model import Correction
    from voices.model import Recording

SHORTEST_BITE, LONGEST_BITE = timedelta(seconds=15), timedelta(seconds=120)
"""What podcast-namespace recommends for a soundbite."""

CHANGED = "节目内容有更新。"
"""What listeners are told when nobody said what was corrected."""


def guid(production: Production, key: EditionKey) -> str:
    """Of the show's stored guid and the edition, never of an address."""
    return str(uuid.uuid5(uuid.UUID(production.show.guid), str(key)))


def episode(production: Production, key: EditionKey, recording: Recording, place: Place) -> Episode:
    """What listeners get of the newest script and its recording, at a place that it keeps for ever."""
    spoken = script_of(production, key)
    urls = links(production, key, spoken)
    further = [_audio(key, other) for other in recording.others]
    return Episode(
        guid=guid(production, key),
        # Apple wants no show name in an episode's title.
        title=spoken.title.removeprefix(production.show.title).strip() or spoken.title,
        summary=_summary(spoken) + _credits(production, key, spoken) + "".join(recording.notes),
        published=place.published,
        audio=name_of(key, recording.path),
        size=recording.size,
        duration=_span(recording.duration),
        number=place.number,
        chapters=tuple(
            Chapter(chapter.title, _span(chapter.start), link)
            for chapter, link in zip(recording.chapters, urls, strict=True)
        ),
        cues=tuple(Cue(cue.speaker, cue.text, _span(cue.start), _span(cue.end)) for cue in recording.cues),
        soundbites=_headlines(spoken, recording),
        m4a=next((one for one in further if one.name.endswith(".m4a")), None),
        short=next((one for one in further if one.name.endswith(".mp3")), None),
    )


def following(now: Episode, before: Episode | None, told: Correction, *, said: bool) -> Episode:
    """The episode after what was on the air `before`: its corrections go on, with `told` where something was corrected.

    Words that have changed are a correction, whether somebody `said` so or not.
    """
    if before is None:
        return now
    changed = said or _words(now) != _words(before)
    return replace(now, corrections=(*before.corrections, *([told] if changed else [])))


def name_of(key: EditionKey, path: Path) -> str:
    """The published name of a recording: the edition, and a hash of the sound."""
    short = "-short" if path.stem.endswith(SPEAKERS) else ""
    return file_names.audio_name(f"{key.day}-{key.edition}{short}", path)


def _audio(key: EditionKey, other: Recording) -> Audio:
    return Audio(name_of(key, other.path), other.size, _span(other.duration))


def _headlines(spoken: Script, recording: Recording) -> tuple[Soundbite, ...]:
    """The headlines, which stand for the whole; none where they are too short to say anything."""
    ends = [chapter.start for chapter in recording.chapters[1:]] + [recording.duration]
    for segment, chapter, end in zip(spoken.segments, recording.chapters, ends, strict=True):
        if segment.kind is Kind.HEADLINES and (length := _span(Millis(end - chapter.start))) >= SHORTEST_BITE:
            return (Soundbite(segment.title, _span(chapter.start), min(length, LONGEST_BITE)),)
    return ()


def _words(about: Episode) -> tuple[object, ...]:
    """What is said and shown, without when."""
    titles = [chapter.title for chapter in about.chapters]
    return about.title, titles, [(cue.speaker, cue.text) for cue in about.cues]


def _summary(spoken: Script) -> str:
    """What is in the programme, in one line."""
    return "；".join(segment.title for segment in spoken.segments if segment.kind is Kind.STORY) + "。"


def _credits(production: Production, key: EditionKey, spoken: Script) -> str:
    """Whom the programme rests on, with the notes that their licences ask for."""
    told = {name for segment in spoken.segments for name in segment.articles}
    credited: dict[str, None] = {}
    for article in production.store.articles(key):
        if article.id in told:
            credit = production.wording.credits.get(article.source) or article.source
            credited[f"{credit}（{article.licence}）" if article.licence else credit] = None
    return f"来源：{'、'.join(credited)}。" if credited else ""


def _span(millis: Millis) -> timedelta:
    return timedelta(milliseconds=millis)
