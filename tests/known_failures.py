"""Lists of what is known to fail, by name: mending one and breaking one both fail the test."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"


def check(name, failures):
    """Compares what fails with what is known to fail.

    Args:
        name: Name of the list in `tests/data`: a failure a line; `#` begins a comment.
        failures: What fails, and why.
    """
    path = DATA / name
    lines = path.read_text("utf-8").splitlines()
    known = {line for line in lines if line and not line.startswith("#")}
    broken = [f"  {one}  ({why})" for one, why in failures.items() if one not in known]
    mended = [f"  {one}" for one in sorted(known.difference(failures))]
    told = ["fails, and is not in the list:", *broken] if broken else []
    told += ["passes, and is still in the list:", *mended] if mended else []
    assert not told, "\n".join([f"tests/data/{name} is out of date", *told])
