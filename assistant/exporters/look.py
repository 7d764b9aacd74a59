"""How the sheets look: fonts, borders, fills and the A4 page, one place for all of them."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.exporters.grid import Role

FONT, FILLED = (
    "宋体",
    "仿宋",
)  # on every Windows and WPS, which 仿宋_GB2312 is not; the family leads to a like one elsewhere
A4 = 9
FOOTER = "第 &P 页"

_THIN = Side(style="thin", color="FF000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="FFE7E6E6")
_CHINESE, _ROMAN, _MODERN = 134, 1, 3  # character set and font families as Excel numbers them
_LABEL = Font(name=FONT, size=10.5, charset=_CHINESE, family=_ROMAN)
_BODY = Font(name=FILLED, size=10.5, charset=_CHINESE, family=_MODERN)
_BOLD = Font(name=FONT, size=10.5, bold=True, charset=_CHINESE, family=_ROMAN)
_TITLE = Font(name=FONT, size=16, bold=True, charset=_CHINESE, family=_ROMAN)

_HORIZONTAL: dict[Role, str] = {"text": "left", "unit": "right"}
_FONTS: dict[Role, Font] = {"title": _TITLE, "label": _LABEL, "caption": _LABEL, "unit": _LABEL}
_UNBOXED: tuple[Role, ...] = ("title", "caption", "unit")


def dress(cell: SheetCell, role: Role) -> None:
    """Font, alignment, border and fill of one form cell."""
    cell.font = _FONTS.get(role, _BODY)
    sideways, indent = _HORIZONTAL.get(role, "center"), 1 if role == "text" else 0
    cell.alignment = Alignment(horizontal=sideways, vertical="center", wrap_text=True, indent=indent)
    if role not in _UNBOXED:
        cell.border = _BOX


def dress_list(cell: SheetCell, *, heading: bool) -> None:
    """Look of a cell in the lists behind the form."""
    cell.font = _BOLD if heading else _BODY
    centred = heading or cell.column == 1
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    cell.border = _BOX
    if heading:
        cell.fill = _GREY


def amount_format(amount: Decimal) -> str:
    """A number format with exactly the decimals the amount has."""
    exponent = amount.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * places}" if places else "0"


def lay_out(sheet: Worksheet, *, area: str, repeated_row: int, landscape: bool = False, one_page: bool = False) -> None:
    """A4, one page wide (and high if asked), centred, with page numbers; `repeated_row` is printed on every page."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom = 0.55, 0.65
    margins.header = margins.footer = 0.3
    footer = cast(HeaderFooterItem, sheet.oddFooter)
    footer.center.text, footer.center.size = FOOTER, 9
    sheet.print_area = area
    sheet.print_title_rows = f"{repeated_row}:{repeated_row}"
