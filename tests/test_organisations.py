from collections import Counter

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.lexicon.organisations import (
    Organisation,
    OrganisationForm,
    OrganisationLexicon,
    OrganisationListError,
    find_organisations,
    lookup,
    lookup_uppercase,
    organisations,
    read_organisations,
)

LEXICON = organisations()


def found(text):
    return [(text[m.start : m.end], m.name) for m in find_organisations(text)]


def certain(text):
    return [m.name for m in find_organisations(text) if not m.ambiguous]


def read(content, kind="test"):
    return OrganisationLexicon(read_organisations(content, kind))


# The list


def test_list_is_long_enough_and_spread_over_its_kinds():
    kinds = Counter(organisation.kind for organisation in LEXICON.organisations.values())
    assert len(LEXICON.organisations) >= 800
    assert set(kinds) == {
        "armed-groups",
        "civil-society",
        "companies",
        "culture",
        "education",
        "government",
        "health",
        "international",
        "media",
        "politics",
        "sports",
    }
    assert min(kinds.values()) >= 50


def test_each_listed_form_leads_to_its_organisation():
    for organisation in LEXICON.organisations.values():
        assert organisation.forms[0].text == organisation.name
        for form in organisation.forms:
            assert lookup(form.text) == form


def test_each_form_is_found_where_it_stands_alone():
    for text, form in LEXICON.forms.items():
        (match,) = find_organisations(text)
        article = text.partition(" ")[0] + " "
        start = len(article) if article in ("de ", "het ", "the ") else 0
        assert (match.start, match.end, match.name) == (start, len(text), form.name)


def test_forms_are_tidy():
    for text in LEXICON.forms:
        assert text == " ".join(text.split())
        assert not set("\u2019\u2018\u00a0\u2011") & set(text)
        assert len(text) > 1 or LEXICON.forms[text].ambiguous


def test_no_country_is_an_organisation():
    not_countries = {"EU", "EZ", "UN", "QO", "ZZ"}
    for language in ("nl", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in not_countries:
                assert lookup(name) is None, name


def test_a_bare_town_is_no_club():
    for town in ("Barcelona", "Heerenveen", "Liverpool", "Anderlecht", "Genk", "Utrecht", "Astana"):
        assert lookup(town) is None
    for club in ("FC Barcelona", "sc Heerenveen", "RSC Anderlecht", "KRC Genk", "FC Utrecht"):
        assert lookup(club) is not None


@pytest.mark.parametrize(
    "form",
    [
        "Groen",
        "Vooruit",
        "Volt",
        "Denk",
        "PS",
        "MR",
        "Apple",
        "Shell",
        "Jumbo",
        "Action",
        "Ajax",
        "Fed",
        "MIT",
        "Trouw",
        "Plus",
        "Philips",
        "Total",
        "Metro",
        "Eén",
        "Canvas",
        "Amazon",
        "Meta",
        "Bosch",
        "Douane",
        "Marine",
        "TAS",
        "CD",
        "UM",
        "VU",
        "RUG",
        "DUO",
        "Praxis",
        "Gamma",
    ],
)
def test_words_names_and_places_need_evidence(form):
    known = lookup(form)
    assert known is not None
    assert known.ambiguous


@pytest.mark.parametrize(
    "form",
    [
        "EU",
        "VN",
        "NAVO",
        "WHO",
        "VVD",
        "PVV",
        "D66",
        "CDA",
        "N-VA",
        "cd&v",
        "GroenLinks",
        "PvdA",
        "UWV",
        "RIVM",
        "NMBS",
        "VRT",
        "NOS",
        "ASML",
        "KBC",
        "FNV",
        "ABVV",
        "KNVB",
        "UEFA",
        "Greenpeace",
        "Hamas",
        "Hezbollah",
        "Taliban",
        "Rijkswaterstaat",
        "Europol",
        "Unicef",
    ],
)
def test_plain_names_count_by_themselves(form):
    known = lookup(form)
    assert known is not None
    assert not known.ambiguous


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        (
            "NAVO|Navo|NATO|Nato|Noord-Atlantische Verdragsorganisatie"
            "|North Atlantic Treaty Organization",
            "NAVO",
        ),
        ("VN|Verenigde Naties", "VN"),
        ("EU|Europese Unie", "EU"),
        ("Unesco|UNESCO", "Unesco"),
        ("WHO|Wereldgezondheidsorganisatie", "Wereldgezondheidsorganisatie"),
        ("DNB|De Nederlandsche Bank", "De Nederlandsche Bank"),
        ("OM|Openbaar Ministerie", "Openbaar Ministerie"),
        ("UWV|Uitvoeringsinstituut Werknemersverzekeringen", "UWV"),
        ("NMBS|Nationale Maatschappij der Belgische Spoorwegen", "NMBS"),
        ("Open Vld|Open VLD|VLD", "Open Vld"),
        ("cd&v|CD&V|Cd&v|Christen-Democratisch en Vlaams", "cd&v"),
        ("Riziv|RIZIV", "RIZIV"),
        ("de Volkskrant|De Volkskrant|Volkskrant", "de Volkskrant"),
        ("De Telegraaf|de Telegraaf", "De Telegraaf"),
        ("GroenLinks-PvdA|GroenLinks/PvdA", "GroenLinks-PvdA"),
    ],
)
def test_all_spellings_are_one_organisation(forms, name):
    assert {lookup(form).name for form in forms.split("|")} == {name}


