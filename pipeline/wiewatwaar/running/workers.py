"""Worker processes: articles in, lines of output out, in order, whichever of them dies.

Each worker is a `ProcessPoolExecutor` of its own with one process: when the process dies, only
what it had in hand is in doubt, and the first of that is what killed it. One pool of many
processes would break as a whole, without a word on which document it was.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from wiewatwaar.articles import Article
from wiewatwaar.errors import UserError
from wiewatwaar.options import Options
from wiewatwaar.outputs import to_line

if TYPE_CHECKING:
    from wiewatwaar.pipeline import Pipeline
    from wiewatwaar.records import Failure, Record

# One batch that a worker is busy with, and one that lies ready for it.
_TASKS_IN_HAND = 2

# Batches that may be done, or waited for, while the one before them is not: bounds the memory.
_BATCHES_PER_WORKER = 6


Packed: TypeAlias = tuple[str, str, str, dict[str, str | tuple[str, ...]]]
"""An article as it goes to a worker: read-only views cannot be sent."""


class WorkerError(UserError):
    """Workers cannot be started; says what to do in one line."""


class Line(NamedTuple):
    """One line of the output, and what the summary needs to know of it.

    Attributes:
        content: The record in JSON, with its line end.
        words: Words of the document; 0 when it failed.
        failed_stage: The stage that failed; None when none did.
        reused: Whether an earlier run made it.
    """

    content: bytes
    words: int = 0
    failed_stage: str | None = None
    reused: bool = False


def line_of(record: "Record | Failure") -> Line:
    """Makes the line of a record.

    Args:
        record: The record or the failure.

    Returns:
        Its line.
    """
    if record.status == "ok":
        return Line(to_line(record), words=record.document.words)
    return Line(to_line(record), failed_stage=record.stage)


def packed(article: Article) -> Packed:
    """Makes ready for sending what an article holds: `Article(*packed(article))` is the same.

    Args:
        article: The article.

    Returns:
        Its parts.
    """
    return article.id, article.text, article.sha256, dict(article.metadata)


@dataclass(slots=True)
class _Batch:
    """Documents that belong together in the output: each a line already, or to be made one."""

    slots: list[Line | Article]
    missing: int

    def fill(self, place: int, line: Line) -> None:
        self.slots[place] = line
        self.missing -= 1


@dataclass(slots=True)
class _Task:
    """What a worker is given at once: articles of one batch."""

    batch: _Batch
    places: list[int]
    alone: bool = False
    future: "Future[tuple[list[Line], int]] | None" = None


@dataclass(slots=True)
class _Worker:
    """A process that makes records, and what it has in hand."""

    executor: ProcessPoolExecutor
    processes: list[BaseProcess]
    loaded: "Future[str]"
    tasks: deque[_Task] = field(default_factory=deque)
    ready: bool = False
    head_began: float = 0.0

    @classmethod
    def start(cls, options: Options) -> "_Worker":
        executor = ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)
        before = active_children()
        with _sigint_blocked():
            loaded = executor.submit(_load, options)
        processes = [child for child in active_children() if child not in before]
        return cls(executor, processes, loaded)

    def give(self, task: _Task) -> None:
        slots = [task.batch.slots[place] for place in task.places]
        articles = [packed(one) for one in slots if isinstance(one, Article)]
        task.future = self.executor.submit(_work, articles)
        if not self.tasks:
            self.head_began = monotonic()
        self.tasks.append(task)

    def waits_for(self) -> "Future[Any] | None":
        if not self.loaded.done():
            return self.loaded
        return self.tasks[0].future if self.tasks else None

    def kill(self) -> None:
        for process in self.processes:
            process.kill()
        self.executor.shutdown(wait=False, cancel_futures=True)


class Crew:
    """Workers that load the pipeline once each, and then make lines of batch after batch."""

    def __init__(self, options: Options, workers: int, timeout_s: float | None = None) -> None:
        """Starts the first worker; others follow when there is work for them.

        Args:
            options: The pipeline that each worker loads.
            workers: How many there may be at once.
            timeout_s: Seconds that one document may take; None for no limit.
        """
        self._options = options
        self._size = workers
        self._timeout_s = timeout_s
        self._retries: deque[_Task] = deque()
        self._workers = [_Worker.start(options)]
        self.peak_memory_bytes = 0

    def __enter__(self) -> "Crew":
        """Nothing more to do."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Ends the workers at once, whatever they are doing."""
        for worker in self._workers:
            worker.kill()

    def fingerprint(self) -> str:
        """What decides a record: code, lexicon, model and options.

        Returns:
            The fingerprint of the pipeline, as soon as a worker has loaded it.

        Raises:
            wiewatwaar.ModelError: The model is not installed or cannot be used.
            WorkerError: The worker died.
        """
        return _loaded(self._workers[0])

    def lines(self, batches: Iterable[Sequence[Line | Article]]) -> Iterator[list[Line]]:
        """Makes the lines of batches of documents.

        Args:
            batches: Articles, and between them lines that are made already. Only as many are
                taken as the workers need.

        Yields:
            The lines of each batch, in the order of the batches.

        Raises:
            wiewatwaar.ModelError: The model is not installed or cannot be used.
            WorkerError: Workers die while they load the model.
        """
        remaining = iter(batches)
        unfinished: deque[_Batch] = deque()
        exhausted = False
        while not exhausted or unfinished:
            while self._retries and self._has_room():
                self._assign(self._retries.popleft())
            while unfinished and not unfinished[0].missing:
                yield [line for line in unfinished.popleft().slots if isinstance(line, Line)]
            room = len(unfinished) < self._size * _BATCHES_PER_WORKER and self._has_room()
            if room and not exhausted:
                slots = next(remaining, None)
                if slots is None:
                    exhausted = True
                    continue
                unfinished.append(self._begun(slots))
            elif unfinished:
                self._wait()

    def _begun(self, slots: Sequence[Line | Article]) -> _Batch:
        places = [place for place, one in enumerate(slots) if not isinstance(one, Line)]
        batch = _Batch(list(slots), len(places))
        if places:
            self._assign(_Task(batch, places))
        return batch

    def _has_room(self) -> bool:
        return len(self._workers) < self._size or any(
            len(worker.tasks) < _TASKS_IN_HAND for worker in self._workers
        )

    def _assign(self, task: _Task) -> None:
        """Gives a task to an idle worker, else to a new one, else to the least busy one."""
        worker = min(self._workers, key=lambda one: len(one.tasks), default=None)
        if worker is None or (worker.tasks and len(self._workers) < self._size):
            worker = _Worker.start(self._options)
            self._workers.append(worker)
        try:
            worker.give(task)
        except BrokenExecutor:
            # It died since it was last looked at; what it had in hand is settled as usual.
            self._retries.appendleft(task)
            if not worker.tasks:
                self._drop(worker)

    def _wait(self) -> None:
        """Waits until something is done, or takes too long, and settles it."""
        awaited = [future for one in self._workers if (future := one.waits_for())]
        wait(awaited, self._patience(), FIRST_COMPLETED)
        for worker in list(self._workers):
            self._settle(worker)

    def _patience(self) -> float | None:
        """Seconds until the first task has taken too long; None when none ever does."""
        if self._timeout_s is None:
            return None
        busy = [one for one in self._workers if one.ready and one.tasks]
        ends = [one.head_began + self._timeout_s for one in busy]
        return max(0.0, min(ends) - monotonic()) if ends else None

    def _settle(self, worker: _Worker) -> None:
        if not worker.ready:
            if not worker.loaded.done():
                return
            _loaded(worker)
            worker.ready, worker.head_began = True, monotonic()
        while worker.tasks and (future := worker.tasks[0].future) and future.done():
            try:
                lines, memory_bytes = future.result()
            except BrokenExecutor:
                self._replace(worker, "WorkerDied")
                return
            except Exception as error:
                self._blame(worker.tasks.popleft(), type(error).__name__)
            else:
                self.peak_memory_bytes = max(self.peak_memory_bytes, memory_bytes)
                self._fill(worker.tasks.popleft(), lines)
            worker.head_began = monotonic()
        if worker.tasks and self._too_long(worker):
            self._replace(worker, "Timeout")

    def _fill(self, task: _Task, lines: list[Line]) -> None:
        if len(lines) != len(task.places):
            self._blame(task, "LostDocument")
            return
        for place, line in zip(task.places, lines, strict=True):
            task.batch.fill(place, line)

    def _too_long(self, worker: _Worker) -> bool:
        return self._timeout_s is not None and monotonic() >= worker.head_began + self._timeout_s

    def _replace(self, worker: _Worker, error: str) -> None:
        """Gives up a worker: what it was busy with is to blame, the rest is done again."""
        self._drop(worker)
        self._blame(worker.tasks.popleft(), error)
        self._retries.extend(worker.tasks)

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.remove(worker)

    def _blame(self, task: _Task, error: str) -> None:
        """Tries the documents of a task once more, each alone; fails one that was alone."""
        if not task.alone:
            self._retries.extend(_Task(task.batch, [place], alone=True) for place in task.places)
            return
        (place,) = task.places
        article = task.batch.slots[place]
        if isinstance(article, Article):
            task.batch.fill(place, line_of(_failure(article, error, self._timeout_s)))


