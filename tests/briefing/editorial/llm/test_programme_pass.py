"""One pass over the whole programme: headlines, transitions, repetition; true ones only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from briefing.editorial.composition import compose
from briefing.editorial.follow_rundown import announced_stories, find_misfits
from briefing.editorial.show_wording import Wording
from briefing.model import Article, EditionKey, Kind, Script, Segment, Sentence, Story
from tests.model_server import Answering, reply, serving
from tests.model_writers import chain_of, writer_with

DAY = date(2024, 11, 15)
KEY = EditionKey("demo", DAY, "morning")
MOMENT = datetime(2024, 11, 15, tzinfo=UTC)
BRIDGE = (
    "昨日上午9时26分，横跨青溪江的滨河大桥主桥顺利合龙，比原计划提前两个月。",
    "滨河大桥全长1.86公里，主跨420米，双向六车道。",
    "建成后，从老城到东湖片区的车程将由目前的35分钟缩短至8分钟。",
)
HEATING = (
    "11月15日零时，全区集中供暖正式启动，比往年提前24小时，惠及居民31.5万户。",
    "供暖前三天为调试期，室温可能出现波动。",
    "居民如发现暖气不热，可拨打96069反映，维修人员两小时内上门。",
)
PATH = (
    "11月12日，翠屏苑东门的步行通道正式启用，居民到滨河三小的路程由1.1公里缩短为200米。",
    "这条通道因产权分属三家单位，搁置了整整六年。",
    "翠屏苑东门的步行通道11月12日正式启用。",
)
STORIES = tuple(
    Story(Article(f"{number}" * 12, "paper", title, printed, MOMENT), (), 1.0, (), 400, topic=topic)
    for number, (title, printed, topic) in enumerate(
        (
            ("滨河大桥提前两个月合龙", BRIDGE, "交通"),
            ("全区集中供暖今日零时启动", HEATING, "民生"),
            ("小区门口的“最后五十米”通了", PATH, "社区"),
        ),
        1,
    )
)
SAID = (
    ("昨天上午9点26分，滨河大桥主桥顺利合龙，比原计划提前两个月。", "大桥全长1.86公里，双向六车道。"),
    (
        "今天零点，滨河区集中供暖正式启动，比往年提前24小时，惠及31.5万户居民。",
        "前三天是调试期，室温可能有波动。",
    ),
    (
        "11月12日，翠屏苑东门的步行通道正式启用，到滨河三小的路程从1.1公里缩短到200米。",
        "因为产权分属三家单位，通道搁置了整整六年。",
        "翠屏苑东门的步行通道11月12日正式启用。",
    ),
)
TOLD = [
    (
        story,
        tuple(
            Sentence(text, (source,)) for text, source in zip(texts, story.article.paragraphs, strict=False)
        ),
    )
    for story, texts in zip(STORIES, SAID, strict=True)
]
BEFORE = compose(KEY, Wording("每日简报", places={"paper": "滨河区"}), TOLD, ("晓伊", "云扬"))
FIRST, SECOND, THIRD = (segment.id for segment in BEFORE.segments if segment.kind is Kind.STORY)
HEADLINE = {"story": FIRST, "text": "横跨青溪江的滨河大桥提前两个月合龙。"}


def answer_with(**parts: list[dict[str, Any]]) -> bytes:
    """A model's answer about the programme."""
    whole = {"headlines": [], "transitions": [], "repetitions": [], **parts}
    return reply(json.dumps(whole, ensure_ascii=False))


def edited(*answers: bytes) -> tuple[Script, list[dict[str, Any]]]:
    """The programme after the pass, and what the model was asked."""
    left = list(answers)
    server = Answering(lambda _asked: left.pop(0) if len(left) > 1 else left[0])
    with serving(server) as url:
        writer = writer_with(chain_of(url), DAY, "滨河区")
        return writer.edit_programme(BEFORE, STORIES), server.asked


def story_of(script: Script, name: str) -> Segment:
    """A segment by its id."""
    return next(segment for segment in script.segments if segment.id == name)


def test_a_true_headline_takes_the_place_of_the_built_in_one() -> None:
    """By the story's id, resting on the title and the story's sources; the chapter has its words, too."""
    after, asked = edited(answer_with(headlines=[HEADLINE]))

    announced = {name: sentence for sentence, name in announced_stories(after)}
    assert announced[FIRST].text == HEADLINE["text"]
    assert announced[FIRST].rests_on == (STORIES[0].article.title, *BRIDGE[:2])
    assert story_of(after, FIRST).title == "横跨青溪江的滨河大桥提前两个月合龙"
    assert find_misfits(after) == ()
    assert len(asked) == 1
    data = json.loads(asked[0]["messages"][1]["content"])
    assert [story["id"] for story in data["stories"]] == [FIRST, SECOND, THIRD]
    assert data["stories"][1] | {"title": ""} == {
        "id": SECOND, "title": "", "topic": "民生", "place": "滨河区", "sentences": dict(zip("12", SAID[1], strict=True)),
    }  # fmt: skip


