import pytest
from mention_marks import shown, unmark

from wiewatwaar.mentions.trimming import in_order, trim, without_genitive_s
from wiewatwaar.mentions.trimming import trimmed as all_trimmed
from wiewatwaar.spans import NamedSpan


def trimmed(marked: str) -> tuple[str, str] | None:
    text, (span,) = unmark(marked)
    name = trim(text, span)
    return None if name is None else (text[name.start : name.end], name.form)


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[ 'Mark Rutte',|PER] zei hij", "Mark Rutte"),
        ("['s-Hertogenbosch|LOC] viert feest", "'s-Hertogenbosch"),
        ("de rechter hoorde [Peter van 't Hek|PER]", "Peter van 't Hek"),
        ("volgens [Piet B.|PER] klopt het", "Piet B."),
        ("hij heet [B.|PER]", "B."),
        ("bij [Van Dijk Jr.|PER] thuis", "Van Dijk Jr."),
        ("de plaats [Utrecht.|LOC]", "Utrecht"),
        ("(zie [(Utrecht)|LOC])", "Utrecht"),
        ("[A. (Ahmed) Aboutaleb|PER] sprak", "A. (Ahmed) Aboutaleb"),
        ("schrijver A.F.Th. [van der Heijden|PER]", "A.F.Th. van der Heijden"),
        ("bij de N.V. en B. [Jansen|PER]", "Jansen"),
        ("het bedrijf [Jansen (Breda|ORG])", "Jansen (Breda"),
        ("[Blade-|PER] en Batman-films", "Blade"),
        ("[“Vrij Nederland”|ORG] schrijft", "Vrij Nederland"),
    ],
)
def test_edges_are_no_part_of_the_name(marked: str, name: str) -> None:
    assert trimmed(marked) == (name, "name")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ze schreef het op [X. Wilders|PER] reageerde", "Wilders"),
        ("Dat liet hij weten via [X. Femke Bol|PER] won", "Femke Bol"),
        ("op het platform [X. De Jonge|PER] zweeg", "De Jonge"),
        ("volgens [X. Brinkhuis|PER] klopt het", "X. Brinkhuis"),
        ("de stop [X. Brinkhuis|PER] draait", "X. Brinkhuis"),
        ("op [X.Y. Brinkhuis|PER] na", "X.Y. Brinkhuis"),
    ],
)
def test_the_network_at_the_end_of_a_sentence_is_no_initial(marked: str, name: str) -> None:
    assert trimmed(marked) == (name, "name")


@pytest.mark.parametrize("marked", ["hij riep [!?|MISC]", "[ - |ORG]", "[''|PER]"])
def test_nothing_is_left_of_punctuation(marked: str) -> None:
    assert trimmed(marked) is None


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[premier Rutte|PER]", "Rutte"),
        ("[Premier Rutte|PER]", "Rutte"),
        ("[koning Filip|PER]", "Filip"),
        ("[Landgenote Wendela Adema|PER]", "Wendela Adema"),
        ("[ploeggenoot Sjoerd Nijhuis|PER]", "Sjoerd Nijhuis"),
        ("[Mr. J.P.H. Donner|PER]", "J.P.H. Donner"),
        ("[prof. dr. Marion Koopmans|PER]", "Marion Koopmans"),
        ("[Sir Elton John|PER]", "Elton John"),
        ("[mevrouw De Vries|PER]", "De Vries"),
        ("[oud-premier Balkenende|PER]", "Balkenende"),
        ("[VVD-leider Yeşilgöz|PER]", "Yeşilgöz"),
        ("[D66-Kamerlid Jan Paternotte|PER]", "Jan Paternotte"),
        ("[Amerikaanse president Joe Biden|PER]", "Joe Biden"),
        ("[minister van der Burg|PER]", "van der Burg"),
    ],
)
def test_titles_are_no_part_of_the_name(marked: str, name: str) -> None:
    assert trimmed(marked) == (name, "name")


@pytest.mark.parametrize(
    "name",
    ["Lady Gaga", "Dr. Dre", "Moeder Teresa", "Koning", "Anne Prins", "Bart De Wever", "Minister"],
)
def test_a_title_that_is_the_name_stays(name: str) -> None:
    assert trimmed(f"[{name}|PER] zingt") == (name, "name")


def test_titles_are_left_out_of_persons_only() -> None:
    assert trimmed("[Koning Boudewijnstadion|LOC]") == ("Koning Boudewijnstadion", "name")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[Trump's|PER] plan", "Trump"),
        ("[Zelensky’s|PER] antwoord", "Zelensky"),
        ("[Barack Obama's|PER] boek", "Barack Obama"),
        ("[China's|LOC] leger", "China"),
    ],
)
def test_apostrophe_s_is_an_ending(marked: str, name: str) -> None:
    assert trimmed(marked) == (name, "possessive")


