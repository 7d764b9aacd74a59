"""`python -m evals.speed` (`make bench`): speed and memory with a thousand past tables, printed beside the targets.

Every stage runs in a process of its own, so that its peak memory is its own and nothing is warm by accident. Times are
by the clock; beside them the processor time of all threads, which other work on the machine changes less.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from evals.report import Grid, keep, print_grid

TABLES = 1_000
BRIEFS = 45
STARTS = 5
_ROOT = Path(__file__).parents[1]

Figures = dict[str, float]

# figure: title, unit, target ("≥" or "<", number) or None
TARGETS: dict[str, tuple[str, str, tuple[str, float] | None]] = {
    "import_rows_a_second": ("导入（读文件并提交）", "行/秒", None),
    "embedded_texts_a_second": ("计算向量，不同的文本", "条/秒", ("≥", 1_500)),
    "indexed_texts_a_second": ("建索引（不含向量计算），不同的文本", "条/秒", ("≥", 500)),
    "import_peak_mb": ("导入、计算向量和建索引的内存峰值", "MB", ("<", 1_024)),
    "opened_seconds": ("打开已有的先例库和索引", "秒", None),
    "first_draft_seconds": ("打开后第一次起草（读入模型）", "秒", None),
    "draft_median_seconds": ("之后起草，中位数", "秒", None),
    "draft_p95_seconds": ("之后起草，95% 分位", "秒", ("<", 0.5)),
    "draft_peak_mb": ("起草的内存峰值", "MB", ("<", 1_024)),
    "start_to_draft_seconds": ("从启动进程到 jimu draft --json 结束", "秒", ("<", 3)),
}


def import_and_index(home: Path) -> Figures:
    """Rows imported, texts embedded and texts indexed a second."""
    from assistant.cli.opening import open_searcher
    from assistant.importers import Imported, find_files, read
    from assistant.precedents import PastTables, vector_key
    from assistant.retrieval.embedding import PackagedEncoder
    from assistant.retrieval.index import open_index
    from assistant.settings import Settings

    store, encoder = PastTables.open(home), PackagedEncoder()
    files, _ = find_files([home.with_name("tables")])
    began = time.perf_counter()
    list(store.add(one.table for one in read(files) if isinstance(one, Imported)))
    imported = time.perf_counter() - began
    names = dict(store.row_texts())
    texts = names | {vector_key(text): text for _, text in store.table_texts()}
    encoder.embed(["预热"])
    began, worked = time.perf_counter(), time.process_time()
    vectors = encoder.embed(list(names.values()))
    embedded, embedding_work = time.perf_counter() - began, time.process_time() - worked
    store.save_vectors(encoder.name, zip(names, vectors, strict=True))
    others = [key for key in texts if key not in names]
    store.save_vectors(encoder.name, zip(others, encoder.embed([texts[key] for key in others]), strict=True))
    began, worked = time.perf_counter(), time.process_time()
    open_index(home, store, encoder).close()
    indexed, indexing_work = time.perf_counter() - began, time.process_time() - worked
    figures = {
        "tables": store.counts().tables,
        "rows": store.counts().rows,
        "distinct_names": len(names),
        "import_rows_a_second": store.counts().rows / imported,
        "embedded_texts_a_second": len(names) / embedded,
        "embedded_texts_a_second_cpu": len(names) / embedding_work,
        "indexed_texts_a_second": len(texts) / indexed,
        "indexed_texts_a_second_cpu": len(texts) / indexing_work,
        "import_peak_mb": peak_mb(),
    }
    open_searcher(Settings(home=home))  # The shipped tables come along, so that the next stage finds all in place.
    return figures


def draft_many(home: Path) -> Figures:
    """Drafts one after the other in a process that stays, as the web application would make them."""
    from assistant.cli.opening import open_searcher
    from assistant.drafting import draft_offline
    from assistant.settings import Settings
    from evals.thousand import briefs

    began = time.perf_counter()
    searcher = open_searcher(Settings(home=home))
    opened = time.perf_counter() - began
    seconds, work, rows = [], [], []
    for request in briefs(BRIEFS):
        began, worked = time.perf_counter(), time.process_time()
        rows.append(len(draft_offline(request, searcher).rows))
        seconds.append(time.perf_counter() - began)
        work.append(time.process_time() - worked)
    later, later_work = sorted(seconds[1:]), sorted(work[1:])
    return {
        "drafts": len(later),
        "rows_a_draft": median(rows),
        "opened_seconds": opened,
        "first_draft_seconds": seconds[0],
        "draft_median_seconds": median(later),
        "draft_median_seconds_cpu": median(later_work),
        "draft_p95_seconds": later[int(0.95 * len(later))],
        "draft_p95_seconds_cpu": later_work[int(0.95 * len(later))],
        "draft_slowest_seconds": later[-1],
        "draft_peak_mb": peak_mb(),
    }


STAGES: dict[str, Callable[[Path], Figures]] = {"import": import_and_index, "drafts": draft_many}


def start_to_draft(home: Path) -> Figures:
    """The command line, from its start to its end, files in the system's cache."""
    brief = _ROOT / "corpus" / "briefs" / "pension.json"
    seconds, work = [], []
    for _ in range(STARTS + 1):
        began, worked = time.perf_counter(), os.times()
        subprocess.run(  # noqa: S603 – our own command
            [sys.executable, "-m", "assistant", "draft", "--brief", str(brief), "--json"],
            cwd=_ROOT,
            env=_environment(home),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        seconds.append(time.perf_counter() - began)
        now = os.times()
        work.append(now.children_user + now.children_system - worked.children_user - worked.children_system)
    return {
        "start_to_draft_seconds": median(seconds[1:]),
        "start_to_draft_seconds_cpu": median(work[1:]),
        "start_to_draft_slowest_seconds": max(seconds[1:]),
    }


def peak_mb() -> float:
    """The most memory this process has had; not its parent's, which Linux' `ru_maxrss` would include."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / (1024 if sys.platform == "darwin" else 1)


def run() -> Figures:
    """All stages over one data folder that is thrown away."""
    from evals.thousand import write_tables

    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        write_tables(Path(folder) / "tables", TABLES)
        return _staged("import", home) | _staged("drafts", home) | start_to_draft(home)


def _staged(stage: str, home: Path) -> Figures:
    done = subprocess.run(  # noqa: S603 – this very module
        [sys.executable, "-m", "evals.speed", "--stage", stage, "--home", str(home)],
        cwd=_ROOT,
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{stage} 没有完成：\n{done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _environment(home: Path) -> dict[str, str]:
    """Own data, and compiled modules that are kept, as they are where nobody forbade Python to write them."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "JIMU_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home.with_name("compiled"))}


