"""People in bylines: which words are names, and what stands before and after them.

Surnames are the common ones of the national name statistics (公安部《全国姓名报告》) and a few of two
characters; those that often begin other words after 记者 (连, 时, 从, 和, 近) are left out, since a name in a
byline has other evidence as well.
"""

from __future__ import annotations

import re
from typing import Final

from briefing.mandarin import segmenter
from briefing.sources.newspaper.lines.cleaning import HAN

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖萧田董袁潘蒋蔡余杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶牟艾尤穆司古项阳车"
    "桂农岑查卜景冼栾冷晏柏褚窦谌仇詹解巫宫米娄鞠池苟匡鄢闵黎敖简殷党边卞郎乐佘费卫麦丛"
)
COMPOUND: Final = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "夏侯",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "司徒",
    "端木",
    "东方",
)
RARE_SURNAMES: Final = frozenset(
    "褚尤华戚喻水窦云奚昌凤花鲍费廉岑滕殷毕邬安常乐于时皮卞元卜和湛狄米贝明臧计伏成茅庞纪舒屈祝蓝闵席季麻"
    "强危童盛刁骆霍虞支昝管缪干解应宗宣贲郁单杭洪诸左崔吉钮嵇邢滑裴荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜井富"
    "巫乌焦巴弓牧隗山宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖符景束幸司韶郜蓟薄印宿白怀蒲邰从鄂索咸籍赖蔺屠"
    "池阴能苍双闻莘党谭劳逄姬扶堵宰郦雍郤璩桑濮寿通边扈燕冀郏浦农别庄晏瞿充慕连茹习宦艾鱼容易慎戈廖庾终暨"
    "居衡步都满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍晁勾敖融冷訾辛阚那饶空曾毋沙乜养鞠须丰巢关蒯相查后"
    "荆红游竺权逯盖益桓公亢况有琴归海岳帅缑商牟佘佴伯赏墨哈谯笪年爱阳佟仝仉但植占战冒檀来过苑桐揭酆卓楚粟"
    "敬矫丘隋展库晓雪小"
)
"""Surnames of the old list (百家姓) that are rare, or that often begin other words."""
RARE_COMPOUND: Final = (
    "万俟",
    "闻人",
    "赫连",
    "澹台",
    "公冶",
    "宗政",
    "濮阳",
    "淳于",
    "单于",
    "太叔",
    "申屠",
    "仲孙",
    "轩辕",
    "钟离",
    "宇文",
    "长孙",
    "鲜于",
    "闾丘",
    "司空",
    "亓官",
    "司寇",
    "子车",
    "颛孙",
    "巫马",
    "公西",
    "漆雕",
    "乐正",
    "壤驷",
    "公良",
    "拓跋",
    "夹谷",
    "宰父",
    "谷梁",
    "百里",
    "东郭",
    "南门",
    "呼延",
    "羊舌",
    "微生",
    "梁丘",
    "左丘",
    "东门",
    "西门",
    "南宫",
    "第五",
)
NOT_NAMES: Final = frozenset(
    [
        "图文",
        "资料",
        "本报",
        "综合",
        "整理",
        "方面",
        "安全",
        "文明",
        "成都",
        "金融",
        "高温",
        "华龙",
        "江北",
        "万州",
        "成果",
        "常委",
        "向前",
        "易地",
        "严重",
    ]
)

AGENCIES: Final = (
    "新华社|中国新闻社|中新社|中新网|新华网|人民网|人民日报海外版|人民日报|光明日报|经济日报|工人日报|农民日报|法治日报|科技日报|中国青年报|中国日报|"
    "解放军报|央视新闻|央视网|中央广播电视总台|参考消息|环球时报|法新社|路透社|美联社|塔斯社|共同社|韩联社|澎湃新闻|界面新闻"
)
"""Whose copy papers reprint; credited when the copy names no reporter."""

_ORG: Final = rf"{HAN}[\u4e00-\u9fff·—-]{{0,13}}?(?:报|社|网|台|中心|新闻|客户端|集团|频道)"
_RANK: Final = rf"参与|首席|见习|实习|特派|特约|全媒体|融媒体|融媒|全媒|高级|资深|摄影|文字|摄像|主任|深度|驻{HAN}{{1,6}}"
ROLE: Final = (
    rf"(?:本报|本刊|本网|本台|{_ORG})?(?:{_RANK})*"
    r"(?:记者|通讯员|实习生|评论员|观察员|撰稿人|特约作者|特约撰稿|作者|撰稿|撰文|文字|编译|整理|采写|主笔)"
)
"""What stands before a name in a byline, with the house and the rank."""

