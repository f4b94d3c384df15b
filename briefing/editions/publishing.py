"""What a show has on the air → the world: one sender at a time, and all that listeners can fetch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.editions import lease
from briefing.editions.episodes import name_of
from briefing.errors import SourceError
from briefing.net import http_client
from feed.errors import PublishFailed
from feed.publishers import publish as transmitter
from feed.publishers import websub
from feed.rss.paging import FEED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from briefing.editions.context import Production
    from briefing.model import EditionKey
    from briefing.storage.store import Store
    from feed.model import Episode
    from feed.publishers.publish import Publisher

HUB = http_client.Limits(seconds=10.0, connect=5.0, size=64 * 1024)
"""What a hub may take."""


@contextmanager
def to_the_world(production: Production) -> Iterator[Production]:
    """A show that nobody else publishes meanwhile: its numbers are given one after the other."""
    with lease.held(production.store, f"publish-{production.show.slug}", production.now) as store:
        ours = _StillOurs(store, production.publisher())
        yield replace(production, store=store, publisher=lambda: ours)


class _StillOurs:
    """The show's publisher, as long as nobody else has taken the edition over: files know nothing of leases."""

    def __init__(self, store: Store, publisher: Publisher) -> None:
        self._store = store
        self._publisher = publisher

    def put(self, name: str, path: Path, content_type: str) -> str:
        """Publish a file; raises `LeaseLost` instead when this process slept and another one is at work."""
        lease.confirm(self._store)
        return self._publisher.put(name, path, content_type)

    def remove(self, name: str) -> None:
        """Take a file away; raises as `put`."""
        lease.confirm(self._store)
        self._publisher.remove(name)

    def names(self) -> frozenset[str]:
        """What is there."""
        return self._publisher.names()


def last(production: Production, key: EditionKey) -> Episode | None:
    """What listeners last got of an edition, also one that was withdrawn."""
    history = production.store.history(key.show)
    return next((one.episode for one in history if one.key == key), None)


def transmit(
    production: Production, key: EditionKey | None = None, fresh: Episode | None = None
) -> tuple[Episode, ...]:
    """Make the world see what the store has on the air, with a fresh episode in the place of an earlier version.

    Returns what had to be left out, since its sound is neither published nor at hand.
    """
    history = production.store.history(production.show.slug)
    on = {one.key: one.episode for one in history if one.withdrawn is None}
    before = on.get(key) if key else None
    if key and fresh:
        on[key] = fresh
    # What is asked for goes out, however old it is.
    since = production.now() - production.keep if production.keep else None
    kept = {key: one for key, one in on.items() if one is fresh or since is None or one.published > since}
    keys = {one.guid: key for key, one in kept.items()}
    off = {one.key: one.episode for one in reversed(history) if one.key not in on}
    airing = transmitter.Publication(
        show=production.show,
        art=production.cover(),
        episodes=tuple(kept.values()),
        files=lambda one: files(production, keys[one.guid], one),
        fresh=fresh,
        before=before,
        withdrawn=tuple(one for one in off.values() if since is None or one.published > since),
        policy=production.policy,
    )
    return transmitter.publish_show(production.publisher(), airing)


def announce(production: Production) -> str:
    """Tell the show's hub, if it has one, that there is news; returns why that failed, "" when it did not.

    What is on the air is there without it: apps that nobody told poll.
    """
    show = production.show
    if show.hub:
        try:
            websub.notify_hub(show.hub, show.address + FEED, _post)
        except PublishFailed as error:
            return str(error)
    return ""


def _post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    try:
        return http_client.post(url, headers, body, HUB).status
    except SourceError as error:
        raise PublishFailed(f"the hub was not told: {error}") from error


def files(production: Production, key: EditionKey, about: Episode) -> dict[str, Path]:
    """The recordings of an episode that are still at hand, by their published names."""
    wanted = {*transmitter.audio_names(about)}
    found: dict[str, Path] = {}
    for recording in production.store.recordings(key):
        for path in (one.path for one in (recording, *recording.others)):
            if wanted - found.keys() and path.is_file():
                found |= {name_of(key, path): path}
    return {name: path for name, path in found.items() if name in wanted}
