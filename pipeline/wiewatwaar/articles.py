"""The input of the pipeline: one article with its source text."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

_T = TypeVar("_T")

Metadata: TypeAlias = "Mapping[str, str | tuple[str, ...]]"
"""What is known of an article: `title`, `published`, `dateline`, `language` and `site` are texts,
`authors` and `credits` are several."""

NO_METADATA: Metadata = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Article:
    """One text to find names in, as it was read.

    Attributes:
        id: What identifies it to the user: the path below the input directory, with `#3`
            behind it for the third line of a JSONL file.
        text: The source text. Every offset of the record counts code points of this string.
        sha256: Hash of the bytes the article was read from, in hexadecimal.
        metadata: What the carrier says about the article (front matter, HTML head, JSON
            fields): `title`, `published`, `authors`, ... It wins over what cleaning finds.
    """

    id: str
    text: str
    sha256: str
    metadata: Metadata = field(default_factory=lambda: NO_METADATA)

    @classmethod
    def from_text(cls, text: str, id: str = "text") -> "Article":
        """Makes an article of a string.

        Args:
            text: The source text.
            id: What to call it in the record.

        Returns:
            The article; its hash is that of the text in UTF-8.
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(id=id, text=text, sha256=digest)


def batches(items: Iterable[_T], most: int, most_characters: int) -> Iterator[list[_T]]:
    """Groups articles, and what stands in the place of some, into batches.

    Args:
        items: Articles, and whatever else has no text to process.
        most: How many make a batch.
        most_characters: How many code points of articles make one; the last may go over.

    Yields:
        The items in order, at least one in a batch.
    """
    batch: list[_T] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= most or characters >= most_characters:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
