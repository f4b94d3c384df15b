"""The only file that orders the stages of an edition.

    gather    sources               → the day's articles          GATHERED
    draft     articles → rundown    → script, revision 1          DRAFTED
    approve   an editor, or the show's rule                       APPROVED
    render    script → clips        → recording                   VOICED
    publish   recording → episode   → audio, pages, feed last     PUBLISHED
    withdraw  what is on the air    → a page that says so         WITHDRAWN

    correct   = the same from an edited script on, with a note that says what was wrong
    reinstate = approve, render and publish what was withdrawn: a chief's act, with a reason
    run       = adopt what editors changed, then every stage that is due, in this order

Each stage loads its input from the store, and its result and the new stage are stored together: a run that
was killed anywhere starts again after the last stored stage and ends with the same episode. What was spoken
before is in the clip cache; what is on air stays on air until the new version is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.editions import edition_decisions, episodes, gathering, publishing
from briefing.editions.lease import with_edition_lease
from briefing.editions.render_edition import check_speakable, render_edition
from briefing.editions.show_context import broadcast, gathered, is_recorded
from briefing.editions.stage_log import log_stage
from briefing.editions.writing.counted_writer import counted_writer, report_writing
from briefing.editorial import drafting
from briefing.editorial.unspeakable import describe_unspeakable
from briefing.errors import StageError
from briefing.model import NEXT_STAGES, EditionKey, Stage
from briefing.storage.store import KEPT_OFF, AuditEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.editions.show_context import Progress, ShowContext
    from briefing.model import Script
    from feed.model import Episode
    from voices.model import Recording


@with_edition_lease
def run(context: ShowContext, key: EditionKey, progress: Progress) -> Episode:
    """Every stage that is due; returns what is on the air at the end."""
    edition_decisions.adopt(context, key)
    _make_due(context, key, progress)
    # Always, also for what is on the air: it mends a published folder, and changes nothing that is right.
    progress.step("Publishing")
    return publish(context, key, progress)


def _make_due(context: ShowContext, key: EditionKey, progress: Progress) -> None:
    """Take every stage before publishing that is due; raises `StageError` for an edition that is held.

    The stage is asked once: each step's own transaction refuses an edition that somebody has held meanwhile.
    """
    stage = _allowed(context, key)
    if stage in {Stage.VOICED, Stage.PUBLISHED}:
        if not is_recorded(context, key):
            render(context, key, progress)
        return
    steps: dict[Stage, Callable[[], object]] = {
        Stage.NEW: lambda: gathering.gather(context, key, progress),
        Stage.GATHERED: lambda: draft(context, key, progress),
        Stage.DRAFTED: lambda: edition_decisions.approve_by_rule(context, key),
        Stage.APPROVED: lambda: render(context, key, progress),
    }
    for step in list(steps.values())[list(steps).index(stage) :]:
        step()


def _allowed(context: ShowContext, key: EditionKey) -> Stage:
    """The stage of an edition that may go on the air some day; raises `StageError` for one that somebody keeps off."""
    stage = context.store.editions.find_standing(key).stage
    if stage in KEPT_OFF:
        raise StageError(f"{key} is {stage}; {KEPT_OFF[stage]}")
    return stage


@with_edition_lease
@log_stage("draft")
def draft(context: ShowContext, key: EditionKey, progress: Progress) -> Script:
    """Choose, condense and compose: revision 1 of the script, or the next one; raises as `gathered`."""
    with context.at_one_moment() as stored:
        articles, earlier = gathered(stored, key), broadcast(stored, key)
        base = stored.store.editions.find_standing(key).revision
    progress.step("Writing the script")
    with counted_writer(context, key, as_draft=True) as writer:
        drafted = drafting.draft(
            key,
            articles,
            earlier,
            context.settings,
            context.wording,
            writer,
            context.anchors,
        )
    note = report_writing(writer, progress)
    note += describe_unspeakable(story.article for story in drafted.rundown.stories)
    progress.chose(drafted.rundown)
    author = context.show.title
    edition_decisions.save(context, key, drafted.dump_script(), base=base, author=author, note=note)
    return drafted.script


@with_edition_lease
@log_stage("render")
def render(context: ShowContext, key: EditionKey, progress: Progress) -> Recording:
    """Speak what the cache does not hold, mix, level, encode and check the programme."""
    return render_edition(context, key, progress)


@with_edition_lease
@log_stage("publish")
def publish(
    context: ShowContext,
    key: EditionKey,
    progress: Progress | None = None,
    what: str = "",
    *,
    may_drop: int = 0,
) -> Episode:
    """Put the episode on the air: audio first, feed last; then remember it.

    `what` tells listeners what was corrected; words that have changed since it was on the air are never passed over in
    silence. `may_drop` is the number of other episodes that a person agrees to take off the air. Raises `StageError` for
    an edition that may not go out, or has nothing new to correct.
    """
    with publishing.publishing_lease(context) as sender:
        with sender.at_one_moment() as stored:
            recording = _ready(stored, key)
        now, guid = sender.now(), episodes.edition_guid(sender.show.guid, key)
        # A programme that is made early is out early: apps drop what is dated in the future.
        position = sender.store.episodes.assign_place(key.show, guid, min(sender.air_time(key), now))
        with sender.at_one_moment() as stored:
            made = episodes.build_episode(stored, key, recording, position)
            before = publishing.last_published(stored, key)
        if what and before and before.audio == made.audio:
            raise StageError(f"{key} is on the air as it is; change its script by `briefing edit` first")
        episode = episodes.carry_corrections(made, before, now, what)
        _say_lost(publishing.publish_stored(sender, key, episode, may_drop=may_drop), progress)
        try:
            sender.store.episodes.save_episode(key, episode)
        except StageError:
            # Somebody held it meanwhile: the decision counts, so the feed falls back to what is stored.
            _say_lost(publishing.publish_stored(sender), progress)
            raise
    _announce(context, progress)
    return episode


@with_edition_lease
def correct(context: ShowContext, key: EditionKey, what: str, progress: Progress) -> Episode:
    """Put a changed script on the air in place of what is there: the stages that are due, and a note for listeners.

    The episode keeps guid, number and page; its sound gets a new name. Raises `StageError` for an edition that never was
    on the air, or whose script is the same.
    """
    if not what.strip():
        raise StageError(f"say what is corrected in {key}, in a sentence for listeners")
    edition_decisions.adopt(context, key)
    if publishing.last_published(context, key) is None:
        raise StageError(f"{key} was never on the air; `briefing run` puts it there")
    _make_due(context, key, progress)
    progress.step("Publishing the correction")
    return publish(context, key, progress, what.strip())


@with_edition_lease
@log_stage("withdraw")
def withdraw(context: ShowContext, key: EditionKey, why: str, progress: Progress | None = None) -> None:
    """Take the episode off the air everywhere, and remember why; a page stays that says so.

    What is remembered first is done next: a withdrawal that could not be sent is sent by asking again, and by the next
    publishing of the show. Raises `StageError` for an edition that is not on the air.
    """
    if not why.strip():
        raise StageError(f"say why {key} is withdrawn; the history keeps it")
    with publishing.publishing_lease(context) as sender:
        if sender.store.editions.find_standing(key).stage is not Stage.WITHDRAWN:
            sender.store.episodes.withdraw_episode(key, why.strip(), sender.now())
        _say_lost(publishing.publish_stored(sender), progress)
    _announce(context, progress)


@with_edition_lease
def reinstate(
    context: ShowContext,
    key: EditionKey,
    revision: int,
    decision: edition_decisions.Decision,
    progress: Progress,
) -> Episode:
    """Put a withdrawn edition on the air again, as its newest revision says it, and log who decided that and why.

    The episode keeps guid and number. Raises `StageError` without a reason or for an edition that is not withdrawn,
    `StaleRevision` when `revision` is not the newest one.
    """
    if not decision.why.strip():
        raise StageError(f"say why {key} goes on the air again; the log keeps it")
    check_speakable(context, key)
    about = f"{key} r{revision}: {decision.why.strip()}"
    deed = AuditEntry(context.now(), decision.who, "reinstate", about, decision.place)
    context.store.episodes.reinstate_edition(key, revision, deed)
    _make_due(context, key, progress)
    progress.step("Publishing")
    return publish(context, key, progress)


def _announce(context: ShowContext, progress: Progress | None) -> None:
    trouble = publishing.notify_hub(context)
    if trouble and progress:
        progress.step(trouble)


def _say_lost(lost: Sequence[Episode], progress: Progress | None) -> None:
    for name in lost:
        if progress:
            progress.step(
                f"Left out number {name.number} ({name.title}): its sound is neither published nor here"
            )


def _ready(context: ShowContext, key: EditionKey) -> Recording:
    """The recording of an edition that may go on the air; raises `StageError`."""
    stage = _allowed(context, key)
    recording = context.store.recordings.find_recording(key)
    if recording is None or Stage.PUBLISHED not in NEXT_STAGES[stage]:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    return recording
