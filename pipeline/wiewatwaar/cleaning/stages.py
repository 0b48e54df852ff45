"""What a stage of cleaning is: a pure function from a text to the edits it asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from wiewatwaar.source_text import Edit


@dataclass(frozen=True, slots=True)
class StageResult:
    """What a stage makes of a text.

    Attributes:
        edits: Changes, in the coordinates of the text that the stage was given.
        metadata: What the text said about itself: `title`, `published`.
    """

    edits: Sequence[Edit] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


Stage = Callable[[str], StageResult]
