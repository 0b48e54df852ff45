import gzip
import html
import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.cli import run
from wiewatwaar.commands.measure import _LIMITED
from wiewatwaar.comparison import Called, Limited, Totals, compare, compared
from wiewatwaar.outputs import to_line
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
from wiewatwaar.validation import RecordsError

TEXT = "Jan Bos belde Bos. Ajax en PSV. Bos zweeg."
JAN = ("PERSON", "Jan Bos", (0, 7), (14, 17), (32, 35))
AJAX = ("ORGANISATION", "Ajax", (19, 23))
OTHER = ("ORGANISATION", "zweeg", (36, 41))
PSV = ("ORGANISATION", "PSV", (27, 30))


def record(*entities, id="a.txt", sha256="0", keep_text=False, text=TEXT):
    """A record of the text, with entities as (type, name, place, place...)."""
    made = [
        Entity(
            id=f"e{number}",
            type=kind,
            name=name,
            code="NL" if kind == "COUNTRY" else None,
            mentions=tuple(
                Mention(
                    start=start,
                    end=end,
                    text=text[start:end],
                    form="name",
                    label=None,
                    found_by="model",
                )
                for start, end in places
            ),
        )
        for number, (kind, name, *places) in enumerate(entities, start=1)
    ]
    return Record.of(
        text,
        document=DocumentInfo(
            id=id,
            sha256=sha256 * 64,
            characters=len(text),
            words=len(text.split()),
            text=text if keep_text else None,
        ),
        entities=made,
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


def failure(id="a.txt"):
    return Failure(
        document=FailedDocument(id=id), stage="read", error="EncodingError", message="bad bytes"
    )


@pytest.fixture
def written(tmp_path):
    """Writes records to a file, and gives its path."""

    def write(name, *records):
        path = tmp_path / name
        content = b"".join(map(to_line, records))
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return str(path)

    return write


def entity_changes(document):
    return [(one.change, str(one.old), str(one.new)) for one in document.entities]


def mention_changes(document):
    return [
        (one.change, one.start, one.text, one.old and one.old.name, one.new and one.new.name)
        for one in document.mentions
    ]


def test_equal_records_have_no_changes():
    document = compared(record(JAN, AJAX), record(JAN, AJAX, keep_text=True))
    assert (document.changes, document.entities, document.mentions) == (0, (), ())


def test_gained_and_lost():
    document = compared(record(JAN, AJAX), record(("PERSON", "Jan Bos", (0, 7), (14, 17)), PSV))
    assert entity_changes(document) == [
        ("lost", "ORGANISATION Ajax", "None"),
        ("gained", "None", "ORGANISATION PSV"),
    ]
    assert mention_changes(document) == [
        ("lost", 19, "Ajax", "Ajax", None),
        ("gained", 27, "PSV", None, "PSV"),
        ("lost", 32, "Bos", "Jan Bos", None),
    ]
    assert document.changes == 3


def test_a_longer_name_at_the_same_place_is_lost_and_gained():
    document = compared(record(("PERSON", "Jan", (0, 3))), record(("PERSON", "Jan Bos", (0, 7))))
    assert mention_changes(document) == [
        ("lost", 0, "Jan", "Jan", None),
        ("gained", 0, "Jan Bos", None, "Jan Bos"),
    ]


def test_relabelled():
    document = compared(record(AJAX), record(("LOCATION", "Ajax", (19, 23))))
    assert entity_changes(document) == [("relabelled", "ORGANISATION Ajax", "LOCATION Ajax")]
    assert mention_changes(document) == [("relabelled", 19, "Ajax", "Ajax", "Ajax")]
    assert document.changes == 1


def test_renamed_and_a_country_shows_its_code():
    document = compared(record(("COUNTRY", "Ajax", (19, 23))), record(("COUNTRY", "PSV", (19, 23))))
    assert entity_changes(document) == [("renamed", "COUNTRY Ajax NL", "COUNTRY PSV NL")]
    assert document.mentions == ()
    assert document.changes == 1


APART = (("PERSON", "Jan Bos", (0, 7), (14, 17)), ("PERSON", "Bos", (32, 35)))


def test_one_mention_that_leaves_its_entity_is_regrouped_and_the_others_are_not():
    document = compared(record(JAN), record(*APART))
    assert entity_changes(document) == [("gained", "None", "PERSON Bos")]
    assert mention_changes(document) == [("regrouped", 32, "Bos", "Jan Bos", "Bos")]
    assert document.changes == 1


def test_two_entities_that_are_put_together():
    document = compared(record(*APART), record(JAN))
    assert entity_changes(document) == [("lost", "PERSON Bos", "None")]
    assert mention_changes(document) == [("regrouped", 32, "Bos", "Bos", "Jan Bos")]


def test_failed_documents():
    states = {
        (True, False): ("now failed", 1),
        (False, True): ("now ok", 1),
        (False, False): ("both failed", 0),
    }
    for (old_ok, new_ok), (state, changes) in states.items():
        document = compared(
            record(JAN) if old_ok else failure(), record(AJAX) if new_ok else failure()
        )
        assert (document.state, document.changes, document.mentions) == (state, changes, ())


def test_another_source_is_said_and_is_no_change_by_itself():
    document = compared(record(JAN), record(JAN, sha256="1"))
    assert (document.source_changed, document.changes) == (True, 0)
    assert not compared(record(JAN), failure()).source_changed


@given(st.data())
def test_what_was_gained_and_lost_leads_from_the_old_to_the_new(data):
    def drawn():
        places = sorted(data.draw(st.sets(st.sampled_from([(0, 7), (14, 17), (19, 23), (27, 30)]))))
        types = st.sampled_from(["PERSON", "LOCATION"])
        entities = {}
        for place in places:
            key = data.draw(types), data.draw(st.sampled_from("AB"))
            entities.setdefault(key, []).append(place)
        return record(*((*key, *held) for key, held in entities.items()))

    def typed(one):
        return {(m.start, m.end): e.type for e in one.entities for m in e.mentions}

    old, new = drawn(), drawn()
    document = compared(old, new)
    state = typed(old)
    for one in document.mentions:
        if one.change == "lost":
            del state[one.start, one.end]
        elif one.change in ("gained", "relabelled"):
            state[one.start, one.end] = one.new.type
    assert state == typed(new)
    opposite = {"lost": "gained", "gained": "lost", "relabelled": "relabelled"}
    back = [one for one in compared(new, old).mentions if one.change in opposite]
    assert [(one.start, opposite[one.change]) for one in back] == [
        (one.start, one.change) for one in document.mentions if one.change in opposite
    ]
    assert compared(old, old).changes == 0


def test_files_are_compared_document_by_document(written):
    old = written("old.jsonl", *(record(JAN, id=name) for name in ("a", "b", "c", "d")))
    new = written(
        "new.jsonl.gz",
        record(JAN, id="b", keep_text=True),
        failure("c"),
        record(JAN, AJAX, id="d"),
        record(JAN, id="e"),
    )
    documents = {one.id: one for one in compare(old, new)}
    assert {id: (one.state, one.changes) for id, one in documents.items()} == {
        "a": ("only in old", 1),
        "b": ("compared", 0),
        "c": ("now failed", 1),
        "d": ("compared", 1),
        "e": ("only in new", 1),
    }
    totals = Totals()
    for one in documents.values():
        totals.add(one)
    assert (totals.documents, totals.changed, totals.changes) == (5, 4, 4)
    assert totals.mentions == {"gained": 1}


def test_a_document_that_stands_twice_in_a_file_is_compared_twice(written):
    old = written("old.jsonl", record(JAN), record(AJAX))
    new = written("new.jsonl", record(JAN), record(AJAX), record(PSV))
    assert [(one.state, one.changes) for one in compare(old, new)] == [
        ("compared", 0),
        ("compared", 0),
        ("only in new", 1),
    ]


def test_files_that_are_no_records(written, tmp_path):
    good = written("good.jsonl", record(JAN))
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(to_line(record(JAN)) + b'{"status": "ok"}\n')
    with pytest.raises(RecordsError, match=r"bad\.jsonl:2 is no record: Field required; "):
        list(compare(good, str(bad)))
    bad.write_bytes(to_line(record(JAN))[:-40])
    with pytest.raises(RecordsError, match=r"bad\.jsonl:1 is no record: Invalid JSON"):
        list(compare(str(bad), good))
    with pytest.raises(RecordsError, match=r"cannot read .*weg"):
        list(compare(good, str(tmp_path / "weg")))
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(to_line(record(JAN)))[:-12])
    with pytest.raises(RecordsError, match=r"cannot read .*cut\.jsonl\.gz after line 0"):
        list(compare(good, str(cut)))


