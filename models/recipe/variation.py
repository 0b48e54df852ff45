"""Varies the documents that a model is trained on, so that it learns contexts and not lists."""

import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

_STRANGERS = 20_000
"""Words that are none: their hashes fall all over the table of words, as those of new words do."""


def varied(doc: Doc, draw: random.Random, empty_lines: float) -> Doc:
    """Writes a document as headlines, posts, old wires and pages with empty lines are written.

    Args:
        doc: The document.
        draw: Decides how: first line or all of it, in capitals or in lower case.
        empty_lines: Share of the documents whose paragraphs are parted by an empty line, 0 to 1,
            and keep their case.

    Returns:
        A document of the same number of tokens with the same names.
    """
    words = [token.text for token in doc]
    if draw.random() < empty_lines:
        words = [word.replace("\n", "\n\n") for word in words]
    else:
        first_line = next(
            (token.i for token in doc if "\n" in token.text),
            min(len(doc), 25),
        )
        end, change = draw.choices(
            [
                (first_line, str.upper),
                (len(doc), str.upper),
                (first_line, str.lower),
                (len(doc), str.lower),
            ],
            weights=[5, 1, 3, 2],
        )[0]
        words[:end] = map(change, words[:end])
    other = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    other.ents = [Span(other, ent.start, ent.end, ent.label_) for ent in doc.ents]
    return other


def make_strange(doc: Doc, counts: Counter[str], strangeness: float) -> None:
    """Hides which word some words are, rare words more often than common ones.

    The model then has their vector, shape, first and last letters, as it has of a word that no
    training text holds. A word seen n times is hidden with the chance s / (s + n).

    Args:
        doc: The document that the model will read; its norms are changed in place.
        counts: How often the norms of words stand in the training texts.
        strangeness: The s above; 0 hides nothing.
    """
    if not strangeness:
        return
    for token in doc:
        if random.random() < strangeness / (strangeness + counts[token.norm_]):
            token.norm_ = f"§{random.randrange(_STRANGERS)}"


def _augment(
    nlp: Language,
    example: Example,
    level: float,
    empty_lines: float,
    strangeness: float,
    counts: Counter[str],
) -> Iterator[Example]:
    doc = example.reference
    if random.random() < level:
        doc = varied(doc, random, empty_lines)  # type: ignore[arg-type]
    words = [token.text for token in doc]
    read = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    make_strange(read, counts, strangeness)
    yield Example(read, doc)


@spacy.registry.augmenters("nl_ent_news.vary.v2")
def augmenter(
    train: Path, level: float, empty_lines: float, strangeness: float
) -> "partial[Iterator[Example]]":
    """Makes the augmenter named in config.cfg.

    Args:
        train: The training documents, in which words are counted.
        level: Share of the documents that are varied whenever they are read, 0 to 1.
        empty_lines: Share of those that get empty lines, 0 to 1; the case of the others is changed.
        strangeness: See `make_strange`.

    Returns:
        spaCy's kind of augmenter.
    """
    docs = DocBin().from_disk(train).get_docs(spacy.blank("nl").vocab)
    counts = Counter(token.norm_ for doc in docs for token in doc)
    return partial(
        _augment, level=level, empty_lines=empty_lines, strangeness=strangeness, counts=counts
    )
