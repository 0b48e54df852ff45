"""Wie, wat, waar: people, organisations and countries out of Dutch text, as validated records."""

from importlib import import_module
from typing import TYPE_CHECKING

from wiewatwaar.version import VERSION

__version__ = VERSION

if TYPE_CHECKING:
    from wiewatwaar.articles import Article
    from wiewatwaar.errors import UserError
    from wiewatwaar.inputs import InputError, read
    from wiewatwaar.outputs import OutputError
    from wiewatwaar.pipeline import Pipeline, StageError
    from wiewatwaar.recognition import ModelError
    from wiewatwaar.records import (
        DocumentInfo,
        Entity,
        FailedDocument,
        Failure,
        Mention,
        ModelInfo,
        PipelineInfo,
        Record,
        RunSummary,
    )

# spaCy and pydantic take a second to import: a name is fetched when it is first asked for.
_MODULES = {
    "Article": "articles",
    "DocumentInfo": "records",
    "Entity": "records",
    "FailedDocument": "records",
    "Failure": "records",
    "InputError": "inputs",
    "Mention": "records",
    "ModelError": "recognition",
    "ModelInfo": "records",
    "OutputError": "outputs",
    "Pipeline": "pipeline",
    "PipelineInfo": "records",
    "Record": "records",
    "RunSummary": "records",
    "StageError": "pipeline",
    "UserError": "errors",
    "read": "inputs",
}

__all__ = [
    "Article",
    "DocumentInfo",
    "Entity",
    "FailedDocument",
    "Failure",
    "InputError",
    "Mention",
    "ModelError",
    "ModelInfo",
    "OutputError",
    "Pipeline",
    "PipelineInfo",
    "Record",
    "RunSummary",
    "StageError",
    "UserError",
    "__version__",
    "read",
]


def __getattr__(name: str) -> object:
    """Imports a public name when it is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
