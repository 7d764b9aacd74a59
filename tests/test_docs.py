"""The documents say what is true: generated ones are current, commands exist, paths and links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click
import pytest

from assistant.cli.commands import jimu

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
TEXTS = sorted(
    {*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "evals").glob("**/README.md"), ROOT / "corpus" / "README.md"}
    - {ROOT / "CHANGELOG.md"}
)
SUFFIXES = ("py", "md", "json", "toml", "sh", "xlsx")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _shell_lines(path: Path) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", _text(path), re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def _jimu_lines(path: Path) -> list[list[str]]:
    split = [shlex.split(line, comments=True) for line in _shell_lines(path)]
    return [words[1:] for words in split if words and words[0] == "jimu"]


CONTEXT = click.Context(jimu)


def command(name: str) -> click.Command:
    found = jimu.get_command(CONTEXT, name)
    assert found is not None, name
    return found


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, ROOT / "scripts" / "write_docs.py", "--out", folder], check=True, cwd=ROOT)
    return folder


def test_generated_documents_are_current(generated: Path) -> None:
    for path in [path for path in generated.rglob("*") if path.is_file()]:
        assert _text(DOCS / path.relative_to(generated)) == _text(path), "run: make docs"


def test_no_schema_is_left_over(generated: Path) -> None:
    assert {path.name for path in (DOCS / "schema").iterdir()} == {
        path.name for path in (generated / "schema").iterdir()
    }


def test_the_readme_counts_the_rules_right(generated: Path) -> None:
    rules = len(re.findall(r"^### ", _text(generated / "rules.md"), re.MULTILINE))
    assert f"{rules} rules" in _text(ROOT / "README.md")


@pytest.mark.parametrize("path", READMES, ids=_name)
def test_every_command_shown_is_understood(path: Path) -> None:
    lines = _jimu_lines(path)
    assert lines
    for line in lines:
        name, *arguments = line
        asked = command(name)
        if isinstance(asked, click.Group):
            name, asked, arguments = arguments[0], asked.commands[arguments[0]], arguments[1:]
        context = asked.make_context(name, arguments)  # raises on an option that is not there
        assert not context.args


@pytest.mark.parametrize("path", READMES, ids=_name)
def test_every_command_there_is_is_shown(path: Path) -> None:
    assert {line[0] for line in _jimu_lines(path)} == set(jimu.list_commands(CONTEXT))


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_every_make_target_named_is_there(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", _text(path), re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", _text(path))
    inside = [link.partition("#")[0] for link in links if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", [ROOT / "CONTRIBUTING.md", ROOT / "corpus" / "README.md"], ids=_name)
def test_every_path_named_is_there(path: Path) -> None:
    named = re.findall(
        rf"`((?:assistant|corpus|docs|scripts|tests)/[\w./-]*|[\w./-]+\.(?:{'|'.join(SUFFIXES)}))`", _text(path)
    )
    places = [ROOT, path.parent, path.parent / "tables", path.parent / "policy"]
    assert named
    assert [one for one in named if not any((place / one).exists() for place in places)] == []


def test_what_contributing_says_to_look_for_stands_in_that_file() -> None:
    rows = re.findall(r"^\| .* \| `(.+)` \| `(.+)` \|$", _text(ROOT / "CONTRIBUTING.md"), re.MULTILINE)
    assert len(rows) > 30
    assert [(path, name) for path, name in rows if name not in _text(ROOT / path)] == []


def test_every_source_in_the_readme_s_table_is_real() -> None:
    described = json.loads(_text(ROOT / "corpus" / "briefs" / "pension.json"))["description"]
    held = {
        f"示例先例《{table['project_name']}》（{table['year']}）：{row['name']}{row['value']}"
        for table in _examples()
        for row in table["indicators"]
    }
    sources = _sources_shown()
    assert len(sources) == 9
    for source in sources:
        first = re.sub(r"等\d+处$", "", source)
        kind, _, quote = first.partition("：")
        assert quote in described if kind == "描述" else first in held, source


def _sources_shown() -> list[str]:
    """The last column of the drafted table, a cell that runs over two lines joined again."""
    sources: list[str] = []
    for line in _text(ROOT / "README.md").splitlines():
        cells = [re.sub(r"\s", "", cell) for cell in line.strip("│").split("│")]
        if not line.startswith("│") or cells[-1] == "依据":
            continue
        if cells[2]:
            sources.append(cells[-1])
        else:
            sources[-1] += cells[-1]
    return sources


def test_the_corpus_is_counted_right() -> None:
    text = _text(ROOT / "corpus" / "README.md")
    examples = _examples()
    fields = Counter(table["field"] for table in examples)
    rows = sum(len(table["indicators"]) for table in examples)
    assert f"{len(examples)} tables over {len(fields)} fields, at least ten a field, with {rows} indicator rows" in text
    assert min(fields.values()) >= 10


def _examples() -> list[dict[str, Any]]:
    tables = [json.loads(_text(path)) for path in sorted((ROOT / "corpus" / "tables").glob("*.json"))]
    return [table for table in tables if table["origin"] == "example"]


def test_the_licence_is_the_one_the_package_names() -> None:
    assert 'license = "Apache-2.0"' in _text(ROOT / "pyproject.toml")
    assert "Apache License\n                           Version 2.0, January 2004" in _text(ROOT / "LICENSE")
