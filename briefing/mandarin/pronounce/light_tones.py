"""Syllables that are said lightly: 朋友 péngyou, 样子 yàngzi, 爸爸 bàba.

Source of the words: 《普通话水平测试用必读轻声词语表》 (国家语委普通话与文字应用培训测试中心), checked on 30 November 2026: 爱人 to 福气
against the list as reprinted at www.360docs.net/doc/0212991392.html, the others against the light syllables of pypinyin's
phrases, CC-CEDICT and zdic; words that none of them has light (年头, 废物) were taken out. Some of them are light in one meaning
only (东西 a thing, but 东西 east and west); `_OTHERWISE` says beside which words they are not. 子 is light as a suffix;
`_FULL_ZI` are the words in which it is a child, a seed, a particle or a title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.mandarin import segmenter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.mandarin.segmenter import Token

WORDS = frozenset(
    """
    爱人 巴掌 白净 帮手 棒槌 包袱 包涵 本事 比方 扁担 别扭 拨弄 簸箕 补丁 部分 财主 裁缝 苍蝇 差事 柴火 称呼 锄头 畜生 窗户 刺猬
    凑合 耷拉 答应 打扮 打点 打发 打量 打算 打听 大方 大爷 大夫 耽搁 耽误 道士 灯笼 提防 地道 地方 弟兄 点心 除了 东家 东西 动静 动弹
    豆腐 嘟囔 对付 对头 队伍 多么 多少 耳朵 风筝 福气 甘蔗 干事 高粱 膏药 告诉 疙瘩 胳膊 工夫 功夫 姑娘 骨头 故事 寡妇 怪物
    关系 官司 棺材 罐头 规矩 闺女 哈欠 蛤蟆 含糊 行当 好处 合同 和尚 核桃 红火 后头 厚道 狐狸 萝卜 胡琴 胡同 糊涂 护士 皇上 活泼
    火候 伙计 机灵 脊梁 记号 记性 家伙 架势 嫁妆 见识 讲究 将就 交情 叫唤 结实 街坊 姐夫 戒指 精神 咳嗽 客气 口袋 窟窿 快活 阔气
    喇叭 喇嘛 懒得 浪头 老婆 老实 老爷 累赘 篱笆 里头 力气 厉害 利落 利索 痢疾 连累 凉快 粮食 溜达 骆驼 麻烦 麻利 马虎 码头 买卖
    馒头 忙活 冒失 眉毛 媒人 门道 眯缝 迷糊 苗条 苗头 名堂 名字 明白 蘑菇 模糊 木匠 木头 那么 难为 脑袋 能耐 念叨 念头 娘家 奴才
    女婿 暖和 疟疾 牌楼 盘算 朋友 脾气 屁股 便宜 漂亮 婆家 铺盖 欺负 前头 亲戚 勤快 清楚 亲家 拳头 热闹 人家 认识 扫帚 商量 上司
    上头 烧饼 少爷 舌头 什么 生意 牲口 师父 师傅 石匠 石榴 石头 时候 实在 拾掇 使唤 世故 似的 事情 收成 收拾 首饰 舒服 舒坦 疏忽
    爽快 思量 算计 岁数 踏实 抬举 特务 体面 跳蚤 铁匠 痛快 头发 妥当 唾沫 挖苦 晚上 尾巴 委屈 为了 位置 稳当 稀罕 媳妇 喜欢 下巴
    吓唬 先生 乡下 相声 消息 小气 笑话 心思 行李 兄弟 休息 秀才 秀气 学生 学问 丫头 衙门 哑巴 胭脂 烟筒 眼睛 秧歌 养活 吆喝 妖精
    钥匙 衣服 衣裳 意思 应酬 冤枉 月饼 月亮 云彩 运气 在乎 早上 怎么 扎实 眨巴 栅栏 张罗 丈夫 帐篷 丈人 招呼 招牌 折腾 这个 这么
    枕头 芝麻 知识 指甲 指头 主意 转悠 庄稼 壮实 状元 字号 自在 祖宗 嘴巴 作坊 琢磨 不由得 不在乎 胡萝卜 葡萄 琵琶 枇杷 外甥 嘀咕
    牡丹 玫瑰 馄饨 蚂蚱 鸳鸯 滑溜 软和 甜头 盼头 跟头 外头 苦头 准头 见识 晃荡 絮叨 唠叨 咱们 我们 你们 他们 她们 它们 人们
    """.split()  # noqa: SIM905 - words of a list in a paragraph are read more easily than a column of strings
)
"""Words whose last syllable is light."""

_KIN = frozenset("爸妈爷奶哥姐弟妹叔姑舅婆公伯姥太娃宝星猩")
"""Characters whose second is light when they are said twice."""

_TRIED = frozenset("看听说想试走聊尝谢歇瞧问摸猜谈逛坐动比学")
"""Verbs that are said twice for a little of the action: 看看 kànkan."""

_EXACT = frozenset(
    [
        "学生",
        "精神",
        "实在",
        "大方",
        "对头",
        "道士",
        "地道",
        "买卖",
        "兄弟",
        "为了",
        "地方",
        "东西",
        "特务",
        "人家",
        "世故",
        "多少",
        "部分",
        "干事",
    ]
)
"""Words that are light by themselves, but not at the end of a longer word: 大学生 is full."""

_OTHERWISE: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    word: (re.compile(f"(?:{before})$" if before else r"(?!)"), re.compile(after or r"(?!)"))
    for word, before, after in (
        (
            "地方",
            "中央[和与、]?|央地|归|由",
            "政|财|债|立法|标准|经济|国资|国有|品牌|特色|戏|志|军|武装|党|各|部门|法|性|媒体|一级|两会|高校|企业|人大|税|金融|银行|检察|监管|组织|领导|官员|干部|铁路|电视|团队|球队|住房|专项|文化|实际|发展|产业|收入|支出|预算|层面|配套|试点|平台|资产|融资|投融资|事务|自治|民族|文献|院团|剧种|曲艺|语言|方言|特产|风味|小吃|菜|机构|版|规章|主官|养老|治理|积极性|保护|化",
        ),
        (
            "东西",
            "呈|由|贯通|连接|横贯|跨越|沟通",
            "部|方|向|两|南|走|长|城|湖|横|贯|海岸|文化|宽|侧|北|翼|线|合作|协作|问|对话",
        ),
        ("人家", "户|农|渔|船|山里|百姓", ""),
        ("兄弟", "氏|华纳|雷曼|莱特|阿里", "单位|省|城市|民族|企业|院校|高校|国家|部队|姐妹|县|区|协会|学校"),
        (
            "买卖",
            "人口|的|非法|从事|公平|网络|活体",
            "合同|双方|协议|方|股票|关系|人口|公平|证券|活动|行为|盘|价|差|信息|银行",
        ),
        ("精神", "(?<!很)(?<!真)(?<!挺)(?<!更)(?<!好)[\u4e00-\u9fff”》]", "[\u4e00-\u9fff]"),
        ("实在", "", "(?!的|，|。|、|了|些|人|话)[\u4e00-\u9fff]"),
        ("大方", "", "向|针|面|县|略"),
        ("地道", "", "战|桥|里|内|口|网"),
        ("对头", "不|死", ""),
        ("生意", "", "盎"),
        ("运气", "", "功"),
        ("下水", "", ""),
        ("干事", "", "创业|劲|担当|热情|氛围"),
        ("大爷", "", ""),
    )
}
"""Words that are light in one meaning: what stands before or behind them in another."""

_FULL_ZI = frozenset(
    """
    男子 女子 电子 原子 分子 量子 粒子 离子 质子 中子 因子 光子 核子 介子 夸子 算子 转子 定子 精子 卵子 孢子 配子 弟子 君子 王子 太子 公子
    才子 游子 学子 赤子 骄子 莲子 瓜子 松子 棋子 鱼子 父子 母子 亲子 独子 长子 次子 幼子 养子 义子 孔子 孟子 墨子 荀子 诸子 夫子 天子 皇子
    浪子 逆子 家子 臣子 士子 黑子 五味子 附子 菩提子 犬子 内子 世子 质子 舍子 甲子 丙子 戊子 庚子 壬子 胶子 玻子 声子 激子 中微子 生子 得子
    产子 求子 送子 贵子 一子 二子 三子 四子 独生子 继子 私生子 败子 仔子 烈子 才子 女弟子 晏子 列子 韩非子 鬼谷子 曾子 庶子 嫡子 孝子 教子
    望子 携子 丧子 双子 巨子 处子 西子 洋子 爱子 之子 其子 子子 陪读子 车厘子 决明子 牛蒡子 枸杞子 车前子 白果子 罂粟子 瓜果子 蚕子 铃子
    """.split()  # noqa: SIM905 - as above
)
"""Endings of words in which 子 keeps its tone."""

_SUFFIX = "子"
_LONGEST_FULL = 3


class LightSyllable(NamedTuple):
    """A character that is said lightly: its place, and the word of the list or the suffix that makes it so."""

    place: int
    word: str


def find_light_syllables(text: str, tokens: Sequence[Token]) -> Iterator[LightSyllable]:
    """Yield the characters of a text that are said lightly, by the words that it is cut into."""
    for token in tokens:
        word, end = token.word, token.start + len(token.word)
        if len(word) > 1:
            if listed := _listed(text, token):
                yield LightSyllable(end - 1, listed)
            elif word[-1] == _SUFFIX and is_suffix(word):
                yield LightSyllable(end - 1, word)
            yield from _inside(token)


def _inside(token: Token) -> Iterator[LightSyllable]:
    """Yield the light syllables inside a longer word: 包子铺, 消息人士, 村子里."""
    word = token.word
    for index in range(1, len(word) - 1):
        pair = word[index - 1 : index + 1]
        if pair[1] == _SUFFIX:
            light = pair not in _FULL_ZI and segmenter.frequency(pair) > 0 and is_suffix(word[: index + 1])
        else:
            light = index == 1 and pair in WORDS and pair not in _EXACT and pair not in _OTHERWISE
        if light:
            yield LightSyllable(token.start + index, pair)


def is_suffix(word: str) -> bool:
    """Return whether the 子 that ends a word is a suffix, and so light."""
    return not any(word[-length:] in _FULL_ZI for length in range(2, _LONGEST_FULL + 1))


def _listed(text: str, token: Token) -> str:
    """Return the word of the list that a token is or ends with, in its light meaning; '' for none."""
    word = token.word
    is_tried = word[0] in _TRIED and token.flag[0] == "v" and word == word[0] * 2
    if word[-2] == word[-1] and (word[-1] in _KIN or is_tried):
        return word
    listed = word if word in WORDS else next((word[-size:] for size in (3, 2) if word[-size:] in WORDS), "")
    if not listed or (listed != word and listed in _EXACT):
        return ""
    before, after = _OTHERWISE.get(listed, (None, None))
    end = token.start + len(word)
    start = end - len(listed)
    if before and before.search(text[max(0, start - 4) : start]):
        return ""
    return "" if after and after.match(text[end : end + 6]) else listed
