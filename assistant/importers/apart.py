"""Readers whose libraries a hostile file can hold or swell – PDF, pictures – run in a process of their own.

Time limits inside Python cannot stop a loop in a C library; a process can be ended. One process serves all files of a
run and is started anew after it was ended. It is a plain child, so that scripts need no guard around their main part.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.reading_limits import MEGABYTE, ReadingLimits

Reader = Callable[[Path, ReadingLimits], Document]

_GRACE = 30.0
"""Seconds beyond `page_seconds`, which the readers keep themselves between pages."""
_CHILD = "import sys; sys.path[:] = {path!r}; from assistant.importers.apart import serve; serve()"


class _Worker:
    """The process, and the line to it: pickled questions in, pickled answers out."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, reader: Reader, path: Path, limits: ReadingLimits) -> Document | str:
        """The document, or why there is none; the process is ended when it is late."""
        process = self._running()
        seconds = limits.page_seconds + _GRACE
        late: list[float] = []

        def end() -> None:
            late.append(seconds)
            process.kill()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None  # noqa: S101 – both are pipes
            pickle.dump((reader, path, limits), process.stdin)
            process.stdin.flush()
            found: Document | str = pickle.load(process.stdout)  # noqa: S301 – from our own child
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            process.kill()
            process.wait()
            self._process = None
            if late:
                return f"读了 {seconds:g} 秒还没有读完，已停止；请拆分，或另存为 xlsx、docx 后再导入"
            return "读取时程序中断（文件可能已损坏，或需要的内存太多），请另存为 xlsx、docx 后再导入"
        finally:
            timer.cancel()
        return found

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 – our own interpreter and code
                [sys.executable, "-c", _CHILD.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process


_WORKER = _Worker()


def apart(reader: Reader) -> Reader:
    """The reader, run in the other process; raises `UnreadableFile` as the reader would."""

    def read(path: Path, limits: ReadingLimits) -> Document:
        found = _WORKER.ask(reader, path, limits)
        if isinstance(found, str):
            raise UnreadableFile(path, found)
        return found

    return read


def serve() -> None:
    """Read one file after another until the line closes; Ctrl-C is for the process that asks.

    What libraries print must not get among the answers: it goes to standard error.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bounded = False
    while True:
        try:
            reader, path, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 – from the process that started us
        except EOFError:
            return
        if not bounded:
            _bound_memory(limits.most_memory_mb)
            bounded = True
        try:
            found: Document | str = reader(path, limits)
        except UnreadableFile as problem:
            found = problem.reason
        except (MemoryError, RecursionError):
            found = "内容太多或嵌套太深，内存不够，请拆分后再导入"
        pickle.dump(found, answers)
        answers.flush()


def _bound_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there too
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
