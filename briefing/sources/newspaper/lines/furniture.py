"""What pages print around their articles: mastheads, credits, footers, prompts, captions, indexes, labels.

Recognised by the residue: a line of which hardly a word is left without everything known is furniture.
All functions take folded text (`cleaning.fold`).
"""

from __future__ import annotations

import re
from typing import Final

from briefing.sources.newspaper.lines import bylines, cleaning
from briefing.sources.newspaper.lines.cleaning import HAN
from briefing.sources.newspaper.lines.page_numbers import PAGE

_STAFF: Final = (
    r"(?:本版|本期|今日|值班|执行|责任|图片|文字|美术|视觉|版面|首席|副)*"
    r"(?:责任编辑|责编|编辑|美编|校对|校检|检校|版式|视觉|值班主任|值班总编|值班编委|值班|总值班|主编|总编辑|总编|副总编|组版|排版|审读|审校|统筹|策划|监制|制图|绘图|设计|编审|编委|终审|"
    r"复审|初审|二审|三审|一审|签发|签审|电脑制作|制作|美工|版权|执编|主任|出品人|社长|一读|二读|首读)"
)
_PEOPLE: Final = (
    rf"(?:{HAN}{{2,4}}|{HAN} {{1,2}}{HAN})(?:[\s、/,]+(?:{HAN}{{2,4}}|{HAN} {{1,2}}{HAN})(?![:/]))*"
)
_CREDIT: Final = re.compile(rf"{_STAFF}(?:\s*/\s*{_STAFF})*\s*(?:[::/丨|]\s*|\s+){_PEOPLE}")
_CREDIT_TIGHT: Final = re.compile(rf"^{_STAFF}{HAN}{{2,3}}$|{_STAFF}(?=\s|$)")
_CONTACT: Final = re.compile(
    r"(?:(?:新闻|报料|爆料|广告|发行|订阅|订报|投稿|服务|读者|监督|举报|便民|采编|编辑部|总编室|办公室|咨询|征订|投诉|民生|记者部|24小时|本报|本版|联系|值班|报警|维权|投递|客服|市民|法律|传真)*"
    r"(?:热线|电话|传真|邮箱|投稿邮箱|电子邮箱|电子信箱|信箱|E-?mail|e-?mail|QQ群?|微信号?|微博|抖音)\s*(?:电话)?\s*[::]?\s*)+"
    r"(?:[\w.+-]+@[\w.-]+|@?[\w—–()/、\s-]*\d[\d—–()/、\s-]*|@[\w\u4e00-\u9fff]+)"
)
_PRINTED: Final = re.compile(
    r"(?:国内|国际)?(?:统一)?(?:连续出版物号|统一刊号|标准刊号|刊号|报号)\s*[::]?\s*(?:CN)?[\s\d—–/-]*|CN\s*\d{2}\s*[—–-]\s*\d{4}(?:/\S*)?|ISSN\s*[\d-]+|"
    r"(?:国内|国外)?(?:邮发|国外)?代号\s*[::]?\s*\d+\s*[—–-]\s*\d+|(?:渝|京|沪|津|[\u4e00-\u9fff])?内(?:部)?资(?:料)?\S{0,20}|准印证\S*|"
    r"(?:总)?第?\s*\d+\s*期(?:\s*\(总第?\d+期\))?|\(?总第?\s*\d+\s*(?:期|号)\)?|[今本](?:日|期)\s*(?:共)?\s*[\d一二三四五六七八九十]+\s*(?:个)?(?:版|张)|共\s*\d+\s*版|"
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+\.\w+|(?:网址|网站|数字报)\s*[::]?|(?:中文)?域名\S*|"
    r"(?:每份|零售价?|定价|全年定?价?|月价|季价|单价)\s*[::]?\s*(?:人民币)?[\d.]+\s*元|(?:每份|零售价?|定价)\S{0,10}元|"
    r"(?:本报|本社|社)?(?:地址|社址|编辑部地址)\s*[::]\s*\S+|社址\s*\S+|(?:邮政编码|邮编)\s*[::]?\s*\d{6}|"
    r"(?:广告)?(?:经营)?许可证(?:号|编号)?\s*[::]?\s*\S+|(?:本报)?(?:常年)?法律顾问\s*[::]?\s*\S+(?:\s*律师)?|(?:承印|印刷|承印单位|印刷单位|印刷厂)\s*[::]\s*\S+|\S{2,14}(?:印刷厂|印务(?:有限)?(?:责任)?公司|印刷有限公司)(?:承印|印刷)?|"
    r"本报印刷厂印刷|(?:全国)?各地邮局(?:均可)?订阅|(?:昨日|今日|本报)?(?:上版|开印|印完|截稿|付印|发行量)\S{0,14}|违法和不良信息\S*|"
    r"[\u4e00-\u9fff、]{2,30}(?:主管|主办|出版|编印|承办)(?=[\s、,|·]|$)(?:主办|出版|主管)?|(?:主管|主办|出版|承办|协办|编印|出版单位|主管单位|主办单位)(?:单位)?\s*[::]\s*\S+|"
    r"\d{4}年\S{0,6}创刊|创刊于\S+|星期[一二三四五六日天]|周[一二三四五六日天](?!\S)|礼拜[一二三四五六日天]|"
    r"(?:农历|夏历|阴历)?\s*[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥](?:[鼠牛虎兔龙蛇马羊猴鸡狗猪])?年?\s*(?:农历)?\s*闰?[正二三四五六七八九十冬腊一]{1,2}月(?:大|小)?\s*(?:初|十|廿|三十|二十)?[一二三四五六七八九十]{0,2}|"
    r"(?:农历|夏历|阴历)\s*\S{2,12}|(?:今日|明日)?(?:立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒)(?=\s|$)"
)
_DATE: Final = re.compile(
    r"(?:19|20)\d{2}\s*(?:年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日?)?|[-./]\d{1,2}[-./]\d{1,2})|[一二][〇零一二三四五六七八九]{3}\s*年(?:\s*[一二三四五六七八九十零〇]{1,3}\s*月(?:\s*[一二三四五六七八九十零〇]{1,3}\s*日)?)?|"
    r"^\d{4}\s*年$|\d{1,2}\s*月\s*\d{1,2}\s*日|(?i:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{1,2}\b(?:,?\s*20\d{2})?|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b)"
)
_PAPER: Final = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,8}(?:周刊|(?<![海简通快速预播画喜捷汇申填举警情测])报)(?:社)?(?![\u4e00-\u9fff])"
)
_SKY: Final = re.compile(
    r"今[日天晚]|明[日天]|后天|本周|白天|夜间|晴间|局部|天气|空气质量|优|良|级|"
    r"晴|多云|阴|[小中大暴阵]雨|雷阵雨|雷雨|雨夹雪|[小中大]雪|雾|霾|[东南西北偏]+风|[到间转有或和]"
)
_DEGREES: Final = re.compile(
    r"-?\d{1,2}\s*(?:℃|°C?|度)?\s*[~～—–\-至到/]+\s*-?\d{1,2}\s*(?:℃|°C?|度)|(?:最高|最低)?(?:气温|温度)[::]?\s*-?\d{1,2}\s*(?:℃|°C?|度)|-?\d{1,2}\s*(?:℃|°C)"
)
_MOST_WORDS: Final = 5
"""Han characters that may be left of a line of furniture: a section's name such as 民生·要闻."""
_LONGEST: Final = 260
"""Characters of the longest line of furniture, caption or table row."""
_LONGEST_CLOSED: Final = 60
"""Han characters of furniture that ends like a sentence."""
_LONGEST_PROMPT, _LONGEST_CREDIT = 50, 44
"""Characters of a prompt, and of a picture's credit."""
_SHORTEST_ENTRY, _LONGEST_ENTRY = 4, 40
"""Han characters of a title in an index."""

