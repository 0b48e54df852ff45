"""Is it Dutch? By its function words, and where those do not tell, by py3langid."""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from wiewatwaar.lexicon_files import rows

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DUTCH = "nl"
UNDETERMINED = "und"
"""What ISO 639 calls a language that cannot be told."""


class NotDutchError(ValueError):
    """A text in another language, where only Dutch is wanted."""


# A text is as clear after so much of it as after all of it; one that begins in another language,
# with a quotation or a summary, is clear after its middle and its end.
_SAMPLE_CHARACTERS = 1_000

# Measured on 2,675 Dutch news texts: all but one in a hundred have three tenths of function words,
# and 1.37 times as many as of any other language; Afrikaans has fewer than of its own, three
# quarters. Below so many words nothing tells.
_MIN_WORDS = 8
_CLEAR_WORDS = 20
_CLEAR_SHARE = 0.2
_CLEAR_TIMES = 1.35
_MIN_PROBABILITY = 0.8

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|['’][^\W\d_]\b")


def language(text: str) -> str:
    """Tells the language of a text.

    Dutch prose is told by its function words alone: they are a fifth or more of its words, and
    clearly more than those of any other language. Only where that is not so the trained model of
    py3langid is loaded, which takes a second.

    Args:
        text: The cleaned text; its first 1,000 characters count, and as many from its middle and
            its end when those do not tell that it is Dutch.

    Returns:
        The ISO 639 code, `nl` for Dutch; `und` when the text is too short to tell.
    """
    code = _language(text[:_SAMPLE_CHARACTERS])
    if code == DUTCH or len(text) <= _SAMPLE_CHARACTERS:
        return code
    middle = (len(text) - _SAMPLE_CHARACTERS) // 2
    starts = sorted({0, middle, len(text) - _SAMPLE_CHARACTERS})
    return _language("\n".join(text[start : start + _SAMPLE_CHARACTERS] for start in starts))


def _language(sample: str) -> str:
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    if len(words) < _MIN_WORDS:
        return UNDETERMINED
    counts = Counter(code for word in words for code in _languages_of().get(word, ()))
    dutch = counts.pop(DUTCH, 0)
    others = max(counts.values(), default=0)
    clear = dutch >= _CLEAR_SHARE * len(words) and dutch >= _CLEAR_TIMES * others
    if len(words) >= _CLEAR_WORDS and clear:
        return DUTCH
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _MIN_PROBABILITY else UNDETERMINED


def require_dutch(code: str) -> None:
    """Refuses a text that is known not to be Dutch.

    Args:
        code: What `language` said of it; `und` passes, as nothing is known against the text.

    Raises:
        NotDutchError: It is in another language.
    """
    if code not in (DUTCH, UNDETERMINED):
        raise NotDutchError(
            f"in language {code!r}, not in Dutch: leave it out, or run without --dutch-only"
        )


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that have a word as a function word."""
    languages: dict[str, tuple[str, ...]] = {}
    for code, listed in rows("function_words.tsv"):
        for word in listed.split():
            languages[word] = (*languages.get(word, ()), code)
    return languages


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Of the languages it knows, those a Dutch or Flemish collection may hold.
    identifier.set_languages([code for code, _ in rows("languages.tsv")])
    return identifier
