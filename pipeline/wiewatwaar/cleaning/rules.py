"""The rules for lines of furniture, from `lexicon/furniture/`.

A rule is data: a name, where it holds, and a pattern for a whole line. Here they become one
regular expression for each place, tried once for each short line of a text.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wiewatwaar.dates import months
from wiewatwaar.lexicon_files import lines, rows, words

Place = Literal["any", "below", "edge", "opens"]
"""Where a rule holds: everywhere, below the first sentence, only around the body, or as the head
of a list of headlines."""

MAX_LINE_CHARACTERS = 240
"""A longer line is a paragraph, unless it speaks of cookies and the like."""

MAX_LONG_LINE_CHARACTERS = 800

# Only lines with one of these words are looked at when they are longer than a line.
LONG_LINE = re.compile(
    r"cookie|nieuwsbrief|rechten|copyright|abonne|advertentie|mailbox", re.IGNORECASE
)

MARKS = " \t•·▪●‧∙*-–—|>»›→▶►◄<«‹←[](){}…_#✓✔↑↓⇒"
"""What stands around a line of furniture: bullets, arrows, brackets."""

WEEKDAYS = (
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo|"
    r"mon|tue|wed|thu|fri|sat|sun)"
)
TIME = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?(?:uur|u|h))?\.?|\d{1,2} ?(?:uur|u)\b)"
NUMBER = r"\d[\d.]{0,8}"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules that hold at one place.

    Attributes:
        any_of: Matches what one of them matches, in lower case.
        each: The name and the pattern of each.
    """

    any_of: re.Pattern[str]
    each: tuple[tuple[str, re.Pattern[str]], ...]

    def match(self, line: str) -> str | None:
        """Finds the rule that a line falls under.

        Args:
            line: The line without what surrounds it.

        Returns:
            The name of the rule; None when there is none.
        """
        # In lower case the expression can skip a rule by its first letter; without groups, too.
        lower = line.lower()
        if self.any_of.fullmatch(lower) is None:
            return None
        return next(name for name, pattern in self.each if pattern.fullmatch(lower))


@cache
def line_rules(place: Place) -> RuleSet:
    """The rules for lines at a place.

    Args:
        place: Where they hold.

    Returns:
        All of them.
    """
    macros = {
        "{n}": NUMBER,
        "{time}": TIME,
        "{date}": date_pattern(),
        "{network}": f"(?:{'|'.join(lines('furniture/networks.txt'))})",
        "{some}": ".{1,60}",
        "{much}": ".{1,200}",
        # The line is matched in full: what looks ahead sees its end.
        "{open}": r"(?!.{0,240}[^.]\.[\"”’)]?\Z)",
        "{rest}": r"(?:[^.!?,]|\.(?=\w)){1,80}",
    }
    rules = []
    for rule, where, pattern in rows("furniture/lines.tsv"):
        if where == place:
            for macro, meaning in macros.items():
                pattern = pattern.replace(macro, meaning)
            rules.append((rule, pattern))
    if place == "edge":
        sections = map(re.escape, sorted(words("furniture/sections.txt")))
        rules.append(("section", "|".join(sections)))
    end = r"[ .:!?…]{0,4}"
    return RuleSet(
        re.compile(f"(?:{'|'.join(f'(?:{pattern})' for _, pattern in rules)}){end}"),
        tuple((rule, re.compile(f"(?:{pattern}){end}")) for rule, pattern in rules),
    )


@cache
def date_pattern() -> str:
    """A date as sites write it, in lower case, for a regular expression."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    year = r"(?:'\d{2}|\d{4})"
    return (
        rf"(?:{WEEKDAYS}\b\.?,? ?)?"
        rf"(?:\d{{1,2}} (?:{names})\b\.?(?: {year})?|\d{{4}}-\d{{2}}-\d{{2}}"
        rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|'?\d{{2}})|(?:{names}) \d{{4}})"
    )
