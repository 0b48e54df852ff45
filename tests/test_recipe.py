"""The steps before training, on small data of our own; training itself is `make model`."""

import json
import lzma
import random
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

RECIPE = Path(__file__).parents[1] / "models/recipe"
LABELS = {"PER", "ORG", "LOC", "MISC"}


@pytest.fixture(scope="module", autouse=True)
def recipe():
    """The recipe's modules, which are scripts and in no package."""
    sys.path.insert(0, str(RECIPE))
    yield
    sys.path.remove(str(RECIPE))


@pytest.fixture(scope="module")
def nlp():
    from word_vectors import blank

    return blank()


def names(doc):
    return [(ent.text, ent.label_) for ent in doc.ents]


def own(part):
    import corpora

    return list(corpora.read_marked(RECIPE / f"corpus/{part}.txt"))


def test_marks_become_spans(tmp_path, nlp):
    import corpora

    path = tmp_path / "marked.txt"
    path.write_text(
        "=== a1 | regional | 2024-05-02\n[PER Fatma Özdemir] bakt\nBrood in [LOC Gent].\n\n"
        "=== a2 | sport | 2025-01-01\nStil\nNiets.\n",
        "utf-8",
    )
    first, second = corpora.read_marked(path)
    assert first == {
        "id": "a1",
        "register": "regional",
        "date": "2024-05-02",
        "text": "Fatma Özdemir bakt\nBrood in Gent.",
        "spans": [[0, 13, "PER"], [28, 32, "LOC"]],
    }
    assert second["text"] == "Stil\nNiets."
    (doc, _) = corpora.documents(nlp, [first, second])
    assert names(doc) == [("Fatma Özdemir", "PER"), ("Gent", "LOC")]


def test_annotations_find_their_texts(tmp_path):
    import corpora

    raw, annotations = tmp_path / "news.jsonl.xz", tmp_path / "annotations.jsonl"
    items = [
        {"title": "Brood", "text": "Eerst.\n\n \nBakker Özdemir."},
        {"title": "x", "text": "y"},
    ]
    with lzma.open(raw, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in items)
    text, _ = corpora.raw_items(raw)
    assert text == "Brood\nEerst.\nBakker Özdemir."
    line = {"text": corpora.key_of(text), "spans": [[20, 27, "PER"]]}
    annotations.write_text(json.dumps(line) + "\n")
    (article,) = corpora.read_stand_off(annotations, raw)
    assert [article["text"][start:end] for start, end, _ in article["spans"]] == ["Özdemir"]


def test_an_annotation_without_its_text_is_said(tmp_path):
    import corpora

    raw, annotations = tmp_path / "news.jsonl.xz", tmp_path / "annotations.jsonl"
    with lzma.open(raw, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"title": "x", "text": "y"}) + "\n")
    annotations.write_text('{"text": "0123456789abcdef", "spans": []}\n')
    with pytest.raises(ValueError, match="1 annotated texts are not in"):
        list(corpora.read_stand_off(annotations, raw))


def test_the_annotations_apart_from_their_texts_are_well_formed():
    lines = (RECIPE / "annotations/raw.jsonl").read_text().splitlines()
    assert len({json.loads(line)["text"] for line in lines}) == len(lines)
    for line in lines:
        spans = json.loads(line)["spans"]
        places = [place for start, end, _ in spans for place in (start, end)]
        assert places == sorted(places)
        assert {label for _, _, label in spans} <= LABELS


def test_our_own_corpus_is_as_large_as_said_and_its_marks_are_names():
    articles = own("train") + own("test")
    assert len(articles) >= 1_500
    assert sum(len(one["text"].split()) for one in articles) >= 300_000
    assert len({one["id"] for one in articles}) == len(articles)
    for one in articles:
        assert "[" not in one["text"], one["id"]
        assert "\n" in one["text"], one["id"]
        for start, end, label in one["spans"]:
            name = one["text"][start:end]
            assert label in LABELS
            assert name == name.strip() and "\n" not in name, (one["id"], name)


def test_a_fifth_of_our_own_corpus_is_held_out_over_all_registers():
    train, test = own("train"), own("test")
    assert 0.18 < len(test) / (len(train) + len(test)) < 0.22
    assert not {one["text"] for one in train} & {one["text"] for one in test}
    assert {one["register"] for one in train} == {one["register"] for one in test}


