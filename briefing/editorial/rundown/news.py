"""What is no news that can be broadcast, and why, said to an editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.model import han_count

if TYPE_CHECKING:
    from briefing.editorial.rundown.settings import Settings
    from briefing.model import Article

SHORTEST = 60
"""Han characters under which a text is a caption, a teaser or a fragment."""
VERSE, STANZA = 16, 6
"""Han characters a line under which a text of so many lines is a poem or a list."""
PRIVATE = 0.012
"""Share of 我 in the text (not 我区, 我国, nor inside quotations) above which somebody writes about himself."""

_NOTICE = re.compile(
    r"(?:公告|启事|通告|声明|公示|讣告|征稿|征文|须知|通知|名单|一览表?|导读|索引|目录|招租|转让|遗失|更正|致歉|广告|招聘信息|停水|停电|天气预报)(?:[（(].*[）)])?$"
)
_OPINION = re.compile(
    r"(?:社论|短评|时评|评论员(?:文章)?|快评|锐评|编后|编者按|来论|随笔|杂谈|读后感?|观后感?)(?:[：:丨|]|$)|^(?:评论|观点|杂文|散文|诗歌?|小小说|随感)[：:丨|]"
)
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
    if not article.complete and not (settings.unfinished and stands_alone(article)):
        return "不完整：开头或结尾不在所给的版面上"
    if _NOTICE.search(article.title.strip()):
        return "是启事、公告一类，不是新闻"
    if _OPINION.search(article.title.strip()) or _OPINION.search(article.kicker.strip()):
        return "是评论，不是新闻"
    if _is_literature(article):
        return "是副刊文章，不是新闻"
    return ""


def stands_alone(article: Article) -> bool:
    """Whether a text that is a part of an article can be understood: a real beginning and a finished end."""
    return not _CANNOT_BEGIN.match(article.text.strip()) and article.text.rstrip()[-1:] in tuple("。！？”）")


def _is_literature(article: Article) -> bool:
    """Verse, or somebody's own story without anything that happened."""
    lines = [line for line in article.paragraphs if line.strip()]
    if len(lines) >= STANZA and han_count(article.text) / len(lines) < VERSE:
        return True
    own = _QUOTATION.sub("", article.text)
    personal = len(_OWN_VOICE.findall(own)) / max(1, han_count(own))
    return personal > PRIVATE or (personal > 0 and not _HAPPENED.search(own))
