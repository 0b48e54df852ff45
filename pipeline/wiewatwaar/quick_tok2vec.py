"""Runs the convolutions of a spaCy model with less work, and each text as if it were alone.

Two layers of a tok2vec are replaced by ones that give the same. What a word brings with it
wherever it stands, its embedding, is computed once and remembered. And in the convolutions every
text begins at a row that fits the kernels of matrix products: they round differently in the rows
that are left over at the end of a matrix, so that the last bits of an answer would depend on the
texts beside it. A run that goes on where another was killed has other texts in its batches, and
could differ from an undisturbed one wherever two labels are all but equal.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from spacy.attrs import NORM, ORTH, SPACY, intify_attr
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from wiewatwaar.regulars import Regulars

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows: TypeAlias = NDArray[np.float32]
    Features: TypeAlias = NDArray[np.uint64]

REMEMBERED_WORDS = 20_000
"""How many words are remembered; one of 128 numbers takes some 700 bytes."""

# So many are remembered at once, later ones when they come again.
_REMEMBERED_AT_ONCE = 16_000

# Vectors are only asked for words that are not remembered here.
_REMEMBERED_VECTORS = 2_000

# What the kernels of matrix products take at once; and products of fewer multiplications than
# these go to other kernels.
_WORDS_AT_ONCE = 32
_MIN_MULTIPLICATIONS = 1_500_000
# Fewer than what the kernels for AVX2 take as one.
_BLOCK_WORDS = 256

# What the cache of a core holds, with all that is computed on the way.
_CHUNK_WORDS = 1_000

# As thinc has it in its layer norm.
_EPSILON = np.float32(1e-8)

# Layers that look at one word at a time, and those of convolutions.
_WORD_LAYERS = frozenset(
    {
        "extract_features",
        "list2ragged",
        "ints-getitem",
        "hashembed",
        "static_vectors",
        "maxout",
        "layernorm",
        "dropout",
        "ragged2list",
    }
)
_CONVOLUTION_LAYERS = frozenset({"expand_window", "maxout", "layernorm", "dropout"})


def quicken(nlp: Language) -> None:
    """Replaces layers of the components of a pipeline, which cannot be trained any more then.

    A tok2vec of another build, such as a transformer, is left as it is.

    Args:
        nlp: The pipeline, which is changed.
    """
    for name in nlp.pipe_names:
        model = getattr(nlp.get_pipe(name), "model", None)
        if isinstance(model, Model) and _quicken(model):
            _let_forget(nlp.vocab)


def _let_forget(vocab: Vocab) -> None:
    """Has vectors that remember words remember few: what is made of them is remembered."""
    if hasattr(vocab.vectors, "most_remembered"):
        vocab.vectors.most_remembered = _REMEMBERED_VECTORS


def _quicken(model: "Model[Any, Any]") -> bool:
    """Replaces layers; whether embeddings of words are remembered now."""
    remembers = False
    nodes = list(model.walk())
    tok2vecs = [node for node in nodes if {"embed", "encode"} <= set(node.ref_names)]
    # A tok2vec that listens to another component has neither.
    for node in nodes:
        node.ops = _SteadyOps(use_blis=False)
    for tok2vec in tok2vecs:
        embed, encode = tok2vec.get_ref("embed"), tok2vec.get_ref("encode")
        if _leaves(embed) <= _WORD_LAYERS and "extract_features" in _leaves(embed):
            _replace(tok2vec, embed, _Words(embed).rows_of)
            remembers = True
        if _leaves(encode) == _CONVOLUTION_LAYERS and encode.attrs.get("pad"):
            _replace(tok2vec, encode, _Convolutions(encode).rows_of)
    return remembers


def _leaves(model: "Model[Any, Any]") -> set[str]:
    return {node.name for node in model.walk() if not node.layers}


def _replace(
    parent: "Model[Any, Any]", layer: "Model[Any, Any]", predict: Callable[[Any], Any]
) -> None:
    def forward(model: object, given: Any, is_train: bool) -> Any:  # noqa: ANN401
        return predict(given), lambda gradient: gradient

    dims = {name: layer.maybe_get_dim(name) for name in layer.dim_names}
    parent.replace_node(layer, Model(f"quick {layer.name}", forward, dims=dims))


class _Words:
    """The embeddings of words, by their features; the most usual ones are remembered."""

    def __init__(self, embed: "Model[Any, Any]") -> None:
        self._embed = embed
        extract = next(node for node in embed.walk() if node.name == "extract_features")
        self._columns = [intify_attr(one) for one in extract.attrs["columns"]]
        self._places: dict[bytes, int] = {}
        self._regulars: Regulars[bytes] = Regulars(_REMEMBERED_AT_ONCE, REMEMBERED_WORDS)
        self._table: Rows = np.empty((0, 0), np.float32)

    def rows_of(self, docs: Sequence[Doc]) -> "list[Rows]":
        """Embeds the words of texts.

        Args:
            docs: The texts, of one vocabulary.

        Returns:
            For each text a row for each of its words.
        """
        if not sum(map(len, docs)):
            return self._embed.predict(docs)  # type: ignore[no-any-return]
        features = self._features(docs)
        keys = [row.tobytes() for row in features]
        places = np.array([self._places.get(key, -1) for key in keys])
        (missing,) = np.nonzero(places < 0)
        if len(missing):
            first = {keys[place]: place for place in reversed(missing)}
            made = self._made(docs[0].vocab, features[list(first.values())])
            if made is None:
                return self._embed.predict(docs)  # type: ignore[no-any-return]
            numbers = {key: number for number, key in enumerate(first)}
            self._remember(numbers, made)
            found = self._table[places]
            found[missing] = made[[numbers[keys[place]] for place in missing]]
        else:
            found = self._table[places]
        return np.split(found, np.cumsum([len(doc) for doc in docs])[:-1])

    def _features(self, docs: Sequence[Doc]) -> "Features":
        vector_key = getattr(docs[0].vocab.vectors, "attr", ORTH)
        attributes = [*self._columns, vector_key, ORTH]
        return np.concatenate([doc.to_array(attributes) for doc in docs])

    def _made(self, vocab: Vocab, features: "Features") -> "Rows | None":
        """Embeds words that are not known; None when they cannot be had by themselves."""
        strings = vocab.strings
        words = [strings[word] for word in features[:, -1]]
        column = {attribute: number for number, attribute in enumerate(self._columns)}
        spaces = features[:, column[SPACY]].astype(bool) if SPACY in column else None
        doc = Doc(vocab, words, None if spaces is None else spaces.tolist())
        if NORM in column:
            for token, norm in zip(doc, features[:, column[NORM]], strict=True):
                if token.norm != norm:
                    token.norm_ = strings[norm]
        if not np.array_equal(self._features([doc]), features):
            return None
        (rows,) = self._embed.predict([doc])
        return rows  # type: ignore[no-any-return]

    def _remember(self, numbers: dict[bytes, int], rows: "Rows") -> None:
        if not self._table.size:
            # Memory that is not written to is not taken.
            self._table = np.empty((REMEMBERED_WORDS, rows.shape[1]), np.float32)
        new = self._regulars.take(numbers)
        known = len(self._places)
        self._table[known : known + len(new)] = rows[[numbers[key] for key in new]]
        self._places.update(zip(new, range(known, known + len(new)), strict=True))


class _Convolutions:
    """The layers of a window encoder, over matrices with a column for each word."""

    def __init__(self, encode: "Model[Any, Any]") -> None:
        nodes = list(encode.walk())
        maxouts = [node for node in nodes if node.name == "maxout"]
        norms = [node for node in nodes if node.name == "layernorm"]
        self._layers = [_layer(*pair) for pair in zip(maxouts, norms, strict=True)]
        self._gap: int = encode.attrs["pad"]
        self._width: int = encode.get_dim("nO")
        self._weights: int = self._layers[0][0].size

    def rows_of(self, texts: "Sequence[Rows]") -> "list[Rows]":
        """Encodes texts.

        Args:
            texts: For each text the embeddings of its words.

        Returns:
            For each text a row for each of its words, which knows its neighbours.
        """
        done: list[Rows] = []
        for chunk in _chunks(texts):
            starts, end = self._laid_out(chunk)
            # Between texts lies nothing: zeros, as far as a word sees through all the layers.
            columns = np.zeros((self._width, _steady(end, self._weights)), np.float32)
            for start, text in zip(starts, chunk, strict=True):
                columns[:, start : start + len(text)] = text.T
            rows = np.ascontiguousarray(self._convolved(columns).T)
            done += [rows[at : at + len(one)] for at, one in zip(starts, chunk, strict=True)]
        return done

    def _laid_out(self, chunk: "list[Rows]") -> tuple[list[int], int]:
        """Where each text begins, and where the gap behind the last one ends."""
        starts: list[int] = []
        end = self._gap
        for text in chunk:
            starts.append(end)
            end += len(text) + self._gap
        return starts, end

    def _convolved(self, columns: "Rows") -> "Rows":
        width, words = columns.shape
        window = np.zeros((3 * width, words), np.float32)
        for weights, bias, gain, shift in self._layers:
            window[:width, 1:] = columns[:, :-1]
            window[width : 2 * width] = columns
            window[2 * width :, :-1] = columns[:, 1:]
            pieces = _product(weights, window)
            pieces += bias
            best = pieces.reshape(-1, width, words).max(axis=0)
            best -= best.mean(axis=0)
            best *= 1 / np.sqrt(np.square(best).mean(axis=0) + _EPSILON)
            best *= gain
            best += shift
            columns += best
        return columns


def _layer(maxout: "Model[Any, Any]", norm: "Model[Any, Any]") -> "tuple[Rows, Rows, Rows, Rows]":
    """The weights of a layer, piece by piece, and what normalises it, each as a column."""
    weights: Rows = np.asarray(maxout.get_param("W"))
    bias: Rows = np.asarray(maxout.get_param("b"))
    gain: Rows = np.asarray(norm.get_param("G"))
    shift: Rows = np.asarray(norm.get_param("b"))
    by_piece = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(-1, weights.shape[2])
    return by_piece, bias.T.reshape(-1, 1), gain.reshape(-1, 1), shift.reshape(-1, 1)


def _chunks(texts: "Sequence[Rows]") -> "Iterator[list[Rows]]":
    chunk: list[Rows] = []
    length = 0
    for text in texts:
        if chunk and length + len(text) > _CHUNK_WORDS:
            yield chunk
            chunk, length = [], 0
        chunk.append(text)
        length += len(text)
    if chunk:
        yield chunk


class _SteadyOps(NumpyOps):  # type: ignore[misc]
    """Products of matrices that come out the same for a row, whatever rows are beside it."""

    def gemm(
        self,
        x: "Rows",
        y: "Rows",
        out: "Rows | None" = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> "Rows":
        """Multiplies matrices, as thinc asks for it in layers that predict."""
        if trans1 or not trans2 or not x.size:
            return super().gemm(  # type: ignore[no-any-return]
                x, y, out=out, trans1=trans1, trans2=trans2
            )
        rows = np.zeros((_steady(len(x), y.size), x.shape[1]), np.float32)
        rows[: len(x)] = x
        product = _product(y, rows.T)[:, : len(x)].T
        if out is None:
            return np.ascontiguousarray(product)
        out[...] = product
        return out


def _product(weights: "Rows", columns: "Rows") -> "Rows":
    """Multiplies matrices, so that each column comes out as if it stood anywhere else."""
    steady = _steady_columns(*weights.shape)
    if steady is None:
        return np.dot(weights, columns)  # type: ignore[no-any-return]
    words = columns.shape[1]
    product = np.empty((len(weights), words), np.float32)
    for start in range(0, words, len(steady)):
        taken = min(len(steady), words - start)
        inside = slice(steady.start, steady.start + taken)
        block = np.zeros((len(columns), _BLOCK_WORDS), np.float32)
        block[:, inside] = columns[:, start : start + taken]
        product[:, start : start + taken] = np.dot(weights, block)[:, inside]
    return product


@lru_cache(maxsize=64)
def _steady_columns(rows: int, depth: int) -> range | None:
    """The columns of a block that the kernels of this processor round alike; None: any are.

    Kernels for AVX-512 treat all columns of a wide matrix alike. Those for AVX2 take the first and
    last eight of every few hundred by themselves, and threads part a matrix where they like. So
    it is tried out, with one column many times.
    """
    draw = np.random.default_rng(0)
    weights = draw.standard_normal((rows, depth), np.float32)
    column = draw.standard_normal((depth, 1), np.float32)
    least = _steady(1, weights.size)
    wide = (np.dot(weights, np.repeat(column, times * least, axis=1)) for times in (1, 2, 5))
    if all((one == one[:, :1]).all() for one in wide):
        return None
    block = np.dot(weights, np.repeat(column, _BLOCK_WORDS, axis=1))
    borders = np.flatnonzero((block[:, 1:] != block[:, :-1]).any(axis=0)) + 1
    parts = np.split(np.arange(_BLOCK_WORDS), borders)
    longest = max(parts, key=len)
    return range(int(longest[0]), int(longest[-1]) + 1)


def _steady(words: int, weights: int) -> int:
    """So many words that the kernels of OpenBLAS treat them all alike.

    Small products go to other kernels; and in what does not fill the registers of the processor
    at the end of a matrix, sums are made in another order.
    """
    least = max(words, -(-_MIN_MULTIPLICATIONS // weights))
    return -(-least // _WORDS_AT_ONCE) * _WORDS_AT_ONCE
