"""Cuts long texts where a reader would pause, so that no model sees more than it can hold."""

import re
from collections.abc import Iterator

# Best first: the end of a paragraph, of a line, of a sentence, of a word.
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\n\n", r"\n", r"[.!?]\s", r"\s"))


def pieces(text: str, max_characters: int) -> Iterator[tuple[int, str]]:
    """Cuts a text into pieces of bounded length that together are the text.

    Args:
        text: The text.
        max_characters: How many code points a piece may have, at least 1. A piece ends with the
            last paragraph that fits, else the last line, sentence or word; a run without a
            single space is cut where it must be.

    Yields:
        The place in the text and the piece, in order, nothing left out.
    """
    start = 0
    while len(text) - start > max_characters:
        end = _break_before(text, start, start + max_characters)
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]


def _break_before(text: str, start: int, limit: int) -> int:
    # The second half only: cutting far back would make many small pieces of a text.
    window_start = start + (limit - start) // 2
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, window_start, limit)]
        if ends:
            return ends[-1]
    return limit
