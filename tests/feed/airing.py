"""Putting a made-up show on the air."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feed.model import Show
from feed.publishers.publish import Publication, publish_show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feed.model import Episode
    from feed.publishers.publisher import Publisher

NOW = datetime(2026, 3, 4, tzinfo=UTC)
"""Later than the made-up episodes."""

COVER = b"\xff\xd8\xff made up"
SHOW = Show(
    slug="demo",
    title="每日简报",
    description="每天早上，用几分钟听完本地要闻。",
    address="https://example.com/demo/",
    author="每日简报编辑部",
    email="newsroom@example.com",
    guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
    copyright="© 每日简报编辑部",
    cover="cover-0123456789ab.jpg",
)
"""Its words are Chinese, its addresses ASCII."""


def on_air(
    publisher: Publisher,
    show: Show,
    episodes: Sequence[Episode],
    recording: Path,
    **more: Any,  # noqa: ANN401 - whatever else an airing says
) -> tuple[Episode, ...]:
    """Publish the episodes, of which the first is fresh and has this recording; returns those that are left out."""
    known = {episode.audio: recording for episode in episodes[:1]}
    airing = Publication(
        show, COVER, tuple(episodes), lambda _one: known, NOW, fresh=episodes[0] if episodes else None
    )
    return publish_show(publisher, replace(airing, **more))
