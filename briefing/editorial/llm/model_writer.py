"""Write stories with a language model: numbered sources, a guard on every sentence, one retry that names the doubt.

What is still doubted falls to the built-in writer, sentence by sentence and in its place; a model that is dead, dear or
slow is asked no more, and the next of the list is.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from briefing.editorial.llm.answers import Line, read_answer
from briefing.editorial.llm.close_reading import find_model_doubts
from briefing.editorial.llm.question import Question, ask_in_messages
from briefing.editorial.llm.talk import drop_unanswered, find_talk_fault
from briefing.editorial.writer import passage
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from briefing.editorial.guard.papers import PaperGuard
    from briefing.editorial.llm.manner import Manner
    from briefing.editorial.llm.model_chain import ModelChain
    from briefing.editorial.llm.model_wishes import ModelWishes
    from briefing.editorial.llm.programme_pass import ProgrammePass
    from briefing.editorial.wishes import Proposal, Wished
    from briefing.editorial.writer.writer_protocol import Writer
    from briefing.model import ModelCost, Script, Story

AT_ONCE = 10
"""Stories that are asked for at the same time."""
STEP = 50
"""Han characters: budgets are asked for in such steps, so that a programme fitted anew finds its answers again."""


@dataclass(frozen=True, slots=True)
class Task:
    """A story as it is asked for: its numbered sources and its budget in steps."""

    story: Story
    sources: tuple[str, ...]
    budget: int

    def sentence_of(self, line: Line, hosts: Sequence[str] = ()) -> Sentence:
        """Return a line as a sentence on the printed ones that it names, said by the host that it names."""
        anchor = hosts[(line.speaker - 1) % len(hosts)] if hosts else ""
        return Sentence(line.text, tuple(self.sources[number - 1] for number in line.sources), anchor)


@dataclass(frozen=True)
class ModelWriter:
    """Writes with the first model of a list that answers; says nothing that the guard doubts."""

    chain: ModelChain
    """Models, ceilings and memory."""
    day: date
    """Day of broadcast."""
    places: Mapping[str, str]
    """Place that 我区 means, by source."""
    manner: Manner
    guard: PaperGuard
    built_in: Writer
    """Writer of what the model may not say."""
    programme: ProgrammePass
    """Last look at the whole programme."""
    wishes: ModelWishes
    """Changes that editors ask for."""
    _by_model: dict[str, bool] = field(default_factory=dict)
    """Whether the model wrote anything of a story, by its article."""

    def edit_programme(self, script: Script, stories: Sequence[Story]) -> Script:
        """Return the script with better headlines and transitions, and without repetition."""
        return self.programme.edit_programme(script, stories)

    def propose_change(self, wished: Wished) -> Proposal | None:
        """Return sentences in the place of those that an editor wishes to be changed; None when no model answers."""
        return self.wishes.propose_change(wished)

    def write_all(self, stories: Sequence[Story]) -> list[tuple[Sentence, ...]]:
        """Write several stories at once, in their order."""
        with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="model") as pool:
            return list(pool.map(self.write, stories))

    def report_cost(self) -> ModelCost:
        """Return what was spent so far, and why the model is asked no more, if so."""
        return self.chain.spending.spent()

    def report_fallback(self) -> str:
        """Return in a Chinese sentence how many stories the built-in writer had to write, and why; '' for none."""
        missed, count = list(self._by_model.values()).count(False), len(self._by_model)
        trouble = self.report_cost().trouble
        if not missed:
            return f"{trouble}。" if trouble else ""
        why = trouble.partition("，")[0] or "大模型的回答不能用"
        return f"{why}：{count}条新闻中有{missed}条由内置写稿完成。"

    def write(self, story: Story) -> tuple[Sentence, ...]:
        """Write a story within its budget."""
        fallback = self.built_in.write(story)
        sources = tuple(source.text for source in passage.sources(story.article))
        task = Task(story, sources, _stepped(story.budget))
        lines = self._draft(task) if task.sources else ()
        written = self._fit(self._settle(task, lines, fallback), story.budget) if lines else fallback
        if written:
            self._by_model[story.article.id] = any(sentence not in fallback for sentence in written)
        return written

    def _draft(self, task: Task) -> tuple[Line, ...]:
        """The model's sentences about a story, the doubted ones rewritten once; none if no model can be used."""
        question = self._question(task)
        lines = self._ask(question, len(task.sources))
        doubts = {number: claims for number, line in enumerate(lines) if (claims := self._doubts(task, line))}
        if not doubts:
            return lines
        return self._rewritten(task, question, lines, doubts)

    def _rewritten(
        self, task: Task, question: Question, lines: tuple[Line, ...], doubts: dict[int, tuple[str, ...]]
    ) -> tuple[Line, ...]:
        """The sentences with those replaced that the model says rightly when it is told what was wrong."""
        wrong = [_row(lines[number]) | {"doubts": list(claims)} for number, claims in doubts.items()]
        answer = json.dumps({"sentences": list(map(_row, lines))}, ensure_ascii=False)
        reply = json.dumps({"rewrite_only_these_in_order": wrong}, ensure_ascii=False)
        better = dict(
            zip(doubts, self._ask(question.followed_by(answer, reply), len(task.sources)), strict=False)
        )
        return tuple(
            better[number] if number in better and not self._doubts(task, better[number]) else line
            for number, line in enumerate(lines)
        )

    def _settle(self, task: Task, lines: tuple[Line, ...], fallback: tuple[Sentence, ...]) -> list[Sentence]:
        """Each sentence that stands, and in the place of each that does not what the built-in writer says of the same."""
        stands = [not self._doubts(task, line) for line in lines]
        used = {
            task.sources[number - 1]
            for line, is_true in zip(lines, stands, strict=True)
            if is_true
            for number in line.sources
        }
        if not used:
            return list(fallback)
        spare = [sentence for sentence in fallback if not used & set(sentence.rests_on)]
        settled: list[Sentence] = []
        for line, is_true in zip(lines, stands, strict=True):
            sentence = task.sentence_of(line, self.manner.hosts)
            if is_true:
                settled.append(sentence)
            elif instead := _take_spare(spare, sentence):
                settled.append(Sentence(instead.text, instead.rests_on, sentence.anchor))
        return drop_unanswered(settled) if self.manner.hosts else settled

    def _doubts(self, task: Task, line: Line) -> tuple[str, ...]:
        """Return what is wrong with a line, a Chinese sentence each."""
        sentence, article = task.sentence_of(line), task.story.article
        doubts = find_model_doubts(self.guard, sentence, (article,))
        return find_talk_fault(sentence, doubts) if self.manner.hosts else doubts

    def _fit(self, sentences: list[Sentence], budget: int) -> tuple[Sentence, ...]:
        """The sentences from the first on that the budget holds, without a show's forbidden words."""
        fitting: list[Sentence] = []
        for sentence in filter(lambda sentence: self.manner.allows(sentence.text), sentences):
            budget -= han_count(sentence.text)
            if budget < 0 or (self.manner.most and len(fitting) >= self.manner.most):
                break
            fitting.append(sentence)
        return tuple(drop_unanswered(fitting) if self.manner.hosts else fitting)

    def _question(self, task: Task) -> Question:
        article = task.story.article
        data = {
            "title": article.title,
            "printed": article.moment.date().isoformat(),
            "broadcast": self.day.isoformat(),
            "place": self.places.get(article.source, ""),
            "characters": task.budget,
            "forbidden": list(self.manner.forbidden),
            "sentences": dict(enumerate(task.sources, 1)),
        }
        messages = ask_in_messages(self.manner.rules, json.dumps(data, ensure_ascii=False))
        return Question(messages, self.manner.schema, 4 * max(STEP, task.budget) + 200)

    def _ask(self, question: Question, count: int) -> tuple[Line, ...]:
        """The answer of the first model that gives a usable one; nothing if none does."""
        return self.chain.ask_models(question, partial(read_answer, count=count)) or ()


def _take_spare(spare: list[Sentence], doubted: Sentence) -> Sentence | None:
    """Take the built-in writer's sentence about what a doubted one is about, if there is one left."""
    instead = next((other for other in spare if set(other.rests_on) & set(doubted.rests_on)), None)
    if instead is not None:
        spare.remove(instead)
    return instead


def _row(line: Line) -> dict[str, object]:
    """Return a line as the model writes it."""
    row: dict[str, object] = {"text": line.text, "sources": list(line.sources)}
    return {"speaker": line.speaker, **row} if line.speaker else row


def _stepped(budget: int) -> int:
    return -(-budget // STEP) * STEP
