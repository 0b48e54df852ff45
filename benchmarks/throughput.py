"""Words per second and peak memory, side by side in one run: make bench.

Every contender runs in a process of its own, on one core and one BLAS thread, over the same
articles; the rounds take turns, so that a slow moment of the machine touches all of them.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}


def texts(folder: Path) -> Iterator[str]:
    """The texts of a benchmark folder, as strings."""
    for path in sorted(folder.glob("*.txt")):
        yield path.read_text("utf-8")


def extract(folder: Path) -> float:
    """This product, from files to JSONL, as the command line does it with one worker.

    Returns:
        Peak memory in MB of the worker, as the run's own summary gives it.
    """
    from wiewatwaar.cli import app

    output, summary = folder.parent / "records.jsonl", folder.parent / "summary.json"
    options = ["-o", str(output), "--summary", str(summary), "--workers", "1", "--fresh", "--quiet"]
    app(["extract", str(folder), *options], standalone_mode=False)
    return json.loads(summary.read_text("utf-8"))["peak_memory_bytes"] / 1024 / 1024


def spacy_same_model(folder: Path) -> None:
    """The same model called as plain users call it."""
    import nl_ent_news_sm

    for doc in nl_ent_news_sm.load().pipe(texts(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def spacy_nl_core_news_sm(folder: Path) -> None:
    """nl_core_news_sm where it is installed, as plain users call it."""
    import spacy

    for doc in spacy.load("nl_core_news_sm").pipe(texts(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def spacy_nl_core_architecture(folder: Path) -> None:
    """A pipeline of nl_core_news_sm's published architecture with untrained weights.

    tok2vec of width 96 and depth 4 that morphologizer, tagger and parser listen to, and an ner
    with a tok2vec of its own, as in the config.cfg of release 3.8.
    """
    for doc in _untrained_core_pipeline().pipe(texts(folder)):
        _ = [(ent.text, ent.label_) for ent in doc.ents]


def _untrained_core_pipeline():  # noqa: ANN202 - spaCy is imported inside
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    nlp = spacy.blank("nl")
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    for name in ("morphologizer", "tagger", "parser"):
        nlp.add_pipe(name, config={"model": {"tok2vec": _listener()}})
    nlp.add_pipe("ner", config={"model": {"tok2vec": tok2vec}})
    words = ["Jansen", "woont", "in", "Utrecht", "."]
    gold = Doc(
        nlp.vocab,
        words=words,
        tags=["N", "WW", "VZ", "N", "LET"],
        pos=["PROPN", "VERB", "ADP", "PROPN", "PUNCT"],
        morphs=[""] * len(words),
        heads=[1, 1, 3, 1, 1],
        deps=["nsubj", "ROOT", "case", "obl", "punct"],
        ents=["B-PERSON", "O", "O", "B-GPE", "O"],
    )
    nlp.initialize(lambda: [Example(Doc(nlp.vocab, words=words), gold)])
    return nlp


def _listener() -> dict[str, object]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


CONTENDERS: dict[str, tuple[str, Callable[[Path], float | None]]] = {
    "extract": ("wiewatwaar extract, files to JSONL", extract),
    "spacy": ("spaCy nlp.pipe, nl_ent_news_sm as it loads", spacy_same_model),
    "core": ("spaCy nlp.pipe, nl_core_news_sm", spacy_nl_core_news_sm),
    "architecture": (
        "spaCy nlp.pipe, nl_core_news_sm's architecture, untrained weights",
        spacy_nl_core_architecture,
    ),
}


def write_articles(folder: Path, count: int) -> int:
    """Fills a folder with articles; returns how many words they have."""
    paths = sorted([*SEEDS.rglob("*.txt"), *SEEDS.rglob("*.md")])
    sources = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    words = 0
    for number in range(count):
        text = sources[number % len(sources)]
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
        words += len(text.split())
    return words


def run_contender(name: str, folder: Path) -> dict[str, float]:
    """Runs one contender in a process of its own; returns seconds and peak memory in MB."""
    command = [sys.executable, __file__, "--contender", name, str(folder)]
    done = subprocess.run(
        command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def be_contender(name: str, folder: Path) -> None:
    """What the process of a contender does: start-up is in the time, as it is for a user."""
    started = time.perf_counter()
    of_workers = CONTENDERS[name][1](folder)
    seconds = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peak_mb = own if of_workers is None else of_workers
    print(json.dumps({"seconds": seconds, "peak_mb": peak_mb}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--contender", choices=sorted(CONTENDERS))
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.contender:
        be_contender(options.contender, options.folder)
        return
    from importlib.util import find_spec

    installed = find_spec("nl_core_news_sm") is not None
    names = ["extract", "spacy", "core" if installed else "architecture"]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "articles"
        folder.mkdir()
        words = write_articles(folder, options.articles)
        rounds = [{name: run_contender(name, folder) for name in names}
                  for _ in range(options.rounds)]  # fmt: skip
    print(
        f"{date.today()}, {platform.processor() or platform.machine()}, Python "
        f"{platform.python_version()}; {options.articles} articles, {words:,} words, "
        f"{options.rounds} rounds, one worker; start-up included\n"
    )
    print("| | words/s | ratio | peak MB |\n|---|---|---|---|")
    base = statistics.median(one[names[-1]]["seconds"] for one in rounds)
    for name in names:
        seconds = statistics.median(one[name]["seconds"] for one in rounds)
        peak = max(one[name]["peak_mb"] for one in rounds)
        row = f"{words / seconds:,.0f} | {base / seconds:.2f} | {peak:.0f}"
        print(f"| {CONTENDERS[name][0]} | {row} |")


if __name__ == "__main__":
    main()
