"""Headlines: the printed title, turned for the ear, where it says who did what; else the news of its story.

A title of a page is often two phrases without a verb, a riddle or a slogan. Its parts, and the line above it, are tried
first; where none is a sentence with a fact, the story's own sentences give one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from briefing.editorial.headline_names import MAX_HAN, READ, name_loser, name_where
from briefing.editorial.rundown import story_kinds
from briefing.editorial.title_persons import name_sufferer, names_nobody
from briefing.editorial.title_words import arrange_title, end_sentence, is_spoilt, list_sentences, turn_title
from briefing.editorial.writer import judging, officialese
from briefing.editorial.writer.grammar.main_verbs import NOMINAL
from briefing.editorial.writer.grammar.sentence_grammar import cut_clauses
from briefing.editorial.writer.style import places
from briefing.editorial.writer.style.say_aloud import say_aloud, spoken_by
from briefing.mandarin.tagger import tag_words
from briefing.model import Sentence, han_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.editorial.writer.source_page import Page
    from briefing.model import Article

MAX_MADE = 26
"""Han characters of a headline made from a sentence of the story."""
MIN_LENGTH = 9
"""Han characters and digits under which a headline tells nothing."""
REPEATED = 0.86
"""Share of the lead's words above which a headline made from a sentence says the lead again."""
FEW_SHARED = 2
"""Words of the title that a headline made from a story's sentence holds."""
SHORT_LEAD, SAME_PAIRS = 1.5, 0.75
"""A lead of so many times a headline's length says no more than it, if it holds this share of its pairs of characters."""
LATER = 0.15
"""How much less each later sentence is worth as a headline."""
MAX_CLAUSES = 8
"""Clauses of a sentence among which a headline is looked for."""

_CONTENT = frozenset({"n", "nz", "nw", "nr", "ns", "nt", "PER", "LOC", "ORG", "v", "vn", "vd", "an", "s"})
_AGENTS = frozenset({"ORG", "PER", "nr", "nt"})
_AGENT = re.compile(
    r"(?:机关|法院|检察院|公安|警方|民警|部门|公司|集团|政府|委员会|[局委厅]|队|社区|医院|学校|协会|商家|平台)$"
)
"""Who acts by himself: what he did is not told of him unless some sentence does."""
_NAMES = frozenset({"PER", "LOC", "ORG", "nr", "ns", "nt"})
_FIGURE = re.compile(
    r"\d[\d.]*[万亿]*|[一二两三四五六七八九十百千万亿零〇]*[一二两三四五六七八九十百千](?:点[零一二三四五六七八九]+)?[万亿]*"
)
_HOLLOW = re.compile(
    r"启动[^，。]{0,4}(?:专项|行动|活动)|(?:考察|调研|座谈|走访|视察|慰问|交流)|相关工作|点亮|扮靓|唱响|奏响|绽放|(?:举行|召开|开展|建议|督促|推动|助力|聚焦)[，。]|建议督促|满(?:一|两|三|\d)年。$|建于|专项行动。$|仪式|工作机制|实施情况|稳中向好|稳中有进|持续改善|召开[^，]{0,4}会议?。|(?:发布|公布|通报)[^，。]{0,6}(?:数据|公告|通报|消息|通知|情况)。?$|^[^，]{0,20}(?:开进|驶进|走进|来到|握着|拿着|坐在|站在)|会议闭幕|(?<!运动)(?<!奥)会闭幕。|农事正忙|忙春耕"
)
"""Acts without a result, and slogans: a listener knows nothing more."""
_ANNOUNCES = re.compile(r"(?:发布|公布|通报)[^，。 ]{0,6}(?:数据|公告|通报|消息|通知|情况)$")
"""Title that tells that somebody has told something."""
_ALONE = re.compile(
    r"(?<!其)[他她](?![人乡国])|^(?:其余?|该|这|那|此|\d+月\d+日|[以在从将已]|当[晚天日时]|后来|目前|双方|两家|两个|本案|现场|相关|以此|属于|个人|价格|报道|流|最终|事故造成|今年\d+岁)|裁决生效|某|[甲乙丙]公司|自己|具体|为准|请|的人叫|的老人叫"
)
"""Words of a sentence that needs the one before it, or names nobody that a listener knows."""
_GROUNDS = re.compile(r"^(?:根据|按照|经)[^，。]{2,12}，")
"""Grounds on which something is done: grammar lets them go."""
_PERIOD = re.compile(r"^((?:[去今前]年|\d{4}年)[^，]{0,6}|[^，]{0,4}季度|到[^，]{1,6})，")
"""Span of time of which the whole sentence is true: it stays."""
_NOT_SHARED = re.compile(r"[使让令占达比约由被据有是]|同比|环比|导致|造成|引发|包括|位居|位列|还|也")
"""Openings of clauses whose subject may be the event before, or a figure."""
_FOLLOWS = re.compile(r"造成|导致|比|时隔|没有|不是|是")
"""Openings of clauses that belong to the one before whatever its subject is."""
_SCORE = re.compile(r"\d比\d")
_TROPHY = re.compile(r"捧起|捧得|夺得|夺冠|晋级|挺进|登顶|升到|升至")
"""Openings of clauses of who won by the score before them."""
_HEDGED = re.compile(
    r"如果|若|一旦|只要|除非|否则|预计|计划|拟|可能|认为|称|否认|怀疑|据|假如|其中|到[^，]{1,6}底|[年月]底前"
)
"""Words before a clause without which it would say more than the story does."""
_RESULT = re.compile(
    r"判|裁决|赔|罚|追回|退还|退回|获|夺|胜|负|入选|打破|拍出|捐|救|拦住|抓|开通|通车|投入使用|投用|建成|完成|恢复|更换|下水|上路|开售|开放|涨|跌|增|降|减|提高|发现|找到|查明|召回|通过|施行|取消|停|起(?:实行|执行|施行)|开源|合龙|发射|报名|启用|试运行|启动|开工|完工|放学|招生|对接|培育出|研制出|研发出|造出|到达|突破|过半|载客|受伤|失火|突围|挺进|重返|重新开张|开出|省下|打通|掌握|首破|揭晓|当选|任命|推出|点火|开跑|担责|认罚|追尾|登陆|获批|上市|开馆|首演|扩容|出台|落地|变身|转到|搬进"
)

