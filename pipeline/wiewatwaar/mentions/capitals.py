"""Lines all in capitals (RUTTE WAARSCHUWT HONGARIJE), read as if they were written normally."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")


def capital_lines(text: str) -> Iterator[tuple[int, int]]:
    """Finds the lines of two words or more that hold letters, all of them capitals.

    Args:
        text: The cleaned text.

    Yields:
        Start and end of each line, without its line break.
    """
    start = 0
    for line in text.split("\n"):
        if line.isupper() and " " in line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def with_initial_capitals(line: str) -> str:
    """Writes each word of a line with only its first letter as a capital.

    Args:
        line: A line in capitals.

    Returns:
        A line of the same length; a word whose length would change stays as it is.
    """
    return _WORD.sub(lambda match: initial_capital(match.group()), line)


def initial_capital(word: str) -> str:
    """A word in capitals with only the first letter as one, IJ counting as a letter."""
    kept = 2 if word.startswith("IJ") else 1
    lowered = word[:kept] + word[kept:].lower()
    return lowered if len(lowered) == len(word) else word
