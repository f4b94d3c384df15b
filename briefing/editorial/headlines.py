"""Headlines: a printed title, or the news of its story, as one short sentence with subject and verb.

A title of a page is often two phrases without a verb, a riddle or a slogan. Its parts are tried first; where none is
a sentence, the story's own sentences give one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from briefing.editorial.facts.read_numerals import read_numeral
from briefing.editorial.writer import judging, officialese, statements
from briefing.editorial.writer.sentence_grammar import NOMINAL, cut_clauses
from briefing.editorial.writer.style import places, plain_words, print_habits
from briefing.mandarin.tagger import tag_words
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.statements import Page
    from briefing.model import Article

MAX_HAN = 24
"""Han characters of a headline."""
REPEATED = (1.0, 0.86, 0.5)
"""By fitness, share of the lead's words above which a headline says the lead again."""
BORNE_OUT = 0.5
"""Share of a title's words that its story's sentences must hold; titles say the rest in other words."""
FEW_SHARED = (0, 0, 2)
"""By fitness, words of the title that a headline made from another sentence holds."""
LATER = 0.15
"""How much less each later sentence is worth as a headline."""
MIN_LENGTH = 10
"""Han characters and digits under which a headline tells nothing."""
MAX_CLAUSES = 8
"""Clauses of a sentence among which a headline is looked for."""

_CONTENT = frozenset({"n", "nz", "nw", "nr", "ns", "nt", "PER", "LOC", "ORG", "v", "vn", "vd", "an", "s"})
_NAMES = frozenset({"PER", "LOC", "ORG", "nr", "ns", "nt"})
_FIGURE = re.compile(
    r"\d[\d.]*[万亿]*|[一二两三四五六七八九十百千万亿零〇]*[一二两三四五六七八九十百千](?:点[零一二三四五六七八九]+)?[万亿]*"
)
_HOLLOW = re.compile(
    r"启动[^，。]{0,4}专项行动|(?:考察|调研|座谈|走访|视察|慰问)|相关工作|点亮|扮靓|唱响|奏响|绽放|(?:启动|举行|召开|开展|建议|督促|推动|助力|聚焦)[，。]|建议督促|满(?:一|两|三|\d)年。$|建于|专项行动。$|仪式|工作机制|实施情况"
)
"""Acts without a result, and slogans: a listener knows nothing more."""
_ALONE = re.compile(
    r"^(?:其余?|该|这|那|此|\d+月\d+日|[以在从将已]|当[晚天日时]|后来|目前|双方|两家|两个|本案|现场|相关|以此)|裁决生效|某|[甲乙丙]公司|自己|具体|为准|请"
)
"""Words of a sentence that needs the one before it, or names nobody that a listener knows."""
_GROUNDS = re.compile(r"^(?:根据|按照|经)[^，。]{2,12}，")
"""Grounds on which something is done: grammar lets them go."""
_PERIOD = re.compile(r"^((?:[去今前]年|\d{4}年)[^，]{0,6}|[^，]{0,4}季度|到[^，]{1,6})，")
"""Span of time of which the whole sentence is true: it stays."""
_NOT_SHARED = re.compile(r"[使让令占达比约由被据有是]|同比|环比|导致|造成|引发|包括|位居|位列|还|也")
"""Openings of clauses whose subject may be the event before, or a figure."""
_HEDGED = re.compile(
    r"如果|若|一旦|只要|除非|否则|预计|计划|拟|可能|认为|称|否认|怀疑|据|假如|其中|到[^，]{1,6}底|[年月]底前"
)
"""Words before a clause without which it would say more than the story does."""
_RESULT = re.compile(
    r"判|裁决|赔|罚|追回|退还|获|夺|胜|负|入选|打破|拍出|捐|救|拦住|抓|开通|通车|投用|建成|完成|恢复|更换|下水|上路|开售|开放|涨|跌|增|降|减|提高|发现|找到|查明|召回|通过|施行|取消|停|起(?:实行|执行|施行)"
)

_BETWEEN = re.compile(r"\s*(?:[|｜丨]|(?<!\d)/|——+|--+|\s)\s*")
_LABEL = re.compile(
    r"^(?:快讯|头条|关注|聚焦|独家|视频|图解|图集|要闻|最新|重磅|[^，]{2,6})[丨|｜：:]\s*(?=\S{4,})"
)
_RIDDLE = re.compile(
    r"[？！?!]|为何|为什么|如何|怎[么样]|啥|谁|多少|哪[里个些]|原来|竟然?|揭秘|真相|是什么|来了$|这么|这样|什么|究竟|到底|有望吗|背后|^让|^要|一文|速看|注意|提醒你|您|你|别|背影|答案|故事$|密码$|(?:冬天|春天|夏天|秋天)。?$|走笔$|见闻$|侧记$|纪实$|综述$|述评$|观察$|的人$|之路$|印象$"
)
_CEREMONY = re.compile(
    r"(启动|签约|揭牌|授牌|开工|奠基|竣工|颁奖)仪式(?:暨[^，。 ]{2,24}仪式)?(?:在[^，。 ]{2,16})?(?:成功|隆重)?举行$"
)
"""Ceremonies in a title: the act is the news."""
_TIME_OPENING = re.compile(
    r"^(?:[前昨今明][天晚](?:上午|下午|晚上|清晨|凌晨|早上)?|本周[一二三四五六日]|上周[一二三四五六日]|\d{1,2}月\d{1,2}日(?:上午|下午|晚上)?|最近|当地时间[^，]{2,10})，"
)


