"""The only file that orders the stages of an edition.

    gather    sources               → the day's articles          GATHERED
    draft     articles → rundown    → script, revision 1          DRAFTED
    approve   an editor, or the show's rule                       APPROVED
    render    script → clips        → recording                   VOICED
    publish   recording → episode   → audio, pages, feed last     PUBLISHED

    run     = adopt what editors changed, then every stage that is due, in this order

Each stage loads its input from the store, and its result and the new stage are stored together: a run that
was killed anywhere starts again after the last stored stage and ends with the same episode. What was spoken
before is in the clip cache; what is on air stays on air until the new version is whole.
"""

from __future__ import annotations

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from briefing import compose, drafting, lease, mandarin, rundown, script
from briefing.condense import faithful
from briefing.errors import NothingToSay, SourceError, StageError
from briefing.model import EditionKey, Kind, Rundown, Script, Segment, Sentence, Stage
from feed import publish as transmitter
from feed.model import Chapter, Cue, Episode, Show
from voices import audio, chorus, mastering, plot
from voices import tags as labels
from voices.model import Line, Millis, Obeys, Part, Recording, Role, Tags, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from briefing.condense.base import Condenser
    from briefing.condense.guard import Doubt as Doubted
    from briefing.mandarin import Doubt, Lexicon, Reading
    from briefing.model import Article
    from briefing.sources.base import Source
    from briefing.store import Draft, Store
    from feed.publish import Publisher
    from voices.base import Voice


SOURCES_AT_ONCE = 8
"""Sources that are read at the same time; the requests to one host still follow each other."""

NEWS = frozenset({Kind.HEADLINES, Kind.STORY})
"""The segments that claim something; the others greet and credit in the show's own words."""

MEMORY = timedelta(days=7)
"""How long a show remembers what it has told."""


class Progress(Protocol):
    """Told how far the long stages are; an implementation MAY do nothing."""

    def chose(self, chosen: Rundown) -> None:
        """The rundown was chosen."""
        ...

    def spoke(self, done: int, total: int) -> None:
        """So many of so many sentences are spoken."""
        ...

    def step(self, what: str) -> None:
        """Something that takes a while begins."""
        ...


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a show sounds around its sentences, what its file measures, and which masters are made besides.

    `m4a` is AAC with chapters; `speakers` is loud and short enough for Alexa.
    """

    programme: audio.Programme = audio.Programme()
    aim: mastering.Aim = mastering.Aim()
    m4a: bool = False
    speakers: bool = False

    def also(self, target: Path) -> list[audio.Also]:
        """The further masters, beside the recording."""
        made = []
        if self.m4a:
            made.append(audio.Also(target.with_suffix(".m4a"), self.aim))
        if self.speakers:
            path = target.with_name(f"{target.stem}-speakers.mp3")
            made.append(audio.Also(path, mastering.SPEAKERS, mastering.SPEAKERS_LENGTH))
        return made


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one show needs to make its editions; `wiring` builds it.

    `sources` are by name, `voices` by anchor name; `condenser` and `guards` are made for a day, since 昨天 means another
    date each day; `weekdays` say on which days (Monday 0) there is an edition of a name; `cover` draws the show's
    cover, a JPEG; `now` is the clock; `sound` loads the show's music; `producer` is who stands in the file's label of
    synthesised sound.
    """

    store: Store
    folder: Path
    show: Show
    wording: compose.Wording
    editions: Mapping[str, time]
    weekdays: Mapping[str, frozenset[int]]
    settings: rundown.Settings
    sources: Mapping[str, Source]
    condenser: Callable[[EditionKey], Condenser]
    guards: Callable[[EditionKey], faithful.Guards]
    anchors: tuple[str, ...]
    voices: Mapping[str, Voice]
    lexicon: Lexicon
    publisher: Publisher
    cover: Callable[[], bytes]
    now: Callable[[], datetime]
    workers: int = 8
    sound: Callable[[], Sounding] = Sounding
    producer: str = ""

    @property
    def scripts(self) -> Path:
        """Where the scripts lie as text files."""
        return self.folder / "scripts" / self.show.slug

    def air_time(self, key: EditionKey) -> datetime:
        """When the edition is to be published: the show's minute of that day, in its time zone."""
        return datetime.combine(key.day, self.editions[key.edition], self.now().tzinfo)


