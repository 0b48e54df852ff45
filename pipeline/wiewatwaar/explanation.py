"""Explains a record: what each stage of cleaning did to the text, and what found each mention."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import STAGES, Cleaned, clean

if TYPE_CHECKING:
    from rich.console import RenderableType

    from wiewatwaar.pipeline import Pipeline
    from wiewatwaar.records import Entity, Mention, Record

_LINE_END = re.compile(r"\r\n?|\n")
_SHOWN_CHARACTERS = 100
_SHOWN_CHANGES = 20
_CONTEXT_CHARACTERS = 30


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
        replacement: What came in its place; empty when it was removed.
    """

    stage: str
    rule: str
    line: int
    start: int
    end: int
    text: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the text says about itself, which became metadata.

    Attributes:
        field: The field of the document in the record.
        value: Its value.
        used: Whether it is in the record: the carrier, or an earlier place, may say otherwise.
        rule: The rule that read it.
        line: The line of the source, counting from 1.
        start: First code point of where it says so, in the source.
        end: One past the last code point.
    """

    field: str
    value: str
    used: bool
    rule: str
    line: int
    start: int
    end: int


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
        context: The source text around it.
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
        id: What identifies the document.
        characters: Code points of the source text.
        cleaned_characters: Code points of the cleaned text.
        changes: What cleaning changed, by stage in the order they run, then by place.
        findings: What became metadata.
        mentions: The mentions of the record, by place.
    """

    id: str
    characters: int
    cleaned_characters: int
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    mentions: tuple[Found, ...]

    def to_json(self) -> str:
        """Writes it for machines.

        Returns:
            One JSON object, indented.
        """
        import orjson

        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2).decode()


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
    cleaned = clean(article.text)
    lines = _Lines(article.text)
    return Explanation(
        id=article.id,
        characters=len(article.text),
        cleaned_characters=len(cleaned.text),
        changes=tuple(_changes(cleaned, lines)),
        findings=tuple(_findings(cleaned, record, lines)),
        mentions=tuple(_mentions(record, article.text, lines)),
    )


class _Lines:
    """Tells the line of a place in a text, as an editor counts them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def number(self, place: int) -> int:
        return bisect_right(self._starts, place)


def _changes(cleaned: Cleaned, lines: _Lines) -> Iterator[Change]:
    order = {stage: number for number, stage in enumerate(STAGES)}
    for one in sorted(cleaned.removals, key=lambda one: (order[one.stage], one.start, one.end)):
        text = cleaned.text.source[one.start : one.end]
        number = lines.number(one.start)
        yield Change(one.stage, one.rule, number, one.start, one.end, text, one.replacement)


def _findings(cleaned: Cleaned, record: "Record", lines: _Lines) -> Iterator[Finding]:
    for fact in cleaned.facts:
        value = getattr(record.document, fact.field, None)
        used = fact.value in value if isinstance(value, tuple) else fact.value == value
        number = lines.number(fact.start)
        yield Finding(fact.field, fact.value, used, fact.rule, number, fact.start, fact.end)


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
            why=_why(mention, entity),
        )


def _why(mention: "Mention", entity: "Entity") -> str:
    """What found a mention, in words."""
    forms = {
        "name": "the name itself",
        "demonym": f"a word for what or who is from {entity.name}",
        "compound": "inside a compound word",
        "possessive": "with an ending of possession",
        "member": "inside the word for its member",
    }
    if mention.found_by == "model":
        finder = f"the model named it {mention.label}"
    elif mention.label:
        finder = f"the lexicon found it, in what the model named {mention.label}"
    else:
        finder = "the lexicon found it, where the model named nothing"
    return f"{finder}; {forms[mention.form]}"


def in_terminal(explanation: Explanation) -> "RenderableType":
    """Shows an explanation in the terminal.

    Args:
        explanation: The explanation.

    Returns:
        What a rich console prints.
    """
    from rich.console import Group
    from rich.text import Text

    from wiewatwaar.terminal import plain

    heading = Text(plain(explanation.id), style="bold")
    kept = f"  {explanation.cleaned_characters:,} of {explanation.characters:,} characters kept"
    heading.append(kept, style="not bold dim")
    parts: list[RenderableType] = [heading]
    for stage, changes in groupby(explanation.changes, key=lambda one: one.stage):
        parts += [Text(), Text(stage, style="bold"), _table_of_changes(list(changes))]
    if explanation.findings:
        parts += [Text(), Text("metadata", style="bold"), _table_of_findings(explanation)]
    parts += [Text(), Text("mentions", style="bold"), _table_of_mentions(explanation)]
    return Group(*parts)


def _table_of_changes(changes: list[Change]) -> "RenderableType":
    rows = [
        (f"{one.line}", f"{one.start}:{one.end}", one.rule, _shown(one.text), _became(one))
        for one in changes[:_SHOWN_CHANGES]
    ]
    if len(changes) > _SHOWN_CHANGES:
        rows.append(("", "", "", f"and {len(changes) - _SHOWN_CHANGES:,} more", ""))
    return _table(("line", "span", "rule", "text", "became"), rows)


def _became(change: Change) -> str:
    return _shown(change.replacement) if change.replacement else "removed"


def _table_of_findings(explanation: Explanation) -> "RenderableType":
    rows = [
        (f"{one.line}", f"{one.start}:{one.end}", one.rule, one.field + mark, _shown(one.value))
        for one in explanation.findings
        for mark in ["" if one.used else " (not used)"]
    ]
    return _table(("line", "span", "rule", "field", "value"), rows)


def _table_of_mentions(explanation: Explanation) -> "RenderableType":
    rows = [
        (f"{one.line}", f"{one.start}:{one.end}", _shown(one.text), _shown(one.name), one.why)
        for one in explanation.mentions
    ]
    return _table(("line", "span", "text", "entity", "why"), rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    from wiewatwaar.terminal import plain

    if not rows:
        return Text("none", style="dim")
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column == "line" else "left")
    for row in rows:
        table.add_row(*(Text(plain(cell)) for cell in row))
    return table


def _shown(text: str) -> str:
    """A text on one line, shortened, with its line ends and invisible characters shown."""
    shortened = text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"
    visible = shortened.replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎")
    return "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in visible)
