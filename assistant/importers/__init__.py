"""Past tables from files: one reader a format, one dispatch table.

`read(path)` yields what a file holds; a file that cannot be read yields a `Failure` instead of stopping the rest.
"""

from assistant.importers.files import READERS, Failure, Imported, find_files, read, read_one

__all__ = ["READERS", "Failure", "Imported", "find_files", "read", "read_one"]
