"""Packages of XML (DOCX, ODT, EPUB, OFD) read under limits: bounded members, bounded elements, no declared entities."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from briefing.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes that a package may unpack to; text is small, pictures are not read."""
MAX_MEMBER: Final = 24 * 1024 * 1024
"""Bytes of the largest member that is read."""
MAX_MEMBERS: Final = 5_000
MAX_PARAGRAPHS: Final = 5_000
"""Paragraphs of a document; a day's paper of a hundred pages has some 4,000. More are refused while reading."""
MAX_ELEMENTS: Final = 1_000_000


class Package:
    """An opened package; raises `SourceError` for one that is broken, too large, or lies about its size."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise SourceError("the file is a broken ZIP, DOCX or EPUB; save it again") from error
        if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise SourceError("the file unpacks to more than a text has; save it without pictures")
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; b"" for one that is not there."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as member:
                content = member.read(MAX_MEMBER + 1)
        except Exception as error:
            # Broken and encrypted members fail with any error of zlib, zipfile or the file system.
            raise SourceError(
                f"the file cannot be read as {self.kind} ({type(error).__name__}); save it again"
            ) from error
        if len(content) > MAX_MEMBER:
            raise SourceError("the file unpacks to more than a text has; save it without pictures")
        return content

    def parse(self, name: str) -> ET.Element:
        """Return the tree of a member, an empty one where it is not there."""
        content = self.read(name)
        return parse_xml(content, self.kind) if content else ET.Element("none")


def parse_xml(content: bytes, kind: str) -> ET.Element:
    """Return a tree without declared entities; raises `SourceError` for what is broken or too large."""
    if b"<!ENTITY" in content or len(content) > MAX_MEMBER:
        raise SourceError(f"the file declares entities or is too large; no {kind} of text does")
    root: ET.Element | None = None
    try:
        # Declared entities are refused above, so that nothing can grow; elements are counted as they are read.
        read = ET.iterparse(io.BytesIO(content), events=("start",))  # noqa: S314 - as said above
        for count, (_, element) in enumerate(read):
            root = element if root is None else root
            if count > MAX_ELEMENTS:
                raise SourceError("the file has more parts than a text has; give the article alone")
    except ET.ParseError as error:
        raise SourceError(f"the file cannot be read as {kind} (XML: {error}); save it again") from error
    if root is None:
        raise SourceError(f"the file cannot be read as {kind} (it is empty); save it again")
    return root


def local_name(element: ET.Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its name without a namespace, '' where it is not set."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def find_all(root: ET.Element, *names: str) -> Iterator[ET.Element]:
    """Give the elements of these names, in order."""
    return (element for element in root.iter() if local_name(element) in names)


def text_of(root: ET.Element) -> str:
    """Return all text inside an element."""
    return "".join(root.itertext())


def check_count(count: int) -> None:
    """Raise `SourceError` as soon as there are more paragraphs than any document of news has."""
    if count > MAX_PARAGRAPHS:
        raise SourceError(f"the file has more than {MAX_PARAGRAPHS:,} paragraphs; give the article alone")