def test_a_doubted_headline_goes_back_once_with_the_doubt_named() -> None:
    """The second one is taken when it is true."""
    lie = HEADLINE | {"text": "横跨青溪江的滨河大桥提前三个月合龙。"}
    after, asked = edited(answer_with(headlines=[lie]), answer_with(headlines=[HEADLINE]))

    assert story_of(after, FIRST).title == HEADLINE["text"].rstrip("。")
    back = json.loads(asked[1]["messages"][-1]["content"])["rewrite_only_these"]
    assert back["headlines"][0]["text"] == lie["text"]
    assert "两个月" in back["headlines"][0]["doubts"][0]


WRONG = {
    "a false figure": {"headlines": [{"story": FIRST, "text": "滨河大桥比原计划提前三个月合龙。"}]},
    "somebody nobody named": {"headlines": [{"story": FIRST, "text": "区长王建军宣布滨河大桥合龙。"}]},
    "a riddle": {"headlines": [{"story": FIRST, "text": "滨河大桥为何提前两个月合龙？"}]},
    "no sentence": {"headlines": [{"story": FIRST, "text": "滨河大桥。"}]},
    "the lead again": {
        "headlines": [{"story": FIRST, "text": "昨天上午9点26分滨河大桥主桥顺利合龙比原计划提前两个月。"}]
    },
    "another story's news": {"headlines": [{"story": FIRST, "text": "滨河区31.5万户居民提前用上暖气。"}]},
    "no such story": {"headlines": [{"story": "story-x", "text": "滨河大桥提前两个月合龙了。"}]},
    "a cause that nobody named": {"transitions": [{"story": SECOND, "text": "因为大桥合龙，暖气来得更早。"}]},
    "a comment": {"transitions": [{"story": SECOND, "text": "再来看一个好消息。"}]},
    "a field that it is not of": {"transitions": [{"story": SECOND, "text": "再来看体育方面的消息。"}]},
    "nothing": {"transitions": [{"story": SECOND, "text": "再来看一条消息。"}]},
    "an advertisement": {"transitions": [{"story": SECOND, "text": "扫码关注公众号领优惠。"}]},
    "before the first story": {"transitions": [{"story": FIRST, "text": "再来看交通。"}]},
    "a lead taken away": {"repetitions": [{"story": FIRST, "sentence": 1, "text": ""}]},
    "what is said only once": {"repetitions": [{"story": FIRST, "sentence": 2, "text": ""}]},
    "a rewording that lies": {"repetitions": [{"story": FIRST, "sentence": 2, "text": "大桥全长18.6公里。"}]},
    "a rewording that drops a figure": {
        "repetitions": [{"story": FIRST, "sentence": 2, "text": "大桥双向六车道。"}]
    },
    "a sentence that is not there": {"repetitions": [{"story": FIRST, "sentence": 9, "text": ""}]},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_false_leaves_the_programme_as_it_was(wrong: dict[str, Any]) -> None:
    """The built-in words stay, for that sentence only."""
    after, _ = edited(answer_with(**wrong))
    both, _ = edited(
        answer_with(
            **{"headlines": [], **wrong}
            | {
                "headlines": [
                    *wrong.get("headlines", []),
                    {"story": SECOND, "text": "滨河区31.5万户居民提前用上暖气。"},
                ]
            }
        )
    )

    assert after == BEFORE
    assert story_of(both, SECOND).title == "滨河区31.5万户居民提前用上暖气"
    assert story_of(both, FIRST) == story_of(BEFORE, FIRST)


def test_a_transition_stands_before_its_story_and_names_both() -> None:
    """So that it goes when they part."""
    after, _ = edited(answer_with(transitions=[{"story": SECOND, "text": "接下来关注供暖。"}]))
    story = story_of(after, SECOND)

    assert story.sentences[0] == Sentence("接下来关注供暖。")
    assert story.stories == (FIRST, SECOND)
    assert story.sentences[1:] == TOLD[1][1]


def test_what_is_said_twice_is_said_once() -> None:
    """The later sentence goes."""
    after, _ = edited(answer_with(repetitions=[{"story": THIRD, "sentence": 3, "text": ""}]))

    assert [one.text for one in story_of(after, THIRD).sentences][-2:] == list(SAID[2][:2])


def test_a_dead_model_leaves_the_programme_whole() -> None:
    """As the built-in writer made it."""
    with serving(Answering(lambda _asked: b"")) as gone:
        pass
    writer = writer_with(chain_of(gone), DAY, "滨河区")

    assert writer.edit_programme(BEFORE, STORIES) == BEFORE
    assert writer.report_cost().trouble == "大模型 m 连不上，由内置写稿完成"


HOSTILE = [
    "",
    "[]",
    '{"headlines": 3}',
    '{"headlines": [[]], "transitions": null}',
    "<think>",
    '{"headlines": [{"story"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_changes_the_programme(text: str) -> None:
    """Half a JSON, other shapes, thinking without end."""
    assert edited(reply(text))[0] == BEFORE


def test_the_ids_the_order_and_the_number_of_the_segments_stay() -> None:
    """Whatever the model wants."""
    after, _ = edited(
        answer_with(
            headlines=[HEADLINE],
            transitions=[{"story": THIRD, "text": "再来看社区。"}, {"story": SECOND, "text": "再来看供暖。"}],
            repetitions=[{"story": THIRD, "sentence": 3, "text": ""}],
        )
    )

    assert [replace(part, sentences=(), title="", stories=()) for part in after.segments] == [
        replace(part, sentences=(), title="", stories=()) for part in BEFORE.segments
    ]
