import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.lexicon.countries import countries, country_lexicon, inflected
from wiewatwaar.mentions.countries import CountryMatch, find_countries

DATA = Path(__file__).parent / "data"

# In CLDR, but no country or territory of ISO 3166-1: exceptionally reserved codes, groups,
# placeholders for testing, and Kosovo.
NOT_ISO = re.compile("AC|CP|CQ|DG|EA|EU|EZ|IC|QO|TA|UN|X[ABK]|ZZ")

# CLDR's names of these are no name that Dutch text uses; ours is.
OWN_NAMES = {"HK": "Hongkong", "MM": "Myanmar", "MO": "Macau", "PS": "Palestina"}

# Other places bear these names too, so that they need "op" before them.
ISLANDS = {"Norfolk", "Montserrat", "Saint-Martin"}

SENTENCES = {
    "name": (
        "Volgens de krant is {} vorig jaar nauwelijks veranderd.",
        "De reis voert in juni ook naar {}, waar het dan regent.",
        "{} staat dit jaar voor het eerst op de lijst.",
        "Wie van treinen houdt, vergeet {}.",
    ),
    "adjective": (
        "Het gaat om een {} bedrijf met tien werknemers.",
        "Wij zagen een oud {} schip in de haven.",
    ),
    "inflected": (
        "De {} regering kwam gisteren met een plan.",
        "Twee {} wetenschappers kregen de prijs.",
    ),
    "inhabitant": (
        "Een {} raakte daarbij lichtgewond.",
        "De prijs ging naar de {}, die al eerder won.",
    ),
    "inhabitants": (
        "Veel {} stemden tegen het voorstel.",
        "Het feest trok honderden {} en toeristen.",
    ),
}


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def table() -> list[tuple[str, str, str]]:
    """Code, kind of word and word, for every word of every entry of the table."""
    return [
        (code, kind, word)
        for code, *words in rows("countries.tsv")
        for kind, word in zip(SENTENCES, words, strict=True)
        if word != "-"
    ]


def shown(text: str, match: CountryMatch) -> str:
    mark = "?" if match.ambiguous else ""
    return f"{text[match.start : match.end]}={match.code}/{match.form}{mark}"


@pytest.mark.parametrize(("code", "kind", "word"), table())
def test_every_entry_is_found_by_name_adjective_and_inhabitant(code, kind, word):
    for sentence in SENTENCES[kind]:
        text = sentence.format(word)
        [match] = find_countries(text)
        assert text[match.start : match.end] == word
        assert match.code == code
        assert match.form == ("name" if kind == "name" else "demonym")
        assert match.ambiguous == (word in ISLANDS)


@pytest.mark.parametrize(("code", "kind", "word"), table())
def test_every_entry_is_found_in_other_spellings(code, kind, word):
    spellings = {
        word.replace("'", "’"),
        word.replace("-", "\u2011"),
        unicodedata.normalize("NFD", word),
        re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", word)),
    }
    for spelling in spellings:
        text = SENTENCES[kind][0].format(spelling)
        found = [(text[m.start : m.end], m.code) for m in find_countries(text)]
        assert found == [(spelling, code)]


@pytest.mark.parametrize("name", [name for _, kind, name in table() if kind == "name"])
def test_every_name_is_found_in_capitals(name):
    text = f"{name} WACHT AF".upper()
    assert [text[m.start : m.end] for m in find_countries(text)] == [name.upper()]


@pytest.mark.parametrize("name", sorted(ISLANDS))
def test_op_shows_that_an_island_is_meant(name):
    [match] = find_countries(f"Het stormt op {name} al dagen.")
    assert not match.ambiguous


@pytest.mark.parametrize(("phenomenon", "text", "expected"), rows("countries_cases.tsv"))
def test_dutch_as_it_is_written(phenomenon, text, expected):
    found = "; ".join(shown(text, match) for match in find_countries(text))
    assert (found or "-") == expected


def test_the_table_holds_every_code_of_iso_3166_1():
    alphabetic = filter(re.compile("[A-Z]{2}").fullmatch, Locale("nl").territories)
    in_iso = {code for code in alphabetic if not NOT_ISO.fullmatch(code)}
    codes = [code for code, *_ in rows("countries.tsv")]
    assert len(in_iso) == 249
    assert sorted(codes) == sorted(in_iso | {"XK"})


