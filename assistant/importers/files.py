"""Which files an import covers, and which reader each goes to."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput, UnreadableFile, UnsupportedFormat
from assistant.importers.half_pages import read_text
from assistant.importers.json_table import read_json, read_json_lines
from assistant.schema import PastTable

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes; larger files are refused with a message."""

FIXED, RECORD = "-已修正", "-修正记录"
"""Endings of the files `jimu check --fix` writes; in a folder they are passed over."""
_OWN = re.compile(f"(?:{FIXED}|{RECORD})(?:-\\d+)?[.]json$")

Reader = Callable[[str, Path], Iterable[PastTable]]

READERS: dict[str, Reader] = {".json": read_json, ".jsonl": read_json_lines, ".txt": read_text}


@dataclass(frozen=True)
class Imported:
    """One table read from a file."""

    path: Path
    table: PastTable


@dataclass(frozen=True)
class Failure:
    """A file, or a part of one, that could not be read, and why."""

    path: Path
    problems: tuple[str, ...]
    harmless: bool = False
    """Passed over on purpose: it is said, but nothing is wrong."""


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Failure]]:
    """The readable files under the given files and folders, in a fixed order, and what was passed over and why."""
    files: dict[Path, Path] = {}
    passed_over: list[Failure] = []
    for path in dict.fromkeys(paths):
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            for one in inside:
                if _OWN.search(one.name):
                    passed_over.append(Failure(one, (f"{one}：是检查时写的修正文件，已跳过",), harmless=True))
                elif one.suffix.lower() in READERS:
                    files.setdefault(one.resolve(), one)
                else:
                    passed_over.append(Failure(one, (f"{one}：暂不支持 {one.suffix or '无后缀'} 格式，已跳过",)))
        elif path.exists():
            files.setdefault(path.resolve(), path)
        else:
            passed_over.append(Failure(path, (f"{path}：没有这个文件或文件夹",)))
    return list(files.values()), passed_over


def read_one(path: Path) -> tuple[PastTable, ...]:
    """All tables of one file; raises a `BadInput` that says what is wrong with it."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnsupportedFormat(path, sorted(READERS))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(path, f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，请拆分后再导入")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile(path, "不是 UTF-8 编码的文本，请另存为 UTF-8 后重试") from problem
    except OSError as problem:
        raise UnreadableFile(
            path, f"读不出来（{why_unreadable(problem)}），请检查文件是否存在、是否有权限"
        ) from problem
    tables = tuple(reader(text, path))
    if not tables:
        raise UnreadableFile(path, "里面一张表也没有，请检查文件内容")
    return tables


def why_unreadable(problem: OSError) -> str:
    """Why the system could not read a file, in Chinese where it is one of the usual reasons."""
    usual = {
        errno.ENOENT: "没有这个文件",
        errno.EISDIR: "这是文件夹，不是文件",
        errno.ENOTDIR: "路径中有一段不是文件夹",
        errno.EACCES: "没有权限",
        errno.ENAMETOOLONG: "文件名太长",
    }
    return usual.get(problem.errno or 0) or problem.strerror or str(problem)


def read(paths: Iterable[Path]) -> Iterator[Imported | Failure]:
    """Every table of every file, and every failure, in order."""
    for path in paths:
        try:
            tables = read_one(path)
        except BadInput as problem:
            yield Failure(path, problem.problems)
            continue
        yield from (Imported(path, table) for table in tables)
