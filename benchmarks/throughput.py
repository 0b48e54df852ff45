"""Words per second and peak memory, side by side in one run: make bench.

Every contender runs in a process of its own with one BLAS thread, over the same files; the rounds
take turns, so that a slow moment of the machine touches all of them.
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
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from articles import write_files
from contenders import CONTENDERS, files

SEEDS = Path(__file__).parent.parent / "seeds"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")}
GROWTH = (1_000, 10_000, 100_000)

# Of a normal article, and of one of the many short ones that show growth.
SENTENCES, SHORT_SENTENCES = 15, 3


def compared(folder: Path, words: int, rounds: int) -> None:
    """Prints words per second of all contenders over the files of a folder."""
    names = [name for name, one in CONTENDERS.items() if one.installed]
    paths = list(files(folder))
    parts = {name: (folder, words) for name in names}
    for name in names:
        if prepare := CONTENDERS[name].prepare:
            prepare(folder)
        if CONTENDERS[name].share < 1:
            parts[name] = _part(folder, paths, CONTENDERS[name].share)
    times: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            times[name].append(in_process("contender", name, str(parts[name][0])))
    speeds = {name: _speed(parts[name][1], times[name], "seconds") for name in names}
    costs = {name: _speed(parts[name][1], times[name], "cpu_seconds") for name in names}
    base = "core" if "core" in names else "architecture"
    columns = ("", "words/s", "ratio", "words per second of processor", "ratio", "peak MB")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for name in names:
        peak = max(one["peak_mb"] for one in times[name])
        speed = f"{speeds[name]:,.0f} | {speeds[name] / speeds[base]:.2f}"
        cost = f"{costs[name]:,.0f} | {costs[name] / costs[base]:.2f}"
        print(f"| {CONTENDERS[name].label} | {speed} | {cost} | {peak:.0f} |")
    print(f"\nTwo workers do {speeds['two'] / speeds['one']:.2f} times what one does.", end=" ")
    if "frog" in speeds:
        print(f"One does {speeds['one'] / speeds['frog']:.0f} times what Frog does.", end="")
    print("\n", flush=True)


def _speed(words: int, times: list[dict[str, float]], measure: str) -> float:
    """Words a second, over the median of the rounds."""
    return words / statistics.median(one[measure] for one in times)


def _part(folder: Path, paths: list[Path], share: float) -> tuple[Path, int]:
    """A folder with a part of the files, and their words."""
    part = folder.with_name(f"{folder.name}-{share}")
    part.mkdir()
    words = 0
    for path in paths[: max(1, round(len(paths) * share))]:
        text = path.read_text("utf-8")
        (part / path.name).write_text(text, "utf-8")
        words += len(text.split())
    return part, words


def started(rounds: int) -> None:
    """Prints how long it takes to start."""
    article = str(SEEDS / "2024" / "kabinet-schoof.txt")
    program = [sys.executable, "-m", "wiewatwaar"]
    load = "import spacy, nl_ent_news_sm; nl_ent_news_sm.load()"
    commands = {
        "wiewatwaar --help": [*program, "--help"],
        "import spacy and load the model": [sys.executable, "-c", load],
        "wiewatwaar extract, one article": [*program, "extract", article, "--quiet"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times[name].append(time.perf_counter() - began)
    print("| start-up | seconds |\n|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {min(taken):.2f} |")
    print(f"\nThe fastest of {rounds}.\n")


def shared_out(count: int) -> None:
    """Prints what two workers do over so many articles that start-up is little of the time."""
    columns = ("workers", "articles", "words", "seconds, start-up included", "words/s", "ratio")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "articles"
        words = write_files(folder, count, SENTENCES)
        seconds = [in_process("contender", name, str(folder))["seconds"] for name in ("one", "two")]
    for workers, taken in enumerate(seconds, start=1):
        row = f"{taken:.1f} | {words / taken:,.0f} | {seconds[0] / taken:.2f}"
        print(f"| {workers} | {count:,} | {words:,} | {row} |", flush=True)
    print()


def by_step(folder: Path, count: int) -> None:
    """Prints what each step of a run takes, in one process."""
    told = in_process("steps", "", str(folder), str(count))
    del told["cpu_seconds"]
    total = sum(told.values())
    print("| step | % of the time |\n|---|---|")
    for name, seconds in told.items():
        print(f"| {name} | {100 * seconds / total:.0f} |")
    print()


def grown(largest: int) -> None:
    """Prints time and memory of one worker over ever more short articles."""
    columns = ("short articles", "words", "seconds", "words/s", "peak MB of the worker")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    for count in (count for count in GROWTH if count <= largest):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "articles"
            words = write_files(folder, count, SHORT_SENTENCES)
            told = in_process("contender", "one", str(folder))
        seconds = told["seconds"]
        row = f"{seconds:.0f} | {words / seconds:,.0f} | {told['peak_mb']:.0f}"
        print(f"| {count:,} | {words:,} | {row} |", flush=True)
    print()


def in_process(*arguments: str) -> dict[str, float]:
    """Does something in a process of its own; returns what it says, and what it took."""
    command = [sys.executable, __file__, "--only", *arguments]
    environment = {**os.environ, **ONE_THREAD}
    before = _processor_seconds()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**told, "cpu_seconds": _processor_seconds() - before}


def _processor_seconds() -> float:
    """What ended processes took, and those that they started: on a busy machine it says more."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def be_contender(name: str, folder: str) -> dict[str, float]:
    """What the process of a contender does: start-up is in the time, as it is for a user."""
    began = time.perf_counter()
    of_others = CONTENDERS[name].run(Path(folder))
    seconds = time.perf_counter() - began
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": own if of_others is None else of_others}


