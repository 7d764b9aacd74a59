"""Past tables from files: one reader a format, one dispatch table.

`read(path)` yields what a file holds; a file that cannot be read yields a `Failure` instead of stopping the rest.
"""

from assistant.importers.files import Failure, Imported, find_files, read, read_one
from assistant.importers.json_table import NO_SUCH_CELL

__all__ = ["NO_SUCH_CELL", "Failure", "Imported", "find_files", "read", "read_one"]
