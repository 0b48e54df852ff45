import pytest
from mention_marks import unmark

from wiewatwaar.mentions.capitals import capital_lines, initial_capital, with_initial_capitals
from wiewatwaar.mentions.knowledge import Knowledge, learn, surnames
from wiewatwaar.mentions.occurrences import NameIndex, begins_sentence
from wiewatwaar.mentions.trimming import trimmed
from wiewatwaar.mentions.word_lists import is_first_name, is_initials, titles, words


@pytest.mark.parametrize(
    ("full_name", "forms"),
    [
        ("Mark Rutte", ["Rutte"]),
        ("Caroline van der Plas", ["van der Plas", "Van der Plas"]),
        ("Bart De Wever", ["De Wever"]),
        ("Jan Peter Balkenende", ["Balkenende", "Peter Balkenende"]),
        ("Jeanine Hennis-Plasschaert", ["Hennis-Plasschaert", "Hennis", "Plasschaert"]),
        ("Dilan Yeşilgöz", ["Yeşilgöz", "Yesilgoz"]),
        ("J.P.H. Donner", ["Donner"]),
        ("Willem Alexander IV", ["Alexander"]),
        ("Josef B.", []),
        ("Kim Li", []),
    ],
)
def test_surnames(full_name: str, forms: list[str]) -> None:
    assert surnames(full_name.split(" ")) == forms


@pytest.mark.parametrize("token", ["Mark", "Jan-Willem", "J.", "J.P.H.", "Th."])
def test_first_names(token: str) -> None:
    assert is_first_name(token)


@pytest.mark.parametrize("token", ["Club", "Rutte", "NAVO", "de", "v."])
def test_other_words_are_no_first_names(token: str) -> None:
    assert not is_first_name(token)


def test_initials_have_full_stops() -> None:
    assert is_initials("J.P.")
    assert not is_initials("JP")


def known(marked: str, listed: tuple[str, ...] = ()) -> Knowledge:
    text, spans = unmark(marked)
    return learn(text, trimmed(text, spans), listed.__contains__, set())


def test_most_mentions_decide() -> None:
    knowledge = known("[Walibi|LOC] en [Walibi|PER] en [Walibi|LOC]")
    assert knowledge.type_of("Walibi", "PERSON") == "LOCATION"


def test_of_as_many_mentions_the_first_decides() -> None:
    assert known("[Walibi|LOC] of [Walibi|PER]").type_of("Walibi", "PERSON") == "LOCATION"


def test_a_surname_seen_with_a_first_name_is_a_person() -> None:
    knowledge = known("[Mark Jansma|PER] kwam. [Jansma|ORG] zei. [Jansma|ORG] ging. [Jansma|LOC]")
    assert knowledge.type_of("Jansma", "ORGANISATION") == "PERSON"


def test_a_name_of_two_words_without_first_name_only_weighs() -> None:
    marked = "[Club Brugge|PER] won. [Brugge|LOC] juicht, [Brugge|LOC] danst, [Brugge|LOC] zingt"
    assert known(marked).type_of("Brugge", "LOCATION") == "LOCATION"


def test_a_surname_that_the_lexicon_knows_makes_no_person_of_it() -> None:
    knowledge = known("[Gerard Philips|PER] en [Philips|ORG]", listed=("Philips",))
    assert knowledge.type_of("Philips", "ORGANISATION") == "ORGANISATION"


def test_what_a_company_says_and_what_is_on_it_are_both_right() -> None:
    knowledge = known("op [Facebook|MISC], zegt [Facebook|ORG], via [Facebook|MISC]")
    assert knowledge.type_of("Facebook", "ORGANISATION") == "ORGANISATION"
    assert knowledge.type_of("Facebook", "OTHER") == "OTHER"


def test_capitals_are_the_name_they_have_elsewhere() -> None:
    knowledge = known("[ROTTERDAM|LOC] - In [Rotterdam|LOC] regent het, zegt de [NOS|ORG]")
    assert knowledge.canonical == {"ROTTERDAM": "Rotterdam"}


def found(text: str, *forms: str) -> list[str]:
    return [
        text[one.start : one.end] + ("+s" if one.genitive else "")
        for one in NameIndex.of(forms).find(text)
    ]


def test_the_longest_known_name_is_found() -> None:
    assert found("Mark Rutte en Rutte", "Rutte", "Mark Rutte") == ["Mark Rutte", "Rutte", "Rutte"]


@pytest.mark.parametrize("text", ["Ruttenberg", "KRutte", "rutte", "Rutte2"])
def test_only_whole_words_are_found(text: str) -> None:
    assert found(text, "Rutte") == []


def test_names_that_begin_small_are_found() -> None:
    assert found("volgens van der Plas en de Plas", "van der Plas") == ["van der Plas"]


def test_a_genitive_is_found_before_what_is_possessed() -> None:
    assert found("Ruttes plan", "Rutte") == ["Rutte+s"]
    assert found("Ruttes en andere", "Rutte") == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Boer", True),
        ("Zo. Boer", True),
        ("zei: 'Boer", True),
        ("kop\nBoer", True),
        ("boer Boer", False),
        ("zei 'Boer", False),
    ],
)
def test_where_a_sentence_begins(text: str, begins: bool) -> None:
    assert begins_sentence(text, text.rindex("Boer")) is begins


def test_lines_in_capitals() -> None:
    text = "RUTTE BELT NAVO\nNAVO\nNAVO wacht\n1 2 3\nÉÉN ÏDEE"
    assert [text[start:end] for start, end in capital_lines(text)] == [
        "RUTTE BELT NAVO",
        "ÉÉN ÏDEE",
    ]


@pytest.mark.parametrize(
    ("line", "normal"),
    [
        ("HONGARIJE-DOSSIER", "Hongarije-Dossier"),
        ("IJSLAND WINT", "IJsland Wint"),
        ("DİYARBAKIR ZET DOOR", "DİYARBAKIR Zet Door"),
    ],
)
def test_capitals_are_lowered_at_the_same_length(line: str, normal: str) -> None:
    assert with_initial_capitals(line) == normal
    assert len(with_initial_capitals(line)) == len(line)


def test_one_word_in_capitals() -> None:
    assert initial_capital("RUTTE") == "Rutte"


@pytest.mark.parametrize(
    "name",
    [
        "apostrophe_names",
        "capitalised_nouns",
        "common_surnames",
        "compound_prefixes",
        "first_names",
        "name_endings_s",
        "name_prefixes",
        "party_members",
        "person_heads",
        "role_nouns",
        "surnames",
        "titled_names",
        "tussenvoegsels",
        "words_after_names",
    ],
)
def test_every_word_list_says_where_it_comes_from(name: str) -> None:
    from importlib import resources

    lines = (resources.files("wiewatwaar") / f"lexicon/{name}.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    assert lines[0].startswith("# ")
    assert len(set(entries)) == len(entries) == len(words(name))
    assert all(entry == entry.strip() and entry for entry in entries)


def test_titles_are_small() -> None:
    assert all(title == title.lower() for title in titles())
