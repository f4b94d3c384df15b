"""The habits of newspapers, one by one: datelines, bylines, furniture, captions, notices, continuations."""

from __future__ import annotations

import pytest

from briefing.sources.newspaper.continuations import Draft, join, likeness
from briefing.sources.newspaper.lines import bylines, cleaning, datelines
from briefing.sources.newspaper.lines.line_kinds import kind_of
from briefing.sources.newspaper.lines.page_lines import PLAIN, Kind


@pytest.mark.parametrize(
    ("text", "people", "agency", "rest"),
    [
        ("本报讯(记者 张三)昨日", ("张三",), "", "昨日"),
        ("本报讯 (首席记者 张三 通讯员 李明 王芳) 昨日", ("张三", "李明", "王芳"), "", "昨日"),
        ("【本报讯】 昨日", (), "", "昨日"),
        ("本报北京6月8日电 (记者张三、李明)昨日", ("张三", "李明"), "", "昨日"),
        ("新华社北京6月8日电(记者 张三)昨日", ("张三",), "新华社", "昨日"),
        ("新华社联合国6月8日电 昨日", (), "新华社", "昨日"),
        ("据新华社电 昨日", (), "新华社", "昨日"),
        ("据新华社北京6月8日电 昨日", (), "新华社", "昨日"),
        ("中新社重庆6月8日电(张三 李明)昨日", ("张三", "李明"), "中新社", "昨日"),
        ("中新网6月8日电 昨日", (), "中新网", "昨日"),
        ("据央视新闻报道,昨日", (), "央视新闻", "昨日"),
        ("本报记者 张三 李明 报道 昨日", ("张三", "李明"), "", "昨日"),
        ("本报讯 记者张三报道:昨日", ("张三",), "", "昨日"),
        ("本报讯 记者 张三 李 明 6月7日获悉", ("张三", "李明"), "", "6月7日获悉"),
        ("临湾经济报讯 (记者 张三 文/图)昨日", ("张三",), "", "昨日"),
        ("(全媒体记者 张三)昨日", ("张三",), "", "昨日"),
        ("本报讯 记者从区教委获悉", (), "", "记者从区教委获悉"),
    ],
)
def test_a_dateline_is_cut_and_its_reporters_are_kept(
    text: str, people: tuple[str, ...], agency: str, rest: str
) -> None:
    """House, place, day and reporters leave the text; the news begins after them."""
    mark = datelines.lead(text)
    assert mark is not None
    assert (mark.names, mark.agency, text[mark.end :]) == (people, agency, rest)


@pytest.mark.parametrize(
    "text", ["记者从区教委获悉", "本报电话已开通", "新华社区举行活动", "6月8日,记者走访", "据统计,今年"]
)
def test_running_text_has_no_dateline(text: str) -> None:
    """Words that only look like one are news."""
    assert datelines.lead(text) is None


@pytest.mark.parametrize(
    ("text", "people", "agency"),
    [
        ("通车。(记者 张三)", ("张三",), ""),
        ("通车。(张三 李明)", ("张三", "李明"), ""),
        ("通车。(据新华社)", (), "新华社"),
        ("通车。(据新华社、人民日报)", (), "新华社 人民日报"),
        ("通车。(来源:央视新闻客户端)", (), "央视新闻"),
        ("通车。 本报记者 张三 文/图", ("张三",), ""),
        ("通车。■记者 张三 通讯员 李明", ("张三", "李明"), ""),
        ("通车。(作者系市作协会员)", (), ""),
        ("通车。(完)", (), ""),
    ],
)
def test_an_end_credit_is_cut_and_kept(text: str, people: tuple[str, ...], agency: str) -> None:
    """The text ends with its last sentence."""
    mark = datelines.tail(text)
    assert mark is not None
    assert (mark.names, mark.agency, text[: mark.start]) == (people, agency, "通车。")


