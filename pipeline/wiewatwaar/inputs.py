"""Reads articles from files, directories and standard input: one article or failure for each."""

import gzip
import hashlib
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, TYPE_CHECKING

from wiewatwaar.articles import Article
from wiewatwaar.decoding import declared_encoding, decode
from wiewatwaar.errors import UserError
from wiewatwaar.web_pages import iso_date, read_page

if TYPE_CHECKING:
    from wiewatwaar.records import Failure

STDIN = "-"
SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
"""What is read of a directory, each also with `.gz` behind it."""

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024
"""A document larger than this, unpacked, is a failure: its text would not fit a worker."""


class InputError(UserError):
    """An input that is not there, or that holds nothing to read."""


class EmptyInputError(ValueError):
    """A document without a single character in it."""


class TooLargeError(ValueError):
    """A document larger than a worker can hold."""


class LinkError(ValueError):
    """A symbolic link that leads nowhere, or out of the directory."""


class FieldError(ValueError):
    """A JSON line that is no object with a text."""


@dataclass(frozen=True, slots=True)
class JsonFields:
    """Names of the fields of a JSON line.

    Attributes:
        text: The text of the article; needed.
        title: Its title.
        published: Its date; what does not begin with an ISO date is left out.
    """

    text: str = "text"
    title: str = "title"
    published: str = "date"


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    path: Path
    problem: Exception | None = None


def read(
    inputs: Sequence[str | Path],
    *,
    pattern: str | None = None,
    exclude: Sequence[Path] = (),
    fields: JsonFields = JsonFields(),
    wanted: Callable[[str], bool] | None = None,
) -> "Iterator[Article | Failure]":
    """Reads articles, one at a time, in sorted order.

    A directory is read with all below it, by name; hidden files and directories are left out.
    Links are followed to files inside the directory only. A JSONL file gives an article a line,
    called `file.jsonl#3` after its line.

    Args:
        inputs: Paths of files and directories, or `-` for standard input. Ids are paths below
            the one directory, or the name of the one file; with several inputs, paths as given.
        pattern: Only files below a directory whose path there, or name, matches this glob.
        exclude: Files that are no input, wherever they lie.
        fields: Names of the fields of JSON lines.
        wanted: Tells by its id whether a document is wanted; another one is not read.

    Yields:
        An article, or the failure of one that could not be read.

    Raises:
        InputError: An input is not there, or there is nothing to read in any.
    """
    # By their parts, as the files of a directory are: "a/b" stands before "a.txt".
    ordered = sorted(dict.fromkeys(str(one) for one in inputs), key=lambda one: Path(one).parts)
    for one in ordered:
        if one != STDIN and not os.path.lexists(one):
            raise InputError(f"no such file or directory: {one}")
    left_out = {Path(os.path.abspath(path)) for path in exclude}  # noqa: PTH100 - keeps links
    anything = False
    for one in ordered:
        for file in _files(one, len(ordered) > 1, pattern, left_out):
            anything = True
            yield from _read_file(file, fields, wanted or _everything)
    if not anything:
        looked_for = pattern or " ".join(SUFFIXES)
        raise InputError(
            f"nothing to read in {', '.join(ordered) or 'no input'}: looked for {looked_for}"
        )


def _everything(id: str) -> bool:
    return True


def _files(one: str, several: bool, pattern: str | None, left_out: set[Path]) -> Iterator[_File]:
    """The files of one input, in order."""
    path = Path(one)
    if one == STDIN:
        yield _File("stdin", path)
        return
    if not path.is_dir():
        yield _File(path.as_posix() if several else path.name, path)
        return
    prefix = f"{path.as_posix().rstrip('/')}/" if several else ""
    for file in _walk(path, path.resolve(), ""):
        if Path(os.path.abspath(file.path)) in left_out:  # noqa: PTH100 - keeps links
            continue
        if _is_wanted(file, pattern):
            yield _File(prefix + file.id, file.path, file.problem)


def _is_wanted(file: _File, pattern: str | None) -> bool:
    if _kind(file.path) is None:
        return False
    return pattern is None or any(fnmatchcase(name, pattern) for name in (file.id, file.path.name))


