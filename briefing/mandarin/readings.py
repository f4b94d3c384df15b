"""Which reading each character has, how sure that is, and why.

Evidence, the strongest first: the editor's mark, the lexicon, names of people, particles, phrases of the
dictionary, the model for what no phrase covers, the commonest reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.mandarin import model_g2pm, syllables, words
from briefing.model import is_han

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.mandarin.lexicon import Lexicon

SURNAMES = {
    "仇": "qiu2",
    "单": "shan4",
    "区": "ou1",
    "任": "ren2",
    "解": "xie4",
    "查": "zha1",
    "朴": "piao2",
    "曾": "zeng1",
    "盖": "ge3",
    "华": "hua4",
    "燕": "yan1",
    "尉": "wei4",
    "冼": "xian3",
    "纪": "ji3",
    "宁": "ning4",
    "乐": "yue4",
    "臧": "zang1",
    "翟": "zhai2",
    "覃": "qin2",
    "晁": "chao2",
    "卜": "bu3",
    "逄": "pang2",
    "应": "ying1",
    "葛": "ge3",
    "谌": "chen2",
    "种": "chong2",
    "隗": "wei3",
    "贾": "jia3",
    "瞿": "qu2",
    "车": "che1",
    "盛": "sheng4",
    "褚": "chu3",
}  # fmt: skip - a table reads best in rows
"""Characters that are read otherwise, or decided, when they are a surname (《现代汉语词典》, 第7版)."""

_OFFICE_BEFORE = re.compile(
    r"(?:书记|主任|局长|市长|区长|县长|部长|院长|校长|经理|董事长|主席|委员|代表|记者|教授|医生|站长|队长|会长|组长|主任医师|工程师|专家|"
    r"选手|球员|队员|教练|技术员|管理员|志愿者|护士|司机|会计|村主任|居民|村民|市民|学生|同学|老师|民警|作家|演员|导演|诗人|先生|女士|同志|总裁|负责人|嫌疑人|被告人|游客|员工|职工|干部|院士|村支书)$"
)

AMBIGUOUS = frozenset(
    "把背奔薄便泊藏曾差长朝称乘冲重臭处传创答打大待单担当倒得的地调都度恶发分佛干钢给更供勾冠观好号喝和荷横哄划华晃会几济系夹假间监见将降角教校结解禁尽劲卷倔觉卡看空落累"
    "了量论露绿率没闷蒙模磨难宁弄迫铺强切曲圈任撒塞散丧色煞扇少舍参什省盛石食数说似宿提挑帖吐为尾鲜相巷肖削血压咽要应与晕载扎炸占涨着折正挣症只中种轴转钻作行还兴"
)
"""Characters that are often read in more than one way: what no phrase settles here, an editor should look at."""

CERTAIN, LIKELY, DOUBTFUL = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A character's reading, the others that it could have, and why this one; `sure` is CERTAIN to DOUBTFUL."""

    syllable: str
    others: tuple[str, ...]
    why: str
    sure: int


def choose(text: str, lexicon: Lexicon, marked: Mapping[int, str]) -> list[Chosen | None]:
    """One reading for each Han character of a text, None for other characters; `marked` is the editor's word."""
    found = _by_dictionary(text)
    _by_model(text, found)
    if any(char in "地得" for char in text) or _may_hold_names(text):
        _by_tags(text, found)
    for start, entry in lexicon.matches(text):
        places = [start + offset for offset, char in enumerate(entry.word) if is_han(char)]
        for place, syllable in zip(places, entry.pinyin, strict=False):
            found[place] = _settled(found[place], syllable, "lexicon")
    for place, syllable in marked.items():
        found[place] = _settled(found[place], syllable, "marked by the editor")
    return found


def _settled(chosen: Chosen | None, syllable: str, why: str) -> Chosen:
    others = (
        () if chosen is None else tuple(one for one in (chosen.syllable, *chosen.others) if one != syllable)
    )
    return Chosen(syllable, others, why, CERTAIN)


def _by_dictionary(text: str) -> list[Chosen | None]:
    """By phrases; a character that no phrase covers has its commonest reading for now."""
    found: list[Chosen | None] = []
    for phrase in syllables.phrases(text):
        said = syllables.of_phrase(phrase)
        if said and len(said) == len(phrase):
            found += [
                Chosen(one, _others(char, one), f"phrase {phrase}", LIKELY)
                for char, one in zip(phrase, said, strict=True)
            ]
        else:
            found += map(_commonest, phrase)
    return found


def _commonest(char: str) -> Chosen | None:
    if not is_han(char):
        return None
    said = syllables.of_char(char) or ("",)
    sure = DOUBTFUL if len(said) > 1 else CERTAIN
    return Chosen(said[0], said[1:], "commonest reading" if said[1:] else "only reading", sure)


def _others(char: str, chosen: str) -> tuple[str, ...]:
    return tuple(one for one in syllables.of_char(char) if one != chosen)


def _by_model(text: str, found: list[Chosen | None]) -> None:
    """Let the model decide where only the commonest reading is known."""
    open_places = [place for place, chosen in enumerate(found) if chosen and chosen.sure == DOUBTFUL]
    if not open_places:
        return
    said = model_g2pm.readings(text)
    if len(said) != len(text):
        return
    for place in open_places:
        chosen = found[place]
        if chosen and said[place] in syllables.known():
            others = tuple(one for one in (chosen.syllable, *chosen.others) if one != said[place])
            found[place] = Chosen(
                said[place], others, "model", DOUBTFUL if text[place] in AMBIGUOUS else LIKELY
            )


def _may_hold_names(text: str) -> bool:
    return any(char in SURNAMES for char in text)


def _by_tags(text: str, found: list[Chosen | None]) -> None:
    """Surnames, and 地 and 得 as particles, by jieba's parts of speech."""
    place = 0
    tagged = words.tag(text)
    for number, (word, flag) in enumerate(tagged):
        before = text[:place]
        if word[0] in SURNAMES and (flag == "nr" or _surname_before_name(tagged, number, before)):
            _settle(found, place, SURNAMES[word[0]], "surname")
        elif (word == "地" and _is_adverb_mark(tagged, number)) or (
            word == "得" and number and tagged[number - 1][1][0] in "va"
        ):
            _settle(found, place, "de5", "particle")
        place += len(word)


def _is_adverb_mark(tagged: list[tuple[str, str]], number: int) -> bool:
    """地 between a describing word and a verb."""
    if tagged[number][0] != "地" or not 0 < number < len(tagged) - 1:
        return False
    return tagged[number - 1][1][0] in "adivz" and tagged[number + 1][1][0] in "vad"


def _is_result_mark(tagged: list[tuple[str, str]], number: int) -> bool:
    """得 behind a verb or an adjective: 跑得快."""
    return tagged[number][0] == "得" and number > 0 and tagged[number - 1][1][0] in "va"


def _surname_before_name(tagged: list[tuple[str, str]], number: int, before: str) -> bool:
    """A character of the surnames between an office and a given name, or before 某, 先生 and the like."""
    word, flag = tagged[number]
    after, after_flag = tagged[number + 1] if number + 1 < len(tagged) else ("", "")
    if len(word) == 1 and re.match("某|先生|女士|同志|教授|医生|书记|主任|局长", after):
        return True
    if not _OFFICE_BEFORE.search(before):
        return False
    return after_flag == "nr" if len(word) == 1 else flag[0] not in "va" and not syllables.of_phrase(word)


def _settle(found: list[Chosen | None], place: int, syllable: str, why: str) -> None:
    chosen = found[place]
    if chosen:
        found[place] = replace(_settled(chosen, syllable, why), sure=LIKELY)
