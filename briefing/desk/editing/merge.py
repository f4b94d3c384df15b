"""Two changes of one script, put together: pure.

What does not overlap merges, by segment and by sentence; what does overlap is a `Conflict`, in which the proposal keeps
what is saved already (theirs) and both versions are shown, so that nothing is lost whoever decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cmp_to_key
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from briefing.model import Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Conflict of two changes to the same lines.

    `segment` is its id, '' for the script itself; `what` is title, kind, anchor, articles, sentences, segment (one
    changed what the other removed) or order; the versions are lines, none where there is nothing.
    """

    segment: str
    what: str
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedScript:
    """A script with both changes, and where they overlap."""

    script: Script
    conflicts: tuple[MergeConflict, ...]


class LineChange(NamedTuple):
    """A change of the lines from `start` to `end` of the base: what stands there instead."""

    start: int
    end: int
    lines: tuple[Sentence, ...]


def merge_scripts(base: Script, mine: Script, theirs: Script) -> MergedScript:
    """Both changes of `base` in one script."""
    conflicts: list[MergeConflict] = []
    title = _merge_value("", "title", (base.title, mine.title, theirs.title), conflicts)
    old, ours, others = (
        {segment.id: segment for segment in script.segments} for script in (base, mine, theirs)
    )
    survivors: dict[str, Segment] = {}
    for name in dict.fromkeys([*others, *ours]):
        merged = _merge_segment(old.get(name), ours.get(name), others.get(name), conflicts)
        if merged:
            survivors[name] = merged
    if not survivors:
        return MergedScript(
            theirs,
            (
                MergeConflict(
                    "", "segment", _segment_titles(base), _segment_titles(mine), _segment_titles(theirs)
                ),
            ),
        )
    order = _merge_order(base, mine, theirs, survivors, conflicts)
    return MergedScript(
        replace(theirs, title=title, segments=tuple(survivors[name] for name in order)), tuple(conflicts)
    )


def _segment_titles(script: Script) -> tuple[str, ...]:
    return tuple(segment.title for segment in script.segments)


def _merge_value(
    segment: str, what: str, versions: tuple[Value, Value, Value], found: list[MergeConflict]
) -> Value:
    """The version of whoever changed it."""
    base, mine, theirs = versions
    if mine in (base, theirs):
        return theirs
    if theirs != base:
        found.append(MergeConflict(segment, what, *map(_value_lines, versions)))
        return theirs
    return mine


