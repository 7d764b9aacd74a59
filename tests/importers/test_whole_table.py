"""Whole tables as people write them: what is no cell of the schema stays beside the table, for the checks to name."""

from pathlib import Path

import pytest

from assistant.checks import check
from assistant.errors import BadTable
from assistant.importers.json_table import table_from_json

ROW = {"id": "r1", "level1": "产出", "level2": "产出数量", "name": "培训人次", "value": "≥300人次"}


def read(**changes):
    data = {"form_generation": "2021", "indicators": [ROW], "funds": [{"total": 30, "fiscal": 30}], **changes}
    return table_from_json(data, Path("表.json")).table


def test_levels_in_other_words_and_values_as_text_are_read() -> None:
    (row,) = read().indicators
    assert (row.level1, row.level2) == ("产出指标", "数量指标") and row.value and row.value.number == 300


def test_a_table_that_names_no_variant_gets_that_of_its_generation_and_region() -> None:
    assert read().form_dialect == "central_2021" and read(region="河南省").form_dialect == "henan"


@pytest.mark.parametrize(
    ("row", "issue"),
    [
        ({"name": ""}, "没有指标名称"),
        ({"level2": "创新指标"}, "二级指标“创新指标”不在词表，需要人工归类"),
        ({"level1": "管理指标"}, "一级指标“管理指标”不在词表，需要人工归类"),
    ],
)
def test_a_row_that_cannot_be_placed_is_kept_with_the_reason(row: dict, issue: str) -> None:
    table = read(indicators=[{**ROW, **row}])
    (doubt,) = table.unresolved
    assert not table.indicators and doubt.issue == issue and doubt.raw and doubt.raw["value"] == "≥300人次"


def test_an_empty_row_of_the_form_is_counted_as_one() -> None:
    empty = {"level1": "效益指标", "level2": "生态效益指标", "name": " ", "value": ""}
    assert read(indicators=[ROW, empty]).empty_template_rows == ("效益指标/生态效益指标",)


@pytest.mark.parametrize(
    ("funds", "said"),
    [
        ({"total": 30, "fiscal": "三十万"}, "财政拨款写的是“三十万”，请填数"),
        ({"total": 30, "fiscal": 30, "unit": ""}, "金额单位没有写明，请写万元或元"),
    ],
)
def test_money_that_is_no_amount_is_a_finding_and_not_an_error(funds: dict, said: str) -> None:
    messages = [finding.message for finding in check(read(funds=[funds])) if finding.rule == "F04"]
    assert any(said in message for message in messages)


def test_amounts_written_with_commas_are_amounts() -> None:
    assert read(funds=[{"total": "1,200.5"}]).funds[0].total == pytest.approx(1200.5)


@pytest.mark.parametrize("changes", [{"indicators": "三行"}, {"funds": 3}, {"unresolved": True}, {"indicators": [3]}])
def test_what_is_no_table_is_refused(changes: dict) -> None:
    with pytest.raises(BadTable):
        read(**changes)
