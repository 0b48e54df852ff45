"""Makes records of texts in which the names are marked."""

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


def marked(*pieces, id="a.txt", keep_text=True, **known):
    """A record of a text in pieces: plain ones, and names as (text, type, name, code).

    The name may be left out when it is the text, and the code for what is no country.
    """
    text = ""
    found = {}
    for piece in pieces:
        shown, *called = (piece,) if isinstance(piece, str) else piece
        if called:
            kind, name, code = (
                (*called, shown, None)[:3] if len(called) == 1 else (*called, None)[:3]
            )
            mention = Mention(
                start=len(text),
                end=len(text) + len(shown),
                text=shown,
                form="name" if shown in name else "demonym",
                label="PER" if kind == "PERSON" else None,
                found_by="model" if kind == "PERSON" else "lexicon",
            )
            found.setdefault((kind, name, code), []).append(mention)
        text += shown
    return Record.of(
        text,
        document=DocumentInfo(
            id=id,
            sha256="0" * 64,
            characters=len(text),
            words=len(text.split()),
            text=text if keep_text else None,
            **known,
        ),
        entities=[
            Entity(id=f"e{number}", type=kind, name=name, code=code, mentions=tuple(mentions))
            for number, ((kind, name, code), mentions) in enumerate(found.items(), start=1)
        ],
        model=ModelInfo(name="nl_test", version="1"),
        pipeline=PipelineInfo(version="0", fingerprint="f"),
    )


def failed(id="kapot.txt", message="the file is empty: take it out of the run"):
    """A document that could not be read."""
    return Failure(
        document=FailedDocument(id=id), stage="read", error="EmptyInput", message=message
    )
