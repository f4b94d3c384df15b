"""Episode for listeners, made of a recording and its script."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.editions.show_context import SPEAKERS, chapter_links, script_of
from briefing.editions.titles import episode_title
from briefing.model import Kind
from feed import file_names
from feed.model import Audio, Chapter, Correction, Cue, Episode, Soundbite
from feed.rss.feed_xml import AI_NOTICE
from voices.model import Millis

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.model import EditionKey, Script
    from briefing.storage.store import Place
    from voices.model import Recording

SHORTEST_BITE, LONGEST_BITE = timedelta(seconds=15), timedelta(seconds=120)
"""Limits of a soundbite (podcast-namespace)."""

CHANGED = "节目内容有更新。"
"""Correction for listeners if nobody described it."""


def edition_guid(show_guid: str, key: EditionKey) -> str:
    """Return the guid of an edition, made of the show's stored guid and never of an address."""
    return str(uuid.uuid5(uuid.UUID(show_guid), str(key)))


def build_episode(context: ShowContext, key: EditionKey, recording: Recording, place: Place) -> Episode:
    """Return the episode of the newest script and its recording; `place` is kept for ever."""
    spoken = script_of(context, key)
    urls = chapter_links(context, key, spoken)
    further = [_audio(key, other) for other in recording.others]
    return Episode(
        guid=edition_guid(context.show.guid, key),
        title=episode_title(context, key, spoken),
        summary=_summary(spoken) + _credits(context, key, spoken) + "".join(recording.notes),
        published=place.published,
        audio=published_name(key, recording.path),
        size=recording.size,
        duration=_span(recording.duration),
        number=place.number,
        chapters=tuple(
            Chapter(chapter.title, _span(chapter.start), link)
            for chapter, link in zip(recording.chapters, urls, strict=True)
        ),
        cues=tuple(Cue(cue.speaker, cue.text, _span(cue.start), _span(cue.end)) for cue in recording.cues),
        soundbites=_headlines(spoken, recording),
        m4a=next((file for file in further if file.name.endswith(".m4a")), None),
        short=next((file for file in further if file.name.endswith(".mp3")), None),
    )


def carry_corrections(now: Episode, before: Episode | None, moment: datetime, what: str) -> Episode:
    """Return the episode with the corrections of its earlier version, and one of this `moment` if it was corrected.

    `what` says what was corrected; words that have changed are a correction also where nobody said so.
    """
    if before is None:
        return now
    changed = what or _words(now) != _words(before)
    added = [Correction(moment, what or CHANGED)] if changed else []
    return replace(now, corrections=(*before.corrections, *added))


def published_name(key: EditionKey, path: Path) -> str:
    """Return the published name of a recording: the edition, and a hash of the file."""
    short = "-short" if path.stem.endswith(SPEAKERS) else ""
    return file_names.audio_name(f"{key.day}-{key.edition}{short}", path)


def _audio(key: EditionKey, other: Recording) -> Audio:
    return Audio(published_name(key, other.path), other.size, _span(other.duration))


def _headlines(spoken: Script, recording: Recording) -> tuple[Soundbite, ...]:
    """Return the headlines as a soundbite; none if they are too short."""
    ends = [chapter.start for chapter in recording.chapters[1:]] + [recording.duration]
    for segment, chapter, end in zip(spoken.segments, recording.chapters, ends, strict=True):
        if segment.kind is Kind.HEADLINES and (length := _span(Millis(end - chapter.start))) >= SHORTEST_BITE:
            return (Soundbite(segment.title, _span(chapter.start), min(length, LONGEST_BITE)),)
    return ()


def _words(about: Episode) -> tuple[object, ...]:
    """Return what is said and shown, without times."""
    titles = [chapter.title for chapter in about.chapters]
    return about.title, titles, [(cue.speaker, cue.text) for cue in about.cues]


def _summary(spoken: Script) -> str:
    """Return the titles of the stories in one line."""
    return "；".join(segment.title for segment in spoken.segments if segment.kind is Kind.STORY) + "。"


def file_comment(spoken: Script, page: str) -> str:
    """Return the comment of a recording: its stories, the notice of synthetic speech, and its page."""
    return f"{_summary(spoken)}{AI_NOTICE}{page}"


def _credits(context: ShowContext, key: EditionKey, spoken: Script) -> str:
    """Return the sources of the programme, with the notes that their licences require."""
    stories = {name for segment in spoken.segments for name in segment.articles}
    credited: dict[str, None] = {}
    for article in context.store.articles.list_articles(key):
        if article.id in stories:
            credit = context.wording.credits.get(article.source) or article.source
            credited[f"{credit}（{article.licence}）" if article.licence else credit] = None
    return f"来源：{'、'.join(credited)}。" if credited else ""


def _span(millis: Millis) -> timedelta:
    return timedelta(milliseconds=millis)