def test_the_dutch_and_the_belgian_party_stay_apart():
    assert lookup("PvdA").name == "PvdA"
    assert lookup("PVDA").name == "PVDA"
    assert certain("De Partij van de Arbeid van België en de Partij van de Arbeid") == [
        "PVDA",
        "PvdA",
    ]


def test_abbreviations_are_known_as_such():
    assert lookup("UWV").is_abbreviation
    assert lookup("Navo").is_abbreviation
    assert not lookup("Rijkswaterstaat").is_abbreviation


# Looking up


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("L’Oréal", "L'Oréal"),
        ("L'Oreal", "L'Oréal"),
        ("Nestle", "Nestlé"),
        ("Nestle\u0301", "Nestlé"),
        ("Bayern Munchen", "Bayern München"),
        ("Rode\u00a0Kruis", "Rode Kruis"),
        ("Vooruitstrevende Hervormingspartij", "VHP"),
        ("N\u2011VA", "N-VA"),
    ],
)
def test_lookup_sees_through_typography(written, name):
    assert lookup(written).name == name


def test_lookup_keeps_case():
    assert lookup("navo") is None
    assert lookup("denk") is None
    assert lookup("") is None


def test_without_its_accents_an_ambiguous_name_is_not_known():
    assert lookup("Eén") is not None
    assert lookup("Een") is None


@pytest.mark.parametrize(
    ("written", "name", "ambiguous"),
    [
        ("NAVO", "NAVO", False),
        ("RIJKSWATERSTAAT", "Rijkswaterstaat", False),
        ("DE NEDERLANDSCHE BANK", "De Nederlandsche Bank", False),
        ("ARTSEN ZONDER GRENZEN", "Artsen zonder Grenzen", False),
        ("GROENLINKS", "GroenLinks", False),
        ("L’ORÉAL", "L'Oréal", False),
        ("GROEN", "Groen", True),
        ("DE TIJD", "De Tijd", True),
        ("DE LIJN", "De Lijn", True),
        ("OM", "Openbaar Ministerie", True),
        ("IS", "Islamitische Staat", True),
        ("NAM", "NAM", True),
        ("PVDA", "PVDA", True),
    ],
)
def test_lookup_of_a_name_in_capitals(written, name, ambiguous):
    known = lookup_uppercase(written)
    assert (known.name, known.ambiguous) == (name, ambiguous)


def test_lookup_of_capitals_wants_capitals():
    assert lookup_uppercase("Rijkswaterstaat") is None
    assert lookup_uppercase("EEN") is None
    assert lookup_uppercase("") is None


# Finding


def test_names_inside_words_are_found():
    text = "Oud-EU-commissaris en VVD’er op NAVO-top: VVD/D66 naast GroenLinks-PvdA-leider."
    assert found(text) == [
        ("EU", "EU"),
        ("VVD", "VVD"),
        ("NAVO", "NAVO"),
        ("VVD", "VVD"),
        ("D66", "D66"),
        ("GroenLinks-PvdA", "GroenLinks-PvdA"),
    ]


