"""Writes records as CSV: a row for each mention, or for each entity.

Every document has a row at least: one without names has one with only the document in it, and
one that failed has one that says why, so that nothing is lost on the way into a spreadsheet.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from wiewatwaar.records import Entity, Failure, Mention, Record

Rows = Literal["mentions", "entities"]
"""What a row is about."""

_DOCUMENT = ("document", "sha256", "published", "title", "status")
_ENTITY = ("entity", "type", "name", "code", "former")
_FAILURE = ("stage", "error", "message")

COLUMNS: dict[Rows, tuple[str, ...]] = {
    "mentions": (
        *_DOCUMENT,
        *_ENTITY,
        *("start", "end", "text", "form", "label", "found_by"),
        *_FAILURE,
    ),
    "entities": (*_DOCUMENT, *_ENTITY, "aliases", "ambiguous_with", "mentions", *_FAILURE),
}
"""The names of the columns, in order."""

BETWEEN = " | "
"""What stands between the aliases of an entity in their one cell."""

# What a spreadsheet takes for a formula or for the end of a cell; full width counts there too.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

_Cell = str | int
_Cells = dict[str, _Cell | None]


def encoded(records: Iterable[Record | Failure], rows: Rows = "mentions") -> Iterator[bytes]:
    """Writes records as CSV: UTF-8, commas, quotes around text, a line feed behind each row.

    Args:
        records: The records.
        rows: What a row is about.

    Yields:
        The row with the names of the columns, then the rows of each record.
    """
    yield _encoded([COLUMNS[rows]])
    for record in records:
        yield record_rows(record, rows)


def record_rows(record: Record | Failure, rows: Rows = "mentions") -> bytes:
    """Writes one record.

    Args:
        record: The record.
        rows: What a row is about.

    Returns:
        Its rows, one at least. The same record gives the same bytes.
    """
    return _encoded(
        [_safe(cells.get(column)) for column in COLUMNS[rows]] for cells in _rows(record, rows)
    )


def unsafe(cell: str) -> str:
    """Gives back what a cell was made of, without the quote that keeps it from being a formula.

    Args:
        cell: A cell as a reader of CSV gives it.

    Returns:
        The text as it stands in the record; but for NUL, which no CSV can hold.
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _rows(record: Record | Failure, rows: Rows) -> Iterator[_Cells]:
    document: _Cells = {"document": record.document.id, "sha256": record.document.sha256}
    document["status"] = record.status
    if record.status == "failed":
        why = {"stage": record.stage, "error": record.error, "message": record.message}
        yield {**document, **why}
        return
    document |= {"published": record.document.published, "title": record.document.title}
    if not record.entities:
        yield document
    for entity in record.entities:
        called = document | _entity(entity)
        if rows == "entities":
            yield called | {"mentions": len(entity.mentions)}
        else:
            yield from (called | _mention(mention) for mention in entity.mentions)


def _entity(entity: Entity) -> _Cells:
    return {
        "entity": entity.id,
        "type": entity.type,
        "name": entity.name,
        "code": entity.code,
        "former": "true" if entity.former else None,
        "aliases": BETWEEN.join(entity.aliases),
        "ambiguous_with": BETWEEN.join(entity.ambiguous_with),
    }


def _mention(mention: Mention) -> _Cells:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "form": mention.form,
        "label": mention.label,
        "found_by": mention.found_by,
    }


def _safe(cell: _Cell | None) -> _Cell:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    # Readers of CSV in Python before 3.11 stop at NUL.
    cell = cell.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _encoded(rows: Iterable[Iterable[_Cell]]) -> bytes:
    written = io.StringIO(newline="")
    # Quoted, so that a line end of any kind within a text stays in its cell.
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()
