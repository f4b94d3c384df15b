"""Surnames that are read otherwise than the same character as a word: 曾 zēng, 任 rén, 单 shàn, 区 ōu.

Taggers miss most of these names and see others where there are none (华丽, 解密), so that signs are weighed: what stands
before (an office, 和), what follows (先生, 某, 说), and whether the characters are a word of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.mandarin.segmenter import Token

SURNAMES = {
    "仇": "qiu2", "单": "shan4", "区": "ou1", "任": "ren2", "解": "xie4", "查": "zha1", "朴": "piao2", "曾": "zeng1",
    "盖": "ge3", "华": "hua4", "燕": "yan1", "尉": "wei4", "冼": "xian3", "宁": "ning4", "乐": "yue4", "撒": "sa4",
    "翟": "zhai2", "覃": "qin2", "晁": "chao2", "逄": "pang2", "应": "ying1", "葛": "ge3", "谌": "chen2",
    "种": "chong2", "隗": "wei3", "瞿": "qu2", "盛": "sheng4", "令": "ling2", "员": "yun4", "洗": "xian3",
    "缪": "miao4", "繁": "po2", "哈": "ha3", "纪": "ji4", "缴": "jiao3", "折": "she2", "郇": "xun2",
    "薄": "bo2", "秘": "bi4", "佴": "nai4", "召": "shao4", "訾": "zi1", "逯": "lu4", "阚": "kan4",
    "车": "che1", "卜": "bu3", "强": "qiang2", "相": "xiang4", "过": "guo1", "少": "shao4", "祭": "zhai4",
    "乜": "nie4", "黑": "he4", "俞": "yu2", "柏": "bai3", "鲜": "xian1", "要": "yao1", "沈": "shen3", "曲": "qu1",
}  # fmt: skip
"""The reading of a surname (《现代汉语词典》, 第7版), where the character has others."""

RARE = frozenset("员洗繁哈缴折薄秘召令过少祭黑相强要鲜应种")
"""Seldom surnames and very often words: only an office before them, or a title behind them, makes them names."""

OFFICES = (
    "书记|支书|劳模|先进|主任|[局市区县部院校省州厅处科所镇乡村社站队会组厂店班行团连营师军馆台董事]长|经理|主席|委员|代表|记者|通讯员|教授|医生|医师|"
    "工程师|专家|选手|球员|队员|队友|教练|教练员|技术员|管理员|志愿者|护士|司机|会计|居民|村民|市民|学生|同学|老师|教师|民警|警官|作家|"
    "演员|导演|诗人|先生|女士|同志|总裁|总监|负责人|嫌疑人|被告人|当事人|游客|员工|职工|干部|院士|学者|研究员|博士|硕士|导师|歌手|主持人|"
    "评书演员|艺术家|书法家|画家|作曲家|钢琴家|企业家|科学家|经济学家|历史学家|数学家|[政理物生]\\S{0,2}学家|收藏家|舞蹈家|音乐家|摄影师|"
    "设计师|律师|法官|检察官|审判长|辩护人|发言人|大使|总统|总理|首相|外长|议员|议长|将军|名将|老将|小将|主帅|主教练|门将|前锋|中锋|后卫|"
    "队长|运动员|航天员|宇航员|飞行员|消防员|救援队员|骑手|店主|老板|农民|农户|养殖户|种植户|大户|牧民|渔民|船长|机长|乘务员|列车长|班主任|"
    "辅导员|患者|家长|母亲|父亲|儿子|女儿|妻子|丈夫|老人|小伙|姑娘|青年|党员|社工|网格员|快递员|外卖员|博主|主播|创始人|董事|股东|法人|"
    "得主|冠军|亚军|季军|获得者|传承人|继承人|带头人|模范|英雄|烈士|名宿|先锋|功臣|匠人|工匠|艺人|相声演员|评论员|分析师|首席|院长|馆员|"
    "大学|叫|名叫|叫做|女儿|学员|球星|新秀|骁将|主力|队医|裁判|领队|助教|讲师|校友|读者|观众|听众|乘客|顾客|客户|业主|房东|租客|男子|女子|预报员|[一-龥](?:员|师)|(?:提琴|演奏|歌唱|指挥|翻译|评论|戏剧|雕塑|教育|思想|政治|革命|外交|军事|慈善|银行|实业|探险|小说|散文|剧作|漫画|版画|国画|篆刻|发明|活动|演唱|声乐|木刻|编舞|戏曲|美食)家"
)
"""What people are, and stand before their names."""

_OFFICE = re.compile(rf"(?:{OFFICES})[“《]?$")
_TITLE = re.compile(
    r"(?:某|氏|家[村庄坝湾沟营堡岩坪集屯铺桥寨]|[一-龥]{0,2}(?:先生|女士|同志|教授|医生|书记|主任|局长|老师|师傅|阿姨|大爷|大妈|奶奶|爷爷|大姐|大哥|院士|"
    r"博士|老汉|小姐|警官|院长|校长|县长|市长|总理|总统|夫人|太太|老伯|大叔|婆婆|某某|队长|总经理|董事长)|姓|性?[男女]，)"
)
_SAID = re.compile(
    r"[一-龥]{1,2}(?:[（(]|说|表示|介绍|指出|认为|告诉|强调|回忆|坦言|透露|称[，：“]|告诉|笑着|等|和|与|、|作|率|在|主持|带|出席|正在|荣获|"
    r"荣膺|以|被|当选|获|夺|的[^一-龥]?|从|把|将|对|就|向|为|担任|参加|接受|宣布|连续|创作|团队|家[的里]|，)"
)
_JOINED = re.compile(r"(?:和|与|及|、|由|对|叫|向|被|让|请|给|随|跟|同|找|见到|采访|记者|：|（)$")
_LITTLE = frozenset(
    "因在于是为被有与和向从对以多几何一二两三四五六七八九十到了过着不也都还就会能可要将应把给让用及而或但则并且很最更再又只才其此该每各"
)
"""What no given name begins with."""

_DONE = re.compile(r"[一-龥]?(?:了|过|着|到|出|得|[一-龥]{0,4}(?:邀请|要求))")
_VERB_BEFORE = re.compile(
    r"[我你他她它并后即曾不没已将要被可能会再又正也都为受连兼担继调改升历现时出新主责信胜上离就赴所严清彻核抽排巡复普审调稽检追]$"
)

_GIVEN = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文志海峰林红梅玉兰春梅燕飞鹏波斌宇浩凯晨曦欣怡佳梓涵子轩雨泽诗琪梦瑶思远天乐一鸣俊杰振东"
    "永庆德福祥瑞康宁安邦世昌荣光辉耀宗立新民生家宝金银铁柱根树森茂青松柏竹云龙虎彪豪雄武威毅坚忠诚信义仁礼智贤良善美慧莉萍莹雪琴琳珍珠淑贞惠芬菊莲凤"
    "长江河山川源洪涌清泉润泽少卓越启程学友书琦彬博雅达通顺利胜奇嘉绍兴旺衍"
)
"""Characters that given names are made of."""

_LONGEST_GIVEN = 2
ENOUGH = 3
"""Points that make a name."""


class Name(NamedTuple):
    """A surname in a text: where it stands, and its reading."""

    place: int
    syllable: str


def find_surnames(text: str, tokens: Sequence[Token], *, is_phrase: Callable[[str], bool]) -> Iterator[Name]:
    """Yield the surnames of a text, where their reading differs from the word's or is in doubt.

    `is_phrase` tells whether something is a word of the language: 华丽, 查明, 任何.
    """
    for number, token in enumerate(tokens):
        char = token.word[0]
        if char in SURNAMES and _points(text, tokens, number, is_phrase=is_phrase(token.word)) >= ENOUGH:
            yield Name(token.start, SURNAMES[char])


def _points(text: str, tokens: Sequence[Token], number: int, *, is_phrase: bool) -> float:
    token = tokens[number]
    before, after = text[max(0, token.start - 8) : token.start], text[token.start + 1 : token.start + 9]
    against = 4 * is_phrase + 2 * _matches(_DONE, after) + 3 * (after[:1] in _LITTLE)
    against += 4 * bool(_VERB_BEFORE.search(before))
    points = 2 * bool(_OFFICE.search(before)) + 3 * _matches(_TITLE, after) + _matches(_SAID, after)
    return points - against + (0 if token.word[0] in RARE else _weak_points(before, after, tokens, number))


def _weak_points(before: str, after: str, tokens: Sequence[Token], number: int) -> float:
    """Signs that stand at many words too."""
    token = tokens[number]
    tagged = token.flag.startswith("nr") and len(token.word) > 1
    acts = _acts(tokens, number) and not _matches(_SAID, after)
    joined = bool(_JOINED.search(before)) + (not before or before[-1] in "，。；：“（\n")
    return 1.5 * tagged + _given(tokens, number) + acts + joined


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.match(text))


def _given(tokens: Sequence[Token], number: int) -> float:
    """Return how much what follows looks like a given name: 建国, 立彬."""
    token = tokens[number]
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    rest = token.word[1:] or (following.word if following else "")
    if not 0 < len(rest) <= _LONGEST_GIVEN:
        return 0.0
    tagged = not token.word[1:] and following is not None and following.flag.startswith(("nr", "nz"))
    return tagged + float(all(char in _GIVEN for char in rest))


def _acts(tokens: Sequence[Token], number: int) -> bool:
    """Return whether a verb follows the name."""
    start = tokens[number].start
    ends = {start + 2, start + 3}
    return any(token.start in ends and token.flag[0] in "vdpt" for token in tokens[number + 1 : number + 4])
