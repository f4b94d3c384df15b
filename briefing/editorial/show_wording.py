"""Words of a show around its stories: templates in Chinese, and the sentence of the label. The home of jinja2.

A template has one sentence a line; a show may bring its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from briefing.editorial.writer.source_page import Page
from briefing.editorial.writer.style.days import Calendar
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from briefing.model import Article

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
GREETINGS = {"morning": "早上好", "noon": "中午好", "evening": "晚上好"}

LABEL = "本节目由人工智能合成播报。"
"""What GB 45438-2025 (5.3) asks for: 人工智能 or AI, and 生成 or 合成, in a sentence at the usual speed."""

OPENING = """\
{{ greeting }}，{% if turn % 3 == 0 %}这里是《{{ title }}》。{% elif turn % 3 == 1 %}您正在收听的是《{{ title }}》。{% else %}欢迎收听《{{ title }}》。{% endif %}

{% if turn % 2 %}今天是{{ weekday }}，{{ date }}。{% else %}今天是{{ date }}，{{ weekday }}。{% endif %}

{% if others %}我是{{ anchor }}，和我一起为您播报的是{{ others | join("、") }}。{% else %}我是{{ anchor }}。{% endif %}
{{ label }}
{% if thin %}今天的新闻不多，节目会短一些。{% endif %}

"""
HEADLINES = """\
{% if turn % 4 == 1 %}先来听今天的主要内容：{% elif turn % 4 == 2 %}这次节目的主要内容有：{% elif turn % 4 == 3 %}先来听内容提要：{% else %}今天的主要内容有：{% endif %}

{% for headline in headlines %}{{ headline }}
{% endfor %}
"""
TRANSITION = """\
{% if earlier %}此前我们报道过{{ earlier }}，今天接着关注。
{% elif moved %}再来看{{ place }}的消息。
{% elif changed and topic %}{% if (turn + number) % 2 %}再来看{{ topic }}方面的消息。{% else %}接下来关注{{ topic }}。{% endif %}

{% endif %}
"""
CLOSING = """\
以上内容来自{{ credits | join("、") }}。
{{ label }}
{% if turn % 3 == 0 %}感谢收听，我们下次节目再见。{% elif turn % 3 == 1 %}今天的《{{ title }}》就到这里，感谢您的收听。{% else %}《{{ title }}》播送完了，下次节目再会。{% endif %}

"""
"""What stands around the stories; `turn` counts the days, so that no two days in a row sound the same, and
`thin` is whether the day has news for less than a fifth of the programme's length."""

EPISODE_TITLE = "{{ month }}月{{ day }}日{{ edition }}{% if lead %}｜{{ lead }}{% endif %}"
"""Title of an episode: its edition and its lead."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a show around its stories.

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
        """Return how this edition greets."""
        return self.greetings.get(edition) or GREETINGS.get(edition, "您好")

    def place_of(self, article: Article) -> str:
        """Return what 我区 means in the article's paper."""
        return self.places.get(article.source, self.place)

    def page(self, article: Article, day: date) -> Page:
        """Return what the article's page takes for granted, for the day of broadcast."""
        calendar = Calendar(article.printed_day, day)
        return Page(calendar, self.place_of(article), self.credits.get(article.source, ""))


def render_title(wording: Wording, day: date, edition: str, lead: str) -> str:
    """Return an episode's title; `edition` is its name for listeners. Raises `ConfigError` for a bad template."""
    lines = fill_template(
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


def spoken_date(day: date) -> str:
    """A date as a script prints it."""
    return f"{day.year}年{day.month}月{day.day}日"


def fill_template(template: str, name: str, **values: object) -> list[str]:
    """Return a template's lines that are not empty; raises `ConfigError` with what the template cannot do."""
    # Nothing here is HTML: the lines are spoken, and stand in a text file.
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        text = environment.from_string(template).render(values)
    except TemplateError as error:
        raise ConfigError(
            f"the template for {name} cannot be filled in: {error}; mend it or remove it"
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip()]
