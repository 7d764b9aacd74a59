"""Usage errors of click, said in Chinese."""

from __future__ import annotations

import click


def chinese_usage(problem: click.ClickException) -> str:
    """One Chinese line for a wrong command line: what is wrong with what, and where help is."""
    context = getattr(problem, "ctx", None)
    command = context.command_path if context is not None else "jimu"
    return f"{_said(problem)}；用法见 {command} --help"


def _wanted(problem: click.BadParameter) -> str:
    kind = problem.param.type if problem.param is not None else None
    if isinstance(kind, click.Choice):
        return f"应当是 {'、'.join(map(str, kind.choices))} 之一"
    if isinstance(kind, click.IntRange):
        return f"应当是 {kind.min} 到 {kind.max} 之间的整数"
    return problem.message


def _said(problem: click.ClickException) -> str:
    if isinstance(problem, click.NoSuchOption):
        near = f"，是不是 {'、'.join(problem.possibilities)}" if problem.possibilities else ""
        return f"没有 {problem.option_name} 这个选项{near}"
    if isinstance(problem, click.MissingParameter):
        name = problem.param.human_readable_name if problem.param is not None else "参数"
        return f"缺少 {name}"
    if isinstance(problem, click.BadOptionUsage):
        return f"选项 {problem.option_name} 的写法不对"
    if isinstance(problem, click.BadParameter):
        name = problem.param.human_readable_name if problem.param is not None else "参数"
        return f"{name} 的值不对：{_wanted(problem)}"
    if isinstance(problem, click.UsageError) and "No such command" in problem.message:
        return f"没有这个命令（{problem.message.partition(chr(39))[2].rpartition(chr(39))[0]}）"
    if isinstance(problem, click.UsageError) and "unexpected extra" in problem.message:
        return "多了不认识的参数" + problem.message[problem.message.find("(") :]
    return problem.message
