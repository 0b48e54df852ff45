import json
import shutil

import pytest
import spacy

from wiewatwaar import recognition
from wiewatwaar.recognition import (
    MAX_PIECE_CHARACTERS,
    ModelError,
    Recogniser,
    label_types,
    model_path,
    needed_components,
)
from wiewatwaar.spans import NamedSpan

ONTONOTES = (
    "CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT "
    "QUANTITY TIME WORK_OF_ART"
)


def ruled(lang="nl", **labels):
    """A pipeline that finds the given words, by label."""
    nlp = spacy.blank(lang)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": word} for label, words in labels.items() for word in words]
    )
    return nlp


def saved(nlp, path):
    nlp.meta["name"] = "test"
    nlp.to_disk(path)
    return str(path)


def test_conll_labels_map_to_our_types():
    nlp = ruled(PER=["Rutte"], ORG=["NAVO"], LOC=["Utrecht"], MISC=["Tour"])
    (spans,) = Recogniser(nlp, "nl_test", "1").spans(["Rutte NAVO Utrecht Tour"])
    assert spans == [
        NamedSpan(0, 5, "PERSON", "PER"),
        NamedSpan(6, 10, "ORGANISATION", "ORG"),
        NamedSpan(11, 18, "LOCATION", "LOC"),
        NamedSpan(19, 23, "OTHER", "MISC"),
    ]


def test_ontonotes_labels_map_and_amounts_are_no_names():
    nlp = ruled(PERSON=["Rutte"], GPE=["Hongarije"], NORP=["Russische"], DATE=["maandag"])
    (spans,) = Recogniser(nlp, "nl_test", "1").spans(["maandag Rutte Hongarije Russische"])
    assert [(span.type, span.label) for span in spans] == [
        ("PERSON", "PERSON"),
        ("LOCATION", "GPE"),
        ("OTHER", "NORP"),
    ]


def test_every_label_of_nl_core_news_is_known():
    assert set(ONTONOTES.split()) <= set(label_types())


def test_an_unknown_label_family_is_one_clear_line():
    with pytest.raises(ModelError, match=r"labels DISEASE: not CoNLL's .* nor OntoNotes'") as told:
        Recogniser(ruled(DISEASE=["griep"]), "nl_medical", "1")
    assert "\n" not in str(told.value)


def test_a_pipeline_that_names_nothing_is_refused(tmp_path):
    with pytest.raises(ModelError, match="labels none"):
        Recogniser.load(saved(spacy.blank("nl"), tmp_path / "blank"))


def test_a_missing_model_says_how_to_install_it():
    with pytest.raises(ModelError, match="python -m spacy download nl_core_news_xx"):
        Recogniser.load("nl_core_news_xx")


def test_a_package_that_is_no_model_is_refused():
    with pytest.raises(ModelError, match="package json holds no spaCy pipeline"):
        Recogniser.load("json")


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="no spaCy pipeline at"):
        Recogniser.load(str(tmp_path))


def test_a_model_of_another_language_is_refused(tmp_path):
    path = saved(ruled("en", PERSON=["Rutte"]), tmp_path / "english")
    with pytest.raises(ModelError, match="language 'en'"):
        Recogniser.load(path)


def test_a_model_by_path_brings_its_name_and_version(tmp_path):
    recogniser = Recogniser.load(saved(ruled(PER=["Rutte"]), tmp_path / "model"))
    assert (recogniser.name, recogniser.version) == ("nl_test", "0.0.0")
    assert len(recogniser.digest) == 64


def test_what_a_model_learned_decides_its_digest_and_where_it_lies_does_not(tmp_path):
    one, other = saved(ruled(PER=["Rutte"]), tmp_path / "een"), tmp_path / "ander"
    digest = Recogniser.load(one).digest
    shutil.copytree(one, other)
    assert Recogniser.load(str(other)).digest == digest
    # The same name and version, and the same configuration: only the patterns differ.
    saved(ruled(PER=["Rutte", "Schoof"]), other)
    assert Recogniser.load(str(other)).digest != digest


