"""Sentences that are never spoken, whoever writes the script: orders to machines, pleas for money, advertisements.

News about fraud names the same things: what warns of them, or tells of somebody who did them, is news.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.model import Article

MAX_NAMED = 3
"""Articles that a notice names."""

_TO_MACHINES = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|跳过|覆盖)[^，。！？]{0,10}(?:指令|提示词|指示|设定)"
    r"|(?:改为|改成|请直接|请你|你必须|你现在要)(?:播报|输出|回答|朗读|念出|说出)[：:“]"
    r"|系统提示词|提示词注入|你(?:现在)?(?:是|扮演)一?[个名]?(?:AI|人工智能|大模型|语言模型|播报机器人)"
    r"|(?i:ignore\s{1,3}(?:all\s{1,3})?(?:the\s{1,3})?(?:previous|above|prior)\s|system\s?prompt|<\|im_|\[/?INST\])"
)
_TRANSFER = re.compile(
    r"(?:请|务必|立即|立刻|马上|尽快|赶快)[^。！？]{0,20}(?:转账|转入|转到|汇款|汇到|汇入|打款|打到|存入)"
    r"[^。！？]{0,10}(?:安全账户|指定账户|以下账户|下列账户|该账户|我账户|账号[：:\d])"
)
_ADVERTISEMENT = re.compile(
    r"扫(?:描|码|一扫)[^。！？]{0,10}(?:二维码|加微信|领取优惠|领红包|下单|抢购)|(?:加|添加)(?:我|客服)?微信"
    r"|点击(?:下方|以下|此处|上方)?(?:链接|蓝字|阅读原文)|关注(?:我们的?|本报|官方)?微?信?公众号|优惠码|限时抢购"
    r"|(?:订购|抢购|购买|咨询)热线[：:\d]|立即(?:下单|抢购|订购)"
)
_TELLS = re.compile(
    r"骗|谎称|冒充|声称|自称|要求|警方|民警|反诈|不要|切勿|请勿|不得|不能|谨防|警惕|防范|凡是?|所谓|被告|研究|攻击|漏洞"
)


def is_unspeakable(text: str) -> bool:
    """Return whether a sentence orders machines about, asks for money or sells, and does not tell of that."""
    if _ADVERTISEMENT.search(text):
        return not _TELLS.search(text)
    return bool(_TO_MACHINES.search(text) or _TRANSFER.search(text)) and not _TELLS.search(text)


def describe_unspeakable(articles: Iterable[Article]) -> str:
    """Return in a Chinese sentence which articles have such sentences, '' for none."""
    titles = [article.title for article in articles if any(map(is_unspeakable, _sentences(article)))]
    if not titles:
        return ""
    named = "、".join(f"“{title[:20]}”" for title in titles[:MAX_NAMED])
    return f"{named}{'等' if len(titles) > MAX_NAMED else ''}里有对机器发指令、要钱或推销的句子，没有播。"


def _sentences(article: Article) -> list[str]:
    return [part for paragraph in article.paragraphs for part in re.split("[。！？\n]", paragraph)]
