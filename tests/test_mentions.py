import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_marks import TYPES, resolved, shown, unmark

from wiewatwaar.mentions import resolve
from wiewatwaar.spans import NamedSpan

# The sentences of one phenomenon each that every extractor of Dutch names must get right, with
# the spans of a CoNLL model, and what must come out.
SENTENCES = [
    (
        "Op de [NAVO-top|MISC] in [Vilnius|LOC] lag het [Hongarije-dossier|MISC] opnieuw op tafel.",
        ["ORG NAVO compound", "LOC Vilnius", "C:HU Hongarije compound"],
    ),
    (
        "Oud-premier [Rutte|PER] belde met [ex-EU-commissaris|MISC] [Timmermans|PER].",
        ["PER Rutte", "ORG EU compound", "PER Timmermans"],
    ),
    (
        "[Oud-premier Rutte|PER] belde met [ex-EU-commissaris Timmermans|PER].",
        ["PER Rutte", "ORG EU compound", "PER Timmermans"],
    ),
    ("[PVV'ers|MISC] en een [BBB'er|MISC] stemden tegen.", ["ORG PVV member", "ORG BBB member"]),
    (
        "[Ruttes|PER] opvolger kreeg [Trumps|PER] zegen.",
        ["PER Rutte possessive", "PER Trump possessive"],
    ),
    (
        "[Biden|PER]'s bezoek en [Zelensky’s|PER] antwoord haalden de voorpagina.",
        ["PER Biden possessive", "PER Zelensky possessive"],
    ),
    (
        "[Caroline van der Plas|PER] vertrok; volgens Van der Plas was alles gezegd.",
        ["PER Caroline van der Plas", "PER Van der Plas"],
    ),
    (
        "[Bart De Wever|PER] ontving [Alexander De Croo|PER].",
        ["PER Bart De Wever", "PER Alexander De Croo"],
    ),
    (
        "De [Russische|MISC] president belde zijn [Turkse|MISC] collega.",
        ["C:RU Russische demonym", "C:TR Turkse demonym"],
    ),
    ("[Frans Timmermans|PER] spreekt [Frans|MISC] en [Duits|MISC].", ["PER Frans Timmermans"]),
    (
        "De [VS|LOC] en het [VK|LOC] steunden de [VN-resolutie|MISC], de [EU|ORG] wachtte.",
        ["C:US VS", "C:GB VK", "ORG VN compound", "ORG EU"],
    ),
    (
        "[Niger|LOC] verbrak de banden, [Nigeria|LOC] niet; [Congo-Brazzaville|LOC] aarzelt.",
        ["C:NE Niger", "C:NG Nigeria", "C:CG Congo-Brazzaville"],
    ),
    (
        "[Wit-Rusland|LOC], ofwel [Belarus|LOC], leunt op [Moskou|LOC].",
        ["C:BY Wit-Rusland", "C:BY Belarus", "LOC Moskou"],
    ),
    (
        "[Air France-KLM|ORG] praat met [De Nederlandsche Bank|ORG].",
        ["ORG Air France-KLM", "ORG De Nederlandsche Bank"],
    ),
    (
        "[Den Haag|LOC] wil strengere regels, maar [Brussel|LOC] ligt dwars.",
        ["LOC Den Haag", "LOC Brussel"],
    ),
    (
        "Boeren blokkeren de [A1|LOC], meldt [Marieke Boer|PER].",
        ["LOC A1", "PER Marieke Boer"],
    ),
    (
        "[Dilan Yeşilgöz-Zegerius|PER] en [Jeanine Hennis-Plasschaert|PER] kwamen aan; "
        "[Yesilgoz|PER] zweeg.",
        ["PER Dilan Yeşilgöz-Zegerius", "PER Jeanine Hennis-Plasschaert", "PER Yesilgoz"],
    ),
    (
        "[Mr. J.P.H. Donner|PER] volgde [dr. A. (Ahmed) Aboutaleb|PER] op.",
        ["PER J.P.H. Donner", "PER A. (Ahmed) Aboutaleb"],
    ),
    (
        "Ministers [Rob Jetten|PER] en [Hugo de Jonge|PER] overlegden; De Jonge vertrok eerst.",
        ["PER Rob Jetten", "PER Hugo de Jonge", "PER De Jonge"],
    ),
    (
        "[Poetin|PER] (ook: [Putin|PER]) ontving [Netanyahu|PER] in [Sotsji|LOC].",
        ["PER Poetin", "PER Putin", "PER Netanyahu", "LOC Sotsji"],
    ),
    (
        "[RUTTE|PER] WAARSCHUWT [HONGARIJE|LOC] VOOR [NAVO-TOP|MISC]",
        ["PER RUTTE=Rutte", "C:HU HONGARIJE", "ORG NAVO compound"],
    ),
    (
        "Live [Rusland|LOC] – [Oekraïne|LOC] | 'Aanval op [Kyiv|LOC]', zegt [Kremlin|LOC]",
        ["C:RU Rusland", "C:UA Oekraïne", "LOC Kyiv", "LOC Kremlin"],
    ),
    (
        "De [Navo|ORG] wacht op [Unesco|ORG] en de [Nato-landen|MISC] zwijgen.",
        ["ORG Navo=NAVO", "ORG Unesco", "ORG Nato=NAVO compound"],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), SENTENCES)
