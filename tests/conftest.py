import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from wiewatwaar.records import (
    DocumentInfo,
    Entity,
    FailedDocument,
    Failure,
    Mention,
    ModelInfo,
    PipelineInfo,
    Record,
)

ROOT = Path(__file__).parents[1]

NAMES = {
    "PER": ["Mark Rutte", "Rutte", "Wendelien van Tintelen", "Van Tintelen"],
    "ORG": ["NAVO", "Broodfabriek De Zon"],
    "LOC": ["Hongarije", "Utrecht", "Oekraïne"],
}


def ruled(nlp):
    """Adds a component that names a few fixed words, in place of a trained one."""
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": kind, "pattern": one} for kind in NAMES for one in NAMES[kind]])
    return nlp


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The folder of a spaCy pipeline that loads at once and names a few fixed words."""
    folder = tmp_path_factory.mktemp("model") / "nl_ruled"
    nlp = ruled(spacy.blank("nl"))
    nlp.meta["name"] = "ruled"
    nlp.meta["version"] = "1.2.3"
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture
def articles(tmp_path):
    """A directory with a few articles, in directories of its own."""
    folder = tmp_path / "artikelen"
    texts = {
        "brood.txt": "Wendelien van Tintelen leidt Broodfabriek De Zon.\nVan Tintelen bakt zelf.\n",
        "2024/navo.txt": "Mark Rutte sprak over de NAVO. Rutte noemde Hongarije.\n",
        "2024/leeg van namen.md": "Het regende de hele dag.\n",
        "2023/oekraine.txt": "Steun voor Oekraïne uit Utrecht.\r\nRutte was er ook.\r\n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


@pytest.fixture
def record():
    """A record of a made-up article, which it holds."""
    text = "Rutte belde de NAVO. Rutte zweeg."
    return Record.of(
        text,
        document=DocumentInfo(
            id="a.txt", sha256="0" * 64, characters=len(text), words=6, text=text
        ),
        entities=[
            Entity(
                id="e1",
                type="PERSON",
                name="Rutte",
                mentions=(mention(0, "Rutte", "PER"), mention(21, "Rutte", "PER")),
            ),
            Entity(id="e2", type="ORGANISATION", name="NAVO", mentions=(mention(15, "NAVO"),)),
        ],
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


@pytest.fixture
def failure():
    """A document that could not be read."""
    return Failure(
        document=FailedDocument(id="b.txt"),
        stage="read",
        error="EmptyInput",
        message="the file is empty: take it out of the run",
    )


def mention(start, text, label="ORG"):
    return Mention(
        start=start,
        end=start + len(text),
        text=text,
        form="name",
        label=label,
        found_by="model",
    )


@pytest.fixture
def wiewatwaar(tmp_path):
    """Runs the command line as a program of its own, in an empty directory."""

    def run(*arguments, **options):
        options = {"cwd": tmp_path, "capture_output": True, "timeout": 120, **options}
        if not isinstance(options.get("input"), bytes):
            options.setdefault("text", True)
            options.setdefault("encoding", "utf-8")
        command = [sys.executable, "-W", "error", "-m", "wiewatwaar", *map(str, arguments)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
        return subprocess.run(command, env=environment, check=False, **options)

    return run
