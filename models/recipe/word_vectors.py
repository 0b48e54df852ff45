"""Makes the word vectors of nl_ent_news_sm from the raw news, with floret."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import corpora
import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training.initialize import convert_vectors
from spacy.vectors import Vectors
from tokenizer import set_tokenizer_rules

from nl_ent_news_sm.vectors import CompactVectors

# floret: skip-gram beats CBOW by more than a point of F; one row of the compact table takes 196
# bytes, so that the table is 24 MB of the 40 MB that the package may take.
SETTINGS = {
    "model": "skipgram",
    "mode": "floret",
    "hashCount": 2,
    "bucket": 120_000,
    "minn": 4,
    "maxn": 5,
    "minCount": 4,
    "dim": 192,
    "epoch": 4,
    "lr": 0.05,
    "neg": 5,
    "ws": 5,
}


def blank() -> Language:
    """An empty Dutch pipeline with the tokenizer of the model."""
    nlp = spacy.blank("nl")
    set_tokenizer_rules(nlp)
    return nlp


def _running_text(corpora_dir: Path, raw_dir: Path) -> Iterator[str]:
    """Lines of words parted by spaces: the raw news and the training corpora."""
    nlp = blank()
    articles = corpora.read_articles(corpora_dir / "news/train.jsonl")
    texts = (*corpora.raw_items(raw_dir / "news.jsonl.xz"), *(one["text"] for one in articles))
    for text in texts:
        for line in text.split("\n"):
            yield " ".join(token.text for token in nlp.make_doc(line) if not token.is_space)
    for doc in corpora.read_conll(nlp, corpora_dir / "conll2002-nl/train.conll"):
        yield " ".join(token.text for token in doc)


def with_other_case(lines: Iterable[str]) -> Iterator[str]:
    """Says some lines a second time all in lower case or in capitals.

    Words that are written so then have vectors of their own.

    Args:
        lines: The running text.

    Yields:
        Each line, and 12% of them in lower case and 6% in capitals behind it.
    """
    draw = random.Random(0)
    for line in lines:
        yield line
        chance = draw.random()
        if chance < 0.12:
            yield line.lower()
        elif chance < 0.18:
            yield line.upper()


def make_vectors(corpora_dir: Path, raw_dir: Path, build: Path, threads: int) -> Path:
    """Trains the vectors, unless that was done.

    Args:
        corpora_dir: Folder with conll2002-nl/ and news/.
        raw_dir: Folder with news.jsonl.xz.
        build: Where the result goes.
        threads: Threads to train with; with more than one no two runs give the same numbers.

    Returns:
        floret's file of them.
    """
    vectors = build / "vectors.floret"
    if vectors.exists():
        return vectors
    import floret

    text = build / "raw.txt"
    with text.open("w", encoding="utf-8") as out:
        lines = with_other_case(_running_text(corpora_dir, raw_dir))
        out.writelines(f"{line}\n" for line in lines)
    model = floret.train_unsupervised(str(text), thread=threads, **SETTINGS)
    partial = vectors.with_suffix(".partial")
    model.save_floret_vectors(str(partial))
    partial.rename(vectors)
    return vectors


def compact(path: Path) -> CompactVectors:
    """Reads floret's own file into the compact table that the model ships with."""
    nlp = blank()
    convert_vectors(nlp, path, truncate=0, prune=-1, mode="floret")
    return CompactVectors.of(nlp.vocab.vectors)


def lookup(vectors: CompactVectors, docs: Iterable[Doc]) -> Language:
    """Makes a pipeline with a plain table of the vectors that training meets.

    The same numbers without adding up the same character n-grams again at every step; the compact
    table takes its place when training is done.

    Args:
        vectors: The vectors.
        docs: The documents of training and development.

    Returns:
        An empty pipeline with that table.
    """
    nlp = blank()
    words = sorted(corpora.word_forms(docs))
    rows = [vectors[vectors.strings.add(word)] for word in words]
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=np.stack(rows), keys=keys)
    return nlp
