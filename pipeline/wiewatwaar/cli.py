"""The command line. Each command parses its options and calls one function of the library."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import typer.core

from wiewatwaar.commands import measure as cli_measure
from wiewatwaar.commands import records as cli_records
from wiewatwaar.commands import report as cli_report
from wiewatwaar.commands.arguments import (
    CsvOf,
    Engine,
    Fields,
    Format,
    Glob,
    Input,
    Inputs,
    Model,
    Output,
    Types,
    csv_rows,
    entity_types,
    json_fields,
)
from wiewatwaar.defaults import DEFAULT_MODEL, DEFAULT_TYPES
from wiewatwaar.errors import UserError
from wiewatwaar.options import Options
from wiewatwaar.version import VERSION

if TYPE_CHECKING:
    from rich.console import Console

    from wiewatwaar.batch import Observer
    from wiewatwaar.records import RunSummary
    from wiewatwaar.running.workers import Line

OK, DOCUMENTS_FAILED, UNUSABLE = 0, 1, 2
"""Exit codes: all is well; more documents failed than allowed; nothing could be done."""

# What a shell reports for a program that these signals ended.
_INTERRUPTED, _PIPE_CLOSED = 128 + 2, 128 + 13

_SHOWN_FAILURES = 10
_PIPE_COLUMNS = 100_000


# Typer's own class of wrong usage; its name is public, but it moved out of click in typer 0.26.
_USAGE_ERROR: Any = typer.BadParameter.__mro__[1]


class _Program(typer.core.TyperGroup):
    """Runs a command, and turns what can go wrong in it into one line and an exit code.

    It stands inside typer, which would end the program with exit code 1 for a closed pipe.
    """

    def invoke(self, ctx: Any) -> NoReturn:  # noqa: ANN401 - what typer calls a context differs
        """Runs the command that was asked for; what it returns is the exit code."""
        try:
            code = super().invoke(ctx) or OK
        except KeyboardInterrupt:
            _say("interrupted; run it again with the same -o FILE to go on where it was")
            code = _INTERRUPTED
        except BrokenPipeError:
            # What Python still holds in its buffers goes into nothing when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_CLOSED
        except UserError as error:
            _say(str(error))
            code = UNUSABLE
        raise typer.Exit(code)


app = typer.Typer(
    name="wiewatwaar",
    cls=_Program,
    help="People, organisations and countries out of Dutch text, as validated records.",
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def run(arguments: list[str]) -> int:
    """Runs the command line.

    Args:
        arguments: What stands behind the name of the program.

    Returns:
        The exit code. Whatever went wrong was said in one line on standard error.
    """
    try:
        return app(arguments, prog_name="wiewatwaar", standalone_mode=False) or OK
    except _USAGE_ERROR as error:
        command = error.ctx.command_path if error.ctx else "wiewatwaar"
        _say(f"{error.format_message().rstrip('.')}; see {command} --help")
        return UNUSABLE


@app.callback(invoke_without_command=True)
def program(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    """People, organisations and countries out of Dutch text, as validated records."""
    if version:
        typer.echo(f"wiewatwaar {VERSION}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())
    else:
        return
    raise typer.Exit(OK)


@app.command()
def extract(
    inputs: Inputs,
    output: Output = "-",
    output_format: Annotated[
        Format,
        typer.Option(
            "--format",
            help="Format of the output. With another one than jsonl the records themselves stay "
            "in FILE.records, for a next run to go on from.",
        ),
    ] = Format.JSONL,
    csv_of: CsvOf = None,
    types: Types = None,
    model: Model = DEFAULT_MODEL,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes; one for each core.")
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(min=0.001, metavar="SECONDS", help="Fail a document that takes longer."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make again what an earlier run to FILE made.")
    ] = False,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Only this part of the documents, as 2/8.")
    ] = None,
    summary_file: Annotated[
        str | None,
        typer.Option("--summary", metavar="FILE", help="Where to write the summary as JSON."),
    ] = None,
    max_failures: Annotated[
        int, typer.Option(min=0, metavar="N", help="Exit with 1 when more documents fail.")
    ] = 0,
    text: Annotated[bool, typer.Option("--text", help="Put the source text in it.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
    glob: Glob = None,
    fields: Fields = None,
    dutch_only: Annotated[
        bool,
        typer.Option(
            "--dutch-only", help="Fail a document in another language, unless too short to tell."
        ),
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="Workers on this machine, or on a Ray cluster.")
    ] = Engine.LOCAL,
    ray_address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The Ray cluster; without it, one on this machine."),
    ] = None,
) -> int:
    """Write a record for every document."""
    rows = csv_rows(csv_of, output_format)

    from wiewatwaar.batch import run
    from wiewatwaar.formats import conversion as formats
    from wiewatwaar.outputs import write_whole
    from wiewatwaar.running.shards import Shard

    options = Options(
        model, entity_types(types or DEFAULT_TYPES), text, dutch_only, json_fields(fields)
    )
    part = Shard.parse(shard) if shard else None
    if ray_address and engine is not Engine.RAY:
        raise typer.BadParameter("--ray-address goes with --engine ray")
    failures: list[bytes] = []
    with _progress(quiet) as draw:

        def observe(line: "Line") -> None:
            if line.failed_stage is not None and len(failures) < _SHOWN_FAILURES:
                failures.append(line.content)
            draw(line)

        def write(target: str, observer: "Observer") -> "RunSummary":
            return run(
                inputs,
                target,
                options,
                pattern=glob,
                workers=workers,
                timeout_s=timeout,
                fresh=fresh,
                shard=part,
                observe=observer,
                engine=engine.value,
                ray_address=ray_address,
            )

        summary = formats.run_as(output_format.value, output, write, observe, rows)
    if summary_file is not None:
        write_whole(summary_file, summary.model_dump_json(indent=2).encode() + b"\n")
    if not quiet:
        _report(summary, failures)
    return DOCUMENTS_FAILED if summary.failed > max_failures else OK


@app.command()
def show(
    input: Input,
    types: Types = None,
    model: Model = DEFAULT_MODEL,
    glob: Glob = None,
    fields: Fields = None,
) -> int:
    """Show entities in the terminal.

    One document is shown with its text, several in a few lines each. Exits with 1 when a document
    failed.
    """
    from wiewatwaar.batch import records
    from wiewatwaar.presentation import terminal

    options = Options(
        model, entity_types(types or DEFAULT_TYPES), keep_text=True, fields=json_fields(fields)
    )
    failed = terminal.show(records([input], options, pattern=glob), _console())
    return DOCUMENTS_FAILED if failed else OK


@app.command()
def explain(
    input: Input,
    types: Types = None,
    model: Model = DEFAULT_MODEL,
    glob: Glob = None,
    fields: Fields = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line for each document.")
    ] = False,
) -> int:
    """Show how a record came to be.

    Per stage what was changed or removed, by which rule and where in the source; what became
    metadata; and per mention what found it. Exits with 1 when a document failed.
    """
    from wiewatwaar import explanation
    from wiewatwaar.inputs import read
    from wiewatwaar.presentation import explanation_text

    documents = read([input], pattern=glob, fields=json_fields(fields))
    pipeline = Options(model, entity_types(types or DEFAULT_TYPES)).load()
    console = _console()
    failed = False
    for one in explanation.explain_all(documents, pipeline):
        failed = failed or one.status == "failed"
        if as_json:
            typer.echo(one.model_dump_json() if one.status == "failed" else one.to_json())
        else:
            console.print(explanation_text.in_terminal(one))
    return DOCUMENTS_FAILED if failed else OK


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of the output."""
    import orjson

    from wiewatwaar import validation

    typer.echo(orjson.dumps(validation.schema(), option=orjson.OPT_INDENT_2))


