from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.people.names import (
    MAX_WORDS,
    family_nouns,
    first_names,
    fold_word,
    heads,
    loose_tussenvoegsels,
    misspelt,
    parse_name,
    person_heads,
    single_name_titles,
    surnames_in_front,
    tails,
    tussenvoegsels,
    without_loose,
)


def parts(text):
    """A name as GIVEN / SURNAME, with what else there is in brackets and behind a comma."""
    name = parse_name(text)
    told = f"{' '.join(name.given)} / {' '.join(name.surname)}".strip()
    nicknames = "".join(f" ({nickname})" for nickname in name.nicknames)
    return told + nicknames + (f", {name.suffix}" if name.suffix else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mark Rutte", "mark / rutte"),
        ("Rutte", "/ rutte"),
        ("RUTTE", "/ rutte"),
        ("Biden's", "/ biden"),
        ("Timmermans’", "/ timmermans"),
        # initials
        ("M. Rutte", "m. / rutte"),
        ("M.Rutte", "m. / rutte"),
        ("J.P.H. Donner", "j. p. h. / donner"),
        ("J. P. H. Donner", "j. p. h. / donner"),
        ("J.-P. Balkenende", "j. p. / balkenende"),
        ("A.F.Th. van der Heijden", "a. f. th. / van der heijden"),
        ("George W. Bush", "george w. / bush"),
        ("John F Kennedy", "john f. / kennedy"),
        ("JD Vance", "j. d. / vance"),
        ("JO COX", "jo / cox"),
        # tussenvoegsels
        ("Hugo de Jonge", "hugo / de jonge"),
        ("De Jonge", "/ de jonge"),
        ("Caroline van der Plas", "caroline / van der plas"),
        ("CAROLINE VAN DER PLAS", "caroline / van der plas"),
        ("Youp van 't Hek", "youp / van 't hek"),
        ("Youp van ’t Hek", "youp / van 't hek"),
        ("’t Hooft", "/ 't hooft"),
        ("Alexander De Croo", "alexander / de croo"),
        ("Mathilde d’Udekem", "mathilde / d' udekem"),
        ("Bashar al-Assad", "bashar / al assad"),
        ("Bashar Al-Assad", "bashar / al assad"),
        ("Mounir el Khayat", "mounir / el khayat"),
        ("Ursula von der Leyen", "ursula / von der leyen"),
        ("Jeroen v. Holland", "jeroen / van holland"),
        ("Van", "/ van"),
        # double surnames
        ("Dilan Yeşilgöz-Zegerius", "dilan / yesilgoz-zegerius"),
        ("Els Schuurman-de Vries", "els / schuurman-de vries"),
        # nicknames and suffixes
        ("A. (Ahmed) Aboutaleb", "a. / aboutaleb (ahmed)"),
        ("J.P.H. (Piet Hein) Donner", "j. p. h. / donner (piet hein)"),
        ("Dwayne 'The Rock' Johnson", "dwayne / johnson (the rock)"),
        ("Dwayne “The Rock” Johnson", "dwayne / johnson (the rock)"),
        ("Jan (de Vries", "jan / de vries"),
        ("(Jan)", "/ jan"),
        ("Jan de Wit jr.", "jan / de wit, jr"),
        ("Jan de Wit Sr", "jan / de wit, sr"),
        ("Karel III", "/ karel, iii"),
        ("Johannes XXIII", "/ johannes, xxiii"),
        ("XI JINPING", "jinping / xi"),
        ("Malcolm X", "malcolm / x"),
        # the surname in front
        ("Xi Jinping", "jinping / xi"),
        ("Kim Jong-un", "jongun / kim"),
        ("Kim Jong Un", "jongun / kim"),
        ("Kim Clijsters", "kim / clijsters"),
        ("Kim van Dam", "kim / van dam"),
        # no name at all
        ("(", "/ ("),
        ("Haj ar-Rahbani", "haj / al rahbani"),
    ],
)
def test_a_name_comes_apart(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize(
    "same",
    [
        ("Yeşilgöz", "Yesilgoz", "YEŞİLGÖZ", "yeşilgöz,"),
        ("Poetin", "Putin", "POETIN"),
        ("Zelensky", "Zelenskyy", "Zelenski", "Zelenskij", "Zelenskyj"),
        ("Erdoğan", "Erdogan", "ERDOĞAN"),
        ("Đoković", "Djokovic"),
        ("Wałęsa", "Walesa"),
        ("Schröder", "Schroeder"),
        ("Kara-Moerza", "Kara‑Murza", "Kara–Murza"),
        ("O’Brien", "O'Brien"),
        ("Loekasjenko", "Lukashenko"),
    ],
)
def test_ways_to_write_a_word_fold_to_one(same):
    assert len({fold_word(word) for word in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jansen", "Janssen"),
        ("Peters", "Peter"),
        ("Kok", "Koks"),
        ("Boer", "Boeren"),
        ("Sky", "Ski"),
    ],
)
def test_other_names_stay_other_names(one, other):
    assert fold_word(one) != fold_word(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mark Rutte", ("rutte",)),
        ("Dilan Yeşilgöz-Zegerius", ("yesilgoz-zegerius", "yesilgoz", "zegerius")),
        ("Van der Meer-de Vries", ("van der meer-de vries", "van der meer", "de vries")),
        ("Willem-Alexander", ("willem-alexander",)),
        ("Kim Jong-un", ("kim",)),
    ],
)
def test_either_half_of_a_double_surname_is_a_surname(text, expected):
    assert parse_name(text).surname_keys == expected


