"""The word lists that mentions are resolved with, read once each when first asked for."""

from functools import cache

from wiewatwaar.lexicon_files import lines

# Her Majesty's ships.
_NO_INITIALS = frozenset({"Hr.Ms.", "Zr.Ms."})


@cache
def words(name: str) -> frozenset[str]:
    """Reads one list of `lexicon/`.

    Args:
        name: Name of the file without `.txt`.

    Returns:
        Its entries: one a line, comments (`#`) left out.
    """
    return frozenset(lines(f"{name}.txt"))


@cache
def titles() -> dict[str, bool]:
    """The words in front of a person's name that are no part of it.

    Returns:
        For each title, in lower case, whether it also counts when written with a capital.
    """
    rows = (line.partition("\t") for line in words("titles"))
    return {title: mark != "lower" for title, _, mark in rows}


@cache
def longest_titled_names() -> tuple[str, ...]:
    """Names that begin with a title which belongs to them (Dr. Dre)."""
    return tuple(sorted(words("titled_names")))


def is_first_name(token: str) -> bool:
    """Whether a token is a first name, a pair of them (Jan-Willem) or initials (J.P.)."""
    names = words("first_names")
    if token in names or is_initials(token):
        return True
    return "-" in token and token.partition("-")[0] in names


def is_initials(token: str) -> bool:
    """Whether a token is written as initials are: J., J.P.H., A.Th."""
    if token in _NO_INITIALS:
        return False
    return token.endswith(".") and all(_is_initial(part) for part in token[:-1].split("."))


def _is_initial(part: str) -> bool:
    return 0 < len(part) <= 2 and part[0].isupper()


def is_role(word: str) -> bool:
    """Whether a word in lower case says what somebody is or does: wielrenster, partijleider.

    Args:
        word: A word.

    Returns:
        Whether it ends as such words do.
    """
    return word.endswith(_role_endings()) and word not in words("no_roles")


@cache
def _role_endings() -> tuple[str, ...]:
    return tuple(sorted(words("role_endings")))