def script_file(desk: Desk, key: EditionKey, revision: int) -> Path:
    """The text file of one revision: an editor may change the newest one in place."""
    return desk.scripts / f"{key.day.isoformat()}-{key.edition}-r{revision}.md"


def run(desk: Desk, key: EditionKey, progress: Progress) -> Episode:
    """Every stage that is due; returns what is on the air at the end."""
    with lease.held(desk.folder / "locks", str(key)):
        adopt(desk, key)
        while (step := _due(desk, key, progress)) is not None:
            step()
        # Always, also for what is on the air: it mends a published folder, and changes nothing that is right.
        progress.step("Publishing")
        return publish(desk, key)


def _due(desk: Desk, key: EditionKey, progress: Progress) -> Callable[[], object] | None:
    """The next stage before publishing; raises `StageError` for an edition that is held."""
    stage = desk.store.standing(key).stage
    if stage is Stage.HELD:
        raise StageError(f"{key} is held; `briefing approve` lets it go on the air")
    if stage in {Stage.VOICED, Stage.PUBLISHED} and not _recorded(desk, key):
        return lambda: render(desk, key, progress)
    steps: dict[Stage, Callable[[], object]] = {
        Stage.NEW: lambda: gather(desk, key, progress),
        Stage.GATHERED: lambda: draft(desk, key, progress),
        Stage.DRAFTED: lambda: approve(desk, key),
        Stage.APPROVED: lambda: render(desk, key, progress),
    }
    return steps.get(stage)


def _recorded(desk: Desk, key: EditionKey) -> bool:
    """Whether the recording of the newest script is still the file that was rendered."""
    recording = desk.store.recording(key)
    return (
        recording is not None and recording.path.is_file() and recording.path.stat().st_size == recording.size
    )


def gather(desk: Desk, key: EditionKey, progress: Progress) -> tuple[Article, ...]:
    """Collect the day's articles from every source of the show; raises `NothingToSay` when there is none."""
    progress.step("Gathering the day's articles")
    since, until = window(desk, key)
    with ThreadPoolExecutor(max(1, min(len(desk.sources), SOURCES_AT_ONCE))) as executor:
        read = list(executor.map(lambda source: _read(source, since, until), desk.sources.values()))
    troubles = [
        _told(desk, name, articles, trouble)
        for name, (articles, trouble) in zip(desk.sources, read, strict=True)
    ]
    for trouble in filter(None, troubles):
        progress.step(trouble)
    handed_in = [one for one in desk.store.pushed(key.show) if since <= one.published < until]
    articles = [article for found, _ in read for article in found] + handed_in
    if not articles:
        why = "".join(f"; {trouble}" for trouble in filter(None, troubles))
        raise NothingToSay(
            f"no source of {key.show} has an article of {key.day}; add its pages, or name another day{why}"
        )
    desk.store.gather(key, articles)
    return tuple(articles)


def _read(source: Source, since: datetime, until: datetime) -> tuple[list[Article], str]:
    """What a source gives, and why it gives no more; one bad source never stops the others."""
    articles: list[Article] = []
    try:
        for article in source.fetch(since, until):
            articles.append(article)  # noqa: PERF402 - what came before a trouble is kept
    except SourceError as error:
        return articles, str(error)
    return articles, ""


def _told(desk: Desk, name: str, articles: Sequence[Article], trouble: str) -> str:
    """Remember how a source did; its trouble as a sentence, with the last time that it worked."""
    if not trouble:
        desk.store.source_worked(name, len(articles), desk.now())
        return ""
    desk.store.source_failed(name, trouble, desk.now())
    worked = desk.store.source_state(name).worked
    when = f"it last worked on {worked:%Y-%m-%d at %H:%M}" if worked else "it has never worked yet"
    return f"source {name}: {trouble} ({when})"


def add(desk: Desk, key: EditionKey, articles: Sequence[Article]) -> None:
    """Hand articles in for a day of the show; editions of that day that are gathered already have them at once."""
    gathered = [one.key for one in desk.store.standings(key.show) if one.key.day == key.day]
    desk.store.push(key.show, articles, gathered)


