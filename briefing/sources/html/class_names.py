"""Which parts of a page its own class and id names mark as the article's text, and which as something else.

The names are those of the publishing systems that Chinese newsrooms use (TRS, UCAP, Founder, 博达, CmsTop,
WordPress …) and of large sites, as their public pages show them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefing.sources.html.dom import Node

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

_BODIES: Final = frozenset(
    """js_content rm_txt_zw rwb_zw rm_txt_con show_text p_content detailcontent detail-content p-detail main-aticle
    content_area cnt_bd left_zw artibody endtext post_body post_text mp-editor main_content_val ucap-content
    ucapcontent pages_content trs_editor trs_ueditor trs_editor_view trs_paper_default v_news_content
    wp_articlecontent zoom contentbody ozoom founder-content newscontents chan_newsdetail contenttext articletext
    artical_real main_content cnt-main-article-qq rich_media_content articlecontent article-content article_content
    article__content article-body article_body articlebody entry-content post-content post_content single-content
    news_txt kr-rich-text-wrapper kr-rich-text articledetailcontent content-article news-content news_content
    newscontent news-text u-maintext all-txt m-txt g-articl-text art_contextbox xl-main-content box_con text_con
    con_text article-text article_text article-main articlemain artical-main-content detail-txt detail_txt
    detail_content info-content info_content newstext news_text contentmain main-text maintext text-content
    content-text bt_content article-detail-content syl-article-base tt-article-content story-content
    post-body postbody c-article-body markdown-body articlearea article-con article_con artcontent
    view-content zw-content zwcontent xxgk_content zfxxgk_zw_content content_maincontent_content
    newsdetail news_con newscon newsinfo_content pagecontent arti_content articel_content contentdetail
    content-detail txt_con txtcont bodytext printcontent print-content printarea contentinfo""".split()
)
_BODY_STARTS: Final = re.compile(
    r"^(?:index_cent?ent-?wrap|index_text_|vsb_content|article_?content|detail_?content|news_?content|index_detail|"
    r"app-module_content|content_area|_18p7x|index-module_content|articles?-?detail__content)",
    re.IGNORECASE,
)

_JUNK: Final = re.compile(
    r"""(?x)(?:^|[-_])(?:
    comments?|comment-?(?:list|box|area)|pinglun|gentie|tie-?area|reply|replies|respond|
    related?|related-?(?:posts?|articles?|news|list|reads?)|relation|relevant|recommends?|recommendation|recs?|tuijian|xiangguan|xgxw|xgyd|yanshen|guess|
    more-?(?:news|read|article)|hot-?(?:news|list|rank|article|read)?|ranking?|rank-?list|paihang|
    share|sharedaddy|sharing|shares|fenxiang|bshare|jiathis|bdshare(?:buttonbox)?|social|sns|
    side-?bar|sidebar|widget|aside|breadcrumbs?|crumbs?|crumb-?nav|navbar?|navi|navigation|menu|menus|topnav|
    footer|foot|copyright|copy-?right|banquan|banner|advert(?:isement|ising|s)?|adv|ads?|gg|guanggao|gdt|sponsor|
    promo|promotion|qr-?code|qrcode|ewm|erweima|weixin-?code|wechat-?(?:qr|code|follow)|
    pagination|pager|page-?nav|pages-?nav|page-?turn|fenye|prev-?next|pre-?next|post-?navigation|up-?down|
    tool-?bar|toolbar|tools|tool|func|operate|font-?size|fontsize|
    statement|shengming|disclaimers?|declare|mianze|tousu|jubao|report-?btn|
    app-?down(?:load)?|download|open-?app|client|subscribe|follow|reward|dashang|praise|dianzan|zan|vote|survey|
    login|register|modal|popup|dialog|toast|mask|tooltips?|
    hidden|hide|dn|none|noprint|no-?print|print-?hide|search|site-?map|friend-?links?|friendlinks?|yqlj|links
    )(?:$|[-_\d])"""
)
_SMALL_JUNK: Final = re.compile(
    r"""(?x)(?:^|[-_])(?:
    editor|editors|edit|edit-?bar|zeren|zebian|bianji|article-?editor|ep-?editor|show-?author|
    author|authors|writer|byline|source|sources|origin|article-?info|artinfo|art-?info|info-?bar|meta|entry-?meta|
    post-?meta|post-?info|time|date|pubtime|pub-?time|publish-?time|tags?|tag-?list|keywords?|label|labels|
    tips?|notice|article-?tip|bottom|article-?bottom|end-?mark|endmark|the-?end|
    caption|captions|figcaption|picture-?desc|img-?(?:desc|note|txt|caption|title|info)|image-?(?:desc|note|caption)|
    pic-?(?:desc|txt|text|note|title|info|caption)|pictext|pic-?shuoming|photo-?(?:desc|txt|caption)|wp-?caption|
    img-?alt|tuzhu|tushuo|image-?caption|media-?caption|video-?(?:desc|title|info|caption)|
    loading|load-?more|loadmore|expand|unfold|zhankai|read-?more|look-?all(?:-?box)?|lookall|original-?title|
    zhuanfa|paper-?num|counter|count|views?|hits|browse|read-?num|column|channel|location|position|weizhi|album
    )(?:$|[-_\d])"""
)
_KEEP: Final = re.compile(r"(?i)ueditor|trs_|editor_view|mp-editor|rich_media|content-?wrap")


@lru_cache(maxsize=8192)
def _tokens(named: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named.split()))


def _named(node: Node) -> tuple[str, ...]:
    return _tokens(f"{node.get('id') or ''} {node.get('class') or ''}")


@lru_cache(maxsize=8192)
def _kebab(token: str) -> str:
    return _CAMEL.sub("-", token).lower()


def is_body(node: Node) -> bool:
    """Return whether the names say that this is the text of the article."""
    if node.get("itemprop") == "articleBody" or node.tag == "founder-content":
        return True
    return any(token.lower() in _BODIES or _BODY_STARTS.match(token) for token in _named(node))


def is_junk(node: Node) -> bool:
    """Return whether the names mean no part of an article: comments, related, navigation, sharing."""
    return any(_JUNK.search(_kebab(token)) for token in _named(node) if not _KEEP.search(token))


def is_small_junk(node: Node) -> bool:
    """Return whether the names say credits, captions, tags: no text of the article unless it is long."""
    return any(_SMALL_JUNK.search(_kebab(token)) for token in _named(node) if not _KEEP.search(token))


@lru_cache(maxsize=4096)
def _dated(token: str) -> bool:
    return bool(re.search(r"(?i)time|date|pub|riqi|shijian|info|meta|source|laiyuan|sj\b", token))


def is_dated(node: Node) -> bool:
    """Return whether the names say that the article's time stands here."""
    return node.tag == "time" or any(_dated(token) for token in _named(node))