def test_diff_shows_changes_and_exits_with_1(written, capsys):
    old = written("old.jsonl", record(JAN, id="a"), record(JAN, id="b"), failure("c"))
    new = written("new.jsonl", record(JAN, id="a"), record(*APART, OTHER, id="b"), failure("c"))
    assert run(["diff", old, new]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "b",
        "  gained entity PERSON Bos",
        "  gained entity ORGANISATION zweeg",
        '  regrouped "Bos" at 32-35, PERSON Jan Bos → PERSON Bos',
        '  gained "zweeg" at 36-41, ORGANISATION zweeg',
        "3 documents, 1 changed, 2 changes",
        "entities: 2 gained",
        "mentions: 1 gained, 1 regrouped",
        "documents: 1 both failed",
    ]
    assert run(["diff", old, new, "--max-changes", "1"]) == 1
    assert run(["diff", old, new, "--max-changes", "2"]) == 0
    capsys.readouterr()
    assert run(["diff", old, old]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "3 documents, 0 changed, 0 changes"


@pytest.mark.parametrize(
    ("limits", "code", "told"),
    [
        (["lost=1", "gained=1"], 0, []),
        (["lost=0"], 1, ["1 lost, of which 0 are allowed"]),
        (["lost=0", "gained=0", "documents=9"], 1, ["1 lost", "1 gained"]),
        (["relabelled=0", "regrouped=0", "renamed=0"], 0, []),
        (["documents=0"], 1, ["1 documents, of which 0 are allowed"]),
    ],
)
def test_diff_has_a_limit_for_each_kind_of_change(written, capsys, limits, code, told):
    old = written("old.jsonl", record(AJAX, id="a"), record(JAN, id="b"))
    new = written("new.jsonl", record(PSV, id="a"), failure("b"))
    options = [part for limit in limits for part in ("--max", limit)]
    assert run(["diff", old, new, *options]) == code
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    for line, expected in zip(lines, told, strict=True):
        assert line.startswith(f"wiewatwaar: {expected}")
    # Both kinds of limit hold.
    assert run(["diff", old, new, *options, "--max-changes", "2"]) == 1


@pytest.mark.parametrize("limit", ["lost", "lost=", "lost=-1", "verloren=1", "lost=1x", "=1"])
def test_a_limit_that_makes_no_sense_is_told(capsys, limit):
    assert run(["diff", "a", "b", "--max", limit]) == 2
    assert "write KIND=N, such as lost=0, with KIND one of gained, lost" in capsys.readouterr().err


def test_the_command_line_knows_every_kind_of_change_that_has_a_limit():
    assert get_args(Limited) == _LIMITED


def test_one_of_a_kind_is_not_called_by_the_plural(written, capsys):
    old, new = written("old.jsonl", record(AJAX)), written("new.jsonl", record(PSV))
    assert run(["diff", old, new, "--max-changes", "9"]) == 0
    assert "\n1 document, 1 changed, " in capsys.readouterr().out


def test_diff_reads_standard_input(written, wiewatwaar):
    old = written("old.jsonl", record(JAN))
    done = wiewatwaar("diff", old, "-", input=to_line(record(JAN, OTHER)))
    assert done.returncode == 1
    assert b"mentions: 1 gained" in done.stdout


def test_diff_cannot_read_both_from_standard_input(capsys):
    assert run(["diff", "-", "-"]) == 2
    assert "only one of OLD and NEW" in capsys.readouterr().err


def test_diff_as_json(written, capsys):
    old = written("old.jsonl", record(AJAX, id="a"), record(JAN, id="b"))
    new = written("new.jsonl", record(("LOCATION", "Ajax", (19, 23)), id="a"), record(JAN, id="b"))
    assert run(["diff", old, new, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["changed"], found["changes"]) == (2, 1, 1)
    assert found["mentions"] == {
        "gained": 0,
        "lost": 0,
        "relabelled": 1,
        "regrouped": 0,
        "renamed": 0,
    }
    assert found["states"]["compared"] == 2
    (document,) = found["by_document"]
    assert document["id"] == "a"
    assert document["mentions"] == [
        {
            "change": "relabelled",
            "start": 19,
            "end": 23,
            "text": "Ajax",
            "old": {"type": "ORGANISATION", "name": "Ajax", "code": None},
            "new": {"type": "LOCATION", "name": "Ajax", "code": None},
        }
    ]


HOSTILE = "<b>@iedereen</b> #1 | [x](https://example.org) www.example.org `code` \x1b[31m\nregel"


def test_diff_as_markdown_is_markdown_of_ours_only(written, capsys):
    named = record(("PERSON", HOSTILE, (0, len(HOSTILE))), id="a|<b>.txt", text=HOSTILE)
    old = written("old.jsonl", record(id="a|<b>.txt", text=HOSTILE))
    new = written("new.jsonl", named)
    assert run(["diff", old, new, "--markdown"]) == 1
    out = capsys.readouterr().out
    assert "| mentions | 1 | 0 | 0 | 0 | 0 |" in out
    assert "**a&#124;&#60;b&#62;.txt**" in out
    (line,) = (line for line in out.splitlines() if line.startswith("- gained entity"))
    assert not set("<>|@[]`:\x1b") & set(line)
    assert "www." not in line
    # Who is called is looked for in the text as it is shown.
    shown = html.unescape(line)
    assert "@\N{ZERO WIDTH SPACE}iedereen" in shown and "#\N{ZERO WIDTH SPACE}1" in shown
    assert run(["diff", old, new, "--markdown", "--json"]) == 2


def test_a_comment_of_many_changes_stays_within_what_a_comment_holds(written, capsys):
    ids = [f"{number:05}" for number in range(2000)]
    old = written("old.jsonl", *(record(JAN, id=id) for id in ids))
    new = written("new.jsonl", *(record(AJAX, id=id) for id in ids))
    assert run(["diff", old, new, "--markdown"]) == 1
    out = capsys.readouterr().out
    assert len(out) < 65_536
    shown = out.count("**0")
    assert f"And {2000 - shown:,} more documents." in out
    assert "**8,000** changes in 2,000 of 2,000 documents." in out


def test_the_same_in_markdown(written, capsys):
    path = written("old.jsonl", record(JAN))
    assert run(["diff", path, path, "--markdown"]) == 0
    assert capsys.readouterr().out.endswith("**0** changes in 0 of 1 document.\n")


def test_two_real_runs(tmp_path, articles, model, capsys):
    old, new = str(tmp_path / "old.jsonl"), str(tmp_path / "new.jsonl")
    common = ["extract", str(articles), "--model", model, "--workers", "1", "--quiet"]
    assert run([*common, "-o", old]) == 0
    assert run([*common, "-o", new, "--type", "PERSON"]) == 0
    assert run(["diff", old, old]) == 0
    capsys.readouterr()
    assert run(["diff", old, new, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    mentions = [one for document in found["by_document"] for one in document["mentions"]]
    assert mentions
    assert {one["change"] for one in mentions} == {"lost"}
    assert {one["old"]["type"] for one in mentions} == {"ORGANISATION", "COUNTRY"}
    assert str(Called("COUNTRY", "Hongarije", "HU")) == "COUNTRY Hongarije HU"
