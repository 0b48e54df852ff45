"""Reads types of entity off the command line."""

from collections.abc import Sequence
from typing import get_args

import typer

from wiewatwaar.spans import EntityType


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
