"""briefing.toml → a frozen `Config`; what is wrong is said in one sentence with file, key and nearest name.

Relative paths count from the folder of the file, so that a configuration can be moved with what it names.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import date, time
from importlib.metadata import entry_points
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, ValidationError

from briefing import compose
from briefing.alarms.base import Trouble
from briefing.errors import ConfigError

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
"""Names that become parts of URLs and file names: Apple wants ASCII there."""

SAMPLE = Path(__file__).parent / "seeds" / "briefing.toml"
"""The commented sample inside an installed package; in a checkout it stands in `seeds/`."""


READS_FILES = ("newspaper", "folder")
FETCHES = ("rss", "web", "epaper")
"""Our own kinds of source: those that read a path, and those that fetch a URL."""
SLOWEST, FASTEST = 0.5, 2
"""Times a speaker's own pace; beyond it no engine is understood."""

FARTHEST = 100
"""Per cent (volume) and Hz (pitch) either way, as edge-tts takes them."""

EARLIEST = 12 * 60
"""Minutes before and after publishing that an edition may take at most: then no two of a name are ever in the making."""

SHORTEST, LONGEST = 1, 60
"""Minutes of a programme."""

LONGEST_SESSION = 24 * 14
"""Hours after which everybody signs in again."""

RESERVED = frozenset({"desk"})
"""Slugs that no show can have: the server answers there itself."""

PLUGINS = "briefing.sources"
"""The entry points by which other packages add kinds of source."""


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""Monday first, as dates count them."""


class Table(BaseModel):
    """A table of the file: frozen, nothing coerced, no key that is not described."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Publish(Table):
    """Where a show goes out, and how much of it stays there.

    A "folder" is the published one in the working folder; `bucket` to `secret` are of "s3": `key` and `secret` name the
    environment variables that hold the two. An episode stays on the air for `keep_days` (0: for ever); a feed has
    `page_size` episodes (0: all), all pages of it together the newest `cap` (0: all). `latest` keeps a copy of the newest
    sound as latest.mp3; `hub` is a WebSub hub.
    """

    kind: Literal["folder", "s3"] = "folder"
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = ""
    keep_days: int = 0
    page_size: int = 200
    cap: int = 0
    latest: bool = False
    hub: str = ""


class House(Table):
    """Where the house keeps its things: the working folder, the database and the public address.

    `clips` is how many megabytes of spoken sentences are remembered at most; `log` is how the log looks; with `counts`
    downloads are counted, of nobody in particular; `publish` is for
    shows without one of their own.
    """

    folder: str = "var"
    database: str = ""
    address: str = "http://127.0.0.1:8000/"
    clips: int = 2048
    log: Literal["human", "json"] = "human"
    counts: bool = False
    publish: Publish = Publish()


class Desk(Table):
    """The editors' desk: where a browser finds it, and how long a person stays signed in.

    `address` is its public URL, https wherever other machines can reach it; empty is whatever address of this machine
    the server listens on. `hosts` are further names by which it may be asked. `hours` is the longest life of a session,
    `idle` the hours after which a session that nobody used has ended. `proxy` says that a server on this machine
    stands in front of it, which tells who asks.
    """

    address: str = ""
    hosts: tuple[str, ...] = ()
    hours: float = 14.0
    idle: float = 3.0
    proxy: bool = False


class Engine(Table):
    """Whose voice is heard: the engine, its speaker (empty: the engine's usual one) and the speed (1 is normal).

    `pitch` (Hz) and `volume` (percent) are edge's; `address`, `model` and `key`, the name of the environment
    variable that holds the secret, are openai's; `proxy` is a URL for both.
    """

    voice: Literal["edge", "espeak", "kokoro", "openai", "silent"] = "kokoro"
    speaker: str = ""
    speed: float = 1.0
    pitch: int = 0
    volume: int = 0
    address: str = ""
    model: str = "tts-1"
    key: str = ""
    proxy: str = ""


class Anchor(Engine):
    """Who reads: the name that listeners hear, the voice, and those that speak the whole edition where it fails."""

    name: str
    fallback: tuple[Engine, ...] = ()

    @property
    def chain(self) -> tuple[Engine, ...]:
        """The voices in the order in which they are tried."""
        return self, *self.fallback


