"""Hostile texts: formulas, control characters, escapes and texts no cell can hold."""

from __future__ import annotations

from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from form_examples import indicator, small_form
from python_calamine import CalamineWorkbook

from assistant.exporters import Blank, Form, Source
from assistant.exporters.texts import CELL_LIMIT, Cleaner, cut
from assistant.exporters.xlsx import workbook_bytes
from assistant.schema import Goal, Goals, PerformanceTable, Project

FORMULAS = ["=100%", "=1+1", "-5", "+8", "@x", '=HYPERLINK("http://x","y")', "=cmd|'/c calc'!A1", "#N/A", "TRUE", "007"]


def sheets(form: Form) -> dict[str, list[str]]:
    """All texts of each sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook_bytes(form)))
    found = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [str(cell) for row in rows for cell in row if cell != ""] for name, rows in found.items()}


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_that_text(text: str) -> None:
    table = PerformanceTable(
        title=text,
        project=Project(name=text, dept=text, unit=text, basis=text),
        goals=Goals(annual=Goal(text=text)),
        indicators=(indicator(name=text, value=text, id=text), indicator(value=None, id="b")),
    )
    form = Form(table, {"b": Blank(text, text)}, (Source(text, text, text, text, text),), (text,), (text,))
    content = workbook_bytes(form)
    with ZipFile(BytesIO(content)) as package:
        xml = b"".join(package.read(name) for name in package.namelist() if "worksheets/sheet" in name)
    assert b"<f>" not in xml and b"<f " not in xml
    found = sheets(form)
    assert found["绩效目标表"].count(text) == 7
    assert found["依据与来源"].count(text) == 6
    assert found["待确认事项"].count(text) == 4


def test_control_characters_are_removed_and_told() -> None:
    form = small_form(indicator(name="机\x00井\x0b数\x1f量", value="≥2\ufffe0眼"))
    found = sheets(form)
    assert {"机井数量", "≥20眼"} <= set(found["绩效目标表"])
    told = "".join(found["待确认事项"])
    assert "U+0000、U+000B、U+001F" in told and "U+FFFE" in told and "表格第" in told


def test_control_characters_in_reasons_and_sources_are_told_too() -> None:
    form = Form(
        small_form(indicator(id="a", value=None)).table,
        {"a": Blank("原\x01因", "问\x02题")},
        (Source("a", "brief", "出\x03处"),),
        ("坏字\ud800符",),
    )
    told = "".join(sheets(form)["待确认事项"])
    assert "原因" in told and "坏字符" in told
    assert all(f"U+{code}" in told for code in ("0001", "0002", "0003", "D800"))


def test_a_text_longer_than_a_cell_is_cut_and_told() -> None:
    goal = "目" * 40_000
    found = sheets(small_form(goals=Goals(annual=Goal(text=goal))))
    assert "目" * CELL_LIMIT in found["绩效目标表"]
    assert any("原文 40000 字" in text and "只保留前 32767 字" in text for text in found["待确认事项"])


def test_the_limit_counts_utf16_units_and_never_halves_a_character() -> None:
    assert cut("𠮷" * 20_000) == "𠮷" * (CELL_LIMIT // 2)
    assert cut("a" * CELL_LIMIT) == "a" * CELL_LIMIT


def test_line_breaks_are_unified_without_a_note() -> None:
    clean = Cleaner()
    assert clean("一\r\n二\r三", "表") == "一\n二\n三"
    assert clean.notes == []


def test_an_escape_pattern_is_kept_literally() -> None:
    with ZipFile(BytesIO(workbook_bytes(small_form(indicator(name="型号_x0041_井"))))) as package:
        assert "型号_x005F_x0041_井" in unescape(package.read("xl/worksheets/sheet1.xml").decode())


def test_markup_in_a_text_is_only_text() -> None:
    name = "<b>井</b>&amp;]]><script>"
    assert name in sheets(small_form(indicator(name=name)))["绩效目标表"]


def test_a_very_long_value_is_spread_so_that_it_can_be_printed() -> None:
    value = "严格按照合同约定执行并完成；" * 200
    assert value in sheets(small_form(indicator(value=value)))["绩效目标表"]