def test_dutch_as_it_is_written(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(("marked", "expected"), SENTENCES)
def test_a_model_that_finds_nothing_leaves_countries_and_organisations(
    marked: str, expected: list[str]
) -> None:
    listed = [mention for mention in expected if mention.startswith(("C:", "ORG"))]
    found = shown(marked, with_spans=False)
    assert [mention for mention in found if not mention.startswith("PER")] == listed


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Noord- en Zuid-Korea|LOC] wisselden schoten uit.",
            ["C:KP Noord-", "C:KR Zuid-Korea"],
        ),
        (
            "De [Amerikaans-Chinese|MISC] handelsoorlog laait op.",
            ["C:US Amerikaans demonym", "C:CN Chinese demonym"],
        ),
        ("De [EU-|MISC] en [NAVO-landen|MISC]", ["ORG EU compound", "ORG NAVO compound"]),
        ("een coalitie van [VVD|ORG]/[D66|ORG]", ["ORG VVD", "ORG D66"]),
        ("een coalitie van VVD/D66", ["ORG VVD", "ORG D66"]),
        ("de GroenLinks-PvdA-leider", ["ORG GroenLinks-PvdA compound"]),
        ("het kabinet-Schoof viel", ["PER Schoof compound"]),
        ("het [kabinet-Rutte III|MISC] viel", ["PER Rutte compound"]),
        ("[Jan Ploegstra|PER] en de [Ploegstra-affaire|MISC]", None),
        ("de Trump-aanhangers", ["PER Trump compound"]),
        ("twee SP'ers en een oud-VVD'er", ["ORG SP member", "ORG VVD member"]),
        ("de Volt-voorzitter", ["ORG Volt compound"]),
        ("[Rusland en Oekraïne|LOC] praten", ["C:RU Rusland", "C:UA Oekraïne"]),
        ("[Open Vld en Vooruit|MISC] praten", ["ORG Open Vld", "ORG Vooruit"]),
        (
            "het [PvdA|ORG]/[GroenLinks-congres|MISC]",
            ["ORG PvdA/GroenLinks=GroenLinks-PvdA compound"],
        ),
        ("[PSV-Ajax|MISC] bleef 0-0", ["ORG PSV compound", "ORG Ajax compound"]),
        ("de [VVD-motie-Ploegstra|ORG]", ["ORG VVD-motie-Ploegstra"]),
    ],
)
def test_names_inside_words(marked: str, expected: list[str] | None) -> None:
    expected = expected or ["PER Jan Ploegstra", "PER Ploegstra compound"]
    assert shown(marked) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zij woont in Noord-Holland.",
        "Jean-Pierre en Anne-Marie stuurden een e-mail.",
        "Een X-ray, een A4-tje en een T-shirt.",
        "Bergen-Belsen was een kamp.",
        "Een volt-meter en een groen-blauwe trui.",
        "Appels en peren, en groen is een kleur.",
    ],
)
def test_words_that_hold_no_name(text: str) -> None:
    assert resolve(text, []) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Noord-Holland|LOC]", ["LOC Noord-Holland"]),
        ("[Jean-Pierre|PER] en [Pierre|PER]", ["PER Jean-Pierre", "PER Pierre"]),
        ("[Bergen-Belsen|LOC] en [Bergen|LOC]", ["LOC Bergen-Belsen", "LOC Bergen"]),
        ("[Hwang Dae-heon|PER] en [Dae|PER]", ["PER Hwang Dae-heon", "PER Dae"]),
        ("[Zuid-Limburg|LOC]", ["LOC Zuid-Limburg"]),
    ],
)
def test_names_that_stay_whole(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("de [NAVO-top|ORG]", ["ORG NAVO compound"]),
        ("het [Hongarije-dossier|ORG]", ["C:HU Hongarije compound"]),
        ("de [VVD-leider|PER]", ["ORG VVD compound"]),
    ],
)
def test_a_word_that_ends_small_is_no_name_whatever_the_model_says(
    marked: str, expected: list[str]
) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Radio Nederland|ORG] zendt uit.", ["ORG Radio Nederland"]),
        ("de film [Turks Fruit|MISC]", []),
        ("de [Ronde van Frankrijk|MISC]", []),
        ("[Tom Holland|PER] speelt.", ["PER Tom Holland"]),
        ("[Zuid-Frankrijk|LOC] brandt.", ["LOC Zuid-Frankrijk"]),
        ("[Frankrijk|ORG] wint.", ["C:FR Frankrijk"]),
        ("[Frankrijk|PER] wint.", ["C:FR Frankrijk"]),
    ],
)
def test_a_country_word_inside_a_longer_name_is_no_country(
    marked: str, expected: list[str]
) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("de [NAVO|LOC] en de [VVD|MISC]", ["ORG NAVO", "ORG VVD"]),
        ("de [NAVO Response Force|ORG]", ["ORG NAVO Response Force"]),
        ("de partij [Groen|ORG] en wat Groen wil", ["ORG Groen", "ORG Groen"]),
        ("de kleur [Groen|MISC]", []),
        ("de [Republikeinen|ORG] en de Republikeinen", []),
        ("zij zet het op [Instagram|MISC]", []),
        ("twee [Ferrari's|MISC]", []),
        ("[Ferrari|ORG] wint, en twee [Ferrari's|MISC] botsen", ["ORG Ferrari"]),
    ],
)
def test_organisations_of_the_lexicon(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[Tjeerd Ploegstra|PER] kwam. Later zei Ploegstra niets.",
            ["PER Tjeerd Ploegstra", "PER Ploegstra"],
        ),
        (
            "[Tjeerd Ploegstra|PER] kwam. Later zei [Ploegstra|ORG] niets.",
            ["PER Tjeerd Ploegstra", "PER Ploegstra"],
        ),
        (
            "[Ploegstra|PER] en Ploegstras plan, en Ploegstras.",
            ["PER Ploegstra", "PER Ploegstra possessive"],
        ),
        (
            "[Kweekkas Zuidplas|ORG] groeit. Kweekkas Zuidplas krimpt.",
            ["ORG Kweekkas Zuidplas"] * 2,
        ),
        ("[Tjeerd Boer|PER] zaait. Boer zijn is zwaar.", ["PER Tjeerd Boer"]),
        ("bij [Netwijs|ORG] is Netwijs Pro te koop", ["ORG Netwijs"]),
        (
            "[ROTTERDAM|LOC] - In [Rotterdam|LOC] regent het",
            ["LOC ROTTERDAM=Rotterdam", "LOC Rotterdam"],
        ),
    ],
)
def test_the_document_knows_more_than_the_sentence(marked: str, expected: list[str]) -> None:
    assert shown(marked) == expected


