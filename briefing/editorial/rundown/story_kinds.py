"""Kinds of story that stand last, or are left out where there is enough news: visits, praise, features, forecasts.

A title decides, in words that papers use for the kind; a result in it (a figure, an appointment) makes it news.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import Article

HARD = re.compile(
    r"遇难|死亡|身亡|[致\d]死|[致\d]伤|受伤|失踪|失联|被困|获救|救[人援起]|营救|脱险|火灾|失火|起火|爆炸|地震|暴雨|暴雪|台风|洪水|洪峰|滑坡|管涌|热浪|预警|滞留|封闭|停运|停产|停水|停电|断水|召回|判决|宣判|被判|判处|获刑|处罚|罚款|查处|通报|施行|(?<!规划)实施(?!情况|方案)|(?:起|正式)执行|上调|下调|上涨|下跌|下降|增长|涨|跌|首破|突破|提高|翻番|预盈|预亏|开通|通车|启用|投用|竣工|完工|开工|合龙|对接|发射|恢复|暂停|取消|发现|首次|首[个条座家批例台]|夺冠|夺得|摘[金银铜]|险胜|\d[比∶:]\d|闭幕|完成|追回|退[款还回]|禁止|报名|招生|放学|开放|入选|查明|下水|上路|赔偿|赔|担责|点火|开跑|开源|问世|获批|当选|任命|找到|获胜|夺得|晋级|回落|降价|涨价|吃水|造出"
)
"""Something that happened, or is changed for people."""

GRAVE = re.compile(r"\d+[人名]?死|死亡|遇难|身亡|致死|重伤|失联|爆炸|地震|决堤|坍塌|垮塌|\d死|\d伤")
"""People died or are in danger: nothing stands before it."""

LIVELIHOOD = re.compile(
    r"安全|医院|门诊|学校|学位|小学|中学|幼儿园|招生|托管|地铁|轨道交通|号线|\d路|公交|断头路|就业|养老|住房|房贷|利率|老旧小区|电梯|消费券|物价|价格|油价|气价|电价|水价|菜价|居民用[气电水]|供水|自来水|停水|供电|停电|供暖|供热|集中供|食品|防汛|高温|暴雨|地震|救援|疫情|高考|中考|考生|医保|社保|环境|空气质量|公园|停车|欠薪|诈骗|充电桩|过户|放学|报名|收费|涨[一二三四五六七八九十\d]|工资|补贴|绕行|要绕|大桥|[二三四五]桥"
)
"""Public effect: what many people pay, breathe, drive on, send their children to."""

_VISIT = re.compile(r"考察|调研|会见|座谈|看望|慰问|走访|来访|视察|检查指导|代表团来|率队|拜会|督导")
_MEETING = re.compile(
    r"(?:召开|举行)[^，]{0,12}(?:会议|座谈会|推进会|动员会|例会|大会)$|(?:会议|全会|常委会|推进会|座谈会|动员会)[^，]{0,8}(?:召开|举行|闭幕|开幕)|常委会(?:召开)?会议|理论学习中心组|主持并讲话|强调(?:[：:]|$)"
)
_CEREMONY = re.compile(r"授牌|揭牌|(?:启动|签约|开班|结业|颁奖)仪式|启动会|宣讲")
_SLOGAN = re.compile(
    r"奋力谱写|谱写[^，]{0,8}篇章|锚定|打好[^，]{0,8}战|凝心聚力|真抓实干|持续改善|高质量发展|夯实[^，]{0,6}根基|走深走实|亮点纷呈"
)
_RESULT = re.compile(
    r"\d|[百千万亿]分之|任命|免去|当选|通过(?!会)|表决|印发|出台|批准|发布|公布|签[署约](?!仪式)|达成|决定|启用|开通|通车|判"
)
_SPEECH = re.compile(r"会议|强调|指出|要求|主持|讲话|部署|动员")
"""Words of a text's opening that show a slogan in its title to be a meeting's."""
_HIGHEST = re.compile(r"国家主席|总书记|国务院|总理|总统|首相|外长|国王|元首|联合国")
_PRAISE = re.compile(
    r"最美|好人|楷模|模范|先进(?:集体|个人|典型|事迹)|表彰|榜样|风采|点赞|感谢信|锦旗|无私|奉献|坚守|雷锋|匠心|荣获[^，]{0,14}(?:称号|奖)|“她”力量|正能量|暖心|二十?[一二三四五六七八九]?年如一日"
)
_FORECAST = re.compile(
    r"天气|气温|降温|升温|回暖|冷空气|寒潮|有雨|有雪|降雨|降雪|阵雨|晴|多云|大雾|大风|气象|入[春夏秋冬]|最[高低]\s*-?\d+\s*[℃度]"
)
_WEATHER_HARM = re.compile(
    r"死|伤|亡|失联|滞留|被困|封闭|停运|停课|停水|停电|受灾|转移|洪峰|热浪|[红橙]色预警|台风|救|抢险|积水|灾"
)
_FEATURE = re.compile(
    r"见闻|侧记|走笔|纪实|故事|背影|旅程|力量|新生|“[^”]{4,}”$|为何|怎么|谁[在来]|何以|之路|的[春夏秋冬]天|[？?]$|最后[一的]|里的|账本|们的|的(?:守望|坚守|回响|记忆|滋味|味道|[一二三四五六七八九十百]+年)"
)
_ASKS = re.compile(r"[？?]|为何|怎么|谁|如何|何时|哪")
_SUBTITLE = re.compile(r"^(?:——|—|--)(?:记|.{0,20}(?:见闻|侧记|走笔|纪实|印象|探访|掠影))")
_SCENE = re.compile(
    r"^(?:“[^”]{2,40}[！？!?。]”|[^，。]{0,8}(?:凌晨|清晨|傍晚|夜幕|天刚|天还没|雨还在)[^。]{0,30}|早[上晨]\d[^，。]{0,4}，[^。]{0,24}还|[^，。]{0,12}(?:推开|走进|坐在|捧着|笑着|飘着|冒热气))"
)
_WIRE = re.compile(
    r"^\s*(?:据)?(?:新华社|中新社|中新网|央视|人民日报|科技日报|经济日报)[^。]{0,24}(?:电|消息|报道|讯)"
)
SPEECH_OPENING = 160
"""Characters of the text in which a meeting is named."""
TEXT_OPENING = 80
"""Characters of the text in which a scene opens an article."""


def is_hard(article: Article) -> bool:
    """Return whether the title tells something that happened or changes for people."""
    return HARD.search(_headline(article)) is not None


def is_grave(article: Article) -> bool:
    """Return whether the title tells of people who died or are in danger."""
    return GRAVE.search(_headline(article)) is not None


def touches_people(article: Article) -> bool:
    """Return whether the title names what many people use or pay."""
    return LIVELIHOOD.search(_headline(article)) is not None


def is_official(article: Article) -> bool:
    """Return whether a visit, a meeting or a ceremony is told without a result; of heads of state it is news."""
    headline = _headline(article)
    acts = _VISIT.search(headline) or _MEETING.search(headline) or _CEREMONY.search(headline)
    if not acts and not _SLOGAN.search(article.title):
        return False
    if acts and (_HIGHEST.search(headline) or _has_result(headline)):
        return False
    if acts:
        return True
    return _SPEECH.search(article.text[:SPEECH_OPENING]) is not None and not _has_result(article.title)


def is_visit(article: Article) -> bool:
    """Return whether officials went somewhere or received somebody, and nothing came of it."""
    return _VISIT.search(_headline(article)) is not None and is_official(article)


def is_praise(article: Article) -> bool:
    """Return whether somebody is praised, and nothing happened."""
    return _PRAISE.search(_headline(article)) is not None and not is_hard(article)


def is_forecast(article: Article) -> bool:
    """Return whether weather is told that did no harm yet: it stands last."""
    headline = _headline(article)
    return _FORECAST.search(headline) is not None and _WEATHER_HARM.search(headline) is None


def is_feature(article: Article) -> bool:
    """Return whether an article tells of people and places at leisure: by title, subtitle or a scene at its opening."""
    if is_hard(article) or (touches_people(article) and article.title.endswith(("？", "?"))):
        return False
    opening = article.text[:TEXT_OPENING].strip()
    scene = _SCENE.match(opening) and not re.search(r"\d", article.title)
    return bool(_FEATURE.search(article.title) or _SUBTITLE.match(article.kicker.strip()) or scene)


def comes_from_wire(article: Article) -> bool:
    """Return whether an agency's dateline opens a paper's article: it is not of the paper's own place."""
    return _WIRE.match(article.text[:TEXT_OPENING]) is not None


def can_be_told_by_title(article: Article) -> bool:
    """Return whether a broken article's title alone tells listeners what concerns them."""
    return touches_people(article) and not is_official(article) and _ASKS.search(article.title) is None


def _headline(article: Article) -> str:
    return f"{article.kicker} {article.title}"


def _has_result(title: str) -> bool:
    return _RESULT.search(title) is not None
