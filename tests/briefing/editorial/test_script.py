"""The script file: lossless, and clear about what it cannot read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.editorial import script
from briefing.errors import ScriptError
from briefing.model import EditionKey, Kind, Script, Segment, Sentence

KEY = EditionKey("demo", date(2023, 6, 9), "morning")
SCRIPT = Script(
    KEY,
    "每日简报 2023年6月9日",
    (
        Segment("opening", Kind.OPENING, "开场", "晓伊", (Sentence("早上好。"),)),
        Segment(
            "story-1a2b3c4d",
            Kind.STORY,
            "南湖公园开放",
            "云希",
            (
                Sentence(
                    "6月8日，重{chóng}庆南湖公园开放。{停0.8}", ("6月8日,南湖公园开放。", "市民很高兴。")
                ),
                Sentence("免费。"),
            ),
            ("1a2b3c4d5e6f", "9f8e"),
        ),
    ),
)
FILE = """\
---
show: demo
day: 2023-06-09
edition: morning
title: 每日简报 2023年6月9日
---

## 开场
[opening | 开场 | 晓伊 | ]

早上好。

## 南湖公园开放
[story-1a2b3c4d | 新闻 | 云希 | 1a2b3c4d5e6f 9f8e]

6月8日，重{chóng}庆南湖公园开放。{停0.8}
> 6月8日,南湖公园开放。
> 市民很高兴。

免费。
"""

ANY = st.text(max_size=12)
NAME = st.text(min_size=1, max_size=12)
SENTENCES = st.lists(st.builds(Sentence, ANY, st.lists(ANY, max_size=2).map(tuple)), min_size=1, max_size=3)
SEGMENTS = st.builds(
    Segment,
    id=NAME,
    kind=st.sampled_from(Kind),
    title=ANY,
    anchor=NAME,
    sentences=SENTENCES.map(tuple),
    articles=st.lists(ANY, max_size=2).map(tuple),
    stories=st.lists(ANY, max_size=2).map(tuple),
)
SCRIPTS = st.builds(
    Script,
    key=st.builds(EditionKey, ANY, st.dates(), ANY),
    title=ANY,
    segments=st.lists(SEGMENTS, min_size=1, max_size=3, unique_by=lambda segment: segment.id).map(tuple),
)
LINES = st.sampled_from(
    [
        "---",
        "show: a",
        "day: 2023-06-09",
        "edition: m",
        "title: t",
        "",
        "## x",
        "[a | 新闻 | b | c]",
        "[b|story|b|]",
        "[c|新闻|b|c|a b]",
        "话。",
        "> 源",
        "\\",
        "#",
    ]
)


def test_a_script_is_printed_as_an_editor_reads_it() -> None:
    """A heading, a line in brackets, one sentence a line, its sources under it; help stands in the front matter."""
    printed = script.dump(SCRIPT)
    assert "".join(line + "\n" for line in printed.splitlines() if line not in script.HELP) == FILE


def test_the_printed_file_is_the_script_again() -> None:
    """What an editor gets is parsed to the script it was printed from, with or without the help lines."""
    assert script.parse(script.dump(SCRIPT)) == SCRIPT
    assert script.parse(FILE) == SCRIPT


@given(SCRIPTS)
def test_any_script_survives_the_file(written: Script) -> None:
    """Lossless for any text: control characters, bidi marks, line separators, pipes, braces, spaces at the edge."""
    assert script.parse(script.dump(written)) == written


@given(st.lists(LINES, max_size=14).map("\n".join))
def test_any_file_is_a_script_or_refused(text: str) -> None:
    """A text is refused with a `ScriptError`, or it is a script that survives being printed."""
    parsed, refusal = None, ""
    try:
        parsed = script.parse(text)
    except ScriptError as error:
        refusal = str(error)
    assert refusal if parsed is None else script.parse(script.dump(parsed)) == parsed


@given(st.text())
def test_any_text_is_a_script_or_refused(text: str) -> None:
    """Random text cannot make the parser fail in another way."""
    with pytest.raises(ScriptError):
        script.parse(text)


def test_headlines_name_the_stories_they_announce() -> None:
    """A fifth field, only where something is announced."""
    announced = Segment(
        "headlines",
        Kind.HEADLINES,
        "内容提要",
        "云希",
        (Sentence("南湖公园开放。", ("南湖",)),),
        (),
        ("s-1",),
    )
    printed = script.dump(Script(KEY, "题", (announced,)))
    assert "[headlines | 提要 | 云希 |  | s-1]" in printed
    assert script.parse(printed).segments[0].stories == ("s-1",)


def test_what_an_editor_saves_on_windows_is_the_same_script() -> None:
    """A byte-order mark, CR LF and spaces at the ends of lines change nothing."""
    assert script.parse("\ufeff" + FILE.replace("\n", "  \r\n")) == SCRIPT


def test_kinds_may_be_written_in_english() -> None:
    """`story` is 新闻."""
    assert script.parse(FILE.replace("| 新闻 |", "| story |")) == SCRIPT


def test_hidden_characters_are_shown() -> None:
    """A bidi mark and a control character stand in the file as escapes, where an editor sees them."""
    hidden = Script(KEY, "t", (Segment("a", Kind.STORY, "t", "b", (Sentence("一\u202e二\x07"),)),))
    assert "一\\u{202e}二\\u{7}" in script.dump(hidden)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("---\nshow", "show", "line 1: the script must begin with its front matter"),
        ("show: demo\n", "", "line 5: the front matter lacks `show`"),
        ("show: demo", "show: demo\nshow: demo", "line 3: `show` stands twice"),
        ("day: 2023-06-09", "day: 9.6.2023", "line 3: `9.6.2023` is no day"),
        ("title: 每日", "titel: 每日", "line 5: the front matter knows only"),
        ("## 开场\n", "", "line 8: this stands before the first segment"),
        ("[opening | 开场 | 晓伊 | ]\n", "", "line 8: under the title must stand"),
        ("[opening | 开场 | 晓伊 | ]", "[opening | 开场 | 晓伊]", "line 9: four fields are needed"),
        ("[opening | 开场 |", "[opening | 天气 |", "line 9: the kind `天气` is not known"),
        ("[opening | 开场 | 晓伊 |", "[opening | 开场 | |", "line 9: a segment needs an id and an anchor"),
        ("[story-1a2b3c4d", "[opening", "line 14: the id opening stands already in line 9"),
        ("早上好。\n", "", "line 8: this segment says nothing"),
        ("早上好。", "> 早上好。", "line 11: a source line needs its sentence above it"),
        ("早上好。", "# 早上好。", "line 11: a sentence cannot begin with #"),
        ("早上好。", "早上好。\\", "line 11: a backslash escapes"),
        ("早上好。", "早上好\\u{110000}。", "line 11: \\u{110000} is no character"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(old: str, new: str, reason: str) -> None:
    """Nothing is dropped in silence: the error says which line is wrong and why."""
    with pytest.raises(ScriptError) as refused:
        script.parse(FILE.replace(old, new, 1))
    assert str(refused.value).startswith(reason)


def test_a_script_without_segments_is_refused() -> None:
    """An emptied file says nothing, and is not taken for a programme."""
    with pytest.raises(ScriptError) as refused:
        script.parse(FILE.split("\n\n", maxsplit=1)[0])
    assert str(refused.value) == "the script has no segment: begin one with “## ” and its title"
