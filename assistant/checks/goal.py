"""G, by itself: does the goal say how much of what is done, to what effect – and not only where the money goes?"""

from __future__ import annotations

import re
from collections import Counter

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Option, Where, proposed
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.checks.words import ANOTHER_YEAR, GOAL_EFF, GOAL_OUT, SLOGAN, VAGUE_VALUE, any_of

ANNUAL = Field("goals.annual.text")

_DOCUMENT_NUMBER = re.compile(r"[〔\[(（【][12]\d{3}[〕\])）】]\s*第?\d*号?|第?\d+号")
_YEARS = re.compile(r"20\d{2}\s*(?:[-—–~～至到]\s*20\d{2})?\s*年?(?:度)?|“?十[一二三四五]五”?")
_CHINESE_NUMBER = re.compile(
    "[一二三四五六七八九十百千两]{1,4}(?:个|名|人|次|场|期|座|台|套|户|项|条|公里|亩|万|所|类|件)"
)
_SPENDING = re.compile(
    r"(?:安排|共计|申请|下达|预算)[^。；\n]{0,16}?\d[\d.,]*\s*(?:万元|亿元|元|万)[^。\n]{0,24}?用于"
    r"|(?:其中|分别)[：:，,]?\s*[^。；\n]{0,12}\d[\d.,]*\s*(?:万元|元)(?:主要)?用于"
)
_OUTPUT = re.compile(any_of(GOAL_OUT))
_EFFECT = re.compile(any_of(GOAL_EFF))
# 保障工作正常开展 promises neither an output nor an effect.
_EMPTY_PROMISE = re.compile(
    "(?:保障|确保|保证|维持|维护)?[^，。；]{0,14}(?:正常|顺利|有序|有效)(?:开展|运转|运行|进行|实施)|日常(?:工作|办公|运转|开支)"
)
_VAGUE = re.compile(
    any_of(SLOGAN, VAGUE_VALUE - {"好", "高", "中", "低", "完成", "基本", "符合", "满意", "合格", "达标"})
)
_FULL_YEAR = re.compile(r"(?<![\d〔\[(（【])(20\d{2})\s*(?=年)")
_PLAN = re.compile(r"20\d{2}\s*年?\s*[-—–~～至到]\s*20\d{2}|[〔\[(（【]20\d{2}[〕\])）】]")
_ANOTHER_YEAR = re.compile(any_of(ANOTHER_YEAR))


@rule(
    "G01",
    level="warn",
    cite=["tool#default", "zhengzhou-goal#a2-5.clear", "mof-2015-88#whole"],
    passes=[example()],
    fails=[
        example(goal="做好养老保险工作。", text="做好养老保险工作。"),
        example(goal="完成资格认证500人次，保障待遇按时足额发放到位。" * 22, text="五百多字的目标"),
    ],
    reads=("goal",),
)
def goal_has_a_fair_length(table: Table) -> Hits:
    """绩效目标过短或过长"""
    length, limits = len("".join(table.whole_goal.split())), table.limits
    told = limits.told
    if 0 < length < limits.shortest_goal:
        said = f"绩效目标只有 {length} 个字，说不清做什么、做多少、效果如何（{told('shortest_goal', '不少于')} 字）"
        yield Hit(ANNUAL, said, quote=table.goal[:40])
    elif length > limits.longest_goal:
        said = f"绩效目标有 {length} 个字，请概括产出和效果，背景移到立项依据（{told('longest_goal', '不超过')} 字）"
        yield Hit(ANNUAL, said, quote=table.goal[:40])


def has_figures(text: str) -> bool:
    """Tell whether a goal says how much, years and document numbers aside."""
    plain = _YEARS.sub("", _DOCUMENT_NUMBER.sub("", text))
    return bool(re.search(r"\d", plain) or _CHINESE_NUMBER.search(plain))


@rule(
    "G02",
    level="warn",
    cite=["mof-2021-101#1", "henan-2022-4#15", "zhengzhou-goal#14.2", "mof-2015-88#whole"],
    passes=[
        example(
            goal="完成资格认证3.8万人次，认证率不低于98%，参保群众知晓政策、按时领到待遇。",
            text="完成资格认证3.8万人次，认证率不低于98%",
        )
    ],
    fails=[
        example(
            goal="依据〔2021〕15号文件，2026年保障养老保险经办工作正常开展，提高参保群众的知晓程度和满意程度。",
            text="保障养老保险经办工作正常开展",
        )
    ],
    reads=("goal",),
)
def goal_has_figures(table: Table) -> Hits:
    """目标没有任何量化内容"""
    if table.goal and not has_figures(table.goal):
        measured = any(row.value is not None and row.value.kind in ("number", "range") for row in table.rows)
        said = "绩效目标里没有一个数；请写明主要做多少、达到什么程度：____"
        if measured:
            said += "（指标里已有数值，可以摘来）"
        yield Hit(ANNUAL, said, quote=table.goal[:40], level="advice" if measured else "warn")


