"""Cleaning: a source text in, a text that a model can read out, every change an edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from wiewatwaar.cleaning.characters import repair_characters, repair_mojibake
from wiewatwaar.cleaning.front_matter import take_front_matter
from wiewatwaar.cleaning.furniture import remove_furniture
from wiewatwaar.cleaning.header import find_title, remove_header
from wiewatwaar.cleaning.html import decode_entities, remove_tags
from wiewatwaar.cleaning.hyphenation import join_broken_words
from wiewatwaar.cleaning.lines import narrow_spaces, normalise_line_ends, trim_lines
from wiewatwaar.cleaning.markup import take_marks
from wiewatwaar.cleaning.paragraphs import join_wrapped_lines, part_sentences
from wiewatwaar.cleaning.stages import Fact, Stage, StageResult
from wiewatwaar.language import language
from wiewatwaar.source_text import SourceText

if TYPE_CHECKING:
    from wiewatwaar.articles import Metadata

__all__ = ["STAGES", "Cleaned", "Fact", "Removal", "Stage", "StageResult", "clean"]

STAGES: Mapping[str, Stage] = {
    "tags": remove_tags,
    "entities": decode_entities,
    "mojibake": repair_mojibake,
    "double mojibake": repair_mojibake,
    "characters": repair_characters,
    "line ends": normalise_line_ends,
    "front matter": take_front_matter,
    "lines": trim_lines,
    "markup": take_marks,
    "header": remove_header,
    "furniture": remove_furniture,
    "empty lines": trim_lines,
    "broken words": join_broken_words,
    "wrapped lines": join_wrapped_lines,
    "sentences": part_sentences,
    "spaces": narrow_spaces,
    "title": find_title,
}
"""The stages by name, in the order in which they run: each sees what the one before it left."""

_SEVERAL = frozenset({"authors", "credits"})


class Removal(NamedTuple):
    """One change that cleaning made, and why.

    Attributes:
        stage: The stage.
        rule: Its rule.
        start: First code point it concerns, in the source.
        end: One past the last, in the source.
        seen: What stood there when the stage ran: earlier stages may have changed it.
        replacement: What came in its place.
    """

    stage: str
    rule: str
    start: int
    end: int
    seen: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text, with what was changed and what was learnt.

    Attributes:
        text: The cleaned text, which knows the source.
        metadata: What the text said about itself: `title`, `published`, `dateline`, `site`, and,
            each several, `authors` and `credits`; and its `language`.
        facts: Where the text said so, with places in the source.
        stages: The stages that cleaned it.
    """

    text: SourceText
    metadata: "Metadata"
    facts: tuple[Fact, ...] = ()
    stages: Mapping[str, Stage] = field(default_factory=lambda: STAGES)

    @property
    def removals(self) -> tuple[Removal, ...]:
        """Every change, by stage and place.

        Found by cleaning the source once more: of a long text there may be millions, and who only
        wants the text need not hold them.
        """
        return tuple(
            Removal(
                stage,
                edit.rule,
                *text.to_source(edit.start, edit.end),
                text.text[edit.start : edit.end],
                edit.replacement,
            )
            for stage, text, result, _ in _steps(self.text.source, self.stages)
            for edit in result.edits
        )


def clean(source: str, stages: Mapping[str, Stage] = STAGES) -> Cleaned:
    """Cleans a text for recognition.

    Args:
        source: The text as it was read.
        stages: The stages by name, in the order in which they run.

    Returns:
        The cleaned text; a span of it leads back to the source by `to_source`.
    """
    facts: list[Fact] = []
    text = SourceText(source)
    for _, seen, result, text in _steps(source, stages):  # noqa: B007 - the last is what is clean
        for fact in result.facts:
            start, end = seen.to_source(fact.start, fact.end)
            facts.append(Fact(fact.field, fact.value, start, end, fact.rule))
    metadata = {**_metadata(facts), "language": language(text.text)}
    return Cleaned(text, metadata, tuple(facts), stages)


def _steps(
    source: str, stages: Mapping[str, Stage]
) -> Iterator[tuple[str, SourceText, StageResult, SourceText]]:
    """The stages by name, the text that each sees, what it asks for, and what comes of it."""
    text = SourceText(source)
    for name, stage in stages.items():
        result = stage(text.text)
        edited = text.edit(result.edits)
        yield name, text, result, edited
        text = edited


def _metadata(facts: list[Fact]) -> "Metadata":
    """The first fact of each field, and all of the fields that hold several."""
    metadata: dict[str, str | tuple[str, ...]] = {}
    for fact in facts:
        if fact.field in _SEVERAL:
            known = metadata.get(fact.field, ())
            metadata[fact.field] = tuple(dict.fromkeys((*known, fact.value)))
        else:
            metadata.setdefault(fact.field, fact.value)
    return metadata
