import subprocess
import sys

import pytest
import spacy
from conftest import ruled
from spacy.tokens import Doc, DocBin, Span
from spacy.util import registry

from wiewatwaar import Pipeline, Record
from wiewatwaar.recognition import Recogniser
from wiewatwaar.spacy_component import make, register

TEXT = "Mark Rutte leidt de NAVO.\n\nRuttes reis naar Hon-\ngarije was kort.\n\nFoto: Rutte / ANP\n"


def with_component(nlp=None, **config):
    nlp = nlp or ruled(spacy.blank("nl"))
    nlp.add_pipe("wiewatwaar", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp():
    return with_component()


def found(record):
    return [
        (entity.name, [(mention.start, mention.text) for mention in entity.mentions])
        for entity in record.entities
    ]


def test_spacy_finds_the_component_by_its_entry_point():
    assert registry._entry_point_factories.get("wiewatwaar") is make


def test_the_record_is_true_about_the_text_of_the_document(nlp):
    doc = nlp(TEXT)
    record = doc._.wiewatwaar
    assert isinstance(record, Record)
    assert found(record) == [
        ("Mark Rutte", [(0, "Mark Rutte"), (27, "Rutte")]),
        ("NAVO", [(20, "NAVO")]),
        ("Hongarije", [(44, "Hon-\ngarije")]),
    ]
    for entity in record.entities:
        for mention in entity.mentions:
            assert doc.text[mention.start : mention.end] == mention.text
    assert record.document.credits == ("Rutte", "ANP")
    assert record.document.language == "und"
    assert (record.model.name, record.document.text) == ("nl_pipeline", None)


def test_it_is_the_record_of_the_command_line(nlp):
    bare = ruled(spacy.blank("nl"))
    text = "Mark Rutte sprak over de NAVO. Rutte noemde Hongarije, en de Russen zwegen."
    expected = Pipeline(Recogniser(bare, "nl_pipeline", "0.0.0")).process(text)
    record = nlp(text)._.wiewatwaar
    assert (record.document, record.entities) == (expected.document, expected.entities)


def test_the_entities_of_the_document_are_used_and_left_as_they_are():
    nlp = with_component(spacy.blank("nl"))
    doc = Doc(nlp.vocab, words=["Wendelien", "van", "Tintelen", "zwijgt", "in", "Oss", "."])
    doc.ents = [Span(doc, 0, 3, "PERSON"), Span(doc, 5, 6, "DATE")]
    before = list(doc.ents)
    record = nlp.get_pipe("wiewatwaar")(doc)._.wiewatwaar
    assert found(record) == [("Wendelien van Tintelen", [(0, "Wendelien van Tintelen")])]
    assert list(doc.ents) == before


def test_a_blank_pipeline_finds_what_the_lexicon_knows():
    doc = with_component(spacy.blank("nl"))("De Russische president sprak de NAVO toe.")
    assert found(doc._.wiewatwaar) == [
        ("Rusland", [(3, "Russische")]),
        ("NAVO", [(32, "NAVO")]),
    ]


def test_what_is_named_in_furniture_counts_without_cleaning_only(nlp):
    text = "Mark Rutte leidt de NAVO.\n\nFoto: Wendelien van Tintelen\n"
    assert [name for name, _ in found(nlp(text)._.wiewatwaar)] == ["Mark Rutte", "NAVO"]
    plain = with_component(clean=False)(text)._.wiewatwaar
    assert "Wendelien van Tintelen" in [name for name, _ in found(plain)]
    assert plain.document.credits == ()


def test_types_and_text_are_chosen(nlp):
    text = "Mark Rutte was in Utrecht."
    chosen = with_component(types=["LOCATION"], keep_text=True)(text)._.wiewatwaar
    assert found(chosen) == [("Utrecht", [(18, "Utrecht")])]
    assert chosen.document.text == text
    assert chosen.pipeline != nlp(text)._.wiewatwaar.pipeline
    with pytest.raises(ValueError, match="types"):
        with_component(types=["FIETS"])


def test_the_document_is_called_by_its_user_data(nlp):
    doc = nlp.make_doc("Rutte zwijgt.")
    assert doc._.wiewatwaar is None
    assert nlp(doc)._.wiewatwaar.document.id == "text"
    doc = nlp.make_doc("Rutte zwijgt.")
    doc.user_data["id"] = "2024/rutte.txt"
    assert nlp(doc)._.wiewatwaar.document.id == "2024/rutte.txt"


@pytest.mark.parametrize("processes", [1, 2])
def test_pipe_gives_the_same_records(nlp, processes):
    texts = [f"Mark Rutte zag {number} mensen van de NAVO." for number in range(6)]
    docs = nlp.pipe(texts, n_process=processes, batch_size=2)
    assert [doc._.wiewatwaar for doc in docs] == [nlp(text)._.wiewatwaar for text in texts]


def test_a_pipeline_with_it_is_stored_and_loaded(tmp_path):
    nlp = with_component(types=["PERSON"])
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(TEXT)._.wiewatwaar == nlp(TEXT)._.wiewatwaar


def test_and_so_it_is_as_bytes():
    nlp = with_component(spacy.blank("nl"), types=["COUNTRY"])
    loaded = spacy.blank("nl").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert found(loaded(TEXT)._.wiewatwaar) == [("Hongarije", [(44, "Hon-\ngarije")])]


def test_a_program_that_knows_only_spacy_loads_it(tmp_path):
    with_component().to_disk(tmp_path / "model")
    code = (
        "import sys, spacy; doc = spacy.load(sys.argv[1])('Rutte zwijgt.'); "
        "print(doc._.wiewatwaar.entities[0].name)"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "model")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Rutte\n", "")


def test_a_document_keeps_its_record_in_a_doc_bin(nlp):
    stored = DocBin(docs=[nlp(TEXT)], store_user_data=True).to_bytes()
    register()
    (doc,) = DocBin().from_bytes(stored).get_docs(spacy.blank("nl").vocab)
    assert doc._.wiewatwaar == nlp(TEXT)._.wiewatwaar
