"""Tables cut at page breaks put together again (written by a colleague; this is the seam)."""

from __future__ import annotations

from assistant.importers.document import Grid, Text


def stitched(parts: tuple[Grid | Text, ...]) -> tuple[Grid | Text, ...]:
    """The parts with tables that go on over a page break joined."""
    return parts
