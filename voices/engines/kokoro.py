"""Kokoro-82M, the offline voice: one ONNX model for all speakers, on the CPU. The home of onnxruntime.

Measured on 2 cores: two sentences at a time in single-threaded runs take four fifths of the time of one wide session,
which waits for its threads, so a run uses one thread and the chorus brings the sentences side by side. A session may
be run from several threads at once, so that one copy of the 92 MB serves all. What else is won is in `network`.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import onnxruntime

from voices.engines import kokoro_delivery
from voices.engines.kokoro_speakers import newsreader_pace
from voices.errors import SpeechFailed, Stopped, VoiceUnavailable
from voices.model import PLAIN, Clip, PinyinSupport
from voices.phonemes import kokoro_phonemes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from voices.model import Delivery, Utterance

RATE = 24_000
"""Hz; what the model makes."""

LONGEST = 510
"""Phonemes that the model takes in one call; a speaker's table of styles has as many rows."""

LEAST_STYLE = 50
"""The styles of fewer phonemes are far from the others: the voice of a very short sentence would be another one."""

STYLE = 256
MODEL = "kokoro-v1.0.int8.onnx"

EDGE_LEVEL = 0.01
"""Share of full scale (−40 dB) below which the ends of a clip are silence: the pauses are the stitch's."""

EDGE_KEPT = 0.04
"""Seconds of that silence that stay, so that a first consonant and a last breath are whole."""

BREATH = 510
"""Phonemes of one call, about five a character."""

REST = 0.2
"""Seconds of silence between two breaths of a sentence, besides what is kept at their ends."""

Quality = Literal["best", "fast"]
"""How much processor time the sound may cost."""

VERSION = 4
"""Of what is made of the network and its samples; part of the clips' key."""

_AGAIN = "delete it and run `briefing fetch`"

_loading = threading.Lock()

_at_once = threading.BoundedSemaphore(os.cpu_count() or 1)
"""A run fills a core: more runs than cores would only take memory, however many sentences are asked for."""


class Kokoro:
    """One speaker of the offline voice; `folder` holds the model, its config.json and voices/*.bin.

    `speed` 1 is a newsreader's pace, 1.2 a fifth faster. `quality` "fast" takes a tenth less time than
    "best" and sounds rougher, the women above all. Raises `VoiceUnavailable` at the first sentence when a file is
    missing.
    """

    obeys = PinyinSupport.PINYIN

    def __init__(self, folder: Path, speaker: str, speed: float = 1.0, quality: Quality = "best") -> None:
        self._folder = folder
        self._speaker = speaker
        self._speed = speed
        self._quality = quality
        self._running: set[onnxruntime.RunOptions] = set()
        self._changing = threading.Lock()

    def __reduce__(self) -> tuple[type[Kokoro], tuple[Path, str, float, Quality]]:
        """Another process runs and stops its own sentences."""
        return Kokoro, (self._folder, self._speaker, self._speed, self._quality)

    @property
    def identity(self) -> str:
        """Everything that changes the sound of an utterance."""
        return (
            f"{MODEL} {self._quality}/{VERSION} {self._speaker} speed={self._pace:.3f} "
            f"phonemes={kokoro_phonemes.VERSION} edge={EDGE_LEVEL}/{EDGE_KEPT} onnxruntime={onnxruntime.__version__}"
        )

    @property
    def _pace(self) -> float:
        """Speed as the model takes it."""
        return self._speed * newsreader_pace(self._speaker)

    def warm(self) -> None:
        """Load the model and the speaker; raises `VoiceUnavailable`."""
        load_styles(self._folder, self._speaker)
        load_model(self._folder, self._quality)

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance, a long one in several breaths; raises as `Voice` says."""
        styles = load_styles(self._folder, self._speaker)
        model = load_model(self._folder, self._quality)
        phonemes = split_breaths(kokoro_phonemes.of_utterance(utterance))
        with self._tracked_run() as run:
            breaths = [
                _trim_edges(model.run_network(breath, styles, self._pace, delivery, run))
                for breath, delivery in zip(
                    phonemes, _breath_deliveries(utterance, len(phonemes)), strict=True
                )
            ]
        return Clip(_to_pcm(_join_breaths(breaths)), RATE)

    def stop(self) -> None:
        """End each run at its next step, and those that wait for a core before their first."""
        with self._changing:
            for run in self._running:
                run.terminate = True

    @contextmanager
    def _tracked_run(self) -> Iterator[onnxruntime.RunOptions]:
        run = onnxruntime.RunOptions()
        with self._changing:
            self._running.add(run)
        try:
            yield run
        finally:
            with self._changing:
                self._running.discard(run)


def split_breaths(said: str) -> list[str]:
    """Halve, and halve again, at a mark near the middle, into pieces that the model speaks well."""
    if len(said) <= BREATH:
        return [said]
    cut = _near_middle(said, r"[.!?;:,…—] ")
    if cut is None and len(said) <= LONGEST:
        return [said]
    cut = cut or _near_middle(said, " ") or len(said) // 2
    halves = said[:cut].strip(), said[cut:].strip()
    return [breath for half in halves if re.search(r"\w", half) for breath in split_breaths(half)]


def _near_middle(said: str, pattern: str) -> int | None:
    """Return the end of the match that is nearest to the middle."""
    ends = (match.end() for match in re.finditer(pattern, said))
    return min(ends, key=lambda end: abs(end - len(said) // 2), default=None)


def _breath_deliveries(utterance: Utterance, breaths: int) -> list[Delivery]:
    """Return the delivery of each breath of a sentence: only the last one falls."""
    whole = utterance.delivery
    return [replace(whole, falls=False)] * (breaths - 1) + [whole]


def _join_breaths(breaths: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Join the breaths of a sentence with a comma's rest between them."""
    rest = np.zeros(round(REST * RATE), dtype=np.float32)
    return np.concatenate([piece for breath in breaths for piece in (rest, breath)][1:])


