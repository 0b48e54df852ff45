"""Runs the command line: `wiewatwaar`, or `python -m wiewatwaar`.

A worker process imports this module as well, so nothing is imported before it is run.
"""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command line, and ends the program with its exit code."""
    try:
        from wiewatwaar.cli import run

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
