"""Lines that stand in the text of Chinese news pages and are not of it: credits, appeals, links to more, notices.

Each test is of one line by itself; `briefing.sources.html.paragraphs` knows where the line stands. What reads like a
sentence of news is never matched: the patterns want the line's beginning, and most of them a short line.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.model import han_count

_ROLES: Final = (
    r"(?:(?:本文|本期|今日|本版|值班|执行|网络|视频|图片|新媒体|实习|文字|首席|一审|二审|三审|终审|初审|复审|栏目|微信|责任|"
    r"网站|前端|技术|内容|版面|总|主|副|见习|助理|资深|流程|海报|音频|英文)*"
    r"(?:编辑|责编|主编|编审|校对|校审|审核|审校|审稿|监制|制作|美编|统筹|策划|签发|图编|视觉|设计|排版|编排|剪辑|摄像|配音|"
    r"出品|总监|监审|编委|值班|运营|终审|初审|复审|一审|二审|三审|审读|审签|供稿|报料|投稿|来稿|撰稿|撰文|执笔|文案|"
    r"制图|绘图|漫画|海报|编译|翻译|出品人|发布|录入|上传|推荐))"
)
_SEPARATOR: Final = r"[\s]*[:：/丨|｜／]"
_OPEN: Final = r"^[\s【\[（(〔「*•·▌▍■◆●▎┃|丨-]*"
_CREDIT: Final = re.compile(
    rf"{_OPEN}{_ROLES}(?:{_SEPARATOR}|[\s\u3000]+[\u4e00-\u9fff]{{2,4}}(?:[\s；;）)】\]]|$))"
)
_EDITORS: Final = re.compile(
    rf"{_OPEN}(?:本文)?(?:责任编辑|责编|责 编|编辑|编 辑|网络编辑|值班编辑|值班编委|校对|审核|监制)[\s]*(?:{_SEPARATOR}|[）)】]|[\s]+[\u4e00-\u9fffA-Za-z_]{{2,12}}\s*[）)】]?$)"
)
_ORIGIN: Final = re.compile(
    rf"{_OPEN}(?:(?:本文|文章|信息|图片|资料|稿件|内容|新闻|视频|素材|综合|数据|原文)*(?:来源|稿源|出处|转自|综合自|来自)|作者|记者|"
    rf"文字?|图片?|文图|图文|摄影|供图|通讯员|特约记者|实习生|见习记者|文/图|图/文|文、图|采写|采访|写稿|报道){_SEPARATOR}"
)
_NAMES: Final = re.compile(
    r"^[（(【\[]\s*(?:[\u4e00-\u9fff]{0,12}(?:(?:记者|通讯员|作者|摄影|撰稿|评论员|特约[\u4e00-\u9fff]{2,4})\s*[/／:：]?|[文图]\s*[/／:：])\s*)?"
    r"[\u4e00-\u9fff·]{2,4}(?:[\s、/／]+[\u4e00-\u9fff·]{2,4}){0,6}\s*(?:报道|摄影报道|摄|文|图|整理)?\s*[）)】\]]$"
    r"|^[（(]?(?:记者|通讯员|作者|摄影)[\s\u3000]+[\u4e00-\u9fff·]{2,4}(?:[\s、]+[\u4e00-\u9fff·]{2,4}){0,5}[）)]?$"
    r"|^[\u4e00-\u9fff]{2,8}(?:记者|编辑|作者|评论员)\s*[:：|｜丨/]\s*\S.{1,50}$"
    r"|^(?:本[报网台刊]|[\u4e00-\u9fff]{2,8}[报网社台])(?:首席|全媒体|融媒体?|见习)?(?:记者|通讯员|评论员)[\s:：]+[\u4e00-\u9fff·\s、]{2,30}$"
)
_PAPER: Final = re.compile(
    r"^[（(【]?\s*《[^》]{2,16}》\s*[（(]?.{0,30}(?:\d\s*版|\d{1,2}\s*日|第?\d+期).{0,12}[）)】]?$"
)
_APPEAL: Final = re.compile(
    r"^[\s>＞▶►→↓⬇☞👉👇🔗\-—~～【\[（(*·▲△]*(?:"
    r"(?:欢迎)?(?:点击|点按|戳|轻触)(?!率|量)|点开|点这里|.{0,12}(?:请点|点个|点击)[“「【]?(?:在看|赞|关注)|点[“「【]?(?:在看|赞)|(?:欢迎|请)?(?:长按|扫描?|扫一扫|识别|微信扫).{0,12}(?:码|图|关注|分享|阅读)|"
    r"(?:欢迎|请|敬请|记得)?(?:关注|订阅|收藏|置顶|星标|转发|分享到?|点赞|点个|在看|添加)(?:.{0,14}(?:公众号|微信|微博|客户端|本号|我们|抖音|视频号|频道|在看|朋友圈)|[:：至到]|$)|"
    r"阅读原文|原文链接|查看(?:更多|全文|原图|大图|原文|详情|全部|完整)|(?:展开|阅读|浏览)(?:剩余|更多|全文|余下)|加载(?:更多|中)|"
    r"打开.{0,12}(?:客户端|APP|App|微信|阅读|查看)|下载.{0,14}(?:客户端|APP|App)|(?:更多|精彩|最新).{0,16}(?:请|尽在|关注|下载|点击|扫码|内容$|资讯$|新闻$|>)|"
    r"返回.{0,8}(?:首页|顶部|列表|搜狐|查看)|[上下前后]一[篇页条]|首页$|尾页$|末页$|第\d+页$|打印(?:本页|$)|关闭(?:窗口|本页|$)|字号|字体|"
    r"登录|注册|举报|评论$|网友评论|发表评论|写评论|我要评论|评论\s*[(（\d]|[\d.]+\s*万?\+?\s*(?:条|人)?(?:评论|参与|跟贴|讨论)|收藏$|点赞$|赞\s*\d*$|分享$|图集$|组图$|\d{1,3}\s*/\s*\d{1,3}$|(?:投稿|商务|合作)(?:邮箱|热线|电话|微信)|打赏|赞赏|喜欢作者|"
    r"标签[:：]|关键词[:：]|关键字[:：]|分类[:：]|栏目[:：]|[Tt]ags?[:：]|所属专题|专题[:：]|"
    r"(?:浏览|阅读|点击|访问|人气)(?:次数|量|数|率)?\s*[:：(（]?\s*\d|浏览次数|阅读次数|"
    r"您(?:的浏览器|的位置|当前位置|现在的位置|所在)|当前位置|现在位置|你(?:现在)?的位置|视频(?:加载|载入)|正在加载|图片加载|"
    r"进入专题|满意度评价|[★☆]{3,}|\d+页PDF|PDF(?:版|下载|文件)|继续阅读\W*$|更多>|更多＞|更多»|\+更多|换一[批换]|不感兴趣|反馈$|意见反馈|纠错|我要纠错|报错|扫码|二维码|用微信|微信扫|手机(?:看|阅读|浏览|扫)|"
    r"(?:本文|全文)共?.{0,4}\d\s*字|阅读(?:约|大约|需|本文|时[长间]).{0,8}\d|赞同\s*\d|喜欢\s*\d|炒股就看|(?:感谢|谢谢).{0,24}(?:线索|投递|投稿|报料|爆料)|(?:共享|分享)(?:此|本|该)?文章?[:：]?$|订阅|APP$|客户端$|分享让更多人|(?:转发|收藏|在看|分享|点赞|评论)\s*\d[\d.万+]*$|(?:#[^#\s]{1,20}#\s*)+$|(?:#[^#\s，。]{1,20}(?:\s+|$))+$|全屏$|播放$|静音|倍速|听新闻|语音播报|朗读|AI(?:总结|摘要|朗读)|边听边|收听本文|听全文"
    r")"
)
_ASKS: Final = re.compile(
    r"浏览器|点击|点按|戳|点赞|点个|长按|扫码|扫一扫|扫描|二维码|公众号|客户端|APP|App|关注|订阅|星标|朋友圈|留言|评论|本号|链接|本文|阅读原文|线索|投递|投稿|炒股"
)
_NOTICE: Final = re.compile(
    r"^[\s【\[（(*※·•■◆▌▍▎┃「]*(?:(?:特别|版权|免责|郑重|法律|转载|本网|本站|平台|温馨|风险|侵权|友情|重要|本报|媒体|作者)*(?:声明|提示|提醒)\s*(?:[:：】\])）]|$)|"
    r"(?:以上|本文|文章|该文|此文|上述)(?:内容|观点|仅|系|由|来自|来源|转|转载|转自|为.{0,10}(?:原创|作者|稿)|经.{0,16}授权|首发|原载|刊|文字|图片|信息|已获|未经).{0,80}"
    r"(?:观点|立场|授权|转载|原创|投资建议|版权|侵权|删除|作者|首发|无关|发布|号|刊|来源|处理|参考|联系|自|提供)|"
    r"(?:未经|如需|如有|凡|转载|欢迎转载|任何).{0,30}(?:授权|转载|许可|侵权|注明|版权|来源|出处|使用|联系|镜像|谢绝)|"
    r"[Cc]opyright|©|版权所有|版权归|京ICP|.{0,4}ICP[备证]|.{0,4}公网安备|互联网新闻信息|违法和不良信息|网上传播视听|(?:新闻|报料|爆料|投诉|客服|广告|合作)(?:热线|电话|邮箱|邮件|微信)\s*[:：]|"
    r"前瞻性(?:声明|陈述)|本?(?:新闻稿|公告|文件|文章|通稿)(?:中)?(?:可能)?(?:包含|含有).{0,8}前瞻性|"
    r"The post .{1,120}appeared (?:first )?on|(?:特别声明|Notice)[:：]|(?:广告|推广|AD|Ads?|ADVERTISEMENT|赞助商?链接|商业推广)[:：]?$|(?:本文)?原标题\s*[:：]|[（(]?本文(?:选自|摘自|节选自)|本文(?:链接|地址|网址|标题)\s*[:：]|"
    r"(?:以上|部分|文中|全部)?(?:信息|图片?|内容|资料|文字|素材)(?:均|皆|都|全部)?(?:来源于?|来自于?|取自|源自|源于)(?:网络|互联网)|"
    r"如您?对.{0,16}(?:异议|投诉|疑问|侵权).{0,12}(?:请|联系)|"
    r"[—-]*\s*本文(?:首发|原载|最早)|"
    r"(?:投资|股市|市场)有风险|风险提示(?:及|与|和)?(?:免责.{0,4})?$|免责条款$|据此(?:操作|入市|投资)|海量资讯|(?:新浪|腾讯|网易|搜狐|凤凰|百度|今日头条|抖音|微博|快手)(?:号|新闻|财经)?.{0,16}(?:客户端|平台声明|仅提供信息|享更多))"
)
_MORE: Final = re.compile(
    r"^[\s【\[（(>＞▶►■◆●▎▍|丨—\-·*☆★]*(?:(?:相关|延伸|推荐|更多|往期|热门|精彩|编辑|猜你|大家|热点|最新|为你|为您|近期|今日|24小时|一周|本周|"
    r"关联|其他|其它|其它相关|相近|扩展|深度|拓展|继续|还可|同类|本网|本站|本栏|本类|随机|文章|上期|站内|今日头条|您可能|你可能|您还|你还|点击|频道|图片)"
    r"(?:精选|热门|相关|重要|更多|精彩|感兴趣的?|也喜欢|都在看|都在搜|都在读|喜欢|会?想看|会?喜欢|可能|排行|推荐|热点|最新|为你|阅读|新闻|热)*"
    r"(?:阅读|新闻|报道|链接|推荐|资讯|文章|评论|回顾|专题|视频|内容|热文|头条|排行榜?|排行|热点|话题|看点|推送|图集|图片|热词|榜|稿件|搜索|消息|信息|喜欢|在看|想看|附件|下载|精选|导读)|"
    r"(?:全部|所有|网友|最新|热门|精彩)?(?:评论|留言|跟贴|跟帖)(?:区|列表)?|RELATED|Related.{0,12}|You may.{0,20}|Recommended|热读|热榜|热搜|推荐|相关|往期|延伸|附件下载|链接|"
    r"(?:相關|延伸|推薦|更多|熱門|最新|您可能)(?:閱讀|新聞|報導|文章|內容|推薦|主題|也喜歡)?)"
    r"[\s】\]）)》>＞:：.…\d()（]*$"
)
_BRACKETED: Final = re.compile(r"^【([\u4e00-\u9fff]{2,6})】\s*(?=\S)")
"""【记者】, a label in brackets."""
_SPACED: Final = re.compile(r"^([^\w]*[\u4e00-\u9fff])\s+([\u4e00-\u9fff]\s*[:：])")
"""来　源：, a label whose characters are set apart."""
_ABSTRACT: Final = re.compile(
    r"^[\s【\[（(]*(?:AI|智能|内容|本文|文章|全文|新闻)?\s*(?:摘要|核心提示|内容提要|导读|速览|速读|提要|阅读提示)[\s】\])）:：]*$"
)
_LABELLED_ABSTRACT: Final = re.compile(
    r"^[\s【\[]*(?:内容提要|核心提示|内容摘要|文章摘要|摘要|提要)[\s】\]]*[:：】\]]\s*\S"
)
_RIGHTS: Final = re.compile(r"未经.{0,14}(?:许可|授权|同意|允许).{0,12}(?:不得|禁止|严禁|请勿|谢绝)")
_SITE_RIGHTS: Final = re.compile(r"^.{0,4}本(?:网站?|站|报|台|刊|平台).{0,100}" + _RIGHTS.pattern)
_END: Final = re.compile(
    r"^[\s（(【\[\-—=－─*#·.。]*(?:完|END|end|End|全文完|本文完|the end|THE END|结束)[\s）)】\]\-—=－─*#·.。]*$"
)
_ORNAMENT: Final = re.compile(r"^[^\w\u4e00-\u9fff]*$|^\W*\d{1,2}\W*$")
_PHOTO: Final = re.compile(
    r"^[\s（(【\[]*(?:▲|△|↑|▼|↓|◀|◎|图[:：/丨|]|图源|图片?来源|图片?(?:由|为|系|说明|提供)|资料图|(?:配图|供图|摄影|插画|制图|截图|海报)(?:\s*[:：/丨|]|\s|$)|摄[:：/]|视频(?:来源|截图|[:：])|来源[:：]|点击图片|图\s*\d+(?:[:：\s]|$)|图为|上图|下图|左图|右图)"
)
_PHOTO_END: Final = re.compile(
    r"(?:(?<![拍录])摄|供图|[/／]图|图[/／].{2,8}|(?:资料|视频|网络|效果|示意|影片|电视)(?:图片?|截图|照片)|截图|图源.{0,16}|图片来源.{0,16}|"
    r"摄影报道|(?:新华社|中新社|视觉中国|本报|法新社|路透社|东方IC|人民视觉|IC\s?photo|澎湃影像)(?:(?:记者.{0,12})?(?:[发摄图]|照片|供图))?)[\s）)】\]。.]*$"
)
_ENDS: Final = re.compile(r"[。！？!?…；;.][”’」』）)】\]》\"']*$")

SHORT: Final = 60
"""Characters of a line that may be a credit or an appeal."""
NOTE: Final = 220
"""Characters of a line that may be a legal notice."""


_PAID: Final = re.compile(
    r"(?:此|本)文(?:章)?(?:为|是|属于)?(?:付费|会员|订阅|VIP)|付费(?:内容|文章|阅读)|会员专享|剩余\s*\d+(?:\.\d+)?\s*%|(?:试读|预览)(?:部分|内容)?(?:已|到此)?(?:结束|完毕|到此)|免费试读|"
    r"(?:订阅|购买|付费|开通|成为|升级|支付|登录)[^。，]{0,12}(?:后)?(?:即可|可|才能|以)?[^。，]{0,4}(?:阅读|查看|解锁|畅读|观看)(?:全文|全部|剩余|完整|余下|更多)|(?:解锁|阅读)(?:全文|剩余内容)(?:需|请)|剩余(?:内容|全文)(?:需|请|为)"
)
_PAID_LINE: Final = re.compile(
    r"^\W*(?:余下全文|阅读全文|查看全文|展开全文|继续阅读(?:全文)?|立即(?:开通|订阅|购买|解锁)|开通会员|订阅会员.{0,16}|成为会员|解锁全文)\W*$"
)


def is_paid_notice(text: str) -> bool:
    """Return whether a line says that the rest of the text has to be paid for."""
    return len(text) <= SHORT and bool(_PAID.search(text))


def is_paywall(text: str) -> bool:
    """Return whether a line stands where a text was cut for those who do not pay."""
    return is_paid_notice(text) or bool(_PAID_LINE.match(text))


def ends_sentence(text: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return bool(_ENDS.search(text))


def is_editors(text: str) -> bool:
    """Return whether a line names the editors in charge, with which articles end."""
    return len(text) <= SHORT and bool(_EDITORS.match(_SPACED.sub(r"\1\2", text)))


def is_more(text: str) -> bool:
    """Return whether a line heads a list of other articles, or the comments."""
    return len(text) <= SHORT / 2 and bool(_MORE.match(text))


def is_box(text: str) -> bool:
    """Return whether a line heads a box that is no part of the text: other articles, comments, an abstract."""
    return is_more(text) or bool(_ABSTRACT.match(text))


def is_abstract(text: str) -> bool:
    """Return whether a line is an abstract of the text that follows, with its label."""
    return bool(_LABELLED_ABSTRACT.match(text))


def is_end(text: str) -> bool:
    """Return whether a line says that the article ends here."""
    return bool(_END.match(text))


def is_credit(text: str) -> bool:
    """Return whether a line says who made it or where it is from."""
    if len(text) > SHORT * 1.5 or ends_sentence(text):
        return False
    text = _SPACED.sub(r"\1\2", _BRACKETED.sub(r"\1：", text))
    return bool(_CREDIT.match(text) or _ORIGIN.match(text) or _NAMES.match(text) or _PAPER.match(text))


def is_appeal(text: str) -> bool:
    """Return whether a line asks the reader to click, scan, follow or share, or is a button's label."""
    return len(text) <= SHORT and bool(_APPEAL.match(text)) and not _reads_like_news(text)


