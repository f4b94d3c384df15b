"""Decide 为: wèi before whom or what something is done for, wéi where it means to be or to become.

The decision rests on words: a noun that names an attribute before it (主题为…, 原因为…) makes it wéi; a verb phrase behind
its noun in the same clause (为项目保驾护航), or a purpose right behind it (为确保安全), makes it wèi. A verb inside a
modifier that ends in 的 is no such phrase (为采用新技术的工程). Source: 吕叔湘 《现代汉语八百词》, 为.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.mandarin.segmenter import Token

FOR, BE = "wei4", "wei2"

_ATTRIBUTES = frozenset(
    """
    主题 地点 时间 原因 内容 目标 对象 名称 人数 结果 目的 任务 重点 方式 形式 性质 特征 特点 职业 身份 户籍 口号 标准 标志 背景 前身 主体
    措施 用途 业务 专业 方向 定位 范围 区域 区间 阶段 依据 理由 前提 条件 基础 核心 关键 主线 载体 平台名 主要成分 成分 材料 材质 产品 品种
    症状 病因 死因 起因 诱因 主因 成因 来源 出处 籍贯 学历 职务 职位 岗位 项目名 片名 书名 曲目 题材 体裁 风格 主角 主演 导演 作者 歌词 议题
    议程 日程 时长 工期 任期 刑期 有效期 保质期 周期 频次 频率 间隔 上限 下限 底线 门槛 起点 终点 始发站 终点站 站点 路线 线路 走向 震中 中心
    图 图片 上图 下图 左图 右图 大图 小图 资料图 题图 效果图 示意图 右 左 上 下 前者 后者 其余 余者 其中 二者 两者 三者 首位 榜首 第二 第三 冠军
    年龄 电话 邮箱 网址 账号 文号 编号 代码 简称 全称 别名 昵称 网名 笔名 艺名 英文名 译名 谐音 寓意 含义 关系 身高 体重 视力 血型 星座 民族
    主办单位 承办单位 协办单位 支持单位 指导单位 建设单位 施工单位 主管部门 牵头单位 甲方 乙方 业主单位 采购人 中标人 法定代表人 实际控制人
    控股股东 第一大股东 案由 罪名 案号 判决结果 初衷 本意 本质 实质 核心 主业 主流 常态 关键词 主色调 底色 气质 优势 短板 难点 痛点 亮点 卖点
    """.split()  # noqa: SIM905 - words of a list in a paragraph are read more easily than a column of strings
)
"""Nouns that name an attribute: what stands behind them and 为 is its value."""

_ATTRIBUTE_END = re.compile(
    "[一-龥](?:量|率|度|额|数|价|值|型|式|因|果|标|题|类别|质|径|龄|限|幅|称|址|色|积|长度|比|次数|金|费|罪名|占比|指数|距离)$"
)
_DOERS = frozenset(
    {
        "措施",
        "产品",
        "任务",
        "平台",
        "服务",
        "主体",
        "中心",
        "政策",
        "甲方",
        "乙方",
        "作者",
        "导演",
        "主演",
        "控股股东",
        "采购人",
    }
)
"""Attributes that may also be what does something for somebody."""

_PERSONS = re.compile(
    "(?:被告人?|原告|嫌疑人|当事人|受害人|被害人|死者|伤者|患者|代表人|申请人|发起人|受让人|控制人|股东|买家|卖家|方)$"
)

_PURPOSES = frozenset(
    """
    确保 保障 保证 避免 防止 防范 预防 实现 提升 提高 推动 推进 加快 促进 满足 应对 解决 方便 争取 争夺 维护 保护 加强 进一步 更好 完成 支持
    帮助 庆祝 纪念 迎接 备战 配合 缓解 减少 降低 节省 节约 扩大 吸引 寻找 追求 赢得 逃避 躲避 牟取 谋取 掩盖 骗取 获取 获得 救 抢救 营救 照顾 适应
    规范 落实 贯彻 深化 优化 强化 巩固 拓展 打破 打通 打响 抢占 抢抓 拉动 刺激 稳定 鼓励 引导 弥补 纠正 遏制 打击 整治 改善 加大 尽快 尽早
    让 使 把 将 摆脱 还原 证明 表明 表达 弘扬 传承 丰富 活跃 激发 培养 培育 增强 增进 提振 回应 兑现 守护 守住 筹集 筹措 筹备 凑 抵御 抵抗
    """.split()  # noqa: SIM905 - as above
)
"""Verbs that say what for when they stand right behind 为."""

_NO_PREDICATE = frozenset(
    [
        "是",
        "有",
        "等",
        "为",
        "到",
        "在",
        "及",
        "以",
        "如",
        "像",
        "似",
        "包括",
        "含",
        "至",
        "起",
        "止",
        "来",
        "去",
        "可",
        "能",
        "会",
        "应",
        "要",
        "不",
        "没有",
        "属",
        "属于",
        "位于",
    ]
)
_SERVICES = frozenset(
    [
        "服务",
        "骄傲",
        "自豪",
        "助力",
        "赋能",
        "加油",
        "鼓劲",
        "喝彩",
        "护航",
        "铺路",
        "买单",
        "兜底",
        "代言",
        "撑腰",
        "添彩",
        "增色",
        "点赞",
        "叫好",
        "担忧",
        "担心",
        "奋斗",
        "努力",
        "祈福",
    ]
)
"""What is done for somebody, though the tagger may take it for a noun."""

_PAUSE = frozenset("，。；：！？\n…—,;:!?")
_BECOMES = re.compile("[成作称认视化转变改列评定选升译誉奉沦归命名聘任当设拟定合分]$")
_TAKES = re.compile("[以将把][^，。；：]{1,16}$")
_CLAUSE = 24
"""Tokens behind 为 that are looked at."""


def decide_wei(text: str, tokens: Sequence[Token], number: int) -> str | None:
    """Return the reading of a 为 that is a word of its own, or None where nothing speaks for one."""
    before = text[: tokens[number].start]
    clause = _clause_behind(tokens, number)
    if not clause or _BECOMES.search(before) or _TAKES.search(before[-20:]):
        return None
    if _is_attribute(tokens, number) and not (tokens[number - 1].word in _DOERS and _has_predicate(clause)):
        return BE
    is_of_it = clause[0].word == "之" and len(clause) > 1
    if is_of_it or _is_served(clause) or _is_purpose(clause) or _has_predicate(clause):
        return FOR
    if _opens_clause(tokens, number):
        # 为首批志愿者 alone has no subject; behind a comma the sentence before is the subject: …，为三年来首次.
        return BE if number else FOR
    return BE if _PERSONS.search(before[-6:]) or _is_definition(clause) else None


def _clause_behind(tokens: Sequence[Token], number: int) -> Sequence[Token]:
    """Return the tokens behind 为 up to the end of its clause."""
    end = number + 1
    while end < len(tokens) and end - number <= _CLAUSE and tokens[end].word not in _PAUSE:
        end += 1
    return tokens[number + 1 : end]


def _is_attribute(tokens: Sequence[Token], number: int) -> bool:
    """Return whether the word before 为 names an attribute whose value follows."""
    if not number:
        return False
    word, flag = tokens[number - 1].word, tokens[number - 1].flag
    named = word in _ATTRIBUTES or any(
        word.endswith(noun) for noun in _ATTRIBUTES if len(noun) > 1 and len(word) > len(noun)
    )
    return named or (flag[0] == "n" and len(word) > 1 and bool(_ATTRIBUTE_END.search(word)))


_SERVED = re.compile(
    "(?:群众|居民|市民|村民|民众|百姓|学生|老人|孩子|儿童|患者|病人|伤员|游客|旅客|乘客|用户|客户|顾客|消费者|读者|观众|听众|农户|农民|菜农|果农|商户|商家|职工|员工|工人|"
    "考生|家长|司机|师生|学员|队员|球员|球迷|战士|官兵|家人|母亲|父亲|父母|大家|我们|你们|他们|她们|咱们|客人|选手|残疾人|创业者|求职者|毕业生|路人|行人|邻居|同学|同事|新人|企业)$"
)
_JOINED = frozenset(
    [
        "的",
        "和",
        "与",
        "及",
        "或",
        "、",
        "等",
        "代表",
        "群体",
        "家庭",
        "本人",
        "主体",
        "为",
        "之",
        "出身",
        "（",
        "(",
    ]
)


def _is_served(clause: Sequence[Token]) -> bool:
    """Return whether persons stand behind 为, and then something that is done for them: 为老人量血压."""
    return len(clause) > 1 and bool(_SERVED.search(clause[0].word)) and clause[1].word not in _JOINED


def _is_purpose(clause: Sequence[Token]) -> bool:
    return clause[0].word in _PURPOSES


def _has_predicate(clause: Sequence[Token]) -> bool:
    """Return whether a verb phrase follows a noun, and is no modifier that ends in 的."""
    last_de = max((index for index, token in enumerate(clause) if token.word == "的"), default=-1)
    noun_last = clause[-1].flag[0] in "nrtsmv"
    for index, token in enumerate(clause[1:], 1):
        if index == len(clause) - 1 and (_is_idiom(token) or token.word in _SERVICES):
            return True
        is_verb = token.flag in {"v", "vd", "vg", "vi"} and token.word not in _NO_PREDICATE
        if is_verb and not (index < last_de and noun_last and _modifies(clause, index, last_de)):
            return True
    return False


def _is_definition(clause: Sequence[Token]) -> bool:
    """Return whether the clause is one noun with a modifier that holds a verb: 我国自主设计的最大桥."""
    last_de = max((index for index, token in enumerate(clause) if token.word == "的"), default=0)
    return any(token.flag in {"v", "vn"} for token in clause[:last_de]) and clause[-1].flag[0] == "n"


def _is_idiom(token: Token) -> bool:
    """Return whether a token is a phrase of four characters such as 保驾护航, which taggers take for a name."""
    return len(token.word) > 3 and (token.flag[0] in "ilz" or token.flag == "nr")  # noqa: PLR2004 - four characters


def _opens_clause(tokens: Sequence[Token], number: int) -> bool:
    """Return whether nothing that could be a subject stands before 为 in its clause: 为首批志愿者."""
    return not number or tokens[number - 1].word in _PAUSE


def _modifies(clause: Sequence[Token], place: int, last_de: int) -> bool:
    """Return whether everything behind the last 的 is nouns: the verb before it then belongs to a modifier."""
    rest = clause[last_de + 1 :]
    return place < last_de and not any(
        token.flag in {"v", "vd"} and token.word not in _NO_PREDICATE for token in rest[:-1]
    )
