"""Names for numbers: from the words around them to what an indicator would be called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.brief.labels import counted, deadline_for, has_tail, priced, rated, strip_lead, strip_reach, turn_around


@pytest.mark.parametrize(
    ("before", "unit", "after", "name"),
    [
        ("硬化道路", "公里", "", "道路硬化里程"),
        ("计划培训基层干部", "人次", "", "基层干部培训人次"),
        ("新建", "座", "公厕", "公厕新建数量"),
        ("覆盖", "个", "行政村", "覆盖行政村数量"),
        ("受益农户", "户", "", "受益农户户数"),
        ("举办专场招聘会", "场", "", "专场招聘会场次"),
        ("年增产玉米", "万吨", "", "玉米年增产量"),
        ("用于", "所", "农村学校", "农村学校数量"),
        ("一、完成食品抽检", "批次", "", "食品抽检批次"),
        (".清淤河道", "公里", "", "河道清淤里程"),
        ("全年参保人数", "万人", "", "参保人数"),
    ],
)
def test_a_count_is_named_by_object_verb_and_measure(before: str, unit: str, after: str, name: str) -> None:
    assert counted(before, unit, after) == name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("工程验收合格率达到", "工程验收合格率"),
        ("养老金按时足额发放", "养老金按时足额发放率"),
        ("群众满意", "群众满意度"),
        ("人均收入增长", "人均收入增长率"),
        ("服务效率提高", "服务效率提高幅度"),
        ("女性", "女性比例"),
    ],
)
def test_a_percentage_is_named_by_its_measure(before: str, name: str) -> None:
    assert rated(before) == name


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("每人每月基础养老金", "基础养老金标准"),
        ("每批次检测费", "检测费标准"),
        ("道路清扫保洁", "道路清扫保洁单位成本"),
        ("每人每天培训费", "培训费标准"),
    ],
)
def test_a_unit_price_is_a_standard_when_granted_and_else_a_cost(before: str, name: str) -> None:
    assert priced(before) == name


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("", "完成采购", "采购完成时间"),
        ("", "完工", "项目完工时间"),
        ("补贴资金于", "发放完毕", "补贴资金发放时间"),
        ("", "将养老金发放到账", "养老金发放时间"),
        ("", "全面完成主体工程建设", "主体工程建设完成时间"),
        ("", "", ""),
    ],
)
def test_a_deadline_is_named_by_its_event(before: str, after: str, name: str) -> None:
    assert deadline_for(before, after) == name


@pytest.mark.parametrize("phrase", ["其中计划全年培训干部", "2026年底前培训干部", "“培训干部”", "按照开展培训干部"])
def test_words_that_only_introduce_are_taken_off(phrase: str) -> None:
    assert strip_lead(phrase) == "培训干部"


@pytest.mark.parametrize("phrase", ["合格率达到", "合格率不低于", "合格率保持在", "合格率均为", "合格率：", "合格率"])
def test_words_that_only_lead_to_the_number_are_taken_off(phrase: str) -> None:
    assert strip_reach(phrase) == "合格率"


def test_a_verb_goes_behind_its_object() -> None:
    assert turn_around("硬化道路") == "道路硬化"


def test_a_bare_verb_stays() -> None:
    assert turn_around("巡查") == "巡查"


@pytest.mark.parametrize(("phrase", "found"), [("道路里程", True), ("里程", False), ("道路", False), ("满意度", False)])
def test_a_measure_needs_a_thing_before_it(phrase: str, found: bool) -> None:
    assert has_tail(phrase) is found


@given(st.text(alphabet="其中计划开展培训全年的达到为一、 ", max_size=20))
def test_taking_off_twice_changes_nothing_more(phrase: str) -> None:
    once = strip_lead(phrase)
    assert strip_lead(once) == once
