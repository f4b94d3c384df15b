"""`briefing status`: what happened, what is next, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.cli.dispatch.common import configured, one_of, open_newsroom, print_json
from briefing.cli.printing.console import Speaker
from briefing.editions import lease
from briefing.editions.air_times import DAY
from briefing.model import EditionKey
from briefing.scheduler.progress import step_of
from briefing.scheduler.timetable import ENGLISH

if TYPE_CHECKING:
    import argparse

    from briefing.editions.newsroom import Newsroom
    from briefing.editions.show_context import ShowContext
    from briefing.model import ModelCost

LISTED = 14
"""Editions of a show that are listed, the newest ones; `briefing history` knows what was broadcast before."""


def run(options: argparse.Namespace) -> None:
    """Print where the editions stand, what the clock does next, who is at work, and what is wrong."""
    configuration = configured(options)
    names = list(configuration.shows)
    shows = [one_of("show", options.show, names)] if options.show else names
    with open_newsroom(configuration, configuration.folder) as newsroom:
        answer = {
            "editions": [row for slug in shows for row in _editions(newsroom.contexts[slug])],
            "next": [row for slug in shows for row in _next(newsroom.contexts[slug])],
            "working": _working(newsroom),
            "wrong": _wrong(newsroom),
        }
    speaker = Speaker(quiet=options.quiet)
    for title, columns in COLUMNS.items():
        rows = [tuple(str(row[name.rstrip("#")]) for name in columns) for row in answer[title]]
        speaker.table(title.capitalize(), columns, rows)
    if options.json:
        print_json(answer)


COLUMNS = {
    "editions": ("edition", "stage", "revision#", "model", "said"),
    "next": ("edition", "act", "at"),
    "working": ("on", "process", "since"),
    "wrong": ("trouble", "severity", "since", "said"),
}
"""What the tables show; the JSON has the same names."""


def _editions(context: ShowContext) -> list[dict[str, Any]]:
    """The newest first, with the last thing that there was to say of each."""
    store, slug = context.store, context.show.slug
    skips = store.acts.list_skips(slug)
    keys = {*skips, *(standing.key for standing in store.editions.list_standings(slug))}
    rows = []
    for key in sorted(keys, key=lambda key: (key.day, key.edition), reverse=True)[:LISTED]:
        standing, remarks = (
            store.editions.find_standing(key),
            [done.sentence for done in store.acts.list_acts(key)][-1:],
        )
        aired = store.episodes.find_episode(key) is not None
        if key in skips and not aired:
            remarks = [": ".join(filter(None, (ENGLISH[skips[key].why], skips[key].detail)))]
        stage = "skipped" if key in skips and not aired else standing.stage
        rows.append(
            {"edition": str(key), "stage": stage, "revision": standing.revision, "said": "".join(remarks)}
            | {"model": _model_cost(store.model_costs.find_cost(key))}
        )
    return rows


def _model_cost(cost: ModelCost | None) -> str:
    """Return what the language model has cost for an edition; empty where none was asked."""
    if cost is None or not cost.requests:
        return ""
    money = f", {cost.yuan:.2f} yuan" if cost.yuan else ""
    return f"{cost.tokens} tokens{money}, {cost.seconds:.0f} s"


def _next(context: ShowContext) -> list[dict[str, Any]]:
    """Return what comes next for each edition, in the show's time zone."""
    rows = []
    for name, hours in context.hours.items():
        today = context.now().astimezone(hours.zone).date()
        coming = hours.next_day(today + DAY)
        days = [day for day in (today - DAY, today, coming) if day is not None]
        steps = [(day, step_of(context, EditionKey(context.show.slug, day, name))) for day in days]
        rows += [
            {
                "edition": str(EditionKey(context.show.slug, day, name)),
                "act": step.act,
                "at": step.at.astimezone(hours.zone).isoformat(timespec="minutes"),
            }
            for day, step in steps
            if step is not None
        ]
    return rows


def _working(newsroom: Newsroom) -> list[dict[str, Any]]:
    return [
        {"on": name, "process": holder.pid, "since": holder.taken.astimezone().isoformat(timespec="seconds")}
        for name, holder in newsroom.store.leases.list_leases().items()
        if not lease.gone(holder, newsroom.now())
    ]


def _wrong(newsroom: Newsroom) -> list[dict[str, Any]]:
    return [
        {
            "trouble": alarm.name,
            "severity": alarm.severity,
            "since": alarm.since.isoformat(timespec="minutes"),
            "said": alarm.sentence,
        }
        for alarm in newsroom.store.alarms.list_alarms()
    ]
