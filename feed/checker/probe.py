"""Checks of one file on a server: presence, length, type and content.

`Ask` is the network; nothing else here knows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from feed import mp3_header
from feed.checker import channel_parser, check_feed, image_header
from feed.checker.rules import chapter_rules as ordered
from feed.checker.rules.finding import APPLE, P20, RSS, FeedNode, Finding, quote_value
from feed.checker.rules.item_rules import DISCLOSED
from feed.checker.rules.json_entries import read_entries
from feed.errors import UnreadableFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

COVER_PIXELS = (1400, 3000)
"""Pixels of a side (Apple)."""

MAX_COVER_BYTES = 20_000_000
MAX_TEXT_BYTES = 5_000_000
MAX_SOUND_BYTES = 20_000_000
"""Bytes; the last is iFlyOS's limit for sound."""

IMAGE_TYPES = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}
MAX_DIFFERENCE_SECONDS = 2.0
"""Seconds that a sound may differ from what its feed says."""

MIN_SECONDS, MAX_SECONDS = 10, 600
"""Seconds that Alexa plays; 叮当 has the same end."""

SYNTHESIS_WORDS = ("生成", "合成")
OK, PARTIAL, NOT_MODIFIED, NOT_SATISFIABLE = 200, 206, 304, 416


class Reply(NamedTuple):
    """Answer of a server after redirects; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str
    seconds: float

    @property
    def kind(self) -> str:
        """Media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Ask(Protocol):
    """The network.

    An implementation MUST follow redirects and check every hop; MUST raise `UnreadableFeed`, and nothing else, for an
    address that may not be asked or does not answer; MUST bound time; MUST be safe to call from several threads. Of
    content beyond `most` bytes it gives the beginning.
    """

    def __call__(self, method: str, url: str, headers: Mapping[str, str], most: int) -> Reply:
        """GET or HEAD."""
        ...


@dataclass(frozen=True, slots=True)
class LinkedPlace:
    """File that a feed names: its name in findings, its line in the feed, its URL."""

    name: str
    line: int
    url: str

    def error(self, rule: str, message: str, cure: str, source: str) -> Finding:
        """Return an error: an app or a directory fails over this."""
        return Finding(rule, "error", self.name, message, cure, source, self.line)

    def warning(self, rule: str, message: str, cure: str, source: str) -> Finding:
        """Return a warning: an app does less because of this."""
        return Finding(rule, "warning", self.name, message, cure, source, self.line)


def fetch_file(ask: Ask, url: str) -> Reply:
    """Fetch the file at an address; raise `UnreadableFeed` for any other answer."""
    reply = ask("GET", url, {}, channel_parser.MAX_FEED_BYTES + 1)
    if reply.status != OK:
        raise UnreadableFeed(f"{url} answers {reply.status}; check the address")
    return reply


