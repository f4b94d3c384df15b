"""What a file is, is decided by its content; documents give title, day, author, text; folders give the day's files."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import docx
import pytest

from briefing.errors import SourceError
from briefing.sources import file_formats, folder
from briefing.sources.protocol import Ready, Setup

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.net.resources import Fetched

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2023, 6, 9, tzinfo=ZONE)
TEXT = "区里修好了一座老桥，市民可以步行通过。桥下的河道也清了淤，水面比去年低了四十厘米。"
HTML = f"<html><title>老桥修好了</title><body><h1>老桥修好了</h1><p>2023-06-09 08:00</p><p>{TEXT}</p></body></html>"


def word(*paragraphs: str) -> bytes:
    """A Word file with a title and paragraphs."""
    made = docx.Document()
    made.add_heading("老桥修好了", 0)
    for text in paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def tabled(*rows: tuple[str, ...], after: str = "") -> bytes:
    """A Word file with a title, a paragraph, a table and another paragraph."""
    made = docx.Document()
    made.add_heading("老桥修好了", 0)
    made.add_paragraph(TEXT)
    table = made.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_paragraph(after)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def printed(*rows: str) -> bytes:
    """A PDF of one page with a text layer: Type 0 font, its code points mapped to Unicode as they are."""
    shown = " ".join(f"<{row.encode('utf-16-be').hex()}> Tj 0 -20 Td" for row in rows)
    stream = f"BT /F1 12 Tf 50 780 Td {shown} ET".encode()
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    )
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo 8 0 R /DW 1000 >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap),
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 9\n0000000000 65535 f \n%strailer << /Size 9 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    return out + tail % (table, len(out))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HTML.encode(), "a.bin"),
        (word("来源：样报 2023年6月9日", TEXT), "a.docx"),
        (printed("老桥修好了", "2023年6月9日 作者：张三", TEXT), "a.pdf"),
        (f"---\ntitle: 老桥修好了\ndate: 2023-06-09\n---\n\n{TEXT}\n".encode(), "a.md"),
        (f"# 老桥修好了\n\n2023年6月9日 作者：张三\n\n**{TEXT}**\n".encode(), "a.md"),
        (f"老桥修好了\n2023年6月9日\n{TEXT}\n".encode("gb18030"), "a.txt"),
        (f"样报\n2023年6月9日 星期五\n\n# 老桥修好了\n\n{TEXT}\n".encode(), "a.txt"),
        (
            "<rss version='2.0'><channel><title>样报</title><item><title>老桥修好了</title>"
            f"<pubDate>2023-06-09</pubDate><description>{TEXT}</description></item></channel></rss>".encode(),
            "a.xml",
        ),
    ],
    ids=["html", "docx", "pdf", "front-matter", "markdown", "plain-gbk", "newspaper", "rss"],
)
def test_each_format_gives_the_same_article(content: bytes, name: str) -> None:
    """Title, day and text, whatever it comes in and whatever it is called."""
    found = file_formats.read(content, ZONE, name=name)
    (one,) = found.articles
    assert (one.title, one.paragraphs, found.day) == ("老桥修好了", (TEXT,), date(2023, 6, 9))


@pytest.mark.parametrize("name", ["稿件.txt", "standard input", "稿件.md"])
def test_a_plain_text_needs_no_day(name: str) -> None:
    """What an editor types, a title and paragraphs, is an article; the day is that on which it is handed in."""
    (one,) = file_formats.read(f"老桥修好了\n\n{TEXT}\n\n{TEXT}\n".encode(), ZONE, name=name).articles
    assert (one.title, one.paragraphs, one.published) == ("老桥修好了", (TEXT, TEXT), None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"%PDF-1.4\nbroken", "cannot be read as PDF"),
        (b"PK\x03\x04word/broken", "broken ZIP, DOCX or EPUB"),
        (b"<html><body></body></html>", "there is no article on this page"),
        (b'{"a": 1}', "JSON"),
        ("随便一句话。".encode(), "date"),
        ("随便一句话。\n又是一句话。\n".encode(), "date"),
        ("老桥修好\n区里修好了一座老\n桥，市民可以步行通\n过。桥下的河道也\n清了淤。\n".encode(), "date"),
    ],
)
def test_what_cannot_be_an_article_is_refused(content: bytes, said: str) -> None:
    """One sentence with the file's name and the reason."""
    with pytest.raises(SourceError, match=said) as told:
        file_formats.read(content, ZONE, name="x.dat")
    assert str(told.value).startswith("x.dat: ")


