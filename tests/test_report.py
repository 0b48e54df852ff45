"""The report as it is made: what it counts, what it leaves out, and that it is only text."""

import base64
import gzip
import hashlib
import json
import re
import sys
from html.parser import HTMLParser

import pytest
from marked_records import failed, marked

from wiewatwaar.cli import run
from wiewatwaar.outputs import to_line
from wiewatwaar.report import contents as report_contents
from wiewatwaar.report import figures, write
from wiewatwaar.report import page as report_page
from wiewatwaar.report.contents import gather, plain
from wiewatwaar.report.page import page

RUTTE = ("Rutte", "PERSON", "Mark Rutte")
TINTELEN = ("Wendelien van Tintelen", "PERSON")
NAVO = ("NAVO", "ORGANISATION")
HUNGARY = ("Hongaarse", "COUNTRY", "Hongarije", "HU")

NASTY = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "' onmouseover='alert(4)",
    "javascript:alert(5)",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "</title></style></textarea><svg onload=alert(6)>",
    "]]>&lt;b&gt;&#x3c;",
    "a\u2028b\u2029c",
    "${alert(7)}`\\",
)


def archive():
    """Three documents and a failure."""
    return [
        marked(RUTTE, " belde de ", NAVO, ".", id="1.txt", title="Een", published="2024-01"),
        marked(RUTTE, " en ", TINTELEN, ". ", RUTTE, id="2.txt", published="2024-03-05"),
        marked("De ", HUNGARY, " premier zag ", TINTELEN, id="3.txt", published="2024"),
        failed(),
    ]


def texts(html):
    """The content of the elements of a page by tag, as a browser takes it apart."""

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []
            self.found = []

        def handle_starttag(self, tag, attributes):
            self.open.append([tag, dict(attributes), ""])

        def handle_data(self, data):
            if self.open:
                self.open[-1][2] += data

        def handle_endtag(self, tag):
            while self.open:
                self.found.append(self.open.pop())
                if self.found[-1][0] == tag:
                    return

    reader = Reader()
    reader.feed(html)
    return reader.found + reader.open


def data_of(made):
    scripts = [one for one in texts(made.decode()) if one[0] == "script"]
    assert [one[1].get("type") for one in scripts] == ["application/json", None]
    return json.loads(scripts[0][2])


def test_counts_are_of_all_documents_whatever_is_listed(monkeypatch):
    monkeypatch.setattr(report_contents, "LISTED_DOCUMENTS", 2)
    contents = gather(archive(), 1000)
    assert [one.id for one in contents.documents] == ["1.txt", "2.txt"]
    assert contents.mentions == 7
    assert contents.corpus.documents == 3
    assert contents.corpus.failed == 1
    rutte, tintelen = figures.top(contents.corpus, "PERSON", 5)
    assert (rutte.name, rutte.documents, rutte.mentions) == ("Mark Rutte", 2, 3)
    assert (tintelen.name, tintelen.documents) == ("Wendelien van Tintelen", 2)


def test_a_list_that_is_not_whole_says_so(monkeypatch):
    for module in (report_contents, report_page):
        monkeypatch.setattr(module, "LISTED_DOCUMENTS", 2)
    html = page(gather(archive(), 1000), "x").decode()
    assert "De eerste 2 van 3 documenten staan hier" in html


def test_texts_are_cut_at_one_place_so_that_each_shows_its_beginning():
    long = [marked("a" * 60, TINTELEN, "b" * 60, id=f"{number}.txt") for number in range(10)]
    whole = gather(long, 10 * 142)
    assert whole.characters_of_a_text is None
    assert {len(one.mentions) for one in whole.documents} == {1}
    cut = gather(long, 500)
    assert sum(len(one.text) for one in cut.documents) <= 500
    assert {len(one.text) for one in cut.documents} == {cut.characters_of_a_text}
    assert {(one.cut, len(one.mentions)) for one in cut.documents} == {(True, 0)}
    assert cut.mentions == 10
    assert f"de eerste {cut.characters_of_a_text} tekens" in page(cut, "x").decode()


