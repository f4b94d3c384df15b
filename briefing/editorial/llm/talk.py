"""Turns of a conversation: questions that their sources answer, no opinions, no laughter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.question_check import is_question
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUESTION = 30
"""Han characters: a host asks briefly."""
CHATTER = re.compile(
    r"哈{2,}|呵{2,}|嘿{2,}|嘻{2,}|哇|哎呀|天[呐哪]|笑|我(?:们)?(?:个人)?(?:觉得|认为|感觉|相信|希望|猜|想|看)|(?:你|您|大家)(?:怎么看|觉得)"
    r"|太(?:棒|好|厉害|可惜|可怕|难得)了|真(?:棒|不错|厉害|了不起|是)|好消息|坏消息|听众朋友|可喜|令人|值得(?:点赞|期待|一提)|不得不说|说实话|毫无疑问"
)
"""Opinions, feelings, laughter and small talk of hosts."""


def find_talk_fault(turn: Sentence, doubts: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong with a turn, a Chinese sentence each: chatter, a long question, or what is doubted of it."""
    if chatter := CHATTER.search(turn.text):
        return (f"“{chatter[0]}”是看法、感叹或寒暄，只说原文里的事",)
    if is_question(turn.text) and han_count(turn.text) > LONGEST_QUESTION:
        return (f"问句太长，最多{LONGEST_QUESTION}个字",)
    return doubts


def drop_unanswered(turns: Iterable[Sentence]) -> list[Sentence]:
    """Return the turns without the questions that the next turn does not answer, by another voice, from the same source."""
    listed = list(turns)
    following = [*listed[1:], None]
    return [
        turn
        for turn, answer in zip(listed, following, strict=True)
        if not is_question(turn.text) or (answer is not None and _answers(answer, turn))
    ]


def _answers(turn: Sentence, question: Sentence) -> bool:
    """Return whether a turn can answer a question."""
    shared = set(turn.rests_on) & set(question.rests_on)
    return bool(shared) and turn.anchor != question.anchor and not is_question(turn.text)
