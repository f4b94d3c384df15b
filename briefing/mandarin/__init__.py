"""The Mandarin room: printed form → spoken form and pinyin, sentences and breaths, the lexicon.

read("重庆2023年GDP增长6.1%。").spoken  →  重庆二零二三年GDP增长百分之六点一。
"""

from __future__ import annotations

from briefing.mandarin.lexicon import Entry, Lexicon, add, entry, load
from briefing.mandarin.marks import pieces, strip
from briefing.mandarin.normalize import spoken, unknown
from briefing.mandarin.pronounce.sandhi import sandhi
from briefing.mandarin.pronounce.syllables import shown
from briefing.mandarin.reading import Doubt, Reading, misread, newsroom_lexicon, pinyin, read, respell
from briefing.mandarin.split import breaths, fitting, sentences

__all__ = [
    "Doubt",
    "Entry",
    "Lexicon",
    "Reading",
    "add",
    "breaths",
    "entry",
    "fitting",
    "load",
    "misread",
    "newsroom_lexicon",
    "pieces",
    "pinyin",
    "read",
    "respell",
    "sandhi",
    "sentences",
    "shown",
    "spoken",
    "strip",
    "unknown",
]
