"""The command that makes a report."""

from typing import Annotated

import typer

from wiewatwaar.commands.records import Records
from wiewatwaar.report import TEXT_CHARACTERS, TITLE


def report(
    records: Records,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - for stdout.")
    ],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What the report is called.")] = TITLE,
    text_characters: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Characters of text in it, of all documents together; when there are more, "
            "every document shows the beginning of its text.",
        ),
    ] = TEXT_CHARACTERS,
) -> None:
    """Make a page to look at.

    One HTML file, in Dutch, that needs no network: who, what and where is named most, when and
    with whom, and a searchable list of the documents, with their texts when extract kept them
    (--text). Needs the extra wiewatwaar[report].
    """
    from wiewatwaar.record_files import keep_apart
    from wiewatwaar.report import write

    keep_apart(records, output)
    size = write(records, output, title=title, text_characters=text_characters)
    typer.echo(f"wiewatwaar: a page of {size / 1_000:,.0f} kB", err=True)
