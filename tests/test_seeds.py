"""The sample articles with the shipped model: what `make run` shows a new user."""

import json
from pathlib import Path

import known_failures
import pytest

from wiewatwaar import Pipeline, read

SEEDS = Path(__file__).parents[1] / "seeds"
EXPECTED = json.loads((known_failures.DATA / "seeds.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def articles():
    return list(read([str(SEEDS)]))


@pytest.fixture(scope="module")
def records(articles):
    types = ("PERSON", "ORGANISATION", "COUNTRY", "LOCATION")
    return {one.document.id: one for one in Pipeline.load(types=types).pipe(articles)}


def called(record, kind):
    """All names and aliases of the entities of a type."""
    of_type = [one for one in record.entities if one.type == kind]
    return {name for one in of_type for name in (one.name, *one.aliases)}


def unmet(record, expected):
    """What is not as expected of a record, each in a few words."""
    persons = {one.name for one in record.entities if one.type == "PERSON"}
    codes = {one.code for one in record.entities if one.type == "COUNTRY"}
    yield from (f"person {one}" for one in expected["persons"] if one not in persons)
    organisations = called(record, "ORGANISATION")
    for one in expected["organisations"]:
        if one not in organisations:
            yield f"organisation {one}"
    yield from (f"country {one}" for one in sorted(set(expected["countries"]) - codes))
    yield from (f"no country {one}" for one in sorted(codes - set(expected["countries"])))
    texts = [mention.text for one in record.entities for mention in one.mentions]
    for one in expected["absent"]:
        if any(one in text for text in texts):
            yield f"no {one}"
    for field in ("title", "published"):
        if getattr(record.document, field) != expected[field]:
            yield f"{field} {expected[field]}"


def test_every_seed_is_read_and_has_expectations(articles, records):
    assert [one.id for one in articles] == list(EXPECTED)
    assert [one.status for one in records.values()] == ["ok"] * len(EXPECTED)


def test_mentions_are_true_about_the_seed(articles, records):
    for article in articles:
        mentions = [m for one in records[article.id].entities for m in one.mentions]
        assert mentions
        for mention in mentions:
            assert article.text[mention.start : mention.end] == mention.text


def test_names_are_found_and_furniture_is_not(records):
    failures = {
        f"{id}: {what}": "seeds.json"
        for id, expected in EXPECTED.items()
        for what in unmet(records[id], expected)
    }
    known_failures.check("seeds_known_failures.txt", failures)


def test_an_expectation_that_is_not_met_is_told(records):
    id = "knmi-warmste-jaren.txt"
    wrong = EXPECTED[id] | {
        "persons": ["Wendelien van Tintelen"],
        "countries": ["NL", "ZZ"],
        "absent": ["KNMI"],
        "title": "Iets anders",
    }
    told = set(unmet(records[id], wrong))
    wanted = {"person Wendelien van Tintelen", "country ZZ", "no country BE", "no KNMI"}
    assert wanted | {"title Iets anders"} <= told