def be_steps(_: str, folder: str, count: str) -> dict[str, float]:
    """Goes through the steps of a run one by one; returns seconds of the processor by step."""
    from itertools import islice

    from wiewatwaar.cleaning import clean
    from wiewatwaar.defaults import DEFAULT_TYPES
    from wiewatwaar.entities import group
    from wiewatwaar.inputs import read
    from wiewatwaar.mentions import resolve
    from wiewatwaar.outputs import to_line
    from wiewatwaar.pipeline import Pipeline, Record, document_of, entities_of
    from wiewatwaar.recognition import Recogniser

    taken: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        began = time.process_time()
        done = work()
        taken[step] = taken.get(step, 0) + time.process_time() - began
        return done

    recogniser = Recogniser.load()
    about = Pipeline(recogniser)

    def line(article: Any, cleaned: Any, groups: Any) -> bytes:  # noqa: ANN401
        document = document_of(article, cleaned, False)
        entities = entities_of(cleaned.text, groups, frozenset(DEFAULT_TYPES))
        made = Record.of(
            article.text,
            document=document,
            entities=entities,
            model=about.model,
            pipeline=about.info,
        )
        return to_line(made)

    documents = read([folder])
    # The first half makes the pipeline warm; what is left is the second.
    for _ in range(2):
        taken.clear()
        for _ in range(int(count) // 2 // 64):
            articles = timed("read", lambda: list(islice(documents, 64)))
            cleaned = timed("clean", lambda: [clean(one.text) for one in articles])  # noqa: B023
            plain = [one.text.text for one in cleaned]
            spans = timed("recognise", lambda: list(recogniser.spans(plain)))  # noqa: B023
            for article, one, named in zip(articles, cleaned, spans, strict=True):
                text = one.text.text
                mentions = timed("resolve and group", lambda: resolve(text, named))  # noqa: B023
                groups = timed("resolve and group", lambda: group(mentions, text))  # noqa: B023
                timed("validate and write", lambda: line(article, one, groups))  # noqa: B023
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", type=int, default=GROWTH[-1], help="0: do not measure growth")
    parser.add_argument("--long", type=int, default=6_000, help="articles for one and two workers")
    parser.add_argument("--only", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        does, *rest = options.only
        told = {"contender": be_contender, "steps": be_steps}[does](*rest)
        print(json.dumps(told))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "articles"
        words = write_files(folder, options.articles, SENTENCES)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        print(
            f"{date.today()}, {platform.machine()} with {cores} cores, Python "
            f"{platform.python_version()}; {options.articles:,} articles, {words:,} words, "
            f"{options.rounds} rounds, start-up included; load {os.getloadavg()[0]:.1f} before\n",
            flush=True,
        )
        compared(folder, words, options.rounds)
        started(options.rounds)
        by_step(folder, options.articles)
    if options.long:
        shared_out(options.long)
    grown(options.growth)


if __name__ == "__main__":
    main()
