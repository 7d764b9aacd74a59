"""A fixture: what is drawn, in which formats, and what a careful reader must find in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scripts.make_import_fixtures.drawn import Part

Kind = Literal["clean", "torn", "blank", "negative"]
"""clean: every place is certain; torn: faults to survive; blank: a form nobody filled; negative: no table at all."""

PLACES: dict[str, tuple[str, str]] = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "经济成本": ("成本指标", "经济成本指标"),
    "社会成本": ("成本指标", "社会成本指标"),
    "生态成本": ("成本指标", "生态环境成本指标"),
    "经济": ("效益指标", "经济效益指标"),
    "社会": ("效益指标", "社会效益指标"),
    "生态": ("效益指标", "生态效益指标"),
    "持续": ("效益指标", "可持续影响指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
    "效益满意": ("效益指标", "服务对象满意度指标"),
}
"""The two levels behind the short words the fixtures use."""


@dataclass(frozen=True)
class Line:
    """An indicator: its place, name, and the target in pieces as some forms print them."""

    place: str
    name: str
    sign: str = ""
    number: str = ""
    unit: str = ""
    actual: str = ""
    weight: str = ""
    mid: str | None = None
    """The target of the whole period where it is another one."""

    @property
    def value(self) -> str:
        """The pieces put together as one cell would say them; empty when blank."""
        return f"{self.sign}{self.number}{self.unit}" if self.number else ""

    def expected(self) -> dict[str, str | None]:
        """The row a reader must find."""
        level1, level2 = PLACES[self.place]
        return {"level1": level1, "level2": level2, "name": self.name, "value": self.value or None}


Header = Mapping[str, object]
"""Fields of the header; a list holds what may stand there (None: nothing), where a clerk could decide either way."""


@dataclass(frozen=True)
class Expected:
    """One table a reader must find; `unresolved_about`: words a note of `unresolved` must mention."""

    header: Header
    lines: Sequence[Line]
    unresolved_about: Sequence[str] = ()
    optional: Sequence[Line] = ()
    """Rows a reader may find or leave out, as placeholders for instance."""

    def data(self) -> dict[str, object]:
        """As it stands in the expected file."""
        found: dict[str, object] = {"header": self.header, "rows": [line.expected() for line in self.lines]}
        if self.unresolved_about:
            found["unresolved_about"] = list(self.unresolved_about)
        if self.optional:
            found["optional"] = [line.expected() for line in self.optional]
        return found


@dataclass(frozen=True)
class Fixture:
    """A file to be made, once for every format named."""

    family: str
    """Number of the family in LAYOUTS.md section A, or b06 … for a fault of section B, d… for values, neg."""
    slug: str
    formats: str
    parts: Sequence[Part]
    tables: Sequence[Expected] = ()
    kind: Kind = "clean"
    note: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    """Files given as text outright (txt, md, html, xml), by format."""
    encoding: str = "utf-8"
    """Of a web page; another one is declared as sites do."""
    refusable: bool = False
    """Whether refusing the file with a message is as good as reading it."""

    def data(self) -> dict[str, object]:
        """The expected file."""
        return {
            "family": self.family,
            "kind": self.kind,
            **({"note": self.note} if self.note else {}),
            **({"refusable": True} if self.refusable else {}),
            "tables": [table.data() for table in self.tables],
        }