@app.command()
def validate(
    records: Annotated[str, typer.Argument(metavar="RECORDS", help="A JSONL file, or -.")],
) -> int:
    """Check the lines of an output file.

    Prints what is wrong as FILE:LINE: PLACE: MESSAGE, and exits with 1 when anything is.
    """
    from wiewatwaar.presentation.terminal import plain
    from wiewatwaar.validation import check

    lines = wrong = 0
    for checked in check(records):
        lines += 1
        wrong += bool(checked.problems)
        for problem in checked.problems:
            # The name of an unknown field is whatever the file says.
            typer.echo(plain(f"{records}:{checked.line}: {problem}"))
    _say(f"{_number(lines, 'record')}, {wrong or 'none'} with something wrong")
    return DOCUMENTS_FAILED if wrong else OK


@app.command()
def merge(
    parts: Annotated[
        list[str], typer.Argument(metavar="PART...", help="What extract --shard wrote, all of it.")
    ],
    output: Output = "-",
) -> None:
    """Put the parts of a run together."""
    from wiewatwaar.running import shards

    _say(_number(shards.merge(parts, output), "record"))


@app.command()
def models() -> None:
    """List the installed models for Dutch.

    Name, version, whether it can be used, and its labels, with tabs between them.
    """
    from wiewatwaar.installed import installed_models

    for one in installed_models():
        state = f"not usable: {one.problem}" if one.problem else "usable"
        typer.echo("\t".join((one.name, one.version, state, " ".join(one.labels))))


app.command()(cli_measure.evaluate)
app.command()(cli_measure.diff)
app.command()(cli_records.convert)
app.command()(cli_records.top)
app.command()(cli_report.report)


def _console() -> "Console":
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        # What reads a pipe wants the lines as they are, not broken at 80 columns.
        console.width = _PIPE_COLUMNS
    return console


@contextmanager
def _progress(quiet: bool) -> "Iterator[Observer]":
    """Draws a progress bar on a terminal, and nothing anywhere else."""
    if quiet or not sys.stderr.isatty():
        yield lambda record: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.completed:,} documents"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda record: bar.advance(task)


def _report(summary: "RunSummary", failures: list[bytes]) -> None:
    from wiewatwaar.presentation.terminal import plain
    from wiewatwaar.records import Failure

    for line in failures:
        failure = Failure.model_validate_json(line)
        _say(f"{plain(failure.document.id)}: {failure.stage} failed: {plain(failure.message)}")
    if summary.failed > len(failures):
        _say(f"and {_number(summary.failed - len(failures), 'more failure')}")
    reused = f", {summary.reused:,} from an earlier run" if summary.reused else ""
    _say(
        f"{_number(summary.documents, 'document')}: {summary.ok:,} ok{reused}, "
        f"{summary.failed:,} failed; {_number(summary.words, 'word')} in "
        f"{summary.seconds:.1f} s ({summary.words_per_second:,.0f} words/s)"
    )


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _say(message: str) -> None:
    typer.echo(f"wiewatwaar: {' '.join(message.split())}", err=True)
