"""Runs the pipeline over many inputs: order, failures, summary."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wiewatwaar.inputs import read
from wiewatwaar.options import DEFAULTS, Options
from wiewatwaar.outputs import STDOUT, opened, part_of, to_line

if TYPE_CHECKING:
    from wiewatwaar.articles import Article
    from wiewatwaar.records import Failure, Record, RunSummary

Observer = Callable[["Record | Failure"], None]
"""Is told of every record that was written, in order; draws a progress bar, for example."""


def records(
    inputs: Sequence[str],
    options: Options = DEFAULTS,
    *,
    pattern: str | None = None,
    exclude: Sequence[Path] = (),
) -> "Iterator[Record | Failure]":
    """Makes the records of files and directories, in the order of the sorted inputs.

    Args:
        inputs: Paths of files and directories, or `-` for standard input.
        options: What the records hold, and the model that finds it.
        pattern: Only files below a directory whose path matches this glob.
        exclude: Files that are no input, wherever they lie.

    Yields:
        One record or failure for each document.

    Raises:
        wiewatwaar.InputError: An input is not there, or holds nothing to read.
        wiewatwaar.ModelError: The model is not installed or cannot be used.
    """
    articles = read(inputs, pattern=pattern, exclude=exclude)
    yield from options.load().pipe(articles)


def run(
    inputs: Sequence[str],
    output: str,
    options: Options = DEFAULTS,
    *,
    pattern: str | None = None,
    observe: Observer | None = None,
) -> "RunSummary":
    """Writes the records of files and directories to one JSONL file.

    Args:
        inputs: Paths of files and directories, or `-` for standard input.
        output: Path of the file, or `-` for standard output. A file appears whole or not at
            all, and is never read as an input of its own run.
        options: What the records hold, and the model that finds it.
        pattern: Only files below a directory whose path matches this glob.
        observe: Is told of every record that was written.

    Returns:
        What was done; the number of documents is that of the ok and the failed ones.

    Raises:
        wiewatwaar.InputError: An input is not there, or holds nothing to read.
        wiewatwaar.ModelError: The model is not installed or cannot be used.
        wiewatwaar.OutputError: The output cannot be written.
    """
    from wiewatwaar.records import RunSummary

    began = time.monotonic()
    words = ok = 0
    failed_by_stage: Counter[str] = Counter()
    articles = _Counted(read(inputs, pattern=pattern, exclude=_own_files(output)))
    pipeline = options.load()
    with opened(output) as sink:
        for record in pipeline.pipe(articles):
            sink.write(to_line(record))
            if record.status == "ok":
                ok += 1
                words += record.document.words
            else:
                failed_by_stage[record.stage] += 1
            if observe is not None:
                observe(record)
    return RunSummary(
        documents=articles.count,
        ok=ok,
        failed=failed_by_stage.total(),
        failed_by_stage=dict(sorted(failed_by_stage.items())),
        words=words,
        seconds=time.monotonic() - began,
    )


class _Counted:
    """Counts what goes in, apart from what comes out, so that a lost document is noticed."""

    def __init__(self, articles: "Iterable[Article | Failure]") -> None:
        self._articles = articles
        self.count = 0

    def __iter__(self) -> "Iterator[Article | Failure]":
        for article in self._articles:
            self.count += 1
            yield article


def _own_files(output: str) -> list[Path]:
    """The files that a run writes, which are no input of it."""
    if output == STDOUT:
        return []
    path = Path(output).resolve()
    return [path, part_of(path)]
