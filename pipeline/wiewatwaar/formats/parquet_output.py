"""Writes records as Parquet: a row for each document, with its entities and mentions inside it.

The schema follows from the record, so that a row holds all that the record does.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from wiewatwaar.records import SCHEMA_VERSION, Failure, Record

# A group of rows is put together in memory; texts can be long.
_GROUP_RECORDS = 2_000
_GROUP_CHARACTERS = 10_000_000


def schema() -> pa.Schema:
    """The Arrow schema of records and failures together.

    Returns:
        The schema: the fields of either, those that one of them lacks as null in its rows.
    """
    fields = [*_fields(Record), *_fields(Failure)]
    return pa.schema(_merged(fields, sides=2), metadata={"wiewatwaar": SCHEMA_VERSION})


def write(records: Iterable[Record | Failure], path: Path) -> int:
    """Writes records to a Parquet file.

    Args:
        records: The records.
        path: The file, which is made or written over.

    Returns:
        How many they were. The same records give the same bytes with the same pyarrow.

    Raises:
        OSError: The file cannot be written.
    """
    written = 0
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for group in _groups(records):
            rows = [_plain(record) for record in group]
            writer.write_table(pa.Table.from_pylist(rows, schema=writer.schema))
            written += len(group)
    return written


def _groups(records: Iterable[Record | Failure]) -> Iterator[list[Record | Failure]]:
    group: list[Record | Failure] = []
    characters = 0
    for record in records:
        group.append(record)
        characters += 0 if record.status == "failed" else len(record.document.text or "")
        if len(group) == _GROUP_RECORDS or characters >= _GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """A record as dictionaries and lists, with the fields that its JSON leaves out."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _fields(model: type[BaseModel]) -> Iterator[pa.Field]:
    for name, field in model.model_fields.items():
        kind, nullable = _kind(field.annotation)
        yield pa.field(name, kind, nullable)


def _kind(annotation: Any) -> tuple[pa.DataType, bool]:  # noqa: ANN401 - any annotation
    """The Arrow type of an annotation, and whether it may be null."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin in (Union, UnionType):
        (one,) = (argument for argument in arguments if argument is not type(None))
        return _kind(one)[0], True
    if origin is tuple:
        return pa.list_(pa.field("element", _kind(arguments[0])[0], False)), False
    if origin is Literal:
        return _kind(type(arguments[0]))
    if issubclass(annotation, BaseModel):
        return pa.struct(list(_fields(annotation))), False
    return {str: pa.string(), int: pa.int64(), bool: pa.bool_()}[annotation], False


def _merged(fields: Iterable[pa.Field], sides: int) -> list[pa.Field]:
    """One field for each name; structs of one name hold the fields of both."""
    named: dict[str, list[pa.Field]] = {}
    for field in fields:
        named.setdefault(field.name, []).append(field)
    merged = []
    for name, same in named.items():
        kind = same[0].type
        if pa.types.is_struct(kind) and len(same) > 1:
            kind = pa.struct(_merged((one for field in same for one in field.type), sides))
        nullable = len(same) < sides or any(field.nullable for field in same)
        merged.append(pa.field(name, kind, nullable))
    return merged
