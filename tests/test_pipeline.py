import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import STAGES, StageResult
from wiewatwaar.explanation import explain
from wiewatwaar.pipeline import Pipeline, StageError
from wiewatwaar.recognition import Recogniser
from wiewatwaar.records import FailedDocument, Failure, Record
from wiewatwaar.source_text import Edit

TEXT = "Mark Rutte sprak in Vilnius. Rutte prees de NAVO, en de Hongaarse premier ook."


@spacy.Language.component("raises_on_boem")
def raises_on_boem(doc):
    if "Boem" in doc.text:
        raise ValueError("boem in de tekst")
    return doc


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("nl")
    ruler = nlp.add_pipe("entity_ruler")
    names = {"PER": ["Mark Rutte", "Rutte"], "ORG": ["NAVO"], "LOC": ["Vilnius"]}
    ruler.add_patterns([{"label": k, "pattern": one} for k, v in names.items() for one in v])
    nlp.add_pipe("raises_on_boem")
    return nlp


@pytest.fixture(scope="module")
def pipeline(nlp):
    return Pipeline(Recogniser(nlp, "nl_test", "1"))


def names(record):
    return [(entity.type, entity.name) for entity in record.entities]


def test_a_text_becomes_a_record(pipeline):
    record = pipeline.process(TEXT)
    assert names(record) == [
        ("PERSON", "Mark Rutte"),
        ("ORGANISATION", "NAVO"),
        ("COUNTRY", "Hongarije"),
    ]
    assert [mention.text for mention in record.entities[0].mentions] == ["Mark Rutte", "Rutte"]
    assert record.entities[0].aliases == ("Rutte",)
    assert record.entities[2].code == "HU"
    assert record.document.characters == len(TEXT)
    assert record.document.words == len(TEXT.split())
    assert record.document.text is None
    assert record.model.name == "nl_test"


def test_types_choose_what_comes_out(nlp):
    pipeline = Pipeline(Recogniser(nlp, "nl_test", "1"), types=("LOCATION",))
    assert names(pipeline.process(TEXT)) == [("LOCATION", "Vilnius")]


def test_an_unknown_type_is_refused(nlp):
    with pytest.raises(ValueError, match="unknown entity type: CITY"):
        Pipeline(Recogniser(nlp, "nl_test", "1"), types=("CITY",))


def test_the_text_is_kept_when_asked_for(nlp):
    pipeline = Pipeline(Recogniser(nlp, "nl_test", "1"), keep_text=True)
    assert pipeline.process(TEXT).document.text == TEXT


def remove_stars(text):
    found = (place for place, char in enumerate(text) if char == "*")
    return StageResult([Edit(place, place + 1, "", "star") for place in found])


def cut_twice(text):
    return StageResult([Edit(0, 3), Edit(1, 4)])


def test_a_stage_of_one_s_own_runs_where_it_is_put(nlp, pipeline):
    recogniser = Recogniser(nlp, "nl_test", "1")
    own = Pipeline(recogniser, stages={"stars": remove_stars, **STAGES})
    text = "Ma*rk Ru*tte zweeg."
    assert names(pipeline.process(text)) == []
    record = own.process(text)
    assert names(record) == [("PERSON", "Mark Rutte")]
    assert record.entities[0].mentions[0].text == "Ma*rk Ru*tte"
    assert own.info.fingerprint != pipeline.info.fingerprint
    assert own.info.fingerprint == Pipeline(recogniser, stages=own.stages).info.fingerprint
    (change,) = {one.rule for one in explain(text, own).changes}
    assert change == "star"


def test_a_stage_of_one_s_own_that_is_wrong_fails_the_document(nlp):
    own = Pipeline(Recogniser(nlp, "nl_test", "1"), stages={"twice": cut_twice, **STAGES})
    failure, record = own.pipe(["Mark Rutte sprak.", ""])
    assert (failure.status, failure.stage, failure.error) == ("failed", "clean", "EditError")
    assert record.status == "failed"


def test_the_fingerprint_tells_options_apart(nlp, pipeline):
    recogniser = Recogniser(nlp, "nl_test", "1")
    same = Pipeline(recogniser)
    others = [
        Pipeline(recogniser, keep_text=True),
        Pipeline(recogniser, dutch_only=True),
        Pipeline(recogniser, reading="text=body"),
    ]
    assert same.info == pipeline.info
    assert len({one.info.fingerprint for one in (same, *others)}) == 4


ENGLISH = "The NATO talks in Vilnius ended, and then all of the leaders went back to their homes."


def test_another_language_is_told_and_processed(pipeline):
    record = pipeline.process(f"{ENGLISH} Mark Rutte smiled.")
    assert record.document.language == "en"
    assert ("PERSON", "Mark Rutte") in names(record)


def test_where_only_dutch_is_wanted_another_language_fails(nlp):
    pipeline = Pipeline(Recogniser(nlp, "nl_test", "1"), dutch_only=True)
    results = list(pipeline.pipe([TEXT, ENGLISH, "Rutte: yes."]))
    assert [one.status for one in results] == ["ok", "failed", "ok"]
    assert (results[1].stage, results[1].error) == ("language", "NotDutchError")
    assert results[1].message.endswith("leave it out, or run without --dutch-only")
    assert results[2].document.language == "und"
    with pytest.raises(StageError, match="language: NotDutchError"):
        pipeline.process(ENGLISH)


def test_one_bad_article_fails_alone_and_keeps_its_place(pipeline):
    unread = Failure(
        document=FailedDocument(id="b.txt"), stage="read", error="EmptyFileError", message="empty"
    )
    articles = [
        Article.from_text("Rutte sprak.", id="a.txt"),
        unread,
        Article.from_text("Boem!", id="c.txt"),
        Article.from_text("De NAVO ook.", id="d.txt"),
    ]
    results = list(pipeline.pipe(articles))
    assert [result.document.id for result in results] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [result.status for result in results] == ["ok", "failed", "failed", "ok"]
    assert results[1] is unread
    assert results[2].stage == "recognise"
    assert results[2].error == "ValueError"
    assert "boem in de tekst" in results[2].message


def test_process_raises_what_a_stage_raised(pipeline):
    with pytest.raises(StageError, match="recognise: ValueError: boem in de tekst"):
        pipeline.process("Boem!")


def test_pipe_and_process_agree(pipeline):
    texts = [TEXT, "Niemand.", "De NAVO en Rutte."]
    piped = list(pipeline.pipe(Article.from_text(text) for text in texts))
    assert piped == [pipeline.process(text) for text in texts]


def test_pipe_numbers_bare_texts(pipeline):
    assert [record.document.id for record in pipeline.pipe(["Een.", "Twee."])] == ["1", "2"]


def test_pipe_is_lazy(pipeline):
    def endless():
        while True:
            yield "Rutte sprak."

    assert names(next(pipeline.pipe(endless()))) == [("PERSON", "Rutte")]


def test_what_the_carrier_says_wins(pipeline):
    article = Article(id="a", text=TEXT, sha256="0" * 64, metadata={"title": "T", "unknown": "x"})
    assert pipeline.process(article).document.title == "T"


@settings(max_examples=1000, deadline=None)
@given(st.text(alphabet=st.sampled_from("Rute NAVO\n-\u00ad\u00a0’'Ã©é.\u200bMark "), max_size=120))
def test_every_text_gives_a_record_that_is_true_about_it(pipeline, text):
    record = pipeline.process(text)
    assert isinstance(record, Record)
    for entity in record.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text
