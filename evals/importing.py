"""`jimu eval importing`: are files read as a careful clerk would read them?

Every fixture of `fixtures/importing` (made by `scripts/make_import_fixtures`) and every file of `--data` that has an
expected file beside it is read and compared row by row; of the other files of `--data` it is counted what came out.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import BadInput
from assistant.importers import read_one
from assistant.schema import PastTable
from evals.importing_scores import SUFFIX, Expected, Scored, Tally, read_expected, score
from evals.intervals import estimate
from evals.report import Grid, Prose, Report
from evals.suites import Asked

FIXTURES = Path(__file__).parent / "fixtures" / "importing"
_SHOWN = 300
_OFFICE = ("xlsx", "docx", "html")
_PASSED_OVER = (SUFFIX, ".DS_Store", "MANIFEST.md")


@dataclass(frozen=True)
class Reading:
    """A file, what was expected of it, what came out and how long it took."""

    path: Path
    expected: Expected | None
    tables: Sequence[PastTable]
    failure: str
    seconds: float
    scored: Scored

    @property
    def format(self) -> str:
        """The suffix without its dot."""
        return self.path.suffix.lower().removeprefix(".") or "–"

    @property
    def kind(self) -> str:
        """What kind of file it was said to be; 未标 when nothing was said."""
        return self.expected.kind if self.expected else "未标"

    @property
    def unopened(self) -> bool:
        """Whether the file was refused for another reason than holding no table: its silence proves nothing."""
        return bool(self.failure) and "没有找到" not in self.failure

    @property
    def judged(self) -> bool:
        """Whether rows are expected of it."""
        return self.kind in ("clean", "torn", "real")


@dataclass(frozen=True)
class Target:
    """A score to reach, and the files it is measured on."""

    name: str
    least: float
    of: Callable[[Reading], bool]


TARGETS = (
    Target("xlsx、docx、html（完好的）", 0.98, lambda one: one.kind == "clean" and one.format in _OFFICE),
    Target("文本 PDF（含跨页）", 0.95, lambda one: one.kind in ("clean", "torn") and one.format == "pdf"),
    Target("200 dpi 扫描件", 0.90, lambda one: one.kind in ("clean", "torn") and one.format == "png"),
    Target("真实 xlsx（--data）", 1.0, lambda one: one.kind == "real" and one.format == "xlsx"),
)


def run(asked: Asked) -> Report:
    """Read all fixtures, and the files of `--data`."""
    files = _files([FIXTURES, *([asked.data] if asked.data else [])])
    readings = []
    for done, path in enumerate(files, start=1):
        readings.append(read(path))
        asked.progress("导入", done, len(files))
    return _report(readings)


def read(path: Path) -> Reading:
    """Read one file and compare; a file that cannot be read has missed all that was expected."""
    expected = read_expected(path)
    started = time.perf_counter()
    tables: Sequence[PastTable] = ()
    failure = ""
    try:
        tables = read_one(path)
    except BadInput as problem:
        failure = "；".join(problem.problems)
    seconds = time.perf_counter() - started
    counted = expected if not (failure and expected and expected.refusable) else None
    return Reading(path, expected, tables, failure, seconds, score(counted, tables) if counted else Scored())


def _files(folders: Iterable[Path]) -> list[Path]:
    inside = (one for folder in folders for one in ([folder] if folder.is_file() else sorted(folder.rglob("*"))))
    return [one for one in inside if one.is_file() and not one.name.endswith(_PASSED_OVER)]


def _report(readings: Sequence[Reading]) -> Report:
    judged = [one for one in readings if one.judged]
    reached = [(target, [one for one in judged if target.of(one)]) for target in TARGETS]
    negatives = [one for one in readings if one.kind == "negative"]
    blanks = [one for one in readings if one.kind == "blank"]
    about = (
        "行：（一级、二级、名称、值）四项全对才算对；表头：项目名称、部门、单位、年度、金额、目标逐项比；"
        "待确认：应当列入待确认的事项里列出了的。值按含义比，名称不计空白。"
    )
    grids = [
        Grid("目标", ("文件", "目标", "行 F1", "表头 F1", "达到"), _target_rows(reached, negatives), words=True),
        Grid("各格式", _COLUMNS, _group(judged, lambda one: (one.kind, one.format))),
        Grid(
            "各表样（LAYOUTS.md 编号）",
            _COLUMNS,
            _group(judged, lambda one: (one.expected.family,) if one.expected else ()),
        ),
        Grid("没有读出的文件", ("文件", "原因"), _failures(readings), words=True),
        Grid("没有指标却读出了表", ("文件", "表"), [(_name(one), len(one.tables)) for one in negatives if one.tables]),
        Grid(
            "空白表样读出了值", ("文件", "值"), [(_name(one), one.scored.values) for one in blanks if one.scored.values]
        ),
        Grid("读错的（前 300）", ("文件", "哪里"), _wrong(judged)[:_SHOWN], words=True),
        Grid("没有标注的文件", ("文件", "表", "行", "有值的行", "待确认", "秒"), _counted(readings)),
    ]
    figures = {
        "suite": "importing",
        "files": len(readings),
        "targets": [
            {"name": target.name, "least": target.least, "files": len(few)} | _data(_sum(few))
            for target, few in reached
        ],
        "negatives": {
            "files": len(negatives),
            "tables": sum(len(one.tables) for one in negatives),
            "unopened": sum(one.unopened for one in negatives),
        },
        "blanks": {"files": len(blanks), "values": sum(one.scored.values for one in blanks)},
        "formats": _figures(judged, lambda one: f"{one.kind} {one.format}"),
        "families": _figures(judged, lambda one: one.expected.family if one.expected else ""),
        "failed": [{"file": _name(one), "why": one.failure} for one in readings if one.failure and one.judged],
    }
    shares = {target.name: estimate([one.scored.rows.f1 or 0.0 for one in few]) for target, few in reached}
    headline = {name: share for name, share in shares.items() if share is not None}
    parts: list[Grid | Prose] = [Prose("", about), *(grid for grid in grids if grid.rows)]
    return Report("导入：各种文件读得对不对", figures, headline, parts, [_reason(one) for one in readings])


_COLUMNS = ("种类", "文件", "没读出", "行准确", "行召回", "行 F1", "表头 F1", "表", "待确认")


def _sum(few: Sequence[Reading]) -> Scored:
    return Scored(
        sum((one.scored.rows for one in few), Tally()),
        sum((one.scored.header for one in few), Tally()),
        sum((one.scored.told for one in few), Tally()),
        sum((one.scored.tables for one in few), Tally()),
    )


def _grouped(
    readings: Sequence[Reading], key: Callable[[Reading], tuple[str, ...] | str]
) -> Mapping[tuple[str, ...] | str, list[Reading]]:
    groups: dict[tuple[str, ...] | str, list[Reading]] = {}
    for one in readings:
        groups.setdefault(key(one), []).append(one)
    return dict(sorted(groups.items()))


def _group(readings: Sequence[Reading], key: Callable[[Reading], tuple[str, ...]]) -> list[tuple[object, ...]]:
    return [
        (
            " ".join(name),
            len(few),
            sum(bool(one.failure) for one in few),
            *(_shown(share) for share in _shares(_sum(few))),
        )
        for name, few in _grouped(readings, key).items()
    ]


def _shares(total: Scored) -> tuple[float | None, ...]:
    rows = total.rows
    return rows.precision, rows.recall, rows.f1, total.header.f1, total.tables.f1, total.told.recall


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _data(total: Scored) -> dict[str, float | None]:
    names = ("precision", "recall", "f1", "header_f1", "tables_f1", "unresolved_recall")
    shares = zip(names, _shares(total), strict=True)
    return {name: None if share is None else round(share, 4) for name, share in shares}


def _figures(readings: Sequence[Reading], key: Callable[[Reading], str]) -> dict[str, object]:
    return {str(name): {"files": len(few)} | _data(_sum(few)) for name, few in _grouped(readings, key).items()}


def _target_rows(
    reached: Sequence[tuple[Target, Sequence[Reading]]], negatives: Sequence[Reading]
) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    for target, few in reached:
        total = _sum(few)
        least = min(total.rows.f1 or 0, 1 if total.header.f1 is None else total.header.f1)
        there = "–" if not few else "是" if least >= target.least else "否"
        lines.append((target.name, f"≥{target.least:.2f}", _shown(total.rows.f1), _shown(total.header.f1), there))
    tables = sum(len(one.tables) for one in negatives)
    unopened = sum(one.unopened for one in negatives)
    name = f"没有指标的文件（{len(negatives)} 个{f'，{unopened} 个没能打开' if unopened else ''}）"
    return [*lines, (name, "0 张表", f"{tables} 张", "", "否" if tables or unopened else "是")]


def _name(one: Reading) -> str:
    return one.path.name


def _failures(readings: Sequence[Reading]) -> list[tuple[str, str]]:
    return [(_name(one), one.failure) for one in readings if one.failure and (one.judged or one.kind == "未标")]


def _wrong(judged: Sequence[Reading]) -> list[tuple[str, str]]:
    return [(_name(one), line) for one in judged if not one.failure for line in one.scored.wrong]


def _counted(readings: Sequence[Reading]) -> list[tuple[object, ...]]:
    lines: list[tuple[object, ...]] = []
    for one in readings:
        if one.kind == "未标" and not one.failure:
            rows = [row for past in one.tables for row in past.table.indicators]
            filled = sum(row.value is not None for row in rows)
            doubts = sum(len(past.table.unresolved) for past in one.tables)
            lines.append((_name(one), len(one.tables), len(rows), filled, doubts, f"{one.seconds:.2f}"))
    return lines


def _reason(one: Reading) -> dict[str, object]:
    told = {"file": _name(one), "kind": one.kind, "tables": len(one.tables), "failure": one.failure}
    return told | {"seconds": round(one.seconds, 3)} | asdict(one.scored)
