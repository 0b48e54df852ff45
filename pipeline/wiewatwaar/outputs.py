"""Writes records as JSON lines, to a stream or to a file that appears whole or not at all."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wiewatwaar.errors import UserError
from wiewatwaar.reuse import keep

if TYPE_CHECKING:
    from wiewatwaar.records import Failure, Record

STDOUT = "-"
"""The name of standard output on the command line."""

# What the names of an unfinished output, and of what earlier ones came to, end with.
_PART, _KEPT = ".part", ".kept"


class OutputError(UserError):
    """An output that cannot be written; says what to do in one line."""


class Output:
    """What lines are written to.

    Attributes:
        earlier: Files with the records of earlier runs to the same target, finished or not.
    """

    def __init__(self, stream: BinaryIO, target: str, earlier: tuple[Path, ...] = ()) -> None:
        """Takes a stream that is open for writing.

        Args:
            stream: The stream.
            target: What to call it in an error.
            earlier: Files with the records of earlier runs.
        """
        self._stream = stream
        self._target = target
        self.earlier = earlier

    def write(self, line: bytes) -> None:
        """Takes one line with its line end.

        Args:
            line: The line.

        Raises:
            OutputError: It cannot be written.
            BrokenPipeError: Nobody reads any more.
        """
        with _explained(self._target):
            self._stream.write(line)


def to_line(record: "Record | Failure") -> bytes:
    """Writes a record as one line of a JSONL file.

    Args:
        record: The record.

    Returns:
        Its JSON in UTF-8, with a line end. The same record gives the same bytes.
    """
    return record.model_dump_json().encode() + b"\n"


def own_files(target: str) -> list[Path]:
    """The files that writing to a target makes: never the inputs of the same run.

    Args:
        target: Path of a file, or `-` for standard output.

    Returns:
        Absolute paths.
    """
    if target == STDOUT:
        return []
    # Where the target is reached through a link, an input may be too.
    paths = {Path(target).absolute(), Path(target).resolve()}
    suffixes = ("", _PART, _KEPT)
    return sorted(_beside(path, suffix) for path in paths for suffix in suffixes)


@contextmanager
def opened(target: str, *, fresh: bool = False) -> Iterator[Output]:
    """Opens what records are written to.

    A file is written beside the target, as `NAME.part`, and moved into its place when the block
    ends well. When it does not, the previous file is as it was, and the part stays for the next
    run to go on from, unless nothing would. A target that is no ordinary file, such as `/dev/null`
    or a named pipe, is written directly.

    Args:
        target: Path of a file, or `-` for standard output.
        fresh: Whether to leave out what earlier runs made, as the next one will.

    Yields:
        What takes the lines.

    Raises:
        OutputError: The target cannot be written, or another run is writing it.
        BrokenPipeError: Nobody reads standard output any more.
    """
    if target == STDOUT:
        yield Output(sys.stdout.buffer, "standard output")
        with _explained("standard output"):
            sys.stdout.buffer.flush()
        return
    path = Path(target).resolve()
    if path.is_dir():
        raise OutputError(f"output {target} is a directory: give the name of a file in it")
    if path.exists() and not path.is_file():
        with _open(path, target) as stream:
            yield Output(stream, target)
            _finish(stream, target)
        return
    part, kept = _beside(path, _PART), _beside(path, _KEPT)
    with _open(part, target) as stream:
        _lock(stream, part, target)
        with _explained(target):
            earlier = () if fresh else _earlier(stream, path, kept)
            stream.truncate(0)
        try:
            yield Output(stream, target, earlier)
            _finish(stream, target)
        except BaseException:
            if fresh or stream.tell() == 0:
                part.unlink()
            raise
        with _explained(target):
            os.fsync(stream.fileno())
            if path.exists():
                shutil.copymode(path, part)
            part.replace(path)
            kept.unlink(missing_ok=True)


def _earlier(part: BinaryIO, path: Path, kept: Path) -> tuple[Path, ...]:
    """The files with what earlier runs made, after that of the last one was put away."""
    if part.seek(0, os.SEEK_END):
        keep(part, kept)
    return tuple(one for one in (path, kept) if one.exists())


def write_whole(target: str, content: bytes) -> None:
    """Writes a small file that appears whole or not at all.

    Args:
        target: Path of a file, or `-` for standard output.
        content: What it holds.

    Raises:
        OutputError: The target cannot be written.
    """
    with opened(target, fresh=True) as sink:
        sink.write(content)


def _beside(path: Path, suffix: str) -> Path:
    """A path in the same folder, so that moving a file from there is one step."""
    return path.with_name(path.name + suffix)


@contextmanager
def _open(path: Path, target: str) -> Iterator[BinaryIO]:
    # Not emptied: what a part holds is work that was done.
    ordinary = path.is_file() or not path.exists()
    with _explained(target):
        stream = path.open("a+b") if ordinary else path.open("wb")
    try:
        yield stream
    finally:
        # What could not be written was said already; closing would only say it again.
        with suppress(OSError):
            stream.close()


def _finish(stream: BinaryIO, target: str) -> None:
    with _explained(target):
        stream.flush()


def _lock(stream: BinaryIO, part: Path, target: str) -> None:
    """Keeps a second run from writing the same file; the lock ends with the process."""
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    busy = OutputError(f"another run is writing {target}: wait for it to end")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The other run may just have moved this file into its place.
        if not os.path.samestat(os.fstat(stream.fileno()), part.stat()):
            raise busy
    except (BlockingIOError, FileNotFoundError) as error:
        raise busy from error


@contextmanager
def _explained(target: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write {target}: {reason}; an earlier one is unchanged"
        ) from error
