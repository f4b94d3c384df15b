"""One file on a server: is it there, as long and of the type that its feed says, and right in itself?

`Ask` is the network: this room knows none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from feed import mp3_header
from feed.checker import check_feed, image_header
from feed.checker.rules import chapter_rules as ordered
from feed.checker.rules.finding import APPLE, P20, RSS, Finding, Spot, shown
from feed.checker.rules.item_rules import DISCLOSED
from feed.checker.rules.json_entries import entries
from feed.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

COVER = (1400, 3000)
"""Pixels of a side (Apple)."""

LARGEST_COVER = 20_000_000
LARGEST_TEXT = 5_000_000
LARGEST_SOUND = 20_000_000
"""Bytes; the last is iFlyOS's limit for sound."""

SAME = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}
APART = 2.0
"""Seconds that a sound may differ from what its feed says."""

SHORTEST, LONGEST = 10, 600
"""Seconds that Alexa plays; 叮当 has the same end."""

MADE = ("生成", "合成")
OK, PARTIAL, NOT_MODIFIED, NOT_SATISFIABLE = 200, 206, 304, 416


class Reply(NamedTuple):
    """What a server answered at the end of its redirects; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str
    seconds: float

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Ask(Protocol):
    """The network.

    An implementation MUST follow redirects and check every hop; MUST raise `Unreadable`, and nothing else, for an
    address that may not be asked or does not answer; MUST bound time; MUST be safe to call from several threads. Of
    content beyond `most` bytes it gives the beginning.
    """

    def __call__(self, method: str, url: str, headers: Mapping[str, str], most: int) -> Reply:
        """GET or HEAD."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a feed names: what a finding calls it, whose line it has, and where it is."""

    name: str
    line: int
    url: str

    def error(self, rule: str, message: str, cure: str, source: str) -> Finding:
        """A breach for which an app or a directory fails."""
        return Finding(rule, "error", self.name, message, cure, source, self.line)

    def warning(self, rule: str, message: str, cure: str, source: str) -> Finding:
        """A breach for which an app does less."""
        return Finding(rule, "warning", self.name, message, cure, source, self.line)


def fetched(ask: Ask, url: str) -> Reply:
    """The file at an address; raises `Unreadable` for any answer but the file."""
    reply = ask("GET", url, {}, check_feed.LARGEST + 1)
    if reply.status != OK:
        raise Unreadable(f"{url} answers {reply.status}; check the address")
    return reply


