"""The stages put together: a text in, a validated record out."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, TypeVar, get_args

from wiewatwaar.articles import Article, batches
from wiewatwaar.cleaning import STAGES, Cleaned, clean
from wiewatwaar.cleaning import Stage as CleaningStage
from wiewatwaar.defaults import DEFAULT_MODEL, DEFAULT_TYPES
from wiewatwaar.entities import group
from wiewatwaar.language import require_dutch
from wiewatwaar.mentions import resolve
from wiewatwaar.recognition import Recogniser
from wiewatwaar.record_making import document_of, entities_of
from wiewatwaar.records import (
    FailedDocument,
    Failure,
    ModelInfo,
    PipelineInfo,
    Record,
    Stage,
)
from wiewatwaar.spans import EntityType, NamedSpan
from wiewatwaar.version import VERSION

if TYPE_CHECKING:
    # Moved to importlib.resources.abc in Python 3.11; only its name is needed.
    from importlib.abc import Traversable

# Articles that go through the model together: enough to keep its matrices full.
_BATCH_ARTICLES = 64
_BATCH_CHARACTERS = 200_000

_T = TypeVar("_T")


class StageError(Exception):
    """A document that a stage could not process.

    Attributes:
        stage: The stage that raised.
    """

    def __init__(self, stage: Stage, cause: Exception) -> None:
        """Wraps what a stage raised.

        Args:
            stage: The stage.
            cause: What it raised.
        """
        super().__init__(f"{stage}: {type(cause).__name__}: {cause}")
        self.stage = stage
        self.cause = cause


class Pipeline:
    """Turns articles into records. Make one with `Pipeline.load`, keep it, use it for many.

    Attributes:
        model: The spaCy model that finds names.
        info: What made the records.
        stages: The stages of cleaning, by name, in order.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        types: Collection[EntityType] = DEFAULT_TYPES,
        keep_text: bool = False,
        dutch_only: bool = False,
        reading: str = "",
        stages: Mapping[str, CleaningStage] = STAGES,
    ) -> None:
        """Takes a recogniser that is already loaded.

        Args:
            recogniser: What finds names in the cleaned text.
            types: Types of entity that records hold.
            keep_text: Whether records hold their source text.
            dutch_only: Whether an article in another language is a failure; one that is too short
                to tell is none.
            reading: How articles are read, where that is not as usual; goes into the fingerprint.
            stages: Stages of cleaning by name, in order, where these are not the usual ones; the
                fingerprint knows them by their names.

        Raises:
            ValueError: A type is unknown.
        """
        unknown = set(types) - set(get_args(EntityType))
        if unknown:
            raise ValueError(f"unknown entity type: {', '.join(sorted(unknown))}")
        self._recogniser = recogniser
        self._types = frozenset(types)
        self._keep_text = keep_text
        self._dutch_only = dutch_only
        self._reading = reading
        self.stages = stages
        self.model = ModelInfo(name=recogniser.name, version=recogniser.version)
        self.info = PipelineInfo(version=VERSION, fingerprint=self._fingerprint())

    @classmethod
    def load(
        cls,
        model: str = DEFAULT_MODEL,
        types: Collection[EntityType] = DEFAULT_TYPES,
        keep_text: bool = False,
        dutch_only: bool = False,
        reading: str = "",
        stages: Mapping[str, CleaningStage] = STAGES,
    ) -> "Pipeline":
        """Loads a spaCy pipeline for Dutch and puts the stages around it.

        Args:
            model: Name of an installed package such as `nl_core_news_sm`, or a path.
            types: Types of entity that records hold.
            keep_text: Whether records hold their source text.
            dutch_only: Whether an article in another language is a failure; one that is too short
                to tell is none.
            reading: How articles are read, where that is not as usual; goes into the fingerprint.
            stages: Stages of cleaning by name, in order, where these are not the usual ones; the
                fingerprint knows them by their names.

        Returns:
            The pipeline.

        Raises:
            wiewatwaar.ModelError: The model is not installed or cannot be used.
            ValueError: A type is unknown.
        """
        return cls(Recogniser.load(model), types, keep_text, dutch_only, reading, stages)

    def process(self, article: Article | str) -> Record:
        """Makes the record of one article.

        Args:
            article: The article, or just its text.

        Returns:
            The record.

        Raises:
            StageError: A stage could not process it.
        """
        if isinstance(article, str):
            article = Article.from_text(article)
        cleaned = self._cleaned(article)
        (spans,) = _run("recognise", lambda: list(self._recogniser.spans([cleaned.text.text])))
        return self._record(article, cleaned, spans)

    def pipe(self, articles: Iterable[Article | Failure | str]) -> Iterator[Record | Failure]:
        """Makes the records of many articles, a batch at a time.

        Args:
            articles: Articles or texts; a text is called by its number, counting from 1. A
                failure, such as a file that could not be read, passes through at its place.

        Yields:
            One record or failure for each article, in the same order.
        """
        for batch in batches(_numbered(articles), _BATCH_ARTICLES, _BATCH_CHARACTERS):
            yield from self._process_batch(batch)

    def _process_batch(self, batch: list[Article | Failure]) -> Iterator[Record | Failure]:
        done: dict[int, Failure] = {}
        cleaned: dict[int, Cleaned] = {}
        for place, article in enumerate(batch):
            if isinstance(article, Failure):
                done[place] = article
                continue
            try:
                cleaned[place] = self._cleaned(article)
            except StageError as error:
                done[place] = failure_of(article, error)
        spans = self._recognise(cleaned)
        for place, article in enumerate(batch):
            if isinstance(article, Failure) or place in done:
                yield done[place]
            elif place in spans:
                yield self._record_or_failure(article, cleaned[place], spans[place])
            else:
                yield self._alone(article)

    def _cleaned(self, article: Article) -> Cleaned:
        cleaned = _run("clean", lambda: clean(article.text, self.stages))
        if self._dutch_only:
            code = str(cleaned.metadata["language"])
            _run("language", lambda: require_dutch(code))
        return cleaned

    def _recognise(self, cleaned: dict[int, Cleaned]) -> dict[int, list[NamedSpan]]:
        """Spans by place in the batch; none at all when one text breaks the whole batch."""
        texts = [one.text.text for one in cleaned.values()]
        try:
            return dict(zip(cleaned, self._recogniser.spans(texts), strict=True))
        except Exception:
            return {}

    def _alone(self, article: Article) -> Record | Failure:
        """Processes an article of a broken batch by itself, so that only the culprit fails."""
        try:
            return self.process(article)
        except StageError as error:
            return failure_of(article, error)

    def _record_or_failure(
        self, article: Article, cleaned: Cleaned, spans: list[NamedSpan]
    ) -> Record | Failure:
        try:
            return self._record(article, cleaned, spans)
        except StageError as error:
            return failure_of(article, error)

    def _record(self, article: Article, cleaned: Cleaned, spans: Sequence[NamedSpan]) -> Record:
        text = cleaned.text.text
        mentions = _run("resolve", lambda: resolve(text, spans))
        groups = _run("resolve", lambda: group(mentions, text))
        return _run(
            "record",
            lambda: Record.of(
                article.text,
                document=document_of(article, cleaned, self._keep_text),
                entities=entities_of(cleaned.text, groups, self._types),
                model=self.model,
                pipeline=self.info,
            ),
        )

    def _fingerprint(self) -> str:
        """What decides a record, in 16 hexadecimal digits: code, lexicon, model and options."""
        parts = [
            code_digest(),
            self.model.name,
            self.model.version,
            self._recogniser.digest,
            *sorted(self._types),
            str(self._keep_text),
            *(["dutch only"] if self._dutch_only else []),
            *([self._reading] if self._reading else []),
            *([] if self.stages is STAGES else map(_called, self.stages.items())),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _called(stage: tuple[str, CleaningStage]) -> str:
    name, function = stage
    module = getattr(function, "__module__", "")
    return f"{name} {module}.{getattr(function, '__qualname__', type(function).__qualname__)}"


def failure_of(article: Article, error: StageError) -> Failure:
    """Makes the failed record of an article.

    Args:
        article: The article.
        error: What went wrong, and where.

    Returns:
        The failure, with what to do about it.
    """
    message = str(error.cause)
    if error.stage != "language":
        message = (
            f"{message or 'no details'}; take this document out of the run, or report it as a "
            "defect with the document"
        )
    return Failure(
        document=FailedDocument(id=article.id, sha256=article.sha256),
        stage=error.stage,
        error=type(error.cause).__name__,
        message=message,
    )


@cache
def code_digest() -> str:
    """Hash of the package's own code and data, in hexadecimal: a part of the fingerprint."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(resources.files("wiewatwaar"), "")):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: "Traversable", prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, name)
        elif entry.name.endswith((".py", ".tsv", ".txt", ".toml", ".json", ".jsonl")):
            yield name, entry.read_bytes()


def _run(stage: Stage, work: Callable[[], _T]) -> _T:
    try:
        return work()
    except Exception as error:
        raise StageError(stage, error) from error


def _numbered(articles: Iterable[Article | Failure | str]) -> Iterator[Article | Failure]:
    """Makes articles of bare texts; the id of one is its number."""
    for number, article in enumerate(articles, start=1):
        yield Article.from_text(article, id=str(number)) if isinstance(article, str) else article
