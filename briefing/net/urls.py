"""Addresses as pages and feeds write them: joined, checked, compared; what is no http(s) address is ''."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

_SCHEMES = frozenset({"http", "https"})


def joined(base: str, target: str) -> str:
    """A link's whole address without its fragment; '' for one that is none, is broken, or is not of the web."""
    try:
        address = urldefrag(urljoin(base, target.strip())).url
        parts = urlsplit(address)
        authority = parts.hostname, parts.port
    except ValueError:
        return ""
    return address if parts.scheme in _SCHEMES and authority[0] else ""


def host(url: str) -> str:
    """The host of an address, '' where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
