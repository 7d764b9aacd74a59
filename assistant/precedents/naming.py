"""An indicator name as a thing and a measure: 玉米种子 + 发放及时率; the thing is what adaptation replaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.brief.words import ACTION_VERBS, METRIC_TAILS

_QUALITIES = (
    "合格 达标 准确 及时 足额 完好 覆盖 知晓 办结 完成 按期 按时 准时 有效 规范 正确 优良 "
    "优质 正常 在线 响应 到位 落实 签约 巩固 利用 通过 竣工 交付 拨付 支付 兑付 一次 首次 "
    "社会化 公示 满意 投诉 处置 整改 结案 归档 录入 使用 运行 设计 管护 到账 上报 送达 开工 "
    "质量 社会 当年 年度 月度 全年 资金 项目 工程 "
).split()
_HEAD_WORDS = "|".join(sorted({*ACTION_VERBS, *_QUALITIES}, key=len, reverse=True))
_TAIL = "|".join(sorted({*METRIC_TAILS, "人均成本", "平均成本", "单位成本", "响应时间"}, key=len, reverse=True))
_PARTS = re.compile(rf"^(?P<thing>.*?)(?P<head>(?:{_HEAD_WORDS})*(?:{_TAIL}))$")
_WORKS = frozenset("验收 完工 竣工 完成 交付 安装 采购 购置 建设 改造".split())
COURSE: Mapping[str, frozenset[str]] = {
    "工程建设": _WORKS,
    "修缮改造": _WORKS,
    "设备购置": _WORKS,
    "信息化建设": _WORKS,
    "补助发放": frozenset("发放 兑付 拨付 支付 公示 认定 补助 补贴".split()),
}
"""Verbs every project of a kind goes through: measures with them carry over to another thing of the same kind."""
_ANY_WORKS = re.compile(r"^(单项|分部|分项|主体|单位)?工程(质量|主体|建设)?$")
_GENERIC_THINGS = frozenset(
    (
        "项目 工程 资金 补助 补贴 补助资金 补贴资金 财政资金 项目资金 奖补资金 政策 服务对象 "
        "受益对象 任务 工作 设施 设备 主体 主体工程 工程质量 惠民政策 补助对象 补贴对象 服务 问题 "
    ).split()
)


_CORE = re.compile(
    r"(合格|准确|及时|覆盖|知晓|完好|处置|整改|达标|公示|发放|办结|响应|落实|优良|在线|复查|化解|利用|入户|参与|认定准确)率$"
)


@dataclass(frozen=True)
class Parts:
    """`thing` is what is measured (may be empty), `head` how (发放及时率), `verbs` the verbs of work in the head."""

    thing: str
    head: str
    verbs: tuple[str, ...]

    @property
    def generic(self) -> bool:
        """Whether the name fits any project as it stands."""
        return not self.thing or self.thing in _GENERIC_THINGS or bool(_ANY_WORKS.match(self.thing))


@lru_cache(maxsize=20_000)
def split_name(name: str) -> Parts:
    """Thing and head of a name; a name without a measure word is all thing."""
    found = _PARTS.match(name)
    if found is None:
        return Parts(name, "", ())
    head = found["head"]
    return Parts(found["thing"], head, tuple(verb for verb in ACTION_VERBS if verb in head))


def bare(head: str) -> str:
    """A head without the words that only say "of the project": 项目完工时间 and 工程完工时间 are 完工时间."""
    return re.sub(r"(项目|工程|资金|主体|治理|建设|完成)", "", head) or head


def core(head: str) -> str:
    """The quality a rate's head ends in (验收合格率 and 考核合格率: 合格率), the head itself when none is known."""
    found = _CORE.search(head)
    return found[0] if found else head


def shares(thing: str, text: str) -> float:
    """How much of a thing's wording (character pairs) the text also has, 0–1."""
    pairs = {thing[at : at + 2] for at in range(len(thing) - 1)} or {thing}
    return sum(pair in text for pair in pairs) / len(pairs)
