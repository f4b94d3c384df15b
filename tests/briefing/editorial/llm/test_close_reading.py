"""What a model's sentence says beyond its sources, kind by kind; made-up sources, each beside an honest sentence."""

from __future__ import annotations

import pytest

from briefing.editorial.llm.close_reading import find_inventions

TITLE, PLACE = "青澜区图书馆新馆开放", "青澜区"
CASES = {
    "a noun of its own": ("新馆免费办证。", "新馆办证收押金。", "新馆免费办证，借期60天。"),
    "a death": ("事故造成2人受伤。", "事故造成2人死亡。", "3日的事故造成2人受伤。"),
    "a figure that is expected": ("预计亩产1100斤。", "亩产达到1100斤。", "今年亩产预计在1100斤左右。"),
    "what is not decided": ("评估以后再决定要不要推广。", "明年7月起推广。", "明年7月评估后决定是否推广。"),
    "another's deed": ("社区出资铺路。", "物业出资铺路。", "社区出资铺路，物业负责保洁。"),
    "a change of what stays": ("农村水价暂时不调。", "农村水价也一起上调。", "农村水价暂不调整。"),
    "a figure that falls": ("亩产比去年多21斤。", "亩产比去年少21斤。", "亩产比上年增加21斤。"),
    "another period": ("每年用水216立方米。", "每月用水216立方米。", "年用水量216立方米。"),
    "the whole": ("一部分商户由青年经营。", "全部商户由青年经营。", "58%的商户由青年经营。"),
    "free": ("低保户免收8立方米水费。", "低保户水费全免。", "低保户每户免收8立方米水费。"),
    "another's title": ("后卫尹小满得26分。", "中锋尹小满得26分。", "后卫尹小满得到26分，中锋巴雅尔离场。"),
}


@pytest.mark.parametrize(("honest", "invented", "printed"), CASES.values(), ids=CASES)
def test_an_invention_is_found_and_the_honest_sentence_beside_it_is_not(
    honest: str, invented: str, printed: str
) -> None:
    """Each in a Chinese sentence that a model can mend it by."""
    story = f"{TITLE}{printed}{PLACE}"

    assert find_inventions(honest, (printed,), TITLE, story) == ()
    assert find_inventions(invented, (printed,), TITLE, story)


def test_a_name_may_come_from_the_rest_of_the_article() -> None:
    """A claim may not: that is what the numbered sources are for."""
    story = "总工程师韩江说，合龙误差3毫米。大桥全长1200米。"

    assert find_inventions("韩江介绍，大桥全长1200米。", ("大桥全长1200米。",), "", story) == ()
