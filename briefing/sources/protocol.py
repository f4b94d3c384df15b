"""The seam behind which every source stands, and what a source is given to work with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

from briefing.errors import SourceError
from briefing.sources.extracted_article import LONGEST_TITLE
from briefing.sources.text_normalizer import end_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from briefing.model import Article
    from briefing.net.resources import Fetched


class Source(Protocol):
    """Source of articles.

    An implementation MUST give each article a stable id, its printed moment (aware) or the moment at which it was
    fetched first, and text without markup; MUST give articles of the span only; and MUST raise
    `SourceError` for an input that it cannot read whole. It MAY give articles in any order.
    """

    def fetch(self, since: datetime, until: datetime) -> Iterable[Article]:
        """The articles published from `since` on and before `until`."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """Configuration of one source, and the means to read it.

    `name` is its slug; `path` and `url` say where it is (one of them means nothing for most kinds); days without a
    zone of their own are counted in `zone`; `match` is a pattern of the addresses of articles; at most `limit`
    articles are read at a time; `full_text` lets a feed's entries be completed from their pages; `headlines` keeps
    nothing but title and address; `licence` is the note that is printed with the credit. `get` fetches an address
    with the manners of this source; `now` is the clock. `first_met` tells when entries that bear no date were met first,
    by their names; without it they are met now.
    """

    name: str
    zone: ZoneInfo
    path: Path
    get: Callable[[str], Fetched]
    now: Callable[[], datetime]
    url: str = ""
    match: str = ""
    limit: int = 50
    full_text: bool = True
    headlines: bool = False
    licence: str = ""
    first_met: Callable[[Sequence[str]], Mapping[str, datetime]] | None = None
    poll_minutes: int = 20
    """Minutes between two looks at a source with an address."""


Reader: TypeAlias = "Callable[[Setup, datetime, datetime], Iterable[Article]]"
"""A kind of source: one function that gives the articles of a span; other packages add theirs (docs/sources.md)."""


def foreign(kind: str, reader: Reader) -> Reader:
    """A kind of source of another package: whatever fails in it becomes a trouble of the source."""

    def guarded(setup: Setup, since: datetime, until: datetime) -> Iterator[Article]:
        try:
            yield from (article for article in reader(setup, since, until) if article.is_within(since, until))
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(f"the source kind {kind!r} failed: {type(error).__name__}: {error}") from error

    return guarded


@dataclass(frozen=True, slots=True)
class Ready:
    """A kind of source with its setup: what the seam wants."""

    setup: Setup
    reader: Reader

    @property
    def is_remote(self) -> bool:
        """Return whether the source has an address, and is polled during the day."""
        return bool(self.setup.url)

    @property
    def poll_minutes(self) -> int:
        """Return the minutes between two looks at the source, while it works."""
        return self.setup.poll_minutes

    def fetch(self, since: datetime, until: datetime) -> Iterator[Article]:
        """The articles of the span, as the kind gives them, with the licence note; cut to headlines if so set."""
        for article in self.reader(self.setup, since, until):
            yield self._credited(article)

    def _credited(self, article: Article) -> Article:
        title = article.title[:LONGEST_TITLE]
        noted = replace(article, title=title, licence=article.licence or self.setup.licence)
        if not self.setup.headlines:
            return noted
        # The headline is all that may be told: it is the text, and the rest is not even kept.
        return replace(noted, paragraphs=(end_sentence(title),), sections=(), kicker="")
