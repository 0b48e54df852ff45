"""Reads the annotated corpora into spaCy documents, and varies their case while training."""

import json
import random
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
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


Inventory = dict[tuple[str, bool], list[tuple[list[str], list[bool]]]]
"""Words and spaces of the names of a corpus, by label and by whether they are one word."""

_SWAPPED_LABELS = frozenset({"PER", "ORG", "LOC"})


def inventory_of(docs: Iterable[Doc]) -> Inventory:
    """Gathers the names of a corpus, each once, so that rare ones are drawn as often as known ones.

    Args:
        docs: Annotated documents.

    Returns:
        The names by label and by whether they are one word.
    """
    names: dict[tuple[str, bool], dict[str, tuple[list[str], list[bool]]]] = {}
    for doc in docs:
        for ent in doc.ents:
            if ent.label_ in _SWAPPED_LABELS and "\n" not in ent.text:
                words = [token.text for token in ent]
                spaces = [bool(token.whitespace_) for token in ent]
                names.setdefault((ent.label_, len(words) == 1), {})[ent.text] = (words, spaces)
    return {key: [found[name] for name in sorted(found)] for key, found in names.items()}


def swapped_names(doc: Doc, inventory: Inventory, share: float, draw: random.Random) -> Doc:
    """Puts other names of the same label in the place of some, so that contexts are learnt.

    Args:
        doc: The document.
        inventory: Where the other names come from.
        share: Share of the different names that are replaced, 0 to 1; a name is replaced by
            the same other one wherever it stands.
        draw: Decides which.

    Returns:
        A document with the same labels.
    """
    chosen: dict[tuple[str, str], tuple[list[str], list[bool]] | None] = {}
    words: list[str] = []
    spaces: list[bool] = []
    places: list[tuple[int, int, str]] = []
    done = 0
    for ent in doc.ents:
        between = doc[done : ent.start]
        words += [token.text for token in between]
        spaces += [bool(token.whitespace_) for token in between]
        done = ent.end
        start = len(words)
        key = (ent.label_, ent.text)
        if key not in chosen:
            others = inventory.get((ent.label_, len(ent) == 1))
            chosen[key] = draw.choice(others) if others and draw.random() < share else None
        other = chosen[key]
        words += other[0] if other else [token.text for token in ent]
        spaces += other[1] if other else [bool(token.whitespace_) for token in ent]
        spaces[-1] = bool(ent[-1].whitespace_)
        places.append((start, len(words), ent.label_))
    words += [token.text for token in doc[done:]]
    spaces += [bool(token.whitespace_) for token in doc[done:]]
    swapped = Doc(doc.vocab, words=words, spaces=spaces)
    swapped.ents = [Span(swapped, start, end, label) for start, end, label in places]
    return swapped


def _augment(
    nlp: Language, example: Example, case_level: float, names_level: float, inventory: Inventory
) -> Iterator[Example]:
    doc = example.reference
    if random.random() < names_level:
        doc = swapped_names(doc, inventory, 0.5, random)  # type: ignore[arg-type]
    if random.random() < case_level:
        doc = varied_case(doc, random)  # type: ignore[arg-type]
    if doc is example.reference:
        yield example
        return
    words = [token.text for token in doc]
    yield Example(Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc]), doc)


@spacy.registry.augmenters("nl_ent_news.vary.v1")
def augmenter(train: Path, case_level: float, names_level: float) -> "partial[Iterator[Example]]":
    """Makes the augmenter named in config.cfg.

    Args:
        train: The training documents, where other names come from.
        case_level: Share of the documents whose case is varied when they are read, 0 to 1.
        names_level: Share of the documents half of whose names are replaced, 0 to 1.

    Returns:
        spaCy's kind of augmenter.
    """
    docs = DocBin().from_disk(train).get_docs(spacy.blank("nl").vocab)
    return partial(
        _augment, case_level=case_level, names_level=names_level, inventory=inventory_of(docs)
    )


def word_forms(docs: Iterable[Doc]) -> set[str]:
    """All words that training may meet: those of the documents, and as their case is varied."""
    words = {token.text for doc in docs for token in doc}
    return words | {word.lower() for word in words} | {word.upper() for word in words}
