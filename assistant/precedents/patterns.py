"""The name of a concept: what its names share, with a slot where they differ – 〈资金〉发放及时率, 新建〈设施〉数量.

Also how a measure is usually worked out, by its ending (通行算法: no document defines them for all units).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.brief.words import ACTION_VERBS
from assistant.precedents.naming import split_name

_SHARED = 0.5
"""Share of a concept's uses that must bear a wording for it to stand in the pattern."""
_FEWEST_NAMES = 2
_TELLING, _WHATEVER = 4, "事项"
"""Characters from which an ending says enough beside a slot of no particular kind."""

# What fills a slot, by its last characters; the first that fits.
_SLOTS: Mapping[str, re.Pattern[str]] = {
    "对象": re.compile(
        r"(人|人员|对象|群众|居民|农户|家庭|学生|学员|户|儿童|老人|职工|教师|代表|患者|企业|群体|军人|村民|者|生|员)$"
    ),
    "资金": re.compile(r"(资金|补助|补贴|金|费|津贴|工资|报酬|待遇|款|贴息|奖补|经费)$"),
    "活动": re.compile(r"(培训|培训班|宣传|活动|演出|比赛|赛事|会议|检查|巡查|抽检|检测|监测|调查|排查|服务|工作)$"),
    "设备": re.compile(r"(设备|仪器|系统|车辆|车|机|终端|器材|装备|平台|摄像机|物资|软件)$"),
    "设施": re.compile(
        r"(路|道路|道|桥|桥梁|渠|管网|管道|管|站|厂|房|楼|校舍|厕|场|园|库|坝|堤|井|设施|灯|工程|林|绿地|广场|河道)$"
    ),
}

_FORMULAS: Mapping[str, str] = {
    "满意度": "满意和基本满意的有效答卷数 ÷ 有效答卷总数 × 100%",
    "知晓率": "答对（知道）的人数 ÷ 受访总人数 × 100%",
    "合格率": "合格的数量 ÷ 验收（检验、考核）总数 × 100%",
    "达标率": "达到标准的数量 ÷ 应达标总数 × 100%",
    "准确率": "准确无误的数量 ÷ 抽查（办理）总数 × 100%",
    "差错率": "有差错的数量 ÷ 抽查（办理）总数 × 100%",
    "及时率": "按规定时间完成的数量 ÷ 应完成总数 × 100%",
    "覆盖率": "实际覆盖的数量 ÷ 应覆盖总数 × 100%",
    "完成率": "实际完成数 ÷ 计划完成数 × 100%",
    "到位率": "实际到位数 ÷ 应到位数 × 100%",
    "发放率": "实际发放的对象（金额） ÷ 应发放的对象（金额） × 100%",
    "完好率": "完好的数量 ÷ 总数量 × 100%",
    "在线率": "在线的时长（台数） ÷ 应在线的时长（台数） × 100%",
    "办结率": "办结件数 ÷ 受理件数 × 100%",
    "处置率": "已处置的数量 ÷ 发现的数量 × 100%",
    "处理率": "已处理的数量 ÷ 应处理的数量 × 100%",
    "整改率": "已整改的问题数 ÷ 发现的问题数 × 100%",
    "使用率": "实际使用的数量 ÷ 可使用的数量 × 100%",
    "利用率": "实际利用的数量 ÷ 可利用的数量 × 100%",
    "参保率": "实际参保人数 ÷ 应参保人数 × 100%",
    "入学率": "实际入学人数 ÷ 应入学人数 × 100%",
    "成活率": "成活的数量 ÷ 种植（养殖）的数量 × 100%",
    "接种率": "实际接种人数 ÷ 应接种人数 × 100%",
    "执行率": "实际执行数 ÷ 预算（计划）数 × 100%",
    "控制率": "实际成本 ÷ 计划成本 × 100%",
    "增长率": "（本年数 − 上年数） ÷ 上年数 × 100%",
    "下降率": "（上年数 − 本年数） ÷ 上年数 × 100%",
    "节约率": "（计划数 − 实际数） ÷ 计划数 × 100%",
    "占比": "该部分的数量 ÷ 总数量 × 100%",
}


@dataclass(frozen=True)
class Pattern:
    """`before` and `after` the slot; `slot` says what kind of thing fills it, "" for a name that stays as it is."""

    before: str
    slot: str
    after: str

    def __str__(self) -> str:
        """As people read it: 新建〈设施〉数量."""
        return f"{self.before}〈{self.slot}〉{self.after}" if self.slot else self.before + self.after

    def thing_of(self, name: str) -> str | None:
        """What fills the slot in a name; None for a name of another make."""
        if not self.slot or not (name.startswith(self.before) and name.endswith(self.after)):
            return None
        return name[len(self.before) : len(name) - len(self.after)] or None


def pattern_of(names: Mapping[str, int], typical: str) -> Pattern:
    """The pattern of a concept's names, each with how often it is used; `typical` stands where they share too little.

    The ending half of them share makes it, and the verb half begin with; a bare measure (合格率) is no ending.
    """
    if len(names) < _FEWEST_NAMES:
        return Pattern(typical, "", "")
    after = _shared_ending(names)
    before = _shared_verb(names, after)
    if not after:
        return Pattern(typical, "", "")
    things = Counter[str]()
    for name, times in names.items():
        if name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after):
            things[name[len(before) : len(name) - len(after)]] += times
    if sum(things.values()) < _SHARED * sum(names.values()) or len(things) < _FEWEST_NAMES:
        return Pattern(typical, "", "")
    slot = _slot(things)
    if slot == _WHATEVER and not before and len(after) < _TELLING:
        return Pattern(typical, "", "")
    return Pattern(before, slot, after)


def formula_of(name: str) -> str:
    """How the measure a name ends in is usually worked out; "" where nothing is usual."""
    return next((formula for ending, formula in _FORMULAS.items() if name.endswith(ending)), "")


def _shared_ending(names: Mapping[str, int]) -> str:
    """The longest ending that starts a word of the measure in most uses: 发放及时率 rather than 贴发放及时率."""
    total = sum(names.values())
    votes = Counter[str]()
    for name, times in names.items():
        for ending in set(_endings(name)):
            votes[ending] += times
    shared = [ending for ending, times in votes.items() if times >= _SHARED * total]
    return max(shared, key=lambda ending: (len(ending), ending), default="")


def _endings(name: str) -> Sequence[str]:
    """A name's head and what is left of it when words are taken off its front."""
    head = split_name(name).head
    found = [head] if head else []
    rest = head
    while verb := next((verb for verb in ACTION_VERBS if rest.startswith(verb) and len(rest) > len(verb)), ""):
        rest = rest.removeprefix(verb)
        found.append(rest)
    return found


def _shared_verb(names: Mapping[str, int], after: str) -> str:
    votes = Counter[str]()
    for name, times in names.items():
        front = name.removesuffix(after)
        verb = next((one for one in ACTION_VERBS if front.startswith(one) and len(front) > len(one)), "")
        votes[verb] += times
    verb, times = max(votes.items(), key=lambda item: (item[1], item[0]))
    return verb if times >= _SHARED * sum(names.values()) else ""


def _slot(things: Mapping[str, int]) -> str:
    votes = Counter[str]()
    for thing, times in things.items():
        votes[next((slot for slot, ending in _SLOTS.items() if ending.search(thing)), _WHATEVER)] += times
    return max(votes.items(), key=lambda item: (item[1], item[0]))[0]
