"""A process that has imported everything and forks workers to be killed: a fresh interpreter each would take minutes.

Lines on standard input: `work HOME` adds tables and builds indexes until killed, logging to HOME.log what is
acknowledged and where it is; `check HOME` looks for all that; `fill HOME BYTES` builds where files cannot grow.
It answers with the process id of each worker, or with the exit code of `check` and `fill`.
"""

from __future__ import annotations

import os
import resource
import sys
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "precedents")]

import chromadb  # noqa: E402, F401 – imported once, for all workers
from past_examples import past  # noqa: E402

from assistant.errors import DiskFull  # noqa: E402
from assistant.precedents import PastTables  # noqa: E402
from assistant.retrieval.embedding import HashedEncoder  # noqa: E402
from assistant.retrieval.index import open_index  # noqa: E402
from assistant.retrieval.search import Searcher  # noqa: E402


class RenamedEncoder(HashedEncoder):
    """Another name for each round, so that every round computes and saves all vectors."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.name = f"hashed-{rounds}"


def acknowledged(log: Path) -> list[str]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [line.removeprefix("+ ") for line in lines if line.startswith("+ ")]


def work(home: Path) -> None:
    log = os.open(f"{home}.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(line: str) -> None:
        os.write(log, f"{line}\n".encode())

    store = PastTables.open(home)
    for start in count(store.counts().tables, 6):
        say("@ 保存先例")
        for added in store.add(past(number) for number in range(start, start + 6)):
            say(f"+ {added.id}")
        open_index(home, store, RenamedEncoder(start), progress=lambda step, *_: say(f"@ {step}")).close()


def check(home: Path) -> None:
    ids = acknowledged(Path(f"{home}.log"))
    store = PastTables.open(home)
    assert len(store.facts(ids)) == len(ids), "an acknowledged table is gone"
    index = open_index(home, store, RenamedEncoder(-1))
    searcher = Searcher(store, index)
    for table_id in ids[-2:]:
        stored = store.get(table_id)
        assert stored == past(int(table_id[1:])), "an acknowledged table has changed"
        hits = searcher.tables(stored.table.project.name or "", 3)
        assert table_id in {hit.id for hit in hits}, "an acknowledged table is not found"
    index.close()


def fill(home: Path, size: str) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    try:
        open_index(home, PastTables.open(home), HashedEncoder())
    except DiskFull:
        return
    raise AssertionError("the disk was not full")


def main() -> None:
    for line in sys.stdin:
        task, home, *rest = line.split()
        child = os.fork()
        if child == 0:
            {"work": work, "check": check, "fill": fill}[task](Path(home), *rest)
            os._exit(0)
        if task == "work":
            print(child, flush=True)
            os.waitpid(child, 0)
            print("reaped", flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
