"""What sort of news a story is, by the words of its headline: for variety, and for the way from one story to the next.

The sorts are those of a newspaper's pages. A headline without any of the words has none: a wrong one would be heard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model import Article

TOPICS = {
    "时政": "调研|考察|会议|全会|常委|政协|人大|书记|区长|市长|巡视|党组|党委|主题教育|部署|会见|督导|视察|代表团",
    "经济": "经济|产业|企业|投资|招商|项目|消费|金融|外贸|园区|软件|营商|税|生产总值|GDP|市场|楼宇|签约|商圈|制造|农产品",
    "民生": "民生|居民|社区|养老|住房|老旧小区|就业|招聘|医保|社保|公交|轨道|地铁|供水|供电|停车|消费券|便民|公园|出行",
    "安全": "安全|消防|火灾|防汛|隐患|应急|事故|公安|民警|法院|检察|反诈|救援|禁毒|交警|诈骗|抓获",
    "生态": "生态|环境|环保|绿色|低碳|污染|空气质量|垃圾分类|无废|绿化|河长|湿地",
    "科教": "教育|学校|中小学|高校|大学|学生|教师|高考|中考|科技|科研|创新大赛|研究|实验室|航天|卫星",
    "文体": "文化|旅游|文旅|博物馆|图书馆|艺术|演出|音乐|展览|非遗|体育|运动|比赛|马拉松|篮球|足球|赛事|剧场|电影",
    "健康": "医院|医疗|健康|卫生|疫苗|门诊|医生|疾病|中医|献血|体检",
}
"""Words of headlines by topic; the topic with the most of them wins, the earlier one when there are as many."""

_WORDS = {topic: re.compile(words) for topic, words in TOPICS.items()}


def topic(article: Article) -> str:
    """The article's topic; "" where its headline does not tell."""
    headline = f"{article.kicker} {article.title}"
    found = {name: len(set(words.findall(headline))) for name, words in _WORDS.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] else ""
