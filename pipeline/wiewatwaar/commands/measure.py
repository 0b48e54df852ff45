"""The commands that measure: how good a model is, and what changed between two runs."""

import re
from enum import Enum
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from wiewatwaar.defaults import DEFAULT_MODEL
from wiewatwaar.options import Options

if TYPE_CHECKING:
    from wiewatwaar.comparison import Limited

CHANGED = 1
"""Exit code: more changed between two runs than is allowed."""


# As in comparison.Limited, which takes a second to import.
_LIMITED = ("gained", "lost", "relabelled", "regrouped", "renamed", "documents")


class Level(str, Enum):
    """What is measured."""

    MODEL = "model"
    PRODUCT = "product"


def evaluate(
    gold: Annotated[
        str | None,
        typer.Argument(
            metavar="[GOLD]",
            help="Annotated text: CoNLL columns (word, IOB2 tag), .spacy (DocBin), .jsonl with "
            "text and spans [[start, end, label]], or a directory of these.",
        ),
    ] = None,
    models: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            metavar="NAME|PATH",
            help="A spaCy model for Dutch; may be given more than once. "
            f"Without it: {DEFAULT_MODEL}.",
        ),
    ] = None,
    levels: Annotated[
        list[Level] | None,
        typer.Option(
            "--level",
            help="The model alone, or the whole product with it; may be given more than once.",
        ),
    ] = None,
    errors: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many of the mistakes to show.")
    ] = 10,
    challenge: Annotated[
        bool,
        typer.Option("--challenge", help="Run the suite of Dutch sentences, by phenomenon."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Show what GOLD comes to as JSON, not rounded.")
    ] = False,
) -> None:
    """Measure models on annotated text.

    Precision, recall and F in percent, by type, for names that are exactly right and for names
    that overlap, and the mistakes made most often.
    """
    chosen = list(dict.fromkeys(models or [DEFAULT_MODEL]))
    if challenge == (gold is not None):
        raise typer.BadParameter("give either GOLD, annotated text, or --challenge")
    if challenge and as_json:
        raise typer.BadParameter("--json goes with GOLD")
    if gold is None:
        _challenge(chosen, errors)
        return
    from wiewatwaar import evaluation
    from wiewatwaar.gold import read
    from wiewatwaar.presentation import evaluation_text
    from wiewatwaar.presentation.terminal import plain

    texts = list(read(gold))
    asked = [one for one in get_args(evaluation.Level) if one in (levels or [Level.MODEL])]
    results = [one for model in chosen for one in evaluation.evaluate(texts, model, asked)]
    labels = evaluation.own_labels(evaluation.gold_types(texts))
    if as_json:
        typer.echo(evaluation_text.as_json(results, labels, errors), nl=False)
        return
    typer.echo(evaluation_text.table(results, labels))
    for result in results:
        for line in evaluation_text.mistake_lines(result, labels, errors):
            typer.echo(plain(line))


def _challenge(models: list[str], errors: int) -> None:
    from wiewatwaar import challenge
    from wiewatwaar.presentation.terminal import plain

    for model in models:
        result = challenge.score(Options(model).load())
        typer.echo(f"{model}\n{challenge.table(result)}")
        # Held-out sentences are not to be read by who writes rules: these go by name only.
        for failed in result.failed[:errors]:
            held_out = failed.case.half == "held_out"
            typer.echo(f"{failed.case.id}: held out" if held_out else plain(str(failed)))


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="Records of the first run: JSONL, also .gz, or -.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Records of the second run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Show it as JSON.")] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Show it for a comment of a pull request.")
    ] = False,
    max_changes: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", help="Exit with 1 when more changed; 0, unless --max is given."
        ),
    ] = None,
    limits: Annotated[
        list[str] | None,
        typer.Option(
            "--max",
            metavar="KIND=N",
            help="Exit with 1 when more changed in this way: gained, lost, relabelled or "
            "regrouped (mentions), renamed (entities), or documents (that one file only has, or "
            "that failed in one). May be given more than once.",
        ),
    ] = None,
) -> int:
    """Show what changed between two runs.

    Entities and mentions that were gained, lost, relabelled (another type), regrouped (another
    entity) or renamed, by document and in total. Exits with 1 when anything changed, or more than
    is allowed.
    """
    allowed = _limits(limits or [])

    from wiewatwaar.comparison import DocumentComparison, Totals, compare
    from wiewatwaar.presentation import comparison_text

    if as_json and as_markdown:
        raise typer.BadParameter("give either --json or --markdown")
    if old == new == "-":
        raise typer.BadParameter("only one of OLD and NEW can be standard input")
    totals = Totals()
    changed: list[DocumentComparison] = []
    for document in compare(old, new):
        totals.add(document)
        if as_json or as_markdown:
            changed += [document] if document.changes else []
            continue
        for line in comparison_text.lines(document):
            typer.echo(line)
    if as_json:
        typer.echo(comparison_text.as_json(old, new, totals, changed), nl=False)
    elif as_markdown:
        typer.echo(comparison_text.markdown(old, new, totals, changed))
    else:
        typer.echo("\n".join(comparison_text.total_lines(totals)))
    most = 0 if max_changes is None and not allowed else max_changes
    exceeded = [kind for kind, limit in allowed.items() if totals.of(kind) > limit]
    for kind in exceeded:
        said = f"{totals.of(kind):,} {kind}, of which {allowed[kind]:,} are allowed"
        typer.echo(f"wiewatwaar: {said}", err=True)
    return CHANGED if exceeded or (most is not None and totals.changes > most) else 0


def _limits(written: list[str]) -> "dict[Limited, int]":
    limits: dict[Limited, int] = {}
    for one in written:
        found = re.fullmatch(rf"({'|'.join(_LIMITED)})=(\d{{1,18}})", one, re.ASCII)
        if found is None:
            raise typer.BadParameter(
                f"--max {one!r}: write KIND=N, such as lost=0, with KIND one of "
                f"{', '.join(_LIMITED)}"
            )
        limits[cast("Limited", found[1])] = int(found[2])
    return limits
