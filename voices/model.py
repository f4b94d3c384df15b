"""Types that flow through the package: an utterance becomes a clip, clips become a recording.

Standard library only. All times are whole milliseconds (`Millis`); all sound is mono 16-bit PCM.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from pathlib import Path

Millis = NewType("Millis", int)
"""A length or a point of time in whole milliseconds."""

SAMPLE_BYTES = 2
"""Bytes of one 16-bit sample."""


class PinyinSupport(StrEnum):
    """Ways in which an engine can be told to read a character in one way and no other."""

    PINYIN = "pinyin"
    """It is given the syllables."""
    SPELLING = "spelling"
    """It is given text, in which a character of the same sound stands for the one that it would misread."""
    NOTHING = "nothing"
    """It reads as it likes."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Manner of reading a sentence, beside its reader's usual one; an engine MAY leave out what it cannot do."""

    speed: float = 1.0
    """Factor on the reader's speed."""
    pitch: float = 1.0
    """Factor on the reader's pitch; 1.06 is a semitone higher."""
    falls: bool = False
    """Whether it ends lower and slower, as the last sentence of a story does."""


PLAIN = Delivery()
HEADLINE = Delivery(speed=0.96, pitch=1.04)
"""A headline: a little slower and higher than the stories."""
STORY_END = Delivery(falls=True)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence as it is to be spoken.

    `words` are the spoken form cut into words and punctuation; joined they are the sentence.
    `pinyin` has one syllable with tone digit (neutral is 5) for each Han character of the sentence,
    and '' for a 儿 whose r is in the syllable before it (wanr2).
    `pause_after` is the silence that follows, in milliseconds. `respelled` is the sentence for an engine that
    obeys spelling, where it is not the text itself; empty, it is. `delivery` is how it is read.
    """

    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    pause_after: Millis = Millis(0)
    respelled: str = ""
    delivery: Delivery = PLAIN

    @property
    def text(self) -> str:
        """The sentence in one piece."""
        return "".join(self.words)

    @property
    def spelling(self) -> str:
        """The sentence as an engine without pinyin is to get it."""
        return self.respelled or self.text


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance and who says it.

    `voice` names an entry of the voices at hand; `speaker` and `printed` are what a reader of the
    transcript sees: the anchor's name and the sentence as it is printed.
    """

    voice: str
    speaker: str
    utterance: Utterance
    printed: str


class Role(StrEnum):
    """Place of a part in the programme's shape: music plays under all but the stories."""

    OPENING = "opening"
    HEADLINES = "headlines"
    STORY = "story"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Part:
    """Stretch of the programme that is one chapter: a title, the lines spoken under it, a link to what it rests on."""

    title: str
    lines: tuple[Line, ...]
    role: Role = Role.STORY
    url: str = ""


@dataclass(frozen=True, slots=True)
class WordTime:
    """Word of a clip and when it is heard, counted from the clip's start."""

    text: str
    start: Millis
    end: Millis


@dataclass(frozen=True, slots=True)
class Clip:
    """Mono 16-bit little-endian PCM and its sample rate in Hz; word times where the engine gives them."""

    pcm: bytes
    rate: int
    words: tuple[WordTime, ...] = ()

    @property
    def duration(self) -> Millis:
        """Length of the sound, derived from the samples."""
        return Millis(round(len(self.pcm) // SAMPLE_BYTES * 1000 / self.rate))


@dataclass(frozen=True, slots=True)
class Cue:
    """Sentence, its speaker, and when it is heard, counted from the programme's start."""

    speaker: str
    text: str
    start: Millis
    end: Millis


@dataclass(frozen=True, slots=True)
class Chapter:
    """Title, the time at which its part of the programme starts, and a link where there is one."""

    title: str
    start: Millis
    url: str = ""


class Sound(StrEnum):
    """Sounds besides speech: the show's music, and the tone that says that all this is synthesised."""

    SIGNATURE = "signature"
    BED = "bed"
    STING = "sting"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Music:
    """Sound and when it is heard, counted from the programme's start."""

    sound: Sound
    start: Millis
    end: Millis


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags of a file; `cover` is a JPEG or PNG, `date` an ISO day.

    `aigc` is the label of synthesised sound that GB 45438-2025 asks for (`voices.audio.tags.aigc`); `number` is the
    episode's, `comment` says what is in it, `page` is its web page. Empty (0) is none.
    """

    title: str
    artist: str
    album: str
    date: str
    cover: bytes
    language: str = "chi"
    aigc: str = ""
    number: int = 0
    comment: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """Finished file and its measures.

    `size` is in bytes; `loudness` is integrated LUFS, `true_peak` dBTP and `loudness_range` LU (EBU Tech 3342), all
    measured after encoding with the dual-mono convention (a mono file played on two speakers). `others` are further
    masters of the same programme: for speakers, or in another format. `notes` are sentences for the listeners on how
    it was made, such as that another voice spoke than usual.
    """

    path: Path
    size: int
    duration: Millis
    loudness: float
    true_peak: float
    chapters: tuple[Chapter, ...]
    cues: tuple[Cue, ...]
    loudness_range: float = 0.0
    music: tuple[Music, ...] = ()
    others: tuple[Recording, ...] = ()
    notes: tuple[str, ...] = ()
