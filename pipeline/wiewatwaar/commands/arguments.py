"""What several commands take: inputs, types of entity, and formats of the output."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from wiewatwaar.defaults import DEFAULT_TYPES
from wiewatwaar.spans import EntityType

if TYPE_CHECKING:
    from wiewatwaar.reading.json_lines import JsonFields


class Format(str, Enum):
    """Formats of the output."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    SQLITE = "sqlite"


class Rows(str, Enum):
    """What a row of CSV is about."""

    MENTIONS = "mentions"
    ENTITIES = "entities"


class Engine(str, Enum):
    """What runs the workers."""

    LOCAL = "local"
    RAY = "ray"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, directories (.txt .md .html .htm .jsonl, each also .gz), or - for stdin.",
    ),
]
Input = Annotated[str, typer.Argument(metavar="INPUT", help="A file, a directory, or - for stdin.")]
Model = Annotated[
    str,
    typer.Option(metavar="NAME|PATH", help="A spaCy model for Dutch: a package, or a folder."),
]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        metavar="TYPE",
        help=f"Type of entity, one of {', '.join(get_args(EntityType))}; may be given more than "
        f"once. Without it: {', '.join(DEFAULT_TYPES)}.",
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="OURS=THEIRS",
        help="Name of a field of JSON lines, such as text=body; ours are text, title, date and "
        "authors. May be given more than once.",
    ),
]
Glob = Annotated[
    str | None,
    typer.Option(metavar="PATTERN", help="Of a directory, only files that match, as '*.md'."),
]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - for stdout.")
]
CsvOf = Annotated[Rows | None, typer.Option("--csv-of", help="What a row of CSV is about.")]


def csv_rows(asked: Rows | None, format: Format) -> Literal["mentions", "entities"]:
    """Checks what rows of CSV are asked to be about.

    Args:
        asked: What `--csv-of` says.
        format: What `--format` says.

    Returns:
        What a row is about.

    Raises:
        typer.BadParameter: Another format than CSV is asked for.
    """
    if asked is not None and format is not Format.CSV:
        raise typer.BadParameter("--csv-of goes with --format csv")
    return (asked or Rows.MENTIONS).value


def entity_types(given: Sequence[str]) -> tuple[EntityType, ...]:
    """Reads types as they are written on the command line.

    Args:
        given: Types in any case.

    Returns:
        The types, each once.

    Raises:
        typer.BadParameter: One is no type.
    """
    known: dict[str, EntityType] = {kind.casefold(): kind for kind in get_args(EntityType)}
    if unknown := [kind for kind in given if kind.casefold() not in known]:
        raise typer.BadParameter(f"unknown type {unknown[0]}: one of {', '.join(known.values())}")
    return tuple(dict.fromkeys(known[kind.casefold()] for kind in given))


def json_fields(given: Sequence[str] | None) -> "JsonFields":
    """Reads names of fields as they are written on the command line.

    Args:
        given: Names as `text=body`.

    Returns:
        The name of each field of ours in their lines.

    Raises:
        wiewatwaar.reading.json_lines.FieldNameError: One is no such pair, or of no field of ours.
    """
    from wiewatwaar.reading.json_lines import JsonFields

    return JsonFields.parse(given or ())
