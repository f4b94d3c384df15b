"""Clauses of a sentence: predicate, subject, and on which clause they lean.

Judged by LAC's parts of speech with a few lists of words; no parser. Printed sentences are whole, so the question is
only which cuts leave a whole one: whatever is not clearly so is answered with no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefing.editorial.writer import passage
from briefing.editorial.writer.grammar.main_verbs import NOMINAL, find_main_verb, has_free_nominal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.mandarin.segmenter import Token

PEOPLE_AND_BODIES = frozenset({"PER", "ORG", "LOC", "nz", "nw"})
SAY = "介绍|表示|说|指出|强调|认为|透露|称|提醒|建议|坦言|宣布|告诉|要求|希望|呼吁|预计|预测|解释|回忆|提出|显示|通报|宣称|承认|警告|估算|估计|感慨|直言|补充|分析|提示|说道|披露|声明|证实|发布|明确|规定|感叹|倡议|判断|推算"
"""Verbs that open what somebody says."""

_SAID = re.compile(rf"(?:{SAY})(?:说|道|称)?[，：]$")
_LEADS_IN = re.compile(
    r"^(?:为(?!期|民|人|主|[\u4e00-\u9fff]{1,6}(?:提供|开|建))|为了|通过|随着|自(?!动|主|然|助|己|行)|从|按照?|根据|围绕|针对|当(?!天|日|地|选|前|年|晚|场|事)|如果?|若|只要|虽然|尽管|由于|因(?!此)|对(?!接|标|外|方|手|阵)|对于|关于|作为|"
    r"除了?|经过?(?!济|营|理|费)|聚焦|立足|依托|借助|面对|来到|走进|截至|凡|只有|无论|不管|即使|一旦|不仅|不但|既|得知|在(?!建|册|线|编|校|岗|职|场|逃|读)|受(?!贿|害|伤|益|理|访)|据(?!说)|到(?=目前|[前昨今]|\d|本|上|去))"
)
_ALWAYS_LEADS_IN = re.compile(
    r"(?:据(?!说)|按照|根据|随着|围绕|针对|作为|经(?!济|营|常|理|费)|受(?!伤|害|理|访|贿|益)|截至|到(?=目前|[前昨今]天|\d|本周|上周|今年|去年))"
)
_OPEN_END = re.compile(
    r"(?:[年月天]来|(?<!小)时|[后前中上下里际]|期间|其间|以来|之际|之后|之前|同时|方面|情况下|条件下|背景下|基础上|[年月日天]|左右|起|上午|下午|晚上|凌晨|早上|中午|傍晚|的话|目前|今年|去年|明年|昨天|今天|前天|本周[一二三四五六日]|季度|上半年|下半年|此外|其中|如|比如|例如|包括|是|说|的|和|在|对|把|将|为|给|由|以及|表示|现在|最近|随后|当天|当晚|第一次|统计|介绍|规定|要求|安排|计划|显示|测算|估算)$"
)
_LEANS = re.compile(
    r"^(?:其(?!他|余|实)|其中|他|她|它|并(?!购|轨|非)|也|还(?!款|贷)|又|则|即(?!日)|且|而|但|却|以(?!上|下|色|为)|让|使|从而|进而|确保|都|分别|全部|高于|低于|好于|多于|少于|同比|环比|比(?!赛|例|亚)|较|占(?!地)|达|增长|增速|增幅|下降|降幅|上升|增加|减少|提高|提升|缩短|"
    r"超(?!市|声|级)|该|这|此|由(?!来)|至|用于|分为|只(?!要|有)|再(?!生)|更|就|才|仅|有效|切实|不断|进一步|其余|另|同时|因此|所以|之后|随后|最后|最终|以及|或|和|与|得到|取得|获得|受到|平均|据此|包括|例如|比如|如(?!果)|为(?=\d|历史|近)|是|共|合计|一共|合|约|"
    r"相当于|累计|总计|力争|推动|促进|助力|助推|实现|形成|打造|努力|着力|为|从|不少于|不低于|不超过|不得|每(?!年|月|天|日)|相比|与此|有的|有人|前者|后者|双方|两者|以便|以免|否则|只能|不再|仍|已(?!经有)|将(?!军)|可|能|需|须|应|均|已经|可以|必须|还将|并将|"
    r"打破|创下|创造|刷新|位居|位列|居|排|成为|覆盖|惠及|涉及|涵盖|带动|直至|直到|逐步|严格|积极|全面|深入|持续|加快|加强|进行|开展|完成|建成|推进|提供|设立|设有|设|配备|最[高低大长])"
)
_CONDITION = re.compile(
    r"如果|若|遇到|如遇|只要|只有|除非|一旦|否则|凡|除[^，]{1,16}外|在[^，]{1,20}的人(?:群)?中|其中"
)


_UNTIL = re.compile(r"(?:至|到|截至)[^，]{0,6}(?:[年月日底末初]|周[一二三四五六日]|目前|[前昨今]天)")
"""A day up to which something happened: it belongs to the clause behind it."""
_SERIAL = frozenset(
    {"利用", "采用", "借助", "运用", "使用", "带领", "率领", "组织", "联合", "依托", "凭借", "携手", "牵头"}
)
"""Verbs that say by what means or with whom: the sentence's news is the verb behind them."""


