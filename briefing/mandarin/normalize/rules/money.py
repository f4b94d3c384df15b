"""Money with a sign or a code: the number first, then the currency's Chinese name.

Source: ISO 4217 and 《世界货币名称代码》 (GB/T 12406-2008) for the codes; in Chinese news ¥ is 元.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.mandarin.normalize.grammar import DASH, NUMBER, SCALE, Rule, rule, table, words
from briefing.mandarin.normalize.numerals import number

if TYPE_CHECKING:
    import re

SIGNS = table(
    """
        US$=美元 HK$=港元 A$=澳元 AU$=澳元 C$=加元 CA$=加元 NT$=新台币 S$=新加坡元 $=美元 €=欧元 £=英镑
        ¥=元 ₩=韩元 ₽=卢布 ₹=卢比 ฿=泰铢 ₫=越南盾 ₿=比特币
    """
)
CODES = table(
    """
        RMB=元 CNY=元 USD=美元 HKD=港元 EUR=欧元 JPY=日元 GBP=英镑 CHF=瑞士法郎 AUD=澳元 CAD=加元
        SGD=新加坡元 KRW=韩元 MOP=澳门元 TWD=新台币
    """
)
NAMES = {**SIGNS, **CODES}
_SIGN, _CODE = words(*SIGNS), words(*CODES)
_LATIN = table("M=百万 m=百万 B=十亿 bn=十亿 K=千 k=千")


def _money(match: re.Match[str]) -> str:
    """$1.5亿 一点五亿美元, ¥100-200 一百到二百元, -$3万 负三万美元."""
    spoken = ("负" if match["minus"] else "") + number(match["a"])
    spoken += f"到{number(match['b'])}" if match["b"] else ""
    scale = match["scale"] or ""
    return f"{spoken}{_LATIN.get(scale, scale)}{match['more'] or ''}{match['named'] or NAMES[match['sign']]}"


def _code_last(match: re.Match[str]) -> str:
    return f"{number(match['a'])}{match['scale'] or ''}{match['more'] or ''}{NAMES[match['sign']]}"


_AMOUNT = (
    rf"(?P<a>{NUMBER})(?:{DASH}[$€£¥]?(?P<b>{NUMBER}))?"
    rf"(?P<scale>{SCALE}{{1,2}}|(?:[MBKkm]|bn)(?![A-Za-z]))?(?P<more>[余多])?"
)
_NAMED = rf"(?:\s?(?P<named>{words('美元 欧元 英镑 港元 港币 日元 元')}))?"

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<minus>(?<!\w)-)?(?<![A-Za-z])(?P<sign>{_SIGN}|{_CODE})\s?{_AMOUNT}{_NAMED}",
        _money,
        needs="".join({name[0] for name in NAMES}),
    ),
    rule(
        rf"(?<![\d.A-Za-z])(?P<a>{NUMBER})(?P<scale>{SCALE}{{1,2}})?(?P<more>[余多])?\s?(?P<sign>{_CODE}|[€£¥$](?!\s?\d))(?![A-Za-z])",
        _code_last,
        needs="".join({name[0] for name in NAMES}),
    ),
)
"""Before the codes of things: CNY1.25 is none."""