def _value_lines(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _merge_segment(
    base: Segment | None, mine: Segment | None, theirs: Segment | None, found: list[MergeConflict]
) -> Segment | None:
    """A segment with both changes; None for one that is removed."""
    if base and mine and theirs:
        return _merge_both(base, mine, theirs, found)
    if mine in (base, theirs) or theirs == base:
        # Only one of the two touched it, or both did the same.
        return theirs if mine in (base, theirs) else mine
    changed = theirs or mine
    if changed:
        found.append(
            MergeConflict(
                changed.id, "segment", _segment_text(base), _segment_text(mine), _segment_text(theirs)
            )
        )
    return changed


def _segment_text(segment: Segment | None) -> tuple[str, ...]:
    return (segment.title, *(sentence.text for sentence in segment.sentences)) if segment else ()


def _merge_both(base: Segment, mine: Segment, theirs: Segment, found: list[MergeConflict]) -> Segment:
    """A segment that both still have."""
    sentences = _merge_sentences(base, mine, theirs, found)
    return Segment(
        id=base.id,
        kind=_merge_value(base.id, "kind", (base.kind, mine.kind, theirs.kind), found),
        title=_merge_value(base.id, "title", (base.title, mine.title, theirs.title), found),
        anchor=_merge_value(base.id, "anchor", (base.anchor, mine.anchor, theirs.anchor), found),
        sentences=sentences,
        articles=_merge_value(base.id, "articles", (base.articles, mine.articles, theirs.articles), found),
        # They follow the sentences by themselves; two who changed them need not be asked.
        stories=mine.stories if theirs.stories == base.stories else theirs.stories,
    )


def _merge_sentences(
    base: Segment, mine: Segment, theirs: Segment, found: list[MergeConflict]
) -> tuple[Sentence, ...]:
    """The sentences with both changes; where they overlap, theirs."""
    sentences: list[Sentence] = []
    done = 0
    for start, end, my_hunks, their_hunks in _changed_regions(
        _line_changes(base.sentences, mine.sentences), _line_changes(base.sentences, theirs.sentences)
    ):
        sentences += base.sentences[done:start]
        done = end
        old = base.sentences[start:end]
        my_part, their_part = (_apply_changes(old, start, hunks) for hunks in (my_hunks, their_hunks))
        if my_hunks and their_hunks and my_part != their_part:
            versions = (tuple(line.text for line in part) for part in (old, my_part, their_part))
            found.append(MergeConflict(base.id, "sentences", *versions))
        sentences += their_part if their_hunks else my_part
    sentences += base.sentences[done:]
    if not sentences:
        # Each removed what the other kept: a segment that says nothing is none.
        versions = (tuple(sentence.text for sentence in part.sentences) for part in (base, mine, theirs))
        found.append(MergeConflict(base.id, "sentences", *versions))
        return theirs.sentences
    return tuple(sentences)


def _line_changes(base: Sequence[Sentence], new: Sequence[Sentence]) -> list[LineChange]:
    """Return what was changed, as small as can be: where as many sentences came as went, each is a change of its own."""
    changes = []
    for tag, start, end, first, last in SequenceMatcher(None, base, new, autojunk=False).get_opcodes():
        if end - start == last - first:
            changes += _changes_in_place(base[start:end], new[first:last], start)
        elif tag != "equal":
            changes.append(LineChange(start, end, tuple(new[first:last])))
    if len(base) != len(new):
        return changes
    # Where a sentence stands twice, the words may fit although nobody moved them.
    plain = _changes_in_place(base, new, 0)
    return (
        plain
        if len(plain) <= sum(change.end - change.start + len(change.lines) for change in changes) / 2
        else changes
    )


def _changes_in_place(old: Sequence[Sentence], new: Sequence[Sentence], offset: int) -> list[LineChange]:
    """As many sentences as before, some of them in other words."""
    return [
        LineChange(offset + index, offset + index + 1, (after,))
        for index, (before, after) in enumerate(zip(old, new, strict=True))
        if before != after
    ]


def _changed_regions(
    mine: list[LineChange], theirs: list[LineChange]
) -> Iterator[tuple[int, int, list[LineChange], list[LineChange]]]:
    """Stretches of the base that were changed, with the changes of each side, in order; those that overlap as one."""
    queue = sorted(
        [(hunk, True) for hunk in mine] + [(hunk, False) for hunk in theirs],
        key=lambda item: (item[0].start, item[0].end),
    )
    group: list[tuple[LineChange, bool]] = []
    for item in queue:
        if group and not any(_do_overlap(item[0], other) for other, _ in group):
            yield _join_region(group)
            group = []
        group.append(item)
    if group:
        yield _join_region(group)


def _do_overlap(one: LineChange, other: LineChange) -> bool:
    """Return whether two changes touch the same sentences, or say what comes at the same place."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    if one.start == one.end or other.start == other.end:
        position, changed = (one.start, other) if one.start == one.end else (other.start, one)
        return changed.start < position < changed.end
    return max(one.start, other.start) < min(one.end, other.end)


def _join_region(group: list[tuple[LineChange, bool]]) -> tuple[int, int, list[LineChange], list[LineChange]]:
    mine, theirs = ([hunk for hunk, is_mine in group if is_mine is side] for side in (True, False))
    return min(hunk.start for hunk, _ in group), max(hunk.end for hunk, _ in group), mine, theirs


def _apply_changes(old: Sequence[Sentence], offset: int, hunks: list[LineChange]) -> tuple[Sentence, ...]:
    lines: list[Sentence] = []
    done = 0
    for hunk in hunks:
        lines += [*old[done : hunk.start - offset], *hunk.lines]
        done = hunk.end - offset
    return (*lines, *old[done:])


def _merge_order(
    base: Script, mine: Script, theirs: Script, kept: Mapping[str, Segment], found: list[MergeConflict]
) -> list[str]:
    """The ids in an order that has both moves: of two segments, whoever changed which comes first decides."""
    places = [
        {part.id: index for index, part in enumerate(script.segments)} for script in (base, mine, theirs)
    ]
    common = [
        segment.id
        for segment in theirs.segments
        if segment.id in kept and all(segment.id in ranks for ranks in places)
    ]
    before = {pair: _comes_first(pair, places) for pair in combinations(common, 2)}

    def compared(part: str, other: str) -> int:
        return -1 if before.get((part, other), not before.get((other, part), True)) else 1

    order = sorted(common, key=cmp_to_key(compared))
    if any(not _keeps_order(pair, order, before) for pair in before):
        # 甲 before 乙 before 丙 before 甲: the moves cross.
        versions = (
            tuple(segment.title for segment in script.segments if segment.id in common)
            for script in (base, mine, theirs)
        )
        found.append(MergeConflict("", "order", *versions))
        order = common
    for script in (mine, theirs):
        _insert_missing(order, [segment.id for segment in script.segments if segment.id in kept])
    return order


def _comes_first(pair: tuple[str, str], places: Sequence[Mapping[str, int]]) -> bool:
    """Return whether the first of the two comes first: as before, unless somebody changed it."""
    base, mine, theirs = (order[pair[0]] < order[pair[1]] for order in places)
    return theirs if mine == base else mine


def _keeps_order(pair: tuple[str, str], order: list[str], before: Mapping[tuple[str, str], bool]) -> bool:
    return (order.index(pair[0]) < order.index(pair[1])) == before[pair]


def _insert_missing(order: list[str], wanted: list[str]) -> None:
    """Put what is not in the order yet behind what it followed."""
    last = -1
    for name in wanted:
        if name not in order:
            order.insert(last + 1, name)
        last = order.index(name)
