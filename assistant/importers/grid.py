"""Documents → past tables: where the forms are in a file, which head and which rows belong together.

The readers of formats hand on drawn tables (`document.py`); here they become `PerformanceTable`s. Layouts:
columns.py knows the header rows, rows.py the rows under them, labels.py and head.py the head, compose.py one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from assistant.carried import OWN_LISTS, row_of_anchor
from assistant.dialects import detect_dialect, form_kind_of, generation_of
from assistant.errors import BadTable
from assistant.importers.blocks import blocks_of
from assistant.importers.cell_lines import as_grid
from assistant.importers.columns import Header, header_at
from assistant.importers.coming_back import BROKEN, carried_table, is_own_list, with_changes
from assistant.importers.compose import EMPTY_ROW, composed, open_regions, placeholders, sides
from assistant.importers.document import Document, Grid, Text, in_characters
from assistant.importers.head import head_of
from assistant.importers.labelled_text import rows_of_text
from assistant.importers.labels import Labelled, label_of, labelled_cells, labelled_lines
from assistant.importers.matrix import Matrix, plain
from assistant.importers.rows import Row, is_total, rows_under
from assistant.importers.stitching import stitched
from assistant.importers.suspects import suspicion
from assistant.importers.tree import drawn_tree
from assistant.schema import Indicator, PastTable, PerformanceTable, Unresolved, chinese_problems

NO_VALUES = "没有认出指标值一栏，各行的值空着，请核对表头"
GUESSED = "这一页没有表头，各列的含义是按位置推断的，请核对"


@dataclass
class _Form:
    """One form being put together: its head, the rows read so far, what needs a person."""

    labels: list[Labelled] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    rows: list[Indicator] = field(default_factory=list)
    open: list[Unresolved] = field(default_factory=list)
    empty: list[Unresolved] = field(default_factory=list)

    @property
    def names_a_project(self) -> bool:
        return any(one.label == "name" for one in self.labels)


def tables_of(document: Document, stem: str) -> tuple[PastTable | str, ...]:
    """The forms of a document in order, numbered after `stem`; a text says why one of them gave no table (Chinese).

    A file we exported gives the table it carries, with what was changed on the form since.
    """
    forms = [one for one in _forms(stitched(in_characters(document.parts))) if one.rows or one.open]
    carried = carried_table(document.carried) if document.carried else None
    notes = (*document.notes, *((BROKEN,) if document.carried and carried is None else ()))
    made: list[PastTable | str] = []
    for number, form in enumerate(forms, start=1):
        identity = f"{stem}-{number}"
        if not form.rows and carried is None:
            made.append(_no_row(form, number))
            continue
        anchors = {row.id: row_of_anchor(row.id) for row in form.rows if row.id}
        try:
            table = _table(form, identity, notes if number == 1 else ())
            if carried is not None and number > 1 and is_own_list(carried, table):
                continue
            if carried is not None and number == 1:
                table = with_changes(carried, table, {one: key or "" for one, key in anchors.items()})
                identity = table.table_id or identity
            made.append(PastTable(id=identity, table=table))
        except ValidationError as problem:
            raise BadTable(f"{stem} 第 {number} 张表", chinese_problems(problem)) from problem
    return tuple(made)


def _no_row(form: _Form, number: int) -> str:
    """Why a form has no row that could be placed, with the rows it has."""
    reasons = "；".join(dict.fromkeys(one.issue for one in form.open))[:200]
    rows = "、".join(filter(None, (_row_in_words(one) for one in form.open)))
    return f"第 {number} 张表没有一行能归入一级、二级指标，没有读入（{reasons}）：{rows[:600]}"


def _row_in_words(one: Unresolved) -> str:
    """The texts of a row that could not be placed: 发放补贴人数 ≥ 860 人."""
    kept = ((key, text) for key, text in (one.raw or {}).items() if key not in ("level1", "level2", "位置"))
    return " ".join(plain(str(text))[:40] for _, text in kept if text)


def is_blank_form(document: Document) -> bool:
    """Whether a document without tables of ours has the head of a form that nobody filled in."""
    drawn = (Matrix(part) for part in document.parts if isinstance(part, Grid))
    return any(header_at(matrix, row) is not None for matrix in drawn for row in matrix.rows)


def _forms(parts: Iterable[Grid | Text]) -> Iterator[_Form]:
    """Walk through the parts; text and grids without indicators wait for the next block of indicators."""
    waiting = _Form()
    last: _Form | None = None
    for part in _drawn(parts):
        if isinstance(part, Text):
            found = list(rows_of_text(part))
            for one in found:
                yield _text_form(one, waiting, part)
                waiting = _Form()
            if not found:
                waiting.lines += part.lines
                waiting.labels += labelled_lines(part.lines)
            continue
        matrix = Matrix(part)
        blocks = list(blocks_of(matrix))
        if not blocks:
            _add_head(waiting, matrix, matrix.rows)
            continue
        for start, header, end in blocks:
            head = _Form(list(waiting.labels), list(waiting.lines))
            _add_head(head, matrix, [row for row in matrix.rows if start <= row < header.row])
            waiting = _Form()
            for form in _read(matrix, header, end, head):
                goes_on = last is not None and not head.names_a_project and not _titled(head) and len(blocks) > 1
                if goes_on and last is not None and header.first("project") is None:
                    _append(last, form)
                    continue
                if last is not None:
                    if not _titled(form) and form.names_a_project:
                        form.lines[:0] = [line for line in last.lines if _is_title(line) or _is_year(line)]
                    yield last
                last = form
        tail = [row for row in matrix.rows if row >= blocks[-1][2]]
        if last is not None:
            _add_tail(last, matrix, tail)
    if last is not None:
        yield last


def _drawn(parts: Iterable[Grid | Text]) -> Iterator[Grid | Text]:
    """The parts, with tables drawn again that came as one cell a line or as the tree of a database."""
    for part in parts:
        if isinstance(part, Text):
            yield from as_grid(part) or (part,)
        elif not _is_own_list(part):
            yield drawn_tree(part) or part


def _is_own_list(grid: Grid) -> bool:
    """Whether a grid is one of the lists we export behind a form: they repeat its rows and are no form."""
    matrix = Matrix(grid)
    headings = {tuple(plain(cell.text) for cell in matrix.across(row)) for row in matrix.rows[:3]}
    return bool(headings & set(OWN_LISTS.values()))


def _text_form(rows: Sequence[Indicator | Unresolved], above: _Form, part: Text) -> _Form:
    """A form written as running text, with what stood above it."""
    form = _Form([*above.labels, *labelled_lines(part.lines)], [*above.lines, *part.lines])
    _sort_in(form, rows)
    return form


def _titled(form: _Form) -> bool:
    return any(_is_title(line) for line in form.lines)


def _is_year(line: str) -> bool:
    return re.fullmatch(r"[（(]?20\d\d年度?[）)]?", plain(line)) is not None


def _is_title(line: str) -> bool:
    return len(line) < 60 and re.search(r"目标.{0,6}表|申报表|自评表", plain(line)) is not None


def _append(form: _Form, more: _Form) -> None:
    form.labels += more.labels
    form.rows += more.rows
    form.open += more.open
    form.empty += more.empty


def _add_head(form: _Form, matrix: Matrix, rows: Sequence[int]) -> None:
    """Labels of the rows above a block; wide cells that are no label are titles and captions."""
    form.labels += labelled_cells(matrix, rows)
    for row in rows:
        cells = [cell for cell in matrix.across(row) if cell.row == row]
        form.lines += [cell.text for cell in cells if label_of(cell.text) is None and len(cells) <= 3]


def _add_tail(form: _Form, matrix: Matrix, rows: Sequence[int]) -> None:
    """Labels under the rows (目标 and money stand there in some forms) fill what the head left open."""
    seen = {one.label for one in form.labels}
    form.labels += [one for one in labelled_cells(matrix, rows) if one.label not in seen]


def _read(matrix: Matrix, header: Header, end: int, head: _Form) -> Iterator[_Form]:
    """The form of one block – or one form a project, where the projects stand in a column."""
    by_project: dict[str, _Form] = {}
    place = f"{matrix.grid.place}，" if matrix.grid.place else ""
    for row in rows_under(matrix, header, end):
        if is_total(row):
            continue
        project = plain(row.text("project")) if header.first("project") is not None else ""
        if project not in by_project:
            if header.first("project") is not None and not project and by_project:
                project = next(reversed(by_project))
            else:
                by_project[project] = _Form([*_labels_of(row), *head.labels], list(head.lines))
        form = by_project[project]
        _sort_in(form, [composed(row, header, side, place) for side in sides(header)])
        regions = open_regions(row, f"r{len(form.rows)}")
        form.open += [regions] if regions is not None and form.rows else []
        if not any(header.all(role) for role in ("value", "overall", "half")) and len(form.open) + len(form.rows) == 1:
            form.open.append(Unresolved(field="indicators", issue=NO_VALUES, raw={"表头": _headings(header)}))
        if header.row < 0 and len(form.open) + len(form.rows) == 1:
            form.open.append(Unresolved(field="indicators", issue=GUESSED))
    yield from by_project.values() or [head]


def _headings(header: Header) -> str:
    return "、".join(one.heading for one in header.columns)


def _labels_of(row: Row) -> list[Labelled]:
    """Project, department, goal and money of a row, where they stand in columns of their own."""
    wanted = (("project", "name"), ("dept", "unit"), ("goal", "annual"), ("budget", "total"))
    return [
        Labelled(label, column.heading, text, row.number, column.first)  # type: ignore[arg-type]
        for role, label in wanted
        for column, text in row.texts.get(role, ())  # type: ignore[call-overload]
    ]


def _sort_in(form: _Form, read: Iterable[Indicator | Unresolved]) -> None:
    """Rows into the form; 中期 and 年度 of one name, side by side, are one row."""
    for one in read:
        if isinstance(one, Unresolved):
            (form.empty if one.issue == EMPTY_ROW else form.open).append(one)
            continue
        same = next(
            (
                at
                for at, other in enumerate(form.rows)
                if (other.level2, other.name) == (one.level2, one.name) and _other_side(other, one)
            ),
            None,
        )
        if same is None:
            form.rows.append(one)
        else:
            other = form.rows[same]
            both = {"value": other.value or one.value, "value_overall": other.value_overall or one.value_overall}
            form.rows[same] = other.model_copy(update=both)


def _other_side(one: Indicator, other: Indicator) -> bool:
    return (one.value is None) != (other.value is None) and (one.value_overall is None) != (other.value_overall is None)


def _table(form: _Form, identity: str, notes: Sequence[str]) -> PerformanceTable:
    head = head_of(form.labels, form.lines)
    rows = _numbered(form.rows)
    doubts = [found for row in rows if (found := suspicion(row, rows)) is not None]
    generation = generation_of(((row.level1, row.level2) for row in rows), head.year)
    noted = [Unresolved(field="file", issue=note) for note in notes]
    return PerformanceTable(
        table_id=identity,
        form_kind=form_kind_of(head.title),
        form_generation=generation,
        form_dialect="ningxia_public_2col" if head.two_column else detect_dialect(generation, head.title),
        fiscal_year=head.year,
        title=head.title or "项目支出绩效目标表",
        project=head.project,
        funds=head.funds,
        goals=head.goals,
        indicators=tuple(rows),
        empty_template_rows=tuple(placeholders(form.empty)),
        unresolved=(*head.unresolved, *form.open, *doubts, *noted),
    )


def _numbered(rows: Sequence[Indicator]) -> list[Indicator]:
    """Every row with an id of its own: the one it bore when we exported it, else its number."""
    taken: set[str] = set()
    made = []
    for number, row in enumerate(rows, start=1):
        identity = row.id or f"r{number}"
        while identity in taken:
            identity = f"{identity}.{number}"
        taken.add(identity)
        made.append(row.model_copy(update={"id": identity}))
    return made
