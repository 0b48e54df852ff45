import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from wiewatwaar.batch import records, run
from wiewatwaar.defaults import DEFAULT_MODEL, DEFAULT_TYPES
from wiewatwaar.options import Options
from wiewatwaar.outputs import OutputError, to_line
from wiewatwaar.pipeline import Pipeline
from wiewatwaar.reuse import Finished, Identity, made
from wiewatwaar.running.workers import Crew, Line, WorkerError, usable_cores


class DeadlyPipeline(Pipeline):
    """Dies of some articles, and never ends with others, as a broken library would."""

    def pipe(self, articles):
        for article in articles:
            if "KAPOT" in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "RAAKT ZOEK" in article.text:
                continue
            while "EINDELOOS" in article.text:
                time.sleep(0.1)
            yield from super().pipe([article])


@dataclass(frozen=True)
class Deadly(Options):
    def load(self):
        return DeadlyPipeline.load(self.model, self.types, self.keep_text)


@dataclass(frozen=True)
class Unloadable(Options):
    def load(self):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="session")
def options(model):
    return Options(model)


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """A directory of articles of very different lengths."""
    folder = tmp_path_factory.mktemp("veel")
    chance = random.Random(7)
    for number in range(60):
        sentences = chance.randrange(1, 80) * "Rutte belde de NAVO over Oekraïne. "
        (folder / f"{number:03}.txt").write_text(f"Artikel {number}. {sentences}", "utf-8")
    return folder


@pytest.fixture(scope="session")
def undisturbed(corpus, options, tmp_path_factory):
    """What a run over the many articles writes, when nothing happens to it."""
    target = tmp_path_factory.mktemp("uit") / "ongestoord.jsonl"
    run([str(corpus)], str(target), options, workers=1)
    return target.read_bytes()


@pytest.fixture
def many(corpus, tmp_path):
    """The articles, in a directory that a test may change."""
    return Path(shutil.copytree(corpus, tmp_path / "veel"))


def lines_of(target):
    return [orjson.loads(line) for line in target.read_bytes().splitlines()]


def by_id(target):
    return {line["document"]["id"]: line for line in lines_of(target)}


def test_the_defaults_are_those_of_the_library():
    from wiewatwaar import pipeline, recognition

    assert DEFAULT_MODEL == recognition.DEFAULT_MODEL
    assert DEFAULT_TYPES == pipeline.DEFAULT_TYPES


def test_a_run_adds_up(articles, options, tmp_path):
    (articles / "leeg.txt").touch()
    seen = []
    summary = run([str(articles)], str(tmp_path / "uit.jsonl"), options, observe=seen.append)
    assert (summary.documents, summary.ok, summary.failed) == (5, 4, 1)
    assert summary.failed_by_stage == {"read": 1}
    assert summary.words == sum(line.words for line in seen)
    assert b"".join(line.content for line in seen) == (tmp_path / "uit.jsonl").read_bytes()
    assert summary.peak_memory_bytes > 10_000_000


