"""The checks that look beyond the studio: will tomorrow's edition be made, found by listeners, and missed if it is not?

Each is given the configuration and yields what it found; `briefing.cli.checks` runs them.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from briefing.cli.checking import address_checks
from briefing.cli.checking.findings import Finding
from briefing.cli.checking.model_probe import check_models
from briefing.errors import BriefingError, ConfigError, SourceError
from briefing.model import AlarmKind
from briefing.monitoring.alarms.events import Event, Severity
from briefing.storage import downloads
from briefing.storage.store import opened
from briefing.wiring.alarm_ways import build_alarm_ways
from briefing.wiring.secrets import named_secrets
from briefing.wiring.show_contexts import build_show_context, edition_hours
from feed.errors import FeedError
from feed.rss import cover

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from zoneinfo import ZoneInfo

    from briefing.config import Config, Show
    from briefing.editions.air_times import Hours
    from briefing.sources.protocol import Source
    from briefing.storage.store import Store


NIGHT = (1, 5)
"""Hours between which hardly anybody listens: a time there is mostly one of another zone."""

TRIAL = "这是一次告警演练，不必处理；收到就说明告警能送到。"
"""What a trial alarm says."""

BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""A clock that is behind this was never set."""

BACKWARDS = timedelta(minutes=5)
"""How far the clock may be behind what was stored last."""


def check_secrets(configuration: Config) -> Iterator[Finding]:
    """Every environment variable that the configuration names is set here."""
    lacking = [(where, name) for where, name in named_secrets(configuration) if not os.environ.get(name)]
    for where, name in lacking:
        sentence = f"{where} needs the environment variable {name}, which is not set"
        yield Finding("secrets", "error", sentence, f"set {name} where `briefing serve` runs")
    if not lacking:
        yield Finding("secrets", "ok", "every environment variable that is named is set")


def check_alarms(configuration: Config) -> Iterator[Finding]:
    """Somebody is told when something goes wrong."""
    ways = build_alarm_ways(configuration)
    if not ways:
        sentence = "nobody is told when something goes wrong"
        yield Finding("alarms", "warn", sentence, "add [[alarms.webhooks]] or [alarms.mail]")
        return
    yield Finding("alarms", "ok", f"told by {'、'.join(ways)}; `briefing check --ring` tries them")
    mail = configuration.alarms.mail
    for address in (mail.sender, *mail.to) if mail else ():
        if address_checks.MADE_UP.search(address):
            yield Finding("alarms", "warn", f"{address} is an address that nobody has", "name a real one")


def check_shows(configuration: Config) -> Iterator[Finding]:
    """Yield what directories ask of a show: somebody who can be written to, and a cover that can be drawn."""
    for slug, show in configuration.shows.items():
        if address_checks.MADE_UP.search(show.email):
            sentence = (
                f"{show.email} is a placeholder; directories write to it to prove that the show is yours"
            )
            yield Finding(f"show {slug}", "warn", sentence, f"set `shows.{slug}.email`")
        yield _cover(slug, show)


def _cover(slug: str, show: Show) -> Finding:
    fonts = [downloads.folder() / asset.path for asset in downloads.FONTS]
    try:
        cover.draw_cover(show.title, show.author, *fonts)
    except FeedError as error:
        return Finding(
            f"cover of {slug}", "error", str(error), f"mend `shows.{slug}.title`, or `briefing fetch`"
        )
    return Finding(f"cover of {slug}", "ok", f"can be drawn for {show.title}")


def check_times(configuration: Config) -> Iterator[Finding]:
    """Editions go out at hours that somebody may have meant, and can be made before."""
    for slug, show in configuration.shows.items():
        now = datetime.now(show.zone)
        for name, hours in edition_hours(show).items():
            yield from times(f"times of {slug}/{name}", hours, now)
        minutes = [edition.publish for edition in show.editions.values()]
        if len(set(minutes)) < len(minutes):
            sentence = f"two editions of {slug} go out at the same minute"
            yield Finding(f"times of {slug}", "warn", sentence, "give each a time of its own")
        if show.holidays and max(show.holidays) < now.date():
            sentence = f"the last of the holidays of {slug} was {max(show.holidays)}"
            yield Finding(
                f"times of {slug}", "warn", sentence, f"add the coming ones to `shows.{slug}.holidays`"
            )