@pytest.mark.parametrize(
    ("text", "ends", "beginnings"),
    [
        ("Mark Rutte", "rutte", ""),
        ("Caroline van der Plas", "van der plas", ""),
        ("Gabriel García Márquez", "garcia marquez; marquez", "gabriel garcia"),
        ("Zine El Abidine Ali", "el abidine ali; ali", "zine el abidine"),
        ("Els Schuurman-de Vries", "schuurman-de vries", ""),
        ("George W. Bush", "bush", ""),
        ("Rutte", "", ""),
    ],
)
def test_a_name_is_called_by_its_ends_and_beginnings(text, ends, beginnings):
    name = parse_name(text)
    assert "; ".join(tails(name)) == ends
    assert "; ".join(heads(name)) == beginnings


@pytest.mark.parametrize(
    ("key", "expected"),
    [("al assad", "assad"), ("von karajan", "karajan"), ("van dijk", "van dijk"), ("al", "al")],
)
def test_some_tussenvoegsels_may_be_left_out(key, expected):
    assert without_loose(key) == expected


def test_der_den_and_de_are_confused():
    assert misspelt("van der laan") == misspelt("van de laan") == misspelt("van den laan")
    assert misspelt("van 't laan") != misspelt("van de laan")


@given(st.text(max_size=60))
def test_every_text_has_a_surname(text):
    name = parse_name(text)
    assert name.surname
    assert all(part for key in name.surname_keys for part in [key]) or not text.strip()
    assert parse_name(text) == name


@given(st.lists(st.sampled_from(["Jan", "van", "Ben", "J.", "de", "Ali", "al-Haj"]), min_size=1))
def test_ends_and_beginnings_are_shorter(words):
    name = parse_name(" ".join(words))
    whole = " ".join(name.words)
    for part in tails(name):
        assert whole.endswith(f" {part}")
    for part in heads(name):
        assert whole.startswith(f"{part} ")


@pytest.mark.parametrize("piece", ["Jan ", "van ", "(", "( ", "'", "J.", "J. ", "a-", "(a) ", "V"])
def test_a_very_long_name_is_read_in_one_pass(piece):
    """With a step for each pair of characters this would take hours."""
    name = parse_name(piece * 200_000)
    assert sum(1 for _ in tails(name)) <= MAX_WORDS
    assert len(name.surname_keys) <= MAX_WORDS + 1


def test_no_transliteration_is_in_two_groups():
    path = resources.files("wiewatwaar") / "lexicon/transliterations.tsv"
    groups = [
        line.split("\t")
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    forms = [form for group in groups for form in group]
    assert len(groups) > 80
    assert all(len(group) > 1 for group in groups)
    assert len(forms) == len(set(forms))
    for group in groups:
        assert len({fold_word(form) for form in group}) == 1


def test_the_lists_say_where_they_come_from():
    for name in ("family_nouns", "loose_tussenvoegsels", "single_name_titles", "surnames_in_front"):
        text = (resources.files("wiewatwaar") / f"lexicon/{name}.txt").read_text("utf-8")
        entries = [line for line in text.splitlines() if not line.startswith("#")]
        assert text.startswith("# ")
        assert len(entries) == len(set(entries))


def test_the_lists_are_read():
    assert {"van", "de", "'t", "el"} <= tussenvoegsels()
    assert {"al", "von"} <= loose_tussenvoegsels()
    assert {"mark", "dilan"} <= first_names()
    assert {"xi", "kim"} <= surnames_in_front()
    assert {"koning", "paus"} <= single_name_titles()
    assert {"familie", "gebroeders"} <= family_nouns()
    assert {"kabinet"} <= person_heads()