class Source(Table):
    """Where articles come from: the name that is credited, what to read, and what 我区 means there.

    `path` is for kinds that read files, `url` for those that fetch; docs/sources.md tells what each kind makes of the
    rest. `pause` is in seconds. Kinds of other packages are known by their entry point.
    """

    name: str
    path: str = ""
    url: str = ""
    place: str = ""
    kind: str = "newspaper"
    match: str = ""
    limit: int = 50
    full_text: bool = True
    headlines_only: bool = False
    licence: str = ""
    timezone: str = ""
    pause: float = 1.0
    robots: bool = True
    allow_private: bool = False


class Edition(Table):
    """One programme a day: when it is published, in the show's time zone, on which weekdays, and how it greets.

    `special` gives days (YYYY-MM-DD) a time of their own. `gather`, `draft` and `render` are minutes before publishing,
    `catch_up` minutes after it; `unapproved` says what becomes of a script that nobody approved. docs/clock.md tells more.
    """

    publish: time
    greeting: str = "早上好"
    weekdays: tuple[Weekday, ...] = WEEKDAYS
    special: dict[str, time] = {}
    gather: int = 90
    draft: int = 60
    render: int = 20
    catch_up: int = 240
    unapproved: Literal["publish", "hold"] = "publish"


class Llm(Table):
    """A language model that may condense.

    `url` goes up to /v1; `key` is the name of the environment variable that holds the secret; an edition costs at most
    `tokens`.
    """

    url: str
    model: str
    key: str = ""
    tokens: int = 60_000


class Templates(Table):
    """What a show says around its stories, each a jinja2 template, one sentence a line; empty is the house's own."""

    opening: str = ""
    headlines: str = ""
    transition: str = ""
    closing: str = ""


class Pauses(Table):
    """Silence by kind of boundary, in milliseconds (`voices.stitch.Pauses` says why it is what it is)."""

    lead_in: int = 400
    sentence: int = 380
    anchor: int = 550
    part: int = 900
    closing: int = 1200
    tail: int = 700


class Sound(Table):
    """How a show sounds around its sentences, and which files are made of it.

    A piece of music is "house" (the one that comes along), a file of the show, or nothing; `headlines` and `stories`
    say what is heard between two of them.
    """

    signature: str = "house"
    bed: str = "house"
    sting: str = "house"
    headlines: Literal["sting", "breath"] = "sting"
    stories: Literal["sting", "breath"] = "breath"
    pauses: Pauses = Pauses()
    bitrate: Literal[96, 112, 128] = 96
    m4a: bool = False
    speakers: bool = False


class Label(Table):
    """How a show says that it is synthesised: as a sentence or as the tone 短长短短, where, in which words.

    `producer` stands in the file's AIGC label; empty is the show's address.
    """

    kind: Literal["spoken", "tone", "both", "off"] = "spoken"
    where: Literal["start", "end", "both"] = "start"
    words: str = "本节目由人工智能合成播报。"
    producer: str = ""

    def says(self, kind: str, where: str) -> bool:
        """Whether this kind of label stands there."""
        return self.kind in {kind, "both"} and self.where in {where, "both"}


class Show(Table):
    """A programme: what it is called, whose it is, who reads it, from which sources, and how long it is.

    `publish` says where it goes out, if not where the house does.
    `lexicon` is a file of words that are read in a way of the show's own. `favoured` gives words such as places and names
    the points that they add to a story; `pinned` and `banned` are words of titles that are always in, or never.
    """

    title: str
    description: str
    author: str
    email: str
    anchors: tuple[str, ...]
    sources: tuple[str, ...]
    editions: dict[str, Edition]
    timezone: str = "Asia/Shanghai"
    holidays: tuple[date, ...] = ()
    minutes: float = 6.0
    stories: int = 10
    sound: Sound = Sound()
    label: Label = Label()
    lexicon: str = ""
    favoured: dict[str, float] = {}
    pinned: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    templates: Templates = Templates()
    llm: Llm | None = None
    publish: Publish | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the show's days and clock belong to."""
        return ZoneInfo(self.timezone)


class Keep(Table):
    """For how many days files are kept: recordings, and scripts that are in the database as well."""

    recordings: int = 30
    scripts: int = 365


class Webhook(Table):
    """A group or a program that is told by webhook.

    `key` is the name of the environment variable that holds the whole address, which is the secret of a robot; `secret`
    the one with what 钉钉 (加签) and 飞书 (签名校验) sign with.
    """

    key: str
    kind: Literal["wecom", "dingtalk", "feishu", "json"] = "json"
    secret: str = ""


class Mail(Table):
    """Who is told by e-mail, and by which server; `key` is the name of the environment variable with the password."""

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 465
    tls: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    key: str = ""


class Alarms(Table):
    """Who is told when something goes wrong: at which failure of a kind, and after how many minutes again."""

    cooldown: int = 60
    after: dict[str, int] = {"source": 3}
    webhooks: tuple[Webhook, ...] = ()
    mail: Mail | None = None


class Config(Table):
    """All that briefing.toml says; `base` is the folder that relative paths count from."""

    shows: dict[str, Show]
    anchors: dict[str, Anchor]
    sources: dict[str, Source]
    house: House = House()
    alarms: Alarms = Alarms()
    keep: Keep = Keep()
    desk: Desk = Desk()
    base: Path = Path()

    @property
    def folder(self) -> Path:
        """The working folder, resolved."""
        return (self.base / self.house.folder).resolve()

    @property
    def database(self) -> str:
        """The database's URL; by default an SQLite file in the working folder."""
        return self.house.database or f"sqlite:///{self.folder / 'briefing.db'}"


def sample() -> Path:
    """Where the commented sample configuration and the sample pages lie."""
    return SAMPLE if SAMPLE.is_file() else Path(__file__).parents[1] / "seeds" / "briefing.toml"


def load(path: Path) -> Config:
    """Read and check a configuration.

    Raises `ConfigError` for a file that cannot be read, is no TOML, or says something that cannot be meant.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path} does not exist; `briefing init` writes one") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    if "base" in data:
        raise ConfigError(f"{path}: unknown key `base`; remove it")
    try:
        config = Config.model_validate(_tuples({**data, "base": path.resolve().parent}))
    except ValidationError as error:
        raise ConfigError(f"{path}: {_sentence(error)}") from error
    for problem in _problems(config):
        raise ConfigError(f"{path}: {problem}")
    return config


def _tuples(value: object) -> object:
    """TOML's arrays as tuples, as the frozen dataclasses want them."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    return value


def _sentence(error: ValidationError) -> str:
    """The first thing that is wrong, with its key and, for an unknown key, the nearest known one."""
    # A misspelt key is also a missing one: the spelling is what the person can see.
    first = min(error.errors(include_url=False), key=lambda found: found["type"] != "extra_forbidden")
    where = first["loc"]
    key = ".".join(map(str, where))
    if first["type"] == "extra_forbidden":
        return f"unknown key `{key}`{_nearest(str(where[-1]), _known(where[:-1]))}"
    if first["type"] == "missing":
        return f"`{key}` is missing; add it"
    shown = repr(first["input"])
    return f"`{key}` is {shown[:60]}, but {first['msg'][0].lower()}{first['msg'][1:]}"


def _known(where: tuple[int | str, ...]) -> list[str]:
    """The keys that may stand in the table at `where`."""
    table: Any = Config
    for step in where:
        if get_origin(table) in {dict, tuple}:
            table = get_args(table)[get_origin(table) is dict]
        else:
            table = table.model_fields[str(step)].annotation
            # A table that may be missing: what may stand in it where it is there.
            table = next((one for one in get_args(table) if get_args(table)[1:] == (NoneType,)), table)
    return [name for name in table.model_fields if name != "base"]