def test_no_text_at_all_can_be_asked_for():
    made = gather(archive(), 0)
    assert [one.text for one in made.documents] == [None] * 3


def test_a_name_inside_another_is_shown_once():
    record = marked("Air France vloog", id="1.txt")
    line = json.loads(record.model_dump_json())
    line["entities"] = [
        entity("e1", "ORGANISATION", "Air France", None, 0, "Air France"),
        entity("e2", "COUNTRY", "Frankrijk", "FR", 4, "France"),
    ]
    (shown,) = gather([report_contents.Record.model_validate(line)], 100).documents
    assert [(one.start, one.end) for one in shown.mentions] == [(0, 10)]
    assert len(shown.names) == 2


def entity(id, kind, name, code, start, text):
    mention = {"start": start, "end": start + len(text), "text": text, "form": "name"}
    mentions = [mention | {"label": None, "found_by": "lexicon"}]
    return {"id": id, "type": kind, "name": name, "code": code, "mentions": mentions}


def test_places_are_counted_as_javascript_counts():
    record = marked("𝒳 en 🎉: ", TINTELEN, " 🎉 ", RUTTE, ".")
    data = data_of(page(gather([record], 1000), "x"))
    text, mentions = data["documents"][0][7], data["documents"][0][9]
    units = text.encode("utf-16-le")
    shown = [units[2 * start : 2 * end].decode("utf-16-le") for start, end, *_ in mentions]
    assert shown == ["Wendelien van Tintelen", "Rutte"]


def test_a_person_under_two_names_is_one_name_of_a_document():
    first = marked(("Mark Rutte", "PERSON"), id="1.txt")
    second = marked(("Rutte", "PERSON"), " zweeg. ", ("Rutte", "PERSON"), id="2.txt")
    data = data_of(page(gather([first, second], 1000), "x"))
    assert [one[1] for one in data["entities"]] == ["Mark Rutte"]
    assert [one[5] for one in data["documents"]] == [[[0, 1]], [[0, 2]]]


def test_who_appears_with_whom():
    (rutte, tintelen) = figures.together(gather(archive(), 0), 5, 5)
    assert rutte.person.name == "Mark Rutte"
    assert [(one.name, shared) for one, shared in rutte.others] == [
        ("Wendelien van Tintelen", 1),
        ("NAVO", 1),
    ]
    assert [one.name for one, _ in tintelen.others] == ["Mark Rutte"]


def test_months_without_documents_stand_between_the_others():
    over_time = figures.over_time(gather(archive(), 0).corpus, {"PERSON": 1})
    assert over_time.periods == ("2024-01", "2024-02", "2024-03")
    assert over_time.documents == (1, 0, 1)
    ((entity, counts),) = over_time.rows
    assert (entity.name, counts, over_time.undated) == ("Mark Rutte", (1, 0, 1), 1)
    assert figures.over_time(gather([], 0).corpus, {}) is None


@pytest.mark.parametrize(
    ("months", "periods", "gaps"),
    [
        (("2015-06", "2024-01"), tuple(map(str, range(2015, 2025))), False),
        (("0001-01", "2024-01", "9999-12"), ("0001", "2024", "9999"), True),
        (("2024-13", "2024-00"), None, False),
    ],
)
def test_months_that_are_too_many_become_years(months, periods, gaps):
    records = [
        marked(RUTTE, id=f"{place}.txt", published=month) for place, month in enumerate(months)
    ]
    contents = gather(records, 0)
    over_time = figures.over_time(contents.corpus, {"PERSON": 1})
    if periods is not None:
        assert (over_time.periods, over_time.gaps) == (periods, gaps)
        assert sum(over_time.documents) == len(months)
    assert b"<svg" in page(contents, "x")


def test_the_same_records_give_the_same_bytes():
    made = page(gather(archive(), 1000), "Mijn krant")
    assert made == page(gather(archive(), 1000), "Mijn krant")
    assert "<title>Mijn krant</title>" in made.decode()


