"""The desk at 5:40: opening a long script, and from ▶ on a sentence that is new to its first sound, with the offline voice.

The server is a real one on loopback, warmed as `briefing serve` does. The first sound stands beside the whole sentence:
that is what an editor would wait for if the desk did not speak in breaths.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing import config, mandarin
from briefing.desk.auth import user_accounts
from briefing.desk.editing import preview
from briefing.editions import edition_decisions, gathering, stages, utterances
from briefing.editorial import script
from briefing.model import EditionKey, Kind, Segment, Sentence
from briefing.server import assembly
from briefing.storage import downloads
from briefing.storage.store import opened
from briefing.wiring.show_contexts import build_newsroom, build_show_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.editions.newsroom import Newsroom
    from briefing.editions.show_context import ShowContext
    from briefing.model import Rundown

KEY = EditionKey("demo", date(2023, 6, 9), "morning")
HERE = "/desk/editions/demo/2023-06-09/morning"
NAME, PASSWORD = "bench", "four words are enough"
SEGMENTS = 60
RUNS = 9
MOST_OPENING, MOST_SOUND = 0.3, 2.5
"""Seconds."""

SENTENCES = (
    "今天上午，全市组织了防汛演练，检验了应急队伍。",
    "记者从会上获悉，今年前五个月，新开工项目达到128个，总投资超过360亿元。",
    "6月5日，长沙市政协副主席率队来渝中区考察，了解母城文化保护传承和历史街区改造情况。",
    "下一步，有关部门将继续完善服务，让更多居民在家门口享受便利。",
    "据介绍，这条线路全长12.6公里，共设9座车站，预计明年年底通车。",
    "活动现场，志愿者为老人测量血压，讲解用药知识，受到大家欢迎。",
)
"""Made up, as long as those of a newspaper."""


class Silence:
    """Nobody is told how far it is."""

    def chose(self, chosen: Rundown) -> None:
        """Nothing."""

    def spoke(self, done: int, total: int) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""


def lengthened(context: ShowContext) -> None:
    """Save a script of sixty segments, made of the sample's stories."""
    draft = context.store.scripts.newest_script(KEY)
    said = script.parse(draft.text) if draft else sys.exit("the sample has no script")
    stories = [one for one in said.segments if one.kind is Kind.STORY]
    many = [replace(stories[at % len(stories)], id=f"story-{at}") for at in range(SEGMENTS)]
    extra = Segment("new", Kind.STORY, "新写的", context.anchors[0], tuple(map(Sentence, SENTENCES)))
    edition_decisions.save(
        context, KEY, script.dump(replace(said, segments=(*many[1:], extra))), base=1, author=NAME
    )


@contextmanager
def served(newsroom: Newsroom) -> Iterator[str]:
    """The desk on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(assembly.build_app(newsroom), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def entered(client: httpx.Client) -> None:
    """Sign in, and carry the proof from then on."""
    form = {"csrf": proof(client, "/desk/login"), "name": NAME, "password": PASSWORD, "next": "/desk/"}
    client.post("/desk/login", data=form)
    client.headers["x-csrf-token"] = proof(client, "/desk/")


def proof(client: httpx.Client, address: str) -> str:
    """What a page proves its requests with."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get(address).text)
    return found[1] if found else sys.exit(f"{address} has no proof")


def opening(client: httpx.Client) -> float:
    """Seconds until the script's page is there whole."""
    start = time.perf_counter()
    client.get(HERE).raise_for_status()
    return time.perf_counter() - start


def sounding(client: httpx.Client, anchor: str, text: str) -> float:
    """Seconds until the first samples of a sentence are there."""
    start = time.perf_counter()
    with client.stream("POST", "/desk/shows/demo/speech", json={"anchor": anchor, "text": text}) as answer:
        answer.raise_for_status()
        got = 0
        for chunk in answer.iter_bytes():
            got += len(chunk)
            if got > 44:  # noqa: PLR2004 - behind the header
                break
        return time.perf_counter() - start


def whole(context: ShowContext, anchor: str, text: str) -> float:
    """Seconds until the voice has spoken the sentence in one piece."""
    voice = context.voices[anchor]
    said = utterances.utterance(mandarin.read(text, context.lexicon), voice, context.lexicon)
    start = time.perf_counter()
    voice.speak(said)
    return time.perf_counter() - start


def furnished(folder: Path) -> None:
    """The sample's configuration in a folder, with a cache of its own that has the user's offline voice."""
    (folder / "cache").mkdir()
    for name in ("kokoro", "fonts"):
        (folder / "cache" / name).symlink_to(downloads.folder() / name)
    os.environ["BRIEFING_CACHE"] = str(folder / "cache")
    text = config.sample().read_text(encoding="utf-8")
    text = re.sub(r'path = "', f'path = "{config.sample().parent}/', text)
    (folder / "briefing.toml").write_text(text, encoding="utf-8")


def main() -> int:
    """Print what an editor waits for; exit status 1 when it is too long."""
    with tempfile.TemporaryDirectory() as scratch:
        furnished(Path(scratch))
        described = config.load(Path(scratch) / "briefing.toml")
        with opened(described.database, described.folder) as store:
            context = build_show_context(described, KEY.show, store, described.folder)
            gathering.gather(context, KEY, Silence())
            stages.draft(context, KEY, Silence())
            lengthened(context)
            user_accounts.add_account(store, NAME, "editor", PASSWORD, datetime.now(UTC))
            newsroom = build_newsroom(described, store, described.folder)
            preview.warm_voices(newsroom.contexts.values()).join()
            with served(newsroom) as address, httpx.Client(base_url=address, timeout=60) as client:
                entered(client)
                return printed(client, newsroom.show_context(KEY.show))


def printed(client: httpx.Client, context: ShowContext) -> int:
    """Measure and print; 1 when a limit is broken."""
    first = opening(client)
    opened_in = statistics.median(opening(client) for _ in range(RUNS))
    anchor, other = context.anchors
    waits = [(sounding(client, anchor, text), whole(context, other, text)) for text in SENTENCES]
    sound, piece = (statistics.median(column) for column in zip(*waits, strict=True))
    slowest = max(wait for wait, _ in waits)
    print(
        f"{'open a script of 60 segments':<36} {opened_in * 1000:6.0f} ms  (at most {MOST_OPENING * 1000:.0f} ms)"
    )
    print(f"{'… the first time':<36} {first * 1000:6.0f} ms")
    print(f"{'▶ on a new sentence: first sound':<36} {sound:6.2f} s   (at most {MOST_SOUND} s)")
    print(f"{'… the slowest of ' + str(len(waits)):<36} {slowest:6.2f} s")
    print(f"{'… the whole sentence in one piece':<36} {piece:6.2f} s")
    print(f"{'ratio of the first sound to it':<36} {sound / piece:6.2f}")
    return int(opened_in > MOST_OPENING or slowest > MOST_SOUND)


if __name__ == "__main__":
    sys.exit(main())
