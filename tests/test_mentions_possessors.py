import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Brugges|PER] coach [Hayen|PER] lachte.", ["ORG Brugge possessive", "PER Hayen"]),
        ("Toen scoorde Kortrijks spits.", ["ORG Kortrijk possessive"]),
        ("[Vitesses|PER] trainer vertrok.", ["ORG Vitesse possessive"]),
        ("Ook [Liverpools Slot|PER] baalde.", ["ORG Liverpool possessive", "PER Slot"]),
        ("Toen kwam [Madrids|PER] [Alonso|PER].", ["ORG Madrid possessive", "PER Alonso"]),
        ("[Madrids|PER] nieuwe wijk is af.", ["LOC Madrid possessive"]),
        ("[Gerdiens|PER] huis staat te koop.", ["PER Gerdien possessive"]),
    ],
)
def test_the_s_of_towns_clubs_and_first_names_is_an_ending(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Willems|PER] plan is af.", ["PER Willems"]),
        ("[Kiki Bertens|PER] rechtstreeks door.", ["PER Kiki Bertens"]),
        ("[Gents Glorie|PER] wint alweer.", ["PER Gents Glorie"]),
        ("Rapper [Feis|PER] rapt.", ["PER Feis"]),
    ],
)
def test_the_s_of_other_names_is_their_own(marked, expected):
    assert shown(marked) == expected
