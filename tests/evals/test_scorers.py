"""Scorers: each answers one question, and says None when it does not apply."""

from dataclasses import replace

import pytest
from past_tables import past_table

from assistant.brief import BriefRequest
from assistant.drafting import Draft, DraftRow, Engine, Evidence
from assistant.precedents import PastRow
from assistant.schema import Goal, Goals, Indicator, PerformanceTable
from assistant.values import parse_value
from evals.drafting import asking, grounding, indicators, structure, values
from evals.drafting.cases import Case, request_of
from evals.drafting.judged import Judged
from evals.drafting.scorers import SCORERS
from evals.drafting.systems import Suggested

PAST = past_table()


def drafted(
    *rows: tuple[str, str, str | None], evidence: tuple[Evidence, ...] = (), goal: str | None = None, **row: object
) -> Judged:
    made = [
        DraftRow(
            id=f"r{place}",
            indicator=Indicator(
                id=f"r{place}",
                level1="满意度指标" if level2 == "服务对象满意度指标" else "产出指标",
                level2=level2,
                name=name,
                value=parse_value(value) if value else None,
            ),
            origin="precedent",
            evidence=evidence,
            **row,  # type: ignore[arg-type]
        )
        for place, (level2, name, value) in enumerate(rows, start=1)
    ]
    table = PerformanceTable(
        form_generation="2021",
        form_dialect="central_2021",
        goals=Goals(annual=Goal(text=goal)),
        indicators=tuple(one.indicator for one in made),
    )
    draft = Draft(table=table, rows=tuple(made), engine=Engine(name="test", seconds=0.0))
    cited = {
        "p#1": PastRow("p#1", "p", 0, "产出指标", "质量指标", "考核合格率", parse_value("≥92%"), "key"),
        "p#3": PastRow("p#3", "p", 2, "产出指标", "质量指标", "档案规范程度", None, "key"),  # an empty cell
    }
    return Judged(Case(PAST, request_of(PAST), {"t1": "本表"}), Suggested(draft, 0.1), cited)


def test_the_real_table_itself_scores_full_marks() -> None:
    same = drafted(*((row.level2, row.name, row.value.raw if row.value else None) for row in PAST.table.indicators))
    for name in ("f1", "recall", "precision", "f1_class", "value_accuracy", "value_right", "direction", "unit"):
        judge = SCORERS[name].judge
        assert judge is not None and judge(same).value == 1.0, name


def test_half_the_rows_is_half_the_recall_and_full_precision() -> None:
    half = drafted(("数量指标", "培训人次", None), ("质量指标", "考核合格率", None))
    assert indicators.recall(half).value == 0.5
    assert indicators.precision(half).value == 1.0
    assert indicators.f1(half).value == pytest.approx(2 / 3)


def test_a_row_in_another_class_counts_only_for_the_names() -> None:
    moved = drafted(("时效指标", "培训考核合格率", None))
    assert indicators.recall(moved).value == 0.25
    assert indicators.f1_in_class(moved).value == 0.0


def test_nothing_suggested_is_no_precision_and_no_accuracy() -> None:
    assert indicators.precision(drafted()).value == 0.0
    assert values.accuracy(drafted()).value is None
    assert values.coverage(drafted()).value is None


@pytest.mark.parametrize(
    ("mine", "theirs", "is_right"),
    [
        ("≥90%", "≥95%", True),
        ("≥85%", "≥95%", False),
        ("≥110人次", "≥100人次", True),
        ("≥130人次", "≥100人次", False),
        ("≥0.06万人次", "600人次", True),
        ("≥3台", "3", True),
        ("≥77个", "≥77台", True),
        ("≤780元/生", "≤780元/生·年", True),
        ("≥95%", "≥95人", False),
        ("≥5万人", "50000", True),
        ("≥550万元", "550", False),
        ("2023年11月30日前", "11月30日前", True),
        ("2023年11月30日前", "2022年11月30日前", False),
        ("2023年11月30日前", "=100%", False),
        ("有效保障", "有效保障", True),
    ],
)
def test_a_value_is_right_within_its_tolerance(mine: str, theirs: str, *, is_right: bool) -> None:
    assert values.right(parse_value(mine), parse_value(theirs)) is is_right


def test_a_blank_costs_nothing_in_accuracy_and_all_in_what_was_right() -> None:
    blank = drafted(("数量指标", "培训人次", None), ("质量指标", "培训考核合格率", "≥95%"))
    assert values.accuracy(blank).value == 1.0
    assert values.right_of_real(blank).value == 0.25
    assert values.coverage(blank).value == 0.5


def test_a_number_from_nowhere_is_found_in_value_name_and_goal() -> None:
    made = drafted(("数量指标", "第7期培训人次", "≥250人次"), goal="培训基层干部600人次，覆盖18个乡镇。")
    score = grounding.numbers_without_evidence(made)
    assert score.value == 3.0
    assert "250人" in score.why and "18个" in score.why and "7期" in score.why


