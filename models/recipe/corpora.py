"""Reads the annotated corpora into spaCy documents."""

import hashlib
import json
import lzma
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
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


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of an annotated file: JSONL with `id`, `text` and `spans`."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def documents(nlp: Language, articles: Iterable[dict[str, Any]]) -> Iterator[Doc]:
    """Makes documents of annotated articles.

    A span that does not fall on the borders of tokens takes the tokens that hold it.

    Args:
        nlp: The pipeline that tokenises.
        articles: Articles with `text` and `spans` of [start, end, label].

    Yields:
        One document an article, in order.
    """
    for article in articles:
        doc = nlp.make_doc(article["text"])
        spans = (
            doc.char_span(start, end, label, alignment_mode="expand")
            for start, end, label in article["spans"]
        )
        doc.ents = filter_spans([span for span in spans if span is not None])
        yield doc


_MARK = re.compile(r"\[(PER|ORG|LOC|MISC) ([^\[\]]+)\]")
_HEADING = re.compile(r"(?m)^=== (?P<id>\S+) \| (?P<register>\S+) \| (?P<date>\S+)\n")


def read_marked(path: Path) -> Iterator[dict[str, Any]]:
    """Reads articles with their names in brackets.

    As in: `[PER Fatma Özdemir] kwam naar [LOC Gent].`

    Args:
        path: A file with a line `=== id | register | date` above each article.

    Yields:
        Articles as the lines of the news corpus have them: `id`, `date`, `text` and `spans` of
        [start, end, label], half-open, in code points; and their `register`.
    """
    _, *parts = _HEADING.split(path.read_text("utf-8"))
    for first in range(0, len(parts), 4):
        identifier, register, date, marked = parts[first : first + 4]
        text, spans, done = "", [], 0
        marked = marked.strip("\n")
        for mark in _MARK.finditer(marked):
            text += marked[done : mark.start()]
            spans.append([len(text), len(text) + len(mark[2]), mark[1]])
            text += mark[2]
            done = mark.end()
        text += marked[done:]
        yield {
            "id": identifier,
            "register": register,
            "date": date,
            "text": text,
            "spans": spans,
        }


def raw_items(path: Path) -> Iterator[str]:
    """The texts of the raw news: title, newline, paragraphs, one a line."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            text = f"{item['title'].strip()}\n{item['text'].strip()}"
            yield re.sub(r"\n\s*\n+", "\n", text)


def key_of(text: str) -> str:
    """What identifies a text in a file of annotations that stand apart from their texts."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_stand_off(annotations: Path, raw: Path) -> Iterator[dict[str, Any]]:
    """Puts annotations beside the texts they are of, which are not in this repository.

    Args:
        annotations: Lines of `{"text": key, "spans": [[start, end, label]]}`.
        raw: The raw news.

    Yields:
        Articles as the lines of the news corpus have them, in the order of the raw news.

    Raises:
        ValueError: A text is not among the raw news.
    """
    with annotations.open(encoding="utf-8") as lines:
        spans = {one["text"]: one["spans"] for one in map(json.loads, lines)}
    for text in raw_items(raw):
        key = key_of(text)
        if key in spans:
            yield {"id": key, "text": text, "spans": spans.pop(key)}
    if spans:
        raise ValueError(f"{len(spans)} annotated texts are not in {raw}")


def word_forms(docs: Iterable[Doc]) -> set[str]:
    """All words that training may meet: those of the documents, and as their case is varied."""
    words = {token.text for doc in docs for token in doc}
    return words | {word.lower() for word in words} | {word.upper() for word in words}
