"""The guard: what is not in the sources is doubted, what is there is not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing.editorial import rundown
from briefing.editorial.writer.extractive import Extractive
from briefing.editorial.writer.guard import Doubt, Doubted, Guard
from briefing.model import Sentence, Story
from briefing.sources import newspaper_text
from tests import facts

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2023, 6, 9)
GUARD = Guard(DAY, DAY, "渝中区")
SOURCE = "6月5日,长沙市政协副主席黄梁率队来我区考察,区政协未安排会见,黄梁说:“不虚此行。”考察了12个项目,其中5个在建。"

DIGIT = re.compile(r"\d+")
NEGATION = re.compile(r"(未|不(?!断|仅|但|少|同|久|合格|止)|没有)(?=[\u4e00-\u9fff]{2})")
PERSONS = ("王建军", "李秀英", "陈志强")
PLACES = ("重庆", "渝中", "临湖区", "北屏区", "青云区", "江南区", "解放碑", "广州", "贵州", "西昌")


def doubts(text: str, *sources: str) -> list[tuple[Doubted, str]]:
    """What is doubted in a sentence, by kind."""
    return [(doubt.kind, doubt.what) for doubt in GUARD.check(Sentence(text, sources or (SOURCE,)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6月5日，长沙市政协副主席黄梁率队来渝中区考察。", []),
        ("长沙市政协副主席黄梁考察了12个项目。{停0.5}", []),
        ("6月6日，长沙市政协副主席黄梁率队来渝中区考察。", [(Doubted.NUMBER, "6日")]),
        ("考察了12个项目，其中50个在建。", [(Doubted.NUMBER, "50个在")]),
        ("考察了5个项目，其中12个在建。", [(Doubted.NUMBER, "5个项"), (Doubted.NUMBER, "12个在")]),
        ("长沙市政协副主席黄梁率队来江北区考察。", [(Doubted.PLACE, "江北区")]),
        ("区政协安排会见。", [(Doubted.NEGATION, "未安排会")]),
        ("其中5个未在建。", [(Doubted.NUMBER, "5个未"), (Doubted.NEGATION, "未在")]),
        ("黄梁说：“此行很好。”", [(Doubted.QUOTATION, "此行很好。")]),
        ("考察了12个项目，有医院。", [(Doubted.WORD, "医院")]),
    ],
)
def test_what_the_source_does_not_say_is_doubted(text: str, found: list[tuple[Doubted, str]]) -> None:
    """Figures in their places, names, quotations, denials made and denials left out."""
    assert doubts(text) == found


def test_a_reading_mark_is_no_word() -> None:
    """An editor's marks are not said."""
    assert doubts("长{cháng}沙市政协副主席黄梁率队来渝中区考察。") == []


def test_a_claim_without_a_source_is_doubted_as_a_whole() -> None:
    """An editor may write what the paper does not say, and is told so."""
    added = Sentence("黄梁还考察了3个项目。")
    assert GUARD.check(added) == (Doubt(Doubted.SOURCE, added.text, added.text),)


def test_a_greeting_needs_no_source() -> None:
    """Words around the news hold nothing that could be wrong."""
    assert GUARD.check(Sentence("下面请听。")) == ()


@cache
def told() -> tuple[tuple[Guard, Sentence], ...]:
    """Every sentence that the extractive condenser says of every sample article, at two lengths."""
    return tuple(_told())


def _told() -> Iterator[tuple[Guard, Sentence]]:
    for case in (*facts.golden(), *facts.shared()):
        guard = Guard(case.day, case.day, case.place)
        for budget in (case.story.budget, 320):
            story = Story(case.story.article, (), 0.0, (), budget)
            yield from ((guard, sentence) for sentence in Extractive(case.day, case.place).condense(story))
    yield from _seeds()


def _seeds() -> Iterator[tuple[Guard, Sentence]]:
    """What is said of every sample page, read as a paper of 渝中区."""
    for path in sorted(facts.PAGE.parent.glob("*.txt")):
        page = newspaper_text.parse(
            path.read_text(encoding="utf-8"), source="seeds", zone=ZoneInfo("Asia/Shanghai")
        )
        guard, condenser = Guard(page.day, page.day, "渝中区"), Extractive(page.day, "渝中区")
        for story in rundown.choose(page.articles, rundown.Settings.lasting(6)).stories:
            yield from ((guard, sentence) for sentence in condenser.condense(story))


def test_the_extractive_condenser_raises_no_alarm() -> None:
    """What is only cut out and made clear is not doubted."""
    assert [doubt for guard, sentence in told() for doubt in guard.check(sentence)] == []


def number(text: str, dice: random.Random) -> str:
    """Another figure in the place of one."""
    figures = list(DIGIT.finditer(text))
    if not figures:
        return text
    found = dice.choice(figures)
    return f"{text[: found.start()]}{int(found[0]) + dice.randint(1, 9)}{text[found.end() :]}"


def negation(text: str, dice: random.Random) -> str:
    """A denial taken away, or one put before a verb."""
    if NEGATION.search(text):
        return NEGATION.sub("", text, count=1)
    verbs = list(re.finditer(r"举行|开通|建成|完成|启动|获得|考察|参加|入选|达到|发放", text))
    return f"{text[: (at := dice.choice(verbs).start())]}未{text[at:]}" if verbs else text


def place(text: str, dice: random.Random) -> str:
    """Another place in the place of one."""
    there = [name for name in PLACES if name in text]
    return text.replace(dice.choice(there), "哈尔滨", 1) if there else text


def person(text: str, dice: random.Random) -> str:
    """Another person in the place of a speaker."""
    found = re.search(r"(?<=[长任记席])[\u4e00-\u9fff]{2,3}(?=率|说|表示|指出|担任|一行|会见)", text)
    return f"{text[: found.start()]}{dice.choice(PERSONS)}{text[found.end() :]}" if found else text


Change = Callable[[str, random.Random], str]
CHANGES: tuple[Change, ...] = (number, negation, place, person)


def mutants(change: Change, dice: random.Random) -> list[tuple[Guard, Sentence]]:
    """Sentences in which one figure, denial, place or name is not the printed one."""
    return [
        (guard, Sentence(changed, sentence.rests_on))
        for guard, sentence in told()
        for _ in range(3)
        if (changed := change(sentence.text, dice)) != sentence.text
    ]


def test_a_changed_fact_is_caught() -> None:
    """Of more than five hundred changes, at least 98 in 100 are doubted, of every kind."""
    dice = random.Random(5)  # noqa: S311 - the same mutations each time
    made = {change.__name__: mutants(change, dice) for change in CHANGES}
    missed = {
        name: [sentence.text for guard, sentence in some if not guard.check(sentence)]
        for name, some in made.items()
    }

    assert sum(map(len, made.values())) >= 500
    assert {name: len(some) <= 0.02 * len(made[name]) for name, some in missed.items()} == dict.fromkeys(
        made, True
    )
