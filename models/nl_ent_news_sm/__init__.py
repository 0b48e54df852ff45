"""nl_ent_news_sm: a small spaCy pipeline that finds names in Dutch news."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

__version__ = "1.3.0"


def load(**overrides: Any) -> "Language":
    """Loads the pipeline, as `spacy.load` does for a model that is a distribution of its own.

    Args:
        overrides: What `spacy.load` takes: `vocab`, `disable`, `enable`, `exclude`, `config`.

    Returns:
        The pipeline: tok2vec, ner and consistency, with the labels PER, ORG, LOC and MISC.
    """
    from spacy.util import load_model_from_init_py

    # Importing it makes its factory known to spaCy, also where the package was only copied.
    from nl_ent_news_sm import consistency  # noqa: F401

    return load_model_from_init_py(Path(__file__), **overrides)
