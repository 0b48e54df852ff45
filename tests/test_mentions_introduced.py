import pytest
from mention_marks import shown

SHOWN = [
    # A role in front, whatever the model says.
    ("De topman Roland Busch van [Siemens|ORG] lacht.", ["PER Roland Busch", "ORG Siemens"]),
    ("[CEO Tim Cook|ORG] spreekt.", ["PER Tim Cook"]),
    ("Minister Femke van den Oever treedt af.", ["PER Femke van den Oever"]),
    ("Wielrenster Lotte Kops won.", ["PER Lotte Kops"]),
    ("Clubgenote Lotte Kops kwam.", ["PER Lotte Kops"]),
    ("Een boek van schrijver [Kees|PER] van de [Linde|LOC].", ["PER Kees van de Linde"]),
    ("Dat zei RIVM-voorzitter Lotte Kops gisteren.", ["ORG RIVM compound", "PER Lotte Kops"]),
    (
        "Toen kwam [KNMI-onderzoeker|MISC] [Lotte Kops|MISC].",
        ["ORG KNMI compound", "PER Lotte Kops"],
    ),
    ("[Wielrenster Lotte Kops|MISC] won.", ["PER Lotte Kops"]),
    ("De Chileen Christian Melk won.", ["C:CL Chileen demonym", "PER Christian Melk"]),
    # Small prefixes between a first name and a capital.
    ("Toen kwam Gijs van der Linde binnen.", ["PER Gijs van der Linde"]),
    ("Eddy van 't Wout zingt.", ["PER Eddy van 't Wout"]),
    # First names in front of what is in no list.
    ("[Sibel Demirci|ORG] trainde.", ["PER Sibel Demirci"]),
    ("[Filips II|ORG] was koning.", ["PER Filips II"]),
    ("Samen met [Lotte Kops|MISC] won ze.", ["PER Lotte Kops"]),
]


@pytest.mark.parametrize(("marked", "expected"), SHOWN)
def test_persons_whom_the_text_shows(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Een kaartje voor het Frans Hals Museum.", []),
        ("Acteur won Emmy Awards en Grammy's.", []),
        ("Ze liep naar Roland Garros.", []),
        ("Directeur Tom Smit Stichting", []),
        ("[Jan Tooropstraat|LOC]", ["LOC Jan Tooropstraat"]),
        ("[Hans Anders|ORG] sluit een winkel.", ["ORG Hans Anders"]),
        ("Zo speelde [Willem II|ORG] gelijk.", ["ORG Willem II"]),
        ("[Harry Potter-film|MISC] trok vol.", []),
        ("[Willem Tell Ouverture|MISC] klonk.", []),
        ("Wie kent Frans van Ajax?", []),
        ("Hij zag Jan naar Piet kijken.", []),
    ],
)
def test_names_that_show_no_person(marked, expected):
    assert shown(marked) == expected


def test_the_network_x_introduces_nobody():
    assert shown("Ze las het op [X. Oosterwijk|PER] noemde het mooi.") == ["PER Oosterwijk"]


@pytest.mark.parametrize(
    "name",
    ["Ngozi Oosterwijk", "Thandiwe van Daal", "Priya Wijnstra", "Oksana Bremer", "Tjark de Zwaan"],
)
def test_a_first_name_from_anywhere_shows_a_person(name):
    assert shown(f"Dat zegt bioloog {name} vandaag.") == [f"PER {name}"]


def test_a_surname_that_was_introduced_is_known_in_the_rest_of_the_text():
    assert shown("Boswachter Minke Rietdijk zag een das. Later zag Rietdijk er twee.") == [
        "PER Minke Rietdijk",
        "PER Rietdijk",
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Kees van de Linde van de Universiteit van Amsterdam|PER] belde.",
            ["PER Kees van de Linde", "ORG Universiteit van Amsterdam"],
        ),
        (
            "In juli gaat [Zomer naar Griekenland|PER].",
            ["PER Zomer", "C:GR Griekenland"],
        ),
        ("Zo viel [Saddam Hussein Koeweit|PER] binnen.", ["PER Saddam Hussein", "C:KW Koeweit"]),
        ("[Jeroen v Holland|PER] zingt.", ["PER Jeroen v Holland"]),
        ("[Jeroen van Holland|PER] zingt.", ["PER Jeroen van Holland"]),
    ],
)
def test_what_the_sentence_goes_on_with_is_no_part_of_a_person(marked, expected):
    assert shown(marked) == expected


def test_a_role_joined_to_a_body_shows_a_person_that_the_model_has_no_label_for():
    assert shown("WMO-chef [Celeste Saulo|MISC] sprak.")[-1] == "PER Celeste Saulo"


def test_a_role_in_front_of_initials_with_a_first_name_is_no_part_of_the_name():
    marked = "[Ontwerper J.P.|PER] ([Jan-Pieter|LOC]) ter [Braam|PER] sprak."
    assert shown(marked) == ["PER J.P. (Jan-Pieter) ter Braam"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ook VN-chef Guterres en de emir kwamen.", ["ORG VN compound", "PER Guterres"]),
        ("Zo zei KLM-baas [Rintel|ORG].", ["ORG KLM compound", "PER Rintel"]),
        ("Dat weet KLM-dochter [Transavia|ORG].", ["ORG KLM compound", "ORG Transavia"]),
        ("Toen kwam [Ernst von|PER] dem Bussche.", ["PER Ernst von dem Bussche"]),
        ("[Wietske Lycklama|PER] à [Nijeholt|PER] zweeg.", ["PER Wietske Lycklama à Nijeholt"]),
        ("Slot: ‘We hadden moeten winnen’", ["PER Slot"]),
        ("Sterk, destijds gedeputeerde voor het CDA, zweeg.", ["PER Sterk", "ORG CDA"]),
        ("Annies oude kraam stond er nog.", ["PER Annie possessive"]),
        ("Jan Storm, advocaat van twee verdachten, zweeg.", []),
        ("Volgens Storm, advocaat van twee verdachten, is dat zo.", ["PER Storm"]),
        ("Bakker: ‘Brood wordt duurder’", []),
    ],
)
def test_persons_by_what_stands_beside_them(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


def test_a_firm_by_the_name_of_somebody() -> None:
    marked = "[Tjeerd Hofstra|PER] verlaat [Hofstra Windtechniek|PER]."
    assert shown(marked) == ["PER Tjeerd Hofstra", "ORG Hofstra Windtechniek"]
