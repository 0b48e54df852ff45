"""Cleaning: a source text in, a text that a model can read out, every change an edit."""

from collections.abc import Mapping
from dataclasses import dataclass

from wiewatwaar.cleaning.characters import repair_characters, repair_mojibake
from wiewatwaar.cleaning.furniture import find_title, remove_date_line, remove_header
from wiewatwaar.cleaning.lines import join_broken_words, normalise_line_ends, trim_lines
from wiewatwaar.cleaning.markup import take_front_matter, take_marks
from wiewatwaar.cleaning.stages import Stage, StageResult
from wiewatwaar.source_text import SourceText

__all__ = ["STAGES", "Cleaned", "Removal", "Stage", "StageResult", "clean"]

STAGES: dict[str, Stage] = {
    "mojibake": repair_mojibake,
    "characters": repair_characters,
    "line ends": normalise_line_ends,
    "trimmed lines": trim_lines,
    "front matter": take_front_matter,
    "markup": take_marks,
    "header": remove_header,
    "date line": remove_date_line,
    "title": find_title,
    "broken words": join_broken_words,
}
"""The stages by name, in the order in which they run: each sees what the one before it left."""


@dataclass(frozen=True, slots=True)
class Removal:
    """One change that cleaning made, and why.

    Attributes:
        stage: The stage.
        rule: Its rule.
        start: First code point it concerns, in the source.
        end: One past the last, in the source.
        replacement: What came in its place.
    """

    stage: str
    rule: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text, with what was changed and what was learnt.

    Attributes:
        text: The cleaned text, which knows the source.
        metadata: What the text said about itself: `title`, `published`.
        removals: Every change, by stage and place.
    """

    text: SourceText
    metadata: Mapping[str, str]
    removals: tuple[Removal, ...]


def clean(source: str) -> Cleaned:
    """Cleans a text for recognition.

    Args:
        source: The text as it was read.

    Returns:
        The cleaned text; a span of it leads back to the source by `to_source`.
    """
    text = SourceText(source)
    metadata: dict[str, str] = {}
    removals: list[Removal] = []
    for name, stage in STAGES.items():
        result = stage(text.text)
        for edit in result.edits:
            start, end = text.to_source(edit.start, edit.end)
            removals.append(Removal(name, edit.rule, start, end, edit.replacement))
        text = text.edit(result.edits)
        metadata = {**result.metadata, **metadata}
    return Cleaned(text, metadata, tuple(removals))
