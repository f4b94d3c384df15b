"""What a small neural model thinks of polyphones that nothing else decides. Home of g2pM and of numpy here.

g2pM 0.1.2.5 (Park and Lee 2020, arXiv 2004.03136; Apache-2.0) ships the weights of a two-way LSTM of 32 units that was
trained on Wikipedia. Its own forward pass makes 20,000 characters a second, gives no probabilities and slows down
with long texts; this one has the input's share ready for every character and takes many clauses at a time.
"""

from __future__ import annotations

import pickle
import re
import threading
import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from briefing.errors import AssetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LONGEST = 120
"""Characters that are looked at in one piece: the model was trained on sentences."""

BATCH = 64
"""Pieces that are looked at together."""

_SENTENCE = re.compile(rf"[^。！？\n]{{1,{LONGEST}}}[。！？\n]?|[。！？\n]")
_BEGIN, _END, _UNKNOWN = "시", "끝", "<UNK>"
_HALF = np.float32(0.5)
_loading = threading.Lock()
_loaded: list[Model] = []


def likelihoods(text: str, places: Sequence[int]) -> dict[int, dict[str, float]]:
    """For each of these places, the readings that the model knows and their probabilities, which sum to 1.

    A character that it does not know as a polyphone is left out. Raises `AssetError` when the weights are not there.
    """
    return _model_of_process().likelihoods(text, places)


def known(char: str) -> tuple[str, ...]:
    """The readings of a character in CC-CEDICT, which the package brings: those of today, the commonest first."""
    return _model_of_process().known.get(char, ())


def all_known() -> Mapping[str, tuple[str, ...]]:
    """Every character that CC-CEDICT has, with its readings."""
    return _model_of_process().known


def _model_of_process() -> Model:
    with _loading:
        if not _loaded:
            _loaded.append(_load())
    return _loaded[0]


@dataclass(frozen=True)
class Model:
    """The weights: of the input and of the memory for both directions (forward, backward), and of the two last layers."""

    known: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    readings: Mapping[str, list[tuple[str, int]]]
    embeddings: Floats
    inputs: Floats
    biases: Floats
    memory: Floats
    hidden: tuple[Floats, Floats]
    last: tuple[Floats, Floats]

    @cached_property
    def given(self) -> Floats:
        """Return what each character gives to the gates, one row a direction, before the memory's share."""
        return np.stack([self.embeddings @ self.inputs[way].T + self.biases[way] for way in (0, 1)])

    def likelihoods(self, text: str, places: Sequence[int]) -> dict[int, dict[str, float]]:
        """As the module's function says."""
        asked_places = [index for index in places if text[index] in self.readings]
        indices = set(asked_places)
        pieces = [
            match.span() for match in _SENTENCE.finditer(text) if not indices.isdisjoint(range(*match.span()))
        ]
        pieces.sort(key=lambda span: span[1] - span[0])
        match: dict[int, dict[str, float]] = {}
        for start in range(0, len(pieces), BATCH):
            match.update(self._of_pieces(text, pieces[start : start + BATCH], indices))
        return match

    def _of_pieces(
        self, text: str, pieces: Sequence[tuple[int, int]], wanted: set[int]
    ) -> Iterator[tuple[int, dict[str, float]]]:
        states = self._states([text[start:end] for start, end in pieces])
        cells = [
            (row, index, start) for row, (start, end) in enumerate(pieces) for index in range(start, end)
        ]
        cells = [cell for cell in cells if cell[1] in wanted]
        # The sign of the beginning stands before the first character.
        scores = self._scores(
            states[[row for row, _, _ in cells], [index - start + 1 for _, index, start in cells]]
        )
        for (_, index, _), score in zip(cells, scores, strict=True):
            yield index, _shares(score, self.readings[text[index]])

    def _states(self, pieces: Sequence[str]) -> Floats:
        """The memory of both directions at every character: piece, character, 2 x units."""
        unknown = self.numbers[_UNKNOWN]
        rows = [[self.numbers.get(sign, unknown) for sign in (_BEGIN, *piece, _END)] for piece in pieces]
        size = max(map(len, rows))
        forward = np.array([row + [0] * (size - len(row)) for row in rows])
        backward = np.array([row[::-1] + [0] * (size - len(row)) for row in rows])
        memories = self._run(np.stack([self.given[0][forward], self.given[1][backward]]))
        turned = [
            np.concatenate([memories[1, number, len(row) - 1 :: -1], memories[1, number, len(row) :]])
            for number, row in enumerate(rows)
        ]
        return np.concatenate([memories[0], np.stack(turned)], axis=2)

    def _run(self, given: Floats) -> Floats:
        """The LSTM, both directions side by side; `given` is direction, piece, character, gates (in, forget, out, cell)."""
        ways, count, size, gates = given.shape
        units = gates // 4
        memory, cell = (np.zeros((ways, count, units), dtype=np.float32) for _ in range(2))
        scores = np.empty((size, ways, count, units), dtype=np.float32)
        for step in range(size):
            gate = np.tanh(given[:, :, step] + memory @ self.memory)
            # The logistic function by the hyperbolic tangent, of which the weights already hold the half.
            keep, forget, out = np.split(gate[..., : 3 * units] * _HALF + _HALF, 3, axis=2)
            cell = forget * cell + keep * gate[..., 3 * units :]
            memory = scores[step] = out * np.tanh(cell)
        return scores.transpose(1, 2, 0, 3)

    def _scores(self, states: Floats) -> Floats:
        weights, bias = self.hidden
        middle = np.maximum(states @ weights.T + bias, 0)
        weights, bias = self.last
        scores: Floats = middle @ weights.T + bias
        return scores