def test_a_line_in_capitals_is_read_with_the_names_of_the_body() -> None:
    marked = "PLOEGSTRA WAARSCHUWT EUROPESE COMMISSIE\nDat zei [Tjeerd Ploegstra|PER] dinsdag."
    assert shown(marked) == [
        "PER PLOEGSTRA=Ploegstra",
        "ORG EUROPESE COMMISSIE=Europese Commissie",
        "PER Tjeerd Ploegstra",
    ]


def test_labels_of_ontonotes_do_as_well() -> None:
    marked = (
        "[Joe Biden|PERSON] sprak met de [Russische|NORP] president in [Genève|GPE] over "
        "[Oekraïne|GPE]; hij sprak [Engels|LANGUAGE]."
    )
    assert shown(marked) == [
        "PER Joe Biden",
        "C:RU Russische demonym",
        "LOC Genève",
        "C:UA Oekraïne",
    ]


def test_who_says_that_a_name_is_there() -> None:
    text, mentions = resolved(
        "[Joe Biden|PER] sprak op de [NAVO-top|MISC] met [Franse|MISC] ministers van [Mali|LOC]; "
        "Biden en Turkije"
    )
    said = {text[one.start : one.end]: (one.label, one.found_by) for one in mentions}
    assert said == {
        "Joe Biden": ("PER", "model"),
        "NAVO": ("MISC", "lexicon"),
        "Franse": ("MISC", "model"),
        "Mali": ("LOC", "model"),
        "Biden": (None, "lexicon"),
        "Turkije": (None, "lexicon"),
    }


