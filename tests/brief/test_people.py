"""Whom a project serves and what it is about."""

from __future__ import annotations

import pytest

from assistant.brief.people import beneficiaries_in, subjects_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("为1800名老年人提供助餐服务，老年人满意度≥92%", ("老年人",)),
        ("补助对象为低收入家庭", ("低收入家庭",)),
        ("办事企业满意度95%以上", ("办事企业",)),
        ("林区群众满意度不低于90%", ("林区群众",)),
        ("参训学员满意度", ("参训学员",)),
        ("修建桥梁3座", ()),
    ],
)
def test_the_people_a_text_names_are_found(text: str, people: tuple[str, ...]) -> None:
    assert beneficiaries_in(text) == people


@pytest.mark.parametrize("text", ["由工作人员审核", "项目单位组织实施", "施工单位负责", "各单位配合", "财务人员核算"])
def test_those_who_do_the_work_are_not_its_beneficiaries(text: str) -> None:
    assert beneficiaries_in(text) == ()


def test_the_most_named_group_comes_first() -> None:
    assert beneficiaries_in("学生、家长满意。学生受益，学生安全。")[0] == "学生"


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("2026年农村公路路面改造工程", "农村公路路面改造"),
        ("城乡居民基本养老保险区级配套资金", "城乡居民基本养老保险"),
        ("食品安全监督抽检经费", "食品安全监督抽检"),
        ("农村妇女“两癌”免费筛查（第二批）", "农村妇女两癌免费筛查"),
        ("2024年度实施森林防火专项资金项目", "森林防火"),
    ],
)
def test_the_subject_is_the_name_without_what_every_name_has(name: str, subject: str) -> None:
    assert subjects_in(name)[0] == subject


@pytest.mark.parametrize("name", ["", "2026年", "（一）"])
def test_a_name_that_says_nothing_has_no_subject(name: str) -> None:
    assert subjects_in(name) == ()