def test_a_name_is_not_found_in_the_middle_of_a_word():
    assert found("EURO, navolgen, D666, NOSTALGISCH, FC_KNVB, VVDonie") == []


def test_the_longest_name_wins():
    assert found("Air France-KLM, Air France en KLM") == [
        ("Air France-KLM", "Air France-KLM"),
        ("Air France", "Air France"),
        ("KLM", "KLM"),
    ]
    assert found("RTL Nieuws belde RTL.") == [("RTL Nieuws", "RTL Nieuws"), ("RTL", "RTL")]


@pytest.mark.parametrize(
    "name",
    [
        "Waterschap Vallei en Veluwe",
        "Waterschap Hunze en Aa's",
        "Hoogheemraadschap van Schieland en de Krimpenerwaard",
        "Veiligheidsregio Midden- en West-Brabant",
        "GGD Noord- en Oost-Gelderland",
    ],
)
def test_regional_bodies_have_all_of_their_name(name):
    assert found(f"{name} waarschuwt.") == [(name, name)]
    assert certain(f"Dat zegt {name}.") == [name]


def test_a_longer_name_that_is_no_organisation_hides_what_it_holds():
    assert found("Een concert in de Ziggo Dome") == []
    assert found("Ziggo en de Ziggo Dome") == [("Ziggo", "Ziggo")]
    assert found("Langs de Lijn op de radio") == []


def test_an_article_in_small_letters_stays_outside():
    assert found("Volgens de Telegraaf en het Parool; De Telegraaf zwijgt.") == [
        ("Telegraaf", "De Telegraaf"),
        ("Parool", "Het Parool"),
        ("De Telegraaf", "De Telegraaf"),
    ]
    assert found("in de Nederlandsche Bank")[0][0] == "Nederlandsche Bank"


def test_a_newspaper_named_by_common_words_is_told_by_its_capitals():
    assert certain("Dat schrijft De Tijd vandaag.") == ["De Tijd"]
    assert certain("De tijd dringt, de Tijd ook.") == []


def test_line_breaks_inside_a_name_are_spaces_but_empty_lines_are_not():
    assert found("Het Rode\nKruis helpt") == [("Rode\nKruis", "Rode Kruis")]
    assert found("Rode\n\nKruis") == []


def test_web_addresses_and_handles_are_no_names():
    assert found("Lees verder op NOS.nl of volg @NOS en redactie@RTL.nl") == []
    assert found("Dat zei de NOS.De rest volgt.") == [("NOS", "NOS")]


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("Het OM eist vier jaar.", False),
        ("RUTTE VRAAGT OM GEDULD", True),
        ("De NAM betaalt.", False),
        ("WIE NAM HET MEE?", True),
        ("Strijders van IS vluchtten.", False),
        ("HONGARIJE IS TEGEN", True),
        ("HONGARIJE IS TEGEN\nHet OM zwijgt.", True),
    ],
)
def test_a_word_in_a_line_in_capitals_needs_evidence(text, ambiguous):
    assert find_organisations(text)[0].ambiguous == ambiguous


def test_a_line_in_capitals_says_nothing_of_the_next():
    text = "HONGARIJE ZEGT NEE\nOM eist vier jaar\nHET BLIJFT KOUD"
    assert certain(text) == ["Openbaar Ministerie"]


def test_a_form_that_ends_in_a_sign_is_bounded_by_it():
    assert found("OPEC+landen") == [("OPEC+", "OPEC")]
    assert found("CD&V'ers") == [("CD&V", "cd&v")]


def test_combining_marks_belong_to_the_word():
    assert found("Nestle\u0301") == []
    assert found("be\u0301NOS") == []


def test_a_big_text_comes_back_right():
    sentence = "De NAVO-top, de Tweede Kamer en het Rode Kruis; om de tijd te doden. "
    times = 10_000
    matches = find_organisations(sentence * times)
    assert len(matches) == 3 * times
    names = Counter(match.name for match in matches)
    assert names == {"NAVO": times, "Tweede Kamer": times, "Rode Kruis": times}


