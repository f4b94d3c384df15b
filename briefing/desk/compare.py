"""What is different between two revisions of a script: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.desk.merge import hunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.model import Script, Segment


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: in a segment ('' for the script itself), what of it, the lines before and after."""

    segment: str
    title: str
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(old: Script, new: Script) -> tuple[Change, ...]:
    """What a listener or an editor would notice, in the order of the new script; what is gone comes last."""
    return tuple(_changes(old, new))


def _changes(old: Script, new: Script) -> Iterator[Change]:
    before = {one.id: one for one in old.segments}
    after = {one.id: one for one in new.segments}
    if old.title != new.title:
        yield Change("", new.title, "title", (old.title,), (new.title,))
    orders = [[one for one in script if one in before and one in after] for script in (before, after)]
    if orders[0] != orders[1]:
        titles = [tuple(after[name].title for name in order) for order in orders]
        yield Change("", new.title, "order", titles[0], titles[1])
    for one in new.segments:
        if one.id in before:
            yield from _inside(before[one.id], one)
        else:
            yield Change(one.id, one.title, "added", (), tuple(said.text for said in one.sentences))
    for one in old.segments:
        if one.id not in after:
            yield Change(one.id, one.title, "removed", tuple(said.text for said in one.sentences), ())


def _inside(old: Segment, new: Segment) -> Iterator[Change]:
    for what in ("title", "kind", "anchor"):
        before, after = str(getattr(old, what)), str(getattr(new, what))
        if before != after:
            yield Change(new.id, new.title, what, (before,), (after,))
    if old.articles != new.articles:
        yield Change(new.id, new.title, "articles", old.articles, new.articles)
    for hunk in hunks(old.sentences, new.sentences):
        gone = tuple(said.text for said in old.sentences[hunk.start : hunk.end])
        yield Change(new.id, new.title, "sentences", gone, tuple(said.text for said in hunk.lines))
