import csv
import gzip
import json
import sqlite3
import sys
from contextlib import closing

import pyarrow.parquet as pq
import pytest

from wiewatwaar.errors import UserError
from wiewatwaar.formats import conversion as formats
from wiewatwaar.outputs import OutputError, to_line
from wiewatwaar.record_files import read_records
from wiewatwaar.validation import RecordsError

OTHERS = ["csv", "parquet", "sqlite"]


def ids(path):
    """The documents that a file of any format holds, in order, read by its own reader."""
    if path.suffix == ".parquet":
        return [row["document"]["id"] for row in pq.read_table(path).to_pylist()]
    if path.suffix == ".sqlite":
        both = "select id, document from documents union select id, document from failures"
        with closing(sqlite3.connect(path)) as connection:
            return [row[1] for row in connection.execute(f"{both} order by id")]
    with path.open(encoding="utf-8", newline="") as stream:
        return list(dict.fromkeys(row["document"] for row in csv.DictReader(stream)))


@pytest.fixture
def extract(wiewatwaar, articles, model):
    def run(output, format, *more, workers=1):
        options = ["--model", model, "-o", output, "--format", format, "--workers", workers]
        return wiewatwaar("extract", articles, *options, *more)

    return run


@pytest.fixture
def records(tmp_path, record, failure):
    path = tmp_path / "records.jsonl"
    path.write_bytes(to_line(record) + to_line(failure))
    return path


@pytest.mark.parametrize("format", OTHERS)
def test_extract_writes_every_document_in_every_format(extract, articles, tmp_path, format):
    (articles / "leeg.txt").touch()
    done = extract(f"uit.{format}", format)
    assert done.returncode == 1
    assert ids(tmp_path / f"uit.{format}") == [
        "2023/oekraine.txt",
        "2024/leeg van namen.md",
        "2024/navo.txt",
        "brood.txt",
        "leeg.txt",
    ]
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"artikelen", f"uit.{format}", f"uit.{format}.records"}


def test_the_number_of_workers_changes_no_byte(extract, tmp_path):
    for workers in (1, 2):
        assert extract(f"{workers}.sqlite", "sqlite", workers=workers).returncode == 0
    assert (tmp_path / "1.sqlite").read_bytes() == (tmp_path / "2.sqlite").read_bytes()


def test_a_next_run_reuses_the_records_and_writes_the_file_again(extract, articles, tmp_path):
    assert extract("uit.parquet", "parquet").returncode == 0
    (articles / "zon.txt").write_text("Rutte at brood van Broodfabriek De Zon.", "utf-8")
    assert extract("uit.parquet", "parquet", "--summary", "s.json").returncode == 0
    summary = json.loads((tmp_path / "s.json").read_text("utf-8"))
    assert (summary["documents"], summary["reused"]) == (5, 4)
    assert ids(tmp_path / "uit.parquet")[-1] == "zon.txt"


def test_a_run_that_was_broken_off_goes_on_where_it_was(extract, tmp_path):
    assert extract("heel.csv", "csv").returncode == 0
    lines = (tmp_path / "heel.csv.records").read_bytes().splitlines(keepends=True)
    # What a killed run leaves: some records, and half of one.
    (tmp_path / "uit.csv.records.part").write_bytes(b"".join(lines[:2]) + lines[2][:20])
    assert extract("uit.csv", "csv", "--summary", "s.json").returncode == 0
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))["reused"] == 2
    assert (tmp_path / "uit.csv").read_bytes() == (tmp_path / "heel.csv").read_bytes()


def test_shards_are_merged_and_then_converted(extract, wiewatwaar, tmp_path):
    assert extract("heel.csv", "csv").returncode == 0
    for part in ("1", "2"):
        assert extract(f"{part}.csv", "csv", "--shard", f"{part}/2").returncode == 0
    parts = [f"{part}.csv.records" for part in "12"]
    assert wiewatwaar("merge", *parts, "-o", "heel.jsonl").returncode == 0
    assert wiewatwaar("convert", "heel.jsonl", "--format", "csv", "-o", "x.csv").returncode == 0
    assert (tmp_path / "x.csv").read_bytes() == (tmp_path / "heel.csv").read_bytes()


def test_csv_goes_to_standard_output_too(extract, wiewatwaar, tmp_path):
    assert extract("uit.csv", "csv", "--csv-of", "entities").returncode == 0
    written = (tmp_path / "uit.csv").read_text("utf-8")
    assert written.startswith('"document","sha256"')
    assert '"Wendelien van Tintelen"' in written
    assert extract("-", "csv", "--csv-of", "entities").stdout == written
    done = wiewatwaar("convert", "uit.csv.records", "--format", "csv", "--csv-of", "entities")
    assert done.stdout == written


@pytest.mark.parametrize(("format", "extra"), [("parquet", "parquet"), ("sqlite", "sqlite")])
def test_a_missing_extra_is_told_before_any_work(tmp_path, monkeypatch, format, extra):
    monkeypatch.setitem(sys.modules, {"parquet": "pyarrow", "sqlite": "sqlite_utils"}[format], None)

    def run(target, observe):
        raise AssertionError("work was done")

    with pytest.raises(UserError, match=rf'pip install "wiewatwaar\[{extra}\]"'):
        formats.run_as(format, str(tmp_path / "uit"), run, lambda line: None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "sqlite"], "--format sqlite goes to a file: name it with -o FILE"),
        (["--format", "parquet", "-o", "-"], "--format parquet goes to a file"),
        (["--format", "csv", "-o", "uit.txt"], "let it end with .csv"),
        (["--format", "sqlite", "-o", "uit.jsonl"], "let it end with .sqlite"),
        (["--format", "csv", "-o", "uit.csv.gz"], "would not be packed: let it end with .csv"),
        (["-o", "uit.jsonl.gz"], "would not be packed: let it end with .jsonl"),
        (["--csv-of", "entities"], "--csv-of goes with --format csv"),
        (["--format", "xml"], "'xml'"),
    ],
)
def test_wrong_use_is_told_before_any_work(wiewatwaar, articles, arguments, told):
    done = wiewatwaar("extract", articles, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert told in line


@pytest.mark.parametrize("command", [["convert", "--format", "csv"], ["report"]])
def test_records_are_not_written_over_by_what_is_made_of_them(
    tmp_path, records, wiewatwaar, command
):
    before = records.read_bytes()
    other = tmp_path / "andere naam"
    other.symlink_to(records)
    done = wiewatwaar(*command, records, "-o", other)
    assert done.returncode == 2
    assert "holds the records themselves: name another file with -o" in done.stderr
    assert records.read_bytes() == before


@pytest.mark.parametrize("format", [*OTHERS, "jsonl"])
def test_records_are_converted(tmp_path, records, wiewatwaar, format):
    packed = tmp_path / "records.jsonl.gz"
    packed.write_bytes(gzip.compress(records.read_bytes()))
    output = tmp_path / f"uit.{format}"
    done = wiewatwaar("convert", packed, "--format", format, "-o", output)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    if format == "jsonl":
        assert output.read_bytes() == records.read_bytes()
    else:
        assert ids(output) == ["a.txt", "b.txt"]


def test_records_come_from_standard_input(tmp_path, records, wiewatwaar):
    done = wiewatwaar(
        "convert", "-", "--format", "csv", "-o", "uit.csv", input=records.read_text("utf-8")
    )
    assert done.returncode == 0
    assert ids(tmp_path / "uit.csv") == ["a.txt", "b.txt"]


@pytest.mark.parametrize("format", [*OTHERS, "jsonl"])
def test_a_file_that_is_no_record_leaves_what_there_was(tmp_path, records, format):
    output = tmp_path / f"uit.{format}"
    output.write_bytes(b"what there was")
    with records.open("ab") as stream:
        stream.write(b"{}\n")
    with pytest.raises(RecordsError, match=r"records\.jsonl:3 is no record"):
        formats.convert(read_records(str(records)), str(output), format)
    assert output.read_bytes() == b"what there was"
    assert {path.name for path in tmp_path.iterdir()} == {"records.jsonl", output.name}


@pytest.mark.parametrize("format", ["parquet", "sqlite"])
def test_what_a_crash_left_is_in_nobodys_way(tmp_path, records, format):
    output = tmp_path / f"uit.{format}"
    for suffix in (".building", ".part"):
        output.with_name(output.name + suffix).write_bytes(b"half a file")
    assert formats.convert(read_records(str(records)), str(output), format) == 2
    assert ids(output) == ["a.txt", "b.txt"]
    assert {path.name for path in tmp_path.iterdir()} == {"records.jsonl", output.name}


@pytest.mark.parametrize("format", OTHERS)
def test_a_folder_that_is_not_there(tmp_path, records, format):
    with pytest.raises(OutputError, match=r"cannot write .*nergens"):
        output = str(tmp_path / "nergens" / f"uit.{format}")
        formats.convert(read_records(str(records)), output, format)
