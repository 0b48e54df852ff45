"""Shows in the terminal how a record came to be."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from wiewatwaar.explanation import Change, Explanation, Finding, Found
from wiewatwaar.presentation.terminal import in_short, plain

if TYPE_CHECKING:
    from wiewatwaar.records import Failure

_SHOWN_CHARACTERS = 100

# Of a stage that changed more, such as one that mends spaces, the first so many tell what it does.
_SHOWN_CHANGES = 20


def in_terminal(explanation: "Explanation | Failure") -> RenderableType:
    """Shows an explanation, or why there is none.

    Args:
        explanation: The explanation, or the failure of a document.

    Returns:
        What a rich console prints.
    """
    if explanation.status == "failed":
        return in_short(explanation)
    document = explanation.document
    heading = Text(_shown(document.id), style="bold")
    kept = f"  {explanation.cleaned_characters:,} of {document.characters:,} characters kept"
    heading.append(f"{kept}, language {document.language}", style="not bold dim")
    parts: list[RenderableType] = [heading]
    for stage, changes in groupby(explanation.changes, key=lambda one: one.stage):
        parts += [Text(), Text(stage, style="bold"), _table_of_changes(list(changes))]
    parts += [Text(), Text("metadata", style="bold"), _table_of_findings(explanation.findings)]
    parts += [Text(), Text("mentions", style="bold"), _table_of_mentions(explanation.mentions)]
    return Group(*parts, Text())


def _table_of_changes(changes: list[Change]) -> RenderableType:
    rows = [
        (f"{one.line}", f"{one.start}:{one.end}", one.rule, _shown(one.seen), _became(one))
        for one in changes[:_SHOWN_CHANGES]
    ]
    if len(changes) > _SHOWN_CHANGES:
        more = f"and {len(changes) - _SHOWN_CHANGES:,} more; --json has all"
        rows.append(("", "", "", more, ""))
    return _table(("line", "span", "rule", "text", "became"), rows)


def _became(change: Change) -> str:
    return _shown(change.replacement) if change.replacement else "removed"


def _table_of_findings(findings: Sequence[Finding]) -> RenderableType:
    rows = [
        (
            "" if one.line is None else f"{one.line}",
            "" if one.start is None else f"{one.start}:{one.end}",
            one.rule,
            one.field if one.used else f"{one.field} (not used)",
            _shown(one.value),
        )
        for one in findings
    ]
    return _table(("line", "span", "rule", "field", "value"), rows)


def _table_of_mentions(mentions: Sequence[Found]) -> RenderableType:
    rows = [
        (f"{one.line}", f"{one.start}:{one.end}", _shown(one.text), _shown(one.name), one.why)
        for one in mentions
    ]
    return _table(("line", "span", "text", "entity", "why"), rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> RenderableType:
    if not rows:
        return Text("none", style="dim")
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column == "line" else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _shown(text: str) -> str:
    """A text on one line, shortened, with its line ends and invisible characters shown."""
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 1] + "…"
    for line_end in ("\r\n", "\n", "\r"):
        text = text.replace(line_end, "⏎")
    visible = (char if char.isprintable() else f"U+{ord(char):04X}" for char in text)
    return plain("".join(visible))