_NEWSROOM: Final = re.compile(
    r"^(?:要闻|本地|区县|时政|综合|综合新闻|民生|社会|文化|副刊|体育|国际|国内|天下|教育|健康|财经|经济|专版|专题|特刊|广告|评论|理论|公益广告|头版|都市|生活|文体|科教|法治|街道|镇街|社区|影像|图片)(?:[·\s]?(?:新闻|要闻|周刊|专版|专刊|视点|聚焦|民生|社会|时政))*$"
)


def residue(folded: str) -> tuple[str, int]:
    """Return what is left of a line without everything known, and how many known things there were."""
    count = 0
    for pattern in (_CREDIT, _CONTACT, _PRINTED, _DATE, _CREDIT_TIGHT, PAGE, _PAPER):
        folded, hits = pattern.subn(" ", folded)
        count += hits
    if _DEGREES.search(folded):
        folded = _SKY.sub(" ", _DEGREES.sub(" ", folded))
        count += 1
    return folded, count


def is_furniture(folded: str) -> bool:
    """Return whether a line is masthead, credits, footer, weather or a page number."""
    if len(folded) > _LONGEST or (
        folded.endswith(("。", "!", "?")) and cleaning.han_count(folded) > _LONGEST_CLOSED
    ):
        return False
    rest, hits = residue(folded)
    words = cleaning.han_count(rest)
    return (
        bool(hits)
        and words <= max(_MOST_WORDS, 0)
        and (words <= _MOST_WORDS - 1 or 4 * words <= cleaning.han_count(folded))
    )


