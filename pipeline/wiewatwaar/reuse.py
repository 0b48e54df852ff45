"""Finds the records that earlier runs left behind, finished or not, so that none is made twice."""

import os
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import orjson

if TYPE_CHECKING:
    import numpy as np

    Int64s = np.ndarray[Any, np.dtype[np.int64]]


class Identity(NamedTuple):
    """What makes two records the same: nothing else decides what is in them.

    Attributes:
        id: What the document is called.
        sha256: Hash of the bytes it was read from.
        fingerprint: Hash of the code, the model, the lexicon and the options.
    """

    id: str
    sha256: str
    fingerprint: str


class Made(NamedTuple):
    """A record that an earlier run made.

    Attributes:
        identity: What it is the record of.
        words: Words of the document.
    """

    identity: Identity
    words: int


def made(line: bytes) -> Made | None:
    """What a line of an earlier output is.

    Args:
        line: The line.

    Returns:
        What it is the record of; None for a failed document, which is tried again, for a line
        that was cut off, and for anything else that is no record.
    """
    if not line.endswith(b"\n"):
        return None
    try:
        fields: Any = orjson.loads(line)
        if fields["status"] != "ok":
            return None
        document, pipeline = fields["document"], fields["pipeline"]
        found = Identity(document["id"], document["sha256"], pipeline["fingerprint"])
        words = document["words"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    sound = all(isinstance(part, str) for part in found) and isinstance(words, int)
    return Made(found, words) if sound else None


class Finished:
    """The records in files of earlier runs, by identity.

    Holds 16 bytes for each of them in memory; the records stay in their files.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        """Reads through files of records.

        Args:
            paths: Files that exist. Where two hold a record of one identity, it is the same.
        """
        self._files: list[tuple[BinaryIO, Int64s, Int64s]] = []
        for path in paths:
            stream = path.open("rb")
            self._files.append((stream, *_index(stream)))

    def __enter__(self) -> "Finished":
        """Keeps the files open."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Closes the files."""
        for stream, _, _ in self._files:
            stream.close()

    def __bool__(self) -> bool:
        """Whether there is any record at all."""
        return any(len(keys) for _, keys, _ in self._files)

    def find(self, wanted: Identity) -> tuple[bytes, Made] | None:
        """Looks a record up.

        Args:
            wanted: Its identity.

        Returns:
            Its line as it stands in the file, and what it is; None when no file holds it.
        """
        key = hash(wanted)
        for stream, keys, offsets in self._files:
            place = int(keys.searchsorted(key))
            while place < len(keys) and keys[place] == key:
                stream.seek(int(offsets[place]))
                line = stream.readline()
                found = made(line)
                if found is not None and found.identity == wanted:
                    return line, found
                place += 1
        return None


def keep(part: BinaryIO, kept: Path) -> None:
    """Adds the records of an unfinished output to those that are kept for the next run.

    May be stopped at any moment and done again.

    Args:
        part: The unfinished output, open for reading.
        kept: Where the records go, without those that it holds already.
    """
    with kept.open("a+b") as stream:
        _drop_torn_line(stream)
        known = set(_index(stream)[0].tolist())
        part.seek(0)
        stream.seek(0, os.SEEK_END)
        for line in part:
            found = made(line)
            if found is not None and hash(found.identity) not in known:
                stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def _index(stream: BinaryIO) -> "tuple[Int64s, Int64s]":
    """The hashes of the identities in a file, sorted, and the place of each line."""
    # Not at the top: a worker sets the number of threads before it imports NumPy.
    import numpy as np

    keys, offsets = array("q"), array("q")
    for offset, line in _lines(stream):
        found = made(line)
        if found is not None:
            keys.append(hash(found.identity))
            offsets.append(offset)
    by_key = np.array(keys, dtype=np.int64)
    order = np.argsort(by_key, kind="stable")
    return by_key[order], np.array(offsets, dtype=np.int64)[order]


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    stream.seek(0)
    offset = 0
    for line in stream:
        yield offset, line
        offset += len(line)


def _drop_torn_line(stream: BinaryIO) -> None:
    """Cuts off a last line without an end, so that the next one begins on its own."""
    end = 0
    for offset, line in _lines(stream):
        if line.endswith(b"\n"):
            end = offset + len(line)
    stream.truncate(end)
