"""Secrets: the configuration names environment variables, which hold them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from briefing.errors import ConfigError

if TYPE_CHECKING:
    from briefing.config import Config


def read_secret(name: str) -> str:
    """Return the value of an environment variable, '' for no name; raises `ConfigError` if it is not set."""
    value = os.environ.get(name, "") if name else ""
    if name and not value:
        raise ConfigError(
            f"the environment variable {name}, which the configuration names, is not set; set it"
        )
    return value


def named_secrets(config: Config) -> tuple[tuple[str, str], ...]:
    """Return the key and the environment variable of every secret that the configuration names."""
    engines = [
        (f"anchors.{name}", secret.key) for name, anchor in config.anchors.items() for secret in anchor.chain
    ]
    models = [
        (f"shows.{slug}.llm", model.key)
        for slug, show in config.shows.items()
        if show.llm
        for model in show.llm.chain
    ]
    public = [("newsroom.publish", config.newsroom.publish)]
    public += [(f"shows.{slug}.publish", show.publish) for slug, show in config.shows.items() if show.publish]
    buckets = [(where, name) for where, secret in public for name in (secret.key, secret.secret)]
    hooks = [
        ("alarms.webhooks", name)
        for webhook in config.alarms.webhooks
        for name in (webhook.key, webhook.secret)
    ]
    mail = [("alarms.mail", config.alarms.mail.key)] if config.alarms.mail else []
    return tuple((where, name) for where, name in (*engines, *models, *buckets, *hooks, *mail) if name)


def read_secrets(config: Config) -> tuple[str, ...]:
    """Return the values of all secrets, for `redaction.Redactor`."""
    database = re.findall(r"://[^@/]*:([^@/]+)@", config.database)
    return (*database, *(os.environ.get(name, "") for _, name in named_secrets(config)))
