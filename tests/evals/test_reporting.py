"""Intervals, journal, baseline and pages: the same input gives the same figures, and nothing judged becomes markup."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from evals import plots
from evals.baseline import Kept, fallen, set_baseline
from evals.intervals import Estimate, difference, estimate
from evals.journal import Journal, digest
from evals.report import Grid, Plot, Prose, Report, write
from evals.suites import Asked


def test_an_interval_is_the_same_each_time_and_holds_the_mean() -> None:
    first, second = (estimate([0.1, 0.4, 0.2, 0.9, 0.5]) for _ in range(2))
    assert first == second
    assert first is not None and first.low is not None and first.high is not None
    assert first.low < first.mean < first.high


def test_one_case_has_no_interval_and_none_no_mean() -> None:
    assert estimate([0.5]) == Estimate(0.5, None, None, 1)
    assert estimate([]) is None


def test_a_difference_is_taken_only_where_both_apply() -> None:
    found = difference([1.0, None, 0.5], [0.5, 0.5, None])
    assert found == Estimate(0.5, None, None, 1)


def test_a_journal_goes_on_where_a_run_was_ended(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    asked = []

    def judge() -> dict[str, int]:
        asked.append(1)
        return {"value": len(asked)}

    assert Journal(path).item("a", judge) == {"value": 1}
    path.write_text(path.read_text(encoding="utf-8") + '{"key": "b", "fou', encoding="utf-8")  # ended while writing
    resumed = Journal(path)
    assert resumed.item("a", judge) == {"value": 1}
    assert resumed.item("b", judge) == {"value": 2}
    again = Journal(path)
    assert (again.resumed, again.item("b", judge)) == (2, {"value": 2})
    again.finish()
    assert not path.exists()


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    assert journal.item("a", lambda: {"failed": "等了 120 秒没有回复"})["failed"]
    assert journal.item("a", lambda: {"failed": None}) == {"failed": None}


def test_another_table_or_other_code_is_another_item() -> None:
    assert digest(["code", "case", "system"]) != digest(["code2", "case", "system"])
    assert digest(["ab", "c"]) != digest(["a", "bc"])


HERE = "自带的表"


def f1(mean: float, *, n: int = 40, low: float | None = None) -> Kept:
    return Kept(HERE, {"f1": Estimate(mean, low, None, n)})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "baseline.json"
    set_baseline("drafting", f1(0.5, low=0.45), path)
    return path


@pytest.mark.parametrize(("now", "is_fallen"), [(0.5, False), (0.46, False), (0.44, True), (0.9, False)])
def test_only_a_fall_by_more_than_the_interval_counts(kept: Path, now: float, *, is_fallen: bool) -> None:
    assert bool(fallen("drafting", f1(now), kept)) is is_fallen


def test_a_score_that_is_gone_is_a_fall(kept: Path) -> None:
    assert "没有测出 f1" in fallen("drafting", Kept(HERE, {}), kept)[0]


def test_a_suite_without_a_baseline_is_said(kept: Path) -> None:
    assert "没有 retrieval 的基线" in fallen("retrieval", Kept(HERE, {}), kept)[0]


def test_other_cases_or_other_tables_are_not_compared(kept: Path) -> None:
    assert "重记" in fallen("drafting", f1(0.9, n=41), kept)[0]
    assert "不能比" in fallen("drafting", Kept("往年表", {"f1": Estimate(0.9, None, None, 40)}), kept)[0]


def test_what_a_run_was_measured_on_names_the_tables_and_the_part() -> None:
    asked = Asked(Path("out"), data=Path("/somewhere/往年表"), alone=True, fast=True)
    assert Kept.of(asked, {}).measured_on == "往年表，只用其中的先例，固定抽取的一部分"


def test_a_baseline_of_one_suite_leaves_the_others(kept: Path) -> None:
    set_baseline("retrieval", f1(0.7), kept)
    assert set(json.loads(kept.read_text(encoding="utf-8"))) == {"drafting", "retrieval"}


def test_a_report_is_written_as_json_page_plots_and_reasons(tmp_path: Path) -> None:
    bars = plots.bars({"甲": Estimate(0.5, 0.4, 0.6, 9), "乙": None}, "召回")
    hostile = Grid("表", ("系统", "值"), [("<img src=x onerror=alert(1)>|a![](http://x/y.png)\x1b[31m", "1")])
    report = Report("评测", {"f1": 0.5}, {}, [Prose("", "说明"), hostile, Plot("图", "bars", bars)], [{"case": "a"}])
    written = write(report, "drafting", tmp_path / "out", date(2026, 11, 23))
    assert sorted(path.name for path in written) == [
        "2026-11-23-drafting-bars.svg",
        "2026-11-23-drafting.cases.jsonl",
        "2026-11-23-drafting.json",
        "2026-11-23-drafting.md",
    ]
    page = written[0].read_text(encoding="utf-8")
    assert "\\<img" in page and "\\|a\\!\\[\\]\\(http" in page and "\x1b" not in page
    assert "![图](2026-11-23-drafting-bars.svg)" in page


def test_a_plot_is_the_same_file_each_time_and_its_words_stay_words() -> None:
    means = {"照抄最近的表": Estimate(0.2, 0.1, 0.3, 9), "绩目": Estimate(0.6, 0.5, 0.7, 9)}
    assert plots.bars(means, "召回") == plots.bars(means, "召回")
    assert "照抄最近的表" in plots.bars(means, "召回")
    pairs = {title: (one, one) for title, one in means.items()}
    assert "绩目" in plots.scatter(pairs, "给出", "正确")
    assert "数量" in plots.grouped({"绩目": {"数量指标": (1, 2)}}, "召回")
