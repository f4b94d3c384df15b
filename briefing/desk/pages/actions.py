"""What can be done with an edition: its buttons, what a person is asked before, and how the log names it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.model import Stage
from briefing.monitoring.chinese_names import ACTS

if TYPE_CHECKING:
    from collections.abc import Container


@dataclass(frozen=True, slots=True)
class DeskAction:
    """Something that can be done with an edition: its name in the API, and what a person is asked before.

    `asks` is what has to be written for it; `danger` takes something off the air or keeps it from it.
    """

    what: str
    label: str
    title: str
    lines: tuple[str, ...]
    needs: str = "editions:write"
    danger: bool = False
    asks: str = ""


AIR = "air:write"


APPROVE = DeskAction("approve", "批准", "批准这一版？", ("到点会照这一版录制、播出。之后再改，要重新批准。",))


HOLD = DeskAction("hold", "暂缓", "暂缓这一期？", ("在有人放行以前，到点也不会播出。",), danger=True)


RELEASE = DeskAction("release", "放行", "放行这一期？", ("回到待审；批准以后才会录制、播出。",))


RENDER = DeskAction("render", "现在录制", "现在就录制？", ("先念没有念过的句子，再合成整期，可以先听再播。",))


PUBLISH = DeskAction("publish", "现在播出", "现在就播出？", ("听众马上会收到这一期，不等到点。",), AIR)


WITHDRAW = DeskAction(
    "withdraw",
    "撤下节目",
    "撤下这一期？",
    ("节目会从订阅里消失；已经下载的收不回来。",),
    AIR,
    danger=True,
    asks="为什么撤下，记在历史里",
)


CORRECT = DeskAction(
    "correct",
    "更正",
    "播出更正后的一版？",
    ("先念改过的句子，再换下正在播的一版；这句话听众看得到。",),
    AIR,
    asks="更正了什么",
)


REINSTATE = DeskAction(
    "reinstate",
    "重新播出",
    "重新播出撤回的这一期？",
    ("照最新一版录制，听众马上会再收到这一期。",),
    AIR,
    danger=True,
    asks="为什么重新播出，记在操作记录里",
)


ACTIONS_BY_STAGE: dict[Stage, tuple[DeskAction, ...]] = {
    Stage.DRAFTED: (APPROVE, HOLD),
    Stage.HELD: (RELEASE, APPROVE),
    Stage.APPROVED: (RENDER, HOLD),
    Stage.VOICED: (PUBLISH, RENDER, HOLD),
    Stage.WITHDRAWN: (REINSTATE,),
}
"""What can be done with an edition before it is on the air, the likeliest first."""


def list_actions(stage: Stage, scopes: Container[str], *, aired: bool) -> tuple[DeskAction, ...]:
    """Return the actions open to these scopes at this stage; `aired` is one that listeners can get."""
    can = ACTIONS_BY_STAGE.get(stage, ())
    if aired:
        # What is held is not corrected on the air either, before somebody lets it go.
        correct = () if stage in {Stage.PUBLISHED, Stage.HELD} else (CORRECT,)
        can = (*correct, *can, WITHDRAW)
    return tuple(action for action in can if action.needs in scopes)


_DEED_NAMES = {
    "login": "登录",
    "login refused": "登录没有成功",
    "login throttled": "登录太频繁",
    "logout": "退出",
    "logout everywhere": "在所有设备上退出",
    "password": "修改密码",
    "password refused": "修改密码没有成功",
    "password throttled": "修改密码太频繁",
    "save": "保存",
    "restore": "恢复",
    "approve": "批准",
    "release": "放行",
    **ACTS,
    "verify": "核实",
    "unverify": "收回核实",
    "confirm": "批准时确认",
    "add article": "送稿",
    "add word": "加词",
}


def name_deed(what: str) -> str:
    """Return what somebody did, as the log names it, in Chinese; what is not known here stays as it is."""
    first, _, rest = what.partition(" ")
    return _DEED_NAMES.get(what) or f"{_DEED_NAMES.get(first, first)} {rest}".strip()
