"""An anchor's voices, one behind the other; and the reel on which an edition is laid down."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.voices.fakes import Scripted, clip, line, utterance
from voices.clip_store import Clips, ClipStore
from voices.engines.silent import Silent
from voices.errors import SpeechFailed, SpeechNotWhole, Stopped, VoiceUnavailable
from voices.model import Clip, PinyinSupport
from voices.synthesis import synthesize
from voices.synthesis.fallback import FallbackVoice, voices_of

SENTENCE = utterance("今天晴。")
FIRST, SECOND = clip(0.8, 1000), clip(0.8, 2000)


@pytest.mark.parametrize("error", [VoiceUnavailable("gone"), SpeechFailed("no"), SpeechNotWhole("half")])
def test_the_next_voice_speaks_when_one_cannot(error: Exception) -> None:
    """Sentence by sentence, as an editor tries them."""
    chain = FallbackVoice([Scripted({SENTENCE.text: [error]}), Scripted({SENTENCE.text: [SECOND]})])

    assert chain.speak(SENTENCE) == SECOND


def test_the_last_voice_s_error_is_the_chain_s() -> None:
    """Nobody is left to speak."""
    chain = FallbackVoice(
        [
            Scripted({SENTENCE.text: [SpeechFailed("first")]}),
            Scripted({SENTENCE.text: [SpeechFailed("last")]}),
        ]
    )

    with pytest.raises(SpeechFailed, match="last"):
        chain.speak(SENTENCE)


@pytest.mark.parametrize(
    ("kinds", "obeys"),
    [
        ((PinyinSupport.PINYIN, PinyinSupport.PINYIN), PinyinSupport.PINYIN),
        ((PinyinSupport.PINYIN, PinyinSupport.SPELLING), PinyinSupport.SPELLING),
        ((PinyinSupport.NOTHING, PinyinSupport.PINYIN), PinyinSupport.NOTHING),
    ],
)
def test_a_chain_is_given_what_its_neediest_voice_takes(
    kinds: tuple[PinyinSupport, PinyinSupport], obeys: PinyinSupport
) -> None:
    """Whoever takes pinyin does not mind a respelled text beside it."""
    assert FallbackVoice([Scripted(obeys=kind) for kind in kinds]).obeys is obeys


def test_a_voice_by_itself_is_a_chain_of_one() -> None:
    """The chorus asks every voice for its links."""
    voice = Silent()

    assert voices_of(voice) == (voice,)
    assert voices_of(FallbackVoice([voice, voice])) == (voice, voice)


def test_when_a_voice_fails_the_next_speaks_all_of_the_anchor_s_lines() -> None:
    """None of the other anchor's; the person is told once who speaks for whom, and why."""
    first = Scripted({"三": [SpeechFailed("withdrawn")]}, identity="first")
    chain = FallbackVoice([first, Scripted(otherwise=Silent(rate=1000, millis=300), identity="second")])
    other = Silent(rate=1000, millis=100)
    told: list[synthesize.ReplacedVoice] = []

    with ThreadPoolExecutor(2) as executor:
        lines = [line("一"), line("二二", "b"), line("三"), line("四四")]
        clips = synthesize.speak_lines(lines, {"a": chain, "b": other}, executor, on_replaced=told.append)

    assert [one.duration for one in clips] == [300, 200, 300, 600]
    assert [str(one) for one in told] == [
        "anchor a is spoken by second, because first failed: anchor a could not say “三”: withdrawn"
    ]


def test_a_reel_gives_back_what_it_took() -> None:
    """In any order, with its own rate."""
    reel = ClipStore()
    numbers = [reel.add_clip(one) for one in (FIRST, Clip(b"", 8000), SECOND)]

    assert [reel.read_clip(number) for number in reversed(numbers)] == [SECOND, Clip(b"", 8000), FIRST]
    assert list(Clips(reel, [2, 0])) == [SECOND, FIRST]
    assert Clips(reel, [2, 0, 1])[1:] == [FIRST, Clip(b"", 8000)]


def test_a_voice_that_was_stopped_is_not_followed_by_another() -> None:
    """Whoever stops a chain wants silence."""
    second = Scripted()
    with pytest.raises(Stopped):
        FallbackVoice([Scripted({"字": [Stopped()]}), second]).speak(utterance("字"))
    assert second.asked == []
