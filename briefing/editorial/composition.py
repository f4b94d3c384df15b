"""Stories and their sentences → a whole script: opening, headlines, stories, closing. The home of jinja2.

The words around the stories are templates in Chinese, one sentence a line; a show may bring its own. The opening
or the closing says that the programme is made and spoken by artificial intelligence, as the Measures for Labelling
AI-Generated Content (人工智能生成合成内容标识办法, in force since 1 September 2025) want it said in audio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from briefing.editorial.writer import clarity, habits
from briefing.errors import ConfigError, NothingToSay
from briefing.model import Kind, Script, Segment, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from briefing.model import Article, EditionKey, Story

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
GREETINGS = {"morning": "早上好", "noon": "中午好", "evening": "晚上好"}

LABEL = "本节目由人工智能合成播报。"
"""What GB 45438-2025 (5.3) asks for: 人工智能 or AI, and 生成 or 合成, in a sentence at the usual speed."""

OPENING = """\
{{ greeting }}，欢迎收听《{{ title }}》。
今天是{{ date }}，{{ weekday }}。
{% if others %}我是{{ anchor }}，和我一起为您播报的是{{ others | join("、") }}。{% else %}我是{{ anchor }}。{% endif %}
{{ label }}
"""
HEADLINES = """\
先来听今天的主要内容：
{% for headline in headlines %}{{ headline }}
{% endfor %}
"""
TRANSITION = """\
{% if number == 1 %}下面请听详细报道。
{% elif number == count %}最后来听一条{{ topic }}消息。
{% elif changed and topic %}来听{{ topic }}方面的消息。
{% endif %}
{% if earlier %}此前我们报道过“{{ earlier }}”，今天接着关注。
{% endif %}
"""
CLOSING = """\
以上内容来自{{ credits | join("、") }}。
{{ label }}
今天的《{{ title }}》就到这里，感谢您的收听，我们下次节目再见。
"""

EPISODE_TITLE = "{{ month }}月{{ day }}日{{ edition }}{% if lead %}｜{{ lead }}{% endif %}"
"""Title of an episode: its edition and its lead."""

_BETWEEN = re.compile(r"\s*(?:[|｜丨]|(?<!\d)/|——+|--+|\s)\s*")
_ENDS = "。！？!?…"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a show says around its stories.

    `greetings` are by edition; `places` say by source what 我区 means there, `place` where the source is not named;
    `credits` give by source the name that is credited on the air. `label_first` and `label_last` are the sentence that
    labels the programme as synthesised, in the opening and in the closing; empty is none. The templates see the
    values that `compose` gives them.
    """

    title: str
    place: str = ""
    greetings: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    credits: Mapping[str, str] = field(default_factory=dict)
    label_first: str = LABEL
    label_last: str = ""
    opening: str = OPENING
    headlines: str = HEADLINES
    transition: str = TRANSITION
    closing: str = CLOSING
    episode_title: str = EPISODE_TITLE

    def greeting(self, edition: str) -> str:
        """How this edition greets."""
        return self.greetings.get(edition) or GREETINGS.get(edition, "您好")


def compose(
    key: EditionKey,
    wording: Wording,
    stories: Sequence[tuple[Story, tuple[Sentence, ...]]],
    anchors: Sequence[str],
) -> Script:
    """The script of an edition; anchors, by the names that listeners hear, take turns story by story.

    A story without sentences is left out. Raises `NothingToSay` when no story is left, `ConfigError` for a template
    that cannot be filled in.
    """
    told = [(story, sentences) for story, sentences in stories if sentences]
    if not told:
        raise NothingToSay(f"{key}: no article could be told in its budget; add sources or time")
    titles = [headline(story, wording, key.day) for story, _ in told]
    segments = (
        _opening(key, wording, anchors),
        _headlines(wording, titles, told, anchors),
        *_stories(wording, titles, told, anchors, key.day),
        _closing(wording, told, anchors),
    )
    return Script(key, f"{wording.title} {spoken_date(key.day)}", segments)


def render_title(wording: Wording, day: date, edition: str, lead: str) -> str:
    """Return an episode's title; `edition` is its name for listeners. Raises `ConfigError` for a bad template."""
    lines = _filled(
        wording.episode_title,
        "episode_title",
        title=wording.title,
        date=spoken_date(day),
        year=day.year,
        month=day.month,
        day=day.day,
        weekday=WEEKDAYS[day.weekday()],
        edition=edition,
        lead=lead,
    )
    return " ".join(lines)


