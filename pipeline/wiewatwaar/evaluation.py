"""Measures models, and the whole product, on annotated text: precision, recall, F and mistakes."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple

from wiewatwaar.gold import GoldError, GoldText
from wiewatwaar.mentions import resolve
from wiewatwaar.pipeline import Pipeline
from wiewatwaar.recognition import Recogniser, label_types
from wiewatwaar.records import Mention
from wiewatwaar.spans import EntityType, MentionForm, ResolvedMention, SpanType

Level = Literal["model", "product"]
"""What is measured: the spaCy model alone, or what the product makes of it."""

Kind = Literal["missed", "invented", "type", "borders", "type and borders"]
"""What is wrong with a name."""

CONLL: dict[SpanType, str] = {
    "PERSON": "PER",
    "ORGANISATION": "ORG",
    "LOCATION": "LOC",
    "OTHER": "MISC",
}
"""Types in the order of a table, with the labels of CoNLL-2002."""

_TYPES_OF_PRODUCT: dict[EntityType, SpanType] = {
    "PERSON": "PERSON",
    "ORGANISATION": "ORGANISATION",
    "COUNTRY": "LOCATION",
    "LOCATION": "LOCATION",
}
# Annotated corpora name whole words, and call a NAVO-top or a Hongaar no organisation or place.
_FORMS: frozenset[MentionForm] = frozenset({"name", "possessive"})
_CONTEXT_CHARACTERS = 40


class Span(NamedTuple):
    """A name in a text.

    Attributes:
        start: First code point.
        end: One past the last code point.
        type: What kind of name.
    """

    start: int
    end: int
    type: SpanType


@dataclass(frozen=True, slots=True)
class Score:
    """How many names were right.

    Attributes:
        gold: Names that are annotated.
        found: Names that were found.
        right: Names that are both.
    """

    gold: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: "Score") -> "Score":
        """Counts both together."""
        return Score(self.gold + other.gold, self.found + other.found, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found; 0 when nothing is annotated."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.gold + self.found
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake, and how often it was made.

    Attributes:
        kind: What is wrong.
        gold: The annotated name and its type; None for an invented one.
        found: The name that was found and its type; None for a missed one.
        times: How often just this went wrong.
        place: Where it did first.
        context: What stands there, with the name between brackets.
    """

    kind: Kind
    gold: tuple[str, SpanType] | None
    found: tuple[str, SpanType] | None
    times: int
    place: str
    context: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a model came to.

    Attributes:
        model: The model, by name and version.
        level: Whether it was measured alone.
        exact: By type, names with the right borders and the right type: the numbers of seqeval
            with `mode="strict"` and `scheme=IOB2`.
        overlap: The same, where any part of a name will do; each name counts once.
        mistakes: What was wrong, most frequent first.
    """

    model: str
    level: Level
    exact: Mapping[SpanType, Score]
    overlap: Mapping[SpanType, Score]
    mistakes: tuple[Mistake, ...]

    @property
    def title(self) -> str:
        """The model, and `(product)` where it was not measured alone."""
        return f"{self.model} (product)" if self.level == "product" else self.model

    def of(self, types: Iterable[SpanType]) -> "Evaluation":
        """The same for some types only.

        Args:
            types: The types.

        Returns:
            The scores of these types, and the mistakes that have to do with one of them.
        """
        kept = frozenset(types)
        return replace(
            self,
            exact={kind: self.exact[kind] for kind in CONLL if kind in kept},
            overlap={kind: self.overlap[kind] for kind in CONLL if kind in kept},
            mistakes=tuple(
                one
                for one in self.mistakes
                if any(side is not None and side[1] in kept for side in (one.gold, one.found))
            ),
        )


def evaluate(
    gold: Sequence[GoldText], model: str, levels: Iterable[Level] = ("model",)
) -> Iterator[Evaluation]:
    """Measures a model on annotated texts.

    Words of the annotation are given to the model as they are; a text without them goes through
    the model's own tokenizer. What the product names is compared as people annotate it: a country
    is a place, demonyms and names inside a compound are no names of their own, and an s of
    possession that has no apostrophe belongs to the name.

    Args:
        gold: The annotated texts.
        model: Name of an installed spaCy package, or a folder.
        levels: What to measure.

    Yields:
        What it came to at each level: for the product without the type OTHER, which it has not.

    Raises:
        wiewatwaar.ModelError: The model is not installed or cannot be used.
        GoldError: Nothing that is annotated can be compared, or a text cannot be processed.
    """
    known = gold_types(gold)
    if not known:
        raise GoldError("nothing is annotated with a label for persons, organisations or places")
    annotated = [
        [
            Span(one.start, one.end, kind)
            for one in text.spans
            if (kind := known[one.label]) is not None
        ]
        for text in gold
    ]
    for level in levels:
        # The model as spaCy runs it, and the part of it that the product takes.
        recogniser = Recogniser.load(model, whole=level == "model")
        found = (_by_model if level == "model" else _by_product)(recogniser, gold)
        result = compare(gold, annotated, found)
        named = replace(result, model=f"{recogniser.name} {recogniser.version}", level=level)
        yield named if level == "model" else named.of(_TYPES_OF_PRODUCT.values())


def gold_types(gold: Iterable[GoldText]) -> dict[str, SpanType | None]:
    """What the labels of an annotation mean.

    Args:
        gold: The annotated texts.

    Returns:
        Types by label: None for dates and amounts, OTHER for a label we do not know. Empty when
        no label is one for persons, organisations or places.
    """
    labels = sorted({span.label for text in gold for span in text.spans})
    types = {label: label_types().get(label.upper(), "OTHER") for label in labels}
    return types if {"PERSON", "ORGANISATION", "LOCATION"} & set(types.values()) else {}


def own_labels(types: Mapping[str, SpanType | None]) -> dict[SpanType, str]:
    """What an annotation calls the types.

    Args:
        types: What its labels mean.

    Returns:
        Labels by type; those of CoNLL where it has none or several.
    """
    labels: defaultdict[SpanType, list[str]] = defaultdict(list)
    for label, kind in types.items():
        if kind is not None:
            labels[kind].append(label)
    return {kind: labels[kind][0] if len(labels[kind]) == 1 else CONLL[kind] for kind in CONLL}


def compare(
    texts: Iterable[GoldText],
    annotated: Iterable[Sequence[Span]],
    found: Iterable[Sequence[Span]],
) -> Evaluation:
    """Compares names that were found with annotated ones.

    Args:
        texts: The texts.
        annotated: For each text its annotated names, in any order.
        found: For each text the names that were found, in any order.

    Returns:
        Scores and mistakes; the model has no name yet.
    """
    exact = dict.fromkeys(CONLL, Score())
    overlap = dict.fromkeys(CONLL, Score())
    times: Counter[tuple[object, ...]] = Counter()
    first: dict[tuple[object, ...], Mistake] = {}
    for text, gold_spans, found_spans in zip(texts, annotated, found, strict=True):
        gold, given = sorted(set(gold_spans)), sorted(set(found_spans))
        for kind in CONLL:
            ours = [span for span in gold if span.type == kind]
            theirs = [span for span in given if span.type == kind]
            right = len(set(ours) & set(theirs))
            met = sum(None not in pair for pair in paired(ours, theirs))
            exact[kind] += Score(len(ours), len(theirs), right)
            overlap[kind] += Score(len(ours), len(theirs), met)
        for mistake in _mistakes(text, gold, given):
            key = (mistake.kind, mistake.gold, mistake.found)
            times[key] += 1
            first.setdefault(key, mistake)
    # The sort is stable: of two that are as frequent, the one that came first.
    worst = sorted(first, key=lambda key: -times[key])
    mistakes = tuple(replace(first[key], times=times[key]) for key in worst)
    return Evaluation("", "model", exact, overlap, mistakes)


def paired(
    gold: Sequence[Span], found: Sequence[Span]
) -> Iterator[tuple[Span | None, Span | None]]:
    """Pairs names that share a character, each with one other, as many as can be.

    Args:
        gold: Names in order of place, without overlaps.
        found: The same.

    Yields:
        The pairs in order of place; a name that meets no other is with None.
    """
    ours, theirs = 0, 0
    while ours < len(gold) or theirs < len(found):
        mine = gold[ours] if ours < len(gold) else None
        other = found[theirs] if theirs < len(found) else None
        # Of two that meet, the one that ends first can meet no later name: this pair costs none.
        if mine and other and mine.start < other.end and other.start < mine.end:
            yield mine, other
            ours, theirs = ours + 1, theirs + 1
        elif other is None or (mine is not None and mine.end <= other.end):
            yield mine, None
            ours += 1
        else:
            yield None, other
            theirs += 1


def _mistakes(text: GoldText, gold: Sequence[Span], found: Sequence[Span]) -> Iterator[Mistake]:
    right = set(gold) & set(found)
    wrong = paired(
        [span for span in gold if span not in right],
        [span for span in found if span not in right],
    )
    for mine, other in wrong:
        shown = mine or other
        if shown is not None:
            yield Mistake(
                _kind(mine, other),
                mine and (text.text[mine.start : mine.end], mine.type),
                other and (text.text[other.start : other.end], other.type),
                1,
                text.place,
                _context(text.text, shown),
            )


def _kind(gold: Span | None, found: Span | None) -> Kind:
    if found is None:
        return "missed"
    if gold is None:
        return "invented"
    if gold[:2] == found[:2]:
        return "type"
    return "borders" if gold.type == found.type else "type and borders"


def _context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _CONTEXT_CHARACTERS) : span.start]
    after = text[span.end : span.end + _CONTEXT_CHARACTERS]
    return " ".join(f"{before}[{text[span.start : span.end]}]{after}".split())


def _by_model(recogniser: Recogniser, gold: Sequence[GoldText]) -> Iterator[list[Span]]:
    in_words = recogniser.spans_of_words(text.words for text in gold if text.words)
    in_texts = recogniser.spans([text.text for text in gold if not text.words])
    for text in gold:
        found = next(in_words if text.words else in_texts)
        yield [Span(one.start, one.end, one.type) for one in found]


def _by_product(recogniser: Recogniser, gold: Sequence[GoldText]) -> Iterator[list[Span]]:
    in_words = recogniser.spans_of_words(text.words for text in gold if text.words)
    records = Pipeline(recogniser, tuple(_TYPES_OF_PRODUCT)).pipe(
        text.text for text in gold if not text.words
    )
    for text in gold:
        if text.words:
            yield _whole_words(text, resolve(text.text, next(in_words)))
            continue
        record = next(records)
        if record.status == "failed":
            raise GoldError(f"{text.place}: {record.stage} failed: {record.message}")
        yield [
            Span(
                mention.start,
                mention.end + _bare_ending(text.text, mention),
                _TYPES_OF_PRODUCT[entity.type],
            )
            for entity in record.entities
            for mention in entity.mentions
            if mention.form in _FORMS
        ]


def _bare_ending(text: str, mention: Mention) -> int:
    """How many letters of possession follow a name at once, as in Ruttes; none in Trump's."""
    return int(mention.form == "possessive" and text.startswith("s", mention.end))


def _whole_words(text: GoldText, mentions: Iterable[ResolvedMention]) -> list[Span]:
    """The names as an annotation of words has them: from a first word to a last."""
    ends = list(accumulate(len(word) + space for word, space in text.words))
    starts = [0, *ends]
    spans = []
    for mention in mentions:
        if mention.form in _FORMS:
            first, last = bisect_right(ends, mention.start), bisect_left(ends, mention.end)
            end = starts[last] + len(text.words[last][0])
            spans.append(Span(starts[first], end, _TYPES_OF_PRODUCT[mention.type]))
    return spans
