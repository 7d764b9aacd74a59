"""The report of the drafting suite: tables of systems by scores, differences, plots, and the worst cases."""

from __future__ import annotations

from itertools import zip_longest

from assistant.values import render
from evals import plots
from evals.drafting.results import Results
from evals.drafting.scorers import ROWS, SCORERS
from evals.drafting.systems import BASELINES, CONTROL, OURS
from evals.intervals import Estimate
from evals.report import Grid, Plot, Prose, Report, plain

WORST = 10
COMPARED_WITH = (*BASELINES, CONTROL)
"""The systems Jimu's differences are shown to: the simple ones, and itself without precedents."""
_COMPARED = ("f1", "recall", "precision", "recall_10", "recall_15", "f1_class", "value_right")
"""Scores whose differences to the simple systems are shown."""


def report(results: Results) -> Report:
    """Sum up one run."""
    parts: list[Grid | Prose | Plot] = [Prose("", _about(results))]
    parts += [_scores(results, group) for group in dict.fromkeys(scorer.group for scorer in SCORERS.values())]
    parts += [_gains(results), _classes(results), _cost(results)]
    parts += _plots(results)
    parts += [_meanings(), _left_out(results), Prose(f"最差的 {WORST} 个", _worst(results))]
    return Report(
        title="起草评测",
        figures=_figures(results),
        headline=results.headline(),
        parts=[part for part in parts if not (isinstance(part, Grid) and not part.rows)],
        reasons=[
            {"case": case.id, "system": name, **results.found["case"][name][case.id]}
            for case in results.cases
            for name in results.systems
        ],
    )


def _about(results: Results) -> str:
    asked = results.asked
    stock = "被测文件夹里的其他表" if asked.alone else "其他表和自带的示例先例" if asked.data else "自带的其他表"
    part = "（固定抽取的一部分）" if asked.fast else ""
    hidden = sum(len(case.hidden) - 1 for case in results.cases)
    rows = sum(len(case.past.table.indicators) for case in results.cases)
    uncounted = sum(one.field.startswith("indicators[") for case in results.cases for one in case.past.table.unresolved)
    friendly = "" if asked.data else "自带示例的目标里往往写明了各行的数，得分偏高，只用来看改动前后的变化。"
    return (
        f"{len(results.cases)} 张表逐一隐去{part}，只告诉各系统项目名称、部门、单位、年度、预算和目标；先例是{stock}，"
        f"共 {len(results.made.stock)} 张，每次除本表外再去掉同一项目、同一单位同一年度和照抄的表"
        f"（合计 {hidden} 张次）。真表共 {rows} 行参加比较，另有 {uncounted} 行认不出级别或名称，没有计入。{friendly}"
        "方括号里是 95% 区间（对各表自助抽样）：换一批类似的表，平均值多半落在里面。\n\n"
        f"{_conclusion(results)}"
    )


def _meanings() -> Grid:
    rows = [[scorer.title, scorer.says] for scorer in SCORERS.values()]
    return Grid("各项得分是什么意思", ["得分", "一句话"], rows, words=True)


def _conclusion(results: Results) -> str:
    """The headline in one sentence, for readers who read no tables."""
    best = results.best_baseline
    ours, theirs = results.mean(OURS, "f1"), results.mean(best, "f1")
    gain = results.gain(OURS, best, "f1")
    if ours is None or theirs is None or gain is None:
        return ""
    clear = "区间不含 0，差别明确" if gain.low is not None and gain.low > 0 else "区间含 0，差别不明确"
    control = _shown(results.gain(OURS, CONTROL, "f1"))
    return (
        f"**指标 F1：绩目 {ours.mean:.3f}，最好的简单做法（{results.systems[best].title}）{theirs.mean:.3f}；"
        f"逐表相比高 {gain}（{clear}）。比不看先例的自己高 {control}。**"
    )


def _scores(results: Results, group: str) -> Grid:
    shown = {name: scorer for name, scorer in SCORERS.items() if scorer.group == group}
    columns = ["系统", *(scorer.title + "（越低越好）" * scorer.lower_is_better for scorer in shown.values())]
    rows = [
        [system.title, *(_shown(results.mean(key, name)) for name in shown)] for key, system in results.systems.items()
    ]
    ceiling = f"真表的行中，先例里有同义名称的占 {_shown(results.ceiling)}：只靠借用，召回不会更高。"
    return Grid(group, columns, rows, ceiling if group == ROWS else "")


def _gains(results: Results) -> Grid:
    rows = []
    for other in COMPARED_WITH:
        gains = [_shown(results.gain(OURS, other, name)) for name in _COMPARED]
        rows.append([f"比 {results.systems[other].title}", *gains])
    columns = ["绩目高出多少", *(SCORERS[name].title for name in _COMPARED)]
    best = results.systems[results.best_baseline].title
    note = f"简单做法里 F1 最高的是“{best}”；比不看先例的自己高出的，才是先例的功劳。"
    return Grid("配对差", columns, rows, note)


