"""What is measured side by side: each over the same files, as its users call it."""

import json
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import NamedTuple

import core_architecture


class Contender(NamedTuple):
    """One of those that are measured.

    Attributes:
        label: What to call it in the table.
        run: Goes through the files of a folder; returns peak memory in MB where that is not the
            memory of this process.
        share: The part of the files that it does: of a slow one, a tenth says enough.
        installed: Whether it can be run here.
        prepare: Makes what `run` needs beside the folder, before anything is timed.
    """

    label: str
    run: Callable[[Path], float | None]
    share: float = 1
    installed: bool = True
    prepare: Callable[[Path], None] | None = None


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder, sorted."""
    return iter(sorted(folder.rglob("*.txt")))


def read(folder: Path) -> Iterator[str]:
    """The texts of the files."""
    return (path.read_text("utf-8") for path in files(folder))


def extract(folder: Path, workers: int) -> float:
    """This product's command, from files to JSONL.

    Args:
        folder: The files.
        workers: How many workers.

    Returns:
        Peak memory in MB of the worker that took most, from the summary of the run.
    """
    from wiewatwaar.cli import run

    output, summary = f"{folder}.jsonl", Path(f"{folder}.summary.json")
    how = ["--workers", str(workers), "--summary", str(summary), "--fresh", "--quiet"]
    if run(["extract", str(folder), "-o", output, *how]):
        raise SystemExit(f"extract failed over {folder}")
    return float(json.loads(summary.read_text("utf-8"))["peak_memory_bytes"]) / 1024 / 1024


def spacy_same_model(folder: Path) -> None:
    """The same model called as plain users call it."""
    import nl_ent_news_sm

    for doc in nl_ent_news_sm.load().pipe(read(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def spacy_nl_core_news_sm(folder: Path) -> None:
    """nl_core_news_sm as plain users call it."""
    import spacy

    for doc in spacy.load("nl_core_news_sm").pipe(read(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def spacy_architecture(folder: Path) -> None:
    """A pipeline of nl_core_news_sm's architecture as plain users call it."""
    import spacy

    for doc in spacy.load(_stand_in(folder)).pipe(read(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def _stand_in(folder: Path) -> Path:
    return folder.with_name("nl_core_news_sm-architecture")


def frog(folder: Path) -> float:
    """Frog with its tokenizer, tagger and NER, and nothing else.

    Args:
        folder: The files.

    Returns:
        Peak memory in MB.
    """
    import resource

    one = Path(f"{folder}.frog.txt")
    one.write_text("\n\n".join(read(folder)), "utf-8")
    command = ["frog", "--skip=lmcpa", "-t", str(one), "-o", str(one.with_suffix(".tsv"))]
    subprocess.run(command, capture_output=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


_CORE = find_spec("nl_core_news_sm") is not None

CONTENDERS: dict[str, Contender] = {
    "one": Contender("wiewatwaar extract, one worker", lambda folder: extract(folder, 1)),
    "two": Contender("wiewatwaar extract, two workers", lambda folder: extract(folder, 2)),
    "same": Contender("spaCy nlp.pipe, nl_ent_news_sm as it loads", spacy_same_model),
    "core": Contender("spaCy nlp.pipe, nl_core_news_sm", spacy_nl_core_news_sm, 1, _CORE),
    "architecture": Contender(
        "spaCy nlp.pipe, architecture of nl_core_news_sm, hardly trained",
        spacy_architecture,
        installed=not _CORE,
        prepare=lambda folder: core_architecture.write(_stand_in(folder)),
    ),
    "frog": Contender("Frog, tagger and NER", frog, 0.05, which("frog") is not None),
}
"""By name, in the order of the table."""
