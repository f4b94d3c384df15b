"""Changes that a model proposes to a whole programme, read from its answer and made to a script: pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from briefing.editorial.follow_rundown import announced_stories
from briefing.editorial.llm.answers import RefusedError, find_object, find_value, repair_sentence
from briefing.editorial.llm.question import NUMBER, TEXT, shape_list, shape_object
from briefing.model import Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_CHANGES = 60
"""Changes of a programme that are looked at; no programme needs more."""
MAX_HEADLINES = 6
"""Stories that are announced."""
MAX_TRANSITIONS = 3
"""Transitions of a programme: one before each story is a litany."""


class ChangeKind(StrEnum):
    """Part of the programme that a change is about; its name in the answer."""

    HEADLINE = "headlines"
    TRANSITION = "transitions"
    REPETITION = "repetitions"


_ROW = {"story": TEXT, "text": TEXT}
CHANGES = shape_object(
    {
        ChangeKind.HEADLINE: shape_list(shape_object(_ROW)),
        ChangeKind.TRANSITION: shape_list(shape_object(_ROW)),
        ChangeKind.REPETITION: shape_list(shape_object({**_ROW, "sentence": NUMBER})),
    }
)
"""The answer that is wanted, as servers with structured output understand it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A headline, a transition or a sentence as a model wants it."""

    kind: ChangeKind
    story: str
    """Id of the story's segment."""
    number: int
    """Place of the sentence among the story's own, from 1; 0 for headlines and transitions."""
    text: str
    """Empty takes the sentence away."""

    @property
    def place(self) -> tuple[ChangeKind, str, int]:
        """Return what of the programme the change is about."""
        return self.kind, self.story, self.number

    def as_row(self) -> dict[str, Any]:
        """Return the change as the model writes it."""
        row: dict[str, Any] = {"story": self.story, "text": self.text}
        return row | {"sentence": self.number} if self.number else row


def read_changes(text: str, stories: Mapping[str, int]) -> tuple[Change, ...]:
    """Return the usable changes of an answer; `stories` has the number of sentences of each. Raises RefusedError."""
    answer = find_object(text, ChangeKind.HEADLINE)
    changes = {change.place: change for kind in ChangeKind for change in _changes_of(answer, kind, stories)}
    if not changes and any(find_value(answer, kind) for kind in ChangeKind):
        raise RefusedError("no change of the answer is for this programme")
    return tuple(changes.values())


def _changes_of(answer: object, kind: ChangeKind, stories: Mapping[str, int]) -> Iterator[Change]:
    rows = find_value(answer, kind)
    for row in rows[:MOST_CHANGES] if isinstance(rows, list) else ():
        story, text = find_value(row, "story"), find_value(row, "text")
        number = find_value(row, "sentence") if kind is ChangeKind.REPETITION else 0
        if not (isinstance(story, str) and story in stories and isinstance(text, str)):
            continue
        fits = isinstance(number, int) and 1 <= number <= stories[story]
        if kind is ChangeKind.REPETITION and not (fits and (repair_sentence(text) or not text.strip())):
            continue
        if kind is ChangeKind.REPETITION or repair_sentence(text):
            yield Change(kind, story, number if isinstance(number, int) else 0, repair_sentence(text))


def own_sentences(segment: Segment) -> tuple[Sentence, ...]:
    """Return the sentences of a story without the transition before them."""
    return segment.sentences[1:] if segment.stories else segment.sentences


def make_changes(script: Script, changes: Iterable[Change], sources: Mapping[str, tuple[str, ...]]) -> Script:
    """Return the script with changes that somebody has found true; `sources` are what each story's headline rests on."""
    by_place = {change.place: change.text for change in changes}
    stories = [segment for segment in script.segments if segment.kind is Kind.STORY]
    transitions = _choose_transitions(stories, by_place)
    before = {story.id: last.id for last, story in pairwise(stories)}
    changed = {
        story.id: _change_story(story, by_place, transitions.get(story.id, ""), before.get(story.id, ""))
        for story in stories
    }
    announced = _choose_headlines(script, stories, by_place, sources)
    return replace(
        script,
        segments=tuple(
            _announce(segment, announced)
            if segment.kind is Kind.HEADLINES
            else changed.get(segment.id, segment)
            for segment in script.segments
        ),
    )


def _choose_transitions(
    stories: Sequence[Segment], by_place: Mapping[tuple[ChangeKind, str, int], str]
) -> dict[str, str]:
    """Return the new transition of each story that gets one: few, and never before two stories in a row."""
    chosen: dict[str, str] = {}
    count = sum(bool(story.stories) for story in stories)
    for last, story in pairwise(stories):
        text = by_place.get((ChangeKind.TRANSITION, story.id, 0), "")
        is_follow_up = bool(story.stories and story.sentences[0].rests_on)
        crowded = last.id in chosen or bool(last.stories) or count >= MAX_TRANSITIONS
        if text and not is_follow_up and (story.stories or not crowded):
            chosen[story.id] = text
            count += not story.stories
    return chosen


def _change_story(
    story: Segment, by_place: Mapping[tuple[ChangeKind, str, int], str], transition: str, before: str
) -> Segment:
    """Return a story with its transition, its title and its sentences changed."""
    texts = [
        (sentence, by_place.get((ChangeKind.REPETITION, story.id, number), sentence.text))
        for number, sentence in enumerate(own_sentences(story), 1)
    ]
    own = tuple(replace(sentence, text=text) for sentence, text in texts if text)
    opening = (Sentence(transition),) if transition else story.sentences[: bool(story.stories)]
    title = by_place.get((ChangeKind.HEADLINE, story.id, 0), "").rstrip("。") or story.title
    stories = (before, story.id) if transition else story.stories
    return replace(story, title=title, sentences=(*opening, *own), stories=stories)


def _choose_headlines(
    script: Script,
    stories: Sequence[Segment],
    by_place: Mapping[tuple[ChangeKind, str, int], str],
    sources: Mapping[str, tuple[str, ...]],
) -> list[tuple[str, Sentence]]:
    """Return the headlines with their stories: what was announced stays announced, others come where there is room."""
    old = {name: sentence for sentence, name in announced_stories(script) if name}
    new = {
        story.id: Sentence(text, sources[story.id])
        for story in stories
        if (text := by_place.get((ChangeKind.HEADLINE, story.id, 0), ""))
    }
    added = [name for name in new if name not in old][: max(0, MAX_HEADLINES - len(old))]
    names = [story.id for story in stories if story.id in old or story.id in added]
    return [(name, new.get(name) or old[name]) for name in names]


def _announce(segment: Segment, announced: Sequence[tuple[str, Sentence]]) -> Segment:
    """Return the headlines' segment with other headlines; what the show says around them stays."""
    if not announced:
        return segment
    lines = [index for index, sentence in enumerate(segment.sentences) if sentence.rests_on]
    start, end = (lines[0], lines[-1] + 1) if lines else (len(segment.sentences),) * 2
    headlines = tuple(sentence for _, sentence in announced)
    sentences = (*segment.sentences[:start], *headlines, *segment.sentences[end:])
    return replace(segment, sentences=sentences, stories=tuple(name for name, _ in announced))
