"""Names that the model cut or widened, put right by their shape."""

import pytest

from wiewatwaar.mentions import resolve
from wiewatwaar.spans import NamedSpan, SpanType

TYPES: dict[str, SpanType] = {
    "PER": "PERSON",
    "ORG": "ORGANISATION",
    "LOC": "LOCATION",
    "MISC": "OTHER",
}


def spans(text: str, *found: tuple[str, str]) -> list[NamedSpan]:
    """The model's spans, given as text and label, each found behind the one before."""
    made: list[NamedSpan] = []
    place = 0
    for written, label in found:
        start = text.index(written, place)
        place = start + len(written)
        made.append(NamedSpan(start, place, TYPES[label], label))
    return made


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        pytest.param(
            "Caroline van\nder Velde kwam.",
            [("Caroline", "PER"), ("Velde", "PER")],
            ["Caroline van\nder Velde"],
            id="prefixes over a line end",
        ),
        pytest.param(
            "Max en Joost kwamen.",
            [("Max", "PER"), ("Joost", "PER")],
            ["Max", "Joost"],
            id="two first names are two persons",
        ),
        pytest.param(
            "Anke van Dam-ter Horst kwam.",
            [("Anke van Dam-ter", "PER"), ("Horst", "PER")],
            ["Anke van Dam-ter Horst"],
            id="double surname",
        ),
        pytest.param(
            "Danseres Marie Anne De Smedt kwam.",
            [("Marie Anne", "PER")],
            ["Marie Anne De Smedt"],
            id="Flemish surname left out",
        ),
        pytest.param(
            "Vandaag kwam Marieke Ooijevaar.",
            [("Ooijevaar", "PER")],
            ["Marieke Ooijevaar"],
            id="first name left out",
        ),
        pytest.param(
            "Het was mr. F. (Ferdi) van Koopal.",
            [("F.", "PER"), ("Ferdi", "PER"), ("Koopal", "PER")],
            ["F. (Ferdi) van Koopal"],
            id="initials with the first name in brackets",
        ),
        pytest.param(
            "Het huis van Annie M.G. Wijnstra.",
            [("Annie M.G. Wijnstra", "MISC")],
            ["Annie M.G. Wijnstra"],
            id="initials in the middle show a person",
        ),
    ],
)
def test_pieces_of_a_person_are_joined(
    text: str, found: list[tuple[str, str]], expected: list[str]
) -> None:
    mentions = resolve(text, spans(text, *found))
    assert [text[one.start : one.end] for one in mentions] == expected
    assert {one.type for one in mentions} == {"PERSON"}


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Mark je kalender nu.", [("Mark", "PER")], []),
        ("Mark was er ook.", [("Mark", "PER")], ["Mark"]),
        ("Trouw blijven is moeilijk.", [("Trouw", "ORG")], []),
        ("De morgen was koud.", [("De morgen", "ORG")], []),
        ("Corona: alles dicht", [("Corona", "PER")], []),
        ("Mail Wijnstra even.", [("Mail Wijnstra", "PER")], ["Wijnstra"]),
        ("Vitamine C helpt.", [("Vitamine C", "PER")], []),
        ("Update – Aardbeving Japan", [("Aardbeving Japan", "LOC")], ["Japan"]),
        ("Vicepresident Wijnstra kwam.", [("Vicepresident", "ORG")], []),
        ("Diens broer kwam.", [("Diens", "PER")], []),
        ("De Nato oefent.", [("De Nato", "PER")], ["Nato"]),
        ("Ooijevaar van Belarus.", [("Ooijevaar van Belarus", "PER")], ["Ooijevaar", "Belarus"]),
        ("Tom van Spanje.", [("Tom van Spanje", "PER")], ["Tom van Spanje"]),
    ],
)
def test_common_words_and_other_names_are_left_out(
    text: str, found: list[tuple[str, str]], expected: list[str]
) -> None:
    mentions = resolve(text, spans(text, *found))
    assert [text[one.start : one.end] for one in mentions] == expected


@pytest.mark.parametrize(
    ("text", "label", "expected", "form"),
    [
        ("Kattenbelts prijs is een fiets.", "PER", "Kattenbelt", "possessive"),
        ("Federers eerste racket.", "MISC", "Federer", "possessive"),
        ("Van Goghs zelfportret.", "PER", "Van Gogh", "possessive"),
        ("Von der Leyens tweede ploeg.", "PER", "Von der Leyen", "possessive"),
        ("Timmermans eerste boek.", "PER", "Timmermans", "name"),
        ("Goossens eerste boek.", "PER", "Goossens", "name"),
        ("Kattenbelts kwam.", "PER", "Kattenbelts", "name"),
    ],
)
def test_what_follows_shows_an_s_of_possession(
    text: str, label: str, expected: str, form: str
) -> None:
    name = text.split(" ")
    span = " ".join(name[: next(i for i, word in enumerate(name) if word[-1] == "s" and i < 3) + 1])
    (mention,) = resolve(text, spans(text, (span, label)))
    assert (text[mention.start : mention.end], mention.form) == (expected, form)


def test_a_person_with_a_first_name_is_no_organisation_where_the_surname_is_one() -> None:
    text = "De ploeg van Tibor Halmos. Later zweeg Halmos."
    found = resolve(text, spans(text, ("Tibor Halmos", "ORG"), ("Halmos", "PER")))
    assert [one.type for one in found] == ["PERSON", "PERSON"]


def test_a_long_row_of_pieces_stays_linear() -> None:
    text = "Jan van " * 20_000
    places = range(0, len(text), len("Jan van "))
    found = resolve(text, [NamedSpan(place, place + 3, "PERSON", "PER") for place in places])
    assert all(text[one.start : one.end].startswith("Jan") for one in found)


