import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from spacy.training import Example

ROOT = Path(__file__).parents[1]
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "pipeline", "models")

# fmt: off
ONTONOTES = [
    "CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP",
    "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART",
]
# fmt: on

SENTENCES = [
    "[PERSON:Femke Bol] liep in [GPE:Frankrijk] voor [ORG:Atletiekunie].",
    "[PERSON:Femke Bol] sprak met [PERSON:Wendelien van Tintelen] over [ORG:Shell].",
    "[PERSON:Wendelien van Tintelen] verliet [ORG:Shell] in [DATE:mei].",
    "In [GPE:België] sprak [PERSON:Femke Bol] met [NORP:Duitse] atleten.",
    "De [NORP:Duitse] regering en [ORG:Shell] zwegen over [GPE:Frankrijk].",
    "Op [DATE:maandag] kwam [PERSON:Wendelien van Tintelen] naar [GPE:België].",
    "Het regende en niemand bleef lang buiten staan.",
]

pytestmark = pytest.mark.slow


def run(*command, **options):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)),
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def pip(python, *arguments):
    offline = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    done = run(sys.executable, "-m", "pip", "--python", python, "install", *offline, *arguments)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what is in the repository."""
    copy = tmp_path_factory.mktemp("source")
    unwanted = shutil.ignore_patterns("__pycache__", "build")
    for name in BUILT_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=unwanted)
        else:
            shutil.copy(source, copy / name)
    done = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", copy)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (copy / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A new virtual environment with the wheel in it.

    What the wheel needs is taken from the environment of the tests, by its path: this package,
    which the tests have too, is installed first and found first.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / "bin" / "python"
    pip(python, wheel)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


@pytest.fixture(scope="module")
def core_news(environment, tmp_path_factory):
    """A package with the name and the labels of spaCy's own model, trained on a few sentences."""
    folder = tmp_path_factory.mktemp("nl_core_news_sm")
    trained().to_disk(folder / "trained")
    command = [sys.executable, "-m", "spacy", "package", folder / "trained", folder / "package"]
    (folder / "package").mkdir()
    done = run(*command, "--name", "core_news_sm", "--version", "3.8.0", "--build", "none")
    assert done.returncode == 0, done.stdout + done.stderr
    pip(
        environment / "bin" / "python",
        "--no-build-isolation",
        folder / "package/nl_core_news_sm-3.8.0",
    )
    return "nl_core_news_sm"


def trained():
    nlp = spacy.blank("nl")
    ner = nlp.add_pipe("ner")
    for label in ONTONOTES:
        ner.add_label(label)
    examples = [example(nlp, marked) for marked in SENTENCES]
    spacy.util.fix_random_seed(3)
    nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples)
    return nlp


def example(nlp, marked):
    text, entities = "", []
    for part in re.split(r"(\[\w+:[^]]+\])", marked):
        label, _, name = part.strip("[]").partition(":") if part.startswith("[") else ("", "", part)
        if label:
            entities.append((len(text), len(text) + len(name), label))
        text += name
    return Example.from_dict(nlp.make_doc(text), {"entities": entities})


def test_the_wheel_holds_both_packages_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    (described,) = [top for top in tops if top.endswith(".dist-info")]
    assert tops == {"wiewatwaar", "nl_ent_news_sm", described}
    assert {"wiewatwaar/py.typed", "wiewatwaar/lexicon/labels.tsv"} <= set(names)
    page = {"page.html.j2", "script.js", "style.css"}
    assert {f"wiewatwaar/report/{name}" for name in page} <= set(names)
    assert any(re.fullmatch(r"nl_ent_news_sm/nl_ent_news_sm-[\d.]+/config.cfg", n) for n in names)
    assert f"{described}/licenses/LICENSE" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_published_metadata_names_no_address(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("/METADATA")]
        described, _, _ = archive.read(name).decode().partition("\n\n")
    assert "Requires-Dist: spacy" in described
    assert "://" not in described


def test_the_lock_names_no_place():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    assert "file:" not in lock
    pinned = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    assert {"spacy", "pydantic", "typer", "pytest", "ruff", "mypy", "hatchling"} <= set(pinned)
    assert len(re.findall(r"^\S", lock, re.MULTILINE)) - lock.count("\n#") <= len(pinned) + 1


def test_an_installed_wheel_works_on_the_sample_articles(environment, tmp_path):
    program = environment / "bin" / "wiewatwaar"
    done = run(program, "extract", ROOT / "seeds", "-o", "uit.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert run(program, "validate", "uit.jsonl", cwd=tmp_path).returncode == 0
    lines = (tmp_path / "uit.jsonl").read_text("utf-8").splitlines()
    kinds = {entity["type"] for line in lines for entity in json.loads(line)["entities"]}
    assert kinds == {"PERSON", "ORGANISATION", "COUNTRY"}


def test_the_installed_packages_are_those_of_the_wheel(environment, tmp_path):
    code = "import wiewatwaar, nl_ent_news_sm; print(wiewatwaar.__file__, nl_ent_news_sm.__file__)"
    done = run(environment / "bin" / "python", "-c", code, cwd=tmp_path)
    assert all(path.startswith(str(environment)) for path in done.stdout.split())


def test_the_shipped_model_loads_as_a_spacy_model_does(environment, tmp_path):
    code = "import nl_ent_news_sm; print(*sorted(nl_ent_news_sm.load().get_pipe('ner').labels))"
    done = run(environment / "bin" / "python", "-c", code, cwd=tmp_path)
    assert done.stdout == "LOC MISC ORG PER\n", done.stderr


def test_a_model_of_spacy_is_loaded_by_name(environment, core_news, tmp_path):
    program = environment / "bin" / "wiewatwaar"
    text = "Femke Bol sprak met Wendelien van Tintelen over Shell in Frankrijk."
    (tmp_path / "a.txt").write_text(text)
    done = run(program, "extract", "a.txt", "--model", core_news, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["model"] == {"name": "nl_core_news_sm", "version": "3.8.0"}
    found = {
        (entity["type"], entity["name"], mention["label"])
        for entity in record["entities"]
        for mention in entity["mentions"]
    }
    assert ("PERSON", "Femke Bol", "PERSON") in found
    assert ("ORGANISATION", "Shell", "ORG") in found
    assert ("COUNTRY", "Frankrijk", "GPE") in found


def test_an_installed_model_of_spacy_is_listed(environment, core_news, tmp_path):
    done = run(environment / "bin" / "wiewatwaar", "models", cwd=tmp_path)
    ours, theirs = (line.split("\t") for line in done.stdout.splitlines())
    assert ours[0] == "nl_ent_news_sm"
    assert theirs == ["nl_core_news_sm", "3.8.0", "usable", " ".join(ONTONOTES)]


@pytest.mark.skipif(
    find_spec("nl_core_news_sm") is None,
    reason="nl_core_news_sm is not installed: make nl-core-news-sm",
)
def test_the_real_model_of_spacy_works(wiewatwaar):
    done = wiewatwaar(
        "extract", "-", "--model", "nl_core_news_sm", input="Mark Rutte bezocht Frankrijk."
    )
    names = {entity["name"] for entity in json.loads(done.stdout)["entities"]}
    assert {"Mark Rutte", "Frankrijk"} <= names
