"""Light tones as they are heard: f0 in twenty sentences that Kokoro says, light as we read them and in the first tone.

Each sentence begins with a word whose last syllable is light (消息), between voiceless consonants, so that its voice stands
apart. It is spoken twice, with the pinyin that the program gives and with a first tone there, and f0 is measured by
autocorrelation. A light syllable falls; a full one stays up. The sentences are made up.

    python bench/light_tones.py [SPEAKER]
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.render import SPEAKER, VOICE
from briefing import mandarin
from briefing.mandarin import segmenter
from briefing.model import is_han
from voices.engines.kokoro import Kokoro
from voices.model import Utterance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voices.model import Clip

SENTENCES: Final = (
    "消息传到了山里。", "先生从城里来。", "东西全都送到。", "休息才能恢复。", "衣服穿得很厚。",
    "事情处理得快。", "关系处得很好。", "知识传到村里。", "清楚才能放心。", "喜欢他的人多。",
    "时候差不多了。", "地方窄了一点。", "舒服才是要紧。", "告诉他们别急。", "打听出一个人。",
    "称呼他为老师。", "招呼他们进屋。", "功夫全在手上。", "意思大家都懂。", "故事传了百年。",
)  # fmt: skip
LIGHT = 1
"""Place of the light syllable in each of them."""
LOWEST, HIGHEST = 70.0, 420.0
"""Hz between which a voice's f0 is looked for."""
FRAME, STEP, SHORTEST = 0.040, 0.010, 5
"""Seconds of a frame and between frames; voiced frames of a syllable at least."""
VOICED = 0.45
"""Share of its own energy with which a voiced frame repeats itself."""


def speak(voice: Kokoro, text: str, *, full: bool) -> Clip:
    """Return a sentence as read by the program, or with its light syllable in the first tone."""
    pinyin = [syllable for char, syllable in zip(text, mandarin.pinyin(text), strict=True) if is_han(char)]
    if full:
        pinyin[LIGHT] = f"{pinyin[LIGHT][:-1]}1"
    words = tuple(token.word for token in segmenter.tokens(text))
    return voice.speak(Utterance(words, tuple(pinyin)))


def second_half(clip: Clip) -> float:
    """Return the median f0 in Hz of the second half of the light syllable."""
    samples = np.frombuffer(clip.pcm, dtype=np.int16).astype(np.float64)
    size, step = round(FRAME * clip.rate), round(STEP * clip.rate)
    starts = range(0, len(samples) - size, step)
    pitches = [frame_pitch(samples[start : start + size], clip.rate) for start in starts]
    runs = [list(run) for voiced, run in groupby(pitches, key=bool) if voiced]
    syllable = [run for run in runs if len(run) >= SHORTEST][LIGHT]
    return float(np.median(syllable[len(syllable) // 2 :]))


def frame_pitch(frame: NDArray[np.float64], rate: int) -> float:
    """Return the f0 of a frame in Hz, 0 where it is not voiced."""
    frame = (frame - frame.mean()) * np.hanning(len(frame))
    energy = float(frame @ frame)
    if energy < len(frame) * 100.0**2:
        return 0.0
    repeats = np.correlate(frame, frame, "full")[len(frame) - 1 :]
    low, high = round(rate / HIGHEST), round(rate / LOWEST)
    lag = low + int(repeats[low:high].argmax())
    return rate / lag if repeats[lag] > VOICED * energy else 0.0


def main(speaker: str = SPEAKER) -> None:
    """Print f0 in the second half of each light syllable, and how many are lower than the full one."""
    voice = Kokoro(VOICE, speaker)
    print(f"{'sentence':<20}{'light Hz':>10}{'full Hz':>10}")
    rows = [
        (second_half(speak(voice, text, full=False)), second_half(speak(voice, text, full=True)))
        for text in SENTENCES
    ]
    for text, (light, full) in zip(SENTENCES, rows, strict=True):
        print(f"{text:<20}{light:>10.0f}{full:>10.0f}")
    lights, fulls = (np.median(column) for column in zip(*rows, strict=True))
    lower = sum(light < full for light, full in rows)
    print(f"median {lights:.0f} and {fulls:.0f} Hz; light below full in {lower} of {len(rows)}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
