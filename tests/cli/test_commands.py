"""The commands as a user runs them, in processes of their own over the shipped tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from running import Done, Jimu
from shipped import BRIEFS, FOLDER

from assistant.drafting import Draft
from assistant.exporters import LAYOUTS
from assistant.importers import read_one
from assistant.precedents import PastTables
from assistant.resources import corpus_folder
from assistant.schema import Funds

TEXT = "修建农村公路3公里，2026年底前完工，工程验收合格率100%。"


def past(name: str, **changes: object) -> dict[str, object]:
    row = {"level1": "产出指标", "level2": "数量指标", "name": f"{name}人次", "value": "≥300人次"}
    return {"id": name, "project_name": name, "year": 2024, "indicators": [row], **changes}


def write(path: Path, content: object) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def fine(done: Done) -> Done:
    assert (done.code, done.err) == (0, ""), done
    return done


def test_a_draft_in_json_is_valid_and_stands_alone_on_the_output(jimu: Jimu) -> None:
    done = fine(jimu("draft", "--brief", FOLDER / "rural-road.json", "--offline", "--json"))
    draft = Draft.model_validate(done.data)
    assert len(draft.rows) >= 12
    assert draft.table.project.name == BRIEFS["rural-road"]["project_name"]


def test_a_draft_on_the_terminal_shows_rows_blanks_and_questions(jimu: Jimu) -> None:
    shown = fine(jimu("draft", "--text", TEXT)).out
    for words in ("项目支出绩效目标表", "≥3公里", "2026年底前", "待填", "请回答", "未使用语言模型"):
        assert words in shown


def test_an_unknown_field_of_government_is_drafted_with_questions(jimu: Jimu) -> None:
    draft = Draft.model_validate(fine(jimu("draft", "--text", "完成月球土壤样品保管18份。", "--json")).data)
    assert any(question.startswith("先例库中没有") for question in draft.questions)
    assert "≥18份" in [row.value_text for row in draft.rows]


def test_a_draft_from_a_text_file_is_written_as_json_and_exported_unchanged(jimu: Jimu, tmp_path: Path) -> None:
    write(tmp_path / "描述.txt", TEXT)
    fine(jimu("draft", "--from", "描述.txt", "--out", "甲.json"))
    fine(jimu("export", "甲.json", "--out", "乙.json"))
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name in ("甲.json", "乙.json"))
    assert first == second
    assert "≥3公里" in [row.value_text for row in Draft.model_validate_json(first).rows]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_exported_as_the_official_form(jimu: Jimu, tmp_path: Path, layout: str) -> None:
    file = write(tmp_path / "表.json", {"project": {"name": "农村公路养护"}, "form_generation": "2021"})
    done = fine(jimu("export", file, "--out", "表.xlsx", "--layout", layout))
    cells = [cell.value for row in load_workbook(tmp_path / "表.xlsx").worksheets[0] for cell in row]
    assert "农村公路养护" in cells
    assert done.out == "已写入 表.xlsx\n"


def test_a_draft_is_written_as_a_word_document(jimu: Jimu, tmp_path: Path) -> None:
    fine(jimu("draft", "--text", TEXT, "--out", "表.docx"))
    cells = {cell.text for table in Document(str(tmp_path / "表.docx")).tables for cell in table._cells}
    assert {"项目名称", "≥3公里"} <= cells


def test_tables_of_one_file_are_exported_into_a_folder_or_one_by_one(jimu: Jimu, tmp_path: Path) -> None:
    names = ("修路", "../植树:2026")
    tables = [{"form_generation": "2021", "project": {"name": name}} for name in names]
    file = write(tmp_path / "两张.json", tables)
    done = fine(jimu("export", file, "--out", "表/", "--format", "docx"))
    assert sorted(path.name for path in (tmp_path / "表").iterdir()) == ["1-修路.docx", "2-植树2026.docx"]
    assert len(done.out.splitlines()) == 2
    fine(jimu("export", file, "--out", "第二张.xlsx", "--table", "2"))
    cells = [cell.value for row in load_workbook(tmp_path / "第二张.xlsx").worksheets[0] for cell in row]
    assert names[1] in cells and names[0] not in cells


def test_a_past_table_is_exported_too(jimu: Jimu, tmp_path: Path) -> None:
    fine(jimu("export", corpus_folder() / "tables" / "agriculture-01.json", "--out", "表.xlsx"))
    cells = [cell.value for row in load_workbook(tmp_path / "表.xlsx").worksheets[0] for cell in row]
    assert "2023年高标准农田建设项目" in cells


def test_search_finds_tables_and_indicators_of_the_years_asked_for(jimu: Jimu) -> None:
    found = fine(jimu("search", "农村公路养护", "--n", "5", "--year", "2022-2025", "--json")).data
    assert len(found["tables"]) == len(found["indicators"]) == 5
    assert "公路" in found["tables"][0]["project_name"]
    assert {hit["year"] for hit in found["tables"]} <= {2022, 2023, 2024, 2025}


def test_check_ends_with_0_without_errors(jimu: Jimu, tmp_path: Path) -> None:
    (past_table,) = read_one(corpus_folder() / "tables" / "agriculture-01.json")
    money = Funds.model_validate({"total": 100, "fiscal": 100, "carryover": 0, "other": 0})
    whole = past_table.table.model_copy(update={"funds": (money,)})
    done = fine(jimu("check", write(tmp_path / "全.json", whole.model_dump(mode="json")), "--json"))
    assert [one["rule"] for one in done.data["files"][0]["findings"] if one["level"] == "error"] == []


def test_check_ends_with_1_when_there_is_an_error(jimu: Jimu, tmp_path: Path) -> None:
    done = jimu("check", write(tmp_path / "缺.json", past("干部培训", project_name="")))
    assert (done.code, done.err) == (1, "")
    assert "错误 F01 项目名称" in done.out


def test_check_ends_with_2_when_a_file_cannot_be_read_and_still_checks_the_rest(jimu: Jimu, tmp_path: Path) -> None:
    done = jimu("check", write(tmp_path / "坏.json", "{"), write(tmp_path / "缺.json", past("干部培训")), "--json")
    assert done.code == 2
    assert len(done.data["files"]) == len(done.data["failures"]) == 1
    assert "坏.json" in done.err


@pytest.fixture(scope="module")
def importing(cli_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Jimu, Path]:
    """A home of its own, and a folder with two sound files, one of them with an odd row, and a broken one."""
    base = tmp_path_factory.mktemp("importing")
    shutil.copytree(cli_home, base / "home")
    folder = base / "往年"
    folder.mkdir()
    odd = {"level1": "产出指标", "level2": "创新指标", "name": "创新项数", "value": "3项"}
    rows = [*past("干部培训")["indicators"], odd]  # type: ignore[misc]
    write(folder / "甲.json", past("干部培训", indicators=rows))
    write(folder / "乙.json", past("月球土壤样品保管"))
    write(folder / "坏.json", "{")
    return Jimu(base / "home", base), folder


@pytest.fixture(scope="module")
def imported(importing: tuple[Jimu, Path]) -> Done:
    """The first import of that folder."""
    jimu, folder = importing
    return jimu("import", folder, "--json")


def test_importing_a_folder_takes_in_the_sound_files_and_lists_the_broken_one(imported: Done) -> None:
    assert imported.code == 0
    assert {one["id"]: one["status"] for one in imported.data["added"]} == {
        "干部培训": "new",
        "月球土壤样品保管": "new",
    }
    (failed,) = imported.data["failed"]
    assert "坏.json：不是有效的 JSON" in failed["problems"][0]


def test_an_import_lists_the_rows_that_need_a_person(imported: Done) -> None:
    (open_matter,) = imported.data["unresolved"]
    assert (open_matter["id"], open_matter["field"]) == ("干部培训", "indicators[1]")
    assert "“创新指标”不在词表" in open_matter["issue"]


def test_importing_again_changes_nothing_and_says_so(importing: tuple[Jimu, Path], imported: Done) -> None:
    jimu, folder = importing
    before = PastTables.open(jimu.home).counts()
    again = jimu("import", folder)
    assert (again.code, again.out.splitlines()[0]) == (0, "已有，未变 2 张")
    assert "坏.json：不是有效的 JSON" in again.err
    assert PastTables.open(jimu.home).counts() == before


def test_an_imported_table_is_found(importing: tuple[Jimu, Path], imported: Done) -> None:
    found = fine(importing[0]("search", "月球土壤样品保管", "--json")).data
    assert found["tables"][0]["id"] == "月球土壤样品保管"


def test_an_import_without_any_table_ends_with_2(own_jimu: Jimu, tmp_path: Path) -> None:
    done = own_jimu("import", write(tmp_path / "坏.json", "{"))
    assert done.code == 2
    assert "坏.json：不是有效的 JSON" in done.err


def test_two_versions_of_a_table_are_named_and_importing_again_changes_nothing(own_jimu: Jimu, tmp_path: Path) -> None:
    def written(name: str, table_id: str, value: str) -> None:
        row = {"level1": "产出指标", "level2": "数量指标", "name": "培训人次", "value": value}
        told = {"id": table_id, "project_name": "培训经费", "unit": "县局", "year": 2024, "indicators": [row]}
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")

    written("1.json", "甲", "≥10人次")
    written("2.json", "甲", "≥99人次")
    written("3.json", "乙", "≥50人次")
    (tmp_path / "4.json").write_text("[]", encoding="utf-8")
    first = own_jimu("import", str(tmp_path))
    assert "乙 与 甲 是同一项目同一年度而内容不同的两份" in first.out
    assert "编号“甲”与" in first.err
    assert "一张表也没有" in first.err
    assert "已有，未变 2 张" in own_jimu("import", str(tmp_path)).out


def test_concepts_are_browsed_and_corrected_for_good(own_jimu: Jimu, tmp_path: Path) -> None:
    found = json.loads(own_jimu("search", "培训合格率", "--concepts", "--by", "年份", "--json").out)["concepts"]
    first, second = found[0], next(one for one in found[1:] if one["level2"] == found[0]["level2"])
    assert first["statistics"]["q1"] <= first["statistics"]["median"] <= first["statistics"]["q3"]
    assert sum(one["n"] for one in first["by"].values() if one) == first["statistics"]["n"]
    assert "已合并" in own_jimu("concepts", "merge", first["id"], second["id"]).out
    assert "已改名" in own_jimu("concepts", "rename", first["id"], "培训合格率（合并）").out
    row = {"level1": "产出指标", "level2": first["level2"], "name": second["names"][0]["name"], "value": "≥90%"}
    (tmp_path / "新.json").write_text(json.dumps({"project_name": "新", "indicators": [row]}), encoding="utf-8")
    own_jimu("import", str(tmp_path))
    again = json.loads(own_jimu("search", second["names"][0]["name"], "--concepts", "--json").out)["concepts"][0]
    assert (again["id"], again["rows"]) == (first["id"], first["rows"] + second["rows"] + 1)
    assert own_jimu("concepts", "log").out.count("\n") == 2
    assert own_jimu("concepts", "merge", "没有的概念", first["id"]).code == 2


def test_rules_lists_the_catalogue_with_its_provisions(jimu: Jimu) -> None:
    rules = fine(jimu("rules", "--json")).data
    assert len(rules) >= 20
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["title"] and rule["basis"] for rule in rules)


def test_rules_explains_one_rule_whatever_the_case(jimu: Jimu) -> None:
    (rule,) = fine(jimu("rules", "c01", "--json")).data
    assert rule["id"] == "C01"
    assert fine(jimu("rules", "C01")).out.startswith("C01 ")


def test_doctor_says_that_all_is_well(jimu: Jimu) -> None:
    health = fine(jimu("doctor", "--json")).data
    assert (health["ok"], health["problems"], health["home"]) == (True, [], str(jimu.home))
    assert health["counts"]["表"] >= 60
    assert "文字不离开本机" in health["encoder"]
    assert health["reranker"] == "未配置"


def test_doctor_names_what_is_wrong_and_ends_with_2(own_jimu: Jimu) -> None:
    (own_jimu.home / "past.sqlite").write_bytes(b"x" * 5000)
    done = own_jimu("doctor", "--json")
    assert done.code == 2
    assert "past.sqlite 打不开" in done.data["problems"][0]


def test_the_version_is_told(jimu: Jimu) -> None:
    assert fine(jimu("--version")).out.startswith("jimu ")


def test_every_command_is_listed_in_the_help(jimu: Jimu) -> None:
    shown = fine(jimu("--help")).out
    assert all(command in shown for command in ("import", "search", "draft", "check", "export", "rules", "doctor"))
