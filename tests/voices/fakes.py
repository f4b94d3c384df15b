"""Voices that do what a test tells them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voices.engines.silent import Silent
from voices.model import Clip, Line, PinyinSupport, Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voices.voice_protocol import Voice

VOCABULARY = frozenset(
    ';:,.!?—…"()“” ̃ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐ'
    "ɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ"
)
"""The symbols of Kokoro 1.0, from the config.json of hexgrad/Kokoro-82M."""


def utterance(text: str) -> Utterance:
    """A sentence of one word, each letter of which counts as a Han character said "ma1"."""
    return Utterance((text,), ("ma1",) * sum(map(str.isalpha, text)))


def line(text: str, voice: str = "a") -> Line:
    """A sentence said by one anchor."""
    return Line(voice, f"anchor {voice}", utterance(text), text)


def clip(seconds: float, level: int = 1000, rate: int = 1000) -> Clip:
    """A steady sound."""
    return Clip(level.to_bytes(2, "little", signed=True) * round(seconds * rate), rate)


@dataclass
class Scripted:
    """Answers with what stands in `script` for a text, one item a call, then like `otherwise`."""

    script: Mapping[str, Sequence[Clip | BaseException]] = field(default_factory=dict)
    otherwise: Voice = field(default_factory=lambda: Silent(rate=1000))
    identity: str = "scripted"
    obeys: PinyinSupport = PinyinSupport.PINYIN
    asked: list[str] = field(default_factory=list)
    _asking: threading.Lock = field(default_factory=threading.Lock)

    def speak(self, utterance: Utterance) -> Clip:
        """Give or raise the next item."""
        with self._asking:
            turn = self.asked.count(utterance.text)
            self.asked.append(utterance.text)
        items = self.script.get(utterance.text, ())
        if turn >= len(items):
            return self.otherwise.speak(utterance)
        item = items[turn]
        if isinstance(item, BaseException):
            raise item
        return item
