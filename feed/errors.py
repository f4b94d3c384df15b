"""Errors of publishing, as one tree.

FeedError
├── InvalidFeed     a show or an episode that no directory would take
├── UnreadableFeed  a feed that cannot be had, so that it cannot be checked
└── PublishFailed   a file that could not be put where listeners fetch it
"""

from __future__ import annotations


class FeedError(Exception):
    """Base of all errors of `feed`; its text is one sentence that a person can act on."""


class InvalidFeed(FeedError):  # noqa: N818 - the name says what is invalid
    """The show or one of its episodes breaks a rule of the directories."""


class UnreadableFeed(FeedError):  # noqa: N818 - the name says what happened
    """A file or an address gave nothing that could be checked."""


class PublishFailed(FeedError):  # noqa: N818 - the name says what happened
    """A file could not be published; what was on air still is."""
