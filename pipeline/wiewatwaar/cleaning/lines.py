"""Makes line ends one kind, and joins words that a line end broke."""

import re
from functools import cache
from importlib import resources

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

_LINE_END = re.compile("\r\n?|\x85|\u2028|\u2029")
_SPACES_AT_LINE_END = re.compile("(?<! ) {1,1000}(?=\n)")
_BLANK_LINES = re.compile("(?<=\n\n)\n+")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-‐](?:\n)(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\W\d_]{1,40}\Z")


def normalise_line_ends(text: str) -> StageResult:
    """Writes every line end as one newline, as models were trained on.

    Args:
        text: The text.

    Returns:
        An edit for each other kind of line end, for spaces before one, and for runs of more
        than one empty line.
    """
    edits = [
        Edit(found.start(), found.end(), "\n", "line end") for found in _LINE_END.finditer(text)
    ]
    return StageResult(edits)


def trim_lines(text: str) -> StageResult:
    """Takes away spaces at the end of lines, and empty lines beyond the first.

    Args:
        text: The text, with newlines only.

    Returns:
        An edit for each run of them.
    """
    edits = [
        Edit(found.start(), found.end(), "", "spaces at line end")
        for found in _SPACES_AT_LINE_END.finditer(text)
    ]
    edits += [
        Edit(found.start(), found.end(), "", "empty lines") for found in _BLANK_LINES.finditer(text)
    ]
    return StageResult(edits)


def join_broken_words(text: str) -> StageResult:
    """Joins a word that was broken at the end of a line (`Hon-` and `garije`).

    A hyphen that belongs to the word stays: where a capital follows (`Noord-` and `Korea`),
    and behind a word that forms compounds with a hyphen or an abbreviation (`oud-`, `NAVO-`).

    Args:
        text: The text, with newlines only.

    Returns:
        An edit for each broken word.
    """
    edits = []
    for found in _BROKEN_WORD.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, found.start() - 40), found.start())
        word = before[0] if before else ""
        if text[found.end()].isupper() or word in hyphenated_parts() or _is_abbreviation(word):
            edits.append(Edit(found.start() + 1, found.end(), "", "word broken at its hyphen"))
        elif not _is_shared_part(text, found.end()):
            edits.append(Edit(found.start(), found.end(), "", "broken word"))
    return StageResult(edits)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _is_shared_part(text: str, start: int) -> bool:
    """Whether a hyphen stands for a part that comes later: `in- en uitvoer`."""
    return text.startswith(("en ", "of ", "tot "), start)


@cache
def hyphenated_parts() -> frozenset[str]:
    """First parts of Dutch words that keep their hyphen, from `lexicon/hyphenated_parts.txt`."""
    content = (resources.files("wiewatwaar") / "lexicon/hyphenated_parts.txt").read_text("utf-8")
    return frozenset(line for line in content.splitlines() if line and not line.startswith("#"))
