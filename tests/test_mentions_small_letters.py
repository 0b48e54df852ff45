"""Names in lines that nobody wrote a capital in."""

import pytest
from mention_marks import resolved, unmark

from wiewatwaar.mentions.small_letters import with_capitals


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[fatma de bakker|PER] sprak de [vvd|ORG].", "Fatma de Bakker sprak de VVD."),
        ("[ijmuiden|LOC] en [noord-holland|LOC]", "IJmuiden en Noord-Holland"),
        ("de [europese commissie|ORG] zwijgt", "de Europese Commissie zwijgt"),
        ("[strauß|PER] bakt", "Strauß bakt"),
        ("[ßeker|PER] bakt", "ßeker bakt"),
        ("Een kop\n[fatma özdemir|PER] bakt", "Een kop\nFatma Özdemir bakt"),
        ("Hier bakt [fatma|PER] brood", "Hier bakt fatma brood"),
        ("niets te zien", "niets te zien"),
    ],
)
def test_names_get_the_capitals_that_their_line_has_not(marked, expected):
    text, spans = unmark(marked)
    assert with_capitals(text, spans) == expected
    assert len(expected) == len(text)


def test_the_order_of_the_spans_does_not_matter():
    text, spans = unmark("[fatma|PER] bakt in [gent|LOC]")
    assert with_capitals(text, spans[::-1]) == "Fatma bakt in Gent"


def test_a_text_in_lower_case_names_people_bodies_and_countries():
    text, mentions = resolved(
        "[fatma özdemir|PER] sprak met de [vvd|ORG]. [duitsland|LOC] doet mee, "
        "de [poolse|MISC] buren niet."
    )
    assert [(text[one.start : one.end], one.type, one.name, one.code) for one in mentions] == [
        ("fatma özdemir", "PERSON", "Fatma Özdemir", None),
        ("vvd", "ORGANISATION", "VVD", None),
        ("duitsland", "COUNTRY", "Duitsland", "DE"),
        ("poolse", "COUNTRY", "Polen", "PL"),
    ]
