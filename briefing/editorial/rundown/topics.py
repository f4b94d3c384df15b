"""Section of the news that a story belongs to, told by its title and confirmed by its text; "" where they disagree.

A wrong label is heard (接下来关注体育), so a section needs words in the title or the lead, more of them than any other
section, and words in the body. A story that no section fits has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import Article

TOPICS = {
    "体育": "运动会|锦标赛|联赛|冠军|夺冠|球队|球员|选手|奥运|亚运|全运|足球|篮球|排球|乒乓|羽毛球|田径|马拉松|半马|帆船|游泳|决赛|教练|国足|女排|赛事|参赛|体育|球馆|体育场|选拔赛|世锦赛|摘[金银铜]|进球|主场|客场",
    "国际": "总统|总理|首相|外长|选举|执政|地方选举|国会|议会|外交|联合国|欧盟|美国|英国|法国|德国|日本|韩国|俄罗斯|乌克兰|以色列|意大利|西班牙|希腊|智利|阿根廷|印度|巴西|埃及|欧洲|南欧|非洲|欧元|美元指数|纽约|伦敦|巴黎|柏林|当地时间|海外|多国",
    "法治": "法院|检察|判处|有期徒刑|被告人|公诉|庭审|宣判|立案|诈骗|涉案|嫌疑人|抓获|刑事|公安|派出所|民警|反诈|盗窃|纠纷调解|执法|判决|律师|官司|被告|原告|起诉|法官|赔偿|欠薪|条例|管理办法|行政处罚",
    "交通": "地铁|轨道交通|号线|公交|高速公路|高铁|铁路|大桥|通车|隧道|航线|机场|客运|班车|首班车|末班车|车站|停车|限行|绕行|道路|航班|列车|春运|国道|省道|公路|单车|非机动车|电动自行车|交通运输|交警|货车|客车|路段|车道",
    "教育": "学校|小学|中学|幼儿园|高校|大学|学生|教师|招生|入学|学位|高考|中考|课后|托管|开学|校区|校园|教育局|考生|师生|研学|教育",
    "健康": "医院|医疗|门诊|患者|医生|疫苗|疾病|卫生健康|卫健|医保|就医|手术|药品|献血|体检|急救|护士|病房|诊疗|儿科|养生|心理健康|医保局|孕产|保健院|义诊|药箱|听诊",
    "科技": "卫星|火箭|航天|飞船|空间站|科学家|科研|实验室|芯片|人工智能|机器人|算法|大模型|量子|专利|无人机|科考|望远镜|研究团队|软件|算力|科技|模型|开源|参数|发电机|研制|风电|并网|装机|研发|首台|新品系|深海|数据集|潜水|数字经济",
    "文化": "博物馆|图书馆|展览|非遗|演出|音乐|剧院|剧场|戏曲|电影|书展|读书|文物|石桥|古桥|修缮|遗址|考古|民俗|文化|艺术|诗歌|文旅|旅游|景区|古镇|游客|灯会|庙会|昆曲|古籍|藏品|油纸伞|手艺|老街|老字号|长假",
    "生态": "生态|环境保护|环保|空气质量|污染|湿地|候鸟|植树|绿化|森林|河长|河道|清淤|排涝|内涝|水质|碳|垃圾分类|野生动物|天鹅|保护区|PM2.5|节能|河湖|水系|幸福河|生态补水|鱼类|水生态",
    "农业": "农业|农村|春耕|备耕|播种|水稻|小麦|玉米|粮食|农户|种植|养殖|农机|丰收|果农|茶农|菜农|合作社|乡村|田间|农民|农产品|化肥|蔬菜|枇杷|大蒜|蒜农|樱桃|草莓|授粉|羊羔|耳标|菜窖|田埂|稻田|小麦",
    "安全": "消防|火灾|防汛|隐患|应急|事故|演练|救援|安全生产|燃气|排查整治|巡检|失火|滑坡|管涌|抢险|险情|险境|遇险|脱险|落水|失联|获救|追尾|被困|洪水|洪峰|堤|汛期|营救|消防员|水库",
    "时政": "调研|全会|常委会|政协|人大|区委|市委|县委|书记|巡视|党组|主题教育|代表委员|会见",
    "天气": "气象台|降雨|降温|寒潮|台风|暴雨|暴雪|高温|大雾|气温|冷空气|热浪|降雪|强对流|沙尘|气象|雨势|阵雨|多云|天气",
    "经济": "GDP|生产总值|同比增长|增加值|投资|项目|开工|产业|企业|外贸|进出口|零售|消费|金融|银行|税|市场|营商|招商|签约|制造业|商圈|商户|订单|产值|二手房|成交|挂牌|楼市|房价|口岸|海关|价格|物价|指数|贷款|跨境|电商|展会|出行展|汽车|油价|成品油|汽油|利率|房贷|净利润|业绩|预盈|股东|上市公司|营业收入|出口|重大项目|总投资|菜价|租金|园区|电子商务|美元|汇市",
    "民生": "居民|社区|小区|老人|养老|住房|老旧|电梯|供水|供电|供暖|停水|就业|社保|低保|补贴|便民|夜归|路灯|外卖|小哥|驿站|歇脚|公积金|物业|菜市场|食堂|残疾人|托育|消费者|健身卡|退款|消保|窗口|自来水|供热|供气|天然气|用气|停水|水厂|水质|岗位|招聘|求职|普及率|加梯|一楼|食品安全|受骗|上当|维权|消费陷阱|政务服务|办事",
}
"""Words by section; a section's share of them in title, lead and body decides."""

