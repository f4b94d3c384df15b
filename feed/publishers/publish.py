"""Publishing of a show: the order of its files, and what may leave the air.

    audio → transcripts, chapters → cover, pages → speakers → older feeds → feed → removal of what nothing names

The feed names only files that are there already, and no file goes before the feed has ceased to name it. Every file
appears whole; a file that is the same is not touched; the name of a recording holds a hash of it, so that no address is
ever used for other sound. A run that was killed anywhere is mended by the next one. An episode leaves the feed only
because somebody withdrew it or a retention rule names it: a database that has forgotten it is no reason.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from feed import episode_names, file_names, speakers
from feed.checker import check_feed
from feed.errors import InvalidFeed, PublishFailed, UnreadableFeed
from feed.publishers.published_feed import read_published_feed
from feed.rss import cover, feed_xml, json_chapters, transcript
from feed.rss.paging import newest_first
from feed.site import pages
from feed.speakers.speaker_items import https_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from feed.model import Episode, Show
    from feed.publishers.publisher import Publisher

    Files = Sequence[tuple[str, bytes]]

SUPERSEDED_FOR = timedelta(hours=48)
"""How long the recording of a corrected episode is still served: apps that have not polled since name it."""

MAX_NAMED = 3
"""Episodes that a refusal names."""


@dataclass(frozen=True, slots=True)
class FeedPolicy:
    """Extent of a feed.

    A feed has `page_size` episodes (0: all in one), all feeds together the newest `cap` (0: all). `latest` keeps a copy
    of the newest sound under a name that stays, for servers that cannot redirect.
    """

    page_size: int = 0
    cap: int = 0
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """State of a show that listeners are to get.

    `episodes` are all that are on the air, `fresh` is the one that goes out now. `withdrawn` have been taken off by a
    person and leave a page that says so; `retired` are those that a retention rule names, aired or withdrawn. `files`
    returns the recordings of an episode that are still at hand, by their published names. `now` is aware. `kept_off` are
    guids of editions that a person keeps off the air, though a killed run may have published them; `may_drop` is the
    number of other episodes whose leaving the air a person has agreed to.
    """

    show: Show
    art: bytes
    episodes: tuple[Episode, ...]
    files: Callable[[Episode], Mapping[str, Path]]
    now: datetime
    fresh: Episode | None = None
    withdrawn: tuple[Episode, ...] = ()
    retired: tuple[Episode, ...] = ()
    kept_off: frozenset[str] = frozenset()
    policy: FeedPolicy = FeedPolicy()
    may_drop: int = 0


def publish_show(publisher: Publisher, publication: Publication) -> tuple[Episode, ...]:
    """Publish a show; return the episodes left out because their sound is lost and that no feed named before.

    Raises `InvalidFeed` or `PublishFailed`; the feed that was published before then still is.
    """
    published = publisher.names()
    at_hand = {
        name: path
        for episode in _missing_audio(publication, published)
        for name, path in publication.files(episode).items()
    }
    lost = tuple(
        episode for episode in publication.episodes if {*audio_names(episode)} - published - at_hand.keys()
    )
    episodes = [episode for episode in publication.episodes if episode not in lost]
    _refuse_losses(publisher, publication, episodes)
    _check_audio(publication.fresh, at_hand)
    show = replace(publication.show, cover=cover.cover_name(publication.art))
    listed = _newest_episodes(episodes, publication.policy.cap)
    feeds = feed_xml.render_feeds(show, listed, publication.policy.page_size)
    latest = _latest_copy(publication, episodes)
    needed = _needed_names(episodes) | latest.keys()
    beside = [
        file
        for episode in _stale_episodes(publication, episodes, published, needed)
        for file in _episode_files(show, episode)
    ]
    spoken = speakers.speaker_files(show, episodes)
    _refuse_invalid(show, feeds, beside, spoken)
    for name, path in (at_hand | latest).items():
        publisher.put(name, path, file_names.content_type(name))
    files = [*beside, *_show_files(publication, show, episodes), *spoken, *feeds]
    _put_files(publisher, files)
    _remove_unnamed(publisher, publication, published - needed - {name for name, _ in files})
    return lost


def _refuse_losses(publisher: Publisher, publication: Publication, episodes: Sequence[Episode]) -> None:
    """Raise `PublishFailed` if episodes would leave the feed that nobody withdrew and no rule names."""
    try:
        on_air = read_published_feed(publisher)
    except UnreadableFeed:
        # Writing it anew is its cure. What the database does not know was looked for before (`adopt_published`).
        return
    allowed = {episode.guid for episode in (*episodes, *publication.withdrawn, *publication.retired)}
    gone = [
        item for item in (on_air.items if on_air else ()) if item.guid not in allowed | publication.kept_off
    ]
    if len(gone) > publication.may_drop:
        named = "、".join(item.title for item in gone[:MAX_NAMED]) + ("…" if len(gone) > MAX_NAMED else "")
        raise PublishFailed(
            f"this would take {len(gone)} episodes off the air that nobody withdrew ({named}); restore the database or "
            f"their recordings from a backup, or agree with `--drop {len(gone)}`"
        )


def _refuse_invalid(show: Show, feeds: Files, beside: Files, spoken: Files) -> None:
    """Raise `InvalidFeed` for the first error that the checker finds in what would go out."""
    for _, feed in feeds:
        check_feed.refuse_feed(feed)
    check_feed.refuse_files(beside)
    # Without https Alexa plays nothing, which `briefing check` says; the others need not wait for that.
    if not https_problem(show.address):
        check_feed.refuse_files(spoken)


def _put_files(publisher: Publisher, files: Files) -> None:
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for name, data in files:
                path = Path(scratch) / name
                path.write_bytes(data)
                publisher.put(name, path, file_names.content_type(name))
    except OSError as error:
        raise PublishFailed(
            f"no temporary file can be written: {error.strerror or error}; make room, what was published before still is"
        ) from error


def audio_names(episode: Episode) -> tuple[str, ...]:
    """Return the published names of all audio files of an episode."""
    others = (audio.name for audio in (episode.m4a, episode.short) if audio)
    return (episode.audio, *others)


def _missing_audio(publication: Publication, published: frozenset[str]) -> list[Episode]:
    """Return the episodes whose sound is to be put: the fresh one, and those whose files are missing."""
    return [
        episode
        for episode in publication.episodes
        if episode == publication.fresh or {*audio_names(episode)} - published
    ]


def _newest_episodes(episodes: Sequence[Episode], cap: int) -> list[Episode]:
    """Return the newest `cap` episodes (0: all)."""
    return newest_first(episodes)[: cap or None]


def _check_audio(episode: Episode | None, at_hand: Mapping[str, Path]) -> None:
    """Raise for a recording that is not the episode's: apps would mix two files under one name."""
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
    publication: Publication, episodes: Sequence[Episode], published: frozenset[str], needed: set[str]
) -> Iterator[Episode]:
    """Yield the episodes whose transcripts and pages are to be written again.

    The fresh one, those that lack some, and those with other recordings beside them: a killed run may have left a page
    of a version that is not on the air.
    """
    other = {f"{file_names.edition_stem(name)}.html" for name in published - needed}
    for episode in episodes:
        if (
            episode == publication.fresh
            or episode_names.page_name(episode) in other
            or not published.issuperset(_episode_file_names(episode))
        ):
            yield episode


