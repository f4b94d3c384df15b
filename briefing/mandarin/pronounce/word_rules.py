"""Decide 长, 种, 得, 都, 行 and their like by the words around them and their parts of speech.

Each function sees one occurrence as a `Place` and returns a reading, or None where nothing speaks for one; the patterns
of `polyphones.toml` and the model come after. Source: 《现代汉语词典》, 第7版; 吕叔湘 《现代汉语八百词》 for 得 and 都.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.mandarin import segmenter
from briefing.mandarin.pronounce import object_rules
from briefing.mandarin.pronounce.wei import decide_wei
from briefing.mandarin.segmenter import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AROUND = 12
"""Characters on each side that a rule can see."""


@dataclass(frozen=True, slots=True)
class Place:
    """One character in its sentence: the text beside it, and the words before, around and behind it."""

    before: str
    after: str
    tokens: Sequence[Token]
    number: int

    @property
    def alone(self) -> bool:
        """Return whether the character is a word of its own."""
        return len(self.tokens[self.number].word) == 1

    @property
    def previous(self) -> str:
        """The word before, '' at the beginning."""
        return self.tokens[self.number - 1].word if self.number else ""

    @property
    def previous_flag(self) -> str:
        """The part of speech of the word before: n, v, a …; x for punctuation and at the beginning."""
        return self.tokens[self.number - 1].flag if self.number else "x"

    @property
    def following(self) -> str:
        """The word behind, '' at the end."""
        return self.tokens[self.number + 1].word if self.number + 1 < len(self.tokens) else ""

    @property
    def following_flag(self) -> str:
        """The part of speech of the word behind; x for punctuation and at the end."""
        return self.tokens[self.number + 1].flag if self.number + 1 < len(self.tokens) else "x"


_ENDS = re.compile(r"$|[，。、；：！？”）》]|[且而又]")
_GROWS = re.compile(
    "(?:出|满|大|胖|势|成(?!都)|着|得|了|个|牙|叶|芽|霉|肉|痘|斑|草|毛|虫|疮|刺|胡|花|脸|知识|见识|本事|记性|教训|心眼|皱|白发|包|瘤|结节|"
    "不(?:出|大|高|好)|在(?:[^，。]{0,6}(?:上|里|中|旁|边|下|间|地))|相|高(?![度江]))"
)
_LONG_BEFORE = re.compile(
    "(?:很|更|最|较|太|特别|非常|过|寿命|这么|那么|越来越|稍|略|偏|超|全|总|身|腿|路|链|命|程|线|途|跨度|周期|时间|历史|续航|篇幅|工期|假期|寿命|战线|尺寸|之|流程|"
    "排队|等待|耗时|链条|航程|里程|间隔|期限|年限|条|段|根|尾巴|头发|脖子|胡子|裙子|名字|队伍|队|距离|年代|岁月|余|米|公里|厘米|河道|岸线|海岸线|隧道|桥|坝|绳|管|廊)$"
)
_LONG_AFTER = re.compile(
    "(?:租|达|约|近|期|短|假|跑|款|途|效|安|城|江|三角|沙|春|袖|裤|裙|发[的，。]|卷|廊|椅|龙|度|时间|年|久|河|臂|征|远|夜|工|剧|篇|文|镜头|视频|波|轴|焦|护|"
    "尾|板|宽|于|[〇零一二两三四五六七八九十百千万几数半多\\d])"
)
_CHIEFS = re.compile(
    "(?:[市县区省州乡镇村局厅处科院校部团营连排班组舰机船行社站厂馆台园段队会室盟旗]|委员|董事|秘书|检察|审判|理事|列车|护士|参谋|裁判|干事|财|酋|家|学|兄|船|机)$"
)
_OFFICE = re.compile("(?:会议|办公|助理|接待|信箱|热线|[，。、：”]|$|说|表示|介绍|带|在|和|与|的|主持|出席)")
_USED = re.compile("(?:用|尽|展|有|挥|其|己|师|各|取|补)所$")


def _decide_chang(place: Place) -> str | None:  # noqa: PLR0911 - one return a sign, the surest first
    """长: zhǎng to grow and a chief, cháng long."""
    if _USED.search(place.before) or place.before.endswith("之"):
        return "chang2"
    if re.search("委员$", place.before):
        return "zhang3"
    if not place.alone:
        return None
    if re.match("[〇零一二两三四五六七八九十几数]{1,3}(?:多)?岁", place.after):
        return "zhang3"
    if _GROWS.match(place.after) and not _LONG_BEFORE.search(place.before):
        return "zhang3"
    if _LONG_AFTER.match(place.after) or (_LONG_BEFORE.search(place.before) and _ENDS.match(place.after)):
        return "chang2"
    if place.previous_flag[0] == "n" and _ENDS.match(place.after):
        return "zhang3" if _CHIEFS.search(place.before) and _OFFICE.match(place.after) else "chang2"
    return None


_PLANTS = re.compile(
    "(?:在|下|了|上|出|进|植|田|地|粮|菜|树|草|花|瓜|棉|豆|麦|稻|玉米|水稻|小麦|桑|茶|果|药材|葡萄|苹果|香蕉|辣椒|土豆|红薯|油菜|大豆|高粱|烟叶|麻|竹|柑|橘|"
    "梨|桃|李子|枣|杏|枸杞|百合|人参|菌|蘑菇|木耳|牡丹|玫瑰|过|着|满|得|什么|庄稼|蔬菜|西瓜|草莓|大棚|大蒜|生姜|花椒|藕|莲|橙|柚|甘蔗|苗|林)"
)
_CROPS = re.compile("(?:大豆|玉米|小麦|水稻|油菜|粮|树|草|花生|棉花)")
_SORTS = re.compile(
    "[〇零一二两三四五六七八九十百千万几数多每各这那此某何哪该新良两余\\d](?:大|小|余|多)?$|某些|同$|本$|第$|另$"
)


def _decide_zhong(place: Place) -> str | None:  # noqa: PLR0911 - as above
    """种: zhòng to plant, zhǒng a sort."""
    if place.before.endswith("种") and re.match("[进在下上满]", place.after):
        return "zhong4"
    if not place.alone or place.following == "种":
        return None
    if _SORTS.search(place.before) and not place.before.endswith("多"):
        return "zhong3"
    if place.previous_flag[0] == "m":
        return "zhong3"
    if re.search("(?:[年户民村]|要|应|可|鼓励|农场)多$", place.before) and _CROPS.match(place.after):
        return "zhong4"
    if (
        place.before.endswith("多")
        and not re.search("[更不]多$", place.before)
        and not _PLANTS.match(place.after)
    ):
        return "zhong3"
    return "zhong4" if _PLANTS.match(place.after) else None


_GETS = re.compile(
    "(?:奖(?!励)|分(?!为|成|开|清)|票|名|知|主(?!动)|病|冠|金牌|银牌|铜牌|逞|罪|体|当(?!着|好|面|地)|宠|道|第|失|益|胜|此|其|"
    "[〇零一二两三四五六七八九十百千\\d]+(?:分|票|枚|个|金|银|块|次|项))"
)
_ADVERBS_OF_NEED = frozenset("也还就总必又便才")
_COMPLEMENT = re.compile("[见出起过赢住动到着上下了开清懂完好成死及通进回掉稳准来去太很更非十特格越][^，。]?")
_MODAL_BEFORE = re.compile("(?:就|还|都|也|总|必|只|又|便|才|最后|非|可|你|我|咱|们|他|她|人|者|谁)$")
_MODAL_VERBS = re.compile(
    "(?:慢慢|好好|仔细|早点|早早|快点|多多|常常|时时|处处|天天|年年|有|带|先|走|花|靠|看(?![见出到起清])|找(?![到])|给|让|把|做(?![到好])|办(?![到好理])|抓|注意|考虑|准备|学(?!会)|用|等(?!到)|问|想(?![到起])|马上|尽快|赶紧|赶快|及时|提前|加强|"
    "手术|治|付|交|缴|排队|坐|住院|打(?!赢|动|过|中)|穿|拿|从|为|往|由|按|一步|讲|在|跑(?!赢|过)|下(?!来|去)|请|跟|和|对|向|重新|多|再|要|承认|说(?!出|清|上|过)|听|管|守|吃|喝|"
    "买(?!到|起)|换|改|练|拼|熬|算|数|掏|加|减|开(?!心|朗)|关(?!系)|查|测|验|戴|背|扛|凭|经|自己|亲自|一[个家次点]|每|两|三|几|持|保|防|慎|依|遵|符合|是)"
)


def _must_do(place: Place) -> bool:
    """Return whether an act follows, by its words or behind an adverb of need: 也得涨."""
    needed = place.previous in _ADVERBS_OF_NEED and place.following_flag[0] in "vdz"
    return needed or bool(_MODAL_VERBS.match(place.after))


def _decide_de(place: Place) -> str | None:
    """得: děi must, dé to get; de behind a verb or an adjective is left to the patterns."""
    if not place.alone:
        return "de2" if re.match("奖(?!励)", place.after) else None
    if place.following.startswith("奖") or (place.previous == "中" and _GETS.match(place.after)):
        return "de2"
    starts = place.previous_flag[0] == "x" or place.previous in {"", "，", "。", "；"}
    if _GETS.match(place.after) and place.previous_flag[0] in "xfdnrtcupm":
        return "de2"
    topic = (
        len(place.previous) > 1 or place.previous_flag[0] in "nrt" or bool(_MODAL_BEFORE.search(place.before))
    )
    if not _must_do(place):
        return "de5" if place.previous_flag in {"a", "ad", "an", "b"} and not starts else None
    if starts or (topic and place.previous_flag[0] not in "ai" and not _COMPLEMENT.match(place.after)):
        return "dei3"
    return "dei3" if _MODAL_BEFORE.search(place.before) else None


_TOWN = re.compile("[药花茶酒瓷陶钢煤帝故陪水影乳稻粮棉竹石灯袜鞋皮]$")
_PREDICATE_FLAGS = "vdaprcil"
_METROPOLIS = re.compile("(?:大|国际|现代|时尚|繁华|海滨|座|东方|古)$")


def _decide_dou(place: Place) -> str | None:
    """都: dōu all, dū a capital and a town that is known for something (药都)."""
    word = place.tokens[place.number].word
    if word == "都会" or (place.alone and place.after.startswith("会")):
        follows = place.after[1:2]
        is_town = _METROPOLIS.search(place.before) or not follows or follows in "的，。、区圈”"
        return "du1" if is_town else "dou1"
    if not place.alone:
        return None
    if place.previous == "之" or (_TOWN.search(place.before) and re.match("[，。、”]|$", place.after)):
        return "du1"
    if place.following_flag[0] in _PREDICATE_FLAGS or place.previous_flag[0] in "rd":
        return "dou1"
    is_name = place.previous_flag[0] == "n" and len(place.previous) <= 2  # noqa: PLR2004 - 药都, 世界花都
    return "du1" if is_name and (place.following_flag[0] in "xn" or place.following == "的") else None


def _decide_hang(place: Place) -> str | None:
    """行: háng a bank or a line, where it is counted or named."""
    if place.alone and re.search(
        "(?:[〇零一二两三四五六七八九十多几数各这那哪]家|城商|农商|国有|股份)$", place.before
    ):
        return "hang2"
    if re.match("不行", place.after) or place.before.endswith("不"):
        return "xing2"
    return None


def _decide_bao(place: Place) -> str | None:
    """曝: bào to bring to light, pù to lie in the sun."""
    return "pu4" if re.match("晒|书|背|于", place.after) or place.before.endswith("一") else "bao4"


_SPEAKS = re.compile("(?:强调|指出|表示|提到|说|谈到|称|写道|提出|要求|介绍|回应)")


def _decide_zhong1(place: Place) -> str | None:
    """中: zhōng in the middle of, behind a noun or an act that goes on; zhòng to win."""
    if re.match(
        "(?:大奖|头奖|[一二三特]等奖|了[^，。]{0,4}(?:奖|枪|弹|签|彩|毒|暑)|双色球|得头奖|签号)", place.after
    ):
        return "zhong4"
    if not place.alone or place.previous_flag[0] not in "nv" or len(place.previous) < 2:  # noqa: PLR2004 - 发言, 比赛
        return None
    ends = re.match("[，。、的]|$", place.after) or _SPEAKS.match(place.after)
    return (
        "zhong1"
        if ends and not re.search("(?:命|击|打|看|选|考|猜|射|投|押|抽|买|摇|砸|撞)$", place.before)
        else None
    )


def _decide_qie(place: Place) -> str | None:
    """切: qiē to cut, qiè where it warns (切不可)."""
    return None if not place.alone or re.match("[不莫勿记忌]", place.after) else "qie1"


def _decide_zuan(place: Place) -> str | None:
    """钻: zuān to drill and to creep in, zuàn a diamond and a drill."""
    if re.match("井|探|研|空子|牛角尖|孔|洞|山|进|入|过|出|到|木取火", place.after):
        return "zuan1"
    if place.alone and re.search("(?:可|能|得|敢|想|往[^，。]{1,4}|空子)$", place.before):
        return "zuan1"
    return None


def _decide_huan(place: Place) -> str | None:
    """还: huán to give back what is named behind the person: 还当事人以公道."""
    match = re.match(
        "(?!是|有|在|要|会|能|将|可|需|没|未|不|得|应)[^，。；]{1,8}(?:以|一个)(?:公道|清白|公平|真相|清静|安宁|蓝天|晴天)",
        place.after,
    )
    return "huan2" if place.alone and match else None


def _decide_la(place: Place) -> str | None:
    """落: là to leave behind."""
    if re.search("(?:把|将)[^，。；]{1,8}$", place.before) and re.match("在|下", place.after):
        return "la4"
    return (
        "la4"
        if re.search("(?:功课|作业|课程|进度)[^，。]{0,3}$", place.before) and re.match("下", place.after)
        else None
    )


def _decide_cheng(place: Place) -> str | None:
    """盛: chéng to fill into a vessel."""
    vessel = re.search("(?:瓶|桶|罐|袋|盒|缸|碗|盆|锅|容器|用来|用于)$", place.before)
    return "cheng2" if vessel and re.match("装|放|满|水|饭|汤|有", place.after) else None


def _decide_she(place: Place) -> str | None:
    """折: shé broken off, behind the verb that did it."""
    return (
        "she2"
        if re.search("[压打撞摔刮踩砸扭]$", place.before) and re.match("[了，。]|$", place.after)
        else None
    )


def _decide_dan(place: Place) -> str | None:
    """弹: dàn a shell or a bomb, where it is counted or ends its name."""
    return (
        "dan4"
        if re.search("(?:[枚颗发][^，。]{0,6}|未爆|炸|炮|燃烧|催泪|烟雾|照明)$", place.before)
        else None
    )


def _decide_dun(place: Place) -> str | None:
    """囤: dùn a bin for grain."""
    return (
        "dun4"
        if re.match("[里中内子尖]", place.after)
        or (re.search("[粮米谷]$", place.before) and re.match("[，。满]|$", place.after))
        else None
    )


def _decide_jiao(place: Place) -> str | None:
    """教: jiāo to teach somebody."""
    if not place.alone:
        return None
    taught = place.following_flag[0] == "r" or re.match(
        "(?:徒弟|孩子|学生|学员|村民|农户|农民|群众|老人|大家|居民|弟子|年轻人|游客|市民|同学|员工|技术|做|写|唱|画|说|识字|会|过|了|得|给)",
        place.after,
    )
    return "jiao1" if taught and not re.match("学生涯|会(?!了)", place.after) else None


def _decide_lv(place: Place) -> str | None:
    """率: lǜ a rate behind its noun, shuài to lead."""
    word = place.tokens[place.number].word
    if len(word) > 2 and word.endswith("率"):  # noqa: PLR2004 - 草率 and 表率 have two
        return "lv4"
    leads = re.match(
        "[团队部众先领军兵舰]|[^，。；]{1,10}(?:代表团|团队|考察团|访问|出访|赴|抵|队(?:出|参|前)|出席|来访|考察)",
        place.after,
    )
    if leads or place.previous_flag[0] in "rxd" or place.previous_flag.startswith("nr"):
        return None
    return "lv4" if place.previous_flag[0] in "nvamligtfb" else None


def _beside(rule: Callable[[str, str], str | None]) -> Callable[[Place], str | None]:
    """Return a rule of a place for one of the text before and behind it."""
    return lambda place: rule(place.before, place.after)


def _alone(rule: Callable[[str, str], str | None]) -> Callable[[Place], str | None]:
    """Return the same for characters that are words of their own."""
    return lambda place: rule(place.before, place.after) if place.alone else None


_DECISIONS: dict[str, Callable[[Place], str | None]] = {
    "长": _decide_chang,
    "种": _decide_zhong,
    "得": _decide_de,
    "都": _decide_dou,
    "行": _decide_hang,
    "曝": _decide_bao,
    "着": _alone(object_rules.decide_zhe),
    "中": _decide_zhong1,
    "切": _decide_qie,
    "钻": _decide_zuan,
    "数": lambda place: object_rules.decide_shu(place.before, place.after, alone=place.alone),
    "载": _alone(object_rules.decide_zai),
    "薄": _alone(object_rules.decide_bo),
    "差": _alone(object_rules.decide_cha),
    "结": _beside(object_rules.decide_jie),
    "还": _decide_huan,
    "落": _decide_la,
    "盛": _decide_cheng,
    "折": _decide_she,
    "弹": _decide_dan,
    "囤": _decide_dun,
    "教": _decide_jiao,
    "率": _decide_lv,
}
CHARACTERS = frozenset(_DECISIONS) | {"为"}
"""Characters that are decided here."""


def _split_guess(start: int, tokens: Sequence[Token], number: int) -> tuple[Sequence[Token], int]:
    """Return the tokens with the character at `start` apart, where the segmenter has guessed a word (寿命长)."""
    token = tokens[number]
    if len(token.word) == 1 or segmenter.frequency(token.word):
        return tokens, number
    offset = start - token.start
    head = _retag(token.word[:offset], token.start)
    right = _retag(token.word[offset + 1 :], start + 1)
    alone = Token(token.word[offset], "x", start)
    return [*tokens[:number], *head, alone, *right, *tokens[number + 1 :]], number + len(head)


def _retag(text: str, start: int) -> list[Token]:
    return (
        [Token(token.word, token.flag, token.start + start) for token in segmenter.tokens(text)]
        if text
        else []
    )


def decide(text: str, start: int, tokens: Sequence[Token], number: int) -> str | None:
    """Return the reading that the words around the character at `start` give it, None for none."""
    char = text[start]
    if char not in CHARACTERS:
        return None
    tokens, number = _split_guess(start, tokens, number)
    if char == "为":
        return decide_wei(text, tokens, number) if tokens[number].word == char else None
    rule = _DECISIONS[char]
    before, after = text[max(0, start - AROUND) : start], text[start + 1 : start + 1 + AROUND]
    return rule(Place(before, after, tokens, number))