_RIDDLE = re.compile(
    r"[？！?!]|为何|为什么|如何|怎[么样]|啥|谁|多少|哪[里个些]|原来|竟然?|揭秘|真相|是什么|(?<!回)来了$|这么|这样|什么|究竟|到底|有望吗|背后|^让|^要|一文|速看|注意|提醒你|您|你|别|背影|答案|故事$|密码$|(?:冬天|春天|夏天|秋天)。?$|走笔$|见闻$|侧记$|纪实$|综述$|述评$|观察$|的人$|之路$|印象$|这些|不再[“是]|“[^”]*[媒学账][^”]*”|的账本|出门记得"
)
_NICKNAME = re.compile(r"“[^”，]{1,8}”(?=[骗抓赔带让卖走来火])[^，]*$")
"""Part of a title whose subject is a word in quotation marks: a listener needs the other part."""
_OPENS_WITH_VERB = re.compile(r"省下|追回|退还|查处|禁赛|罚|获|夺|赔|判|救|捐|严查|冒充|拍下")
"""Openings of a title's part that has no subject of its own."""
_TIME_OPENING = re.compile(
    r"^(?:[前昨今明][天晚](?:上午|下午|晚上|清晨|凌晨|早上)?|本周[一二三四五六日]|上周[一二三四五六日]|\d{1,2}月\d{1,2}日(?:上午|下午|晚上)?|最近|当地时间[^，]{2,10})，"
)
_DATED = re.compile(
    r"(?:[今明后]天|下?周[一二三四五六日]|\d[日月])起?[^，]{0,4}(?:开幕|开始|启动|截止|举行|调整|停|恢复)"
)
"""Day ahead on which something begins or ends: a listener can act on it."""


class Fitness(IntEnum):
    """Fitness of a headline to be announced."""

    NAME = 0
    """Only the name of a chapter."""
    PLAIN = 1
    """A sentence that tells little: announced where nothing else is."""
    FAIR = 2
    """A sentence without a result, or a feature's: announced where there are few others."""
    GOOD = 3


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
    """Return the headline of a story: its title where that is a sentence with a fact, else the best of its sentences.

    Where neither is fit to be announced, it is the title as it is, as a name for the chapter only.
    """
    spoilt = is_spoilt(article.title)
    whole = arrange_title(say_title(article.title, page))
    if told:
        story = AiredStory(
            tuple(places.name_home(sentence.text, page.place) for sentence in told), article.text[:READ]
        )
        whole = name_sufferer(whole, story.sentences)
        titled = None if spoilt or names_nobody(whole) else _best_of_title(article, whole, story, page)
        if titled and titled.fitness is Fitness.GOOD:
            return titled
        empty = spoilt or _ANNOUNCES.search(whole)
        if made := _best_of_story(told, story, page, frozenset() if empty else _content_words(whole)):
            return Headline(made.text, (article.title, *made.rests_on), _limit(article, Fitness.GOOD))
        if titled:
            return titled
        if empty:
            return _tell_first_fact(article, told)
    parts = list_sentences(whole) if told and not names_nobody(whole) else ()
    plain = next((text for text in parts if "，" not in text and is_sentence(text, hollow=True)), "")
    if plain and all(plain != sentence.text for sentence in told):
        return Headline(plain, (article.title,), Fitness.PLAIN)
    return Headline(end_sentence(whole.replace(" ", "，")), (article.title,), Fitness.NAME)


