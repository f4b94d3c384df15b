"""Notification of a WebSub hub that a feed has changed (W3C WebSub §6).

The hub tells its subscribers, so that their apps need not poll.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from feed.errors import PublishFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
ACCEPTED = range(200, 300)


class Post(Protocol):
    """HTTP POST. MUST raise `PublishFailed` without an answer, and MUST bound the wait for one."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send a body; return the status of the answer."""
        ...


def notify_hub(hub: str, feed: str, post: Post) -> None:
    """Tell the hub that the feed at this address has changed; raise `PublishFailed` if refused."""
    # Some hubs read the address from hub.url, as older drafts called it, and some from hub.topic.
    body = urlencode({"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}).encode()
    status = post(hub, HEADERS, body)
    if status not in ACCEPTED:
        raise PublishFailed(
            f"the hub {hub} answers {status}; the feed is out, and apps find it when they poll: check `publish.hub`"
        )
