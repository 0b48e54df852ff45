import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiewatwaar.cleaning import STAGES, clean
from wiewatwaar.source_text import SourceText

HEADER = (
    " date 2023-06 Minister Jansen opent brug in Zwolle Actueel • Vandaag • leestijd 3 minuten "
    "• 412 keer bekeken • bewaren\n\nDe brug is open."
)


def cleaned(text):
    return clean(text).text.text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("BelgiÃ« wint", "België wint"),
        ("zei â€˜jaâ€™ en â€œneeâ€\x9d", "zei ‘ja’ en “nee”"),
        ("Zelenâ€™s naÃ¯eve plan", "Zelen’s naïeve plan"),
        ("ÃÅ staat er zo", "ÃÅ staat er zo"),
        ("cafe\u0301", "café"),
        ("e" + "\u0301" * 30, "é" + "\u0301" * 29),
        ("Mark\u00a0Rutte\u2009sprak", "Mark Rutte sprak"),
        ("een\u00a0\u00a0\u0301\u0323 twee", "een \u0301\u0323 twee"),
        ("een\u00ad\u00ad\ntwee\u00ad\u00ad drie\u00ad", "eentwee drie"),
        ("een\r\n\r\n\r\n\r\n\u2028twee\r\rdrie", "een\n\ntwee\n\ndrie"),
        ("be\u00adsluit\u200b en \ufeffmeer", "besluit en meer"),
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("een  \ntwee\n\n\n\ndrie", "een\ntwee\n\ndrie"),
        ("Hon-\ngarije", "Hongarije"),
        ("be-\nsluit", "besluit"),
        ("Noord-\nKorea", "Noord-Korea"),
        ("oud-\npremier", "oud-premier"),
        ("NAVO-\ntop", "NAVO-top"),
        ("in-\nen uitvoer", "in-\nen uitvoer"),
        ("10-\n12 jaar", "10-\n12 jaar"),
        ("“Quotes” ‘blijven’ \"zoals\" 'ze' zijn", "“Quotes” ‘blijven’ \"zoals\" 'ze' zijn"),
        ("---\ntitle: Een titel\n---\nTekst", "Een titel\n\nTekst"),
        ("---\ngeen veld\n---\nTekst", "---\ngeen veld\n---\nTekst"),
        (
            "# Kop\nMet **vet**, *schuin* en [link](https://x.nl/a).",
            "Kop\nMet vet, schuin en link.",
        ),
        ("2 * 3 * 4 en 5*6", "2 * 3 * 4 en 5*6"),
        ("", ""),
    ],
)
def test_cleaning(source, expected):
    assert cleaned(source) == expected


def test_the_header_line_becomes_title_and_date():
    result = clean(HEADER)
    assert result.metadata == {
        "title": "Minister Jansen opent brug in Zwolle",
        "published": "2023-06",
        "language": "und",
    }
    assert result.text.text == "Minister Jansen opent brug in Zwolle\n\nDe brug is open."


def test_a_name_in_the_title_stands_at_its_place_in_the_file():
    text = clean(HEADER).text
    start = text.text.index("Jansen")
    source_start, source_end = text.to_source(start, start + 6)
    assert HEADER[source_start:source_end] == "Jansen"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Brug open Nieuws • Gisteren • leestijd 1 minuut • 1.200 keer gelezen", "Brug open"),
        ("date 2024-02-03 Brug open Actueel • 3 dagen geleden", "Brug open"),
        ("date 2024-07 Brug open Actueel • 2 juli • leestijd 3 minuten • bewaren", "Brug open"),
        ("Brug open • 3 min leestijd", "Brug open"),
    ],
)
def test_the_header_line_has_variants(line, title):
    assert clean(f"{line}\nTekst.").metadata["title"] == title
    assert cleaned(f"{line}\nTekst.") == f"{title}\nTekst."


@pytest.mark.parametrize(
    "line",
    [
        "date 2024-02 is een datum in een zin.",
        "De brug • de weg • delen van de tunnel die al jaren dicht zijn",
        "Drie punten: • brug • weg • tunnel",
        "De Actueel • Jansen wint de wedstrijd • en gaat naar huis",
        "Vandaag • Jansen sprak",
        "•",
        "date 2024-02 " + "x" * 2000 + " Actueel • Vandaag",
    ],
)
def test_a_line_of_the_body_stays(line):
    assert cleaned(f"{line}\nTekst.") == f"{line}\nTekst."


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Gepubliceerd op 3 februari 2025 om 10:45", "2025-02-03"),
        ("14 juli 2024, 23:02", "2024-07-14"),
        ("Woensdag 23 augustus 2023", "2023-08-23"),
        ("*16 juli 2025*", "2025-07-16"),
        ("za. 1 jan 2022", "2022-01-01"),
        ("1 jan. 2022 - 10.30 uur", "2022-01-01"),
        ("Update: 31 dec 2021", "2021-12-31"),
        ("3 personen 2024", None),
        ("99 mei 2024", None),
        ("Op 3 mei 2024 ging de brug open.", None),
    ],
)
def test_a_line_that_is_only_a_date_becomes_metadata(line, published):
    source = f"Brug open\n{line}\n\nDe brug is open."
    assert clean(source).metadata.get("published") == published
    assert (line in cleaned(source)) is (published is None)


