"""What is refused, what a page is dated, how files become articles, and that no text can break the parser."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.sources.newspaper_text import Newspaper, Page, parse
from briefing.sources.printed_text import MAX_BYTES, read_page_file

if TYPE_CHECKING:
    from pathlib import Path

ZONE = ZoneInfo("Asia/Shanghai")
ARTICLE = "## 区里修好了一座老桥\n\n本报讯 (记者 张三) 昨日,区里修好了一座用了八十年的老桥,行人可以通过。\n"


def page_of(text: str, name: str = "the text") -> Page:
    """The page in a text, for a source called 样报."""
    return parse(text, source="样报", zone=ZONE, name=name)


@pytest.mark.parametrize(
    "printed",
    [
        "2023年6月9日 星期五",
        "2023 年 6 月 9 日",
        "2023-06-09 星期五",
        "2023.06.09 周五",
        "2023/6/9 星期五",
        "２０２３年６月９日　星期五",
        "二〇二三年六月九日 星期五",
        "二○二三年六月九日 星期五",
        "二零二三年六月九日 星期五",
        "June 9, 2023 星期五",
        "2023年6月\n9\n星期五",
        "9 星期五 2023年6月",
        "编辑:冉建苹 美编:吕燕 2023年6月9日 星期五 癸卯年四月廿二",
    ],
)
def test_the_day_is_read_in_every_form_that_papers_print(printed: str) -> None:
    """Western and Han numerals, any separator, full width, and mastheads set over several lines."""
    assert page_of(f"样报\n{printed}\n\n{ARTICLE}").day == date(2023, 6, 9)


def test_the_days_of_events_and_notices_are_not_the_page_s() -> None:
    """A date in an article or under a notice loses against the masthead, wherever that stands."""
    text = (
        f"{ARTICLE}\n项目自2021年3月5日开工。\n\n停水通知\n\n2023年6月1日\n\n样报 2023年6月9日 星期五 第3版\n"
    )
    assert page_of(text).day == date(2023, 6, 9)


def test_the_file_s_name_dates_a_page_that_prints_no_date() -> None:
    """The name is the last resort."""
    assert page_of(ARTICLE, name="样报-2023-06-09-A03.txt").day == date(2023, 6, 9)


def test_a_page_without_any_date_is_refused() -> None:
    """Today's clock is never asked; the sentence says what to do."""
    with pytest.raises(
        SourceError, match="the text: the page prints no date; put the day in the file's name"
    ):
        page_of(ARTICLE)


def test_an_impossible_date_is_none() -> None:
    """The thirtieth of February does not date a page."""
    with pytest.raises(SourceError, match="prints no date"):
        page_of(f"样报 2023年2月30日\n\n{ARTICLE}")


def test_an_article_is_published_at_midnight_of_the_papers_zone() -> None:
    """The day belongs to the place where the paper appears, not to UTC."""
    (article,) = page_of(f"样报 2023年6月9日 星期五\n\n{ARTICLE}").articles
    assert article.published == datetime(2023, 6, 8, 16, tzinfo=UTC)


def test_an_article_keeps_its_id_when_the_page_is_read_again_in_another_layout() -> None:
    """The id is made of source, day and title alone."""
    one = page_of(f"样报 2023年6月9日 星期五\n\n{ARTICLE}").articles[0]
    two = page_of(f"第2版 样报 2023-06-09\n\n# 简讯\n\n{ARTICLE}\n(张三)").articles[0]
    assert (one.id, one.position) == (two.id, two.position)


