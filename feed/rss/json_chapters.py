"""Chapters as JSON 1.2 of Podcasting 2.0 (podcast-namespace, docs/examples/chapters/jsonChapters.md)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feed import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feed.model import Chapter


def render_chapters(chapters: Sequence[Chapter]) -> str:
    """Return JSON with titles, starts in seconds, and links to sources."""
    items = [
        {"startTime": chapter.start.total_seconds(), "title": plain_text.single_line(chapter.title)}
        | ({"url": url} if (url := plain_text.safe_link(chapter.url)) else {})
        for chapter in chapters
    ]
    return json.dumps({"version": "1.2.0", "chapters": items}, ensure_ascii=False, indent=1)
