"""Shows records in the terminal: one document in full, or many in a few lines each."""

import re
from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wiewatwaar.spans import EntityType

if TYPE_CHECKING:
    from wiewatwaar.records import Entity, Failure, Record

STYLES: dict[EntityType, str] = {
    "PERSON": "bold magenta",
    "ORGANISATION": "bold cyan",
    "COUNTRY": "bold green",
    "LOCATION": "bold yellow",
}
"""How the names of each type look."""

QUESTIONS: dict[EntityType, str] = {
    "PERSON": "wie",
    "ORGANISATION": "wat",
    "COUNTRY": "waar",
    "LOCATION": "plaats",
}
"""The question that each type of entity answers."""

# An article must not be able to steer the terminal; each character keeps its place.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show(records: "Iterable[Record | Failure]", console: Console) -> int:
    """Shows documents: a single one in full with its text, several in a few lines each.

    Args:
        records: Records that hold their text, and failures.
        console: Where to show them.

    Returns:
        How many of them are failures.
    """
    remaining = iter(records)
    first = list(islice(remaining, 2))
    if len(first) == 1 and first[0].status == "ok":
        console.print(in_full(first[0]))
        return 0
    failed = 0
    for record in chain(first, remaining):
        console.print(in_short(record))
        failed += record.status == "failed"
    return failed


def in_full(record: "Record") -> RenderableType:
    """One document with its names in colour, and a table of its entities.

    Args:
        record: A record that holds its text.

    Returns:
        What a console prints.
    """
    return Group(
        _heading(record),
        Text(),
        _coloured(record),
        Text(),
        _table(record),
    )


def in_short(record: "Record | Failure") -> RenderableType:
    """The names of one document, a line for each type.

    Args:
        record: A record, or a failure.

    Returns:
        What a console prints.
    """
    if record.status == "failed":
        text = Text(plain(record.document.id), style="bold")
        text.append("  not read: " if record.stage == "read" else f"  failed ({record.stage}): ")
        return Group(text.append(plain(record.message), style="red"), Text())
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", min_width=6)
    grid.add_column()
    for kind, question in QUESTIONS.items():
        names = [_named(entity) for entity in record.entities if entity.type == kind]
        if names:
            grid.add_row(question, Text(", ").join(names))
    return Group(_heading(record), Padding(grid, (0, 0, 1, 2), expand=False))


def plain(text: str) -> str:
    """A text without the characters that steer a terminal.

    Args:
        text: Any text.

    Returns:
        The text with a replacement character for each of them, of the same length.
    """
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _heading(record: "Record") -> Text:
    document = record.document
    heading = Text(plain(document.title or document.id), style="bold")
    details = [document.published, document.id if document.title else None]
    for detail in filter(None, details):
        heading.append(f"  {plain(detail)}", style="not bold dim")
    return heading


def _named(entity: "Entity") -> Text:
    name = Text(plain(entity.name), style=STYLES[entity.type])
    if entity.code is not None:
        name.append(f" {entity.code}", style="not bold dim")
    return name


def _coloured(record: "Record") -> Text:
    source = record.document.text or ""
    mentions = sorted(
        (mention.start, mention.end, STYLES[entity.type])
        for entity in record.entities
        for mention in entity.mentions
    )
    shown = Text()
    done = 0
    for start, end, style in mentions:
        shown.append(_lines(source[done:start]))
        shown.append(_lines(source[start:end]), style=f"{style} underline")
        done = end
    return shown.append(_lines(source[done:]))


def _lines(text: str) -> str:
    return plain(text.replace("\r\n", "\n").replace("\r", "\n"))


def _table(record: "Record") -> RenderableType:
    if not record.entities:
        return Text("no names found", style="dim")
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("", "name", "code", "also written", "mentions"):
        table.add_column(column, justify="right" if column == "mentions" else "left")
    for entity in record.entities:
        table.add_row(
            Text(entity.type.lower(), style="dim"),
            Text(plain(entity.name), style=STYLES[entity.type]),
            Text(entity.code or ""),
            Text(plain(", ".join(entity.aliases))),
            Text(str(len(entity.mentions))),
        )
    return table
