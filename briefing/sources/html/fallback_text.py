"""What a general extractor takes for a page's text: the way out where the rules for Chinese pages find none."""

from __future__ import annotations

import logging


def text(markup: str) -> str:
    """The main text by trafilatura, its paragraphs joined by newlines; '' when it finds none."""
    import trafilatura  # noqa: PLC0415 - slower to load than a page to read, and nearly no page needs it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(markup, include_comments=False, include_tables=False, favor_recall=True) or ""
