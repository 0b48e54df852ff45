"""Makes up articles to measure with: no two alike, from the samples in seeds/."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"

# In news, one word in twenty or so is seen for the first time, and so it goes on for ever. Words
# that are joined to new ones do the same to caches and vocabularies.
_NEW_WORDS = 0.05
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def texts(count: int, sentences: int, seed: int = 1) -> Iterator[str]:
    """Makes up articles.

    Args:
        count: How many.
        sentences: How many sentences each has, on average.
        seed: The same seed gives the same articles.

    Yields:
        A title, and sentences of any of the samples in paragraphs, with new words among them.
    """
    chance = random.Random(seed)
    titles, stock = _sentences()
    words = sorted({word for one in stock for word in one.split() if word.isalpha()})
    for _ in range(count):
        length = chance.randint(max(1, sentences // 2), sentences * 3 // 2)
        body = [_varied(chance.choice(stock), words, chance) for _ in range(length)]
        paragraphs = [" ".join(body[start : start + 4]) for start in range(0, length, 4)]
        yield "\n\n".join([chance.choice(titles), *paragraphs]) + "\n"


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


def _sentences() -> tuple[list[str], list[str]]:
    """The titles and the sentences of the samples."""
    titles: list[str] = []
    found: list[str] = []
    for path in sorted(SEEDS.rglob("*.txt")):
        title, *lines = path.read_bytes().decode("utf-8", "replace").splitlines()
        titles.append(title)
        for line in lines:
            found += [one for one in _SENTENCE_END.split(line.strip()) if one.endswith(".")]
    return titles, found


def _varied(sentence: str, words: list[str], chance: random.Random) -> str:
    return " ".join(
        word + chance.choice(words).lower()
        if word.isalpha() and word.islower() and chance.random() < _NEW_WORDS
        else word
        for word in sentence.split()
    )
