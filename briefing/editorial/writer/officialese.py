"""Set phrases of offices that say no fact, praise, and scenes: what a listener would not miss."""

from __future__ import annotations

import re

_EMPTY = re.compile(
    r"稳中向好|稳中有升|稳中提质|(?:保持|呈现)[^，]{0,6}(?:平稳|良好|向好)|稳步(?:增加|增长|提高|提升|恢复)|持续恢复|回升向好|稳中有进|(?:[建搭引强抓促优提聚育稳扩防惠补拓创][\u4e00-\u9fff]{2}、?){3,}|坚定不移|重中之重|始终(?:围绕|坚持|把)|付出了?许多努力|重要举措|重要抓手|高质量发展|高水平|新台阶|新篇章|新局面|新征程|新动能|新格局|获得感|幸福感|保驾护航|添砖加瓦|贡献(?:[\u4e00-\u9fff]{0,4})?(?:力量|智慧)|赋能|添力|助力[^，]{0,12}(?:发展|建设|振兴)|走深走实|落地见效|落实落细|落地生根|久久为功|真抓实干|"
    r"凝心聚力|同心同德|乘势而上|奋勇争先|抢抓机遇|坚定信心|保持定力|提高(?:政治)?站位|政治站位|压实[^，]{0,8}责任|压紧|责任制|一岗双责|党政同责|齐抓共管|失职追责|"
    r"统筹(?:推进|协调|做好|兼顾)|贯彻落实|贯彻[^，]{0,16}精神|深入贯彻|全面贯彻|坚决贯彻|以[^，]{2,24}为(?:指导|引领|抓手|契机|牵引|主线|统领|目标|重点|突破口|着力点|导向)|"
    r"(?:不断|切实|着力|有效|持续|进一步|全面|大力|努力|扎实|全力|深入)(?:提升|提高|增强|推动|推进|加强|强化|优化|完善|深化|促进|改善|激发|保障|维护|夯实|筑牢|做好|抓好|凝聚|营造|打造|擦亮|释放|满足|助推|服务|拓展)|"
    r"持之以恒|抓细抓实|抓紧抓好|抓实抓细|深刻(?:认识|把握|领会)|奠定[^，]{0,10}基础|营造[^，]{0,14}氛围|提供[^，]{0,10}(?:坚实|有力|坚强)[^，]{0,6}(?:保障|支撑)|凝聚[^，]{0,8}(?:合力|共识)|形成[^，]{0,10}合力|"
    r"精准(?:匹配|发力|施策|对接)|双向奔赴|再上新|谱写|书写|绘就|擘画|奋力|砥砺|初心|使命担当|主动作为|勇于担当|守土|长效机制|闭环(?:管理|式)|全链条|全方位|多维度|组合拳|新高地|"
    r"亮点纷呈|成效(?:明显|显著)|取得(?:了)?(?:良好|明显|显著|积极|阶段性)[^，]{0,6}(?:成效|效果|成果)|受到[^，]{0,8}(?:好评|欢迎|点赞)|好评如潮|意义(?:重大|深远)|"
    r"高度重视|加强组织领导|强化责任|倒排工期|挂图作战|靠前服务|全覆盖、无死角|以[^，]{1,10}促[^，]{1,6}|稳中求进|踏踏实实|扎扎实实|一张蓝图|先行先试|示范引领|标杆"
)
_BUREAU = re.compile(
    r"常态化|督查|督改|排查整改|制发|率队|一行|考察交流|等?相关工作|工作机制|实地调研|走访调研|先后前往|实施情况|标准化建设|实现“?全覆盖|“全覆盖”|设施设备|智慧(?:监管|环保)|绿建|绿色化率|节约型机关|(?:签订|签署)[^，]{0,6}责任书|责任书|实施[^，]{2,24}(?:项目|工程)建设|全域建成区|健全完善|工作方案|实施方案|履职|补充责任|领导小组|创建[^，]{0,6}(?:单位|机关|示范)|工作要求"
)
"""Language of offices about their own work: what they do among themselves, in words that nobody says aloud."""
_COMMENT = re.compile(
    r"不妨|关键在于|生命力|归根到底|归根结底|说到底|毋庸置疑|不容忽视|值得(?:点赞|肯定|期待|深思|借鉴|学习)|何尝|岂能|不仅是[^，]*更是|不只是|何乐而不为|让人(?:感动|敬佩|期待)|令人|无疑|可谓|正是(?:因为|这)|才能[^，]{2,}|理应|应当成为|不该|别让|呼唤|考验着|折射出|见证了?"
)
_SCENE = re.compile(
    r"海风|有些冷|格外热闹|有些热|白菜味|香味|里还留着|穿[^，]{2,8}的|戴着|靠窗|灯火通明|击掌|鼓劲|加油(?![站车机枪])|坐在[^，]{2,6}(?:后|前|边)|看着|勾勒|层层|映入眼帘|人头攒动|络绎不绝|忙(?:得|碌|活|开了)|热火朝天|欢声笑语|笑(?:容|声|着|开|得)|阳光(?:下|洒)|天刚|蒙蒙亮|山雾|雾气|夜幕|华灯|暮色|晨光|清风|微风|绿意|花香|飘(?:来|散|着|香)|香气|只见|眼前|金灿灿|绿油油|沉甸甸|郁郁葱葱|随处可见|"
    r"走进|走在|漫步|穿过|推开|步入|来到[^，]{2,}|时节|(?:^|，)(?:清晨|傍晚|一大早)|早早|边走边|一边[^，]+一边|拉着|提着|捧着|推着|抱着|拄着|递上|擦(?:了擦|汗)|指着|点了点头|脸上|眼里|手里|嘴里|心里|亮起|长出|正(?:对着|在[^，]{1,10}(?:忙|聊|说|看|拍|挑|选|喝|吃))|熟练地|小心翼翼|有序|井然|掌声|歌声|琅琅|如织|尽收眼底|别有|仿佛|宛如|犹如|好似|就像|像[^，]{1,8}一样|氛围"
)
_CHATTER = re.compile(
    r"不少(?:居民|市民|网友|读者)|打来电话|算了一笔账|高兴|开心|感慨|点赞|满意|方便多了|舒服|真好|太好|放心了|心里踏实|没想到|喜欢|盼|谢谢|感谢|挺好|更[^，]{1,3}了|省心|省事|邻居|孩子们|老伴|孙子|我家|俺|咱|自己也|换了谁|感觉|觉得"
)