@dataclass(frozen=True, slots=False)
class Clause:
    """One clause with its tokens; `text` ends with its mark."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def bare(self) -> str:
        """Return the clause without its mark."""
        return self.text.rstrip("，；：。！？…")

    @cached_property
    def main_verb(self) -> int:
        """Return the index of the first finite verb outside 的-clauses; -1 without one."""
        return find_main_verb(self.tokens)

    @cached_property
    def has_predicate(self) -> bool:
        """Return whether something is said of somebody, by a verb or by a quantity: 全长34.6公里."""
        return self.main_verb >= 0 or self._quantity > 0

    @cached_property
    def _quantity(self) -> int:
        """Return the index of a quantity that ends the clause behind a nominal; 0 without one."""
        words = [token for token in self.tokens if token.flag != "w"]
        if len(words) <= 1 or not (
            words[-1].flag == "m" and re.search(r"\d|[一二三四五六七八九十两]", words[-1].word)
        ):
            return 0
        return self.tokens.index(words[-1]) if has_free_nominal(words[:-1]) else 0

    @cached_property
    def has_subject(self) -> bool:
        """Return whether a nominal stands before the predicate that no preposition holds."""
        end = self.main_verb if self.main_verb > 0 else self._quantity if self.main_verb < 0 else 0
        before = self.tokens[:end]
        return has_free_nominal(before) and not _opens_with_verb(self.tokens)

    @property
    def is_serial(self) -> bool:
        """Return whether the clause only says by what means or with whom: the act follows (利用数据，发现…)."""
        return self.main_verb >= 0 and self.tokens[self.main_verb].word in _SERIAL

    @cached_property
    def is_topic(self) -> bool:
        """Return whether the clause only names what the next one speaks of: 队员们遇到的第一位访客，."""
        if not self.has_predicate:
            return not self.leads_in and has_free_nominal(self.tokens)
        return self.main_verb == 0 and _names_thing(self.tokens)

    @cached_property
    def tells_of_existence(self) -> bool:
        """Return whether the clause says that there is something, which needs no subject: 已有197名会员."""
        return self.main_verb >= 0 and self.tokens[self.main_verb].word in {
            "有",
            "已有",
            "还有",
            "仍有",
            "没有",
            "另有",
        }

    @cached_property
    def has_named_subject(self) -> bool:
        """Return whether the subject is a name, which needs nothing said before it."""
        before = self.tokens[: max(0, self.main_verb)]
        return self.has_subject and any(token.flag in PEOPLE_AND_BODIES for token in before)

    @cached_property
    def is_speech(self) -> bool:
        """Return whether the clause only says who speaks: 某某说，."""
        return _SAID.search(self.text) is not None and len(self.text) <= 48  # noqa: PLR2004 - longer ones tell something

    @property
    def opens_with_verb(self) -> bool:
        """Return whether the clause opens with its predicate."""
        return _opens_with_verb(self.tokens)

    @property
    def opens_with_preposition(self) -> bool:
        """Return whether the clause is a phrase such as 在…后, whose nominals are nobody's subject."""
        return self.leads_in and _LEADS_IN.match(self.bare) is not None

    @property
    def ends_open(self) -> bool:
        """Return whether the clause ends where a sentence cannot: 在…后, 对…的, 按照…."""
        return _OPEN_END.search(self.bare) is not None and not (
            self.has_predicate
            and not _time_end(self.bare)
            and not self.bare.endswith(("的", "和", "或", "及"))
        )

    @cached_property
    def leads_in(self) -> bool:
        """Return whether the clause needs the next one: 为了…，, 在…后，."""
        if _ALWAYS_LEADS_IN.match(self.bare) and not self.text.endswith("。"):
            return True
        if re.search(r"(?:[年月天]来|以来)$", self.bare) or re.fullmatch(
            r"(?:至|到|截至|自|从)[^，]{1,9}", self.bare
        ):
            return True
        if _OPEN_END.search(self.bare) and not (
            self.has_subject and self.has_predicate and not _time_end(self.bare)
        ):
            return True
        return bool(_LEADS_IN.match(self.bare)) and not (self.has_subject and self._past_opening())

    @property
    def goes_on(self) -> bool:
        """Return whether a clause that looks like an opening is a further predicate: 按大小分成五个等级."""
        return (
            self.has_predicate
            and not self.ends_open
            and not _ALWAYS_LEADS_IN.match(self.bare)
            and not _UNTIL.fullmatch(self.bare)
        )

    def _past_opening(self) -> bool:
        """Return whether a prepositional opening is followed by subject and verb: 在市区，… does not count."""
        verb = self.main_verb
        return verb > 0 and has_free_nominal(_after_phrase(self.tokens)[: max(0, verb)])

    @cached_property
    def leans(self) -> bool:
        """Return whether the clause goes on with the one before it."""
        return bool(_LEANS.match(self.bare)) or not self.has_subject or not self.has_predicate

    @property
    def binds(self) -> bool:
        """Return whether a statement hangs on this clause: a condition, an exception, a denominator."""
        return _CONDITION.search(self.text) is not None