@pytest.mark.parametrize("empty_lines", [0.0, 1.0])
def test_variation_keeps_the_names_at_their_words(nlp, empty_lines):
    import variation

    words = ["Fatma", "Özdemir", "bakt", "\n", "Brood", "in", "Gent", "."]
    doc = Doc(nlp.vocab, words=words)
    doc.ents = [Span(doc, 0, 2, "PER"), Span(doc, 6, 7, "LOC")]
    seen = set()
    for seed in range(40):
        other = variation.varied(doc, random.Random(seed), empty_lines)
        assert [(ent.start, ent.end, ent.label_) for ent in other.ents] == [
            (0, 2, "PER"),
            (6, 7, "LOC"),
        ]
        seen.add(other.text)
    assert len(seen) == (1 if empty_lines else 4)
    assert all("\n\n" in text for text in seen) == bool(empty_lines)


def test_rare_words_become_strange_more_often_than_common_ones(nlp):
    import variation

    draw = random.Random(1)
    counts = Counter({"de": 1000, "özdemir": 1})
    hidden = Counter()
    for _ in range(400):
        doc = Doc(nlp.vocab, words=["de", "Özdemir"])
        variation.make_strange(doc, counts, 1.0, draw)
        hidden.update(token.text for token in doc if token.norm_.startswith("§"))
        assert [token.text for token in doc] == ["de", "Özdemir"]
    assert hidden["de"] < 10
    assert 150 < hidden["Özdemir"] < 250


@pytest.fixture
def training_file(nlp, tmp_path):
    """Four documents of two paragraphs, each with a name in the first."""
    docs = []
    for name in ("Özdemir", "Vermeulen", "Okafor", "Wiersma"):
        doc = Doc(
            nlp.vocab,
            words=[
                name,
                *["bakt", "al", "jaren", "brood", "in", "de", "straat"],
                "\n",
                *["Dat", "zegt", "men", "daar", "in", "de", "buurt"],
                ".",
            ],
        )
        doc.ents = [Span(doc, 0, 1, "PER")]
        docs.append(doc)
    DocBin(docs=docs).to_disk(tmp_path / "train.spacy")
    return str(tmp_path / "train.spacy")


def examples(nlp, count, paths, **changed):
    import variation

    settings = {"level": 0.0, "empty_lines": 0.0, "strangeness": 0.0, "parts": 0.0, "seed": 1}
    return list(islice(variation.reader(paths, **settings | changed)(nlp), count))


def test_words_are_hidden_from_the_model_and_not_from_the_names(nlp, training_file):
    (example,) = examples(nlp, 1, {training_file: 1.0}, strangeness=1e9)
    assert all(token.norm_.startswith("§") for token in example.predicted)
    assert example.get_aligned_ner()[:2] == ["U-PER", "O"]


def test_a_document_is_varied_anew_every_time_it_is_read(nlp, training_file):
    read = examples(nlp, 400, {training_file: 1.0}, level=0.5, strangeness=1.0)
    texts = Counter(
        (example.predicted.text, *(token.norm_ for token in example.predicted))
        for example in read
        if example.reference[0].text == "Okafor"
    )
    assert len(texts) > 10


def test_shares_say_how_often_a_file_is_read(nlp, training_file):
    assert len({one.reference.text for one in examples(nlp, 4, {training_file: 1.0})}) == 4
    (first, *rest) = (one.reference.text for one in examples(nlp, 4, {training_file: 0.25}, seed=2))
    assert {first, *rest} != {first}
    assert (
        Counter(
            one.reference.text for one in examples(nlp, 12, {training_file: 3.0})
        ).most_common()[-1][1]
        == 3
    )


def test_a_part_keeps_the_names_of_its_paragraphs(nlp, training_file):
    read = examples(nlp, 60, {training_file: 1.0}, parts=1.0)
    assert {len(one.reference) for one in read} == {8, 9, 17}
    for one in read:
        assert names(one.reference) in ([(one.reference[0].text, "PER")], [])


def test_a_part_never_cuts_a_name(nlp):
    import variation

    doc = Doc(
        nlp.vocab, words=["Brood", "\n", "van", "de", "bakker", "uit", "het", "dorp", "en", "meer"]
    )
    doc.ents = [Span(doc, 1, 3, "MISC")]
    parts = {variation.part(doc, random.Random(seed)).text for seed in range(20)}
    assert parts == {doc.text}


def test_some_lines_are_said_again_in_other_case():
    from word_vectors import with_other_case

    lines = [f"Regel {number} van Özdemir" for number in range(1_000)]
    said = list(with_other_case(lines))
    assert [line for line in said if line.startswith("Regel")] == lines
    lower, upper = (sum(map(test, said)) for test in (str.islower, str.isupper))
    assert 90 < lower < 150
    assert 40 < upper < 85


def test_training_reads_a_configuration_that_spacy_knows():
    config = spacy.util.load_config(RECIPE / "config.cfg")
    import variation  # noqa: F401

    known = spacy.registry.readers.get(config["corpora"]["train"]["@readers"])
    assert callable(known)