def is_paper(folded: str) -> bool:
    """Return whether a line is nothing but the name of a paper, perhaps with its name in Latin letters."""
    return bool(
        re.fullmatch(r"[\u4e00-\u9fff]{1,8}(?:报|周刊)(?:社)?\s*[A-Za-z\s]*", folded)
    ) and not re.search(r"(?:[海简通快速预播画喜捷汇申填举上警]|再)报", folded)


def is_department(folded: str) -> bool:
    """Return whether a line is the name of a page's department: 要闻, 民生新闻."""
    return bool(_NEWSROOM.match(folded.strip(" 【】[]()|·-—")))


_PROMPT: Final = re.compile(
    r"扫(?:描|一扫)?\s*(?:下方|上方|右侧|左侧|右方|左方|文中|图中|此|本版)?\s*(?:二维码|小程序码|码)?\s*(?:关注|观看|阅读|下载|查看|收听|收看|了解|加入|报名|进入|浏览|参与|订阅|获取|阅览|(?:看|读|听)(?=[《“]|视频|更多|直播|详情|全文|新闻|图|电子|本|数字|精彩|[A-Z]|$))|"
    r"扫码.{0,12}(?:APP|App|视频|新闻|公众号|二维码|报道|更多|详情|报|直播|投票|报名|小程序|平台|群|[看听读])$|扫一扫|扫描.{0,8}(?:二维码|小程序码)|识别.{0,6}二维码|长按.{0,8}(?:二维码|识别)|(?:请|欢迎)?(?:关注|搜索).{0,16}(?:公众号|视频号|抖音号|官方微博|官方微信|微信号)|"
    r"下载.{0,14}(?:APP|App|客户端)|更多(?:精彩|新闻|内容|资讯|报道|详情).{0,18}(?:请|关注|扫|登录|APP|App|公众号|客户端|见)|点击.{0,8}(?:查看|观看|阅读原文)|阅读原文|视频(?:请)?(?:扫|见|看)|"
    r"(?:官方)?(?:微信|微博|抖音|视频号)(?:公众号|二维码|号)$|^.{0,14}(?:APP|App|客户端)(?:二维码|下载)?$|^.{0,10}(?:公众号|二维码|小程序码)$"
)
PROMPT_BRACKET: Final = re.compile(
    r"[((\[【][^()()\[\]【】]{0,24}(?:扫码|扫描|二维码|扫一扫|详见第?[A-Z]?\d+版|相关(?:报道|新闻|稿件)(?:见|详见)[^()()]{1,12}|(?:详|均)?见(?:第?\s*[A-Z]?\d{1,2}\s*版|[左右上下]图)|如图|资料图片|图片由[^()()]{1,20}|(?:[^()()]{0,12})摄)[^()()\[\]【】]{0,24}[))\]】]"
)
"""A bracket inside running text that sends the reader elsewhere; it is no part of the news."""


def is_prompt(folded: str) -> bool:
    """Return whether a line asks the reader to scan, follow or download something."""
    return (
        len(folded) <= _LONGEST_PROMPT and bool(_PROMPT.search(folded)) and not folded.endswith(("。", "”"))
    )


