"""Word documents (.docx, .docm), and the Word 2003 and flat XML that office systems write under .doc or .xml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.carried import CARRIED_NAMESPACE
from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.package import Package
from assistant.importers.placing import Budget
from assistant.importers.safe_xml import local, parse_xml
from assistant.importers.word_numbers import Numbers, read_numbers
from assistant.importers.word_xml import read_body
from assistant.importers.xlsx import relations
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CARRIER = f"{{{CARRIED_NAMESPACE}}}jimu"
_CUSTOM = "customxml/"
_NOTES = {"footnotes": "脚注", "endnotes": "尾注", "header": "页眉", "footer": "页脚"}
_PAGE_NUMBER = "第页共"
_MACROS = "文件带宏，宏没有读取也没有运行，只读了正文"


def read_docx(path: Path, limits: ReadingLimits) -> Document:
    """The body of a document; headers, footers and notes are not part of it, and said when they hold text."""
    with Package(path, limits) as package:
        main = relations(package, "").get("officeDocument", "word/document.xml")
        related = relations(package, main)
        numbers = _numbers(package, main, related)
        parts, notes = read_body(_body(package.xml(main), path), Budget(path, limits), numbers)
        carried = _carried(package)
        said = [*notes, *_beside(package, related)]
        if any(name.endswith("vbaproject.bin") for name in package.names()):
            said.insert(0, _MACROS)
    return Document("docx", parts, carried, tuple(said))


def read_word_xml(path: Path, limits: ReadingLimits) -> Document:
    """A Word document that is one XML file: Word 2003 XML or a flat package."""
    root = parse_xml(path.read_bytes(), path)
    parts, notes = read_body(_body(root, path), Budget(path, limits), Numbers())
    return Document("word2003", parts, "", notes)


def _body(root: Element, path: Path) -> Element:
    body = next((one for one in root.iter() if local(one.tag) == "body"), None)
    if body is None:
        raise UnreadableFile(path, "Word 文件里没有正文，请用原软件重新保存后再导入")
    return body


def _numbers(package: Package, main: str, related: dict[str, str]) -> Numbers:
    """The lists of a document; its styles, often thirty times as long as its text, are read only where they matter."""
    numbering, styles = related.get("numbering", ""), related.get("styles", "")
    if numbering not in package:
        return Numbers()
    content = package.read(main)
    by_style = b"pStyle" in content and styles in package and b"numPr" in package.read(styles)
    if not by_style and b"numPr" not in content:
        return Numbers()
    return read_numbers(package.xml(numbering), package.xml(styles) if by_style else None)


def _carried(package: Package) -> str:
    """The JSON of our own export, empty when no custom part is ours."""
    for name in package.names():
        if name.startswith(_CUSTOM) and name.endswith(".xml") and "/_rels/" not in name and "props" not in name:
            root = package.xml(name)
            if root.tag == _CARRIER:
                return root.text or ""
    return ""


def _beside(package: Package, related: dict[str, str]) -> list[str]:
    """Notes on text outside the body."""
    found = dict.fromkeys(
        label
        for part in dict.fromkeys(related.values())
        for kind, label in _NOTES.items()
        if part.rpartition("/")[2].startswith(kind) and part in package and _has_words(package.xml(part))
    )
    return [f"{'、'.join(found)}里有文字，没有读取"] if found else []


def _has_words(root: Element) -> bool:
    texts = "".join(one.text or "" for one in root.iter() if local(one.tag) == "t")
    return sum("\u4e00" <= letter <= "\u9fff" and letter not in _PAGE_NUMBER for letter in texts) > 1