@pytest.mark.parametrize("name", ["McDonald's", "McDonald’s", "Standard & Poor's", "Bahama's"])
def test_apostrophe_s_of_the_name_itself_stays(name: str) -> None:
    assert trimmed(f"[{name}|ORG] groeit") == (name, "name")


def genitive(marked: str, bare: set[str], whole: set[str] | None = None) -> tuple[str, str]:
    text, (span,) = unmark(marked)
    name = trim(text, span)
    assert name is not None
    cut = without_genitive_s(text, name, bare.__contains__, whole or set())
    return text[cut.start : cut.end], cut.form


@pytest.mark.parametrize(
    ("marked", "bare", "name"),
    [
        ("[Ruttes|PER] opvolger", {"Rutte"}, "Rutte"),
        ("[Mark Ruttes|PER] opvolger", {"Rutte"}, "Mark Rutte"),
        ("[Trumps|PER] eigen partij", {"Trump"}, "Trump"),
        ("[Filips|PER] paleis", {"Filip"}, "Filip"),
        ("[Macrons|PER] als Starmers adviseurs", {"Macron"}, "Macron"),
        ("[Merkels|ORG] Duitsland", {"Merkel"}, "Merkel"),
    ],
)
def test_genitive_s_is_an_ending_where_the_name_is_known(
    marked: str, bare: set[str], name: str
) -> None:
    assert genitive(marked, bare) == (name, "possessive")


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("[Bommes|PER] opvolger", set()),
        ("[Timmermans|PER] plan", {"Timmerman"}),
        ("[Jansens|PER] huis", {"Jansen"}),
        ("[Frans|PER] boek", {"Fran"}),
        ("[Ruttes|PER] en zijn partij", {"Rutte"}),
        ("[Ruttes|PER] zei niets", {"Rutte"}),
        ("het was van [Ruttes|PER].", {"Rutte"}),
        ("[Ruttes|PER]\nNieuw hoofdstuk", {"Rutte"}),
    ],
)
def test_the_s_of_the_name_itself_stays(marked: str, bare: set[str]) -> None:
    text, (span,) = unmark(marked)
    assert genitive(marked, bare) == (text[span.start : span.end], "name")


def test_a_name_given_in_full_with_its_s_is_whole() -> None:
    assert genitive("[Koekoeks|PER] plan", {"Koekoek"}, {"Koekoeks"}) == ("Koekoeks", "name")


def test_spans_that_cannot_be_are_left_out() -> None:
    def span(start: int, end: int) -> NamedSpan:
        return NamedSpan(start, end, "PERSON", "PER")

    spans = [span(8, 12), span(0, 4), span(2, 6), span(4, 4), span(10, 11), span(12, 99)]
    assert in_order(spans, 20) == [span(0, 4), span(8, 12)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Van Loo makes Van Loos, but Otto makes Otto's.
        ("[Jan Van Loos|PER] vader zingt.", ["PER Jan Van Loo possessive"]),
        ("[Piet Ottos|PER] vader zingt.", ["PER Piet Ottos"]),
        # With its prefix, a surname of the document is no full name of its own.
        (
            "[Joke van 't Hof|PER] vertrok; [Van 't Hofs|PER] assistent bleef.",
            ["PER Joke van 't Hof", "PER Van 't Hof possessive"],
        ),
        # What a possessive tells of a name holds wherever the name stands again.
        (
            "[Igna Stols|PER] eerste roman is goed; [Stols|ORG] tweede beter.",
            ["PER Igna Stol possessive", "PER Stol possessive"],
        ),
        ("[Bart De Wevers|PER] kat spint.", ["PER Bart De Wever possessive"]),
    ],
)
def test_possessives_of_full_names(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[A.F. de|PER] [Wael Borghuis|PER] sprak.", ["PER A.F. de Wael Borghuis"]),
        ("Het boek van [A.F.Th|MISC]. [van der Wael|PER] is uit.", ["PER A.F.Th. van der Wael"]),
        ("[Carolina Geel-van|PER] Oord kwam.", ["PER Carolina Geel-van Oord"]),
        (
            "SASKIA TERWISGA WINT\n\n[Terwisga|PER] won.",
            ["PER SASKIA TERWISGA=Saskia Terwisga", "PER Terwisga"],
        ),
        ("Dat zei de [DJ|ORG].", []),
    ],
)
def test_names_that_the_model_cut(marked, expected):
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("De [Kweekautoriteit (KwA|ORG]) is er", ["Kweekautoriteit", "KwA"]),
        ("De [Bond voor Imkers (BVI)|ORG] is er", ["Bond voor Imkers", "BVI"]),
        ("Het [Jansen (Breda|ORG]) is er", ["Jansen (Breda"]),
        ("Het [Huis (VVD|PER]) is er", ["Huis (VVD"]),
    ],
)
def test_the_abbreviation_behind_a_body_is_a_name_apart(marked: str, names: list[str]) -> None:
    text, spans = unmark(marked)
    assert [text[name.start : name.end] for name in all_trimmed(text, spans)] == names
