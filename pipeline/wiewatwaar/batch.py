"""Runs the pipeline over many inputs: order, reuse of finished work, failures, summary."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from wiewatwaar.articles import Article
from wiewatwaar.inputs import read
from wiewatwaar.options import DEFAULTS, Options
from wiewatwaar.outputs import opened, own_files
from wiewatwaar.reuse import Finished, Identity
from wiewatwaar.shards import Shard
from wiewatwaar.workers import Crew, Line, line_of, usable_cores

if TYPE_CHECKING:
    from wiewatwaar.records import Failure, Record, RunSummary

# What goes to a worker at once: enough to fill the matrices of the model, and soon done.
_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 100_000

Observer = Callable[[Line], None]
"""Is told of every line that was written, in order; draws a progress bar, for example."""


def records(
    inputs: Sequence[str],
    options: Options = DEFAULTS,
    *,
    pattern: str | None = None,
) -> "Iterator[Record | Failure]":
    """Makes the records of files and directories, in the order of the sorted inputs.

    Args:
        inputs: Paths of files and directories, or `-` for standard input.
        options: What the records hold, and the model that finds it.
        pattern: Only files below a directory whose path matches this glob.

    Yields:
        One record or failure for each document.

    Raises:
        wiewatwaar.InputError: An input is not there, or holds nothing to read.
        wiewatwaar.ModelError: The model is not installed or cannot be used.
    """
    yield from options.load().pipe(read(inputs, pattern=pattern, fields=options.fields))


def run(
    inputs: Sequence[str],
    output: str,
    options: Options = DEFAULTS,
    *,
    pattern: str | None = None,
    workers: int | None = None,
    timeout_s: float | None = None,
    fresh: bool = False,
    shard: Shard | None = None,
    observe: Observer | None = None,
) -> "RunSummary":
    """Writes the records of files and directories to one JSONL file.

    Workers are processes of their own, and import the program that calls this: a script does so
    below `if __name__ == "__main__":`.

    Args:
        inputs: Paths of files and directories, or `-` for standard input.
        output: Path of the file, or `-` for standard output. A file appears whole or not at
            all, and is never read as an input of its own run.
        options: What the records hold, and the model that finds it.
        pattern: Only files below a directory whose path matches this glob.
        workers: Number of processes; None for one on each core. It changes no byte.
        timeout_s: Seconds that one document may take; None for no limit.
        fresh: Whether to make every record again, also those that an earlier run to the same
            file made of the same bytes with the same pipeline.
        shard: The part of the documents to do; None for all.
        observe: Is told of every line that was written.

    Returns:
        What was done; the number of documents is that of the ok and the failed ones.

    Raises:
        wiewatwaar.InputError: An input is not there, or holds nothing to read.
        wiewatwaar.ModelError: The model is not installed or cannot be used.
        wiewatwaar.OutputError: The output cannot be written.
    """
    from wiewatwaar.records import RunSummary

    began = time.monotonic()
    wanted = shard.holds if shard else None
    read_now = read(
        inputs,
        pattern=pattern,
        exclude=own_files(output),
        fields=options.fields,
        wanted=wanted,
    )
    documents = _Counted(read_now)
    ok = words = reused = reused_words = 0
    failed_by_stage: Counter[str] = Counter()
    with (
        Crew(options, workers or usable_cores(), timeout_s) as crew,
        opened(output, fresh=fresh) as sink,
        Finished(sink.earlier) as finished,
    ):
        fingerprint = crew.fingerprint() if finished else ""
        slots = (_slot(document, finished, fingerprint) for document in documents)
        for lines in crew.lines(_batches(slots)):
            for line in lines:
                sink.write(line.content)
                words += line.words
                reused += line.reused
                reused_words += line.words * line.reused
                if line.failed_stage is None:
                    ok += 1
                else:
                    failed_by_stage[line.failed_stage] += 1
                if observe is not None:
                    observe(line)
    seconds = time.monotonic() - began
    return RunSummary(
        documents=documents.count,
        ok=ok,
        failed=failed_by_stage.total(),
        failed_by_stage=dict(sorted(failed_by_stage.items())),
        words=words,
        reused=reused,
        seconds=seconds,
        words_per_second=(words - reused_words) / seconds if seconds else 0,
        peak_memory_bytes=crew.peak_memory_bytes,
    )


class _Counted:
    """Counts what goes in, apart from what comes out, so that a lost document is noticed."""

    def __init__(self, documents: "Iterable[Article | Failure]") -> None:
        self._documents = documents
        self.count = 0

    def __iter__(self) -> "Iterator[Article | Failure]":
        for document in self._documents:
            self.count += 1
            yield document


def _slot(document: "Article | Failure", finished: Finished, fingerprint: str) -> Line | Article:
    """The line of a document that needs no work any more, or the article to be worked on."""
    if not isinstance(document, Article):
        return line_of(document)
    found = finished.find(Identity(document.id, document.sha256, fingerprint))
    if found is None:
        return document
    line, made = found
    return Line(line, words=made.words, reused=True)


def _batches(slots: Iterable[Line | Article]) -> Iterator[list[Line | Article]]:
    batch: list[Line | Article] = []
    characters = 0
    for slot in slots:
        batch.append(slot)
        characters += len(slot.text) if isinstance(slot, Article) else 0
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
