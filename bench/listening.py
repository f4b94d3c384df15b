"""Sound files for an A/B/X comparison by ear: the offline voice as it was (`quality = "fast"`) and as it is.

Ten made-up sentences by both default speakers; X is one of the two, and key.txt says which.

    python bench/listening.py FOLDER
"""

from __future__ import annotations

import random
import sys
import wave
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing import mandarin
from briefing.storage import downloads
from voices.engines.kokoro import Kokoro
from voices.model import Clip, Utterance

SPEAKERS = ("zf_xiaoxiao", "zm_yunyang")
SENTENCES = (
    "各位听众早上好，今天是六月九日，星期五。",
    "昨天下午，城南的新图书馆正式开放，第一天就来了三千多位读者。",
    "市教育局宣布，从九月起，全市小学的午餐费每天下调两元。",
    "受冷空气影响，今天夜里到明天白天，北部山区有小到中雨。",
    "女子排球队的训练从早上七点开始，一直到晚上九点。",
    "长江航道局提醒过往船只，大桥下面的水位比上周低了一米二。",
    "银行下调了存款利率，一年期的降到百分之一点六五。",
    "一位七十八岁的老人走失三天后，昨天在邻县被找到了。",
    "他们希望，这条铁路能让山里的孩子更快地走出来。",
    "以上就是今天的全部内容，感谢收听，我们明天再见。",
)
"""Made up."""


def speak_sentence(voice: Kokoro, text: str) -> Clip:
    """Speak a printed sentence."""
    reading = mandarin.read(text)
    return voice.speak(Utterance(reading.words, reading.pinyin))


def write_clip(path: Path, clip: Clip) -> None:
    """Write a clip as WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(clip.pcm)


def main() -> None:
    """Write A (as it was), B (as it is) and X for each sentence and speaker, and the key."""
    if len(sys.argv) < 2:  # noqa: PLR2004 - the program and its one argument
        print("no folder was named, so nothing is written; python bench/listening.py FOLDER")
        return
    folder, chance = Path(sys.argv[1]), random.Random(0)  # noqa: S311 - a game of listening
    folder.mkdir(parents=True, exist_ok=True)
    key = []
    for speaker in SPEAKERS:
        ways = [
            Kokoro(downloads.folder() / "kokoro", speaker, quality=quality) for quality in ("fast", "best")
        ]
        for number, text in enumerate(SENTENCES, 1):
            clips = [speak_sentence(voice, text) for voice in ways]
            drawn = chance.randrange(2)
            for name, clip in zip("ABX", (*clips, clips[drawn]), strict=True):
                write_clip(folder / f"{speaker}-{number:02}-{name}.wav", clip)
            key.append(f"{speaker}-{number:02}: X is {'AB'[drawn]}")
    (folder / "key.txt").write_text("\n".join(key) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