def window(desk: Desk, key: EditionKey) -> tuple[datetime, datetime]:
    """Since when and until when articles are of this edition: its day, and the days before without an edition of its name.

    So Monday's programme covers the weekend of a show that rests then.
    """
    days = desk.weekdays[key.edition]
    first = key.day
    while (first - timedelta(days=1)).weekday() not in days:
        first -= timedelta(days=1)
    zone = desk.now().tzinfo
    return datetime.combine(first, time.min, zone), datetime.combine(
        key.day + timedelta(days=1), time.min, zone
    )


def choose(desk: Desk, key: EditionKey) -> Rundown:
    """The rundown of the gathered articles: a pure function of them, so it is never stored; raises as `gathered`."""
    return rundown.choose(gathered(desk, key), desk.settings, broadcast(desk, key))


def gathered(desk: Desk, key: EditionKey) -> tuple[Article, ...]:
    """The day's articles; raises `StageError` while there are none."""
    articles = desk.store.articles(key)
    if not articles:
        raise StageError(f"{key} has no articles yet; run `briefing gather` first")
    return articles


def broadcast(desk: Desk, key: EditionKey) -> tuple[Article, ...]:
    """The articles that the show has told in the days before this edition."""
    earlier: list[Article] = []
    for standing in desk.store.standings(desk.show.slug):
        if (
            standing.key != key
            and key.day - MEMORY <= standing.key.day <= key.day
            and standing.stage is Stage.PUBLISHED
        ):
            told = {name for segment in _script(desk, standing.key).segments for name in segment.articles}
            earlier += [article for article in desk.store.articles(standing.key) if article.id in told]
    return tuple(earlier)


def draft(desk: Desk, key: EditionKey, progress: Progress) -> Script:
    """Choose, condense and compose: revision 1 of the script, or the next one; raises as `gathered`."""
    articles, earlier = gathered(desk, key), broadcast(desk, key)
    progress.step("Writing the script")
    drafted = drafting.draft(
        key, articles, earlier, desk.settings, desk.wording, desk.condenser(key), desk.anchors
    )
    progress.chose(drafted.rundown)
    text = script.dump(drafted.script)
    save(desk, key, text, base=desk.store.standing(key).revision, author=desk.show.title)
    return drafted.script


def length(desk: Desk, key: EditionKey) -> drafting.Length:
    """How long the newest script takes, as it was spoken or would be, and why, if that is far from what it should."""
    recording = desk.store.recording(key)
    measured = recording.duration / 1000 if recording else None
    return drafting.length(_script(desk, key), desk.settings, measured)


def doubts(desk: Desk, key: EditionKey) -> tuple[Doubted, ...]:
    """What the newest script says beyond its sources, whoever wrote it: a warning, for a person to judge."""
    articles, guards = desk.store.articles(key), desk.guards(key)
    known = (*articles, *broadcast(desk, key))

    def meant(segment: Segment, sentence: Sentence) -> Sequence[Article]:
        """The articles that the sentence is of: its segment's, those whose title it says, or any."""
        own = [one for one in articles if one.id in segment.articles or one.title in sentence.rests_on]
        return own or articles[:1]

    return tuple(
        doubt
        for segment in _script(desk, key).segments
        if segment.kind in NEWS
        for sentence in segment.sentences
        for doubt in guards.doubts(faithful.printed(sentence, known), meant(segment, sentence))
    )


def unlabelled(desk: Desk, key: EditionKey) -> bool:
    """Whether the newest script lacks the sentence by which the show says that it is synthesised."""
    wanted = desk.wording.label_first or desk.wording.label_last
    sentences = (one.text for segment in _script(desk, key).segments for one in segment.sentences)
    return bool(wanted) and not any(map(compose.says_synthesised, sentences))


