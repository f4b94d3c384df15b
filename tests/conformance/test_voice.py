"""One suite for every voice: what `voices.voice_protocol.Voice` promises, fakes and wrappers included.

The offline voice needs its files: `briefing fetch` brings them (`make test` does), and without them its cases
fail and say so. BRIEFING_KOKORO names another folder that holds them.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest

from briefing.storage import downloads
from tests.voices.edge_service import EdgeService, point, running
from tests.voices.fakes import Scripted
from tests.voices.speech_server import Server, serving
from voices import voice_protocol
from voices.engines import edge, kokoro, openai
from voices.engines.edge import Edge
from voices.engines.espeak import Espeak
from voices.engines.kokoro import Kokoro
from voices.engines.openai import OpenAI
from voices.engines.silent import Silent
from voices.errors import SpeechFailed, Stopped
from voices.model import Line, Millis, Utterance
from voices.phonemes import kokoro_phonemes
from voices.synthesis import synthesize, verify
from voices.synthesis.clip_cache import CachedVoice
from voices.synthesis.fallback import FallbackVoice
from voices.synthesis.verify import VerifiedVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voices.voice_protocol import Voice

KOKORO = Path(os.environ.get("BRIEFING_KOKORO") or downloads.folder() / "kokoro")

VOICES: dict[str, Callable[[Path], Voice]] = {
    "silent": lambda _folder: Silent(),
    "fake": lambda _folder: Scripted(),
    "checked": lambda _folder: VerifiedVoice(Silent()),
    "remembering": lambda folder: CachedVoice(Silent(), folder),
    "chain": lambda _folder: FallbackVoice([Silent(), Silent()]),
    "espeak": lambda _folder: Espeak(),
    "edge": lambda _folder: Edge("zh-CN-XiaoxiaoNeural"),
    "openai": lambda _folder: OpenAI(os.environ["OPENAI_HERE"], "alloy"),
    "kokoro zf_xiaoyi": lambda _folder: Kokoro(KOKORO, "zf_xiaoyi"),
    "kokoro zm_yunxi": lambda _folder: Kokoro(KOKORO, "zm_yunxi"),
}


@pytest.fixture(scope="module", autouse=True)
def services() -> Iterator[None]:
    """The services that some voices speak to, on loopback."""
    edge.forget_services()
    openai.shared_service.cache_clear()
    with (
        running(EdgeService()) as place,
        serving(Server()) as address,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        point(monkeypatch, place)
        monkeypatch.setenv("OPENAI_HERE", address)
        yield


@pytest.fixture(params=VOICES)
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Voice:
    """Each voice that there is."""
    return VOICES[request.param](tmp_path)


def said(words: str, pinyin: str) -> Utterance:
    """Words and syllables that stand between blanks."""
    return Utterance(tuple(words.split()), tuple(pinyin.split()))


GREETING = said("早上 好 ， 听众 。", "zao3 shang5 hao3 ting1 zhong4")

SENTENCES = (
    GREETING,
    said("好 。", "hao3"),
    said("重庆 GDP 增长 百分之六 点 一 。", "chong2 qing4 zeng1 zhang3 bai3 fen1 zhi1 liu4 dian3 yi1"),
    said("五G 和 OpenAI 、 Wi-Fi", "wu3 he2"),
    said("小孩儿 玩儿 得 高兴 ！", "xiao3 hai2 r5 wan2 r5 de5 gao1 xing4"),
    said("“ 开门 办 教育 ” ： 他 说 —— 行 吗 ？", "kai1 men2 ban4 jiao4 yu4 ta1 shuo1 xing2 ma5"),
    said("\u202e 晴\x07 天 <b> & 😀 \ufeff", "qing2 tian1"),
)
"""News, one syllable, letters, names, erhua, all marks, and what hostile text brings."""


@pytest.mark.parametrize(
    "utterance", SENTENCES, ids=lambda utterance: utterance.text.encode("unicode_escape").decode()
)
def test_a_sentence_is_said_whole(voice: Voice, utterance: Utterance) -> None:
    """The clip passes the proof that every clip has to pass."""
    clip = voice.speak(utterance)
    verify.verify_clip(utterance, clip)
    assert clip.duration > 0


def test_the_same_sentence_sounds_the_same(voice: Voice) -> None:
    """Two calls give the same samples, so that a clip which is made again changes no programme."""
    assert voice.speak(GREETING) == voice.speak(GREETING)


def test_the_pause_after_a_sentence_is_not_spoken(voice: Voice) -> None:
    """The pauses are the mix's."""
    paused = Utterance(GREETING.words, GREETING.pinyin, Millis(2000))
    assert voice.speak(paused) == voice.speak(GREETING)


def test_word_times_lie_in_the_clip_and_in_order(voice: Voice) -> None:
    """Where an engine gives them, each word ends before the next one begins."""
    clip = voice.speak(GREETING)
    times = [time for word in clip.words for time in (word.start, word.end)]
    assert times == sorted(times)
    assert all(0 <= time <= clip.duration for time in times)


