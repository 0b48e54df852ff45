import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # A role and "van", a role of a person, a word for such a body.
        ("De voorzitter van Volt zweeg.", ["ORG Volt"]),
        ("Lid van [Groen|PER] sinds 1999.", ["ORG Groen"]),
        ("Topman [Roland Busch|PER] van Siemens.", ["PER Roland Busch", "ORG Siemens"]),
        ("Hij schreef het namens Denk.", ["ORG Denk=DENK"]),
        # Brackets behind a name.
        ("[Nadia Naji|PER] (Groen) sprak.", ["PER Nadia Naji", "ORG Groen"]),
        ("[Tom Smid|PER] ([MR|PER]) sprak.", ["PER Tom Smid", "ORG MR"]),
        # In one breath with another of its kind.
        ("[Groen|PER] en [CD&V|ORG] zijn het eens.", ["ORG Groen", "ORG CD&V=cd&v"]),
        ("Groen en Vooruit regeren.", ["ORG Groen", "ORG Vooruit"]),
        ("De Volt-fractie en Groen stemmen.", ["ORG Volt compound", "ORG Groen"]),
        ("Nasa en [Esa|LOC] lanceren.", ["ORG Nasa=NASA", "ORG Esa=ESA"]),
        # A capital that is not the one of the sentence, or before a verb of doing.
        ("Zij stemt op Vooruit.", ["ORG Vooruit"]),
        ("De Kustwacht redt twee zeilers.", ["ORG Kustwacht"]),
        ("Denk diende een motie in.", ["ORG Denk=DENK"]),
    ],
)
def test_words_that_are_an_organisation_here(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Vooruit met de geit!",
        "Denk goed na.",
        "Groen gras en groene vingers.",
        "Trouw blijven is moeilijk.",
        "De broer van Groen lacht.",
        "Een volt of een watt meer.",
    ],
)
def test_words_that_are_just_words(sentence):
    assert shown(sentence) == []


def test_an_organisation_that_was_shown_once_counts_elsewhere():
    assert shown("Lid van Volt sinds 2020. Zo bleef ze bij Volt.") == ["ORG Volt", "ORG Volt"]


def test_a_surname_of_the_document_is_no_party():
    assert shown("[Karin Groen|PER] won. Later gaf Groen het geld weg.") == [
        "PER Karin Groen",
        "PER Groen",
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "De GroenLinkser en twee Feyenoorders.",
            ["ORG GroenLinks member", "ORG Feyenoord member"],
        ),
        ("Een denker, een groener plan en een Volter.", []),
        ("Een Tesla-rijder in een Philips-trui.", ["ORG Tesla compound", "ORG Philips compound"]),
        ("Na de Mars-landing de Visa-kaart.", []),
    ],
)
def test_members_and_nouns_show_an_organisation(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("De rederij [Blumendal|LOC] vaart uit.", ["ORG Blumendal"]),
        ("Fietsenfabrikant [Kogel|PER] verhuist.", ["ORG Kogel"]),
        ("Het Belgisch Olympisch Comité wacht.", []),
        ("Het [Belgisch Olympisch Comité|MISC] wacht.", ["ORG Belgisch Olympisch Comité"]),
        ("[Raad|ORG] voor het [Openbaar Bestuur|ORG]", ["ORG Raad voor het Openbaar Bestuur"]),
    ],
)
def test_nouns_show_what_is_an_organisation(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Novak Djokovic|PER] won; Đoković lachte.", ["PER Novak Djokovic", "PER Đoković"]),
        ("[Ilham Alijev|PER] sprak, later zweeg Aliyev.", ["PER Ilham Alijev", "PER Aliyev"]),
        ("[Eddy van 't Wout|PER] zingt. Fans van Van ’t Wout juichen.", 2),
        ("Toen Scholz' regering viel, kwam Merz.", ["PER Scholz possessive", "PER Merz"]),
        ("Hij liep door de Trump Tower.", []),
        ("[Rechters|PER] krijgen meer tijd.", []),
        ("[Jan Dokter|PER] lacht. Dokters waarschuwen.", ["PER Jan Dokter"]),
        ("[Kees Snoek|PER] is ziek. Snoek komt morgen.", ["PER Kees Snoek", "PER Snoek"]),
        ("[Ria Bremer-Zwaan|PER] exposeert; Bremer-Zwaan schildert.", 2),
        ("Zij geeft [Engels|PER] op een school.", []),
        ("Hij woont in [Kyiv|PER].", ["LOC Kyiv"]),
        ("De lijst-Pim Fortuyn won.", ["PER Pim Fortuyn compound"]),
    ],
)
def test_what_a_document_knows_of_persons(marked, expected):
    found = shown(marked)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_headline_in_capitals_ends_where_the_known_name_does():
    text = "[OEKRAÏNE VRAAGT|LOC] [NAVO OM|ORG] HULP\n\nDe [NAVO|ORG] helpt [Oekraïne|LOC]."
    assert shown(text) == ["C:UA OEKRAÏNE", "ORG NAVO", "ORG NAVO", "C:UA Oekraïne"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Hij kocht het bij [Ticketmaster|MISC].", ["ORG Ticketmaster"]),
        ("Ze las het op [Ticketmaster|MISC].", []),
        ("Hij werkt bij [Rode Ster|MISC].", []),
    ],
)
def test_what_somebody_buys_at_is_no_thing(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Gaite Jansen|PER] won. Wie prijst [Jansens|PER] spel?",
            ["PER Gaite Jansen", "PER Jansen possessive"],
        ),
        (
            "[Gaite Jansen|PER] won. Wie prijst [Gaite Jansens|PER] spel?",
            ["PER Gaite Jansen", "PER Gaite Jansen possessive"],
        ),
        (
            "[Gaite Jansen|PER] won. Later zong [Jansens|PER].",
            ["PER Gaite Jansen", "PER Jansens"],
        ),
        (
            "[Gaite Jansen|PER] won. [Frans Jansens|PER] lacht om [Jansens|PER] spel.",
            ["PER Gaite Jansen", "PER Frans Jansens", "PER Jansens"],
        ),
        ("Wie prijst [Jansens|PER] spel?", ["PER Jansens"]),
    ],
)
def test_the_full_name_shows_whose_s_it_is(marked, expected):
    assert shown(marked) == expected
