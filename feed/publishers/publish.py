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
from feed.errors import InvalidFeed, PublishFailed
from feed.rss import cover, feed_xml, json_chapters, transcript
from feed.rss.paging import newest_first
from feed.site import pages
from feed.speakers.speaker_items import https_problem

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
class FeedPolicy:
    """How much of a show stays where.

    A feed has `page_size` episodes (0: all in one), all feeds together the newest `cap` (0: all). `latest` keeps a copy
    of the newest sound under a name that stays, for servers that cannot redirect.
    """

    page_size: int = 0
    cap: int = 0
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
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
    policy: FeedPolicy = FeedPolicy()


def publish_show(publisher: Publisher, airing: Publication) -> tuple[Episode, ...]:
    """Make the world see what is to be on the air; returns the episodes left out because their sound is lost.

    Raises `InvalidFeed` or `PublishFailed`; the feed that was on air then still is.
    """
    published = publisher.names()
    at_hand = {
        name: path
        for episode in _missing_audio(airing, published)
        for name, path in airing.files(episode).items()
    }
    lost = tuple(
        episode for episode in airing.episodes if {*audio_names(episode)} - published - at_hand.keys()
    )
    episodes = [episode for episode in airing.episodes if episode not in lost]
    _check_audio(airing.fresh, at_hand)
    show = replace(airing.show, cover=cover.cover_name(airing.art))
    feeds = feed_xml.render_feeds(
        show, _newest_episodes(episodes, airing.policy.cap), airing.policy.page_size
    )
    latest = _latest_copy(airing, episodes)
    needed = _needed_names(airing, episodes) | latest.keys()
    beside = [
        file
        for episode in _stale_episodes(airing, episodes, published, needed)
        for file in _episode_files(show, episode)
    ]
    spoken = speakers.speaker_files(show, episodes)
    _refuse_invalid(show, feeds, beside, spoken)
    for name, path in (at_hand | latest).items():
        publisher.put(name, path, file_names.content_type(name))
    files = [*beside, *_show_files(airing, show, episodes), *spoken, *feeds]
    _put_files(publisher, files)
    _remove_unnamed(publisher, published - needed - {name for name, _ in files})
    return lost


def _refuse_invalid(show: Show, feeds: Files, beside: Files, spoken: Files) -> None:
    """Raise `InvalidFeed` for the first error that the checker finds in what would go out."""
    for _, feed in feeds:
        check_feed.refuse_feed(feed)
    check_feed.refuse_files(beside)
    # Without https Alexa plays nothing, which `briefing check` says; the others need not wait for that.
    if not https_problem(show.address):
        check_feed.refuse_files(spoken)


def _put_files(publisher: Publisher, files: Files) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for name, data in files:
            path = Path(scratch) / name
            path.write_bytes(data)
            publisher.put(name, path, file_names.content_type(name))


def audio_names(episode: Episode) -> tuple[str, ...]:
    """The published names of everything of an episode that is sound."""
    others = (audio.name for audio in (episode.m4a, episode.short) if audio)
    return (episode.audio, *others)


def _missing_audio(airing: Publication, published: frozenset[str]) -> list[Episode]:
    """The episodes whose sound has to be put: the fresh one, and what a new place or a mishap has left without."""
    return [
        episode
        for episode in airing.episodes
        if episode == airing.fresh or {*audio_names(episode)} - published
    ]


def _newest_episodes(episodes: Sequence[Episode], cap: int) -> list[Episode]:
    """The newest so many."""
    return newest_first(episodes)[: cap or None]


def _check_audio(episode: Episode | None, at_hand: Mapping[str, Path]) -> None:
    """Refuse sound that is not the episode's: its name would then stand for two recordings, and apps mix them."""
    if episode is None:
        return
    for name in audio_names(episode):
        path = at_hand.get(name)
        if path is None:
            raise PublishFailed(f"the recording {name} is not at hand; render it again")
        try:
            size, named = path.stat().st_size, file_names.audio_name("", path)
        except OSError as error:
            raise PublishFailed(
                f"the recording {path} cannot be read: {error.strerror}; render it again"
            ) from error
        if not f"-{name}".endswith(named) or (name == episode.audio and size != episode.size):
            raise InvalidFeed(f"{path} is not the sound of {name}; name it by `audio_name`, give its size")


def _stale_episodes(
    airing: Publication, episodes: Sequence[Episode], published: frozenset[str], needed: set[str]
) -> Iterator[Episode]:
    """The episodes whose transcripts and pages are to be made: the fresh one, those that lack some, the half corrected.

    These a killed run has left with sound beside them that is no more, or not yet, the episode's.
    """
    other = {feed_xml.page_of_audio(name) for name in published - needed if file_names.is_removable(name)}
    for episode in episodes:
        if (
            episode == airing.fresh
            or feed_xml.page_name(episode) in other
            or not published.issuperset(_episode_file_names(episode))
        ):
            yield episode


def _show_files(airing: Publication, show: Show, episodes: Sequence[Episode]) -> Iterator[tuple[str, bytes]]:
    """What belongs to the show."""
    yield show.cover, airing.art
    for name in pages.ASSETS:
        yield name, (pages.TEMPLATES / name).read_bytes()
    for episode in airing.withdrawn:
        yield feed_xml.page_name(episode), pages.render_withdrawn(show, episode)
    yield "index.html", pages.render_index(show, episodes)


def _episode_files(show: Show, episode: Episode) -> list[tuple[str, bytes]]:
    """What belongs to one episode besides its sound."""
    stem = feed_xml.audio_stem(episode)
    return [
        (f"{stem}.vtt", transcript.render_vtt(episode.cues).encode()),
        (f"{stem}.srt", transcript.render_srt(episode.cues).encode()),
        (f"{stem}.json", transcript.render_json(episode.cues).encode()),
        (f"{stem}{feed_xml.CHAPTERS}", json_chapters.render_chapters(episode.chapters).encode()),
        (feed_xml.page_name(episode), pages.render_episode(show, episode)),
    ]


def _episode_file_names(episode: Episode) -> list[str]:
    stem = feed_xml.audio_stem(episode)
    return [
        *(stem + ending for ending in (*feed_xml.TRANSCRIPTS, feed_xml.CHAPTERS)),
        feed_xml.page_name(episode),
    ]


def _latest_copy(airing: Publication, episodes: Sequence[Episode]) -> dict[str, Path]:
    """The copy of the newest sound, where one is wanted and the sound is at hand."""
    if not (airing.policy.latest and episodes):
        return {}
    newest = newest_first(episodes)[0]
    path = airing.files(newest).get(newest.audio)
    return {file_names.LATEST: path} if path else {}


def _needed_names(airing: Publication, episodes_kept: Sequence[Episode]) -> set[str]:
    """What of the episodes stays there."""
    episodes = [*episodes_kept, *([airing.before] if airing.before else [])]
    return {name for episode in episodes for name in (*audio_names(episode), *_episode_file_names(episode))}


def _remove_unnamed(publisher: Publisher, names: frozenset[str]) -> None:
    """Take away what is ours and what no feed and no page names any more."""
    for name in sorted(names):
        if file_names.is_removable(name):
            publisher.remove(name)
