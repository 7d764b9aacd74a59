"""XML that may be hostile [door: defusedxml]: no document types, no entities, a bounded number of elements."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError, XMLPullParser, fromstring

from assistant.errors import UnreadableFile
from assistant.importers.encodings import decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ELEMENTS = 3_000_000
_DOCTYPE = "<!DOCTYPE"
_CHUNK = 65_536
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BROKEN_XML = (ParseError, ValueError, LookupError, AssertionError)
"""What parsing raises: not well-formed, forbidden by defusedxml (a ValueError), unknown encodings, cut events."""


def parse_xml(data: bytes, path: Path, part: str = "") -> Element:
    """The root element; raises `UnreadableFile` for XML that is broken, too large or brings its own entities."""
    from defusedxml.ElementTree import fromstring as guarded

    if data.count(b"<") > MOST_ELEMENTS:
        raise UnreadableFile(path, f"{part or '文件'}的内容太多，请拆分后再导入")
    text = _NOT_XML.sub("", decode(data).text)
    # defusedxml reads element by element in Python, ten times slower. Without these letters there is no document type,
    # and without a document type no entity: the text is decoded, so no encoding can hide them.
    try:
        root: Element = guarded(text, forbid_dtd=True) if _DOCTYPE in text else fromstring(text)  # noqa: S314
    except BROKEN_XML as problem:
        raise broken_xml(problem, path, part) from problem
    return root


def stream_xml(source: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """Start and end events of a large part; the caller catches `BROKEN_XML` and clears what it has read."""
    from defusedxml.common import DTDForbidden

    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    chunk = source.read(_CHUNK)
    utf16 = chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")("replace")
    tail = ""
    while chunk:
        text = decoder.decode(chunk)
        if _DOCTYPE in tail + text:
            raise DTDForbidden("", None, None)
        tail = text[1 - len(_DOCTYPE) :]
        parser.feed(_NOT_XML.sub("", text))
        yield from parser.read_events()  # type: ignore[misc]  # start and end events carry elements
        chunk = source.read(_CHUNK)
    parser.close()


def broken_xml(problem: Exception, path: Path, part: str) -> UnreadableFile:
    """The refusal of an XML part that cannot be parsed."""
    from defusedxml.common import DefusedXmlException

    where = f"（{part}）" if part else ""
    if isinstance(problem, DefusedXmlException):
        return UnreadableFile(path, f"文件里的 XML{where}自带实体或文档类型声明，可能有害，没有读取")
    return UnreadableFile(path, f"文件里的 XML{where}不完整或已损坏，请用原软件重新保存后再导入")


def local(tag: object) -> str:
    """An element's name without its namespace; comments and instructions have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its name, whatever its namespace (strict and transitional files differ there)."""
    direct = element.get(name)
    if direct is not None:
        return direct
    return next((value for key, value in element.items() if local(key) == name), default)


def number(text: str, default: int = 0, *, most: int = 1_000_000_000) -> int:
    """A whole number from hostile text, between 0 and `most`."""
    plain = text.strip()
    return min(int(plain), most) if plain.isascii() and plain.isdigit() and len(plain) <= 12 else default
