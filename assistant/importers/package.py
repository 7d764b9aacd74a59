"""Office files are zip archives: opened here once, with names made plain and bombs refused before unpacking."""

from __future__ import annotations

import lzma
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from assistant.errors import UnreadableFile
from assistant.importers.safe_xml import parse_xml
from assistant.reading_limits import MEGABYTE, ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BROKEN_ZIP = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,
    ValueError,
    struct.error,
    OSError,
    IndexError,
)
"""What zipfile raises on damaged archives; RuntimeError also stands for an encrypted member."""
_ENCRYPTED = 0x1
_SMALL = 10 * MEGABYTE
"""Members below cannot hurt, however well they pack: a sheet of a thousand empty columns packs by hundreds."""


class Package:
    """An opened office file; raises `UnreadableFile` for whatever is wrong with it."""

    def __init__(self, path: Path, limits: ReadingLimits) -> None:
        self.path = path
        try:
            self._zip = ZipFile(path)
        except BROKEN_ZIP as problem:
            raise UnreadableFile(path, "文件不完整或已损坏，请用原软件重新保存后再导入") from problem
        try:
            refuse_bomb(path, self._zip.infolist(), limits)
        except UnreadableFile:
            self._zip.close()
            raise
        self._parts = {part_name(info.filename): info for info in self._zip.infolist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> tuple[str, ...]:
        """The plain names of all parts, in lower case."""
        return tuple(self._parts)

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._parts

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """A part to be read piece by piece."""
        try:
            with self._zip.open(self._parts[part_name(name)]) as source:
                yield source
        except KeyError as problem:
            raise UnreadableFile(self.path, f"文件里缺少 {name}，可能已损坏，请用原软件重新保存后再导入") from problem
        except BROKEN_ZIP as problem:
            raise UnreadableFile(self.path, f"文件里的 {name} 已损坏，请用原软件重新保存后再导入") from problem

    def read(self, name: str) -> bytes:
        """A part as bytes."""
        with self.stream(name) as source:
            return source.read()

    def xml(self, name: str) -> Element:
        """A part as XML."""
        return parse_xml(self.read(name), self.path, name)


def part_name(name: str) -> str:
    """A part's name as the rest of the package refers to it: some programs write backslashes or other capitals."""
    return name.replace("\\", "/").lstrip("/").lower()


def refuse_bomb(path: Path, members: list[ZipInfo], limits: ReadingLimits) -> None:
    """Raise `UnreadableFile` when unpacking would take more than the limits allow.

    zipfile never hands out more than the size a member declares, so the declared sizes are a safe measure.
    """
    if len(members) > limits.most_members:
        raise UnreadableFile(path, f"里面有 {len(members)} 个文件，超过 {limits.most_members} 个，请拆分后再导入")
    unpacked = sum(one.file_size for one in members)
    if unpacked > limits.most_unpacked_mb * MEGABYTE:
        raise UnreadableFile(path, f"解压后超过 {limits.most_unpacked_mb} MB，没有解压，请拆分后再导入")
    for one in members:
        if one.file_size > _SMALL and one.file_size > limits.largest_ratio * max(one.compress_size, 1):
            raise UnreadableFile(path, f"压缩比超过 {limits.largest_ratio} 倍，可能是压缩炸弹，没有解压")


def is_encrypted(info: ZipInfo) -> bool:
    """Tell whether a member needs a password."""
    return bool(info.flag_bits & _ENCRYPTED)
