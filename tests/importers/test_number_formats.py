"""Number formats: every line is what a spreadsheet shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.importers.number_formats import shown_number, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.9567, "0.00%", "95.67%"),
        (0.9567, "0.0%", "95.7%"),
        (-0.05, "0%", "-5%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (12, "#,##0", "12"),
        (5, ACCOUNTING, "5.00"),
        (0, ACCOUNTING, "-"),
        (-5, ACCOUNTING, "-5.00"),
        (-3, "#,##0.00_);(#,##0.00)", "(3.00)"),
        (-3, "0;[Red]-0", "-3"),
        (12345, "0.00,", "12.35"),
        (50, '0"万元"', "50万元"),
        (3, '0"人次"', "3人次"),
        (98.5, '0.##"%"', "98.5%"),
        (98, "0.##\\%", "98%"),
        (7, "000", "007"),
        (0.5, "#.##", ".5"),
        (0.5, "[<1]0%;0", "50%"),
        (2, "[<1]0%;0", "2"),
        (1500, "0.00E+00", "1.50E+03"),
        (3, "[$¥-804]#,##0.00", "¥3.00"),
        (2024, 'General"年"', "2024年"),
        (2.5, "0", "3"),
        (0.125, "0.00", "0.13"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.00", "0.00"),
        (1e11, "General", "100000000000"),
        (1 / 3, "General", "0.333333333"),
        (45292, "yyyy/m/d", "2024/1/1"),
        (45292, 'yyyy"年"m"月"d"日";@', "2024年1月1日"),
        (45292, "yy-mm-dd", "24-01-01"),
        (45292.75, "yyyy-mm-dd hh:mm", "2024-01-01 18:00"),
        (0.75, "h:mm AM/PM", "6:00 PM"),
        (1.5, "[h]:mm", "36:00"),
        (45292, "[$-804]aaaa", "星期一"),
        (45292, "[$-F800]dddd, mmmm dd, yyyy", "2024年1月1日"),
        (59, "m/d", "2/28"),
        (61, "m/d", "3/1"),
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


def test_days_may_count_from_1904() -> None:
    assert shown_number(0, "yyyy/m/d", epoch_1904=True) == "1904/1/1"


@pytest.mark.parametrize(("code", "shown"), [("@", "95"), ("General", "95"), ('"≥"@', "≥95"), ("0;0;0;@元", "95元")])
def test_a_text_is_shown_in_its_format(code: str, shown: str) -> None:
    assert shown_text("95", code) == shown


@given(
    st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?.,%"\\_*;@[]<>=E+-ymdhs/:年 ', max_size=14)
)
def test_no_format_breaks_the_reading(value: float, code: str) -> None:
    assert isinstance(shown_number(value, code), str)
