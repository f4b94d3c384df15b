"""Headlines: a printed title, or the news of its story, as one short sentence with subject and verb.

A title of a page is often two phrases without a verb, a riddle or a slogan. Its parts are tried first; where none is
a sentence, the story's own sentences give one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.editorial.writer import judging, officialese, statements
from briefing.editorial.writer.sentence_grammar import cut_clauses
from briefing.editorial.writer.style import places, plain_words, print_habits
from briefing.mandarin.tagger import tag_words
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.statements import Page
    from briefing.model import Article

MAX_HAN = 24
"""Han characters of a headline."""
REPEATED = 0.58
"""Share of the lead's pairs of characters from which a headline says the lead again."""
MIN_HAN = 6
"""Han characters under which a headline tells nothing."""

_BETWEEN = re.compile(r"\s*(?:[|｜丨]|(?<!\d)/|——+|--+|\s)\s*")
_LABEL = re.compile(
    r"^(?:快讯|头条|关注|聚焦|独家|视频|图解|图集|要闻|最新|重磅|[^，]{2,6})[丨|｜：:]\s*(?=\S{4,})"
)
_RIDDLE = re.compile(
    r"[？！?!]|为何|为什么|如何|怎[么样]|啥|谁|多少|哪[里个些]|原来|竟然?|揭秘|真相|是什么|来了$|这么|这样|什么|究竟|到底|有望吗|背后|^让|^要|一文|速看|注意|提醒你|您|你|别|背影|答案|故事$|密码$|走笔$|见闻$|侧记$|纪实$|综述$|述评$|观察$|的人$|之路$|印象$"
)
_CEREMONY = re.compile(
    r"(启动|签约|揭牌|授牌|开工|奠基|竣工|颁奖)仪式(?:暨[^，。 ]{2,24}仪式)?(?:在[^，。 ]{2,16})?(?:成功|隆重)?举行$"
)
"""Ceremonies in a title: the act is the news."""
_TIME_OPENING = re.compile(
    r"^(?:[前昨今明][天晚](?:上午|下午|晚上|清晨|凌晨|早上)?|本周[一二三四五六日]|上周[一二三四五六日]|\d{1,2}月\d{1,2}日(?:上午|下午|晚上)?|最近|当地时间[^，]{2,10})，"
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence for the headlines, its printed source, and the chapter's title (without a full stop)."""

    text: str
    rests_on: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the headline as a chapter's title."""
        return self.text.rstrip("。")


def write_headline(article: Article, told: Sequence[Sentence], page: Page) -> Headline:
    """Return the headline of a story: the best of its title's parts, else of its sentences, else the title as it is."""
    lead = told[0].text if told else ""
    whole = say_title(article.title, page)
    for text in _of_title(whole):
        if is_sentence(text) and not repeats(text, lead):
            return Headline(text, (article.title,))
    for text in _of_title(whole):
        if is_sentence(text):
            return Headline(text, (article.title,))
    spoken = {sentence.text for sentence in told}
    for sentence in told:
        for part in _of_sentence(sentence.text):
            text = places.name_home(part, page.place)
            if text not in spoken and is_sentence(text) and (sentence is told[0] or re.search(r"\d", text)):
                return Headline(text, (article.title, *sentence.rests_on))
    return Headline(_ended(whole.replace(" ", "，")), (article.title,))


def say_title(title: str, page: Page) -> str:
    """Return a title in words of speech, one space between its parts."""
    plain = _BETWEEN.sub(" ", _LABEL.sub("", print_habits.plain_title(title)).strip())
    parts = (statements.say_aloud(part, page) for part in plain.split(" "))
    said = " ".join(plain_words.say_words(tag_words(part)) for part in parts if part)
    said = _CEREMONY.sub(r"\1", said)
    return places.name_home(said.strip("，：；、 "), page.place)


def _of_title(title: str) -> Iterator[str]:
    """Yield what a title may become: all of it, neighbouring parts, single parts; the fuller first."""
    parts = title.split(" ")
    for size in range(len(parts), 0, -1):
        for start in range(len(parts) - size + 1):
            yield _ended("，".join(parts[start : start + size]))


def _of_sentence(text: str) -> Iterator[str]:
    """Yield a story's sentence without its time, and shorter to its first clauses."""
    bare = _TIME_OPENING.sub("", text).rstrip("。")
    spoken = statements.speaks(bare)
    if spoken:
        bare = bare[spoken.end() :]
    clauses = bare.split("，")
    for size in range(len(clauses), 0, -1):
        yield _ended("，".join(clauses[:size]))


def _ended(text: str) -> str:
    bare = text.strip("，；：、。 ")
    return bare if bare.endswith(("？", "！")) else f"{bare}。"


def is_sentence(text: str) -> bool:
    """Return whether a headline says by itself who did what, without slogan or riddle."""
    if not MIN_HAN <= han_count(text) <= MAX_HAN or _RIDDLE.search(text.rstrip("。")):
        return False
    if judging.find_objection(text) or officialese.count_empty(text) or officialese.is_scene(text):
        return False
    clauses = cut_clauses(text, tag_words(text))
    if clauses[0].is_topic and len(clauses) > 1:
        return any(clause.has_predicate for clause in clauses[1:])
    return any(judging.is_whole([clause]) for clause in clauses) and all(
        clause.has_predicate or clause.is_topic or (clause is clauses[0] and clause.leads_in)
        for clause in clauses
    )


def repeats(text: str, lead: str) -> bool:
    """Return whether a headline is its story's lead again."""
    pairs = {text[at : at + 2] for at in range(len(text) - 2)}
    other = {lead[at : at + 2] for at in range(len(lead) - 2)}
    return bool(other) and len(pairs & other) >= REPEATED * len(other)
