"""The tables as the queries see them; the migrations make them, and a test compares the two."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

TABLES = sa.MetaData()


def table(
    name: str,
    *columns: str,
    json: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    blobs: tuple[str, ...] = (),
) -> sa.Table:
    """A table as the queries see it; the migrations are what makes it."""
    kinds: dict[str, Any] = dict.fromkeys(json, sa.JSON) | dict.fromkeys(numbers, sa.Integer)
    kinds |= dict.fromkeys(blobs, sa.LargeBinary)
    return sa.Table(name, TABLES, *(sa.Column(column, kinds.get(column, sa.String)) for column in columns))


KEY = ("show", "day", "edition")
SHOWS = table("shows", "slug", "guid")
ARTICLES = table("articles", "id", "source", "published", "body", json=("body",))
EDITIONS = table("editions", *KEY, "stage", "revision", numbers=("revision",))
POOL = table("edition_articles", *KEY, "position", "article", numbers=("position",))
SCRIPTS = table("scripts", *KEY, "revision", "text", "author", "saved", "note", numbers=("revision",))
RECORDINGS = table("recordings", *KEY, "revision", "body", json=("body",), numbers=("revision",))
EPISODES = table("episodes", *KEY, "guid", "number", "body", json=("body",), numbers=("number",))
NUMBERS = table("numbers", "show", "number", "guid", "published", numbers=("number",))
WITHDRAWALS = table("withdrawals", *KEY, "withdrawn", "why", "body", json=("body",))


COPIES = table(
    "copies", "key", "etag", "modified", "url", "type", "charset", "content", "kept", blobs=("content",)
)
SOURCES = table(
    "source_states", "name", "worked", "articles", "failed", "trouble", "polled", "failures",
    numbers=("articles", "failures"),
)  # fmt: skip
SOURCE_POOL = table("source_pool", "source", "article", "met")
DOWNLOADS = table("downloads", "show", "episode", "day", "times", numbers=("times",))
ENTRIES = table("undated_entries", "source", "entry", "met")
PUSHED = table("pushed_articles", "show", "article")
ALARMS = table("alarms", "name", "severity", "sentence", "since", "times", "told", numbers=("times",))
ACTS = table("acts", "id", *KEY, "act", "began", "ended", "outcome", "sentence", numbers=("id",))
SKIPS = table("skips", *KEY, "why", "detail", "decided")
WATCHED = table("watched", "show", "edition", "day")
LEASES = table("leases", "name", "owner", "place", "pid", "born", "taken", "until", numbers=("pid",))

PEOPLE = table("people", "name", "role", "secret", "made")
SESSIONS = table("sessions", "digest", "person", "made", "seen")
TOKENS = table("tokens", "name", "digest", "scopes", "made", json=("scopes",))
ATTEMPTS = table("login_attempts", "id", "of", "at", numbers=("id",))
AUDIT = table("audit", "id", "at", "who", "what", "about", "place", numbers=("id",))
MODEL_COSTS = table(
    "model_costs", *KEY, "requests", "tokens", "micro_yuan", "milliseconds", "unanswered", "trouble",
    numbers=("requests", "tokens", "micro_yuan", "milliseconds", "unanswered"),
)  # fmt: skip
VERIFIED = table("verified_sentences", *KEY, "digest", "text", "person", "at")
DRAFTS = table("drafts", "person", *KEY, "base", "body", "saved", json=("body",), numbers=("base",))
