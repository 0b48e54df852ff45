"""Makes up articles to measure with: no two alike, from the articles of our own corpus."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "models/recipe/corpus"

# In news, one word in twenty or so is seen for the first time, and so it goes on for ever. Words
# that are joined to new ones do the same to caches and vocabularies.
_NEW_WORDS = 0.05
_HEADING = re.compile(r"(?m)^=== .*\n")
_MARK = re.compile(r"\[(?:PER|ORG|LOC|MISC) ([^\[\]]+)\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def texts(count: int, sentences: int, seed: int = 1) -> Iterator[str]:
    """Makes up articles.

    Args:
        count: How many.
        sentences: How many sentences each has, on average, where the article that it is made of
            has as many.
        seed: The same seed gives the same articles.

    Yields:
        The title of an article of the corpus and some of its sentences in a row, in paragraphs,
        with new words among them.
    """
    chance = random.Random(seed)
    stock = list(_articles())
    words = sorted(
        {word for _, body in stock for one in body for word in one.split() if word.isalpha()}
    )
    for _ in range(count):
        title, body = chance.choice(stock)
        length = chance.randint(max(1, sentences // 2), sentences * 3 // 2)
        start = chance.randint(0, max(0, len(body) - length))
        taken = [_varied(one, words, chance) for one in body[start : start + length]]
        paragraphs = [" ".join(taken[first : first + 4]) for first in range(0, len(taken), 4)]
        yield "\n\n".join([title, *paragraphs]) + "\n"


def write_files(folder: Path, count: int, sentences: int) -> int:
    """Writes articles as files, a thousand to a directory.

    Args:
        folder: Where; it need not be there.
        count: How many.
        sentences: How many sentences each has, on average.

    Returns:
        How many words they have together.
    """
    words = 0
    for number, text in enumerate(texts(count, sentences)):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        words += len(text.split())
    return words


def _articles() -> Iterator[tuple[str, list[str]]]:
    """The title and the sentences of each article of the corpus, without the marks of its names."""
    for path in sorted(CORPUS.glob("*.txt")):
        for article in _HEADING.split(_MARK.sub(r"\1", path.read_text("utf-8")))[1:]:
            title, *lines = article.strip().splitlines()
            yield title, [one for line in lines for one in _SENTENCE_END.split(line.strip()) if one]


def _varied(sentence: str, words: list[str], chance: random.Random) -> str:
    return " ".join(
        word + chance.choice(words).lower()
        if word.isalpha() and word.islower() and chance.random() < _NEW_WORDS
        else word
        for word in sentence.split()
    )