def run_check(here: LinkedPlace, job: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a job; report a server that cannot be asked."""
    try:
        yield from job()
    except UnreadableFeed as error:
        yield here.error("unreachable", f"cannot be fetched: {error}", "let the server answer", RSS)


def check_cover(ask: Ask, here: LinkedPlace) -> Iterator[Finding]:
    """Check that a cover is square, large enough, RGB, and of the type of its name."""
    if (status := ask("HEAD", here.url, {}, 1).status) != OK:
        cure = "answer it as GET, without the body"
        yield here.error("cover-head", f"has a cover that answers HEAD by {status}", cure, APPLE)
    reply = ask("GET", here.url, {}, MAX_COVER_BYTES)
    header = image_header.read_header(reply.content) if reply.status == OK else None
    if header is None or header.format not in IMAGE_TYPES:
        yield here.error("cover-picture", "has a cover that is no JPEG or PNG", "make it one", APPLE)
        return
    ending, kind = IMAGE_TYPES[header.format]
    if not urlsplit(here.url).path.endswith(ending) or reply.kind != kind:
        cure = f"let it end in {ending}, served as {kind}"
        yield here.error("cover-type", f"has a cover that is {header.format} under another name", cure, APPLE)
    if header.width != header.height or not COVER_PIXELS[0] <= header.width <= COVER_PIXELS[1]:
        cure = f"make it square, {COVER_PIXELS[0]} to {COVER_PIXELS[1]} pixels"
        yield here.error("cover-size", f"has a cover of {header.width} × {header.height} pixels", cure, APPLE)
    if header.mode != "RGB":
        cure = "make it RGB without transparency"
        yield here.error("cover-colour", f"has a cover in {header.mode}", cure, APPLE)


def check_sound(ask: Ask, here: LinkedPlace, node: FeedNode, enclosure: Element) -> Iterator[Finding]:
    """Check that a sound has the stated length and type and can be fetched in parts."""
    head = ask("HEAD", here.url, {"Accept-Encoding": "identity"}, 1)
    if head.status != OK:
        yield here.error(
            "sound-head", f"has a sound that answers HEAD by {head.status}", "put it there", APPLE
        )
        return
    length, kind = enclosure.get("length") or "", enclosure.get("type") or ""
    if head.headers.get("content-length") != length:
        message = (
            f"has a sound of {head.headers.get('content-length', 'unknown')} bytes, not {quote_value(length)}"
        )
        yield here.error("sound-length", message, "write the file's bytes", APPLE)
    if head.kind != kind:
        yield here.error(
            "sound-type",
            f"has a sound that is served as {quote_value(head.kind)}",
            f"serve it as {kind}",
            APPLE,
        )
    faults = list(_check_ranges(ask, here, head))
    yield from faults
    stated_seconds = ordered.parse_seconds(node.text("itunes:duration") or "")
    if (
        not faults
        and stated_seconds
        and (real_seconds := _estimate_seconds(ask, here, head))
        and abs(real_seconds - stated_seconds) > MAX_DIFFERENCE_SECONDS
    ):
        cure = f"write {round(real_seconds)}"
        message = f"has a sound of {real_seconds:.0f} s, not {stated_seconds:g}"
        yield here.warning("sound-duration", message, cure, APPLE)


def _estimate_seconds(ask: Ask, here: LinkedPlace, head: Reply) -> float | None:
    """Estimate the length of an MP3 with a constant rate, in seconds; None for any other."""
    plain = {"Accept-Encoding": "identity"}
    begin = ask("GET", here.url, plain | {"Range": f"bytes=0-{mp3_header.HEADER - 1}"}, mp3_header.HEADER)
    tags = mp3_header.tag_size(begin.content)
    frame = ask(
        "GET", here.url, plain | {"Range": f"bytes={tags}-{tags + mp3_header.FRAME - 1}"}, mp3_header.FRAME
    )
    rate, length = mp3_header.bit_rate(frame.content), head.headers.get("content-length", "")
    return (int(length) - tags) * 8 / rate / 1000 if rate and length.isdigit() else None


def _check_ranges(ask: Ask, here: LinkedPlace, head: Reply) -> Iterator[Finding]:
    """Check Range requests, by which speakers seek and apps resume."""
    plain = {"Accept-Encoding": "identity"}
    part = ask("GET", here.url, plain | {"Range": "bytes=0-3"}, 4)
    if part.status != PARTIAL or not part.headers.get("content-range", "").startswith("bytes 0-3/"):
        cure = "let the server answer byte ranges"
        yield here.error("sound-range", f"has a sound that answers a Range by {part.status}", cure, APPLE)
        return
    if head.kind == "audio/mpeg" and not (part.content[:3] == b"ID3" or part.content[:1] == b"\xff"):
        yield here.error("sound-content", "has a sound that is no MP3", "put the recording there", APPLE)
    beyond = ask("GET", here.url, plain | {"Range": f"bytes={head.headers.get('content-length', 0)}-"}, 1)
    if beyond.status != NOT_SATISFIABLE:
        message = f"has a sound that answers a Range beyond its end by {beyond.status}"
        yield here.warning("sound-end", message, "answer 416", "Sonos")
    other = ask("GET", here.url, plain | {"Range": "bytes=0-3", "If-Range": '"of another file"'}, 4)
    if other.status != OK:
        cure = "answer 200 and the whole file when If-Range does not hold"
        message = "has a sound that sews a resumed download together from two files"
        yield here.warning("sound-if-range", message, cure, "AntennaPod")


def _fetch_beside(ask: Ask, here: LinkedPlace, element: Element, name: str) -> tuple[Reply, list[Finding]]:
    """Fetch a transcript or chapters; check presence, type and CORS."""
    reply, declared = ask("GET", here.url, {}, MAX_TEXT_BYTES), element.get("type") or ""
    if reply.status != OK:
        return reply, [
            here.error(f"{name}-missing", f"has {name} that answers {reply.status}", "put it there", P20)
        ]
    findings = []
    if reply.kind != declared:
        cure = f"serve it as {declared}"
        findings.append(
            here.error(f"{name}-served", f"has {name} that is served as {quote_value(reply.kind)}", cure, P20)
        )
    if reply.headers.get("access-control-allow-origin") != "*":
        cure = "send Access-Control-Allow-Origin: *"
        findings.append(
            here.warning(f"{name}-shared", f"has {name} that web players may not read", cure, P20)
        )
    return reply, findings


def check_transcript(ask: Ask, here: LinkedPlace, node: FeedNode, element: Element) -> Iterator[Finding]:
    """Check a transcript, and that it discloses synthetic speech if the feed does."""
    reply, findings = _fetch_beside(ask, here, element, "transcript")
    yield from findings
    kind = {"text/vtt": "vtt", "application/x-subrip": "srt", "application/json": "transcript"}.get(
        element.get("type") or ""
    )
    if reply.status != OK or kind is None:
        return
    yield from name_by_address(here, check_feed.check_file(reply.content, kind))
    ai_notices = [txt.text for txt in node.all_children("podcast:txt") if txt.get("purpose") == "ai-content"]
    if kind == "vtt" and "true" in ai_notices and not _discloses_ai(reply.content.decode("utf-8", "replace")):
        cure = "say it at the beginning or the end, such as 本节目由人工智能合成播报。"
        yield here.warning("ai-spoken", "does not say on the air that a machine speaks", cure, APPLE)


def _discloses_ai(text: str) -> bool:
    """Return True if the first or last cues have the disclosure that GB 45438-2025 wants."""
    blocks = text.strip().split("\n\n")
    edges = "\n".join([*blocks[:5], *blocks[-4:]])
    return bool(DISCLOSED.search(edges)) and any(word in edges for word in SYNTHESIS_WORDS)


def check_chapters(ask: Ask, here: LinkedPlace, node: FeedNode, element: Element) -> Iterator[Finding]:
    """Check that JSON chapters are there, right, and the same as those in the feed."""
    reply, findings = _fetch_beside(ask, here, element, "chapters")
    yield from findings
    if reply.status != OK:
        return
    faults = check_feed.check_file(reply.content, "chapters")
    yield from name_by_address(here, faults)
    stated_starts = ordered.simple_starts(node)
    if faults or not stated_starts:
        return
    _, listed = read_entries(reply.content.decode(), "chapters", "chapter", P20)
    if not ordered.same_starts(
        [start for entry in listed if (start := entry.number_field("startTime")) is not None], stated_starts
    ):
        cure = "make all lists of one"
        yield here.warning(
            "chapters-differ", "has JSON chapters that are not its psc:chapters", cure, "AntennaPod"
        )


def name_by_address(here: LinkedPlace, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings on a linked file, named by its address."""
    for finding in findings:
        yield finding._replace(place=f"{here.url}: {finding.place}")


def check_stream(ask: Ask, here: LinkedPlace, kind: str) -> Iterator[Finding]:
    """Check that a speaker's sound is there and seekable."""
    head = ask("HEAD", here.url, {"Accept-Encoding": "identity"}, 1)
    if head.status != OK:
        yield here.error(
            "sound-head", f"has a sound that answers HEAD by {head.status}", "put it there", kind
        )
        return
    if not head.kind.startswith("audio/"):
        yield here.error(
            "sound-type",
            f"has a sound that is served as {quote_value(head.kind)}",
            "serve it as audio/mpeg",
            kind,
        )
    length = head.headers.get("content-length", "")
    if kind == "iflyos" and length.isdigit() and int(length) > MAX_SOUND_BYTES:
        yield here.error(
            "iflyos-large", f"has a sound of {length} bytes", f"keep it within {MAX_SOUND_BYTES}", "iFlyOS"
        )
    faults = list(_check_ranges(ask, here, head))
    yield from faults
    real_seconds = None if faults or kind == "iflyos" else _estimate_seconds(ask, here, head)
    if real_seconds and not MIN_SECONDS <= real_seconds <= MAX_SECONDS:
        cure = f"let it last {MIN_SECONDS} s to {MAX_SECONDS // 60} minutes: make a short edition"
        yield here.error(f"{kind}-length", f"has a sound of {real_seconds:.0f} s", cure, kind)