def headline(story: Story, wording: Wording, day: date) -> str:
    """The title of a story as a sentence: 我区 made clear, its parts joined by commas, no brackets."""
    return headline_of(story.article, wording, day)


def headline_of(article: Article, wording: Wording, day: date) -> str:
    """The title of an article as a sentence."""
    place = wording.places.get(article.source, wording.place)
    plain = _BETWEEN.sub("，", habits.plain(article.title)).strip("，：；、 ")
    clear = clarity.days(clarity.place(plain, place), article.moment.date(), day)
    return clear if clear.endswith(tuple(_ENDS)) else f"{clear}。"


def spoken_date(day: date) -> str:
    """A date as a script prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _opening(key: EditionKey, wording: Wording, anchors: Sequence[str]) -> Segment:
    lines = _filled(
        wording.opening,
        "opening",
        greeting=wording.greeting(key.edition),
        title=wording.title,
        date=spoken_date(key.day),
        weekday=WEEKDAYS[key.day.weekday()],
        anchor=anchors[0],
        others=list(anchors[1:]),
        label=wording.label_first,
    )
    lines = _labelled(lines, wording.label_first)
    return Segment("opening", Kind.OPENING, "开场", anchors[0], tuple(map(Sentence, lines)))


def _headlines(
    wording: Wording, titles: Sequence[str], told: Sequence[tuple[Story, object]], anchors: Sequence[str]
) -> Segment:
    """One line a story, resting on its title."""
    printed = {title: story.article.title for title, (story, _) in zip(titles, told, strict=True)}
    lines = _filled(wording.headlines, "headlines", headlines=titles)
    sentences = tuple(Sentence(line, (printed[line],) if line in printed else ()) for line in lines)
    return Segment("headlines", Kind.HEADLINES, "内容提要", anchors[-1], sentences)


def _stories(
    wording: Wording,
    titles: Sequence[str],
    told: Sequence[tuple[Story, tuple[Sentence, ...]]],
    anchors: Sequence[str],
    day: date,
) -> Iterator[Segment]:
    taken: set[str] = set()
    for number, (title, (story, sentences)) in enumerate(zip(titles, told, strict=True), start=1):
        topics = [earlier.topic for earlier, _ in told[:number]]
        before = story.earlier and headline_of(story.earlier, wording, day)
        lines = _filled(
            wording.transition,
            "transition",
            number=number,
            count=len(told),
            title=title,
            topic=story.topic,
            changed=story.topic not in topics[:-1],
            earlier=(before or "").rstrip(_ENDS),
        )
        name = _fresh(f"story-{story.article.id[:8]}", taken)
        anchor = anchors[(number - 1) % len(anchors)]
        articles = tuple(article.id for article in (story.article, *story.others))
        chapter = title.rstrip("。")
        rests_on = (story.earlier.title,) if story.earlier else ()
        ways = (Sentence(line, rests_on if before and before.rstrip(_ENDS) in line else ()) for line in lines)
        yield Segment(name, Kind.STORY, chapter, anchor, (*ways, *sentences), articles)


def _fresh(name: str, taken: set[str]) -> str:
    """The name, numbered if another segment of the script has it."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    taken.add(unique)
    return unique


def _closing(wording: Wording, told: Sequence[tuple[Story, object]], anchors: Sequence[str]) -> Segment:
    sources = dict.fromkeys(article.source for story, _ in told for article in (story.article, *story.others))
    names = [f"《{wording.credits.get(source) or source}》" for source in sources]
    lines = _filled(wording.closing, "closing", title=wording.title, credits=names, label=wording.label_last)
    lines = _labelled(lines, wording.label_last)
    return Segment("closing", Kind.CLOSING, "结束语", anchors[0], tuple(map(Sentence, lines)))


def _labelled(lines: list[str], label: str) -> list[str]:
    """The lines with the label, also where a show's own template has no place for it."""
    return lines if not label or any(label in line for line in lines) else [*lines, label]


def _filled(template: str, name: str, **values: object) -> list[str]:
    """A template's lines that are not empty; raises `ConfigError` with what the template cannot do."""
    # Nothing here is HTML: the lines are spoken, and stand in a text file.
    room = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        text = room.from_string(template).render(values)
    except TemplateError as error:
        raise ConfigError(
            f"the template for {name} cannot be filled in: {error}; mend it or remove it"
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip()]
