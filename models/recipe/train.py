"""Makes nl_ent_news_sm from the corpora: python models/recipe/train.py CORPORA RAW.

Each step leaves its result in the build folder and is skipped when that is there, so that a run
that was broken off goes on where it was. Only NumPy's BLAS is used: it is nearly twice as fast
as blis here, in training too.
"""

import argparse
import json
import lzma
import shutil
from collections.abc import Iterator
from pathlib import Path

import corpora
import spacy
from evaluate import evaluate, table
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config
from spacy.vectors import Vectors
from thinc.api import Config, use_ops
from tokenizer import set_tokenizer_rules

from nl_ent_news_sm.consistency import FACTORY

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "nl_ent_news_sm"
VERSION = "1.0.0"

# After training on both corpora, the model goes on with the news alone, slowly: that is what it is
# for, and the conventions of the two differ in places.
TUNING = {
    "training.dropout": 0.3,
    "training.max_steps": 2100,
    "training.eval_frequency": 300,
    "training.optimizer.learn_rate.initial_rate": 0.0004,
    "training.optimizer.learn_rate.warmup_steps": 50,
    "training.optimizer.learn_rate.total_steps": 2100,
    "corpora.train.augmenter.case_level": 0.03,
}
TUNING_SEED = 3

# Smaller weights make the model name less and err less; the consistency component finds again
# what is named elsewhere in the document. Chosen on the development set, worth 0.1 to 0.2 points.
SHRINKAGE = 0.9

# floret: skip-gram beats CBOW by more than a point of F; one table row takes 768 bytes, so that
# the table is 29 MB of the 40 MB that the package may take.
VECTOR_SETTINGS = {
    "model": "skipgram",
    "mode": "floret",
    "hashCount": 2,
    "bucket": 38_000,
    "minn": 4,
    "maxn": 5,
    "minCount": 4,
    "dim": 192,
    "epoch": 6,
    "lr": 0.05,
    "neg": 5,
    "ws": 5,
}


def blank() -> Language:
    """An empty Dutch pipeline with the tokenizer of the model."""
    nlp = spacy.blank("nl")
    set_tokenizer_rules(nlp)
    return nlp


