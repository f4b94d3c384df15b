"""Files as people have them become articles; old and locked ones are refused with what to do. All texts are made up."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.errors import SourceError
from briefing.sources import file_formats, folder
from briefing.sources.documents import rich_text, word, zipped_xml

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
TEXT = "区里修好了一座老桥，市民可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。"
MORE = "明年还要再修三座桥，总投资两千万元。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(**members: str) -> bytes:
    """A ZIP of members; __ in a name stands for a slash, _dot_ for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word's."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(*blocks: str) -> bytes:
    """A Word file of these blocks."""
    styles = "".join(
        f'<w:style w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (("1", "heading 1"), ("2", "heading 2"), ("a1", "引题"), ("a2", "副题"))
    )
    return packed(
        word__document_dot_xml=f"<w:document {W}><w:body>{''.join(blocks)}</w:body></w:document>",
        word__styles_dot_xml=f"<w:styles {W}>{styles}</w:styles>",
    )


def test_word_s_text_is_what_word_shows() -> None:
    """Inserted text, content controls and text boxes are there once; deleted, moved and hidden text is not."""
    box = f"<w:txbxContent>{paragraph('框里的一句话也是正文。')}</w:txbxContent>"
    content = docx(
        paragraph("老桥修好了", "1"),
        "<w:p><w:r><w:t>区里修好了</w:t></w:r><w:ins><w:r><w:t>一座老桥，</w:t></w:r></w:ins><w:del><w:r><w:delText>两座新桥</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>市民可以步行通过。</w:t></w:r></w:p>",
        f"<w:sdt><w:sdtContent>{paragraph('控件里的一段正文也在。')}</w:sdtContent></w:sdt>",
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    (article,) = file_formats.read(content, ZONE, name="a.docx").articles
    assert article.paragraphs == (
        "区里修好了一座老桥，市民可以步行通过。",
        "控件里的一段正文也在。",
        "框里的一句话也是正文。",
    )


def test_a_word_file_with_several_headings_is_several_articles() -> None:
    """Each with its kicker, its sections and its text, by style or by label."""
    content = docx(
        paragraph("区里启动旧桥改造", "a1"), paragraph("老桥修好了", "1"), paragraph(TEXT), paragraph("明年计划", "2"),
        paragraph(MORE), paragraph("主题：医院搬新家"), paragraph("副题：急诊留在老院"), paragraph(TEXT),
    )  # fmt: skip
    first, second = file_formats.read(content, ZONE, name="a.docx").articles
    assert (first.title, first.kicker, first.sections, first.paragraphs) == (
        "老桥修好了", "区里启动旧桥改造", ("明年计划",), (TEXT, "明年计划", MORE),
    )  # fmt: skip
    assert (second.title, second.kicker, second.paragraphs) == ("医院搬新家", "急诊留在老院", (TEXT,))


def test_a_word_file_of_very_many_paragraphs_is_refused_while_it_is_read() -> None:
    """Before anything is made of them."""
    content = docx(paragraph("老桥修好了", "1"), paragraph(TEXT) * (zipped_xml.MAX_PARAGRAPHS + 5))
    with pytest.raises(SourceError, match=r"more than 5,000 paragraphs"):
        word.read(content, ZONE)


OPF = "<package><manifest><item id='a' href='1.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
NITF = f"<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf><head/><body><body.head><hedline><hl1>老桥修好了</hl1></hedline><byline>记者 张三</byline><story.date norm='20230609T080000+0800'/></body.head><body.content><p>{TEXT}</p></body.content></body></nitf>"
G2 = f"<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><contentMeta><contentCreated>2023-06-09T08:00:00+08:00</contentCreated><headline>老桥修好了</headline></contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{TEXT}</p></body></html></inlineXML></contentSet></newsItem>"
EML = f"From: a@example.com\nSubject: =?utf-8?b?6ICB5qGl5L+u5aW95LqG?=\nDate: Fri, 09 Jun 2023 08:00:00 +0800\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{TEXT}\n"
PAGE = f"<html><head><title>老桥修好了</title></head><body><h1>老桥修好了</h1><p>2023-06-09 08:00 来源：样报</p><div><p>{TEXT}</p></div></body></html>"
MHT = f'From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/1.html\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\nContent-Location: https://news.example/1.html\n\n{PAGE}\n--B--\n'


def rtf(*lines: str) -> bytes:
    """An RTF file as Chinese Word writes it: GBK bytes, and some characters by number."""
    shown = r"\par ".join("".join(f"\\'{byte:02x}" for byte in line.encode("gb18030")) for line in lines)
    return (
        r"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0 SimSun;}}{\*\generator X;}" + shown + r"\u8212?\par}"
    ).encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (
            packed(content_dot_xml=f"<d xmlns:text='urn:t'><text:text><text:h text:outline-level='1'>老桥修好了</text:h><text:p>2023年6月9日</text:p><text:p>{TEXT}</text:p></text:text></d>"),
            "a.odt",
        ),
        (packed(**{"META-INF__container_dot_xml": "<c><rootfile full-path='c.opf'/></c>", "c_dot_opf": OPF, "1_dot_xhtml": PAGE}), "a.epub"),
        (rtf("老桥修好了", "2023年6月9日", TEXT), "a.rtf"),
        (EML.encode(), "a.eml"),
        (MHT.encode(), "a.mht"),
        (NITF.encode(), "a.xml"),
        (G2.encode(), "a.xml"),
        (
            packed(OFD_dot_xml="<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>", Doc_0__Document_dot_xml="<D><Pages><Page BaseLoc='Pages/0.xml'/></Pages></D>", Doc_0__Pages__0_dot_xml="<P>" + "".join(
                    f"<TextObject Boundary='20 {20 + 10 * at} 100 5'><TextCode>{text}</TextCode></TextObject>"
                    for at, text in enumerate(("老桥修好了", "2023年6月9日", TEXT))
                ) + "</P>"),
            "a.ofd",
        ),
    ],
    ids=["odt", "epub", "rtf", "eml", "mht", "nitf", "newsml-g2", "ofd"],
)  # fmt: skip
def test_each_kind_gives_the_same_article(content: bytes, name: str) -> None:
    """Title, day and text, whatever it comes in."""
    found = file_formats.read(content, ZONE, name=name)
    (article,) = found.articles
    assert (article.title, "".join(article.paragraphs).rstrip("—"), found.day) == (
        "老桥修好了",
        TEXT,
        date(2023, 6, 9),
    )


