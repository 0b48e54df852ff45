"""The commands that look at the records of a run."""

import re
from enum import Enum
from typing import Annotated, get_args

import typer

from wiewatwaar.commands.arguments import CsvOf, Format, Output, csv_rows, entity_types
from wiewatwaar.spans import EntityType

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)

Records = Annotated[
    str, typer.Argument(metavar="RECORDS", help="Records of a run: JSONL, also .gz, or -.")
]


class Order(str, Enum):
    """What the most named is the most of."""

    MENTIONS = "mentions"
    DOCUMENTS = "documents"


def convert(
    records: Records,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the output.")],
    output: Output = "-",
    csv_of: CsvOf = None,
) -> None:
    """Write records in another format.

    CSV has a row for each mention, or for each entity with --csv-of entities. A document without
    names has a row of its own, and so has one that failed, with what was wrong.
    """
    rows = csv_rows(csv_of, output_format)

    from wiewatwaar.formats import conversion as formats
    from wiewatwaar.record_files import keep_apart, read_records

    keep_apart(records, output)
    formats.convert(read_records(records), output, output_format.value, rows)


def top(
    records: Records,
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help=f"Type of entity, one of {', '.join(get_args(EntityType))}; may be given more "
            "than once. Without it: all that the records hold.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many of each type.")] = 10,
    order: Annotated[
        Order, typer.Option("--order", help="Most by mentions, or by documents.")
    ] = Order.MENTIONS,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Only what was published then.")
    ] = None,
    by_month: Annotated[
        bool, typer.Option("--by-month", help="Once for every month of publication.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Show it as JSON.")] = False,
) -> None:
    """Show who, what and where is named most.

    Over all documents: a country in all its forms, and a person under the full name. A surname
    alone is counted with the one person of the records who bears it, and by itself when several do.
    """
    if month is not None and by_month:
        raise typer.BadParameter("give either --month or --by-month")
    if month is not None and not _MONTH.fullmatch(month):
        raise typer.BadParameter(f"month {month!r}: write it as 2024-02")
    wanted = entity_types(types) if types else get_args(EntityType)

    from wiewatwaar.corpus.index import index
    from wiewatwaar.presentation import ranking
    from wiewatwaar.record_files import read_records

    corpus = index(read_records(records))
    rankings = [
        ranking.ranking(corpus, wanted, month=one, order=order.value, limit=limit)
        for one in (corpus.by_month if by_month else [month])
    ]
    if as_json:
        typer.echo(ranking.as_json(rankings, corpus), nl=False)
        return
    for number, one in enumerate(rankings):
        typer.echo("\n" * (number > 0) + "\n".join(ranking.lines(one, corpus)))
