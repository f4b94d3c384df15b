"""Advertisements, public notices, weather boxes and corrections: printed, but no news.

A word such as 公告 also stands in news titles; so a title counts only when it is short or has a notice's
form, a text only with two different cues, and a dateline or a reporter overrules both (the caller sees to
that). All functions take folded text.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.sources.newspaper.lines import cleaning

_WORDS: Final = re.compile(
    r"遗失|挂失|注销|减资|清算|拍卖|招租|招聘|诚聘|急聘|招标|中标|转让|出租|出售|求购|求租|寻人|寻物|认领|讣告|声明|启事|公告|通告|公示|广告|征稿|征订|订阅|订报|更正|致歉|道歉|勘误|鸣谢|便民信息|便民服务|分类信息|温馨提示|停水|停电|停气|"
    r"服务热线|新闻热线|报料|开奖|双色球|大乐透|影讯|节目预告|电视节目|开盘|搬迁|吉房|旺铺|特惠|促销|优惠|钜惠|大酬宾|清仓|新品上市|开业|征婚|家政|房产|钟点工|办证"
)
_WEATHER: Final = re.compile(
    r"^(?:今日|明日|今明|近期|本周|一周|未来.{1,4}|主城|城区|本地|.{2,4}[市区县])*(?:天气|气象)(?:预报|信息|服务|提示)?$|^天气.{0,4}$"
)
_SIDE_BOX: Final = re.compile(
    r"^(?:读者来信|来信|编读往来|读编往来|今日赛事|赛事预告|赛程预告|今日看点|(?:一周|本周|今日|每日)?数据|农情提示|农事提示|普法问答|以案说法小贴士|便民公告|便民服务|公益广告|广告|声明|启事|公告|彩票|开奖公告|天气|气象|影讯|节目单|"
    r"一周(?:天气|菜价|物价|影讯|书单)|今日(?:菜价|油价|限行|汇率)|[\u4e00-\u9fff]{2,3}(?:天气|气象)|更正|致歉|招聘|征稿启事|送达公告|(?:法院)?公告(?:栏)?|拍卖公告|中奖号码|报料奖励|线索奖励)$"
)
"""Labels of boxes that hold no news, whatever paper they are in."""
_FORMAL: Final = re.compile(
    r"(?:公告|启事|声明|通告|公示|讣告|招租|转让|招聘|遗失|出让|公示表|通知书|更正|致歉|广告)(?:\([^()]*\)|[之第]?[一二三四五六七八九十\d]*号?)?$"
)
_NOTIFIES: Final = re.compile(r"关于.{2,60}的(?:通知|通报|决定)$")
_OFFICIAL: Final = re.compile(
    r"^关于|公司|法院|局|委员会|中心|拍卖行|事务所|管理人|[区市县]政府|集团|学校|医院|酒店|债权|土地|国有|房屋|项目|工程|环评|环境影响|住宅|停车|车辆"
)
_NEWS_VERB: Final = re.compile(
    r"发布|发出|印发|出台|回应|曝光|举行|启动|刊登|谴责|抗议|驳斥|签署|通过|联合|提醒|约谈"
)
_CUES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"特此(?:公告|声明|通知|告知|公示|启事|致歉|更正)|现予(?:以)?(?:公告|公示|更正)|予以公告|现公告如下|敬请(?:谅解|周知|光临|参加)",
        r"声明作废|遗失|作废|挂失",
        r"联系人|联系(?:电话|方式)|咨询(?:电话|热线)|报名(?:电话|地址|热线)|预约(?:电话|热线)|订(?:购|座|房|票)(?:电话|热线)|热线[::]|电话[::]",
        r"面议|欢迎(?:来电|咨询|选购|垂询|惠顾|订阅|光临|品鉴|致电|来稿)|欲购从速|非诚勿扰|中介勿扰",
        r"优惠|钜惠|特价|抢购|仅售|限时|原价|折起|立减|满减|买一送一|免费品尝|零首付|首付|月供|均价|起价|大酬宾|清仓|赠送",
        r"(?:出租|转让|招租|出售).{0,30}(?:平方米|平米|㎡)|(?:平方米|平米|㎡).{0,30}(?:出租|转让|招租|出售)|月租|租金|旺铺",
        r"\d{3,4}\s?[-—–]\s?\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)400[-\d]{7,9}|(?<!\d)\d{8}(?!\d)",
        r"统一社会信用代码|债权人|清算组|注册资本由|申报债权|登记之日起|身份证号|执照号|编号[::]|账号",
        r"月薪|底薪|五险一金|包吃住|待遇从优|熟练工|薪资|招聘.{0,12}\d+名|学历(?:要求|不限)",
        r"追悼会|遗体告别|享年|因病医治无效|永垂不朽|谨此讣告",
        r"投稿(?:邮箱|请寄)|来稿(?:请|须)|征文|稿酬|邮局(?:均可)?订阅|订阅价|征订",
        r"应为|误为|特此更正|向.{0,10}(?:读者|当事人)致歉|深表歉意",
        r"(?:咨询|预约|报名|垂询|洽询|订购)(?:电话|热线)?[::]?\s*\d{3,4}[-—]?\d{4}",
        r"凭本报|前\d+名.{0,6}(?:到店|到场|报名|读者|顾客)|(?:席位|名额|数量)有限|名额\d+[个名]|报满即止|先到先得|售完即止|到[店场](?:即)?[送领]|试戴名额|特邀.{0,10}(?:专家|名师).{0,8}(?:授课|讲座|坐诊|亲诊)",
        r"广告客户|本栏目?(?:内容)?(?:由|为)广告|理财非存款|投资(?:须|需)谨慎|产品有风险|本品不能(?:代替|替代)药物|请在(?:医师|医生|药师)指导下|[医药]广审",
        r"开户(?:行|银行)[::]|捐赠(?:账户|账号|热线)|物资接收点",
    )
)
_CLASSIFIED: Final = re.compile(
    r"声明作废|特此(?:声明|公告|启事)|登报(?:声明|挂失)|(?:遗失|丢失).{0,60}(?:作废|证|章|执照|发票|收据)|^(?:遗失|招租|转让|出租|招聘|出售|家政|寻人|寻物)[::\s]"
)
_PHONE: Final = _CUES[6]
_AD_WORD: Final = re.compile(
    r"热线|电话|咨询|地址|联系|订购|招商|预约|报名|店|折|价|元|售|租|加盟|免费|网址|TEL|Tel"
)
TITLE_WORDS = 8
"""A title of at most so many Han characters that has a notice's word is a notice's title."""
CUES_NEEDED = 2
"""Different cues that a text must have."""
LONGEST_CLASSIFIED, LONGEST_CONTACT = 120, 40
"""Han characters of a classified advertisement, and of an advertisement's line with a telephone number."""