def save(desk: Desk, key: EditionKey, text: str, *, base: int, author: str) -> int:
    """Save a script on top of revision `base`, in the store and as a file; returns the new revision.

    Raises `ScriptError` for a text that is no script of this edition, `StaleRevision` when somebody was faster.
    """
    parsed = script.parse(text)
    if parsed.key != key:
        raise StageError(
            f"this script is of {parsed.key}, not of {key}; save it there, or mend its front matter"
        )
    revision = desk.store.save_script(key, text, base=base, author=author, saved=desk.now())
    _write(script_file(desk, key, revision), text)
    return revision


def adopt(desk: Desk, key: EditionKey) -> int | None:
    """Take over what an editor changed in the file of the newest revision; returns the new revision, if any."""
    newest = desk.store.script(key)
    if newest is None:
        return None
    path = script_file(desk, key, newest.revision)
    if not path.exists():
        _write(path, newest.text)
    text = path.read_text(encoding="utf-8")
    if text == newest.text:
        return None
    revision = save(desk, key, text, base=newest.revision, author="script file")
    _write(path, newest.text)
    return revision


def approve(desk: Desk, key: EditionKey) -> None:
    """Let the script be rendered; one that cannot be parsed or spoken is refused here, not at seven o'clock."""
    parts(desk, _newest(desk, key))
    desk.store.move(key, Stage.APPROVED)


def hold(desk: Desk, key: EditionKey) -> None:
    """Keep the edition off the air until somebody approves it."""
    desk.store.move(key, Stage.HELD)


