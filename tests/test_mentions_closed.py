import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("De [Ajaxfans|MISC] zongen.", ["ORG Ajax compound"]),
        ("Boze Trumpaanhangers bleven.", ["PER Trump compound"]),
        ("Het Timmermanseffect hield aan.", ["PER Timmermans compound"]),
        ("De [Labourleider|PER] zweeg.", ["ORG Labour compound"]),
        ("Feyenoord- en Ajaxfans zongen.", ["ORG Feyenoord compound", "ORG Ajax compound"]),
    ],
)
def test_a_name_closed_up_with_a_noun(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A town, a road, a noun whose beginning is a name.
        ("In [Philipsburg|LOC] regent het.", ["LOC Philipsburg"]),
        ("Onder de [Kennedylaan|LOC] door.", ["LOC Kennedylaan"]),
        ("Trouwkaarten zijn duur.", []),
        ("[Ajaxfans Wezep|ORG] zingt.", ["ORG Ajaxfans Wezep"]),
    ],
)
def test_a_longer_name_stays_whole(marked, expected):
    assert shown(marked) == expected
