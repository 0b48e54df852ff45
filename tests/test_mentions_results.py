import pytest
from mention_marks import shown

KAA = "ORG AA Gent=KAA Gent"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Westerlo|LOC] – [AA Gent|ORG] 1-0", ["ORG Westerlo", KAA]),
        ("Winterdorp - [AA Gent|ORG] 0-3", ["ORG Winterdorp", KAA]),
        ("Uitslagen\n[AA Gent|ORG] – Winterdorp 2 - 2 | geel", [KAA, "ORG Winterdorp"]),
    ],
)
def test_both_sides_of_a_result_are_clubs(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Westerlo|LOC] – [Winterdorp|LOC] 1-0", ["LOC Westerlo", "LOC Winterdorp"]),
        ("Nederland - AA Gent 1-0", ["C:NL Nederland", KAA]),
        ("Lotte Bremer - AA Gent 6-2", [KAA]),
        ("De trein [Westerlo|LOC] - [AA Gent|ORG] reed.", ["LOC Westerlo", KAA]),
    ],
)
def test_what_is_no_match_of_clubs(marked, expected):
    assert shown(marked) == expected
