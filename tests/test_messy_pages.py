"""Whole pages with what must become of them, as data: the article comes out, and nothing else."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wiewatwaar.cleaning import clean
from wiewatwaar.inputs import read
from wiewatwaar.options import Options

DATA = Path(__file__).parent / "data/messy/pages"
SEVERAL = ("authors", "credits")
# Marks of lists and tables, which the text of a page has.
LAYOUT = re.compile(r"^(?:- |\| ?)|(?<= )\|(?= |$)", re.MULTILINE)
NOT_SEEN = {"script", "style", "title"}


@dataclass
class Case:
    name: str
    metadata: dict
    page: str
    body: list
    furniture: list


class Visible(HTMLParser):
    """Collects the texts that a visitor sees."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in NOT_SEEN

    def handle_endtag(self, tag):
        self.hidden -= tag in NOT_SEEN

    def handle_data(self, data):
        if not self.hidden and any(map(str.isalnum, data)):
            self.texts.append(spaced(data))


def cases():
    for path in sorted(DATA.glob("*.txt")):
        for part in path.read_text("utf-8").split("\n#### ")[1:]:
            head, page = part.split("\n----\n")
            name, *fields = head.split("\n")
            around = Visible()
            around.feed(re.sub("⟦[^⟧]*⟧", "", page))
            yield Case(
                f"{path.stem}: {name}",
                dict(field.split(": ", 1) for field in fields),
                re.sub("[⟦⟧]", "", page),
                [spaced(one) for one in re.findall("⟦([^⟧]*)⟧", page)],
                around.texts,
            )


def spaced(text):
    return " ".join(text.split())


CASES = list(cases())


@pytest.fixture(scope="module")
def pipeline(model):
    return Options(model, keep_text=True).load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_article_comes_out_and_nothing_else(case, tmp_path):
    path = tmp_path / "pagina.html"
    path.write_text(case.page, "utf-8")
    (article,) = read([path])
    text = clean(article.text).text.text
    assert spaced(LAYOUT.sub("", text)) == " ".join(case.body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_page_says_about_itself_is_in_the_record(case, tmp_path, pipeline):
    path = tmp_path / "pagina.html"
    path.write_text(case.page, "utf-8")
    (record,) = pipeline.pipe(read([path]))
    for name in ("title", "published", "authors", "site", "credits", "dateline"):
        value = getattr(record.document, name)
        told = "; ".join(value) if name in SEVERAL else value or ""
        assert (name, told) == (name, case.metadata.get(name, ""))


def test_there_are_enough_pages_with_enough_around_the_article():
    assert len(CASES) >= 12
    assert sum(len(case.furniture) for case in CASES) >= 80
    assert sum(len(case.body) for case in CASES) >= 60
