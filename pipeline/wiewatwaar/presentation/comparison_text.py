"""Shows what changed between two runs: in lines, in Markdown, or as JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

import orjson

from wiewatwaar.comparison import (
    Change,
    DocumentComparison,
    EntityChange,
    MentionChange,
    State,
    Totals,
)
from wiewatwaar.presentation.terminal import plain

# A comment of a pull request holds 65,536 characters.
_MARKDOWN_CHARACTERS = 50_000
# What would be markup or a link. Persons and issues are looked for when entities are characters
# again: a space without width is what keeps @ and # from calling them.
_MARKUP = str.maketrans(
    {char: f"&#{ord(char)};" for char in "\\`*_[]<>|&~$:"}
    | {char: f"&#{ord(char)};&#8203;" for char in "@#"}
)


def lines(document: DocumentComparison) -> Iterator[str]:
    """Shows what changed in a document.

    Args:
        document: What changed in it.

    Yields:
        Lines that are safe in a terminal; none when nothing changed.
    """
    if not document.changes:
        return
    yield plain(" ".join(document.id.split()))
    yield from (f"  {plain(line)}" for line in _details(document))


def total_lines(totals: Totals) -> list[str]:
    """Shows what changed in all documents.

    Args:
        totals: What changed.

    Returns:
        A line with how much, and one for each kind of thing that changed.
    """
    return [
        f"{_of('document', totals.documents)}, {totals.changed:,} changed, "
        f"{_of('change', totals.changes)}",
        *(
            f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts if count)}"
            for name, counts in _counts(totals)
            if any(count for _, count in counts)
        ),
    ]


def markdown(old: str, new: str, totals: Totals, documents: Iterable[DocumentComparison]) -> str:
    """Shows what changed as a comment of a pull request.

    Args:
        old: What the first file is called.
        new: What the second is called.
        totals: What changed in all documents.
        documents: Those in which something changed; as many are shown as a comment can hold.

    Returns:
        Markdown in which nothing from a document is markup.
    """
    head = [
        f"### wiewatwaar: {_escaped(old)} → {_escaped(new)}",
        "",
        f"**{totals.changes:,}** {_word('change', totals.changes)} in {totals.changed:,} of "
        f"{_of('document', totals.documents)}.",
    ]
    if not totals.changes:
        return "\n".join(head)
    changes = get_args(Change)
    head += ["", f"| | {' | '.join(changes)} |", "|---" + "|--:" * len(changes) + "|"]
    for name, counts in (("entities", totals.entities), ("mentions", totals.mentions)):
        head.append(f"| {name} | {' | '.join(f'{counts[one]:,}' for one in changes)} |")
    states = [f"{count:,} {what}" for what, count in _states(totals) if count]
    if states:
        head += ["", f"Documents: {', '.join(states)}."]
    body: list[str] = []
    room = _MARKDOWN_CHARACTERS
    shown = 0
    for document in documents:
        part = [f"**{_escaped(document.id)}**", ""]
        part += [f"- {_escaped(line)}" for line in _details(document)]
        room -= sum(map(len, part)) + len(part)
        if room < 0:
            break
        body += [*part, ""]
        shown += 1
    if shown < totals.changed:
        body.append(f"And {_of('more document', totals.changed - shown)}.")
    return "\n".join(
        [*head, "", "<details><summary>By document</summary>", "", *body, "</details>"]
    )


def as_json(old: str, new: str, totals: Totals, documents: Sequence[DocumentComparison]) -> bytes:
    """Gives what changed as JSON.

    Args:
        old: What the first file is called.
        new: What the second is called.
        totals: What changed in all documents.
        documents: Those in which something changed.

    Returns:
        One object: the totals, and under `by_document` every change.
    """
    whole = {
        "old": old,
        "new": new,
        "documents": totals.documents,
        "changed": totals.changed,
        "changes": totals.changes,
        "source_changed": totals.source_changed,
        "states": {state: totals.states[state] for state in get_args(State)},
        "entities": {change: totals.entities[change] for change in get_args(Change)},
        "mentions": {change: totals.mentions[change] for change in get_args(Change)},
        "by_document": documents,
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _details(document: DocumentComparison) -> Iterator[str]:
    if document.state != "compared":
        yield document.state
    if document.source_changed:
        yield "the source is not the same: places may have moved"
    for entity in document.entities:
        yield f"{entity.change} entity {_from_to(entity)}"
    for mention in document.mentions:
        text = " ".join(mention.text.split())
        yield f'{mention.change} "{text}" at {mention.start}-{mention.end}, {_from_to(mention)}'


def _from_to(change: EntityChange | MentionChange) -> str:
    sides = [str(side) for side in (change.old, change.new) if side is not None]
    return " ".join(" → ".join(sides).split())


def _counts(totals: Totals) -> list[tuple[str, list[tuple[str, int]]]]:
    def of(counts: "Counter[Change]") -> list[tuple[str, int]]:
        return [(change, counts[change]) for change in get_args(Change)]

    return [
        ("entities", of(totals.entities)),
        ("mentions", of(totals.mentions)),
        ("documents", _states(totals)),
    ]


def _states(totals: Totals) -> list[tuple[str, int]]:
    states: Mapping[State, int] = totals.states
    shown = [(state, states.get(state, 0)) for state in get_args(State) if state != "compared"]
    return [*shown, ("read from another source", totals.source_changed)]


def _of(noun: str, count: int) -> str:
    return f"{count:,} {_word(noun, count)}"


def _word(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _escaped(text: str) -> str:
    return plain(" ".join(text.split())).translate(_MARKUP).replace("www.", "www&#46;")