def _tell_first_fact(article: Article, told: Sequence[Sentence]) -> Headline:
    """Return the first sentence with a figure or an outcome, in short, for a title of which nothing can be said."""
    facts = (
        sentence for sentence in told if re.search(r"\d", sentence.text) or _RESULT.search(sentence.text)
    )
    first = next(facts, told[0])
    parts = (part for part, _ in _of_sentence(first.text))
    text = next((part for part in parts if is_sentence(part, hollow=True)), first.text)
    return Headline(text, (article.title, *first.rests_on), Fitness.PLAIN)


def _best_of_title(article: Article, whole: str, story: AiredStory, page: Page) -> Headline | None:
    """Return the fullest part of a title that tells a fact, else one that is a sentence; None without any."""
    lesser = None
    kicker = say_title(article.kicker, page) if article.kicker else ""
    for text in list_sentences(whole, kicker):
        alone = "，" not in text and (_OPENS_WITH_VERB.match(text) or _NICKNAME.match(text))
        if alone or not is_sentence(text) or not story.allows_title(text):
            continue
        rests_on = tuple(filter(None, (article.title, article.kicker if kicker[:4] in text else "")))
        tells = text == end_sentence(whole.replace(" ", "，")) or _tells_fact(text, kicker)
        if tells and not story.repeats(text):
            named = name_where(name_loser(text, story.sentences), story.sentences, page)
            return Headline(named, rests_on, _limit(article, Fitness.GOOD))
        lesser = lesser or Headline(name_where(text, story.sentences, page), rests_on, Fitness.FAIR)
    return lesser


def _tells_fact(text: str, kicker: str) -> bool:
    """Return whether a part of a title tells a result or a figure; the line above alone lacks its subject's name."""
    return text != end_sentence(kicker) and bool(
        _RESULT.search(text) or _DATED.search(text) or re.search(r"\d", text)
    )


def _limit(article: Article, fitness: Fitness) -> Fitness:
    """Return how fit a headline is at most: features and official acts are announced where there are few others."""
    lesser = story_kinds.is_feature(article) or story_kinds.is_official(article)
    return Fitness.FAIR if lesser else fitness


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the story that may be its headline, what it rests on, and its worth."""

    text: str
    rests_on: tuple[str, ...]
    worth: float


def _by_worth(candidate: Candidate) -> float:
    return candidate.worth


def _best_of_story(
    told: Sequence[Sentence], story: AiredStory, page: Page, titled: frozenset[str]
) -> Candidate | None:
    return max(_candidates(told, story, page, titled), default=None, key=_by_worth)


def _candidates(
    told: Sequence[Sentence], story: AiredStory, page: Page, titled: frozenset[str]
) -> Iterator[Candidate]:
    """Yield what the story's sentences give, shortened: results with words of the title, so its news."""
    for order, sentence in enumerate(told):
        for part, joined in _of_sentence(sentence.text):
            text = places.name_home(part, page.place)
            words = _content_words(text)
            few = min(FEW_SHARED, len(titled)) if order else 0
            if text in story.sentences or han_count(text) > MAX_MADE or len(words & titled) < few:
                continue
            if not (_RESULT.search(text) or (order == 0 and not joined and _FIGURE.search(text))):
                continue
            if not (_names(text) or "“" in text or (page.place and page.place[:-1] in text)):
                continue
            alone = _ALONE.search(text) or _NICKNAME.match(text)
            if is_sentence(text) and not story.repeats(text) and not alone:
                yield Candidate(text, sentence.rests_on, _worth(text, words, titled) - LATER * order)


def _worth(text: str, words: frozenset[str], titled: frozenset[str]) -> float:
    """Return how well a sentence tells the news: by the title's words, a figure, and briefly."""
    shared = len(words & titled) / max(1, len(titled))
    return 3 * shared + 0.5 * bool(_FIGURE.search(text)) - 0.02 * han_count(text)


