"""Articles in JSON lines: one document a line, in fields that the user can name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import IO, TYPE_CHECKING

from wiewatwaar.dates import iso_date
from wiewatwaar.errors import UserError

if TYPE_CHECKING:
    from wiewatwaar.articles import Metadata

_BLOCK_BYTES = 1024 * 1024

_HALF = b"\\ud"
_ESCAPE = re.compile(
    rb"\\(?:(?P<pair>ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|(?P<half>ud[89a-f][0-9a-f]{2})|.)",
    re.IGNORECASE | re.DOTALL,
)


class JsonError(ValueError):
    """A line that is no JSON."""


class FieldError(ValueError):
    """A JSON line that is no object with a text."""


class FieldNameError(UserError):
    """Names of fields that are not written as they should be."""


@dataclass(frozen=True, slots=True)
class JsonFields:
    """Names of the fields of a JSON line.

    Attributes:
        text: The text of the article; needed.
        title: Its title.
        date: Its date, in any form that `iso_date` reads.
        authors: Who wrote it: a text, or a list of them.
    """

    text: str = "text"
    title: str = "title"
    date: str = "date"
    authors: str = "authors"

    @classmethod
    def parse(cls, written: Iterable[str]) -> "JsonFields":
        """Reads names as they are written on a command line.

        Args:
            written: Such as `text=body` and `date=published_at`.

        Returns:
            The names; those not given are as usual.

        Raises:
            FieldNameError: One is not written so, or names no field of ours.
        """
        ours = [field.name for field in fields(cls)]
        given = {}
        for one in written:
            name, equals, theirs = one.partition("=")
            if name not in ours or not equals or not theirs:
                raise FieldNameError(
                    f"field {one!r}: write OURS=THEIRS, such as text=body, with OURS one of "
                    f"{', '.join(ours)}"
                )
            given[name] = theirs
        return cls(**given)


USUAL_FIELDS = JsonFields()
"""What the fields of JSON lines are called unless the user says otherwise."""


def split_lines(stream: IO[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Splits a stream into lines, with one line in memory.

    Args:
        stream: Where to read.
        max_bytes: How long a line may be.

    Yields:
        The number of the line, counting from 1, and its bytes with the line end left out; None
        for a line that is too long. Blank lines are left out.
    """
    number = 1
    begun: list[bytes] = []
    length = 0
    # What comes through a pipe is taken as it comes, so that a slow one is not waited for.
    while block := stream.read1(_BLOCK_BYTES):  # type: ignore[attr-defined]
        *ended, rest = block.split(b"\n")
        for part in ended:
            if begun:
                length += len(part)
                line = None if length > max_bytes else b"".join([*begun, part])
                begun.clear()
            else:
                line = part if length + len(part) <= max_bytes else None
            if line is None or line.strip():
                yield number, line
            number += 1
            length = 0
        length += len(rest)
        if length > max_bytes:
            begun.clear()
        elif rest:
            begun.append(rest)
    if length > max_bytes:
        yield number, None
    elif (line := b"".join(begun)).strip():
        yield number, line


def parse_line(line: bytes, names: JsonFields) -> "tuple[str, Metadata]":
    """Reads one document off a line.

    Args:
        line: A JSON object in UTF-8.
        names: Which fields hold what.

    Returns:
        The text exactly as the field holds it, and what other fields say about it.

    Raises:
        JsonError: The line is no JSON.
        FieldError: It is no object, or has no text in its field.
    """
    try:
        value = _loaded(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise JsonError(f"no JSON: {error}; write one JSON object a line, in UTF-8") from error
    if not isinstance(value, dict):
        raise FieldError(f"a JSON object is needed, not {_called(value)}")
    text = value.get(names.text)
    if not isinstance(text, str):
        there = f"is {_called(text)}" if names.text in value else "is not there"
        has = ", ".join(str(name)[:40] for name in list(value)[:10]) or "no field at all"
        raise FieldError(
            f"field {names.text!r}, for the text, {there}: the line has {has}; "
            "name the field that holds the text"
        )
    title = value.get(names.title)
    metadata: dict[str, str | tuple[str, ...]] = {
        "title": title.strip() if isinstance(title, str) else "",
        "published": iso_date(value.get(names.date)),
        "authors": _authors(value.get(names.authors)),
    }
    return text, {name: one for name, one in metadata.items() if one}


def _loaded(line: bytes) -> object:
    import orjson

    try:
        return orjson.loads(line)
    except ValueError:
        # Half of a character beyond the first 65,536, as programs write that cut texts by length.
        if _HALF not in line.lower():
            raise
        return orjson.loads(_ESCAPE.sub(_whole, line))


def _whole(found: re.Match[bytes]) -> bytes:
    """An escape of JSON as it is, but a half without its other half as U+FFFD."""
    return found[0] if found["pair"] or not found["half"] else b"\\ufffd"


def _authors(value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in given if isinstance(one, str) and one.strip())


def _called(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")
