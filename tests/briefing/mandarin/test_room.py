"""The Mandarin room as others use it: readings, the lexicon, an editor's marks, sentences and breaths."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.errors import LexiconError, ScriptError
from briefing.mandarin import lexicon
from briefing.model import han_count, is_han

GOLDEN = Path(__file__).parents[2] / "golden"
SHARED = Path(__file__).parents[4] / "shared" / "cases" / "polyphone"
FLOORS: dict[str, float] = json.loads((GOLDEN / "floors.json").read_text(encoding="utf-8"))["polyphone"]
BEST_LIBRARY = 0.968
"""The best share of `news` that libraries, two of them and rules together, were measured to read right."""

Row = tuple[str, int, frozenset[str]]


def golden() -> list[Row]:
    """Made-up sentences; the character before the braces has the reading in them."""
    rows = []
    for line in (GOLDEN / "polyphone" / "news.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            mark = re.search(r"\{(\w+)\}", line)
            assert mark, line
            rows.append((line.replace(mark[0], ""), mark.start() - 1, frozenset({mark[1]})))
    return rows


def shared(name: str) -> list[Row]:
    """A suite of the shared cases: sentence, place, readings that are right."""
    rows = []
    for line in (SHARED / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            sentence, place, readings, *_ = line.split("\t")
            rows.append((sentence, int(place), frozenset(readings.split("|"))))
    return rows


def share(rows: list[Row]) -> float:
    """The share of the marked characters that are read right."""
    return sum(mandarin.pinyin(text)[place] in right for text, place, right in rows) / len(rows)


@pytest.mark.parametrize("suite", ["golden", "news", "cpp_dev"])
def test_polyphones_are_read_as_well_as_ever(suite: str) -> None:
    """The floor holds; of the large suite every eighth row, which is the same eighth each time."""
    rows = golden() if suite == "golden" else shared(suite)
    right = share(rows[::8] if suite == "cpp_dev" else rows)
    assert right >= FLOORS[suite]


def test_the_floor_for_news_is_above_every_library() -> None:
    """A floor that is lowered below what can be had ready-made is refused."""
    assert FLOORS["news"] >= BEST_LIBRARY


@pytest.mark.parametrize(
    ("printed", "spoken", "pinyin"),
    [
        ("重庆渝中", "重庆渝中", "chong2 qing4 yu2 zhong1"),
        ("调研长沙", "调研长沙", "diao4 yan2 chang2 sha1"),
        ("不会一样", "不会一样", "bu2 hui4 yi2 yang4"),
        ("第一季度", "第一季度", "di4 yi1 ji4 du4"),
        ("展览馆", "展览馆", "zhan2 lan2 guan3"),
        ("GDP增长5%", "GDP增长百分之五", "zeng1 zhang3 bai3 fen1 zhi1 wu3"),
    ],
)
def test_a_text_is_read_with_the_tones_that_are_heard(printed: str, spoken: str, pinyin: str) -> None:
    """One syllable a Han character of the spoken form, sandhi done."""
    reading = mandarin.read(printed)
    assert reading.spoken == spoken
    assert " ".join(reading.pinyin) == pinyin
    assert "".join(reading.words) == spoken


@given(st.text(st.characters(exclude_characters="{}"), max_size=80))
def test_any_text_is_read_and_the_counts_agree(text: str) -> None:
    """No crash, words that join to the spoken form, a syllable for each Han character, an item a character."""
    reading = mandarin.read(text)
    assert "".join(reading.words) == reading.spoken
    assert len(reading.pinyin) == han_count(reading.spoken)
    said = mandarin.pinyin(text)
    assert len(said) == len(text)
    assert all(not syllable or is_han(char) for char, syllable in zip(text, said, strict=True))


def test_an_editor_says_it_in_place() -> None:
    """A reading behind its character, with tone mark or digit; a pause in seconds; neither is spoken."""
    reading = mandarin.read("2023年，重{zhòng}庆和长{zhang3}沙。{停0.8}")
    assert reading.printed == "2023年，重庆和长沙。"
    assert "zhong4 qing4" in " ".join(reading.pinyin)
    assert "zhang3 sha1" in " ".join(reading.pinyin)
    assert reading.pause_after == 800


@pytest.mark.parametrize(
    "text", ["重{chongg}庆", "{chong2}庆", "重{chong2庆", "a{bi4}", "好{停}", "好{停99}", "好}"]
)
def test_a_brace_that_is_no_mark_is_refused(text: str) -> None:
    """A typing mistake is told, never spoken."""
    with pytest.raises(ScriptError):
        mandarin.read(text)


def test_doubt_is_listed_with_the_other_readings() -> None:
    """A polyphone that no phrase settles is shown with its place, its choice and what else it could be."""
    doubts = {doubt.char: doubt for doubt in mandarin.read("他弹了一曲。").doubtful}
    assert "弹" in doubts
    assert {doubts["弹"].chosen, *doubts["弹"].others} == {"dan4", "tan2"}
    assert not mandarin.read("重庆银行").doubtful


def test_the_longest_word_and_the_later_file_win(tmp_path: Path) -> None:
    """A show's entry beats the house's, a context beats none, what to say instead is said."""
    path = tmp_path / "show.toml"
    path.write_text(
        '[words]\n"重庆" = "zhong4 qing4"\n"重庆路" = "chong2 qing4 lu4"\n"行" = { pinyin = "hang2", after = "我们" }\n'
        '"IMAX" = { say = "艾麦克斯" }\n',
        encoding="utf-8",
    )
    known = lexicon.load([lexicon.HOUSE, path])
    assert mandarin.read("重庆", known).pinyin == ("zhong4", "qing4")
    assert mandarin.read("重庆路", known).pinyin[0] == "chong2"
    assert mandarin.read("我们行", known).pinyin[-1] == "hang2"
    assert mandarin.read("IMAX厅", known).spoken == "艾麦克斯厅"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('"重庆" = "chong2"', "has 2 Han characters but 1 syllables"),
        ('"重庆" = "chong2 qingg4"', "'qingg4', which is no Mandarin syllable"),
        ('"重庆" = ""', "needs its pinyin or what to say instead"),
        ('"重庆" = { pinyin = "chong2 qing4", say = "x" }', "one of the two"),
        ('"重庆" = { tone = "4" }', "must be its pinyin, or a table of"),
        ('"重 庆" = "chong2 qing4"', "is no word"),
        ('"重庆" = 3', "must be its pinyin"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_reason(tmp_path: Path, entry: str, reason: str) -> None:
    """The message names the file, the word and what is wrong with it."""
    path = tmp_path / "wrong.toml"
    path.write_text(f"[words]\n{entry}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(reason)) as caught:
        lexicon.load([path])
    assert str(path) in str(caught.value)


def test_an_added_entry_replaces_the_older_one_and_keeps_the_others(tmp_path: Path) -> None:
    """What an editor adds is read back; quotes and backslashes survive."""
    path = tmp_path / "editor.toml"
    for new in (
        lexicon.entry("单某", pinyin="shan4 mou3"),
        lexicon.entry('A"\\B', say="甲"),
        lexicon.entry("单某", pinyin="chan2 mou3", before="说"),
    ):
        lexicon.add(path, new)
    assert [(one.word, one.pinyin, one.say, one.before) for one in lexicon.read(path)] == [
        ('A"\\B', (), "甲", ""),
        ("单某", ("chan2", "mou3"), "", "说"),
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("今天晴。明天雨！后天呢？", ["今天晴。", "明天雨！", "后天呢？"]),
        ("他说：“好。我来！”大家笑了。", ["他说：“好。我来！”", "大家笑了。"]),
        ("增长3.5%。见www.a.cn。", ["增长3.5%。", "见www.a.cn。"]),
        ("《今天。明天》出版……读者说好", ["《今天。明天》出版……", "读者说好"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: list[str]) -> None:
    """Not inside quotations, titles, numbers or addresses."""
    assert mandarin.sentences(text) == sentences


@given(st.text(alphabet="今天的新闻，。；、！？“”《》（）3.5%ab \n", max_size=300), st.integers(5, 60))
def test_breaths_and_sentences_lose_nothing(text: str, limit: int) -> None:
    """Joined again the pieces are the text; a breath is longer than asked only where it cannot be cut."""
    assert "".join(mandarin.sentences(text)) == text
    pieces = mandarin.breaths(text, limit)
    assert "".join(pieces) == text
    assert all(
        han_count(piece) <= limit
        or not re.search(r"[\u3400-\u9fff]{4}", piece)
        or len(piece) < 2 * limit + 60
        for piece in pieces
    )


@given(st.text(max_size=400), st.integers(16, 400))
def test_byte_limits_really_hold(text: str, limit: int) -> None:
    """Whatever the text, no piece has more bytes, and none is lost."""
    text = text.encode(errors="ignore").decode()
    pieces = mandarin.fitting(text, limit)
    assert "".join(pieces) == text
    assert all(len(piece.encode()) <= limit for piece in pieces)
