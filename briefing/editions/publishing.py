"""Publishing of a show: one publisher at a time, and all that listeners can fetch.

The published feed counts beside the database: episodes that it names and the database has lost are adopted from it
before anything is published, so that a new, emptied or restored database takes nothing off the air.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from briefing.editions import lease
from briefing.editions.episodes import edition_guid, published_name
from briefing.errors import SourceError
from briefing.model import EditionKey, Stage
from briefing.net import http_client
from feed import file_names
from feed.errors import PublishFailed, UnreadableFeed
from feed.publishers import publish, websub
from feed.publishers.published_feed import read_published_feed, restore_episode
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from briefing.editions.show_context import ShowContext
    from briefing.storage.store import Store
    from feed.model import Episode
    from feed.publishers.published_feed import PublishedItem
    from feed.publishers.publisher import PublishedFile, Publisher

HUB_LIMITS = http_client.Limits(seconds=10.0, connect=5.0, size=64 * 1024)
MAX_NAMED = 3
"""Files that a refusal names."""

DECIDED_OFF = frozenset({Stage.HELD, Stage.WITHDRAWN})
"""Stages by which a person keeps an edition off the air."""


@contextmanager
def publishing_lease(context: ShowContext) -> Iterator[ShowContext]:
    """Publish a show alone: numbers are given one after the other. The published feed is adopted first.

    Raises `PublishFailed` where the feed on the air and the database cannot be brought together.
    """
    with lease.held(context.store, f"publish-{context.show.slug}", context.now) as store:
        publisher = _LeasedPublisher(store, context.publisher(), context.now)
        yield adopt_published(replace(context, store=store, publisher=lambda: publisher))


class _LeasedPublisher:
    """Publisher that confirms the lease before each change: files know nothing of leases."""

    def __init__(self, store: Store, publisher: Publisher, now: Callable[[], datetime]) -> None:
        self._store = store
        self._publisher = publisher
        self._now = now

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Publish a file; raise `LeaseLost` if this process slept and another one took over."""
        lease.confirm(self._store, self._now)
        return self._publisher.put(name, path, content_type)

    def remove(self, name: str) -> None:
        """Remove a file; raise as `put`."""
        lease.confirm(self._store, self._now)
        self._publisher.remove(name)

    def names(self) -> frozenset[str]:
        """Return the names of all published files."""
        return self._publisher.names()

    def read_file(self, name: str) -> bytes | None:
        """Return the bytes of a published file, or None."""
        return self._publisher.read_file(name)

    def describe_file(self, name: str) -> PublishedFile | None:
        """Return size and moment of a published file, or None."""
        return self._publisher.describe_file(name)


def adopt_published(context: ShowContext) -> ShowContext:
    """Store the episodes of the published feed that the store does not know; return the show with its stored guid.

    Raises `PublishFailed` if one of them is not whole, or is not of this show.
    """
    slug, publisher = context.show.slug, context.publisher()
    with context.at_one_moment() as stored:
        history = stored.store.episodes.list_history(slug)
        standings = stored.store.editions.list_standings(slug)
        # A server's own copy of the show may be older than what was adopted since.
        context = _with_guid(context, stored.store.shows.load_guid(slug, context.show.guid))
    known_keys = frozenset((*(aired.key for aired in history), *(standing.key for standing in standings)))
    try:
        feed = read_published_feed(publisher)
    except UnreadableFeed as error:
        _refuse_unknown_recordings(publisher, known_keys, f"{error}")
        return context
    if feed is None:
        _refuse_unknown_recordings(publisher, known_keys, "there is no feed")
        return context
    if not history and feed.show_guid:
        context = _with_guid(context, context.store.shows.adopt_guid(slug, feed.show_guid))
    guids = {aired.episode.guid for aired in history}
    unknown = [(item, _key_of(context, item)) for item in feed.items if item.guid not in guids]
    # Left in the feed by a run that was killed before it could take it off: a person's decision stands.
    unknown = [
        (item, key)
        for item, key in unknown
        if context.store.editions.find_standing(key).stage not in DECIDED_OFF
    ]
    if unknown:
        _refuse_incomplete(publisher, [item for item, _ in unknown])
        restored = [(key, _restored(publisher, item)) for item, key in unknown]
        newest = {key for item, key in unknown if _is_newest(context, key, item)}
        context.store.episodes.adopt_episodes(restored, newest)
    return context


def _is_newest(context: ShowContext, key: EditionKey, item: PublishedItem) -> bool:
    """Return whether a published item is the newest recording of an edition that waits to be published."""
    recording = context.store.recordings.find_recording(key)
    if recording is None or context.store.editions.find_standing(key).stage is not Stage.VOICED:
        return False
    return recording.path.is_file() and published_name(key, recording.path) == item.audio


def _with_guid(context: ShowContext, guid: str) -> ShowContext:
    return replace(context, show=replace(context.show, guid=guid))


def _key_of(context: ShowContext, item: PublishedItem) -> EditionKey:
    """Return the edition of a published item; raise `PublishFailed` for one that is not of this show."""
    named = file_names.parse_audio_name(item.audio)
    key = EditionKey(context.show.slug, date.fromisoformat(named[0]), named[1]) if named else None
    if key is None or edition_guid(context.show.guid, key) != item.guid:
        raise PublishFailed(
            f"the published feed names {item.title} ({item.guid}), which is not of this show; give the show another "
            "address or folder, or move the feed there away"
        )
    return key


