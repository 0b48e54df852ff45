"""First words of sentences that a model takes for names, or for the first word of one."""

import pytest
from mention_marks import resolved, shown


@pytest.mark.parametrize(
    "marked",
    [
        "[Duikboot|PER] gezonken. De duikboot was oud.",
        "[Bondscoach|PER] ziet het somber in.",
        "De haven is dicht. [Veerboot|ORG] vaart niet, en een veerboot is er niet meer.",
        "De trein reed met grote [vitesse|ORG] voorbij.",
        "Column: [Herfst|PER]",
        "[Huisarts|PER] ziet vaker jeuk.",
        "Dat is af. [Gezegd|PER] wordt dat het ouder is.",
    ],
)
def test_a_common_word_is_nobody(marked: str) -> None:
    assert shown(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Ooijevaar|PER] landde. De ooijevaar van [Piet Ooijevaar|PER].", 2),
        ("[Ooijevaar|PER] landde. Toen kwam [Ooijevaar|PER] met een ooijevaar.", 2),
        ("[Roos|PER] plukt een roos.", 1),
        ("[Duikboot|PER] zonk.", 1),
    ],
)
def test_a_name_that_is_a_word_too_stays(marked: str, expected: int) -> None:
    assert len(shown(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[De Marechaussee|ORG] controleert.", "Marechaussee"),
        ("[De Telegraaf|ORG] schrijft.", "De Telegraaf"),
        ("[Vereniging Het Oude Veer|ORG] redt de pont.", "Het Oude Veer"),
        ("[Partij Sterk Lokaal|ORG] wint.", "Sterk Lokaal"),
        ("[Stichting Vrije Wadden|ORG] wint.", "Stichting Vrije Wadden"),
    ],
)
def test_a_head_that_is_no_part_of_the_name(marked: str, expected: str) -> None:
    text, (mention,) = resolved(marked)
    assert text[mention.start : mention.end] == expected
    assert mention.type == "ORGANISATION"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Nobody is first called by the surname alone in the paragraph that gives the full name.
        ("Kuiken gered. Wethouder [Femke Kuiken|PER] keek.", ["PER Femke Kuiken"]),
        (
            "Terwisga wordt trainer\n\n[Igna Terwisga|PER] komt.",
            ["PER Terwisga", "PER Igna Terwisga"],
        ),
        ("Terwisga zwijgt. Ook [Igna Terwisga|PER] zweeg.", ["PER Terwisga", "PER Igna Terwisga"]),
        # In capitals a surname that is a common word needs more than its form.
        ("KOUDE WINTER OP KOMST\n\n[Saskia Winter|PER] breit.", ["PER Saskia Winter"]),
        ("GELD VOOR DE BOER\n\n[Jan de Boer|PER] lacht.", ["PER Jan de Boer"]),
        (
            "WINTER WINT GOUD\n\n[Saskia Winter|PER] won.",
            ["PER WINTER=Winter", "PER Saskia Winter"],
        ),
        ("KOERS NAAR [ROUBAIX|ORG]\n\nDe koers begint.", ["LOC ROUBAIX=Roubaix"]),
    ],
)
def test_surnames_that_are_common_words(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Rook|PER] boven de haven.", []),
        ("[Rook|PER] zwijgt.", ["PER Rook"]),
        ("[Rook|PER] boven aan de lijst\nDat zegt [Inge Rook|PER].", ["PER Rook", "PER Inge Rook"]),
        ("[Rook|PER] hangt er, zegt [Inge Rook|PER].", ["PER Inge Rook"]),
        ("[Rook|PER] heet hij, [Ed Rook|PER].", ["PER Rook", "PER Ed Rook"]),
        ("VOGELS VLIEGEN\n\n[Ellen Vogels|PER] kijkt.", ["PER Ellen Vogels"]),
        (
            "WINTER: IK STOP\n\n[Saskia Winter|PER] stopt.",
            ["PER WINTER=Winter", "PER Saskia Winter"],
        ),
    ],
)
def test_surnames_that_nobody_bears(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Vooruit|ORG], riep de trainer.", []),
        ("[Vooruit|ORG] met de geit!", []),
        ("[Volt|ORG] is een eenheid, ampère ook.", []),
        ("Dicht. [Plus|ORG], het regende.", []),
        ("[Vooruit|ORG] stemt tegen.", ["ORG Vooruit"]),
        ("[Volt|ORG] is tegen.", ["ORG Volt"]),
        ("[Trouw|ORG] bleef hij zijn leven lang.", []),
        ("[Volt|ORG], de jongste partij, lacht.", ["ORG Volt"]),
        ("[Vooruit|ORG]: 'Meer huizen'", ["ORG Vooruit"]),
        ("De partij [Vooruit|ORG] lacht. Vooruit dan maar.", ["ORG Vooruit"]),
        ("[Roos|PER] na roos werd geplukt.", []),
        ("[Mark|PER] het woord in de tekst.", []),
        ("De Zeemeeuw vaart. Het schip de [Zeemeeuw|PER] ook.", []),
    ],
)
def test_common_words_that_begin_a_sentence(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Judoka Harm|PER] (80) krijgt zwarte band.", ["PER Harm"]),
        ("[Zoontje Bobby|PER] lacht.", ["PER Bobby"]),
        ("[Herkozen Ooijevaar|PER] bedankt.", ["PER Ooijevaar"]),
        ("[Moeder Teresa|PER] werd heilig.", ["PER Moeder Teresa"]),
        ("[Lange Frans|PER] rapt.", ["PER Lange Frans"]),
    ],
)
def test_a_common_word_in_front_of_somebody(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected
