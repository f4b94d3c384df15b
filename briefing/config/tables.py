"""The tables of briefing.toml, and what each key may hold by itself."""

from __future__ import annotations

import json
from datetime import date, time  # noqa: TC003 - pydantic reads the annotations when the module runs
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""Monday first, as dates count them."""


MAX_SESSION_HOURS = 24 * 14
"""Hours after which everybody signs in again."""

MAX_LEAD_MINUTES = 12 * 60
"""Minutes before and after publishing that an edition may take: then no two of a name are ever in the making."""

Count = Annotated[int, Field(ge=0)]
Days = Annotated[int, Field(ge=1)]
EdgeShift = Annotated[int, Field(ge=-100, le=100)]
"""Per cent (volume) or Hz (pitch) either way, as edge-tts takes them."""

Lead = Annotated[int, Field(ge=0, le=MAX_LEAD_MINUTES)]
PauseMillis = Annotated[int, Field(ge=0, le=10_000)]


class Table(BaseModel):
    """A table of the file: frozen, nothing coerced, no key that is not described."""

    # Built at the first use: only `Config` is ever validated by itself, and building all takes a command 30 ms.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Publish(Table):
    """Publishing of a show: its place, and how much of it stays there.

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
    keep_days: Count = 0
    page_size: Count = 200
    cap: Count = 0
    latest: bool = False
    hub: str = ""


class Newsroom(Table):
    """Installation: the working folder, the database and the public address.

    `clips` is how many megabytes of spoken sentences are remembered at most; `log` is how the log looks; with `counts`
    downloads are counted, of nobody in particular; `publish` is for
    shows without one of their own.
    """

    folder: str = "var"
    database: str = ""
    address: str = "http://127.0.0.1:8000/"
    clips: Count = 2048
    log: Literal["human", "json"] = "human"
    counts: bool = False
    publish: Publish = Field(default_factory=Publish)


class Desk(Table):
    """The editors' desk: where a browser finds it, and how long a person stays signed in.

    `address` is its public URL, https wherever other machines can reach it; empty is whatever address of this machine
    the server listens on. `hosts` are further names by which it may be asked. `hours` is the longest life of a session,
    `idle` the hours after which a session that nobody used has ended. `proxy` says that a server stands in front of
    it, which tells who asks: true for one on this machine, else the addresses or networks that are believed.
    """

    address: str = ""
    hosts: tuple[str, ...] = ()
    hours: float = Field(default=14.0, gt=0, le=MAX_SESSION_HOURS)
    idle: float = Field(default=3.0, gt=0)
    proxy: bool | Annotated[tuple[str, ...], Field(strict=False)] = False

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        """Addresses and networks of the servers in front that are believed when they say who asks."""
        if isinstance(self.proxy, tuple):
            return self.proxy
        return ("127.0.0.1", "::1") if self.proxy else ()


def _as_json(value: object) -> object:
    """Return a table as JSON text, so that a setting with one can be compared and hashed."""
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        if isinstance(value, dict)
        else value
    )


class Engine(Table):
    """Voice of an anchor: the engine, its speaker (empty: the engine's usual one) and the speed (1 is normal).

    `quality` is kokoro's; `pitch` (Hz) and `volume` (percent) are edge's; `address`, `model` and `key`,
    the name of the environment variable that holds the secret, are openai's; `proxy` is a URL for both.
    The rest is for servers that one runs oneself (docs/voices.md): `server` their kind, `extra` further fields of the
    request as JSON, `timeout` seconds of a short sentence, `at_once` requests in flight, `rate` Hz of headerless PCM,
    `reference` a sound whose voice is cloned with the speaker's consent.
    """

    voice: Literal["edge", "espeak", "kokoro", "openai", "silent"] = "kokoro"
    speaker: str = ""
    speed: float = Field(default=1.0, ge=0.5, le=2)
    quality: Literal["best", "fast"] = "best"
    pitch: EdgeShift = 0
    volume: EdgeShift = 0
    address: str = ""
    model: str = "tts-1"
    key: str = ""
    proxy: str = ""
    server: Literal["openai", "fish", "gpt-sovits", "cosyvoice"] = "openai"
    path: str = ""
    extra: Annotated[str, BeforeValidator(_as_json)] = ""
    timeout: float = Field(default=10.0, gt=0, le=600)
    at_once: int = Field(default=4, ge=1, le=32)
    format: Literal["wav", "flac", "mp3", "pcm"] = "wav"
    rate: int = Field(default=0, ge=0, le=192_000)
    reference: str = ""
    reference_text: str = ""
    consent: str = ""
    upload: bool = False
    pinyin: bool = False


