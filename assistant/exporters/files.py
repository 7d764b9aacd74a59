"""Writing a file whole or not at all: a temporary file beside it, then one rename."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from assistant.errors import BadInput, DiskFull, JimuError

_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_whole(path: Path, content: bytes) -> None:
    """Write `path` atomically; raises `DiskFull` or `BadInput` in words, and leaves an older file untouched."""
    beside = path.with_name(f".jimu-{secrets.token_hex(6)}.tmp")
    try:
        _write(beside, content)
        beside.replace(path)
    except OSError as problem:
        raise _in_words(path, problem) from problem
    finally:
        with contextlib.suppress(OSError):  # after the rename, or in a folder that is not there, nothing is left
            beside.unlink()


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _in_words(path: Path, problem: OSError) -> JimuError:
    if problem.errno in _FULL:
        return DiskFull(path)
    if isinstance(problem, FileNotFoundError | NotADirectoryError):
        return BadInput(f"{path}：文件夹 {path.parent} 不存在，请先建立它或换一个位置")
    if isinstance(problem, IsADirectoryError) or path.is_dir():
        return BadInput(f"{path}：这是一个文件夹，请写明文件名")
    if isinstance(problem, PermissionError):
        return BadInput(f"{path}：没有写入权限，或文件正在 Excel、WPS 中打开；请关闭文件或换一个位置")
    return BadInput(f"{path}：不能写入（{problem.strerror or problem}），请换一个位置")
