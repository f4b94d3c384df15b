"""Redact secrets from logs and alerts.

What is hidden: the values of the environment variables that the configuration names, and what looks like a secret
anywhere: passwords in addresses, tokens and signatures in their queries, the keys of webhooks in their paths,
`Authorization` headers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HIDDEN = "***"

SHORTEST = 6
"""Characters; what is shorter stands in too many words by chance, and is no secret."""

_WORDS = r"(?:access[_-]?|api[_-]?)?(?:key|token|secret|sign(?:ature)?|password|passwd|pwd|auth|sig)"
_SHAPES = (
    # Whoever is named before the @ of an address, with the password.
    (re.compile(r"(?<=://)[^/\s@]+(?=@)"), HIDDEN),
    (re.compile(rf"(?i)([?&;]{_WORDS}=)[^&#\s\"']+"), rf"\1{HIDDEN}"),
    # Webhooks that have their key in the path.
    (re.compile(r"(?i)((?:/hook|/webhooks?|/services)/)[^\s?#\"']{8,}"), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}"), rf"\1 {HIDDEN}"),
    (re.compile(rf"(?i)([\"']?\b{_WORDS}[\"']?\s*[:=]\s*[\"'])[^\"']+"), rf"\1{HIDDEN}"),
)


class Redactor:
    """Redactor of text; `secrets` are values known to be secret here."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # The longest first: one may be a part of another.
        secret_values = sorted({value for value in secrets if len(value) >= SHORTEST}, key=len, reverse=True)
        self._update_ailment = re.compile("|".join(map(re.escape, secret_values))) if secret_values else None

    def __call__(self, text: str) -> str:
        """Return the text without secrets."""
        if self._update_ailment is not None:
            text = self._update_ailment.sub(HIDDEN, text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return text
