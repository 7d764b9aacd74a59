"""Which files an import covers, and how each becomes past tables: JSON as it is, anything else by content."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from assistant.errors import BadInput, UnreadableFile
from assistant.importers.archive import Room, members
from assistant.importers.detection import SUFFIXES, format_of
from assistant.importers.document import Document
from assistant.importers.encodings import read_decoded
from assistant.importers.formats import read_document
from assistant.importers.grid import is_blank_form, tables_of
from assistant.importers.half_pages import is_torn, read_text
from assistant.importers.json_table import read_json, read_json_lines
from assistant.reading_limits import DEFAULT_READING_LIMITS, MEGABYTE, ReadingLimits
from assistant.schema import PastTable

FIXED, RECORD = "-已修正", "-修正记录"
"""Endings of the files `jimu check --fix` writes; in a folder they are passed over."""
_OWN = re.compile(f"(?:{FIXED}|{RECORD})(?:-\\d+)?[.]json$")
_LOCK = "~$"
_JSON: dict[str, Callable[[str, Path], Iterable[PastTable]]] = {".json": read_json, ".jsonl": read_json_lines}
_ID_DIGITS = 8
_BLANK = "是空白表样，没有一行填写了指标名称，没有读入"
_NO_TABLE = "没有找到绩效目标表（要有“三级指标”“指标值”这样的表头），请检查文件内容"


@dataclass(frozen=True)
class Imported:
    """One table read from a file; a member of an archive has the archive's path before its own."""

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
                said = _passed_over(one)
                if said is None:
                    files.setdefault(one.resolve(), one)
                else:
                    passed_over.append(said)
        elif path.exists():
            files.setdefault(path.resolve(), path)
        else:
            passed_over.append(Failure(path, (f"{path}：没有这个文件或文件夹",)))
    return list(files.values()), passed_over


def _passed_over(path: Path) -> Failure | None:
    """Why a file of a folder or archive is not read, None when it is."""
    if _OWN.search(path.name):
        return Failure(path, (f"{path}：是检查时写的修正文件，已跳过",), harmless=True)
    if path.name.startswith(_LOCK):
        return Failure(path, (f"{path}：是 Office 打开文件时的临时文件，已跳过",), harmless=True)
    if path.suffix.lower() not in SUFFIXES:
        return Failure(path, (f"{path}：暂不支持 {path.suffix or '无后缀'} 格式，已跳过",))
    return None


def read_one(path: Path, limits: ReadingLimits = DEFAULT_READING_LIMITS) -> tuple[PastTable, ...]:
    """All tables of one file; raises a `BadInput` that says what is wrong with it when it gives none."""
    found = list(_read(path, path, limits, Room.of(limits)))
    tables = tuple(one.table for one in found if isinstance(one, Imported))
    if not tables:
        raise BadInput(*(line for one in found if isinstance(one, Failure) for line in one.problems))
    return tables


def read(paths: Iterable[Path], limits: ReadingLimits = DEFAULT_READING_LIMITS) -> Iterator[Imported | Failure]:
    """Every table of every file, and every failure, in order."""
    for path in paths:
        yield from _settled(path, path, limits, Room.of(limits))


def _settled(
    file: Path, shown: Path, limits: ReadingLimits, room: Room, depth: int = 0
) -> Iterator[Imported | Failure]:
    """What one file gives, a refusal turned into a failure under the name a person knows."""
    try:
        yield from _read(file, shown, limits, room, depth)
    except UnreadableFile as problem:
        yield Failure(shown, (f"{shown}：{problem.reason}",))
    except BadInput as problem:
        yield Failure(shown, tuple(_naming(shown, line) for line in problem.problems))


def _naming(shown: Path, line: str) -> str:
    return line if line.startswith(str(shown)) else f"{shown}：{line}"


