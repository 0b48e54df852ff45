import json
import sqlite3
from collections import defaultdict
from contextlib import closing

import pytest
from hypothesis import given
from made_records import record_lists, unhurried
from test_corpus import document

from wiewatwaar.corpus.index import index
from wiewatwaar.formats import sqlite_output
from wiewatwaar.records import DocumentInfo, Mention, any_record

LISTS = {"authors", "credits", "aliases", "ambiguous_with"}


def asked(path, sql, *values):
    """The rows of a query, as dictionaries."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, values)]


def read(path):
    """The records of a database, made again from its rows, in their order."""
    mentions = defaultdict(list)
    for row in asked(path, "select * from mentions order by id"):
        mentions[row["entity"]].append({name: row[name] for name in Mention.model_fields})
    entities = defaultdict(list)
    for row in asked(path, "select * from entities order by id"):
        entities[row["document"]].append(
            {
                "id": row["number"],
                "type": row["type"],
                "name": row["name"],
                "code": row["code"],
                "former": bool(row["former"]),
                "aliases": json.loads(row["aliases"]),
                "ambiguous_with": json.loads(row["ambiguous_with"]),
                "mentions": mentions[row["id"]],
            }
        )
    pipelines = {row["id"]: row for row in asked(path, "select * from pipelines")}
    found = {}
    for row in asked(path, "select * from documents"):
        fields = {
            name: json.loads(row[name]) if name in LISTS else row[name]
            for name in DocumentInfo.model_fields
            if name != "id"
        }
        by = pipelines[row["pipeline"]]
        found[row["id"]] = {
            "status": "ok",
            "document": {**fields, "id": row["document"]},
            "entities": entities[row["id"]],
            "model": {"name": by["model"], "version": by["model_version"]},
            "pipeline": {"version": by["version"], "fingerprint": by["fingerprint"]},
        }
    for row in asked(path, "select * from failures"):
        found[row["id"]] = {
            "status": "failed",
            "document": {"id": row["document"], "sha256": row["sha256"]},
            **{name: row[name] for name in ("stage", "error", "message")},
        }
    return [any_record.validate_python(found[number]) for number in sorted(found)]


@pytest.fixture
def database(tmp_path):
    def make(*records):
        path = tmp_path / "records.sqlite"
        path.unlink(missing_ok=True)
        assert sqlite_output.write(records, path) == len(records)
        return path

    return make


@unhurried
@given(records=record_lists)
def test_sqlite3_finds_the_records_again(database, records):
    path = database(*records)
    assert read(path) == records
    assert asked(path, "pragma foreign_key_check") == []
    assert asked(path, "pragma integrity_check") == [{"integrity_check": "ok"}]
    # Every entity of a document is one of the corpus.
    assert asked(path, "select * from entities where corpus is null") == []
    (totals,) = asked(path, "select sum(mentions) as m from corpus")
    assert (totals["m"] or 0) == asked(path, "select count(*) as m from mentions")[0]["m"]


def test_the_tables_refer_to_each_other(database, record):
    path = database(record)
    keys = {
        (table, row["from"], row["table"], row["to"])
        for table in ("documents", "entities", "mentions", "failures")
        for row in asked(path, f"pragma foreign_key_list({table})")
    }
    assert keys == {
        ("documents", "pipeline", "pipelines", "id"),
        ("entities", "document", "documents", "id"),
        ("entities", "corpus", "corpus", "id"),
        ("mentions", "entity", "entities", "id"),
        ("mentions", "document", "documents", "id"),
    }


@pytest.mark.parametrize(
    "query",
    [
        "select * from mentions where entity = 1",
        "select * from entities where corpus = 1",
        "select * from entities where document = 1",
        "select * from documents where document = 'a.txt'",
    ],
)
def test_what_is_joined_is_indexed(database, record, query):
    (plan,) = asked(database(record), f"explain query plan {query}")
    assert "USING INDEX" in plan["detail"]


RECORDS = [
    document(
        ("PERSON Mark Rutte", None, 3),
        ("COUNTRY Hongarije", "HU", 1, ("Hongaarse",)),
        id="a.txt",
    ),
    document("PERSON Rutte", "ORGANISATION NAVO", "LOCATION Ede", id="b.txt"),
    document("PERSON Anna Bos", "PERSON Piet Bos", "PERSON Bos", id="c.txt"),
]


def test_the_views_count_over_all_documents(database):
    path = database(*RECORDS)
    assert asked(path, "select name, documents, mentions from people limit 1") == [
        {"name": "Mark Rutte", "documents": 2, "mentions": 4}
    ]
    assert [row["name"] for row in asked(path, "select name from organisations")] == ["NAVO"]
    assert asked(path, "select name, code, aliases from countries") == [
        {"name": "Hongarije", "code": "HU", "aliases": '["Hongaarse"]'}
    ]
    assert [row["name"] for row in asked(path, "select name from places")] == ["Ede"]


def test_the_corpus_is_the_index_of_the_corpus(database):
    path = database(*RECORDS)
    kept = asked(path, "select id, type, name, documents, mentions, could_be from corpus")
    assert kept == [
        {
            "id": one.id,
            "type": one.type,
            "name": one.name,
            "documents": one.documents,
            "mentions": one.mentions,
            "could_be": json.dumps(one.could_be, separators=(",", ":")),
        }
        for one in index(RECORDS).entities
    ]
    joined = asked(
        path,
        "select documents.document from people "
        "join entities on entities.corpus = people.id "
        "join documents on documents.id = entities.document "
        "where people.name = 'Mark Rutte' order by documents.id",
    )
    assert [row["document"] for row in joined] == ["a.txt", "b.txt"]


def test_titles_and_names_are_searched_without_accents(database, record):
    titled = record.model_copy(
        update={"document": record.document.model_copy(update={"title": "Steun voor Oekraïne"})}
    )
    path = database(titled, *RECORDS)
    found = "select document from documents where id in "
    found += "(select rowid from documents_fts where documents_fts match ?)"
    assert asked(path, found, "oekraine") == [{"document": "a.txt"}]
    named = "select name from corpus where id in "
    named += "(select rowid from corpus_fts where corpus_fts match ?)"
    assert [row["name"] for row in asked(path, named, "rutte")] == ["Mark Rutte"]
    assert [row["name"] for row in asked(path, named, "hongaarse")] == ["Hongarije"]


def test_many_documents_are_written_in_turns(database, monkeypatch, record, failure):
    monkeypatch.setattr(sqlite_output, "_DOCUMENTS_AT_ONCE", 2)
    assert read(database(*[record, failure] * 5)) == [record, failure] * 5


def test_the_same_records_give_the_same_bytes(database, record, failure):
    first = database(record, failure).read_bytes()
    assert database(record, failure).read_bytes() == first


def test_no_records_make_an_empty_database(database):
    path = database()
    assert read(path) == []
    assert asked(path, "select * from people") == []
