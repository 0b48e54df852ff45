import pytest
from mention_marks import unmark

from wiewatwaar.mentions.compounds import is_own_name, person_after_head, shows_organisation
from wiewatwaar.mentions.shapes import MAX_WORD, Shapes, Standing


def standing(marked: str) -> Standing | None:
    text, (span,) = unmark(marked)
    return Shapes.of(text).standing(span.start, span.end)


@pytest.mark.parametrize(
    ("marked", "form", "others"),
    [
        ("de [NAVO|ORG] wacht", "name", ()),
        ("de [NAVO|ORG]-top", "compound", ("top",)),
        ("ex-[EU|ORG]-commissaris", "compound", ("ex", "commissaris")),
        ("kabinet-[Schoof|PER].", "compound", ("kabinet",)),
        ("kabinet-[Rutte|PER] III", "compound", ("kabinet",)),
        ("de [Red Bull|ORG]-coureur", "compound", ("coureur",)),
        ("de [EU|ORG]- en NAVO-landen", "compound", ()),
        ("[VVD|ORG]/D66", "name", ("D66",)),
        ("VVD/[D66|ORG]-coalitie", "compound", ("VVD", "coalitie")),
        ("een [VVD|ORG]'er", "member", ()),
        ("twee [PVV|ORG]’ers", "member", ()),
        ("een [CDA|ORG]-er", "member", ()),
        ("oud-[VVD|ORG]'er", "member", ("oud",)),
        ("[Biden|PER]'s bezoek", "possessive", ()),
        ("[Timmermans|PER]' voorstel", "possessive", ()),
        ("de krant 'Het [Laatste Nieuws|ORG]'", "possessive", ()),
        ("volgens '[Timmermans|PER]' zelf", "name", ()),
    ],
)
def test_how_a_name_stands(marked: str, form: str, others: tuple[str, ...]) -> None:
    found = standing(marked)
    assert found is not None
    assert (found.form, found.others) == (form, others)


@pytest.mark.parametrize(
    "marked",
    ["[NAVO|ORG]top", "de [EU|ORG]R", "o[EU|ORG]", "d'[Hondt|PER]", "[A|ORG]4-tje"],
)
def test_a_piece_of_a_word_is_no_name(marked: str) -> None:
    assert standing(marked) is None


def test_very_long_words_are_not_looked_into() -> None:
    assert standing("[EU|ORG]-" + "a-" * MAX_WORD + "a") is None


def test_many_parts_take_no_more_than_one_pass() -> None:
    # A line of one word: were it looked into at each of its parts, this would take hours.
    text = "EU-" * 300_000 + "top"
    shapes = Shapes.of(text)
    assert all(shapes.standing(3 * i, 3 * i + 2) is None for i in range(300_000))


def own_name(marked: str, type_: str = "ORGANISATION", known: tuple[str, ...] = ()) -> bool:
    found = standing(marked)
    assert found is not None
    return is_own_name(found, type_, known.__contains__)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "marked",
    [
        "de [NAVO|ORG]-top",
        "[PvdA|ORG]-Kamerlid",
        "oud-[Ajax|ORG]-trainer",
        "Oud-[Ajax|ORG]-trainer",
        "[BUK|ORG]-MH17-zaak",
        "[VVD|ORG]'er",
        "[EU|ORG]- en",
    ],
)
def test_common_nouns_leave_a_name_its_own(marked: str) -> None:
    assert own_name(marked)


@pytest.mark.parametrize(
    ("marked", "type_"),
    [
        ("Noord-[Holland|LOC]", "LOCATION"),
        ("Jean-[Pierre|PER]", "PERSON"),
        ("[Hennis|PER]-Plasschaert", "PERSON"),
        ("Air France-[KLM|ORG]", "ORGANISATION"),
        ("[Bergen|LOC]-Belsen", "LOCATION"),
        ("Al-[Assad|PER]", "PERSON"),
        ("Oud-[Heverlee|LOC]", "LOCATION"),
        ("[Jumbo|ORG]-Visma", "ORGANISATION"),
    ],
)
def test_a_piece_of_a_longer_name_is_no_name(marked: str, type_: str) -> None:
    assert not own_name(marked, type_)


def test_two_known_names_are_each_their_own() -> None:
    assert own_name("[AZ|ORG]-PSV", known=("PSV",))
    assert not own_name("[AZ|ORG]-PSV")


@pytest.mark.parametrize("marked", ["[Volt|ORG]-voorzitter", "[SP|ORG]'er", "[SP|ORG]-Kamerlid"])
def test_words_that_show_an_organisation(marked: str) -> None:
    found = standing(marked)
    assert found is not None
    assert shows_organisation(found)


@pytest.mark.parametrize("marked", ["[Groen|ORG]-blauwe", "[Volt|ORG]"])
def test_words_that_show_none(marked: str) -> None:
    found = standing(marked)
    assert found is not None
    assert not shows_organisation(found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kabinet-Schoof", "Schoof"),
        ("Kabinet-Van Agt", "Van Agt"),
        ("regering-De Croo", "De Croo"),
        ("motie-Van der Staaij", "Van der Staaij"),
        ("kabinet-formatie", None),
        ("wereld-Beker", None),
    ],
)
def test_persons_whom_a_noun_shows(text: str, name: str | None) -> None:
    place = person_after_head(text, 0)
    assert (text[slice(*place)] if place else None) == name