def _read(file: Path, shown: Path, limits: ReadingLimits, room: Room, depth: int = 0) -> Iterator[Imported | Failure]:
    refuse_unreadable(file, limits)
    suffix = shown.suffix.lower()
    if suffix in _JSON:
        yield from _imported(shown, _JSON[suffix](_utf8(file), shown))
        return
    found = _format(file)
    if found == "zip":
        yield from _read_archive(file, shown, limits, room, depth)
        return
    document = _document(file, shown, found, limits)
    if found == "txt" and is_torn(text := read_decoded(file).text):
        yield from (Imported(shown, _told_apart(table, frozenset())) for table in read_text(text, shown))
        return
    own = _carried_ids(document)
    found_tables = tables_of(document, shown.stem.encode("utf-8", "replace").decode())
    if not found_tables:
        why = _BLANK if is_blank_form(document) else _NO_TABLE
        yield Failure(shown, tuple(f"{shown}：{line}" for line in (why, *document.notes)))
    for one in found_tables:
        if isinstance(one, str):
            yield Failure(shown, (f"{shown}：{one}",))
        else:
            yield Imported(shown, _told_apart(one, own))


def _document(file: Path, shown: Path, found: str, limits: ReadingLimits) -> Document:
    """A file's content, with a note when it is not what its suffix says."""
    document = read_document(file, found, limits)
    promised = SUFFIXES.get(shown.suffix.lower())
    if promised == found or {promised, found} == {"excel2003", "word2003"}:
        return document
    note = f"后缀是 {shown.suffix or '空'}，内容是 {found}，已按内容读取"
    return replace(document, notes=(note, *document.notes))


def _imported(path: Path, tables: Iterable[PastTable]) -> Iterator[Imported]:
    """The tables of a JSON file, of which there must be one at least."""
    found = [Imported(path, table) for table in tables]
    if not found:
        raise UnreadableFile(path, "里面一张表也没有，请检查文件内容")
    yield from found


def _read_archive(
    file: Path, shown: Path, limits: ReadingLimits, room: Room, depth: int
) -> Iterator[Imported | Failure]:
    """What the members of an archive give; one bad member never stops the others."""
    if depth >= limits.deepest_archive:
        raise UnreadableFile(shown, f"压缩包嵌套超过 {limits.deepest_archive} 层，没有再往里解压，请解压后再导入")
    empty = True
    for member in members(file, limits, room):
        empty = False
        name = shown / member.name
        if member.file is None:
            yield Failure(name, (f"{name}：{member.problem}",))
        elif (said := _passed_over(name)) is not None:
            yield said
        else:
            yield from _settled(member.file, name, limits, room, depth + 1)
    if empty:
        raise UnreadableFile(shown, "是空的压缩包，里面没有文件")


def _format(path: Path) -> str:
    try:
        return format_of(path)
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _carried_ids(document: Document) -> frozenset[str]:
    """The ids in the table a file of ours carries; such a table comes back as itself."""
    try:
        data = json.loads(document.carried) if document.carried else None
    except (ValueError, RecursionError):
        return frozenset()  # not ours after all: the reader of the grid says so
    inner = data.get("table") if isinstance(data, dict) else None
    holders = [one for one in (data, inner) if isinstance(one, dict)]
    return frozenset(str(one[key]) for one in holders for key in ("id", "table_id") if one.get(key))


def _told_apart(table: PastTable, own: frozenset[str]) -> PastTable:
    """The table under an id no other content has: files of different folders are often named alike."""
    if table.id in own:
        return table
    content = table.table.model_dump_json(exclude={"table_id"})
    identity = f"{table.id}-{sha256(content.encode()).hexdigest()[:_ID_DIGITS]}"
    return table.model_copy(update={"id": identity, "table": table.table.model_copy(update={"table_id": identity})})


def refuse_unreadable(path: Path, limits: ReadingLimits) -> None:
    """Refuse what must not be opened at all: folders, pipes and devices, which never end, and files over the limit."""
    try:
        status = path.stat()
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    if path.is_dir():
        raise UnreadableFile(path, "这是文件夹，不是文件")
    if not path.is_file():
        raise UnreadableFile(path, "不是普通文件（是管道或设备），不能读取，请换成文档本身")
    size = status.st_size
    if size > limits.largest_file_mb * MEGABYTE:
        raise UnreadableFile(path, f"文件超过 {limits.largest_file_mb} MB，请拆分后再导入")


def _utf8(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile(path, "不是 UTF-8 编码的文本，请另存为 UTF-8 后重试") from problem
    except OSError as problem:
        raise _unreadable(path, problem) from problem


def _unreadable(path: Path, problem: OSError) -> UnreadableFile:
    return UnreadableFile(path, f"读不出来（{why_unreadable(problem)}），请检查文件是否存在、是否有权限")


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
