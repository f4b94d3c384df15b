"""The checker of what a feed names, against a real server that does one thing wrong at a time."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from briefing.cli.checking.feed_probe import asker
from feed import file_names
from feed.checker import link_checks, probe
from feed.errors import UnreadableFeed
from feed.publishers.local_folder import FolderPublisher
from tests.feed.airing import on_air

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from feed.model import Episode, Show

ASK = asker(private=True)
SPOKEN = {"ai-spoken"}
"""Of the made-up episode nobody says that a machine speaks."""


def drawn(side: int = 1400, mode: str = "RGB", form: str = "JPEG") -> bytes:
    """A cover."""
    held = io.BytesIO()
    Image.new(mode, (side, side)).save(held, form)
    return held.getvalue()


@dataclass
class Wrong:
    """A server that does something wrong for the files with an ending: with headers, the status, or the request."""

    inner: ASGIApp
    ending: str
    headers: dict[str, str | None] = field(default_factory=dict)
    status: int = 0
    method: str = ""
    deaf: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer like the server inside, but for that."""
        if not scope["path"].endswith(self.ending) or self.method not in {"", scope["method"]}:
            await self.inner(scope, receive, send)
            return
        heard = [(name, value) for name, value in scope["headers"] if name.decode() != self.deaf]

        async def spoiling(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [
                    (name, value) for name, value in message["headers"] if name.decode() not in self.headers
                ]
                new = [
                    (name.encode(), value.encode())
                    for name, value in self.headers.items()
                    if value is not None
                ]
                message = {**message, "headers": kept + new, "status": self.status or message["status"]}
            await send(message)

        await self.inner({**scope, "headers": heard}, receive, spoiling)


class Stage:
    """A published show, its server, and what the checker says of it."""

    def __init__(
        self,
        root: Path,
        show: Show,
        episode: Episode,
        recording: Path,
        served: Callable[..., AbstractContextManager[str]],
    ) -> None:
        self.root, self.show, self.episode, self.recording, self.served = (
            root,
            show,
            episode,
            recording,
            served,
        )
        self.folder = root / "demo"

    def rules(
        self,
        wrong: Callable[[ASGIApp], ASGIApp] = lambda inner: inner,
        change: Callable[[Path], None] = lambda _folder: None,
        art: bytes | None = None,
        name: str = "feed.xml",
    ) -> set[str]:
        """The rules that are broken, when the server and the files are as they are made here."""
        with self.served(self.root, wrong) as address:
            here = replace(self.show, address=f"{address}demo/")
            folder = FolderPublisher(self.folder, here.address)
            on_air(folder, here, [self.episode], self.recording, art=art or drawn())
            change(self.folder)
            url = here.address + name
            kind = name.partition(".")[0].replace("feed", "podcast")
            found = link_checks.check_links(probe.fetch_file(ASK, url), url, kind, ASK, now=None, episodes=20)
        return {finding.rule for finding in found}


@pytest.fixture
def stage(
    tmp_path: Path,
    show: Show,
    first: Episode,
    recording: Path,
    served: Callable[..., AbstractContextManager[str]],
) -> Stage:
    """A show with one episode, its sound so that it begins like an MP3's."""
    recording.write_bytes(b"ID3" + recording.read_bytes()[3:])
    named = replace(first, audio=file_names.audio_name("2026-03-02-morning", recording))
    return Stage(tmp_path / "public", show, named, recording, served)


def test_what_we_publish_and_serve_has_no_fault(stage: Stage) -> None:
    """Our server answers everything that the checker asks."""
    assert stage.rules() == SPOKEN


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("feed-type", lambda inner: Wrong(inner, "feed.xml", {"content-type": "text/html"})),
        ("feed-vary", lambda inner: Wrong(inner, "feed.xml", {"vary": None})),
        ("feed-validator", lambda inner: Wrong(inner, "feed.xml", {"etag": None, "last-modified": None})),
        ("feed-unchanged", lambda inner: Wrong(inner, "feed.xml", deaf="if-none-match")),
        ("feed-head", lambda inner: Wrong(inner, "feed.xml", status=405, method="HEAD")),
        ("cover-head", lambda inner: Wrong(inner, ".jpg", status=405, method="HEAD")),
        ("cover-type", lambda inner: Wrong(inner, ".jpg", {"content-type": "image/png"})),
        ("cover-picture", lambda inner: Wrong(inner, ".jpg", status=404, method="GET")),
        ("sound-head", lambda inner: Wrong(inner, ".mp3", status=404)),
        ("sound-length", lambda inner: Wrong(inner, ".mp3", {"content-length": "40001"}, method="HEAD")),
        ("sound-type", lambda inner: Wrong(inner, ".mp3", {"content-type": "audio/mp3"}, method="HEAD")),
        ("sound-range", lambda inner: Wrong(inner, ".mp3", deaf="range")),
        ("sound-if-range", lambda inner: Wrong(inner, ".mp3", deaf="if-range")),
        ("sound-end", lambda inner: Wrong(inner, ".mp3", status=206, method="GET")),
        ("transcript-missing", lambda inner: Wrong(inner, ".vtt", status=404)),
        ("transcript-served", lambda inner: Wrong(inner, ".srt", {"content-type": "text/plain"})),
        ("transcript-shared", lambda inner: Wrong(inner, ".vtt", {"access-control-allow-origin": None})),
        ("chapters-missing", lambda inner: Wrong(inner, ".chapters.json", status=410)),
        (
            "chapters-served",
            lambda inner: Wrong(inner, ".chapters.json", {"content-type": "application/json"}),
        ),
        (
            "chapters-shared",
            lambda inner: Wrong(inner, ".chapters.json", {"access-control-allow-origin": None}),
        ),
    ],
)  # fmt: skip - a table of faults reads best one a line
def test_each_fault_of_a_server_is_found(
    stage: Stage, rule: str, wrong: Callable[[ASGIApp], ASGIApp]
) -> None:
    """One thing wrong is one finding."""
    # Who gives every answer as a part also sews downloads together; a transcript that is gone says nothing.
    also = {"sound-end": {"sound-if-range"}}.get(rule, set())
    assert stage.rules(wrong) - SPOKEN == {rule} | also


