"""Serve what is on the air."""

from __future__ import annotations

import signal
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from briefing import config, wiring
from briefing.cli.common import configured, house_of
from briefing.cli.console import Speaker
from briefing.desk.editing import preview
from briefing.errors import StageError
from briefing.server import assembly, health
from feed.server import media_server as transmitter

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from briefing.editions.newsroom import House

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""


PARTS = ("clock", "desk", "feed")
"""What `briefing serve` runs; each can run alone."""


def serve(options: argparse.Namespace) -> None:
    """Make the editions, serve the editors' desk and what is published until Ctrl-C or SIGTERM."""
    speaker = Speaker(quiet=options.quiet)
    described = configured(options, config.sample() if options.demo else None, unwatched=True)
    folder = options.folder if options.demo else described.folder
    if options.demo and not (folder / wiring.PUBLIC).is_dir():
        raise StageError(f"nothing is published in {folder / wiring.PUBLIC} yet; run `briefing demo`")
    # The demo's newspapers are of days gone by: there is nothing for a clock to make of them.
    parts = set(options.only or PARTS) - ({"clock"} if options.demo else set())
    signal.signal(signal.SIGTERM, _stop)
    with house_of(described, folder) as house, suppress(KeyboardInterrupt), ExitStack() as stack:
        running = (
            assembly.build_clock(house, wiring.alarm(described, house.store)) if "clock" in parts else None
        )
        numbers = assembly.build_metrics(house, running.next_runs if running else dict)
        vitals = health.health_routes(assembly.readiness_checks(house, running), numbers.render_text)
        desk = "desk" in parts and _desk_opens(house, options.host, speaker, demo=options.demo)
        application = assembly.build_app(house, desk=desk, feed="feed" in parts, vitals=vitals)
        if desk:
            preview.warm(house.productions.values())
        origin = f"http://{options.host}:{options.port}"
        for slug in described.shows if "feed" in parts else ():
            speaker.say(f"Open {origin}/{slug}/")
            speaker.say(f"Subscribe to {origin}/{slug}/feed.xml")
        numbers.start_counting()
        stack.callback(numbers.stop_counting)
        if running:
            _say_hours(house, speaker)
            stack.callback(running.stop)
            running.start()
        speaker.say("Ctrl-C stops.")
        transmitter.run_server(application, options.host, options.port, proxy=described.desk.proxy)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """A service manager's way to press Ctrl-C."""
    raise KeyboardInterrupt


def _say_hours(house: House, speaker: Speaker) -> None:
    """When the clock publishes what."""
    for slug, production in house.productions.items():
        for name, hours in production.hours.items():
            today = house.now().astimezone(hours.zone).date()
            day = hours.next_day(today)
            if day is not None:
                speaker.say(f"{slug}/{name} goes out at {hours.air(day):%H:%M} on {day} ({hours.zone.key})")


def _desk_opens(house: House, host: str, speaker: Speaker, *, demo: bool = False) -> bool:
    """Whether the desk is served there: never to other machines while nobody has an account."""
    address = house.config.desk.address or f"http://{host}"
    if not house.store.accounts():
        speaker.say(
            f"The desk needs an account: briefing user add NAME --role chief{' --demo' if demo else ''}"
        )
        if host not in LOOPBACK:
            speaker.say(f"Until there is one it is not served on {host}; it would be on 127.0.0.1")
            return False
    if host not in LOOPBACK and not address.startswith("https://"):
        speaker.say("Look at this: passwords travel unencrypted; see docs/desk.md for https")
    speaker.say(
        f"Edit at {house.config.desk.address.rstrip('/')}/desk/"
        if house.config.desk.address
        else "Edit at /desk/"
    )
    return True
