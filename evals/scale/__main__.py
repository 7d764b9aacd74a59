"""`python -m evals.scale` (`make scale`): Jimu at a million indicator rows, beside the naive pipeline.

Every stage runs in a process of its own, so that its peak memory is its own; what a stage found is kept beside its
data, and an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from evals.report import keep, print_grid
from evals.scale.asking import ROOT, ask_drafts, ask_searcher, start_to_search
from evals.scale.filling import Figures, build_index, embed_texts, group_names, import_tables
from evals.scale.page import grids

TABLES = 100_000
COMPARED = 10_000
"""工具默认: tables both pipelines are measured on, as the naive one would take hours for all."""
OURS = ("import_tables", "embed_texts", "build_index", "group_names", "ask_searcher", "ask_drafts", "start_to_search")
NAIVE = ("fill_naively", "ask_naively")


def _stages() -> dict[str, Callable[[Path, int], Figures]]:
    from evals.scale.naive import ask_naively, fill_naively  # langchain takes seconds, and only these stages need it

    ours = (import_tables, embed_texts, build_index, group_names, ask_searcher, ask_drafts, start_to_search)
    return {stage.__name__: stage for stage in (*ours, fill_naively, ask_naively)}


def _found(stage: str, work: Path, number: int) -> Figures:
    """What a stage finds: as an earlier run kept it, or in a process of its own."""
    kept = work / f"{stage}.json"
    if not kept.exists():
        if stage == "fill_naively":
            shutil.rmtree(work / "naive", ignore_errors=True)
        print(f"{number} 张表：{stage}", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "evals.scale", "--stage", stage, "--work", str(work), "--tables", str(number)]
        done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 – this very module
        if done.returncode:
            sys.exit(f"{stage} 没有完成（代码 {done.returncode}），再运行一次就从这里继续")
    figures: Figures = json.loads(kept.read_text(encoding="utf-8"))
    return figures


def _measured(stages: tuple[str, ...], work: Path, number: int) -> Figures:
    work.mkdir(parents=True, exist_ok=True)
    figures: Figures = {}
    for stage in stages:
        figures |= _found(stage, work, number)
    return {name: round(value, 4) for name, value in figures.items()}


def main() -> None:
    """Measure, print, keep; or run one stage for a parent that does."""
    options = argparse.ArgumentParser(prog="python -m evals.scale", description="百万行的检索，与朴素做法并排")
    options.add_argument("--tables", type=int, default=TABLES, help="多少张表，约十行一张")
    options.add_argument("--compared", type=int, default=COMPARED, help="与朴素做法并排时用多少张表")
    options.add_argument("--work", type=Path, default=ROOT / "out" / "scale", help="数据放在哪里；中断后从这里继续")
    options.add_argument("--stage", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.stage:
        found = _stages()[asked.stage](asked.work, asked.tables)
        aside = asked.work / f"{asked.stage}.new"
        aside.write_text(json.dumps(found), encoding="utf-8")
        aside.replace(asked.work / f"{asked.stage}.json")
        return
    same = asked.work.absolute() / str(asked.compared)
    full = _measured(OURS, asked.work.absolute() / str(asked.tables), asked.tables)
    compared = _measured(OURS, same, asked.compared)
    naive = _measured(NAIVE, same, asked.compared)
    for grid in grids(full, compared, naive):
        print_grid(grid)
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    report = {"cores": os.cpu_count(), "load": load, "full": full, "compared": compared, "naive": naive}
    print(f"已写入 {keep('scale', report)}")


if __name__ == "__main__":
    main()
