"""Kills runs at random moments, and holds what the next run makes of it to the bytes: make kills.

Each run gets kill -9, all its processes together, after a part of the time that a run takes; the
one that follows on the same output goes on from there. What it leaves must be the bytes of an
undisturbed run, and nothing else.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from articles import write_files


def begin(folder: Path, output: Path, workers: int) -> "subprocess.Popen[bytes]":
    """Starts a run in a process group of its own."""
    command = [sys.executable, "-m", "wiewatwaar", "extract", str(folder), "-o", str(output)]
    how = ["--workers", str(workers), "--quiet"]
    return subprocess.Popen([*command, *how], start_new_session=True)


def killed_once(folder: Path, output: Path, workers: int, after_s: float) -> bool:
    """Begins a run and kills it; returns whether it was still running."""
    running = begin(folder, output, workers)
    try:
        running.wait(after_s)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    killed = identical = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder, expected = Path(temporary) / "articles", Path(temporary) / "undisturbed.jsonl"
        write_files(folder, options.articles, 8)
        began = time.monotonic()
        if begin(folder, expected, 2).wait():
            raise SystemExit("the undisturbed run failed")
        whole_s = time.monotonic() - began
        while killed < options.kills:
            output = Path(temporary) / "output" / "records.jsonl"
            output.parent.mkdir()
            # A run that ended before its kill shows nothing, and does not count.
            if killed_once(folder, output, 2, chance.uniform(0.1, 1) * whole_s):
                killed += 1
                code = begin(folder, output, chance.choice([1, 2])).wait()
                left = [path.name for path in output.parent.iterdir()]
                same = output.read_bytes() == expected.read_bytes()
                identical += code == 0 and same and left == [output.name]
                print(f"kill {killed}: {identical} identical", flush=True)
            for path in output.parent.iterdir():
                path.unlink()
            output.parent.rmdir()
    print(f"{killed} kills at random moments: {identical} identical results")
    sys.exit(identical != killed)


if __name__ == "__main__":
    main()
