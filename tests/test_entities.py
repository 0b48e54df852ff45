import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.entities import abbreviates, fold_name, group
from wiewatwaar.people.same_person import MAX_CANDIDATES
from wiewatwaar.spans import ResolvedMention

CASES = json.loads((Path(__file__).parent / "data/grouping.json").read_text("utf-8"))
TYPES = {"PER": "PERSON", "ORG": "ORGANISATION", "LOC": "LOCATION"}
MARK = re.compile(r"\{([^{}|]+)(?:\|([^{}|]+))?(?:\|([^{}|]+))?\}")


def mentioned(marked):
    """Reads a text with its mentions marked: {Mark Rutte}, {Navo|ORG|NAVO}, {VK|GB}."""
    text, mentions, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        written, kind, name = mark[1], mark[2] or "PER", mark[3] or mark[1]
        mentions.append(resolved(len(text), written, kind, name))
        text += written
        done = mark.end()
    return text + marked[done:], mentions


def resolved(start, written, kind="PER", name=None):
    country = kind not in TYPES
    return ResolvedMention(
        start=start,
        end=start + len(written),
        type="COUNTRY" if country else TYPES[kind],
        form="name",
        label=kind,
        found_by="model",
        name=name or written,
        code=kind if country else None,
        former=country and len(kind) == 4,
    )


def told(groups, text):
    """Groups as the cases write them: NAME CODE: MENTION, MENTION ? OTHER | OTHER."""
    lines = []
    for one in groups:
        code = f" {one.code}" if one.code else ""
        forms = ", ".join(text[mention.start : mention.end] for mention in one.mentions)
        others = " | ".join(groups[other].name for other in one.ambiguous_with)
        lines.append(f"{one.name}{code}: {forms}" + (f" ? {others}" if others else ""))
    return lines


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['phenomenon']}: {case['text']}")
def test_mentions_group_as_a_reader_would_group_them(case):
    text, mentions = mentioned(case["text"])
    assert told(group(mentions, text), text) == case["groups"]


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case["text"])
def test_the_order_of_the_mentions_given_does_not_matter(case):
    text, mentions = mentioned(case["text"])
    assert group(mentions[::-1], text) == group(mentions, text)


def test_a_former_country_is_one():
    text, mentions = mentioned(
        "De {Sovjet-Unie|SUHH} viel uiteen in {Rusland|RU} en andere landen."
    )
    assert [one.former for one in group(mentions, text)] == [True, False]


def test_no_mentions_make_no_entities():
    assert group([], "Het regende.") == []


# fmt: off
PIECES = st.sampled_from([
    "Jan", "Piet", "Jansen", "Bakker", "de", "van", "der", "Plas", "De", "Wever", "J.", "J.P.",
    "P.", "jr.", "III", "Bush", "Kim", "Jong-un", "Xi", "Jinping", "Yeşilgöz-Zegerius", "’t",
    "Zegerius", "Yesilgoz", "al-Assad", "Assad", "Ben", "Ali", "B.", "(Piet)", "'Jan'", "JANSEN",
    "en", "'", "(", "-",
])
# fmt: on
NAMES = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
KINDS = st.sampled_from(["PER", "PER", "PER", "ORG", "LOC", "GB", "NL"])
GAPS = st.sampled_from([" en ", ". ", " (", ") ", "\n\n", ", ", " koning "])


@st.composite
def documents(draw, kinds=KINDS):
    text, mentions = "", []
    for _ in range(draw(st.integers(0, 12))):
        text += draw(GAPS)
        name = draw(NAMES)
        mentions.append(resolved(len(text), name, draw(kinds)))
        text += name
    return text, mentions


@given(documents(), st.randoms(use_true_random=False))
def test_every_mention_is_in_exactly_one_entity(document, random):
    text, mentions = document
    groups = group(mentions, text)
    placed = [mention for one in groups for mention in one.mentions]
    assert sorted(placed, key=lambda one: one.start) == mentions
    assert [one.mentions[0].start for one in groups] == sorted(
        one.mentions[0].start for one in groups
    )
    for place, one in enumerate(groups):
        assert one.name
        assert {mention.type for mention in one.mentions} == {one.type}
        assert list(one.mentions) == sorted(one.mentions, key=lambda mention: mention.start)
        assert place not in one.ambiguous_with
        assert all(groups[other].type == "PERSON" for other in one.ambiguous_with)
    shuffled = list(mentions)
    random.shuffle(shuffled)
    assert group(shuffled, text) == groups


