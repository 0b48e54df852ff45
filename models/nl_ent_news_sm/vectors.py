"""The word vectors of the model: floret's table in one byte a number, with a memory for words.

spaCy keeps floret's table in four bytes a number and adds up the n-grams of a word anew whenever
it reads it. In one byte a number a table of the same size on disk has four times the rows, so that
fewer n-grams share one; and the few thousand words that make up most of any text are remembered.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.util import registry
from spacy.vectors import Mode, Vectors
from spacy.vocab import Vocab

NAME = "nl_ent_news.CompactVectors.v1"

MOST_REMEMBERED = 30_000
"""Words whose vectors are remembered unless less is asked for; some 23 MB."""

_LARGEST_STEP = 127
_SCALE = np.dtype("<f4")

Floats = NDArray[np.float32]


@registry.vectors(NAME)
def make() -> "Callable[[Vocab], CompactVectors]":
    """Makes what config.cfg names under `nlp.vectors`; spaCy calls this."""
    return lambda vocab: CompactVectors(strings=vocab.strings)


class CompactVectors(Vectors):  # type: ignore[misc]
    """floret vectors in a table of bytes; all that spaCy asks of vectors, except changing them.

    A row of the table is whole numbers from -127 to 127, and behind them, in four bytes, what they
    are multiplied by.

    Attributes:
        most_remembered: How many words are remembered; when there are more, it starts anew.
    """

    def __init__(self, **settings: Any) -> None:
        """Takes what `spacy.vectors.Vectors` takes, with a table of bytes as `data`."""
        super().__init__(**settings)
        self.most_remembered = MOST_REMEMBERED
        self._forget()

    @classmethod
    def of(cls, vectors: Vectors) -> "CompactVectors":
        """Makes a compact table of spaCy's.

        Args:
            vectors: floret vectors in full precision.

        Returns:
            The same vectors; each number of a row is off by at most 1/254 of the row's largest.

        Raises:
            ValueError: They are no floret vectors.
        """
        if vectors.mode != Mode.floret:
            raise ValueError("only floret vectors can be made compact")
        largest = np.abs(vectors.data).max(axis=1, keepdims=True)
        scales = np.where(largest > 0, largest / _LARGEST_STEP, 1).astype(_SCALE)
        steps = np.rint(vectors.data / scales).astype("int8")
        return cls(
            strings=vectors.strings,
            data=np.hstack([steps, scales.view("int8")]),
            name=vectors.name,
            mode=Mode.floret,
            minn=vectors.minn,
            maxn=vectors.maxn,
            hash_count=vectors.hash_count,
            hash_seed=vectors.hash_seed,
            bow=vectors.bow,
            eow=vectors.eow,
        )

    @property
    def shape(self) -> tuple[int, int]:
        """Rows of the table, and numbers of a vector."""
        rows, columns = self.data.shape
        return rows, max(0, columns - _SCALE.itemsize)

    def get_batch(self, keys: Iterable[int | str]) -> Floats:
        """Gets the vectors of words.

        Args:
            keys: The words, or their hashes in the string store.

        Returns:
            A row for each, in order; zeros for the empty word.
        """
        if isinstance(keys, np.ndarray):
            hashes = keys.tolist()
        else:
            hashes = [self.strings.as_int(key) for key in keys]
        new = {key: None for key in hashes if key not in self._rows}
        if len(self._rows) + len(new) > self.most_remembered:
            self._forget()
            new = dict.fromkeys(hashes)
        if new:
            self._remember(list(new))
        return self._remembered[[self._rows[key] for key in hashes]]

    def __getitem__(self, key: int | str) -> Floats:
        """The vector of a word, or of its hash."""
        return self.get_batch([key])[0]

    def _forget(self) -> None:
        """Forgets all words: there are too many, or the table is another."""
        self._rows: dict[int, int] = {}
        self._remembered: Floats = np.zeros((0, self.shape[1]), dtype="float32")

    def _remember(self, keys: list[int]) -> None:
        count = len(self._rows)
        if count + len(keys) > len(self._remembered):
            more = max(len(self._remembered), len(keys), 1_000)
            room = np.zeros((more, self.shape[1]), dtype="float32")
            self._remembered = np.concatenate([self._remembered, room])
        for row, key in enumerate(keys, count):
            self._remembered[row] = self._mean_of_ngrams(self.strings.as_string(key))
            self._rows[key] = row

    def _mean_of_ngrams(self, word: str) -> Floats:
        """The mean of the rows of a word's n-grams, as floret defines the vector of a word."""
        size, dimensions = self.shape
        if not word or not size:
            return np.zeros(dimensions, dtype="float32")
        places = [
            one % size for ngram in self._get_ngrams(word) for one in self._get_ngram_hashes(ngram)
        ]
        rows = self.data[places]
        scales = rows[:, dimensions:].copy().view(_SCALE)[:, 0]
        mean: Floats = (scales @ rows[:, :dimensions].astype("float32")) / np.float32(len(places))
        return mean

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "CompactVectors":
        """Reads them from a folder.

        Args:
            path: The folder.
            exclude: What not to read, as spaCy names it.

        Returns:
            These vectors.
        """
        super().from_disk(path, exclude=exclude)
        self._forget()
        return self

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "CompactVectors":
        """Reads them from what `to_bytes` gave.

        Args:
            data: The bytes.
            exclude: What not to read, as spaCy names it.

        Returns:
            These vectors.
        """
        super().from_bytes(data, exclude=exclude)
        self._forget()
        return self

    def __reduce__(self) -> Any:
        """Is pickled as bytes, without what it remembers."""
        return _unpickled, (self.to_bytes(),)


def _unpickled(data: bytes) -> CompactVectors:
    return CompactVectors().from_bytes(data)
