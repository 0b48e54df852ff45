"""Varies the documents that a model is trained on, so that it learns contexts and not lists."""

import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

_STRANGERS = 20_000
"""Words that are none: their hashes fall all over the table of words, as those of new words do."""

_SHORTEST = 8
"""Tokens: less than a sentence says nothing about its names."""


class Settings(NamedTuple):
    """How much is varied; see `reader`."""

    level: float
    empty_lines: float
    strangeness: float
    parts: float
    seed: int


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


def make_strange(doc: Doc, counts: Counter[str], strangeness: float, draw: random.Random) -> None:
    """Hides which word some words are, rare words more often than common ones.

    The model then has their vector, shape, first and last letters, as it has of a word that no
    training text holds. A word seen n times is hidden with the chance s / (s + n).

    Args:
        doc: The document that the model will read; its norms are changed in place.
        counts: How often the norms of words stand in the training texts.
        strangeness: The s above; 0 hides nothing.
        draw: Decides which.
    """
    if not strangeness:
        return
    for token in doc:
        if draw.random() < strangeness / (strangeness + counts[token.norm_]):
            token.norm_ = f"§{draw.randrange(_STRANGERS)}"


def part(doc: Doc, draw: random.Random) -> Doc:
    """Takes some paragraphs of a document, so that names stand without their introduction.

    Args:
        doc: The document.
        draw: Decides which: a run of one or more paragraphs, all equally often.

    Returns:
        A document of those paragraphs with their names, or the whole document where one of its
        paragraphs is cut through a name or is shorter than eight tokens.
    """
    borders = [0, *(token.i + 1 for token in doc if "\n" in token.text), len(doc)]
    start = draw.choice(borders[:-1])
    end = draw.choice([border for border in borders if border > start] or [len(doc)])
    through = any(ent.start < border < ent.end for ent in doc.ents for border in (start, end))
    if through or end - start < _SHORTEST:
        return doc
    return doc[start:end].as_doc()


def _example(doc: Doc, draw: random.Random, settings: Settings, counts: Counter[str]) -> Example:
    if draw.random() < settings.parts:
        doc = part(doc, draw)
    if draw.random() < settings.level:
        doc = varied(doc, draw, settings.empty_lines)
    words = [token.text for token in doc]
    read = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
    make_strange(read, counts, settings.strangeness, draw)
    return Example(read, doc)


def _read(paths: dict[str, float], settings: Settings, nlp: Language) -> Iterator[Example]:
    sets = [
        (list(DocBin().from_disk(path).get_docs(nlp.vocab)), share) for path, share in paths.items()
    ]
    counts = Counter(token.norm_ for docs, _ in sets for doc in docs for token in doc)
    draw = random.Random(settings.seed)
    while True:
        turn = [
            doc
            for docs, share in sets
            for doc in [*docs * int(share), *draw.sample(docs, int(share % 1 * len(docs)))]
        ]
        draw.shuffle(turn)
        for doc in turn:
            yield _example(doc, draw, settings, counts)


@spacy.registry.readers("nl_ent_news.varied.v1")
def reader(
    paths: dict[str, float],
    level: float,
    empty_lines: float,
    strangeness: float,
    parts: float,
    seed: int,
) -> "partial[Iterator[Example]]":
    """Makes the reader named in config.cfg: documents without end, never twice the same.

    spaCy's augmenters vary a document once for all epochs when the corpus is read into memory.

    Args:
        paths: Files of training documents, and how often each document of theirs is read while
            all are gone through once; .3 reads another three tenths of them each time.
        level: Share of the documents whose case or empty lines are varied, 0 to 1.
        empty_lines: See `varied`.
        strangeness: See `make_strange`; words are counted in all the files.
        parts: Share of the documents of which some paragraphs are read alone, 0 to 1.
        seed: Of all that is drawn.

    Returns:
        spaCy's kind of reader, for `max_epochs = -1`.
    """
    return partial(_read, paths, Settings(level, empty_lines, strangeness, parts, seed))
