"""Whether a freshly built index answers, asked from a process of its own.

A broken Chroma folder may raise, hang, end the process, or write files without end: here it can do all of that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexUnavailable, JimuError
from assistant.retrieval.kinds import Kind, Vector
from assistant.retrieval.vector import VectorIndex

_SECONDS = 60.0
_VECTORS_A_SECOND = 2_000  # the time to load a large index comes on top
_LARGEST_FILE = 64 << 30
_FOUND_AT_LEAST = 0.9  # an approximate index misses a few of its own vectors
_PACKAGE_PARENT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Expected:
    """What must be found in one collection: how many vectors, and some of them."""

    count: int
    sample: Sequence[Vector]


def require_health(place: Path | str, generation: str, expected: Mapping[Kind, Expected]) -> None:
    """Look the samples up in a process of its own; raises `IndexUnavailable` with what went wrong."""
    request = {
        "place": str(place),
        "server": isinstance(place, str),
        "generation": generation,
        "expected": {
            kind: {"count": one.count, "sample": [vector.tolist() for vector in one.sample]}
            for kind, one in expected.items()
        },
    }
    seconds = _SECONDS + sum(one.count for one in expected.values()) / _VECTORS_A_SECOND
    try:
        done = subprocess.run(
            [sys.executable, "-m", "assistant.retrieval.health"],
            input=json.dumps(request),
            capture_output=True,
            encoding="utf-8",
            cwd=_PACKAGE_PARENT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise IndexUnavailable(f"新建的向量索引 {seconds:.0f} 秒内没有回答") from problem
    if done.returncode:
        said = done.stdout.strip() or f"检查进程以代码 {done.returncode} 结束"
        raise IndexUnavailable(f"新建的向量索引没有通过检查（{said}）")


def _limit_files() -> None:
    # A damaged graph was once written out to 46 GB.
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        wanted = _LARGEST_FILE if most == resource.RLIM_INFINITY else min(_LARGEST_FILE, most)
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted, most))


def _problem(index: VectorIndex, kind: Kind, count: int, sample: Sequence[Sequence[float]]) -> str | None:
    if (there := index.count(kind)) != count:
        return f"{kind} 应有 {count} 条，实有 {there} 条"
    found = 0
    for numbers in sample:
        hits = index.nearest(kind, np.array(numbers, dtype=np.float32), 1)
        found += bool(hits) and hits[0][1] > 0.999  # not by key: different texts may share one vector
    return None if found >= _FOUND_AT_LEAST * len(sample) else f"{kind} 的 {len(sample)} 次自查只找到 {found} 次"


def main() -> int:
    """Read the request from standard input; 0 when all is well, else 1 and one line on standard output."""
    _limit_files()
    try:
        problem = _first_problem(json.load(sys.stdin))
    except (JimuError, OSError) as failed:
        problem = str(failed)
    sys.stdout.write(problem or "")
    return 1 if problem else 0


def _first_problem(request: Mapping[str, Any]) -> str | None:
    place = request["place"]
    index = VectorIndex.on_server(place, request["generation"]) if request["server"] else VectorIndex.at(Path(place))
    problems = [_problem(index, kind, one["count"], one["sample"]) for kind, one in request["expected"].items()]
    index.close()
    return next((problem for problem in problems if problem), None)


if __name__ == "__main__":
    sys.exit(main())
