"""With a chat model configured: what it finds is shown, what it cannot show is listed, silence takes nothing away."""

import json
from pathlib import Path

from assistant.checks.examples import Example, example
from assistant.cli.checking import Checked, CheckOptions, check_files
from assistant.model import ScriptedModel

ABOLISHED = example(project={"basis": "财预〔2011〕285号"}, text="立项依据已废止")
DOUBLED = example(goal="全年完成完成待遇资格认证500人次，举办政策宣传活动12场，参保群众政策知晓率达到85%。")


def checked(tmp_path: Path, case: Example, *replies: str) -> Checked:
    path = tmp_path / "表.json"
    path.write_text(case.table().model_dump_json(), encoding="utf-8")
    (one,), failures = check_files([path], CheckOptions(model=ScriptedModel(replies)))
    assert not failures
    return one


def reply(*findings: dict) -> str:
    return json.dumps({"findings": list(findings)}, ensure_ascii=False)


def rules(one: Checked) -> list[str]:
    return [finding.rule for finding in one.findings]


def test_a_silent_model_takes_no_finding_away(tmp_path: Path) -> None:
    assert "P02" in rules(checked(tmp_path, ABOLISHED, reply()))
    assert "G12" in rules(checked(tmp_path, DOUBLED, reply()))


def test_an_accepted_answer_takes_the_place_of_the_pre_filter(tmp_path: Path) -> None:
    answer = {"rule_id": "G12", "row_id": None, "quote": "完成完成", "reason": "写重了", "suggestion": "删去一个"}
    one = checked(tmp_path, DOUBLED, reply(answer))
    assert [finding.message for finding in one.findings if finding.rule == "G12"] == [
        "写重了；删去一个（模型判断，请核对）"
    ]


def test_a_dropped_answer_is_listed_and_the_pre_filter_stays(tmp_path: Path) -> None:
    answer = {"rule_id": "G12", "row_id": None, "quote": "别处的话", "reason": "写重了"}
    one = checked(tmp_path, DOUBLED, reply(answer))
    assert "G12" in rules(one) and "没有采用：G12 引用的“别处的话”不在表里" in one.notes[0]


def test_a_model_that_fails_is_named_and_the_rules_still_speak(tmp_path: Path) -> None:
    one = checked(tmp_path, DOUBLED)
    assert "G12" in rules(one) and "只做了规则检查" in one.notes[0]
    assert one.scorecard.unreviewed == ("实现可能性", "条件充分性")


def test_with_a_model_only_the_last_item_stays_open(tmp_path: Path) -> None:
    assert checked(tmp_path, example(), reply()).scorecard.unreviewed == ("条件充分性",)
