"""The suites `jimu eval` knows; a new one is one entry in `SUITES` and a module with `run(asked) -> Report`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.model import ChatModel
    from evals.report import Report

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Asked:
    """What a run was asked for.

    `data`: a folder of past tables; `alone`: the precedents are only those tables; `fast`: a fixed part of the cases;
    `out`: where the journal of an unfinished run lies; `say`: tells the user one line.
    """

    out: Path
    data: Path | None = None
    alone: bool = False
    fast: bool = False
    model: ChatModel | None = None
    progress: Progress = lambda *_: None
    say: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Suite:
    """A suite's Chinese title, what it does with `--data`, and the module that runs it, imported late."""

    title: str
    data: str
    module: str
    narrowed: bool = False
    """Whether it knows `--alone` and `--fast`."""

    def run(self, asked: Asked) -> Report:
        """Measure."""
        report: Report = import_module(self.module).run(asked)
        return report


SUITES: Mapping[str, Suite] = {
    "drafting": Suite("起草：建议的指标和值像不像真表", "逐张隐去来测", "evals.drafting.suite", narrowed=True),
    "coverage": Suite("覆盖率：有多少行有先例可学", "逐张隐去来测", "evals.coverage", narrowed=True),
    "concepts": Suite("指标库：同一概念的名称归得对不对", "不用", "evals.concepts"),
    "retrieval": Suite("检索：找到的先例和指标对不对", "公开表作查询", "evals.retrieval.suite"),
    "importing": Suite("导入：各种文件读得对不对", "一并读入；旁边有 .expected.json 的逐行比对", "evals.importing"),
    "checking": Suite("检查：规则查不查得出、会不会误报", "统计各规则命中", "evals.checking.suite"),
    "calibration": Suite(
        "名称对比：判断两个指标名是否同义的尺子准不准", "补上公开表里的名称", "evals.drafting.calibration"
    ),
}