@pytest.mark.parametrize("text", ["", "。", "……", "“”", "😀", " \t\u202e"])
def test_what_has_no_word_is_refused(voice: Voice, text: str) -> None:
    """Silence never stands for speech."""
    with pytest.raises(SpeechFailed, match="nothing to say"):
        voice.speak(Utterance((text,), ()))


def test_many_threads_may_speak_with_one_voice(voice: Voice) -> None:
    """Side by side each sentence sounds as it does alone."""
    alone = [voice.speak(utterance) for utterance in SENTENCES[:3]]
    with ThreadPoolExecutor(3) as executor:
        assert list(executor.map(voice.speak, SENTENCES[:3])) == alone


def test_the_identity_is_one_stable_line(voice: Voice) -> None:
    """It names the voice in the cache's key, before and after speaking."""
    before = voice.identity
    voice.speak(GREETING)
    assert (voice.identity, len(before.splitlines())) == (before, 1)


def test_a_voice_that_was_stopped_speaks_again(voice: Voice) -> None:
    """Stopping ends what is under way, and nothing else."""
    voice_protocol.stop_voice(voice)
    verify.verify_clip(GREETING, voice.speak(GREETING))


def test_the_offline_voice_ends_at_once() -> None:
    """More long sentences than cores: those that run and those that wait for a core are stopped, and none is spoken."""
    clause = said("重庆 增长 很快 ，", "chong2 qing4 zeng1 zhang3 hen3 kuai4")
    long = Utterance(clause.words * 15, clause.pinyin * 15)
    offline = Kokoro(KOKORO, "zf_xiaoyi")
    with ThreadPoolExecutor(4) as executor:
        running = {executor.submit(offline.speak, long) for _ in range(4)}
        while wait(running, timeout=0.05).not_done:
            offline.stop()
    assert {type(one.exception()) for one in running} == {Stopped}


@pytest.mark.parametrize("name", ["silent", "remembering", "edge", "openai"])
def test_a_thousand_sentences_come_in_order(name: str, tmp_path: Path) -> None:
    """Through the chorus, eight at a time, each as it sounds alone."""
    voice = VOICES[name](tmp_path)
    digits = "零一二三四五六七八九"
    texts = [f"第{digits[n // 100]}{digits[n // 10 % 10]}{digits[n % 10]}条" for n in range(1000)]
    lines = [Line("a", "a", said(text, "ma1 " * 5), text) for text in texts]

    with ThreadPoolExecutor(8) as executor:
        clips = synthesize.speak_lines(lines, {"a": voice}, executor)

    assert len(clips) == 1000
    assert [clips[n] for n in (0, 499, 999)] == [voice.speak(lines[n].utterance) for n in (0, 499, 999)]


@pytest.mark.parametrize("speaker", ["zf_xiaoyi", "zm_yunxi"])
def test_the_offline_voice_ends_without_silence(speaker: str) -> None:
    """At most 50 ms at either end are softer than −40 dBFS: the pauses are the mix's."""
    clip = Kokoro(KOKORO, speaker).speak(GREETING)
    loud = np.flatnonzero(np.abs(np.frombuffer(clip.pcm, "<i2").astype(int)) > 328)
    assert loud[0] <= 0.05 * clip.rate
    assert len(clip.pcm) // 2 - loud[-1] <= 0.05 * clip.rate


def test_a_sentence_longer_than_the_model_takes_is_said_to_the_end() -> None:
    """108 characters are more than 510 phonemes: several breaths, and all of it."""
    clause = said("重庆 增长 很快 ，", "chong2 qing4 zeng1 zhang3 hen3 kuai4")
    long = Utterance(clause.words * 18, clause.pinyin * 18)
    clip = Kokoro(KOKORO, "zf_xiaoyi").speak(long)
    verify.verify_clip(long, clip)
    assert 16_000 <= clip.duration <= 40_000


def test_the_fast_offline_voice_sounds_as_its_file_does_untouched() -> None:
    """Signed bytes change no sample beside a session with onnxruntime's defaults, all cores at once."""
    model, styles = kokoro.load_model(KOKORO, "fast"), kokoro.load_styles(KOKORO, "zf_xiaoyi")
    session = onnxruntime.InferenceSession(KOKORO / kokoro.MODEL, providers=["CPUExecutionProvider"])
    for utterance in SENTENCES[:4]:
        spoken = kokoro_phonemes.of_utterance(utterance)
        tokens = [model.vocabulary[symbol] for symbol in spoken if symbol in model.vocabulary]
        feed = {"tokens": np.array([[0, *tokens, 0]]), "style": styles[len(tokens) - 1]}
        ones = np.ones(len(tokens) + 2, dtype=np.float32)
        untouched = session.run(None, feed | {"speed": ones[:1]})[0]
        assert np.array_equal(
            model.session.run(["audio"], feed | {"speed": ones, "pitch": ones})[0], untouched
        )


def test_speed_is_heard() -> None:
    """At 1.25 the same sentence takes about four fifths of the time; the model rounds each phoneme, so no short one."""
    sentence = SENTENCES[2]
    normal, fast = (Kokoro(KOKORO, "zf_xiaoyi", speed).speak(sentence).duration for speed in (1.0, 1.25))
    assert fast / normal == pytest.approx(0.8, abs=0.08)
