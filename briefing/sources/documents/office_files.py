"""Documents that are no text → their articles; what a file is, its first bytes decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.sources.documents import (
    electronic_book,
    fixed_layout,
    open_document,
    rich_text,
    single_article,
    word,
    zipped_xml,
)

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from briefing.sources.extracted_article import ExtractedArticle

_ZIP, _PDF, _OLE = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"


def read_document(content: bytes, zone: ZoneInfo, name: str) -> tuple[ExtractedArticle, ...] | str | None:
    """Return the articles of a document, the text of a printed page, or None for another kind of file.

    Raises `SourceError`, with what to do, for a document that is not read.
    """
    start = content[:1024].lstrip()
    if start.startswith(_PDF):
        return (single_article.pdf(content, zone),)
    if content.startswith(_ZIP):
        return _read_package(content, zone)
    if content.startswith(_OLE):
        raise SourceError(_refusal_of_old_office(content, name))
    if start.startswith(b"{\\rtf"):
        return (single_article.plain(rich_text.read_text(content), zone),)
    return None


def is_binary_document(content: bytes) -> bool:
    """Return whether bytes begin as a PDF or a zipped document."""
    return content.startswith((_ZIP, _PDF))


def _read_package(content: bytes, zone: ZoneInfo) -> tuple[ExtractedArticle, ...] | str:
    """Return the articles of a zipped document by what lies in it, or the text of a printed page (OFD)."""
    names = zipped_xml.Package(content, "ZIP").names
    if "word/document.xml" in names:
        return word.read(content, zone)
    if "META-INF/container.xml" in names:
        return electronic_book.read(content, zone)
    if "OFD.xml" in names:
        return fixed_layout.read_text(content)
    if "content.xml" in names:
        return open_document.read(content, zone)
    kind = (
        "an Excel or PowerPoint file"
        if any(name.startswith(("xl/", "ppt/")) for name in names)
        else "a ZIP file"
    )
    raise SourceError(f"the file is {kind}; save the text as .docx, or give each file by itself")


def _refusal_of_old_office(content: bytes, name: str) -> str:
    """Return what to do about the old binary files of Word and WPS, of which a locked DOCX is one too."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "the file is locked with a password; open it, take the password off, and save it again"
    kind = "an old WPS file (.wps)" if name.lower().endswith(".wps") else "an old Word or WPS file (.doc)"
    return f"the file is {kind}; open it in Word, WPS or LibreOffice and save it as .docx"
