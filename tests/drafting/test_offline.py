"""What every draft must be: whole, valid, complete, every number with evidence – looked up apart from the guard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

import pytest
from shipped import BRIEFS, RICH, described, request

from assistant.drafting import Draft, DraftRow, Evidence, draft_offline
from assistant.errors import BadBrief
from assistant.retrieval.search import Searcher
from assistant.values import render

Drafted = Callable[[str], Draft]
ALL = tuple(BRIEFS)
EFFECTS = {"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"}
REQUIRED = {
    "2015": {"数量指标", "质量指标", "时效指标", "成本指标", "服务对象满意度指标"},
    "2021": {"经济成本指标", "数量指标", "质量指标", "时效指标", "服务对象满意度指标"},
}
POINTS = {
    "2015": {"产出指标": 50, "效益指标": 30, "满意度指标": 10},
    "2021": {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10},
}

# Brief → what it says: the value as the form shows it, and the classes a reviewer accepts it under.
FIGURES: dict[str, dict[str, str]] = {
    "rural-road": {
        "≥18.6公里": "数量指标",
        "≥3座": "数量指标",
        "≥4200米": "数量指标",
        "=100%": "质量指标",
        "2026年10月31日前": "时效指标",
        "≤42万元/公里": "经济成本指标",
        "≥1.2万人": "社会效益指标",
        "≥92%": "服务对象满意度指标",
    },
    "skill-training": {
        "≥1500人次": "数量指标",
        "≥12场": "数量指标",
        "≥850人": "社会效益指标",
        "≥90%": "质量指标",
        "≥60%": "社会效益指标",
        "=1200元/人": "经济成本指标",
        "2026年11月30日前": "时效指标",
        "≥95%": "服务对象满意度指标",
    },
    "cancer-screening": {
        "≥8000人": "数量指标",
        "≥5000人": "数量指标",
        "=100%": "质量指标",
        "≥95%": "质量指标",
        "≤120元/人": "经济成本指标",
        "11月底前": "时效指标",
        "≥90%": "服务对象满意度指标",
    },
    "food-inspection": {
        "≥960批次": "数量指标",
        "≥3000批次": "数量指标",
        "≥8场": "数量指标",
        "=900元/批次": "经济成本指标",
        "≥85%": "社会效益指标",
        "≥88%": "服务对象满意度指标",
        "12月20日前": "时效指标",
    },
    "forest-guard": {
        "≥86人": "数量指标",
        "≥12.5万亩": "数量指标",
        "=1500元/人·月": "经济成本指标",
        "≤0.9‰": "生态效益指标",
        "≥46%": "生态效益指标 社会效益指标",
        "≥90%": "服务对象满意度指标",
    },
    "school-meals": {
        "≥126所": "数量指标",
        "≥2.4万人": "数量指标 社会效益指标",
        "≤5元/生·天": "经济成本指标",
        "≥200天": "数量指标 时效指标",
        "=100%": "质量指标",
        "≥90%": "服务对象满意度指标",
    },
    "service-platform": {
        "≥1套": "数量指标",
        "≥32个": "数量指标",
        "≥6台": "数量指标",
        "≥240人次": "数量指标",
        "=100%": "质量指标",
        "≥99.9%": "质量指标",
        "≤2小时": "时效指标",
        "2026年9月30日前": "时效指标",
        "≥95%": "服务对象满意度指标",
    },
    "farmland": {
        "≥1.5万亩": "数量指标",
        "≥48眼": "数量指标",
        "≥36公里": "数量指标",
        "≥12.4公里": "数量指标",
        "≤1500元/亩": "成本指标",
        "=100%": "质量指标",
        "2020年12月31日前": "时效指标",
        "≥60万千克": "经济效益指标",
        "≥15年": "可持续影响指标",
        "≥3200户": "社会效益指标",
        "≥90%": "服务对象满意度指标",
    },
    "culture-opening": {
        "≥300天": "数量指标 时效指标",
        "≥11万人次": "数量指标 社会效益指标",
        "≥24场": "数量指标",
        "≥16场": "数量指标",
        "≥5000册": "数量指标",
        "≥98%": "质量指标",
        "=100%": "时效指标",
        "≥90%": "服务对象满意度指标",
    },
    "elderly-canteen": {
        "≥20家": "数量指标",
        "≥1800人": "数量指标 社会效益指标",
        "≥36万人次": "数量指标",
        "=100%": "质量指标",
        "≥98%": "时效指标",
        "=0起": "质量指标 社会效益指标",
        "≥92%": "服务对象满意度指标",
    },
}


def numbers(text: str) -> set[str]:
    """Every digit sequence of a text with the sign or magnitude right behind it; 百分之百 is the only wording used."""
    return set(re.findall(r"\d+(?:\.\d+)?[万亿%‰]?", text.replace("百分之百", "100%").replace(",", "")))


def given(name: str) -> dict[str, str]:
    return {key: str(text) for key, text in BRIEFS[name].items()}


def stands(one: Evidence, name: str, searcher: Searcher) -> bool:
    """Whether the quoted words, or the precedent with its name and value, are really there."""
    if one.kind == "brief":
        return one.quote.removesuffix("万元") in given(name)[one.ref]
    if one.kind == "policy":
        return re.match(r"财预〔20\d\d〕\d+号 ", one.quote) is not None
    table_id, _, place = one.ref.rpartition("#")
    past = searcher.store.get(table_id)
    assert past is not None, one.ref
    row = past.table.indicators[int(place) - 1]
    return row.name in one.quote and (one.value is None or (row.value is not None and one.value == render(row.value)))


def proofs(row: DraftRow) -> Iterator[str]:
    """The words the value of a row may rest on."""
    for one in row.evidence:
        if one.kind == "brief":
            yield one.quote
        elif one.kind == "precedent" and one.value is not None:
            yield one.value


def every(drafted: Drafted, names: Iterable[str] = ALL) -> Iterator[tuple[str, Draft, DraftRow]]:
    return ((name, drafted(name), row) for name in names for row in drafted(name).rows)


@pytest.mark.parametrize("name", ALL)
def test_a_draft_is_valid_data_and_survives_the_round_trip(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    assert Draft.model_validate(draft.model_dump()) == draft
    assert Draft.model_validate_json(draft.model_dump_json()) == draft


@pytest.mark.parametrize("name", ALL)
def test_the_table_holds_exactly_the_rows(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    assert draft.table.indicators == tuple(row.indicator for row in draft.rows)
    assert [row.id for row in draft.rows] == [row.indicator.id for row in draft.rows]


@pytest.mark.parametrize("name", RICH)
def test_a_rich_description_gives_twelve_to_eighteen_rows(drafted: Drafted, name: str) -> None:
    assert len(numbers(BRIEFS[name]["description"])) >= 6
    assert 12 <= len(drafted(name).rows) <= 18


@pytest.mark.parametrize("name", ALL)
def test_every_required_class_of_the_generation_has_a_row(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    classes = {row.indicator.level2 for row in draft.rows}
    assert classes >= REQUIRED[draft.table.form_generation]
    assert classes & EFFECTS


def test_the_generation_follows_the_brief_and_else_the_year(drafted: Drafted) -> None:
    assert drafted("farmland").table.form_generation == "2015"
    assert drafted("rural-road").table.form_generation == "2021"
    assert {row.indicator.level1 for row in drafted("farmland").rows} == {"产出指标", "效益指标", "满意度指标"}


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name, said in FIGURES.items() for figure in said])
def test_a_figure_of_the_description_stands_in_its_class(drafted: Drafted, name: str, figure: str) -> None:
    places = {row.indicator.level2 for row in drafted(name).rows if row.value_text == figure and row.origin == "person"}
    assert places & set(FIGURES[name][figure].split()), [
        (row.indicator.level2, row.indicator.name, row.value_text) for row in drafted(name).rows
    ]


@pytest.mark.parametrize("name", ALL)
def test_every_number_of_a_value_stands_in_its_evidence(drafted: Drafted, name: str) -> None:
    for row in drafted(name).rows:
        # A deadline precedents agree on is carried into the year of the brief.
        year = {str(BRIEFS[name].get("year"))} if row.indicator.value and row.indicator.value.kind == "date" else set()
        missing = numbers(row.value_text) - numbers(" ".join(proofs(row))) - year
        assert not missing, f"{row.indicator.name} {row.value_text}: {missing}"


@pytest.mark.parametrize("name", ALL)
def test_a_value_without_any_evidence_is_not_shown(drafted: Drafted, name: str) -> None:
    filled = [row for row in drafted(name).rows if row.indicator.value is not None]
    assert all(list(proofs(row)) for row in filled)


@pytest.mark.parametrize("name", ALL)
def test_every_quote_and_every_precedent_stands_where_it_says(drafted: Drafted, searcher: Searcher, name: str) -> None:
    false = [one for row in drafted(name).rows for one in row.evidence if not stands(one, name, searcher)]
    assert not false


@pytest.mark.parametrize("name", ALL)
def test_every_number_of_the_goal_stands_in_the_brief_or_in_a_row(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    known = " ".join([*given(name).values(), *(row.value_text for row in draft.rows)])
    money = {f"{number}万" for number in numbers(given(name).get("budget_wan", ""))}
    assert numbers(draft.table.goals.annual.text or "") <= numbers(known) | money


@pytest.mark.parametrize("name", ALL)
def test_every_number_of_a_name_stands_in_the_brief_or_in_the_precedent_named(drafted: Drafted, name: str) -> None:
    for row in drafted(name).rows:
        known = " ".join([*given(name).values(), *(one.quote for one in row.evidence)])
        assert numbers(row.indicator.name) <= numbers(known)


@pytest.mark.parametrize("name", ALL)
def test_weights_add_up_to_ninety_and_by_level_to_the_profile(drafted: Drafted, name: str) -> None:
    draft, points = drafted(name), Counter[str]()
    for row in draft.rows:
        assert row.indicator.weight is not None
        points[row.indicator.level1] += row.indicator.weight  # type: ignore[assignment]
    assert points == POINTS[draft.table.form_generation]
    assert points.total() == Decimal(90)


@pytest.mark.parametrize("name", ALL)
def test_a_blank_row_says_why_and_asks(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    for row in draft.rows:
        if row.indicator.value is None:
            assert row.blank_reason
            assert row.question in draft.questions
        else:
            assert row.blank_reason is None


@pytest.mark.parametrize("name", ALL)
def test_ids_and_names_are_unique(drafted: Drafted, name: str) -> None:
    rows = drafted(name).rows
    assert len({row.id for row in rows}) == len(rows)
    assert len({row.indicator.name for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ALL)
def test_a_draft_has_no_finding_of_error_level(drafted: Drafted, name: str) -> None:
    assert [finding for finding in drafted(name).findings if finding.level == "error"] == []


@pytest.mark.parametrize("name", ALL)
def test_names_carry_no_numbering_and_no_stray_particle(drafted: Drafted, name: str) -> None:
    names = [row.indicator.name for row in drafted(name).rows]
    assert [one for one in names if re.match(r"[一二三四五六七八九十\d]+[、.．)）]|[用为对于的]", one)] == []


@pytest.mark.parametrize("name", ["rural-road", "elderly-canteen", "name-only", "contradictory"])
def test_the_same_input_gives_the_same_output(drafted: Drafted, searcher: Searcher, name: str) -> None:
    again = draft_offline(request(name), searcher)
    assert again.model_dump(exclude={"engine": {"seconds"}}) == drafted(name).model_dump(
        exclude={"engine": {"seconds"}}
    )


@pytest.mark.parametrize("name", ["rural-road", "farmland"])
def test_header_and_money_are_those_of_the_brief(drafted: Drafted, name: str) -> None:
    table, said = drafted(name).table, BRIEFS[name]
    assert (table.project.name, table.project.dept, table.project.unit) == (
        said["project_name"],
        said["department"],
        said["unit"],
    )
    assert (table.fiscal_year, float(table.funds[0].total or 0)) == (said["year"], said["budget_wan"])


def test_what_the_brief_does_not_say_of_the_header_is_asked(drafted: Drafted) -> None:
    draft = drafted("name-only")
    assert "这是哪个预算年度的项目？" in draft.questions
    assert "项目预算是多少万元？" in draft.questions
    assert draft.table.funds[0].total is None
    assert {"fiscal_year", "project.dept"} <= {one.field for one in draft.table.unresolved}


def test_contradictory_figures_leave_the_row_blank_and_are_asked(drafted: Drafted) -> None:
    draft = drafted("contradictory")
    row = next(row for row in draft.rows if row.indicator.name == "村干部培训人次")
    assert (row.indicator.value, row.blank_reason) == (None, "描述中有互相矛盾的数")
    assert "300" in (row.question or "")
    assert "350" in (row.question or "")


def test_of_contradictory_figures_neither_is_on_the_form(drafted: Drafted) -> None:
    draft = drafted("contradictory")
    shown = f"{draft.table.goals.annual.text} {' '.join(row.value_text for row in draft.rows)}"
    assert not numbers(shown) & {"300", "350"}


def test_a_budget_that_differs_from_the_description_is_asked(searcher: Searcher) -> None:
    draft = draft_offline(described("新建公厕6座，项目总投资90万元。", budget_wan=120), searcher)
    assert any("120" in question and "90" in question for question in draft.questions)


def test_an_unknown_field_is_drafted_from_the_description_with_questions(searcher: Searcher) -> None:
    draft = draft_offline(described("完成月球土壤样品保管18份，开展样品比对分析40次。"), searcher)
    said = {row.value_text for row in draft.rows if row.origin == "person"}
    assert {"≥18份", "≥40次"} <= said
    assert draft.questions


def test_the_units_own_satisfaction_comes_before_any_precedents(searcher: Searcher) -> None:
    draft = draft_offline(described("2026年举办基层干部培训班10期，培训600人次，满意度95%以上。"), searcher)
    rows = [row for row in draft.rows if row.indicator.level2 == "服务对象满意度指标"]
    assert [row.value_text for row in rows] == ["≥95%"]
    assert any("基层干部满意度" in question for question in draft.questions)


def test_a_bare_measure_word_is_not_borrowed(searcher: Searcher) -> None:
    assert not {row.indicator.name for row in draft_offline(described("双创工作经费。"), searcher).rows} & {
        "成本",
        "数量",
    }


def test_a_project_like_nothing_known_takes_no_precedent(searcher: Searcher) -> None:
    draft = draft_offline(described("研制月球车1台，着陆月球南极钻取水冰18份。"), searcher)
    assert any(question.startswith("先例库中没有") for question in draft.questions)
    assert all(one.value is None for row in draft.rows for one in row.evidence if one.kind == "precedent")


@pytest.mark.parametrize(
    "text", ["Build twelve kilometres of road", "asdf qwer 1234 zxcv", "?!…… 123 456", "，。！？；："]
)
def test_text_that_is_not_chinese_is_refused(searcher: Searcher, text: str) -> None:
    with pytest.raises(BadBrief, match="没有读出中文"):
        draft_offline(described(text), searcher)


MANY = "桥梁 涵洞 路灯 水井 公厕 凉亭 校舍 球场 哨所 泵站 闸门 鱼塘 温室 仓库 展馆 井房 站台 岗亭 书屋 粮仓".split()
MANY_FIGURES = "；".join(f"维修{thing}{at + 11}座" for at, thing in enumerate(MANY))


def test_a_description_with_many_figures_keeps_to_eighteen_rows(searcher: Searcher) -> None:
    assert len(draft_offline(described(MANY_FIGURES), searcher).rows) <= 18


def test_figures_beyond_the_last_row_are_listed(searcher: Searcher) -> None:
    draft = draft_offline(described(MANY_FIGURES), searcher)
    shown = numbers(" ".join(row.value_text for row in draft.rows))
    listed = numbers(" ".join(one.row for one in draft.rejected))
    assert {str(at + 11) for at in range(len(MANY))} <= shown | listed


@pytest.mark.parametrize("name", ALL)
def test_no_figure_of_the_description_is_dropped_silently(drafted: Drafted, name: str) -> None:
    draft = drafted(name)
    quoted = [one.quote for row in draft.rows for one in row.evidence if one.kind == "brief"]
    listed = [f"{one.row} {one.why}" for one in draft.rejected]
    money = f"{given(name).get('budget_wan', '')}万"
    known = numbers(" ".join([*quoted, *listed, *draft.questions, money]))
    assert numbers(BRIEFS[name].get("description", "")) <= known


def test_targets_of_later_years_are_listed_and_make_no_row(searcher: Searcher) -> None:
    text = (
        "项目实施期2024—2026年，三年累计造林4.5万亩，其中2025年造林1.5万亩。"
        "到2026年底森林覆盖率由41.2%提高到43%，造林成活率85%以上。"
    )
    draft = draft_offline(described(text, year=2025, project_name="国土绿化三年行动"), searcher)
    shown = {row.value_text for row in draft.rows}
    assert {"≥1.5万亩", "≥85%"} <= shown
    assert not {"≥4.5万亩", "≥43%"} & shown
    assert [one.row for one in draft.rejected if "实施期" in one.why] == [
        "三年累计造林4.5万亩",
        "森林覆盖率由41.2%提高到43%",
    ]


def test_the_total_investment_bears_out_the_cost_when_no_budget_is_named(searcher: Searcher) -> None:
    draft = draft_offline(described("新打机井15眼，铺设管道48公里，总投资980万元。"), searcher)
    (cost,) = [row for row in draft.rows if row.indicator.level1 == "成本指标"]
    assert (cost.value_text, cost.evidence[0].quote) == ("≤980万元", "总投资980万元")


def test_a_year_before_the_last_borrows_no_completion(searcher: Searcher) -> None:
    text = "新建跨线桥1座，工期2025年4月至2028年6月，2026年完成房屋征收20户、桩基施工55%。"
    draft = draft_offline(described(text, year=2026, project_name="跨线桥工程", budget_wan=9000), searcher)
    assert not [row.indicator.name for row in draft.rows if re.search("竣工|完工|交付", row.indicator.name)]


def test_the_stages_are_announced_in_order(searcher: Searcher) -> None:
    stages: list[str] = []
    draft_offline(described("修建农村公路3公里。"), searcher, stage=stages.append)
    assert stages == ["理解描述", "查找先例", "逐行起草", "核对依据", "检查"]


def test_rows_of_the_description_come_from_a_person_and_quote_it(drafted: Drafted) -> None:
    for name, _, row in every(drafted, RICH):
        if row.origin == "person" and row.evidence[0].ref == "description":
            assert row.evidence[0].quote in BRIEFS[name]["description"]


def test_counts_are_never_taken_from_a_precedent(drafted: Drafted) -> None:
    counted = [row for _, _, row in every(drafted) if row.indicator.level2 == "数量指标" and row.origin == "precedent"]
    assert counted
    assert all(row.indicator.value is None for row in counted)


def test_a_dated_target_never_stands_in_a_year_other_than_the_projects(drafted: Drafted) -> None:
    dated = [(name, row) for name, _, row in every(drafted) if re.search(r"20\d\d", row.value_text)]
    assert dated
    assert all(str(drafted(name).table.fiscal_year) in row.value_text for name, row in dated)
