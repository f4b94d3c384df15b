"""What the commands say and print: progress and tables for a person, plain values for JSON."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from briefing.editions.approvals import script_review
from briefing.editorial.rundown.settings import SPEAKING_RATE
from briefing.model import is_han
from briefing.wiring.publishers import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.cli.printing.console import Speaker
    from briefing.editions.show_context import ShowContext
    from briefing.editorial.sentence_review import SentenceAdvice
    from briefing.mandarin import Doubt, Reading
    from briefing.mandarin.pronounce.choice import Chosen
    from briefing.model import Article, EditionKey, Rundown, Story
    from briefing.sources.file_formats import Contents
    from briefing.storage.store import SourceState
    from voices.model import Recording


class Told:
    """A pipeline's progress, told to a person."""

    def __init__(
        self, speaker: Speaker, bar: Callable[[int, int], None] = lambda _done, _total: None
    ) -> None:
        self._speaker = speaker
        self._bar = bar

    def chose(self, chosen: Rundown) -> None:
        """Show the rundown: place, headline, characters, seconds, why."""
        show_rundown(self._speaker, chosen)

    def spoke(self, done: int, total: int) -> None:
        """Move the bar."""
        self._bar(done, total)

    def step(self, what: str) -> None:
        """Name it."""
        self._speaker.say(f"{what} …")


def show_rundown(speaker: Speaker, chosen: Rundown, *, why: bool = False) -> None:
    """The rundown as a table; with `why`, what is out and every reason with its points."""
    rows = [
        (
            str(index),
            story.article.title,
            str(story.budget),
            f"{story.budget / SPEAKING_RATE:.0f}",
            _why(story, why=why),
        )
        for index, story in enumerate(chosen.stories, 1)
    ]
    speaker.table("Rundown", ("place#", "headline", "characters#", "seconds#", "why"), rows)
    if why and chosen.dropped:
        out = [(dropped.article.title, dropped.why) for dropped in chosen.dropped]
        speaker.table("Not in the programme", ("headline", "why"), out)


def _why(story: Story, *, why: bool) -> str:
    """The strongest reasons, or all of them with their points."""
    ranked = sorted(story.reasons, key=lambda reason: -abs(reason.points))
    if why:
        return "，".join(f"{reason.what} {reason.points:+.1f}" for reason in ranked)
    return "，".join(reason.what for reason in ranked[:3])


def where(context: ShowContext, key: EditionKey, speaker: Speaker, command: str) -> None:
    """Tell the paths of everything made, and how to play it."""
    with context.at_one_moment() as stored:
        recording: Recording | None = stored.store.recordings.find_recording(key)
        newest = stored.store.scripts.newest_script(key)
    if recording is None or newest is None:
        return
    speaker.say(f"Script   {context.script_file(key, newest.revision)}")
    speaker.say(f"Episode  {recording.path}")
    speaker.say(
        f"         {length(recording.duration / 1000)}, {recording.loudness:.1f} LUFS (dual mono), "
        f"{recording.true_peak:.1f} dBTP"
    )
    speaker.say(f"Feed     {_feed(context)}")
    speaker.say(f"Play it: {command}")
    speaker.say(f"         then open {context.show.address} and subscribe to {context.show.address}feed.xml")


def _feed(context: ShowContext) -> str:
    """Return where the feed lies on this machine; its address, where it was put elsewhere."""
    path = context.folder / PUBLIC / context.show.slug / "feed.xml"
    return str(path) if path.is_file() else f"{context.show.address}feed.xml"


def standing(context: ShowContext, key: EditionKey) -> dict[str, Any]:
    """Return where an edition stands, with the paths of what it has."""
    recording = context.store.recordings.find_recording(key)
    newest = context.store.scripts.newest_script(key)
    episode = context.store.episodes.find_episode(key)
    return {
        "edition": str(key),
        "stage": context.store.editions.find_standing(key).stage,
        "script": str(context.script_file(key, newest.revision)) if newest else None,
        "audio": str(recording.path) if recording else None,
        "seconds": recording.duration / 1000 if recording else None,
        "loudness": recording.loudness if recording else None,
        "true_peak": recording.true_peak if recording else None,
        "guid": episode.guid if episode else None,
        "warnings": script_review.list_warnings(context, key) if newest else [],
        "feed": _feed(context),
    }


def say_warnings(context: ShowContext, key: EditionKey, speaker: Speaker) -> None:
    """Print what a person should look at before the script is spoken."""
    for warning in script_review.list_warnings(context, key):
        speaker.say(f"Look at this: {warning}")


