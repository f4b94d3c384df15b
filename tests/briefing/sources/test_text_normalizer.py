"""Characters come in as they were meant: radicals, invisible signs, full-width digits, mojibake."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.errors import SourceError
from briefing.sources import file_formats, text_normalizer
from briefing.sources.html import decoding, dom

ZONE = ZoneInfo("Asia/Shanghai")
NEWS = "滨河市民今天可以步行通过老桥，桥下的河道也清了淤。"


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("滨河⽇报", "滨河日报"),
        ("⽯桥街道⽼旧⼩区", "石桥街道老旧小区"),
        ("⺠⽣⻓河⻔⻋⻅", "民生长河门车见"),
        ("豈更車", "豈更車"),
        ("２０２５年１１月２９日", "2025年11月29日"),
        ("增长１．５％，Ａ座", "增长1.5%，A座"),
        ("老\u200b桥\x07修\u00ad好\ufeff了", "老桥修好了"),
        ("卡片　一张（图）", "卡片　一张（图）"),
    ],
)
def test_characters_become_what_they_look_like(printed: str, meant: str) -> None:
    """Radicals are ideographs, digits half-width, invisible signs gone; punctuation stays."""
    assert text_normalizer.replace_characters(printed) == meant


@pytest.mark.parametrize("wrong", ["latin-1", "gb18030"])
def test_text_that_was_read_in_the_wrong_encoding_is_repaired(wrong: str) -> None:
    """UTF-8 that somebody read as Latin-1 or GBK, and stored, is read again."""
    text = NEWS if wrong == "latin-1" else "测试"
    assert text_normalizer.repair_mojibake(text.encode().decode(wrong)) == text


def test_true_text_is_not_repaired() -> None:
    """Chinese, French and traditional text are what they are."""
    for text in (NEWS, "Déjà vu à l’été, c’était très élevé.", "臺灣的橋樑修復完成"):
        assert text_normalizer.repair_mojibake(text) == text


@pytest.mark.parametrize("sign", ["\ue5e5", "\ufffd", "锟斤拷", "锛"])
def test_a_text_of_which_much_is_lost_is_refused(sign: str) -> None:
    """A few broken signs are borne; many are no text."""
    text_normalizer.refuse_unreadable(NEWS + sign * 2)
    with pytest.raises(SourceError):
        text_normalizer.refuse_unreadable((NEWS + sign) * 8)


@pytest.mark.parametrize(
    ("title", "meant"),
    [("开学季&返工潮", "开学季、返工潮"), ("AT&T裁员", "AT&T裁员"), ("“夜市” & “早市”", "“夜市”、“早市”")],
)
def test_an_ampersand_between_chinese_words_separates_them(title: str, meant: str) -> None:
    """It is never read out; in a Latin name it stays."""
    assert text_normalizer.normalize_title(title) == meant


def test_paragraphs_have_one_final_mark_and_no_office_dateline() -> None:
    """The dateline of an office goes with its comma."""
    paragraphs = ("市体育局11月29日消息，球场明年开放。", "会不会受影响？。", "他问：“去吗？”。", "省略……")
    assert text_normalizer.normalize_paragraphs(paragraphs) == (
        "球场明年开放。",
        "会不会受影响？",
        "他问：“去吗？”。",
        "省略……",
    )


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("老桥修好了", "老桥修好了。"), ("修好了吗？", "修好了吗？"), ("“修好了！”", "“修好了！”")],
)
def test_a_headline_ends_with_one_mark(title: str, sentence: str) -> None:
    """A mark inside quotes ends it too."""
    assert text_normalizer.end_sentence(title) == sentence


@pytest.mark.parametrize("encoding", ["big5hkscs", "utf-16", "gb18030", "utf-8-sig"])
def test_pages_are_read_in_the_encodings_of_the_chinese_web(encoding: str) -> None:
    """Big5 with Hong Kong's characters, UTF-16 with a mark, GB 18030 and UTF-8 with a mark."""
    text = "<html><p>香港深水埗的舊橋今天重新開放，市民可以步行通過。</p></html>"
    if encoding == "gb18030":
        text = f"<html><p>{NEWS}</p></html>"
    assert decoding.text(text.encode(encoding)).lstrip("\ufeff") == text


def test_a_page_in_utf_16_is_an_article() -> None:
    """Its zero bytes make it no binary file."""
    page = f"<html><head><title>老桥修好了</title></head><body><h1>老桥修好了</h1><p>2025年6月9日</p><p>{NEWS * 3}</p>"
    contents = file_formats.read(page.encode("utf-16"), ZONE, name="a.html")
    assert contents.articles[0].title == "老桥修好了"


def test_a_reading_beside_a_character_is_dropped() -> None:
    """Ruby is for the eye."""
    markup = "<p><ruby>洣<rp>(</rp><rt>mǐ</rt><rp>)</rp></ruby>水河边的老桥修好了。</p>"
    assert dom.content(dom.fragment(markup)) == "洣水河边的老桥修好了。"