def times(name: str, hours: Hours, now: datetime) -> Iterator[Finding]:
    """Yield what is odd in the hours of an edition."""
    day = hours.next_day(now.date() + timedelta(days=1))
    planned = hours.times(day) if day else None
    if planned is None:
        yield Finding(name, "error", "there is no day with this edition", "see its weekdays and holidays")
        return
    first, last = NIGHT
    if first <= planned.publish.hour < last:
        sentence = f"goes out at {planned.publish:%H:%M} in {hours.zone}"
        yield Finding(name, "warn", sentence, "is it a time of another zone? see `publish` and `timezone`")
    elif planned.gather.date() < planned.publish.date():
        sentence = f"is gathered at {planned.gather:%H:%M} of the evening before, without the day's papers"
        yield Finding(name, "warn", sentence, "publish later, or make `gather` shorter")
    else:
        sentence = (
            f"next on {planned.publish:%Y-%m-%d}: gathers at {planned.gather:%H:%M}, drafts at {planned.draft:%H:%M}, "
            f"renders at {planned.render:%H:%M}, goes out at {planned.publish:%H:%M} in {hours.zone}"
        )
        yield Finding(name, "ok", sentence)


def check_database(configuration: Config) -> Iterator[Finding]:
    """The database can be used, the clock is not behind it, and somebody can sign in to the desk."""
    try:
        with opened(configuration.database, configuration.folder) as store:
            yield Finding("database", "ok", f"is there, of the version {store.revision()}")
            yield clock(datetime.now(UTC), _newest(configuration, store))
            if any(account.role == "chief" for account in store.accounts.list_accounts()):
                yield Finding("desk", "ok", "there is an account of a chief")
            else:
                sentence = "nobody can sign in to the desk, or approve a script there"
                yield Finding("desk", "warn", sentence, "run `briefing user add NAME --role chief`")
            yield from _sources(configuration, store)
    except (ConfigError, OSError) as error:
        yield Finding("database", "error", str(error), "start it, or mend `newsroom.database`")


def _newest(configuration: Config, store: Store) -> datetime | None:
    """The newest moment that was written down: a script's, or a source's."""
    scripts = [
        store.scripts.newest_script(standing.key)
        for slug in configuration.shows
        for standing in store.editions.list_standings(slug)[:1]
    ]
    moments = [draft.saved for draft in scripts if draft]
    moments += [worked for name in configuration.sources if (worked := store.sources.find_state(name).worked)]
    return max(moments, default=None)


def clock(now: datetime, newest: datetime | None) -> Finding:
    """Return whether the machine's clock can be right."""
    if now < BUILT:
        return Finding(
            "clock", "error", f"this machine thinks it is {now:%Y-%m-%d}", "set its clock; use NTP"
        )
    if newest is not None and now < newest - BACKWARDS:
        sentence = (
            f"this machine thinks it is {now:%Y-%m-%d %H:%M} UTC, "
            f"but something was stored at {newest:%Y-%m-%d %H:%M %Z}"
        )
        return Finding("clock", "error", sentence, "set its clock; use NTP")
    return Finding("clock", "ok", f"it is {now.astimezone():%Y-%m-%d %H:%M %Z} on this machine")


def _sources(configuration: Config, store: Store) -> Iterator[Finding]:
    """Each source that a show uses gives something of today or yesterday, or says why not."""
    sources = {
        name: (source, show.zone)
        for slug, show in configuration.shows.items()
        for name, source in build_show_context(
            configuration, slug, store, configuration.folder
        ).sources.items()
    }
    with ThreadPoolExecutor(8) as executor:
        futures = [executor.submit(_source, name, *one, store) for name, one in sources.items()]
        yield from (future.result() for future in futures)


def _source(name: str, source: Source, zone: ZoneInfo, store: Store) -> Finding:
    now = datetime.now(zone)
    state = store.sources.find_state(name)
    worked = f"; it last worked on {state.worked:%Y-%m-%d %H:%M}" if state.worked else ""
    try:
        first = next(iter(source.fetch(now - timedelta(days=2), now + timedelta(days=1))), None)
    except SourceError as error:
        return Finding(
            f"source {name}", "error", f"{error}{worked}", "see docs/sources.md, `briefing sources`"
        )
    if first is None:
        sentence = f"has no article of today or the two days before{worked}"
        return Finding(f"source {name}", "warn", sentence, "is its address, path or `match` still right?")
    return Finding(f"source {name}", "ok", f"gives articles, such as “{first.title[:30]}”")


def ring(configuration: Config, now: datetime) -> Iterator[Finding]:
    """Try every way by which somebody is told, with an alarm that says that it is a trial."""
    event = Event(AlarmKind.CLOCK, Severity.WARNING, TRIAL, now)
    for name, way in build_alarm_ways(configuration).items():
        try:
            way.notify(event)
        except BriefingError as error:
            yield Finding(f"alarm {name}", "error", str(error), "mend it in [alarms]")
        else:
            yield Finding(f"alarm {name}", "ok", "took a trial alarm: somebody must have got it")


CHECKS: tuple[Callable[[Config], Iterable[Finding]], ...] = (
    check_secrets,
    check_alarms,
    address_checks.check_addresses,
    check_shows,
    check_times,
    check_database,
    address_checks.check_port,
    check_models,
    address_checks.check_on_air,
)
"""In the order in which they are mended."""
