"""Messy inputs with what must become of them, as data: nothing of the body is ever lost."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from wiewatwaar.cleaning import STAGES, clean
from wiewatwaar.source_text import SourceText

DATA = Path(__file__).parent / "data/messy"
MARKED = re.compile("⟦([^⟦⟧]*)⟧")
SEVERAL = ("authors", "credits")
REPAIRS = [name for name in STAGES if name not in ("front matter", "header", "furniture")]


@dataclass
class Case:
    name: str
    metadata: dict
    source: str
    expected: str
    furniture: list


def cases():
    for path in sorted(DATA.glob("*.txt")):
        for part in path.read_text("utf-8").split("\n#### ")[1:]:
            head, text = part.split("\n----\n")
            name, *fields = head.split("\n")
            text = re.sub(r"\\(u[0-9a-f]{4}|r|t)", unescaped, text.strip("\n"))
            yield Case(
                f"{path.stem}: {name}",
                dict(field.split(": ", 1) for field in fields),
                MARKED.sub(lambda one: one[1].partition("→")[0], text),
                MARKED.sub(lambda one: one[1].partition("→")[2], text),
                [one[1] for one in MARKED.finditer(text) if "→" not in one[1]],
            )


def unescaped(found):
    return found[0].encode().decode("unicode_escape")


def spaced(text):
    return " ".join(text.split())


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_marked_goes_and_all_else_stays(case):
    assert spaced(clean(case.source).text.text) == spaced(case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_text_says_about_itself_becomes_metadata(case):
    metadata = clean(case.source).metadata
    told = {
        name: "; ".join(value) if name in SEVERAL else value for name, value in metadata.items()
    }
    if "title" not in case.metadata:
        told.pop("title", None)
    told.pop("language")
    assert told == case.metadata


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_word_stands_at_its_place_in_the_source(case):
    text = clean(case.source).text
    for word in re.finditer(r"\w+", text.text):
        start, end = text.to_source(word.start(), word.end())
        assert spaced(repaired(case.source[start:end])) == word[0]


@cache
def repaired(text):
    """A text after the stages that repair it; a word alone could be the name of a section."""
    for name in REPAIRS:
        text = SourceText(text).edit(STAGES[name](text).edits).text
    return text


def test_there_are_enough_cases():
    assert len(CASES) >= 60
    assert sum(len(case.furniture) for case in CASES) >= 100
