"""`briefing watch`: is today's episode there, for each feed that is named or configured."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from briefing.cli.dispatch.common import configured, one_of, print_json, zone_of
from briefing.cli.printing.console import Speaker
from briefing.errors import ConfigError
from briefing.monitoring import watch
from briefing.monitoring.watch import Expectation
from briefing.storage.store import opened
from briefing.wiring.alarm_ways import build_alarm
from briefing.wiring.publishers import show_address
from briefing.wiring.show_contexts import edition_hours
from feed.rss.paging import FEED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from briefing.config import Config
    from briefing.editions.air_times import Hours
    from briefing.monitoring.watch import Verdict

GRACE = timedelta(minutes=5)
"""How long after its minute an edition may still be on its way."""

BACK = 14
"""Days that are looked back for the last edition that was due."""


class _Post(NamedTuple):
    """A feed that is watched: its address, the show ('' where it is not known), what must be there, the time there."""

    url: str
    show: str
    wanted: Expectation
    now: datetime


def run(options: argparse.Namespace) -> int:
    """Look at each feed, say what is wrong, raise or clear the alarms; exit status 1 when something is."""
    if options.config is None and options.url is None:
        options.config = Path("briefing.toml")
    configuration = configured(options) if options.config else None
    posts = [_named(options)] if options.url else [*_configured(options, configuration)]
    verdicts = [watch.check_feed(post.url, post.wanted, post.now) for post in posts]
    if configuration is not None:
        with opened(configuration.database, configuration.folder) as store:
            alarm = build_alarm(configuration, store)
            for post, verdict in zip(posts, verdicts, strict=True):
                alarm.notify(watch.verdict_event(verdict, post.show))
    speaker = Speaker(quiet=options.quiet)
    for verdict in verdicts:
        _tell(speaker, verdict)
    if options.json:
        print_json([_shown(verdict) for verdict in verdicts])
    return int(any(verdict.faults for verdict in verdicts))


def _named(options: argparse.Namespace) -> _Post:
    """The feed whose address is given."""
    now = datetime.now(zone_of(options.timezone))
    after = None
    if options.by and now.time() >= _minute(options.by):
        after = datetime.combine(now.date(), time.min, now.tzinfo)
    return _Post(options.url, options.show or "", Expectation(after, _age(options), options.sample), now)


def _configured(options: argparse.Namespace, configuration: Config | None) -> Iterator[_Post]:
    """The feeds of the shows, each with the last edition that must be there by now."""
    if configuration is None or options.by:
        raise ConfigError("--by belongs to the address of a feed; name it, or leave --by out")
    shows = (
        [one_of("show", options.show, list(configuration.shows))]
        if options.show
        else list(configuration.shows)
    )
    for slug in shows:
        show = configuration.shows[slug]
        now = datetime.now(show.zone)
        expectation = Expectation(last_due(edition_hours(show).values(), now), _age(options), options.sample)
        yield _Post(urljoin(show_address(configuration, slug), FEED), slug, expectation, now)


def last_due(hours: Iterable[Hours], now: datetime) -> datetime | None:
    """Return when the last edition was to be published that must be on the air by now."""
    days = [now.date() - timedelta(days=back) for back in range(BACK)]
    due = [hour.air(day) for hour in hours for day in days if hour.has(day)]
    return max((moment for moment in due if moment <= now - GRACE), default=None)


def _minute(text: str) -> time:
    try:
        return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a minute of any day
    except ValueError as error:
        raise ConfigError(f"{text!r} is no minute; write it as HH:MM, such as 07:05") from error


def _age(options: argparse.Namespace) -> timedelta | None:
    return None if options.max_age is None else timedelta(hours=options.max_age)


def _tell(speaker: Speaker, verdict: Verdict) -> None:
    for fault in verdict.faults:
        speaker.say(f"{verdict.url}: {fault.english}")
    if not verdict.faults and verdict.item and verdict.item.published:
        local = verdict.item.published.astimezone(verdict.when.tzinfo)
        speaker.say(f"{verdict.url}: {verdict.item.title}, of {local:%Y-%m-%d %H:%M}, is there and whole")


def _shown(verdict: Verdict) -> dict[str, Any]:
    item, audio = verdict.item, verdict.heard
    return {
        "feed": verdict.url,
        "ok": not verdict.faults,
        "looked": verdict.when.isoformat(),
        "title": item.title if item else None,
        "guid": item.guid if item else None,
        "published": item.published.isoformat() if item and item.published else None,
        "audio": item.url if item else None,
        "bytes": audio.size if audio else None,
        "seconds": audio.seconds if audio else None,
        "loudness": audio.loudness if audio else None,
        "faults": [fault.english for fault in verdict.faults],
    }
