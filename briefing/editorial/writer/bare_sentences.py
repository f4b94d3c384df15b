"""Sentences that only say that something was published: the next one, which says what, takes over who and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.passage import Source

_DAY = r"(?:[前昨今]天|[本上]周[一二三四五六日]|最近|\d{1,2}月\d{1,2}日)(?:上午|下午|晚上)?"
_ANNOUNCES = re.compile(
    rf"^(?:(?P<when>{_DAY})，?)?(?P<who>[\u4e00-\u9fff]{{2,24}}?)(?P<day>{_DAY})?(?P<verb>发布|公布|通报|印发)(?:了)?"
    r"(?P<what>[^，。]{2,40}(?:情况|数据|公报|结果|通知|消息|进展|安排|报告|通知》))[。：]$"
)
_INSIDE = re.compile(
    rf"^(?P<head>(?:{_DAY}，?)?[^，。：]{{2,24}}?(?:{_DAY})?(?:发布|公布|通报))(?:了)?[^，。：]{{2,24}}(?:消息|情况|进展|数据|结果|报告|安排)："
)
"""The same before a colon: 公布畅通工程进展：."""
_NOTICE = re.compile(
    rf"^(?P<head>(?:{_DAY}，?)?[^，。：]{{2,24}}?(?:{_DAY})?(?:发布|公布)了?[^，。：]{{0,6}}(?:通告|公告|通知|消息|预告))，"
    r"(?!要求|决定|明确|提醒|宣布|公布|推出|启动|号召|称|说|并|对|将|共)"
)
"""A notice before its contents, which it says: 发布通告，."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A printed sentence in the words of speech, with what it needs from its context."""

    source: Source
    text: str
    speaker: str
    rests_on: tuple[str, ...]
    was_quoted: bool = False


def join_announcements(bares: Sequence[Bare]) -> list[Bare]:
    """Return the sentences, an announcement joined to the sentence behind it in its paragraph."""
    return list(_joined(bares))


def _joined(bares: Sequence[Bare]) -> Iterator[Bare]:
    waiting: tuple[Bare, str] | None = None
    for bare in bares:
        if waiting is not None:
            announcement, opening = waiting
            waiting = None
            if (
                bare.source.paragraph == announcement.source.paragraph
                and not bare.speaker
                and not bare.was_quoted
            ):
                rests_on = (*announcement.rests_on, *bare.rests_on)
                yield replace(bare, text=opening + bare.text, rests_on=rests_on)
                continue
            yield announcement
        if match := _ANNOUNCES.match(bare.text):
            waiting = bare, _opening(match)
        else:
            yield replace(bare, text=_NOTICE.sub(r"\g<head>说，", _INSIDE.sub(r"\g<head>，", bare.text)))
    if waiting is not None:
        yield waiting[0]


def _opening(match: re.Match[str]) -> str:
    """Return who published when, as an opening: 市统计局昨天发布，."""
    notice = "通知说" if "通知" in match["what"] else ""
    return f"{match['who']}{match['when'] or match['day'] or ''}{match['verb']}{notice}，"
