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

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from briefing.editions import episodes, lease, publishing, utterances
from briefing.editions.context import broadcast, gathered, newest_draft
from briefing.editions.stage_log import log_stage
from briefing.editorial import drafting, rundown, script
from briefing.errors import NothingToSay, SourceError, StageError
from briefing.model import NEXT_STAGES, EditionKey, Stage
from briefing.storage.store import Deed
from feed.model import Correction
from voices.audio import plot, rendering
from voices.audio import tags as labels
from voices.model import Recording, Tags
from voices.synthesis import synthesize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.editions.context import Production, Progress
    from briefing.model import Article, Rundown, Script
    from briefing.sources.protocol import Source
    from feed.model import Episode


Told = ParamSpec("Told")
Made = TypeVar("Made")

DAY = timedelta(days=1)
LONGEST_REST = timedelta(days=14)
"""Days without an edition that the next one covers: what is older is no news."""

KEPT_OFF = {
    Stage.HELD: "`briefing approve` lets it go on the air",
    Stage.WITHDRAWN: "only `briefing reinstate` brings it back",
}
"""What keeps an edition off the air, and how it is let on."""

SOURCES_AT_ONCE = 8
"""Sources that are read at the same time; the requests to one host still follow each other."""


class Decision(NamedTuple):
    """A person's decision: who made it, at which address, and why."""

    who: str
    place: str
    why: str


def alone(
    stage: Callable[Concatenate[Production, EditionKey, Told], Made],
) -> Callable[Concatenate[Production, EditionKey, Told], Made]:
    """A stage during which nobody else is at work on the edition; raises `EditionBusy` when somebody is."""

    @wraps(stage)
    def held(production: Production, key: EditionKey, /, *args: Told.args, **kwargs: Told.kwargs) -> Made:
        with lease.held(production.store, str(key), production.now) as store:
            return stage(replace(production, store=store), key, *args, **kwargs)

    return held


@alone
def run(production: Production, key: EditionKey, progress: Progress) -> Episode:
    """Every stage that is due; returns what is on the air at the end."""
    adopt(production, key)
    while (step := _due(production, key, progress)) is not None:
        step()
    # Always, also for what is on the air: it mends a published folder, and changes nothing that is right.
    progress.step("Publishing")
    return publish(production, key, progress)


def _due(production: Production, key: EditionKey, progress: Progress) -> Callable[[], object] | None:
    """The next stage before publishing; raises `StageError` for an edition that is held."""
    stage = _allowed(production, key)
    if stage in {Stage.VOICED, Stage.PUBLISHED} and not recorded(production, key):
        return lambda: render(production, key, progress)
    steps: dict[Stage, Callable[[], object]] = {
        Stage.NEW: lambda: gather(production, key, progress),
        Stage.GATHERED: lambda: draft(production, key, progress),
        Stage.DRAFTED: lambda: approve_by_rule(production, key),
        Stage.APPROVED: lambda: render(production, key, progress),
    }
    return steps.get(stage)


def _allowed(production: Production, key: EditionKey) -> Stage:
    """The stage of an edition that may go on the air some day; raises `StageError` for one that somebody keeps off."""
    stage = production.store.standing(key).stage
    if stage in KEPT_OFF:
        raise StageError(f"{key} is {stage}; {KEPT_OFF[stage]}")
    return stage


def recorded(production: Production, key: EditionKey) -> bool:
    """Whether the recording of the newest script is still the file that was rendered."""
    recording = production.store.recording(key)
    return (
        recording is not None and recording.path.is_file() and recording.path.stat().st_size == recording.size
    )


@alone
@log_stage("gather")
def gather(production: Production, key: EditionKey, progress: Progress) -> tuple[Article, ...]:
    """Collect the day's articles from every source of the show; raises `NothingToSay` when there is none."""
    articles, troubles = _collected(production, key, progress)
    if not articles:
        why = "".join(f"; {trouble}" for trouble in troubles)
        raise NothingToSay(
            f"no source of {key.show} has an article of {key.day}; add its pages, or name another day{why}"
        )
    production.store.gather(key, articles)
    return tuple(articles)


