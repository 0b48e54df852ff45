"""What a run has to do: the documents to read, in batches, less what was done before."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wiewatwaar.articles import Article, batches
from wiewatwaar.inputs import read
from wiewatwaar.reading.json_lines import JsonFields
from wiewatwaar.reuse import Finished, Identity
from wiewatwaar.running.shards import Shard
from wiewatwaar.running.workers import Line, line_of

if TYPE_CHECKING:
    from wiewatwaar.records import Failure

# What goes to a worker at once: enough to fill the matrices of the model, and soon done. At the end
# of a run, the other workers wait for the last batch.
_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 30_000


@dataclass
class Work:
    """The documents of a run, small enough to send to where they are read.

    Attributes:
        inputs: Paths of files and directories, or `-` for standard input.
        pattern: Only files below a directory whose path matches this glob.
        exclude: Files below a directory that are left out.
        fields: Names of the fields of JSON lines.
        shard: The part of the documents to do; None for all.
        earlier: Files with the records of earlier runs.
        fingerprint: That of the pipeline, when there are such files.
        documents: How many were read so far. They are counted where they go in, apart from what
            comes out, so that a lost one is noticed.
    """

    inputs: tuple[str, ...]
    pattern: str | None
    exclude: tuple[Path, ...]
    fields: JsonFields
    shard: Shard | None = None
    earlier: tuple[Path, ...] = ()
    fingerprint: str = ""
    documents: int = 0

    def check(self) -> None:
        """Looks whether the inputs are there.

        Raises:
            wiewatwaar.InputError: One is not.
        """
        self._read()

    def reuse(self, earlier: tuple[Path, ...], fingerprint: str) -> None:
        """Has records of earlier runs taken over, where they are what would be made again.

        Args:
            earlier: Files with such records.
            fingerprint: That of the pipeline.
        """
        self.earlier = earlier
        self.fingerprint = fingerprint

    def __iter__(self) -> Iterator[list[Line | Article]]:
        """Reads the documents.

        Yields:
            Batches, in order: articles to be worked on, and between them lines that need no work.

        Raises:
            wiewatwaar.InputError: There is nothing to read.
        """
        with Finished(self.earlier) as finished:
            slots = (self._slot(one, finished) for one in self._read())
            yield from batches(slots, _BATCH_DOCUMENTS, _BATCH_CHARACTERS)

    def _read(self) -> "Iterator[Article | Failure]":
        return read(
            self.inputs,
            pattern=self.pattern,
            exclude=self.exclude,
            fields=self.fields,
            wanted=self.shard.holds if self.shard else None,
        )

    def _slot(self, document: "Article | Failure", finished: Finished) -> Line | Article:
        self.documents += 1
        if not isinstance(document, Article):
            return line_of(document)
        found = finished.find(Identity(document.id, document.sha256, self.fingerprint))
        if found is None:
            return document
        line, made = found
        return Line(line, words=made.words, reused=True)
