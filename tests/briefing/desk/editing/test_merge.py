"""Two changes of one script put together: what does not overlap merges, what does is shown, nothing is ever lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.desk.editing.merge import MergeConflict, MergedScript, merge_scripts
from briefing.model import EditionKey, Kind, Script, Segment, Sentence

KEY = EditionKey("demo", date(2026, 3, 2), "morning")


def segment(name: str, *texts: str, anchor: str = "晓伊") -> Segment:
    """A story whose title is its id."""
    return Segment(name, Kind.STORY, name, anchor, tuple(map(Sentence, texts)))


def script(*segments: Segment, title: str = "每日简报") -> Script:
    """A script of these segments."""
    return Script(KEY, title, segments)


A, B, C = segment("a", "甲一。", "甲二。", "甲三。"), segment("b", "乙一。", "乙二。"), segment("c", "丙一。")
BASE = script(A, B, C)


def said(made: Script) -> dict[str, list[str]]:
    """The sentences by segment, in order."""
    return {one.id: [sentence.text for sentence in one.sentences] for one in made.segments}


def texts(made: Script) -> set[str]:
    """Everything that is said."""
    return {text for lines in said(made).values() for text in lines}


def test_sentences_of_one_segment_merge() -> None:
    """One changes the first, the other the second and adds a last one."""
    mine = script(segment("a", "甲一改。", "甲二。", "甲三。"), B, C)
    theirs = script(segment("a", "甲一。", "甲二改。", "甲三。", "甲四。"), B, C)
    merged = merge_scripts(BASE, mine, theirs)
    assert said(merged.script)["a"] == ["甲一改。", "甲二改。", "甲三。", "甲四。"]
    assert merged.conflicts == ()


def test_moves_additions_removals_and_words_merge() -> None:
    """Everything that two editors do to different parts is in the result."""
    mine = script(C, A, B, segment("d", "丁。"), title="新题")
    theirs = script(replace(A, anchor="云希"), C, segment("e", "戊。"))
    merged = merge_scripts(BASE, mine, theirs)
    assert [one.id for one in merged.script.segments] == ["c", "e", "a", "d"]
    assert merged.script.segments[2].anchor == "云希"
    assert merged.script.title == "新题"
    assert merged.conflicts == ()


def test_the_same_sentence_changed_twice_shows_both_versions() -> None:
    """The proposal keeps what is saved; mine is not lost."""
    mine, theirs = (
        script(segment("a", "我。", *("甲二。", "甲三。")), B, C),
        script(segment("a", "他。", *("甲二。", "甲三。")), B, C),
    )
    merged = merge_scripts(BASE, mine, theirs)
    assert said(merged.script)["a"] == ["他。", "甲二。", "甲三。"]
    assert merged.conflicts == (MergeConflict("a", "sentences", ("甲一。",), ("我。",), ("他。",)),)


def test_the_same_change_twice_is_one() -> None:
    """Both corrected the same mistake."""
    changed = script(segment("a", "改。", "甲二。", "甲三。"), C, title="新")
    assert merge_scripts(BASE, changed, changed) == MergedScript(changed, ())


def test_a_segment_that_one_removed_and_the_other_changed_stays_and_is_shown() -> None:
    """Whoever removed it did not know the change."""
    merged = merge_scripts(BASE, script(A, C), script(A, segment("b", "乙一。", "乙改。"), C))
    assert said(merged.script)["b"] == ["乙一。", "乙改。"]
    assert merged.conflicts == (
        MergeConflict("b", "segment", ("b", "乙一。", "乙二。"), (), ("b", "乙一。", "乙改。")),
    )


def test_two_who_say_something_at_the_same_place_are_shown() -> None:
    """Which comes first is for a person to say."""
    mine, theirs = (
        script(segment("a", *said(BASE)["a"], "我。"), B, C),
        script(segment("a", *said(BASE)["a"], "他。"), B, C),
    )
    assert merge_scripts(BASE, mine, theirs).conflicts == (
        MergeConflict("a", "sentences", (), ("我。",), ("他。",)),
    )


def test_a_sentence_said_inside_what_another_removed_is_shown() -> None:
    """It stood between two sentences that are gone."""
    mine = script(segment("a", "甲一。", "甲二。", "新。", "甲三。"), B, C)
    theirs = script(segment("a", "甲一。"), B, C)
    merged = merge_scripts(BASE, mine, theirs)
    assert merged.conflicts == (
        MergeConflict("a", "sentences", ("甲二。", "甲三。"), ("甲二。", "新。", "甲三。"), ()),
    )


def test_removing_each_a_half_leaves_no_empty_segment() -> None:
    """A segment that says nothing cannot be saved."""
    merged = merge_scripts(BASE, script(A, segment("b", "乙一。"), C), script(A, segment("b", "乙二。"), C))
    assert said(merged.script)["b"] == ["乙二。"]
    assert merged.conflicts == (
        MergeConflict("b", "sentences", ("乙一。", "乙二。"), ("乙一。",), ("乙二。",)),
    )


def test_removing_each_a_half_leaves_no_empty_script() -> None:
    """Nor can a script without a segment."""
    base = script(A, B)
    merged = merge_scripts(base, script(A), script(B))
    assert merged.script == script(B)
    assert [one.what for one in merged.conflicts] == ["segment"]


def test_moves_that_cross_are_shown() -> None:
    """乙 before 甲, 丙 before 乙, and 甲 before 丙 as it was: no order has all of it."""
    merged = merge_scripts(BASE, script(B, A, C), script(A, C, B))
    assert merged.script == script(A, C, B)
    assert merged.conflicts == (
        MergeConflict("", "order", ("a", "b", "c"), ("b", "a", "c"), ("a", "c", "b")),
    )


def test_moves_that_do_not_cross_are_both_made() -> None:
    """One brings the last to the front, the other exchanges two in the middle."""
    d = segment("d", "丁。")
    merged = merge_scripts(script(A, B, C, d), script(d, A, B, C), script(A, C, B, d))
    assert merged == MergedScript(script(d, A, C, B), ())


@pytest.mark.parametrize(
    ("what", "mine", "theirs"),
    [
        ("title", replace(A, title="我"), replace(A, title="他")),
        ("anchor", replace(A, anchor="云希"), replace(A, anchor="晓晓")),
        ("kind", replace(A, kind=Kind.OPENING), replace(A, kind=Kind.CLOSING)),
        ("articles", replace(A, articles=("x",)), replace(A, articles=("y",))),
    ],
)
def test_a_field_changed_in_two_ways_is_shown(what: str, mine: Segment, theirs: Segment) -> None:
    """Theirs stays."""
    merged = merge_scripts(BASE, script(mine, B, C), script(theirs, B, C))
    assert merged.script == script(theirs, B, C)
    assert [(one.segment, one.what) for one in merged.conflicts] == [("a", what)]


NAMES = st.sampled_from("abcdefg")
LINES = st.lists(st.sampled_from([f"{char}。" for char in "一二三四五六七八九十"]), min_size=1, max_size=5)
SCRIPTS = st.dictionaries(NAMES, LINES, min_size=1, max_size=6).map(
    lambda made: script(*(segment(name, *lines) for name, lines in made.items()))
)


@settings(deadline=None)
@given(base=SCRIPTS, change=SCRIPTS)
def test_a_change_that_nobody_else_made_is_taken_as_it_is(base: Script, change: Script) -> None:
    """Whoever is alone gets exactly their script, on either side; so do two who did the same."""
    assert merge_scripts(base, change, base) == MergedScript(change, ())
    assert merge_scripts(base, base, change) == MergedScript(change, ())
    assert merge_scripts(base, change, change) == MergedScript(change, ())


@settings(deadline=None)
@given(base=SCRIPTS, mine=SCRIPTS, theirs=SCRIPTS)
def test_nothing_is_ever_lost(base: Script, mine: Script, theirs: Script) -> None:
    """What somebody wrote is in the result or in a conflict; what both kept stays; each id once; nothing empty."""
    merged = merge_scripts(base, mine, theirs)
    shown = texts(merged.script) | {
        line for one in merged.conflicts for version in (one.mine, one.theirs) for line in version
    }
    assert (texts(mine) | texts(theirs)) - texts(base) <= shown
    for name in said(base).keys() & said(mine).keys() & said(theirs).keys():
        kept = set(said(base)[name]) & set(said(mine)[name]) & set(said(theirs)[name])
        assert kept <= shown
    names = [one.id for one in merged.script.segments]
    assert len(names) == len(set(names))
    assert all(one.sentences for one in merged.script.segments)
    assert names


@settings(deadline=None)
@given(base=SCRIPTS, data=st.data())
def test_changes_of_different_sentences_are_both_made(base: Script, data: st.DataObject) -> None:
    """Each sentence is left alone or changed by one of the two: all changes are in the result, and nobody is asked."""
    versions: list[list[Segment]] = [[], [], []]
    for one in base.segments:
        lines: list[list[Sentence]] = [[], [], []]
        for place, sentence in enumerate(one.sentences):
            who = data.draw(st.sampled_from(("nobody", "mine", "theirs")))
            new = Sentence(f"{one.id}{place}{who}。")
            lines[0].append(new if who == "mine" else sentence)
            lines[1].append(new if who == "theirs" else sentence)
            lines[2].append(sentence if who == "nobody" else new)
        for version, changed in zip(versions, lines, strict=True):
            version.append(replace(one, sentences=tuple(changed)))
    mine, theirs, both = (script(*version) for version in versions)
    assert merge_scripts(base, mine, theirs) == MergedScript(both, ())


@settings(deadline=None)
@given(base=SCRIPTS, mine=SCRIPTS, theirs=SCRIPTS)
def test_it_does_not_matter_who_was_faster_for_what_is_in_doubt(
    base: Script, mine: Script, theirs: Script
) -> None:
    """The same places are in conflict from either side, with the versions exchanged."""
    one, other = merge_scripts(base, mine, theirs), merge_scripts(base, theirs, mine)
    swapped = {(found.segment, found.what, found.base, found.theirs, found.mine) for found in other.conflicts}
    assert {
        (found.segment, found.what, found.base, found.mine, found.theirs) for found in one.conflicts
    } == swapped
