"""Reads the data files of `lexicon/`: lists and tables, with their comments left out."""

from collections.abc import Iterator
from functools import cache
from importlib import resources


def lines(name: str) -> Iterator[str]:
    """The entries of a file of `lexicon/`.

    Args:
        name: Its path below `lexicon/`.

    Yields:
        Its lines without the blank ones and the comments, which begin with `#`.
    """
    content = (resources.files("wiewatwaar") / "lexicon" / name).read_text("utf-8")
    yield from (line for line in content.splitlines() if line and not line.startswith("#"))


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a table of `lexicon/`.

    Args:
        name: Its path below `lexicon/`.

    Yields:
        The cells of each row.
    """
    yield from (line.split("\t") for line in lines(name))


@cache
def words(name: str) -> frozenset[str]:
    """The entries of a list of `lexicon/`, read once.

    Args:
        name: Its path below `lexicon/`.

    Returns:
        Its entries.
    """
    return frozenset(lines(name))
