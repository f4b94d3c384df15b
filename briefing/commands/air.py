"""Serve what is on the air."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing import config, health, serving, wiring
from briefing.commands.common import configured, house_of
from briefing.console import Speaker
from briefing.desk import listening
from briefing.errors import StageError
from feed import serve as transmitter

if TYPE_CHECKING:
    import argparse

    from briefing.house import House

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""


def serve(options: argparse.Namespace) -> None:
    """Serve the editors' desk and what is published until Ctrl-C."""
    speaker = Speaker(quiet=options.quiet)
    described = configured(options, config.sample() if options.demo else None, unwatched=True)
    folder = options.folder if options.demo else described.folder
    if options.demo and not (folder / wiring.PUBLIC).is_dir():
        raise StageError(f"nothing is published in {folder / wiring.PUBLIC} yet; run `briefing demo`")
    with house_of(described, folder) as house:
        numbers = serving.metrics(house)
        vitals = health.routes(serving.ready(house), numbers.text)
        desk = _desk_opens(house, options.host, speaker, demo=options.demo)
        application = serving.build(house, desk=desk, vitals=vitals)
        if desk:
            listening.warm(house.productions.values())
        origin = f"http://{options.host}:{options.port}"
        for slug in described.shows:
            speaker.say(f"Open {origin}/{slug}/")
            speaker.say(f"Subscribe to {origin}/{slug}/feed.xml")
        speaker.say("Ctrl-C stops.")
        numbers.begin()
        try:
            transmitter.run(application, options.host, options.port, proxy=described.desk.proxy)
        finally:
            numbers.end()


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