@given(st.text(), st.text(min_size=1))
def test_any_text_can_be_a_name(before, name):
    mention = resolved(len(before), name)
    (one,) = group([mention], before + name)
    assert one.mentions == (mention,)


FIRST = ["Aaf", "Bas", "Cor", "Dirk", "Els", "Fay"]


@given(st.lists(st.sampled_from(FIRST), min_size=1, max_size=8))
def test_as_many_persons_as_first_names_bear_a_surname(firsts):
    text, mentions = mentioned(" en ".join(f"{{{first} Kwak}}" for first in firsts) + ": {Kwak}")
    groups = group(mentions, text)
    bearers = list(dict.fromkeys(firsts))
    assert [one.name for one in groups[: len(bearers)]] == [f"{first} Kwak" for first in bearers]
    if len(bearers) == 1:
        assert len(groups) == 1
    else:
        assert groups[-1].name == "Kwak"
        assert groups[-1].ambiguous_with == tuple(range(len(bearers)))


@pytest.mark.parametrize(
    "name",
    [
        "Voor{} Jansen",
        "Jan Tweede{} Jansen",
        "Jan Jansen-Ge{}",
        "Ge{}-Jansen",
        "Jan Voor{} van Ge{} de Jansen",
        "Jan{} en",
        "van Ge{}",
        "J.{}. Jansen",
    ],
)
def test_many_names_that_share_a_part_cost_no_more_than_their_number(name):
    """A comparison of each with each would take very long here."""
    letters = "abcdefghij"
    written = [
        name.replace("{}", "".join(letters[int(digit)] for digit in str(number)))
        for number in range(8_000)
    ]
    mentions, parts, start = [], [], 0
    for one in [*written, "Jansen"]:
        mentions.append(resolved(start, one))
        parts.append(one)
        start += len(one) + 1
    groups = group(mentions, "\n".join(parts))
    assert sum(len(one.mentions) for one in groups) == len(mentions)
    assert max(len(one.ambiguous_with) for one in groups) <= MAX_CANDIDATES


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("CPB", "Centraal Planbureau", True),
        ("ACM", "Autoriteit Consument & Markt", True),
        ("RIVM", "Rijksinstituut voor Volksgezondheid en Milieu", True),
        ("UWV", "Uitvoeringsinstituut Werknemersverzekeringen", True),
        ("PvdA", "Partij van de Arbeid", True),
        ("D66", "Democraten 66", True),
        ("DNB", "De Nederlandsche Bank", True),
        ("IND", "Immigratie- en Naturalisatiedienst", True),
        ("AIVD", "Algemene Inlichtingen- en Veiligheidsdienst", True),
        ("C.B.S.", "Centraal Bureau voor de Statistiek", True),
        ("VVD", "Centraal Planbureau", False),
        ("CPB", "Planbureau voor de Leefomgeving", False),
        ("Centraal Bureau", "Centraal Bureau voor de Statistiek", False),
        ("Utrecht", "Universiteit Utrecht en Rechten van het Recht", False),
        ("C", "Centraal Planbureau", False),
        ("CPB", "CPB", False),
        ("", "", False),
    ],
)
def test_an_abbreviation_fits_its_full_name(short, long, fits):
    assert abbreviates(short, long) is fits


@pytest.mark.parametrize(
    "written",
    ["De Nederlandsche Bank", "de nederlandsche bank", "NEDERLANDSCHE  BANK", "Nederlandsche-Bank"],
)
def test_ways_to_write_an_organisation_fold_to_one(written):
    assert fold_name(written) == "nederlandsche bank"


@pytest.mark.parametrize("written", ["De", "-", "...", "Het"])
def test_a_name_never_folds_to_nothing(written):
    assert fold_name(written)
