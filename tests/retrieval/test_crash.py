"""Killed at any moment, or out of disk, nothing acknowledged is lost and the index comes back by itself."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from past_examples import past

from assistant.precedents import PastTables
from assistant.retrieval import generation as files
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import open_index

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and forks as POSIX does")

STEPS = ("保存先例", "计算指标向量", "计算表的向量", "写入检索索引", "检查检索索引")
LANES, KILLS_A_LANE = 2, 13


class Workers:
    """The forking process, and what is said to it."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("crash_worker.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *words: object) -> str:
        assert self._process.stdin
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


@contextmanager
def workers() -> Iterator[Workers]:
    started = Workers()
    try:
        yield started
    finally:
        started.end()


def _wait_for(log: Path, start: int, step: str) -> None:
    end = time.monotonic() + 60
    while f"@ {step}" not in (log.read_bytes()[start:].decode() if log.exists() else ""):
        assert time.monotonic() < end, f"{step} 没有出现"
        time.sleep(0.002)


def _kill_again_and_again(home: Path, seed: int) -> int:
    chance = random.Random(seed)
    log = Path(f"{home}.log")
    with workers() as started:
        for kill in range(KILLS_A_LANE):
            start = log.stat().st_size if log.exists() else 0
            victim = int(started.ask("work", home))
            step = STEPS[(kill + seed) % len(STEPS)]
            _wait_for(log, start, step)
            # The check takes longer than the other steps, and the switch follows it.
            time.sleep(chance.random() * (1.5 if step == STEPS[-1] else 0.08))
            os.kill(victim, signal.SIGKILL)
            assert started.answer() == "reaped"
            assert started.ask("check", home) == "0", f"after kill {kill}"
    return len(PastTables.open(home).facts(_acknowledged(log)))


def _acknowledged(log: Path) -> list[str]:
    return [line[2:] for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("+ ")]


@pytest.mark.slow
def test_killed_at_every_step_nothing_acknowledged_is_lost_and_search_comes_back(tmp_path: Path) -> None:
    with ThreadPoolExecutor(LANES) as pool:
        homes = [tmp_path / f"lane{lane}" for lane in range(LANES)]
        stored = list(pool.map(_kill_again_and_again, homes, range(LANES)))
    assert min(stored) > KILLS_A_LANE
    for home in homes:
        folders = [path for path in files.index_folder(home).iterdir() if path.is_dir()]
        assert len(folders) <= 2, "half-built generations are cleared away"


@pytest.fixture(scope="module")
def large_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Vectors of two hundred tables in the store, an index of them, and one more table to be indexed."""
    home = tmp_path_factory.mktemp("large")
    store = PastTables.open(home)
    list(store.add(past(number) for number in range(200)))
    open_index(home, store, HashedEncoder()).close()
    list(store.add([past(300)]))
    store.close()
    return home


@pytest.mark.parametrize(("size", "anew"), [(200_000, False), (1_000_000, True)])
def test_a_disk_that_fills_up_while_indexing_is_said_and_nothing_is_lost(
    large_home: Path, tmp_path: Path, size: int, anew: bool
) -> None:
    home = tmp_path / "home"
    shutil.copytree(large_home, home)
    folder = files.current(files.index_folder(home))
    assert folder
    if anew:
        files.mark_damaged(folder)
    with workers() as started:
        assert started.ask("fill", home, size) == "0"
    assert [path for path in folder.parent.iterdir() if path.is_dir()] == [folder]
    assert files.current(folder.parent) == folder
    again = open_index(home, PastTables.open(home), HashedEncoder())
    assert "表300" in dict(again.tables_by_words(past(300).table.project.name or "", 3))
