"""An edition at a glance, as the JSON API gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.desk.api import responses
from briefing.desk.jobs.background_jobs import jobs_of
from briefing.desk.jobs.edition_status import describe_status
from briefing.editions import lease
from briefing.editions.approvals import script_review
from briefing.errors import BriefingError
from briefing.scheduler.progress import step_of
from briefing.scheduler.timetable import CHINESE

if TYPE_CHECKING:
    from fastapi import Request

    from briefing.desk.api.addresses import EditionAddress


def summarize_edition(request: Request, at: EditionAddress) -> responses.EditionOut:
    """Return an edition at a glance; a script that cannot be judged has its reason among the warnings."""
    context, key = at
    standing = context.store.editions.find_standing(key)
    seconds = target = None
    warnings: list[str] = []
    if standing.revision:
        try:
            length = script_review.length(context, key)
            seconds, target = length.seconds, length.target
            warnings = script_review.list_warnings(context, key)
        except BriefingError as error:
            warnings = [str(error)]
    holder = context.store.leases.find_lease(str(key))
    job, episode = jobs_of(request).find_job(key), context.store.episodes.find_episode(key)
    hours, publishes = context.hours[key.edition], context.air_time(key)
    times, step, skip = hours.times(key.day), step_of(context, key), context.store.acts.find_skip(key)
    return responses.EditionOut(
        **responses.StandingOut.of(standing).model_dump(),
        renders=times.render if times else None,
        publishes=publishes,
        seconds_left=(publishes - context.now()).total_seconds(),
        holds=hours.holds,
        next=responses.StepOut(act=step.act, at=step.at) if step else None,
        skipped=CHINESE[skip.why] if skip else "",
        busy=holder is not None and not lease.gone(holder, context.now()),
        status=responses.StatusOut(**describe_status(context, key, job)._asdict()),
        seconds=seconds,
        target=target,
        warnings=warnings,
        job=responses.JobOut.of(job) if job else None,
        episode=episode.number if episode else None,
    )