@alone
def gather_more(production: Production, key: EditionKey, progress: Progress) -> tuple[Article, ...]:
    """Ask every source once more; returns the articles that are new, and changes neither stage nor script.

    What a source gave before stays, though it gives nothing now.
    """
    known = {article.id for article in production.store.articles(key)}
    articles, _ = _collected(production, key, progress)
    production.store.gather_more(key, articles)
    return tuple(article for article in production.store.articles(key) if article.id not in known)


def _collected(
    production: Production, key: EditionKey, progress: Progress
) -> tuple[list[Article], list[str]]:
    """What every source has for the edition and what was handed in, and what was wrong with the sources."""
    progress.step("Gathering the day's articles")
    since, until = window(production, key)
    with ThreadPoolExecutor(max(1, min(len(production.sources), SOURCES_AT_ONCE))) as executor:
        read = list(executor.map(lambda source: _read(source, since, until), production.sources.values()))
    told = [
        _told(production, name, articles, trouble)
        for name, (articles, trouble) in zip(production.sources, read, strict=True)
    ]
    troubles = [trouble for trouble in told if trouble]
    for trouble in troubles:
        progress.step(trouble)
    handed_in = [
        article for article in production.store.pushed(key.show) if article.is_handed_in(since, until)
    ]
    return [article for found, _ in read for article in found] + handed_in, troubles


def _read(source: Source, since: datetime, until: datetime) -> tuple[list[Article], str]:
    """What a source gives, and why it gives no more; one bad source never stops the others."""
    articles: list[Article] = []
    try:
        for article in source.fetch(since, until):
            articles.append(article)  # noqa: PERF402 - what came before a trouble is kept
    except SourceError as error:
        return articles, str(error)
    return articles, ""


def _told(production: Production, name: str, articles: Sequence[Article], trouble: str) -> str:
    """Remember how a source did; its trouble as a sentence, with the last time that it worked."""
    if not trouble:
        production.store.source_worked(name, len(articles), production.now())
        return ""
    production.store.source_failed(name, trouble, production.now())
    worked = production.store.source_state(name).worked
    when = f"it last worked on {worked:%Y-%m-%d at %H:%M}" if worked else "it has never worked yet"
    return f"source {name}: {trouble} ({when})"


def add(production: Production, key: EditionKey, articles: Sequence[Article]) -> None:
    """Hand articles in for a day of the show; editions of that day that are gathered already have them at once."""
    gathered = [one.key for one in production.store.standings(key.show) if one.key.day == key.day]
    production.store.push(key.show, articles, gathered)


def window(production: Production, key: EditionKey) -> tuple[datetime, datetime]:
    """Since when and until when articles are of this edition: its day, and the days before without an edition of its name.

    So Monday's programme covers the weekend of a show that rests then, and the first after the holidays those.
    """
    hours = production.hours[key.edition]
    first = key.day
    while not hours.has(first - DAY) and key.day - first < LONGEST_REST:
        first -= DAY
    zone = production.now().tzinfo
    return datetime.combine(first, time.min, zone), datetime.combine(key.day + DAY, time.min, zone)


def choose(production: Production, key: EditionKey) -> Rundown:
    """The rundown of the gathered articles: a pure function of them, so it is never stored; raises as `gathered`."""
    return rundown.choose(gathered(production, key), production.settings, broadcast(production, key))


@alone
@log_stage("draft")
def draft(production: Production, key: EditionKey, progress: Progress) -> Script:
    """Choose, condense and compose: revision 1 of the script, or the next one; raises as `gathered`."""
    articles, earlier = gathered(production, key), broadcast(production, key)
    progress.step("Writing the script")
    drafted = drafting.draft(
        key,
        articles,
        earlier,
        production.settings,
        production.wording,
        production.condenser(key),
        production.anchors,
    )
    progress.chose(drafted.rundown)
    text = script.dump(drafted.script)
    save(production, key, text, base=production.store.standing(key).revision, author=production.show.title)
    return drafted.script


def save(production: Production, key: EditionKey, text: str, *, base: int, author: str) -> int:
    """Save a script on top of revision `base`, in the store and as a file; returns the new revision.

    Raises `ScriptError` for a text that is no script of this edition, `StaleRevision` when somebody was faster.
    """
    parsed = script.parse(text)
    if parsed.key != key:
        raise StageError(
            f"this script is of {parsed.key}, not of {key}; save it there, or mend its front matter"
        )
    utterances.check_anchors(production, parsed)
    revision = production.store.save_script(key, text, base=base, author=author, saved=production.now())
    _write(production.script_file(key, revision), text)
    return revision