class Fitness(IntEnum):
    """Fitness of a headline to be announced."""

    NAME = 0
    """Only the name of a chapter."""
    FAIR = 1
    """Near its lead, or background: announced where there are few others."""
    GOOD = 2


@dataclass(frozen=True, slots=True)
class Headline:
    """A sentence for the headlines, its printed source, and the chapter's title (without a full stop)."""

    text: str
    rests_on: tuple[str, ...]
    fitness: Fitness = Fitness.GOOD

    @property
    def title(self) -> str:
        """Return the headline as a chapter's title."""
        return self.text.rstrip("。")


def write_headline(article: Article, told: Sequence[Sentence], page: Page) -> Headline:
    """Return the headline of a story: its title or the best of its sentences, whatever its sentences bear out.

    Where neither is fit to be announced, it is the title as it is, as a name for the chapter only.
    """
    whole = say_title(article.title, page)
    if told:
        aired = AiredStory(tuple(places.name_home(sentence.text, page.place) for sentence in told))
        for fitness in (Fitness.GOOD, Fitness.FAIR):
            for text in _of_title(whole):
                if is_sentence(text) and aired.allows_title(text, fitness) and _tells_result(text, whole):
                    return Headline(text, (article.title,), fitness)
            candidates = _candidates(told, aired, page, _content_words(whole), fitness)
            if best := max(candidates, default=None, key=_by_worth):
                return Headline(best.text, (article.title, *best.rests_on), fitness)
    parts = _of_title(whole) if told else ()
    plain = next((text for text in parts if "，" not in text and is_sentence(text, hollow=True)), "")
    return Headline(plain or _ended(whole.replace(" ", "，")), (article.title,), Fitness.NAME)


def _tells_result(text: str, whole: str) -> bool:
    """Return whether a title's part tells what came out; a whole title is taken at its word."""
    return text == _ended(whole.replace(" ", "，")) or _RESULT.search(text) is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the story that may be its headline, what it rests on, and its worth."""

    text: str
    rests_on: tuple[str, ...]
    worth: float


def _by_worth(candidate: Candidate) -> float:
    return candidate.worth


def _candidates(
    told: Sequence[Sentence], aired: AiredStory, page: Page, titled: frozenset[str], fitness: Fitness
) -> Iterator[Candidate]:
    """Yield what the story's sentences give, shortened: results with words of the title, so its news."""
    for order, sentence in enumerate(told):
        for part in _of_sentence(sentence.text):
            text = places.name_home(part, page.place)
            words = _content_words(text)
            shared = len(words & titled)
            if text in aired.sentences or shared < min(FEW_SHARED[fitness], len(titled)):
                continue
            result = _RESULT.search(text) is not None
            opening = order == 0 and _bare_sentence(sentence.text).startswith(text.rstrip("。"))
            if not (result if fitness is Fitness.GOOD else opening and _FIGURE.search(text)):
                continue
            if is_sentence(text) and not aired.repeats(text, fitness) and not _ALONE.search(text):
                yield Candidate(text, sentence.rests_on, _worth(text, words, titled) - LATER * order)


def _worth(text: str, words: frozenset[str], titled: frozenset[str]) -> float:
    """Return how well a sentence tells the news: by the title's words, a figure, and briefly."""
    shared = len(words & titled) / max(1, len(titled))
    return 3 * shared + 0.5 * bool(_FIGURE.search(text)) - 0.02 * han_count(text)


@dataclass(frozen=True, slots=True)
class AiredStory:
    """Sentences of a story as they are aired, against which a headline is held."""

    sentences: tuple[str, ...]

    def allows_title(self, text: str, fitness: Fitness) -> bool:
        """Return whether a printed title may be announced: borne out, not the lead again, no false fusion."""
        whole = "".join(self.sentences)
        words = _content_words(text)
        common = sum(word in whole for word in words)
        return (
            common >= BORNE_OUT * len(words)
            and _figures(text) <= _figures(whole)
            and all(name in whole for name in _names(text))
            and not self.repeats(text, fitness)
            and self._joins_truly(text)
        )

    def repeats(self, text: str, fitness: Fitness) -> bool:
        """Return whether a headline says too many of the lead's words."""
        lead = _content_words(self.sentences[0])
        return len(_content_words(text) & lead) > REPEATED[fitness] * len(lead)

    def _joins_truly(self, text: str) -> bool:
        """Return whether clauses without a subject are told of the first one's subject in some sentence."""
        clauses = cut_clauses(text, tag_words(text))
        subject = "".join(token.word for token in clauses[0].tokens[: max(1, clauses[0].main_verb)])
        return all(
            judging.is_whole([clause]) or self._tells_of(subject, clause.text) for clause in clauses[1:]
        )

    def _tells_of(self, subject: str, clause: str) -> bool:
        words = _content_words(clause)
        return any(
            subject in sentence and 2 * sum(word in sentence for word in words) >= len(words)
            for sentence in self.sentences
        )