@pytest.mark.parametrize(
    "piece", ["De", "De ", "Partij van de ", "A", " ", "OM ", "Rode\n", "@", "\u0301"]
)
def test_hostile_repetition_comes_back(piece):
    length = 1_000_000
    text = piece * (length // len(piece)) + " NAVO"
    assert find_organisations(text)[-1].name == "NAVO"


FORMS = st.sampled_from(sorted(LEXICON.forms))
SNIPPETS = FORMS | st.sampled_from(["de", "De ", "-", "/", "'s", "’", "\n", " ", ".", "nl", "om"])
TEXTS = st.lists(SNIPPETS | st.text(max_size=8), max_size=20).map("".join)


@given(TEXTS)
def test_matches_are_in_order_apart_and_known(text):
    done = 0
    for match in find_organisations(text):
        assert done <= match.start < match.end <= len(text)
        done = match.end
        written = text[match.start : match.end].replace("\n", " ")
        known = [lookup(article + written) for article in ("", "de ", "het ", "the ")]
        assert match.name in {form.name for form in known if form is not None}


SMALL = read("AA\nAA BB\nAA-BB\nBB AA BB\nAAB\nBB+")


def longest_at(text, place):
    """The longest form of SMALL at a place, found by trying every end."""
    for end in range(len(text), place, -1):
        bounded = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
        if text[place:end] in SMALL.forms and bounded:
            return end
    return None


@given(st.lists(st.sampled_from(["AA", "BB", " ", "-", "+", "B"]), max_size=12).map("".join))
def test_finding_agrees_with_trying_every_place(text):
    expected = []
    place = 0
    while place < len(text):
        inside = place and text[place - 1].isalnum()
        end = None if inside else longest_at(text, place)
        if end is not None:
            expected.append((place, end))
        place = end or place + 1
    assert [(match.start, match.end) for match in SMALL.find(text)] == expected


@given(TEXTS)
def test_finding_is_the_same_for_curly_and_straight_apostrophes(text):
    assert find_organisations(text.replace("'", "\u2019")) == find_organisations(text)


@given(FORMS, st.sampled_from(["", " ", "(", "„", "ex-", "VN/"]), st.sampled_from(["", " ", ")"]))
def test_a_form_is_found_between_other_things(form, before, after):
    text = before + form + after
    assert any(
        match.name == LEXICON.forms[form].name and match.end == len(before) + len(form)
        for match in find_organisations(text)
    )


# Reading the list


def test_a_line_is_read_by_its_columns():
    content = "# head\n\nVoorbeeldbond^\tVBB | VB?\tBond van Voorbeelden\nWoord?\nKort\tKort\n"
    bond, word, short = read_organisations(content, "test")
    assert bond == Organisation(
        "Voorbeeldbond",
        "test",
        (
            OrganisationForm("Voorbeeldbond", "Voorbeeldbond", False, False, True),
            OrganisationForm("VBB", "Voorbeeldbond", False, True, False),
            OrganisationForm("VB", "Voorbeeldbond", True, True, True),
            OrganisationForm("Bond van Voorbeelden", "Voorbeeldbond", False, False, False),
        ),
    )
    assert word.forms[0].ambiguous
    assert short.forms == (OrganisationForm("Kort", "Kort", False, True, False),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("A1\tB1\tC1\tD1", "test line 1: 4 columns, not 3"),
        ("# head\nBond\t\tBond", "test line 2: 'Bond' stands there twice"),
        ("Bond\t | ", "test line 1: '' is no form"),
        ("Bond??", "test line 1: 'Bond??' is no form"),
        ("'t Fonds", 'test line 1: "\'t Fonds" is no form'),
        ("Bond\nBond", "'Bond' is listed twice"),
        ("Bond\tBB\nBank\tBB", "'BB' is a form of 'Bond' and of 'Bank'"),
    ],
)
def test_a_wrong_line_is_refused(content, message):
    with pytest.raises(OrganisationListError) as error:
        read(content)
    assert str(error.value) == message


def test_a_spelling_by_rule_that_could_be_two_organisations_is_none():
    lexicon = read("Bänk\nBånk")
    assert lexicon.lookup("Bänk").name == "Bänk"
    assert lexicon.lookup("Bank") is None


def test_a_listed_form_goes_before_a_spelling_by_rule():
    assert read("Bänk\nBank").lookup("Bank").name == "Bank"
