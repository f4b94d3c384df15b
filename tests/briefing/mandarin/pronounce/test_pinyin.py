"""One syllable a character: how well, on whatever text, and for what reason."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin
from briefing.mandarin import segmenter
from briefing.mandarin.pronounce import choice, g2pm_model, polyphones, surnames, syllables
from briefing.mandarin.pronounce.choice import By
from briefing.model import is_han
from tests.polyphones import GOLDEN, SHARED, share, suite

COMMON = (
    "的一了是我不在人们有来他这上着个地到大里说就去子得也和那要下看天时过"
    "出小么起你都把好还多没为又可家学只以主会样年想生"
)
"""Characters that are in almost every text."""

FLOORS: dict[str, float] = json.loads((GOLDEN.parent / "floors.json").read_text(encoding="utf-8"))[
    "polyphone"
]

BEST_ON_NEWS = 0.968
"""The best share of `news` that libraries, two of them and rules together, were measured to read right."""

BEST_ON_CPP = 0.964
"""What g2pM 0.1.2.5, tuned on them, reads right of the same rows of `cpp_dev`; of all rows 0.968, and ours 0.971."""

EXAMPLES = [rule for rules in polyphones.rules().values() for rule in rules]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_polyphones_are_read_as_well_as_ever(name: str) -> None:
    """The share that is right, to three places, is at least the floor; of the large suite every eighth row is read."""
    if name != "golden" and not SHARED.is_dir():
        pytest.skip(f"the development suite {name} is not in {SHARED}")
    rows = suite(name)[:: 8 if name == "cpp_dev" else 1]

    assert share(rows, mandarin.pinyin, light=name == "cpp_dev") >= FLOORS[name]


def test_the_floors_are_above_every_library() -> None:
    """A floor that is lowered below what can be had ready-made is refused."""
    assert FLOORS["news"] > BEST_ON_NEWS
    assert FLOORS["cpp_dev"] > BEST_ON_CPP


def test_our_own_sentences_are_many() -> None:
    """The golden suite is large enough to tell one row in two hundred."""
    assert len(suite("golden")) >= 1000


@pytest.mark.parametrize("rule", EXAMPLES, ids=[rule.example for rule in EXAMPLES])
def test_every_rule_of_usage_reads_its_example(rule: polyphones.Usage) -> None:
    """The character in brackets is read as the rule says."""
    assert mandarin.pinyin(rule.sentence)[rule.place] == rule.reading


@given(st.text(max_size=60))
def test_any_text_has_an_item_a_character(text: str) -> None:
    """No crash; a syllable where there is a Han character that a dictionary has, '' elsewhere."""
    said = mandarin.pinyin(text)

    assert len(said) == len(text)
    assert not any(syllable for char, syllable in zip(text, said, strict=True) if not is_han(char))


@given(
    st.text(
        alphabet=COMMON,
        max_size=60,
    )
)
def test_every_common_character_has_a_syllable(text: str) -> None:
    """Whatever stands beside it, and each is one that exists."""
    assert all(syllable in syllables.known() for syllable in mandarin.pinyin(text))


def test_one_and_not_have_the_dictionary_s_tone() -> None:
    """The tones of speech are for `sandhi`."""
    assert mandarin.pinyin("一定不会一起") == ["yi1", "ding4", "bu4", "hui4", "yi1", "qi3"]


@pytest.mark.parametrize(
    ("text", "place", "by"),
    [
        ("他在银行工作", 3, By.PHRASE),
        ("他去了单县", 3, By.LEXICON),
        ("记者单晓峰报道", 2, By.NAME),
        ("我们得抓紧", 2, By.USAGE),
        ("天空很蓝", 3, By.ONLY),
    ],
)
def test_a_reading_says_what_it_rests_on(text: str, place: int, by: By) -> None:
    """The strongest evidence is the one that is named."""
    chosen = choice.choose(text, mandarin.newsroom_lexicon(), {})[place]

    assert chosen is not None
    assert chosen.by == by


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("民警仇伟连续三天守在堤坝上", [(2, "qiu2")]),
        ("单女士来电", [(0, "shan4")]),
        ("他曾三次获奖", []),
        ("专家解读新规", []),
        ("负责人应尽快到场", []),
        ("华丽的舞台", []),
    ],
)
def test_surnames_are_told_from_words(text: str, found: list[tuple[int, str]]) -> None:
    """An office, a title or a verb of speaking makes a name; a word of the language is none."""
    assert list(surnames.find_surnames(text, segmenter.tokens(text), is_phrase=syllables.is_phrase)) == found


def test_a_word_of_the_newsroom_does_not_lie_across_the_sentence_s_words() -> None:
    """打中 is zhòng, but not in 打|中国队."""
    assert mandarin.pinyin("打中国队")[1] == "zhong1"


def test_the_model_gives_probabilities_for_polyphones_only() -> None:
    """They sum to 1 and are the readings of the character; a character with one reading is left out."""
    shares = g2pm_model.likelihoods("他在重庆", [1, 2])

    assert set(shares) == {2}
    assert set(shares[2]) == {"chong2", "zhong4"}
    assert sum(shares[2].values()) == pytest.approx(1)


def test_the_model_sees_a_sentence_whatever_stands_around_it() -> None:
    """Taken together with other sentences, a sentence is read as alone."""
    alone = g2pm_model.likelihoods("银行关门。", [1])[1]
    among = g2pm_model.likelihoods("今天天气很好，适合出行。银行关门。他走了。", [13])[13]

    assert among == pytest.approx(alone, abs=1e-5)


@pytest.mark.parametrize(
    ("written", "syllable"),
    [
        ("chóng", "chong2"),
        ("lǜ", "lv4"),
        ("lü4", "lv4"),
        ("nü", "nv5"),
        ("de0", "de5"),
        ("X1", "x1"),
        ("!", "!"),
    ],
)
def test_syllables_have_one_spelling(written: str, syllable: str) -> None:
    """A tone digit behind, neutral 5, ü as v; what is no syllable comes back."""
    assert syllables.normal(written) == syllable
