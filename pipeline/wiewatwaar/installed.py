"""The spaCy models for Dutch that are installed, and whether they can be used."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points, version

from spacy.util import is_compatible_version, load_meta

from wiewatwaar.defaults import DEFAULT_MODEL
from wiewatwaar.recognition import ModelError, label_types, model_path, needed_components

_OURS = frozenset({"PERSON", "ORGANISATION", "LOCATION"})


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A spaCy model package.

    Attributes:
        name: Name of the package, as `--model` takes it.
        version: Its version; empty when it cannot be told.
        labels: What it names, in alphabetical order.
        problem: Why it cannot be used; empty when it can.
    """

    name: str
    version: str = ""
    labels: tuple[str, ...] = ()
    problem: str = ""


def installed_models() -> Iterator[InstalledModel]:
    """Looks at every installed package that says it is a spaCy model, without loading it.

    Yields:
        The models for Dutch, ours first and the others by name.
    """
    names = {entry.name for entry in entry_points(group="spacy_models")}
    for name in (DEFAULT_MODEL, *sorted(names - {DEFAULT_MODEL})):
        found = _look_at(name)
        if found is not None:
            yield found


def _look_at(name: str) -> InstalledModel | None:
    """A model as its own description has it; None when it is for another language."""
    try:
        path = model_path(name)
        meta = load_meta(path / "meta.json")
        components = needed_components(path)
    except (ModelError, ImportError, OSError, ValueError, KeyError) as error:
        return InstalledModel(name, problem=" ".join(str(error).split()))
    if meta["lang"] not in ("nl", "xx"):
        return None
    labels = sorted({label for one in components for label in meta["labels"].get(one, ())})
    problem = ""
    if not _OURS & {label_types().get(label) for label in labels}:
        problem = "names no persons, organisations or places"
    elif not _fits_spacy(meta["spacy_version"]):
        problem = f"made for spaCy {meta['spacy_version']}"
    return InstalledModel(name, meta["version"], tuple(labels), problem)


def _fits_spacy(wanted: str) -> bool:
    return bool(is_compatible_version(version("spacy"), wanted))
