"""Where listeners fetch it: the publisher's seam, and the order in which a show goes out.

    audio → transcripts, chapters → cover, pages → speakers → older feeds → feed → what is no longer needed goes

The feed names only what is there already, and nothing goes before the feed has ceased to name it. Every file appears
whole; a file that is the same is not touched; the name of a recording holds a hash of it, so that no address is ever
used for other sound. A run that was killed anywhere is mended by the next one.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from feed import file_names, speakers
from feed.checker import check_feed
from feed.errors import InvalidShow, PublishFailed
from feed.rss import cover, feed_xml, json_chapters, transcript
from feed.rss.paging import newest_first
from feed.site import pages
from feed.speakers.speaker_items import unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from feed.model import Episode, Show

    Files = Sequence[tuple[str, bytes]]


class Publisher(Protocol):
    """Where files are put for the world.

    An implementation MUST make a file appear whole or not at all, MUST take only plain ASCII names, MUST be safe
    to repeat, and MUST raise `PublishFailed` when it could not; what was there before is then still there. `remove`
    MUST be content with what is not there; `names` MUST know every file that was put. It MAY skip a file that is
    the same.
    """

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Publish the file at `path` under `name`; returns its URL."""
        ...

    def remove(self, name: str) -> None:
        """Take a file away."""
        ...

    def names(self) -> frozenset[str]:
        """What is there."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """How much of a show stays where.

    A feed has `page_size` episodes (0: all in one), all feeds together the newest `cap` (0: all). `latest` keeps a copy
    of the newest sound under a name that stays, for servers that cannot redirect.
    """

    page_size: int = 0
    cap: int = 0
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Airing:
    """What is to be on the air of a show.

    `episodes` are all of it; `fresh` is the one that goes out now, `before` the version of it that was on the air:
    its sound stays until the next time, since apps that have not asked since still name it. `withdrawn` have been
    taken off. `files` gives the recordings of an episode that are still at hand, by their published names.
    """

    show: Show
    art: bytes
    episodes: tuple[Episode, ...]
    files: Callable[[Episode], Mapping[str, Path]]
    fresh: Episode | None = None
    before: Episode | None = None
    withdrawn: tuple[Episode, ...] = ()
    policy: Policy = Policy()


def publish(publisher: Publisher, airing: Airing) -> tuple[Episode, ...]:
    """Make the world see what is to be on the air; returns the episodes left out because their sound is lost.

    Raises `InvalidShow` or `PublishFailed`; the feed that was on air then still is.
    """
    there = publisher.names()
    held = {name: path for one in _wanting(airing, there) for name, path in airing.files(one).items()}
    lost = tuple(one for one in airing.episodes if {*recordings(one)} - there - held.keys())
    kept = [one for one in airing.episodes if one not in lost]
    _same_sound(airing.fresh, held)
    show = replace(airing.show, cover=cover.name(airing.art))
    feeds = feed_xml.feeds(show, _capped(kept, airing.policy.cap), airing.policy.page_size)
    latest = _latest(airing, kept)
    needed = _needed(airing, kept) | latest.keys()
    beside = [file for one in _unsettled(airing, kept, there, needed) for file in _beside(show, one)]
    spoken = speakers.files(show, kept)
    _refuse(show, feeds, beside, spoken)
    for name, path in (held | latest).items():
        publisher.put(name, path, file_names.content_type(name))
    made = [*beside, *_pages(airing, show, kept), *spoken, *feeds]
    _put(publisher, made)
    _sweep(publisher, there - needed - {name for name, _ in made})
    return lost


def _refuse(show: Show, feeds: Files, beside: Files, spoken: Files) -> None:
    """Raise `InvalidShow` for the first error that the checker finds in what would go out."""
    for _, feed in feeds:
        check_feed.refuse(feed)
    check_feed.refuse_files(beside)
    # Without https Alexa plays nothing, which `briefing check` says; the others need not wait for that.
    if not unsafe(show.address):
        check_feed.refuse_files(spoken)


def _put(publisher: Publisher, made: Files) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for name, data in made:
            path = Path(scratch) / name
            path.write_bytes(data)
            publisher.put(name, path, file_names.content_type(name))


def recordings(episode: Episode) -> tuple[str, ...]:
    """The published names of everything of an episode that is sound."""
    others = (one.name for one in (episode.m4a, episode.short) if one)
    return (episode.audio, *others)


def _wanting(airing: Airing, there: frozenset[str]) -> list[Episode]:
    """The episodes whose sound has to be put: the fresh one, and what a new place or a mishap has left without."""
    return [one for one in airing.episodes if one == airing.fresh or {*recordings(one)} - there]


def _capped(episodes: Sequence[Episode], cap: int) -> list[Episode]:
    """The newest so many."""
    return newest_first(episodes)[: cap or None]


def _same_sound(episode: Episode | None, held: Mapping[str, Path]) -> None:
    """Refuse sound that is not the episode's: its name would then stand for two recordings, and apps mix them."""
    if episode is None:
        return
    for name in recordings(episode):
        path = held.get(name)
        if path is None:
            raise PublishFailed(f"the recording {name} is not at hand; render it again")
        try:
            size, named = path.stat().st_size, file_names.audio_name("", path)
        except OSError as error:
            raise PublishFailed(
                f"the recording {path} cannot be read: {error.strerror}; render it again"
            ) from error
        if not f"-{name}".endswith(named) or (name == episode.audio and size != episode.size):
            raise InvalidShow(f"{path} is not the sound of {name}; name it by `audio_name`, give its size")