def adopt(production: Production, key: EditionKey) -> int | None:
    """Take over what an editor changed in the file of the newest revision; returns the new revision, if any."""
    newest = production.store.script(key)
    if newest is None:
        return None
    path = production.script_file(key, newest.revision)
    if not path.exists():
        _write(path, newest.text)
    text = path.read_text(encoding="utf-8")
    if text == newest.text:
        return None
    revision = save(production, key, text, base=newest.revision, author="script file")
    _write(path, newest.text)
    return revision


@log_stage("approve")
def approve(production: Production, key: EditionKey, revision: int | None = None) -> None:
    """Let the script be rendered; one that cannot be parsed or spoken is refused here, not at seven o'clock.

    Raises `StaleRevision` when the newest revision is not the one that was read, where that is named.
    """
    newest = newest_draft(production, key)
    utterances.parts(production, newest)
    production.store.move(key, Stage.APPROVED, newest.revision if revision is None else revision)


@log_stage("approve")
def approve_by_rule(production: Production, key: EditionKey) -> None:
    """Approve a draft that nobody has decided about, as `approve`; raises `StageError` when somebody has by now."""
    newest = newest_draft(production, key)
    utterances.parts(production, newest)
    production.store.move(key, Stage.APPROVED, newest.revision, since=Stage.DRAFTED)


def hold(production: Production, key: EditionKey) -> None:
    """Keep the edition off the air until somebody approves it."""
    production.store.move(key, Stage.HELD)


def release(production: Production, key: EditionKey) -> None:
    """Hold the edition no longer: it waits for approval again, or for what the show's rule says."""
    if (stage := production.store.standing(key).stage) is not Stage.HELD:
        raise StageError(f"{key} is {stage}, not held; there is nothing to release")
    production.store.move(key, Stage.DRAFTED, since=Stage.HELD)


