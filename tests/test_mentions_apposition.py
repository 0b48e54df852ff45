"""What a noun in front of a name says, and names that stand glued together or speak."""

import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Tyfoon [Olvara|PER] komt. [Olvara|PER] is zwaar.", []),
        ("De jeugdroman [Zomerlicht|PER] verscheen in maart.", []),
        ("Dag na orkaan [De Zwaluw|LOC] lag [Zwaluw|LOC] stil.", []),
        ("Schrijver van de roman is [Olvara|PER].", ["PER Olvara"]),
    ],
)
def test_storms_and_works(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "De dorpen [Mirsa|PER], [Olveda|ORG] en [Tarn|MISC] liggen stil.",
            ["LOC Mirsa", "LOC Olveda", "LOC Tarn"],
        ),
        ("Fabrieken in [Mirsa|LOC] en [Olveda|PER] sluiten.", ["LOC Mirsa", "LOC Olveda"]),
        ("Uit [Mirsa|LOC], [Olveda|PER] weet het.", ["LOC Mirsa", "PER Olveda"]),
        ("In de stad [Rutte|PER] zien is bijzonder.", ["PER Rutte"]),
        ("Op het eiland [Femke Kops|PER] ontmoeten kan.", ["PER Femke Kops"]),
    ],
)
def test_places(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Lotte van Dalen|PER] zweeg. Toen heeft [Van Dalen Trump|PER] gebeld.",
            ["PER Lotte van Dalen", "PER Van Dalen", "PER Trump"],
        ),
        (
            "[Rudolf K.|PER] kwam. Ook [Lotte Kops|PER] kwam. Zo zag [Rudolf K. Lotte Kops|PER].",
            ["PER Rudolf K.", "PER Lotte Kops", "PER Rudolf K.", "PER Lotte Kops"],
        ),
        (
            "[Igna|PER] en [Igna Kops|PER], dat is [Kops|PER].",
            ["PER Igna", "PER Igna Kops", "PER Kops"],
        ),
        ("[Mark|PER] is [Mark Rutte|PER].", ["PER Mark", "PER Mark Rutte"]),
    ],
)
def test_two_persons_that_are_taken_for_one(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Het komt goed, zegt de [Zilverhof|LOC].", ["ORG Zilverhof"]),
        ("Het komt goed, zegt [Brussel|LOC].", ["LOC Brussel"]),
        ("In het [Zilveren Museum|LOC] is het stil.", ["ORG Zilveren Museum"]),
        ("[Museum Zilverhof|MISC] opent.", ["ORG Museum Zilverhof"]),
        ("Aan de [Smallwater Falls|MISC] is het druk.", ["LOC Smallwater Falls"]),
        ("[Ploegenoverleg|PER] begint.", []),
    ],
)
def test_what_a_name_is_by_its_words_or_by_what_it_does(marked, expected):
    assert shown(marked) == expected


def test_a_full_name_decides_what_its_surname_is():
    marked = "[Igna Terwisga|PER] won. [Terwisga|ORG] juicht, en [Terwisga|ORG] weet waarom."
    assert shown(marked) == ["PER Igna Terwisga", "PER Terwisga", "PER Terwisga"]
    marked = (
        "[Igna Terwisga|PER] leidt [Terwisga Kousen|ORG]. Bij [Terwisga|ORG], zei [Terwisga|ORG]."
    )
    assert shown(marked)[1:3] == ["ORG Terwisga Kousen", "ORG Terwisga"]
