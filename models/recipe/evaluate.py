"""Measures Dutch spaCy pipelines on the annotated corpora: make evaluate CORPORA=DIR."""

import argparse
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import corpora
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import use_ops

from wiewatwaar.evaluation import CONLL
from wiewatwaar.installed import installed_models
from wiewatwaar.recognition import label_types

OWN_TEST = Path(__file__).parent / "corpus/test.txt"
LABELS = tuple(CONLL.values())
# Labels of every kind of Dutch pipeline in those of the corpora; dates, amounts and numbers are no
# names there.
TO_CONLL = {label: CONLL[kind] for label, kind in label_types().items() if kind is not None}

Span = tuple[int, int, str]
Scores = dict[str, dict[str, dict[str, float]]]


def spans(doc: Doc) -> set[Span]:
    """The names of a document as (first character, end, CoNLL label)."""
    return {
        (ent.start_char, ent.end_char, TO_CONLL[ent.label_])
        for ent in doc.ents
        if ent.label_ in TO_CONLL
    }


def score(pairs: Iterable[tuple[set[Span], set[Span]]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F of exact spans with the right label, in all and by label.

    Args:
        pairs: For each document, the gold spans and those found.

    Returns:
        For `all` and each label: `p`, `r`, `f` from 0 to 1, and `n`, the gold spans.
    """
    gold_n: Counter[str] = Counter()
    found_n: Counter[str] = Counter()
    right_n: Counter[str] = Counter()
    for gold, found in pairs:
        for counts, chosen in ((gold_n, gold), (found_n, found), (right_n, gold & found)):
            labels = [label for _, _, label in chosen]
            counts.update(labels)
            counts["all"] += len(labels)
    result = {}
    for label in ("all", *LABELS):
        p = right_n[label] / found_n[label] if found_n[label] else 0.0
        r = right_n[label] / gold_n[label] if gold_n[label] else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        result[label] = {
            "p": round(p, 4),
            "r": round(r, 4),
            "f": round(f, 4),
            "n": float(gold_n[label]),
        }
    return result


Article = dict[str, Any]


def score_articles(
    nlp: Language, articles: list[Article], change: Callable[[str], str] = str
) -> dict[str, dict[str, float]]:
    """Measures a pipeline on articles, with the borders as annotated, on tokens or not.

    Args:
        nlp: The pipeline; it tokenises as it does.
        articles: What `corpora.read_articles` gives.
        change: How the text is varied; every character must stay at its place.

    Returns:
        What `score` gives.
    """
    gold = [{(start, end, label) for start, end, label in one["spans"]} for one in articles]
    found = nlp.pipe(change(one["text"]) for one in articles)
    return score(zip(gold, map(spans, found), strict=True))


def score_sentences(nlp: Language, path: Path) -> dict[str, dict[str, float]]:
    """Measures a pipeline on a CoNLL file, with the tokens of the file."""
    gold = list(corpora.read_conll(spacy.blank("nl"), path))
    bare = (
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        for doc in gold
    )
    return score(zip(map(spans, gold), map(spans, nlp.pipe(bare)), strict=True))


def is_classic_news(identifier: str) -> bool:
    """Whether an article is news proper, not youth news or a newsletter."""
    return not any(mark in identifier for mark in ("7d", "7e", "fy"))


def evaluate(nlp: Language, corpora_dir: Path) -> Scores:
    """Measures one pipeline on the development sets.

    Args:
        nlp: Any Dutch pipeline with an entity recogniser whose labels TO_CONLL knows.
        corpora_dir: Folder with conll2002-nl/ and news/.

    Returns:
        For each set, what `score` gives.
    """
    news = list(corpora.read_articles(corpora_dir / "news/dev.jsonl"))
    classic = [one for one in news if is_classic_news(one["id"])]
    other = [one for one in news if not is_classic_news(one["id"])]
    return {
        "news dev": score_articles(nlp, news),
        "news dev, classic": score_articles(nlp, classic),
        "news dev, other registers": score_articles(nlp, other),
        "CoNLL-2002 testa": score_sentences(nlp, corpora_dir / "conll2002-nl/dev.conll"),
        "articles of our own": score_articles(nlp, list(corpora.read_marked(OWN_TEST))),
    }


def _one_for_one(change: Callable[[str], str], text: str) -> str:
    """Changes characters that stay one character, so that the places of names hold."""
    return "".join(new if len(new := change(char)) == 1 else char for char in text)


def _title(change: Callable[[str], str], text: str) -> str:
    title, newline, body = text.partition("\n")
    return _one_for_one(change, title) + newline + body


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]


def _with_typos(text: str) -> str:
    """Swaps two neighbouring letters in one word of twenty, always the same ones."""
    draw = random.Random(text)
    chars = list(text)
    for place in range(1, len(chars) - 2):
        if text[place : place + 2].isalpha() and draw.random() < 0.01:
            chars[place], chars[place + 1] = chars[place + 1], chars[place]
    return "".join(chars)


VARIANTS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "titles in lower case": lambda text: _title(str.lower, text),
    "titles in capitals": lambda text: _title(str.upper, text),
    "without diacritics": lambda text: _one_for_one(_bare, text),
    "with typos (1% of letters swapped)": _with_typos,
    "all in lower case": lambda text: _one_for_one(str.lower, text),
}


def robustness(nlp: Language, corpora_dir: Path) -> Scores:
    """Measures a pipeline on the news development set as it is and as it might be written.

    Args:
        nlp: As for `evaluate`.
        corpora_dir: As for `evaluate`.

    Returns:
        For each way of writing, what `score` gives.
    """
    articles = list(corpora.read_articles(corpora_dir / "news/dev.jsonl"))
    return {name: score_articles(nlp, articles, change) for name, change in VARIANTS.items()}


def table(scores: Scores) -> str:
    """The scores as a Markdown table of F in percent."""
    columns = ("all", *LABELS)
    lines = ["| set | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, figures in scores.items():
        cells = " | ".join(f"{100 * figures[column]['f']:.1f}" for column in columns)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def load(name: str) -> Language:
    """Loads a pipeline by package name or path."""
    if Path(name).exists():
        return spacy.load(name)
    return import_module(name).load()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with conll2002-nl/ and news/")
    parser.add_argument("models", nargs="*", help="packages or folders; all that are installed")
    parser.add_argument("--robustness", action="store_true", help="vary how the text is written")
    options = parser.parse_args()
    measure = robustness if options.robustness else evaluate
    for name in options.models or [one.name for one in installed_models() if not one.problem]:
        with use_ops("numpy", use_blis=False):
            print(f"\n{name}\n\n{table(measure(load(name), options.corpora))}")


if __name__ == "__main__":
    main()
