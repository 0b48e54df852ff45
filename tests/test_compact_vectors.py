import pickle

import numpy as np
import pytest
import spacy
from spacy.strings import StringStore
from spacy.vectors import Mode, Vectors

import nl_ent_news_sm
from nl_ent_news_sm.vectors import NAME, CompactVectors

WORDS = ["Hongarije", "Hongaarse", "NAVO-top", "'s", "Yeşilgöz", "x", ""]


@pytest.fixture
def full():
    """spaCy's own floret vectors, with numbers as different in size as trained ones are."""
    draw = np.random.default_rng(7)
    data = draw.normal(size=(500, 12)) * draw.uniform(0.001, 5, size=(500, 1))
    data[13] = 0
    settings = {"mode": Mode.floret, "minn": 3, "maxn": 4, "hash_count": 2, "hash_seed": 2166136261}
    return Vectors(strings=StringStore(WORDS), data=data.astype("float32"), **settings)


def test_a_compact_vector_is_spacys_within_the_rounding_of_its_rows(full):
    compact = CompactVectors.of(full)
    rounding = np.abs(full.data).max() / 254
    assert np.abs(compact.get_batch(WORDS) - full.get_batch(WORDS)).max() <= rounding
    assert compact.data.nbytes * 2 < full.data.nbytes


def test_words_may_be_given_as_strings_or_hashes_and_again(full):
    compact = CompactVectors.of(full)
    hashes = np.array([full.strings[word] for word in WORDS], dtype="uint64")
    by_word = compact.get_batch(WORDS)
    assert np.array_equal(compact.get_batch(hashes), by_word)
    assert np.array_equal(compact.get_batch(hashes[::-1]), by_word[::-1])
    assert np.array_equal(compact["Hongarije"], by_word[0])
    assert not compact[""].any()


def test_what_is_remembered_stays_bounded_and_changes_no_answer(full):
    compact = CompactVectors.of(full)
    before = compact.get_batch(WORDS)
    compact.most_remembered = 3
    for word, vector in zip(WORDS * 3, [*before] * 3, strict=True):
        assert np.array_equal(compact[word], vector)
        assert len(compact._rows) <= 3
    assert np.array_equal(compact.get_batch(WORDS), before)


def test_only_floret_vectors_can_be_made_compact():
    with pytest.raises(ValueError, match="only floret"):
        CompactVectors.of(Vectors(shape=(2, 3)))


@pytest.mark.parametrize("way", ["disk", "bytes", "pickle"])
def test_they_come_back_as_they_went(full, way, tmp_path):
    compact = CompactVectors.of(full)
    if way == "disk":
        compact.to_disk(tmp_path)
        back = CompactVectors(strings=StringStore()).from_disk(tmp_path)
    elif way == "bytes":
        back = CompactVectors(strings=StringStore()).from_bytes(compact.to_bytes())
    else:
        back = pickle.loads(pickle.dumps(compact))
    assert back.shape == compact.shape == (500, 12)
    assert np.array_equal(back.get_batch(WORDS), compact.get_batch(WORDS))


def test_a_pipeline_with_them_is_saved_and_loaded_by_spacy_alone(full, tmp_path):
    nlp = spacy.blank("nl", config={"nlp": {"vectors": {"@vectors": NAME}}})
    for word in WORDS[:-1]:
        nlp.vocab.strings.add(word)
    nlp.vocab.vectors = CompactVectors.of(full)
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert isinstance(loaded.vocab.vectors, CompactVectors)
    assert np.array_equal(loaded("Hongarije").vector, nlp("Hongarije").vector)


def test_the_model_that_ships_has_them():
    nlp = nl_ent_news_sm.load()
    assert isinstance(nlp.vocab.vectors, CompactVectors)
    assert nlp("Hongarije").vector.any()