_ADVERBIAL = frozenset({"创新", "重点", "全面", "常态化", "全力", "高标准", "高质量", "精准", "深入"})


_VERBAL = frozenset(
    {
        "编制",
        "印发",
        "制定",
        "组织",
        "开展",
        "启动",
        "部署",
        "支撑",
        "借助",
        "推进",
        "实施",
        "建成",
        "完成",
        "推行",
        "出台",
        "落实",
        "探索",
        "打造",
        "构建",
        "整合",
    }
)
"""Verbs that a tagger often takes for nouns; at the beginning of a sentence, without 的, they are its predicate."""


_CLAUSAL = frozenset(
    {
        "支持",
        "推动",
        "引导",
        "组织",
        "鼓励",
        "帮助",
        "助力",
        "促进",
        "让",
        "使",
        "请",
        "要求",
        "希望",
        "邀请",
        "带动",
        "协助",
        "指导",
        "建议",
        "提醒",
        "确保",
    }
)
"""Verbs whose object is a clause of its own: a further verb behind them is not the sentence's."""


def _opens_with_verb(tokens: Sequence[Token]) -> bool:
    """Return whether the first word that says something is a verb of the predicate rather than of an attribute."""
    opening = next((index for index, token in enumerate(tokens) if not _is_adverbial(token)), len(tokens))
    if opening >= len(tokens):
        return False
    token, rest = tokens[opening], tokens[opening + 1 :]
    if any(later.word == "的" for later in rest) or token.word in {"有", "没有", "是"}:
        return (
            token.word in _VERBAL and token.flag == "v" and not any(later.word == "的" for later in rest[:3])
        )
    if token.word in _VERBAL:
        return bool(rest) and rest[0].flag != "u"
    if token.flag == "vn":
        return (
            bool(rest) and rest[0].flag in {"v", "vd", "ad", "d"} and rest[0].word not in {"将", "已经", "已"}
        )
    if token.flag not in {"v", "vd"}:
        return False
    return token.word in _CLAUSAL or not _goes_on(rest)


def _is_adverbial(token: Token) -> bool:
    return token.flag in {"d", "TIME", "t", "w", "c", "ad"} or token.word in _ADVERBIAL


def _goes_on(rest: Sequence[Token]) -> bool:
    """Return whether a nominal and then another verb follow: 建设用地利用率保持100%."""
    nominal = next((index for index, token in enumerate(rest) if token.flag in NOMINAL), None)
    return nominal is not None and any(token.flag == "v" for token in rest[nominal + 1 :])


def _names_thing(tokens: Sequence[Token]) -> bool:
    """Return whether tokens that open with a verb are a noun with its attribute: 住在四楼的万守田."""
    if len(tokens) > 1 and tokens[1].word == "了":
        return False
    particle = max((index for index, token in enumerate(tokens) if token.word == "的"), default=-1)
    behind = [token for token in tokens[particle + 1 :] if token.flag != "w"]
    return (
        particle > 0
        and bool(behind)
        and all(token.flag in NOMINAL or token.flag in {"m", "a", "c"} for token in behind)
    )


def _time_end(text: str) -> bool:
    return re.search(r"(?:时|后|前|中|期间|之际|以来|同时|的话)$", text) is not None


def cut_clauses(text: str, tokens: Sequence[Token]) -> list[Clause]:
    """Return the clauses of a text with the tokens of each."""
    clauses, start, index = [], 0, 0
    for piece in passage.clauses(text):
        end = start + len(piece)
        mine = []
        while index < len(tokens) and tokens[index].start < end:
            mine.append(tokens[index])
            index += 1
        clauses.append(Clause(piece, tuple(mine)))
        start = end
    return clauses


_ADJECTIVE_END = frozenset("。，；！？")


def _after_phrase(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens
