"""Writes records as a SQLite database, to be opened in Datasette or asked in SQL."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlite_utils import Database

from wiewatwaar.corpus.index import Corpus, CorpusEntity, Gathered
from wiewatwaar.records import DocumentInfo, Entity, Failure, Mention, Record
from wiewatwaar.spans import EntityType

VIEWS: dict[str, EntityType] = {
    "people": "PERSON",
    "organisations": "ORGANISATION",
    "countries": "COUNTRY",
    "places": "LOCATION",
}
"""The views with counts, and the type of entity that each shows."""

# Rows of these are collected before they are written.
_DOCUMENTS_AT_ONCE = 500

_Row = dict[str, Any]
_TABLES = ("documents", "failures", "entities", "mentions")


def write(records: Iterable[Record | Failure], path: Path) -> int:
    """Writes records to a SQLite database.

    Args:
        records: The records.
        path: The file, which must not exist.

    Returns:
        How many they were. The same records give the same rows in the same order.

    Raises:
        sqlite3.Error: The file cannot be written.
    """
    database = Database(path, execute_plugins=False)
    try:
        # The file has another name until it is whole: what a crash leaves is thrown away.
        database.execute("pragma journal_mode = off")
        database.execute("pragma synchronous = off")
        _create(database)
        written = _insert(database, iter(records))
        _index(database)
        database.conn.commit()
    finally:
        database.conn.close()
    return written


def _create(database: Database) -> None:
    database.create_table(
        "pipelines",
        {"id": int, "model": str, "model_version": str, "version": str, "fingerprint": str},
        pk="id",
    )
    database.create_table(
        "documents",
        {
            "id": int,
            "document": str,
            **{name: str for name in _named_fields()},
            "characters": int,
            "words": int,
            "text": str,
            "pipeline": int,
        },
        pk="id",
        not_null={"document", "sha256", "characters", "words", "pipeline"},
        foreign_keys=[("pipeline", "pipelines", "id")],
    )
    database.create_table(
        "failures",
        {"id": int, "document": str, "sha256": str, "stage": str, "error": str, "message": str},
        pk="id",
        not_null={"document", "stage", "error", "message"},
    )
    database.create_table(
        "corpus",
        {
            "id": int,
            "type": str,
            "name": str,
            "code": str,
            "former": int,
            "aliases": str,
            "documents": int,
            "mentions": int,
            "could_be": str,
        },
        pk="id",
        not_null={"type", "name", "documents", "mentions"},
    )
    database.create_table(
        "entities",
        {
            "id": int,
            "document": int,
            "number": str,
            "type": str,
            "name": str,
            "code": str,
            "former": int,
            "aliases": str,
            "ambiguous_with": str,
            "corpus": int,
        },
        pk="id",
        not_null={"document", "number", "type", "name"},
        foreign_keys=[("document", "documents", "id"), ("corpus", "corpus", "id")],
    )
    database.create_table(
        "mentions",
        {
            "id": int,
            "entity": int,
            "document": int,
            "start": int,
            "end": int,
            "text": str,
            "form": str,
            "label": str,
            "found_by": str,
        },
        pk="id",
        not_null={"entity", "document", "start", "end", "text", "form", "found_by"},
        foreign_keys=[("entity", "entities", "id"), ("document", "documents", "id")],
    )


def _named_fields() -> list[str]:
    """The fields of a document that hold text or lists of it."""
    others = {"id", "characters", "words", "text"}
    return [name for name in DocumentInfo.model_fields if name not in others]


def _insert(database: Database, records: Iterable[Record | Failure]) -> int:
    gathered = Gathered()
    made = _Rows()
    remaining = iter(records)
    while batch := list(islice(remaining, _DOCUMENTS_AT_ONCE)):
        for record in batch:
            gathered.add(record)
            made.add(record)
        for table, rows in made.taken():
            database.table(table).insert_all(rows, batch_size=1_000)
    _insert_corpus(database, gathered.corpus())
    return made.records


class _Rows:
    """The rows of records, with the numbers by which they refer to each other."""

    def __init__(self) -> None:
        self.records = 0
        self._entities = self._mentions = 0
        self._pipelines: dict[tuple[str, ...], int] = {}
        self._waiting: dict[str, list[_Row]] = {}

    def taken(self) -> Iterator[tuple[str, list[_Row]]]:
        """The rows since the last time, table by table, each after those that it refers to."""
        waiting, self._waiting = self._waiting, {}
        for table in ("pipelines", *_TABLES):
            if table in waiting:
                yield table, waiting[table]

    def add(self, record: Record | Failure) -> None:
        self.records += 1
        document: _Row = {"id": self.records, "document": record.document.id}
        if record.status == "failed":
            why = {"stage": record.stage, "error": record.error, "message": record.message}
            self._put("failures", {**document, "sha256": record.document.sha256, **why})
            return
        known = record.document
        document |= {name: _value(getattr(known, name)) for name in _named_fields()}
        document |= {"characters": known.characters, "words": known.words, "text": known.text}
        self._put("documents", document | {"pipeline": self._pipeline(record)})
        for entity in record.entities:
            self._add_entity(entity)

    def _pipeline(self, record: Record) -> int:
        made_by = {
            "model": record.model.name,
            "model_version": record.model.version,
            "version": record.pipeline.version,
            "fingerprint": record.pipeline.fingerprint,
        }
        key = tuple(made_by.values())
        if key not in self._pipelines:
            self._pipelines[key] = len(self._pipelines) + 1
            self._put("pipelines", {"id": self._pipelines[key], **made_by})
        return self._pipelines[key]

    def _add_entity(self, entity: Entity) -> None:
        self._entities += 1
        self._put(
            "entities",
            {
                "id": self._entities,
                "document": self.records,
                "number": entity.id,
                "type": entity.type,
                "name": entity.name,
                "code": entity.code,
                "former": int(entity.former),
                "aliases": _value(entity.aliases),
                "ambiguous_with": _value(entity.ambiguous_with),
                "corpus": None,
            },
        )
        for mention in entity.mentions:
            self._mentions += 1
            number: _Row = {"id": self._mentions, "entity": self._entities}
            fields = {name: getattr(mention, name) for name in Mention.model_fields}
            self._put("mentions", {**number, "document": self.records, **fields})

    def _put(self, table: str, row: _Row) -> None:
        self._waiting.setdefault(table, []).append(row)


def _insert_corpus(database: Database, corpus: Corpus) -> None:
    """Writes the index of the corpus, and which of it each entity of a document is."""
    if not corpus.entities:
        return
    database.table("corpus").insert_all(map(_corpus_row, corpus.entities), batch_size=1_000)
    database.table("entities").create_index(["type", "name", "code"])
    kinds = database.execute("select distinct type, name, code from entities").fetchall()
    places = ((found.id, *kind) for kind in kinds if (found := corpus.find(*kind)) is not None)
    database.conn.executemany(
        "update entities set corpus = ? where type = ? and name = ? and code is ?", places
    )


def _corpus_row(entity: CorpusEntity) -> _Row:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "code": entity.code,
        "former": int(entity.former),
        "aliases": _value(entity.aliases),
        "documents": entity.documents,
        "mentions": entity.mentions,
        "could_be": _value(entity.could_be),
    }


def _index(database: Database) -> None:
    """Makes what finds rows fast: indexes, full-text search, and views with counts."""
    for table, columns in (
        ("documents", ["document"]),
        ("documents", ["published"]),
        ("entities", ["document"]),
        ("entities", ["corpus"]),
        ("mentions", ["entity"]),
        ("mentions", ["document"]),
        ("corpus", ["type", "mentions"]),
        ("failures", ["document"]),
    ):
        database.table(table).create_index(columns)
    search = "unicode61 remove_diacritics 2"
    database.table("documents").enable_fts(["title"], tokenize=search)
    database.table("corpus").enable_fts(["name", "aliases"], tokenize=search)
    for view, kind in VIEWS.items():
        database.create_view(
            view,
            "select id, name, code, aliases, documents, mentions from corpus "
            f"where type = '{kind}' order by mentions desc, documents desc, name",
        )


def _value(value: object) -> object:
    """A value as SQLite holds it: a list as JSON."""
    return orjson.dumps(value).decode() if isinstance(value, tuple) else value