def test_two_articles_of_one_title_have_two_ids() -> None:
    """What only its text tells apart is told apart."""
    other = ARTICLE.replace("老桥,行人", "石桥,车辆")
    first, second = page_of(f"样报 2023年6月9日 星期五\n\n{ARTICLE}\n{other}").articles
    assert first.id != second.id


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"%PDF-1.7 ...", "a PDF file; extract its text first"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"PK\x03\x04....", "a ZIP, DOCX or EPUB file"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x81\xff\xfd\xfc" * 50, "neither UTF-8, GB 18030 nor Big5"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    """The sentence names the file and what it is."""
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=told) as caught:
        read_page_file(path)
    assert str(path) in str(caught.value)


def test_a_file_of_fifty_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    """A file with a hole costs no disk, and is never read."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(SourceError, match="50,000,000 bytes are more than is read"):
        read_page_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The operating system's reason is kept."""
    with pytest.raises(SourceError, match=r"none\.txt: cannot be read: No such file"):
        read_page_file(tmp_path / "none.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_read_in_the_encodings_that_are_in_use(tmp_path: Path, encoding: str) -> None:
    """Extractors write UTF-8, older ones GB 18030, Windows UTF-16."""
    path = tmp_path / "page.txt"
    path.write_text(ARTICLE, encoding=encoding)
    assert read_page_file(path) == ARTICLE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the page is empty"),
        ("\ufeff  \n", "the page is empty"),
        ("The quick brown fox jumps over the lazy dog, 2023-06-09.", "hardly any of it is Chinese"),
        ("<!DOCTYPE html><html>本报讯 区里修好了一座老桥。</html>", "a web page"),
        ('{"title": "区里修好了一座老桥", "text": "昨日,区里修好了一座用了八十年的老桥。"}', "this is JSON"),
        ("今天买了鸡蛋、牛奶和面包。\n明天还要买菜。\n", "prints no date"),
        ("渝" * (MAX_BYTES + 1), "more than a newspaper page can have"),
        ("2023年6月9日 星期五\n" + "老桥修好了\n\n" * 20_000, "more than 10000 lines"),
    ],
)
def test_a_text_that_is_no_newspaper_page_is_refused(text: str, told: str) -> None:
    """Whole, with one sentence that says why."""
    with pytest.raises(SourceError, match=told):
        page_of(text)


def write(folder: Path, name: str, day: str) -> None:
    """A page file with one article."""
    (folder / name).write_text(f"样报 {day} 第1版\n\n{ARTICLE}", encoding="utf-8")


def test_a_source_gives_the_articles_of_the_days_asked_for(tmp_path: Path) -> None:
    """The span is half open, and the page's own date decides."""
    write(tmp_path, "a-2023-06-08.txt", "2023年6月8日 星期四")
    write(tmp_path, "a-2023-06-09.txt", "2023年6月9日 星期五")
    write(tmp_path, "a-latest.txt", "2023年6月10日 星期六")
    source = Newspaper("样报", tmp_path / "a-*.txt", ZONE)
    found = source.fetch(datetime(2023, 6, 9, tzinfo=ZONE), datetime(2023, 6, 11, tzinfo=ZONE))
    assert [article.moment.day for article in found] == [9, 10]


def test_a_broken_page_of_another_day_does_not_stop_today(tmp_path: Path) -> None:
    """A file whose name gives a day far from the span is not read."""
    (tmp_path / "a-2023-05-01.txt").write_bytes(b"\x00\x01")
    write(tmp_path, "a-2023-06-09.txt", "2023年6月9日 星期五")
    source = Newspaper("样报", tmp_path / "a-*.txt", ZONE)
    found = source.fetch(datetime(2023, 6, 9, tzinfo=ZONE), datetime(2023, 6, 10, tzinfo=ZONE))
    assert [article.title for article in found] == ["区里修好了一座老桥"]


def test_a_source_whose_folder_is_missing_says_so(tmp_path: Path) -> None:
    """A failure never looks like a day without news."""
    source = Newspaper("样报", tmp_path / "none" / "*.txt", ZONE)
    with pytest.raises(SourceError, match="there is no such folder"):
        list(source.fetch(datetime(2023, 6, 9, tzinfo=ZONE), datetime(2023, 6, 10, tzinfo=ZONE)))


LINES = st.sampled_from(
    [
        "样报 2023年6月9日 星期五 第3版",
        "# 区里修好了一座老桥",
        "## 老桥 新生",
        "### 一、修旧如旧",
        "本报讯 (记者 张三) 昨日,区里修好了一座老桥。",
        "(上接1版)车辆也可以通过。",
        "行人可以通过。(下转2版)",
        "据新华社电",
        "□ 张三",
        "记者 张三 摄",
        "导读",
        "老桥修好了……2版",
        "遗失声明",
        "|",
        "**",
        "",
        "(",
        "关键词",
        "新闻多一点",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=30).map("\n".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_a_page_or_is_refused(text: str) -> None:
    """Nothing but `SourceError` ever comes out of the parser, and no article is empty."""
    try:
        page = parse(text, source="样报", zone=ZONE)
    except SourceError:
        return
    assert all(article.title and article.text for article in page.articles)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>&\"'/script渝中区。,\u202e\u200b\x00", max_size=60))
def test_hostile_text_stays_text_without_what_cannot_be_seen(text: str) -> None:
    """Markup is printed as it stands; control and direction marks are gone."""
    page = page_of(f"样报 2023年6月9日 星期五\n\n## 区里修好了一座老桥\n\n本报讯 昨日,{text}桥修好了。")
    shown = page.articles[0].text
    assert not set(shown) & {"\u202e", "\u200b", "\x00"}
    assert shown.count("<") == text.count("<")