_CREDIT_END: Final = re.compile(
    rf"(?:{bylines.ROLE}|新华社发|中新社发|人民视觉|视觉中国|CFP|IC)?[\s:/]*(?:[\u4e00-\u9fff·、\s]{{0,24}})(?:(?<![拍同])摄(?:影)?|供图|图片?$|发$|提供|制图)\)?$"
)
_PHOTO: Final = re.compile(
    rf"^[\s(□■▲△]*(?:(?:{bylines.ROLE}|{bylines.AGENCIES}|{HAN}{{2,14}}(?:中心|局|委|院|社|街道|公司|方|会))?[\s:/]*(?:{HAN}{{1,4}}[\s、]*){{0,5}}(?:/?摄(?:影)?|供图)(?:\s*[/]?\s*(?:制图|视觉重庆))?|"
    rf"(?:{bylines.AGENCIES})\s*(?:记者)?\s*(?:发)?\s*(?:\(?{HAN}{{1,4}}\s?{HAN}{{0,3}}\s*摄\)?|发)|(?:本版|本报|文中|以上|均|图中)*(?:图片|照片|配图|题图|图|插图|漫画|海报)(?:均)?(?:由|来源|来自|作者|/|:)+\s*\S.{{0,24}}|"
    rf"(?:本报)?(?:资料图片?|资料照片|效果图|示意图|网络图片|视频截图|受访者供图|受访者提供|图源.{{0,14}}|图据.{{0,14}}|(?:受访单位|主办方|通讯员|受访者|记者)供图)|(?:摄影|图|制图|漫画|插图|绘图|图片|供图)\s*[/:]\s*\S{{2,16}})[\s)]*$"
)
_CAPTION: Final = re.compile(
    r"^[(\s▲△▼▽◀▶↑↓←→⬆⬇◆]*(?:图[①-⑩一二三四五六七八九\d]{0,2}(?:为|[::])|(?:上|下|左|右|大|小|题|本|组|以上|中|右上|左上|右下|左下)+图(?:[①-⑩一二三四五六七八九\d]{0,2})?(?:为|[::,]|是)|图中|图片(?:为|说明)|(?:上|下|左|右)图$)|^[▲△▼▽↑↓⬆⬇]"
)
_CREDITED: Final = re.compile(
    rf"(?:[。!?)”\s]|^)\s*[(\[]?\s*(?:{bylines.ROLE}|{bylines.AGENCIES}|图片?/|摄影/?)?(?:发)?[\s:/(]*(?:{HAN}{{1,4}}[\s、]{{0,2}}){{0,4}}(?:/?摄(?:影)?|供图|/图)\s*[)\]]*$|(?:{bylines.AGENCIES})发\)?$|\(?(?:资料图片|资料图|效果图)\)?$|图片由.{{2,20}}提供\)?$"
)


_PLACED: Final = re.compile(
    r"^[^。,!?:]{1,24}\((?:[左右前后中上下图][一二三四五六七八九十\d]?[起排侧边]?|(?:前|后)排?[左右中][一二三四五\d]?)\)[^。!?:]{0,40}。?$"
)
"""A sentence that says where on the picture somebody stands: 某某(左二)核对账目。"""
_LONGEST_PLACED: Final = 40


def is_photo_credit(folded: str) -> bool:
    """Return whether a line is nothing but the credit of a picture: 记者何超摄, 新华社发, 资料图片."""
    return len(folded) <= _LONGEST_CREDIT and bool(_PHOTO.match(folded))


def is_caption(folded: str) -> bool:
    """Return whether a line explains a picture: it begins with 图为 or an arrow, or ends with a credit."""
    placed = cleaning.han_count(folded) <= _LONGEST_PLACED and bool(_PLACED.match(folded))
    return (
        bool(_CAPTION.match(folded))
        or placed
        or (len(folded) <= _LONGEST and bool(_CREDITED.search(folded[-50:])))
    )


_INDEX: Final = re.compile(
    r"^(?:今日|本期|本报|版面|内容|新闻|要闻|重点|封面|一周|早|今晨|每日|头条)*(?:导读|要目|速览|看点|提要|导航|目录|索引|导视|内容提要)$|^INDEX$|^(?:要闻)?导读\s*(?:/\s*)?[A-Za-z]*$"
)
_ENTRY: Final = re.compile(
    r"(?:(?:详见|见|详细报道见|刊|→|▶|►|>+|/|\||[.·…\-—_]{2,}|\s)\s*(?:P|p)?第?\s*(?:[A-Z]?\d{1,2}\s*版|[一二三四五六七八九十]{1,3}版|[A-Z]\d{1,2}|(?<=[…·.\-—►▶>])\s*\d{1,2})\)?|\((?:详见|见|刊)?\s*第?(?:[A-Z]?\d{1,2}|[一二三四五六七八九十]+)\s*版?\)|(?<![\d.接转第])第?\d{1,2}版)\s*[>►▶]*$"
)
_ENTRY_FIRST: Final = re.compile(
    r"^[►▶>◆●■★\s]*(?:P\s?\d{1,2}|[A-Z]\d{2}|第?\d{1,2}\s*版|第[一二三四五六七八九十]+版|\d{2})\s*[::|丨·►▶>/-]*\s+?\S|^(?:0\d|[A-Z]\d{2}|P\d{1,2}|\d{1,2}版)(?=[\u4e00-\u9fff“《])"
)
_TEASER: Final = re.compile(
    r"(?:[((][^()()]{0,6}(?:详见|见|刊|▶|►)\s*第?\s*[A-Za-z]?[\d一二三四五六七八九十]+\s*版?[))]|[。!?]\s*(?:详见|见|▶|►|>+)\s*第?[A-Z]?[\d一二三四五六七八九十]+版?)\s*$"
)


