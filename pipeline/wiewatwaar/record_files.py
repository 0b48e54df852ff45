"""Reads records back from the files that a run wrote, one at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from wiewatwaar.records import any_record
from wiewatwaar.validation import RecordsError, opened

if TYPE_CHECKING:
    from wiewatwaar.records import Failure, Record


def read_records(path: str) -> "Iterator[Record | Failure]":
    """Reads a file of records.

    Args:
        path: Path of a JSONL file of records, with `.gz` behind it when it is compressed, or `-`
            for standard input.

    Yields:
        Its records and failures in order, each checked. One is in memory at a time.

    Raises:
        RecordsError: The file cannot be read, or a line of it is no record.
    """
    with opened(path) as stream:
        number = 0
        try:
            for line in stream:
                number += 1
                if line.strip():
                    yield _record(line, f"{path}:{number}")
        except (OSError, EOFError) as error:
            raise RecordsError(f"cannot read {path} after line {number}: {error}") from error


def keep_apart(path: str, output: str) -> None:
    """Makes sure that an output does not take the place of the records that it is made of.

    Args:
        path: Path of the records, or `-`.
        output: Path of the output, or `-`.

    Raises:
        RecordsError: They are one file, by whatever name.
    """
    if "-" in (path, output) or not Path(output).exists() or not Path(path).exists():
        return
    if Path(output).samefile(path):
        raise RecordsError(f"{output} holds the records themselves: name another file with -o")


def _record(line: bytes, place: str) -> "Record | Failure":
    try:
        return any_record.validate_json(line)
    except ValidationError as error:
        what = error.errors(include_url=False, include_context=False, include_input=False)[0]["msg"]
        raise RecordsError(
            f"{place} is no record: {what}; wiewatwaar validate says what is wrong with the file"
        ) from error
