"""The commands: each reads its input, calls one function of the product and prints the result."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import __version__
from assistant.cli.echo import say
from assistant.cli.usage import chinese_usage
from assistant.dialects import DIALECTS
from assistant.errors import BadInput, JimuError
from assistant.exporters import KINDS, LAYOUTS
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.cli.checking import Checked

_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON")
_PATHS = click.Path(path_type=Path)
DIALECT_NAMES = sorted(DIALECTS)
_LAYOUT = click.option(
    "--layout",
    type=click.Choice(list(LAYOUTS)),
    help="版式，不写则按表样；" + "；".join(f"{one.name} {one.label}" for one in LAYOUTS.values()),
)
_GROUP = "jimu.commands"


class Commands(click.Group):
    """The commands here, and those brought by entry point: `jimu concepts`, and `jimu eval`, which we must not import.

    A command of ours is never replaced; one that is brought along is loaded only when it is asked for or listed.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in order."""
        return sorted({*super().list_commands(ctx), *entry_points(group=_GROUP).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Our own, else the one brought along; None when there is none."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        brought: click.Command | None = next((one.load() for one in entry_points(group=_GROUP, name=cmd_name)), None)
        return brought


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="jimu %(version)s", help="版本号")
@click.pass_context
def jimu(context: click.Context) -> None:
    """绩目：从往年表起草、检查项目支出绩效目标表；每个数都有依据，没有依据就留空。"""
    context.obj = load_settings()


@jimu.command("import")
@click.argument("paths", nargs=-1, required=True, type=_PATHS, metavar="路径…")
@_JSON
@click.pass_obj
def import_tables(settings: Settings, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """把往年的绩效目标表收进先例库（Excel、Word、PDF、网页、文本、JSON、压缩包或文件夹）。"""
    from assistant.cli.importing import import_paths, report

    result = import_paths(settings, paths)
    if as_json:
        _print_json(result.as_data())
    else:
        report(result)
    sys.exit(2 if result.failed and not result.added else 0)


@jimu.command()
@click.argument("text", default="")
@click.option("--concepts", is_flag=True, help="查指标概念（指标库）；不写查询内容则列最常用的")
@click.option("--by", help="和 --concepts 一起用，把取值分开统计：领域、层级、年份、资金规模")
@click.option("--n", "count", default=8, show_default=True, type=click.IntRange(1, 100), help="列出多少条")
@click.option("--year", "years", default=None, help="年份或年份段，如 2023 或 2021-2024")
@click.option("--region", default=None, help="地区，如 河南省")
@click.option("--field", default=None, help="领域，如 社会保险")
@click.option("--generation", type=click.Choice(["2015", "2021"]), default=None, help="指标体系")
@_JSON
@click.pass_obj
def search(  # noqa: PLR0913 – one parameter an option
    settings: Settings,
    text: str,
    count: int,
    years: str | None,
    region: str | None,
    field: str | None,
    generation: str | None,
    by: str | None,
    *,
    concepts: bool,
    as_json: bool,
) -> None:
    """查相似的往年表和指标，附取值统计和来源；加 --concepts 查指标概念。"""
    from assistant.cli.opening import open_searcher
    from assistant.cli.searching import filter_of, find, show

    if concepts:
        from assistant.cli.concepts import concepts_like, show_concepts, slice_of

        if years or region or field or generation:
            raise BadInput(
                "--concepts 统计全部先例，不能和 --year --region --field --generation 一起用；请用 --by 分开看"
            )
        part = slice_of(by)
        data = concepts_like(open_searcher(settings), text.strip(), count, part)
        if as_json:
            _print_json(data)
        else:
            show_concepts(data)
        return
    if by is not None:
        raise BadInput("--by 只和 --concepts 一起用")
    if not text.strip():
        raise BadInput("查询内容是空的；请写项目名称或指标名称")
    where = filter_of(years, region, field, generation)
    found = find(open_searcher(settings), text, count, where)
    if as_json:
        _print_json(found)
    else:
        show(found)


@jimu.command()
@click.option("--brief", "brief_file", type=_PATHS, help="项目简况 JSON 文件")
@click.option("--text", help="项目描述，直接写在命令里")
@click.option("--from", "from_file", type=_PATHS, help="从申报材料读项目描述（.docx .pdf .xlsx .html .txt 等）")
@click.option("--out", type=_PATHS, help="写到文件，格式随后缀：.xlsx .docx .json")
@_LAYOUT
@click.option("--offline", is_flag=True, expose_value=False, help="不用语言模型（目前总是如此）")
@_JSON
@click.pass_obj
def draft(  # noqa: PLR0913 – one parameter an option
    settings: Settings,
    brief_file: Path | None,
    text: str | None,
    from_file: Path | None,
    out: Path | None,
    layout: str | None,
    *,
    as_json: bool,
) -> None:
    """按项目描述起草一张绩效目标表。"""
    gc.disable()  # a draft is over in seconds and needs little memory: collecting costs 0.2 s
    from assistant.cli.reading import brief_request

    request = brief_request(brief_file, text, from_file, settings.reading)
    if out is not None:
        from assistant.cli.exporting import refuse_unwritable

        refuse_unwritable(out)
    from assistant.cli.opening import open_searcher, status
    from assistant.drafting import draft_offline

    searcher = open_searcher(settings)
    with status("起草") as stage:
        made = draft_offline(request, searcher, stage=stage)
    if out is not None:
        from assistant.cli.exporting import export_draft

        export_draft(made, out, layout)
    if as_json:
        _print_json(made.model_dump(mode="json"))
    else:
        from assistant.cli.showing import show_draft

        show_draft(made, out)
    sys.exit(1 if any(finding.level == "error" for finding in made.findings) else 0)


@jimu.command()
@click.argument("files", nargs=-1, required=True, type=_PATHS, metavar="文件…")
@click.option("--level", type=click.Choice(["error", "warn", "advice"]), default="advice", help="只显示到这一级")
@click.option("--dialect", type=click.Choice(DIALECT_NAMES), help="按这种表样检查，不写则自动判断")
@click.option("--last-year", type=_PATHS, help="上年的表，用来比较目标值（V18 V19）")
@click.option("--approved", type=_PATHS, help="批复的表，用来查改动（P05）")
@click.option("--standards", type=_PATHS, help="支出标准 JSON（C08）")
@click.option("--scorecard", is_flag=True, help="逐项显示审核表和建议等级")
@click.option("--fix", is_flag=True, help="自动修复能修的，另存为 …-已修正.json，并留修正记录")
@click.option("--out", type=_PATHS, help="--fix 写到这个文件夹")
@_JSON
@click.pass_obj
def check(settings: Settings, /, files: tuple[Path, ...], *, as_json: bool, fix: bool, **how: Any) -> None:
    """按 116 条规则检查表；一个文件夹或多表文件还查表间照抄。有错误级问题时退出码为 1。"""
    from assistant.cli.checking import CheckOptions, check_files

    if how["out"] is not None and not fix:
        raise BadInput("--out 只和 --fix 一起用：修正后的表写到那里")
    named = {key: how[key] for key in ("dialect", "last_year", "approved", "standards")}
    options = CheckOptions(**named, limits=settings.limits, reading=settings.reading, model=settings.chat_model())
    checked, failures = check_files(files, options)
    if as_json:
        _print_json({"files": [one.as_data() for one in checked], "failures": [list(one.problems) for one in failures]})
    elif checked:
        from assistant.cli.findings_shown import show_findings

        show_findings(checked, options, least=how["level"], scorecards=how["scorecard"])
    if fix and checked:
        _fix(checked, how["out"], quiet=as_json)
    for failure in failures:
        _complain(failure.problems)
    if not checked and all(failure.harmless for failure in failures):
        raise BadInput("没有找到可检查的表（.json .jsonl .txt），请检查路径")
    if any(not failure.harmless for failure in failures):
        sys.exit(2)
    sys.exit(1 if any(one.has_error for one in checked) else 0)


def _fix(checked: list[Checked], out: Path | None, *, quiet: bool) -> None:
    from assistant.cli.fixing import write_fixed

    written = write_fixed(checked, out)
    for path, count in written:
        say(f"已自动修复 {count} 处，写入 {path}（原件未动，每处改动记在旁边的修正记录里）", err=quiet)
    if not written:
        say("没有可自动修复的地方，没有写新文件", err=quiet)


@jimu.command()
@click.argument("file", type=_PATHS, metavar="文件")
@click.option(
    "--out", required=True, help="写到哪里，格式随后缀：.xlsx .docx .json；写文件夹（如 out/）则每张表一个文件"
)
@_LAYOUT
@click.option("--table", "number", type=click.IntRange(1), help="文件里有几张表时，导出第几张")
@click.option("--format", "kind", type=click.Choice(KINDS), help="写到文件夹时用哪种格式，不写则 xlsx")
def export(file: Path, out: str, layout: str | None, number: int | None, kind: str | None) -> None:
    """把草稿或表写成正式表样。"""
    from assistant.cli.exporting import export_file

    for path in export_file(file, out, layout, number=number, kind=kind):
        click.echo(f"已写入 {path}")


@jimu.command()
@click.argument("rule_id", required=False, metavar="[编号]")
@_JSON
def rules(rule_id: str | None, *, as_json: bool) -> None:
    """规则目录；给出编号时解释一条规则。"""
    from assistant.cli.ruling import rule_data, show_rules

    found = rule_data(rule_id)
    if as_json:
        _print_json(found)
    else:
        show_rules(found, whole=rule_id is not None)


@jimu.command()
@_JSON
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> None:
    """自检：装了什么、数据在哪、先例库和索引是否完好。"""
    from assistant.cli.doctoring import examine, show_health

    health = examine(settings)
    if as_json:
        _print_json(health)
    else:
        show_health(health)
    sys.exit(0 if health["ok"] else 2)


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def _complain(problems: Sequence[str]) -> None:
    for problem in problems:
        say(problem, err=True)


def main() -> None:
    """Run the command line; every expected problem is one clear line and exit code 2."""
    try:
        code = jimu.main(standalone_mode=False, prog_name="jimu")
    except JimuError as problem:
        _complain(problem.problems)
        code = 2
    except click.exceptions.Abort:
        _complain(["已中断；已确认保存的内容都在"])
        code = 130
    except click.ClickException as problem:
        _complain([chinese_usage(problem)])
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
