"""Decides whether a page is an article at all: walls, login and error pages, deleted articles and lists are none.

Sites answer with status 200 whatever they have to say; what such a page says must never be aired. A page is judged by the
few words that it is made of: where an article's text was found, only the page's own title can still condemn it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.errors import SourceError
from briefing.model import han_count
from briefing.sources.html import boilerplate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.sources.html.dom import Line

ENOUGH_TEXT: Final = 100
"""Han characters of prose from which a page is an article, whatever stands around it."""
LEAST_TEASERS: Final = 3
"""Links and cut sentences that make a list."""
SHORTEST_HEADLINE: Final = 6
"""Han characters of a link that is a headline."""
LONGEST_NOTICE: Final = 140
"""Characters of a line by which a page says that it is no article."""
_END: Final = r"(?:[\s\-_—|｜·–].{0,30})?$"


class NotAnArticle(SourceError):  # noqa: N818 - what the page is
    """A page that holds no article; `withdrawn` when its publisher has taken the article back."""

    def __init__(self, reason: str, *, withdrawn: bool = False) -> None:
        super().__init__(reason)
        self.withdrawn = withdrawn


class _Kind(NamedTuple):
    """A kind of page that is no article: what its title is, what a line of it says, and the reason that is told."""

    title: re.Pattern[str]
    words: re.Pattern[str]
    reason: str
    withdrawn: bool = False


_KINDS: Final = (
    _Kind(
        re.compile(
            rf"^(?:.{{0,12}}(?:安全|访问|人机|滑动|身份|环境)(?:验证|校验|异常)|验证(?:码|页面)?|环境异常|网站防火墙|访问(?:受限|被拒绝|过于频繁)|403 ?Forbidden|Access Denied|Just a moment.*|Attention Required.*|请稍候.*){_END}"
        ),
        re.compile(
            r"完成(?:安全|人机|滑块)?验证后|(?:需要|请)(?:先)?(?:进行|完成)(?:安全|人机|身份|滑块)?(?:验证|校验)|访问(?:请求)?(?:存在|出现|有)?异常|环境(?:存在)?异常|访问(?:过于|太)频繁|(?:启用|开启|打开|允许) ?(?:Cookie|JavaScript|JS)|拖动.{0,6}滑块|(?:您|你)的 ?IP(?:地址)?[为是:：]|请求(?:编号|ID)|(?i:enable javascript|checking your browser|verify (?:that )?you are (?:a )?human|unusual traffic|request id|ray id)|(?:提供|进行)安全(?:防护|检查)|被(?:防火墙|安全策略)拦截"
        ),
        "the site asks for a verification instead of showing the article; fetch less often, or ask the site for access",
    ),
    _Kind(
        re.compile(rf"^(?:用户|会员|账号|帐号|统一身份)?(?:登录|登陆|注册)(?:页面?|/注册)?{_END}|^请先?登[录陆].*"),
        re.compile(r"(?:请|需要?)先?登[录陆](?:后|才)?|登[录陆](?:后|之后|即可)(?:可以|可|即可|继续)?(?:查看|阅读|浏览|访问|继续)|登[录陆]即代表"),
        "the page is a login page; the article is not open to everybody",
    ),
    _Kind(
        re.compile(r"^.{0,20}(?:内容|文章|信息|帖子|视频|微博|动态).{0,6}(?:已|被).{0,8}(?:删除|下架|撤回|撤稿).{0,20}$"),
        re.compile(
            r"(?:内容|文章|信息|帖子|稿件|视频|微博|新闻|页面|主题|动态)(?:已经?)?(?:被|由)?(?:发布者|作者|原作者|用户|管理员|楼主|平台|版主)?(?:自行)?(?:已)?(?:删除|撤回|撤稿|下架|下线|屏蔽)|已被(?:发布者|作者|管理员)?(?:删除|撤回)|此内容(?:因违规|无法查看|被投诉)|(?:文章|内容)(?:审核中|违规)"
        ),
        "the article was deleted by its publisher; if it was on the air, consider withdrawing what was told of it",
        withdrawn=True,
    ),
    _Kind(
        re.compile(rf"^(?:404.*|(?:抱歉|对不起)?[，,！!]?.{{0,8}}(?:页面|网页|内容|文章)?(?:不存在|未找到|找不到|没有找到|走丢了?|出错了?|去火星了)|.{{0,6}}页面不存在|Not Found|出错啦?|错误提示|系统提示|提示信息){_END}"),
        re.compile(
            r"(?:访问|查看|请求|浏览|查找|寻找)的?(?:页面|网页|内容|文章|信息|资源|地址)?.{0,12}(?:不存在|未找到|找不到|没有找到|已移走|失效|出错)|(?:页面|网页|文章|内容|链接|帖子)(?:已经?)?(?:不存在|找不到|丢失|走丢|失效|过期)|^404\b|(?i:page not found|404 not found)|服务器(?:错误|繁忙|开小差)|系统(?:错误|繁忙|维护)"
        ),
        "the page says that there is nothing at this address",
    ),
    _Kind(
        re.compile(rf"^(?:页面)?(?:正在)?跳转(?:中|提示)?.{{0,8}}$|^Redirect.*|^(?:离开|外链|外部链接)提醒{_END}"),
        re.compile(r"(?:秒|自动|正在|即将|页面).{0,6}跳转|即将离开|如果.{0,10}没有(?:自动)?跳转|点击这里继续"),
        "the page only sends on to another address; name the article's own",
    ),
)  # fmt: skip
_TEASER_END: Final = re.compile(
    r"(?:…|\.\.\.|\[详细\]|\[详情\]|\[全文\]|［详细］|【详细】|\[查看\])\s*[>»]*\s*$"
)


def refuse_no_article(
    titles: Iterable[str], printed: Sequence[Line], paragraphs: Sequence[str], *, trusted: bool
) -> None:
    """Raise `NotAnArticle` for a page that holds none.

    `titles` are the page's window title and headings, `printed` all its lines, `paragraphs` the text that was
    found, `trusted` where it is not a guess.
    """
    text = sum(han_count(text) for text in paragraphs if not _is_cut(text) and not _says_no_article(text))
    for kind in _KINDS:
        titled = any(kind.title.match(title.strip()) for title in titles if title)
        if titled and text < ENOUGH_TEXT:
            raise NotAnArticle(kind.reason, withdrawn=kind.withdrawn or _says_deleted(printed))
    if trusted and text >= ENOUGH_TEXT:
        return
    for kind in _KINDS:
        if any(kind.words.search(line.text) for line in printed if _may_say(line)):
            raise NotAnArticle(kind.reason, withdrawn=kind.withdrawn or _says_deleted(printed))
    if _is_list(printed, paragraphs):
        raise NotAnArticle("the page is a list of articles, not one; name an article's own page")


def _says_no_article(text: str) -> bool:
    return len(text) <= LONGEST_NOTICE / 2 and any(kind.words.search(text) for kind in _KINDS)


def _may_say(line: Line) -> bool:
    return len(line.text) <= LONGEST_NOTICE and line.linked < len(line.text) * 0.8


def _says_deleted(printed: Sequence[Line]) -> bool:
    return any(
        kind.withdrawn and kind.words.search(line.text)
        for kind in _KINDS
        for line in printed
        if _may_say(line)
    )


def _is_cut(text: str) -> bool:
    return bool(_TEASER_END.search(text)) or not boilerplate.ends_sentence(text)


def _is_list(printed: Sequence[Line], paragraphs: Sequence[str]) -> bool:
    """Return whether what was found is mostly links to articles and cut sentences about them."""
    linked = "\n".join(line.text for line in printed if line.linked >= len(line.text) / 2)
    teasers = sum(
        bool(_TEASER_END.search(text)) or (text in linked and han_count(text) >= SHORTEST_HEADLINE)
        for text in paragraphs
    )
    prose = sum(han_count(text) for text in paragraphs if not _is_cut(text) and text not in linked)
    return teasers >= LEAST_TEASERS and prose < ENOUGH_TEXT
