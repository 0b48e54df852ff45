from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_records import unhurried

from wiewatwaar.corpus.index import Tally, index
from wiewatwaar.records import (
    DocumentInfo,
    Entity,
    FailedDocument,
    Failure,
    Mention,
    ModelInfo,
    PipelineInfo,
    Record,
)


def document(*entities, id="a.txt", published=None):
    """A record with entities as "PERSON Jan Bos" or ("COUNTRY Hongarije", "HU", 3 mentions)."""
    made = []
    place = 0
    for number, entity in enumerate(entities, start=1):
        called, code, mentions, aliases, ambiguous_with = (
            (entity, None, 1, (), ())
            if isinstance(entity, str)
            else (*entity, *(None, 1, (), ())[len(entity) - 1 :])
        )
        kind, _, name = called.partition(" ")
        places = range(place, place + mentions * (len(name) + 1), len(name) + 1)
        made.append(
            Entity(
                id=f"e{number}",
                type=kind,
                name=name,
                code=code,
                aliases=aliases,
                ambiguous_with=ambiguous_with,
                mentions=tuple(
                    Mention(
                        start=start,
                        end=start + len(name),
                        text=name,
                        form="name",
                        label=None,
                        found_by="model",
                    )
                    for start in places
                ),
            )
        )
        place = places.stop
    return Record(
        document=DocumentInfo(
            id=id, sha256="0" * 64, characters=place, words=place, published=published
        ),
        entities=tuple(made),
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


def persons(*names):
    return [document(f"PERSON {name}") for name in names]


def called(corpus):
    return {one.name: one.documents for one in corpus.entities}


def test_a_surname_joins_the_only_person_who_bears_it():
    corpus = index(persons("Wendelien van Tintelen", "Van Tintelen", "Wendelien van Tintelen"))
    (one,) = corpus.entities
    assert (one.name, one.documents, one.aliases) == (
        "Wendelien van Tintelen",
        3,
        ("Van Tintelen",),
    )


def test_a_surname_that_two_bear_stays_apart_and_says_whose_it_could_be():
    corpus = index(persons("Anna Bos", "Piet Bos", "Bos", "Anna Bos"))
    assert called(corpus) == {"Anna Bos": 2, "Piet Bos": 1, "Bos": 1}
    bare = corpus.find("PERSON", "Bos")
    assert {corpus.entities[id - 1].name for id in bare.could_be} == {"Anna Bos", "Piet Bos"}


def test_misreadings_of_a_name_do_not_hide_who_bears_it():
    misread = [f"Aan{letter}regel Visser" for letter in "abcdefghijklmnopqrs"]
    known = ["Jan Visser", "Jan Visser", "Piet Visser", "Piet Visser"]
    found = called(index(persons(*misread, *known, "Visser")))
    assert (found["Jan Visser"], found["Piet Visser"], found["Visser"]) == (2, 2, 1)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Mark Rutte", "M. Rutte"], {"Mark Rutte": 2}),
        (["Mark Rutte", "Maria Rutte", "M. Rutte"], {"Mark Rutte": 1, "Maria Rutte": 1}),
        (["Mark Rutte", "J. Rutte"], {"Mark Rutte": 1, "J. Rutte": 1}),
        (["Donald Trump", "Donald J. Trump", "Donald Trump"], {"Donald Trump": 3}),
        (["Vladimir Poetin", "Vladimir Putin", "Vladimir Poetin"], {"Vladimir Poetin": 3}),
        (["Bashar al-Assad", "Assad"], {"Bashar al-Assad": 2}),
        (["Viktor Orbán", "Orban Viktor", "Viktor Orbán"], {"Viktor Orbán": 3}),
        (["Pedro Sánchez", "Pedro Sánchez Pérez", "Pedro Sánchez"], {"Pedro Sánchez": 3}),
        (["Jeanine Hennis", "Jeanine Hennis-Plasschaert", "Hennis"], {"Jeanine Hennis": 3}),
        (["Dilan Yeşilgöz-Zegerius", "Yesilgoz"], {"Dilan Yeşilgöz-Zegerius": 2}),
        # Maria Bos-Kok is one of the two, and nobody knows which.
        (
            ["Maria Bos", "Maria Kok", "Maria Bos-Kok"],
            {"Maria Bos": 1, "Maria Kok": 1, "Maria Bos-Kok": 1},
        ),
        # Another document's Jan Peter is another Jan Peter, and so is another Mark.
        (["Jan Peter Balkenende", "Jan Peter"], {"Jan Peter Balkenende": 1, "Jan Peter": 1}),
        (["Mark Rutte", "Mark"], {"Mark Rutte": 1, "Mark": 1}),
        (["Jan Peter Bos", "J.P. Bos"], {"Jan Peter Bos": 2}),
        (["Alan Bos", "A.J. Bos"], {"Alan Bos": 1, "A.J. Bos": 1}),
        (["Leonard V.", "V."], {"Leonard V.": 1, "V.": 1}),
        (["Mark Rutte", "Rutte III"], {"Mark Rutte": 1, "Rutte III": 1}),
        # A misreading is nobody who could be meant.
        (["Vladimir Poetin", "Tegenbezoek Poetin", "Poetin"], {"Vladimir Poetin": 2}),
        # Plas is not Van der Plas.
        (["Caroline van der Plas", "Plas"], {"Caroline van der Plas": 1, "Plas": 1}),
        (["George H. Bush", "George W. Bush"], {"George H. Bush": 1, "George W. Bush": 1}),
        # Without a full name there is still one way to write it.
        (["Poetin", "POETIN", "Poetin"], {"Poetin": 3}),
    ],
)
def test_names_of_persons(names, expected):
    found = called(index(persons(*names)))
    assert {name: found.get(name) for name in expected} == expected
    assert sum(found.values()) == len(names)


