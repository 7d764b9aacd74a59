"""Bytes of a text file to text: Chinese files come as UTF-8, GB18030 (GBK, GB2312), Big5 or UTF-16, often unmarked."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_HEAD = 4096
MOST_LINES = 1_000_000
"""Lines or tags of a text read at most: each costs hundreds of bytes of memory."""
_FEW_BROKEN = 0.02
"""Share of characters that may be broken before UTF-8 is given up as the encoding."""
_LATIN = ("iso-8859-1", "windows-1252", "ascii")


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was in, and how many of its characters could not be read."""

    text: str
    encoding: str
    broken: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know: characters that are lost."""
        return (f"有 {self.broken} 个字符按 {self.encoding} 编码读不出来，已用 � 代替",) if self.broken else ()


def read_decoded(path: Path) -> Decoded:
    """The text of a file; raises `UnreadableFile` when it has too many lines or tags to be anybody's form."""
    data = path.read_bytes()
    if data.count(b"\n") > MOST_LINES or data.count(b"<") > MOST_LINES:
        raise UnreadableFile(path, f"内容超过 {MOST_LINES} 行，请只保留绩效目标表所在的部分再导入")
    return decode(data)


def decode(data: bytes) -> Decoded:
    """The text of some bytes; the content decides, a declared charset only where the content allows it.

    Characters no encoding explains become U+FFFD and are counted.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replaced(data, encoding)
    silent = _unmarked_utf16(data)
    if silent:
        return _replaced(data, silent)
    for encoding in ("utf-8", *_declared(data), "gb18030"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue  # the next encoding is tried; the last resort below counts what is lost
    utf8, chinese = _replaced(data, "utf-8"), _replaced(data, "gb18030")
    foreign = sum(one > "\x7f" for one in utf8.text)
    return utf8 if utf8.broken <= max(1, foreign * _FEW_BROKEN) else chinese


def _declared(data: bytes) -> list[str]:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return []
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return []
    unlikely = name in _LATIN or name.startswith(("utf", "gb", "hz")) or not codecs.lookup(name)._is_text_encoding
    return [] if unlikely else [name]


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark shows in the zero bytes of its digits, blanks and line ends."""
    head = data[:_HEAD]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even == odd or min(even, odd) > max(even, odd) * _FEW_BROKEN:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _replaced(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding.removesuffix("-sig"), text.count("\ufffd"))
