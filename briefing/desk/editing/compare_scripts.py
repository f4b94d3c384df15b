"""What differs between two scripts: pure, segment by segment and character by character."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.model import Script, Segment


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of text that is the same in both versions, or only in the old ("del") or the new one ("ins")."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """Change of a segment: "same", "changed", "added" or "removed", whether it moved, and its lines in pieces."""

    how: str
    title: str
    anchor: str
    moved: bool
    lines: tuple[tuple[TextPiece, ...], ...]


def compare_scripts(old: Script, new: Script) -> tuple[SegmentChange, ...]:
    """The new script, segment by segment, with what was added, taken away and changed since the old one."""
    before = {segment.id: segment for segment in old.segments}
    stayed = [segment.id for segment in old.segments if any(other.id == segment.id for other in new.segments)]
    order = [segment.id for segment in new.segments if segment.id in before]
    still = {
        order[block.b + step]
        for block in SequenceMatcher(None, stayed, order, autojunk=False).get_matching_blocks()
        for step in range(block.size)
    }
    changes = [
        _changed_segment(
            before.get(segment.id), segment, moved=segment.id in before and segment.id not in still
        )
        for segment in new.segments
    ]
    gone = [other for other in old.segments if other.id not in {segment.id for segment in new.segments}]
    return (*changes, *(_removed_segment(other) for other in gone))


def _changed_segment(old: Segment | None, new: Segment, *, moved: bool) -> SegmentChange:
    texts = [sentence.text for sentence in new.sentences]
    if old is None:
        return SegmentChange(
            "added",
            new.title,
            new.anchor,
            moved=False,
            lines=tuple((TextPiece("ins", text),) for text in texts),
        )
    lines = tuple(_compare_sentences([sentence.text for sentence in old.sentences], texts))
    same = replace(old, sentences=new.sentences) == new and all(
        piece.how == "same" for line in lines for piece in line
    )
    anchor = new.anchor if old.anchor == new.anchor else f"{old.anchor} → {new.anchor}"
    title = new.title if old.title == new.title else f"{old.title} → {new.title}"
    return SegmentChange("same" if same else "changed", title, anchor, moved, lines)


def _removed_segment(old: Segment) -> SegmentChange:
    lines = tuple((TextPiece("del", sentence.text),) for sentence in old.sentences)
    return SegmentChange("removed", old.title, old.anchor, moved=False, lines=lines)


def _compare_sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[TextPiece, ...]]:
    """The sentences of both, in order; one that was changed is one line."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield from ((TextPiece("same", text),) for text in new[c:d])
            continue
        pairs = min(b - a, d - c) if how == "replace" else 0
        yield from (tuple(_compare_words(old[a + offset], new[c + offset])) for offset in range(pairs))
        yield from ((TextPiece("del", text),) for text in old[a + pairs : b])
        yield from ((TextPiece("ins", text),) for text in new[c + pairs : d])


def _compare_words(old: str, new: str) -> Iterator[TextPiece]:
    """A changed sentence, character by character."""
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            yield TextPiece("same", new[c:d])
            continue
        if old[a:b]:
            yield TextPiece("del", old[a:b])
        if new[c:d]:
            yield TextPiece("ins", new[c:d])