@pytest.mark.parametrize("text", ["通车(含引桥)", "时速60公里(设计值)。", "他说:“好(笑)”"])
def test_other_brackets_stay(text: str) -> None:
    """Only a name, a role or an agency makes a credit."""
    assert datelines.tail(text) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [("通车。(下转2版)", "2"), ("通车,(下转第二版)", "2"), ("通车 ▶下转A03版", "A03"), ("(紧转4版)", "4")],
)
def test_a_jump_to_another_page_is_found(text: str, page: str) -> None:
    """Whatever its form."""
    jump = datelines.jump_on(text)
    assert jump is not None
    assert jump.page == page


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("(上接1版)车辆", "车辆"),
        ("(上接第一版)车辆", "车辆"),
        ("(紧接第1版)车辆", "车辆"),
        ("(上接01版《老桥》)车辆", "车辆"),
    ],
)
def test_a_jump_from_another_page_is_cut(text: str, rest: str) -> None:
    """And what it continues is kept."""
    jump = datelines.jump_back(text)
    assert jump is not None
    assert text[jump.end :] == rest


@pytest.mark.parametrize("text", ["上接天线下接地气,", "接1万名群众来访", "接到电话后"])
def test_running_text_is_no_jump(text: str) -> None:
    """A page number must follow."""
    assert datelines.jump_back(text) is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("记者 姚延洋", ("姚延洋",)),
        ("本报记者张三李明", ("张三", "李明")),
        ("□本报首席记者 张 三", ("张三",)),
        ("见习记者 张三 实习生 李明 文/图", ("张三", "李明")),
        ("文/张三 图/李明", ("张三",)),
        ("山城日报-上岸新闻记者 欧阳明月", ("欧阳明月",)),
        ("记者 阿依古丽·买买提", ("阿依古丽·买买提",)),
        ("(通讯员 张三 供稿)", ("张三",)),
    ],
)
def test_a_byline_gives_its_names(text: str, people: tuple[str, ...]) -> None:
    """Roles, houses, spaces within names and photographers are no names of writers."""
    assert bylines.byline(text) == people


@pytest.mark.parametrize("text", ["记者手记", "记者从市民处获悉", "通讯员队伍建设会议召开", "张三 李明"])
def test_other_lines_are_no_bylines(text: str) -> None:
    """A role or a bullet must stand before names."""
    assert bylines.byline(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("责任编辑:张三 美编/李明 电话:63845678", Kind.FURNITURE),
        ("国内统一连续出版物号 CN 50-0001 邮发代号 77-1", Kind.FURNITURE),
        ("今日8版 总第1234期 农历癸卯年四月廿二", Kind.FURNITURE),
        ("本报地址:中山路9号 邮编:400010 零售价:1.00元", Kind.FURNITURE),
        ("今天 多云转小雨 23℃~31℃", Kind.FURNITURE),
        ("A03 要闻", Kind.FURNITURE),
        ("新闻热线 966988", Kind.FURNITURE),
        ("第12版", Kind.FURNITURE),
        ("- 3 -", Kind.JUNK),
        ("SHANCHENG NEWS", Kind.JUNK),
        ("| 东江 | 12 | 9 |", Kind.JUNK),
        ("扫码关注山城新闻APP", Kind.PROMPT),
        ("扫描二维码 观看视频", Kind.PROMPT),
        ("更多精彩内容请关注“山城发布”公众号", Kind.PROMPT),
        ("记者何超摄", Kind.PHOTO),
        ("新华社发", Kind.PHOTO),
        ("新华社记者 张三 摄", Kind.PHOTO),
        ("受访者供图", Kind.PHOTO),
        ("(资料图片)", Kind.PHOTO),
        ("图片由区城管局提供", Kind.PHOTO),
        ("图为市民在公园散步。", Kind.CAPTION),
        ("▲6月7日,市民在公园散步。", Kind.CAPTION),
        ("市民在公园散步。 本报记者 张三 摄", Kind.CAPTION),
        ("今日导读", Kind.INDEX_LABEL),
        ("我区启动防汛演练……2版", Kind.INDEX),
        ("A12 冬季养生别乱补", Kind.INDEX),
        ("新闻多一点", Kind.BOX),
        ("■相关链接", Kind.BOX),
        ("简讯", Kind.COLUMN),
        ("出租:解放路商铺60㎡,联系人曾先生 13900000000", Kind.NOTICE),
        ("美滋滋餐饮店遗失公章一枚,声明作废。", Kind.NOTICE),
        ("(下转2版)", Kind.PROSE),
        ("本报讯 昨日,老桥修好了", Kind.PROSE),
        ("记者 姚延洋", Kind.BYLINE),
        ("据新华社电", Kind.BYLINE),
        ("3500余名考生迎来“人生大考”", Kind.TITLE),
        ("扫码看病、刷脸取药成常态", Kind.TITLE),
        ("孩子放学谁来管?", Kind.TITLE),
        ("市民可拨打12345热线反映,工作人员会在24小时内答复。", Kind.PROSE),
    ],
)
def test_a_line_is_known_by_itself(text: str, kind: Kind) -> None:
    """What it is needs no neighbour."""
    assert kind_of(cleaning.fold(text), PLAIN) is kind


