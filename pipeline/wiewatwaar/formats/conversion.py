"""The formats of records: JSON lines as a run writes them, and what is made of those.

JSON lines are what a run writes, keeps and goes on from; CSV, Parquet and SQLite are made of them
when they are whole.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from wiewatwaar.errors import UserError
from wiewatwaar.outputs import STDOUT, OutputError, opened
from wiewatwaar.reading.file_tree import PACKED, kind
from wiewatwaar.record_files import read_records

if TYPE_CHECKING:
    from wiewatwaar.batch import Observer
    from wiewatwaar.formats.csv_output import Rows
    from wiewatwaar.records import Failure, Record, RunSummary
    from wiewatwaar.running.workers import Line

Format = Literal["jsonl", "csv", "parquet", "sqlite"]
"""The formats."""

# What each needs that is not installed with the program: the module, and the name of the extra.
_NEEDED: dict[Format, tuple[str, str]] = {
    "parquet": ("pyarrow", "parquet"),
    "sqlite": ("sqlite_utils", "sqlite"),
}
_RECORDS = ".records"
_BUILDING = ".building"
_BLOCK_BYTES = 1024 * 1024


class FormatError(UserError):
    """A format that cannot be written; says what to do in one line."""


def check(format: Format, output: str) -> None:
    """Makes sure that a format can be written, before any work is done.

    Args:
        format: The format.
        output: Path of the file, or `-` for standard output.

    Raises:
        FormatError: What it needs is not installed, or it cannot be written there.
    """
    module, extra = _NEEDED.get(format, ("", ""))
    if module and find_spec(module) is None:
        raise FormatError(
            f"--format {format} needs {module}, which is not installed: "
            f'pip install "wiewatwaar[{extra}]"'
        )
    if module and output == STDOUT:
        raise FormatError(f"--format {format} goes to a file: name it with -o FILE")
    if output == STDOUT:
        return
    if output.lower().endswith(PACKED):
        raise FormatError(f"output {output} would not be packed: let it end with .{format}")
    if format != "jsonl" and kind(Path(output)) is not None:
        raise FormatError(
            f"output {output} has the name of an article or of records: let it end with .{format}"
        )


def records_beside(output: str) -> str:
    """The file in which a run keeps its records when its output has another format.

    Args:
        output: Path of the output.

    Returns:
        Path of the file: JSON lines, which a next run to the same output goes on from.
    """
    return output + _RECORDS


def convert(
    records: "Iterable[Record | Failure]", output: str, format: Format, rows: "Rows" = "mentions"
) -> int:
    """Writes records in another format.

    Args:
        records: The records; one at a time is in memory, or a few hundred.
        output: Path of the file, which appears whole or not at all; or `-` for standard output.
        format: The format.
        rows: What a row of CSV is about.

    Returns:
        How many records they were.

    Raises:
        FormatError: The format cannot be written.
        wiewatwaar.OutputError: The file cannot be written.
    """
    check(format, output)
    counted = _Counted(records)
    with opened(output, fresh=True) as sink:
        if format in _NEEDED:
            with _built(counted, output, format) as path, path.open("rb") as whole:
                while block := whole.read(_BLOCK_BYTES):
                    sink.write(block)
        else:
            for part in _encoded(counted, format, rows):
                sink.write(part)
    return counted.count


def run_as(
    format: Format,
    output: str,
    run: "Callable[[str, Observer], RunSummary]",
    observe: "Observer",
    rows: "Rows" = "mentions",
) -> "RunSummary":
    """Runs the pipeline with an output in any format.

    Other formats than JSON lines are made of the records when the run is done; those stay in
    `FILE.records`, for the next run to go on from and to reuse. On standard output the rows of
    CSV are written as their records come, and nothing is kept.

    Args:
        format: The format.
        output: Path of the file, or `-` for standard output.
        run: Runs the pipeline: is given the path of a file for JSON lines, and an observer.
        observe: Is told of every record that was written.
        rows: What a row of CSV is about.

    Returns:
        What the run did.

    Raises:
        FormatError: The format cannot be written; nothing was run.
        wiewatwaar.OutputError: The file cannot be written.
    """
    check(format, output)
    if format == "jsonl":
        return run(output, observe)
    if output == STDOUT:
        return _run_to_stdout(run, observe, rows)
    summary = run(records_beside(output), observe)
    convert(read_records(records_beside(output)), output, format, rows)
    return summary


def _run_to_stdout(
    run: "Callable[[str, Observer], RunSummary]", observe: "Observer", rows: "Rows"
) -> "RunSummary":
    from wiewatwaar.formats.csv_output import encoded, record_rows
    from wiewatwaar.records import any_record

    with opened(STDOUT) as sink:
        sink.write(b"".join(encoded([], rows)))

        def write(line: "Line") -> None:
            sink.write(record_rows(any_record.validate_json(line.content), rows))
            observe(line)

        return run(os.devnull, write)


class _Counted:
    def __init__(self, records: "Iterable[Record | Failure]") -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> "Iterator[Record | Failure]":
        for record in self._records:
            self.count += 1
            yield record


def _encoded(
    records: "Iterable[Record | Failure]", format: Format, rows: "Rows"
) -> Iterator[bytes]:
    if format == "csv":
        from wiewatwaar.formats.csv_output import encoded

        return encoded(records, rows)
    from wiewatwaar.outputs import to_line

    return map(to_line, records)


@contextmanager
def _built(records: "Iterable[Record | Failure]", output: str, format: Format) -> Iterator[Path]:
    """Builds a file that cannot be streamed, under a name of its own beside the output."""
    path = Path(output).resolve()
    building = path.with_name(path.name + _BUILDING)
    try:
        building.unlink(missing_ok=True)
        if format == "parquet":
            from wiewatwaar.formats import parquet_output

            parquet_output.write(records, building)
        else:
            from wiewatwaar.formats import sqlite_output

            sqlite_output.write(records, building)
        yield building
    except sqlite3.Error as error:
        raise OutputError(f"cannot write {output}: {error}; an earlier one is unchanged") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot write {output}: {reason}; an earlier one is unchanged"
        ) from error
    finally:
        building.unlink(missing_ok=True)
