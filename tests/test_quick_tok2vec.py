import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vectors import Vectors

from wiewatwaar import quick_tok2vec
from wiewatwaar.quick_tok2vec import quicken

TEXTS = [
    "Mark Rutte sprak in Utrecht over de NAVO-top.",
    "",
    "Utrecht",
    "De bakker uit Utrecht bakte 's ochtends brood voor Mark, en 's middags ook.",
    "  Wat   een spaties \n en regels.\n",
    *(f"Bericht {number}: {'Rutte belde Hongarije. ' * number}" for number in range(30)),
    "Woord " * 3_000,
]

MULTI = {
    "@architectures": "spacy.MultiHashEmbed.v2",
    "width": 32,
    "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
    "rows": [500, 100, 100, 100, 10, 10],
    "include_static_vectors": False,
}
VECTORS = {**MULTI, "attrs": ["NORM", "SHAPE"], "rows": [500, 100], "include_static_vectors": True}
CHARACTERS = {
    "@architectures": "spacy.CharacterEmbed.v2",
    "width": 32,
    "rows": 200,
    "nM": 8,
    "nC": 4,
    "include_static_vectors": False,
}


def built(embed, shared):
    """A pipeline with random weights; its ner listens, or has a tok2vec of its own."""
    spacy.util.fix_random_seed(3)
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 32,
        "depth": 3,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    tok2vec = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    nlp = spacy.blank("nl")
    if embed is VECTORS:
        data = np.random.default_rng(1).standard_normal((200, 16), np.float32)
        nlp.vocab.vectors = Vectors(
            strings=nlp.vocab.strings, data=data, mode="floret", minn=3, maxn=4, hash_count=2
        )
    if shared:
        nlp.add_pipe("tok2vec", config={"model": tok2vec})
        tok2vec = {"@architectures": "spacy.Tok2VecListener.v1", "width": 32, "upstream": "tok2vec"}
    nlp.add_pipe("ner", config={"model": {"tok2vec": tok2vec}})
    gold = Doc(nlp.vocab, words=["Rutte", "in", "Utrecht"], ents=["B-PER", "O", "B-LOC"])
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words=["Rutte", "in", "Utrecht"]), gold)])
    return nlp


def shown(docs):
    return [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("embed", [MULTI, VECTORS, CHARACTERS])
def test_the_answers_are_those_of_spacy(embed, shared):
    plain, quick = built(embed, shared), built(embed, shared)
    quicken(quick)
    expected = shown(plain.pipe(TEXTS))
    assert any(expected)
    assert shown(quick.pipe(TEXTS)) == expected
    assert shown(quick.pipe(TEXTS)) == expected


@pytest.mark.parametrize("embed", [MULTI, VECTORS])
def test_the_numbers_are_those_of_spacy(embed):
    plain, quick = built(embed, True), built(embed, True)
    quicken(quick)
    for ours, theirs in zip(quick.pipe(TEXTS), plain.pipe(TEXTS), strict=True):
        np.testing.assert_allclose(ours.tensor, theirs.tensor, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("embed", [MULTI, VECTORS])
def test_every_bit_is_the_same_whatever_stands_beside_a_text(embed):
    together, backwards, alone = (built(embed, True) for _ in range(3))
    for nlp in (together, backwards, alone):
        quicken(nlp)
    first = [doc.tensor for doc in together.pipe(TEXTS, batch_size=100)]
    second = [doc.tensor for doc in backwards.pipe(TEXTS[::-1], batch_size=7)][::-1]
    third = [alone(text).tensor for text in TEXTS]
    for one, two, three in zip(first, second, third, strict=True):
        assert np.array_equal(one, two) and np.array_equal(one, three)


def test_more_words_than_are_remembered(monkeypatch):
    expected = [doc.tensor for doc in quickened(MULTI).pipe(TEXTS)]
    monkeypatch.setattr(quick_tok2vec, "REMEMBERED_WORDS", 5)
    nlp = quickened(MULTI)
    for _ in range(2):
        for doc, tensor in zip(nlp.pipe(TEXTS), expected, strict=True):
            assert np.array_equal(doc.tensor, tensor)


def test_a_norm_of_its_own_counts():
    nlp, plain = quickened(MULTI), built(MULTI, True)
    nlp("de Rutte")
    for one in (nlp, plain):
        one.tokenizer.add_special_case("Rutte", [{"ORTH": "Rutte", "NORM": "premier"}])
    changed = nlp("de Rutte").tensor
    np.testing.assert_allclose(changed, plain("de Rutte").tensor, rtol=1e-4, atol=1e-5)


def quickened(embed):
    nlp = built(embed, True)
    quicken(nlp)
    return nlp
