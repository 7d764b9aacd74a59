"""`jimu eval`: runs suites, prints and writes their reports, holds them against the baseline.

The command line finds this command by its entry point (`jimu.commands` in pyproject.toml): the product does not import
its evals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.errors import BadInput, JimuError
from evals.suites import SUITES, Asked

if TYPE_CHECKING:
    from assistant.settings import Settings

_LIBRARIES = ("scipy", "matplotlib", "ir_measures")
_RESULTS = Path("evals") / "results"


@click.command("eval")
@click.argument("suites", nargs=-1, type=click.Choice(list(SUITES)), metavar="[评测…]")
@click.option("--data", type=click.Path(path_type=Path), help="往年表所在文件夹，用作被隐去的表；不写则用自带的表")
@click.option("--out", type=click.Path(path_type=Path), default=_RESULTS, show_default=True, help="报告写到哪里")
@click.option("--alone", is_flag=True, help="先例只用 --data 里的其他表，不加自带的示例")
@click.option("--fast", is_flag=True, help="只测固定的一部分（持续集成用）")
@click.option("--baseline", is_flag=True, help="与 evals/baseline.json 对比，降出区间则退出码为 1")
@click.option("--set-baseline", is_flag=True, help="把这次的主要得分记为基线")
@click.pass_obj
def evaluate(  # noqa: PLR0913 – one parameter an option
    settings: Settings,
    suites: tuple[str, ...],
    data: Path | None,
    out: Path,
    *,
    alone: bool,
    fast: bool,
    baseline: bool,
    set_baseline: bool,
) -> None:
    """给建议打分：与照抄、套用常见指标等做法并排比较（drafting retrieval checking calibration，不写则全部）。"""
    _require_libraries()
    if data is not None and not data.exists():
        raise BadInput(f"找不到 {data}；--data 应当是往年表所在的文件夹")
    if alone and data is None:
        raise BadInput("--alone 只和 --data 一起用：先例只取那个文件夹里的表")
    from assistant.cli.opening import progress_bar

    worse = []
    for name in suites or SUITES:
        with progress_bar() as progress:
            asked = Asked(out=out, data=data, alone=alone, fast=fast, model=settings.chat_model(), progress=progress)
            worse += _run(name, asked, baseline=baseline, set_baseline=set_baseline)
    for line in worse:
        click.echo(line, err=True)
    sys.exit(1 if worse else 0)


def _run(name: str, asked: Asked, *, baseline: bool, set_baseline: bool) -> list[str]:
    from evals import baseline as kept
    from evals.report import show, write

    report = SUITES[name].run(asked)
    show(report)
    try:
        written = write(report, name, asked.out, datetime.now(UTC).astimezone().date())
    except OSError as problem:
        raise BadInput(f"报告写不进 {asked.out}（{problem.strerror}），请用 --out 换一个文件夹") from problem
    click.echo(f"已写入 {written[0]} 等 {len(written)} 个文件")
    if set_baseline:
        kept.set_baseline(name, report.headline)
    return kept.fallen(name, report.headline) if baseline else []


def _require_libraries(names: Iterable[str] = _LIBRARIES) -> None:
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise JimuError(f"评测还需要 {'、'.join(missing)}，请先安装：pip install 'jimu-assistant[evals]'")
