"""Shares a run out over machines, and puts the parts together to the bytes of the whole run."""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge as merged
from pathlib import Path
from typing import NamedTuple

import orjson

from wiewatwaar.errors import UserError
from wiewatwaar.outputs import opened

_JSON_LINE = re.compile(r"(.*\.jsonl(?:\.gz)?)#(\d+)", re.IGNORECASE | re.DOTALL)

Key = tuple[tuple[str, ...], int]
"""What documents are ordered by: the parts of the path, then the line in the file."""


class ShardError(UserError):
    """A shard that cannot be, or parts that do not fit together; says what to do in one line."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many equal parts of the documents.

    Attributes:
        number: Which one, counting from 1.
        count: How many there are.
    """

    number: int
    count: int

    @classmethod
    def parse(cls, written: str) -> "Shard":
        """Reads a shard as it is written on the command line.

        Args:
            written: Such as `2/8`.

        Returns:
            The shard.

        Raises:
            ShardError: It is not written so, or there is no such shard.
        """
        found = re.fullmatch(r"([1-9]\d{0,5})/([1-9]\d{0,5})", written, re.ASCII)
        if found is None or int(found[1]) > int(found[2]):
            raise ShardError(f"shard {written!r}: write I/N, such as 2/8, with I from 1 to N")
        return cls(int(found[1]), int(found[2]))

    def holds(self, id: str) -> bool:
        """Whether a document belongs to this shard: the same on every machine.

        Args:
            id: What the document is called.

        Returns:
            Whether it is to be done here; true for just one of the shards.
        """
        return zlib.crc32(id.encode("utf-8", "surrogatepass")) % self.count == self.number - 1


class _PartLine(NamedTuple):
    key: Key
    part: str
    content: bytes


def order(id: str) -> Key:
    """What a run orders its documents by.

    Args:
        id: What the document is called.

    Returns:
        A key that sorts ids as a run writes them.
    """
    line = _JSON_LINE.fullmatch(id)
    path, number = (line[1], int(line[2])) if line else (id, 0)
    return tuple(path.split("/")), number


def merge(parts: Sequence[str], output: str) -> int:
    """Puts the outputs of the shards of a run together.

    Args:
        parts: Paths of JSONL files, each in the order that a run writes; in any order themselves.
        output: Path of the file, or `-` for standard output.

    Returns:
        The number of records. They are byte for byte those of the run over all documents.

    Raises:
        ShardError: A part cannot be read, is not in order, or holds a document that another one
            holds as well.
        wiewatwaar.OutputError: The output cannot be written.
    """
    written = 0
    before: _PartLine | None = None
    with ExitStack() as stack:
        lines = [stack.enter_context(_Part(part)).lines() for part in parts]
        sink = stack.enter_context(opened(output, fresh=True))
        for line in merged(*lines, key=lambda one: one.key):
            if before is not None and before.key == line.key:
                raise ShardError(
                    f"{before.part} and {line.part} hold the same document: name each part once"
                )
            before = line
            sink.write(line.content)
            written += 1
    return written


class _Part:
    """A file of records, read line by line."""

    def __init__(self, name: str) -> None:
        self._name = name
        try:
            self._stream = Path(name).open("rb")  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise ShardError(f"cannot read {name}: {error.strerror or error}") from error

    def __enter__(self) -> "_Part":
        return self

    def __exit__(self, *raised: object) -> None:
        self._stream.close()

    def lines(self) -> Iterator[_PartLine]:
        before: Key | None = None
        for number, content in enumerate(self._stream, start=1):
            key = self._key(number, content)
            if before is not None and key < before:
                raise ShardError(f"{self._name}:{number}: not in the order that extract writes")
            before = key
            yield _PartLine(key, self._name, content)

    def _key(self, number: int, content: bytes) -> Key:
        try:
            if not content.endswith(b"\n"):
                raise ValueError("cut off")
            return order(orjson.loads(content)["document"]["id"])
        except (ValueError, KeyError, TypeError) as error:
            raise ShardError(f"{self._name}:{number}: no record: run that shard again") from error