_WORDS = {topic: re.compile(words) for topic, words in TOPICS.items()}
TITLE_WEIGHT, LEAD_WEIGHT, BODY_WEIGHT = 4.0, 1.5, 0.6
"""Points for a different word of a section in the title, the first paragraph and the rest."""
LEAST_POINTS, LEAST_MARGIN = 5.0, 1.35
"""Points that a section must have, and how many times those of the next one."""
BODY_CHARS = 1200
"""Characters of the body that are looked at."""


UNSPOKEN = frozenset({"安全", "时政", "民生"})
"""Sections whose names tell a listener nothing: no transition announces them."""
TOUCHES = 0.6
"""Share of its best section's points from which a story belongs to another section too."""

_TRAVEL = re.compile(r"旅游|游客|景区|文旅|古镇|乡村游|长假|民宿")


def spoken_topic(article: Article, section: str) -> str:
    """Return how an anchor names the section of a story; "" where nobody would."""
    if section in UNSPOKEN:
        return ""
    return "旅游" if section == "文化" and _TRAVEL.search(article.title) else section


def touches_topic(article: Article, section: str) -> bool:
    """Return whether a story may be of a section too, so that this section has been told after it."""
    points = {name: _points(words, article) for name, words in _WORDS.items()}
    best = max(points.values())
    return best > 0 and points.get(section, 0.0) >= TOUCHES * best


def topic(article: Article) -> str:
    """Return the article's section; "" where title and text do not agree on one."""
    points = {name: _points(words, article) for name, words in _WORDS.items()}
    first, second = sorted(points.values(), reverse=True)[:2]
    best = max(points, key=lambda name: points[name])
    return best if first >= LEAST_POINTS and first >= LEAST_MARGIN * second else ""


def _points(words: re.Pattern[str], article: Article) -> float:
    headline = f"{article.kicker} {article.title}"
    opening = article.paragraphs[0][:200] if article.paragraphs else ""
    body = article.text[:BODY_CHARS]
    titled, led, topic_words = (set(words.findall(text)) for text in (headline, opening, body))
    if not topic_words | led:
        return 0.0
    return TITLE_WEIGHT * len(titled) + LEAD_WEIGHT * len(led) + BODY_WEIGHT * len(topic_words)
