"""The condenser that needs no model: it extracts the sentences that matter and leaves out what they can do without.

    article ─► sentences ─► stripped of print habits ─► each in several wordings
            ─► the wordings that together hold the most of what the article is about, within the budget
            ─► in the article's order, made clear for a listener

Everything said is a part of a printed sentence, or a word that `clarity` put in place of another; `rests_on` names it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.clause_picker import clarity, habits, wordings
from bench.clause_picker.selection import Wording, choose
from briefing.editorial.writer import passage
from briefing.editorial.writer.choice import coverage as weights
from briefing.mandarin import segmenter
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from briefing.editorial.writer.choice.coverage import Weights
    from briefing.editorial.writer.passage import Source
    from briefing.model import Article, Story

EARLY = 0.15
"""How much more the first paragraph is worth than a late one."""
NUMBERLESS = 0.65
"""What a sentence without any number is worth beside one with numbers."""
SUBJECTLESS = 0.92
"""What a sentence that begins with its verb is worth: the ear asks who did it."""
CONTEXT = 8
"""Sentences back in which a pronoun, a speaker or a year is looked for."""
LONGEST = 48
"""Han characters after which a sentence is cut in two where it has a ；: about ten seconds of speech."""

_RHETORIC = re.compile(
    r"[，、。](?:要|必须|务必|希望|应|切实|努力|始终|坚决|力求|着力)|(?:指出|强调|要求|希望)，|进一步|不断|高质量|保驾护航|新台阶|获得感|再上新|贡献"
)
_CHATTER = re.compile(
    r"[！？]|(?:市民|居民|村民|大爷|大妈|女士|先生|家长|选手|毕业生|网友|学生)[^，]{0,12}说，|高兴地|笑着|感慨|点赞"
)
_SCENE = re.compile(
    r"时节|漫步|夜幕|华灯|人头攒动|清晨|走进|映入眼帘|难想象|一边.{1,10}一边|只见|飘散|掌声|阳光|笑容|忙碌|每到一处|早早|勾勒|浓浓|如织|美景|徐徐|尽收眼底|络绎不绝|海风|格外热闹|冒着热气|^[\u4e00-\u9fff]{2,6}："
)
_FOLLOWS = re.compile(r".{0,6}(?:此次|本次|本届|这次|其中|活动将|现场)")
_SPOKEN_WORDS = re.compile(r"“[^”]{8,}[。！？，…]”")


@dataclass(frozen=True, slots=True)
class Extractive:
    """Extracts and compresses; `day` is the day of broadcast, `place` what 我区 means in the paper (may be empty)."""

    day: date
    place: str = ""

    def condense(self, story: Story) -> tuple[Sentence, ...]:
        """The story's lead and what adds most to it, within `story.budget` Han characters."""
        article, budget = story.article, story.budget
        ways, known = self._ways(article, budget)
        while budget > 0:
            said = self._finished(article, choose(ways, article.title, known, budget))
            over = sum(han_count(sentence.text) for sentence in said) - story.budget
            if over <= 0:
                return said
            budget -= over
        return ()

    def _ways(self, article: Article, budget: int) -> tuple[list[Wording], Weights]:
        """Every way to say every sentence of the article, and how much each of its concepts weighs."""
        told = passage.sources(article)
        ways: list[Wording] = []
        held: list[Sequence[str]] = []
        for source in told:
            bare, rests_on = self._bare(source, told, article.moment.date())
            stretch = weights.stretch(source.index, len(told), budget)
            ways += _wordings(source, bare, rests_on, stretch)
            held.append((*weights.concepts(bare), stretch))
        return ways, weights.weigh(article, held, self.place)

    def _bare(self, source: Source, told: Sequence[Source], printed: date) -> tuple[str, tuple[str, ...]]:
        """The sentence without print habits, its days, places and speakers made clear; and what that rests on."""
        earlier = told[max(0, source.index - CONTEXT) : source.index]
        paragraph = [passage.fold(other.text) for other in earlier if other.paragraph == source.paragraph]
        bare = clarity.place(habits.strip(source.text), self.place)
        clear = clarity.named(bare, [passage.fold(other.text) for other in earlier])
        if paragraph:
            clear = clarity.timed(clarity.attributed(clear, paragraph[0]), paragraph[-1])
        context = tuple(other.text for other in earlier) if clear != bare else ()
        return clarity.days(clear, printed, self.day), (*context, source.text)

    def _finished(self, article: Article, chosen: Sequence[Wording]) -> tuple[Sentence, ...]:
        """What was chosen, in order, each speaker introduced, the district named once, long sentences cut."""
        said: list[Sentence] = []
        for wording in chosen:
            heard = "".join(sentence.text for sentence in said)
            text, introduction = clarity.introduced(wording.text, heard, passage.sources(article))
            if self.place[:-1] not in heard or not heard:
                text = clarity.home(text, self.place)
            said += (Sentence(part, (*introduction, *wording.rests_on)) for part in _breaths(text))
        return tuple(said)


def _wordings(source: Source, bare: str, rests_on: tuple[str, ...], stretch: str) -> Iterable[Wording]:
    quoted = _SPOKEN_WORDS.search(bare) is not None
    for text in wordings.wordings(bare, quoted=quoted) if bare else ():
        points_back = habits.dangles(text) or (not source.opens and _begins_with_verb(text))
        yield Wording(
            source=source,
            text=text,
            rests_on=rests_on,
            concepts=(*weights.concepts(text), stretch),
            cost=han_count(text),
            quality=_quality(source, text),
            needs_before=points_back,
            can_lead=not points_back and not _FOLLOWS.match(text),
        )


def _quality(source: Source, text: str) -> float:
    """How fit a wording is for the air, whatever it is about: news first, speeches and street voices last."""
    quality = 1.0 + EARLY / (1 + source.paragraph / 2)
    if _SPOKEN_WORDS.search(text):
        quality *= 0.5
    if _CHATTER.search(text):
        quality *= 0.4
    if _SCENE.search(text):
        quality *= 0.3
    if _begins_with_verb(text):
        quality *= SUBJECTLESS
    if not weights.has_number(text):
        quality *= NUMBERLESS
    return quality * 0.85 ** len(_RHETORIC.findall(text))


def _begins_with_verb(text: str) -> bool:
    """Whether a sentence leaves its subject to the one before it."""
    return segmenter.tag(text[:8])[0][1] in {"v", "vn"}


def _breaths(text: str) -> list[str]:
    """A sentence that is too long for one breath, cut at each ； after which somebody else is spoken of."""
    if han_count(text) <= LONGEST:
        return [text]
    parts: list[str] = []
    for clause in passage.clauses(text):
        if parts and not (parts[-1].endswith("；") and wordings.has_subject(clause)):
            parts[-1] += clause
        else:
            parts.append(clause)
    return [part.rstrip("；，。") + "。" for part in parts]
