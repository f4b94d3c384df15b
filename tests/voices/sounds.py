"""Sounds that tests can compute with: bursts like syllables, tones, and lines to go with them."""

from __future__ import annotations

import numpy as np

from voices.audio import dsp
from voices.model import Clip, Line, Millis, Part, Tags, Utterance

RATE = 24_000
TAGS = Tags("标题", "编辑部", "每日简报", "2026-03-02", b"\xff\xd8\xff cover")


def speech(seconds: float, level: float, seed: int = 0, rate: int = RATE) -> Clip:
    """Something as rough as speech: noise in syllables of a fifth of a second, soft above 4 kHz."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * rate))
    soft = np.convolve(noise, np.hanning(rate // 4000 + 2), mode="same")
    syllables = 0.55 - 0.45 * np.cos(np.arange(len(noise)) / rate * 2 * np.pi * 5)
    return Clip(dsp.to_pcm(soft / soft.std() * syllables * level), rate)


def tone(seconds: float, level: float, hertz: float = 997, rate: int = RATE) -> Clip:
    """A sine; `level` is its peak as a share of full scale."""
    return Clip(dsp.to_pcm(level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)), rate)


def silence(seconds: float, rate: int = RATE) -> bytes:
    """PCM without sound."""
    return bytes(2 * round(seconds * rate))


def line(voice: str = "甲", pause: int = 0, printed: str = "好") -> Line:
    """A line of somebody."""
    return Line(voice, voice, Utterance(("好",), ("hao3",), Millis(pause)), printed)


def spoken(*voices: str) -> list[Part]:
    """A part a voice, each with one line."""
    return [Part(f"第{number}条", (line(voice),)) for number, voice in enumerate(voices, 1)]
