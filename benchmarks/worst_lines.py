"""What cleaning costs for the worst texts known, at 1 MB and at ten times that.

Each text is one unit over and over: what a stage of cleaning looks at longest, with and without
line ends. Ten times as much may cost at most twelve times as much.

    python benchmarks/worst_lines.py
"""

import argparse
import sys
import time

from wiewatwaar.cleaning import STAGES
from wiewatwaar.language import language
from wiewatwaar.source_text import SourceText

MAX_TIMES = 12

UNITS = (
    # The slowest single lines and short lines, found by trying some 600,000.
    *("a-\n", " a\n", "+++\n", "#a\n", "be-\neindigen\n", "a: b\n", "12 mei 2024\n", "Lees ook\n"),
    *(
        "\u00a0",
        "a\u00a0",
        "a\t",
        "a\r",
        "a\u00ad",
        "a\x00",
        "Ã©",
        "e\u0301",
        "<p>",
        "&amp;",
        "**a**",
        "hij.De ",
    ),
    # Lines as long as one can be that is still looked at whole.
    *("a • b " * 39 + "\n", "een " * 59 + "\n", "cookie " * 110 + "\n", "Foto: A / " * 15 + "\n"),
    # Lines that never end, and marks that are opened and never closed.
    *(
        "a",
        "Een zin van Rutte. ",
        "(ANP) ",
        "DEN HAAG - ",
        "[a](",
        "<!--",
        "<script>",
        "<a ",
        '"A.',
    ),
    *("Een regel die op geen enkele manier af is en verder gaat op de\n", "- punt\n", "\n \n"),
)


def seconds(text: str) -> tuple[float, str]:
    """What it takes to clean a text, and the stage that takes most of it."""
    cleaned = SourceText(text)
    took: dict[str, float] = {}
    for name, stage in STAGES.items():
        began = time.process_time()
        cleaned = cleaned.edit(stage(cleaned.text).edits)
        took[name] = time.process_time() - began
    began = time.process_time()
    language(cleaned.text)
    took["language"] = time.process_time() - began
    return sum(took.values()), max(took, key=lambda name: took[name])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=1_000_000, help="of the small text")
    size = parser.parse_args().characters
    for unit in UNITS:
        seconds(unit * 3)  # compiles the rules that it is tried against
    worst = 0.0
    print("| unit | 1 × | 10 × | times | slowest stage |\n|---|---|---|---|---|")
    for unit in UNITS:
        small, _ = seconds(unit * (size // len(unit)))
        large, stage = seconds(unit * (10 * size // len(unit)))
        worst = max(worst, large / small)
        row = f"{unit[:20]!r} | {small:.2f} s | {large:.2f} s | {large / small:.1f} | {stage}"
        print(f"| {row} |", flush=True)
    print(f"\nat most {worst:.1f} times as long for ten times as much")
    return 0 if worst <= MAX_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