def test_nothing_of_a_record_is_markup():
    records = [
        marked(
            nasty,
            (nasty + " BV", "ORGANISATION"),
            (nasty, "PERSON"),
            ("Belg", "COUNTRY", nasty, "BE"),
            id=f"{nasty}.txt",
            title=nasty,
            published=f"2024-0{1 + place % 9}",
        )
        for place, nasty in enumerate(NASTY)
    ]
    records += [failed(id=nasty, message=nasty) for nasty in NASTY]
    made = page(gather(records, 10_000), NASTY[0] + NASTY[2])
    html = made.decode()
    tags = [one[0] for one in texts(html)]
    assert (tags.count("script"), tags.count("style")) == (2, 1)
    assert not {"img", "b", "iframe", "textarea"} & set(tags)
    for tag, attributes, _ in texts(html):
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert attributes.get("href", "#").startswith(("#", "data:,")), tag
    assert "\u2028" not in html.split('id="gegevens"')[1]
    shown = data_of(made)["documents"]
    assert [one[7] for one in shown] == [record.document.text for record in records[: len(shown)]]


def test_the_policy_lets_only_the_page_s_own_script_and_style_run():
    found = texts(page(gather(archive(), 1000), "x").decode())
    (policy,) = [
        one[1]["content"] for one in found if one[1].get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    (script,) = [one[2] for one in found if one[0] == "script" and "type" not in one[1]]
    (style,) = [one[2] for one in found if one[0] == "style"]
    for rule, content in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy


def test_long_lines_and_controls_are_not_shown():
    assert plain("a" * 400) == "a" * 299 + "…"
    assert plain("een\n  twee\t\x07drie\u202e") == "een twee �drie�"


def test_the_chart_takes_names_as_text():
    record = marked((NASTY[2] + "\x07", "PERSON"), id="1.txt", published="2024-01")
    html = page(gather([record], 0), "x").decode()
    (svg,) = re.findall(r'<svg [^>]*class="marks".*?</svg>', html, re.DOTALL)
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "g", "path", "line", "text", "title"}
    assert "href" not in svg
    assert set(re.findall(r' data-link="(.)', svg)) == {"#"}
    assert "januari 2024: 1 document" in svg


def test_an_archive_without_documents_has_a_page():
    html = page(gather([], 0), "x").decode()
    assert "Er zijn geen documenten" in html
    assert "<svg" not in html
    html = page(gather([failed()], 0), "x").decode()
    assert "1 document kon niet worden verwerkt" in html
    assert "the file is empty: take it out of the run" in html


@pytest.fixture
def records_file(tmp_path):
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(map(to_line, archive()))))
    return path


def test_the_command_writes_a_page(records_file, tmp_path, capsys):
    target = tmp_path / "report.html"
    arguments = ["report", str(records_file), "-o", str(target), "--title", "De krant"]
    assert run([*arguments, "--text-characters", "5"]) == 0
    assert "<title>De krant</title>" in target.read_text("utf-8")
    assert [len(one[7]) for one in data_of(target.read_bytes())["documents"]] == [1, 1, 1]
    assert re.fullmatch(r"wiewatwaar: a page of \d+ kB\n", capsys.readouterr().err)


def test_the_library_writes_the_same_page(records_file, tmp_path):
    size = write(str(records_file), str(tmp_path / "a.html"))
    assert size == (tmp_path / "a.html").stat().st_size
    assert run(["report", str(records_file), "-o", str(tmp_path / "b.html")]) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize("module", ["altair", "jinja2", "vl_convert"])
def test_a_missing_extra_is_said_in_one_line(module, records_file, monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, module, None)
    assert run(["report", str(records_file), "-o", str(tmp_path / "a.html")]) == 2
    told = f"wiewatwaar: a report needs {module}: pip install 'wiewatwaar[report]'\n"
    assert capsys.readouterr().err == told
    assert not (tmp_path / "a.html").exists()


def test_a_file_that_holds_no_records_is_said_in_one_line(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text("{}\n")
    assert run(["report", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "a.html")]) == 2
    error = capsys.readouterr().err
    assert "a.jsonl:1 is no record" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "a.html").exists()
