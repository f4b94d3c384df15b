"""Tones as they are heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import mandarin


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("一个", "yi2 ge4"),
        ("一起", "yi4 qi3"),
        ("一天", "yi4 tian1"),
        ("第一名", "di4 yi1 ming2"),
        ("二零二一年", "er4 ling2 er4 yi1 nian2"),
        ("一月一号", "yi1 yue4 yi1 hao4"),
        ("十一点", "shi2 yi1 dian3"),
        ("一周", "yi4 zhou1"),
        ("统一", "tong3 yi1"),
        ("三千一百", "san1 qian1 yi4 bai3"),
        ("看一看", "kan4 yi5 kan4"),
        ("不是", "bu2 shi4"),
        ("不能", "bu4 neng2"),
        ("不一样", "bu4 yi2 yang4"),
    ],
)
def test_one_and_not_change_with_what_follows(text: str, heard: str) -> None:
    """一 and 不 rise before a falling tone; 一 falls before others, and stays in numbers."""
    assert " ".join(mandarin.sandhi(text, mandarin.pinyin(text))) == heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("展览馆", "zhan2 lan2 guan3"),
        ("小老虎", "xiao3 lao2 hu3"),
        ("岂有此理", "qi2 you3 ci2 li3"),
        ("很好", "hen2 hao3"),
        ("我想买", "wo3 xiang2 mai3"),
        ("领导岗位", "ling2 dao3 gang3 wei4"),
        ("很，好", "hen3  hao3"),
    ],
)
def test_a_third_tone_before_a_third_rises(text: str, heard: str) -> None:
    """In feet of two inside a word, between words with one of one syllable; never across punctuation."""
    assert " ".join(mandarin.sandhi(text, mandarin.pinyin(text))) == heard


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("十二月一日", "shi2 er4 yue4 yi1 ri4"),
        ("一审", "yi1 shen3"),
        ("一等奖", "yi1 deng2 jiang3"),
        ("一级响应", "yi1 ji2 xiang3 ying4"),
        ("一季度", "yi1 ji4 du4"),
        ("一中全会", "yi1 zhong1 quan2 hui4"),
        ("一流", "yi1 liu2"),
        ("一线", "yi1 xian4"),
        ("统一战线", "tong3 yi1 zhan4 xian4"),
        ("一点五倍", "yi1 dian3 wu3 bei4"),
        ("三分之一的人", "san1 fen1 zhi1 yi1 de5 ren2"),
    ],
)
def test_an_ordinal_one_keeps_its_tone(text: str, heard: str) -> None:
    """It says which one, not how many."""
    assert " ".join(mandarin.sandhi(text, mandarin.pinyin(text))) == heard


@given(st.text(alphabet="一不好很我想买年月日第个，。A1", max_size=40))
def test_only_tones_change(text: str) -> None:
    """The syllables stay, one item a character."""
    cited = mandarin.pinyin(text)

    heard = mandarin.sandhi(text, cited)

    assert [syllable[:-1] for syllable in heard] == [syllable[:-1] for syllable in cited]
