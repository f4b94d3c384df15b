"""The Podcasting 2.0 guid of a show."""

from __future__ import annotations

import re
import uuid

GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of podcast:guid (podcast-namespace, docs/tags/guid.md)."""


def podcast_guid(feed_url: str) -> str:
    """Return the guid that a feed's first address gives it; made once, then stored."""
    return str(uuid.uuid5(GUID_NAMESPACE, re.sub(r"^\w+://", "", feed_url).rstrip("/")))
