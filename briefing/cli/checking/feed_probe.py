"""How the checker of feeds asks servers: by our careful fetcher, its refusals and troubles as the checker's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.net import http_probe
from briefing.net.fetcher import AGENT
from briefing.net.http_client import Limits, Refused
from feed.checker.probe import Reply
from feed.errors import UnreadableFeed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feed.checker.probe import Ask

SECONDS = 20.0
"""What one server may take."""


def asker(*, private: bool) -> Ask:
    """The network for `feed.checker.link_checks`; `private` lets addresses be of this machine or network."""

    def ask(method: str, url: str, headers: Mapping[str, str], most: int) -> Reply:
        begun = time.monotonic()
        limits = Limits(seconds=SECONDS, size=most)
        try:
            final, answer = http_probe.ask(
                method, url, {"User-Agent": AGENT, **headers}, limits, private=private
            )
        except Refused as error:
            raise UnreadableFeed(f"{error}, --allow-private this check") from error
        except SourceError as error:
            raise UnreadableFeed(str(error)) from error
        return Reply(answer.status, answer.headers, answer.content, final, time.monotonic() - begun)

    return ask
