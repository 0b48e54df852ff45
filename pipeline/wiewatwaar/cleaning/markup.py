"""Takes Markdown out of a text: front matter becomes metadata, marks of layout go."""

import re
from collections.abc import Iterator

from wiewatwaar.cleaning.stages import StageResult
from wiewatwaar.source_text import Edit

_MAX_FRONT_MATTER_CHARACTERS = 10_000
_FENCE = re.compile(r"---[ ]{0,9}\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ ]{0,9}$\n?", re.MULTILINE)
_FIELD = re.compile(
    r"^(title|titel|date|datum|published)[ ]{0,9}:[ ]{0,9}(.{1,500})$", re.MULTILINE
)
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")

_HEADING = re.compile(r"^#{1,6}[ ]{1,9}", re.MULTILINE)
_LINK = re.compile(r"(?P<open>!?\[)[^\[\]\n]{1,500}(?P<close>\]\((?:https?://|/)[^()\s]{1,1000}\))")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*)(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])(\1)(?![\w*])")


def take_front_matter(text: str) -> StageResult:
    """Takes the block between `---` lines at the top out, and its title and date as metadata.

    Args:
        text: The text.

    Returns:
        The edit, with `title` and `published` where the block has them.
    """
    opened = _FENCE.match(text)
    if opened is None:
        return StageResult()
    closed = _CLOSING_FENCE.search(text, opened.end(), _MAX_FRONT_MATTER_CHARACTERS)
    block = text[opened.end() : closed.start()] if closed else ""
    if closed is None or ":" not in block:
        return StageResult()
    fields = {found[1]: found[2].strip().strip("\"'") for found in _FIELD.finditer(block)}
    title = fields.get("title") or fields.get("titel")
    date = fields.get("published") or fields.get("date") or fields.get("datum") or ""
    published = _ISO_DATE.match(date)
    metadata = {"title": title or "", "published": published[0] if published else ""}
    return StageResult(
        [Edit(0, closed.end(), "", "front matter")],
        {name: value for name, value in metadata.items() if value},
    )


def take_marks(text: str) -> StageResult:
    """Takes the marks of headings, emphasis and links out, and leaves the words.

    Args:
        text: The text.

    Returns:
        An edit for each mark.
    """
    edits = [Edit(found.start(), found.end(), "", "heading") for found in _HEADING.finditer(text)]
    if "](" in text:
        edits += _of_links(text)
    if "*" in text:
        edits += _of_emphasis(text)
    edits.sort(key=lambda edit: edit.start)
    return StageResult(list(_apart(edits)))


def _of_links(text: str) -> Iterator[Edit]:
    for found in _LINK.finditer(text):
        yield Edit(found.start("open"), found.end("open"), "", "link")
        yield Edit(found.start("close"), found.end("close"), "", "link")


def _of_emphasis(text: str) -> Iterator[Edit]:
    for found in _EMPHASIS.finditer(text):
        yield Edit(found.start(1), found.end(1), "", "emphasis")
        yield Edit(found.start(3), found.end(3), "", "emphasis")


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    """Leaves out an edit that overlaps the one before it, as emphasis in a link's address may."""
    done = 0
    for edit in edits:
        if edit.start >= done:
            yield edit
            done = edit.end
