"""Runs the pipeline over many inputs: order, reuse of finished work, failures, summary."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from wiewatwaar.inputs import read
from wiewatwaar.options import DEFAULTS, Options
from wiewatwaar.outputs import opened, own_files
from wiewatwaar.running.shards import Shard
from wiewatwaar.running.work import Work
from wiewatwaar.running.workers import Crew, Line, usable_cores

if TYPE_CHECKING:
    from wiewatwaar.distributed import RayCrew
    from wiewatwaar.records import Failure, Record, RunSummary

Engine = Literal["local", "ray"]
"""What runs the workers."""

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
    engine: Engine = "local",
    ray_address: str | None = None,
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
        engine: `local` for processes of this machine, `ray` for those of a Ray cluster. It changes
            no byte.
        ray_address: Where the cluster is; None for one on this machine, for this run.

    Returns:
        What was done; the number of documents is that of the ok and the failed ones.

    Raises:
        wiewatwaar.InputError: An input is not there, or holds nothing to read.
        wiewatwaar.ModelError: The model is not installed or cannot be used.
        wiewatwaar.OutputError: The output cannot be written.
        wiewatwaar.UserError: The workers cannot be started.
    """
    began = time.monotonic()
    work = Work(tuple(inputs), pattern, tuple(own_files(output)), options.fields, shard)
    work.check()
    ok = words = reused = reused_words = 0
    failed_by_stage: Counter[str] = Counter()
    with (
        _crew(options, workers, timeout_s, engine, ray_address) as crew,
        opened(output, fresh=fresh) as sink,
    ):
        # Not sooner: a worker takes seconds to start, and this is imported meanwhile.
        from wiewatwaar.records import RunSummary

        if sink.earlier:
            work.reuse(sink.earlier, crew.fingerprint())
        for lines in crew.lines(work):
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
        documents=work.documents,
        ok=ok,
        failed=failed_by_stage.total(),
        failed_by_stage=dict(sorted(failed_by_stage.items())),
        words=words,
        reused=reused,
        seconds=seconds,
        words_per_second=(words - reused_words) / seconds if seconds else 0,
        peak_memory_bytes=crew.peak_memory_bytes,
    )


def _crew(
    options: Options,
    workers: int | None,
    timeout_s: float | None,
    engine: Engine,
    ray_address: str | None,
) -> "Crew | RayCrew":
    if engine == "local":
        return Crew(options, workers or usable_cores(), timeout_s)
    from wiewatwaar.distributed import RayCrew

    return RayCrew(options, workers, timeout_s, ray_address)
