"""Records with anything in them that a record can hold, for the tests of the formats."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

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

# What spreadsheets, CSV, SQL and JSON are hurt by, as well as what hypothesis thinks of.
HURTS = ["=1+1", "'=1", "''", "@SUM(A1)", "+31", "-2", "\t=x", '"', "a,b;c"]
HURTS += ["\r", "\r\n", "\n", "'"]
texts = st.one_of(
    st.sampled_from([*HURTS, "'s-Hertogenbosch", "Oekraïne", " | ", "null", "😀", "\u2028"]),
    st.text(min_size=1, max_size=8),
)
maybe = st.none() | texts


@st.composite
def mentions(draw, number, start):
    text = draw(texts)
    return Mention(
        start=start,
        end=start + len(text),
        text=text,
        form=draw(st.sampled_from(["name", "demonym", "compound", "possessive", "member"])),
        label=draw(maybe),
        found_by=draw(st.sampled_from(["model", "lexicon"])),
    )


@st.composite
def ok_records(draw):
    entities = []
    source = ""
    for number in range(1, draw(st.integers(0, 3)) + 1):
        kind = draw(st.sampled_from(["PERSON", "ORGANISATION", "COUNTRY", "LOCATION"]))
        made = []
        for _ in range(draw(st.integers(1, 3))):
            source += draw(st.text(max_size=3))
            made.append(draw(mentions(number, len(source))))
            source += made[-1].text
        entities.append(
            Entity(
                id=f"e{number}",
                type=kind,
                name=draw(texts),
                code=draw(st.sampled_from(["NL", "SUHH"])) if kind == "COUNTRY" else None,
                former=draw(st.booleans()),
                aliases=tuple(draw(st.lists(texts, max_size=2))),
                ambiguous_with=tuple(draw(st.lists(st.just("e1"), max_size=1))),
                mentions=tuple(made),
            )
        )
    document = DocumentInfo(
        id=draw(texts),
        sha256="0" * 64,
        title=draw(maybe),
        published=draw(st.sampled_from([None, "2024", "2024-02", "2024-02-03"])),
        language=draw(st.sampled_from([None, "nl"])),
        authors=tuple(draw(st.lists(texts, max_size=2))),
        credits=tuple(draw(st.lists(texts, max_size=2))),
        dateline=draw(maybe),
        site=draw(maybe),
        characters=len(source),
        words=draw(st.integers(0, 9)),
        text=draw(st.sampled_from([None, source])),
    )
    return Record.of(
        source,
        document=document,
        entities=entities,
        model=ModelInfo(name="nl_test", version=draw(st.sampled_from("12"))),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


@st.composite
def failures(draw):
    return Failure(
        document=FailedDocument(id=draw(texts), sha256=draw(st.sampled_from([None, "0" * 64]))),
        stage=draw(st.sampled_from(["read", "worker"])),
        error=draw(texts),
        message=draw(texts),
    )


record_lists = st.lists(st.one_of(ok_records(), failures()), max_size=4)

# A slow machine is no fault, and the fixtures of these tests may serve all their examples.
unhurried = settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
