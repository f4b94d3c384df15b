"""Light tones as they are heard: f0 at the end of twenty sentences that Kokoro says, light as we read them and full.

Each sentence ends with a word whose last syllable is light (朋友). It is spoken twice, with the pinyin that the program
gives and with the syllable's full tone, and f0 is measured by autocorrelation in the last voiced stretch. A light
syllable falls; a full one of the first or second tone stays up. The sentences are made up.

    python bench/light_tones.py [SPEAKER]
"""

from __future__ import annotations

import sys
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
    ("台上站着我的老朋友。", "you2"), ("主持人请上了孙先生。", "sheng1"), ("箱子里没有别的东西。", "xi1"),
    ("大家都在等她的消息。", "xi1"), ("医生叮嘱他多休息。", "xi1"), ("救援队送来了新衣服。", "fu2"),
    ("社区帮她办成了这件事情。", "qing2"), ("这和天气没有关系。", "xi1"), ("馆里讲的是防火的知识。", "shi2"),
    ("路牌上写得很清楚。", "chu2"), ("这座公园老人最喜欢。", "huan1"), ("那是他最忙的时候。", "hou2"),
    ("山里有一个好地方。", "fang1"), ("新车坐着更舒服。", "fu2"), ("孩子们都在看月亮。", "liang2"),
    ("有事可以到窗口打听。", "ting1"), ("两家人坐下来商量。", "liang2"), ("这门手艺要下功夫。", "fu1"),
    ("街坊们见面打招呼。", "hu1"), ("村里人都这样称呼。", "hu1"),
)  # fmt: skip
"""Each with its last syllable in a full tone that ends high, of whatever word."""
LOWEST, HIGHEST = 70.0, 420.0
"""Hz between which a voice's f0 is looked for."""
FRAME, STEP, TAIL = 0.040, 0.010, 8
"""Seconds of a frame and between frames; voiced frames at the end that are measured."""
VOICED = 0.45
"""Share of its own energy with which a voiced frame repeats itself."""


def speak(voice: Kokoro, text: str, last: str = "") -> Clip:
    """Return a sentence as read by the program, its last syllable said as `last` if that is given."""
    pinyin = [syllable for char, syllable in zip(text, mandarin.pinyin(text), strict=True) if is_han(char)]
    words = tuple(token.word for token in segmenter.tokens(text))
    return voice.speak(Utterance(words, (*pinyin[:-1], last or pinyin[-1])))


def end_pitch(clip: Clip) -> float:
    """Return the median f0 in Hz of the last voiced frames."""
    samples = np.frombuffer(clip.pcm, dtype=np.int16).astype(np.float64)
    size, step = round(FRAME * clip.rate), round(STEP * clip.rate)
    pitches = [
        frame_pitch(samples[start : start + size], clip.rate) for start in range(0, len(samples) - size, step)
    ]
    voiced = [pitch for pitch in pitches if pitch]
    return float(np.median(voiced[-TAIL:]))


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
    """Print f0 at the end of each sentence, and how many fall."""
    voice = Kokoro(VOICE, speaker)
    print(f"{'sentence':<24}{'light Hz':>10}{'full Hz':>10}")
    rows = [(end_pitch(speak(voice, text)), end_pitch(speak(voice, text, full))) for text, full in SENTENCES]
    for (text, _), (light, full) in zip(SENTENCES, rows, strict=True):
        print(f"{text:<24}{light:>10.0f}{full:>10.0f}")
    lights, fulls = (np.median(column) for column in zip(*rows, strict=True))
    print(
        f"median {lights:.0f} and {fulls:.0f} Hz; light below full in {sum(one < two for one, two in rows)} of {len(rows)}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:2])
