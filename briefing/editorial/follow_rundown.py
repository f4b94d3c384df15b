"""Headlines, transitions and credits that follow the rundown: pure.

Dropping, adding or moving a story changes the sentences that announce it, as far as the programme wrote them. What a
person wrote is kept, and `find_misfits` says where it no longer fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.model import Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

MOST_HEADLINES = 4
"""Headlines up to which an added story always gets one: a programme with more names its main stories only."""

GONE = "这条提要的新闻已经不在节目里"
PARTED = "这句串联接的已经不是原来的上一条"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A sentence that no longer fits the rundown, and why, in Chinese."""

    segment: str
    sentence: str
    why: str


def follow_rundown(
    before: Script, after: Script, written: Collection[str], credits_of: Mapping[str, str]
) -> Script:
    """Return `after` with headlines, transitions and credits for its own stories.

    `before` is the script that was changed; `written` are sentences that the programme wrote itself, the only ones that
    are changed or removed; `credits_of` gives the credited name of each article's source by the article's id.
    """
    if [story.id for story in _stories(before)] == [story.id for story in _stories(after)]:
        return after
    segments = [_follow_segment(segment, before, after, written, credits_of) for segment in after.segments]
    opened = _move_opening(before, replace(after, segments=tuple(segments)), written)
    return replace(opened, segments=tuple(segment for segment in opened.segments if segment.sentences))


def find_misfits(script: Script) -> tuple[Misfit, ...]:
    """Return the headlines and transitions that name a story which is not, or no longer, where they say."""
    return tuple(_misfits(script))


def announced_stories(script: Script) -> tuple[tuple[Sentence, str], ...]:
    """Return each headline of a story with that story's id; '' where none can be found."""
    headlines = next((segment for segment in script.segments if segment.kind is Kind.HEADLINES), None)
    if headlines is None:
        return ()
    lines = [sentence for sentence in headlines.sentences if sentence.rests_on]
    if len(lines) == len(headlines.stories):
        return tuple(zip(lines, headlines.stories, strict=True))
    titles = {story.title.rstrip("。！？"): story.id for story in _stories(script)}
    return tuple((line, titles.get(line.text.rstrip("。！？"), "")) for line in lines)


def _stories(script: Script) -> list[Segment]:
    return [segment for segment in script.segments if segment.kind is Kind.STORY]


def _follow_segment(
    segment: Segment,
    before: Script,
    after: Script,
    written: Collection[str],
    credits_of: Mapping[str, str],
) -> Segment:
    if segment.kind is Kind.HEADLINES:
        return _follow_headlines(segment, before, after, written)
    if segment.kind is Kind.CLOSING:
        return _follow_credits(segment, before, after, credits_of)
    return _follow_transition(segment, after, written) if segment.kind is Kind.STORY else segment


def _follow_headlines(segment: Segment, before: Script, after: Script, written: Collection[str]) -> Segment:
    """Return the headlines without those of stories that went, in the order of the rundown, with those that came."""
    order = [story.id for story in _stories(after)]
    named_before = {sentence.text: name for sentence, name in announced_stories(before) if name}
    named_before |= {sentence.text: name for sentence, name in announced_stories(after) if name}
    lines = [(sentence, named_before.get(sentence.text, "")) for sentence in segment.sentences]
    remaining = [
        (line, name) for line, name in lines if not name or name in order or line.text not in written
    ]
    named = [(line, name) for line, name in remaining if name in order]
    named += _added_headlines(before, after, {name for _, name in named})
    named.sort(key=lambda pair: order.index(pair[1]))
    placed = list(_fill_places(remaining, named, order))
    return replace(
        segment,
        sentences=tuple(line for line, _ in placed),
        stories=tuple(name for line, name in placed if line.rests_on),
    )


def _added_headlines(before: Script, after: Script, named: set[str]) -> Iterator[tuple[Sentence, str]]:
    """Return headlines for stories that came, where the programme names all its stories or few."""
    old = {story.id for story in _stories(before)}
    whole = old <= {name for _, name in announced_stories(before)} or len(named) < MOST_HEADLINES
    for story in _stories(after):
        sources = next((sentence.rests_on for sentence in story.sentences if sentence.rests_on), ())
        if whole and story.id not in old and story.id not in named and sources:
            yield Sentence(f"{story.title.rstrip('。！？')}。", sources[:1]), story.id


def _fill_places(
    kept: Sequence[tuple[Sentence, str]], named: Sequence[tuple[Sentence, str]], order: Sequence[str]
) -> Iterator[tuple[Sentence, str]]:
    """Put the headlines, in order, where headlines stood; what is over follows the last of them."""
    rest = iter(named)
    last = max((index for index, (_, name) in enumerate(kept) if name in order), default=None)
    for index, (sentence, name) in enumerate(kept):
        yield next(rest) if name in order else (sentence, name)
        if index == last:
            yield from rest
    yield from rest


def _follow_transition(segment: Segment, after: Script, written: Collection[str]) -> Segment:
    """Return a story without the transition from a story that no longer stands before it."""
    if not segment.stories or segment.stories == _neighbours(segment, after):
        return segment
    first, *others = segment.sentences
    if first.text not in written or not others:
        return segment
    return replace(segment, sentences=tuple(others), stories=())


def _neighbours(segment: Segment, script: Script) -> tuple[str, ...]:
    """Return the ids that a transition of this story names: the story before it, and its own."""
    names = [story.id for story in _stories(script)]
    index = names.index(segment.id)
    return (names[index - 1], segment.id) if index else (segment.id,)


def _move_opening(before: Script, after: Script, written: Collection[str]) -> Script:
    """Return the script with the sentence that opened its first story at the head of the one that is first now."""
    was, now = _stories(before), _stories(after)
    if not was or not now or was[0].id == now[0].id:
        return after
    line = was[0].sentences[0]
    if line.rests_on or line.text not in written or was[0].stories:
        return after
    without = {
        one.id: replace(one, sentences=one.sentences[1:]) if one.sentences[0] == line else one for one in now
    }
    first = without[now[0].id]
    without[first.id] = replace(first, sentences=(line, *first.sentences))
    return replace(after, segments=tuple(without.get(segment.id, segment) for segment in after.segments))


def _follow_credits(
    segment: Segment, before: Script, after: Script, credits_of: Mapping[str, str]
) -> Segment:
    """Return the closing with the names of the sources that the stories of now rest on."""
    old, new = (_credits(script, credits_of) for script in (before, after))
    if not old or not new or old == new:
        return segment
    sentences = (replace(sentence, text=sentence.text.replace(old, new)) for sentence in segment.sentences)
    return replace(segment, sentences=tuple(sentences))


def _credits(script: Script, credits_of: Mapping[str, str]) -> str:
    """Return the sources of a script as its closing names them: 《甲报》、《乙报》."""
    articles = [name for story in _stories(script) for name in story.articles]
    names = dict.fromkeys(credits_of[name] for name in articles if name in credits_of)
    return "、".join(f"《{name}》" for name in names)


def _misfits(script: Script) -> Iterator[Misfit]:
    stories = {story.id for story in _stories(script)}
    headlines = next((segment for segment in script.segments if segment.kind is Kind.HEADLINES), None)
    for sentence, name in announced_stories(script):
        if headlines and headlines.stories and name not in stories:
            yield Misfit(headlines.id, sentence.text, GONE)
    for story in _stories(script):
        if story.stories and story.stories != _neighbours(story, script):
            yield Misfit(story.id, story.sentences[0].text, PARTED)
