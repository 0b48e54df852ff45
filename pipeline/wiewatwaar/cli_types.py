"""What several commands take: types of entity, and formats of the output."""

from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Literal, get_args

import typer

from wiewatwaar.spans import EntityType


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
