"""The record of a document inside spaCy: `nlp.add_pipe("wiewatwaar")`, then `doc._.wiewatwaar`.

For who has a spaCy pipeline already. What finds names is that pipeline, whatever it is made of:
its `doc.ents` are read and left as they are. Offsets of the record count code points of
`doc.text`, `doc.text[start:end] == text`.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import Cleaned, clean
from wiewatwaar.defaults import DEFAULT_TYPES
from wiewatwaar.entities import group
from wiewatwaar.mentions import resolve
from wiewatwaar.pipeline import code_digest
from wiewatwaar.recognition import label_types, lines_of
from wiewatwaar.record_making import document_of, entities_of
from wiewatwaar.records import ModelInfo, PipelineInfo, Record
from wiewatwaar.source_text import SourceText
from wiewatwaar.spans import EntityType, NamedSpan
from wiewatwaar.version import VERSION

FACTORY = EXTENSION = "wiewatwaar"
"""The name of the component, and of what it gives a document."""


@Language.factory(
    FACTORY,
    default_config={"types": list(DEFAULT_TYPES), "clean": True, "keep_text": False},
    assigns=["doc._.wiewatwaar"],
    requires=["doc.ents"],
)
def make(
    nlp: Language, name: str, types: list[EntityType], clean: bool, keep_text: bool
) -> "Component":
    """Makes the component; spaCy calls this.

    Args:
        nlp: The pipeline that it becomes a part of.
        name: What it is called there.
        types: Types of entity that records hold.
        clean: Whether names are read in the text without the furniture of a page, its words and
            lines joined, as the command line reads them. What the pipeline named in furniture is
            then no mention. Without it `doc.text` is read as it is.
        keep_text: Whether records hold `doc.text`.

    Returns:
        The component.
    """
    register()
    model = ModelInfo(name=f"{nlp.lang}_{nlp.meta['name']}", version=nlp.meta["version"])
    return Component(model, types, clean, keep_text)


def register() -> None:
    """Lets documents have `doc._.wiewatwaar`: stored ones too, where no pipeline is loaded."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, getter=record)


def record(doc: Doc) -> Record | None:
    """The record of a document.

    Args:
        doc: The document.

    Returns:
        Its record, checked against `doc.text`; None when the component has not seen it. Each call
        reads it again, so keep it when you want it more than once.
    """
    written = doc.user_data.get(EXTENSION)
    if written is None:
        return None
    return Record.model_validate_json(written, context={"source": doc.text})


class Component:
    """Makes the record of a document out of its text and its `doc.ents`.

    The record is kept in `doc.user_data` as JSON, so that it goes wherever the document goes: to
    another process and back, and into a DocBin that stores user data.
    """

    def __init__(
        self, model: ModelInfo, types: Collection[EntityType], clean: bool, keep_text: bool
    ) -> None:
        """Takes what decides a record.

        Args:
            model: The pipeline that finds the names.
            types: Types of entity that records hold.
            clean: Whether names are read in the cleaned text.
            keep_text: Whether records hold their source text.
        """
        self._model = model
        self._types = frozenset(types)
        self._clean = clean
        self._keep_text = keep_text
        parts = [code_digest(), model.name, model.version, *sorted(types), f"{clean} {keep_text}"]
        fingerprint = hashlib.sha256("\n".join(["in spaCy", *parts]).encode()).hexdigest()[:16]
        self._info = PipelineInfo(version=VERSION, fingerprint=fingerprint)

    def __call__(self, doc: Doc) -> Doc:
        """Gives a document its record.

        Args:
            doc: A document that other components have found names in. It is called by the `id` of
                its `user_data`, when there is one.

        Returns:
            The same document.
        """
        article = Article.from_text(doc.text, id=str(doc.user_data.get("id") or "text"))
        cleaned = clean(doc.text) if self._clean else Cleaned(SourceText(doc.text), {}, ())
        text = cleaned.text.text
        groups = group(resolve(text, list(_spans(doc, cleaned.text))), text)
        made = Record.of(
            doc.text,
            document=document_of(article, cleaned, self._keep_text),
            entities=entities_of(cleaned.text, groups, self._types),
            model=self._model,
            pipeline=self._info,
        )
        doc.user_data[EXTENSION] = made.model_dump_json()
        return doc

    def to_disk(self, path: object, exclude: Sequence[str] = ()) -> None:
        """Has nothing to write: its settings are in the pipeline's configuration."""

    def from_disk(self, path: object, exclude: Sequence[str] = ()) -> "Component":
        """Has nothing to read."""
        return self

    def to_bytes(self, exclude: Sequence[str] = ()) -> bytes:
        """Has nothing to write."""
        return b""

    def from_bytes(self, written: bytes, exclude: Sequence[str] = ()) -> "Component":
        """Has nothing to read."""
        return self


def _spans(doc: Doc, text: SourceText) -> Iterator[NamedSpan]:
    """What the pipeline named, at its places in the cleaned text.

    A label that we do not know is a name of something else.
    """
    for ent in doc.ents:
        kind = label_types().get(ent.label_, "OTHER")
        cleaned = text.to_cleaned(ent.start_char, ent.end_char)
        if kind is None or cleaned is None:
            continue
        first, last = cleaned
        for start, end in lines_of(text.text[first:last], first):
            yield NamedSpan(start, end, kind, ent.label_)
