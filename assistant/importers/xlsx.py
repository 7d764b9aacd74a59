"""Excel workbooks (.xlsx, .xlsm): the parts of the package put together; the cells are read in `sheet_xml`.

Read by part, not through openpyxl: that refuses styles other office programs write, holds a million-row sheet in memory
whole, and shows a formula or its last result, never both. Macros are never looked at.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.carried import CARRIED_SHEET, ROW_ANCHOR
from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.number_formats import BUILT_IN
from assistant.importers.package import Package
from assistant.importers.safe_xml import attribute, local, number
from assistant.importers.sheet_xml import Book, read_sheet, rich_text
from assistant.importers.sheets import Place, Sheet, parts_of, place_of
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MACROS = "文件带宏，宏没有读取也没有运行，只读了单元格"


def read_xlsx(path: Path, limits: ReadingLimits) -> Document:
    """The sheets of a workbook."""
    with Package(path, limits) as package:
        main = _main_part(package)
        workbook = package.xml(main)
        targets = relations(package, main)
        book = Book(
            strings=_shared_strings(package, targets),
            formats=_formats(package, targets),
            epoch_1904=_epoch_1904(workbook),
            room=limits.most_cells,
        )
        anchors = _anchors(workbook)
        carried = ""
        sheets: list[Sheet] = []
        read_parts: set[str] = set()
        for entry in (one for one in workbook.iter() if local(one.tag) == "sheet"):
            target = targets.get(_relation_id(entry), "")
            if target not in package or "worksheets" not in target or target in read_parts:
                continue  # chart and dialog sheets hold no cells; no part is read twice
            read_parts.add(target)
            state = entry.get("state", "visible")
            sheet = Sheet(entry.get("name", ""), hidden=state in ("hidden", "veryHidden"))
            sheet.anchors = anchors.get(sheet.name, {})
            read_sheet(package, target, book, sheet)
            if state != "visible" and sheet.name == CARRIED_SHEET:  # LibreOffice writes veryHidden back as hidden
                carried = "".join(cell.text for (_, column), cell in sorted(sheet.cells.items()) if column == 0)
            else:
                sheets.append(sheet)
        macros = any(name.endswith("vbaproject.bin") for name in package.names())
    parts, notes = parts_of(sheets)
    if not parts and any(sheet.cut for sheet in sheets):
        raise UnreadableFile(path, notes[0])
    return Document("xlsx", parts, carried, (*([_MACROS] if macros else []), *notes))


def relations(package: Package, part: str) -> dict[str, str]:
    """The parts another part refers to, by relation id and – for the single ones – by kind."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, str] = {}
    if listing not in package:
        return found
    for one in package.xml(listing):
        if one.get("TargetMode") == "External":
            continue
        target = one.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[one.get("Id", "")] = full
        found.setdefault(one.get("Type", "").rpartition("/")[2], full)
    return found


def _main_part(package: Package) -> str:
    return relations(package, "").get("officeDocument", "xl/workbook.xml")


def _relation_id(entry: Element) -> str:
    return next((value for key, value in entry.items() if local(key) == "id" and key != "id"), "")


def _shared_strings(package: Package, targets: dict[str, str]) -> list[str]:
    part = targets.get("sharedStrings", "")
    return [rich_text(one) for one in package.xml(part) if local(one.tag) == "si"] if part in package else []


def _formats(package: Package, targets: dict[str, str]) -> list[str]:
    """The number format of each cell style."""
    part = targets.get("styles", "")
    if part not in package:
        return []
    codes = dict(BUILT_IN)
    styles: list[str] = []
    for group in package.xml(part):
        if local(group.tag) == "numFmts":
            codes |= {number(attribute(one, "numFmtId")): attribute(one, "formatCode") for one in group}
        elif local(group.tag) == "cellXfs":
            styles += [codes.get(number(attribute(one, "numFmtId")), "General") for one in group]
    return styles


def _epoch_1904(workbook: Element) -> bool:
    return any(local(one.tag) == "workbookPr" and one.get("date1904") in ("1", "true") for one in workbook)


def _anchors(workbook: Element) -> dict[str, dict[Place, str]]:
    """Defined names of ours, by sheet and place."""
    found: dict[str, dict[Place, str]] = {}
    for one in (one for one in workbook.iter() if local(one.tag) == "definedName"):
        name = one.get("name", "")
        sheet, _, reference = (one.text or "").rpartition("!")
        place = place_of(reference.partition(":")[0])
        if name.startswith(ROW_ANCHOR) and place is not None:
            title = sheet.removeprefix("'").removesuffix("'").replace("''", "'")
            found.setdefault(title, {})[place] = name
    return found
