"""Runs the examples of the documentation: what a reader copies must work."""

import doctest
import importlib.util
import re
import shlex
import shutil
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from wiewatwaar import validation
from wiewatwaar.cli import app

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "models/nl_ent_news_sm/README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Commands that set up or reach the internet: the packaging tests run what can be run of them.
NOT_RUN_HERE = (
    "make ",
    "python -m spacy download",
    "pip install",
    "nl_core_news_sm",
    "--engine ray",
)


@pytest.fixture(autouse=True)
def workplace(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_every_block_of_a_page_runs(page):
    """One after the other in one folder, as a reader does who follows the page."""
    names = {}
    for block in BLOCK.finditer(page.read_text("utf-8")):
        match block[1]:
            case "python":
                run_python(block[2], names)
            case "console":
                run_console(block[2])
            case "sh":
                run_sh(block[2])
            case "yaml":
                run_jobs(block[2])
            case "json":
                assert orjson.loads(block[2])
            case language:
                # What --help prints is compared as a whole.
                assert (language, page.name) == ("text", "command-line.md")


def run_jobs(pipeline):
    """Runs the commands of a CI pipeline: those of each of its parallel jobs, then the rest."""
    shutil.copytree("seeds", "articles")
    steps = re.findall(r"^ *- (?:run: )?(wiewatwaar .*)$", pipeline, re.MULTILINE)
    extract = next(step for step in steps if " extract " in step)
    for number in "1234":
        run_command(re.sub(r"\$(SHARD|CI_NODE_INDEX)\b", number, extract))
    assert len(steps) > 1
    for step in steps:
        if step != extract:
            run_command(step)
    run_command("wiewatwaar extract articles -o whole.jsonl --quiet")
    assert Path("records.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    for made in [*Path().glob("*.jsonl"), *Path().glob("summary-*.json")]:
        made.unlink()
    shutil.rmtree("articles")


def run_command(command):
    words = shlex.split(command.replace("$CI_NODE_TOTAL", "4"))
    assert "$" not in command.replace("$CI_NODE_TOTAL", "")
    result = CliRunner().invoke(app, words[1:])
    assert result.exit_code == 0, f"{command}: {result.output}"


def run_python(code, names):
    test = doctest.DocTestParser().get_doctest(code, names, "documentation", None, None)
    assert test.examples, "a Python block without >>> is not tested"
    told = []
    doctest.DocTestRunner(optionflags=FLAGS).run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)
    names.update(test.globs)


def run_console(session):
    for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE):
        words = shlex.split(command)
        assert words.pop(0) == "wiewatwaar"
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 0, f"{command}: {result.output}"
        matches = doctest.OutputChecker().check_output(expected, result.output, FLAGS)
        assert matches, f"{command} printed:\n{result.output}"


def run_sh(script):
    for line in script.splitlines():
        command = line.split("#")[0].strip()
        if command.startswith("make "):
            target = command.split()[1]
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        elif not any(part in command for part in NOT_RUN_HERE):
            result = CliRunner().invoke(app, shlex.split(command)[1:])
            assert result.exit_code == 0, f"{command}: {result.output}"


@pytest.fixture(scope="module")
def reference():
    """The program that makes the reference pages."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_command_line_is_as_help_says(reference):
    assert reference.command_line() == reference.COMMAND_LINE.read_text("utf-8"), "make docs"


def test_the_fields_are_as_the_schema_says(reference):
    page = reference.RECORDS.read_text("utf-8")
    assert reference.records(page) == page, "make docs"
    named = re.findall(r"<!-- fields: (\w+) -->", page)
    assert sorted(named) == sorted(validation.schema()["$defs"])


def test_an_out_of_date_page_is_noticed(reference):
    page = reference.RECORDS.read_text("utf-8")
    assert reference.records(page.replace("Canonical name", "Something else")) == page


def test_links_lead_somewhere():
    for page in PAGES:
        text = page.read_text("utf-8")
        targets = re.findall(r"\]\((?!https?:)([^)]+)", text)
        for target in targets + re.findall(r'src(?:set)?="([^"]+)"', text):
            path, _, place = target.partition("#")
            aim = page.parent / path if path else page
            assert aim.exists(), f"{page.name}: {target}"
            assert not place or place in headings(aim), f"{page.name}: {target}"


def headings(page):
    """What the headings of a page are called in links."""
    titles = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}
