"""Explains a record: what each stage of cleaning did to the text, and what found each mention."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import Cleaned, clean

if TYPE_CHECKING:
    from wiewatwaar.pipeline import Pipeline
    from wiewatwaar.records import DocumentInfo, Failure, Mention, Record

CARRIER = "carrier"
"""The rule of what did not stand in the text: an HTML head or a JSON field said it."""

_LINE_END = re.compile(r"\r\n?|\n")
_CONTEXT_CHARACTERS = 30

_FORMS = {
    "name": "the name itself",
    "demonym": "a word for what or who is from there",
    "compound": "inside a compound word",
    "possessive": "with an ending of possession",
    "member": "inside the word for its member",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a stage made.

    Attributes:
        stage: The stage.
        rule: Its rule.
        line: The line of the source, counting from 1.
        start: First code point, in the source.
        end: One past the last code point, in the source.
        text: The source text there.
        seen: What the stage saw there: earlier stages may have changed it.
        replacement: What came in its place; empty when it was removed.
    """

    stage: str
    rule: str
    line: int
    start: int
    end: int
    text: str
    seen: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the text or its carrier says about the document, which became metadata.

    Attributes:
        field: The field of the document in the record.
        value: Its value.
        used: Whether it is in the record: the carrier, or an earlier place, may say otherwise.
        rule: The rule that read it; `carrier` when the carrier says so.
        line: The line of the source, counting from 1; None for the carrier.
        start: First code point of where it says so, in the source; None for the carrier.
        end: One past the last code point; None for the carrier.
    """

    field: str
    value: str
    used: bool
    rule: str
    line: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One mention, and what found it.

    Attributes:
        entity: The id of its entity in the record.
        type: The type of that entity.
        name: The name of that entity.
        line: The line of the source, counting from 1.
        start: First code point, in the source.
        end: One past the last code point.
        text: The source text there.
        context: The source text around it, on one line.
        form: How the name stands there.
        found_by: `model` or `lexicon`.
        label: What the model called it, if it did.
        why: All of that in words.
    """

    entity: str
    type: str
    name: str
    line: int
    start: int
    end: int
    text: str
    context: str
    form: str
    found_by: str
    label: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a record came to be.

    Attributes:
        status: Always `ok`: what cannot be processed has a `Failure`, not an explanation.
        document: What the record says of the document.
        cleaned_characters: Code points of the cleaned text.
        changes: What cleaning changed, by stage in the order they run, then by place.
        findings: What became metadata, and what could have.
        mentions: The mentions of the record, by place.
    """

    document: "DocumentInfo"
    cleaned_characters: int
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    mentions: tuple[Found, ...]
    status: Literal["ok"] = "ok"

    def to_json(self) -> str:
        """Writes it for machines.

        Returns:
            One JSON object on one line, without a line end.
        """
        import orjson

        parts = {
            "status": self.status,
            "document": self.document.model_dump(mode="json"),
            "cleaned_characters": self.cleaned_characters,
            "changes": [asdict(one) for one in self.changes],
            "findings": [asdict(one) for one in self.findings],
            "mentions": [asdict(one) for one in self.mentions],
        }
        return orjson.dumps(parts).decode()


def explain(article: Article | str, pipeline: "Pipeline") -> Explanation:
    """Explains the record that a pipeline makes of an article.

    Args:
        article: The article, or just its text.
        pipeline: The pipeline.

    Returns:
        What each stage did, and what found each mention.

    Raises:
        wiewatwaar.StageError: A stage could not process it.
    """
    if isinstance(article, str):
        article = Article.from_text(article)
    record = pipeline.process(article)
    cleaned = clean(article.text, pipeline.stages)
    lines = _Lines(article.text)
    return Explanation(
        document=record.document,
        cleaned_characters=len(cleaned.text),
        changes=tuple(_changes(cleaned, lines)),
        findings=(*_carried(article, record), *_findings(cleaned, record, lines)),
        mentions=tuple(_mentions(record, article.text, lines)),
    )


def explain_all(
    articles: "Iterable[Article | Failure]", pipeline: "Pipeline"
) -> "Iterator[Explanation | Failure]":
    """Explains the records of many articles, one at a time.

    Args:
        articles: Articles, and failures of what could not be read.
        pipeline: The pipeline.

    Yields:
        An explanation for each, in order; a failure for what has no record.
    """
    from wiewatwaar.pipeline import StageError, failure_of

    for article in articles:
        if not isinstance(article, Article):
            yield article
            continue
        try:
            yield explain(article, pipeline)
        except StageError as error:
            yield failure_of(article, error)


class _Lines:
    """Tells the line of a place in a text, as an editor counts them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def number(self, place: int) -> int:
        return bisect_right(self._starts, place)


def _changes(cleaned: Cleaned, lines: _Lines) -> Iterator[Change]:
    order = {stage: number for number, stage in enumerate(cleaned.stages)}
    for one in sorted(cleaned.removals, key=lambda one: (order[one.stage], one.start, one.end)):
        yield Change(
            stage=one.stage,
            rule=one.rule,
            line=lines.number(one.start),
            start=one.start,
            end=one.end,
            text=cleaned.text.source[one.start : one.end],
            seen=one.seen,
            replacement=one.replacement,
        )


def _carried(article: Article, record: "Record") -> Iterator[Finding]:
    for field, value in article.metadata.items():
        for one in value if isinstance(value, tuple) else (value,):
            yield Finding(field, one, _is_used(field, one, record), CARRIER)


def _findings(cleaned: Cleaned, record: "Record", lines: _Lines) -> Iterator[Finding]:
    for fact in cleaned.facts:
        used = _is_used(fact.field, fact.value, record)
        number = lines.number(fact.start)
        yield Finding(fact.field, fact.value, used, fact.rule, number, fact.start, fact.end)


def _is_used(field: str, value: str, record: "Record") -> bool:
    written = getattr(record.document, field, None)
    return value in written if isinstance(written, tuple) else value == written


def _mentions(record: "Record", source: str, lines: _Lines) -> Iterator[Found]:
    placed = sorted(
        ((mention, entity) for entity in record.entities for mention in entity.mentions),
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    for mention, entity in placed:
        start, end = mention.start, mention.end
        around = source[max(0, start - _CONTEXT_CHARACTERS) : end + _CONTEXT_CHARACTERS]
        yield Found(
            entity=entity.id,
            type=entity.type,
            name=entity.name,
            line=lines.number(start),
            start=start,
            end=end,
            text=mention.text,
            context=" ".join(around.split()),
            form=mention.form,
            found_by=mention.found_by,
            label=mention.label,
            why=_why(mention),
        )


def _why(mention: "Mention") -> str:
    """What found a mention, in words."""
    if mention.found_by == "model":
        finder = f"the model named it {mention.label}"
    elif mention.label:
        finder = f"the lexicon found it, in what the model named {mention.label}"
    else:
        finder = "the lexicon found it, where the model named nothing"
    return f"{finder}; {_FORMS[mention.form]}"
