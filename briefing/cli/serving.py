"""Command `serve`: scheduler, desk and published files in one process."""

from __future__ import annotations

import signal
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from briefing import config
from briefing.cli.dispatch.common import configured, open_newsroom
from briefing.cli.printing.console import Speaker
from briefing.desk.editing import preview
from briefing.errors import ConfigError, StageError
from briefing.server import assembly, health, outage, published_folder, standby
from briefing.storage.store.database_probe import make_probe
from briefing.wiring.alarm_ways import build_alarm
from briefing.wiring.publishers import PUBLIC
from feed.server import media_server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from briefing.editions.newsroom import Newsroom

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""


PARTS = ("clock", "desk", "feed")
"""What `briefing serve` runs; each can run alone."""


def serve(options: argparse.Namespace) -> None:
    """Make the editions, serve the editors' desk and what is published until Ctrl-C or SIGTERM.

    Where something is published already, it is served whatever keeps the rest from being opened.
    """
    speaker = Speaker(quiet=options.quiet)
    signal.signal(signal.SIGTERM, _stop)
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        try:
            whole = stack.enter_context(_open_server(options, speaker))
        except Exception as error:
            files = published_folder.find_published(options.config)
            if not _stands_by(options) or files is None:
                raise
            application: standby.WholeServer | standby.StandbyServer = _stand_by(
                options, speaker, files, error
            )
        else:
            application = _supervise(options, speaker, whole, stack) if _stands_by(options) else whole
        speaker.say("Ctrl-C stops.")
        media_server.run_server(application, options.host, options.port, proxies=_trusted_proxies(options))


def _stands_by(options: argparse.Namespace) -> bool:
    """Return whether the published files are served whatever becomes of the rest."""
    return not options.demo and "feed" in set(options.only or PARTS)


@contextmanager
def _open_server(options: argparse.Namespace, speaker: Speaker) -> Iterator[standby.WholeServer]:
    """Open all parts that are asked for; they stop with the block."""
    described = configured(options, config.sample() if options.demo else None, unwatched=True)
    folder = options.folder if options.demo else described.folder
    if options.demo and not (folder / PUBLIC).is_dir():
        raise StageError(f"nothing is published in {folder / PUBLIC} yet; run `briefing demo`")
    # The demo's newspapers are of days gone by: there is nothing for a clock to make of them.
    parts = set(options.only or PARTS) - ({"clock"} if options.demo else set())
    with open_newsroom(described, folder) as newsroom, ExitStack() as stack:
        alarm = build_alarm(described, newsroom.store)
        running = assembly.build_clock(newsroom, alarm) if "clock" in parts else None
        numbers = assembly.build_metrics(newsroom, running.next_runs if running else dict)
        vitals = health.health_routes(assembly.readiness_checks(newsroom, running), numbers.render_text)
        desk = "desk" in parts and _desk_opens(newsroom, options.host, speaker, demo=options.demo)
        application = assembly.build_app(newsroom, desk=desk, feed="feed" in parts, vitals=vitals)
        if desk:
            preview.warm_voices(newsroom.contexts.values())
        origin = f"http://{options.host}:{options.port}"
        for slug in described.shows if "feed" in parts else ():
            speaker.say(f"Open {origin}/{slug}/")
            speaker.say(f"Subscribe to {origin}/{slug}/feed.xml")
        shortage = outage.OutageNotifier(options.config, outage.DISK)
        application.state.tell_shortage = lambda: shortage(assembly.describe_shortage(newsroom))
        application.state.find_trouble = make_probe(newsroom.store.engine)
        numbers.start_counting()
        stack.callback(numbers.stop_counting)
        if running:
            _say_hours(newsroom, speaker)
            stack.callback(running.stop)
            running.start()
        yield application


def _stand_by(
    options: argparse.Namespace, speaker: Speaker, files: Path, error: Exception
) -> standby.StandbyServer:
    """Serve the published files alone, and open the rest once that is possible."""
    reason = standby.describe_error(error)
    speaker.say(f"Only what is published in {files} is served: {reason}")
    speaker.say(f"The rest is tried again every {standby.RETRY_SECONDS:.0f} seconds")
    return standby.StandbyServer(
        media_server.build_app(files),
        lambda: _open_server(options, speaker),
        outage.OutageNotifier(options.config),
        reason=reason,
    )


def _supervise(
    options: argparse.Namespace, speaker: Speaker, whole: standby.WholeServer, stack: ExitStack
) -> standby.StandbyServer:
    """Serve everything; what `stack` holds is closed and opened anew when the database is lost meanwhile."""
    opened = stack.pop_all()
    # Nobody closes it where the server never starts, since its port is taken.
    stack.push(opened)
    return standby.StandbyServer(
        media_server.build_app(config.load(options.config).folder.resolve() / PUBLIC),
        lambda: _open_server(options, speaker),
        outage.OutageNotifier(options.config),
        first=(whole, opened),
    )


def _trusted_proxies(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the servers in front that say who asks; none, where the configuration cannot be read."""
    try:
        return config.load(config.sample() if options.demo else options.config).desk.trusted_proxies
    except ConfigError:
        return ()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """A service manager's way to press Ctrl-C."""
    raise KeyboardInterrupt


def _say_hours(newsroom: Newsroom, speaker: Speaker) -> None:
    """Tell the hours of publishing."""
    for slug, context in newsroom.contexts.items():
        for name, hours in context.hours.items():
            today = newsroom.now().astimezone(hours.zone).date()
            day = hours.next_day(today)
            if day is not None:
                speaker.say(f"{slug}/{name} goes out at {hours.air(day):%H:%M} on {day} ({hours.zone.key})")


def _desk_opens(newsroom: Newsroom, host: str, speaker: Speaker, *, demo: bool = False) -> bool:
    """Return whether the desk is served there: never to other machines while nobody has an account."""
    address = newsroom.config.desk.address or f"http://{host}"
    if not newsroom.store.accounts.list_accounts():
        speaker.say(
            f"The desk needs an account: briefing user add NAME --role chief{' --demo' if demo else ''}"
        )
        if host not in LOOPBACK:
            speaker.say(f"Until there is one it is not served on {host}; it would be on 127.0.0.1")
            return False
    if host not in LOOPBACK and not address.startswith("https://"):
        speaker.say("Look at this: passwords travel unencrypted; see docs/desk.md for https")
    speaker.say(
        f"Edit at {newsroom.config.desk.address.rstrip('/')}/desk/"
        if newsroom.config.desk.address
        else "Edit at /desk/"
    )
    return True