def is_index_label(folded: str) -> bool:
    """Return whether a line is the head of a list of what is on other pages: 今日导读."""
    return bool(_INDEX.match(folded.strip(" 【】[]()|·-—■●◆:")))


def is_index_entry(folded: str) -> bool:
    """Return whether a line names an article and its page: 我区启动防汛演练……2版."""
    if cleaning.han_count(folded) > _LONGEST_ENTRY or folded.endswith("。"):
        return False
    return (
        bool(_ENTRY.search(folded) or _ENTRY_FIRST.match(folded))
        and cleaning.han_count(folded) >= _SHORTEST_ENTRY
    )


def is_teaser(folded: str) -> bool:
    """Return whether a short text ends by sending the reader to its page."""
    return bool(_TEASER.search(folded))


_BOX: Final = re.compile(
    r"^(?:新闻多一点|多一点|相关链接|新闻链接|背景链接|知识链接|政策链接|数据链接|链接|相关新闻|新闻背景|背景资料|背景介绍|背景|延伸阅读|相关阅读|拓展阅读|名词解释|名词|小贴士|贴心提示|小知识|知识点|短评|编后|编后语|编后话|编者按|编者的话|"
    r"记者手记|采访手记|手记|采访札记|专家点评|专家解读|专家观点|点评|微评|记者观察|观察|数说|数读|数据|数字看点|名片|人物名片|人物简介|人物小传|新闻延伸|延伸|新闻助读|新闻人物|新闻附件|新闻速递|新闻回放|新闻回顾|相关|提醒|记者提醒|温馨提醒|警方提醒|医生提醒|"
    r"旁白|声音|各方声音|市民声音|网友声音|评论|快评|新闻时评|今日快评|政策解读|解读|亮点|提示|作者简介|主持人语|开栏语|开栏的话|结语|对话|对话人物|记者感言|记者心得|花絮|新闻花絮|场外|他说|她说|专家建议|事件回顾)$"
)
_SEPARATE: Final = re.compile(r"^(?:短评|快评|评论|新闻时评|今日快评|微评|编后|记者手记|采访手记)$")


def is_box(folded: str) -> bool:
    """Return whether a line is the label of a box that belongs to the article above: 新闻多一点, 相关链接."""
    return bool(_BOX.match(box_name(folded)))


def is_comment_box(folded: str) -> bool:
    """Return whether the box is a comment, which is an article of its own when it has its own title and byline."""
    return bool(_SEPARATE.match(box_name(folded)))


def box_name(folded: str) -> str:
    """A label without its decoration."""
    return folded.strip(" 【】[]()|·-—■●◆▲★☆◎○□:<>《》/\\").replace(" ", "")


_COLUMN: Final = re.compile(
    r"^(?:简讯|短讯|快讯|要闻|一句话新闻|新闻速递|要闻简报|简报|图片新闻|图说新闻|新闻集装箱|特写|通讯|侧记|特稿|专访|述评|观察|本报评论|本报社论|社论|本报评论员文章|专题|专栏|连载|随笔|散文|诗歌|诗|小说|杂文|书评|影评|聚焦|关注|记者调查|深度|焦点|头条|今日关注|独家|热点|热线|直播|人物|民生|进行时|看台|新时代.{2,14}|.{2,10}进行时|奋进.{2,12}|.{2,8}看台)$"
)


def is_column(folded: str) -> bool:
    """Return whether a line is the name of a column over an article: 简讯, 【记者调查】."""
    text = folded.strip()
    bracketed = re.fullmatch(r"[【\[][^【】\[\]]{2,12}[】\]]", text)
    return bool(bracketed and not is_box(text)) or bool(_COLUMN.match(box_name(text)))


def is_picture_column(folded: str) -> bool:
    """Return whether a column's name says that only pictures with captions stand under it."""
    return box_name(folded).startswith(("图片", "图说", "影像"))


_TABLE: Final = re.compile(
    r"^\|.*\|$|^[|\s:+-]+$|\S {3,}\S+ {3,}\S+|^\d{1,2}:\d{2}(?:\s*[-—~至]\s*\d{1,2}:\d{2})?\s+[^。,]{2,40}$|"
    r"^\S{1,12}\s+\d+\s*[:\-—]\s*\d+\s+\S{1,12}$|^(?:\S{1,8}\s+){2,}\d[\d.]*(?:\s+\S{1,8})*$"
)


def is_table(folded: str) -> bool:
    """Return whether a line is a row of a table or a score."""
    return len(folded) <= _LONGEST and not folded.endswith("。") and bool(_TABLE.search(folded))
