"""The figures of a report: who is named most, with whom, and when."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from wiewatwaar.corpus.index import Corpus, CorpusEntity
from wiewatwaar.report.contents import Contents
from wiewatwaar.spans import EntityType

# Names that are looked at for who appears with whom: those in most documents.
_COMPANIONS = 300
# A chart with more columns than this can only be read by year.
_MOST_MONTHS = 60
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Together:
    """A person, and who appears in the same documents.

    Attributes:
        person: The person.
        others: Persons and organisations, each with the number of documents they share.
    """

    person: CorpusEntity
    others: tuple[tuple[CorpusEntity, int], ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """Documents by month, or by year where the months are too many to show.

    Attributes:
        periods: Months (`2024-02`) or years (`2024`) in order, without gaps unless `gaps`.
        documents: How many documents each has.
        rows: Entities with their documents by period.
        undated: Documents with no month, left out.
        gaps: Whether years without documents were left out, because there are too many.
    """

    periods: tuple[str, ...]
    documents: tuple[int, ...]
    rows: tuple[tuple[CorpusEntity, tuple[int, ...]], ...]
    undated: int
    gaps: bool = False

    @property
    def by_year(self) -> bool:
        """Whether the periods are years."""
        return len(self.periods[0]) == len("2024")


def top(corpus: Corpus, kind: EntityType, count: int) -> list[CorpusEntity]:
    """The entities that most documents name.

    Args:
        corpus: The entities.
        kind: Their type.
        count: How many.

    Returns:
        Those in most documents first; of equals those with most mentions.
    """
    return sorted((one for one in corpus.entities if one.type == kind), key=_rank)[:count]


def together(contents: Contents, persons: int, others: int) -> list[Together]:
    """Who appears with whom.

    Args:
        contents: What was gathered.
        persons: How many persons: those in most documents.
        others: How many persons and organisations for each.

    Returns:
        Persons who share a document with anyone, with those who share most.
    """
    corpus = contents.corpus
    places = contents.entities()
    known = [one for one in corpus.entities if one.type in ("PERSON", "ORGANISATION")]
    looked_at = {one.id - 1 for one in sorted(known, key=_rank)[:_COMPANIONS]}
    counts: Counter[tuple[int, int]] = Counter()
    for names in contents.names:
        here = sorted({places[key] for key in names} & looked_at)
        counts.update(combinations(here, 2))
    partners: dict[int, list[tuple[int, int]]] = {}
    for (one, other), documents in counts.items():
        partners.setdefault(one, []).append((other, documents))
        partners.setdefault(other, []).append((one, documents))

    found = []
    for person in top(corpus, "PERSON", persons):
        best = sorted(
            partners.get(person.id - 1, ()),
            key=lambda pair: (-pair[1], _rank(corpus.entities[pair[0]])),
        )
        if best:
            named = tuple((corpus.entities[place], shared) for place, shared in best[:others])
            found.append(Together(person, named))
    return found


def over_time(corpus: Corpus, counts: dict[EntityType, int]) -> OverTime | None:
    """Documents and names by month.

    Args:
        corpus: The entities.
        counts: How many entities of each type to follow: those in most documents.

    Returns:
        The figures; None when no document has a month.
    """
    if not corpus.by_month:
        return None
    periods, period_of, gaps = _periods(list(corpus.by_month))
    shown = set(periods)
    documents: Counter[str] = Counter()
    for month, count in corpus.by_month.items():
        documents[period_of(month)] += count
    rows = []
    for kind, count in counts.items():
        for entity in top(corpus, kind, count):
            by_period: Counter[str] = Counter()
            for month, tally in entity.by_month.items():
                by_period[period_of(month)] += tally.documents
            if by_period.keys() & shown:
                rows.append((entity, tuple(by_period[one] for one in periods)))
    return OverTime(
        periods=tuple(periods),
        documents=tuple(documents[one] for one in periods),
        rows=tuple(rows),
        undated=corpus.documents - sum(documents[one] for one in periods),
        gaps=gaps,
    )


def _periods(months: Sequence[str]) -> tuple[list[str], Callable[[str], str], bool]:
    """Months, or years when those are too many; and which of them a month belongs to."""
    numbers = [_number(month) for month in months]
    first, last = min(numbers), max(numbers)
    if last - first < _MOST_MONTHS:
        every = range(first, last + 1)
        return [f"{one // 12:04}-{one % 12 + 1:02}" for one in every], str, False
    first, last = first // 12, last // 12
    if last - first < _MOST_YEARS:
        return [f"{year:04}" for year in range(first, last + 1)], _year, False
    years = sorted({_year(month) for month in months})
    return years[-_MOST_YEARS:], _year, True


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _year(month: str) -> str:
    return month[:4]


def _rank(entity: CorpusEntity) -> tuple[int, int, str, int]:
    return -entity.documents, -entity.mentions, entity.name, entity.id