def asked(here: Place, job: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a job finds, and that its server cannot be asked, if it cannot."""
    try:
        yield from job()
    except Unreadable as error:
        yield here.error("unreachable", f"cannot be fetched: {error}", "let the server answer", RSS)


def cover(ask: Ask, here: Place) -> Iterator[Finding]:
    """Square, large enough, in colours that a directory takes, and of the type that its name says."""
    if (status := ask("HEAD", here.url, {}, 1).status) != OK:
        cure = "answer it as GET, without the body"
        yield here.error("cover-head", f"has a cover that answers HEAD by {status}", cure, APPLE)
    reply = ask("GET", here.url, {}, LARGEST_COVER)
    found = image_header.measured(reply.content) if reply.status == OK else None
    if found is None or found.format not in SAME:
        yield here.error("cover-picture", "has a cover that is no JPEG or PNG", "make it one", APPLE)
        return
    ending, kind = SAME[found.format]
    if not urlsplit(here.url).path.endswith(ending) or reply.kind != kind:
        cure = f"let it end in {ending}, served as {kind}"
        yield here.error("cover-type", f"has a cover that is {found.format} under another name", cure, APPLE)
    if found.width != found.height or not COVER[0] <= found.width <= COVER[1]:
        cure = f"make it square, {COVER[0]} to {COVER[1]} pixels"
        yield here.error("cover-size", f"has a cover of {found.width} × {found.height} pixels", cure, APPLE)
    if found.mode != "RGB":
        cure = "make it RGB without transparency"
        yield here.error("cover-colour", f"has a cover in {found.mode}", cure, APPLE)


def sound(ask: Ask, here: Place, at: Spot, one: Element) -> Iterator[Finding]:
    """The file is as long as the feed says, of its type, and can be had in parts."""
    head = ask("HEAD", here.url, {"Accept-Encoding": "identity"}, 1)
    if head.status != OK:
        yield here.error(
            "sound-head", f"has a sound that answers HEAD by {head.status}", "put it there", APPLE
        )
        return
    length, kind = one.get("length") or "", one.get("type") or ""
    if head.headers.get("content-length") != length:
        message = f"has a sound of {head.headers.get('content-length', 'unknown')} bytes, not {shown(length)}"
        yield here.error("sound-length", message, "write the file's bytes", APPLE)
    if head.kind != kind:
        yield here.error(
            "sound-type", f"has a sound that is served as {shown(head.kind)}", f"serve it as {kind}", APPLE
        )
    faults = list(_parts(ask, here, head))
    yield from faults
    said = ordered.seconds(at.text("itunes:duration") or "")
    if not faults and said and (heard := _seconds(ask, here, head)) and abs(heard - said) > APART:
        cure = f"write {round(heard)}"
        message = f"has a sound of {heard:.0f} s, not {said:g}"
        yield here.warning("sound-duration", message, cure, APPLE)


def _seconds(ask: Ask, here: Place, head: Reply) -> float | None:
    """How long an MP3 of an even rate is, by its size; None for any other."""
    plain = {"Accept-Encoding": "identity"}
    begin = ask("GET", here.url, plain | {"Range": f"bytes=0-{mp3_header.HEADER - 1}"}, mp3_header.HEADER)
    tags = mp3_header.tags(begin.content)
    frame = ask(
        "GET", here.url, plain | {"Range": f"bytes={tags}-{tags + mp3_header.FRAME - 1}"}, mp3_header.FRAME
    )
    rate, length = mp3_header.rate(frame.content), head.headers.get("content-length", "")
    return (int(length) - tags) * 8 / rate / 1000 if rate and length.isdigit() else None


def _parts(ask: Ask, here: Place, head: Reply) -> Iterator[Finding]:
    """Speakers seek and apps resume by Range."""
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


def _beside(ask: Ask, here: Place, one: Element, name: str) -> tuple[Reply, list[Finding]]:
    """A transcript or chapters: there, of the declared type, shared with web players."""
    reply, declared = ask("GET", here.url, {}, LARGEST_TEXT), one.get("type") or ""
    if reply.status != OK:
        return reply, [
            here.error(f"{name}-missing", f"has {name} that answers {reply.status}", "put it there", P20)
        ]
    found = []
    if reply.kind != declared:
        cure = f"serve it as {declared}"
        found.append(
            here.error(f"{name}-served", f"has {name} that is served as {shown(reply.kind)}", cure, P20)
        )
    if reply.headers.get("access-control-allow-origin") != "*":
        cure = "send Access-Control-Allow-Origin: *"
        found.append(here.warning(f"{name}-shared", f"has {name} that web players may not read", cure, P20))
    return reply, found


def transcript(ask: Ask, here: Place, at: Spot, one: Element) -> Iterator[Finding]:
    """A transcript is there, right, and says that a machine speaks where the feed says so."""
    reply, found = _beside(ask, here, one, "transcript")
    yield from found
    kind = {"text/vtt": "vtt", "application/x-subrip": "srt", "application/json": "transcript"}.get(
        one.get("type") or ""
    )
    if reply.status != OK or kind is None:
        return
    yield from within(here, check_feed.check_file(reply.content, kind))
    said = [txt.text for txt in at.every("podcast:txt") if txt.get("purpose") == "ai-content"]
    if kind == "vtt" and "true" in said and not _discloses(reply.content.decode("utf-8", "replace")):
        cure = "say it at the beginning or the end, such as 本节目由人工智能合成播报。"
        yield here.warning("ai-spoken", "does not say on the air that a machine speaks", cure, APPLE)


def _discloses(text: str) -> bool:
    """Whether the words that GB 45438-2025 wants are among the first or the last that are said."""
    blocks = text.strip().split("\n\n")
    edges = "\n".join([*blocks[:5], *blocks[-4:]])
    return bool(DISCLOSED.search(edges)) and any(word in edges for word in MADE)


def chapters(ask: Ask, here: Place, at: Spot, one: Element) -> Iterator[Finding]:
    """Chapters are there, right, and the same as those in the feed."""
    reply, found = _beside(ask, here, one, "chapters")
    yield from found
    if reply.status != OK:
        return
    faults = check_feed.check_file(reply.content, "chapters")
    yield from within(here, faults)
    known = ordered.starts(at)
    if faults or not known:
        return
    _, listed = entries(reply.content.decode(), "chapters", "chapter", P20)
    if not ordered.equal([start for one in listed if (start := one.number("startTime")) is not None], known):
        cure = "make all lists of one"
        yield here.warning(
            "chapters-differ", "has JSON chapters that are not its psc:chapters", cure, "AntennaPod"
        )


def within(here: Place, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings in a file that the feed names, called by its address."""
    for one in findings:
        yield one._replace(place=f"{here.url}: {one.place}")


def streamed(ask: Ask, here: Place, kind: str) -> Iterator[Finding]:
    """The sound that a speaker streams is there, and can be sought in."""
    head = ask("HEAD", here.url, {"Accept-Encoding": "identity"}, 1)
    if head.status != OK:
        yield here.error(
            "sound-head", f"has a sound that answers HEAD by {head.status}", "put it there", kind
        )
        return
    if not head.kind.startswith("audio/"):
        yield here.error(
            "sound-type", f"has a sound that is served as {shown(head.kind)}", "serve it as audio/mpeg", kind
        )
    length = head.headers.get("content-length", "")
    if kind == "iflyos" and length.isdigit() and int(length) > LARGEST_SOUND:
        yield here.error(
            "iflyos-large", f"has a sound of {length} bytes", f"keep it within {LARGEST_SOUND}", "iFlyOS"
        )
    faults = list(_parts(ask, here, head))
    yield from faults
    heard = None if faults or kind == "iflyos" else _seconds(ask, here, head)
    if heard and not SHORTEST <= heard <= LONGEST:
        cure = f"let it last {SHORTEST} s to {LONGEST // 60} minutes: make a short edition"
        yield here.error(f"{kind}-length", f"has a sound of {heard:.0f} s", cure, kind)
