"""The shipped model on real files: what a user gets, from the command line to the record."""

import json
import random
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED_ARTICLE = ROOT.parent / "shared" / "seeds"


def lines_of(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def entities(record, kind):
    return {entity["name"]: entity for entity in record["entities"] if entity["type"] == kind}


@pytest.fixture
def wicked(tmp_path):
    """A directory with one good article among four that cannot be read."""
    folder = tmp_path / "map"
    folder.mkdir()
    (folder / "goed.txt").write_text("Mark Rutte sprak in Hongarije over de NAVO.\n", "utf-8")
    (folder / "leeg.txt").touch()
    (folder / "beeld.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0")
    # Its rights do not keep the administrator from reading a file; a link to nothing does.
    (folder / "onleesbaar.txt").symlink_to(folder / "weg.txt")
    (folder / "ruis.txt").write_bytes(random.Random(5).randbytes(5000))
    return folder


def test_one_good_file_among_bad_ones_is_intact(wiewatwaar, wicked, tmp_path):
    done = wiewatwaar("extract", wicked, "-o", "uit.jsonl")
    assert done.returncode == 1
    records = {record["document"]["id"]: record for record in lines_of(tmp_path / "uit.jsonl")}
    assert list(records) == ["beeld.txt", "goed.txt", "leeg.txt", "onleesbaar.txt", "ruis.txt"]
    good = records.pop("goed.txt")
    assert good["status"] == "ok"
    assert entities(good, "PERSON").keys() == {"Mark Rutte"}
    assert entities(good, "COUNTRY").keys() == {"Hongarije"}
    assert entities(good, "ORGANISATION").keys() == {"NAVO"}
    for failed in records.values():
        assert (failed["status"], failed["stage"]) == ("failed", "read")
        assert failed["message"]
    assert wiewatwaar("validate", "uit.jsonl").returncode == 0


def test_as_many_failures_as_allowed_are_no_failure(wiewatwaar, wicked):
    assert wiewatwaar("extract", wicked, "--quiet", "--max-failures", 4).returncode == 0
    assert wiewatwaar("extract", wicked, "--quiet", "--max-failures", 3).returncode == 1


def test_the_sample_articles_give_true_records(wiewatwaar, tmp_path):
    done = wiewatwaar("extract", ROOT / "seeds", "--text", "-o", "uit.jsonl")
    assert done.returncode == 0, done.stderr
    records = lines_of(tmp_path / "uit.jsonl")
    assert len(records) >= 15
    for record in records:
        text = record["document"]["text"]
        assert len(text) == record["document"]["characters"]
        assert record["entities"], record["document"]["id"]
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                assert text[mention["start"] : mention["end"]] == mention["text"]


def test_the_sample_articles_are_shown(wiewatwaar):
    done = wiewatwaar("show", ROOT / "seeds")
    assert done.returncode == 0
    assert {"wie", "wat", "waar"} <= set(done.stdout.split())


@pytest.mark.skipif(not SEED_ARTICLE.is_dir(), reason="the seed article is not beside the checkout")
def test_the_article_the_project_started_from(wiewatwaar, tmp_path):
    done = wiewatwaar("extract", SEED_ARTICLE, "--text", "-o", "uit.jsonl")
    assert done.returncode == 0, done.stderr
    (record,) = lines_of(tmp_path / "uit.jsonl")
    document = record["document"]
    assert document["title"].split()[:2] == ["Biden", "bereidt"]
    assert document["title"].endswith("NAVO voor")
    assert document["published"] == "2024-02"
    people = entities(record, "PERSON")
    assert people.keys() == {
        "Joe Biden",
        "Mark Rutte",
        "Jens Stoltenberg",
        "Kallas",
        "Poetin",
        "Trump",
    }
    text = document["text"]
    rutte = [mention["start"] for mention in people["Mark Rutte"]["mentions"]]
    assert [text.count("Rutte", 0, start + 11) for start in rutte] == [*range(1, len(rutte) + 1)]
    assert len(rutte) == text.count("Rutte")
    countries = {entity["code"] for entity in record["entities"] if entity["code"]}
    assert countries == {"US", "HU", "TR", "UA", "NL", "RU", "EE"}
    assert entities(record, "ORGANISATION").keys() == {"NAVO", "Politico"}
    # The rest of the first line is the page's, not the article's.
    title_ends = text.index(" Actueel")
    body_begins = text.index("\n")
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            assert mention["end"] <= title_ends or mention["start"] >= body_begins