def test_numbers_of_the_request_and_of_cited_cells_are_grounded() -> None:
    cite = Evidence(kind="precedent", ref="p#1", quote="考核合格率 ≥92%", value="≥92%")
    made = drafted(("质量指标", "考核合格率", "≥92%"), evidence=(cite,), goal="培训基层干部600人次，资金30万元。")
    assert grounding.numbers_without_evidence(made).value == 0.0


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("2023年实施。", "≥2023人"),
        ("维修20人次使用的设备。", "≥20座"),
        ("改造300平方米。", "≤300元"),
        ("4.存量治理", "≥4%"),
        ("资金814万元。", "≥814万人"),
    ],
)
def test_the_same_digits_with_another_unit_are_no_evidence(told: str, value: str) -> None:
    made = drafted(("数量指标", "培训人次", value))
    said = replace(made, case=replace(made.case, request=BriefRequest(description=told)))
    assert grounding.numbers_without_evidence(said).value == 1.0


def test_a_number_shown_without_the_thing_it_counts_is_still_that_number() -> None:
    made = drafted(("数量指标", "覆盖数量", "≥1.86万"))
    told = BriefRequest(description="覆盖1.86万农村人口。")
    assert grounding.numbers_without_evidence(replace(made, case=replace(made.case, request=told))).value == 0.0


def test_a_cited_cell_may_leave_its_unit_out_and_a_request_may_use_chinese_numerals() -> None:
    told = BriefRequest(description="举办三场培训，合格率达到百分之九十五。")
    made = drafted(("数量指标", "培训场次", "≥3场"), ("质量指标", "培训合格率", "≥95%"))
    assert grounding.numbers_without_evidence(replace(made, case=replace(made.case, request=told))).value == 0.0


def test_the_same_digits_as_a_rate_are_no_evidence_for_an_amount() -> None:
    cite = Evidence(kind="precedent", ref="p#1", quote="考核合格率 ≥92%", value="≥92%")
    assert (
        grounding.numbers_without_evidence(drafted(("数量指标", "培训人次", "≥92人次"), evidence=(cite,))).value == 1.0
    )


@pytest.mark.parametrize(
    ("ref", "quote", "value", "holds"),
    [
        ("p#1", "示例先例：考核合格率 ≥92%", "≥92%", 1.0),
        ("p#1", "示例先例：考核合格率 ≥95%", "≥95%", 0.0),
        ("p#1", "示例先例：考核合格率 ≤92%", "≤92%", 0.0),
        ("p#1", "示例先例：考核合格率 ≥92人", "≥92人", 0.0),
        ("p#1", "示例先例：出勤率 ≥92%", "≥92%", 0.0),
        ("p#2", "示例先例：考核合格率 ≥92%", "≥92%", 0.0),
        ("p#3", "示例先例：档案规范程度 规范", "规范", 0.0),
    ],
)
def test_a_citation_holds_only_for_its_own_row_and_value(ref: str, quote: str, value: str, holds: float) -> None:
    cite = Evidence(kind="precedent", ref=ref, quote=quote, value=value)
    assert grounding.citations_hold(drafted(("质量指标", "考核合格率", "≥92%"), evidence=(cite,))).value == holds


def test_two_rows_that_say_the_same_are_a_repetition() -> None:
    made = drafted(("数量指标", "培训人次", "≥600人次"), ("数量指标", "参训人次", "≥600人次"))
    assert structure.repeated_rows(made).value == 1.0


def test_a_wording_no_result_can_be_held_against_is_an_error_of_the_form() -> None:
    firm, vague = (structure.errors(drafted(("数量指标", "培训人次", said))) for said in ("≥600人次", "大幅提高"))
    assert firm.value is not None and vague.value == firm.value + 1


def test_without_weights_there_is_no_sum_of_weights() -> None:
    assert structure.weights_add_up(drafted(("数量指标", "培训人次", "≥600人次"))).value is None


def test_a_blank_needs_a_reason_and_a_question() -> None:
    rows = (("数量指标", "培训人次", None),)
    assert asking.blanks_explained(drafted(*rows)).value == 0.0
    assert asking.blanks_explained(drafted(*rows, blank_reason="没有写", question="多少人次？")).value == 1.0
    assert asking.blanks_explained(drafted(("数量指标", "培训人次", "≥600人次"))).value is None


def test_a_withheld_fact_is_gone_from_the_request() -> None:
    told = asking.withheld(request_of(past_table(goal="做好培训。")))
    assert told is not None
    field, request = told
    assert getattr(request, field) in ("", None)


def test_a_withheld_fact_must_be_asked_for() -> None:
    draft = drafted().suggested.draft
    assert asking.asks_for("unit", draft).value == 0.0
    assert asking.asks_for("unit", draft.model_copy(update={"questions": ("实施单位的全称是什么？",)})).value == 1.0


def test_asking_for_a_fact_and_filling_it_in_all_the_same_does_not_count() -> None:
    draft = drafted().suggested.draft
    table = draft.table.model_copy(update={"fiscal_year": 2025})
    asked = draft.model_copy(update={"questions": ("这是哪个预算年度的项目？",), "table": table})
    assert asking.asks_for("year", asked).value == 0.0


def test_borrowing_from_a_precedent_is_no_abstention() -> None:
    cite = Evidence(kind="precedent", ref="p#1", quote="考核合格率 ≥92%")
    assert asking.abstains(drafted(("质量指标", "考核合格率", None), evidence=(cite,)).suggested.draft).value == 0.0
    assert asking.abstains(drafted(("质量指标", "考核合格率", None)).suggested.draft).value == 1.0
