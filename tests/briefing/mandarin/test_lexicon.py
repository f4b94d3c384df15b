"""The lexicon: which entry wins, what is refused, and how an editor's word is written down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefing import mandarin
from briefing.errors import LexiconError
from briefing.mandarin import lexicon
from briefing.mandarin.pronounce import syllables
from briefing.model import is_han

if TYPE_CHECKING:
    from pathlib import Path


def written(path: Path, *entries: str) -> Path:
    """A lexicon file with these lines."""
    path.write_text("\n".join(["[words]", *entries, ""]), encoding="utf-8")
    return path


def test_the_newsroom_s_words_are_whole() -> None:
    """Every entry has a syllable that exists for each of its Han characters, or says something."""
    entries = lexicon.read(lexicon.NEWSROOM_LEXICON)

    assert len(entries) > 3000
    assert all(entry.say or len(entry.pinyin) == sum(map(is_han, entry.word)) for entry in entries)
    assert {syllable for entry in entries for syllable in entry.pinyin} <= syllables.known()


def test_a_later_file_wins_over_the_newsroom(tmp_path: Path) -> None:
    """What a show or an editor says of a word holds."""
    known = lexicon.load(
        [lexicon.NEWSROOM_LEXICON, written(tmp_path / "show.toml", '"重庆" = "zhong4 qing4"')]
    )

    assert mandarin.read("重庆", known).pinyin == ("zhong4", "qing4")


def test_the_longest_word_wins_whoever_wrote_it(tmp_path: Path) -> None:
    """重庆路 is read as itself, in whatever order the entries stand."""
    path = written(tmp_path / "a.toml", '"重庆路" = "chong2 qing4 lu4"', '"重庆" = "zhong4 qing4"')

    assert mandarin.read("重庆路", lexicon.load([path])).pinyin == ("chong2", "qing4", "lu4")


@pytest.mark.parametrize(
    ("text", "syllable"),
    [("我们行", "hang2"), ("本行", "hang2"), ("他行", "xing2"), ("他行业", "heng2")],
)
def test_an_entry_with_a_context_holds_only_there(tmp_path: Path, text: str, syllable: str) -> None:
    """Before or after one of several texts that are parted by a bar; a context beats none."""
    path = written(
        tmp_path / "a.toml",
        '"行" = [{ pinyin = "xing2" }, { pinyin = "hang2", after = "我们|本" }, { pinyin = "heng2", before = "业" }]',
    )

    assert mandarin.read(text, lexicon.load([path])).pinyin[text.index("行")] == syllable


def test_what_to_say_instead_is_said(tmp_path: Path) -> None:
    """And is read like any other text."""
    known = lexicon.load([written(tmp_path / "a.toml", '"IMAX" = { say = "艾麦克斯3D" }')])

    assert mandarin.read("IMAX厅", known).spoken == "艾麦克斯三D厅"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('"重庆" = "chong2"', "has 2 Han characters but 1 syllables"),
        ('"重庆" = "chong2 qingg4"', "'qingg4', which is no Mandarin syllable"),
        ('"重庆" = "chong2 qing"', "'qing', which is no Mandarin syllable"),
        ('"重庆" = "chong2 qing9"', "'qing9', which is no Mandarin syllable"),
        ('"重庆" = ""', "needs its pinyin or what to say instead"),
        ('"重庆" = { pinyin = "chong2 qing4", say = "x" }', "one of the two"),
        ('"重庆" = { tone = "4" }', "must be its pinyin, or a table of"),
        ('"重庆" = { say = 3 }', "must hold texts only"),
        ('"行" = { pinyin = "hang2", before = "业|" }', "nothing on one side of a bar"),
        ('"重 庆" = "chong2 qing4"', "is no word"),
        ('"" = "chong2"', "is no word"),
        ('"重{庆" = "chong2 qing4"', "is no word"),
        ('"重庆" = 3', "must be its pinyin"),
        ('"重庆"', "cannot be read as TOML"),
        ("[others]", "may hold the table [words] and nothing else"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_reason(tmp_path: Path, entry: str, reason: str) -> None:
    """The message names the file, the word and what is wrong with it; nothing of the file is used."""
    path = written(tmp_path / "wrong.toml", '"单县" = "shan4 xian4"', entry)

    with pytest.raises(LexiconError, match=re.escape(reason)) as caught:
        lexicon.load([path])

    assert str(path) in str(caught.value)


def test_a_lexicon_that_is_missing_is_named(tmp_path: Path) -> None:
    """A show whose file was moved is told which."""
    with pytest.raises(LexiconError, match=r"gone\.toml cannot be read: No such file"):
        lexicon.load([lexicon.NEWSROOM_LEXICON, tmp_path / "gone.toml"])


def test_an_added_entry_replaces_the_older_one_and_keeps_the_others(tmp_path: Path) -> None:
    """What an editor adds is read back; quotes and backslashes survive."""
    path = tmp_path / "editor.toml"

    for new in (
        lexicon.entry("单某", pinyin="shan4 mou3"),
        lexicon.entry('A"\\B', say="甲"),
        lexicon.entry("单某", pinyin="chan2 mou3", before="说"),
    ):
        lexicon.add(path, new)

    assert {(one.word, one.pinyin, one.say, one.before) for one in lexicon.read(path)} == {
        ('A"\\B', (), "甲", ""),
        ("单某", ("chan2", "mou3"), "", "说"),
    }


def test_adding_keeps_a_person_s_comments(tmp_path: Path) -> None:
    """The file is the editors' own."""
    path = written(tmp_path / "editor.toml", "# 地名", '"六安" = "lu4 an1"  # 安徽')

    lexicon.add(path, lexicon.entry("台州", pinyin="tāi zhōu"))

    text = path.read_text(encoding="utf-8")
    assert "# 地名" in text
    assert '"六安" = "lu4 an1"  # 安徽' in text
    assert lexicon.read(path)[-1].pinyin == ("tai1", "zhou1")


def test_a_wrong_file_is_not_written_to(tmp_path: Path) -> None:
    """What an editor has there is not lost."""
    path = written(tmp_path / "editor.toml", '"重庆" = "chong2"')
    before = path.read_bytes()

    with pytest.raises(LexiconError):
        lexicon.add(path, lexicon.entry("台州", pinyin="tai1 zhou1"))

    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """One sentence, and what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(LexiconError, match="cannot be written"):
        lexicon.add(tmp_path / "file" / "editor.toml", lexicon.entry("台州", pinyin="tai1 zhou1"))
