"""What a stage of cleaning is: a pure function from a text to what it asks to change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wiewatwaar.source_text import Edit


class Fact(NamedTuple):
    """Something a text says about itself.

    Attributes:
        field: What it is: `title`, `published`, `authors`, `credits`, `dateline`, `language`.
        value: What the text says, a date in its ISO form.
        start: First code point of where it says so.
        end: One past the last.
        rule: Name of the rule that read it.
    """

    field: str
    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage makes of a text.

    Attributes:
        edits: Changes, in the coordinates of the text that the stage was given.
        facts: What the text said about itself, best first, in the same coordinates.
    """

    edits: Sequence[Edit] = ()
    facts: Sequence[Fact] = ()


Stage = Callable[[str], StageResult]
