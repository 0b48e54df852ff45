"""A stand-in for nl_core_news_sm, which lies on no package registry: its architecture, to time it.

Components, sizes and numbers of labels are those that release 3.8.0 publishes in its config.cfg and
meta.json. Its weights learn for a few steps, so that it finds about as many names in a text as a
user would get: with weights that never learnt each word is a name, which takes longer.
"""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from articles import texts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

# The labels of each component in meta.json. The edit trees of the lemmatizer are not in there: its
# model on the Hugging Face hub takes 409 kB, and one tree 97 numbers of 4 bytes.
MORPHS, TAGS, DEPENDENCIES, ENTITIES, EDIT_TREES = 66, 203, 36, 18, 1_054

_ARTICLES, _BATCH, _EPOCHS = 96, 8, 3


def write(path: Path) -> None:
    """Makes the pipeline and saves it as a directory for spacy.load.

    Args:
        path: The directory; it is made.
    """
    nlp = _with_labels()
    examples = list(_examples(nlp))
    nlp.initialize(lambda: [_all_trees(nlp), *examples])
    nlp.get_pipe("attribute_ruler").add([[{"TAG": "_SP"}]], {"POS": "SPACE"})
    for _ in range(_EPOCHS):
        for first in range(0, len(examples), _BATCH):
            nlp.update(examples[first : first + _BATCH])
    nlp.to_disk(path)


def _with_labels() -> "Language":
    """A blank pipeline with the components that nl_core_news_sm has when it is loaded."""
    import spacy

    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp = spacy.blank("nl")
    nlp.batch_size = 256
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    listening = {"model": {"tok2vec": listener}}
    morphologizer = nlp.add_pipe("morphologizer", config=listening)
    tagger = nlp.add_pipe("tagger", config=listening)
    parser = nlp.add_pipe("parser", config=listening)
    one_use_is_enough = {**listening, "min_tree_freq": 1}
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config=one_use_is_enough)
    nlp.add_pipe("attribute_ruler")
    ner = nlp.add_pipe("ner", config={"model": {"tok2vec": tok2vec}})
    for pipe, count, label in (
        (morphologizer, MORPHS, "Number={}|POS=NOUN"),
        (tagger, TAGS, "T{}"),
        (parser, DEPENDENCIES - 2, "D{}"),  # ROOT and dep are there already.
        (ner, ENTITIES, "E{}"),
    ):
        for number in range(count):
            pipe.add_label(label.format(number))
    return nlp


def _examples(nlp: "Language") -> "list[Example]":
    """Made-up articles in which every word with a capital in a sentence is a name."""
    return [
        _example(nlp.make_doc(text)) for text in islice(texts(_ARTICLES, 15, seed=2), _ARTICLES)
    ]


def _example(doc: "Doc") -> "Example":
    from spacy.tokens import Doc
    from spacy.training import Example

    starts = [not token.i or doc[token.i - 1].text in {".", "!", "?"} for token in doc]
    ents: list[str] = []
    for token, starts_sentence in zip(doc, starts, strict=True):
        is_name = token.text[0].isupper() and not starts_sentence
        goes_on = is_name and ents[-1] != "O"
        ents.append(("I-E0" if goes_on else "B-E0") if is_name else "O")
    gold = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=["T0"] * len(doc),
        morphs=["Number=0"] * len(doc),
        pos=["NOUN"] * len(doc),
        lemmas=[token.text for token in doc],
        heads=[token.i if starts[token.i] else token.i - 1 for token in doc],
        deps=["ROOT" if starts_sentence else "D0" for starts_sentence in starts],
        ents=ents,
    )
    return Example(doc, gold)


def _all_trees(nlp: "Language") -> "Example":
    """Words that lose an ending of their own each, which is an edit tree of its own."""
    from spacy.tokens import Doc
    from spacy.training import Example

    words = [f"huis{number}" for number in range(EDIT_TREES - 1)]  # To lose nothing is one too.
    gold = Doc(nlp.vocab, words=words, lemmas=["huis"] * len(words))
    return Example(nlp.make_doc(" ".join(words)), gold)
