"""`python -m assistant` and the `jimu` command."""

from assistant.cli import main

if __name__ == "__main__":
    main()
