"""Reads articles from files, directories and standard input: one article or failure for each."""

import gzip
import hashlib
import io
import os
import sys
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wiewatwaar.articles import Article
from wiewatwaar.errors import UserError
from wiewatwaar.reading.decoding import declared_encoding, decode
from wiewatwaar.reading.file_tree import (
    PACKED,
    SUFFIXES,
    File,
    LinkError,
    NotAFileError,
    files,
    kind,
)
from wiewatwaar.reading.json_lines import (
    USUAL_FIELDS,
    FieldError,
    JsonError,
    JsonFields,
    parse_line,
    split_lines,
)
from wiewatwaar.reading.web_pages import read_page

if TYPE_CHECKING:
    from wiewatwaar.articles import Metadata
    from wiewatwaar.records import Failure

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "STDIN",
    "SUFFIXES",
    "USUAL_FIELDS",
    "EmptyInputError",
    "FieldError",
    "InputError",
    "JsonError",
    "JsonFields",
    "LinkError",
    "NotAFileError",
    "TooLargeError",
    "read",
]

STDIN = "-"

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""A document larger than this, unpacked, is a failure: its text would not fit a worker."""

# Text packs to a third or a tenth; what unpacks to so many times its size was made to do harm.
_MAX_UNPACKED_TIMES = 200

_BLOCK_BYTES = 256 * 1024
_PEEK_BYTES = 4096
_PAGE_STARTS = (b"<!doctype html", b"<html")


class InputError(UserError):
    """An input that is not there, or that holds nothing to read."""


class EmptyInputError(ValueError):
    """A document without a single character in it."""


class TooLargeError(ValueError):
    """A document larger than a worker can hold, or a packed file that unpacks without end."""


def read(
    inputs: Sequence[str | Path],
    *,
    pattern: str | None = None,
    exclude: Sequence[Path] = (),
    fields: JsonFields = USUAL_FIELDS,
    wanted: Callable[[str], bool] | None = None,
) -> "Iterator[Article | Failure]":
    """Reads articles, one at a time, in sorted order.

    The source text of a text or Markdown file is the decoded file exactly as it is, line ends and
    all, but for a byte order mark; that of a page is the text of its article, that of a JSON line
    its text field. A file that is named itself is read as text whatever its suffix. Standard
    input is a page or JSON lines when it begins as one, and is unpacked when it is packed.

    Args:
        inputs: Paths of files and directories, or `-` for standard input. Ids are paths below
            the one directory, or the name of the one file; with several inputs, paths as given.
            A line of a JSONL file is called `file.jsonl#3`.
        pattern: Only files below a directory whose name, or path there when the glob has a `/`,
            matches it.
        exclude: Files below a directory that are left out.
        fields: Names of the fields of JSON lines.
        wanted: Tells by its id whether a document is wanted; another one is not read.

    Returns:
        An iterator over articles, and failures of what could not be read: one for each document.

    Raises:
        InputError: An input is not there (at once), or there is nothing to read in any (when the
            iterator is asked for the first document).
    """
    ordered = _ordered(inputs)
    for one in ordered:
        if one != STDIN and not os.path.lexists(one):
            raise InputError(f"no such file or directory: {one}")
    left_out = frozenset(Path(os.path.abspath(path)) for path in exclude)  # noqa: PTH100
    return _documents(ordered, pattern, left_out, fields, wanted or _everything)


def _everything(id: str) -> bool:
    return True


def _ordered(inputs: Sequence[str | Path]) -> list[str]:
    """The inputs by their parts, as files below a directory are: `a/b` stands before `a.txt`.

    One that lies in another one, where it is found anyway, is left out.
    """
    given = sorted(dict.fromkeys(str(one) for one in inputs), key=lambda one: Path(one).parts)
    directories = {Path(one) for one in given if one != STDIN and Path(one).is_dir()}
    return [one for one in given if not _is_found_in(Path(one), directories)]


def _is_found_in(path: Path, directories: set[Path]) -> bool:
    for directory in path.parents:
        if directory in directories:
            hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
            return not hidden and (path.is_dir() or kind(path) is not None)
    return False


def _documents(
    ordered: list[str],
    pattern: str | None,
    exclude: Collection[Path],
    fields: JsonFields,
    wanted: Callable[[str], bool],
) -> "Iterator[Article | Failure]":
    anything = False
    for one in ordered:
        for file in _files(one, len(ordered) > 1, pattern, exclude):
            anything = True
            yield from _read_file(file, fields, wanted)
    if not anything:
        looked_for = pattern or " ".join(SUFFIXES)
        raise InputError(
            f"nothing to read in {', '.join(ordered) or 'no input'}: looked for {looked_for}"
        )


def _files(
    one: str, several: bool, pattern: str | None, exclude: Collection[Path]
) -> Iterator[File]:
    """The files of one input, in order."""
    path = Path(one)
    if one == STDIN:
        yield File("stdin", path)
    elif path.is_dir():
        prefix = f"{path.as_posix().rstrip('/')}/" if several else ""
        for file in files(path, pattern, exclude):
            yield File(prefix + file.id, file.path, file.problem)
    else:
        yield File(path.as_posix() if several else path.name, path)


def _read_file(
    file: File, fields: JsonFields, wanted: Callable[[str], bool]
) -> "Iterator[Article | Failure]":
    carrier = kind(file.path)
    try:
        stream = _opened(file)
    except (OSError, LinkError, NotAFileError) as error:
        if wanted(_printable(file.id)):
            yield _failure(file.id, None, error)
        return
    with stream:
        if str(file.path) == STDIN:
            stream, carrier = _looked_into(stream)
        if carrier == ".jsonl":
            yield from _read_lines(file.id, stream, fields, wanted)
        elif wanted(_printable(file.id)):
            parse = _web_page if carrier in {".html", ".htm"} else _plain_text
            yield _whole(file.id, stream, parse)


def _opened(file: File) -> IO[bytes]:
    if file.problem is not None:
        raise file.problem
    if str(file.path) == STDIN:
        # Standard input stays open: it is not ours to close.
        return io.BufferedReader(_Unclosed(sys.stdin.buffer))
    stream = file.path.open("rb")
    if file.path.name.lower().endswith(PACKED):
        return _unpacked(stream, os.fstat(stream.fileno()).st_size)
    return stream


class _Unclosed(io.RawIOBase):
    """A stream that others own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        read1 = getattr(self._stream, "read1", self._stream.read)
        content: bytes = read1(len(buffer))
        buffer[: len(content)] = content
        return len(content)