def is_notice_title(folded: str) -> bool:
    """Return whether a title is a notice's: short with a notice's word, or of the form 关于……的公告."""
    if _SIDE_BOX.match(re.sub(r"[\s·|【】\[\]()■●◆]", "", folded)):
        return True
    if _NEWS_VERB.search(folded):
        return False
    short = cleaning.han_count(folded) <= TITLE_WORDS and bool(_WORDS.search(folded))
    formal = bool(_FORMAL.search(folded) and _OFFICIAL.search(folded)) or bool(_NOTIFIES.match(folded))
    return short or formal or is_weather_title(folded)


_INVITES: Final = re.compile(
    r"(?:公告|启事|通告|公示|招募|招募令|夏令营|冬令营|训练营|公开课|理财课|体验课|品鉴会|展销会|团购会|特卖会|焕新季|购物节|团购节|服务季)$"
)


def is_invitation_title(folded: str) -> bool:
    """Return whether a title ends like an invitation or a call, which its text with one cue makes an advertisement."""
    return bool(_INVITES.search(folded)) and not _NEWS_VERB.search(folded)


def is_weather_title(folded: str) -> bool:
    """Return whether a title heads a weather box."""
    return bool(_WEATHER.match(folded.strip(" 【】[]()")))


def is_notice_text(folded: str, least: int = CUES_NEEDED) -> bool:
    """Return whether a text has at least `least` different cues of advertising or public notices."""
    return sum(bool(cue.search(folded)) for cue in _CUES) >= least


_SERVICE: Final = re.compile(
    r"(?:热线|客服|咨询|订票|购票|招展|订购|报名)(?:电话)?[^。]{0,12}\d{4,}|\d{4,}[^。]{0,6}(?:热线|客服)|^广告\s*[|｜:丨]"
)
"""A line that advertises a service: a name and a number of four figures or more."""


_DISCLAIMS: Final = re.compile(
    r"^[(\[【]?.{0,12}(?:(?:由|为)广告(?:客户|主)?(?:提供|内容)?|广告(?:内容|信息)|理财非存款.{0,24}|投资(?:须|需)谨慎|[医药]广审.{0,24})[)\]】]?$"
)


def disclaims(folded: str) -> bool:
    """Return whether a line says that what stands above it is an advertisement."""
    return bool(_DISCLAIMS.match(folded))


_CONTACT: Final = re.compile(r"(?:预约|咨询|报名|订购|垂询|洽询|地址|电话|热线)[^。]{0,6}[::]?\s*\S*\d")


def is_contact(folded: str) -> bool:
    """Return whether a line gives a telephone number or an address."""
    return cleaning.han_count(folded) <= LONGEST_CONTACT and bool(_CONTACT.search(folded))


def is_notice_line(folded: str) -> bool:
    """Return whether a single line is a classified advertisement, or an advertisement's contact."""
    words = cleaning.han_count(folded)
    if disclaims(folded):
        return True
    if words <= LONGEST_CONTACT and _SERVICE.search(folded) and not folded.endswith(("。", "”")):
        return True
    if words <= LONGEST_CLASSIFIED and _CLASSIFIED.search(folded):
        return True
    contact = words <= LONGEST_CONTACT and bool(_PHONE.search(folded) and _AD_WORD.search(folded))
    return (
        contact
        and not folded.endswith(("。”", "!”"))
        and (not folded.endswith("。") or is_notice_text(folded))
    )