_AFTER: Final = (
    r"(?:图片?/文字?|文字?/图片?|图文|(?:摄影|综合|联合|现场|采访)?报道|采写|供稿|撰稿|撰文|整理|编译|综合|摄影|口述|通讯|"
    r"文图|文并图|文\s*图)"
)
_WORK: Final = re.compile(
    rf"{ROLE}(?!从|获悉|了解|看到|发现|手记|节)|{_AFTER}|(?<!{HAN})[文图](?=[/:\s])|(?<=/)[文图](?!{HAN})"
)
_BULLET: Final = re.compile(r"^[\s□■◎●○◆◇★☆▲△※☉〇/|-]+")
_SPLIT: Final = re.compile(r"[\s、,;:/&|。\-—]+")
_FOREIGN: Final = re.compile(rf"{HAN}{{1,10}}(?:·{HAN}{{1,10}})+$")
_HAN_NAME: Final = re.compile(rf"{HAN}{{2,4}}$")
_OFFICE: Final = re.compile(
    r"(?:报|社|网|台|中心|新闻|客户端|局|委|院|校|街道|镇|部|会|公司|集团|频道|站|所|办)$"
)
_PHOTOGRAPHER: Final = re.compile(
    rf"(?:图片?|摄影)[/:]\s*{HAN}{{2,4}}(?:[\s、]+{HAN}{{2,4}})*$|(?:图片?|摄影)[/:]\s*\S+"
)
LONGEST_SIGNATURE: Final = 24
"""Characters of a bracket with names at the end of an article."""
SHORTEST = 2
"""Han characters of the shortest name."""
LONGEST_LINE: Final = 80
"""A byline of more characters is running text."""


def likely_name(word: str) -> bool:
    """Return whether a word looks like a name by itself: a known surname and the length of a name."""
    if _FOREIGN.match(word):
        return True
    if not _HAN_NAME.match(word) or word in NOT_NAMES:
        return False
    if word.startswith(COMPOUND):
        return len(word) in {3, 4}
    return word[0] in SURNAMES and len(word) in {2, 3}


def possible_name(word: str) -> bool:
    """Return whether a word may be a name where a byline says that names stand."""
    return bool(_FOREIGN.match(word) or (_HAN_NAME.match(word) and word not in NOT_NAMES))


def in_list(text: str) -> tuple[str, ...]:
    """The words of a list of names (folded); 李 明 is one name, 张三李四 are two."""
    words: list[str] = []
    halves = ""
    for word in filter(None, _SPLIT.split(text)):
        if len(word) == 1 and re.match(HAN, word):
            halves += word
            if len(halves) == SHORTEST:
                words.append(halves)
                halves = ""
        else:
            words.extend(_run_together(halves + word if halves else word))
            halves = ""
    return (*words, halves) if halves else tuple(words)


def _run_together(word: str) -> tuple[str, ...]:
    """张三李四 → 张三, 李四: four characters that are no compound surname but two names."""
    if (
        len(word) == 2 * SHORTEST
        and not word.startswith(COMPOUND)
        and likely_name(word[:2])
        and likely_name(word[2:])
    ):
        return word[:2], word[2:]
    return (word,)


def byline(folded: str) -> tuple[str, ...] | None:
    """The names of a line that is nothing but a byline (folded), or None.

    Evidence is a role (本报记者, 通讯员 …), a note on the work (文/图, 报道) or a bullet before names; every
    other word must be able to be a name. Photographers named beside a writer (图/李四) are left out.
    """
    text = folded.strip().strip("()[]【】 ").strip()
    if not text or len(text) > LONGEST_LINE:
        return None
    bullet = _BULLET.match(text)
    text = _without_photographer(_BULLET.sub("", text))
    worked = _WORK.search(text)
    words = in_list(_WORK.sub(" ", text))
    people = tuple(word for word in words if not _OFFICE.search(word) or likely_name(word))
    evident = worked is not None or (bullet is not None and all(map(likely_name, people)))
    return people if evident and people and all(map(possible_name, people)) else None


def _without_photographer(text: str) -> str:
    return _PHOTOGRAPHER.sub(" ", text) if re.match(r"文[/:]\s*\S", text) and "图" in text else text


def signed(folded: str) -> tuple[str, ...] | None:
    """Return the names of a bracket at the end of an article that holds nothing else, or None.

    Any surname of the old list of hundred families (百家姓) will do there, as long as no word has the same characters.
    """
    people = in_list(folded.strip().strip("()[] ")) if len(folded) <= LONGEST_SIGNATURE else ()
    return people if people and all(map(_may_sign, people)) else None


def _may_sign(word: str) -> bool:
    if likely_name(word):
        return True
    family = word[:1] in RARE_SURNAMES or word[:2] in RARE_COMPOUND
    return bool(_HAN_NAME.match(word)) and family and word not in NOT_NAMES and not segmenter.frequency(word)


def bare(folded: str) -> tuple[str, ...] | None:
    """The names of a line or bracket that holds likely names and nothing else, or None."""
    text = _BULLET.sub("", folded.strip().strip("()[] "))
    people = in_list(text) if len(text) <= LONGEST_LINE else ()
    return people if people and all(map(likely_name, people)) else None
