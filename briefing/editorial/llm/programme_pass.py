"""One pass of a language model over a whole programme: headlines, transitions, repetition.

Each proposed sentence is guarded; what is doubted goes back once with the doubt named, and then stays as it was.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from briefing.editorial import headline_names, headlines
from briefing.editorial.llm.close_reading import find_model_doubts
from briefing.editorial.llm.programme_changes import (
    CHANGES,
    Change,
    ChangeKind,
    make_changes,
    own_sentences,
    read_changes,
)
from briefing.editorial.llm.question import Question, ask_in_messages
from briefing.mandarin.tagger import tag_words
from briefing.model import Kind, Script, Segment, Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.llm.manner import Manner
    from briefing.editorial.llm.model_chain import ModelChain
    from briefing.model import Story

LONGEST_TRANSITION = 20
"""Han characters."""
LENGTHENED = 1.2
"""How much longer a sentence may become that is said otherwise."""
COPIED = 0.86
"""Share of the lead's words above which a headline says the lead again."""
SAID_ALREADY = 0.6
"""Share of a sentence's content words that another must have for it to be a repetition."""
_FRAME = re.compile(
    r"接下来|接着|下面|再来|我们|一起|先|来看|看看|看|关注|听听|听|转到|转向|说说|说完|一下|一则|一条|一组|几条|方面|领域|消息|新闻|情况|动态|变化|新鲜事|把目光|目光"
    r"|来自|这边|那边|另外|此外|同样|也|再|来|的|和|与|在|到|有关|相关|关于|了解|另一条"
)
"""Words of a transition that claim nothing."""
_COMMENT = re.compile(r"因为|所以|导致|由于|不过|可是|但|却|好消息|坏消息|最后来听|\d|[？！]|不|没|未")
"""Words with which a transition says more than where one goes."""
_CONTENT = frozenset("nvaijlP")
_FIGURE = re.compile(r"\d[\d.]*")


@dataclass(frozen=True)
class ProgrammePass:
    """Reads a programme as its responsible editor would, with the models and within the ceilings of the edition."""

    chain: ModelChain
    guard: PaperGuard
    manner: Manner
    rules: str
    """What the model is told, apart from the programme."""

    def edit_programme(self, script: Script, stories: Sequence[Story]) -> Script:
        """Return a script with the changes that are true; the same script when no model answers."""
        reader = ProgrammeReader.of(script, stories, self.guard, self.manner)
        question = self._ask_about(reader)
        counts = {story.id: len(own_sentences(story)) for story in reader.stories.values()}
        read = partial(read_changes, stories=counts)
        proposed = self.chain.ask_models(question, read) or ()
        faults = {change: reasons for change in proposed if (reasons := reader.find_faults(change))}
        true = [change for change in proposed if change not in faults]
        if faults:
            answer, reply = _dump_changes(proposed), _dump_faults(faults)
            again = self.chain.ask_models(question.followed_by(answer, reply), read) or ()
            places = {change.place for change in faults}
            true += [item for item in again if item.place in places and not reader.find_faults(item)]
        sources = {name: reader.sources_of(name) for name in reader.stories}
        return make_changes(script, true, sources)

    def _ask_about(self, reader: ProgrammeReader) -> Question:
        data = {
            "broadcast": self.guard.aired.isoformat(),
            "forbidden": list(self.manner.forbidden),
            **reader.describe(),
        }
        messages = ask_in_messages(self.rules, json.dumps(data, ensure_ascii=False))
        return Question(messages, CHANGES, 1200 + 60 * len(reader.stories))