def is_notice(text: str) -> bool:
    """Return whether a line is a legal notice, a disclaimer, or the title under which the text appeared first."""
    if len(text) > NOTE:
        return False
    is_of_rights = _RIGHTS.search(text) if len(text) <= SHORT else _SITE_RIGHTS.match(text)
    return bool(_NOTICE.match(text) or is_of_rights)


def is_ornament(text: str) -> bool:
    """Return whether a line has no letter and at most the number of a section, or only says that this is the end."""
    return bool(_ORNAMENT.match(text) or _END.match(text))


def is_caption(text: str, *, beside: bool) -> bool:
    """Return whether a line tells of a picture; `beside` when a picture stands directly before or after it."""
    if len(text) <= SHORT * 1.5 and _PHOTO.match(text) and (beside or text[0] in "▲△↑▼↓◀◎"):
        return True
    match = _PHOTO_END.search(text) if len(text) <= SHORT * 2 else None
    if not match:
        return False
    # A sentence that only ends like a credit is one of the text.
    return beside or match[0][-1] not in "。." or match[0].startswith(("摄", "供图"))


def _reads_like_news(text: str) -> bool:
    """Return whether a line is a whole sentence and names nothing that an appeal would have the reader do."""
    if not ends_sentence(text):
        return False
    return not _ASKS.search(text) or (han_count(text) > SHORT / 2 and "，" in text)