def test_a_date_in_the_body_stays():
    source = "Een.\n" * 10 + "3 mei 2024\nTwee."
    assert cleaned(source) == source


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("Brug open in Zwolle\n\nDe brug is open.", "Brug open in Zwolle"),
        ("\n# Brug open?\n*3 mei 2024*\nDe brug is open.", "Brug open?"),
        ("De brug is open.\nNiemand gaat erover.", None),
        ("Alleen een regel", None),
        ("x" * 300 + "\nDe brug is open.", None),
        ("***\nDe brug is open.", None),
    ],
)
def test_the_first_line_may_be_the_title(source, title):
    assert clean(source).metadata.get("title") == title


def test_front_matter_becomes_metadata():
    source = (
        '---\ntitle: "Koning opent brug"\nauthor: A. Jansen\ndate: 2024-05-06 10:00\n---\n\nTekst.'
    )
    assert clean(source).metadata == {
        "title": "Koning opent brug",
        "published": "2024-05-06",
        "authors": ("A. Jansen",),
        "language": "und",
    }


def test_removals_tell_stage_rule_and_place_in_the_source():
    source = "BelgiÃ«\r\nHon-\r\ngarije"
    told = [(one.stage, one.rule, source[one.start : one.end]) for one in clean(source).removals]
    assert told == [
        ("mojibake", "mojibake", "Ã«"),
        ("line ends", "line end", "\r\n"),
        ("line ends", "line end", "\r\n"),
        ("broken words", "broken word", "-\r\n"),
    ]


ANYTHING = st.text(
    alphabet=st.sampled_from("aBé \n\r-•*[]()#:\u00ad\u00a0\u0301ÃÂ«â€™.2")
    | st.characters(exclude_categories=["Cs"]),
    max_size=80,
)


@settings(max_examples=1000, deadline=None)
@given(ANYTHING)
def test_whatever_the_text_each_character_leads_back(source):
    cleaned = clean(source)
    text = cleaned.text
    places = [text.to_source(place, place + 1) for place in range(len(text))]
    assert places == sorted(places)
    written = {(one.start, one.end) for one in cleaned.removals if one.replacement}
    for char, (start, end) in zip(text.text, places, strict=True):
        assert 0 <= start <= end <= len(source)
        # It stands there, or a stage wrote it in place of what stands there.
        assert source[start:end] == char or (start, end) in written


@settings(max_examples=1000, deadline=None)
@given(ANYTHING)
def test_every_stage_asks_for_edits_that_fit_together(source):
    text = source
    for stage in STAGES.values():
        text = SourceText(text).edit(stage(text).edits).text


# How a name may be broken inside, with nothing of it lost.
NAMES = ("Hongarije", "Oekraïne", "Rutte", "Zelensky", "België", "Brussel", "Hoekstra")
BREAKS = st.sampled_from(["", "", "\u00ad", "\u200b", "-\n", "\u00ad\n", "\u00ad\r\n  ", "\ufeff"])
AROUND = st.sampled_from(
    [
        "De premier van ",
        " sprak met\u00a0",
        ".\r\n\r\n",
        " en  \n",
        "\nLees ook: een kop\n",
        "\n3 mei 2024\n",
        "BelgiÃ« en ",
        "&amp; <b>",
        "</b> ",
        "**",
        " (ANP) - ",
        " • ",
        "“",
        "”, zei ",
        "\n# ",
        "\n- ",
        ".",
    ]
)


def as_found(name, form):
    """A name as files may write it: composed, decomposed, or decoded wrongly."""
    if form == "mojibake":
        return name.encode().decode("cp1252")
    return unicodedata.normalize(form, name)


@st.composite
def messy_texts(draw):
    """A text with names in it that are broken and misspelt as files do."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        parts.append(draw(AROUND))
        name = draw(st.sampled_from(NAMES))
        cut = draw(st.integers(2, 3))
        form = draw(st.sampled_from(["NFC", "NFD", "mojibake"]))
        parts += (as_found(name[:cut], form), draw(BREAKS), as_found(name[cut:], form))
        parts.append(draw(AROUND))
    return "".join(parts)


REPAIRS = [stage for stage in STAGES if stage not in ("front matter", "header", "furniture")]


@settings(max_examples=1000, deadline=None)
@given(messy_texts())
def test_a_mention_led_back_and_cleaned_again_is_the_mention(source):
    text = clean(source).text
    for name in NAMES:
        for found in re.finditer(name, text.text):
            start, end = text.to_source(*found.span())
            again = source[start:end]
            for stage in REPAIRS:
                again = SourceText(again).edit(STAGES[stage](again).edits).text
            assert again == name


@pytest.mark.parametrize(
    "unit", ["-\n", "*", "[", "#", " ", "Ã", "•", "a\u0301", "**a", "---\n", " •"]
)
def test_a_long_text_of_anything_ends(unit):
    assert clean(unit * (300_000 // len(unit))).text.source


@pytest.mark.parametrize(
    "line",
    [
        "Deel dit artikel via: Facebook, X, WhatsApp",
        "Delen op Facebook  Delen op X  Delen via WhatsApp",
        "Tekst: Jan Pieters, beeld: Lisa de Boer",
        "Door Jan Pieters, foto's: Lisa de Boer",
    ],
)
def test_who_made_it_and_where_to_share_it_are_taken_out(line):
    assert cleaned(f"{line}\n\nDe bakker in Ede stopt ermee.") == "De bakker in Ede stopt ermee."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("De krant was laat. Lees ook: Maas dreigt met staking", "De krant was laat."),
        ("De krant was laat. Bekijk ook > De langste file", "De krant was laat."),
        ("Ze zei het. Zie ook: dit is een zin van haar.", None),
        ("Ze zei het en lees ook: hoe het verder ging met Els", None),
    ],
)
def test_a_pointer_to_another_article_behind_the_last_sentence(source, expected):
    assert cleaned(source) == (expected or source)