@pytest.mark.parametrize(
    ("content", "name", "advice"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", r"old Word or WPS file.*save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.wps", r"old WPS file.*save it as \.docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked with a password"),
        (packed(xl__workbook_dot_xml="<x/>"), "a.xlsx", "an Excel or PowerPoint file"),
        (packed(a_dot_txt="x"), "a.zip", "a ZIP file"),
        (b"%PDF-1.4\n1 0 obj\n<</Encrypt 2 0 R>>\nbroken", "a.pdf", "locked with a password"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, name: str, advice: str) -> None:
    """The file is named once, and the thing rightly."""
    with pytest.raises(SourceError, match=advice) as caught:
        file_formats.read(content, ZONE, name=name)
    assert str(caught.value).count(name) == 1


def test_a_folder_tells_of_old_files(tmp_path: Path) -> None:
    """An editor's .doc is not passed over without a word."""
    (tmp_path / "稿件.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert [path.name for path in folder.files(tmp_path)] == ["稿件.doc"]


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    """A pipe would wait for ever, a device never ends."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "zero.txt"):
        with pytest.raises(SourceError, match="no regular file"):
            file_formats.read_file(tmp_path / name, ZONE)


def test_declared_entities_are_refused() -> None:
    """No text grows in the parser."""
    with pytest.raises(SourceError, match="declares entities"):
        zipped_xml.parse_xml(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCX")


def test_rich_text_that_is_nested_too_deep_is_refused() -> None:
    """The reader keeps no more than a thousand groups."""
    with pytest.raises(SourceError, match="nested deeper"):
        rich_text.read_text(b"{\\rtf1" + b"{" * 5000)