def _to_pcm(sound: NDArray[np.float32]) -> bytes:
    """Return 16-bit samples; a sentence whose peaks pass full scale is scaled, since cut peaks crackle."""
    scaled = sound / max(1.0, float(np.abs(sound).max(initial=0)))
    return (scaled * 32767).astype("<i2").tobytes()


def _trim_edges(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the sound without the silence at both ends, save a margin."""
    loud = np.flatnonzero(np.abs(sound) > EDGE_LEVEL)
    if not loud.size:
        return sound
    margin = round(EDGE_KEPT * RATE)
    return sound[max(0, loud[0] - margin) : loud[-1] + 1 + margin]


@dataclass(frozen=True, slots=True)
class Model:
    """The loaded network and the number of each phoneme; may be used by several threads at once."""

    session: onnxruntime.InferenceSession
    vocabulary: dict[str, int]

    def run_network(
        self,
        said: str,
        styles: NDArray[np.float32],
        speed: float,
        delivery: Delivery = PLAIN,
        run: onnxruntime.RunOptions | None = None,
    ) -> NDArray[np.float32]:
        """Return the samples of at most `LONGEST` phonemes, as the network gives them.

        Raises `SpeechFailed`, and `Stopped` when `run` was told to end.
        """
        said = "".join(symbol for symbol in said if symbol in self.vocabulary)
        tokens = [self.vocabulary[symbol] for symbol in said]
        feed = {
            "tokens": np.array([[0, *tokens, 0]], dtype=np.int64),
            "style": styles[max(len(tokens), LEAST_STYLE) - 1],
            "speed": kokoro_delivery.plan_speeds(said, speed, delivery),
            "pitch": kokoro_delivery.plan_pitches(said, delivery),
        }
        try:
            with _at_once:
                samples: NDArray[np.float32] = self.session.run(None, feed, run)[0]
        except Exception as error:  # onnxruntime's own classes have no public base
            if run and run.terminate:
                raise Stopped from error
            raise SpeechFailed(f"the model failed on {said!r}: {error}; try another wording") from error
        return samples.reshape(-1)


def load_model(folder: Path, quality: Quality = "best") -> Model:
    """Return this process's one model of a quality; raises `VoiceUnavailable` when it is missing or damaged."""
    with _loading:
        return _load_once(folder, quality)


@cache
def _load_once(folder: Path, quality: Quality) -> Model:
    from voices.engines import kokoro_graph  # noqa: PLC0415 - onnx is loaded with the model, not for clips that are remembered

    config = _existing_file(folder / "config.json")
    path = _existing_file(folder / MODEL)
    try:
        vocabulary = json.loads(config.read_text(encoding="utf-8"))["vocab"]
        with tempfile.TemporaryDirectory() as scratch:
            prepared = kokoro_graph.prepare_model(path, Path(scratch), _run_trial, repair=quality == "best")
            session = _open_session(prepared)
    except OSError as error:
        raise VoiceUnavailable(
            f"the offline voice in {folder} cannot be opened ({error}); free 100 MB of disk and see that it may be read"
        ) from error
    except Exception as error:  # onnxruntime's own classes have no public base
        raise VoiceUnavailable(f"the offline voice in {folder} is damaged ({error}); {_AGAIN}") from error
    return Model(session, vocabulary)


def _open_session(model: bytes | Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _run_trial(model: bytes, sound: NDArray[np.float32]) -> NDArray[np.int32]:
    """Run a trial of `kokoro_graph`: return the sums that a model makes of a sound."""
    sums: NDArray[np.int32] = _open_session(model).run(None, {"sound": sound})[0]
    return sums


@cache
def load_styles(folder: Path, speaker: str) -> NDArray[np.float32]:
    """Return the speaker's style for every number of phonemes, one row each; raises `VoiceUnavailable`."""
    path = folder / "voices" / f"{speaker}.bin"
    others = sorted(other.stem for other in path.parent.glob("*.bin"))
    if others and not path.is_file():
        raise VoiceUnavailable(f"there is no speaker {speaker!r}; there are {', '.join(others)}")
    styles = np.fromfile(_existing_file(path), dtype="<f4")
    if styles.size != LONGEST * STYLE:
        raise VoiceUnavailable(f"{path} is damaged; {_AGAIN}")
    return styles.reshape(LONGEST, 1, STYLE)


def _existing_file(path: Path) -> Path:
    if not path.is_file():
        raise VoiceUnavailable(f"the offline voice lacks {path}; run `briefing fetch`")
    return path
