"""The workers of a run as actors of a Ray cluster: Ray Data carries batches there and lines back.

One task reads the documents, on the machine where the run was started; each actor has a worker
process of its own, as a run on one machine has, so that a document that kills it or never ends
is dealt with in the same way. Ray starts an actor again that is lost with its machine, and gives
its batches to another one.
"""

import logging
import os
import pickle
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeAlias

from wiewatwaar.articles import Article
from wiewatwaar.errors import UserError
from wiewatwaar.options import Options
from wiewatwaar.running.workers import Crew, Line, Packed, packed, usable_cores

if TYPE_CHECKING:
    from wiewatwaar.running.work import Work

    Rows: TypeAlias = dict[str, list[bytes]]
    """What Ray carries: one column, with a pickled batch in each row."""

# Ray gathers rows until a block is so large: each batch goes to an actor by itself.
_BLOCK_BYTES = 1


class RayError(UserError):
    """A cluster that cannot be used; says what to do in one line."""


class RayCrew:
    """Workers on a Ray cluster, used as a `Crew` is."""

    def __init__(
        self,
        options: Options,
        workers: int | None = None,
        timeout_s: float | None = None,
        address: str | None = None,
    ) -> None:
        """Joins a cluster, or starts one on this machine for the time of the run.

        Args:
            options: The pipeline that each worker loads.
            workers: How many there are; None for one on each core of the cluster.
            timeout_s: Seconds that one document may take; None for no limit.
            address: Where the cluster is, as Ray writes it; None for one on this machine.

        Raises:
            RayError: Ray is not installed, or there is no cluster.
        """
        if find_spec("ray") is None:
            raise RayError('--engine ray needs Ray: pip install "wiewatwaar[ray]"')
        self._options = options
        self._timeout_s = timeout_s
        self._joined = _start(address, workers or usable_cores())
        self._size = workers or _cores()
        self.peak_memory_bytes = 0

    def __enter__(self) -> "RayCrew":
        """Nothing more to do."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Leaves the cluster, which ends what it does for this run."""
        import ray

        if not self._joined:
            ray.shutdown()

    def fingerprint(self) -> str:
        """What decides a record: code, lexicon, model and options.

        Returns:
            The fingerprint of the pipeline.

        Raises:
            wiewatwaar.ModelError: The model is not installed or cannot be used.
        """
        with Crew(self._options, 1) as crew:
            return crew.fingerprint()

    def lines(self, work: "Work") -> Iterator[list[Line]]:
        """Makes the lines of documents.

        Args:
            work: The documents; how many there were is set in it.

        Yields:
            The lines of each batch, in the order of the batches.

        Raises:
            wiewatwaar.InputError: There is nothing to read.
            wiewatwaar.ModelError: The model is not installed or cannot be used.
            RayError: The cluster gave up.
        """
        if "-" in work.inputs:
            raise RayError("standard input cannot be read with --engine ray: give it as a file")
        for row in _rows(self._dataset(work)):
            made = pickle.loads(row["batch"])
            if isinstance(made, UserError):
                raise made
            documents, lines, memory_bytes = made
            work.documents += documents
            self.peak_memory_bytes = max(self.peak_memory_bytes, memory_bytes)
            yield lines

    def _dataset(self, work: "Work") -> Any:  # noqa: ANN401 - Ray is not imported here
        import ray
        from ray.data import ActorPoolStrategy, DataContext

        logging.getLogger("ray.data").setLevel(logging.ERROR)
        context = DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = _BLOCK_BYTES
        context.execution_options.preserve_order = True
        started = ray.data.from_items([{"batch": pickle.dumps(work)}])
        batches = started.map_batches(
            _read,
            batch_size=1,
            batch_format="numpy",
            num_cpus=0,
            # The files are here, and need not be anywhere else.
            label_selector={"ray.io/node-id": ray.get_runtime_context().get_node_id()},
        )
        return batches.map_batches(
            _Actor,
            fn_constructor_args=(self._options, self._timeout_s),
            batch_size=1,
            batch_format="numpy",
            compute=ActorPoolStrategy(min_size=1, max_size=self._size, initial_size=self._size),
            num_cpus=1,
        )


def _start(address: str | None, cores: int) -> bool:
    """Joins a cluster or starts one; whether this process had joined one before."""
    # Nothing is told to anyone about a run, and what Ray has to say is in its own logs.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    import ray

    if ray.is_initialized():
        return True
    # Without "local" Ray joins a cluster that runs on this machine, or tries to when one is gone.
    where: dict[str, Any] = {"address": "local", "num_cpus": cores, "include_dashboard": False}
    if address is not None:
        where = {"address": address}
    try:
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **where)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        if address is not None and "RAY_AUTH_MODE" not in os.environ:
            # As clusters that "ray start" starts do; Ray only says that it cannot connect.
            reason += "; if it asks for a token, set RAY_AUTH_MODE=token"
        raise RayError(f"no Ray cluster at {address or 'this machine'}: {reason}") from error
    return False


def _cores() -> int:
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _rows(dataset: Any) -> Iterator[Any]:  # noqa: ANN401 - Ray is not imported here
    from ray.exceptions import RayError as ClusterError

    try:
        yield from dataset.iter_rows()
    except ClusterError as error:
        last = str(error).strip().rpartition("\n")[2]
        raise RayError(f"the Ray cluster gave up: {last}") from error


# What follows runs on the cluster.


def _read(rows: "Rows") -> "Iterator[Rows]":
    """Reads the documents, batch after batch."""
    work: Work = pickle.loads(rows["batch"][0])
    try:
        for slots in work:
            sent = [packed(one) if isinstance(one, Article) else one for one in slots]
            yield {"batch": [pickle.dumps(sent)]}
    except UserError as error:
        # Raised here, it would come out as one of Ray's, with what it says lost in a traceback.
        yield {"batch": [pickle.dumps(error)]}


class _Actor:
    """A worker, kept by an actor as long as the run takes."""

    def __init__(self, options: Options, timeout_s: float | None) -> None:
        self._crew = Crew(options, 1, timeout_s)

    def __call__(self, rows: "Rows") -> "Rows":
        return {"batch": [pickle.dumps(self._made(pickle.loads(row))) for row in rows["batch"]]}

    def _made(
        self, sent: list[Line | Packed] | UserError
    ) -> tuple[int, list[Line], int] | UserError:
        """The lines of a batch, with how many documents they are to be; or what ended the run."""
        if isinstance(sent, UserError):
            return sent
        slots = [one if isinstance(one, Line) else Article(*one) for one in sent]
        try:
            lines = [line for batch in self._crew.lines([slots]) for line in batch]
        except UserError as error:
            return error
        return len(slots), lines, self._crew.peak_memory_bytes
