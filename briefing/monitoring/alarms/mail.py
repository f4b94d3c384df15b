"""Alarms by e-mail, over TLS from the first byte or by STARTTLS; the certificate is checked."""

from __future__ import annotations

import smtplib
import ssl
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Literal

from briefing.errors import AlarmFailed
from briefing.monitoring.alarms import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.monitoring.alarms.events import Event

TIMEOUT = 10.0
"""Seconds for each answer of the server."""

TRIES = 2
PAUSE = 3.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Mail server: TLS from the first byte (port 465), STARTTLS (587), or none for a relay of one's own."""

    host: str
    port: int
    tls: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password: str = field(default="", repr=False)


class MailAlarm:
    """Alarm that mails each address of `to`."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        to: tuple[str, ...],
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = server
        self._sender = sender
        self._to = to
        self._sleep = sleep

    def notify(self, event: Event) -> None:
        """Hand the letter in, twice at most; raises `AlarmFailed` with what the server said."""
        letter = self._compose_letter(event)
        for attempt in range(1, TRIES + 1):
            try:
                self._send_letter(letter)
            except (OSError, smtplib.SMTPException) as error:
                final = isinstance(error, smtplib.SMTPAuthenticationError | ssl.SSLCertVerificationError)
                if final or attempt == TRIES:
                    raise AlarmFailed(
                        f"{self._server.host}:{self._server.port} did not take the letter: {_failure_reason(error)}; "
                        "check `alarms.mail`"
                    ) from error
                self._sleep(PAUSE)
            else:
                return

    def _compose_letter(self, event: Event) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._sender
        letter["To"] = ", ".join(self._to)
        letter["Subject"] = wording.event_headline(event)
        letter["Date"] = format_datetime(event.when)
        letter["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(wording.event_text(event) + "\n")
        return letter

    def _send_letter(self, letter: EmailMessage) -> None:
        server, trust = self._server, ssl.create_default_context()
        if server.tls == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=trust
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        with connection:
            if server.tls == "starttls":
                connection.starttls(context=trust)
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(letter)


def _failure_reason(error: Exception) -> str:
    """Return the cause in a few words, without the server's reply to a login, which may echo it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the user name or the password is refused ({error.smtp_code})"
    return wording.clean_sentence(str(error) or type(error).__name__)[:120]
