"""Bad input gives findings or a clear error: no crash, no hang, no regular expression that explodes."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from assistant.checks import check
from assistant.checks.examples import example
from assistant.schema import Indicator, PerformanceTable
from assistant.values import parse_value

SECONDS = 20


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(f"still running after {seconds} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


HOSTILE = (
    "的" * 20_000,
    "1" * 20_000,
    "2026年" * 5_000,
    "提高" * 8_000,
    "（" * 9_000,
    "<a" * 9_000,
    "<" * 20_000,
    "$" * 9_000,
    "**" * 9_000,
    "&a" * 9_000,
    "安排1" * 6_000,
    "其中1万元" * 5_000,
    "县1" * 9_000,
    "a\u202eb\u200f" * 5_000,
    "😀" * 9_000,
    "\t \u3000" * 6_000,
    "，、；。" * 5_000,
    "≥≤>=<" * 4_000,
    "指标1：" * 5_000,
    "每人每月" * 5_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_no_text_makes_a_rule_run_away(text: str) -> None:
    with at_most(SECONDS):
        check(example(goal=text, text="").table())
        check(example(project={"name": text[:200], "dept": text, "unit": text, "category": text}).table())
        check(example(text[:200].strip() or "空", text[:5_000]).table())
        check(example("培训人次", "≥300人次", cells={"note": text, "explanation": text}).table())


def test_a_table_without_rows_gets_findings() -> None:
    assert {"F06"} <= {one.rule for one in check(PerformanceTable())}


def test_a_thousand_rows_are_checked() -> None:
    rows = tuple(
        Indicator(
            id=f"r{n}", level1="产出指标", level2="数量指标", name=f"第{n}批设备购置数量", value=parse_value("≥5台")
        )
        for n in range(1_000)
    )
    with at_most(SECONDS):
        found = check(PerformanceTable(indicators=rows))
    assert "F15" in {one.rule for one in found}


def test_ten_megabytes_of_goal_are_called_too_long() -> None:
    with at_most(60):
        found = check(example(goal="完成认证500人次，提高服务水平。" * 650_000).table())
    assert "G01" in {one.rule for one in found}


@pytest.mark.parametrize("value", ["≥1e999人", "≥" + "9" * 400 + "人", "=0.000000000000000000001%", "-5人", "∞", "½%"])
def test_absurd_numbers_are_only_findings(value: str) -> None:
    assert isinstance(check(example(value=value).table()), tuple)


@pytest.mark.parametrize("digits", [20, 40, 300])
def test_an_absurd_sum_in_the_goal_is_only_a_finding(digits: int) -> None:
    goal = f"2026年预算安排{'9' * digits}万元，完成认证500人次，知晓率达到85%，宣传12场。"
    assert isinstance(check(example(goal=goal).table()), tuple)


def test_a_pattern_from_a_file_cannot_run_away() -> None:
    doubt = [{"field": "*a" * 40 + "b", "issue": "…"}]
    with at_most(SECONDS):
        check(example(goal=None, form={"unresolved": doubt}).table())
