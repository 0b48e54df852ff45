import pytest
import spacy
from spacy.tokens import Doc, Span

from nl_ent_news_sm.consistency import FACTORY, Consistency


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("nl")


def agreed(nlp, text, *ents):
    """The names of a text after the component; ents are (first word, end, label)."""
    doc = Doc(nlp.vocab, words=text.split())
    doc.ents = [Span(doc, start, end, label) for start, end, label in ents]
    return [(ent.start, ent.text, ent.label_) for ent in Consistency()(doc).ents]


def test_most_mentions_decide_the_label(nlp):
    found = agreed(
        nlp,
        "Vitesse wint en Vitesse juicht om Vitesse",
        (0, 1, "LOC"),
        (3, 4, "ORG"),
        (6, 7, "ORG"),
    )
    assert {label for _, _, label in found} == {"ORG"}


def test_of_equal_votes_the_first_decides(nlp):
    found = agreed(nlp, "Vitesse en Vitesse", (0, 1, "ORG"), (2, 3, "LOC"))
    assert [label for _, _, label in found] == ["ORG", "ORG"]


def test_the_surname_of_a_full_name_is_a_person(nlp):
    found = agreed(nlp, "Mark Rutte sprak waarna Rutte vertrok", (0, 2, "PER"), (4, 5, "ORG"))
    assert found == [(0, "Mark Rutte", "PER"), (4, "Rutte", "PER")]


def test_a_name_that_was_missed_is_found_again(nlp):
    found = agreed(nlp, "Mark Rutte sprak waarna Rutte vertrok", (0, 2, "PER"))
    assert found == [(0, "Mark Rutte", "PER"), (4, "Rutte", "PER")]


def test_a_word_mostly_left_alone_is_no_name(nlp):
    found = agreed(nlp, "Groen stemt Groen is Groen en Groen", (0, 1, "ORG"))
    assert found == [(0, "Groen", "ORG")]


def test_a_bare_other_name_is_not_sought(nlp):
    assert agreed(nlp, "Twitter of Twitter", (0, 1, "MISC")) == [(0, "Twitter", "MISC")]


def test_capitals_and_possessives_vote_together(nlp):
    found = agreed(
        nlp,
        "MARK RUTTE WINT Mark Rutte en Ruttes plan van Mark Rutte",
        (0, 2, "ORG"), (3, 5, "PER"), (6, 7, "ORG"), (9, 11, "PER"),
    )  # fmt: skip
    assert {label for _, _, label in found} == {"PER"}


def test_nothing_is_nothing(nlp):
    assert agreed(nlp, "Niemand hier") == []


def test_spacy_finds_the_component_by_its_entry_point(tmp_path):
    made = spacy.blank("nl")
    made.add_pipe(FACTORY)
    made.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model").pipe_names == [FACTORY]
