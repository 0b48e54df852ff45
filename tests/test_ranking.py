import json
import subprocess
import sys

import pytest
from test_corpus import document

from wiewatwaar.corpus.index import index
from wiewatwaar.outputs import to_line
from wiewatwaar.presentation.ranking import lines, ranking

RECORDS = [
    document(
        ("PERSON Mark Rutte", None, 3),
        ("COUNTRY Hongarije", "HU", 1, ("Hongaarse",)),
        id="a.txt",
        published="2024-02-01",
    ),
    document("PERSON Rutte", "PERSON Anna Bos", id="b.txt", published="2024-03"),
    document("PERSON Anna Bos", "PERSON Piet Bos", "ORGANISATION NAVO", id="c.txt"),
    document(("PERSON Bos", None, 2), "PERSON Anna Bos", id="d.txt", published="2024-03-09"),
]


@pytest.fixture
def corpus():
    return index(RECORDS)


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(map(to_line, RECORDS)))
    return path


def names(one, kind="PERSON"):
    return [(entity.name, *tally) for entity, tally in one.entities.get(kind, ())]


def test_the_most_mentioned_come_first(corpus):
    assert names(ranking(corpus)) == [
        ("Mark Rutte", 2, 4),
        ("Anna Bos", 3, 3),
        ("Bos", 1, 2),
        ("Piet Bos", 1, 1),
    ]


def test_or_those_that_most_documents_name(corpus):
    found = names(ranking(corpus, order="documents", limit=2))
    assert found == [("Anna Bos", 3, 3), ("Mark Rutte", 2, 4)]


def test_one_month_only(corpus):
    march = ranking(corpus, ["PERSON", "COUNTRY"], month="2024-03")
    assert march.documents == 2
    assert names(march) == [("Anna Bos", 2, 2), ("Bos", 1, 2), ("Mark Rutte", 1, 1)]
    assert "COUNTRY" not in march.entities
    assert ranking(corpus, month="1999-01").entities == {}


def test_only_the_types_that_are_wanted_in_that_order(corpus):
    assert list(ranking(corpus, ["COUNTRY", "PERSON"]).entities) == ["COUNTRY", "PERSON"]


def test_lines(corpus):
    assert "\n".join(lines(ranking(corpus, limit=3), corpus)) == (
        "all: 4 documents\n"
        "\n"
        "person      mentions  documents  also written\n"
        "Mark Rutte         4          2  Rutte\n"
        "Anna Bos           3          3\n"
        "Bos                2          1  could be Anna Bos, Piet Bos\n"
        "\n"
        "organisation  mentions  documents  also written\n"
        "NAVO                 1          1\n"
        "\n"
        "country       mentions  documents  also written\n"
        "Hongarije HU         1          1  Hongaarse"
    )


def test_names_cannot_steer_the_terminal():
    corpus = index([document("PERSON An\x1b[31mna\nBos")])
    shown = "\n".join(lines(ranking(corpus), corpus))
    assert "\x1b" not in shown
    assert "na Bos" in shown


def test_ranking_needs_no_spacy():
    code = "import sys, wiewatwaar.presentation.ranking; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_command(wiewatwaar, records):
    done = wiewatwaar("top", records, "--limit", 1, "--type", "person")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "all: 4 documents\n\nperson      mentions  documents  also written\n"
        "Mark Rutte         4          2  Rutte\n"
    )


def test_the_command_by_month(wiewatwaar, records):
    done = wiewatwaar("top", records, "--by-month", "--limit", 1, "--type", "person")
    assert [line for line in done.stdout.splitlines() if "document" in line and ":" in line] == [
        "2024-02: 1 document",
        "2024-03: 2 documents",
    ]


def test_the_command_gives_json(wiewatwaar, records):
    done = wiewatwaar("top", "-", "--json", "--by-month", input=records.read_text("utf-8"))
    found = json.loads(done.stdout)
    assert (found["documents"], found["failed"]) == (4, 0)
    assert [one["month"] for one in found["rankings"]] == ["2024-02", "2024-03"]
    assert found["rankings"][1]["entities"][1] == {
        "type": "PERSON",
        "name": "Bos",
        "code": None,
        "mentions": 2,
        "documents": 1,
        "aliases": [],
        "could_be": ["Anna Bos", "Piet Bos"],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nergens.jsonl"], "cannot read nergens.jsonl: No such file or directory"),
        (["records.jsonl", "--month", "2024-13"], "month '2024-13': write it as 2024-02"),
        (["records.jsonl", "--month", "2024-03", "--by-month"], "either --month or --by-month"),
        (["records.jsonl", "--type", "fiets"], "unknown type fiets: one of PERSON"),
    ],
)
def test_wrong_use(wiewatwaar, records, arguments, told):
    done = wiewatwaar("top", *arguments)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert told in line
