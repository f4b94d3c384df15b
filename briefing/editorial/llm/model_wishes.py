"""Change a story or a sentence as an editor wishes, with a language model; the guard reads every sentence of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from briefing.editorial.llm.answers import Line, read_answer
from briefing.editorial.llm.close_reading import find_model_doubts
from briefing.editorial.llm.manner import SENTENCES
from briefing.editorial.llm.question import Question, ask_in_messages
from briefing.editorial.wishes import Proposal, Wished
from briefing.editorial.writer import passage
from briefing.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.llm.manner import Manner
    from briefing.editorial.llm.model_chain import ModelChain

LONGEST_ANSWER = 1600
"""Tokens: a whole story, written anew."""
UNCHANGED = "大模型没有改出新的说法"
REFUSED = "大模型改出的话原文里没有依据，没有采用"


@dataclass(frozen=True)
class ModelWishes:
    """Asks the models of a show for what an editor wishes."""

    chain: ModelChain
    guard: PaperGuard
    manner: Manner
    rules: str
    """What the model is told, apart from the story."""

    def propose_change(self, wished: Wished) -> Proposal | None:
        """Return sentences in the place of those that are meant; None when no model answers."""
        sources = tuple(source.text for source in passage.sources(wished.story.article))
        read = partial(read_answer, count=len(sources))
        question = self._ask_for(wished, sources)
        lines = self.chain.ask_models(question, read)
        if lines is None:
            return None
        sentences = [_as_sentence(line, sources) for line in lines]
        doubts = self._find_doubts(wished, sentences)
        if doubts:
            answer, reply = _dump_lines(lines), _dump_doubts(lines, doubts)
            again = self.chain.ask_models(question.followed_by(answer, reply), read) or ()
            for index, line in zip(doubts, again, strict=False):
                sentences[index] = _as_sentence(line, sources)
            doubts = self._find_doubts(wished, sentences)
        return _settle_proposal(wished, sentences, doubts)

    def _find_doubts(self, wished: Wished, sentences: Sequence[Sentence]) -> dict[int, list[str]]:
        """Return what the guard doubts of each sentence, and which has words that the show does not say."""
        articles = (wished.story.article, *wished.story.others)
        doubts = {
            index: [*find_model_doubts(self.guard, sentence, articles)]
            + ([] if self.manner.allows(sentence.text) else ["有节目不用的词"])
            for index, sentence in enumerate(sentences)
        }
        return {index: reasons for index, reasons in doubts.items() if reasons}

    def _ask_for(self, wished: Wished, sources: tuple[str, ...]) -> Question:
        article = wished.story.article
        data = {
            "wish": wished.words,
            "title": article.title,
            "printed": article.moment.date().isoformat(),
            "broadcast": self.guard.aired.isoformat(),
            "place": self.guard.places.get(article.source, ""),
            "forbidden": list(self.manner.forbidden),
            "sources": dict(enumerate(sources, 1)),
            "story": {number: sentence.text for number, sentence in enumerate(wished.sentences, 1)},
            "change": None if wished.place is None else wished.place + 1,
        }
        messages = ask_in_messages(self.rules, json.dumps(data, ensure_ascii=False))
        return Question(messages, SENTENCES, LONGEST_ANSWER)


def _settle_proposal(wished: Wished, sentences: Sequence[Sentence], doubts: dict[int, list[str]]) -> Proposal:
    """Return what is proposed: in the place of each doubted sentence the one that stood there on the same source."""
    settled: list[Sentence] = []
    for index, sentence in enumerate(sentences):
        instead = [sentence] if index not in doubts else _same_source(wished, sentence, settled)
        settled += instead
    anchor = wished.meant[0].anchor if wished.place is not None else ""
    proposed = tuple(replace(sentence, anchor=anchor) if anchor else sentence for sentence in settled)
    if not proposed or [new.text for new in proposed] == [old.text for old in wished.meant]:
        return Proposal((), REFUSED if doubts else UNCHANGED, by_model=True)
    reasons = "；".join(reason for group in doubts.values() for reason in group)
    return Proposal(proposed, f"有{len(doubts)}句没有采用：{reasons}" if doubts else "", by_model=True)


def _same_source(wished: Wished, doubted: Sentence, settled: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentence of the script that a doubted one was to replace, once."""
    return [
        sentence
        for sentence in wished.meant
        if set(sentence.rests_on) & set(doubted.rests_on) and sentence not in settled
    ][:1]


def _as_sentence(line: Line, sources: Sequence[str]) -> Sentence:
    return Sentence(line.text, tuple(sources[number - 1] for number in line.sources))


def _dump_lines(lines: Sequence[Line]) -> str:
    rows = [{"text": line.text, "sources": list(line.sources)} for line in lines]
    return json.dumps({"sentences": rows}, ensure_ascii=False)


def _dump_doubts(lines: Sequence[Line], doubts: dict[int, list[str]]) -> str:
    """Return what is said to the model about sentences that are doubted."""
    rows = [
        {"text": lines[index].text, "sources": list(lines[index].sources), "doubts": reasons}
        for index, reasons in doubts.items()
    ]
    return json.dumps({"rewrite_only_these_in_order": rows}, ensure_ascii=False)