def usable_cores() -> int:
    """The number of cores that this process may use.

    Returns:
        The cores it may run on, or fewer where a control group (a container) limits its time.
    """
    if sys.platform == "linux":
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    quota = _cgroup_cores()
    return cores if quota is None else max(1, min(cores, int(quota)))


def _cgroup_cores() -> float | None:
    """The cores' worth of time that the control groups above this process grant it."""
    root = Path("/sys/fs/cgroup")
    try:
        own = Path("/proc/self/cgroup").read_text("ascii").rpartition("::")[2].strip()
    except (OSError, UnicodeDecodeError):
        return None
    granted: list[float] = []
    folder = root / own.lstrip("/")
    for group in (folder, *folder.parents):
        if not group.is_relative_to(root):
            break
        try:
            quota, period = (group / "cpu.max").read_text("ascii").split()
        except (OSError, ValueError):
            continue
        if quota != "max":
            granted.append(int(quota) / int(period))
    return min(granted, default=None)


def _loaded(worker: _Worker) -> str:
    try:
        return worker.loaded.result()
    except BrokenExecutor as error:
        raise WorkerError(
            "a worker died while it loaded the model: is there enough memory? try --workers 1"
        ) from error


def _failure(article: Article, error: str, timeout_s: float | None) -> "Failure":
    from wiewatwaar.records import FailedDocument, Failure

    reasons = {
        "WorkerDied": "the process that worked on it died, twice; take the document out of the "
        "run, or give the machine more memory",
        "LostDocument": "the pipeline gave nothing back for it; report that as a defect, with the "
        "document",
        "Timeout": f"it took more than {timeout_s:g} s, twice; give it more with --timeout, or "
        "take the document out of the run"
        if timeout_s
        else "",
    }
    return Failure(
        document=FailedDocument(id=article.id, sha256=article.sha256),
        stage="worker",
        error=error,
        message=reasons.get(error, "it could not be handed over; report it as a defect"),
    )


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """Blocks Ctrl-C for the processes that are started meanwhile, which inherit that.

    It reaches every process of the terminal; the parent alone decides what it means.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# What follows runs in the worker.

_pipeline: "Pipeline | None" = None


def _begin() -> None:
    """Prepares the process, before anything that reads these settings is imported."""
    # The cores are shared out by process: more threads would only get in each other's way.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends the worker when the parent is gone, however it went."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _load(options: Options) -> str:
    global _pipeline
    _pipeline = options.load()
    # What the model consists of stays for good: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    return _pipeline.info.fingerprint


def _work(given: list[Packed]) -> tuple[list[Line], int]:
    if _pipeline is None:
        raise RuntimeError("the pipeline is not loaded")
    articles = [Article(*one) for one in given]
    return [line_of(record) for record in _pipeline.pipe(articles)], _peak_memory_bytes()


def _peak_memory_bytes() -> int:
    try:
        import resource
    except ImportError:  # not on Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
