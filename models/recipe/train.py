"""Makes nl_ent_news_sm from the corpora: python models/recipe/train.py CORPORA RAW.

Each step leaves its result in the build folder and is skipped when that is there, so that a run
that was broken off goes on where it was. Only NumPy's BLAS is used: it is nearly twice as fast
as blis here, in training too.
"""

import argparse
import json
import shutil
from pathlib import Path

import corpora
import spacy
import variation  # noqa: F401
from evaluate import OWN_TEST, evaluate, table
from spacy.tokens import DocBin
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
VERSION = "1.1.0"


def make_corpora(corpora_dir: Path, raw_dir: Path, build: Path) -> tuple[Path, Path]:
    """Writes the documents as spaCy reads them.

    Args:
        corpora_dir: Folder with conll2002-nl/ and news/.
        raw_dir: Folder with news.jsonl.xz.
        build: Where they go.

    Returns:
        The files of the training and of the development documents.
    """
    train, dev = build / "train.spacy", build / "dev.spacy"
    if not (train.exists() and dev.exists()):
        nlp = blank()
        articles = (
            *corpora.read_articles(corpora_dir / "news/train.jsonl"),
            *corpora.read_stand_off(STAND_OFF, raw_dir / "news.jsonl.xz"),
            *corpora.read_marked(OWN_TRAIN),
        )
        joined = corpora.SENTENCES_PER_DOCUMENT
        conll = list(corpora.read_conll(nlp, corpora_dir / "conll2002-nl/train.conll", joined))
        # CoNLL twice: it is the only Flemish news, and a tenth of the rest.
        DocBin(docs=[*corpora.documents(nlp, articles), *conll, *conll]).to_disk(train)
        held_out = corpora.read_articles(corpora_dir / "news/dev.jsonl")
        DocBin(docs=corpora.documents(nlp, held_out)).to_disk(dev)
    return train, dev


def train(train_path: Path, dev_path: Path, vectors_path: Path, build: Path, seed: int) -> Path:
    """Trains tok2vec and ner; returns the folder of the best model on the development set."""
    run = build / f"seed{seed}"
    if (run / "done").exists():
        return run / "model-best"
    nlp = blank()
    docs = [
        doc
        for path in (train_path, dev_path)
        for doc in DocBin().from_disk(path).get_docs(nlp.vocab)
    ]
    run.mkdir(parents=True, exist_ok=True)
    lookup(compact(vectors_path), docs).to_disk(run / "lookup")
    places = {
        "corpora.train.paths": {str(train_path): 1.0},
        "paths.dev": str(dev_path),
        "paths.vectors": str(run / "lookup"),
        "system.seed": seed,
    }
    nlp = init_nlp(load_config(HERE / "config.cfg", overrides=places))
    set_tokenizer_rules(nlp)
    train_loop(nlp, run, use_gpu=-1)
    (run / "done").touch()
    return run / "model-best"


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
    train_path, dev_path = make_corpora(options.corpora, options.raw, options.build)
    with use_ops("numpy", use_blis=False):
        trained = train(train_path, dev_path, vectors, options.build, options.seed)
        finish(trained, vectors, options.build / "finished")
        package(options.build / "finished", options.corpora)


if __name__ == "__main__":
    main()
