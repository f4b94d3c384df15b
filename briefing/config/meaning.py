"""Checks of briefing.toml across its keys, and of what a type cannot say; one sentence per problem."""

from __future__ import annotations

import difflib
import re
from datetime import date
from importlib.metadata import entry_points
from ipaddress import ip_network
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from briefing.model import AlarmKind, says_synthesised

if TYPE_CHECKING:
    from briefing.config.tables import Alarms, Anchor, Config, Desk, Edition, Publish, Show, Source

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""Names that become parts of URLs and file names: Apple wants ASCII there."""

HOSTS_OF_A_TALK = 2
READS_FILES = ("newspaper", "folder")
FETCHES = ("rss", "web", "epaper")
OWN_KINDS = (*READS_FILES, *FETCHES)
"""Our own kinds of source: those that read a path, and those that fetch a URL."""
RESERVED = frozenset({"desk"})
"""Slugs that no show can have: the server answers there itself."""

PLUGINS = "briefing.sources"
"""The entry points by which other packages add kinds of source."""


def problems(config: Config) -> list[str]:
    """Return what each value by itself allows, but all together do not mean anything."""
    faults = [] if config.shows else ["`shows` is empty; describe at least one show"]
    if not re.fullmatch(r"https?://[!-~]+/", config.newsroom.address):
        faults.append(
            f"`newsroom.address` is {config.newsroom.address!r}, must be an ASCII http(s) URL with a final slash"
        )
    faults += _publish_problems("newsroom.publish", config.newsroom.publish)
    faults += _desk_problems(config.desk)
    faults += [
        f"`shows.{name}` cannot be: /{name}/ is an address of the server itself"
        for name in RESERVED & {*config.shows}
    ]
    for table in ("shows", "anchors", "sources"):
        faults += [
            f"`{table}.{name}`: a name here has lower-case ASCII letters, digits and hyphens only"
            for name in getattr(config, table)
            if not SLUG.fullmatch(name)
        ]
    faults += _alarm_problems(config.alarms)
    faults += _secret_problems(config)
    for name, anchor in config.anchors.items():
        faults += _anchor_problems(f"anchors.{name}", anchor)
    for name, source in config.sources.items():
        faults += _source_problems(f"sources.{name}", source)
    for name, show in config.shows.items():
        faults += _show_problems(f"shows.{name}", show, config)
    return faults


def _publish_problems(key: str, publish: Publish) -> list[str]:
    faults = []
    if publish.kind == "s3" and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", publish.bucket):
        faults.append(f"`{key}.bucket` is {publish.bucket!r}, must be the name of a bucket")
    if not re.fullmatch(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*", publish.prefix):
        faults.append(
            f"`{key}.prefix` is {publish.prefix!r}, must be ASCII such as radio/ with a final slash, or empty"
        )
    faults += [
        f"`{key}.{name}` is {url!r}, must be an http(s) URL, or empty"
        for name, url in (("endpoint", publish.endpoint), ("hub", publish.hub))
        if url and not re.fullmatch(r"https?://[!-~]+", url)
    ]
    if bool(publish.key) != bool(publish.secret):
        faults.append(f"`{key}`: name the environment variables of both `key` and `secret`, or of none")
    return faults


def _secret_problems(config: Config) -> list[str]:
    """A secret that stands where the name of its environment variable belongs; it is not repeated."""
    alarms = config.alarms
    named = [
        (f"anchors.{name}.key", engine.key)
        for name, anchor in config.anchors.items()
        for engine in anchor.chain
    ]
    named += [
        (f"shows.{slug}.llm.key", model.key)
        for slug, show in config.shows.items()
        if show.llm
        for model in show.llm.chain
    ]
    named += [("alarms.webhooks.key", webhook.key) for webhook in alarms.webhooks]
    named += [("alarms.webhooks.secret", webhook.secret) for webhook in alarms.webhooks]
    named += [("alarms.mail.key", alarms.mail.key)] if alarms.mail else []
    return [
        f"`{key}` must be the name of an environment variable, such as ALARM_ROBOT; set the secret itself there"
        for key, name in named
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|", name)
    ]


def _alarm_problems(alarms: Alarms) -> list[str]:
    kinds = [*AlarmKind]
    faults = [
        f"`alarms.after.{name}` is no kind of trouble{nearest(name, kinds)}"
        for name in alarms.after
        if name not in kinds
    ]
    if alarms.mail:
        faults += [
            f"`alarms.mail` names {address!r}, which is no e-mail address"
            for address in (alarms.mail.sender, *alarms.mail.to)
            if not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", address)
        ]
        if not alarms.mail.to:
            faults.append("`alarms.mail.to` is empty; name at least one address")
    return faults


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def _desk_problems(desk: Desk) -> list[str]:
    faults = []
    if desk.address and not re.fullmatch(r"https?://[^/\s]+/?", desk.address):
        faults.append(f"`desk.address` is {desk.address!r}, must be http(s)://, a name and nothing behind it")
    faults += [
        f"`desk.hosts` has {host!r}, must be the bare name or address of a host"
        for host in desk.hosts
        if not re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host)
    ]
    faults += [
        f"`desk.proxy` has {address!r}, must be the address or network of a server in front, such as 172.18.0.0/16"
        for address in desk.trusted_proxies
        if not _is_network(address)
    ]
    if desk.idle > desk.hours:
        faults.append(f"`desk.idle` is {desk.idle}, but must be at most `desk.hours`, {desk.hours}")
    return faults


def _anchor_problems(key: str, anchor: Anchor) -> list[str]:
    faults = []
    for index, engine in enumerate(anchor.chain):
        where = f"{key}.fallback.{index - 1}" if index else key
        if engine.voice == "openai" and not re.fullmatch(r"https?://[!-?A-~]+", engine.address):
            faults.append(
                f"`{where}.address` must be the http(s) URL of the speech server, without a name or password"
            )
        if engine.reference and not engine.consent.strip():
            faults.append(
                f"`{where}.reference` clones a voice, but `{where}.consent` is empty; write there that the speaker has "
                "agreed, who and when"
            )
        if engine.format == "pcm" and not engine.rate:
            faults.append(f"`{where}.format` is pcm, which has no header, but `{where}.rate` names no Hz")
        if engine.proxy and not re.fullmatch(r"https?://[!-~]+", engine.proxy):
            faults.append(f"`{where}.proxy` must be an http(s) URL such as http://127.0.0.1:7890")
    return faults


def kinds() -> tuple[str, ...]:
    """The kinds of source that there are: our own, and those that other packages add."""
    return (*OWN_KINDS, *(entry.name for entry in entry_points(group=PLUGINS)))


def _source_problems(key: str, source: Source) -> list[str]:
    faults = []
    if source.kind not in OWN_KINDS and source.kind not in kinds():
        faults.append(
            f"`{key}.kind` is {source.kind!r}, which is no kind of source{nearest(source.kind, [*kinds()])}"
        )
    if source.kind in READS_FILES and not source.path:
        faults.append(f"`{key}.path` is missing; say where its files lie")
    if source.kind in FETCHES and not re.match(r"https?://", source.url):
        faults.append(f"`{key}.url` is {source.url!r}, must be an http(s) address")
    if source.timezone:
        faults += _timezone_problems(key, source.timezone)
    return faults + _pattern_problems(key, source)


def _timezone_problems(key: str, name: str) -> list[str]:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        # Only now, since listing all zones reads hundreds of files.
        near = nearest(name, sorted(available_timezones()))
        return [f"`{key}.timezone` is {name!r}, which is no time zone{near[:80]}"]
    return []


def _pattern_problems(key: str, source: Source) -> list[str]:
    try:
        re.compile(source.match)
    except re.error as error:
        return [f"`{key}.match` is no pattern: {error}"]
    return []


def _show_problems(key: str, show: Show, config: Config) -> list[str]:
    faults = []
    faults += _timezone_problems(key, show.timezone)
    for table, names, choices in (
        ("anchors", show.anchors, config.anchors),
        ("sources", show.sources, config.sources),
    ):
        if not names:
            faults.append(f"`{key}.{table}` is empty; name at least one")
        faults += [
            f"`{key}.{table}` names {name!r}, which is not described{nearest(name, list(choices))}"
            for name in names
            if name not in choices
        ]
    if not show.editions:
        faults.append(f"`{key}.editions` is empty; describe at least one, with its time of publishing")
    faults += [
        f"`{key}.editions.{name}`: a name here has lower-case ASCII letters, digits and hyphens only"
        for name in show.editions
        if not SLUG.fullmatch(name)
    ]
    if show.llm and show.llm.style == "对谈" and len(show.anchors) < HOSTS_OF_A_TALK:
        faults.append(f"`{key}.llm.style` is 对谈, which takes two anchors; name another in `{key}.anchors`")
    faults += _sound_problems(key, show)
    faults += _publish_problems(f"{key}.publish", show.publish) if show.publish else []
    for name, edition in show.editions.items():
        faults += _edition_problems(f"{key}.editions.{name}", edition)
    return faults


def _edition_problems(key: str, edition: Edition) -> list[str]:
    faults = []
    if not edition.weekdays:
        faults.append(f"`{key}.weekdays` is empty; name at least one, or leave it out for every day")
    if edition.publish.second or edition.publish.tzinfo:
        faults.append(f"`{key}.publish` is {edition.publish}, but must be a whole minute such as 07:00:00")
    faults += [
        f"`{key}.special` names {day!r}, which is no day; write it as YYYY-MM-DD"
        for day in edition.special
        if not _is_day(day)
    ]
    if not edition.gather >= edition.draft >= edition.render:
        faults.append(
            f"`{key}`: `gather`, `draft` and `render` are {edition.gather}, {edition.draft} and {edition.render} minutes "
            "before publishing, but none may be longer than the one before it"
        )
    return faults


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sound_problems(key: str, show: Show) -> list[str]:
    faults = []
    words = show.label.words
    if not says_synthesised(words):
        faults.append(
            f"`{key}.label.words` is {words[:40]!r}, but GB 45438-2025 (5.3) wants 人工智能 or AI, "
            "and 生成 or 合成, in it"
        )
    if not re.fullmatch(r"[ -~]{0,100}", show.label.producer):
        faults.append(f"`{key}.label.producer` is {show.label.producer[:40]!r}, but must be printable ASCII")
    return faults


def unlabelled(show: Show) -> str:
    """Return what a show that is not labelled in its sound has chosen against; empty for one that is."""
    if show.label.kind != "off":
        return ""
    return (
        "nothing that is heard says that the programme is synthesised, which 《人工智能生成合成内容标识办法》 art. 4 "
        "and GB 45438-2025, 5.3, ask for"
    )


def nearest(name: str, known: list[str]) -> str:
    """The known name that was probably meant, as the end of a sentence, or all of them."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; known here: {', '.join(sorted(known))}"