def _kind(path: Path) -> str | None:
    """The suffix that tells how to read a file, without `.gz`; None when it is not ours."""
    name = path.name.lower().removesuffix(".gz")
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def _walk(folder: Path, root: Path, prefix: str) -> Iterator[_File]:
    """Files below a folder by name; only the names of one folder at a time are in memory."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries), key=lambda entry: entry.name)
    except OSError as error:
        # A folder that cannot be listed is one failure, for what it holds is not known.
        yield _File(f"{prefix or '.'}", folder / "unreadable.txt", error)
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        path, name = folder / entry.name, f"{prefix}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, f"{name}/")
        elif not entry.is_symlink():
            yield _File(name, path)
        elif not path.is_dir():
            yield _File(name, path, _link_problem(path, root))


def _link_problem(path: Path, root: Path) -> LinkError | None:
    target = path.resolve()
    if not target.exists():
        return LinkError("a link that leads nowhere; mend it or remove it")
    if root not in target.parents:
        return LinkError("a link out of the directory is not followed; copy the file instead")
    return None


def _read_file(
    file: _File, fields: JsonFields, wanted: Callable[[str], bool]
) -> "Iterator[Article | Failure]":
    kind = _kind(file.path)
    if kind == ".jsonl":
        yield from _read_lines(file, fields, wanted)
        return
    if not wanted(_printable(file.id)):
        return
    parse = _web_page if kind in {".html", ".htm"} else _plain_text
    yield _whole(file.id, lambda: _content(file), parse)


def _content(file: _File) -> bytes:
    if str(file.path) == STDIN:
        return _bounded(sys.stdin.buffer)
    with _opened(file) as stream:
        return _bounded(stream)


def _opened(file: _File) -> IO[bytes]:
    if file.problem is not None:
        raise file.problem
    if not file.path.is_file():
        if not file.path.exists():
            raise FileNotFoundError("it is gone, or a link that leads nowhere")
        raise OSError("not a regular file; leave it out")
    if file.path.name.lower().endswith(".gz"):
        return gzip.open(file.path)  # type: ignore[return-value]
    return file.path.open("rb")


def _bounded(stream: IO[bytes]) -> bytes:
    content = stream.read(MAX_DOCUMENT_BYTES + 1)
    _check_size(content)
    return content


def _check_size(content: bytes) -> None:
    if len(content) > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES // 1024 // 1024
        raise TooLargeError(f"more than {limit} MB in one document; split it into articles")


def _plain_text(content: bytes) -> tuple[str, dict[str, str]]:
    return decode(content), {}


def _web_page(content: bytes) -> tuple[str, dict[str, str]]:
    page = read_page(decode(content, declared_encoding(content)))
    return page.text, page.metadata


def _whole(
    id: str,
    get: Callable[[], bytes],
    parse: Callable[[bytes], tuple[str, dict[str, str]]],
) -> "Article | Failure":
    """Makes an article of all the bytes of an input."""
    content: bytes | None = None
    try:
        content = get()
        text, metadata = parse(content)
        return _article(id, content, text, metadata)
    except (OSError, EOFError, ValueError, zlib.error, RecursionError, MemoryError) as error:
        return _failure(id, content, error)


def _article(id: str, content: bytes, text: str, metadata: dict[str, str]) -> Article:
    if not text.strip():
        raise EmptyInputError("empty; remove it or fill it")
    return Article(_printable(id), text, hashlib.sha256(content).hexdigest(), metadata)


def _read_lines(
    file: _File, fields: JsonFields, wanted: Callable[[str], bool]
) -> "Iterator[Article | Failure]":
    """Makes an article of each line that is not blank."""
    number = articles = 0
    try:
        with _opened(file) as stream:
            while line := stream.readline(MAX_DOCUMENT_BYTES + 1):
                number += 1
                if line.strip():
                    articles += 1
                    if wanted(_printable(f"{file.id}#{number}")):
                        yield _from_line(f"{file.id}#{number}", line, fields)
                if not line.endswith(b"\n"):
                    _skip_line(stream)
        if not articles:
            raise EmptyInputError("no line with an article in it; remove it or fill it")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        id = f"{file.id}#{number + 1}" if articles else file.id
        if wanted(_printable(id)):
            yield _failure(id, None, error)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(1024 * 1024)) and not rest.endswith(b"\n"):
        pass


def _from_line(id: str, line: bytes, fields: JsonFields) -> "Article | Failure":
    import orjson

    try:
        _check_size(line)
        value = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        if not isinstance(value, dict):
            raise FieldError(f"a JSON object is needed, not {type(value).__name__}")
        text = value.get(fields.text)
        if not isinstance(text, str):
            raise FieldError(
                f"field {fields.text!r} with the text is needed, it is {type(text).__name__}"
            )
        title = value.get(fields.title)
        metadata = {
            "title": title.strip() if isinstance(title, str) else "",
            "published": iso_date(value.get(fields.published)),
        }
        return _article(id, line, text, {name: one for name, one in metadata.items() if one})
    except ValueError as error:
        return _failure(id, line, error)


def _failure(id: str, content: bytes | None, error: BaseException) -> "Failure":
    from wiewatwaar.records import FailedDocument, Failure

    sha256 = None if content is None else hashlib.sha256(content).hexdigest()
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(
        document=FailedDocument(id=_printable(id), sha256=sha256),
        stage="read",
        error=type(error).__name__,
        message=told or "cannot be read; check the file",
    )


def _printable(id: str) -> str:
    """An id that can be written in JSON: bytes of a name that are no UTF-8 are shown as such."""
    return id.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
