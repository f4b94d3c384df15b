"""The lexicon beside the dictionary's longer words: it gives way, save where an entry says that it wins."""

from __future__ import annotations

from pathlib import Path

from pypinyin.constants import PHRASES_DICT

from briefing import mandarin
from briefing.mandarin.pronounce import choice, syllables

CHANGES = Path(__file__).parents[2] / "golden" / "lexicon_over_dictionary.tsv"
"""Every word of the dictionary that an entry changes: word, entry, the dictionary's reading, the entry's."""


def changes() -> list[str]:
    """Return a line for each word of three and more characters that the common lexicon reads otherwise."""
    lines = []
    for word in PHRASES_DICT:
        own = syllables.of_phrase(word) or ()
        if len(word) < 3 or len(own) != len(word):
            continue
        for start, entry in mandarin.newsroom_lexicon().matches(word, None, choice.dictionary_words(word)):
            was = own[start : start + len(entry.word)]
            if (
                entry.word != word
                and entry.pinyin
                and was != entry.pinyin
                and not set(entry.word) & {"一", "不"}
            ):
                lines.append("\t".join([word, entry.word, " ".join(was), " ".join(entry.pinyin)]))
    return sorted(lines)


def test_only_entries_that_win_change_a_word_of_the_dictionary() -> None:
    """What they change is listed, so that a new entry that is too wide is seen."""
    assert changes() == CHANGES.read_text(encoding="utf-8").splitlines()