def _refuse_incomplete(publisher: Publisher, items: Sequence[PublishedItem]) -> None:
    """Raise `PublishFailed` if the sound of an unknown episode is missing or has another length than the feed says."""
    spoilt = []
    for item in items:
        file = publisher.describe_file(item.audio)
        if file is None or file.size != item.size:
            spoilt.append(item)
    if spoilt:
        raise PublishFailed(
            f"the database does not know {len(items)} episodes of the published feed, and of {len(spoilt)} of them the "
            f"sound is missing or has another length ({_some(item.audio for item in spoilt)}); restore the database "
            "by `briefing restore`, or put these files back"
        )


def _restored(publisher: Publisher, item: PublishedItem) -> Episode:
    try:
        return restore_episode(publisher, item)
    except UnreadableFeed as error:
        raise PublishFailed(
            f"{error}; restore the database by `briefing restore`, or mend the published files"
        ) from error


def _refuse_unknown_recordings(publisher: Publisher, known: Collection[EditionKey], why: str) -> None:
    """Raise `PublishFailed` for recordings of editions that are unknown: without feed nothing says what they are."""
    names = {f"{key.day}-{key.edition}" for key in known}
    unknown = sorted(
        name
        for name in publisher.names()
        if file_names.parse_audio_name(name) and file_names.edition_stem(name) not in names
    )
    if unknown:
        raise PublishFailed(
            f"{why}, and the database does not know {len(unknown)} recordings that lie there ({_some(unknown)}); "
            "restore the database by `briefing restore`, or move these files away"
        )


def _some(names: Sequence[str] | Iterator[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:MAX_NAMED]) + (" …" if len(listed) > MAX_NAMED else "")


def last_published(context: ShowContext, key: EditionKey) -> Episode | None:
    """Return the episode that listeners last got of an edition, also a withdrawn one."""
    history = context.store.episodes.list_history(key.show)
    return next((aired.episode for aired in history if aired.key == key), None)


def publish_stored(
    context: ShowContext, key: EditionKey | None = None, fresh: Episode | None = None, *, may_drop: int = 0
) -> tuple[Episode, ...]:
    """Publish what the store has on the air, with a fresh episode in the place of an earlier version.

    Returns the episodes left out because their sound is neither published nor at hand. `may_drop` is the number of other
    episodes whose leaving the air a person has agreed to.
    """
    with context.at_one_moment() as stored_state:
        history = stored_state.store.episodes.list_history(context.show.slug)
        standings = stored_state.store.editions.list_standings(context.show.slug)
    on_air = {aired.key: aired.episode for aired in history if aired.withdrawn is None}
    if key and fresh:
        on_air[key] = fresh
    off_air = {aired.key: aired.episode for aired in reversed(history) if aired.key not in on_air}
    stored = {
        key: episode for key, episode in on_air.items() if episode is fresh or not _expired(context, episode)
    }
    keys = {episode.guid: key for key, episode in stored.items()}
    withdrawn = {key: episode for key, episode in off_air.items() if not _expired(context, episode)}
    publication = publish.Publication(
        show=context.show,
        art=context.cover(),
        episodes=tuple(stored.values()),
        files=lambda episode: recordings_at_hand(context, keys[episode.guid], episode),
        now=context.now(),
        fresh=fresh,
        withdrawn=tuple(withdrawn.values()),
        retired=tuple(
            episode
            for key, episode in (on_air | off_air).items()
            if key not in stored and key not in withdrawn
        ),
        kept_off=frozenset(
            edition_guid(context.show.guid, standing.key)
            for standing in standings
            if standing.stage in DECIDED_OFF
        ),
        policy=context.policy,
        may_drop=may_drop,
    )
    return publish.publish_show(context.publisher(), publication)


def _expired(context: ShowContext, episode: Episode) -> bool:
    """Return True for episodes that are older than the show keeps them; fresh ones go out however old they are."""
    return context.keep is not None and episode.published <= context.now() - context.keep


def notify_hub(context: ShowContext) -> str:
    """Tell the show's hub, if it has one, that the feed has changed; return why that failed, or "".

    The episode is published without it: apps that nobody told poll.
    """
    show = context.show
    if show.hub:
        try:
            websub.notify_hub(show.hub, show.address + FEED, _post)
        except PublishFailed as error:
            return str(error)
    return ""


def _post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    try:
        return http_client.post(url, headers, body, HUB_LIMITS).status
    except SourceError as error:
        raise PublishFailed(f"the hub was not told: {error}") from error


def recordings_at_hand(context: ShowContext, key: EditionKey, episode: Episode) -> dict[str, Path]:
    """Return the recordings of an episode that lie in the working folder, by their published names."""
    names = {*publish.audio_names(episode)}
    at_hand: dict[str, Path] = {}
    for recording in context.store.recordings.list_recordings(key):
        for path in (master.path for master in (recording, *recording.others)):
            if names - at_hand.keys() and path.is_file():
                at_hand |= {published_name(key, path): path}
    return {name: path for name, path in at_hand.items() if name in names}
