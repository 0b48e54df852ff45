"""Makes nl_ent_news_sm from the corpora: python models/recipe/train.py CORPORA RAW.

Each step leaves its result in the build folder and is skipped when that is there, so that a run
that was broken off goes on where it was. Only NumPy's BLAS is used: it is nearly twice as fast
as blis here, in training too.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import corpora
import numpy as np
import spacy
import variation  # noqa: F401
from evaluate import OWN_TEST, evaluate, table
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config
from thinc.api import use_ops
from tokenizer import set_tokenizer_rules
from word_vectors import blank, compact, lookup, make_vectors

from nl_ent_news_sm.consistency import FACTORY
from nl_ent_news_sm.vectors import NAME as COMPACT_VECTORS

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "nl_ent_news_sm"
OWN_TRAIN = OWN_TEST.with_name("train.txt")
STAND_OFF = HERE / "annotations/raw.jsonl"
VERSION = "1.3.0"
TRAINED = ("tok2vec", "ner")
REFINING = {
    "training.max_steps": 7_000,
    "training.optimizer.learn_rate.total_steps": 7_000,
    "training.optimizer.learn_rate.initial_rate": 0.0012,
}
"""The settings of the short runs that go on from a long one, and whose mean is the model."""


def make_corpora(corpora_dir: Path, raw_dir: Path, build: Path) -> tuple[dict[str, float], Path]:
    """Writes the documents as spaCy reads them.

    Args:
        corpora_dir: Folder with conll2002-nl/ and news/.
        raw_dir: Folder with news.jsonl.xz.
        build: Where they go.

    Returns:
        The files of the training documents, with how often their documents are read while all are
        gone through once, and the file of the development documents.
    """
    nlp = blank()
    news, raw = corpora_dir / "news", raw_dir / "news.jsonl.xz"
    joined = corpora.SENTENCES_PER_DOCUMENT
    conll = corpora_dir / "conll2002-nl/train.conll"
    # CoNLL is the only Flemish news, and of our own corpus most is of other registers than news:
    # each of them is a small part of the rest.
    sources: dict[str, tuple[float, Callable[[], Iterable[Doc]]]] = {
        "news": (1.0, lambda: corpora.documents(nlp, corpora.read_articles(news / "train.jsonl"))),
        "raw": (1.0, lambda: corpora.documents(nlp, corpora.read_stand_off(STAND_OFF, raw))),
        "own": (4.0, lambda: corpora.documents(nlp, corpora.read_marked(OWN_TRAIN))),
        "conll": (2.0, lambda: corpora.read_conll(nlp, conll, joined)),
        "dev": (0.0, lambda: corpora.documents(nlp, corpora.read_articles(news / "dev.jsonl"))),
    }
    for name, (_, documents) in sources.items():
        path = build / f"{name}.spacy"
        if not path.exists():
            DocBin(docs=list(documents())).to_disk(path)
    shares = {str(build / f"{name}.spacy"): share for name, (share, _) in sources.items() if share}
    return shares, build / "dev.spacy"


def make_lookup(shares: dict[str, float], dev: Path, vectors_path: Path, build: Path) -> Path:
    """Writes the table of the vectors that training meets, unless that was done."""
    table = build / "lookup"
    if not table.exists():
        nlp = blank()
        docs = [
            doc for path in (*shares, dev) for doc in DocBin().from_disk(path).get_docs(nlp.vocab)
        ]
        lookup(compact(vectors_path), docs).to_disk(build / "lookup.partial")
        (build / "lookup.partial").rename(table)
    return table


def train(
    shares: dict[str, float],
    dev: Path,
    table: Path,
    run: Path,
    seed: int,
    start: Path | None = None,
) -> Path:
    """Trains tok2vec and ner, unless that was done.

    Args:
        shares: The files of the training documents, as `make_corpora` returns them.
        dev: The file of the development documents.
        table: The vectors, as `make_lookup` writes them.
        run: Folder of this run.
        seed: Of the weights and of all that is drawn.
        start: The folder of a model to go on from, with a short run and another draw of the data.

    Returns:
        The folder of the best model on the development set.
    """
    if not (run / "done").exists():
        run.mkdir(parents=True, exist_ok=True)
        settings: dict[str, Any] = {
            "paths.dev": str(dev),
            "paths.vectors": str(table),
            "system.seed": seed,
        }
        if start:
            settings |= REFINING
        config = load_config(HERE / "config.cfg", overrides=settings)
        config["corpora"]["train"]["paths"] = shares
        if start:
            for name in TRAINED:
                config["components"][name] = {"source": str(start), "component": name}
        nlp = init_nlp(config)
        set_tokenizer_rules(nlp)
        train_loop(nlp, run, use_gpu=-1)
        (run / "done").touch()
    return run / "model-best"


def average(models: list[Path], target: Path) -> Path:
    """Writes the model whose weights are the means of those of others.

    Args:
        models: Folders of models that went on from one and the same.
        target: Where it goes.

    Returns:
        The target.
    """
    pipelines = [spacy.load(model, exclude=["vocab"]) for model in models]
    for name in TRAINED:
        nodes = [list(nlp.get_pipe(name).model.walk()) for nlp in pipelines]  # type: ignore[attr-defined]
        for same in zip(*nodes, strict=True):
            for weight in filter(same[0].has_param, same[0].param_names):
                mean = np.mean([node.get_param(weight) for node in same], axis=0)
                same[0].set_param(weight, mean)
    pipelines[0].to_disk(target, exclude=["vocab"])
    return target


def finish(best: Path, vectors_path: Path, target: Path) -> None:
    """Puts the compact vectors into a trained model and writes it without what it can do without.

    Args:
        best: The folder of the model as training left it.
        vectors_path: floret's file of vectors.
        target: Where the finished model goes.
    """
    # The vocabulary of training holds every word of the corpora: it stays behind.
    nlp = spacy.load(best, exclude=["vocab"])
    vectors = compact(vectors_path)
    vectors.strings = nlp.vocab.strings
    nlp.vocab.vectors = vectors
    nlp.config["nlp"]["vectors"] = {"@vectors": COMPACT_VECTORS}
    nlp.config["initialize"]["vectors"] = None
    for name in ("dev", "vectors"):
        nlp.config["paths"][name] = None
    nlp.config["corpora"]["train"]["paths"] = {}
    nlp.add_pipe(FACTORY, name="consistency", last=True)
    nlp.meta.update(name="ent_news_sm", version=VERSION)
    if target.exists():
        shutil.rmtree(target)
    nlp.to_disk(target)


def package(model: Path, corpora_dir: Path) -> None:
    """Copies a finished model into the package, with its measured figures in meta.json."""
    data = PACKAGE / f"nl_ent_news_sm-{VERSION}"
    for old in PACKAGE.glob("nl_ent_news_sm-*"):
        shutil.rmtree(old)
    shutil.copytree(model, data)
    scores = evaluate(spacy.load(data), corpora_dir)
    meta_path = data / "meta.json"
    meta = json.loads(meta_path.read_text("utf-8"))
    meta.update(json.loads((HERE / "meta.json").read_text("utf-8")))
    meta["performance"] = scores
    meta_path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", "utf-8")
    shutil.copyfile(meta_path, PACKAGE / "meta.json")
    print(table(scores))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with conll2002-nl/ and news/")
    parser.add_argument("raw", type=Path, help="folder with news.jsonl.xz")
    parser.add_argument("--build", type=Path, default=HERE.parent / "build")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.build.mkdir(parents=True, exist_ok=True)
    vectors = make_vectors(options.corpora, options.raw, options.build, options.threads)
    shares, dev = make_corpora(options.corpora, options.raw, options.build)
    table = make_lookup(shares, dev, vectors, options.build)
    seeds = [options.seed + number for number in range(3)]
    with use_ops("numpy", use_blis=False):
        start = train(shares, dev, table, options.build / "start", seeds[0])
        refined = [
            train(shares, dev, table, options.build / f"refined{seed}", seed, start)
            for seed in seeds[1:]
        ]
        trained = average(refined, options.build / "mean")
        finish(trained, vectors, options.build / "finished")
        package(options.build / "finished", options.corpora)


if __name__ == "__main__":
    main()