@lru_cache(maxsize=4096)
def _origin(token: str) -> bool:
    return bool(re.search(r"(?i)(?:^|[-_])(?:source|laiyuan|from|media|ly|nickname)(?:$|[-_])", token))


def is_origin(node: Node) -> bool:
    """Return whether the names say that this is whom the page credits."""
    return any(_origin(token) for token in _named(node))


@lru_cache(maxsize=4096)
def _author(token: str) -> bool:
    return bool(re.search(r"(?:^|[-_])(?:author|author-?name|byline|writer|reporter|zuozhe)$", _kebab(token)))


def is_author(node: Node) -> bool:
    """Return whether the names say that this is who wrote it."""
    return any(_author(token) for token in _named(node))


@lru_cache(maxsize=4096)
def _titled(token: str) -> bool:
    return bool(re.search(r"(?i)title|headline|biaoti|^tit$|^bt$|activity-name|^h1$|subject|^font01$", token))


def is_titled(node: Node) -> bool:
    """Return whether the names say that the article's title stands here."""
    return any(_titled(token) for token in _named(node))


@lru_cache(maxsize=4096)
def _lead(token: str) -> bool:
    return bool(re.search(r"(?:^|-)(?:summ|summary|lead|lede|daoyu|introduction)$", _kebab(token)))


def is_lead(node: Node) -> bool:
    """Return whether the names mean a lead: the first paragraph in a box, or an abstract."""
    return any(_lead(token) for token in _named(node))
