"""Finds names in cleaned text with a spaCy pipeline for Dutch: ours, nl_core_news_*, any other."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import get_args

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import load_config, load_meta
from thinc.api import use_ops

from wiewatwaar.defaults import DEFAULT_MODEL
from wiewatwaar.errors import UserError
from wiewatwaar.lexicon_files import rows
from wiewatwaar.pieces import pieces
from wiewatwaar.quick_tok2vec import quicken
from wiewatwaar.regulars import Regulars
from wiewatwaar.spans import NamedSpan, SpanType

_NAMING_FACTORIES = frozenset({"ner", "beam_ner", "entity_ruler", "span_ruler"})
_LISTENED_TO = frozenset({"tok2vec", "transformer", "curated_transformer"})
_LANGUAGES = frozenset({"nl", "xx"})

# A piece this long takes some 50 MB while tok2vec runs; spaCy itself stops at 1,000,000.
MAX_PIECE_CHARACTERS = 50_000
MAX_BATCH_CHARACTERS = 100_000

_BATCH_SENTENCES = 256
_BLOCK_BYTES = 1024 * 1024
_BATCH_TEXTS = 128

# Words that stay in the vocabulary for good, with how they are split: some 500 bytes each. The
# first ones stay at once, later ones when they come again.
_KEPT_WORDS = 20_000
_KEPT_AT_ONCE = 16_000

# spaCy's table of strings grows with words that came and went: it is made anew after so many.
_WORDS_BEFORE_TIDYING = 100_000


class ModelError(UserError):
    """A model that is not there, or that cannot be used; says what to do in one line."""


@cache
def label_types() -> dict[str, SpanType | None]:
    """What each known label of a model means; None for amounts, dates and numbers.

    Returns:
        Types by label, from `lexicon/labels.tsv`.
    """
    known = get_args(SpanType)
    return {label: kind if kind in known else None for label, kind in rows("labels.tsv")}  # type: ignore[misc]


class Recogniser:
    """A loaded spaCy pipeline, with only the parts of it that find names.

    Attributes:
        name: Name of the model, as `nl_core_news_sm`.
        version: Its version.
        digest: Hash of what decides its answers, in hexadecimal.
    """

    def __init__(self, nlp: Language, name: str, version: str, digest: str = "") -> None:
        """Takes a pipeline that is already loaded.

        Args:
            nlp: A spaCy pipeline whose components set `doc.ents`.
            name: What to call it in records.
            version: Its version.
            digest: Hash of its weights and configuration.

        Raises:
            ModelError: Its labels are of no known family.
        """
        self._nlp = nlp
        self.name = name
        self.version = version
        self.digest = digest
        self._types = _types_of(_labels(nlp), name)
        self._split_words: set[str] = set()
        self._regulars: Regulars[str] = Regulars(_KEPT_AT_ONCE, _KEPT_WORDS)
        self._words_when_tidied = len(nlp.vocab)
        if isinstance(nlp.tokenizer, Tokenizer):
            nlp.tokenizer.max_cache_size = _KEPT_WORDS

    @classmethod
    def load(cls, model: str = DEFAULT_MODEL, whole: bool = False) -> "Recogniser":
        """Loads a pipeline by package name or by path.

        Args:
            model: Name of an installed package, or a folder that spaCy wrote.
            whole: Whether to load all its components, as spaCy does by itself, also those that
                only change what was named before. A record needs none of these.

        Returns:
            The recogniser.

        Raises:
            ModelError: It is not installed, is not for Dutch, or names nothing.
        """
        path = model_path(model)
        meta = load_meta(path / "meta.json")
        if meta["lang"] not in _LANGUAGES:
            raise ModelError(f"model {model} is for language {meta['lang']!r}, not for Dutch (nl)")
        needed = needed_components(path)
        unneeded = [name for name in load_config(path / "config.cfg")["nlp"]["pipeline"]]
        exclude = [name for name in unneeded if not whole and name not in needed]
        # NumPy's OpenBLAS runs tok2vec nearly twice as fast as blis, which thinc takes by itself.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(path, exclude=exclude)
        quicken(nlp)
        name = f"{meta['lang']}_{meta['name']}"
        return cls(nlp, name, meta["version"], _digest(path, exclude))

    def spans(self, texts: Sequence[str]) -> Iterator[list[NamedSpan]]:
        """Finds the names in texts.

        Args:
            texts: Cleaned texts, each of any length: a long one goes through the model in
                pieces that end with a paragraph.

        Yields:
            For each text its named spans, in order of place, without overlaps.
        """
        parts = [
            (number, start, part)
            for number, text in enumerate(texts)
            for start, part in pieces(text, MAX_PIECE_CHARACTERS)
        ]
        found: list[list[NamedSpan]] = [[] for _ in texts]
        for batch in _batches(parts):
            shown = [_with_single_line_ends(part) for _, _, part in batch]
            self._split_once(shown)
            with self._nlp.memory_zone():
                docs = self._nlp.pipe(shown, batch_size=_BATCH_TEXTS)
                for (number, start, _), doc in zip(batch, docs, strict=True):
                    found[number].extend(self._named(doc, start))
            self._tidy()
        yield from found

    def spans_of_words(
        self, texts: Iterable[Sequence[tuple[str, bool]]]
    ) -> Iterator[list[NamedSpan]]:
        """Finds the names in texts whose words are given, as in an annotated corpus.

        Args:
            texts: For each text its words, each with whether a space follows.

        Yields:
            For each text its named spans, in order of place, over the words put together.
        """
        remaining = iter(texts)
        while batch := list(islice(remaining, _BATCH_SENTENCES)):
            with self._nlp.memory_zone():
                docs = (
                    Doc(self._nlp.vocab, [word for word, _ in text], [space for _, space in text])
                    for text in batch
                )
                found = [list(self._named(doc, 0)) for doc in self._nlp.pipe(docs)]
            yield from found

    def _split_once(self, texts: Sequence[str]) -> None:
        """Has spaCy split each word that is to stay by itself, so that it remembers how.

        In a text it remembers none of the words behind one that is a special case to it. All other
        words leave the vocabulary with their batch, so that memory stays flat.
        """
        new = set().union(*(text.split() for text in texts)) - self._split_words
        for word in (kept := self._regulars.take(sorted(new))):
            self._nlp.tokenizer(word)
        self._split_words.update(kept)

    def _tidy(self) -> None:
        """Makes the table of strings anew: what leaves it leaves its place behind, unused."""
        vocab = self._nlp.vocab
        # This counts the words that left, too.
        if len(vocab) - self._words_when_tidied > _WORDS_BEFORE_TIDYING:
            vocab.strings.from_bytes(vocab.strings.to_bytes())
            self._words_when_tidied = len(vocab)

    def _named(self, doc: Doc, offset: int) -> Iterator[NamedSpan]:
        for ent in doc.ents:
            kind = self._types.get(ent.label_)
            if kind is not None:
                for start, end in lines_of(ent.text, ent.start_char):
                    yield NamedSpan(start + offset, end + offset, kind, ent.label_)


def model_path(model: str) -> Path:
    """Finds the folder of a model.

    Args:
        model: Name of an installed package, or a folder.

    Returns:
        The folder with its `config.cfg`.

    Raises:
        ModelError: There is none.
    """
    folder = Path(model)
    if (folder / "config.cfg").is_file():
        return folder
    if not model.isidentifier():
        raise ModelError(f"no spaCy pipeline at {model}: no config.cfg there")
    if find_spec(model) is None:
        raise ModelError(f"model {model} is not installed: {install_command(model)}")
    package = import_module(model)
    if package.__file__ is not None:
        for config in sorted(Path(package.__file__).parent.glob(f"{model}-*/config.cfg")):
            return config.parent
    raise ModelError(f"package {model} holds no spaCy pipeline")


def install_command(model: str) -> str:
    """The command that installs a model, for an error message."""
    if "_core_" in model or "_ent_" in model:
        return f"python -m spacy download {model}"
    return f"pip install {model}, or give the path of a spaCy pipeline"


def needed_components(path: Path) -> list[str]:
    """The components of a pipeline that name things, with what they listen to.

    Args:
        path: Folder of the pipeline.

    Returns:
        Names of components, in order.
    """
    config = load_config(path / "config.cfg")
    components = config["components"]
    naming = [
        name
        for name in config["nlp"]["pipeline"]
        if components[name].get("factory") in _NAMING_FACTORIES
    ]
    listens = any("Listener" in str(components[name].get("model", "")) for name in naming)
    return [
        name
        for name in config["nlp"]["pipeline"]
        if name in naming or (listens and components[name].get("factory") in _LISTENED_TO)
    ]


def _labels(nlp: Language) -> set[str]:
    return {label for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}


def _types_of(labels: Iterable[str], name: str) -> dict[str, SpanType | None]:
    """The type of each label of a model; a label we do not know is some other name."""
    known = label_types()
    types = {label: known.get(label, "OTHER") for label in labels}
    if not {"PERSON", "ORGANISATION", "LOCATION"} & set(types.values()):
        listed = ", ".join(sorted(types)) or "none"
        raise ModelError(
            f"model {name} has labels {listed}: not CoNLL's (PER, ORG, LOC) "
            "nor OntoNotes' (PERSON, ORG, GPE)"
        )
    return types


def _with_single_line_ends(text: str) -> str:
    """Shows an empty line as the end of one, as the corpora have it that models learn from.

    A space takes the place of the other newline, so that all places hold.
    """
    return text.replace("\n\n", " \n")


def lines_of(name: str, start: int) -> Iterator[tuple[int, int]]:
    """Parts a name at line ends: none runs on in the next paragraph.

    Args:
        name: What the model named.
        start: Its first code point.

    Yields:
        The span of each part that is on one line, without white space around it.
    """
    for line in name.split("\n"):
        part = line.strip()
        if part:
            first = start + line.index(part)
            yield first, first + len(part)
        start += len(line) + 1


def _digest(path: Path, left_out: Sequence[str]) -> str:
    """Hash of the files of a pipeline, but for those of components that are not loaded."""
    names = {file.relative_to(path).as_posix(): file for file in path.rglob("*")}
    digest = hashlib.sha256()
    for name, file in sorted(names.items()):
        if name.partition("/")[0] in left_out or not file.is_file():
            continue
        digest.update(f"{name}\n{file.stat().st_size}\n".encode())
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
    return digest.hexdigest()


def _batches(parts: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    """Groups pieces of text so that a batch stays below a number of characters."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for part in parts:
        if batch and size + len(part[2]) > MAX_BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += len(part[2])
    if batch:
        yield batch
