"""Config → lexicons: how words are read, by default, in a show, and as editors have added."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.config import Config
    from briefing.mandarin import Lexicon

ADDED_WORDS = "lexicon.toml"
"""Words that editors have added, below the working folder."""


def load_lexicon(config: Config, slug: str | None, folder: Path) -> Lexicon:
    """Load the lexicon: the show's words win over ours, and words that editors added win over both.

    Raises `LexiconError` for a show's file that is missing and for any that is wrong.
    """
    # Loading what is known of Mandarin takes longer than most commands.
    from briefing import mandarin  # noqa: PLC0415 - see above
    from briefing.mandarin import lexicon  # noqa: PLC0415 - see above

    more = lexicon_files(config, slug, folder)
    return lexicon.load([lexicon.NEWSROOM_LEXICON, *more]) if more else mandarin.newsroom_lexicon()


def lexicon_files(config: Config, slug: str | None, folder: Path) -> list[Path]:
    """Return the files of words besides our own, the winning one last."""
    own = config.shows[slug].lexicon if slug else ""
    added = folder / ADDED_WORDS
    return ([config.base / own] if own else []) + ([added] if added.is_file() else [])


class WatchedLexicons:
    """Lexicons of the shows by slug; one whose files have changed is read again."""

    def __init__(self, config: Config, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._read: dict[str, tuple[object, Lexicon]] = {}

    def __call__(self, slug: str) -> Lexicon:
        """Return the lexicon of a show as its files are now."""
        stamps = [
            (path, path.stat().st_mtime_ns, path.stat().st_size)
            for path in lexicon_files(self._config, slug, self._folder)
            if path.is_file()
        ]
        if slug not in self._read or self._read[slug][0] != stamps:
            self._read[slug] = stamps, load_lexicon(self._config, slug, self._folder)
        return self._read[slug][1]
