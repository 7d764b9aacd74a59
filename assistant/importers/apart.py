"""Readers whose libraries a hostile file can hold or swell – PDF, pictures – run in a process of their own.

Time limits inside Python cannot stop a loop in a C library; a process can be ended. One process serves all files of a
run and is started anew after it was ended.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.reading_limits import MEGABYTE, ReadingLimits

Reader = Callable[[Path, ReadingLimits], Document]

_GRACE = 30.0
"""Seconds beyond `page_seconds`, which the readers keep themselves between pages."""


class _Worker:
    """The process and the line to it."""

    def __init__(self) -> None:
        self._line: Connection | None = None
        self._process: SpawnProcess | None = None

    def ask(self, reader: Reader, path: Path, limits: ReadingLimits) -> Document | str:
        """The document, or why there is none; the process is ended when it is late or broke."""
        if self._line is None or self._process is None or not self._process.is_alive():
            self._start(limits)
        assert self._line is not None  # noqa: S101 – set by `_start`
        self._line.send((reader, path, limits))
        seconds = limits.page_seconds + _GRACE
        if not self._line.poll(seconds):
            self._end()
            return f"读了 {seconds:g} 秒还没有读完，已停止；请拆分，或另存为 xlsx、docx 后再导入"
        try:
            found: Document | str = self._line.recv()
        except EOFError:
            self._end()
            return "读取时程序中断（文件可能已损坏，或需要的内存太多），请另存为 xlsx、docx 后再导入"
        return found

    def _start(self, limits: ReadingLimits) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, limits.most_memory_mb), daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._line is not None:
            self._line.close()
        self._line = self._process = None


_WORKER = _Worker()


def apart(reader: Reader) -> Reader:
    """The reader, run in the other process; raises `UnreadableFile` as the reader would."""

    def read(path: Path, limits: ReadingLimits) -> Document:
        found = _WORKER.ask(reader, path, limits)
        if isinstance(found, str):
            raise UnreadableFile(path, found)
        return found

    return read


def _serve(line: Connection, most_memory_mb: int) -> None:
    """Read one file after another until the line closes; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory(most_memory_mb)
    while True:
        try:
            reader, path, limits = line.recv()
        except EOFError:
            return
        try:
            line.send(reader(path, limits))
        except UnreadableFile as problem:
            line.send(problem.reason)
        except (MemoryError, RecursionError):
            line.send("内容太多或嵌套太深，内存不够，请拆分后再导入")


def _bound_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there too
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
