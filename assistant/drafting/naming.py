"""An indicator name as a thing and a measure: 玉米种子 + 发放及时率; the thing is what adaptation replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.brief.words import ACTION_VERBS, METRIC_TAILS

_QUALITIES = (
    "合格 达标 准确 及时 足额 完好 覆盖 知晓 办结 完成 按期 按时 准时 有效 规范 正确 优良 优质 正常 在线 响应 到位 落实 签约 巩固 利用 通过 竣工 交付 拨付 支付 兑付 "
    "一次 首次 社会化 公示 满意 投诉 处置 整改 结案 归档 录入 使用 运行 设计 管护 到账 上报 送达 开工 质量 社会 当年 年度 月度 全年 资金 项目 工程"
).split()
_HEAD_WORDS = "|".join(sorted({*ACTION_VERBS, *_QUALITIES}, key=len, reverse=True))
_TAIL = "|".join(sorted({*METRIC_TAILS, "人均成本", "平均成本", "单位成本", "响应时间"}, key=len, reverse=True))
_PARTS = re.compile(rf"^(?P<thing>.*?)(?P<head>(?:{_HEAD_WORDS})*(?:{_TAIL}))$")
# Verbs of a project's own course: any project of the kind has them, so they may carry over to another thing.
COURSE = frozenset("验收 完工 竣工 完成 交付 发放 兑付 拨付 支付 安装 采购 购置 安置 更新 更换 维修 维护 养护 管护 运维 使用 运行 公示 办结 处置 响应 培训 建设 改造".split())
_GENERIC_THINGS = frozenset(
    "项目 工程 资金 补助 补贴 补助资金 补贴资金 财政资金 项目资金 奖补资金 政策 服务对象 受益对象 任务 工作 设施 设备 主体 主体工程 工程质量 惠民政策 补助对象 补贴对象 服务 问题".split()
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
        return not self.thing or self.thing in _GENERIC_THINGS


@lru_cache(maxsize=20_000)
def split_name(name: str) -> Parts:
    """Thing and head of a name; a name without a measure word is all thing."""
    found = _PARTS.match(name)
    if found is None:
        return Parts(name, "", ())
    head = found["head"]
    return Parts(found["thing"], head, tuple(verb for verb in ACTION_VERBS if verb in head))


def shares(thing: str, text: str) -> float:
    """How much of a thing's wording (character pairs) the text also has, 0–1."""
    pairs = {thing[at : at + 2] for at in range(len(thing) - 1)} or {thing}
    return sum(pair in text for pair in pairs) / len(pairs)