def _unsettled(
    airing: Airing, kept: Sequence[Episode], there: frozenset[str], needed: set[str]
) -> Iterator[Episode]:
    """The episodes whose transcripts and pages are to be made: the fresh one, those that lack some, the half corrected.

    These a killed run has left with sound beside them that is no more, or not yet, the episode's.
    """
    other = {feed_xml.page_of(name) for name in there - needed if file_names.passing(name)}
    for one in kept:
        if (
            one == airing.fresh
            or feed_xml.page_name(one) in other
            or not there.issuperset(_beside_names(one))
        ):
            yield one


def _pages(airing: Airing, show: Show, kept: Sequence[Episode]) -> Iterator[tuple[str, bytes]]:
    """What belongs to the show."""
    yield show.cover, airing.art
    for name in pages.ASSETS:
        yield name, (pages.TEMPLATES / name).read_bytes()
    for episode in airing.withdrawn:
        yield feed_xml.page_name(episode), pages.withdrawn(show, episode)
    yield "index.html", pages.index(show, kept)


def _beside(show: Show, episode: Episode) -> list[tuple[str, bytes]]:
    """What belongs to one episode besides its sound."""
    stem = feed_xml.stem(episode)
    return [
        (f"{stem}.vtt", transcript.vtt(episode.cues).encode()),
        (f"{stem}.srt", transcript.srt(episode.cues).encode()),
        (f"{stem}.json", transcript.as_json(episode.cues).encode()),
        (f"{stem}{feed_xml.CHAPTERS}", json_chapters.as_json(episode.chapters).encode()),
        (feed_xml.page_name(episode), pages.episode(show, episode)),
    ]


def _beside_names(episode: Episode) -> list[str]:
    stem = feed_xml.stem(episode)
    return [
        *(stem + ending for ending in (*feed_xml.TRANSCRIPTS, feed_xml.CHAPTERS)),
        feed_xml.page_name(episode),
    ]


def _latest(airing: Airing, kept: Sequence[Episode]) -> dict[str, Path]:
    """The copy of the newest sound, where one is wanted and the sound is at hand."""
    if not (airing.policy.latest and kept):
        return {}
    newest = newest_first(kept)[0]
    path = airing.files(newest).get(newest.audio)
    return {file_names.LATEST: path} if path else {}


def _needed(airing: Airing, kept: Sequence[Episode]) -> set[str]:
    """What of the episodes stays there."""
    episodes = [*kept, *([airing.before] if airing.before else [])]
    return {name for one in episodes for name in (*recordings(one), *_beside_names(one))}


def _sweep(publisher: Publisher, left: frozenset[str]) -> None:
    """Take away what is ours and what no feed and no page names any more."""
    for name in sorted(left):
        if file_names.passing(name):
            publisher.remove(name)
