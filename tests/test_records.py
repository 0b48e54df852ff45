import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wiewatwaar.records import (
    DocumentInfo,
    Entity,
    Mention,
    ModelInfo,
    PipelineInfo,
    Record,
    RunSummary,
    any_record,
)

TEXT = "Zoë Ünal leidt de NAVO in 🇳🇱 Nederland, zegt Zoë Ünal."


def mention(start, end, text=None):
    return Mention(
        start=start,
        end=end,
        text=TEXT[start:end] if text is None else text,
        form="name",
        label="PER",
        found_by="model",
    )


def record_of(*entities, source=TEXT, keep_text=False, **changes):
    known = {"id": "a.txt", "sha256": "0" * 64, "characters": len(source), "words": 9}
    document = DocumentInfo(**{**known, "text": source if keep_text else None, **changes})
    return Record.of(
        source,
        document=document,
        entities=entities,
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


def person(id, *mentions):
    return Entity(id=id, type="PERSON", name="Zoë Ünal", mentions=mentions)


def test_a_true_record_is_made_and_holds_what_was_said():
    record = record_of(person("e1", mention(0, 8), mention(45, 53)))
    assert [one.text for one in record.entities[0].mentions] == ["Zoë Ünal", "Zoë Ünal"]


@pytest.mark.parametrize(
    ("entities", "complaint"),
    [
        ([person("e1", mention(1, 9, text="Zoë Ünal"))], "does not stand at"),
        ([person("e1", mention(54, 62, text="Zoë Ünal"))], "outside the document"),
        ([person("e2", mention(0, 8))], "is called e2"),
        ([person("e1", mention(45, 53), mention(0, 8))], "double or out of order"),
        ([person("e1", mention(0, 8)), person("e2", mention(0, 8))], "double or out of order"),
        ([person("e1", mention(45, 53)), person("e2", mention(0, 8))], "order of first mention"),
    ],
)
def test_a_record_that_is_not_true_cannot_be_made(entities, complaint):
    with pytest.raises(ValidationError, match=complaint):
        record_of(*entities)


def test_a_document_of_another_length_is_refused():
    with pytest.raises(ValidationError, match="characters, not 3"):
        record_of(characters=3)


def test_a_mention_is_as_long_as_it_says():
    with pytest.raises(ValidationError, match="text of 3 code points at 0:8"):
        mention(0, 8, text="Zoë")


@pytest.mark.parametrize(("kind", "code"), [("COUNTRY", None), ("PERSON", "NL")])
def test_countries_and_only_countries_have_a_code(kind, code):
    with pytest.raises(ValidationError, match="with code"):
        Entity(id="e1", type=kind, name="Nederland", code=code, mentions=(mention(29, 38),))


def test_records_are_frozen_and_take_no_unknown_field(record):
    with pytest.raises(ValidationError, match="frozen"):
        record.status = "failed"
    fields = orjson.loads(record.model_dump_json()) | {"score": 0.9}
    with pytest.raises(ValidationError, match="Extra inputs"):
        any_record.validate_python(fields)


def test_what_a_document_does_not_have_is_not_written():
    fields = record_of(person("e1", mention(0, 8))).model_dump(mode="json")
    assert "text" not in fields["document"]
    assert "former" not in fields["entities"][0]
    assert fields["entities"][0]["code"] is None


def test_a_record_that_keeps_its_text_is_checked_against_it_when_read(record):
    line = record.model_dump_json()
    assert any_record.validate_json(line) == record
    with pytest.raises(ValidationError, match="does not stand at"):
        any_record.validate_json(line.replace("Rutte belde", "Bolle belde"))


def test_a_failure_is_told_from_a_record(failure, record):
    for one in (failure, record):
        assert any_record.validate_json(one.model_dump_json()) == one


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_records_of_any_text_survive_being_written_and_read(source, data):
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, len(source)))
    found = person("e1", mention(start, end, text=source[start:end]))
    record = record_of(found, source=source, keep_text=True)
    assert any_record.validate_json(record.model_dump_json()) == record


def test_a_summary_adds_up():
    fine = RunSummary(
        documents=3, ok=2, failed=1, failed_by_stage={"read": 1}, words=10, seconds=0.1
    )
    assert fine.documents == 3
    with pytest.raises(ValidationError, match="3 documents, 1 ok, 1 failed"):
        RunSummary(documents=3, ok=1, failed=1, failed_by_stage={"read": 1}, words=0, seconds=0)
    with pytest.raises(ValidationError, match="1 failed, by stage"):
        RunSummary(documents=3, ok=2, failed=1, words=0, seconds=0)
