"""`jimu eval`: runs suites, prints and writes their reports, holds them against the baseline.

The command line finds this command by its entry point (`jimu.commands` in pyproject.toml): the product does not import
its evals.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.echo import say
from assistant.errors import BadInput, JimuError
from assistant.importers.files import why_unreadable
from evals.suites import SUITES, Asked

if TYPE_CHECKING:
    from assistant.settings import Settings

_LIBRARIES = ("scipy", "matplotlib", "ir_measures")
_RESULTS = Path("evals") / "results"


_DATA = "；".join(f"{name}：{suite.data}" for name, suite in SUITES.items())


@click.command("eval", help=f"给建议打分：与照抄、套用常见指标等做法并排比较（{'、'.join(SUITES)}，不写则全部）。")
@click.argument("suites", nargs=-1, type=click.Choice(list(SUITES)), metavar="[评测…]")
@click.option("--data", type=click.Path(path_type=Path), help=f"往年表所在文件夹（{_DATA}）；不写则只用自带的表")
@click.option("--out", type=click.Path(path_type=Path), default=_RESULTS, show_default=True, help="报告写到哪里")
@click.option("--alone", is_flag=True, help="起草的先例只用 --data 里的其他表，不加自带的示例")
@click.option("--fast", is_flag=True, help="起草只测固定的一部分（持续集成用）")
@click.option("--offline", is_flag=True, help="配置了对话模型也不用")
@click.option("--baseline", is_flag=True, help="与 evals/baseline.json 对比，降出区间则退出码为 1")
@click.option("--set-baseline", is_flag=True, help="把这次的主要得分记为基线")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON")
@click.pass_obj
def evaluate(  # noqa: PLR0913 – one parameter an option
    settings: Settings,
    suites: tuple[str, ...],
    data: Path | None,
    out: Path,
    *,
    alone: bool,
    fast: bool,
    offline: bool,
    baseline: bool,
    set_baseline: bool,
    as_json: bool,
) -> None:
    """Run the suites, print and write what they found; exit 1 when a score fell below the baseline."""
    _require_libraries()
    if data is not None and not data.exists():
        raise BadInput(f"找不到 {data}；--data 应当是往年表所在的文件夹")
    if alone and data is None:
        raise BadInput("--alone 只和 --data 一起用：先例只取那个文件夹里的表")
    if (alone or fast) and not any(SUITES[name].narrowed for name in suites or SUITES):
        raise BadInput(f"--alone 和 --fast 只管 {'、'.join(name for name in SUITES if SUITES[name].narrowed)}")
    if baseline and set_baseline:
        raise BadInput("--baseline 与 --set-baseline 只能给一个：要么对比，要么重记")
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)
    from assistant.cli.opening import progress_bar
    from evals import baseline as kept
    from evals.report import show, write

    model = None if offline else settings.chat_model()
    worse, told = [], {}
    for name in suites or SUITES:
        with progress_bar() as progress:
            asked = Asked(out, data, alone, fast, model, progress, _say)
            report = SUITES[name].run(asked)
        with _writing(out):
            written = write(report, name, out, datetime.now(UTC).astimezone().date())
        if set_baseline:
            with _writing(kept.BASELINE):
                kept.set_baseline(name, kept.Kept.of(asked, report.headline))
        if baseline:
            worse += kept.fallen(name, kept.Kept.of(asked, report.headline))
        if as_json:
            told[name] = report.figures
        else:
            show(report)
            click.echo(f"已写入 {written[0]} 等 {len(written)} 个文件")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    for line in worse:
        _say(line)
    sys.exit(1 if worse else 0)


@contextmanager
def _writing(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise BadInput(f"写不进 {where}（{why_unreadable(problem)}），请用 --out 换一个文件夹") from problem


def _say(text: str) -> None:
    say(text, err=True)


def _require_libraries() -> None:
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise JimuError(f"评测还需要 {'、'.join(missing)}：请在项目文件夹里运行 make evals，或 pip install '.[evals]'")
