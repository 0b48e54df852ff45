"""Gathers what a report shows: every document in short, and as much text as a page can hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wiewatwaar.corpus.index import Corpus, index
from wiewatwaar.records import Failure, Record
from wiewatwaar.spans import EntityType, FoundBy, MentionForm

LISTED_DOCUMENTS = 20_000
"""How many documents a report lists; it counts all of them."""

NAMES_OF_A_DOCUMENT = 500
"""How many names a report shows of one document."""

LISTED_FAILURES = 1_000
"""How many failed documents a report names; it counts all of them."""

# No article is longer; what is, is most often no article.
_MOST_CHARACTERS_OF_A_TEXT = 100_000
# What a name, a title or a message is cut to: one that is longer is none.
_MOST_CHARACTERS_OF_A_LINE = 300

# Controls, halves of characters, and what XML has no place for.
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

_Key = tuple[EntityType, str, str | None]


@dataclass(frozen=True, slots=True)
class ShownMention:
    """A mention in a text that is shown.

    Attributes:
        start: First code point, in the source text.
        end: One past the last code point.
        key: Which of the names of the report it is a mention of.
        form: How the name stands there.
        label: What the model called it.
        found_by: Who says that it is there.
    """

    start: int
    end: int
    key: int
    form: MentionForm
    label: str | None
    found_by: FoundBy


@dataclass(slots=True)
class ShownDocument:
    """A document of the report.

    Attributes:
        id: Its id.
        title: Its title.
        published: Its date, as precise as it is known.
        language: ISO 639 code.
        words: Its words.
        names: Its names with the number of their mentions, in order of first mention; of those
            beyond `NAMES_OF_A_DOCUMENT` only how many there are is kept.
        more_names: How many names were left out.
        text: The beginning of its source text; None when the run did not keep it.
        cut: Whether the text goes on.
        mentions: Those in the text that is shown, in order of place, none inside another.
    """

    id: str
    title: str | None
    published: str | None
    language: str | None
    words: int
    names: list[tuple[int, int]]
    more_names: int = 0
    text: str | None = None
    cut: bool = False
    mentions: list[ShownMention] = field(default_factory=list)

    def shorten(self, characters: int) -> None:
        """Cuts the text.

        Args:
            characters: Code points that may stay.
        """
        if self.text is None or len(self.text) <= characters:
            return
        self.text = self.text[:characters] or None
        self.cut = True
        self.mentions = [one for one in self.mentions if one.end <= characters]


@dataclass(slots=True)
class Contents:
    """What a report shows of a file of records.

    Attributes:
        documents: The first `LISTED_DOCUMENTS`, in order.
        failures: The first `LISTED_FAILURES` failures, in order.
        names: Names by document, of all documents: for who appears with whom.
        keys: What an entity of a record is called by the numbers in these.
        mentions: Mentions in all documents.
        words: Words of all documents.
        texts: Documents of which the run kept the text.
        characters_of_a_text: Where texts were cut; None when none was.
        models: The models that were used, with their versions.
        versions: The versions of wiewatwaar that were used.
        corpus: The entities of all documents.
    """

    documents: list[ShownDocument] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    names: list[frozenset[int]] = field(default_factory=list)
    keys: dict[_Key, int] = field(default_factory=dict)
    mentions: int = 0
    words: int = 0
    texts: int = 0
    characters_of_a_text: int | None = None
    models: set[str] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)
    corpus: Corpus = field(default_factory=lambda: index(()))

    def entities(self) -> list[int]:
        """For each key the place of its entity in `corpus.entities`."""
        places = []
        for kind, name, code in self.keys:
            found = self.corpus.find(kind, name, code)
            if found is None:
                raise LookupError(f"{kind} {name} is not in the index")
            places.append(found.id - 1)
        return places


def gather(records: Iterable[Record | Failure], text_characters: int) -> Contents:
    """Gathers what a report shows, in one pass.

    Args:
        records: The records of different documents.
        text_characters: Code points of text to keep, of all documents together. When there are
            more, every text is cut at the same place, so that each document shows its beginning.

    Returns:
        The contents. Counts are of all documents, whatever is listed.
    """
    contents = Contents()
    contents.corpus = index(_kept(records, contents, text_characters))
    return contents


def plain(line: str) -> str:
    """A line as it can be shown.

    Args:
        line: A name, a title, a message.

    Returns:
        Its beginning, where it is too long, with single spaces, and without the characters that
        are no text or turn the direction of what follows.
    """
    line = " ".join(line[: 2 * _MOST_CHARACTERS_OF_A_LINE].split())
    if len(line) > _MOST_CHARACTERS_OF_A_LINE:
        line = line[: _MOST_CHARACTERS_OF_A_LINE - 1] + "…"
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", line)


def _kept(
    records: Iterable[Record | Failure], contents: Contents, text_characters: int
) -> Iterator[Record | Failure]:
    """Hands records on to the index, and keeps of each what the report shows."""
    limit, characters = _MOST_CHARACTERS_OF_A_TEXT, 0
    for record in records:
        yield record
        if record.status == "failed":
            if len(contents.failures) < LISTED_FAILURES:
                contents.failures.append(record)
            continue
        shown = _shown(record, contents.keys)
        contents.names.append(frozenset(key for key, _ in shown.names))
        contents.words += record.document.words
        contents.mentions += sum(len(entity.mentions) for entity in record.entities)
        contents.texts += record.document.text is not None
        contents.models.add(f"{record.model.name} {record.model.version}")
        contents.versions.add(record.pipeline.version)
        if len(contents.documents) == LISTED_DOCUMENTS:
            continue
        shown.more_names = max(0, len(shown.names) - NAMES_OF_A_DOCUMENT)
        del shown.names[NAMES_OF_A_DOCUMENT:]
        contents.documents.append(shown)
        shown.shorten(limit)
        characters += len(shown.text or "")
        while characters > text_characters:
            limit //= 2
            characters = 0
            for document in contents.documents:
                document.shorten(limit)
                characters += len(document.text or "")
    if any(document.cut for document in contents.documents):
        contents.characters_of_a_text = limit


def _shown(record: Record, keys: dict[_Key, int]) -> ShownDocument:
    counts: dict[int, int] = {}
    mentions = []
    for entity in record.entities:
        key = keys.setdefault((entity.type, entity.name, entity.code), len(keys))
        counts[key] = counts.get(key, 0) + len(entity.mentions)
        if record.document.text is not None:
            mentions += [
                ShownMention(one.start, one.end, key, one.form, one.label, one.found_by)
                for one in entity.mentions
            ]
    return ShownDocument(
        id=record.document.id,
        title=record.document.title,
        published=record.document.published,
        language=record.document.language,
        words=record.document.words,
        names=list(counts.items()),
        text=record.document.text,
        mentions=list(_apart(mentions)),
    )


def _apart(mentions: list[ShownMention]) -> Iterator[ShownMention]:
    """Mentions in order of place, without those that begin inside another."""
    end = 0
    for one in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end
