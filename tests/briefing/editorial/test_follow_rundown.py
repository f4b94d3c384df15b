"""Headlines, transitions and credits name the stories that are there; the papers and stories are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefing.editorial.follow_rundown import GONE, PARTED, find_misfits, follow_rundown
from briefing.model import EditionKey, Kind, Script, Segment, Sentence

CREDITS = {"a1": "江州日报", "a2": "江州日报", "a3": "临湖晚报", "a4": "江州晨报"}


def story(number: int, title: str, transition: str = "", before: str = "") -> Segment:
    """A story of one sentence, with the transition that leads to it from the story before."""
    own = f"story-{number}"
    lines = (Sentence(transition),) if transition else ()
    names = (before, own) if before else ()
    return Segment(
        own,
        Kind.STORY,
        title,
        "晓伊",
        (*lines, Sentence(f"{title}了。", (f"{title}。",))),
        (f"a{number}",),
        names,
    )


STORIES = (
    story(1, "新桥通车", "下面请听详细报道。"),
    story(2, "图书馆开馆", "再来看文化。", "story-1"),
    story(3, "球队夺冠"),
)
HEADLINES = Segment(
    "headlines",
    Kind.HEADLINES,
    "内容提要",
    "晓伊",
    (
        Sentence("先来听今天的主要内容："),
        *(Sentence(f"{one.title}。", (one.title,)) for one in STORIES),
    ),
    (),
    ("story-1", "story-2", "story-3"),
)
CLOSING = Segment(
    "closing",
    Kind.CLOSING,
    "结束语",
    "晓伊",
    (Sentence("以上内容来自《江州日报》、《临湖晚报》。"), Sentence("下次节目再见。")),
)
SCRIPT = Script(EditionKey("demo", date(2026, 3, 2), "morning"), "每日简报", (HEADLINES, *STORIES, CLOSING))
WRITTEN = frozenset(one.text for part in SCRIPT.segments for one in part.sentences)


def arranged(*stories: Segment, headlines: Segment = HEADLINES) -> Script:
    """The script with these stories instead of its own."""
    return replace(SCRIPT, segments=(headlines, *stories, CLOSING))


def followed(script: Script) -> Script:
    """The script after the change."""
    return follow_rundown(SCRIPT, script, WRITTEN, CREDITS)


def texts(script: Script, name: str) -> list[str]:
    """The sentences of a segment."""
    return [one.text for part in script.segments if part.id == name for one in part.sentences]


def test_the_headline_of_a_dropped_story_goes() -> None:
    """Seen: a dropped story's headline stays."""
    done = followed(arranged(STORIES[0], STORIES[1]))
    assert texts(done, "headlines") == ["先来听今天的主要内容：", "新桥通车。", "图书馆开馆。"]
    assert done.segments[0].stories == ("story-1", "story-2")


def test_headlines_stand_in_the_order_of_the_stories() -> None:
    """A story that is moved takes its headline along."""
    done = followed(arranged(STORIES[2], STORIES[0], STORIES[1]))
    assert texts(done, "headlines") == ["先来听今天的主要内容：", "球队夺冠。", "新桥通车。", "图书馆开馆。"]


def test_an_added_story_gets_its_headline_at_its_place() -> None:
    """Resting on what the story rests on."""
    done = followed(arranged(STORIES[0], story(4, "水厂扩建"), STORIES[1], STORIES[2]))
    assert texts(done, "headlines")[1:] == ["新桥通车。", "水厂扩建。", "图书馆开馆。", "球队夺冠。"]
    assert done.segments[0].sentences[2].rests_on == ("水厂扩建。",)


def test_a_transition_goes_when_what_it_joins_is_parted() -> None:
    """It would be untrue."""
    done = followed(arranged(STORIES[0], STORIES[2], STORIES[1]))
    assert texts(done, "story-2") == ["图书馆开馆了。"]
    assert find_misfits(done) == ()


def test_what_opens_the_reports_opens_the_first() -> None:
    """Seen: 下面请听详细报道 opens the fourth."""
    done = followed(arranged(STORIES[2], STORIES[0], STORIES[1]))
    assert texts(done, "story-3") == ["下面请听详细报道。", "球队夺冠了。"]
    assert texts(done, "story-1") == ["新桥通车了。"]
    dropped = followed(arranged(STORIES[2]))
    assert texts(dropped, "story-3")[0] == "下面请听详细报道。"


def test_credits_name_the_papers_that_are_left() -> None:
    """And those that came."""
    assert texts(followed(arranged(STORIES[0], STORIES[1])), "closing")[0] == "以上内容来自《江州日报》。"
    more = followed(arranged(*STORIES, story(4, "水厂扩建")))
    assert texts(more, "closing")[0] == "以上内容来自《江州日报》、《临湖晚报》、《江州晨报》。"


def test_what_a_person_wrote_is_kept_and_flagged() -> None:
    """Nobody's words are taken away."""
    own = Sentence("球队夺得了他们的第一个冠军。", ("球队夺冠",))
    headlines = replace(HEADLINES, sentences=(*HEADLINES.sentences[:3], own))
    done = followed(arranged(STORIES[0], STORIES[1], headlines=headlines))
    assert own.text in texts(done, "headlines")
    assert [(one.sentence, one.why) for one in find_misfits(done)] == [(own.text, GONE)]
    way = replace(STORIES[1], sentences=(Sentence("说完桥，说书。"), *STORIES[1].sentences[1:]))
    parted = followed(arranged(STORIES[0], STORIES[2], way))
    assert [(one.sentence, one.why) for one in find_misfits(parted)] == [("说完桥，说书。", PARTED)]


def test_without_a_change_of_stories_nothing_is_changed() -> None:
    """Not even what does not fit: a person may have wanted it so."""
    odd = arranged(
        *STORIES, headlines=replace(HEADLINES, sentences=HEADLINES.sentences[:2], stories=("story-1",))
    )
    assert followed(odd) is odd


def test_headlines_of_an_earlier_version_are_known_by_their_titles() -> None:
    """Scripts that were written before segments named their stories."""
    old = replace(HEADLINES, stories=())
    before = replace(SCRIPT, segments=(old, *STORIES, CLOSING))
    after = replace(SCRIPT, segments=(old, STORIES[0], STORIES[2], CLOSING))
    done = follow_rundown(before, after, WRITTEN, CREDITS)
    assert texts(done, "headlines") == ["先来听今天的主要内容：", "新桥通车。", "球队夺冠。"]