def _shares(scores: Floats, readings: Sequence[tuple[str, int]]) -> dict[str, float]:
    """The probabilities of a character's own readings."""
    own = scores[[number for _, number in readings]].astype(np.float64)
    weights = np.exp(own - own.max())
    return {
        reading: float(weight / weights.sum()) for (reading, _), weight in zip(readings, weights, strict=True)
    }


def _load() -> Model:
    try:
        with warnings.catch_warnings():
            # g2pM 0.1.2.5 leaves the files that it reads its weights from to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            from g2pM import G2pM  # noqa: PLC0415 - its weights are read when a text has polyphones, not before

            return _model(G2pM())
    except (ImportError, OSError, pickle.UnpicklingError, AttributeError) as error:
        raise AssetError(
            f"g2pM's weights cannot be read ({error}); install it again: pip install g2pM"
        ) from error


def _model(package: Any) -> Model:  # noqa: ANN401 - g2pM ships no types
    numbers = {_spelled(reading): number for number, reading in package.idx2class.items()}
    units = {
        char: tuple(dict.fromkeys(map(_spelled, readings)))
        for char, readings in package.cedict.items()
        if len(char) == 1
    }
    return Model(
        known=units,
        numbers=package.char2idx,
        readings={
            char: [(syllable, numbers[syllable]) for syllable in readings if syllable in numbers]
            for char, readings in units.items()
            if len(readings) > 1
        },
        embeddings=package.embeddings,
        inputs=_gates(package.weight_ih, package.weight_ih_reverse),
        biases=_gates(package.bias_ih + package.bias_hh, package.bias_ih_reverse + package.bias_hh_reverse),
        memory=_gates(package.weight_hh, package.weight_hh_reverse).transpose(0, 2, 1),
        hidden=(package.hidden_weight_l0, package.hidden_bias_l0),
        last=(package.hidden_weight_l1, package.hidden_bias_l1),
    )


def _gates(forward: Floats, backward: Floats) -> Floats:
    """Both directions' rows for the gates, in order in, forget, out, cell; the first three halved, see `_run`."""
    both = np.stack([forward, backward])
    keep, forget, cell, out = np.split(both, 4, axis=1)
    return np.concatenate([keep * _HALF, forget * _HALF, out * _HALF, cell], axis=1)


def _spelled(reading: str) -> str:
    """Ü is v, as everywhere in this room."""
    return reading.replace("u:", "v")
