"""`python -m evals.importing_speed`: tables read a second and peak memory, format by format, beside the targets.

Every format is read in a process of its own, held to one core; the libraries are loaded by one file read beforehand.
The long PDF is made on the spot (`scripts/make_import_fixtures/long_budget.py`, needs the fonts the fixtures need).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import BadInput
from assistant.importers import read_one
from evals.importing import FIXTURES
from evals.importing_scores import read_expected
from evals.report import Grid, keep, print_grid

LEAST_SECONDS = 5.0
PAGES = 300
LONG = f"{PAGES} 页 PDF"
_ROOT = Path(__file__).parents[1]
Figures = dict[str, float]
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

# format: tables a second at least, seconds at most, MB at most; None where nothing was promised
TARGETS: dict[str, tuple[float | None, float | None, float | None]] = {
    "xlsx": (20, None, None),
    "docx": (20, None, None),
    "html": (None, None, None),
    "pdf": (None, None, None),
    "png": (None, None, None),
    LONG: (None, 60, 1_024),
}


def files_of(form: str) -> list[Path]:
    """The clean fixtures of a format."""
    files = sorted(FIXTURES.glob(f"*.{form}"))
    return [one for one in files if (expected := read_expected(one)) and expected.kind == "clean"]


def measure(paths: Sequence[Path], *, again: bool) -> Figures:
    """Read files, over and over for some seconds when `again`; in this process."""
    if again:
        _tables(paths[0])
    tables, refused, rounds, began = 0, 0, 0, time.perf_counter()
    while not rounds or (again and time.perf_counter() - began < LEAST_SECONDS):
        found = [_tables(path) for path in paths]
        tables += sum(found)
        refused = found.count(0)
        rounds += 1
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"tables": tables, "refused": refused, "seconds": round(seconds, 3), "peak_mb": round(peak, 1)}


def _tables(path: Path) -> int:
    try:
        return len(read_one(path))
    except BadInput:  # how many files were refused is said; why, `jimu eval importing` says
        return 0


def apart(paths: Sequence[Path], *, again: bool) -> Figures:
    """`measure` in a process of its own on one core."""
    words = [sys.executable, "-m", "evals.importing_speed", "--only", *map(str, paths)]
    done = subprocess.run(  # noqa: S603 – our own module
        [*words, *(["--again"] if again else [])],
        check=True,
        capture_output=True,
        text=True,
        cwd=_ROOT,
        env=os.environ | dict.fromkeys(_ONE_THREAD, "1"),
    )
    told: Figures = json.loads(done.stdout)
    return told


def _long_pdf(folder: Path) -> Path:
    path = folder / "long.pdf"
    words = [sys.executable, "-m", "scripts.make_import_fixtures.long_budget", str(path), str(PAGES)]
    subprocess.run(words, check=True, cwd=_ROOT)  # noqa: S603 – our own module
    return path


def _line(form: str, figures: Figures) -> tuple[object, ...]:
    fastest, longest, largest = TARGETS[form]
    tables, refused, seconds, peak = (figures[name] for name in ("tables", "refused", "seconds", "peak_mb"))
    targets = ((fastest, "≥{:g} 张/秒"), (longest, "≤{:g} 秒"), (largest, "≤{:g} MB"))
    wanted = [words.format(number) for number, words in targets if number is not None]
    return (
        form,
        f"{tables:g}",
        f"{refused:g}",
        f"{seconds:.1f}",
        f"{tables / seconds:.1f}",
        f"{peak:.0f}",
        "，".join(wanted) or "–",
    )


def main() -> None:
    """Measure every format, print the figures beside the targets and keep them."""
    found: dict[str, Figures] = {}
    with TemporaryDirectory() as folder:
        for form in TARGETS:
            paths = [_long_pdf(Path(folder))] if form == LONG else files_of(form)
            print(f"{form}：{len(paths)} 个文件……", file=sys.stderr)
            found[form] = apart(paths, again=form != LONG)
    rows = [_line(form, figures) for form, figures in found.items()]
    print_grid(Grid("导入速度（一个核）", ("格式", "表", "没读出的文件", "秒", "张/秒", "内存峰值 MB", "目标"), rows))
    print(f"已写入 {keep('importing_speed', found)}")


def _only(paths: Sequence[Path], *, again: bool) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(measure(paths, again=again)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", type=Path, help="read these files in this process and print the figures")
    parser.add_argument("--again", action="store_true", help="over and over, for some seconds")
    asked = parser.parse_args()
    if asked.only:
        _only(asked.only, again=asked.again)
    else:
        main()
