"""Kokoro-82M, the offline voice: one ONNX model for all speakers, on the CPU. The home of onnxruntime.

Measured on 2 cores: two sentences at a time in single-threaded runs have a real-time factor of 0.33, one wide
session 0.51, so a run uses one thread and the chorus brings the sentences side by side. A session may be run
from several threads at once, so that one copy of the 92 MB serves all.
"""

from __future__ import annotations

import json
import re
import threading
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from voices import phonemes
from voices.errors import SpeechFailed, VoiceUnavailable
from voices.model import Clip

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voices.model import Utterance

RATE = 24_000
"""Hz; what the model makes."""

LONGEST = 510
"""Phonemes that the model takes in one call; a speaker's table of styles has as many rows."""

STYLE = 256
MODEL = "kokoro-v1.0.int8.onnx"

EDGE_LEVEL = 0.01
"""Share of full scale (−40 dB) below which the ends of a clip are silence: the pauses are the stitch's."""

EDGE_KEPT = 0.04
"""Seconds of that silence that stay, so that a first consonant and a last breath are whole."""

_loading = threading.Lock()


class Kokoro:
    """One speaker of the offline voice; `folder` holds the model, its config.json and voices/*.bin.

    `speed` 1 is the speaker's own pace, 1.2 a fifth faster. Raises `VoiceUnavailable` at the first sentence
    when a file is missing.
    """

    def __init__(self, folder: Path, speaker: str, speed: float = 1.0) -> None:
        self._folder = folder
        self._speaker = speaker
        self._speed = speed

    @property
    def identity(self) -> str:
        """Everything that changes the sound of an utterance."""
        return (
            f"{MODEL} {self._speaker} speed={self._speed} phonemes={phonemes.VERSION} "
            f"edge={EDGE_LEVEL}/{EDGE_KEPT} onnxruntime={onnxruntime.__version__}"
        )

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance, in several calls of the model when it is very long."""
        said = phonemes.of_words(utterance.words, utterance.pinyin)
        if not re.search(r"\w", said):
            raise SpeechFailed(f"there is nothing to say in {utterance.text!r}; remove the sentence")
        sound = np.concatenate([self._sound(piece) for piece in _pieces(said)])
        return Clip((np.clip(_trimmed(sound), -1, 1) * 32767).astype("<i2").tobytes(), RATE)

    def _sound(self, said: str) -> NDArray[np.float32]:
        session, vocabulary = _model(self._folder)
        tokens = [vocabulary[symbol] for symbol in said if symbol in vocabulary]
        style = _styles(self._folder, self._speaker)[len(tokens) - 1]
        feed = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": style,
            "speed": np.array([self._speed], dtype=np.float32),
        }
        try:
            sound: NDArray[np.float32] = session.run(None, feed)[0]
        except Exception as error:  # onnxruntime raises classes of its binary part that have no public base
            raise SpeechFailed(f"the model could not speak {said!r}: {error}; try another wording") from error
        return sound.reshape(-1)


def _pieces(said: str) -> list[str]:
    """Cut at punctuation, then at blanks, into pieces that the model takes."""
    if len(said) <= LONGEST:
        return [said]
    window = said[:LONGEST]
    cut = max(window.rfind(mark) for mark in (". ", "! ", "? ", "; ", ": ", ", "))
    cut = cut + 1 if cut > 0 else window.rfind(" ")
    cut = cut if cut > 0 else LONGEST
    return [said[:cut].strip(), *_pieces(said[cut:].strip())]


def _trimmed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without the silence at both ends, save a margin."""
    loud = np.flatnonzero(np.abs(sound) > EDGE_LEVEL)
    if not loud.size:
        return sound
    margin = round(EDGE_KEPT * RATE)
    return sound[max(0, loud[0] - margin) : loud[-1] + 1 + margin]


def _present(path: Path) -> Path:
    if not path.is_file():
        raise VoiceUnavailable(f"the offline voice lacks {path}; run `briefing fetch`")
    return path


def _model(folder: Path) -> tuple[onnxruntime.InferenceSession, dict[str, int]]:
    with _loading:
        return _loaded(folder)


@cache
def _loaded(folder: Path) -> tuple[onnxruntime.InferenceSession, dict[str, int]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    config = _present(folder / "config.json")
    session = onnxruntime.InferenceSession(
        _present(folder / MODEL), options, providers=["CPUExecutionProvider"]
    )
    return session, json.loads(config.read_text(encoding="utf-8"))["vocab"]


@cache
def _styles(folder: Path, speaker: str) -> NDArray[np.float32]:
    path = _present(folder / "voices" / f"{speaker}.bin")
    return np.fromfile(path, dtype="<f4").reshape(LONGEST, 1, STYLE)