def test_the_lexicon_holds_the_countries_of_the_table_and_former_ones():
    codes = [country.code for country in countries()]
    assert len(codes) == len(set(codes))
    assert {code for code in codes if len(code) == 2} == {row[0] for row in rows("countries.tsv")}
    former = [country for country in countries() if country.former]
    assert all(re.fullmatch("[A-Z]{4}", country.code) for country in former)


@pytest.mark.parametrize("country", [c for c in countries() if not c.former], ids=lambda c: c.code)
def test_names_agree_with_cldr(country):
    in_cldr = Locale("nl").territories[country.code].replace("’", "'")
    assert country.name == OWN_NAMES.get(country.code, in_cldr)
    text = f"Zij schreef over {in_cldr} en zweeg."
    assert {match.code for match in find_countries(text)} == {country.code}


def test_no_word_means_two_countries():
    meanings = {}
    for country in countries():
        words = (country.name, *country.aliases, *country.adjectives, *country.inhabitants)
        for word in (*words, *map(inflected, country.adjectives)):
            meanings.setdefault(word, set()).add(country.code)
    assert [word for word, codes in meanings.items() if len(codes) > 1] == []


@pytest.mark.parametrize(
    ("adjective", "expected"),
    [
        ("Hongaars", "Hongaarse"),
        ("Chinees", "Chinese"),
        ("Indiaas", "Indiase"),
        ("Thais", "Thaise"),
        ("Zweeds", "Zweedse"),
        ("Belgisch", "Belgische"),
        ("Frans", "Franse"),
    ],
)
def test_adjectives_with_e(adjective, expected):
    assert inflected(adjective) == expected


def test_the_dutch_name_and_whether_it_is_former_are_given():
    found = find_countries("Een Hongaarse diplomaat herinnert zich de USSR.")
    assert [(m.name, m.former) for m in found] == [("Hongarije", False), ("Sovjet-Unie", True)]


def test_what_comes_out_is_in_coordinates_of_the_text():
    text = "Eerst een regel.\n\nDan over België’s kust,\nen de Verenigde\nStaten."
    assert [text[m.start : m.end] for m in find_countries(text)] == ["België", "Verenigde\nStaten"]


def test_a_name_does_not_run_on_in_the_next_paragraph():
    found = find_countries("Hij woont nu in Zuid\n\nKorea is mooi")
    assert [match.name for match in found] == ["Zuid-Korea"]
    assert found[0].start == 22


def _pieces() -> st.SearchStrategy[str]:
    words = sorted(country_lexicon().words)
    rest = sorted(
        {part for ways in country_lexicon().words.values() for w in ways for part in w.rest}
    )
    joints = [
        "-",
        " ",
        "'s ",
        "s ",
        "\n",
        " en ",
        "- en ",
        "/",
        ". ",
        ".",
        "’",
        "",
        "-dossier ",
        "é",
    ]
    return st.lists(
        st.one_of(
            st.sampled_from(words),
            st.sampled_from(rest),
            st.sampled_from(joints),
            st.sampled_from(["een ", "De ", "in het ", "spreekt ", "Tom ", "van ", "\u0308", "İ"]),
            st.text(max_size=3),
        ),
        max_size=14,
    ).map("".join)


@given(_pieces())
def test_matches_are_sorted_apart_and_in_the_lexicon(text):
    names = {country.code: country.name for country in countries()}
    found = find_countries(text)
    assert all(0 <= match.start < match.end <= len(text) for match in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(names[match.code] == match.name for match in found)
    assert all(any(char.isalpha() for char in text[m.start : m.end]) for m in found)
    assert find_countries(text) == found


@given(_pieces(), _pieces())
def test_a_paragraph_is_read_by_itself(first, second):
    alone = find_countries(second)
    shift = len(first) + len(".\n\n")
    together = find_countries(f"{first}.\n\n{second}")
    behind = [match for match in together if match.start >= shift]
    assert [(m.start - shift, m.end - shift, m.code) for m in behind] == [
        (m.start, m.end, m.code) for m in alone
    ]
