import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from made_records import record_lists, unhurried

from wiewatwaar.formats import parquet_output
from wiewatwaar.records import FailedDocument, Failure, Record, any_record

ONLY_OK = {"entities", "model", "pipeline"}
ONLY_FAILED = {"stage", "error", "message"}


def read(path):
    """The records of a Parquet file, made again from its rows."""
    for row in pq.read_table(path).to_pylist():
        other = ONLY_FAILED if row["status"] == "ok" else ONLY_OK
        assert all(row[name] is None for name in other)
        fields = {name: value for name, value in row.items() if name not in other}
        if row["status"] == "failed":
            known = FailedDocument.model_fields
            fields["document"] = {name: row["document"][name] for name in known}
        yield any_record.validate_python(fields)


@unhurried
@given(records=record_lists)
def test_pyarrow_finds_the_records_again(tmp_path, records):
    path = tmp_path / "records.parquet"
    assert parquet_output.write(records, path) == len(records)
    assert list(read(path)) == records
    assert pq.read_schema(path).equals(parquet_output.schema(), check_metadata=True)


def test_many_groups_are_one_file(tmp_path, record, failure, monkeypatch):
    monkeypatch.setattr(parquet_output, "_GROUP_RECORDS", 3)
    path = tmp_path / "records.parquet"
    records = [record, failure] * 5
    assert parquet_output.write(iter(records), path) == 10
    assert list(read(path)) == records
    assert pq.ParquetFile(path).num_row_groups == 4


def test_long_texts_close_a_group(tmp_path, record, monkeypatch):
    monkeypatch.setattr(parquet_output, "_GROUP_CHARACTERS", 2 * record.document.characters)
    path = tmp_path / "records.parquet"
    parquet_output.write([record] * 5, path)
    assert pq.ParquetFile(path).num_row_groups == 3


def test_the_same_records_give_the_same_bytes(tmp_path, record, failure):
    for name in "ab":
        parquet_output.write([record, failure], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_schema_holds_every_field_of_the_record():
    schema = parquet_output.schema()
    assert set(schema.names) == {*Record.model_fields, *Failure.model_fields}
    mention = schema.field("entities").type.value_type.field("mentions").type.value_type
    assert mention.field("start").type == pa.int64()
    assert not mention.field("start").nullable
    assert mention.field("label").nullable
    document = schema.field("document").type
    assert document.field("authors").type == pa.list_(pa.field("element", pa.string(), False))
    # A failure has neither characters nor, perhaps, a hash.
    assert document.field("characters").nullable
    assert document.field("sha256").nullable
    assert not document.field("id").nullable


def test_a_file_that_cannot_be_written(tmp_path, record):
    with pytest.raises(OSError, match="No such file"):
        parquet_output.write([record], tmp_path / "nergens" / "records.parquet")
