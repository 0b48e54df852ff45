"""Writes records as JSON lines, to a stream or to a file that appears whole or not at all."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import orjson

from wiewatwaar.errors import UserError

if TYPE_CHECKING:
    from wiewatwaar.records import Failure, Record

STDOUT = "-"
"""The name of standard output on the command line."""

PART_SUFFIX = ".part"
"""What the name of an unfinished output ends with."""


class OutputError(UserError):
    """An output that cannot be written; says what to do in one line."""


class Sink(Protocol):
    """Anything that takes bytes, one whole line at a time."""

    def write(self, line: bytes, /) -> object:
        """Takes one line with its line end."""


def to_line(record: "Record | Failure") -> bytes:
    """Writes a record as one line of a JSONL file.

    Args:
        record: The record.

    Returns:
        Its JSON in UTF-8, with a line end. The same record gives the same bytes.
    """
    return orjson.dumps(record.model_dump(mode="json"), option=orjson.OPT_APPEND_NEWLINE)


@contextmanager
def opened(target: str) -> Iterator[Sink]:
    """Opens what records are written to.

    A file is written beside the target, as `NAME.part`, and moved into its place when the block
    ends well: whatever happens before, the previous file stays as it was. A target that is no
    ordinary file, such as `/dev/null` or a named pipe, is written directly.

    Args:
        target: Path of a file, or `-` for standard output.

    Yields:
        What takes the lines.

    Raises:
        OutputError: The target cannot be written.
        BrokenPipeError: Nobody reads standard output any more.
    """
    if target == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(target).resolve()
    if path.is_dir():
        raise OutputError(f"output {target} is a directory: give the name of a file in it")
    if path.exists() and not path.is_file():
        with _explained(target):
            stream = path.open("wb")
        with stream:
            yield _File(stream, target)
        return
    part = part_of(path)
    with _explained(target):
        stream = part.open("wb")
    try:
        with stream:
            yield _File(stream, target)
            with _explained(target):
                stream.flush()
                os.fsync(stream.fileno())
        with _explained(target):
            if path.exists():
                shutil.copymode(path, part)
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Where an output is written until it is whole.

    Args:
        path: Path of the finished file.

    Returns:
        A path in the same folder, so that moving it into place is one step.
    """
    return path.with_name(path.name + PART_SUFFIX)


class _File:
    """A sink whose errors say which output they are about."""

    def __init__(self, stream: BinaryIO, target: str) -> None:
        self._stream = stream
        self._target = target

    def write(self, line: bytes, /) -> None:
        with _explained(self._target):
            self._stream.write(line)


@contextmanager
def _explained(target: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"cannot write {target}: {reason}; nothing there was changed") from error
