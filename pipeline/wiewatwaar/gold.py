"""Reads annotated text: CoNLL columns, spaCy's own files, and JSON lines with spans."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from wiewatwaar.errors import UserError

_TAG = re.compile(r"O|([BI])-(\S+)")
_OPENING = frozenset("([„“‘")
_CLOSING = frozenset(".,:;?!)]”’")


class GoldError(UserError):
    """Annotated text that cannot be used; says where and what to do in one line."""


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """A name, as a person annotated it.

    Attributes:
        start: First code point, in the text.
        end: One past the last code point.
        label: What kind of name, in the words of the annotation, such as `PER`.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated sentence or article.

    Attributes:
        place: Where it stands, such as `dev.conll:12`.
        text: The text.
        spans: Its names, in order of place, without overlaps.
        words: Its words, each with whether a space follows, where the annotation has words of
            its own; together they are the text.
    """

    place: str
    text: str
    spans: tuple[GoldSpan, ...]
    words: tuple[tuple[str, bool], ...] = ()


def read(path: str) -> Iterator[GoldText]:
    """Reads annotated texts.

    Args:
        path: A `.spacy` file (DocBin); a `.jsonl` file with `text` and `spans`, a list of
            `[start, end, label]` in code points; any other file with a word and its IOB2 tag on
            a line, and a blank line between sentences; or a directory with such files.

    Yields:
        The texts, in order; the files of a directory by name.

    Raises:
        GoldError: There is nothing to read, or something in it is not as it should be.
    """
    root = Path(path)
    files = [root]
    if root.is_dir():
        files = sorted(one for one in root.rglob("*") if one.is_file() and one.suffix in _READERS)
        if not files:
            raise GoldError(f"no annotated text in {path}: it may end with {', '.join(_READERS)}")
    for file in files:
        try:
            yield from _READERS.get(file.suffix, _conll)(file)
        except (OSError, UnicodeDecodeError) as error:
            raise GoldError(f"cannot read {file}: {error}") from error


def spans_of_tags(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Reads names off a row of IOB2 tags.

    Args:
        tags: Such as `O B-PER I-PER O`.

    Returns:
        For each name its first word, the one past its last, and its label.

    Raises:
        ValueError: A tag is no IOB2 tag, or an `I-` continues no name. The text says which.
    """
    names: list[tuple[int, int, str]] = []
    for place, tag in enumerate(tags):
        found = _TAG.fullmatch(tag)
        if found is None:
            raise ValueError(f"{tag!r} is no tag: write O, B-LABEL or I-LABEL")
        begins, label = found.groups()
        if begins == "B":
            names.append((place, place + 1, label))
        elif begins == "I":
            if not names or names[-1][1:] != (place, label):
                raise ValueError(f"{tag} continues no name: a name begins with B- (IOB2)")
            names[-1] = (names[-1][0], place + 1, label)
    return names


def _conll(path: Path) -> Iterator[GoldText]:
    rows: list[tuple[str, str]] = []
    first = 1
    lines = path.read_text("utf-8-sig").split("\n")
    for number, line in enumerate([*lines, ""], start=1):
        cells = line.strip("\r").split("\t") if "\t" in line else line.split()
        if not any(cells) or cells[0] == "-DOCSTART-":
            if rows:
                yield _sentence(path, first, rows)
            rows, first = [], number + 1
        elif len(cells) < 2 or not cells[0]:
            raise GoldError(f"{path}:{number}: a word and its tag are needed, with a tab between")
        else:
            rows.append((cells[0], cells[-1].strip()))


def _sentence(path: Path, first: int, rows: Sequence[tuple[str, str]]) -> GoldText:
    try:
        names = spans_of_tags([tag for _, tag in rows])
    except ValueError as error:
        raise GoldError(f"sentence at {path}:{first}: {error}") from error
    words = _spaced([word for word, _ in rows])
    starts, end = [], 0
    for word, space in words:
        starts.append(end)
        end += len(word) + space
    return GoldText(
        f"{path.name}:{first}",
        "".join(word + " " * space for word, space in words),
        tuple(
            GoldSpan(starts[begin], starts[end - 1] + len(words[end - 1][0]), label)
            for begin, end, label in names
        ),
        words,
    )


def _spaced(words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Guesses the spaces that columns lose: none inside brackets, or before what closes."""
    following = [*words[1:], "."]
    return tuple(
        (word, word not in _OPENING and after not in _CLOSING)
        for word, after in zip(words, following, strict=True)
    )


def _doc_bin(path: Path) -> Iterator[GoldText]:
    import spacy
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_disk(path).get_docs(spacy.blank("nl").vocab))
    except OSError:
        raise
    # Bytes of something else fail in zlib, in msgpack or in spaCy, each with errors of its own.
    except Exception as error:
        raise GoldError(f"{path} is no file of spaCy documents (DocBin): {error}") from error
    for number, doc in enumerate(docs, start=1):
        yield GoldText(
            f"{path.name}:{number}",
            doc.text,
            tuple(GoldSpan(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents),
            tuple((token.text, bool(token.whitespace_)) for token in doc),
        )


def _json_lines(path: Path) -> Iterator[GoldText]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _article(f"{path.name}:{number}", orjson.loads(line))
        except ValueError as error:
            raise GoldError(f"{path}:{number}: {error}") from error


def _article(place: str, fields: Any) -> GoldText:  # noqa: ANN401 - whatever JSON may hold
    text = fields.get("text") if isinstance(fields, dict) else None
    if not isinstance(text, str) or not isinstance(fields.get("spans"), list):
        raise ValueError('an object with "text" and "spans" is needed')
    spans = sorted(_json_spans(fields["spans"]), key=lambda span: span.start)
    before = 0
    for span in spans:
        if not before <= span.start < span.end <= len(text):
            raise ValueError(
                f"span {span.start}:{span.end} is empty, outside the text, or overlaps another"
            )
        before = span.end
    return GoldText(place, text, tuple(spans))


def _json_spans(spans: Iterable[object]) -> Iterator[GoldSpan]:
    for span in spans:
        match span:
            case [int(start), int(end), str(label)]:
                yield GoldSpan(start, end, label)
            case _:
                raise ValueError(f"span {span!r} is not [start, end, label]")


_READERS: dict[str, Callable[[Path], Iterator[GoldText]]] = {
    ".jsonl": _json_lines,
    ".spacy": _doc_bin,
    ".conll": _conll,
    ".iob": _conll,
    ".iob2": _conll,
    ".bio": _conll,
    ".tsv": _conll,
}
