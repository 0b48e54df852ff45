"""Shows what an evaluation came to: a table of percentages, and the worst mistakes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson

from wiewatwaar.evaluation import CONLL, Evaluation, Score
from wiewatwaar.presentation.columns import aligned
from wiewatwaar.spans import SpanType


def table(evaluations: Sequence[Evaluation], labels: Mapping[SpanType, str]) -> str:
    """Shows evaluations next to each other.

    Args:
        evaluations: At least one, all of the same texts. Only types that all have are shown.
        labels: What to call the types.

    Returns:
        Lines with, for all names and for each type, a row for each evaluation: percentages, first
        for exact names, then for names that overlap.
    """
    shared = [kind for kind in CONLL if all(kind in one.exact for one in evaluations)]
    rows: list[Sequence[str]] = [("", "names", "model", "P", "R", "F", "overlap P", "R", "F")]
    for label, kinds in [("all", shared), *((labels[kind], [kind]) for kind in shared)]:
        for number, one in enumerate(evaluations):
            exact = sum((one.exact[kind] for kind in kinds), Score())
            overlap = sum((one.overlap[kind] for kind in kinds), Score())
            shares = [
                f"{100 * share:.2f}"
                for score in (exact, overlap)
                for share in (score.precision, score.recall, score.f)
            ]
            head = ("", "") if number else (label, str(exact.gold))
            rows.append((*head, one.title, *shares))
    return aligned(rows, left=(0, 2))


def mistake_lines(evaluation: Evaluation, labels: Mapping[SpanType, str], limit: int) -> list[str]:
    """Shows the mistakes made most often.

    Args:
        evaluation: What was measured.
        labels: What to call the types.
        limit: How many to show.

    Returns:
        Lines; none when nothing was wrong.
    """
    if not evaluation.mistakes or not limit:
        return []
    made = sum(one.times for one in evaluation.mistakes)
    rows: list[Sequence[str]] = [("times", "mistake", "annotated", "found", "first at")]
    for one in evaluation.mistakes[:limit]:
        sides = [f"{labels[side[1]]} {side[0]}" if side else "-" for side in (one.gold, one.found)]
        where = f"{one.place}: {one.context}"
        rows.append((str(one.times), one.kind, *(" ".join(side.split()) for side in sides), where))
    return [f"{evaluation.title}: {made:,} mistakes", *aligned(rows, left=(1, 2, 3, 4)).split("\n")]


def as_json(evaluations: Sequence[Evaluation], labels: Mapping[SpanType, str], limit: int) -> bytes:
    """Gives evaluations as JSON.

    Args:
        evaluations: What was measured.
        labels: What to call the types.
        limit: How many of the mistakes to give.

    Returns:
        One object with, under `evaluations`, the counts and shares (from 0 to 1) of each, for all
        names and for each type, and its mistakes.
    """
    whole = [
        {
            "model": one.model,
            "level": one.level,
            "exact": _shares(one.exact, labels),
            "overlap": _shares(one.overlap, labels),
            "mistakes": [
                asdict(mistake)
                | {
                    side: called and {"text": called[0], "label": labels[called[1]]}
                    for side, called in (("gold", mistake.gold), ("found", mistake.found))
                }
                for mistake in one.mistakes[:limit]
            ],
        }
        for one in evaluations
    ]
    return orjson.dumps(
        {"evaluations": whole}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def _shares(
    scores: Mapping[SpanType, Score], labels: Mapping[SpanType, str]
) -> dict[str, dict[str, Any]]:
    def fields(parts: Iterable[Score]) -> dict[str, Any]:
        score = sum(parts, Score())
        shares = {"precision": score.precision, "recall": score.recall, "f": score.f}
        return asdict(score) | shares

    by_type = {labels[kind]: fields([score]) for kind, score in scores.items()}
    return {"all": fields(scores.values()), **by_type}