class _Unpacked(io.RawIOBase):
    """What a packed stream holds, up to a limit."""

    def __init__(self, packed: IO[bytes], max_bytes: int) -> None:
        self._packed = packed
        self._stream = gzip.GzipFile(fileobj=packed)
        self._left_bytes = max_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        content = self._stream.read1(len(buffer))
        self._left_bytes -= len(content)
        if self._left_bytes < 0:
            raise TooLargeError(
                f"unpacks to more than {_MAX_UNPACKED_TIMES} times its size: leave it out, or "
                "unpack it yourself when you trust it"
            )
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._packed.close()
        super().close()


def _unpacked(stream: IO[bytes], size_bytes: int) -> IO[bytes]:
    limit = max(MAX_DOCUMENT_BYTES + 1, size_bytes * _MAX_UNPACKED_TIMES)
    return io.BufferedReader(_Unpacked(stream, limit), 1024 * 1024)


def _looked_into(stream: IO[bytes]) -> tuple[IO[bytes], str | None]:
    """Standard input, unpacked, and what it holds by the way it begins."""
    start = _peek(stream)
    if start.startswith(b"\x1f\x8b"):
        stream = _unpacked(stream, 0)
        try:
            start = _peek(stream)
        except (OSError, EOFError, zlib.error):
            start = b""  # the same error comes again where it is read, and is reported there
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_PAGE_STARTS):
        return stream, ".html"
    if start.startswith(b"{") and start[1:].lstrip().startswith(b'"'):
        return stream, ".jsonl"
    return stream, None


