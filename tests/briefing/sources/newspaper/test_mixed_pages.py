"""Pages on which an article stands beside what is none: advertisements, instalments, the other column's sentences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from briefing.sources import newspaper_text

ZONE = ZoneInfo("Asia/Shanghai")
HEAD = "样洲晚报\n\n2026年3月4日　星期三　第03版　责编/沈一白\n\n"
FIRST = (
    "## 样洲港新航线本周开通\n\n本报讯（记者 沈一舟）样洲港到东屿的客运航线3月6日开通，每天往返四班，单程48元。\n\n"
    "港务公司说，首周每班留出二十个座位给学生。\n\n"
)
LAST = "## 两座公园夜里不再锁门\n\n本报讯（记者 陆遥）3月5日起，滨江公园和石湖公园夜间开放。\n"


def _titles(text: str) -> dict[str, tuple[str, bool]]:
    page = newspaper_text.parse(HEAD + text, source="样报", zone=ZONE)
    return {article.title: (article.text, article.complete) for article in page.articles}


@pytest.mark.parametrize(
    "advertisement",
    [
        "## 样洲少年篮球夏令营招募\n\n名额40个，报满即止。咨询：6655018。\n\n",
        (
            "## 听清每一句 春季焕新季\n\n六十八岁的陶叔叔在样聆中心当场听清了。\n\n"
            "即日起前30名到店读者凭本报领取礼品。\n\n预约电话：6711888 地址：中山路8号\n\n"
        ),
        "## 家里的钱怎么放\n\n样安财富特邀知名理财专家现场授课，席位有限。\n\n理财非存款 产品有风险 投资须谨慎\n\n",
        "## 样洲慈善总会接受捐赠公告\n\n开户行：样洲银行营业部　账号：4021 0090\n\n",
    ],
)
def test_an_advertisement_in_the_shape_of_an_article_is_none(advertisement: str) -> None:
    """Offers, contacts and disclaimers give it away, whatever its title."""
    assert list(_titles(FIRST + advertisement + LAST)) == ["样洲港新航线本周开通", "两座公园夜里不再锁门"]


def test_what_stands_under_an_advertisement_is_no_section_of_the_article_above() -> None:
    """A short report without a dateline is an article when a notice parts it from the one above."""
    notice = "## 遗失启事\n\n样洲市小南门杂货店遗失营业执照副本，声明作废。\n\n"
    report = "## 昨日排水进度\n\n城区83处积水点已消除76处，其余今天18时前排空。（市水务局供稿）\n"
    found = _titles(FIRST + notice + report)
    assert found["昨日排水进度"] == ("城区83处积水点已消除76处，其余今天18时前排空。", True)


def test_a_report_that_names_its_informant_first_is_an_article() -> None:
    """据县纪委监委消息 begins a report as a dateline does."""
    report = "## 两名干部接受审查\n\n据样洲县纪委监委消息：县供销社原主任裴某正接受审查。\n\n"
    assert list(_titles(FIRST + report + LAST)) == [
        "样洲港新航线本周开通",
        "两名干部接受审查",
        "两座公园夜里不再锁门",
    ]


def test_an_instalment_says_that_its_beginning_is_not_there() -> None:
    """续上期 is a jump to an issue before."""
    found = _titles(FIRST + "## 小麦病虫害测报\n\n（续上期）播种后遇到干旱要及时浇水，同时防治灰飞虱。\n")
    assert found["小麦病虫害测报"] == ("播种后遇到干旱要及时浇水，同时防治灰飞虱。", False)


def test_a_name_that_the_other_column_cuts_is_put_together() -> None:
    """Two articles read in turns get their own text, also where an office shows whose the rest of a name is."""
    text = (
        "## 样洲重机预计扭亏\n\n本报讯（记者 沈一舟）样洲重机昨晚发布公告，预计去年净利润6.5亿元。\n\n公司董事长封敬\n\n"
        "## 样洲造出波浪能发电机\n\n本报讯（记者 贝遥）“海蛟号”昨日在芦花湾完成240小时连续试运行。\n\n"
        "“海蛟号”长86米，由5节浮筒铰接而成，海浪推着\n\n"
        "之在电话说明会上表示，公司目前在手订单156亿元，净利润还会增长。\n\n"
        "浮筒相互摆动，再带动“海蛟号”的马达发电，最大浪高4.8米时仍稳定运转。\n"
    )
    found = _titles(text)
    assert "公司董事长封敬之在电话说明会上表示，公司目前在手订单156亿元" in found["样洲重机预计扭亏"][0]
    assert "海浪推着浮筒相互摆动" in found["样洲造出波浪能发电机"][0]
    assert "订单" not in found["样洲造出波浪能发电机"][0]