@dataclass(frozen=True)
class ProgrammeReader:
    """A script with what its stories rest on, and whether a change of it is true."""

    script: Script
    stories: dict[str, Segment]
    """Segments of the stories, by id, in order."""
    rundown: dict[str, Story]
    """Stories of the rundown, by the id of their segment."""
    guard: PaperGuard
    manner: Manner

    @classmethod
    def of(
        cls, script: Script, stories: Sequence[Story], guard: PaperGuard, manner: Manner
    ) -> ProgrammeReader:
        """Return a reader of a script and the stories of its rundown."""
        by_article = {story.article.id: story for story in stories}
        segments = {
            segment.id: segment
            for segment in script.segments
            if segment.kind is Kind.STORY and set(segment.articles) & by_article.keys()
        }
        rundown = {
            name: next(by_article[item] for item in segment.articles if item in by_article)
            for name, segment in segments.items()
        }
        return cls(script, segments, rundown, guard, manner)

    def describe(self) -> dict[str, object]:
        """Return the programme as the model reads it."""
        announced = next((part for part in self.script.segments if part.kind is Kind.HEADLINES), None)
        lines = [item.text for item in announced.sentences if item.rests_on] if announced else []
        return {
            "stories": [self._describe_story(name) for name in self.stories],
            "headlines": [
                {"story": name, "text": text}
                for name, text in zip(announced.stories if announced else (), lines, strict=False)
            ],
            "transitions": [
                {"story": name, "text": segment.sentences[0].text}
                for name, segment in self.stories.items()
                if segment.stories
            ],
        }

    def _describe_story(self, name: str) -> dict[str, object]:
        segment, story = self.stories[name], self.rundown[name]
        own = own_sentences(segment)
        return {
            "id": name,
            "title": segment.title,
            "topic": story.topic,
            "place": self.guard.places.get(story.article.source, ""),
            "sentences": {number: sentence.text for number, sentence in enumerate(own, 1)},
        }

    def sources_of(self, name: str) -> tuple[str, ...]:
        """Return what a headline of a story rests on: its title and the sources of its sentences."""
        own = own_sentences(self.stories[name])
        named = (source for sentence in own for source in sentence.rests_on)
        return tuple(dict.fromkeys((self.rundown[name].article.title, *named)))

    def find_faults(self, change: Change) -> tuple[str, ...]:
        """Return what is wrong with a change, a Chinese sentence each."""
        if not self.manner.allows(change.text):
            return ("有节目不用的词",)
        finders = {
            ChangeKind.HEADLINE: self._headline_faults,
            ChangeKind.TRANSITION: self._transition_faults,
            ChangeKind.REPETITION: self._repetition_faults,
        }
        return tuple(finders[change.kind](change))

    def _headline_faults(self, change: Change) -> Iterator[str]:
        own = tuple(item.text for item in own_sentences(self.stories[change.story]))
        aired = headlines.AiredStory(own, self.rundown[change.story].article.text[: headline_names.READ])
        lead = _content_words(own[0])
        if not headlines.is_sentence(change.text):
            yield f"提要要有主语有动词、说出结果、能单独听懂，最多{headline_names.MAX_HAN}个字"
        if len(lead & _content_words(change.text)) > COPIED * len(lead):
            yield "提要照抄了第一句，换一种说法"
        if not aired.allows_title(change.text):
            yield "提要把几件事并成了一件"
        yield from self._doubts(change.story, change.text, self.sources_of(change.story))

    def _transition_faults(self, change: Change) -> Iterator[str]:
        """Yield what is wrong with a transition: it says only which field or place comes."""
        story = self.rundown[change.story]
        plain = _FRAME.sub("", change.text.rstrip("。"))
        words = "".join(
            (story.topic, self.guard.places.get(story.article.source, ""), *self._words_of(change.story))
        )
        strays = [
            token.word
            for token in tag_words(plain)
            if token.flag[:1] in _CONTENT and any(char not in words for char in token.word)
        ]
        if (
            han_count(change.text) > LONGEST_TRANSITION
            or _COMMENT.search(change.text)
            or not plain.strip("，")
        ):
            yield f"串联词只说接下来是哪方面、哪里的消息，最多{LONGEST_TRANSITION}个字"
        yield from (f"“{word}”和接下来的新闻无关" for word in strays)
        yield from self._doubts(change.story, f"{plain}。", self.sources_of(change.story))

    def _repetition_faults(self, change: Change) -> Iterator[str]:
        sentence = own_sentences(self.stories[change.story])[change.number - 1]
        if not change.text:
            if change.number == 1 or not self._is_repeated(change.story, change.number):
                yield "这句话别处没有说过，不能删"
            return
        if han_count(change.text) > LENGTHENED * han_count(sentence.text):
            yield "改了以后太长"
        lost = set(_FIGURE.findall(sentence.text)) - set(_FIGURE.findall(change.text))
        yield from (f"丢了“{figure}”" for figure in sorted(lost))
        yield from self._doubts(change.story, change.text, sentence.rests_on)

    def _is_repeated(self, name: str, number: int) -> bool:
        """Return whether the programme says elsewhere what a sentence says: most of its words, and all its figures."""
        text = own_sentences(self.stories[name])[number - 1].text
        words, figures = _content_words(text), set(_FIGURE.findall(text))
        others = (
            sentence.text
            for story, segment in self.stories.items()
            for index, sentence in enumerate(own_sentences(segment), 1)
            if (story, index) != (name, number)
        )
        return any(
            figures <= set(_FIGURE.findall(other))
            and len(words & _content_words(other)) >= SAID_ALREADY * max(1, len(words))
            for other in others
        )

    def _doubts(self, name: str, text: str, sources: tuple[str, ...]) -> Iterator[str]:
        story = self.rundown[name]
        yield from find_model_doubts(self.guard, Sentence(text, sources), (story.article, *story.others))

    def _words_of(self, name: str) -> Iterator[str]:
        yield self.rundown[name].article.title
        yield from (sentence.text for sentence in own_sentences(self.stories[name]))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(
        token.word for token in tag_words(text) if len(token.word) > 1 and token.flag[:1] in _CONTENT
    )


def _dump_changes(changes: Sequence[Change]) -> str:
    """Return changes as the answer that they came from."""
    rows = {kind: [item.as_row() for item in changes if item.kind is kind] for kind in ChangeKind}
    return json.dumps(rows, ensure_ascii=False)


def _dump_faults(faults: dict[Change, tuple[str, ...]]) -> str:
    """Return what is said to the model about changes that are not true."""
    rows = {
        kind: [item.as_row() | {"doubts": list(why)} for item, why in faults.items() if item.kind is kind]
        for kind in ChangeKind
    }
    return json.dumps({"rewrite_only_these": rows}, ensure_ascii=False)