@alone
@log_stage("render")
def render(production: Production, key: EditionKey, progress: Progress) -> Recording:
    """Speak what the cache does not hold, mix, level, encode and check the programme."""
    newest = newest_draft(production, key)
    spoken = script.parse(newest.text)
    programme = utterances.parts(production, newest)
    lines = [line for part in programme for line in part.lines]
    # Before hours of speaking, not after them: a file that is no music is refused now.
    sound = production.sound()
    instead: list[str] = []
    progress.step(f"Speaking {len(lines)} sentences")
    with ThreadPoolExecutor(production.workers) as executor:
        clips = synthesize.speak(
            lines,
            production.voices,
            executor,
            progress.spoke,
            lambda replaced: _tell(replaced, progress, instead),
        )
    target = (
        production.folder
        / "recordings"
        / production.show.slug
        / f"{key.day}-{key.edition}-r{newest.revision}.mp3"
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    tags = Tags(
        title=spoken.title,
        artist=production.show.author,
        album=production.show.title,
        date=key.day.isoformat(),
        cover=production.cover(),
        aigc=labels.aigc(production.producer, f"{key}/r{newest.revision}"),
    )
    recording = rendering.render(
        programme,
        clips,
        target,
        tags,
        programme=sound.programme,
        aim=sound.aim,
        also=sound.also(target),
        on_step=progress.step,
    )
    recording = replace(recording, notes=tuple(instead))
    production.store.save_recording(key, newest.revision, recording)
    return recording


def picture(production: Production, key: EditionKey) -> str:
    """The recording of the newest script as an SVG: waveform, loudness, who speaks, music and chapters."""
    recording = production.store.recording(key)
    if recording is None:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    return plot.draw(recording)


def _tell(replaced: synthesize.Replaced, progress: Progress, notes: list[str]) -> None:
    """Tell the person who spoke for whom and why, and the listeners that it is another voice."""
    progress.step(str(replaced))
    note = f"本期{replaced.speaker}的声音由备用语音合成。"
    if note not in notes:
        notes.append(note)


@alone
@log_stage("publish")
def publish(
    production: Production, key: EditionKey, progress: Progress | None = None, what: str = ""
) -> Episode:
    """Put the episode on the air: audio first, feed last; then remember it.

    `what` tells listeners what was corrected; words that have changed since it was on the air are never passed over in
    silence. Raises `StageError` for an edition that may not go out, or has nothing new to correct.
    """
    with publishing.to_the_world(production) as sender:
        recording = _ready(sender, key)
        now, guid = sender.now(), episodes.guid(sender, key)
        # A programme that is made early is out early: apps drop what is dated in the future.
        place = sender.store.place(key.show, guid, min(sender.air_time(key), now))
        made = episodes.episode(sender, key, recording, place)
        before = publishing.last(sender, key)
        if what and before and before.audio == made.audio:
            raise StageError(f"{key} is on the air as it is; change its script by `briefing edit` first")
        told = Correction(now, what or episodes.CHANGED)
        episode = episodes.following(made, before, told, said=bool(what))
        _say_lost(publishing.transmit(sender, key, episode), progress)
        try:
            sender.store.save_episode(key, episode)
        except StageError:
            # Somebody held it meanwhile: the decision counts, so the feed falls back to what is stored.
            _say_lost(publishing.transmit(sender), progress)
            raise
    _announce(production, progress)
    return episode


@alone
def correct(production: Production, key: EditionKey, what: str, progress: Progress) -> Episode:
    """Put a changed script on the air in place of what is there: the stages that are due, and a note for listeners.

    The episode keeps guid, number and page; its sound gets a new name. Raises `StageError` for an edition that never was
    on the air, or whose script is the same.
    """
    if not what.strip():
        raise StageError(f"say what is corrected in {key}, in a sentence for listeners")
    adopt(production, key)
    if publishing.last(production, key) is None:
        raise StageError(f"{key} was never on the air; `briefing run` puts it there")
    while (step := _due(production, key, progress)) is not None:
        step()
    progress.step("Publishing the correction")
    return publish(production, key, progress, what.strip())


@alone
@log_stage("withdraw")
def withdraw(production: Production, key: EditionKey, why: str, progress: Progress | None = None) -> None:
    """Take the episode off the air everywhere, and remember why; a page stays that says so.

    What is remembered first is done next: a withdrawal that could not be sent is sent by asking again, and by the next
    publishing of the show. Raises `StageError` for an edition that is not on the air.
    """
    if not why.strip():
        raise StageError(f"say why {key} is withdrawn; the history keeps it")
    with publishing.to_the_world(production) as sender:
        if sender.store.standing(key).stage is not Stage.WITHDRAWN:
            sender.store.withdraw(key, why.strip(), sender.now())
        _say_lost(publishing.transmit(sender), progress)
    _announce(production, progress)


@alone
def reinstate(
    production: Production, key: EditionKey, revision: int, decision: Decision, progress: Progress
) -> Episode:
    """Put a withdrawn edition on the air again, as its newest revision says it, and log who decided that and why.

    The episode keeps guid and number. Raises `StageError` without a reason or for an edition that is not withdrawn,
    `StaleRevision` when `revision` is not the newest one.
    """
    if not decision.why.strip():
        raise StageError(f"say why {key} goes on the air again; the log keeps it")
    utterances.parts(production, newest_draft(production, key))
    about = f"{key} r{revision}: {decision.why.strip()}"
    deed = Deed(production.now(), decision.who, "reinstate", about, decision.place)
    production.store.reinstate(key, revision, deed)
    while (step := _due(production, key, progress)) is not None:
        step()
    progress.step("Publishing")
    return publish(production, key, progress)


def _announce(production: Production, progress: Progress | None) -> None:
    trouble = publishing.announce(production)
    if trouble and progress:
        progress.step(trouble)


def _say_lost(lost: Sequence[Episode], progress: Progress | None) -> None:
    for one in lost:
        if progress:
            progress.step(
                f"Left out number {one.number} ({one.title}): its sound is neither published nor here"
            )


def _ready(production: Production, key: EditionKey) -> Recording:
    """The recording of an edition that may go on the air; raises `StageError`."""
    stage = _allowed(production, key)
    recording = production.store.recording(key)
    if recording is None or Stage.PUBLISHED not in NEXT_STAGES[stage]:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    return recording


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
