"""Made clear for a listener: who speaks is introduced with the office that the article gives. All names are made up."""

from __future__ import annotations

import pytest

from briefing.editorial.writer import clarity
from briefing.editorial.writer.passage import Source

SAYS = "{}表示，公园将在6月18日开放。"


def heard(name: str, printed: str, said: str = "") -> tuple[str, tuple[str, ...]]:
    """What the name says, introduced from the printed sentence."""
    return clarity.introduced(SAYS.format(name), said, [Source(printed, 0, 0, opens=True)])


@pytest.mark.parametrize(
    ("name", "printed", "office"),
    [
        ("王大明", "副区长王大明参加。", "副区长"),
        ("王大明", "区委常委、统战部部长王大明，副区长李强出席。", "区委常委、统战部部长"),
        ("李强", "区委常委、统战部部长王大明，副区长李强出席。", "副区长"),
        ("王大明", "6月7日，市经济信息委党组成员、副主任王大明一行来调研。", "市经济信息委党组成员、副主任"),
        ("王大明", "省发展研究中心副主任、滨河区人民医院院长王大明说", "滨河区人民医院院长"),
        ("王大明", "志愿者王大明来到公园。", ""),
        ("企业", "多家代表企业参加。", ""),
    ],
)
def test_who_speaks_is_introduced_with_the_office_printed(name: str, printed: str, office: str) -> None:
    """Whole while it can be said in a breath, then its last part; what is no name is given none."""
    assert heard(name, printed) == (office + SAYS.format(name), (printed,) if office else ())


def test_a_wish_is_introduced_like_a_statement() -> None:
    """希望 needs no comma behind it."""
    printed = "副区长王大明参加。"
    told = clarity.introduced("王大明希望大家都来。", "", [Source(printed, 0, 0, opens=True)])
    assert told == ("副区长王大明希望大家都来。", (printed,))


def test_who_was_introduced_is_called_by_name() -> None:
    """An office is said once."""
    assert heard("王大明", "副区长王大明参加。", said="副区长王大明来到公园。") == (SAYS.format("王大明"), ())
