"""What was measured, as tables: each figure beside its target, and Jimu beside the naive pipeline."""

from __future__ import annotations

from evals.report import Grid
from evals.scale.filling import Figures

# figure: title, unit, target ("≥" or "≤", number) or None
TARGETS: dict[str, tuple[str, str, tuple[str, float] | None]] = {
    "import_rows_a_second": ("导入（读文件并逐表提交）", "行/秒", None),
    "embedded_names_a_second": ("计算向量，不同的指标名称", "条/秒", ("≥", 1_500)),
    "embedded_table_texts_a_second": ("计算向量，整张表的文字", "条/秒", None),
    "indexed_rows_a_second": ("建索引（向量已算好）", "行/秒", ("≥", 2_000)),
    "build_peak_mb": ("建索引的内存峰值", "MB", ("≤", 4_096)),
    "store_mb": ("先例库所占磁盘（不含向量）", "MB", None),
    "index_mb": ("索引所占磁盘", "MB", None),
    "concepts": ("指标概念", "个", None),
    "grouping_seconds": ("归并指标概念", "秒", None),
    "grouping_peak_mb": ("归并的内存峰值", "MB", ("≤", 4_096)),
    "opened_seconds": ("打开先例库和索引", "秒", None),
    "tables_p50_ms": ("查表，中位数", "毫秒", None),
    "tables_p95_ms": ("查表，95% 分位", "毫秒", ("≤", 100)),
    "rows_p50_ms": ("查指标，中位数", "毫秒", None),
    "rows_p95_ms": ("查指标，95% 分位", "毫秒", ("≤", 100)),
    "filtered_worst_p95_ms": ("带条件查（最慢的一种条件），95% 分位", "毫秒", ("≤", 150)),
    "search_peak_mb": ("检索的内存峰值", "MB", ("≤", 4_096)),
    "draft_p50_seconds": ("起草一张表，中位数", "秒", None),
    "draft_p95_seconds": ("起草一张表，95% 分位", "秒", ("≤", 1)),
    "draft_peak_mb": ("起草的内存峰值", "MB", ("≤", 4_096)),
    "start_to_search_seconds": ("从启动进程到 jimu search 结束", "秒", None),
}

FILTERED = {
    "years_most": "年份 2019–2024",
    "generation": "2021 版",
    "year": "2023 年",
    "region": "湖南省",
    "field": "义务教育",
    "year_region_field": "2022–2023 年、湖南省、义务教育",
}

# title, unit, ours, naive; for times less is better, for rates more
COMPARED: tuple[tuple[str, str, str, str], ...] = (
    ("建索引（不含向量计算）", "行/秒", "indexed_rows_a_second", "naive_indexed_rows_a_second"),
    ("从向量计算到索引建好", "行/秒", "whole_rows_a_second", "naive_rows_a_second"),
    ("索引所占磁盘", "MB", "index_mb", "naive_mb"),
    ("查表，95% 分位", "毫秒", "tables_p95_ms", "naive_tables_p95_ms"),
    ("查指标，95% 分位", "毫秒", "rows_p95_ms", "naive_rows_p95_ms"),
    *(
        (f"查指标，条件：{title}，95% 分位", "毫秒", f"rows_{name}_p95_ms", f"naive_rows_{name}_p95_ms")
        for name, title in FILTERED.items()
    ),
    ("检索的内存峰值", "MB", "search_peak_mb", "naive_search_peak_mb"),
)


def grids(full: Figures, same: Figures, naive: Figures) -> list[Grid]:
    """The tables of one run."""
    same = same | {"whole_rows_a_second": same["rows"] / (same["embed_seconds"] + same["build_seconds"])}
    return [
        Grid(_sizes(full), ["量", "实测", "目标", ""], [_line(name, full) for name in TARGETS]),
        Grid(
            "带条件的检索，95% 分位",
            ["条件", "放行的表", "查表", "查指标"],
            [
                (
                    title,
                    f"{full[f'tables_{name}_share']:.2%}",
                    _shown(full[f"tables_{name}_p95_ms"], "毫秒"),
                    _shown(full[f"rows_{name}_p95_ms"], "毫秒"),
                )
                for name, title in FILTERED.items()
            ],
        ),
        Grid(
            f"与朴素做法并排：同样的 {same['tables']:.0f} 张表，朴素做法 {naive['naive_rows']:.0f} 行",
            ["量", "绩目", "朴素做法", "绩目是它的几倍"],
            [
                (title, _shown(same[ours], unit), _shown(naive[theirs], unit), f"{same[ours] / naive[theirs]:.2f}")
                for title, unit, ours, theirs in COMPARED
            ],
            note="朴素做法：langchain-chroma 的默认设置，一行一个文档，条件交给 Chroma，编码器相同。"
            "时间、内存和磁盘小于 1 为好，速度大于 1 为好。绩目查两路（词语和语义），朴素做法只查语义；"
            f"绩目的磁盘不含先例库（不算向量 {same['store_mb']:.0f} MB），绩目另收录自带的示例表。",
        ),
    ]


def _sizes(full: Figures) -> str:
    return (
        f"{full['tables']:.0f} 张表、{full['rows']:.0f} 行、{full['distinct_names']:.0f} 个不同的指标名称，"
        f"另有 {full['handed_in_twice']:.0f} 张重复交来"
    )


def _line(name: str, figures: Figures) -> tuple[str, str, str, str]:
    title, unit, target = TARGETS[name]
    if target is None:
        return title, _shown(figures[name], unit), "", ""
    sign, bound = target
    met = figures[name] >= bound if sign == "≥" else figures[name] <= bound
    return title, _shown(figures[name], unit), f"{sign} {bound:g} {unit}", "达到" if met else "未达到"


def _shown(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if value < 10 else f"{value:,.0f} {unit}"