@rule(
    "G03",
    level="warn",
    mode="DL",
    cite=["mof-2021-101#1", "henan-2022-4#5", "zhengzhou-goal#10", "zhengzhou-goal#a2-5.clear"],
    passes=[
        example(),
        example(
            goal="2026年安排30万元用于资格认证，完成认证500人次，认证率达到98%，防止冒领养老金。",
            text="写了用途，也写了产出和效果",
        ),
    ],
    fails=[
        example(
            goal="本项目共申请90万元，其中30万元用于预算编制咨询，30万元用于评审咨询，30万元用于聘请专家。",
            text="本项目共申请90万元，其中30万元用于……",
        ),
        example(
            goal="2026年共计安排3万元资金，主要用于养老保险日常工作，项目实施的目的是保障经办工作正常开展。",
            text="只有金额、用途和“正常开展”",
        ),
    ],
    reads=("goal",),
)
def goal_is_more_than_spending(table: Table) -> Hits:
    """只写花钱，不写产出和效果"""
    spending = _SPENDING.search(table.goal)
    if not spending:
        return
    rest = _EMPTY_PROMISE.sub("", table.goal.replace(spending[0], ""))
    missing = [name for name, found in (("产出", _OUTPUT.search(rest)), ("效果", _EFFECT.search(rest))) if not found]
    if missing:
        said = f"绩效目标只说钱花在哪里，没有写{'和'.join(missing)}；请写做成多少、对谁、效果如何：____"
        yield Hit(ANNUAL, said, quote=spending[0])


@rule(
    "G04",
    level="warn",
    mode="DL",
    cite=["tool#practice", "tool#default", "mof-2021-101#1.2.3"],
    passes=[example()],
    fails=[
        example(
            goal="进一步提高养老保险服务水平，有效促进参保扩面，明显改善参保群众生活，不断增强获得感和幸福感。",
            text="进一步提高……有效促进……明显改善……",
        )
    ],
    reads=("goal",),
)
def goal_is_no_slogan(table: Table) -> Hits:
    """目标口号化、空泛"""
    length = len(re.sub(r"\s+", "", table.goal))
    if not length or has_figures(table.goal):
        return
    found = _VAGUE.findall(table.goal)
    if len(found) >= 2 and len(found) * 100 >= table.limits.vague_words_per_100 * length:
        shown = "、".join(dict.fromkeys(found))
        said = f"绩效目标满是空泛的词（{shown}），又没有数；请写对象、数量和程度：____"
        yield Hit(ANNUAL, said, quote=table.goal[:40])


def _this_year(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    year, text = table.form.fiscal_year, table.form.goals.annual.text or ""
    wrong = _main_year(text)
    if not wrong or year is None:
        return None
    change = Change(field=ANNUAL.path, before=text, after=re.sub(rf"{wrong}(?=\s*年)", str(year), text))
    return proposed([Option(says=f"把 {wrong} 年改为预算年度 {year} 年（请逐处核对）", changes=(change,))])


@rule(
    "G06",
    level="error",
    cite=["zhengzhou-goal#a2-2.year", "tool#practice"],
    passes=[
        example(),
        example(
            goal="在2025年完成480人次的基础上，2026年完成待遇资格认证500人次，认证率达到98%。", text="上年只作对比"
        ),
        example(goal="按照2021—2025年规划，完成待遇资格认证500人次，政策知晓率达到85%以上。", text="规划年份"),
    ],
    fails=[
        example(
            goal="2025年共完成待遇资格认证500人次，举办宣传活动12场，认证率达到98%。", text="2026年的表写“2025年完成……”"
        )
    ],
    reads=("goal",),
    fix=_this_year,
)
def goal_is_of_this_year(table: Table) -> Hits:
    """目标年份与表头年份不符"""
    year, main = table.form.fiscal_year, _main_year(table.goal)
    if year is None or main is None or main == year:
        return
    period = table.form.project.period
    if period.start and period.end and int(period.start[:4]) <= main <= int(period.end[:4]):
        return
    yield Hit(ANNUAL, f"预算年度是 {year} 年，绩效目标写的却是 {main} 年，像是照抄旧表；请核对", quote=f"{main}年")


def _main_year(text: str) -> int | None:
    """The year a goal speaks of most, looking back and plans aside; None when this one is not clearly first."""
    plain = _PLAN.sub("", text)
    years = Counter(
        int(found[1]) for found in _FULL_YEAR.finditer(plain) if not _ANOTHER_YEAR.search(_around(plain, found.start()))
    )
    ranked = years.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _around(text: str, start: int) -> str:
    """The clause a year stands in, up to six characters before and ten after it."""
    before = re.split("[，。；、,;]", text[max(0, start - 6) : start])[-1]
    after = re.split("[，。；,;]", text[start : start + 14])[0]
    return before + after
