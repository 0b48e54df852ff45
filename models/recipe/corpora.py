"""Reads the annotated corpora into spaCy documents, and varies their case while training."""

import json
import random
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans

SENTENCES_PER_DOCUMENT = 4
"""CoNLL sentences are joined, so that the model also learns to see where one ends."""


def read_conll(nlp: Language, path: Path, sentences_per_document: int = 1) -> Iterator[Doc]:
    """Reads a file of words and IOB2 tags, one a line, a blank line after each sentence.

    Args:
        nlp: The pipeline whose vocabulary the documents share.
        path: The file.
        sentences_per_document: How many sentences in a row make one document.

    Yields:
        Documents in the order of the file, with the file's own tokens.
    """
    blocks = [block for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    for first in range(0, len(blocks), sentences_per_document):
        lines = [
            line.rsplit("\t", 1)
            for block in blocks[first : first + sentences_per_document]
            for line in block.strip("\n").split("\n")
        ]
        words = [word for word, _ in lines]
        yield Doc(nlp.vocab, words=words, spaces=_spaces(words), ents=[tag for _, tag in lines])


def _spaces(words: list[str]) -> list[bool]:
    """Guesses the spaces that the tokenised corpus lost: none before closing punctuation."""
    following = [*words[1:], ""]
    return [
        not (after in {",", ".", ":", ";", "?", "!", ")"} or word == "(")
        for word, after in zip(words, following, strict=True)
    ]


def read_news(nlp: Language, path: Path) -> Iterator[Doc]:
    """Reads annotated articles: JSONL with `text` and `spans` of [start, end, label].

    A span that does not fall on the borders of tokens takes the tokens that hold it.

    Args:
        nlp: The pipeline that tokenises.
        path: The file.

    Yields:
        One document an article, in the order of the file.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            doc = nlp.make_doc(article["text"])
            spans = (
                doc.char_span(start, end, label, alignment_mode="expand")
                for start, end, label in article["spans"]
            )
            doc.ents = filter_spans([span for span in spans if span is not None])
            doc.user_data["id"] = article["id"]
            yield doc


def varied_case(doc: Doc, draw: random.Random) -> Doc:
    """Writes a document as headlines, posts and old wires are written.

    Args:
        doc: The document.
        draw: Decides how: first line or all of it, in capitals or in lower case.

    Returns:
        A document of the same tokens and names.
    """
    first_line = next(
        (token.i for token in doc if token.is_space and "\n" in token.text), min(len(doc), 25)
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
    words = [change(token.text) if token.i < end else token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    varied = Doc(doc.vocab, words=words, spaces=spaces)
    varied.ents = [Span(varied, ent.start, ent.end, ent.label_) for ent in doc.ents]
    return varied


def _augment(nlp: Language, example: Example, level: float) -> Iterator[Example]:
    if random.random() >= level:
        yield example
        return
    varied = varied_case(example.reference, random)  # type: ignore[arg-type]
    bare = Doc(
        varied.vocab,
        words=[token.text for token in varied],
        spaces=[bool(token.whitespace_) for token in varied],
    )
    yield Example(bare, varied)


@spacy.registry.augmenters("nl_ent_news.case.v1")
def case_augmenter(level: float) -> "partial[Iterator[Example]]":
    """Makes the augmenter named in config.cfg.

    Args:
        level: Share of the documents whose case is varied each time they are read, 0 to 1.

    Returns:
        spaCy's kind of augmenter.
    """
    return partial(_augment, level=level)


def word_forms(docs: Iterable[Doc]) -> set[str]:
    """All words that training may meet: those of the documents, and as their case is varied."""
    words = {token.text for doc in docs for token in doc}
    return words | {word.lower() for word in words} | {word.upper() for word in words}