def raw_lines(corpora_dir: Path, raw_dir: Path) -> Iterator[str]:
    """The running text that the vectors learn from: raw news and the training corpora."""
    nlp = blank()

    def texts() -> Iterator[str]:
        with lzma.open(raw_dir / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                yield item["title"]
                yield item["text"]
        with (corpora_dir / "news/train.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield from json.loads(line)["text"].split("\n")

    for text in texts():
        yield " ".join(token.text for token in nlp.make_doc(text) if not token.is_space)
    for doc in corpora.read_conll(nlp, corpora_dir / "conll2002-nl/train.conll"):
        yield " ".join(token.text for token in doc)


def make_vectors(corpora_dir: Path, raw_dir: Path, build: Path, threads: int) -> Path:
    """Trains the word vectors; returns the file of them."""
    vectors = build / "vectors.floret"
    if vectors.exists():
        return vectors
    import floret

    text = build / "raw.txt"
    with text.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in raw_lines(corpora_dir, raw_dir))
    model = floret.train_unsupervised(str(text), thread=threads, **VECTOR_SETTINGS)
    model.save_floret_vectors(str(vectors) + ".partial")
    Path(str(vectors) + ".partial").rename(vectors)
    return vectors


def read_floret(nlp: Language, path: Path) -> Vectors:
    """Reads floret's own file into spaCy's compact table."""
    from spacy.training.initialize import convert_vectors

    convert_vectors(nlp, path, truncate=0, prune=-1, mode="floret")
    return nlp.vocab.vectors


def make_corpora(corpora_dir: Path, build: Path) -> dict[str, Path]:
    """Writes the documents as spaCy reads them: `both`, `news` alone, and `dev`."""
    nlp = blank()
    conll, news = corpora_dir / "conll2002-nl", corpora_dir / "news"
    paths = {name: build / f"{name}.spacy" for name in ("both", "news", "dev")}
    if not all(path.exists() for path in paths.values()):
        articles = list(corpora.read_news(nlp, news / "train.jsonl"))
        joined = corpora.SENTENCES_PER_DOCUMENT
        sentences = list(corpora.read_conll(nlp, conll / "train.conll", joined))
        DocBin(docs=articles).to_disk(paths["news"])
        DocBin(docs=articles + sentences).to_disk(paths["both"])
        DocBin(docs=corpora.read_news(nlp, news / "dev.jsonl")).to_disk(paths["dev"])
    return paths


def lookup_vectors(nlp: Language, floret: Vectors, words: set[str]) -> Vectors:
    """A plain table with the floret vectors of the words that training meets.

    The same numbers without hashing the same character n-grams again at every step; the compact
    table takes its place when training is done.
    """
    ordered = sorted(words)
    keys = [nlp.vocab.strings.add(word) for word in ordered]
    return Vectors(strings=nlp.vocab.strings, data=floret.get_batch(keys), keys=keys)


def settings(paths: dict[str, Path], train_on: str, **overrides: object) -> Config:
    """The settings of a run: config.cfg with the paths of the documents."""
    places = {"paths.train": str(paths[train_on]), "paths.dev": str(paths["dev"])}
    return load_config(HERE / "config.cfg", overrides={**places, **overrides})


def train(paths: dict[str, Path], vectors_path: Path, build: Path, seed: int) -> Path:
    """Trains tok2vec and ner on both corpora; returns the folder of the model."""
    run = build / f"both-seed{seed}"
    if (run / "done").exists():
        return run / "model-best"
    config = settings(paths, "both", **{"system.seed": seed})
    prepared = blank()
    floret = read_floret(prepared, vectors_path)
    docs = [
        doc
        for name in ("both", "dev")
        for doc in DocBin().from_disk(paths[name]).get_docs(prepared.vocab)
    ]
    prepared.vocab.vectors = lookup_vectors(prepared, floret, corpora.word_forms(docs))
    prepared.to_disk(build / "lookup")
    config["initialize"]["vectors"] = str(build / "lookup")
    nlp = init_nlp(config)
    set_tokenizer_rules(nlp)
    return _run(nlp, run)


def tune(trained: Path, paths: dict[str, Path], build: Path) -> Path:
    """Goes on with the news alone; returns the folder of the model."""
    run = build / f"{trained.parent.name}-tuned"
    if (run / "done").exists():
        return run / "model-best"
    config = settings(paths, "news", **TUNING, **{"system.seed": TUNING_SEED})
    nlp = spacy.load(trained)
    # A saved model has its settings filled in: what config.cfg leaves to spaCy stays as it is.
    filled = nlp.config.copy()
    for section in ("training", "corpora", "paths", "system"):
        nlp.config[section] = filled[section] | config[section]
    for corpus in ("train", "dev"):
        nlp.config["corpora"][corpus] = filled["corpora"][corpus] | config["corpora"][corpus]
    nlp.config["initialize"].update(vectors=None, init_tok2vec=None)
    return _run(nlp, run)


def _run(nlp: Language, run: Path) -> Path:
    run.mkdir(parents=True, exist_ok=True)
    train_loop(nlp, run, use_gpu=-1)
    (run / "done").touch()
    return run / "model-best"


def shrink(nlp: Language) -> None:
    """Multiplies the weights of tok2vec and ner by SHRINKAGE."""
    for name in ("tok2vec", "ner"):
        for node in nlp.get_pipe(name).model.walk():
            for param in node.param_names:
                if node.has_param(param):
                    node.set_param(param, SHRINKAGE * node.get_param(param))


def finish(best: Path, vectors_path: Path, target: Path) -> None:
    """Puts the compact vectors into a trained model and writes it without what it can do without.

    Args:
        best: The folder of the model as training left it.
        vectors_path: floret's file of vectors.
        target: Where the finished model goes.
    """
    prepared = blank()
    read_floret(prepared, vectors_path)
    # The vocabulary of training holds every word of the corpora: it stays behind.
    nlp = spacy.load(best, exclude=["vocab"])
    nlp.vocab.vectors = prepared.vocab.vectors
    nlp.config["initialize"]["vectors"] = None
    for name in ("train", "dev", "vectors"):
        nlp.config["paths"][name] = None
    shrink(nlp)
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
    paths = make_corpora(options.corpora, options.build)
    with use_ops("numpy", use_blis=False):
        trained = train(paths, vectors, options.build, options.seed)
        tuned = tune(trained, paths, options.build)
        finish(tuned, vectors, options.build / "finished")
        package(options.build / "finished", options.corpora)


if __name__ == "__main__":
    main()
