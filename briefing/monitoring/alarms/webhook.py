"""Alarms to a chat group or to a program, by webhook: 企业微信, 钉钉, 飞书, and plain JSON for anything else.

A robot's address is its secret: whoever has it can write into the group. It comes from the environment, and stands in
no error. The formats are those of the services' own documents: 企业微信 群机器人配置说明, 钉钉 自定义机器人接入, 飞书
自定义机器人使用指南.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from briefing.errors import AlarmFailed, SourceError
from briefing.monitoring.alarms import wording
from briefing.net import http_client
from briefing.net.http_client import Limits, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.monitoring.alarms.events import Event

LOG = logging.getLogger(__name__)

LIMITS = Limits(seconds=10.0, connect=5.0, size=64 * 1024)
TRIES = 3
PASSING = frozenset({429, 500, 502, 503, 504})
"""Answers that another try may change."""

PAUSE = 2.0
"""Seconds before the second try, and twice as many before the third."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: the address with what belongs to it, and a JSON document."""

    url: str = field(repr=False)
    body: Mapping[str, Any]


def wecom(event: Event, url: str, _secret: str, _now: float) -> Request:
    """企业微信."""
    return Request(url, {"msgtype": "text", "text": {"content": wording.text(event)}})


def dingtalk(event: Event, url: str, secret: str, now: float) -> Request:
    """钉钉; a robot with 加签 wants the time in milliseconds and its signature in the address."""
    if secret:
        stamp = str(round(now * 1000))
        sign = _signed(secret.encode(), f"{stamp}\n{secret}".encode())
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(sign)}"
    return Request(url, {"msgtype": "text", "text": {"content": wording.text(event)}})


def feishu(event: Event, url: str, secret: str, now: float) -> Request:
    """飞书; a robot with 签名校验 wants the time in seconds and its signature in the document."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": wording.text(event)}}
    if secret:
        stamp = str(int(now))
        body |= {"timestamp": stamp, "sign": _signed(f"{stamp}\n{secret}".encode(), b"")}
    return Request(url, body)


def plain(event: Event, url: str, _secret: str, _now: float) -> Request:
    """Every field of the event."""
    return Request(
        url,
        {
            "kind": event.kind,
            "severity": event.severity,
            "over": event.over,
            "show": event.show,
            "edition": str(event.edition) if event.edition else None,
            "subject": event.subject,
            "sentence": wording.clean(event.sentence),
            "when": event.when.isoformat(),
        },
    )


FORMATS: dict[str, Callable[[Event, str, str, float], Request]] = {
    "wecom": wecom,
    "dingtalk": dingtalk,
    "feishu": feishu,
    "json": plain,
}
"""Whose webhook it is, by the name that the configuration gives it."""


class Webhook:
    """Posts an event, as `form` wants it, to an address; `secret` signs where the service can check it."""

    def __init__(
        self,
        form: str,
        url: str,
        secret: str = "",
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._form = FORMATS[form]
        self._url = url
        self._secret = secret
        self._sleep = sleep
        self._now = now

    def raise_(self, event: Event) -> None:
        """Post it, up to three times; raises `AlarmFailed` with what the other side said."""
        for attempt in range(TRIES):
            if attempt:
                LOG.info("the webhook at %s is asked again", _host(self._url), extra={"retry": "webhook"})
                self._sleep(PAUSE * attempt)
            why, passing = self._posted(self._form(event, self._url, self._secret, self._now()))
            if not why:
                return
            if not passing:
                break
        raise AlarmFailed(f"the webhook at {_host(self._url)} {why}; check its address and its settings")

    def _posted(self, request: Request) -> tuple[str, bool]:
        """Why it was not taken (empty when it was), and whether another try may help."""
        body = json.dumps(request.body, ensure_ascii=False).encode()
        try:
            answer = http_client.post(request.url, {"Content-Type": "application/json"}, body, LIMITS)
        except SourceError as error:
            # The reason names the address, which is the secret.
            return "could not be reached", isinstance(error, Unreachable)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return f"answered with status {answer.status}", answer.status in PASSING
        return _refusal(answer.content), False


def _refusal(content: bytes) -> str:
    """The three services say 200 also to what they do not take; empty when it was taken."""
    try:
        said = json.loads(content)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return ""
    code = said.get("errcode", said.get("code", 0))
    why = wording.clean(str(said.get("errmsg", said.get("msg", ""))))[:80]
    return "" if code in {0, "0"} else f"refused it with code {code} ({why})"


def _signed(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()


def _host(url: str) -> str:
    return urlsplit(url).hostname or "an address without a host"
