"""Checks files of records against the record models, and gives the models as JSON Schema."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from pydantic import ValidationError

from wiewatwaar.errors import UserError
from wiewatwaar.records import any_record

_TAGS = frozenset({"ok", "failed"})


class RecordsError(UserError):
    """A file of records that cannot be read; says what to do in one line."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of a file of records, checked.

    Attributes:
        line: Number of the line, counting from 1.
        problems: What is wrong with it, and where in the record; empty when it is right.
    """

    line: int
    problems: tuple[str, ...] = ()


def check(path: str) -> Iterator[Checked]:
    """Checks every line of a JSONL file of records.

    Fields and their types are checked, and so are the rules of the record: mentions inside the
    document, as long as they say, in order, each once, and, where the record holds its text,
    standing at their place in it.

    Args:
        path: Path of the file, with `.gz` behind it when it is compressed, or `-` for standard
            input.

    Yields:
        Every line with its problems.

    Raises:
        RecordsError: The file cannot be read.
    """
    with opened(path) as stream:
        number = 0
        lines = iter(stream)
        while True:
            try:
                line = next(lines, None)
            except (OSError, EOFError) as error:
                raise RecordsError(f"cannot read {path} after line {number}: {error}") from error
            if line is None:
                return
            number += 1
            yield Checked(number, tuple(_problems(line)))


def schema() -> dict[str, Any]:
    """The JSON Schema of one line of a file of records.

    Returns:
        The schema, in JSON Schema 2020-12.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of a wiewatwaar file: a record, or a failed document",
        **any_record.json_schema(mode="validation"),
    }


def _problems(line: bytes) -> Iterator[str]:
    if not line.endswith(b"\n"):
        yield "the line has no end: the file was cut off here"
    try:
        any_record.validate_json(line)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            # The first part of a place only repeats which of the two models was tried.
            place = [str(part) for part in detail["loc"] if part not in _TAGS]
            yield f"{'.'.join(place)}: {detail['msg']}" if place else detail["msg"]


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """Opens a file of records.

    Args:
        path: Path of the file, with `.gz` behind it when it is compressed, or `-` for standard
            input.

    Yields:
        Its bytes, uncompressed.

    Raises:
        RecordsError: It cannot be opened.
    """
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        opener = gzip.open if path.endswith(".gz") else Path.open
        stream = cast(BinaryIO, opener(Path(path), "rb"))
    except OSError as error:
        raise RecordsError(f"cannot read {path}: {error.strerror or error}") from error
    with stream:
        yield stream
