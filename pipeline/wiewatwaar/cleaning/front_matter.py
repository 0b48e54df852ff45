"""Takes the front matter of Markdown out of a text, and what it says as metadata."""

import re
from collections.abc import Iterator

from wiewatwaar.cleaning.attribution import names_in
from wiewatwaar.cleaning.stages import Fact, StageResult
from wiewatwaar.dates import iso_date
from wiewatwaar.source_text import Edit

_MAX_CHARACTERS = 10_000
_FENCES = re.compile(r"[ \n]{0,50}(?P<fence>---|\+\+\+)[ ]{0,9}\n")
_FIELD = re.compile(r"(?P<name>[A-Za-z_-]{1,30})[ ]{0,9}[:=][ ]{0,9}(?P<value>.{0,500})")
_AUTHOR = re.compile(
    r"[ ]{0,9}(?:-[ ]{1,9}(?:name:[ ]{0,9})?|[ ]name:[ ]{0,9})(?P<value>.{1,500})", re.IGNORECASE
)
_FOLDED = re.compile(r"[|>][+-]?[ ]{0,9}\Z")
_INDENTED = re.compile(r"[ ]{1,20}\S.{0,500}(?:\n|\Z)")

# What lines of front matter look like: prose has spaces before its colon, and no name of a field
# that nobody knows begins with a capital.
_LINE = re.compile(r"[ \t#\[\]{}-]|[A-Za-z_-]{1,30}[ ]{0,9}[:=]|\Z")
_UNKNOWN_FIELD = re.compile(r"[a-z_-]{1,30}[:=]|[ \t#\[\]{}-]|\Z")

_MAIL = re.compile(r"[ ]{0,9}<[^<>]{0,200}>")

# What front matter calls a fact.
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
    lines = _lines_of_block(text, opened.end(), opened["fence"])
    if lines is None:
        return StageResult()
    start, closing, end = opened.end(), *lines
    facts = list(_facts(text, start, closing))
    if not _is_front_matter(text[start:closing], bool(facts)):
        return StageResult()
    title = next((fact for fact in facts if fact.field == "title"), None)
    if title is None or _says_again(text, end, title.value):
        return StageResult([Edit(0, end, "", "front matter")], facts)
    edits = [Edit(0, title.start, "", "front matter"), Edit(title.end, end, "\n\n", "front matter")]
    if text[title.start - 1] == "'":
        edits += (
            Edit(title.start + found.start(), title.start + found.end(), "'", "front matter")
            for found in re.finditer("''", text[title.start : title.end])
        )
    return StageResult(edits, facts)


def _lines_of_block(text: str, start: int, fence: str) -> tuple[int, int] | None:
    """Where front matter is closed, and where the text behind it begins; None when it is not."""
    limit = min(len(text), start + _MAX_CHARACTERS)
    closings = {fence} | ({"..."} if fence == "---" else set())
    while start < limit:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start : min(end, start + 20)].rstrip() in closings:
            return start, min(end + 1, len(text))
        start = end + 1
    return None


def _is_front_matter(block: str, tells: bool) -> bool:
    """Whether every line of a block is one of front matter, and none is prose between two rules."""
    pattern = _LINE if tells else _UNKNOWN_FIELD
    return bool(block.strip()) and all(map(pattern.match, block.split("\n")))


def _facts(text: str, start: int, end: int) -> Iterator[Fact]:
    """The fields of front matter that are ours, each where it is given first."""
    field = ""
    done: set[str] = set()
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        found = _FIELD.match(text, start, line_end)
        if found is not None:
            done.add(field)
            field = _FIELDS.get(found["name"].lower(), "")
        author = _AUTHOR.match(text, start, line_end) if field == "authors" else None
        given = found or author
        if given is not None and field and field not in done:
            if field == "title" and _FOLDED.match(given["value"]):
                yield from _folded(text, line_end + 1, end)
            else:
                yield from _given(given, field)
        start = line_end + 1


def _given(given: re.Match[str], field: str) -> Iterator[Fact]:
    start = given.start("value")
    if field == "authors":
        for part in re.finditer(r"[^\[\],;\"']{1,100}", given["value"]):
            written = part[0].strip()
            place = start + part.start() + part[0].index(written[:1])
            name = _MAIL.sub("", written)
            for one in (names_in(name) or (name,)) if name else ():
                yield Fact(field, one, place, place + len(written), "front matter")
        return
    quotation_mark = given["value"].strip()[:1]
    value = given["value"].strip().strip("\"'").strip()
    place = start + given["value"].find(value)
    end = place + len(value)
    if field == "published":
        value = iso_date(value)
    elif quotation_mark == "'":
        value = value.replace("''", "'")
    if value:
        yield Fact(field, value, place, end, "front matter")


def _folded(text: str, start: int, end: int) -> Iterator[Fact]:
    """A title on lines of its own, indented below its name."""
    stop = start
    while (line := _INDENTED.match(text, stop, end)) is not None:
        stop = line.end()
    if written := text[start:stop].strip():
        place = start + text[start:stop].index(written)
        value = " ".join(written.split())
        yield Fact("title", value, place, place + len(written), "front matter")


def _says_again(text: str, start: int, title: str) -> bool:
    """Whether the text behind front matter begins with its title."""
    return text[start : start + 20 + len(title)].lstrip("# *_\n").startswith(title)
