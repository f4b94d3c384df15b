"""What a render costs beside the bare model: chorus, cache, mix and encoder, two workers, an edited sentence.

The sentences are those of the sample newspaper page that are as short as a script's. Everything is measured in one
run, in turns, so that what else the machine does falls on all alike; the rows below a line are ratios.

    python bench/render.py [SENTENCES]
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
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing import mandarin
from briefing.sources import newspaper_text
from briefing.storage import downloads
from voices.audio import rendering
from voices.engines import kokoro
from voices.engines.kokoro import Kokoro
from voices.model import Clip, Line, Part, Tags, Utterance
from voices.phonemes import kokoro_phonemes
from voices.synthesis import synthesize
from voices.synthesis.clip_cache import CachedVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE = Path(__file__).parents[1] / "seeds" / "yuzhong-2023-06-09.txt"
VOICE = downloads.folder() / "kokoro"
SPEAKER = "zf_xiaoxiao"
LONGEST = 45
"""Characters of a sentence that a script would have."""

TAGS = Tags("bench", "bench", "bench", "2023-06-09", b"\xff\xd8")


def sentences(count: int) -> list[Line]:
    """The first sentences of the page that could stand in a script, as lines."""
    page = newspaper_text.parse(
        PAGE.read_text(encoding="utf-8"), source="page", zone=ZoneInfo("Asia/Shanghai")
    )
    texts = [
        text
        for article in page.articles
        for paragraph in article.paragraphs
        for text in mandarin.sentences(paragraph)
        if len(text) <= LONGEST
    ]
    readings = map(mandarin.read, texts[:count])
    return [Line("a", "a", Utterance(one.words, one.pinyin), one.printed) for one in readings]


def bare(lines: Sequence[Line], workers: int) -> None:
    """Nothing but the network's runs, the longest sentence first as the chorus has it."""
    model, styles = kokoro.load_model(VOICE), kokoro.load_styles(VOICE, SPEAKER)
    said = [
        breath
        for line in sorted(lines, key=lambda line: len(line.utterance.text), reverse=True)
        for breath in kokoro.split_breaths(kokoro_phonemes.of_utterance(line.utterance))
    ]
    with ThreadPoolExecutor(workers) as executor:
        list(executor.map(lambda breath: model.run_network(breath, styles, 1.0), said))


def speak(lines: Sequence[Line], cache: Path, workers: int) -> Sequence[Clip]:
    """As the pipeline speaks: chorus, proof and cache."""
    voice = CachedVoice(Kokoro(VOICE, SPEAKER), cache)
    with ThreadPoolExecutor(workers) as executor:
        return synthesize.speak_lines(lines, {"a": voice}, executor)


def render(lines: Sequence[Line], cache: Path) -> None:
    """Speak with two workers, then mix, encode and measure."""
    rendering.render_programme(
        [Part("bench", tuple(lines))], speak(lines, cache, 2), cache / "bench.mp3", TAGS
    )


def edited(lines: Sequence[Line]) -> list[Line]:
    """The lines after an editor has changed one sentence of ordinary length."""
    changed = sorted(range(len(lines)), key=lambda place: len(lines[place].utterance.text))[len(lines) // 2]
    return [
        replace(line, utterance=_longer(line.utterance)) if place == changed else line
        for place, line in enumerate(lines)
    ]


def _longer(utterance: Utterance) -> Utterance:
    return Utterance(("今天", "，", *utterance.words), ("jin1", "tian1", *utterance.pinyin))


def seconds(task: Callable[[], object]) -> float:
    """Wall time."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def measure(lines: Sequence[Line], folder: Path) -> dict[str, float]:
    """Seconds of each way, the first three in turns over the halves of the lines."""
    ways: dict[str, Callable[[Sequence[Line]], object]] = {
        "bare model, two threads": lambda half: bare(half, 2),
        "chorus and cache, two workers": lambda half: speak(half, folder / "two", 2),
        "chorus and cache, one worker": lambda half: speak(half, folder / "one", 1),
    }
    took = dict.fromkeys(ways, 0.0)
    for half, order in ((lines[::2], list(ways)), (lines[1::2], list(ways)[::-1])):
        for way in order:
            took[way] += seconds(partial(ways[way], half))
    took["mix and encode (all spoken)"] = seconds(lambda: render(lines, folder / "two"))
    took["render after one edit"] = seconds(lambda: render(edited(lines), folder / "two"))
    took["chorus and cache, all remembered"] = seconds(lambda: speak(lines, folder / "two", 2))
    return took


def report(took: dict[str, float]) -> None:
    """The times, then the ratios and what they are to be."""
    for what, time_taken in took.items():
        print(f"{what:<36} {time_taken:8.2f} s")
    alone, two, one, mix, again, remembered = took.values()
    print("-" * 47)
    print(f"{'speech / bare model':<36} {two / alone:8.2f}     at most 1.15")
    print(f"{'first render / bare model':<36} {(two + mix) / alone:8.2f}     at most 1.15")
    print(f"{'one worker / two workers':<36} {one / two:8.2f}     at least 1.4")
    print(f"{'render after one edit / first render':<36} {again / (two + mix):8.1%}     at most 10 %")
    print(f"{'speech / speech remembered':<36} {two / remembered:8.0f}     at least 50")


def main() -> None:
    """Measure and print."""
    lines = sentences(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
    bare(lines[:2], 2)
    with tempfile.TemporaryDirectory() as name:
        took = measure(lines, Path(name))
    spoken = sum(len(line.utterance.pinyin) for line in lines)
    print(f"{len(lines)} sentences, {spoken} syllables, {SPEAKER}")
    report(took)


if __name__ == "__main__":
    main()
