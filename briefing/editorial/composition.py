"""Stories and their sentences → a whole script: opening, headlines, stories, closing.

The words around the stories are templates in Chinese, one sentence a line; a show may bring its own. The opening
or the closing says that the programme is made and spoken by artificial intelligence, as the Measures for Labelling
AI-Generated Content (人工智能生成合成内容标识办法, in force since 1 September 2025) want it said in audio.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.editorial.headline_names import name_city
from briefing.editorial.headlines import Fitness, write_headline
from briefing.editorial.rundown import story_kinds, topics
from briefing.editorial.show_wording import WEEKDAYS, fill_template, spoken_date
from briefing.errors import NothingToSay
from briefing.model import Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefing.editorial.headlines import Headline
    from briefing.editorial.show_wording import Wording
    from briefing.model import Article, EditionKey, Story

MAX_HEADLINES = 6
"""Stories that are announced; more are forgotten before they come."""
FEW_HEADLINES = 4
"""Good headlines from which the fair ones are left out."""
MAX_TRANSITIONS = 3
"""Transitions by section in a programme: one before each story is a litany."""

_ENDS = "。！？!?…"


@dataclass(frozen=True, slots=True)
class Told:
    """A story with its sentences, its headline, and the place of its paper."""

    story: Story
    sentences: tuple[Sentence, ...]
    headline: Headline
    place: str


def compose(
    key: EditionKey,
    wording: Wording,
    stories: Sequence[tuple[Story, tuple[Sentence, ...]]],
    anchors: Sequence[str],
    *,
    thin: bool = False,
) -> Script:
    """Return the script of an edition; anchors, by the names that listeners hear, take turns story by story.

    A `thin` day is said to be one.

    A story without sentences is left out. Raises `NothingToSay` when no story is left, `ConfigError` for a template
    that cannot be filled in.
    """
    tellings = [
        Told(
            story,
            sentences,
            write_headline(story.article, sentences, wording.page(story.article, key.day)),
            wording.place_of(story.article),
        )
        for story, sentences in stories
        if sentences
    ]
    if not tellings:
        raise NothingToSay(f"{key}: no article could be told in its budget; add sources or time")
    segments = tuple(_stories(wording, tellings, anchors, key.day))
    return Script(
        key,
        f"{wording.title} {spoken_date(key.day)}",
        (
            _opening(key, wording, anchors, thin=thin),
            _headlines(wording, tellings, segments, anchors, key.day),
            *segments,
            _closing(wording, tellings, anchors, key.day),
        ),
    )


def headline(story: Story, wording: Wording, day: date, told: Sequence[Sentence] = ()) -> str:
    """Return the headline of a story, whose sentences are `told`, as a sentence."""
    return write_headline(story.article, told, wording.page(story.article, day)).text


def _opening(key: EditionKey, wording: Wording, anchors: Sequence[str], *, thin: bool) -> Segment:
    lines = fill_template(
        wording.opening,
        "opening",
        greeting=wording.greeting(key.edition),
        title=wording.title,
        date=spoken_date(key.day),
        weekday=WEEKDAYS[key.day.weekday()],
        anchor=anchors[0],
        others=list(anchors[1:]),
        label=wording.label_first,
        turn=key.day.toordinal(),
        thin=thin,
    )
    lines = _labelled(lines, wording.label_first)
    return Segment("opening", Kind.OPENING, "开场", anchors[0], tuple(map(Sentence, lines)))


def _headlines(
    wording: Wording, told: Sequence[Told], segments: Sequence[Segment], anchors: Sequence[str], day: date
) -> Segment:
    """Return one line for each of the first stories with a fit headline; the segment names the stories in the order of the lines."""
    announced = _announced(list(zip(told, segments, strict=True)))
    announced = _name_city_first(announced)
    by_line = {story.headline.text: (story.headline.rests_on, segment.id) for story, segment in announced}
    lines = fill_template(wording.headlines, "headlines", headlines=list(by_line), turn=day.toordinal())
    sentences = tuple(Sentence(line, by_line[line][0] if line in by_line else ()) for line in lines)
    ids = tuple(by_line[line][1] for line in lines if line in by_line)
    return Segment("headlines", Kind.HEADLINES, "内容提要", anchors[-1], sentences, stories=ids)


def _name_city_first(
    announced: Sequence[tuple[Told, Segment]],
) -> Sequence[tuple[Told, Segment]]:
    """Return the announced stories with the city in the first headline."""
    (first, segment), *rest = announced
    named = name_city(first.headline.text, first.story.article, first.place)
    return [(replace(first, headline=replace(first.headline, text=named)), segment), *rest]


def _announced(pairs: Sequence[tuple[Told, Segment]]) -> Sequence[tuple[Told, Segment]]:
    """Return the stories to announce: those with a good headline, and where they are few, with a lesser one."""
    enough = min(FEW_HEADLINES, len(pairs))
    for least in (Fitness.GOOD, Fitness.FAIR, Fitness.PLAIN):
        fit = [pair for pair in pairs if pair[0].headline.fitness >= least]
        if len(fit) >= enough:
            return _strongest(fit)
    return _strongest(fit or pairs)


def _strongest(fit: Sequence[tuple[Told, Segment]]) -> Sequence[tuple[Told, Segment]]:
    """Return the best headlines of those, as many as a listener keeps in mind, in the order of the programme."""
    best = sorted(range(len(fit)), key=lambda index: (-fit[index][0].headline.fitness, index))
    return [fit[index] for index in sorted(best[:MAX_HEADLINES])]


def _stories(wording: Wording, told: Sequence[Told], anchors: Sequence[str], day: date) -> Iterator[Segment]:
    taken: set[str] = set()
    before = ""
    leads = _transitions(wording, told, day)
    for number, (lead, lines) in enumerate(zip(told, leads, strict=True)):
        story = lead.story
        name = _fresh(f"story-{story.article.id[:8]}", taken)
        rests_on = (story.earlier.title,) if story.earlier and lines else ()
        anchor = anchors[number % len(anchors)]
        turns = cast_turns(lead.sentences, anchor)
        sentences = (*(Sentence(line, rests_on) for line in lines), *turns)
        articles = tuple(article.id for article in (story.article, *story.others))
        announced = (before, name) if lines and before else (name,) if lines else ()
        yield Segment(name, Kind.STORY, lead.headline.title, anchor, sentences, articles, announced)
        before = name


def cast_turns(sentences: Sequence[Sentence], anchor: str) -> tuple[Sentence, ...]:
    """Return the turns of a story so that its anchor has the first one; where nobody talks, the sentences as they are."""
    first = next((sentence.anchor for sentence in sentences if sentence.anchor), "")
    others = {first: "", anchor: first} if first != anchor else {anchor: ""}
    return tuple(
        replace(sentence, anchor=others.get(sentence.anchor, sentence.anchor))
        if sentence.anchor
        else sentence
        for sentence in sentences
    )


def _transitions(wording: Wording, told: Sequence[Told], day: date) -> list[list[str]]:
    """Return the lines before each story: only where place or section changes, and seldom."""
    lines: list[list[str]] = []
    for number, one in enumerate(told, start=1):
        before = told[: number - 1]
        free = sum(map(bool, lines)) < MAX_TRANSITIONS and not any(lines[-1:])
        earlier = one.story.earlier and headline_of(one.story.earlier, wording, day)
        lines.append(
            fill_template(
                wording.transition,
                "transition",
                number=number,
                count=len(told),
                title=one.headline.text,
                topic=topics.spoken_topic(one.story.article, one.story.topic),
                changed=bool(free and before and _changes_topic(one.story, before)),
                moved=bool(before and one.place and before[-1].place and one.place != before[-1].place),
                place=one.place,
                earlier=(earlier or "").rstrip(_ENDS),
                turn=day.toordinal(),
            )
        )
    return lines


def _changes_topic(story: Story, before: Sequence[Told]) -> bool:
    """Return whether a story is the first of its section, after one of another section; no feature is announced."""
    last = before[-1].story.topic
    if not story.topic or not last or last == story.topic or story_kinds.is_feature(story.article):
        return False
    return not any(topics.touches_topic(one.story.article, story.topic) for one in before)


def headline_of(article: Article, wording: Wording, day: date) -> str:
    """Return the headline of an article whose sentences are not at hand."""
    return write_headline(article, (), wording.page(article, day)).text


def _fresh(name: str, taken: set[str]) -> str:
    """The name, numbered if another segment of the script has it."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique


def _closing(wording: Wording, told: Sequence[Told], anchors: Sequence[str], day: date) -> Segment:
    sources = dict.fromkeys(
        article.source for story in told for article in (story.story.article, *story.story.others)
    )
    names = [f"《{wording.credits.get(source) or source}》" for source in sources]
    lines = fill_template(
        wording.closing,
        "closing",
        title=wording.title,
        credits=names,
        label=wording.label_last,
        turn=day.toordinal(),
    )
    lines = _labelled(lines, wording.label_last)
    return Segment("closing", Kind.CLOSING, "结束语", anchors[0], tuple(map(Sentence, lines)))


def _labelled(lines: list[str], label: str) -> list[str]:
    """The lines with the label, also where a show's own template has no place for it."""
    return lines if not label or any(label in line for line in lines) else [*lines, label]
