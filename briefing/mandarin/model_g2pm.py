"""What a small neural model thinks of polyphones that no phrase decides. Home of g2pM (Apache-2.0, numpy only)."""

from __future__ import annotations

import threading
import warnings
from typing import Any

_loading = threading.Lock()
_loaded: dict[str, Any] = {}

CHUNK = 200
"""Characters that are given to the model at once: it was trained on sentences, and is slow on long ones."""


def readings(text: str) -> list[str]:
    """One item a character: a syllable with tone digit, or the character itself where it has none."""
    with _loading:
        if not _loaded:
            with warnings.catch_warnings():
                # g2pM 0.1.2.5 leaves the files that it reads its weights from to the collector.
                warnings.simplefilter("ignore", ResourceWarning)
                from g2pM import G2pM  # noqa: PLC0415 - half a second, for texts with polyphones only

                _loaded["model"] = G2pM()
        model = _loaded["model"]
        said: list[str] = []
        for start in range(0, len(text), CHUNK):
            said += model(text[start : start + CHUNK], tone=True, char_split=True)
    return [syllable.replace("u:", "v") for syllable in said]