@pytest.mark.parametrize(
    ("rule", "art"),
    [
        ("cover-size", drawn(1399)),
        ("cover-size", drawn(3001)),
        ("cover-colour", drawn(mode="L")),
        ("cover-colour", drawn(mode="CMYK")),
        ("cover-type", drawn(form="PNG")),
        ("cover-picture", drawn(form="GIF")),
        ("cover-picture", b"\xff\xd8\xff no picture"),
    ],
)
def test_each_fault_of_a_cover_is_found(stage: Stage, rule: str, art: bytes) -> None:
    """Its name always ends in .jpg."""
    assert stage.rules(art=art) - SPOKEN == {rule}


def spoiled(ending: str, old: str, new: str) -> Callable[[Path], None]:
    """Changes the file with that ending behind the back of the feed."""

    def change(folder: Path) -> None:
        path = next(folder.glob(f"*{ending}"))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("rule", "ending", "old", "new"),
    [
        ("vtt-time", ".vtt", "00:00:00.400", "00:00:00,400"),
        ("chapters-differ", ".chapters.json", "8.25", "9.75"),
        ("chapters-order", ".chapters.json", "50.0", "5.0"),
        ("page-missing", "feed.xml", "<atom:link", '<atom:link rel="next" href="{here}none.xml"/><atom:link'),
        ("self-address", "feed.xml", "feed.xml", "other.xml"),
    ],
)
def test_each_fault_of_a_file_is_found(stage: Stage, rule: str, ending: str, old: str, new: str) -> None:
    """What lies beside the feed is checked by its own rules."""

    def change(folder: Path) -> None:
        here = (folder / "feed.xml").read_text().partition('href="')[2].partition("feed.xml")[0]
        spoiled(ending, old, new.replace("{here}", here))(folder)

    assert stage.rules(change=change) - SPOKEN == {rule}


def test_a_sound_that_is_no_mp3_is_found(stage: Stage) -> None:
    """A page that says "not found" with status 200 is as long as any other file."""

    def page(folder: Path) -> None:
        next(folder.glob("*.mp3")).write_bytes(b"<html>" + b" " * 39_994)

    assert stage.rules(change=page) - SPOKEN == {"sound-content"}


def test_pages_that_lead_in_a_circle_or_repeat_an_episode_are_found(stage: Stage) -> None:
    """Apps that follow them would never end."""

    def circle(folder: Path) -> None:
        feed = (folder / "feed.xml").read_text()
        here = feed.partition('href="')[2].partition("feed.xml")[0]
        link = '<atom:link rel="next" href="{}"/><atom:link'
        (folder / "feed.xml").write_text(feed.replace("<atom:link", link.format(f"{here}feed-2.xml"), 1))
        second = feed.replace("feed.xml", "feed-2.xml")
        (folder / "feed-2.xml").write_text(second.replace("<atom:link", link.format(f"{here}feed.xml"), 1))

    assert stage.rules(change=circle) - SPOKEN == {"page-loop", "page-repeats"}


