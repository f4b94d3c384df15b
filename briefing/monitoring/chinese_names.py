"""Chinese names of stages, editions and acts, as every page and sentence of the desk uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import EditionKey

STAGES = {
    "new": "还没开始",
    "gathered": "稿件已收齐",
    "drafted": "待审",
    "held": "暂缓",
    "approved": "已批准",
    "voiced": "已录制",
    "published": "已播出",
    "withdrawn": "已撤回",
}
"""Stages of an edition, by their stored names."""

EDITIONS = {"morning": "早间", "noon": "午间", "evening": "晚间"}
"""Editions of a day; another name stands for itself."""

ACTS = {
    "gather": "收稿",
    "draft": "写稿",
    "refresh": "补充收稿",
    "render": "录制",
    "publish": "播出",
    "hold": "暂缓",
    "skip": "停播",
    "run": "录制并播出",
    "correct": "更正",
    "withdraw": "撤下节目",
    "reinstate": "重新播出",
}
"""Acts on an edition, by their names in the API and in the scheduler."""


def name_edition(key: str | EditionKey) -> str:
    """Return an edition's key as people call it: demo/2023-06-09/morning is 6月9日早间."""
    _, day, edition = str(key).split("/")
    _, month, number = day.split("-")
    return f"{int(month)}月{int(number)}日{EDITIONS.get(edition, edition)}"
