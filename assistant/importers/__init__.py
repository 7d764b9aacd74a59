"""Past tables from files: one reader a format, one dispatch table.

`read(path)` yields what a file holds; a file that cannot be read yields a `Failure` instead of stopping the rest.
"""

from assistant.importers.files import Failure, Imported, find_files, read, read_one
from assistant.importers.json_table import NO_SUCH_CELL
from assistant.reading_limits import DEFAULT_READING_LIMITS, ReadingLimits

__all__ = [
    "DEFAULT_READING_LIMITS",
    "NO_SUCH_CELL",
    "Failure",
    "Imported",
    "ReadingLimits",
    "find_files",
    "read",
    "read_one",
]