class Anchor(Engine):
    """Anchor: the name that listeners hear, the voice, and those that speak the whole edition where it fails."""

    name: str
    fallback: tuple[Engine, ...] = ()

    @property
    def chain(self) -> tuple[Engine, ...]:
        """The voices in the order in which they are tried."""
        return self, *self.fallback


class Source(Table):
    """Source of articles: the name that is credited, what to read, and the place that 我区 means there.

    `path` is for kinds that read files, `url` for those that fetch; docs/sources.md tells what each kind makes of the
    rest. `pause` is in seconds, `poll` in minutes. Kinds of other packages are known by their entry point.
    """

    name: str
    path: str = ""
    url: str = ""
    place: str = ""
    kind: str = "newspaper"
    match: str = ""
    limit: int = Field(default=50, ge=1)
    full_text: bool = True
    headlines_only: bool = False
    licence: str = ""
    timezone: str = ""
    pause: float = Field(default=1.0, ge=0)
    poll: int = Field(default=20, ge=5, le=1440)
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
    gather: Lead = 90
    draft: Lead = 60
    render: Lead = 20
    catch_up: Lead = 240
    unapproved: Literal["publish", "hold"] = "publish"


class LlmModel(Table):
    """A language model at a server with OpenAI's /chat/completions.

    `url` goes up to /v1; `key` is the name of the environment variable that holds the secret; `extra` are further fields
    of each request, `yuan_in` and `yuan_out` the prices of a million tokens.
    """

    url: str
    model: str
    key: str = ""
    stream: bool = False
    extra: dict[str, bool | int | float | str | dict[str, bool | int | float | str]] = {}
    yuan_in: float = Field(default=0.0, ge=0)
    yuan_out: float = Field(default=0.0, ge=0)


class Llm(LlmModel):
    """The language model that may write a show, and those tried after it (`fallback`), in their order.

    An edition costs at most `tokens`, `yuan` (0: no limit) and `seconds` of waiting, an answer at most `patience`
    seconds. Files of rules of the show's own: `prompt` for a story, `programme_prompt` for the pass over the programme,
    `change_prompt` for what an editor asks for; `forbidden` are words that it does not say.
    """

    tokens: int = Field(default=60_000, ge=0)
    yuan: float = Field(default=0.0, ge=0)
    seconds: float = Field(default=120.0, gt=0)
    patience: float = Field(default=30.0, gt=0)
    style: Literal["播报", "快讯", "对谈"] = "播报"
    prompt: str = ""
    programme_prompt: str = ""
    change_prompt: str = ""
    forbidden: tuple[str, ...] = ()
    fallback: tuple[LlmModel, ...] = ()

    @property
    def chain(self) -> tuple[LlmModel, ...]:
        """All models in the order in which they are tried."""
        return (self, *self.fallback)


class Templates(Table):
    """Words of a show around its stories, each a jinja2 template, one sentence a line; empty is the usual one."""

    opening: str = ""
    headlines: str = ""
    transition: str = ""
    closing: str = ""
    episode_title: str = ""


class Pauses(Table):
    """Silence by kind of boundary, in milliseconds (`voices.audio.timeline.Pauses` says why it is what it is)."""

    lead_in: PauseMillis = 400
    sentence: PauseMillis = 380
    anchor: PauseMillis = 550
    part: PauseMillis = 900
    closing: PauseMillis = 1200
    tail: PauseMillis = 700