def render(desk: Desk, key: EditionKey, progress: Progress) -> Recording:
    """Speak what the cache does not hold, mix, level, encode and check the programme."""
    newest = _newest(desk, key)
    spoken = script.parse(newest.text)
    programme = parts(desk, newest)
    lines = [line for part in programme for line in part.lines]
    # Before hours of speaking, not after them: a file that is no music is refused now.
    sound = desk.sound()
    instead: list[str] = []
    progress.step(f"Speaking {len(lines)} sentences")
    with ThreadPoolExecutor(desk.workers) as executor:
        clips = chorus.speak(
            lines,
            desk.voices,
            executor,
            progress.spoke,
            lambda replaced: _tell(replaced, progress, instead),
        )
    target = desk.folder / "recordings" / desk.show.slug / f"{key.day}-{key.edition}-r{newest.revision}.mp3"
    target.parent.mkdir(parents=True, exist_ok=True)
    tags = Tags(
        title=spoken.title,
        artist=desk.show.author,
        album=desk.show.title,
        date=key.day.isoformat(),
        cover=desk.cover(),
        aigc=labels.aigc(desk.producer, f"{key}/r{newest.revision}"),
    )
    recording = audio.render(
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
    desk.store.save_recording(key, newest.revision, recording)
    return recording


def picture(desk: Desk, key: EditionKey) -> str:
    """The recording of the newest script as an SVG: waveform, loudness, who speaks, music and chapters."""
    recording = desk.store.recording(key)
    if recording is None:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    return plot.draw(recording)


def _tell(replaced: chorus.Replaced, progress: Progress, notes: list[str]) -> None:
    """Tell the person who spoke for whom and why, and the listeners that it is another voice."""
    progress.step(str(replaced))
    note = f"本期{replaced.speaker}的声音由备用语音合成。"
    if note not in notes:
        notes.append(note)


def publish(desk: Desk, key: EditionKey) -> Episode:
    """Put the episode on the air: audio first, feed last; then remember it."""
    recording = desk.store.recording(key)
    if recording is None:
        raise StageError(f"{key} has no recording of its newest script; run `briefing render` first")
    # Numbers are given one after the other: two editions of a show are not published at the same time.
    with lease.held(desk.folder / "locks", f"publish-{desk.show.slug}"):
        episode = _episode(desk, key, recording)
        others = [other for other in desk.store.episodes(desk.show.slug) if other.guid != episode.guid]
        transmitter.publish(desk.publisher, desk.show, [episode, *others], recording.path, desk.cover())
        desk.store.save_episode(key, episode)
    return episode


def parts(desk: Desk, draft: Draft) -> tuple[Part, ...]:
    """The script as the studio wants it: each segment a chapter, each sentence a line with its reading.

    A sentence with a pause inside is two lines.
    """
    spoken = script.parse(draft.text)
    return tuple(
        Part(
            segment.title,
            tuple(_line(desk, segment, text) for text in _texts(segment)),
            Role(segment.kind),
            link,
        )
        for segment, link in zip(spoken.segments, _links(desk, spoken.key, spoken), strict=True)
    )


def _texts(segment: Segment) -> tuple[str, ...]:
    return tuple(piece for sentence in segment.sentences for piece in mandarin.pieces(sentence.text))


def _line(desk: Desk, segment: Segment, text: str) -> Line:
    reading = mandarin.read(text, desk.lexicon)
    said = utterance(reading, desk.voices[segment.anchor], desk.lexicon)
    return Line(segment.anchor, segment.anchor, said, reading.printed)


def utterance(reading: Reading, voice: Voice, lexicon: Lexicon) -> Utterance:
    """A reading as a voice is to get it: respelled where the voice takes no pinyin."""
    respelled = mandarin.respell(reading, lexicon) if voice.obeys is Obeys.SPELLING else ""
    return Utterance(reading.words, reading.pinyin, Millis(reading.pause_after), respelled)


def misread(desk: Desk, key: EditionKey) -> tuple[tuple[str, Doubt], ...]:
    """Sentences of the newest script, each with a reading that its anchor's voice cannot be told."""
    found = []
    for segment in _script(desk, key).segments:
        obeys = desk.voices[segment.anchor].obeys
        for text in _texts(segment) if obeys is not Obeys.PINYIN else ():
            reading = mandarin.read(text, desk.lexicon)
            doubts = mandarin.misread(reading, desk.lexicon, respelled=obeys is Obeys.SPELLING)
            found += [(reading.printed, doubt) for doubt in doubts]
    return tuple(found)


def _script(desk: Desk, key: EditionKey) -> Script:
    return script.parse(_newest(desk, key).text)


def _newest(desk: Desk, key: EditionKey) -> Draft:
    newest = desk.store.script(key)
    if newest is None:
        raise StageError(f"{key} has no script yet; run `briefing draft` first")
    return newest


def _episode(desk: Desk, key: EditionKey, recording: Recording) -> Episode:
    spoken = _script(desk, key)
    guid = str(uuid.uuid5(uuid.UUID(desk.show.guid), str(key)))
    links = _links(desk, key, spoken)
    return Episode(
        guid=guid,
        # Apple wants no show name in an episode's title.
        title=spoken.title.removeprefix(desk.show.title).strip() or spoken.title,
        summary=_summary(spoken) + _credits(desk, key, spoken) + "".join(recording.notes),
        published=desk.air_time(key),
        audio=transmitter.audio_name(f"{key.day}-{key.edition}", recording.path),
        size=recording.size,
        duration=_span(recording.duration),
        number=desk.store.next_number(desk.show.slug, guid),
        chapters=tuple(
            Chapter(chapter.title, _span(chapter.start), link)
            for chapter, link in zip(recording.chapters, links, strict=True)
        ),
        cues=tuple(Cue(cue.speaker, cue.text, _span(cue.start), _span(cue.end)) for cue in recording.cues),
    )


def _links(desk: Desk, key: EditionKey, spoken: Script) -> Sequence[str]:
    """For each segment the address of its first article that has one."""
    urls = {article.id: article.url for article in desk.store.articles(key)}
    return [
        next((urls[name] for name in segment.articles if urls.get(name)), "") for segment in spoken.segments
    ]


def _summary(spoken: Script) -> str:
    """What is in the programme, in one line."""
    return "；".join(segment.title for segment in spoken.segments if segment.kind is Kind.STORY) + "。"


def _credits(desk: Desk, key: EditionKey, spoken: Script) -> str:
    """Whom the programme rests on, with the notes that their licences ask for."""
    told = {name for segment in spoken.segments for name in segment.articles}
    names: dict[str, None] = {}
    for article in desk.store.articles(key):
        if article.id in told:
            credit = desk.wording.credits.get(article.source) or article.source
            names[f"{credit}（{article.licence}）" if article.licence else credit] = None
    return f"来源：{'、'.join(names)}。" if names else ""


def _span(millis: Millis) -> timedelta:
    return timedelta(milliseconds=millis)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
