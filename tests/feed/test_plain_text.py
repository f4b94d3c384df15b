"""Plain text: nothing unseen, lines that stay lines, bytes that are kept to, addresses that cannot run."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feed import plain_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("新桥\x0b通车\x00", "新桥通车"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\u202e车通桥新\u202c", "车通桥新"),
        ("新\u200b桥\ufeff", "新桥"),
        ("半个\ud83d字", "半个字"),
        ("𰻝𰻝面 👨‍👩‍👧", "𰻝𰻝面 👨‍👩‍👧"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, said: str) -> None:
    """Controls, turns of direction, zero-width blanks; rare characters and joined emoji stay."""
    assert plain_text.strip_controls(text) == said


@given(st.text())
def test_whatever_is_cleaned_can_stand_in_xml(text: str) -> None:
    """No text of an article breaks the feed."""
    element = etree.Element("title")
    element.text = plain_text.strip_controls(text)
    assert etree.fromstring(etree.tostring(element)).text in {plain_text.strip_controls(text), None}


def test_a_line_is_one_line_without_blanks_at_its_ends() -> None:
    """Titles and names."""
    assert plain_text.single_line(" 新桥\n\t通车\u3000") == "新桥 通车"


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("短。", 4000, "短。"),
        ("一句。两句。三句。", 20, "一句。两句。"),
        ("没有句号的一长串字", 12, "没有句…"),
        ("\n\n没有句号的一长串字", 12, "\n\n没有…"),
    ],
)
def test_texts_are_cut_in_bytes_at_a_sentence(text: str, limit: int, fitted: str) -> None:
    """The limit counts bytes, the cut falls behind a sentence."""
    assert plain_text.fit_bytes(text, limit) == fitted


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(3, 100))
def test_no_text_is_longer_than_its_limit(text: str, limit: int) -> None:
    """In bytes of UTF-8, whatever the script."""
    assert len(plain_text.fit_bytes(text, limit).encode()) <= limit


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.com/a?x=1&y=2#z", "https://example.com/a?x=1&y=2#z"),
        ("https://example.com/报/一.html", "https://example.com/%E6%8A%A5/%E4%B8%80.html"),
        ("https://例子.cn:8080/a b", "https://xn--fsqu00a.cn:8080/a%20b"),
        ("https://example.com/%E6%8A%A5", "https://example.com/%E6%8A%A5"),
        ("http://[::1]/", "http://[::1]/"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("//example.com/", ""),
        ("/a", ""),
        ("https://", ""),
        ("https://exa mple.com/", ""),
        ('https://example.com/"><script>', "https://example.com/%22%3E%3Cscript%3E"),
        ("https://user:secret@example.com/", "https://example.com/"),
        ("https://example.com:99999/", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_an_address_becomes_an_ascii_link_or_none(url: str, link: str) -> None:
    """Chinese paths and hosts are encoded; what could run, or leads nowhere, is no link."""
    assert plain_text.safe_link(url) == link


def test_times_as_notes_and_transcripts_write_them() -> None:
    """Whole seconds that never run ahead, and milliseconds with the point of the format."""
    at = timedelta(hours=1, minutes=2, seconds=3.9996)
    assert (plain_text.format_hms(at), plain_text.format_millis(at), plain_text.format_millis(at, ",")) == (
        "01:02:03",
        "01:02:04.000",
        "01:02:04,000",
    )


@given(
    st.from_regex(plain_text._SIMPLE, fullmatch=True)
    | st.text(st.sampled_from("http://a.cn/?#[]@:%é 桥"), max_size=20).map("http://a.cn/".__add__)
)
def test_the_short_way_of_an_address_is_the_long_one(url: str) -> None:
    """What is left as it is would also come out so the long way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_text, "_SIMPLE", re.compile(r"(?!)"))
        slow = plain_text.safe_link(url)
    assert plain_text.safe_link(url) == slow
