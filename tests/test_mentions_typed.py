"""What the form of a name, or a word beside it, says that it is, whatever the model calls it."""

import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A number makes another word of a name.
        ("Italië ([FIFA-15|LOC]) wacht.", ["C:IT Italië", "ORG FIFA compound"]),
        ("De [Nachtvalk X10|PER] kost veel.", []),
        ("Een duel van [Feyenoord A1|ORG].", ["ORG Feyenoord A1"]),
        # Companies by their last word.
        ("Het bedrijf [Lotte Kops Photography|PER] stopt.", ["ORG Lotte Kops Photography"]),
        ("Dat meldt [Bremer Accountants|LOC].", ["ORG Bremer Accountants"]),
        # The elder and the younger of a name.
        ("Toen kwam [Bremer-senior|MISC] binnen.", ["PER Bremer-senior"]),
        # An office with the capital of its sentence.
        ("De Britse [Premier May|MISC] sprak.", ["C:GB Britse demonym", "PER May"]),
        ("Het [Burgemeester Bremermuseum|MISC] opent.", []),
        # Relatives and friends.
        ("Ze belde haar vriend [Bremer|ORG] op.", ["PER Bremer"]),
        ("Ze reed met haar vriend [Utrecht|LOC] in.", ["LOC Utrecht"]),
        # A compound in front of a body is no part of its name.
        ("De [pro-EU-partij Blauwe Unie|ORG] won.", ["ORG EU compound", "ORG Blauwe Unie"]),
        ("[Niet-NAVO-land Ierland|ORG] zwijgt.", ["ORG NAVO compound", "C:IE Ierland"]),
        ("In groep [E. Nederland|ORG] speelt.", ["C:NL Nederland"]),
        # Start-ups.
        ("[Start-up Zeekracht|MISC] groeit.", ["ORG Zeekracht"]),
        ("Start-up Zeekracht groeit.", ["ORG Zeekracht"]),
        ("De uitgeverij Zilverlicht zoekt een stichting Vrienden van Toen.", ["ORG Zilverlicht"]),
        ("In verband Zilverlicht niet.", []),
        # Two names with a line below between them.
        ("Duel [Bremer_Kops|ORG] wacht.", ["ORG Bremer", "ORG Kops"]),
        (
            "Duel [Bremer_Kops|ORG] wacht. [Lotte Bremer|PER] en [Kops|PER] ook.",
            ["PER Bremer", "PER Kops", "PER Lotte Bremer", "PER Kops"],
        ),
        # What is abbreviated is a thing.
        ("Het [Eerlijk Spel Plan|MISC] ([ESP|ORG]) geldt.", []),
        # Nobles.
        (
            "[Anna van Haersma|PER] tot [Westervoort|LOC] kwam.",
            ["PER Anna van Haersma tot Westervoort"],
        ),
        ("[Tjeerd aan de Wiel|LOC] vond hem.", ["PER Tjeerd aan de Wiel"]),
        # The handle of anybody, and words without any capital.
        ("Dat schreef @[Zonnekoning32|ORG] gisteren.", []),
        ("Hij riep het over de [lopende band|ORG].", []),
        ("[File Rijswijk|MISC] opgelost.", ["LOC Rijswijk"]),
        # What somebody is, and who is greeted, with the capital of the sentence.
        ("[Bakker Verhoeven|PER] stopt.", ["PER Verhoeven"]),
        ("Toen kwam [Bakker Verhoeven|PER].", ["PER Bakker Verhoeven"]),
        ("[Panda Wu Wen|PER] slaapt.", ["PER Wu Wen"]),
        ("[Lieve Loek|PER], ik wil een step.", ["PER Loek"]),
        # First names alone in lists and talks.
        ("Reacties\nHester: 'Mijn hart is vol.'", ["PER Hester"]),
        ("Reacties\nCorry, vrijwilliger: 'Alles valt mee.'", ["PER Corry"]),
        ("Leerlingen\nLieke (9), [Boxmeer|LOC]", ["PER Lieke", "LOC Boxmeer"]),
        ("Talen\nFrans: moeilijk.", []),
        ("Opa [Frans|PER] helpt.", ["PER Frans"]),
        ("Zijn vriendin spreekt [Frans|PER].", []),
        # What is shouted, and what users call themselves.
        ("[JOEPIE|PER]! Geen school voor [SEM|PER]!", ["PER SEM"]),
        ("[Roelof_G|PER] schreef het.", ["PER Roelof_G"]),
        # Marks of a list.
        ("Wat is hoog? [a. de Eiffeltoren|LOC]", ["LOC Eiffeltoren"]),
        # Two persons, of whom the first begins the sentence.
        ("[Smit|PER] en [Bakker|PER] maken ruzie.", ["PER Smit", "PER Bakker"]),
    ],
)
def test_what_form_and_neighbours_say(marked, expected):
    assert shown(marked) == expected