COMPUTED_MUSIC = frozenset({"house", "news", "light", "evening"})
"""Names of music that is computed; any other name is a file of the show."""


class Sound(Table):
    """Sound of a show around its sentences, and the files made of it.

    A piece of music is "news", "light" or "evening" (computed; "house" is "news"), a file of the show, or nothing;
    `headlines` and `stories` say what is heard between two of them.
    """

    signature: str = "house"
    bed: str = "house"
    sting: str = "house"
    headlines: Literal["sting", "breath"] = "sting"
    stories: Literal["sting", "breath"] = "breath"
    pauses: Pauses = Field(default_factory=Pauses)
    bitrate: Literal[96, 112, 128] = 96
    m4a: bool = False
    speakers: bool = False


class Label(Table):
    """Label of synthesised sound: as a sentence or as the tone 短长短短, its place and its words.

    `producer` stands in the file's AIGC label; empty is the show's address.
    """

    kind: Literal["spoken", "tone", "both", "off"] = "spoken"
    where: Literal["start", "end", "both"] = "start"
    words: str = "本节目由人工智能合成播报。"
    producer: str = ""

    def says(self, kind: str, where: str) -> bool:
        """Return whether this kind of label stands there."""
        return self.kind in {kind, "both"} and self.where in {where, "both"}


class Show(Table):
    """A programme: what it is called, whose it is, who reads it, from which sources, and how long it is.

    `publish` says where it goes out, if not where the newsroom does.
    `lexicon` is a file of words that are read in a way of the show's own. `favoured` gives words such as places and names
    the points that they add to a story; `pinned` and `banned` are words of titles that are always in, or never.
    `round_figures` lets the built-in writer say exact figures as round ones where the exact does not matter.
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
    minutes: float = Field(default=6.0, ge=1, le=60)
    stories: int = Field(default=10, ge=1)
    sound: Sound = Field(default_factory=Sound)
    label: Label = Field(default_factory=Label)
    lexicon: str = ""
    favoured: dict[str, float] = {}
    pinned: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    round_figures: bool = False
    templates: Templates = Field(default_factory=Templates)
    llm: Llm | None = None
    publish: Publish | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that the show's days and clock belong to."""
        return ZoneInfo(self.timezone)


class Keep(Table):
    """For how many days files are kept: recordings, and scripts that are in the database as well."""

    recordings: Days = 30
    scripts: Days = 365


class Webhook(Table):
    """A group or a program that is told by webhook.

    `key` is the name of the environment variable that holds the whole address, which is the secret of a robot; `secret`
    the one with what 钉钉 (加签) and 飞书 (签名校验) sign with.
    """

    key: str
    kind: Literal["wecom", "dingtalk", "feishu", "json"] = "json"
    secret: str = ""


class Mail(Table):
    """Mail alarm: recipients and server; `key` names the environment variable with the password."""

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = Field(default=465, ge=1, le=65_535)
    tls: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    key: str = ""


class Alarms(Table):
    """Alarms: at which failure of a kind people are told, and after how many minutes again."""

    cooldown: Count = 60
    after: dict[str, Annotated[int, Field(ge=1)]] = {"source": 3}
    webhooks: tuple[Webhook, ...] = ()
    mail: Mail | None = None


class Config(Table):
    """All that briefing.toml says; `base` is the folder that relative paths count from."""

    shows: dict[str, Show]
    anchors: dict[str, Anchor]
    sources: dict[str, Source]
    newsroom: Newsroom = Field(default_factory=Newsroom)
    alarms: Alarms = Field(default_factory=Alarms)
    keep: Keep = Field(default_factory=Keep)
    desk: Desk = Field(default_factory=Desk)
    base: Path = Path()

    @property
    def folder(self) -> Path:
        """The working folder, resolved."""
        return (self.base / self.newsroom.folder).resolve()

    @property
    def database(self) -> str:
        """The database's URL; by default an SQLite file in the working folder."""
        return self.newsroom.database or f"sqlite:///{self.folder / 'briefing.db'}"