def verdict(name: str, figures: Figures) -> tuple[str, str, str, str, str]:
    """A line of the printed table: title, figure, the same by processor time, target, whether it is met."""
    title, unit, target = TARGETS[name]
    shown, work = (_shown(figures.get(key), unit) for key in (name, f"{name}_cpu"))
    if target is None:
        return title, shown, work, "", ""
    sign, bound = target
    met = figures[name] >= bound if sign == "≥" else figures[name] < bound
    return title, shown, work, f"{sign} {bound:g} {unit}", "达到" if met else "未达到"


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.2f} {unit}" if value < 10 else f"{value:,.0f} {unit}"


def main() -> None:
    """Measure, print, keep; or run one stage for a parent that does."""
    options = argparse.ArgumentParser(prog="python -m evals.speed", description="速度与内存")
    options.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.stage:
        print(json.dumps(STAGES[asked.stage](asked.home)))
        return
    figures = {name: round(value, 3) for name, value in run().items()}
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    title = (
        f"{figures['tables']:.0f} 张表、{figures['rows']:.0f} 行、{figures['distinct_names']:.0f} 个不同的指标名称；"
        f"起草 {figures['drafts']:.0f} 次，每次 {figures['rows_a_draft']:.0f} 行；{os.cpu_count()} 核，同时负载 {load}"
    )
    print_grid(Grid(title, ["量", "实测", "只计处理器时间", "目标", ""], [verdict(name, figures) for name in TARGETS]))
    print(f"已写入 {keep('speed', {'cores': os.cpu_count(), 'load': load, 'figures': figures})}")


if __name__ == "__main__":
    main()
