"""What we export comes back as itself, with exactly what a person changed on the form."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from assistant.exporters import Form, export
from assistant.importers import read_one
from assistant.schema import Goal, Goals, Indicator, PerformanceTable, Project
from assistant.values import parse_value

ROWS = (
    ("r1", "产出指标", "数量指标", "养护里程", "≥80公里"),
    ("r2", "产出指标", "数量指标", "巡查次数", "≥12次"),
    ("r3", "产出指标", "质量指标", "路面完好率", None),
    ("r4", "产出指标", "成本指标", "每公里成本", "≤1.5万元"),
    ("r5", "效益指标", "社会效益指标", "安全出行率", "≥95%"),
)


def table() -> PerformanceTable:
    return PerformanceTable(
        table_id="养护-2024",
        fiscal_year=2024,
        project=Project(name="村道养护", dept="县交通局", unit="县公路站", basis="某号文"),
        goals=Goals(annual=Goal(text="养护村道，保障通行。", confidence=0.9)),
        indicators=tuple(
            Indicator(
                id=number,
                level1=one,  # type: ignore[arg-type]
                level2=two,  # type: ignore[arg-type]
                name=name,
                value=parse_value(value) if value else None,
                explanation=f"{name}的口径",
            )
            for number, one, two, name, value in ROWS
        ),
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize("layout", ["central_2015", "central_2021", "two_column", "annual"])
def test_an_untouched_file_comes_back_as_the_same_table(tmp_path: Path, suffix: str, layout: str) -> None:
    out = tmp_path / f"表{suffix}"
    export(Form(table()), out, layout=layout)
    (back,) = read_one(out)
    assert (back.id, back.table) == ("养护-2024", table())


def edited(path: Path, change: dict[str, str | None]) -> PerformanceTable:
    """The table of a workbook in which some cells were written over, found by their text."""
    export(Form(table()), path, layout="annual")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value in change:
                cell.value = change[cell.value]
                cell.data_type = "s" if cell.value else "n"
    book.save(path)
    (back,) = read_one(path)
    return back.table


def test_what_was_changed_in_excel_is_the_only_difference(tmp_path: Path) -> None:
    back = edited(
        tmp_path / "表.xlsx",
        {"≥80公里": "≥90公里", "巡查次数": "日常巡查次数", "养护村道，保障通行。": "养护村道80公里。", "≥95%": None},
    )
    old, new = table(), {row.id: row for row in back.indicators}
    assert back.goals.annual.text == "养护村道80公里。"
    assert new["r1"].value == parse_value("≥90公里") and new["r1"].explanation == "养护里程的口径"
    assert new["r2"].name == "日常巡查次数" and new["r2"].value == old.indicators[1].value
    assert new["r5"].value is None
    assert (new["r3"], new["r4"], back.project) == (old.indicators[2], old.indicators[3], old.project)


def test_rows_put_in_and_taken_out_in_excel_are_new_and_gone(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    export(Form(table()), path, layout="annual")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "每公里成本")
    value = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "≤1.5万元")
    place.value, value.value = None, None
    book.save(path)
    (back,) = read_one(path)
    assert [row.id for row in back.table.indicators] == ["r1", "r2", "r3", "r5"]


def test_a_carried_table_that_was_damaged_is_said_and_the_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    export(Form(table()), path, layout="annual")
    book = openpyxl.load_workbook(path)
    book["jimu"]["A1"].value = '{"indicators": [{"level1": "坏"}]}'
    book.save(path)
    (back,) = read_one(path)
    assert [row.name for row in back.table.indicators] == [name for _, _, _, name, _ in ROWS]
    assert any("原表读不出来" in one.issue for one in back.table.unresolved)


def saved_again(path: Path) -> None:
    """What LibreOffice makes of our hidden sheet: hidden, no longer veryHidden."""
    book = openpyxl.load_workbook(path)
    book["jimu"].sheet_state = "hidden"
    book.save(path)


def test_a_workbook_another_program_saved_comes_back_and_its_lists_are_no_tables(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    export(Form(table(), questions=("资金从哪里来？",)), path, layout="annual")
    saved_again(path)
    assert [one.table for one in read_one(path)] == [table()]
    book = openpyxl.load_workbook(path)
    del book["jimu"]
    book.save(path)
    (alone,) = read_one(path)
    assert [row.name for row in alone.table.indicators] == [name for _, _, _, name, _ in ROWS]


def test_cells_that_were_cleared_are_empty_and_another_year_is_another_year(tmp_path: Path) -> None:
    back = edited(tmp_path / "表.xlsx", {"村道养护": None, "县公路站": None, "（2024年度）": "（2025年度）"})
    assert (back.project.name, back.project.unit, back.project.dept, back.fiscal_year) == (None, None, "县交通局", 2025)
    assert back.project.basis == "某号文"


def test_two_rows_of_one_name_keep_two_ids(tmp_path: Path) -> None:
    back = edited(tmp_path / "表.xlsx", {"巡查次数": "养护里程"})
    assert [row.id for row in back.indicators] == ["r1", "r2", "r3", "r4", "r5"]
    assert [row.name for row in back.indicators][:2] == ["养护里程", "养护里程"]


def test_a_draft_without_a_number_comes_back_under_one_and_edits_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "草稿.xlsx"
    export(Form(table().model_copy(update={"table_id": ""})), path, layout="annual")
    (first,) = read_one(path)
    book = openpyxl.load_workbook(path)
    cell = next(one for row in book.worksheets[0].iter_rows() for one in row if one.value == "≥80公里")
    cell.value = "≥85公里"
    book.save(path)
    (second,) = read_one(path)
    assert first.id == second.id != "" and first.table != second.table