def _content_words(text: str) -> frozenset[str]:
    """Return the words that carry what a text says: nouns, names and verbs of two characters or more."""
    return frozenset(
        token.word for token in tag_words(text) if len(token.word) > 1 and token.flag in _CONTENT
    )


def _names(text: str) -> list[str]:
    return [token.word for token in tag_words(text) if token.flag in _NAMES]


def _figures(text: str) -> frozenset[float]:
    """Return the numbers of a text, however they are written; a lone 一 counts nothing."""
    numbers = (read_numeral(match[0]) for match in _FIGURE.finditer(text) if match[0] != "一")
    return frozenset(number for number in numbers if number is not None)


def say_title(title: str, page: Page) -> str:
    """Return a title in words of speech, one space between its parts."""
    plain = _BETWEEN.sub(" ", _LABEL.sub("", print_habits.plain_title(title)).strip())
    parts = (statements.say_aloud(part, page) for part in plain.split(" "))
    said = " ".join(plain_words.say_words(tag_words(part)) for part in parts if part)
    said = _CEREMONY.sub(r"\1", said)
    return places.name_home(said.strip("，：；、 "), page.place)


def _of_title(title: str) -> Iterator[str]:
    """Yield what a title may become: all of it, neighbouring parts, single parts; the fuller first."""
    parts = title.split(" ")
    for size in range(len(parts), 0, -1):
        for start in range(len(parts) - size + 1):
            yield _ended("，".join(parts[start : start + size]))


def _of_sentence(text: str) -> Iterator[str]:
    """Yield a story's sentence without its time and its speaker, and runs of its clauses; the fuller first."""
    clauses = re.split(r"[，；]", _bare_sentence(text))[:MAX_CLAUSES]
    yield from _of_one_subject(clauses)
    for size in range(len(clauses), 0, -1):
        for start in range(len(clauses) - size + 1):
            if not _HEDGED.search("，".join(clauses[:start])):
                yield _ended("，".join(clauses[start : start + size]))


def _bare_sentence(text: str) -> str:
    """Return a story's sentence without its day, its grounds, its speaker and its full stop."""
    bare = _GROUNDS.sub("", _TIME_OPENING.sub("", text)).rstrip("。")
    spoken = statements.speaks(bare)
    return _PERIOD.sub(r"\1", bare[spoken.end() :] if spoken else bare)


def _of_one_subject(clauses: Sequence[str]) -> Iterator[str]:
    """Yield each later predicate of a sentence with the subject of its first clause."""
    subject = ""
    for token in tag_words(clauses[0]):
        if token.flag not in NOMINAL and token.flag not in {"t", "TIME", "m", "q"}:
            break
        subject += token.word
    for index, clause in enumerate(clauses[1:], 1):
        words = tag_words(clause)
        own = any(token.flag in NOMINAL for token in words[:1])
        verb_first = bool(words) and words[0].flag == "v" and not _NOT_SHARED.match(clause)
        if subject and verb_first and not own and not _HEDGED.search("，".join(clauses[:index])):
            yield _ended(subject + clause)


def _ended(text: str) -> str:
    bare = text.strip("，；：、。 ")
    return bare if bare.endswith(("？", "！")) else f"{bare}。"


def is_sentence(text: str, *, hollow: bool = False) -> bool:
    """Return whether a headline says by itself who did what, without riddle; `hollow` lets acts without result in."""
    length = han_count(text) + len(re.findall(r"\d", text))
    if length < MIN_LENGTH or han_count(text) > MAX_HAN:
        return False
    if _RIDDLE.search(text.rstrip("。")) or (not hollow and _HOLLOW.search(text)):
        return False
    if judging.find_objection(text) or officialese.count_empty(text) or officialese.is_scene(text):
        return False
    clauses = cut_clauses(text, tag_words(text))
    if clauses[0].is_topic and len(clauses) > 1:
        return any(clause.has_predicate for clause in clauses[1:])
    return any(judging.is_whole([clause]) for clause in clauses) and all(
        clause.has_predicate or clause.is_topic or (clause is clauses[0] and clause.leads_in)
        for clause in clauses
    )
