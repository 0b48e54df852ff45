"""5,000 damaged and random inputs: each is a record, none ends the run or hangs it."""

import hostile
import pytest

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import clean
from wiewatwaar.inputs import read
from wiewatwaar.options import Options
from wiewatwaar.outputs import to_line
from wiewatwaar.records import any_record

INPUTS = 5_000
BATCH = 250
# So many of each batch go through the whole pipeline; the others are read and cleaned.
WHOLE = 50


@pytest.fixture(scope="module")
def pipeline(model):
    return Options(model, keep_text=True).load()


def written(folder, numbers):
    """Files of hostile inputs, in the order of their numbers."""
    names = []
    for number, (suffix, content) in zip(numbers, hostile.inputs(numbers), strict=True):
        names.append(f"{number:05}{suffix}")
        (folder / names[-1]).write_bytes(content)
    return names


def id_of(document):
    return document.id if isinstance(document, Article) else document.document.id


@pytest.mark.parametrize("first", range(0, INPUTS, BATCH))
def test_every_input_is_a_record(first, tmp_path, pipeline):
    names = written(tmp_path, range(first, first + BATCH))
    documents = list(read([tmp_path]))
    # In order, each file once; a file of JSON lines is a document for each line.
    assert list(dict.fromkeys(id_of(one).partition("#")[0] for one in documents)) == names
    whole = {name for place, name in enumerate(names) if place % (BATCH // WHOLE) == 0}
    articles = []
    for document in documents:
        if id_of(document).partition("#")[0] in whole:
            articles.append(document)
        elif isinstance(document, Article):
            leads_back(document.text)
        else:
            assert document.message and document.stage == "read"
    records = list(pipeline.pipe(articles))
    assert [record.document.id for record in records] == [id_of(one) for one in articles]
    for record in records:
        # A line of output can be read back, and is true about the text that it holds.
        assert any_record.validate_json(to_line(record)) == record
        assert record.status == "ok" or record.stage == "read"


def leads_back(source):
    """Cleans a text, and checks where its characters came from."""
    text = clean(source).text
    step = max(1, len(text) // 200)
    places = [text.to_source(place, place + 1) for place in range(0, len(text), step)]
    assert places == sorted(places)
    assert all(0 <= start <= end <= len(source) for start, end in places)


def test_an_input_is_the_same_whenever_it_is_made():
    assert list(hostile.inputs(range(40, 60))) == list(hostile.inputs(range(40, 60)))


def test_inputs_are_of_all_kinds():
    made = list(hostile.inputs(range(500)))
    assert {suffix for suffix, _ in made} == set(hostile.SUFFIXES)
    assert len({content for _, content in made}) > 450


@pytest.mark.parametrize("unit", ["a", "De NAVO en Rutte ", "Foto: ANP "])
def test_ten_megabytes_on_one_line_are_cleaned(unit):
    assert clean(unit * (10_000_000 // len(unit))).text.source