def test_a_shared_part_that_the_model_took_for_a_name_by_itself_is_the_organisation() -> None:
    text = "De Ajax- en Feyenoord-supporters."
    found = resolve(text, spans(text, ("Ajax-", "MISC"), ("Feyenoord-supporters", "MISC")))
    assert [(one.name, one.form) for one in found] == [
        ("Ajax", "compound"),
        ("Feyenoord", "compound"),
    ]


def test_a_role_in_front_is_no_part_of_a_name_with_brackets() -> None:
    text = "Ontwerper J.P. (Jan-Pieter) ter Braake won."
    found = [("Ontwerper J.P.", "PER"), ("Jan-Pieter", "LOC"), ("Braake", "PER")]
    mentions = resolve(text, spans(text, *found))
    assert [text[one.start : one.end] for one in mentions] == ["J.P. (Jan-Pieter) ter Braake"]
    text = "Stichting J.P. (Jan-Pieter) ter Braake won."
    mentions = resolve(text, spans(text, ("Stichting J.P.", "ORG"), ("Braake", "PER")))
    assert [text[one.start : one.end] for one in mentions] == ["Stichting J.P.", "Braake"]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Renaud van Buuvel zweeg.", [("Renaud", "PER"), ("Buuvel", "PER")], "Renaud van Buuvel"),
        ("Bo 'De Muis' Smidt zweeg.", [("Bo 'De Muis", "PER"), ("Smidt", "PER")], None),
        ("Eva van Dam tot Horst zweeg.", [("Eva van Dam", "PER"), ("Horst", "PER")], None),
        ("A.F. de Wit Staal zweeg.", [("A.F. de", "PER"), ("Wit Staal", "MISC")], None),
        ("India Verhulst zweeg.", [("India", "LOC"), ("Verhulst", "PER")], "India Verhulst"),
        ("Mees van 6 zweeg.", [("Mees van 6", "PER")], "Mees"),
    ],
)
def test_one_person_in_pieces(
    text: str, found: list[tuple[str, str]], expected: str | None
) -> None:
    (mention,) = resolve(text, spans(text, *found))
    assert mention.type == "PERSON"
    assert text[mention.start : mention.end] == (expected or text.removesuffix(" zweeg."))


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Toyota's fabriek is dicht.", ("Toyota's", "MISC"), ("ORGANISATION", "possessive")),
        ("Volkswagens antwoord kwam.", ("Volkswagens", "MISC"), ("ORGANISATION", "possessive")),
        ("Meta's omzet groeit.", ("Meta", "PER"), ("ORGANISATION", "possessive")),
        ("Rob Bauers waarschuwing klonk.", ("Rob Bauers", "PER"), ("PERSON", "possessive")),
        ("Rob Bauers waarschuwde ons.", ("Rob Bauers", "PER"), ("PERSON", "name")),
        ("Het Rijksmuseum koopt het.", ("Rijksmuseum", "LOC"), ("ORGANISATION", "name")),
        ("Warschau stemt tegen.", ("Warschau", "ORG"), ("LOCATION", "name")),
    ],
)
def test_what_a_name_does_or_owns_shows_what_it_is(
    text: str, found: tuple[str, str], expected: tuple[str, str]
) -> None:
    (mention,) = resolve(text, spans(text, found))
    assert (mention.type, mention.form) == expected


def test_two_toyotas_own_nothing() -> None:
    text = "Twee Toyota's botsten."
    assert resolve(text, spans(text, ("Toyota's", "MISC"))) == []


def test_a_name_that_ends_in_s_elsewhere_is_whole() -> None:
    text = "Rob Bauers waarschuwing klonk. Daarna zweeg Rob Bauers."
    first, second = resolve(text, spans(text, ("Rob Bauers", "PER"), ("Rob Bauers", "PER")))
    assert (first.form, second.form) == ("name", "name")


def test_a_first_name_that_is_a_language_acts() -> None:
    text = "Frans Boersma zingt. Frans woont in een bos. Hij spreekt Frans."
    found = resolve(text, spans(text, ("Frans Boersma", "PER"), ("Frans", "MISC")))
    assert [(one.start, one.type) for one in found] == [(0, "PERSON"), (21, "PERSON")]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("De familie-De Wit zweeg.", [("familie-De", "MISC"), ("Wit", "PER")], "De Wit"),
        ("De anti-Van der Wit-stem.", [("anti-Van der Wit-stem", "MISC")], "Van der Wit"),
        ("Dat is oud-premier-De Wit.", [("Wit", "PER")], "De Wit"),
    ],
)
def test_a_surname_with_its_prefix_in_a_word(
    text: str, found: list[tuple[str, str]], expected: str
) -> None:
    (mention,) = resolve(text, spans(text, *found))
    assert (text[mention.start : mention.end], mention.form) == (expected, "compound")


def test_a_paper_in_a_word_is_no_surname() -> None:
    text = "Een anti-De Telegraaf-actie."
    assert all(one.type != "PERSON" for one in resolve(text, []))


def test_a_headline_has_full_names_that_the_text_knows_and_no_others() -> None:
    text = "SIGRID KAAG STOPT MET VETO\n\nVolgens Kaag is het genoeg."
    found = resolve(text, spans(text, ("SIGRID KAAG", "PER"), ("VETO", "PER"), ("Kaag", "PER")))
    assert [one.name for one in found] == ["Sigrid Kaag", "Kaag"]


def test_words_of_a_shared_part_taken_whole() -> None:
    text = "De Oranje- en Ajax-fans zongen."
    found = resolve(text, spans(text, ("Oranje- en Ajax-fans", "MISC")))
    assert [(one.name, one.form) for one in found] == [("Oranje", "compound"), ("Ajax", "compound")]
