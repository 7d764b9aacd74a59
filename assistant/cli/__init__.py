"""The `jimu` command: exit 0 done, 1 findings at error level, 2 bad input or usage."""

from assistant.cli.commands import main

__all__ = ["main"]