def test_nothing_comes_of_nothing() -> None:
    assert resolve("", []) == []
    assert resolve("er staat hier niets", []) == []


_PIECES = """
Rutte|Mark Rutte|NAVO|-top|'s|’er|/|-| |.|(|)|Frans|Noord- en Zuid-Korea|RUTTE|HONGARIJE|premier |
Ruttes |Russische|van der |VVD|kabinet-|É|İ|ß|de|“|Air France-KLM|s|\n|. |Ruslandkenner|IS-
"""
_WORDS = st.sampled_from(_PIECES.split("|"))
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=25).map("".join))


@st.composite
def _spans(draw: st.DrawFn) -> tuple[str, list[NamedSpan]]:
    text = draw(_TEXTS)
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    labels = draw(st.lists(st.sampled_from(sorted(TYPES)), min_size=6, max_size=6))
    pairs = zip(places[::2], places[1::2], labels, strict=False)
    return text, [NamedSpan(start, end, TYPES[label], label) for start, end, label in pairs]


@settings(max_examples=400)
@given(_spans())
def test_mentions_are_in_order_apart_and_clean(case: tuple[str, list[NamedSpan]]) -> None:
    text, spans = case
    done = 0
    for mention in resolve(text, spans):
        assert done <= mention.start < mention.end <= len(text)
        written = text[mention.start : mention.end]
        assert written == written.strip()
        assert mention.name.strip()
        assert (mention.type == "COUNTRY") == (mention.code is not None)
        done = mention.end


@given(_spans())
def test_the_order_of_spans_does_not_matter(case: tuple[str, list[NamedSpan]]) -> None:
    text, spans = case
    assert resolve(text, spans[::-1]) == resolve(text, spans)


def test_text_is_unmarked_as_the_tests_say() -> None:
    text, spans = unmark("de [NAVO|ORG] en [Rutte|PER]!")
    assert text == "de NAVO en Rutte!"
    assert [text[span.start : span.end] for span in spans] == ["NAVO", "Rutte"]


def test_a_committee_named_after_a_person_holds_that_person_as_a_cabinet_does() -> None:
    assert shown("de [commissie-Veldstra|ORG]") == ["PER Veldstra compound"]
    assert shown("het [kabinet-Veldstra|MISC]") == ["PER Veldstra compound"]