@dataclass(frozen=True, slots=True)
class AiredStory:
    """Sentences of a story as they are aired, and its article, against which a headline is held."""

    sentences: tuple[str, ...]
    printed: str

    def allows_title(self, text: str) -> bool:
        """Return whether a printed title may be announced: it is not the lead word for word, and fuses nothing falsely."""
        return text not in self.sentences and self._joins_truly(text)

    def repeats(self, text: str) -> bool:
        """Return whether a headline says too many of the lead's words, or a short lead over again."""
        lead = _content_words(self.sentences[0])
        return len(_content_words(text) & lead) > REPEATED * len(lead) or self._is_lead(text)

    def _is_lead(self, text: str) -> bool:
        lead = self.sentences[0]
        pairs = [text[index : index + 2] for index in range(len(text) - 2)]
        shared = sum(pair in lead for pair in pairs)
        return han_count(lead) <= SHORT_LEAD * han_count(text) and shared >= SAME_PAIRS * len(pairs)

    def _joins_truly(self, text: str) -> bool:
        """Return whether clauses without a subject are told of the first one's subject in some sentence."""
        clauses = cut_clauses(text, tag_words(text))
        tokens = clauses[0].tokens[: max(1, clauses[0].main_verb)]
        subject = "".join(token.word for token in tokens)
        acts = any(token.flag in _AGENTS for token in tokens) or _AGENT.search(subject)
        return all(
            (clause.has_subject and not clause.opens_with_verb and not _OPENS_WITH_VERB.match(clause.text))
            or _FOLLOWS.match(clause.text)
            or (_SCORE.search(clauses[0].text) and _TROPHY.match(clause.text))
            or (not acts and self._prints_figures(clause.text))
            or self._tells_of(subject, clause.text)
            for clause in clauses[1:]
        )

    def _prints_figures(self, clause: str) -> bool:
        """Return whether a clause has figures and the article prints them: what happened needs no agent for them."""
        numbers = re.findall(r"\d[\d.]*", clause)
        return bool(numbers) and all(number in self.printed for number in numbers)

    def _tells_of(self, subject: str, clause: str) -> bool:
        """Return whether a sentence of the story or of its article tells a clause's words of a subject."""
        words = _content_words(clause)
        verb = next((token.word for token in tag_words(clause) if token.flag[:1] == "v"), "")
        names = [token.word for token in tag_words(subject) if len(token.word) > 1] or [subject]
        sentences = (*self.sentences, *re.split(r"[。！？\n]", self.printed))
        return any(
            names[-1] in sentence
            and verb in sentence
            and 2 * sum(word in sentence for word in words) >= len(words)
            for sentence in sentences
        )


def _content_words(text: str) -> frozenset[str]:
    """Return the words that carry what a text says: nouns, names and verbs of two characters or more."""
    return frozenset(
        token.word for token in tag_words(text) if len(token.word) > 1 and token.flag in _CONTENT
    )


def _names(text: str) -> list[str]:
    return [token.word for token in tag_words(text) if token.flag in _NAMES]


def _of_sentence(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what a story's sentence gives without time and speaker, and whether a later predicate is joined.

    Later predicates with the sentence's subject come first, then runs of its clauses, the fuller first.
    """
    clauses = re.split(r"[，；]", _bare_sentence(text))[:MAX_CLAUSES]
    yield from ((joined, True) for joined in _of_one_subject(clauses))
    for size in range(len(clauses), 0, -1):
        for start in range(len(clauses) - size + 1):
            if not _HEDGED.search("，".join(clauses[:start])):
                yield end_sentence("，".join(clauses[start : start + size])), False


def _bare_sentence(text: str) -> str:
    """Return a story's sentence without its day, its grounds, its speaker and its full stop."""
    bare = _GROUNDS.sub("", _TIME_OPENING.sub("", text)).rstrip("。")
    spoken = spoken_by(bare)
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
            yield end_sentence(subject + clause)


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
    whole = _opens_with_act(clauses[0].text) or any(judging.is_whole([clause]) for clause in clauses)
    return whole and all(
        clause.has_predicate or clause.is_topic or (clause is clauses[0] and clause.leads_in)
        for clause in clauses
    )


def _opens_with_act(text: str) -> bool:
    """Return whether a clause has an act as its subject and a verb behind it, as 供暖延长."""
    return [token.flag for token in tag_words(text)[:2]] == ["vn", "v"]


def say_title(title: str, page: Page) -> str:
    """Return a title in words of speech, one space between its parts."""
    return turn_title(title, page.place, lambda part: say_aloud(part, page))
