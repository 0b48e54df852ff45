"""What a run is asked for: the settings that decide what its records hold."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wiewatwaar.defaults import DEFAULT_MODEL, DEFAULT_TYPES
from wiewatwaar.reading.json_lines import USUAL_FIELDS, JsonFields
from wiewatwaar.spans import EntityType

if TYPE_CHECKING:
    from wiewatwaar.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of a pipeline, small enough to send to a worker that loads it.

    Attributes:
        model: Name of an installed spaCy package, or the folder of a spaCy pipeline.
        types: Types of entity that records hold.
        keep_text: Whether records hold their source text.
        dutch_only: Whether a document in another language is a failure.
        fields: What the fields of JSON lines are called.
    """

    model: str = DEFAULT_MODEL
    types: tuple[EntityType, ...] = DEFAULT_TYPES
    keep_text: bool = False
    dutch_only: bool = False
    fields: JsonFields = USUAL_FIELDS

    def load(self) -> "Pipeline":
        """Loads the pipeline that these settings ask for.

        Returns:
            The pipeline.

        Raises:
            wiewatwaar.ModelError: The model is not installed or cannot be used.
        """
        from wiewatwaar.pipeline import Pipeline

        return Pipeline.load(
            self.model,
            self.types,
            self.keep_text,
            self.dutch_only,
            # The same bytes hold another text when another field is read.
            reading="" if self.fields == USUAL_FIELDS else repr(self.fields),
        )


DEFAULTS = Options()
"""The shipped model, and the types of entity that most users want."""