def length(seconds: float) -> str:
    """Minutes and seconds, as people say them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


def article(one: Article) -> dict[str, Any]:
    """An article as `briefing extract` prints it."""
    return {
        "title": one.title,
        "kicker": one.kicker,
        "byline": one.byline,
        "source": one.source,
        "page": one.page,
        "published": one.published.isoformat() if one.published else None,
        "url": one.url,
        "complete": one.complete,
        "incomplete_because": one.incomplete_because,
        "sections": list(one.sections),
        "text": one.text,
    }


def contents(one: Contents) -> dict[str, Any]:
    """The articles of a file or an address as `briefing extract` prints them; what they do not say is '' or null."""
    return {
        "date": one.day.isoformat() if one.day else None,
        "articles": [
            {
                "title": article.title,
                "kicker": article.kicker,
                "byline": article.byline,
                "source": article.origin,
                "page": article.page,
                "published": article.published.isoformat() if article.published else None,
                "url": article.url,
                "complete": article.complete,
                "incomplete_because": article.incomplete_because,
                "sections": list(article.sections),
                "text": "\n".join(article.paragraphs),
            }
            for article in one.articles
        ],
    }


def source(one: SourceState) -> dict[str, Any]:
    """Return how a source did, as `briefing sources` prints it."""
    return {
        "source": one.name,
        "worked": one.worked.isoformat() if one.worked else None,
        "articles": one.articles,
        "failed": one.failed.isoformat() if one.failed else None,
        "trouble": one.trouble,
    }


def show_review(reviewed: Sequence[SentenceAdvice]) -> None:
    """Print each sentence with its marks below it, in the words that the desk has for them."""
    segment = ""
    for one in reviewed:
        if one.segment != segment:
            segment = one.segment
            sys.stdout.write(f"## {segment}\n")
        sys.stdout.write(f"{one.text}\n")
        for advice in one.advice:
            words = f"（{advice.words}）" if advice.words else ""
            rewrite = f" → {advice.rewrite}" if advice.rewrite else ""
            sys.stdout.write(f"    {advice.mark}{words}{rewrite}\n")
    sys.stdout.write(f"有提醒的句子：{len(reviewed)}\n")


def rundown(chosen: Rundown) -> dict[str, Any]:
    """A rundown with every reason."""
    return {
        "stories": [
            {
                "title": story.article.title,
                "budget": story.budget,
                "score": story.score,
                "reasons": [reason._asdict() for reason in story.reasons],
            }
            for story in chosen.stories
        ],
        "dropped": [{"title": dropped.article.title, "why": dropped.why} for dropped in chosen.dropped],
    }


def reading(one: Reading) -> dict[str, Any]:
    """A reading as `briefing read` prints it."""
    return {
        "printed": one.printed,
        "spoken": one.spoken,
        "pinyin": list(one.pinyin),
        "doubtful": [asdict(doubt) for doubt in one.doubtful],
    }


def why(one: Reading) -> list[dict[str, Any]]:
    """Each character that could be read in several ways: its place in the spoken form, its reading, and why that."""
    return [
        {
            "index": index,
            "char": one.spoken[index],
            "chosen": chosen.syllable,
            "why": chosen.why,
            "sure": chosen.sure,
        }
        for index, chosen in _polyphones(one)
    ]


def say_reading(one: Reading, lost: Sequence[Doubt]) -> None:
    """For a person: the forms one under the other, doubtful syllables with a question mark, and why each was chosen."""
    doubtful = {doubt.index for doubt in one.doubtful if doubt.chosen}
    places = [index for index, char in enumerate(one.spoken) if is_han(char)]
    marked = (
        f"{syllable}?" if at_char in doubtful else syllable
        for at_char, syllable in zip(places, one.pinyin, strict=True)
    )
    rows = [("printed", one.printed), ("spoken", one.spoken), ("pinyin", " ".join(marked))]
    rows += [("why", _because(one, at_char, chosen)) for at_char, chosen in _polyphones(one)]
    rows += [("unknown", f"{doubt.char} ({doubt.why})") for doubt in one.doubtful if not doubt.chosen]
    rows += [("misread", f"{doubt.char} is {doubt.chosen} ({doubt.why})") for doubt in lost]
    for name, text in rows:
        sys.stdout.write(f"{name:<9} {text}\n")


def _because(one: Reading, place: int, chosen: Chosen) -> str:
    others = f", or {' '.join(chosen.others)}" if not chosen.sure else ""
    return f"{one.spoken[place]} {chosen.syllable}{'' if chosen.sure else '?'}: {chosen.why}{others}"


def _polyphones(one: Reading) -> Iterator[tuple[int, Chosen]]:
    """Yield what could be read otherwise, or rests on nothing, by place in the spoken form."""
    places = (index for index, char in enumerate(one.spoken) if is_han(char))
    for place, chosen in zip(places, one.chosen, strict=True):
        if chosen.others or not chosen.sure:
            yield place, chosen