def _nearest(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; known here: {', '.join(sorted(known))}"


def _problems(config: Config) -> list[str]:
    """What each value by itself allows, but all together do not mean anything."""
    found = [] if config.shows else ["`shows` is empty; describe at least one show"]
    if not re.fullmatch(r"https?://[!-~]+/", config.house.address):
        found.append(
            f"`house.address` is {config.house.address!r}, must be an ASCII http(s) URL with a final slash"
        )
    found += _publish_problems("house.publish", config.house.publish)
    found += _desk_problems(config.desk)
    found += [
        f"`shows.{name}` cannot be: /{name}/ is an address of the house"
        for name in RESERVED & {*config.shows}
    ]
    for table in ("shows", "anchors", "sources"):
        found += [
            f"`{table}.{name}`: a name here has lower-case ASCII letters, digits and hyphens only"
            for name in getattr(config, table)
            if not SLUG.fullmatch(name)
        ]
    found += _alarm_problems(config.alarms)
    found += _secret_problems(config)
    found += [f"`keep.{name}` is {days}, but must be at least 1" for name, days in config.keep if days < 1]
    for name, anchor in config.anchors.items():
        found += _anchor_problems(f"anchors.{name}", anchor)
    for name, source in config.sources.items():
        found += _source_problems(f"sources.{name}", source)
    for name, show in config.shows.items():
        found += _show_problems(f"shows.{name}", show, config)
    return found


def _publish_problems(key: str, publish: Publish) -> list[str]:
    found = []
    if publish.kind == "s3" and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", publish.bucket):
        found.append(f"`{key}.bucket` is {publish.bucket!r}, must be the name of a bucket")
    if not re.fullmatch(r"(?:[A-Za-z0-9._-]+/)*", publish.prefix):
        found.append(
            f"`{key}.prefix` is {publish.prefix!r}, must be ASCII such as radio/ with a final slash, or empty"
        )
    found += [
        f"`{key}.{name}` is {url!r}, must be an http(s) URL, or empty"
        for name, url in (("endpoint", publish.endpoint), ("hub", publish.hub))
        if url and not re.fullmatch(r"https?://[!-~]+", url)
    ]
    if bool(publish.key) != bool(publish.secret):
        found.append(f"`{key}`: name the environment variables of both `key` and `secret`, or of none")
    if min(publish.keep_days, publish.page_size, publish.cap) < 0:
        found.append(f"`{key}`: `keep_days`, `page_size` and `cap` must be at least 0")
    return found


def _secret_problems(config: Config) -> list[str]:
    """A secret that stands where the name of its environment variable belongs; it is not repeated."""
    alarms = config.alarms
    named = [
        (f"anchors.{name}.key", one.key) for name, anchor in config.anchors.items() for one in anchor.chain
    ]
    named += [(f"shows.{slug}.llm.key", show.llm.key) for slug, show in config.shows.items() if show.llm]
    named += [("alarms.webhooks.key", one.key) for one in alarms.webhooks]
    named += [("alarms.webhooks.secret", one.secret) for one in alarms.webhooks]
    named += [("alarms.mail.key", alarms.mail.key)] if alarms.mail else []
    return [
        f"`{key}` must be the name of an environment variable, such as ALARM_ROBOT; set the secret itself there"
        for key, name in named
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*|", name)
    ]


def _alarm_problems(alarms: Alarms) -> list[str]:
    kinds = [*Trouble]
    found = [
        f"`alarms.after.{name}` is no kind of trouble{_nearest(name, kinds)}"
        for name in alarms.after
        if name not in kinds
    ]
    if alarms.cooldown < 0 or any(times < 1 for times in alarms.after.values()):
        found.append("`alarms`: `cooldown` must be at least 0 and each number in `after` at least 1")
    if alarms.mail:
        found += [
            f"`alarms.mail` names {one!r}, which is no e-mail address"
            for one in (alarms.mail.sender, *alarms.mail.to)
            if not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", one)
        ]
        if not alarms.mail.to:
            found.append("`alarms.mail.to` is empty; name at least one address")
    return found


def _desk_problems(desk: Desk) -> list[str]:
    found = []
    if desk.address and not re.fullmatch(r"https?://[^/\s]+/?", desk.address):
        found.append(f"`desk.address` is {desk.address!r}, must be http(s)://, a name and nothing behind it")
    found += [
        f"`desk.hosts` has {host!r}, must be the bare name or address of a host"
        for host in desk.hosts
        if not re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host)
    ]
    if not 0 < desk.idle <= desk.hours <= LONGEST_SESSION:
        found.append(f"`desk.idle` must be above 0, `desk.hours` not below it and at most {LONGEST_SESSION}")
    return found


def _anchor_problems(key: str, anchor: Anchor) -> list[str]:
    found = []
    for place, engine in enumerate(anchor.chain):
        where = f"{key}.fallback.{place - 1}" if place else key
        if not SLOWEST <= engine.speed <= FASTEST:
            found.append(f"`{where}.speed` is {engine.speed}, but must be from {SLOWEST} to {FASTEST}")
        if engine.voice == "openai" and not re.fullmatch(r"https?://[!-~]+", engine.address):
            found.append(
                f"`{where}.address` is {engine.address!r}, must be the http(s) URL of the speech server"
            )
        if engine.proxy and not re.fullmatch(r"https?://[!-~]+", engine.proxy):
            found.append(f"`{where}.proxy` must be an http(s) URL such as http://127.0.0.1:7890")
        if max(abs(engine.pitch), abs(engine.volume)) > FARTHEST:
            found.append(f"`{where}.pitch` and `volume` must be from {-FARTHEST} to {FARTHEST}")
    return found


def kinds() -> tuple[str, ...]:
    """The kinds of source that there are: our own, and those that other packages add."""
    return (*READS_FILES, *FETCHES, *(entry.name for entry in entry_points(group=PLUGINS)))