def test_a_transcript_that_says_that_a_machine_speaks_is_enough(stage: Stage) -> None:
    """The words of GB 45438-2025 are among the first or the last."""
    stage.episode = replace(
        stage.episode,
        cues=(replace(stage.episode.cues[0], text="本节目由人工智能合成播报。"), *stage.episode.cues[1:]),
    )
    assert stage.rules() == set()


def lasting(stage: Stage, seconds: int, mark: bytes = b"Info") -> None:
    """Let the sound of the episode be so long, at 96 kbit/s behind a tag of a hundred bytes."""
    tag = b"ID3\x03\x00\x00\x00\x00\x00\x5a" + bytes(90)
    frame = (0xFFFB7064).to_bytes(4, "big") + bytes(32) + mark
    stage.recording.write_bytes(tag + frame + bytes(96_000 // 8 * seconds - len(frame)))
    stage.episode = replace(
        stage.episode,
        audio=file_names.audio_name("2026-03-02-morning", stage.recording),
        size=stage.recording.stat().st_size,
    )


@pytest.mark.parametrize(
    ("seconds", "mark", "found"),
    [
        (61, b"Info", set()),
        (90, b"Info", {"sound-duration"}),
        (58, b"Info", {"sound-duration"}),
        (90, b"Xing", set()),
    ],
)
def test_a_sound_that_is_longer_or_shorter_than_its_feed_says_is_found(
    stage: Stage, seconds: int, mark: bytes, found: set[str]
) -> None:
    """By its size, where its rate does not change."""
    lasting(stage, seconds, mark)
    assert stage.rules() - SPOKEN == found


@pytest.mark.parametrize(("seconds", "found"), [(9, {"alexa-length"}), (600, set()), (602, {"alexa-length"})])
def test_a_sound_that_alexa_does_not_play_is_found(stage: Stage, seconds: int, found: set[str]) -> None:
    """Ten seconds to ten minutes."""
    lasting(stage, seconds)
    assert stage.rules(change=alexa, name="alexa.json") == found


def alexa(folder: Path) -> None:
    """A feed for Alexa beside the podcast's."""
    audio = next(folder.glob("*.mp3")).name
    here = (folder / "feed.xml").read_text().partition('href="')[2].partition("feed.xml")[0]
    one = {"uid": "1", "updateDate": "2026-03-01T23:00:00Z", "titleText": "今天", "mainText": ""}
    (folder / "alexa.json").write_text(json.dumps([one | {"streamUrl": here + audio}]))


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (set(), lambda inner: inner),
        ({"sound-head"}, lambda inner: Wrong(inner, ".mp3", status=404)),
        ({"sound-type"}, lambda inner: Wrong(inner, ".mp3", {"content-type": "text/html"})),
        ({"sound-range"}, lambda inner: Wrong(inner, ".mp3", deaf="range")),
    ],
)
def test_the_sound_of_a_speakers_feed_is_asked_for(
    stage: Stage, found: set[str], wrong: Callable[[ASGIApp], ASGIApp]
) -> None:
    """A speaker seeks in what it streams."""
    assert stage.rules(wrong, alexa, name="alexa.json") == found


def test_nothing_is_fetched_from_this_network_unless_it_may() -> None:
    """A feed could name the machine's own services."""
    with pytest.raises(UnreadableFeed, match="--allow-private"):
        probe.fetch_file(asker(private=False), "http://127.0.0.1:1/feed.xml")


def test_an_address_without_a_feed_cannot_be_checked(stage: Stage) -> None:
    """The status is said."""
    stage.folder.mkdir(parents=True)
    with (
        stage.served(stage.root) as address,
        pytest.raises(UnreadableFeed, match="answers 404; check the address"),
    ):
        probe.fetch_file(ASK, f"{address}demo/feed.xml")


def test_a_server_that_is_gone_is_a_finding(stage: Stage) -> None:
    """The rest is still looked at."""

    def elsewhere(folder: Path) -> None:
        feed = (folder / "feed.xml").read_text()
        here = feed.partition('href="')[2].partition("demo/feed.xml")[0]
        name = next(folder.glob("*.vtt")).name
        (folder / "feed.xml").write_text(feed.replace(f"{here}demo/{name}", f"http://127.0.0.1:1/{name}"))

    assert stage.rules(change=elsewhere) == {"unreachable"}
