"""Make the fixtures of `evals/fixtures/importing`: `python -m scripts.make_import_fixtures [SLUG …]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from scripts.make_import_fixtures.drawn import Part
from scripts.make_import_fixtures.fixture import Fixture
from scripts.make_import_fixtures.office import write_docx, write_xlsx
from scripts.make_import_fixtures.office_pdf import write_office_pdf
from scripts.make_import_fixtures.pages import write_html, write_md, write_txt
from scripts.make_import_fixtures.printed import write_pdf, write_pdf_plain
from scripts.make_import_fixtures.scans import write_scan
from scripts.make_import_fixtures.xml2003 import write_excel_xml, write_word_xml

OUT = Path(__file__).parents[2] / "evals" / "fixtures" / "importing"
CONTENT = (
    "central",
    "western",
    "provinces",
    "eastern",
    "evaluated",
    "wholes",
    "wordings",
    "plain",
    "torn",
    "values",
    "nothing",
    "second",
)
WRITERS: dict[str, Callable[[list[Part], Path], None]] = {
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
    "pdf": write_pdf,
    "plain.pdf": write_pdf_plain,
    "office.pdf": write_office_pdf,
    "xls": write_excel_xml,
    "doc": write_word_xml,
    "png": write_scan,
    "txt": write_txt,
    "md": write_md,
}


def all_fixtures() -> list[Fixture]:
    """Every fixture of every content module."""
    found: list[Fixture] = []
    for name in CONTENT:
        found += import_module(f"scripts.make_import_fixtures.{name}").fixtures()
    return found


def make(fixture: Fixture) -> None:
    """Write the files of one fixture and what is expected of each."""
    for form in fixture.formats.split():
        path = OUT / f"{fixture.family}_{fixture.slug}.{form}"
        if form in fixture.texts:
            path.write_text(fixture.texts[form], encoding="utf-8")
        else:
            WRITERS[form](list(fixture.parts), path)
        if fixture.encoding != "utf-8":
            page = path.read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="gb2312"')
            path.write_bytes(page.encode(fixture.encoding))
        expected = json.dumps(fixture.data(), ensure_ascii=False, indent=1) + "\n"
        path.with_name(f"{path.name}.expected.json").write_text(expected, encoding="utf-8")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    for one in all_fixtures():
        if not wanted or one.slug in wanted:
            make(one)