def _source_problems(key: str, source: Source) -> list[str]:
    found = []
    if source.kind not in kinds():
        found.append(
            f"`{key}.kind` is {source.kind!r}, which is no kind of source{_nearest(source.kind, [*kinds()])}"
        )
    if source.kind in READS_FILES and not source.path:
        found.append(f"`{key}.path` is missing; say where its files lie")
    if source.kind in FETCHES and not re.match(r"https?://", source.url):
        found.append(f"`{key}.url` is {source.url!r}, must be an http(s) address")
    if source.timezone and source.timezone not in available_timezones():
        near = _nearest(source.timezone, sorted(available_timezones()))
        found.append(f"`{key}.timezone` is {source.timezone!r}, which is no time zone{near[:80]}")
    if source.limit < 1 or source.pause < 0:
        found.append(f"`{key}`: `limit` must be at least 1 and `pause` at least 0")
    return found + _pattern_problems(key, source)


def _pattern_problems(key: str, source: Source) -> list[str]:
    try:
        re.compile(source.match)
    except re.error as error:
        return [f"`{key}.match` is no pattern: {error}"]
    return []


def _show_problems(key: str, show: Show, config: Config) -> list[str]:
    found = []
    if show.timezone not in available_timezones():
        near = _nearest(show.timezone, sorted(available_timezones()))
        found.append(f"`{key}.timezone` is {show.timezone!r}, which is no time zone{near[:80]}")
    for table, names, known in (
        ("anchors", show.anchors, config.anchors),
        ("sources", show.sources, config.sources),
    ):
        if not names:
            found.append(f"`{key}.{table}` is empty; name at least one")
        found += [
            f"`{key}.{table}` names {name!r}, which is not described{_nearest(name, list(known))}"
            for name in names
            if name not in known
        ]
    if not show.editions:
        found.append(f"`{key}.editions` is empty; describe at least one, with its time of publishing")
    found += [
        f"`{key}.editions.{name}`: a name here has lower-case ASCII letters, digits and hyphens only"
        for name in show.editions
        if not SLUG.fullmatch(name)
    ]
    found += _sound_problems(key, show)
    found += _publish_problems(f"{key}.publish", show.publish) if show.publish else []
    for name, edition in show.editions.items():
        found += _edition_problems(f"{key}.editions.{name}", edition)
    if not SHORTEST <= show.minutes <= LONGEST:
        found.append(f"`{key}.minutes` is {show.minutes}, but must be from {SHORTEST} to {LONGEST}")
    return found


def _edition_problems(key: str, edition: Edition) -> list[str]:
    found = []
    if not edition.weekdays:
        found.append(f"`{key}.weekdays` is empty; name at least one, or leave it out for every day")
    if edition.publish.second or edition.publish.tzinfo:
        found.append(f"`{key}.publish` is {edition.publish}, but must be a whole minute such as 07:00:00")
    found += [
        f"`{key}.special` names {day!r}, which is no day; write it as YYYY-MM-DD"
        for day in edition.special
        if not _is_day(day)
    ]
    if not EARLIEST >= edition.gather >= edition.draft >= edition.render >= 0:
        found.append(
            f"`{key}`: `gather`, `draft` and `render` are {edition.gather}, {edition.draft} and {edition.render} minutes "
            f"before publishing, but none may be longer than the one before it, nor than {EARLIEST}"
        )
    if not 0 <= edition.catch_up <= EARLIEST:
        found.append(f"`{key}.catch_up` is {edition.catch_up}, but must be from 0 to {EARLIEST} minutes")
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sound_problems(key: str, show: Show) -> list[str]:
    longest = 10_000
    found = [
        f"`{key}.sound.pauses.{name}` is {length}, but must be from 0 to {longest} milliseconds"
        for name, length in show.sound.pauses
        if not 0 <= length <= longest
    ]
    words = show.label.words
    if not compose.says_synthesised(words):
        found.append(
            f"`{key}.label.words` is {words[:40]!r}, but GB 45438-2025 (5.3) wants 人工智能 or AI, "
            "and 生成 or 合成, in it"
        )
    if not re.fullmatch(r"[ -~]{0,100}", show.label.producer):
        found.append(f"`{key}.label.producer` is {show.label.producer[:40]!r}, but must be printable ASCII")
    return found


def unlabelled(show: Show) -> str:
    """What a show that is not labelled in its sound has chosen against; empty for one that is."""
    if show.label.kind != "off":
        return ""
    return (
        "nothing that is heard says that the programme is synthesised, which 《人工智能生成合成内容标识办法》 art. 4 "
        "and GB 45438-2025, 5.3, ask for"
    )
