"""Measure words: what is counted, and when 2 in front of it is 两.

Source: the lists of measure words in 《现代汉语八百词》 (吕叔湘). 月, 日, 号, 楼, 级, 度, 班, 等, 期, 环 are left out,
since a number before them is most often an ordinal (二月, 二楼, 二级), and so is 两 itself (二两).
"""

from __future__ import annotations

import re

from briefing.mandarin.normalize.grammar import words
from briefing.mandarin.normalize.numerals import number

_TIME = "年 天 周 周年 周岁 岁 小时 分钟 秒钟 刻钟 星期 礼拜 个半 季 夜 晚 届 世纪 秒"
_SIZE = """
    米 公里 千米 厘米 毫米 平方 立方 公斤 千克 克 斤 吨 公顷 亩 升 毫升 英寸 英尺 海里 元 块 毛
    美元 欧元 港元 成 倍 折 千瓦 兆瓦 字 步 里 寸 尺 丈 码 摄氏度
"""
_THING = """
    个 名 位 家 项 件 条 辆 台 座 栋 幢 套 户 所 处 只 头 匹 张 份 本 册 间 层 种 类 批 支 棵 株
    次 场 局 盘 组 队 对 双 副 把 片 面 根 颗 粒 滴 杯 瓶 碗 桶 箱 袋 包 盒 筐 艘 架 列 节 趟 轮
    幅 首 篇 部 集 段 句 声 站 门 桩 起 宗 例 枚 口 眼 股 束 朵 丛 串 排 行 票 款 道 则 笔 尊 顶
    顿 番 卷 床 具 堆 盏 扇 堵 栏 档 席 匹 尾 捆 摞 沓 剂 针 帧 页 分 档 梯队 阶段 步走 人次
    架次
"""
_PEOPLE = """
    人 国 地 省 市 区 县 镇 村 校 院 厂 馆 店 城 江 岸 港 会 案 侧 端 边 头 者 大 死 伤 胜 负 平
    连 老 翼 金 银 铜 车道 万 亿 千
"""

LIANG = re.compile(rf"(?:{words(_TIME, _SIZE, _THING, _PEOPLE)})(?!级|型)")
"""After 2 these make 两; 2年级 and 2型 do not."""

COUNTED = rf"(?!集[群团中]|成[为立长就员功都熟效交品绩])(?:[余多来几]?(?:{words(_TIME, _SIZE, _THING)}|人|[万亿千百十%％‰℃度级月日号]))"
"""A number in front of these is a quantity, never the digits of a year or a telephone."""

_PLACE = re.compile(
    r"(?:栋|幢|座|单元)(?:[东西南北]?单元|[\d一二三四五六七八九楼室])|(?:组|区|门|社|队)(?:\d+[栋号楼单排]|[村楼室])"
)
_FLOOR = re.compile(r"[位于在第至到号楼][^，。]?$")


def counted(text: str, follows: str, *, precedes: str = "") -> str:
    """A number in front of what it counts: 2个 两个, 2月 二月, 第2 第二, 2栋3单元 二栋三单元, 在2层 在二层."""
    if text != "2":
        return number(text)
    return "两" if LIANG.match(follows.lstrip("余多来几")) and not _ordinal(precedes, follows) else "二"


def _ordinal(precedes: str, follows: str) -> bool:
    """Return whether 2 says which one, not how many."""
    on_a_floor = follows.startswith("层") and _FLOOR.search(precedes)
    return bool(precedes.endswith("第") or _PLACE.match(follows) or on_a_floor)