def is_empty(clause: str) -> bool:
    """Return whether a clause is a set phrase of offices, unless it holds a figure."""
    return _EMPTY.search(clause) is not None and re.search(r"\d", clause) is None


def count_empty(text: str) -> int:
    """Return how many set phrases of offices a sentence holds."""
    return len(_EMPTY.findall(text))


def count_bureau_words(text: str) -> int:
    """Return how many words of offices about their own work a sentence holds."""
    return len(_BUREAU.findall(text))


def is_comment(text: str) -> bool:
    """Return whether a sentence judges rather than tells."""
    return _COMMENT.search(text) is not None


def is_scene(text: str) -> bool:
    """Return whether a sentence paints a scene."""
    return _SCENE.search(text) is not None


def is_chatter(text: str) -> bool:
    """Return whether a sentence is what somebody in the street feels."""
    return _CHATTER.search(text) is not None


_PARTY = re.compile(
    r"党组(?:副?书记|成员)、|党委(?:副?书记|委员)、(?=[^，]{0,8}(?:长|主任))|党工委(?:副?书记|委员)、|二级巡视员、|一级调研员、"
)


def shorten_offices(text: str) -> str:
    """Leave out party posts beside an office of state: 党组成员、副主任 is 副主任."""
    return _PARTY.sub("", text)
