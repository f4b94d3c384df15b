"""Config → who is told when something goes wrong; and where the configuration names secrets."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from briefing.errors import ConfigError
from briefing.model import AlarmKind
from briefing.monitoring.alarms.mail import MailAlarm, MailServer
from briefing.monitoring.alarms.throttled import BrokenAlarm, ThrottledAlarm, ThrottleRules
from briefing.monitoring.alarms.webhook import WebhookAlarm
from briefing.monitoring.redaction import Redactor

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config import Config
    from briefing.config import Mail as DescribedMail
    from briefing.config import Webhook as DescribedWebhook
    from briefing.monitoring.alarms.events import Alarm
    from briefing.storage.store import Store


def alarm(config: Config, store: Store) -> ThrottledAlarm:
    """Who is told when something goes wrong."""
    rules = ThrottleRules(
        {AlarmKind(name): times for name, times in config.alarms.after.items()},
        timedelta(minutes=config.alarms.cooldown),
    )
    return ThrottledAlarm(ways(config), store, rules, Redactor(secrets(config)))


def ways(config: Config) -> dict[str, Alarm]:
    """The ways to tell somebody besides the log, by name."""
    found = {f"{one.kind} {one.key}": _way(partial(_webhook, one)) for one in config.alarms.webhooks}
    if mail := config.alarms.mail:
        found["mail"] = _way(partial(_mail, mail))
    return found


def _way(make: Callable[[], Alarm]) -> Alarm:
    """A way, or one that says why it cannot be used."""
    try:
        return make()
    except ConfigError as error:
        return BrokenAlarm(str(error))


def _webhook(described: DescribedWebhook) -> Alarm:
    return WebhookAlarm(described.kind, secret(described.key), secret(described.secret))


def _mail(described: DescribedMail) -> Alarm:
    server = MailServer(described.host, described.port, described.tls, described.user, secret(described.key))
    return MailAlarm(server, described.sender, described.to)


def secret(name: str) -> str:
    """What the environment variable of that name holds, nothing for no name; raises `ConfigError` where it is not set."""
    value = os.environ.get(name, "") if name else ""
    if name and not value:
        raise ConfigError(
            f"the environment variable {name}, which the configuration names, is not set; set it"
        )
    return value


def secret_names(config: Config) -> tuple[tuple[str, str], ...]:
    """Where the configuration names an environment variable that holds a secret, and its name."""
    engines = [
        (f"anchors.{name}", one.key) for name, anchor in config.anchors.items() for one in anchor.chain
    ]
    models = [(f"shows.{slug}.llm", show.llm.key) for slug, show in config.shows.items() if show.llm]
    public = [("house.publish", config.house.publish)]
    public += [(f"shows.{slug}.publish", show.publish) for slug, show in config.shows.items() if show.publish]
    buckets = [(where, name) for where, one in public for name in (one.key, one.secret)]
    hooks = [("alarms.webhooks", name) for one in config.alarms.webhooks for name in (one.key, one.secret)]
    mail = [("alarms.mail", config.alarms.mail.key)] if config.alarms.mail else []
    return tuple((where, name) for where, name in (*engines, *models, *buckets, *hooks, *mail) if name)


def secrets(config: Config) -> tuple[str, ...]:
    """What the environment variables that the configuration names hold, for `redaction.Redactor`."""
    database = re.findall(r"://[^@/]*:([^@/]+)@", config.database)
    return (*database, *(os.environ.get(name, "") for _, name in secret_names(config)))
