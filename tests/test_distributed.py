import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from test_batch import Deadly, by_id

from wiewatwaar import distributed
from wiewatwaar.batch import run
from wiewatwaar.distributed import RayCrew, RayError
from wiewatwaar.inputs import InputError
from wiewatwaar.options import Options
from wiewatwaar.recognition import ModelError

ray = pytest.importorskip("ray")

TOKEN = "0123456789abcdef" * 4

pytestmark = [
    pytest.mark.slow,
    # Of Ray's own making, and of what it leaves open when it goes.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def cluster():
    """A cluster on this machine for all the tests: to start one takes longer than a test."""
    with pytest.MonkeyPatch.context() as patch:
        # What the tests send is found there by the processes of the cluster.
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        distributed._start(None, 2)
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Articles of which one cannot be read."""
    folder = tmp_path_factory.mktemp("veel")
    for number in range(400):
        text = f"Artikel {number}. " + (number % 7) * "Rutte belde de NAVO over Oekraïne. "
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    (folder / "200.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def local(corpus, model, tmp_path_factory):
    """What a run without Ray writes, and its summary."""
    target = tmp_path_factory.mktemp("uit") / "hier.jsonl"
    return target, run([str(corpus)], str(target), Options(model), workers=1)


def test_a_run_on_ray_gives_the_bytes_of_one_on_this_machine(corpus, model, local, tmp_path):
    expected, told = local
    target = tmp_path / "uit.jsonl"
    summary = run([str(corpus)], str(target), Options(model), workers=2, engine="ray")
    assert target.read_bytes() == expected.read_bytes()
    assert (summary.documents, summary.ok, summary.failed) == (400, 399, 1)
    assert summary.words == told.words
    assert summary.peak_memory_bytes > 10_000_000
    again = run([str(corpus)], str(target), Options(model), workers=1, engine="ray")
    assert again.reused == 399
    assert target.read_bytes() == expected.read_bytes()


def test_an_actor_that_is_lost_costs_nothing(corpus, model, local, tmp_path):
    killed = threading.Event()

    def kill_one():
        while not killed.is_set():
            for process in actors():
                os.kill(process, signal.SIGKILL)
                killed.set()
                break
            time.sleep(0.05)

    target = tmp_path / "uit.jsonl"
    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    run([str(corpus)], str(target), Options(model), workers=2, engine="ray")
    assert killed.is_set()
    assert target.read_bytes() == local[0].read_bytes()


def test_a_document_that_kills_its_worker_fails_alone(model, tmp_path):
    folder = tmp_path / "artikelen"
    folder.mkdir()
    for name, text in {"a": "Rutte", "b": "KAPOT", "c": "NAVO", "d": "EINDELOOS"}.items():
        (folder / f"{name}.txt").write_text(text)
    target = tmp_path / "uit.jsonl"
    summary = run([str(folder)], str(target), Deadly(model), workers=1, timeout_s=3, engine="ray")
    assert (summary.ok, summary.failed_by_stage) == (2, {"worker": 2})
    lines = by_id(target)
    assert lines["b.txt"]["error"] == "WorkerDied"
    assert lines["d.txt"]["error"] == "Timeout"


def test_what_is_wrong_is_said_as_on_this_machine(model, articles, tmp_path):
    target = str(tmp_path / "uit.jsonl")
    empty = tmp_path / "leeg"
    empty.mkdir()
    with pytest.raises(InputError, match="no such file"):
        run([str(tmp_path / "weg")], target, Options(model), engine="ray")
    with pytest.raises(InputError, match="nothing to read in"):
        run([str(empty)], target, Options(model), workers=1, engine="ray")
    with pytest.raises(ModelError, match="no spaCy pipeline at"):
        run([str(articles)], target, Options("geen/model"), workers=1, engine="ray")
    with pytest.raises(RayError, match="standard input cannot be read with --engine ray"):
        run(["-"], target, Options(model), workers=1, engine="ray")
    assert not Path(target).exists()


@pytest.fixture
def address(tmp_path):
    """A cluster that somebody else started, which asks for a token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ray_program = Path(sys.executable).with_name("ray")
    command = [ray_program, "start", "--head", "--block", f"--port={port}", "--num-cpus=2"]
    environment = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}
    with (tmp_path / "ray.log").open("wb") as log:
        started = subprocess.Popen(
            [*command, "--include-dashboard=false", "--disable-usage-stats"],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield f"127.0.0.1:{port}"
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def test_a_cluster_of_others_gives_the_same_bytes(corpus, model, local, address, tmp_path):
    target = tmp_path / "uit.jsonl"
    command = [sys.executable, "-m", "wiewatwaar", "extract", corpus, "-o", target]
    command += ["--model", model, "--quiet"]
    environment = {**os.environ, "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}
    done = subprocess.run(
        [*command, "--engine", "ray", "--ray-address", address, "--max-failures", "1"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == local[0].read_bytes()


def test_without_ray_the_message_says_how_to_get_it(monkeypatch, model):
    monkeypatch.setattr(distributed, "find_spec", lambda name: None)
    with pytest.raises(RayError, match=r'pip install "wiewatwaar\[ray\]"'):
        RayCrew(Options(model))


def actors():
    """The processes of Ray that hold a worker."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if name.startswith(b"ray::MapWorker(MapBatches(_Actor"):
            found.append(int(folder.name))
    return found