def _classes(results: Results) -> Grid:
    found = {key: results.recall_by_class(key) for key in results.systems}
    levels = list(found[OURS])
    rows = [[level, found[OURS][level][1], *(_part(found[key].get(level)) for key in found)] for level in levels]
    titles = [system.title for system in results.systems.values()]
    return Grid("各二级指标的召回（合计行数）", ["二级指标", "实有行", *titles], rows)


def _cost(results: Results) -> Grid:
    rows = []
    for key, system in results.systems.items():
        cost = results.cost(key)
        tokens = "" if cost["tokens"] is None else f"{cost['tokens']:.0f}"
        rows.append(
            [
                system.title,
                f"{cost['median_seconds']:.3f}",
                f"{cost['p95_seconds']:.3f}",
                tokens,
                f"{cost['calls']:.1f}",
            ]
        )
    return Grid("每次起草的代价", ["系统", "秒，中位数", "秒，95% 分位", "令牌", "模型调用"], rows)


def _left_out(results: Results) -> Grid:
    rows = [[one.id, one.why] for one in results.made.skipped]
    rows += [[one.path.name, "读不出：" + "；".join(one.problems)] for one in results.unread]
    rows += [[case, f"{results.systems[system].title}：{why}"] for case, system, why in results.failures()]
    return Grid(f"没有用上的表和没有成功的起草（{len(rows)}）", ["表", "原因"], rows, words=True)


def _worst(results: Results) -> str:
    """The cases Jimu did worst on, the real table beside the suggestion."""
    scored = zip(results.scores(OURS, "f1"), results.cases, strict=True)
    worst = sorted(((score, case.id, case) for score, case in scored if score is not None), key=lambda one: one[:2])
    return "\n\n".join(_beside(results, case.id, score) for score, _, case in worst[:WORST])


def _beside(results: Results, case_id: str, score: float) -> str:
    case = next(one for one in results.cases if one.id == case_id)
    found = results.found["case"][OURS][case_id]
    real = [f"{row.name} {render(row.value) if row.value else ''}".strip() for row in case.past.table.indicators]
    hit = {row["real"] for row in found["rows"]}
    left = [f"{'✓ ' if place in hit else ''}{text}" for place, text in enumerate(real)]
    right = [
        f"{'✓ ' if row['real'] is not None else ''}{row['name']} {row['value'] or '待填'}" for row in found["rows"]
    ]
    lines = [
        f"### {plain(case.id)}　{plain(case.past.table.project.name or '')}　F1 {score:.2f}",
        "",
        "| 真表 | 绩目 |",
        "|---|---|",
    ]
    lines += [f"| {plain(one)} | {plain(other)} |" for one, other in zip_longest(left, right, fillvalue="")]
    return "\n".join(lines)


def _plots(results: Results) -> list[Grid | Prose | Plot]:
    titles = {key: system.title for key, system in results.systems.items()}
    recalls = {titles[key]: results.mean(key, "recall") for key in titles}
    by_class = {titles[key]: results.recall_by_class(key) for key in titles}
    points = {titles[key]: (results.mean(key, "value_coverage"), results.mean(key, "value_accuracy")) for key in titles}
    return [
        Plot("各系统的召回", "recall", plots.bars(recalls, "召回")),
        Plot("各二级指标的召回", "classes", plots.grouped(by_class, "召回")),
        Plot("值：给出多少，对了多少", "values", plots.scatter(points, "给出值的行", "对上的行值正确")),
    ]


def _figures(results: Results) -> dict[str, object]:
    """What machines read: sums and scores by case; no text of the judged tables."""
    return {
        "suite": "drafting",
        "cases": len(results.cases),
        "stock": len(results.made.stock),
        "alone": results.asked.alone,
        "fast": results.asked.fast,
        "skipped": {one.id: one.why for one in results.made.skipped},
        "unread": [one.path.name for one in results.unread],
        "failed": len(results.failures()),
        "ceiling": _data(results.ceiling),
        "best_baseline": results.best_baseline,
        "systems": {key: {name: _data(results.mean(key, name)) for name in SCORERS} for key in results.systems},
        "gain_of_jimu_offline": {
            other: {name: _data(results.gain(OURS, other, name)) for name in SCORERS} for other in COMPARED_WITH
        },
        "recall_by_class": {key: results.recall_by_class(key) for key in results.systems},
        "cost": {key: results.cost(key) for key in results.systems},
        "by_case": {
            case.id: {
                key: {name: _rounded(told[0]) for name, told in results.found["case"][key][case.id]["scores"].items()}
                for key in results.systems
            }
            for case in results.cases
        },
    }


def _data(one: Estimate | None) -> dict[str, float | int | None] | None:
    return None if one is None else one.data()


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(one: Estimate | None) -> str:
    return "–" if one is None else str(one)


def _part(pair: tuple[int, int] | None) -> str:
    return f"{pair[0] / pair[1]:.2f}" if pair else "–"
