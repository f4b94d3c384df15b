"""Config → who is told when something goes wrong."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing.errors import ConfigError
from briefing.model import AlarmKind
from briefing.monitoring.alarms.mail import MailAlarm, MailServer
from briefing.monitoring.alarms.throttled import BrokenAlarm, ThrottledAlarm, ThrottleRules
from briefing.monitoring.alarms.webhook import WebhookAlarm
from briefing.monitoring.redaction import Redactor
from briefing.wiring.secrets import read_secret, read_secrets

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config import Config
    from briefing.config import Mail as DescribedMail
    from briefing.config import Webhook as DescribedWebhook
    from briefing.monitoring.alarms.events import Alarm
    from briefing.storage.store import Store


def build_alarm(config: Config, store: Store) -> ThrottledAlarm:
    """Return who is told when something goes wrong."""
    rules = ThrottleRules(
        {AlarmKind(name): times for name, times in config.alarms.after.items()},
        timedelta(minutes=config.alarms.cooldown),
    )
    return ThrottledAlarm(build_alarm_ways(config), store, rules, Redactor(read_secrets(config)))


def build_alarm_ways(config: Config) -> dict[str, Alarm]:
    """The ways to tell somebody besides the log, by name."""
    ways = {
        f"{webhook.kind} {webhook.key}": _way(partial(_webhook, webhook))
        for webhook in config.alarms.webhooks
    }
    if mail := config.alarms.mail:
        ways["mail"] = _way(partial(_mail, mail))
    return ways


def _way(make: Callable[[], Alarm]) -> Alarm:
    """A way, or one that says why it cannot be used."""
    try:
        return make()
    except ConfigError as error:
        return BrokenAlarm(str(error))


def _webhook(described: DescribedWebhook) -> Alarm:
    return WebhookAlarm(described.kind, read_secret(described.key), read_secret(described.secret))


def _mail(described: DescribedMail) -> Alarm:
    server = MailServer(
        described.host, described.port, described.tls, described.user, read_secret(described.key)
    )
    return MailAlarm(server, described.sender, described.to)