def test_a_table_in_a_docx_is_told_row_by_row() -> None:
    """Each figure with the words over its column, where the table stands."""
    content = tabled(
        ("桥", "长度", "造价"), ("老桥", "42米", "300万元"), ("新桥", "80米", ""), after="明年再修两座。"
    )
    (one,) = file_formats.read(content, ZONE, name="a.docx").articles
    assert one.paragraphs == (TEXT, "老桥：长度42米，造价300万元。", "新桥：长度80米。", "明年再修两座。")


def test_the_text_inside_a_table_that_lays_out_a_docx_is_kept() -> None:
    """Sentences of its cells are paragraphs; labels and names are not."""
    (one,) = file_formats.read(tabled(("联系人", "严知远"), ("正文", TEXT)), ZONE, name="a.docx").articles
    assert one.paragraphs == (TEXT, TEXT)


def test_a_cell_that_claims_to_span_a_billion_columns_is_read_once() -> None:
    """What a file says of its tables costs no memory."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(tabled(("甲", "1"), ("乙", "2")))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            span = b'<w:tcPr><w:gridSpan w:val="1000000000"/>'
            new.writestr(part, old.read(part).replace(b"<w:tcPr>", span, 1))
    (one,) = file_formats.read(out.getvalue(), ZONE, name="a.docx").articles
    assert one.paragraphs == (TEXT, "甲：1。", "乙：2。")


def test_a_docx_bomb_is_not_unpacked() -> None:
    """The sizes that the package names are looked at first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", bytes(70_000_000))
    with pytest.raises(SourceError, match="unpacks to more than a text has"):
        file_formats.read(out.getvalue(), ZONE, name="bomb.docx")


def setup_of(path: Path) -> Setup:
    """A folder as a source."""

    def get(url: str) -> Fetched:
        raise AssertionError(url)

    return Setup("inbox", ZONE, path, get, lambda: DAY)


def drop(path: Path, text: str, moment: datetime) -> None:
    """Put a file into a folder at a moment."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_dropped_file_is_in_the_pool_of_the_day(tmp_path: Path) -> None:
    """With or without a day of its own; what was dropped another day is not."""
    noon = DAY + timedelta(hours=12)
    drop(tmp_path / "a.md", f"# 老桥修好了\n\n{TEXT}\n", noon)
    drop(tmp_path / "b.md", f"---\ntitle: 前天的稿子\ndate: 2023-06-07\n---\n{TEXT}\n", noon)
    drop(tmp_path / "c.md", f"# 旧稿子一篇\n\n{TEXT}\n", noon - timedelta(days=3))
    drop(tmp_path / ".d.md", f"# 还没写完\n\n{TEXT}\n", noon)
    found = list(Ready(setup_of(tmp_path), folder.articles).fetch(DAY, DAY + timedelta(days=1)))
    printed = datetime(2023, 6, 7, tzinfo=ZONE)
    assert [(article.title, article.published, article.fetched) for article in found] == [
        ("老桥修好了", None, noon),
        ("前天的稿子", printed, noon),
    ]


def test_a_bad_file_takes_nothing_from_the_others(tmp_path: Path) -> None:
    """What can be read is given first, then the trouble is told."""
    drop(tmp_path / "a.md", f"# 老桥修好了\n\n{TEXT}\n", DAY)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4\nbroken")
    reading = Ready(setup_of(tmp_path), folder.articles).fetch(DAY, DAY + timedelta(days=1))
    assert next(reading).title == "老桥修好了"
    with pytest.raises(SourceError, match=r"b\.pdf: the file cannot be read as PDF"):
        next(reading)


def test_a_document_of_another_kind_is_told_of(tmp_path: Path) -> None:
    """Refuse what no kind reads, with how to export it; pictures and leavings are nobody's trouble."""
    drop(tmp_path / "a.md", f"# 老桥修好了\n\n{TEXT}\n", DAY)
    for name in ("b.pages", "c.ceb", "d.jpg", "Thumbs.db", "~$e.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    reading = Ready(setup_of(tmp_path), folder.articles).fetch(DAY, DAY + timedelta(days=1))
    assert next(reading).title == "老桥修好了"
    with pytest.raises(SourceError) as told:
        next(reading)
    assert str(told.value) == (
        "b.pages: files that end in .pages are not read; save it as DOCX, PDF or TXT in the program that made it; "
        "c.ceb: files that end in .ceb are not read; save it as DOCX, PDF or TXT in the program that made it"
    )


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link cannot bring in a file from elsewhere."""
    (tmp_path / "in").mkdir()
    drop(tmp_path / "secret.md", f"# 不该读的\n\n{TEXT}\n", DAY)
    (tmp_path / "in" / "a.md").symlink_to(tmp_path / "secret.md")
    assert folder.files(tmp_path / "in") == []
