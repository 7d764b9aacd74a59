"""G, mode LM: what a chat model is asked of the goal text, and the plain pre-filters that speak without one.

A pre-filter asks a person to look, at advice level; the model, where one is configured, answers in `judging`.
"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.goal import ANNUAL
from assistant.checks.registry import PLEASE_LOOK, Hit, Hits, Question, rule
from assistant.checks.similar import bigrams
from assistant.checks.view import Table
from assistant.values import find_values, unit_family

_SENTENCE = re.compile("[。；;！？\n]")
_CLAUSE = re.compile("[，。；;、\n]")
_NO_TASK = frozenset({"金额", "时长", ""})
_WORDS = 4
_REPEATED = re.compile("([\u4e00-\u9fff]{2,4})\\1(?!\\1)")
_ODD_MARKS = re.compile("[，。；、：]{2,}|^[，。；、：]|[的了]{2,}|“”|（）|《》")
_PAIRS = ("（）", "“”", "《》", "【】")
_BACKGROUND = re.compile(
    "方针|指导思想|重要意义|会议精神|总体要求|为(?:深入)?贯彻|为(?:全面)?落实|为进一步|根据.{2,30}(?:文件|通知|意见|办法)|为基本.{0,6}模式|制度以|坚持"
)


@rule(
    "G05",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#1", "henan-2022-4#5", "mof-2015-163#whole"],
    passes=[example()],
    fails=[],
    reads=("goal",),
    ask=Question(
        "目标里的产出句、效果句、成本控制要求、时限、受益对象各是哪一句？缺产出或缺效果的报出；缺成本、时限、对象的逐项列出。",
        ("goal", "rows"),
        "目标文本不全或把握低于 0.8",
        bad="只写发放待遇",
        good="发放3.8万人；足额率100%；保障基本生活",
    ),
)
def goal_names_output_and_effect(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """目标缺产出或缺效果"""
    yield from ()


@rule(
    "G09",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#1.1.2", "mof-2020-10#a2.indicator.1", "zhengzhou-goal#21.2"],
    passes=[example()],
    fails=[
        example(
            goal="全年完成待遇资格认证500人次，补换社会保障卡2万张，政策知晓率达到85%以上。",
            text="目标提到补换卡2万张，指标里没有",
        )
    ],
    reads=("goal",),
    ask=Question(
        "目标承诺的每一项任务、对象、效果，有哪条指标承接？列出没有承接的，引用目标原文。",
        ("goal", "rows"),
        "目标文本不全",
    ),
)
def promises_have_indicators(table: Table) -> Hits:
    """目标承诺的事项没有对应指标"""
    named = frozenset().union(*(bigrams(row.name) for row in table.rows)) if table.rows else frozenset()
    targets = {str(row.value.number) for row in table.rows if row.value is not None}
    for clause in _CLAUSE.split(table.goal) if named else ():
        counted = [span for span in find_values(clause) if span.unit and unit_family(span.unit) not in _NO_TASK]
        if (
            counted
            and not (bigrams(clause) & named or {str(span.number) for span in counted} & targets)
            and len(bigrams(clause)) >= _WORDS
        ):
            yield Hit(
                ANNUAL, f"目标写了“{clause.strip()[:30]}”，指标里没有对应的{PLEASE_LOOK}", counted[0].text, "advice"
            )


@rule(
    "G10",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#1.2.1", "henan-2022-4#15"],
    passes=[example()],
    fails=[],
    reads=("goal",),
    ask=Question(
        "每条指标能否从项目名称和目标推出？推不出的报出，引用指标名称。",
        ("header", "goal", "rows"),
        "目标文本不全",
        bad="补卡项目：带动全民参保",
        good="社保卡持卡人口覆盖率",
    ),
)
def indicators_belong_to_the_goal(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """指标与目标无关"""
    yield from ()


@rule(
    "G12",
    level="advice",
    mode="LM",
    cite=["tool#practice"],
    passes=[example()],
    fails=[
        example(
            goal="全年完成完成待遇资格认证500人次以上，举办政策宣传活动12场，政策知晓率达到85%。", text="完成完成……"
        ),
        example(
            goal="全年完成待遇资格认证（含异地500人次以上，举办政策宣传活动12场，知晓率达到85%。", text="括号不成对"
        ),
    ],
    reads=("goal",),
    ask=Question("目标文本里有哪些错别字、漏字、病句？逐处引用原文并给出改法。", ("goal",), "目标文本不全"),
)
def goal_is_written_correctly(table: Table) -> Hits:
    """错别字与病句"""
    found = _REPEATED.search(table.goal) or _ODD_MARKS.search(table.goal)
    if found:
        yield Hit(
            ANNUAL,
            f"“{table.goal[max(0, found.start() - 6) : found.end() + 6]}”像是写重了或标点有误{PLEASE_LOOK}",
            found[0],
        )
    for opening, closing in (tuple(pair) for pair in _PAIRS):
        if table.goal.count(opening) != table.goal.count(closing):
            yield Hit(ANNUAL, f"“{opening}{closing}”不成对{PLEASE_LOOK}", opening)


@rule(
    "G13",
    level="advice",
    mode="LM",
    cite=["zhengzhou-goal#a2-2.goal", "tool#practice"],
    passes=[example()],
    fails=[
        example(
            goal="为深入贯彻上级会议精神，坚持以人民为中心的发展思想，全面落实城乡居民养老保险制度的总体要求，"
            "充分认识这项工作的重要意义。全年完成资格认证500人次。",
            text="大半是政策背景",
        )
    ],
    reads=("goal",),
    ask=Question("政策依据、意义一类的话占目标的多少？超过一半的报出并引用。", ("goal",), "目标文本不全"),
)
def goal_is_not_background(table: Table) -> Hits:
    """大段政策背景"""
    sentences = [sentence for sentence in _SENTENCE.split(table.goal) if sentence.strip()]
    background = [sentence for sentence in sentences if _BACKGROUND.search(sentence) and not re.search(r"\d", sentence)]
    length = sum(map(len, background))
    if length * 2 > sum(map(len, sentences)) > 0:
        yield Hit(ANNUAL, f"目标大半是政策背景，背景移到立项依据，目标写产出和效果{PLEASE_LOOK}", background[0][:40])
