"""Who, what and where is named most in many records: as tables, or as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import orjson

from wiewatwaar.corpus.index import Corpus, CorpusEntity, Tally
from wiewatwaar.presentation.columns import aligned
from wiewatwaar.presentation.terminal import plain
from wiewatwaar.spans import EntityType

Order = Literal["mentions", "documents"]
"""What the most named is the most of."""

_SHOWN_ALIASES = 4


@dataclass(frozen=True, slots=True)
class Ranking:
    """The most named of some documents.

    Attributes:
        month: The month in which they were published; None for all documents.
        documents: How many they are.
        entities: By type the most named first, each with how often.
    """

    month: str | None
    documents: int
    entities: Mapping[EntityType, Sequence[tuple[CorpusEntity, Tally]]]


def ranking(
    corpus: Corpus,
    types: Sequence[EntityType] = get_args(EntityType),
    *,
    month: str | None = None,
    order: Order = "mentions",
    limit: int = 10,
) -> Ranking:
    """Finds what is named most.

    Args:
        corpus: The entities of many records.
        types: Types, in the order in which they are wanted.
        month: Only documents published in this month, such as `2024-02`.
        order: What is counted; of equals the one with more of the other comes first.
        limit: How many of each type.

    Returns:
        The most named of each type that is named at all.
    """
    counted: dict[EntityType, list[tuple[CorpusEntity, Tally]]] = {kind: [] for kind in types}
    for entity in corpus.entities:
        tally = Tally(entity.documents, entity.mentions)
        if month is not None:
            tally = entity.by_month.get(month, Tally())
        if tally.documents and entity.type in counted:
            counted[entity.type].append((entity, tally))
    for found in counted.values():
        found.sort(key=lambda one: _most_first(one[1], order))
    documents = corpus.documents if month is None else corpus.by_month.get(month, 0)
    return Ranking(
        month, documents, {kind: found[:limit] for kind, found in counted.items() if found}
    )


def lines(one: Ranking, corpus: Corpus) -> Iterator[str]:
    """Shows what is named most.

    Args:
        one: The ranking.
        corpus: What it was made of.

    Yields:
        Lines that are safe in a terminal: a table for each type.
    """
    yield f"{one.month or 'all'}: {one.documents:,} document{'s' * (one.documents != 1)}"
    for kind, found in one.entities.items():
        rows: list[Sequence[str]] = [(kind.lower(), "mentions", "documents", "also written")]
        for entity, tally in found:
            name = " ".join(filter(None, (entity.name, entity.code)))
            counts = f"{tally.mentions:,}", f"{tally.documents:,}"
            rows.append((_on_one_line(name), *counts, _on_one_line(_remark(entity, corpus))))
        yield ""
        yield from aligned(rows, left=(0, 3)).split("\n")


def as_json(rankings: Sequence[Ranking], corpus: Corpus) -> bytes:
    """Gives what is named most as JSON.

    Args:
        rankings: One ranking, or one for each month.
        corpus: What they were made of.

    Returns:
        One object, with each ranking under `rankings`.
    """
    whole = {
        "documents": corpus.documents,
        "failed": corpus.failed,
        "rankings": [
            {
                "month": one.month,
                "documents": one.documents,
                "entities": [
                    _fields(entity, tally, corpus)
                    for found in one.entities.values()
                    for entity, tally in found
                ],
            }
            for one in rankings
        ],
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _most_first(tally: Tally, order: Order) -> tuple[int, int]:
    if order == "documents":
        return -tally.documents, -tally.mentions
    return -tally.mentions, -tally.documents


def _remark(entity: CorpusEntity, corpus: Corpus) -> str:
    if entity.could_be:
        others = [corpus.entities[id - 1].name for id in entity.could_be[:_SHOWN_ALIASES]]
        more = len(entity.could_be) > _SHOWN_ALIASES
        return f"could be {', '.join(others)}{' or others' * more}"
    return ", ".join(entity.aliases[:_SHOWN_ALIASES])


def _fields(entity: CorpusEntity, tally: Tally, corpus: Corpus) -> dict[str, Any]:
    return {
        "type": entity.type,
        "name": entity.name,
        "code": entity.code,
        "mentions": tally.mentions,
        "documents": tally.documents,
        "aliases": entity.aliases,
        "could_be": [corpus.entities[id - 1].name for id in entity.could_be],
    }


def _on_one_line(text: str) -> str:
    return plain(" ".join(text.split()))
