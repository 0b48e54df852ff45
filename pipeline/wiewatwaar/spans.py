"""Spans over cleaned text: what passes from recognition to mentions to entities.

All offsets are half-open and count code points of the cleaned text. These are plain dataclasses and
tuples, not pydantic models: they live in the inner loop, and only the finished record is validated.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

EntityType = Literal["PERSON", "ORGANISATION", "COUNTRY", "LOCATION"]
"""The types of entity a record holds."""

SpanType = Literal["PERSON", "ORGANISATION", "LOCATION", "OTHER"]
"""What a model's label says about a span; OTHER is a name of something else, or a demonym."""

MentionForm = Literal["name", "demonym", "compound", "possessive", "member"]
"""How a name stands in the text."""

FoundBy = Literal["model", "lexicon"]
"""Who says that the name is there."""


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A span that the spaCy model named.

    Attributes:
        start: First code point, in the cleaned text.
        end: One past the last code point.
        type: What the label means to us.
        label: The label as the model gave it, such as `PER` or `GPE`.
    """

    start: int
    end: int
    type: SpanType
    label: str


class ResolvedMention(NamedTuple):
    """One place where an entity is named, resolved as far as the mention alone allows.

    Attributes:
        start: First code point, in the cleaned text.
        end: One past the last code point; an ending of possession is outside.
        type: The type of entity.
        form: How the name stands there.
        label: What the model called the span that covers the mention, if it named one.
        found_by: `model` when the model's own span is the mention, else `lexicon`.
        name: The name to group by: the canonical name where the lexicon knows it (`NAVO` for
            `Navo`, `Hongarije` for `Hongaarse`), else the text of the mention.
        code: ISO 3166-1 alpha-2 code of a country (ISO 3166-3 of a former one).
        former: Whether it is a former country.
    """

    start: int
    end: int
    type: EntityType
    form: MentionForm
    label: str | None
    found_by: FoundBy
    name: str
    code: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class EntityGroup:
    """The mentions of one person, organisation, country or place.

    Attributes:
        type: The type of entity.
        name: Its canonical name.
        mentions: Its mentions in order of place, at least one.
        code: ISO code of a country.
        former: Whether it is a former country.
        ambiguous_with: Places in the list of groups (counting from 0) of the others that this
            bare surname could also be.
    """

    type: EntityType
    name: str
    mentions: tuple[ResolvedMention, ...]
    code: str | None = None
    former: bool = False
    ambiguous_with: tuple[int, ...] = ()
