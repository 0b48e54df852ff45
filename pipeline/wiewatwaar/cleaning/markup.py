"""Takes Markdown out of a text: front matter becomes metadata, marks of layout go."""

import re
from collections.abc import Iterator

from wiewatwaar.cleaning.stages import Fact, StageResult
from wiewatwaar.dates import iso_date
from wiewatwaar.source_text import Edit

_MAX_FRONT_MATTER_CHARACTERS = 10_000
_FENCES = re.compile(r"(?P<fence>---|\+\+\+)[ ]{0,9}\n")
_FIELD = re.compile(r"(?P<name>[A-Za-z_-]{1,30})[ ]{0,9}[:=][ ]{0,9}(?P<value>.{0,500})")
_LIST_ITEM = re.compile(r"[ ]{0,9}-[ ]{1,9}(?P<value>.{1,200})")

# What front matter calls a fact, best first.
_FIELDS = {
    "title": "title",
    "titel": "title",
    "headline": "title",
    "date": "published",
    "datum": "published",
    "published": "published",
    "publishdate": "published",
    "pubdate": "published",
    "author": "authors",
    "authors": "authors",
    "auteur": "authors",
    "auteurs": "authors",
    "by": "authors",
    "site": "site",
    "source": "site",
    "bron": "site",
    "publication": "site",
}

_HEADING = re.compile(r"^#{1,6}[ ]{1,9}", re.MULTILINE)
# The line below the headings of a table.
_TABLE_RULE = re.compile(
    r"^\|?(?:[ ]?:?-{3,100}:?[ ]?\|){1,50}(?:[ ]?:?-{3,100}:?)?[ ]?$", re.MULTILINE
)
_LINK = re.compile(r"(?P<open>!?\[)[^\[\]\n]{1,500}(?P<close>\]\((?:https?://|/)[^()\s]{1,1000}\))")
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|\*)(?=[^\s*])([^*\n]{1,500})(?<=[^\s*])(\1)(?![\w*])")


def take_front_matter(text: str) -> StageResult:
    """Takes the block between `---` (or `+++`) lines at the top out, as facts.

    The title stays, as the first line of the text, where no heading says it again: the names in
    it are mentions.

    Args:
        text: The text.

    Returns:
        The edits, and `title`, `published`, `authors` and `site` where the block has them.
    """
    opened = _FENCES.match(text)
    if opened is None:
        return StageResult()
    end = _end_of_block(text, opened.end(), opened["fence"])
    if end is None:
        return StageResult()
    facts = list(_front_facts(text, opened.end(), end))
    if not facts and not _FIELD.match(text, opened.end()):
        return StageResult()
    title = next((fact for fact in facts if fact.field == "title"), None)
    if title is None or _says_again(text, end, title.value):
        return StageResult([Edit(0, end, "", "front matter")], facts)
    edits = [Edit(0, title.start, "", "front matter"), Edit(title.end, end, "\n\n", "front matter")]
    return StageResult(edits, facts)


def _end_of_block(text: str, start: int, fence: str) -> int | None:
    """The end of front matter, with its closing line; None when it is not closed."""
    limit = min(len(text), start + _MAX_FRONT_MATTER_CHARACTERS)
    closings = {fence} | ({"..."} if fence == "---" else set())
    while start < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start : min(end, start + 20)].rstrip() in closings:
            return min(end + 1, len(text))
        start = end + 1
    return None


def _front_facts(text: str, start: int, end: int) -> Iterator[Fact]:
    """The fields of front matter that are ours; a list has one item a line or in brackets."""
    field = ""
    done: set[str] = set()
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        found = _FIELD.match(text, start, line_end)
        item = _LIST_ITEM.match(text, start, line_end)
        if found and field:
            done.add(field)
        if found:
            field = _FIELDS.get(found["name"].lower(), "")
        given = found or (item if field == "authors" else None)
        if given is not None and field and field not in done:
            for value, value_start in _values(given, field):
                yield Fact(field, value, value_start, value_start + len(value), "front matter")
        start = line_end + 1


def _values(given: re.Match[str], field: str) -> Iterator[tuple[str, int]]:
    start = given.start("value")
    if field == "authors":
        for part in re.finditer(r"[^\[\],;\"']{1,100}", given["value"]):
            if name := part[0].strip():
                yield name, start + part.start() + part[0].index(name[0])
        return
    value = given["value"].strip().strip("\"'").strip()
    value_start = start + given["value"].find(value)
    if field == "published":
        value = iso_date(value)
    if value:
        yield value, value_start


def _says_again(text: str, start: int, title: str) -> bool:
    """Whether the text behind front matter begins with its title."""
    return text[start : start + 20 + len(title)].lstrip("# *_\n").startswith(title)


def take_marks(text: str) -> StageResult:
    """Takes the marks of headings, tables, emphasis and links out, and leaves the words.

    Args:
        text: The text.

    Returns:
        An edit for each mark.
    """
    edits = [Edit(found.start(), found.end(), "", "heading") for found in _HEADING.finditer(text)]
    if "---" in text:
        edits += [
            Edit(found.start(), found.end(), "", "table") for found in _TABLE_RULE.finditer(text)
        ]
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
