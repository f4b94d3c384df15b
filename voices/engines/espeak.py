"""espeak-ng, the last resort: a program of the system that is tiny, and speaks whatever happens.

It is not beautiful and needs nothing: Debian and Ubuntu have it as `espeak-ng`, Homebrew as `espeak-ng`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from functools import cache
from typing import TYPE_CHECKING

from voices.audio import decode, dsp
from voices.errors import SpeechFailed, Stopped, VoiceUnavailable
from voices.model import PinyinSupport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voices.model import Clip, Delivery, Utterance

PROGRAM = "espeak-ng"

WORDS_A_MINUTE = 300
"""Its own measure of speed, which takes a syllable for a word: measured with 1.51, four and a half of them a second."""

LIMIT = 60
"""Seconds for one sentence; it takes hundredths of one."""

_UNSPEAKABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\[\]]"
)
"""Controls and invisible marks; brackets, since two of them begin phonemes in its own notation."""


class Espeak:
    """The program's Mandarin voice; `speed` 1 is a newsreader's pace."""

    obeys = PinyinSupport.SPELLING

    def __init__(self, speed: float = 1.0) -> None:
        self._rate = round(WORDS_A_MINUTE * speed)
        self._running: set[subprocess.Popen[bytes]] = set()
        self._changing = threading.Lock()

    @property
    def identity(self) -> str:
        """The program's version, language and pace, and how its sound is trimmed."""
        return f"{_program_version(shutil.which(PROGRAM))} cmn {self._rate} {dsp.TRIMMED}"

    def speak(self, utterance: Utterance) -> Clip:
        """Speak one utterance; raises as `Voice` says."""
        text = _UNSPEAKABLE.sub(" ", utterance.spelling)
        if not any(map(str.isalnum, text)):
            raise SpeechFailed("there is nothing to say; remove the sentence")
        return dsp.trim_silence(decode.decode_clip(self._run_program(text, utterance.delivery), PROGRAM))

    def stop(self) -> None:
        """End the program wherever it runs for this voice."""
        with self._changing:
            while self._running:
                self._running.pop().kill()

    def _run_program(self, text: str, delivery: Delivery) -> bytes:
        # By standard input: a sentence that begins with a hyphen is no option.
        rate = round(self._rate * delivery.speed)
        command = [find_program(), "-v", "cmn", "-s", str(rate), "-b", "1", "--stdin", "--stdout"]
        with _start_process(command) as process:
            with self._changing:
                self._running.add(process)
            try:
                sound = process.communicate(text.encode(), timeout=LIMIT)[0]
            except subprocess.TimeoutExpired as error:
                raise SpeechFailed(f"{PROGRAM} did not end within {LIMIT} s; try another wording") from error
            finally:
                process.kill()
                with self._changing:
                    stopped = process not in self._running
                    self._running.discard(process)
        if stopped:
            raise Stopped
        if process.returncode:
            raise SpeechFailed(
                f"{PROGRAM} ended with status {process.returncode}; is its Mandarin installed?"
            )
        return sound


def _start_process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the system's program, found by name
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise VoiceUnavailable(f"{command[0]} cannot be run ({error}); install {PROGRAM} again") from error


@cache
def _program_version(found: str | None) -> str:
    """Return name and version of the program in a path, as it tells them; the bare name when it tells nothing."""
    try:
        output = subprocess.run(  # noqa: S603 - the system's program, found by name
            [found or PROGRAM, "--version"], capture_output=True, timeout=LIMIT, check=False
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.SubprocessError):
        return PROGRAM
    match = re.search(r"\d+(?:\.\d+)+\S*", output)
    return f"{PROGRAM} {match[0]}" if match else PROGRAM


def find_program() -> str:
    """Return the path of the program; raises `VoiceUnavailable` when it is not installed."""
    path = shutil.which(PROGRAM)
    if not path:
        raise VoiceUnavailable(
            f"{PROGRAM} is not installed; install the package of that name, or use another voice"
        )
    return path