@pytest.mark.parametrize("part", ["tok2vec/model", "vocab/vectors", "vocab/lookups.bin"])
def test_every_file_that_is_loaded_decides_the_digest(tmp_path, part):
    folder = tmp_path / "model"
    (folder / part).parent.mkdir(parents=True)
    (folder / "parser").mkdir()
    (folder / part).write_bytes(b"een")
    digest = recognition._digest(folder, ["parser"])
    (folder / "parser/model").write_bytes(b"is not loaded")
    assert recognition._digest(folder, ["parser"]) == digest
    (folder / part).write_bytes(b"ander")
    assert recognition._digest(folder, ["parser"]) != digest


def test_only_what_names_is_loaded(tmp_path):
    nlp = ruled(PER=["Rutte"])
    nlp.add_pipe("sentencizer", first=True)
    path = tmp_path / "model"
    saved(nlp, path)
    assert needed_components(path) == ["entity_ruler"]


def test_the_shipped_model_keeps_what_its_ner_listens_to():
    recogniser = Recogniser.load()
    assert recogniser.name == "nl_ent_news_sm"
    assert recogniser._nlp.pipe_names == ["tok2vec", "ner"]


def test_a_long_text_goes_in_pieces_with_the_right_places():
    line = "Gisteren sprak Rutte in de zaal.\n"
    text = line * (2 * MAX_PIECE_CHARACTERS // len(line) + 10)
    (spans,) = Recogniser(ruled(PER=["Rutte"]), "nl_test", "1").spans([text])
    assert len(spans) == text.count("Rutte")
    assert {text[span.start : span.end] for span in spans} == {"Rutte"}


def test_no_name_runs_on_in_the_next_paragraph():
    nlp = spacy.blank("nl")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "PER", "pattern": [{"TEXT": "Filip"}, {"IS_SPACE": True}, {"TEXT": "Rutte"}]}]
    )
    text = "Koning Filip\n\nRutte sprak."
    (spans,) = Recogniser(nlp, "nl_test", "1").spans([text])
    assert [text[span.start : span.end] for span in spans] == ["Filip", "Rutte"]


def test_many_texts_keep_their_order():
    recogniser = Recogniser(ruled(PER=["Rutte"]), "nl_test", "1")
    texts = ["Rutte", "", "niemand", " Rutte"]
    assert [[span.start for span in spans] for spans in recogniser.spans(texts)] == [
        [0],
        [],
        [],
        [1],
    ]


def test_the_vocabulary_does_not_grow_with_the_texts(monkeypatch):
    nlp = ruled(PER=["Rutte"])
    monkeypatch.setattr(recognition, "_KEPT_AT_ONCE", 1000)
    recogniser = Recogniser(nlp, "nl_test", "1")
    list(recogniser.spans([f"eerste{number}" for number in range(1000)]))
    kept = len(nlp.vocab.strings)
    assert "eerste7" in nlp.vocab.strings
    list(recogniser.spans([f"woord{number}" for number in range(900)]))
    assert len(nlp.vocab.strings) == kept


def test_a_word_that_comes_again_stays_in_the_vocabulary(monkeypatch):
    nlp = ruled(PER=["Rutte"])
    monkeypatch.setattr(recognition, "_KEPT_AT_ONCE", 1)
    recogniser = Recogniser(nlp, "nl_test", "1")
    for text in ("Eén", "Kaagland", "Kaagland", "Ruttestad"):
        list(recogniser.spans([text]))
    assert "Kaagland" in nlp.vocab.strings
    assert "Ruttestad" not in nlp.vocab.strings


def test_the_model_package_says_what_it_is():
    import nl_ent_news_sm

    meta = json.loads((model_path("nl_ent_news_sm") / "meta.json").read_text("utf-8"))
    assert meta["version"] == nl_ent_news_sm.__version__
    assert meta["license"] == "CC BY-SA 4.0"
    assert sorted(meta["labels"]["ner"]) == ["LOC", "MISC", "ORG", "PER"]