def _show_files(
    publication: Publication, show: Show, episodes: Sequence[Episode]
) -> Iterator[tuple[str, bytes]]:
    """Yield cover, assets, pages of withdrawn episodes and the show's page."""
    yield show.cover, publication.art
    for name in pages.ASSETS:
        yield name, (pages.TEMPLATES / name).read_bytes()
    for episode in publication.withdrawn:
        yield episode_names.page_name(episode), pages.render_withdrawn(show, episode)
    yield "index.html", pages.render_index(show, episodes)


def _episode_files(show: Show, episode: Episode) -> list[tuple[str, bytes]]:
    """Return transcripts, chapters and page of an episode."""
    stem = episode_names.audio_stem(episode)
    return [
        (f"{stem}.vtt", transcript.render_vtt(episode.cues).encode()),
        (f"{stem}.srt", transcript.render_srt(episode.cues).encode()),
        (f"{stem}.json", transcript.render_json(episode.cues).encode()),
        (f"{stem}{feed_xml.CHAPTERS}", json_chapters.render_chapters(episode.chapters).encode()),
        (episode_names.page_name(episode), pages.render_episode(show, episode)),
    ]


def _episode_file_names(episode: Episode) -> list[str]:
    stem = episode_names.audio_stem(episode)
    return [
        *(stem + ending for ending in (*feed_xml.TRANSCRIPTS, feed_xml.CHAPTERS)),
        episode_names.page_name(episode),
    ]


def _latest_copy(publication: Publication, episodes: Sequence[Episode]) -> dict[str, Path]:
    """Return the copy of the newest sound, if it is wanted and the sound is at hand."""
    if not (publication.policy.latest and episodes):
        return {}
    newest = newest_first(episodes)[0]
    path = publication.files(newest).get(newest.audio)
    return {file_names.LATEST: path} if path else {}


def _needed_names(episodes: Sequence[Episode]) -> set[str]:
    """Return the names of all files of the episodes."""
    return {name for episode in episodes for name in (*audio_names(episode), *_episode_file_names(episode))}


def _remove_unnamed(publisher: Publisher, publication: Publication, names: frozenset[str]) -> None:
    """Remove our own files that no feed and no page names, and whose edition is known to have left them behind."""
    on_air = {file_names.edition_stem(episode.audio): episode for episode in publication.episodes}
    leftover = (*publication.withdrawn, *publication.retired)
    off_air = {file_names.edition_stem(episode.audio) for episode in leftover} - on_air.keys()
    for name in sorted(filter(file_names.is_removable, names)):
        stem = file_names.edition_stem(name)
        if stem in on_air:
            removable = _is_long_superseded(publisher, on_air[stem], publication.now)
        else:
            # Recordings of editions that nobody here knows may be on the air by another database.
            removable = not stem or stem in off_air
        if removable:
            publisher.remove(name)


def _is_long_superseded(publisher: Publisher, episode: Episode, now: datetime) -> bool:
    """Return True if the present recording was put, and its last correction published, long enough ago."""
    present = publisher.describe_file(episode.audio)
    since = max(episode.updated, present.modified) if present else now
    return now - since >= SUPERSEDED_FOR
