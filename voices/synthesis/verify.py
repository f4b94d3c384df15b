"""Proof that speech is whole: a clip is checked before anybody hears or keeps it."""

from __future__ import annotations

import re
import statistics
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from voices import voice_protocol
from voices.errors import SpeechFailed, SpeechNotWhole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voices.model import Clip, PinyinSupport, Utterance
    from voices.voice_protocol import Voice

FASTEST, SLOWEST = 0.09, 0.60
"""Seconds a syllable. Newsreaders say 4 to 5 characters a second; the band leaves room for short sentences,
speed settings and the pauses at commas, and still catches a sentence that was cut in half."""

ALLOWANCE = 1.2
"""Seconds that a short sentence may be longer than its syllables."""

LETTER = 0.6
"""Syllables of a letter: it has a name (G-D-P), or is a part of a word, in whatever alphabet."""

_HAN = re.compile(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

QUIETEST = 0.01
"""Share of full scale that the loudest sample must reach."""

HOLE = 1.5
"""Seconds without sound inside a sentence that no reader would make."""

FLAT = 0.002
"""Share of samples at full scale beyond which sound was cut off there: a peak or two are no distortion."""

LATE = 0.3
"""Seconds that a word may be said to end after the sound: the services' times drift."""

NEWSREADER = 0.22
"""Seconds a syllable of a voice that nobody has measured yet."""

MEASURABLE = 8
"""Syllables from which on a sentence has a pace: a shorter one is mostly its first consonant and last breath."""

ENOUGH, REMEMBERED = 5, 60
"""Sentences after which a pace is known, and how many of the last ones count."""

QUICKER, SLOWER = 0.62, 1.8
"""How far a sentence may be from its voice's pace: half of one is beyond, the liveliest whole one within."""

ATTEMPTS = 2


class Pace:
    """Seconds a syllable that a voice takes: `expected` at first, then as it was measured."""

    def __init__(self, expected: float | None = None) -> None:
        self._expected = expected
        self._measured: deque[float] = deque(maxlen=REMEMBERED)
        self._learning = threading.Lock()

    def __reduce__(self) -> tuple[type[Pace], tuple[float | None]]:
        """Another process measures by itself."""
        return Pace, (self._expected,)

    def learn_pace(self, utterance: Utterance, clip: Clip) -> None:
        """Count a whole sentence in."""
        syllables = count_syllables(utterance)
        if syllables >= MEASURABLE:
            with self._learning:
                self._measured.append(clip.duration / 1000 / syllables)

    def duration_band(self, wanted: float) -> tuple[float, float]:
        """Return the shortest and the longest that a sentence of so many syllables can be, in seconds."""
        with self._learning:
            typical = statistics.median(self._measured) if len(self._measured) >= ENOUGH else self._expected
        if typical is None or wanted < MEASURABLE:
            return FASTEST * wanted, SLOWEST * wanted + ALLOWANCE
        return QUICKER * typical * wanted, SLOWER * typical * wanted + ALLOWANCE


class VerifiedVoice:
    """Voice whose every clip is whole, or an error."""

    def __init__(self, voice: Voice, pace: Pace | None = None) -> None:
        self._voice = voice
        self._pace = pace or Pace()

    def __reduce__(self) -> tuple[type[VerifiedVoice], tuple[Voice, Pace]]:
        """For another process."""
        return VerifiedVoice, (self._voice, self._pace)

    @property
    def identity(self) -> str:
        """The checked voice's own: checking changes no sound."""
        return self._voice.identity

    @property
    def obeys(self) -> PinyinSupport:
        """As the checked voice does."""
        return self._voice.obeys

    def speak(self, utterance: Utterance) -> Clip:
        """Speak and prove; raises what the voice raises, and `SpeechNotWhole`."""
        # One proof and one layer of retries a clip: a service is asked again by its own engine, which proves as well.
        if isinstance(self._voice, voice_protocol.SelfVerifying):
            return self._voice.speak(utterance)
        for _ in range(ATTEMPTS - 1):
            try:
                return self._speak_verified(utterance)
            except (SpeechFailed, SpeechNotWhole):
                continue
        return self._speak_verified(utterance)

    def stop(self) -> None:
        """End what the checked voice is speaking."""
        voice_protocol.stop_voice(self._voice)

    def warm(self) -> None:
        """Let the checked voice load what it needs."""
        voice_protocol.warm_voice(self._voice)

    def learn_clip(self, utterance: Utterance, clip: Clip) -> None:
        """Count in a sentence that the voice spoke, and that was proved, another day."""
        if isinstance(self._voice, voice_protocol.SelfVerifying):
            self._voice.learn_clip(utterance, clip)
        else:
            self._pace.learn_pace(utterance, clip)

    def _speak_verified(self, utterance: Utterance) -> Clip:
        clip = self._voice.speak(utterance)
        verify_clip(utterance, clip, self._pace)
        return clip


def verify_clip(utterance: Utterance, clip: Clip, pace: Pace | None = None) -> None:
    """Raise `SpeechNotWhole`, which says what is wrong, unless the clip can be the whole utterance.

    With a `pace`, the clip must keep to it, and counts from then on.
    """
    pace = pace or Pace()
    if fault := _word_fault(utterance, clip) or _sound_fault(utterance, clip, pace):
        raise SpeechNotWhole(f"{fault}; speak it again, or with another voice")
    pace.learn_pace(utterance, clip)


def count_syllables(utterance: Utterance) -> float:
    """Count the syllables of an utterance: one a Han character (none for an r of erhua), fewer a Latin letter."""
    letters = sum(map(str.isalpha, _HAN.sub("", utterance.text)))
    return sum(map(bool, utterance.pinyin)) + LETTER * letters


def _word_fault(utterance: Utterance, clip: Clip) -> str | None:
    """Return the fault of the words, where the engine says which it spoke when."""
    if not clip.words:
        return None
    spoken = "".join(word.text for word in clip.words)
    if _last_sound(spoken) not in {_last_sound(utterance.text), _last_sound(utterance.spelling)}:
        return f"the last word is missing after “{spoken[-8:]}”"
    if clip.words[-1].end > clip.duration + LATE * 1000:
        return f"the sound ends {(clip.words[-1].end - clip.duration) / 1000:.1f} s before the last word"
    return None


def _last_sound(text: str) -> str:
    """Return the last character that is heard."""
    return next((char.casefold() for char in reversed(text) if char.isalnum()), "")


def _sound_fault(utterance: Utterance, clip: Clip, pace: Pace) -> str | None:
    """Return the fault of the sound, or None."""
    sound = np.abs(np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32)) / 32768
    if sound.max(initial=0) < QUIETEST:
        return "there is no sound"
    seconds, expected = len(sound) / clip.rate, count_syllables(utterance)
    shortest, longest = pace.duration_band(expected)
    if not shortest <= seconds <= longest:
        return f"{seconds:.1f} s cannot be {expected:.0f} syllables"
    if np.mean(sound > 1 - 2 / 32768) > FLAT:
        return "the sound is clipped"
    hole = _longest_hole(sound, clip.rate)
    return f"there is a hole of {hole:.1f} s" if hole > HOLE else None


def _longest_hole(sound: NDArray[np.floating[Any]], rate: int) -> float:
    """Return the longest stretch in seconds without a loud sample, also at the ends."""
    loud = np.concatenate(([0], np.flatnonzero(sound >= QUIETEST), [len(sound)]))
    return float(np.diff(loud).max()) / rate
