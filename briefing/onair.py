"""A recording of a script → the episode that listeners get."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.model import Kind
from briefing.production import script_of
from briefing.speaking import links
from feed import publish as transmitter
from feed.model import Chapter, Cue, Episode

if TYPE_CHECKING:
    from briefing.model import EditionKey, Script
    from briefing.production import Production
    from voices.model import Millis, Recording


def episode(production: Production, key: EditionKey, recording: Recording) -> Episode:
    """What listeners get of the newest script and its recording; a number that is new to the show is the next one."""
    spoken = script_of(production, key)
    guid = str(uuid.uuid5(uuid.UUID(production.show.guid), str(key)))
    urls = links(production, key, spoken)
    return Episode(
        guid=guid,
        # Apple wants no show name in an episode's title.
        title=spoken.title.removeprefix(production.show.title).strip() or spoken.title,
        summary=_summary(spoken) + _credits(production, key, spoken) + "".join(recording.notes),
        published=production.air_time(key),
        audio=transmitter.audio_name(f"{key.day}-{key.edition}", recording.path),
        size=recording.size,
        duration=_span(recording.duration),
        number=production.store.next_number(production.show.slug, guid),
        chapters=tuple(
            Chapter(chapter.title, _span(chapter.start), link)
            for chapter, link in zip(recording.chapters, urls, strict=True)
        ),
        cues=tuple(Cue(cue.speaker, cue.text, _span(cue.start), _span(cue.end)) for cue in recording.cues),
    )


def _summary(spoken: Script) -> str:
    """What is in the programme, in one line."""
    return "；".join(segment.title for segment in spoken.segments if segment.kind is Kind.STORY) + "。"


def _credits(production: Production, key: EditionKey, spoken: Script) -> str:
    """Whom the programme rests on, with the notes that their licences ask for."""
    told = {name for segment in spoken.segments for name in segment.articles}
    names: dict[str, None] = {}
    for article in production.store.articles(key):
        if article.id in told:
            credit = production.wording.credits.get(article.source) or article.source
            names[f"{credit}（{article.licence}）" if article.licence else credit] = None
    return f"来源：{'、'.join(names)}。" if names else ""


def _span(millis: Millis) -> timedelta:
    return timedelta(milliseconds=millis)
