"""The last component of the pipeline: the mentions of one name in a document agree.

A convolutional model sees four words to each side, and may call one name a person here and an
organisation there. This component lets all mentions of a name in the document vote, takes a
surname for a person where the full name is one, and finds names again where the model missed
them. It only moves labels about: it knows no names of its own.
"""

from collections import Counter
from collections.abc import Iterable

from spacy.language import Language
from spacy.tokens import Doc, Span

FACTORY = "nl_ent_news_consistency"

# A full name seen once says more about a surname than one bare mention of it.
_VOTES_OF_A_FULL_NAME = 2
_MIN_LETTERS = 3

Words = tuple[str, ...]


@Language.factory(FACTORY)
def make(nlp: Language, name: str) -> "Consistency":
    """Makes the component; spaCy calls this."""
    return Consistency()


class Consistency:
    """Makes the entities of a document agree; `doc.ents` is all it reads and writes."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets `doc.ents` anew.

        Args:
            doc: A document whose entities the ner component set.

        Returns:
            The same document.
        """
        if doc.ents:
            labels = labels_by_name(doc.ents)
            voted = [
                Span(doc, ent.start, ent.end, labels[written_as_name(words_of(ent))][0])
                for ent in doc.ents
            ]
            doc.ents = voted + found_again(doc, labels)
        return doc

    def to_disk(self, path: object, exclude: object = ()) -> None:
        """Has nothing to write."""

    def from_disk(self, path: object, exclude: object = ()) -> "Consistency":
        """Has nothing to read."""
        return self


def words_of(span: Span) -> Words:
    """The words of a span."""
    return tuple(token.text for token in span)


def written_as_name(words: Words) -> Words:
    """A name in capitals as it is written in a sentence: MARK RUTTE votes as Mark Rutte.

    Abbreviations of up to three letters stay as they are.
    """
    if all(word.isupper() and len(word) > 3 for word in words):
        return tuple(word.title() for word in words)
    return words


def labels_by_name(ents: Iterable[Span]) -> dict[Words, tuple[str, int]]:
    """Lets the mentions of each name decide its label.

    Args:
        ents: The entities of one document, in order of place.

    Returns:
        The label of each name, and of the surnames of the persons, with its number of votes.
    """
    votes: dict[Words, Counter[str]] = {}
    surnames: Counter[Words] = Counter()
    for ent in ents:
        words = written_as_name(words_of(ent))
        votes.setdefault(words, Counter())[ent.label_] += 1
        if ent.label_ == "PER":
            surnames.update(words[start:] for start in range(1, len(words)))
    for surname, count in surnames.items():
        votes.setdefault(surname, Counter())["PER"] += _VOTES_OF_A_FULL_NAME * count
    _join_possessives(votes)
    # Of labels with as many votes the one that came first wins, as Counter keeps that order.
    return {words: (counts.most_common(1)[0][0], counts.total()) for words, counts in votes.items()}


def _join_possessives(votes: dict[Words, "Counter[str]"]) -> None:
    """Lets Ruttes and Rutte vote together."""
    for words in list(votes):
        bare = (*words[:-1], words[-1][:-1])
        if words[-1].endswith("s") and bare in votes:
            votes[words] = votes[bare] = votes[words] + votes[bare]


def found_again(doc: Doc, labels: dict[Words, tuple[str, int]]) -> list[Span]:
    """Finds the names of a document where the model named nothing.

    A word that the model leaves alone more often than it names it is taken for a common word.

    Args:
        doc: The document.
        labels: Its names with their labels and votes.

    Returns:
        New entities beside those that the document has, the longest first at each place.
    """
    by_first: dict[str, list[Words]] = {}
    for words, (label, _) in labels.items():
        if _is_telling(words, label):
            by_first.setdefault(words[0], []).append(words)
    taken = {token.i for ent in doc.ents for token in ent}
    found: dict[Words, list[Span]] = {}
    for token in doc:
        for words in sorted(by_first.get(token.text, ()), key=len, reverse=True):
            end = token.i + len(words)
            free = taken.isdisjoint(range(token.i, end))
            if free and words_of(doc[token.i : end]) == words:
                found.setdefault(words, []).append(Span(doc, token.i, end, labels[words][0]))
                taken.update(range(token.i, end))
                break
    return [
        span for words, spans in found.items() if len(spans) <= labels[words][1] for span in spans
    ]


def _is_telling(words: Words, label: str) -> bool:
    """Whether a name is no common word too: a bare MISC name (Twitter, Formule) often is."""
    letters = sum(map(len, words))
    return letters >= _MIN_LETTERS and words[0][0].isupper() and (len(words) > 1 or label != "MISC")
