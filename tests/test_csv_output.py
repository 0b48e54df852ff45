import csv
import io

import pytest
from hypothesis import given
from made_records import HURTS, record_lists, unhurried

from wiewatwaar.formats.csv_output import BETWEEN, COLUMNS, encoded, record_rows, unsafe


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def rows_of(records, rows="mentions"):
    return read(b"".join(encoded(records, rows)))


def held(value):
    """What the cell of a value gives back."""
    return "" if value is None else str(value).replace("\0", "\ufffd")


def expected_rows(record):
    """What the rows of a record hold, read off the record."""
    document = {"document": record.document.id, "sha256": record.document.sha256}
    document["status"] = record.status
    if record.status == "failed":
        yield document | {
            "stage": record.stage,
            "error": record.error,
            "message": record.message,
        }
        return
    document |= {"published": record.document.published, "title": record.document.title}
    for entity in record.entities:
        for mention in entity.mentions:
            yield document | {
                "entity": entity.id,
                "type": entity.type,
                "name": entity.name,
                "code": entity.code,
                "former": "true" if entity.former else "",
                **mention.model_dump(),
            }
    if not record.entities:
        yield document


@unhurried
@given(record_lists)
def test_a_reader_finds_every_mention_and_failure_again(records):
    read_back = [{column: unsafe(cell) for column, cell in row.items()} for row in rows_of(records)]
    assert read_back == [
        {column: held(row.get(column)) for column in COLUMNS["mentions"]}
        for record in records
        for row in expected_rows(record)
    ]


@unhurried
@given(record_lists)
def test_a_row_for_each_entity(records):
    rows = rows_of(records, "entities")
    assert [unsafe(row["name"]) for row in rows if row["name"]] == [
        held(entity.name)
        for record in records
        if record.status == "ok"
        for entity in record.entities
    ]
    assert sum(int(row["mentions"] or 0) for row in rows) == sum(
        len(entity.mentions)
        for record in records
        if record.status == "ok"
        for entity in record.entities
    )
    named = {unsafe(row["document"]) for row in rows}
    assert named == {held(record.document.id) for record in records}


@unhurried
@given(record_lists)
def test_no_cell_is_a_formula(records):
    for rows in COLUMNS:
        for row in rows_of(records, rows):
            assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in row.values())
            assert not any(cell.startswith(("\t", "\r", "\n")) for cell in row.values())


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("'=1", "''=1"),
        (" =1", "' =1"),
        ("-", "'-"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("Jan-Willem", "Jan-Willem"),
        ("", ""),
    ],
)
def test_what_could_be_a_formula_has_a_quote_in_front(failure, text, cell):
    made = failure.model_copy(update={"message": text})
    (row,) = csv.reader(io.StringIO(record_rows(made).decode()))
    assert row[COLUMNS["mentions"].index("message")] == cell
    assert unsafe(cell) == text


def test_the_rows_of_a_record(record):
    first, second, third = rows_of([record])
    assert first == {
        "document": "a.txt",
        "sha256": "0" * 64,
        "published": "",
        "title": "",
        "status": "ok",
        "entity": "e1",
        "type": "PERSON",
        "name": "Rutte",
        "code": "",
        "former": "",
        "start": "0",
        "end": "5",
        "text": "Rutte",
        "form": "name",
        "label": "PER",
        "found_by": "model",
        "stage": "",
        "error": "",
        "message": "",
    }
    assert (second["start"], third["name"]) == ("21", "NAVO")


def test_a_failed_document_and_one_without_names_have_a_row(record, failure):
    empty = record.model_copy(update={"entities": ()})
    for rows in COLUMNS:
        nothing, failed = rows_of([empty, failure], rows)
        assert (nothing["document"], nothing["status"], nothing["name"]) == ("a.txt", "ok", "")
        assert (failed["document"], failed["status"]) == ("b.txt", "failed")
        assert failed["message"] == "the file is empty: take it out of the run"


def test_aliases_share_a_cell(record):
    entity = record.entities[0].model_copy(update={"aliases": ("Ruttes", "premier Rutte")})
    changed = record.model_copy(update={"entities": (entity,)})
    (row,) = rows_of([changed], "entities")
    assert row["aliases"].split(BETWEEN) == ["Ruttes", "premier Rutte"]


def test_line_ends_stay_in_their_cells(failure):
    made = [failure.model_copy(update={"message": hurt}) for hurt in HURTS]
    assert [unsafe(row["message"]) for row in rows_of(made)] == HURTS
