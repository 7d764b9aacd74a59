"""Past tables from JSON: what is read, what is kept for a person, what is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput, BadTable, UnreadableFile, UnsupportedFormat
from assistant.importers import NO_SUCH_CELL, Failure, Imported, find_files, read, read_one
from assistant.importers.json_table import table_from_json
from assistant.resources import corpus_folder
from assistant.schema import PastTable, Unresolved
from assistant.values import render

ROW = {"level1": "产出指标", "level2": "数量指标", "name": "培训人次", "value": "≥300人次"}
FLAT = {
    "id": "培训-01",
    "source": "某县公开",
    "year": 2024,
    "region": "河南省",
    "project_name": "干部培训",
    "department": "县委组织部",
    "unit": "县委党校",
    "attribute": "经常性项目",
    "budget_wan": 45.5,
    "goal_summary": "培训干部300人次。",
    "indicators": [ROW],
}
PATH = Path("文件.json")


def flat(**changes: object) -> PastTable:
    return table_from_json({**FLAT, **changes}, PATH)


def rowed(**changes: object) -> PastTable:
    return flat(indicators=[ROW, {**ROW, **changes}])


def write(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def open_matters(past: PastTable) -> list[Unresolved]:
    """What a person has to settle, without the cells the flat format does not have."""
    return [one for one in past.table.unresolved if one.issue != NO_SUCH_CELL]


def test_the_flat_format_says_which_cells_it_cannot_hold() -> None:
    silent = [one.field for one in flat().table.unresolved if one.issue == NO_SUCH_CELL]
    assert silent == [
        "funds[0].fiscal",
        "funds[0].carryover",
        "funds[0].other",
        "funds[0].special_account",
        "funds[0].unit_fund",
        "project.period",
        "goals.overall.text",
    ]


def test_every_field_of_the_flat_format_is_read() -> None:
    past = flat()
    project = past.table.project
    assert (past.id, past.origin, past.source, past.table.fiscal_year) == ("培训-01", "published", "某县公开", 2024)
    assert (project.name, project.dept, project.unit) == ("干部培训", "县委组织部", "县委党校")
    assert (past.budget_wan, past.goal_text) == (Decimal("45.5"), "培训干部300人次。")
    assert open_matters(past) == []


def test_only_the_indicators_are_needed() -> None:
    past = table_from_json({"indicators": [ROW]}, PATH)
    assert (past.id, past.origin, past.table.funds, past.goal_text) == ("文件", "unit", (), "")


def test_a_value_is_typed_and_its_text_kept() -> None:
    (row,) = flat().table.indicators
    assert row.value is not None
    assert (row.value.kind, row.value.number, row.value.unit, row.value.raw) == ("number", 300, "人次", "≥300人次")


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_value_is_none(value: object) -> None:
    assert rowed(value=value).table.indicators[1].value is None


def test_a_number_as_value_is_read_as_text() -> None:
    value = rowed(value=95).table.indicators[1].value
    assert value is not None
    assert render(value) == "95"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("指标1：培训人次", "培训人次"),
        ("（2）培训人次", "培训人次"),
        ("培训 \n人次", "培训人次"),
        ("3、培训人次", "培训人次"),
    ],
)
def test_numbering_and_breaks_are_no_part_of_a_name_and_the_original_is_kept(written: str, name: str) -> None:
    row = rowed(name=written).table.indicators[1]
    assert (row.name, row.raw_name) == (name, written)


@pytest.mark.parametrize(
    ("level1", "level2", "read_as"),
    [
        ("产出（工作量）", "产出数量", ("产出指标", "数量指标")),
        ("效果指标", "社会效益", ("效益指标", "社会效益指标")),
        ("", "质量指标", ("产出指标", "质量指标")),
        ("成本指标", "成本", ("成本指标", "经济成本指标")),
        ("满意度指标(10分)", "服务对象满意度指标等", ("满意度指标", "服务对象满意度指标")),
    ],
)
def test_levels_are_read_in_their_many_spellings(level1: str, level2: str, read_as: tuple[str, str]) -> None:
    row = rowed(level1=level1, level2=level2).table.indicators[1]
    assert (row.level1, row.level2) == read_as


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        ({"level2": "创新指标"}, "“创新指标”不在词表"),
        ({"level2": None}, "没有写二级指标"),
        ({"level1": "满意度指标"}, "对不上"),
        ({"name": "……"}, "没有指标名称"),
        ({"name": None}, "没有指标名称"),
    ],
)
def test_a_row_that_cannot_be_placed_is_kept_for_a_person(change: dict[str, Any], issue: str) -> None:
    past = rowed(**change)
    (open_matter,) = open_matters(past)
    assert len(past.table.indicators) == 1
    assert issue in open_matter.issue
    assert (open_matter.field, open_matter.raw) == ("indicators[1]", {**ROW, **change})


def test_a_row_that_is_no_object_is_kept_for_a_person() -> None:
    past = flat(indicators=[ROW, "培训人次"])
    assert open_matters(past)[0].raw == {"row": "培训人次"}


def test_an_unknown_key_of_the_table_is_kept() -> None:
    (open_matter,) = open_matters(flat(remark="第二批"))
    assert (open_matter.field, open_matter.raw) == ("remark", {"remark": "第二批"})


def test_an_unknown_key_of_a_row_is_kept_as_provenance() -> None:
    assert rowed(page=3).table.indicators[1].provenance == {"page": 3}


@pytest.mark.parametrize(
    ("level1", "level2", "generation"),
    [("成本指标", "经济成本指标", "2021"), ("产出指标", "成本指标", "2015"), ("效益指标", "可持续影响指标", "2015")],
)
def test_the_generation_is_told_from_where_cost_stands(level1: str, level2: str, generation: str) -> None:
    assert rowed(level1=level1, level2=level2).table.form_generation == generation


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"indicators": []}, "没有 indicators"),
        ({"project_name": "干部培训"}, "没有 indicators"),
        ({"indicators": {"name": "x"}}, "没有 indicators"),
        ({"indicators": [{"name": "…"}]}, "没有一行能辨认"),
        ({**FLAT, "budget_wan": -3}, "不能是负数"),
        ({**FLAT, "budget_wan": "很多"}, "应当是数（万元）"),
        ({**FLAT, "budget_wan": "inf"}, "不能是负数或无穷"),
        ({**FLAT, "year": 1800}, "fiscal_year 应当不小于 2000"),
        ({**FLAT, "project_name": ["x"]}, "name 应当是文字"),
        ("文字", "应当是一个 JSON 对象"),
        (None, "应当是一个 JSON 对象"),
    ],
)
def test_what_is_no_table_is_refused_with_its_file_and_the_reason(data: object, said: str) -> None:
    with pytest.raises(BadTable) as refused:
        table_from_json(data, PATH)
    assert all(problem.startswith("文件.json：") for problem in refused.value.problems)
    assert said in refused.value.problems[0]


def test_the_place_in_a_list_is_named() -> None:
    with pytest.raises(BadTable, match=r"文件\.json 第 3 张表："):
        table_from_json([], PATH, 2)


def test_a_whole_past_table_comes_back_equal() -> None:
    past = flat()
    assert table_from_json(past.model_dump(mode="json"), PATH) == past


def test_a_bare_performance_table_is_read() -> None:
    table = flat().table
    assert table_from_json(table.model_dump(mode="json"), PATH).table == table


def test_a_file_may_hold_a_list_of_tables(tmp_path: Path) -> None:
    path = write(tmp_path, "多张.json", [FLAT, {**FLAT, "id": None}])
    assert [past.id for past in read_one(path)] == ["培训-01", "多张-2"]


def test_json_lines_hold_a_table_a_line(tmp_path: Path) -> None:
    lines = [json.dumps({**FLAT, "id": f"表{at}"}) for at in range(3)]
    assert [past.id for past in read_one(write(tmp_path, "多张.jsonl", "\n\n".join(lines)))] == ["表0", "表1", "表2"]


def test_a_broken_line_of_json_lines_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "多张.jsonl", json.dumps(FLAT) + "\n{坏")
    with pytest.raises(UnreadableFile, match="第 2 行不是有效的 JSON"):
        read_one(path)


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "有标记.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(FLAT).encode())
    assert read_one(path)[0].id == "培训-01"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "不是有效的 JSON"),
        (b"", "不是有效的 JSON"),
        (b"\xff\xfe\x00\x01", "不是 UTF-8"),
        ("{}".encode("gb18030") + "预算".encode("gb18030"), "不是 UTF-8"),
        (b'{"indicators": NaN}', "不允许出现 NaN"),
        (b"[" * 100_000, "不是有效的 JSON"),
    ],
)
def test_a_broken_file_is_refused_with_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "坏.json").write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"坏.json：.*{said}"):
        read_one(tmp_path / "坏.json")


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match=r"\.docx、.*\.json、\.jsonl"):
        read_one(write(tmp_path, "表.exe", "x"))


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    paths = [write(tmp_path, "坏.json", "{"), write(tmp_path, "好.json", FLAT)]
    bad, good = read(paths)
    assert isinstance(bad, Failure)
    assert isinstance(good, Imported)
    assert (bad.path, good.path) == tuple(paths)


def test_a_folder_is_searched_in_order_and_names_what_it_passes_over(tmp_path: Path) -> None:
    for name in ("乙.json", "甲.json", ".隐藏.json", "说明.pptx"):
        write(tmp_path, name, FLAT)
    files, passed_over = find_files([tmp_path])
    assert [path.name for path in files] == sorted(["乙.json", "甲.json"])
    assert [path.path.name for path in passed_over] == ["说明.pptx"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    _, (failure,) = find_files([tmp_path / "没有"])
    assert failure.problems == (f"{tmp_path / '没有'}：没有这个文件或文件夹",)


def test_all_shipped_tables_are_read_with_unique_ids() -> None:
    found = list(read(find_files([corpus_folder() / "tables"])[0]))
    ids = [one.table.id for one in found if isinstance(one, Imported)]
    assert len(ids) == len(found) == len(set(ids))
    assert len(ids) >= 60


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FLAT, *ROW, "x"]), inner, max_size=5),
    max_leaves=12,
)


@given(_JSON, st.sampled_from([*FLAT, "generation", "origin", "kind", "form_title", "table", "form_generation"]))
def test_any_json_gives_a_table_or_a_clear_refusal(data: object, key: str) -> None:
    for tried in (data, {**FLAT, key: data}, {**FLAT, "indicators": [ROW, data]}):
        try:
            past = table_from_json(tried, PATH)
        except BadInput as problem:
            assert all(line.startswith("文件.json") for line in problem.problems)
        else:
            assert past.table.indicators