def _peek(stream: IO[bytes]) -> bytes:
    peeked: bytes = stream.peek(_PEEK_BYTES)  # type: ignore[attr-defined]
    return peeked


def _plain_text(content: bytes) -> "tuple[str, Metadata]":
    return decode(content), {}


def _web_page(content: bytes) -> "tuple[str, Metadata]":
    page = read_page(decode(content, declared_encoding(content)))
    return page.text, page.metadata


def _whole(
    id: str, stream: IO[bytes], parse: "Callable[[bytes], tuple[str, Metadata]]"
) -> "Article | Failure":
    """Makes an article of all the bytes of an input."""
    content: bytes | None = None
    try:
        content = _bounded(stream)
        text, metadata = parse(content)
        return _article(id, content, text, metadata)
    except Exception as error:
        # Whatever a parser makes of a hostile page: it is this document that failed.
        return _failure(id, content, error)


def _bounded(stream: IO[bytes]) -> bytes:
    # In blocks: to read at most so many bytes at once, Python sets that much memory apart.
    blocks: list[bytes] = []
    length = 0
    while block := stream.read(_BLOCK_BYTES):
        length += len(block)
        if length > MAX_DOCUMENT_BYTES:
            raise TooLargeError(_too_large())
        blocks.append(block)
    return b"".join(blocks)


def _too_large() -> str:
    limit = MAX_DOCUMENT_BYTES // 1024 // 1024
    return f"more than {limit} MB in one document: split it into articles"


def _article(id: str, content: bytes, text: str, metadata: "Metadata") -> Article:
    if not text.strip():
        raise EmptyInputError("empty: remove it or fill it")
    return Article(_printable(id), text, hashlib.sha256(content).hexdigest(), metadata)


def _read_lines(
    id: str, stream: IO[bytes], fields: JsonFields, wanted: Callable[[str], bool]
) -> "Iterator[Article | Failure]":
    """Makes an article of each line that is not blank."""
    last = 0
    try:
        for number, line in split_lines(stream, MAX_DOCUMENT_BYTES):
            last = number
            line_id = f"{id}#{number}"
            if wanted(_printable(line_id)):
                yield _from_line(line_id, line, fields)
        if not last:
            raise EmptyInputError("no line with an article in it: remove it or fill it")
    except Exception as error:
        failed = f"{id}#{last + 1}" if last else id
        if wanted(_printable(failed)):
            yield _failure(failed, None, error)


def _from_line(id: str, line: bytes | None, fields: JsonFields) -> "Article | Failure":
    if line is None:
        return _failure(id, None, TooLargeError(_too_large()))
    try:
        text, metadata = parse_line(line, fields)
        return _article(id, line, text, metadata)
    except ValueError as error:
        return _failure(id, line, error)


def _failure(id: str, content: bytes | None, error: Exception) -> "Failure":
    from wiewatwaar.records import FailedDocument, Failure

    sha256 = None if content is None else hashlib.sha256(content).hexdigest()
    return Failure(
        document=FailedDocument(id=_printable(id), sha256=sha256),
        stage="read",
        error=type(error).__name__,
        message=_told(error),
    )


def _told(error: Exception) -> str:
    """What was wrong, and what to do."""
    if isinstance(error, gzip.BadGzipFile):
        return "not packed with gzip, whatever its name says: rename it, or pack it again"
    if isinstance(error, EOFError):
        return "the packed file ends too soon: pack it again"
    if isinstance(error, zlib.error):
        return "the packed file is damaged: pack it again"
    if isinstance(error, FileNotFoundError):
        return "not there any more, or a link that leads nowhere: mend it or remove it"
    if isinstance(error, PermissionError):
        return "cannot be opened: allow reading it, or leave it out"
    if isinstance(error, OSError):
        return f"{error.strerror or error}: check the file and the disk, or leave it out"
    if isinstance(error, MemoryError):
        return "takes more memory than there is: split it into articles"
    return str(error) or f"cannot be read ({type(error).__name__}): leave it out"


def _printable(id: str) -> str:
    """An id that can be written in JSON: bytes of a name that are no UTF-8 are shown as such."""
    return id.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