def test_workers_change_no_byte(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    run([str(many)], str(target), options, workers=3)
    assert target.read_bytes() == undisturbed


def test_the_library_alone_gives_the_same_records(many, options, undisturbed):
    assert b"".join(map(to_line, records([str(many)], options))) == undisturbed


def test_a_second_run_makes_nothing_again(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_bytes(undisturbed)
    summary = run([str(many)], str(target), options)
    assert (summary.ok, summary.reused, summary.words_per_second) == (60, 60, 0)
    assert target.read_bytes() == undisturbed


def test_only_what_changed_is_made_again(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_bytes(undisturbed)
    (many / "010.txt").write_text("Nu staat er iets anders over Hongarije.")
    (many / "020.txt").unlink()
    (many / "005b.txt").write_text("Een artikel erbij, over Utrecht.")
    summary = run([str(many)], str(target), options)
    assert (summary.documents, summary.reused) == (60, 58)
    fresh = tmp_path / "opnieuw.jsonl"
    run([str(many)], str(fresh), options)
    assert target.read_bytes() == fresh.read_bytes()


def test_other_options_make_all_again(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_bytes(undisturbed)
    summary = run([str(many)], str(target), Options(options.model, ("PERSON",)))
    assert summary.reused == 0
    assert {kind["type"] for line in lines_of(target) for kind in line["entities"]} == {"PERSON"}


def test_fresh_makes_all_again(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_bytes(undisturbed)
    assert run([str(many)], str(target), options, fresh=True).reused == 0
    assert target.read_bytes() == undisturbed


def test_a_failed_document_is_tried_again(articles, options, tmp_path):
    target = tmp_path / "uit.jsonl"
    (articles / "leeg.txt").touch()
    assert run([str(articles)], str(target), options).failed == 1
    (articles / "leeg.txt").write_text("Rutte toch.")
    summary = run([str(articles)], str(target), options)
    assert (summary.failed, summary.reused) == (0, 4)


def test_what_kills_its_worker_fails_alone(many, model, undisturbed, tmp_path):
    (many / "030a.txt").write_text("Dit is KAPOT.")
    (many / "059a.txt").write_text("Dit ook: KAPOT.")
    target = tmp_path / "uit.jsonl"
    summary = run([str(many)], str(target), Deadly(model), workers=2)
    assert (summary.ok, summary.failed_by_stage) == (60, {"worker": 2})
    failed = by_id(target).pop("030a.txt")
    assert failed["error"] == "WorkerDied"
    assert "died, twice" in failed["message"]
    rest = [line for line in target.read_bytes().splitlines(True) if b'"status":"ok"' in line]
    assert b"".join(rest) == undisturbed


def test_what_takes_too_long_fails_alone(articles, model, tmp_path):
    (articles / "lang.txt").write_text("Dit is EINDELOOS.")
    target = tmp_path / "uit.jsonl"
    summary = run([str(articles)], str(target), Deadly(model), workers=2, timeout_s=4)
    assert (summary.ok, summary.failed_by_stage) == (4, {"worker": 1})
    failed = by_id(target)["lang.txt"]
    assert failed["error"] == "Timeout"
    assert "more than 4 s, twice; give it more with --timeout" in failed["message"]


def test_a_document_that_gets_lost_is_noticed(articles, model, tmp_path):
    (articles / "weg.txt").write_text("Dit RAAKT ZOEK.")
    target = tmp_path / "uit.jsonl"
    summary = run([str(articles)], str(target), Deadly(model))
    assert (summary.ok, summary.failed_by_stage) == (4, {"worker": 1})
    assert by_id(target)["weg.txt"]["error"] == "LostDocument"


def test_workers_that_cannot_load_end_the_run(articles, model, tmp_path):
    target = tmp_path / "uit.jsonl"
    with pytest.raises(WorkerError, match="died while it loaded the model"):
        run([str(articles)], str(target), Unloadable(model))
    assert list(tmp_path.glob("uit*")) == []


def test_only_as_much_is_read_as_the_workers_need(options):
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield [Line(b"x\n")] * 10

    with Crew(options, 1) as crew:
        lines = crew.lines(endless())
        for _ in range(100):
            assert len(next(lines)) == 10
    assert taken < 110


def program(*arguments):
    return [sys.executable, "-m", "wiewatwaar", *map(str, arguments)]


def test_killed_at_any_moment_and_run_again_gives_the_same_bytes(
    many, options, undisturbed, tmp_path
):
    target = tmp_path / "uit.jsonl"
    command = program("extract", many, "-o", target, "--model", options.model, "--workers", 2)
    chance = random.Random(11)
    part = tmp_path / "uit.jsonl.part"
    for _ in range(4):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        while process.poll() is None and not part.exists():
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 1.5))
        process.kill()
        process.wait()
    run([str(many)], str(target), options)
    assert target.read_bytes() == undisturbed
    assert sorted(path.name for path in tmp_path.glob("uit*")) == ["uit.jsonl"]


def test_the_work_of_a_killed_run_is_used(many, options, undisturbed, tmp_path):
    target = tmp_path / "uit.jsonl"
    half = undisturbed.index(b"\n", len(undisturbed) // 2) + 1
    (tmp_path / "uit.jsonl.part").write_bytes(undisturbed[: half + 100])
    summary = run([str(many)], str(target), options)
    assert summary.reused == undisturbed[:half].count(b"\n")
    assert target.read_bytes() == undisturbed


def test_a_run_that_fails_keeps_its_work_and_the_previous_output(many, options, tmp_path):
    target = tmp_path / "uit.jsonl"
    target.write_text("vorige\n")

    def interrupted(line):
        if orjson.loads(line.content)["document"]["id"] == "040.txt":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([str(many)], str(target), options, observe=interrupted)
    assert target.read_text() == "vorige\n"
    assert run([str(many)], str(target), options).reused == 41


def test_two_runs_do_not_write_one_file(articles, options, tmp_path):
    target = tmp_path / "uit.jsonl"

    def meanwhile(line):
        with pytest.raises(OutputError, match="another run is writing"):
            run([str(articles)], str(target), options)

    assert run([str(articles)], str(target), options, observe=meanwhile).ok == 4


def test_workers_end_with_a_parent_that_is_killed(articles, model, tmp_path):
    (articles / "lang.txt").write_text("Rutte belde de NAVO. " * 200_000)
    process = subprocess.Popen(program("extract", articles, "--model", model))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    try:
        if not children.exists():
            pytest.skip("this system does not tell the children of a process")
        while len(workers := children.read_text().split()) < 2:  # one tracks resources
            time.sleep(0.05)
    finally:
        process.kill()
        process.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{one}").exists() for one in workers):
        assert time.monotonic() < deadline, "a worker outlived its parent"
        time.sleep(0.05)


def test_only_whole_records_of_ok_documents_are_reused(record, failure):
    line = to_line(record)
    assert made(line) == (Identity("a.txt", "0" * 64, "f"), 6)
    for unusable in (line[:-1], line[:50], to_line(failure), b"{}\n", b"[1]\n", b"niets\n", b"\n"):
        assert made(unusable) is None


def test_finished_work_is_found_by_all_that_decides_it(record, tmp_path):
    path = tmp_path / "a.jsonl"
    others = [
        record.model_copy(update={"document": record.document.model_copy(update={"id": str(n)})})
        for n in range(100)
    ]
    path.write_bytes(b"".join(map(to_line, [*others, record])))
    with Finished([path]) as finished:
        assert finished
        assert finished.find(Identity("a.txt", "0" * 64, "f")) == (
            to_line(record),
            made(to_line(record)),
        )
        assert finished.find(Identity("42", "0" * 64, "f"))[0] == to_line(others[42])
        for changed in (
            ("b.txt", "0" * 64, "f"),
            ("a.txt", "1" * 64, "f"),
            ("a.txt", "0" * 64, "g"),
        ):
            assert finished.find(Identity(*changed)) is None


def test_cores_are_at_least_one():
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)
