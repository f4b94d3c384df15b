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
class WebhookRequest:
    """Request to post: the address with its parameters, and a JSON document."""

    url: str = field(repr=False)
    body: Mapping[str, Any]


def wecom_request(event: Event, url: str, _secret: str, _now: float) -> WebhookRequest:
    """Return the request for 企业微信."""
    return WebhookRequest(url, {"msgtype": "text", "text": {"content": wording.event_text(event)}})


def dingtalk_request(event: Event, url: str, secret: str, now: float) -> WebhookRequest:
    """Return the request for 钉钉; 加签 takes milliseconds and a signature in the address."""
    if secret:
        stamp = str(round(now * 1000))
        sign = _sign_text(secret.encode(), f"{stamp}\n{secret}".encode())
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(sign)}"
    return WebhookRequest(url, {"msgtype": "text", "text": {"content": wording.event_text(event)}})


def feishu_request(event: Event, url: str, secret: str, now: float) -> WebhookRequest:
    """Return the request for 飞书; 签名校验 takes seconds and a signature in the document."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": wording.event_text(event)}}
    if secret:
        stamp = str(int(now))
        body |= {"timestamp": stamp, "sign": _sign_text(f"{stamp}\n{secret}".encode(), b"")}
    return WebhookRequest(url, body)


def json_request(event: Event, url: str, _secret: str, _now: float) -> WebhookRequest:
    """Return a request with every field of the event."""
    return WebhookRequest(
        url,
        {
            "kind": event.kind,
            "severity": event.severity,
            "over": event.over,
            "show": event.show,
            "edition": str(event.edition) if event.edition else None,
            "subject": event.subject,
            "sentence": wording.clean_sentence(event.sentence),
            "when": event.when.isoformat(),
        },
    )


FORMATS: dict[str, Callable[[Event, str, str, float], WebhookRequest]] = {
    "wecom": wecom_request,
    "dingtalk": dingtalk_request,
    "feishu": feishu_request,
    "json": json_request,
}
"""Whose webhook it is, by the name that the configuration gives it."""


class WebhookAlarm:
    """Alarm that posts to an address in the form of a service; `secret` signs where the service checks it."""

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

    def notify(self, event: Event) -> None:
        """Post an event, up to three times; raise `AlarmFailed` with the service's reply."""
        for attempt in range(TRIES):
            if attempt:
                LOG.info("the webhook at %s is asked again", _host_of(self._url), extra={"retry": "webhook"})
                self._sleep(PAUSE * attempt)
            why, passing = self._post_request(self._form(event, self._url, self._secret, self._now()))
            if not why:
                return
            if not passing:
                break
        raise AlarmFailed(f"the webhook at {_host_of(self._url)} {why}; check its address and its settings")

    def _post_request(self, request: WebhookRequest) -> tuple[str, bool]:
        """Return why the message was refused (empty if taken), and whether another try may help."""
        body = json.dumps(request.body, ensure_ascii=False).encode()
        try:
            answer = http_client.post(request.url, {"Content-Type": "application/json"}, body, LIMITS)
        except SourceError as error:
            # The reason names the address, which is the secret.
            return "could not be reached", isinstance(error, Unreachable)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return f"answered with status {answer.status}", answer.status in PASSING
        return _refusal_reason(answer.content), False


def _refusal_reason(content: bytes) -> str:
    """Return why a reply with status 200 refuses the message; empty if it was taken."""
    try:
        reply = json.loads(content)
    except ValueError:
        return ""
    if not isinstance(reply, dict):
        return ""
    code = reply.get("errcode", reply.get("code", 0))
    why = wording.clean_sentence(str(reply.get("errmsg", reply.get("msg", ""))))[:80]
    return "" if code in {0, "0"} else f"refused it with code {code} ({why})"


def _sign_text(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or "an address without a host"