def test_a_surname_everywhere_is_not_the_one_person_who_is_named_once():
    corpus = index(persons("Piet Jansen", *["Jansen"] * 30))
    assert called(corpus) == {"Jansen": 30, "Piet Jansen": 1}
    assert corpus.entities[0].could_be == (2,)


def test_what_a_document_could_not_tell_is_not_told_from_others():
    torn = document("PERSON Hugo de Jonge", ("PERSON De Jonge", None, 1, (), ("e1",)))
    corpus = index([torn, *persons("De Jonge", "Hugo de Jonge")])
    assert called(corpus) == {"Hugo de Jonge": 2, "De Jonge": 2}


def test_countries_by_code_and_organisations_by_folded_name():
    corpus = index(
        [
            document(("COUNTRY Wit-Rusland", "BY"), "ORGANISATION De Broodfabriek"),
            document(("COUNTRY Belarus", "BY", 2, ("Belarussische",)), "ORGANISATION Broodfabriek"),
            document(("COUNTRY Belarus", "BY"), "ORGANISATION Broodfabriek", "LOCATION Ede"),
        ]
    )
    country, organisation, place = corpus.entities
    assert (country.name, country.code, country.documents, country.mentions) == (
        "Belarus",
        "BY",
        3,
        4,
    )
    assert set(country.aliases) == {"Wit-Rusland", "Belarussische"}
    assert (organisation.name, organisation.documents) == ("Broodfabriek", 3)
    assert (place.type, place.name) == ("LOCATION", "Ede")


def test_a_country_and_an_organisation_of_one_name_are_two():
    corpus = index([document(("COUNTRY Georgië", "GE"), "ORGANISATION Georgië")])
    assert len(corpus.entities) == 2


def test_months_and_failures_are_counted():
    failed = Failure(
        document=FailedDocument(id="b"), stage="read", error="EmptyInput", message="empty"
    )
    corpus = index(
        [
            document(("PERSON Mark Rutte", None, 2), published="2024-02-03"),
            document("PERSON Rutte", published="2024-03"),
            document("PERSON Rutte", published="2024"),
            document("PERSON Rutte"),
            failed,
        ]
    )
    (rutte,) = corpus.entities
    assert rutte.by_month == {"2024-02": Tally(1, 2), "2024-03": Tally(1, 1)}
    assert (rutte.documents, rutte.mentions) == (4, 5)
    assert (corpus.documents, corpus.failed) == (4, 1)
    assert corpus.by_month == {"2024-02": 1, "2024-03": 1}


def test_a_document_with_two_names_of_one_person_counts_once():
    both = document("PERSON Mark Rutte", "PERSON Rutte", published="2024-02")
    corpus = index([both, both, document("PERSON Mark Rutte", published="2024-02")])
    (rutte,) = corpus.entities
    assert (rutte.documents, rutte.mentions) == (3, 5)
    assert rutte.by_month == {"2024-02": Tally(3, 5)}


def test_every_entity_of_a_record_is_found_in_the_corpus():
    records = [
        document("PERSON Mark Rutte", "ORGANISATION NAVO", ("COUNTRY Hongarije", "HU")),
        document("PERSON Rutte", "ORGANISATION de NAVO"),
    ]
    corpus = index(records)
    for record in records:
        for entity in record.entities:
            one = corpus.of(entity)
            assert corpus.entities[one.id - 1] is one
    assert corpus.of(records[1].entities[0]).name == "Mark Rutte"
    assert corpus.find("PERSON", "Wendelien van Tintelen") is None
    with pytest.raises(KeyError, match="PERSON Mark Rutte"):
        index([]).of(records[0].entities[0])


def test_the_order_of_the_records_changes_nothing():
    records = persons("Maria Bos-Kok", "Bos", "M. Bos", "Maria Kok", "Piet Bos")
    assert len({str(index(order).entities) for order in permutations(records)}) == 1


NAMES = st.sampled_from(
    [
        "Mark Rutte",
        "Rutte",
        "M. Rutte",
        "Maria Rutte-Bos",
        "Maria Bos",
        "Bos",
        "Mark",
        "Jan Peter Bos",
        "Jan Bos",
        "POETIN",
        "Vladimir Poetin",
        "Van der Plas",
    ]
)


@unhurried
@given(st.lists(st.lists(NAMES, unique=True, max_size=5), max_size=12), st.randoms())
def test_nothing_is_lost_or_counted_twice(documents, random):
    records = [document(*(f"PERSON {name}" for name in names)) for names in documents]
    corpus = index(records)
    assert sum(one.mentions for one in corpus.entities) == sum(map(len, documents))
    for one in corpus.entities:
        naming = [r for r in records if any(corpus.of(e) is one for e in r.entities)]
        assert one.documents == len(naming)
    random.shuffle(records)
    assert index(records).entities == corpus.entities
