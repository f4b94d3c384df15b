"""What speaking side by side and remembering are worth, and what the offline voice makes of the machine.

Three tables, each measured in one run: the read-aloud service on loopback, which takes 400 ms for a sentence as the
real one does, asked one after the other and four at once, then remembered; and Kokoro through the chorus beside one
plain session with the options that kokoro-onnx uses (its defaults), on the same sentences, in turns.

    python bench/voices.py [SENTENCES-OF-KOKORO]
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.render import SPEAKER, VOICE, sentences
from tests.voices.edge_service import VOICES, EdgeService, point, running
from voices.engines import kokoro
from voices.engines.edge import Edge
from voices.engines.kokoro import Kokoro
from voices.engines.remote import Patience
from voices.model import Utterance
from voices.phonemes import kokoro_phonemes
from voices.synthesis import synthesize
from voices.synthesis.clip_cache import CachedVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voices.model import Line
    from voices.voice_protocol import Voice

DELAY = 0.4
SENTENCES = 60
TURN = 8
"""Sentences after which plain and ours change places: what else the machine does falls on both."""


def seconds(task: Callable[[], object]) -> float:
    """Wall time."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def speak(lines: Sequence[Line], voice: Voice, workers: int) -> None:
    """As the newsroom has it spoken."""
    with ThreadPoolExecutor(workers) as executor:
        synthesize.speak_lines(lines, {"a": voice}, executor)


def over_the_network(lines: Sequence[Line]) -> None:
    """One after the other, four at once, and remembered."""
    service = EdgeService(delay=DELAY)
    one, four = Patience(most=1), Patience(most=4)
    with (
        tempfile.TemporaryDirectory() as name,
        running(service) as place,
        pytest.MonkeyPatch.context() as patch,
    ):
        point(patch, place)
        Edge(VOICES[0]).speak(lines[0].utterance)
        alone = seconds(lambda: speak(lines, Edge(VOICES[0], patience=one), 8))
        voice = CachedVoice(Edge(VOICES[0], patience=four), Path(name))
        together = seconds(lambda: speak(lines, voice, 8))
        again = seconds(lambda: speak(lines, voice, 8))
    print(f"{len(lines)} sentences, a service that takes {DELAY * 1000:.0f} ms")
    print(f"{'one after the other':<36} {alone:8.2f} s")
    print(f"{'four at once, into the cache':<36} {together:8.2f} s")
    print(f"{'remembered':<36} {again:8.3f} s")
    print("-" * 47)
    print(f"{'one after the other / four at once':<36} {alone / together:8.2f}     at least 3.5")
    print(f"{'cold cache / warm cache':<36} {together / again:8.0f}     at least 50\n")


def longer(line: Line) -> Line:
    """The sentence after another one's beginning: a sentence of its own for the service."""
    said = line.utterance
    return replace(line, utterance=Utterance(("今天", "，", *said.words), ("jin1", "tian1", *said.pinyin)))


def offline(lines: Sequence[Line]) -> None:
    """The chorus beside a plain session, in turns."""
    plain = onnxruntime.InferenceSession(VOICE / kokoro.MODEL, providers=["CPUExecutionProvider"])
    styles, model = kokoro.load_styles(VOICE, SPEAKER), kokoro.load_model(VOICE)

    def bare(some: Sequence[Line]) -> None:
        for line in some:
            said = kokoro_phonemes.of_utterance(line.utterance)
            tokens = [model.vocabulary[symbol] for symbol in said if symbol in model.vocabulary]
            feed = {"tokens": np.array([[0, *tokens, 0]]), "style": styles[len(tokens) - 1]}
            plain.run(None, feed | {"speed": np.ones(1, dtype=np.float32)})

    voice = Kokoro(VOICE, SPEAKER)
    bare(lines[:1])
    speak(lines[:1], voice, 2)
    theirs = ours = 0.0
    for start in range(0, len(lines), TURN):
        some = lines[start : start + TURN]
        theirs += seconds(partial(bare, some))
        ours += seconds(partial(speak, some, voice, 8))
    print(f"{len(lines)} sentences offline, {SPEAKER}")
    print(f"{'plain session, its defaults':<36} {theirs:8.2f} s")
    print(f"{'chorus':<36} {ours:8.2f} s")
    print("-" * 47)
    print(f"{'plain / chorus':<36} {theirs / ours:8.2f}     at least 1.4")


def main() -> None:
    """Measure and print."""
    spoken = sentences(SENTENCES)
    over_the_network([*spoken, *map(longer, spoken)][:SENTENCES])
    offline(spoken[: int(sys.argv[1]) if len(sys.argv) > 1 else 24])


if __name__ == "__main__":
    main()
