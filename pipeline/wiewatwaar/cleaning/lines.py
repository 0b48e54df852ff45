"""Makes line ends one kind, and takes away spaces and empty lines that say nothing."""

import re

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

_LINE_ENDS = re.compile("(?:\r\n?|\x85|\u2028|\u2029)+")
# More empty lines than one say no more than one.
_MAX_LINE_ENDS = 3
_SPACES_AT_LINE_END = re.compile("(?<! ) {1,1000}(?=\n)")
_INDENTATION = re.compile("(?<=\n) {1,1000}")
_BLANK_LINES = re.compile("(?<=\n\n)\n+")
_SPACES = re.compile(" {2,}")


def normalise_line_ends(text: str) -> StageResult:
    """Writes every line end as one newline, as models were trained on.

    Args:
        text: The text.

    Returns:
        An edit for each run of other kinds of line ends.
    """
    edits = []
    for found in _LINE_ENDS.finditer(text):
        count = len(found[0]) - found[0].count("\r\n")
        newlines = "\n" * min(_MAX_LINE_ENDS, count)
        edits.append(Edit(found.start(), found.end(), newlines, "line end"))
    return StageResult(edits)


def trim_lines(text: str) -> StageResult:
    """Takes away spaces around lines, and empty lines beyond the first or at either end.

    Args:
        text: The text, with newlines only.

    Returns:
        An edit for each run of them.
    """
    start = len(text) - len(text.lstrip(" \n"))
    end = max(start, len(text.rstrip(" \n")))
    # A text file ends with a line end: that one may stay.
    end += text.startswith("\n", end)
    edits = []
    for pattern, sign, rule in (
        (_SPACES_AT_LINE_END, " \n", "spaces at line end"),
        (_INDENTATION, "\n ", "indentation"),
        (_BLANK_LINES, "\n\n\n", "empty lines"),
    ):
        if sign in text:
            found = pattern.finditer(text, start, end)
            edits += [Edit(one.start(), one.end(), "", rule) for one in found]
    if start:
        edits.append(Edit(0, start, "", "empty lines"))
    if end < len(text):
        edits.append(Edit(end, len(text), "", "empty lines"))
    return StageResult(_apart(edits))


def narrow_spaces(text: str) -> StageResult:
    """Makes one space of several.

    Args:
        text: The text.

    Returns:
        An edit for each run of them.
    """
    if "  " not in text:
        return StageResult()
    return StageResult(
        [Edit(one.start(), one.end(), " ", "spaces") for one in _SPACES.finditer(text)]
    )


def _apart(edits: list[Edit]) -> list[Edit]:
    """Leaves out an edit that overlaps the one before it: a line of spaces only is both."""
    edits.sort()
    apart: list[Edit] = []
    for edit in edits:
        if not apart or edit.start >= apart[-1].end:
            apart.append(edit)
    return apart
