"""EML and MHT → the article in a mail, or in a web page that a browser has saved."""

from __future__ import annotations

import email.policy
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.errors import SourceError
from briefing.sources.html import decoding

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

MAX_PARTS: Final = 200
"""Parts of a mail; pictures of a saved page are among them."""


class Message(NamedTuple):
    """A mail's subject, moment and text; `markup` is HTML, '' where it has none, `url` where a saved page was."""

    subject: str
    moment: dt.datetime | None
    text: str
    markup: str
    url: str


def is_mail(content: bytes) -> bool:
    """Return whether bytes begin with the header of a mail or of a saved page."""
    head = content[:4096].replace(b"\r\n", b"\n").lower()
    first = head.partition(b"\n")[0]
    named = first.partition(b":")[0].strip()
    fields = (
        b"from",
        b"subject",
        b"mime-version",
        b"date",
        b"received",
        b"return-path",
        b"to",
        b"message-id",
        b"delivered-to",
        b"x-",
    )
    return (
        b":" in first
        and named.startswith(fields)
        and b"\n\n" in content[:65_536].replace(b"\r\n", b"\n")
        and (b"\nmime-version:" in b"\n" + head or b"\nsubject:" in b"\n" + head)
    )


def read(content: bytes, zone: ZoneInfo) -> Message:
    """Return what a mail says; raises `SourceError` for one without a text."""
    message = message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise SourceError("the file cannot be read as a mail; save it again")
    texts, pages, url = [], [], ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "text/html":
            pages.append(_decoded(part))
            url = url or str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
        elif kind == "text/plain" and not part.get_filename():
            texts.append(_decoded(part))
    if not texts and not pages:
        raise SourceError("the mail has no text of its own; give the attached file instead")
    return Message(
        _subject(message), _moment(message, zone), "\n".join(texts), pages[0] if pages else "", url
    )


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for count, part in enumerate(message.walk()):
        if count > MAX_PARTS:
            raise SourceError(f"the mail has more than {MAX_PARTS} parts; give the article alone")
        if not part.is_multipart():
            yield part


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    return decoding.text(payload, part.get_content_charset() or "") if isinstance(payload, bytes) else ""


def _subject(message: EmailMessage) -> str:
    try:
        return str(message.get("Subject") or "").strip()
    except (ValueError, LookupError, IndexError):
        return ""


def _moment(message: EmailMessage, zone: ZoneInfo) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.astimezone(zone) if date.tzinfo else date.replace(tzinfo=zone)
