"""What is no news that can be broadcast, and why, said to an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.editorial.rundown import story_kinds
from briefing.model import han_count

if TYPE_CHECKING:
    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Article

SHORTEST = 32
"""Han characters under which a text is a caption, a teaser or a fragment."""
VERSE, STANZA = 16, 6
"""Han characters a line under which a text of so many lines is a poem or a list."""
PRIVATE = 0.012
"""Share of 我 in the text (not 我区, 我国, nor inside quotations) above which somebody writes about himself."""

_NOTICE = re.compile(
    r"(?:公告|启事|通告|声明|公示|讣告|征稿|征文|须知|通知|名单|一览表?|导读|索引|目录|招租|转让|遗失|更正|广告|招聘信息|便民信息|服务信息|开奖(?:公告|信息|结果)?|招标|挂失|讣闻|节目(?:单|预告)|影讯|航班信息|读者来信选登|答读者问)(?:[（(].*[）)])?$|^[^，。 ]{0,6}(?:停水|停电)$|^(?:公告|启事|声明|讣告|广告|停水|停电)[：:丨|]"
)
_LOTTERY = re.compile(r"彩票|开奖|双色球|大乐透|福彩\s*3D|排列[35]|中奖号码|七星彩|快乐8")
_OPINION = re.compile(
    r"(?:社论|短评|时评|评论员(?:文章)?|快评|锐评|微评|热评|漫评|编后|编者按|来论|随笔|杂谈|杂感|读后感?|观后感?|有话说|之我见|视点|论坛|街谈|茶座|慢谈)(?:[：:丨|]|$)|^(?:评论|观点|锐评|时评|杂文|散文|诗歌?|小小说|随感|来论|一家之言|今日谈|微言)[：:丨|]|[^\u4e00-\u9fff]?不妨|岂能|何妨|当[^，]{2,6}而非"
)
_SIGNED_COMMENT = re.compile(
    r"本报(?:特约)?评论员|[（(]作者(?:系|为|单位|是)|特约评论员|^笔者|(?<=[。，])笔者"
)
_ARGUES = re.compile(
    r"不妨|关键在于|归根结?到?底|说到底|诚然|毋庸讳言|不容忽视|值得(?:点赞|深思|借鉴)|理应|岂能|何尝|不是[^，。]{1,20}而是|才能真正|如此一来|换言之|与其[^，。]{2,20}不如|我们(?:要|应|不能|需要)|应当|必须|切莫"
)
_REPORTS = re.compile(
    r"记者|本报讯|通讯员|据(?:了解|介绍|悉|统计)|发布|通报|\d{1,2}月\d{1,2}日|[昨今]日|昨天|今天上午"
)
_ADVERTISES = re.compile(
    r"订购|抢购|选购|优惠(?:价|多多)|满\s*\d+\s*[减送]|仅需|限量|限时|热卖|特惠|咨询(?:电话|热线)|订购热线|预约(?:电话|热线)|(?:详询|详情)(?:请)?(?:致电|咨询|各)|欢迎(?:选购|光临|品鉴|致电|垂询|咨询)|火热(?:办理|销售|招商|认购)|盛大(?:开盘|开业|启幕)|地址[:：]|(?:电话|热线)[:：]?\s*\d|元／㎡|元/㎡起|\d折起|首付|前\d+名到店|凭本报|免费(?:试戴|试用|领取|体验|试听)|最高补贴|购[机车]|尊贵|惊喜价|尊享|臻品|匠心打造|即刻拥有"
)
_PROMOTED = re.compile(
    r"^(?:广告|推广|企业(?:风采|形象)|品牌(?:故事|之窗)|专题推广|商业资讯|商讯|特别策划·推广|资讯\s*广告|形象展示)"
)
_PAID = re.compile(
    r"(?:本|此)?(?:栏目|版面?)?内容由[^，。]{0,6}(?:广告|客户|商家|企业)[^，。]{0,4}提供|广告客户|商业推广|企业供稿"
)
ADVERTISING_MARKS = 3
"""Phrases of advertising that make a text an advertisement."""
ARGUING_MARKS = 3
"""Phrases of argument that make a text without any reporting a comment."""
_OWN_VOICE = re.compile(r"我(?![国区市省县州镇乡校院军党台社们所局部行])")
_QUOTATION = re.compile(r"“[^”]*”|「[^」]*」")
_HAPPENED = re.compile(
    r"\d{1,2}[月日]|日前|近日|昨[天日]|今[天日年]|去年|记者|召开|举行|举办|启动|开展|发布|印发|完成|\d[^，。]{0,6}[%％亿万元人个]"
)
_CANNOT_BEGIN = re.compile(
    r"^(?:“|[他她它其]|这|那|此|该|具体来看|同时|此外|另外|据了解|而|但|并|也|还|不仅如此|和|与|的)"
)


def objection(article: Article, settings: Settings) -> str:
    """Why this article is not broadcast, in Chinese; empty if it may be. An editor's pin overrules everything but a ban."""
    if settings.bans(article):
        return "编辑不用"
    if settings.pins(article):
        return ""
    return _unfit(article, settings)


def _unfit(article: Article, settings: Settings) -> str:
    length = han_count(article.text)
    if length < SHORTEST:
        return f"太短：只有{length}字"
    if (
        not article.complete
        and not (settings.unfinished and stands_alone(article))
        and not (story_kinds.can_be_told_by_title(article))
    ):
        return "不完整：开头或结尾不在所给的版面上"
    return _sort(article)


def _sort(article: Article) -> str:
    """Return what sort of text it is that is no news, in Chinese; empty for news."""
    title, kicker = re.sub(r"\s+", "", article.title), article.kicker.strip()
    promoted = title == "广告" or _PROMOTED.match(title) or _PROMOTED.match(kicker)
    sorts = (
        ("是广告，不是新闻", bool(promoted or _PAID.search(article.text))),
        ("是广告或软文，不是新闻", len(_ADVERTISES.findall(article.text)) >= ADVERTISING_MARKS),
        ("是彩票信息，不是新闻", _LOTTERY.search(title) is not None),
        ("是启事、公告一类，不是新闻", _NOTICE.search(title) is not None),
        ("是评论，不是新闻", bool(_OPINION.search(title) or _OPINION.search(kicker)) or is_comment(article)),
        ("是副刊文章，不是新闻", _is_literature(article)),
    )
    return next((why for why, holds in sorts if holds), "")


def is_comment(article: Article) -> bool:
    """Return whether somebody argues in his own name: signed as comment, or argument without reporting."""
    text = article.text
    signed = _SIGNED_COMMENT.search(text) is not None
    argues = len(_ARGUES.findall(text))
    return signed or (argues >= ARGUING_MARKS and not _REPORTS.search(text))


def stands_alone(article: Article) -> bool:
    """Return whether a text that is a part of an article can be understood: a real beginning and a finished end."""
    return not _CANNOT_BEGIN.match(article.text.strip()) and article.text.rstrip()[-1:] in tuple("。！？”）")


def _is_literature(article: Article) -> bool:
    """Verse, or somebody's own story without anything that happened."""
    lines = [line for line in article.paragraphs if line.strip()]
    if len(lines) >= STANZA and han_count(article.text) / len(lines) < VERSE:
        return True
    own = _QUOTATION.sub("", article.text)
    personal = len(_OWN_VOICE.findall(own)) / max(1, han_count(own))
    return personal > PRIVATE or (personal > 0 and not _HAPPENED.search(own))
