"""The files below a directory, in a fixed order, without what is hidden or leads out of it."""

import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
"""What is read of a directory, each also with `.gz` behind it."""

PACKED = ".gz"


class LinkError(ValueError):
    """A symbolic link that leads nowhere, or out of the directory."""


class NotAFileError(ValueError):
    """A named pipe, a socket or a device among the files of a directory."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        id: What it is called in records.
        path: Where it is.
        problem: Why it cannot be read, when that is known already.
    """

    id: str
    path: Path
    problem: Exception | None = None


def kind(path: Path) -> str | None:
    """Tells how a file is to be read, by its name.

    Args:
        path: The file.

    Returns:
        One of `SUFFIXES`; None when its name tells nothing.
    """
    name = path.name.lower().removesuffix(PACKED)
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), None)


def files(
    directory: Path,
    pattern: str | None = None,
    exclude: Collection[Path] = (),
) -> Iterator[File]:
    """The files below a directory that can hold articles.

    Names that begin with a dot are left out. A link to a file inside the directory is read, one
    that leads out or nowhere is a problem; a link to a directory inside is left out, for what it
    leads to is read at its own place.

    Args:
        directory: Where to look.
        pattern: Only files that match this glob: by their name, or, when there is a `/` in it, by
            their path below the directory (`**` stands for directories, any number).
        exclude: Absolute paths that are left out.

    Yields:
        The files by path, part by part, called by their path below the directory. Only the names
        of one directory at a time, with those above it, are in memory.
    """
    wanted = _matcher(pattern)
    # What is left out is compared by its name, not by where it leads; but the directory itself may
    # be reached through a link.
    top, root = Path(os.path.abspath(directory)), directory.resolve()  # noqa: PTH100
    for file in _walk(top, root, ""):
        if file.path in exclude or root / file.id in exclude:
            continue
        if file.problem is None and kind(file.path) is None:
            continue
        if wanted(file.id):
            yield file


def _walk(folder: Path, root: Path, prefix: str) -> Iterator[File]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        # What it holds is not known: it counts as one document, which failed.
        yield File(prefix.rstrip("/") or ".", folder, error)
        return
    for entry in found:
        if entry.name.startswith("."):
            continue
        path, id = folder / entry.name, f"{prefix}{entry.name}"
        if entry.is_symlink():
            yield from _linked(path, id, root)
        elif entry.is_dir():
            yield from _walk(path, root, f"{id}/")
        elif entry.is_file():
            yield File(id, path)
        elif kind(path) is not None:
            # Opening a named pipe would wait for ever for somebody to write into it.
            yield File(id, path, NotAFileError("a named pipe or a device: leave it out"))


def _linked(path: Path, id: str, root: Path) -> Iterator[File]:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        if kind(path) is not None:
            yield File(id, path, LinkError("a link that leads nowhere: mend it or remove it"))
        return
    inside = target == root or root in target.parents
    if inside and not target.is_dir():
        yield File(id, path)
    elif not inside and (target.is_dir() or kind(path) is not None):
        what = "directory" if target.is_dir() else "file"
        problem = f"a link out of the directory is not followed: copy the {what}, or name it"
        yield File(id, path, LinkError(problem))


def _matcher(pattern: str | None) -> Callable[[str], bool]:
    if pattern is None:
        return lambda id: True
    glob = _glob(pattern)
    if "/" in pattern:
        return lambda id: glob.fullmatch(id) is not None
    return lambda id: glob.fullmatch(id.rpartition("/")[2]) is not None


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression; `*` and `?` stay within one part of a path."""
    meanings = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    parts = re.findall(r"\*\*/|\*\*|\*|\?|\[[!^]?\]?[^\]]*\]|.", pattern, re.DOTALL)
    written = []
    for part in parts:
        if len(part) > 2 and part[0] == "[" and part[-1] == "]":
            negated = part[1] in "!^"
            within = re.escape(part[1 + negated : -1]).replace(r"\-", "-")
            written.append(f"[{'^' if negated else ''}{within}]")
        else:
            written.append(meanings.get(part, re.escape(part)))
    try:
        return re.compile("".join(written), re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern))
