"""`jimu check` as a reviewer runs it: grouped by table, the provision behind every line, repairs beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Jimu

from assistant.checks.examples import Example, example
from assistant.importers import read_one

CARDS = "全年制作和补换社会保障卡800张，制卡合格率达到99%以上，持卡群众领卡更方便，单张制卡成本不超过25元。"


def save(path: Path, *cases: Example) -> Path:
    tables = [{**case.table().model_dump(mode="json"), "table_id": f"t{n}"} for n, case in enumerate(cases, start=1)]
    path.write_text(json.dumps(tables if len(tables) > 1 else tables[0], ensure_ascii=False), encoding="utf-8")
    return path


def test_findings_are_grouped_by_table_with_place_message_and_provision(jimu: Jimu, tmp_path: Path) -> None:
    done = jimu("check", save(tmp_path / "表.json", example("资格认证完成时间", "及时", level2="时效指标")))
    lines = done.out.splitlines()
    assert done.code == 1 and "（按中央通用式（2021）检查）" in lines[0]
    assert lines[1].startswith("  错误 V01 第5行 时效 指标值：“及时”无法与实际完成情况比较")
    assert "〔财预〔2021〕101号 附件1 一（一）3 等3条〕" in lines[1]
    assert "错误 1、警告 0、建议 0 · 建议等级：" in lines[2] and lines[3].startswith("共 1 张表：错误 1")


def test_a_sound_table_ends_with_0(jimu: Jimu, tmp_path: Path) -> None:
    assert jimu("check", save(tmp_path / "表.json", example())).code == 0


def test_only_what_is_asked_for_is_shown(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "表.json", example("群众满意度", "≥95%", level2="服务对象满意度指标"))
    assert "S01" in jimu("check", table).out
    assert "S01" not in jimu("check", table, "--level", "error").out


def test_equal_advice_on_many_rows_is_one_line(jimu: Jimu, tmp_path: Path) -> None:
    rows = [("数量指标", f"第{n}类资料印制份数", f"{n}000份") for n in "1234"]
    out = jimu("check", save(tmp_path / "表.json", example(more=rows))).out
    assert out.count("V03") == 1 and "共 4 处" in out


def test_tables_of_one_file_are_held_against_each_other(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "两张.json", example(), example(goal=CARDS))
    done = jimu("check", table, "--json")
    for one, other in zip(done.data["files"], ("t2", "t1"), strict=True):
        found = {finding["rule"]: finding["others"] for finding in one["findings"]}
        assert found["X03"] == [other]


def test_json_carries_place_quote_provision_fix_and_scorecard(jimu: Jimu, tmp_path: Path) -> None:
    (one,) = jimu("check", save(tmp_path / "表.json", example("1.制卡数量", "≥500张")), "--json").data["files"]
    (finding,) = one["findings"]
    assert (finding["rule"], finding["field"], finding["quote"]) == ("N04", "indicators[changed].name", "1.制卡数量")
    assert finding["basis"] and finding["fix"]["changes"][0]["after"] == "制卡数量"
    assert len(one["scorecard"]["items"]) == 8 and one["dialect"] == "central_2021"


def test_fix_writes_beside_the_original_and_keeps_a_record(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "表.json", example("1.按期认证率", ">=100％", level2="时效指标"))
    before = table.read_bytes()
    assert "已自动修复" in jimu("check", table, "--fix").out
    (fixed,) = read_one(tmp_path / "表-已修正.json")
    record = json.loads((tmp_path / "表-修正记录.json").read_text(encoding="utf-8"))
    row = next(row for row in fixed.table.indicators if row.id == "changed")
    assert (row.name, row.value and row.value.raw) == ("按期认证率", "=100%")
    assert table.read_bytes() == before and {"table", "place", "field", "before", "after", "row"} == set(record[0])
    assert {one["place"] for one in record} == {"第5行 时效 三级指标", "第5行 时效 指标值"}


def test_the_dialect_asked_for_decides_the_weights(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "表.json", example(weights=(20, 20, 10, 10, 10, 20, 10)))
    assert "W01" in jimu("check", table).out
    assert "W01" not in jimu("check", table, "--dialect", "total_100_2021").out


def test_last_year_and_the_approved_table_are_compared(jimu: Jimu, tmp_path: Path) -> None:
    now = save(tmp_path / "今年.json", example(value="≥400人次"))
    last = save(tmp_path / "上年.json", example(value="≥500人次"))
    out = jimu("check", now, "--last-year", last, "--approved", last).out
    assert "V18" in out and "P05" in out and "上年是“≥500人次”" in out


def test_a_spending_standard_is_applied(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "表.json", example("培训人均成本", "≤800元/人·天", level2="经济成本指标"))
    one = {"words": ["培训"], "most": 550, "unit": "元/人·天", "source": "某县培训费管理办法"}
    standards = tmp_path / "标准.json"
    standards.write_text(json.dumps([one], ensure_ascii=False), encoding="utf-8")
    assert "超过支出标准 550元/人·天" in jimu("check", table, "--standards", standards).out


@pytest.mark.parametrize("text", ["[{}]", "{", "[]x", '[{"words": [], "most": 1, "unit": "元", "source": "某办法"}]'])
def test_standards_that_cannot_be_read_are_refused(jimu: Jimu, tmp_path: Path, text: str) -> None:
    standards = tmp_path / "标准.json"
    standards.write_text(text, encoding="utf-8")
    done = jimu("check", save(tmp_path / "表.json", example()), "--standards", standards)
    assert (done.code, done.out) == (2, "") and "支出标准" in done.err


def test_the_scorecard_names_the_findings_behind_each_item(jimu: Jimu, tmp_path: Path) -> None:
    out = jimu("check", save(tmp_path / "表.json", example(goal="做好工作。")), "--scorecard").out
    assert "明确清晰性（10分） 良 8–8.9" in out and "条件充分性（10分） 未审" in out and "G01" in out


def test_a_threshold_can_be_set(cli_home: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "jimu.toml").write_text("[limits]\nlongest_goal = 40\n", encoding="utf-8")
    jimu = Jimu(tmp_path / "home", tmp_path)
    assert "本单位设置不超过 40 字" in jimu("check", save(tmp_path / "表.json", example())).out


def test_what_was_not_compared_is_said(jimu: Jimu, tmp_path: Path) -> None:
    out = jimu("check", save(tmp_path / "表.json", example())).out
    assert "没有提供、因此未核：上年表" in out and "没有配置对话模型" in out


def test_a_rule_is_explained_with_both_examples(jimu: Jimu) -> None:
    out = jimu("rules", "V01").out
    assert "不通过：时效指标：资格认证完成时间｜及时" in out and "通过：时效指标：按期认证率｜≥98%" in out
    assert len(jimu("rules").out.splitlines()) == 116


def test_a_draft_keeps_its_evidence_through_the_repair(jimu: Jimu, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.json"
    assert jimu("draft", "--text", "2026年举办培训班10期，培训600人次，预算30万元。", "--out", draft).code in (0, 1)
    data = json.loads(draft.read_text(encoding="utf-8"))
    for place in (data["table"]["indicators"][0], data["rows"][0]["indicator"]):
        place["name"] = "1." + place["name"]
    draft.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert "已自动修复" in jimu("check", draft, "--fix").out
    after = json.loads((tmp_path / "草稿-已修正.json").read_text(encoding="utf-8"))
    assert set(after) == set(data) and len(after["rows"]) == len(data["rows"])
    assert after["rows"][0]["evidence"] == data["rows"][0]["evidence"]
    assert after["rows"][0]["indicator"]["name"] == after["table"]["indicators"][0]["name"]
    assert not after["table"]["indicators"][0]["name"].startswith("1.")


def test_what_a_draft_left_blank_is_no_omission(jimu: Jimu, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.json"
    jimu("draft", "--text", "2026年举办培训班10期，培训600人次，预算30万元。", "--out", draft)
    assert "待填" in jimu("draft", "--text", "2026年举办培训班10期，培训600人次，预算30万元。").out
    assert "F11" not in jimu("check", draft).out


def test_no_repair_overwrites_another(jimu: Jimu, tmp_path: Path) -> None:
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        save(tmp_path / folder / "表.json", example(f"1.{folder}宣传场次", "≥12场"))
    for _ in range(2):
        jimu("check", tmp_path / "甲", tmp_path / "乙", "--fix", "--out", tmp_path / "修")
    assert len(list((tmp_path / "修").glob("*-已修正*.json"))) == 4


def test_a_folder_is_not_checked_twice_over_for_what_was_repaired(jimu: Jimu, tmp_path: Path) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    table = save(folder / "表.json", example("1.制卡数量", "≥500张"))
    jimu("check", folder, "--fix")
    done = jimu("check", folder, table)
    assert done.code == 0 and "共 1 张表" in done.out and "已跳过" in done.err


def test_a_published_table_keeps_its_origin(jimu: Jimu, tmp_path: Path) -> None:
    from assistant.resources import corpus_folder

    jimu("check", corpus_folder() / "tables" / "seed-03.json", "--fix", "--out", tmp_path)
    (before,) = read_one(corpus_folder() / "tables" / "seed-03.json")
    (after,) = read_one(tmp_path / "seed-03-已修正.json")
    assert (after.id, after.origin, after.source, after.field) == (
        before.id,
        before.origin,
        before.source,
        before.field,
    )


def test_a_comparison_that_found_nothing_is_said(jimu: Jimu, tmp_path: Path) -> None:
    now = save(tmp_path / "今年.json", example())
    other = save(tmp_path / "别的.json", example(project={"name": "防火物资购置"}))
    out = jimu("check", now, "--last-year", other, "--approved", other).out
    assert "--last-year 里没有找到同名的一张表，未核 V18 V19" in out and "未核 P05" in out


@pytest.mark.parametrize(("text", "said"), [(None, "没有找到可检查的表"), ("[]", "空.json：里面一张表也没有")])
def test_nothing_to_check_is_said(jimu: Jimu, tmp_path: Path, text: str | None, said: str) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    if text:
        (folder / "空.json").write_text(text, encoding="utf-8")
    done = jimu("check", folder)
    assert (done.code, done.out) == (2, "") and said in done.err


def test_nothing_to_repair_is_said(jimu: Jimu, tmp_path: Path) -> None:
    assert "没有可自动修复的地方" in jimu("check", save(tmp_path / "表.json", example()), "--fix").out
    assert jimu("check", tmp_path / "表.json", "--out", tmp_path).code == 2


def test_a_file_cannot_write_to_the_terminal_with_escapes(jimu: Jimu, tmp_path: Path) -> None:
    table = save(tmp_path / "表.json", example(project={"name": "\x1b]0;pwn\x07养老"}))
    assert "\x1b" not in jimu("check", table, "--scorecard").out
