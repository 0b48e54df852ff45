"""The words around a place in the text, within bounds, so that no text takes long to read."""

import re

_FAR = 80
_WIDEST_GAP = 2
_GAP = r"[ \t\xa0\u202f]{1,2}\n?|\n"
_SPACES = " \t\xa0\u202f\n"
_OPENING = "\"'“„("
_WORD_AFTER = re.compile(rf"[\"'”)]?(?:{_GAP})[\"'“„]?([\w-]{{1,40}})")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:…|•*#–—]|\n|(?<!\w)-)[ \t\xa0\"'”“„)(]*$")
_SENTENCE_END = re.compile(r"[.!?:;…|][\"'”)]?(?=\s)|\n\n")
_WORDS = re.compile(r"[\w'-]+")


def word_before(text: str, start: int) -> str:
    """The word in front of a place, on the other side of one space or line break.

    Args:
        text: The text, with straight apostrophes.
        start: A place in it.

    Returns:
        The word, with a full stop that follows it; empty where there is none.
    """
    near = text[max(0, start - _FAR) : start]
    if near[-1:] == " " and near[-2:-1].isalnum():
        # As it nearly always is.
        return near.rsplit(None, 1)[-1].lstrip(_OPENING)
    near = near.rstrip(_OPENING)
    word = near.rstrip(_SPACES)
    if not word or not 0 < len(near) - len(word) <= _WIDEST_GAP or "\n\n" in near[len(word) :]:
        return ""
    word = word.rsplit(None, 1)[-1].lstrip(_OPENING)
    return word if word and (word[-1].isalnum() or word[-1] in ".'-") else ""


def word_after(text: str, end: int) -> str:
    """The word behind a place, on the other side of one space or line break.

    Args:
        text: The text, with straight apostrophes.
        end: A place in it.

    Returns:
        The word; empty where there is none, such as before punctuation.
    """
    found = _WORD_AFTER.match(text, end)
    return found[1] if found else ""


def words_before(text: str, start: int, most: int) -> list[str]:
    """The last words of the same sentence in front of a place, in lower case.

    Args:
        text: The text.
        start: A place in it.
        most: How many words at most.

    Returns:
        The words, the nearest first.
    """
    near = _SENTENCE_END.split(text[max(0, start - _FAR) : start])[-1]
    return _WORDS.findall(near.lower())[: -most - 1 : -1]


def words_after(text: str, end: int) -> list[str]:
    """The words of the same sentence behind a place, as far as is looked, in lower case.

    Args:
        text: The text.
        end: A place in it.

    Returns:
        The words, in order.
    """
    near = _SENTENCE_END.split(text[end : end + _FAR], maxsplit=1)[0]
    return _WORDS.findall(near.lower())


def begins_sentence(text: str, start: int) -> bool:
    """Whether a place is where a sentence, a line or a quotation begins.

    Args:
        text: The text.
        start: A place in it.

    Returns:
        Whether it is.
    """
    return _ENDS_SENTENCE.search(text[max(0, start - 8) : start]) is not None
