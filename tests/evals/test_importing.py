"""How a read file is scored: rows, header fields, what is left to a person; on tables made by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.schema import Funds, Goal, Goals, Indicator, PastTable, PerformanceTable, Project, Unresolved
from assistant.values import parse_value
from evals.importing import FIXTURES, read
from evals.importing_scores import SUFFIX, Expected, Tally, read_expected, same_row, score

ROWS = [
    {"level1": "产出指标", "level2": "数量指标", "name": "发放教材", "value": "≥9000册"},
    {"level1": "产出指标", "level2": "时效指标", "name": "课前到书率", "value": "=100%"},
    {"level1": "效益指标", "level2": "社会效益指标", "name": "减轻学生负担", "value": None},
]


def _row(level1: str, level2: str, name: str, value: str | None) -> Indicator:
    return Indicator.model_validate(
        {"level1": level1, "level2": level2, "name": name, "value": parse_value(value) if value else None}
    )


def _past(rows: list[dict[str, Any]], **more: Any) -> PastTable:
    table = PerformanceTable(indicators=tuple(_row(**row) for row in rows), **more)
    return PastTable(id="1", table=table)


def _expected(rows: list[dict[str, Any]], **more: Any) -> Expected:
    return Expected("clean", "01", [{"header": {}, "rows": rows, **more}])


def test_a_table_read_as_expected_scores_one() -> None:
    scored = score(_expected(ROWS), [_past(ROWS)])
    assert scored.rows == Tally(3, 3, 3)
    assert scored.rows.f1 == scored.tables.f1 == 1
    assert not scored.wrong


def test_a_lost_row_costs_recall_and_an_invented_one_precision() -> None:
    invented = {**ROWS[0], "name": "发放教辅"}
    scored = score(_expected(ROWS), [_past([*ROWS[:2], invented])])
    assert (scored.rows.precision, scored.rows.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert [line.partition(" ")[0] for line in scored.wrong] == ["没有读到", "多读出"]


@pytest.mark.parametrize(
    ("written", "read_as", "right"),
    [
        ("≥9000册", "≧ 9000 册", True),
        ("≥90%", ">=90.00%", True),
        ("≥90%", "90%", False),
        ("持续改善", "持续\n改善", True),
        ("≥9000册", None, False),
        (None, "≥9000册", False),
        (None, None, True),
    ],
)
def test_values_are_compared_by_what_they_mean(written: str | None, read_as: str | None, right: bool) -> None:
    row = {**ROWS[0], "value": written}
    assert same_row(row, _row("产出指标", "数量指标", "发放教材", read_as)) is right


def test_names_are_compared_without_white_space_and_levels_count() -> None:
    assert same_row(ROWS[0], _row("产出指标", "数量指标", "发放 教\n材", "≥9000册"))
    assert not same_row(ROWS[0], _row("产出指标", "质量指标", "发放教材", "≥9000册"))


def test_one_of_several_values_may_stand_and_optional_rows_do_not_count() -> None:
    either = {**ROWS[0], "value": ["20", None]}
    scored = score(_expected([either], optional=[ROWS[1]]), [_past([{**ROWS[0], "value": "20"}, ROWS[1]])])
    assert scored.rows == Tally(1, 1, 1)


def test_rows_in_the_wrong_table_are_wrong() -> None:
    expected = Expected("clean", "10", [{"header": {}, "rows": ROWS[:1]}, {"header": {}, "rows": ROWS[1:]}])
    scored = score(expected, [_past(ROWS)])
    assert scored.rows == Tally(2, 3, 3)
    assert scored.tables == Tally(1, 1, 2)


def test_tables_are_paired_by_what_they_share_not_by_their_order() -> None:
    expected = Expected("clean", "10", [{"header": {}, "rows": ROWS[:1]}, {"header": {}, "rows": ROWS[1:]}])
    assert score(expected, [_past(ROWS[1:]), _past(ROWS[:1])]).rows.f1 == 1


def test_header_fields_are_compared_one_by_one() -> None:
    table = _past(
        ROWS,
        fiscal_year=2024,
        project=Project(name="免费 教科书", dept="教育局"),
        funds=(Funds(total=45.6),),
        goals=Goals(annual=Goal(text="课前到书")),
    )
    header = {"project_name": "免费教科书", "dept": "县教育局", "year": 2024, "total": 45.6, "money_unit": "万元"}
    scored = score(Expected("clean", "01", [{"header": header, "rows": ROWS}]), [table])
    assert scored.header == Tally(4, 6, 5)
    assert len(scored.wrong) == 2


def test_a_header_field_that_may_be_left_out_costs_nothing_when_it_is() -> None:
    expected = Expected("clean", "01", [{"header": {"dept": ["县教育局", None]}, "rows": []}])
    assert score(expected, [_past([])]).header == Tally()
    assert score(expected, [_past([], project=Project(dept="县教育局"))]).header == Tally(1, 1, 1)
    assert score(expected, [_past([], project=Project(dept="别的局"))]).header == Tally(0, 1, 0)


def test_what_must_be_left_to_a_person_has_to_be_named() -> None:
    note = Unresolved(field="rows[3]", issue="没有二级指标", raw={"名称": "森林管护\n面积"})
    scored = score(_expected([], unresolved_about=["森林管护面积", "护林员人数"]), [_past([], unresolved=(note,))])
    assert (scored.told.right, scored.told.expected) == (1, 2)
    assert scored.wrong == ("待确认里没有提到 护林员人数",)


def test_a_file_that_cannot_be_read_has_missed_everything(tmp_path: Path) -> None:
    path = tmp_path / "坏.json"
    path.write_text("{", encoding="utf-8")
    told = {"kind": "clean", "family": "01", "tables": [{"header": {"year": 2024}, "rows": ROWS}]}
    path.with_name(path.name + SUFFIX).write_text(json.dumps(told), encoding="utf-8")
    reading = read(path)
    assert "坏.json" in reading.failure
    assert (reading.scored.rows, reading.scored.header) == (Tally(0, 0, 3), Tally(0, 0, 1))


def test_every_fixture_says_what_is_expected_of_it() -> None:
    files = [one for one in FIXTURES.iterdir() if not one.name.endswith(SUFFIX)]
    kinds = {expected.kind for one in files if (expected := read_expected(one))}
    assert len(files) > 100
    assert all(read_expected(one) for one in files)
    assert kinds == {"clean", "torn", "blank", "negative"}