def test_junk_of_the_extraction_is_cleaned_and_print_is_kept() -> None:
    """Spaces between Han characters, radicals, invisible marks go; punctuation and Latin words stay."""
    assert (
        cleaning.tight(cleaning.visible("⼈民\u200b公 园,6 月7日 开 放 WiFi 6。\u202e"))
        == "人民公园,6月7日开放 WiFi 6。"
    )


def test_letters_in_wide_spacing_are_closed_up() -> None:
    """A masthead 渝 中 报 is one word; two clauses of a title stay two."""
    assert (cleaning.unspaced("渝 中 报"), cleaning.unspaced("老桥 新生")) == ("渝中报", "老桥 新生")


def test_a_word_broken_by_a_hyphen_is_put_together() -> None:
    """A sentence goes on over a column end."""
    assert (cleaning.glue("使用Wi-", "Fi上网"), cleaning.glue("完成40", "个")) == (
        "使用Wi-Fi上网"[:2] + "WiFi上网",
        "完成40个",
    )


def draft(title: str, text: str, *, page: str = "", on: str | None = None, back: str | None = None) -> Draft:
    """A draft with one paragraph."""
    return Draft(title, "", (), (), (text,), (), page, on, back)


def test_a_continuation_is_put_to_its_beginning_and_the_cut_sentence_goes_on() -> None:
    """The whole article stands where it began."""
    halves = [
        draft("老桥新生", "老桥今天", on="2"),
        draft("别的", "别的事。"),
        draft("老桥新生", "修好了。", back="1"),
    ]
    assert [(one.title, one.paragraphs, one.whole) for one in join(halves)] == [
        ("老桥新生", ("老桥今天修好了。",), True),
        ("别的", ("别的事。",), True),
    ]


def test_a_continuation_under_another_title_is_found_by_the_page_numbers() -> None:
    """Later pages change titles; both jumps must name the other's page."""
    halves = [
        draft("百年石拱重焕光彩", "桥修", page="1版", on="3"),
        draft("街坊们的心愿", "好了。", page="3版", back="1"),
    ]
    assert [one.paragraphs for one in join(halves)] == [("桥修好了。",)]


def test_a_continuation_without_its_beginning_knows_it() -> None:
    """Neither half is passed off as an article."""
    halves = [draft("老桥新生", "老桥。", on="2"), draft("菜场变样", "菜场。", back="1")]
    assert [one.whole for one in join(halves)] == [False, False]


def test_likeness_is_of_pairs_of_characters() -> None:
    """Equal titles are 1, a shortened one too, strangers 0."""
    assert (likeness("老桥新生", "老桥新生"), likeness("老桥", "老桥新生"), likeness("老桥", "菜场")) == (
        1.0,
        1.0,
        0.0,
    )
