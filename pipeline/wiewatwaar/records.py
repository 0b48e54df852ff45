"""The record: what the pipeline promises for every input, checked whenever one is made."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

from wiewatwaar.spans import EntityType, FoundBy, MentionForm

SCHEMA_VERSION: Literal["1.0"] = "1.0"

Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Stage = Literal["read", "clean", "language", "recognise", "resolve", "record", "worker"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FailedDocument(_Frozen):
    """What is known of a document that could not be processed."""

    id: str = Field(min_length=1, description="Path below the input directory")
    sha256: Sha256 | None = Field(
        default=None, description="Hash of the bytes read; null when nothing could be read"
    )


class DocumentInfo(_Frozen):
    """What is known of a processed document."""

    id: str = Field(min_length=1, description="Path below the input directory")
    sha256: Sha256 = Field(description="Hash of the bytes the article was read from")
    title: str | None = Field(default=None, description="Title, where the source shows one")
    published: str | None = Field(
        default=None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="ISO date, as precise as the source",
    )
    language: str | None = Field(
        default=None,
        pattern="^[a-z]{2,3}$",
        description="ISO 639 code of the language; und when the text is too short to tell",
    )
    authors: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda value: not value,
        description="Who wrote it, from its byline or its carrier",
    )
    credits: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda value: not value,
        description="Whose pictures and news it shows, from its credits",
    )
    dateline: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="Where the report comes from, as written in front of it",
    )
    site: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="The site, as its page or front matter calls it",
    )
    characters: int = Field(ge=0, description="Code points of the source text")
    words: int = Field(ge=0, description="Words of the cleaned text, split at white space")
    text: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="The source text, when asked for",
    )


class Mention(_Frozen):
    """One place in the source where an entity is named."""

    start: int = Field(ge=0, description="First code point, in the source text")
    end: int = Field(description="One past the last code point, in the source text")
    text: str = Field(min_length=1, description="The source text from start to end")
    form: MentionForm = Field(description="How the name stands there")
    label: str | None = Field(description="What the spaCy model called it; null if it did not")
    found_by: FoundBy = Field(description="Who says that the name is there")

    @model_validator(mode="after")
    def _length_fits(self) -> "Mention":
        if self.end - self.start != len(self.text):
            raise ValueError(f"text of {len(self.text)} code points at {self.start}:{self.end}")
        return self


class Entity(_Frozen):
    """A person, organisation, country or place, with all its mentions."""

    id: str = Field(pattern=r"^e[1-9]\d*$", description="Place in the record: e1, e2, …")
    type: EntityType = Field(description="What it is")
    name: str = Field(min_length=1, description="Canonical name")
    code: str | None = Field(
        default=None,
        pattern="^([A-Z]{2}|[A-Z]{4})$",
        description="ISO 3166-1 alpha-2 code of a country, ISO 3166-3 of a former one",
    )
    former: bool = Field(
        default=False,
        exclude_if=lambda value: not value,
        description="Whether it is a former country",
    )
    aliases: tuple[str, ...] = Field(default=(), description="Other forms found in the document")
    ambiguous_with: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda value: not value,
        description="Ids of the others that this name could also mean",
    )
    mentions: tuple[Mention, ...] = Field(min_length=1, description="In order of place")

    @model_validator(mode="after")
    def _code_fits_type(self) -> "Entity":
        if (self.code is not None) != (self.type == "COUNTRY"):
            raise ValueError(f"{self.type} {self.name!r} with code {self.code!r}")
        return self


class ModelInfo(_Frozen):
    """The spaCy model that was used."""

    name: str = Field(description="Its name, such as nl_ent_news_sm")
    version: str = Field(description="Its version")


class PipelineInfo(_Frozen):
    """The pipeline that made the record."""

    version: str = Field(description="Version of wiewatwaar")
    fingerprint: str = Field(description="Hash of code, model, lexicon and options")


class Record(_Frozen):
    """What was found in one document.

    Make one with `Record.of`, which checks every mention against the source text. A record that
    keeps its text (`document.text`) is checked against it however it is made.
    """

    schema_version: Literal["1.0"] = Field(
        default=SCHEMA_VERSION, description="Version of the form of a record"
    )
    status: Literal["ok"] = Field(default="ok", description="The document was processed")
    document: DocumentInfo = Field(description="What is known of the document")
    entities: tuple[Entity, ...] = Field(default=(), description="In order of first mention")
    model: ModelInfo = Field(description="The spaCy model that was used")
    pipeline: PipelineInfo = Field(description="What made the record")

    @classmethod
    def of(
        cls,
        source: str,
        *,
        document: DocumentInfo,
        entities: Sequence[Entity],
        model: ModelInfo,
        pipeline: PipelineInfo,
    ) -> "Record":
        """Makes a record that is true about its source.

        Args:
            source: The source text that the mentions point into.
            document: What is known of the document.
            entities: In order of first mention.
            model: The spaCy model that was used.
            pipeline: The pipeline that was used.

        Returns:
            The record.

        Raises:
            pydantic.ValidationError: A mention's text is not what stands at its place.
        """
        fields = {
            "document": document,
            "entities": tuple(entities),
            "model": model,
            "pipeline": pipeline,
        }
        return cls.model_validate(fields, context={"source": source})

    @model_validator(mode="after")
    def _true_about_its_source(self, info: ValidationInfo) -> "Record":
        context: dict[str, Any] = info.context or {}
        source = context.get("source", self.document.text)
        if self.document.text is not None and source != self.document.text:
            raise ValueError("document.text is not the source text")
        if source is not None and len(source) != self.document.characters:
            raise ValueError(f"{len(source)} characters, not {self.document.characters}")
        places: set[tuple[int, int]] = set()
        first_mentions: list[int] = []
        for number, entity in enumerate(self.entities, start=1):
            if entity.id != f"e{number}":
                raise ValueError(f"entity {number} is called {entity.id}")
            first_mentions.append(entity.mentions[0].start)
            before = -1
            for mention in entity.mentions:
                place = (mention.start, mention.end)
                if mention.end > self.document.characters:
                    raise ValueError(f"{mention.text!r} at {place} is outside the document")
                if source is not None and source[mention.start : mention.end] != mention.text:
                    raise ValueError(f"{mention.text!r} does not stand at {place}")
                if place in places or mention.start < before:
                    raise ValueError(f"{mention.text!r} at {place} is double or out of order")
                places.add(place)
                before = mention.start
        if first_mentions != sorted(first_mentions):
            raise ValueError("entities are not in order of first mention")
        return self


class Failure(_Frozen):
    """A document that could not be processed, and what to do about it."""

    schema_version: Literal["1.0"] = Field(
        default=SCHEMA_VERSION, description="Version of the form of a record"
    )
    status: Literal["failed"] = Field(default="failed", description="It could not be processed")
    document: FailedDocument = Field(description="What is known of the document")
    stage: Stage = Field(description="Where it failed")
    error: str = Field(min_length=1, description="Name of the error")
    message: str = Field(min_length=1, description="What was wrong and what to do")


class RunSummary(_Frozen):
    """What a run did: `documents == ok + failed`, always."""

    documents: int = Field(ge=0)
    ok: int = Field(ge=0)
    failed: int = Field(ge=0)
    failed_by_stage: dict[str, int] = Field(default_factory=dict)
    reused: int = Field(default=0, ge=0, description="Of the ok ones, made by an earlier run")
    words: int = Field(ge=0)
    seconds: float = Field(ge=0)
    words_per_second: float = Field(
        default=0, ge=0, description="Of the words that earlier runs had not done"
    )
    peak_memory_bytes: int = Field(
        default=0, ge=0, description="Of the worker that took most; 0 when none was needed"
    )

    @model_validator(mode="after")
    def _adds_up(self) -> "RunSummary":
        if self.documents != self.ok + self.failed:
            raise ValueError(f"{self.documents} documents, {self.ok} ok, {self.failed} failed")
        if sum(self.failed_by_stage.values()) != self.failed:
            raise ValueError(f"{self.failed} failed, by stage {self.failed_by_stage}")
        return self


AnyRecord = Annotated[Record | Failure, Field(discriminator="status")]
"""One line of an output file."""

any_record: TypeAdapter[Record | Failure] = TypeAdapter(AnyRecord)
"""Reads one line of an output file: `any_record.validate_json(line)`."""
