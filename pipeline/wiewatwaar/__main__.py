"""Runs the command line: `python -m wiewatwaar`."""

from wiewatwaar.cli import main

if __name__ == "__main__":
    main()
