"""Takes the marks of Markdown out of a text, and leaves the words."""

import re
from collections.abc import Iterator

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

# Marks that stand alone: in front of a heading or a quoted line, and below the heads of a table.
_ALONE = (
    ("heading", "#", re.compile(r"^#{1,6}[ ]{1,9}", re.MULTILINE)),
    ("quoted line", ">", re.compile(r"^>[ ]?(?:>[ ]?){0,9}", re.MULTILINE)),
    (
        "table",
        "---",
        re.compile(r"^\|?(?:[ ]?:?-{3,100}:?[ ]?\|){1,50}(?:[ ]?:?-{3,100}:?)?[ ]?$", re.MULTILINE),
    ),
)

# Marks on both sides of some words. A backtick may also be an apostrophe, as in `s avonds.
_AROUND = (
    (
        "link",
        "](",
        re.compile(
            r"(?P<open>!?\[)[^\[\]\n]{1,500}"
            r"(?P<close>\]\([^()\s]{0,1000}[/.#:][^()\s]{0,1000}(?:[ ]\"[^\"\n]{0,200}\")?\))"
        ),
    ),
    (
        "emphasis",
        "*",
        re.compile(
            r"(?<![\w*])(?P<open>\*{1,3})(?=[^\s*])[^*\n]{1,500}(?<=[^\s*])(?P<close>(?P=open))(?![\w*])"
        ),
    ),
    (
        "emphasis",
        "_",
        re.compile(
            r"(?<!\w)(?P<open>_{1,3})(?=[^\s_])[^_\n]{1,500}(?<=[^\s_])(?P<close>(?P=open))(?!\w)"
        ),
    ),
    ("struck out", "~~", re.compile(r"(?P<open>~~)(?=\S)[^~\n]{1,500}(?<=\S)(?P<close>~~)")),
    (
        "code",
        "`",
        re.compile(r"(?<![\w`])(?P<open>`)(?=[^\s`])[^`\n]{1,200}(?<=[^\s`])(?P<close>`)(?![\w`])"),
    ),
)


def take_marks(text: str) -> StageResult:
    """Takes the marks of headings, tables, quotations, emphasis and links out.

    Args:
        text: The text.

    Returns:
        An edit for each mark.
    """
    edits: list[Edit] = []
    for rule, sign, pattern in _ALONE:
        if sign in text:
            edits += (Edit(one.start(), one.end(), "", rule) for one in pattern.finditer(text))
    for rule, sign, pattern in _AROUND:
        if sign in text:
            for found in pattern.finditer(text):
                edits.append(Edit(*found.span("open"), "", rule))
                edits.append(Edit(*found.span("close"), "", rule))
    edits.sort(key=lambda edit: edit.start)
    return StageResult(list(_apart(edits)))


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Leaves out an edit that overlaps the one before it, as emphasis in a link's address may."""
    done = 0
    for edit in edits:
        if edit.start >= done:
            yield edit
            done = edit.end
