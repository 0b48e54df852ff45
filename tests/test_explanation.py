import io
import json

import pytest
from rich.console import Console

from wiewatwaar.articles import Article
from wiewatwaar.explanation import explain, explain_all
from wiewatwaar.options import Options
from wiewatwaar.presentation.explanation_text import in_terminal
from wiewatwaar.records import Failure

SOURCE = (
    "Brug open in Utrecht\r\n"
    "Door Wendelien van Tintelen\r\n"
    "12 mei 2024\r\n"
    "\r\n"
    "UTRECHT (ANP) - Mark Rutte sprak met de NAVO over BelgiÃ« en de Hon-\r\n"
    "garije-route. De Hongaarse gezant zweeg. Foto: Robin Utrecht / ANP\r\n"
    "\r\n"
    "Lees ook: NAVO telt de bruggen\r\n"
)


@pytest.fixture(scope="module")
def pipeline(model):
    return Options(model).load()


@pytest.fixture(scope="module")
def explained(pipeline):
    return explain(SOURCE, pipeline)


def shown(explanation):
    console = Console(file=io.StringIO(), width=200, markup=False, highlight=False)
    console.print(in_terminal(explanation))
    return console.file.getvalue()


def test_every_change_stands_at_its_place(explained):
    lines = SOURCE.splitlines(keepends=True)
    for change in explained.changes:
        assert SOURCE[change.start : change.end] == change.text
        before = "".join(lines[: change.line - 1])
        assert len(before) <= change.start <= len(before + lines[change.line - 1])


def test_changes_tell_stage_rule_line_and_text(explained):
    told = {(one.stage, one.rule, one.line, one.seen, one.replacement) for one in explained.changes}
    assert told >= {
        ("mojibake", "mojibake", 5, "Ã«", "ë"),
        ("line ends", "line end", 1, "\r\n", "\n"),
        ("furniture", "byline", 2, "Door Wendelien van Tintelen\n", ""),
        ("furniture", "dateline", 5, "UTRECHT (ANP) - ", ""),
        ("furniture", "related", 8, "Lees ook: NAVO telt de bruggen\n", ""),
        ("broken words", "broken word", 5, "-\n", ""),
    }


def test_a_later_stage_shows_what_it_saw(explained):
    (broken,) = [one for one in explained.changes if one.stage == "broken words"]
    assert (broken.text, broken.seen) == ("-\r\n", "-\n")


def test_findings_tell_what_became_metadata_and_what_did_not(pipeline):
    article = Article("a", SOURCE, "0" * 64, {"title": "De brug", "published": "2024-05-13"})
    told = [
        (one.field, one.value, one.used, one.rule, one.line)
        for one in explain(article, pipeline).findings
    ]
    assert told == [
        ("title", "De brug", True, "carrier", None),
        ("published", "2024-05-13", True, "carrier", None),
        ("authors", "Wendelien van Tintelen", True, "byline", 2),
        ("published", "2024-05-12", False, "date", 3),
        ("dateline", "UTRECHT", True, "dateline", 5),
        ("credits", "ANP", True, "dateline", 5),
        ("credits", "Robin Utrecht", True, "credit", 6),
        ("credits", "ANP", True, "credit", 6),
        ("title", "Brug open in Utrecht", False, "first line", 1),
    ]


def test_mentions_tell_what_found_them(explained):
    told = [(one.text, one.line, one.name, one.found_by, one.why) for one in explained.mentions]
    assert told == [
        ("Mark Rutte", 5, "Mark Rutte", "model", "the model named it PER; the name itself"),
        ("NAVO", 5, "NAVO", "model", "the model named it ORG; the name itself"),
        (
            "BelgiÃ«",
            5,
            "België",
            "lexicon",
            "the lexicon found it, where the model named nothing; the name itself",
        ),
        (
            "Hon-\r\ngarije",
            5,
            "Hongarije",
            "lexicon",
            "the lexicon found it, where the model named nothing; inside a compound word",
        ),
        (
            "Hongaarse",
            6,
            "Hongarije",
            "lexicon",
            "the lexicon found it, where the model named nothing; "
            "a word for what or who is from there",
        ),
    ]
    for mention in explained.mentions:
        assert SOURCE[mention.start : mention.end] == mention.text
        assert "\n" not in mention.context


def test_lines_are_counted_as_editors_do(pipeline):
    explained = explain("Een.\rTwee.\r\nDrie.\n\nDe NAVO.", pipeline)
    assert [one.line for one in explained.mentions] == [5]


def test_json_holds_all_of_it_on_one_line(explained):
    written = explained.to_json()
    assert "\n" not in written
    read = json.loads(written)
    assert read["status"] == "ok"
    assert read["document"]["authors"] == ["Wendelien van Tintelen"]
    assert len(read["changes"]) == len(explained.changes)
    assert read["mentions"][0]["text"] == "Mark Rutte"


def test_the_terminal_shows_each_part(explained):
    text = shown(explained)
    for part in ("mojibake", "furniture", "metadata", "mentions", "Lees ook: NAVO telt", "⏎"):
        assert part in text


def test_the_terminal_shows_some_of_many_changes(pipeline):
    text = shown(explain("Een\u00a0woord. " * 30, pipeline))
    assert "and 10 more; --json has all" in text


def test_the_terminal_says_where_nothing_was_done(pipeline):
    assert shown(explain("Niets.", pipeline)).count("none") == 2


def test_a_text_cannot_steer_the_terminal(pipeline):
    text = shown(
        explain("Lees ook: \x1b[2J [bold]alles\u202e\n\nMark Rutte\x1b]0;x sprak.", pipeline)
    )
    assert "\x1b" not in text and "\u202e" not in text
    assert "[bold]alles" in text


def test_what_has_no_record_stays_a_failure(pipeline, failure):
    first, second = explain_all([failure, Article.from_text("De NAVO.")], pipeline)
    assert isinstance(first, Failure)
    assert "b.txt" in shown(first) and "empty" in shown(first)
    assert [one.text for one in second.mentions] == ["NAVO"]
