"""Characters that are read by what they do in the sentence: 地 and 得 as particles, 为 for or as, 还 still or back.

Each rule is a line of a table: the reading, what stands before and after the character, and an example, which the tests
run. They hold where the character is a word of its own (or where `anywhere` says so); the first that fits wins.
Source of the readings: 《现代汉语词典》, 第7版, and 吕叔湘 《现代汉语八百词》 for the particles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.mandarin.words import Token

AROUND = 24
"""Characters on each side that a rule can see: about a clause."""

_NUMBER = "〇零一二两三四五六七八九十百千万亿几数半"
_PERSON = "我你您他她它谁咱们"


@dataclass(frozen=True, slots=True)
class Usage:
    """`reading` holds where `before` matches up to the character and `after` from behind it.

    `prev` and `next` are first letters of jieba's parts of speech that the neighbouring words must have. The example has
    the character in brackets. `anywhere`: also inside a longer word.
    """

    reading: str
    example: str
    before: str = ""
    after: str = ""
    prev: str = ""
    next: str = ""
    anywhere: bool = False

    @property
    def char(self) -> str:
        """The character that the rule is about."""
        return self.example[self.example.index("[") + 1]


RULES = (
    # 地
    Usage("de5", "他慢慢[地]走上台", before=r"(.)\1$", next="vadpu"),
    Usage("de5", "他创造性[地]提出", before=r"[性然般]$", next="vadp"),
    Usage("de5", "孩子高兴[地]跳起来", prev="abdivzlou", next="vadpilf"),
    Usage("de5", "紧张有序[地]进行", before=r"(有序|无序|全面|系统|科学|自觉|不断|反复|如期|准时|小心|小心翼翼|兼程|深入|成功|幸运|默契|热情|激情|真情|动情|理性|感性|无私|"
          r"不约而同|争先恐后|有效|高效|快速|迅速|精准|创新|历史|辩证|发展|一遍|一次|一步|一点|一天|一年|一个|一层|一口|客观|主观|能动|长期|永远|忘我|刻苦|顽强|果断)$",
          next="vadpilf"),
    Usage("di4", "这块[地]荒了三年", prev="mqr"),
    # 得
    Usage("dei3", "想致富就[得]先修路", before=r"(?:^|[，。；：])[^，。；：]{0,6}[就还都也总必非只又便才最后许]$", next="vdpn", after=r"(?!了|到|过|知|出|分|奖|票|名|主|胜|逞|手)"),
    Usage("dei3", "我们[得]抓紧时间", before=rf"[{_PERSON}家]$", after=r"(?!了|到|过|知|出|分|奖|票|名|主|胜|逞|手|[第冠亚季金银铜]|的)", next="vdpial"),
    Usage("de5", "队员累[得]说不出话", prev="va", next="advziplnr", after=r"(?![了到过分奖票知第冠])"),
    Usage("de5", "工期短[得]令人难以置信", before=r"[大小多少长短高低快慢好坏远近深浅早晚美丑新旧冷热忙累急重轻难易厚薄强弱说走跑跳打做干办过活玩吃喝睡写画唱学讲看听想笑哭气吓冻饿晒热堵挤]$",
          after=r"(?!了|到|过|分|奖|票|知|第|冠)"),
    Usage("de5", "买[得]起", after=r"[起住上下出来去见动了懂清完着着通过开像准]"),
    # 着
    Usage("zhao2", "警方找不[着]目击者", before=r"[找够猜逮摸买借见睡用管犯点][不得]$", anywhere=True),
    Usage("zhao2", "他睡[着]了", before=r"睡$", after=r"[了，。后前时的]", anywhere=True),
    Usage("zhuo2", "学生的穿[着]打扮应得体", before=r"[穿衣]$", after=r"(?:打扮|得体|讲究|朴素|时尚|整洁|规范|应|要|，|。|简|统一|不当|暴露)", anywhere=True),
    # 了
    Usage("liao3", "这事谁也管得[了]", before=r"[管治受免干做帮忘跑少差错办去来走改][不得]$", anywhere=True),
    # 为
    Usage("wei2", "该项目被列[为]重点", before=r"[成作称认视化转变改分更较最极尤颇甚列评定设选升降译誉奉沦归并增减缩扩调命折算当释任转选化译解判改立封赐尊拜贬]$"),
    Usage("wei2", "房价调整[为]每平方米九千元", before=r"(?:调整|升级|更名|改名|取名|命名|简称|俗称|合称|统称|打造|建设|发展|培育|解释|理解|概括|总结|转变|确定|认定|改造|当选|任命|追认|"
          r"折合|换算|约|均|皆|实|乃|即|仅|多|大多|缩短|延长|提高|下调|上调|扩大|增加|减少|下降|上升|提升|合并|划分|修改|变更|过渡|转化|演变|分别|依次|登记|误认|描述|形容|塑造|浓缩|"
          r"营造|开发|改编|拍摄|翻译|定位|规划|列入|评选|评定|推选|选举|指定|聘任|视之|名)$"),
    Usage("wei2", "以创新[为]动力", before=r"以[^，。；：]{1,14}$", after=r"(?![^，。；：]{1,14}(?:提供|服务))"),
    Usage("wei2", "面积[为]五百亩", after=rf"(?:约|近|超|每|第|负|正|百分之|[{_NUMBER}0-9])(?!些|个家庭|位老)"),
    Usage("wei2", "会议[为]期三天", after=r"(?:期|首|主|止|准|界|限|先|伍|生|难|害|患|最|例|时|由|荣|本|重|负|优|良|中雨|大雨|小雨|晴|阴)(?!者|人|商)"),
    Usage("wei4", "[为]了方便群众", after=r"(?:了|此|何|什么|民|您|着)"),
    Usage("wei4", "电影节[为]老艺术家颁奖", after=r"[^，。；：！？]{1,16}?(?:提供|服务|奠定|打下|注入|带来|创造|营造|增添|添|贡献|赋能|助力|护航|打造|搭建|做|作出|作|送|筹|祈|庆|加油|"
          r"喝彩|鼓掌|点赞|呐喊|颁|授予|解决|解|减|争取|争|保障|撑|铺|办|修|建|买|订|开|指|敲响|树立|提|出|打|剪|看|把脉|操心|着想|代言|发声|正名|写|谋|造福|分忧|付|垫|担保|让|"
          r"献|守|传递|点亮|插上|按下|画上|蓄力|引|腾|找|讲|牵线|量身|制定|准备|预留|留|尽|效力|取得|赢得|夺|射|攻|扳|破|捐|举行|举办|治|诊|接种|体检|理发|缝|戴|披|系|安装|装|换|清|"
          r"积累|支付|上|划|积攒|配|存|代|拍|录|设|跑|站|喊|鸣|骄傲|自豪|高兴|而)"),
    Usage("wei4", "[为]争夺市场份额打价格战", before=r"(?:^|[，。；：“！？\n])$"),
    Usage("wei4", "全场齐声[为]他叫好", before=r"(?:特|专门|专程|一直|正|正在|积极|主动|切实|全力|努力|齐声|纷纷|共同|免费|来|去|能|可|可以|并|不断|持续|更好|有效|同时|及时|都|将|会|愿|只|也)$"),
    Usage("wei4", "他[为]人民服务", after=rf"[{_PERSON}]"),
    # 还
    Usage("huan2", "欠款至今未[还]", after=r"(?:[，。；！？、”]|$|的[，。]|[清给款贷债本息账款完回钱利之以乡俗田林湿草湖礼绿路击手价魂珠政权][^人])", before=r"[^，。]$"),
    Usage("huan2", "他向银行[还]了三万元", after=r"[了上]"),
    Usage("huan2", "剩下的钱分期[还]", before=r"(?:偿|归|退|返|交|送|分期|按期|按时|如数|需|要|须|应|来|去|未|没|先)$", after=r"(?!是|要|得|有|会|能|需|没|不|在|将|应|可|想|可以|被|与|和)"),
    # 都
    Usage("dou1", "大家[都]来了", prev="rndmvaqtcfl", next="vadpnmricl"),
    # 率
    Usage("shuai4", "省长[率]代表团访问", after=r"[^，。；：为达下上同较由从超高低降升仅约是近比不已和与]{1,12}(?:团|队|部|军|员|访|抵|赴|出席|来|到|前往|参加|人)"),
    Usage("lv4", "不良贷款[率]下降", prev="nvajib"),
    # 降
    Usage("jiang4", "首付比例[降]至两成", after=r"(?![服伏龙])"),
    # 调
    Usage("tiao2", "券商[调]低目标价", after=r"[低高升降优减增准整节至到]"),
    Usage("diao4", "他[调]任省长", after=r"[任往来入出运派走回令职研查动度阅看用集水离取遣拨防]"),
    # 量
    Usage("liang2", "护士给他[量]体温", after=r"(?:体温|血压|身高|体重|尺寸|三围|腰围|一量|了量|出|了)"),
    # 教
    Usage("jiao1", "他[教]孩子游泳", next="r"),
    Usage("jiao1", "她[教]学生画画", prev="rdnvpm", after=rf"(?:孩子|学生|村民|农民|老人|大家|居民|学员|徒弟|同学|市民|妇女|儿子|女儿|队员|小朋友|群众|[{_PERSON}]|书|给|会[^派堂议]|得|了|过|着|好|唱|英语|数学|语文)"),
    # 数
    Usage("shu3", "他[数]了一遍", after=r"(?:了|着|一数|数|不清|不过来|不尽|不胜|得[过清]|起来|钱|票|星星|人头|清)"),
    Usage("shu3", "他数了[数]", before=r"数[了一]$"),
    # 落
    Usage("la4", "钥匙[落]在家里", after=r"在(?:家|车|出租|公交|地铁|飞机|办公|教室|宾馆|酒店|座位|餐厅|超市|学校|单位|店)(?!门|喻)"),
    Usage("luo4", "银杏叶[落]了一地", after=r"(?!枕)"),
    # 卡
    Usage("qia3", "他的头[卡]在护栏里", after=r"(?:在|住|脖|壳|死|进|位|喉|点|扣)"),
    Usage("qia3", "司机被[卡]驾驶室", before=r"[被]$"),
    # 背
    Usage("bei1", "他[背]着药箱", after=r"(?:着|起|上|回|出|到|下|过|包|篓|债|了|老人|伤员|孩子|人|走|不动|得动)"),
    # 累
    Usage("lei4", "队员们[累]了", after=r"(?:得|倒|死|坏|了|垮|病|出|晕|，|。|点|些|不)"),
    Usage("lei4", "大家都很[累]", before=r"(?:很|太|不|再|受|疲|又|更|真|较|好|最|苦|脏|挺|够)$"),
    # 血
    Usage("xie3", "他流了点[血]", before=r"(?:流|出|吐|淌|抽|献)[了过](?:点|很多|好多|不少|一滴|些|一点|大量)?$"),
    # 剥 削 壳 盛 缝 铺 择 炸 熬
    Usage("bao1", "奶奶[剥]了一盘花生", after=r"(?:了|皮|壳|虾|花生|蒜|豆|玉米|橘|开|着|下|出|蒜)"),
    Usage("xiao1", "他[削]苹果", after=r"(?:苹果|皮|铅笔|面|梨|球|水果|土豆|竹|木|尖|了|着|成)"),
    Usage("ke2", "鸡蛋[壳]可以入药"),
    Usage("cheng2", "他[盛]了一碗饭", after=r"(?:了|饭|汤|水|满|粥|着|在|放|出|好|上|一碗|入|取)"),
    Usage("feng2", "老人[缝]了一件棉衣", after=r"(?:了|补|制|合|纫|衣|好|在|上|着|被|出|针)"),
    Usage("pu1", "村里[铺]了柏油路"),
    Usage("zhai2", "大家一起[择]菜", after=r"(?:菜|豆)"),
    # 应
    Usage("ying4", "总理[应]邀请访华", after=r"[^，。；：]{0,16}(?:邀请|之邀|邀|要求|请求|之约|号召|召|之请|约|付|对|运)", before=r"(?:^|[，。；：“]|[一-龥])$", next="nrvp"),
    Usage("ying1", "各地[应]尽快出台措施"),
    # 只 处 分 种 间
    Usage("zhi1", "一[只]东北虎", before=rf"[{_NUMBER}0-9这那每多]$"),
    Usage("zhi3", "岛上[只]有三户人家", next="vdpmnr"),
    Usage("chu3", "他被[处]有期徒刑", after=r"(?:以|有期|无期|死刑|罚|拘|警告|理|置|[^，。]{1,8}(?:徒刑|拘役|罚金|罚款|元))"),
    Usage("chu4", "三十[处]隐患", before=rf"[{_NUMBER}0-9各多此何某每余]$"),
    Usage("zhong3", "这[种]病毒传播快", before=rf"[{_NUMBER}0-9这那各多某此何每哪新该]$"),
    Usage("zhong4", "他家[种]了十亩苹果", after=r"(?:了|着|上|下|过|的|在|满|得|出|起|好|不|粮|菜|树|地|田|草|花|茶|果|药|瓜|豆|麦|稻|棉|植|玉米|苹果|小麦|水稻|大豆|葡萄|草莓|西瓜|辣椒|土豆|番茄)", prev="nvdrtaxmu"),
    Usage("jian1", "午休[间]", before=rf"[{_NUMBER}0-9]$"),
    # 转 中 当
    Usage("zhuan4", "他在操场上[转]了一圈", after=r"[^，。]{0,6}[圈周]", anywhere=False),
    Usage("zhuan4", "车轮飞快地[转]动", after=r"(?:动|个不停|起来|得快|悠|不停|速|盘|圈)"),
    Usage("zhong4", "砸[中]头部", before=r"[射击打投砸刺猜抽相撞踢押言切扣命选]$", after=r"(?![国央学心共华东西南北间午期年旬级部小外文医餐短])"),
    Usage("zhong4", "他[中]了大奖", after=r"(?:了|奖|标|签|毒|暑|弹|枪|招|计|风|邪|伤|靶|彩|意的)"),
    Usage("dang4", "乡亲们把他[当]亲人", before=r"[把将][^，。；]{1,10}$", after=r"(?!地|前|场|时|局|年|选|事|众|面|代|下)"),
    # 强 尽 倒 挣 教
    Usage("dao3", "大树被刮[倒]", before=r"[刮吹累病击打推撞压摔跌绊放吓难栽拉卧滑倾颠晕昏醉踢撂问]$", anywhere=True, after=r"(?![影数退计])"),
    Usage("dao3", "大树[倒]了", after=r"(?:了|在|下|地|塌|伏|闭)"),
    Usage("dao4", "他把水[倒]进杯子", after=r"(?:进|入|掉|出|水|茶|酒|垃圾|油|是|也|不)"),
    Usage("jin4", "他[尽]了最大努力", after=r"(?:了|最大|全力|心|责|到|孝|职|力|义务|显|收)"),
    Usage("hang2", "六家国有大[行]", before=r"(?:国有|[四五六]|[股份城农商投代外]{1,3}|各|该|本|两|总|分|支|央|[国民招建工农交]|上市)大?$", after=r"(?!动|为|政|程|驶|走|使|业|人|贿|李|星|者|踪|进)", anywhere=True),
    Usage("xing2", "代表团一[行]抵达", before=r"一$", after=r"(?!字|代码|行|诗)"),
    Usage("hang2", "纸上有三[行]字", before=rf"[{_NUMBER}每]$", after=r"(?:字|代码|诗|泪|脚印|树|文字|数据|大字|小字)"),
    Usage("nong4", "他把花瓶[弄]坏了", after=r"(?!堂)"),
    Usage("chang2", "下了一[场]大雪", before=rf"[{_NUMBER}这那首每]$", after=r"(?:大|小|暴|罕见的|突如其来的|春|秋|及时)*(?:雨|雪|火|病|战争|灾|风|革命|官司|虚惊|浩劫|空)"),
    Usage("chang3", "三[场]比赛", before=rf"[{_NUMBER}这那首每本该上下末半]$"),
    Usage("cha4", "只[差]一分", after=r"(?:一|了|得|不|几|点|两|三|多|评|生)"),
    Usage("cha1", "收入[差]扩大", prev="nv"),
    Usage("zhang3", "孩子[长]高了", after=r"(?:高|胖|出|满|大|在|着|得|了|成|势|个|牙|好|期待|叶|草)(?!度|江)", prev="nrvduatz"),
    Usage("zhang3", "河[长]负责巡查", before=r"[河湖林田山湾链路街巷楼栋警片点段网格单元埠圩渠塘]$", after=r"(?:制|负责|办|巡|，|、|和|。|履|们|责任)", anywhere=True),
    Usage("chang2", "大桥[长]两公里", after=rf"(?:约|达|近|[{_NUMBER}0-9])"),
    Usage("kan1", "值班人员[看]仓库", after=r"(?:仓库|家|门|管|守|护|孩子|娃|大门|场子)"),
    Usage("ceng2", "他[曾]三次获奖", next="vdpmnarc"),
    Usage("lou4", "他[露]了一手", after=r"(?:了一手|一手|脸|面|馅|怯|头|底|富)"),
    Usage("zheng4", "他[挣]了不少钱", after=r"(?:了|钱|得|到|脱|下|的|工资|多少|外快|够)"),
    Usage("he1", "他[喝]了一口水", after=r"(?:了|水|酒|茶|汤|奶|上|着|到|点|下|的|完|得)"),
    Usage("he4", "教练大[喝]一声", before=r"大$", after=r"一声"),
    Usage("chong4", "他[冲]着镜头挥手", after=r"着"),
    Usage("gan4", "大家[干]得热火朝天", after=r"(?:得|了|好|活|事|完|什么|啥|农活|一番|不|成|出|到|过|起|这|那|一行|实事|大事|在|着)", prev="nrvdumat"),
    Usage("mei2", "他[没]来"),
    Usage("dai1", "他[待]在家里", after=r"(?:在|着|一会|会儿|了|不住|久|过)"),
    Usage("huang4", "他在门口[晃]来晃去", after=r"[来动悠荡]"),
    Usage("ren4", "他曾[任]县委书记", before=r"(?:曾|历|现|时|连|出|兼|担|升|改|调|转|继|留|到|就|离|接|续|聘|委|新|前|原|上|首|信|胜|责|主|常|赴|拟|可|当)$", after=r"(?!教授|先生|女士|某)"),
    Usage("ren4", "他[任]主任五年", next="nvlmr", prev="rdnxtp", after=r"(?:[^，。]{0,10}(?:长|主任|书记|经理|委员|教授|主席|代表|职|教|会长|顾问|总裁|教练|主编|校长|总监)|由|何|一)"),
)  # fmt: skip
"""Sorted by character, the surer first."""


@cache
def _rules() -> dict[str, tuple[tuple[Usage, re.Pattern[str], re.Pattern[str]], ...]]:
    """The rules by character, their patterns compiled."""
    found: dict[str, list[tuple[Usage, re.Pattern[str], re.Pattern[str]]]] = {}
    for rule in RULES:
        found.setdefault(rule.char, []).append((rule, re.compile(rule.before), re.compile(rule.after)))
    return {char: tuple(rules) for char, rules in found.items()}


def has_rules(char: str) -> bool:
    """Whether a character is read by what it does."""
    return char in _rules()


def reading(text: str, place: int, tokens: Sequence[Token], number: int, *, free: bool) -> str | None:
    """The reading of the character at `place`, which is in the token of that number; None when no rule fits.

    `free`: nothing surer than the model is known of the character, so that a longer word is no hindrance.
    """
    before, after = text[max(0, place - AROUND) : place], text[place + 1 : place + 1 + AROUND]
    alone = len(tokens[number].word) == 1
    for rule, behind, ahead in _rules().get(text[place], ()):
        asked = alone or rule.anywhere or (free and not rule.prev + rule.next)
        if asked and _fits(rule, tokens, number) and behind.search(before) and ahead.match(after):
            return rule.reading
    return None


def _fits(rule: Usage, tokens: Sequence[Token], number: int) -> bool:
    return _is(tokens, number - 1, rule.prev) and _is(tokens, number + 1, rule.next)


def _is(tokens: Sequence[Token], number: int, flags: str) -> bool:
    return not flags or (0 <= number < len(tokens) and tokens[number].flag[:1] in flags)