OWNED = ["ORG Volkswagen possessive", "ORG Boeing possessive"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Heinekens brouwerij sluit.", ["ORG Heineken possessive"]),
        ("Heinekens vader lachte.", []),
        ("De [Croos|MISC] kabinet viel.", ["PER De Croo possessive"]),
        ("In Assen hing [Frida Kahlo's|MISC] zelfportret.", ["PER Frida Kahlo possessive"]),
        ("Daar hing [Jasper Philipsens|PER] groene trui.", ["PER Jasper Philipsen possessive"]),
        ("Daar hing [Hanne Vermeulens|PER] zesjarige zoon.", ["PER Hanne Vermeulen possessive"]),
        ("Daar hing [Jasper Philipsens|PER] naar.", ["PER Jasper Philipsens"]),
        ("Toen kwam [Han Kangs|PER] Nobelprijs.", ["PER Han Kang possessive"]),
        ("Mahlers Vierde klonk.", ["PER Mahler possessive"]),
        ("Unilevers ijstak groeit, de Unilevers slapen.", ["ORG Unilever possessive"]),
        ("Volkswagens fabriek en [Boeings|MISC] levertijden.", OWNED),
        (
            "[Vlaams Belanger|MISC] [Sam Bremer|PER].",
            ["ORG Vlaams Belang member", "PER Sam Bremer"],
        ),
        ("De fabriek van [Mars|LOC] draait.", ["ORG Mars"]),
        ("De inwoners van [Mars|LOC] zijn groen.", ["LOC Mars"]),
        ("Zijn aandelen in [Caterpillar|LOC] stegen.", ["ORG Caterpillar"]),
    ],
)
def test_who_owns_and_who_is_owned(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Ferdi Hopman|PER] is failliet. De modeketen telde er twaalf.", ["ORG Ferdi Hopman"]),
        ("[Hopman|PER] werkt bij een bakkerij. De bakkerij sluit.", ["PER Hopman"]),
        ("[Hopman|PER] stopt. De bakkerij van [Hopman|PER] sluit.", ["PER Hopman", "PER Hopman"]),
        ("[Zilverhaven|ORG] is leeg. Het dorp slaapt.", ["LOC Zilverhaven"]),
        ("[Hopman|PER] zag [Bremer|PER]. De krant zweeg.", ["PER Hopman", "PER Bremer"]),
        (
            "[Thea Engeland|PER] kwam. Toen zag [Engeland|LOC] dat [Engeland|LOC] won.",
            ["PER Thea Engeland", "PER Engeland", "PER Engeland"],
        ),
        (
            "[Thea Engeland|PER] kwam uit [Engeland|LOC].",
            ["PER Thea Engeland", "C:GB Engeland"],
        ),
    ],
)
def test_what_the_text_says_elsewhere(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Bij [Metrostation Dijkzigt|ORG] is het druk.", ["LOC Metrostation Dijkzigt"]),
        ("De stoet trok door [Rotterdam Centrum|ORG].", ["LOC Rotterdam Centrum"]),
        ("Ook [Chicago West|PER] lachte.", ["PER Chicago West"]),
        ("De club [Rotterdam Ruiters|ORG] won.", ["ORG Rotterdam Ruiters"]),
    ],
)
def test_parts_of_towns_are_places(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected
