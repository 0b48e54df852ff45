"""The anatomy of a person's name: first names, initials, tussenvoegsels, surname, suffix."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from wiewatwaar.lexicon_files import lines

# Names of more words than this are read as one first name and one long surname: no person's name
# has so many, and looking at each part of each tail would cost their square.
MAX_WORDS = 12

_PLAIN = str.maketrans(
    {char: "'" for char in "’‘ʼ´`ʹ′"} | {char: "-" for char in "‐‑‒–—"} | {"\u00ad": None}
)
# Letters that do not fall apart into a base and an accent. đ is Serbo-Croat (Đoković, Djokovic).
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "dj", "ð": "d", "þ": "th"}
)
_EDGES = ".,;:!?()[]{}\"“”„«»'"

# Each repetition ends in its own full stop: linear. Th., Chr. and IJ. are one initial.
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.-?)+")
_INITIALS_AND_NAME = re.compile(r"((?:[^\W\d_]{1,2}\.)+)([^\W\d_]{3}\S*)")
# Jeroen v. Holland.
_SHORTENED = {"v": "van", "v.": "van"}
_BARE_INITIALS = re.compile(r"[^\W\d_]{1,3}")
_INITIAL = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"X{0,2}(?:IX|IV|VI{0,3}|I{1,3}|V)")
_GENERATIONS = {"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr"}
# Zelensky, Zelenskyy, Zelenskij, Zelenski; Kandinsky, Kandinski.
_SLAVIC = re.compile(r"(?<=.[sc]k)(?:i|y|ij|yy|yj|iy|ii|yi|ie)\Z")
# Alijev, Aliyev, Aliev.
_SLAVIC_EV = re.compile(r"(?<=[lntdmr])(?:ij|iy|y|i|j)ev\Z")
_OPENING = {"(": ")", "[": "]", '"': '"', "“": "”", "„": "”", "«": "»", "'": "'"}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name, taken apart and folded so that ways of writing it are equal.

    Attributes:
        given: First names in order; an initial keeps its full stop (`j.`). Empty for a surname
            or a first name alone.
        surname: Words of the surname with its tussenvoegsels; of a name of one word, that word.
        nicknames: What stood first in brackets or quotes: the Ahmed of A. (Ahmed) Aboutaleb.
        suffix: `jr`, `sr`, or a Roman number; empty when there is none.
        surname_first: Whether the surname was in front, as in Xi Jinping.
        words: First names and surname in the order they were written in.
        first_names: What the person may be called by: the first first name and nicknames, no
            initials.
        surname_keys: The surnames that the person may be called by: the whole one, then, of a
            double one, each half with its own tussenvoegsels.
        keys: The same, and behind them the same without al- and von.
    """

    given: tuple[str, ...]
    surname: tuple[str, ...]
    nicknames: tuple[str, ...] = ()
    suffix: str = ""
    surname_first: bool = False
    words: tuple[str, ...] = field(init=False, compare=False)
    first_names: tuple[str, ...] = field(init=False, compare=False)
    surname_keys: tuple[str, ...] = field(init=False, compare=False)
    keys: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Puts together what is asked for time and again."""
        given, surname = self.given, self.surname
        words = surname + given if self.surname_first else given + surname
        first = tuple(word for word in given[:1] if not is_initial(word))
        nicknames = (word for name in self.nicknames for word in (name, name.split(" ")[0]))
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "first_names", tuple(dict.fromkeys((*first, *nicknames))))
        surnames = _surname_keys(self)
        object.__setattr__(self, "surname_keys", surnames)
        keys = tuple(dict.fromkeys((*surnames, *map(without_loose, surnames))))
        object.__setattr__(self, "keys", keys)

    @property
    def initials(self) -> str:
        """First letters of the first names; of Jan-Willem two."""
        return "".join(part[0] for word in self.given for part in word.split("-") if part)


# Longer ones are no names, and are not remembered.
_LONGEST_KEPT = 100
_NAMES_KEPT = 4096


def parse_name(text: str) -> PersonName:
    """Takes a person's name apart.

    Args:
        text: The name as it is written, without titles.

    Returns:
        Its parts, folded. A name without letters is its own surname.
    """
    return _parsed(text) if len(text) > _LONGEST_KEPT else _parsed_before(text)


def _parsed(text: str) -> PersonName:
    tokens = [part for token in text.translate(_PLAIN).split() for part in _apart(token)]
    tokens, nicknames = _without_nicknames(tokens)
    if not tokens:
        return PersonName((), (text.casefold(),), ())
    tokens[-1] = _without_possessive(tokens[-1])
    tokens, suffix = _without_suffix(tokens, text.isupper())
    if _is_surname_first(tokens):
        given = "".join(fold_word(token) for token in tokens[1:]).replace("-", "")
        return PersonName((_same(given),), (fold_word(tokens[0]),), nicknames, suffix, True)
    words = [word for place, token in enumerate(tokens) for word in _words(tokens, place, token)]
    words = words or [text.casefold()]
    begin = _surname_begin(words)
    return PersonName(tuple(words[:begin]), tuple(words[begin:]), nicknames, suffix)


_parsed_before = lru_cache(_NAMES_KEPT)(_parsed)
"""The same names stand in many documents of a run."""


@cache
def tussenvoegsels() -> frozenset[str]:
    """The words that stand between first name and surname: van, de, 't, el, von."""
    return frozenset(line.translate(_PLAIN) for line in lines("tussenvoegsels.txt"))


@cache
def loose_tussenvoegsels() -> frozenset[str]:
    """Those that news also leaves out: al-Assad is Assad, but Van Dijk is not Dijk."""
    return frozenset(lines("loose_tussenvoegsels.txt"))


@cache
def first_names() -> frozenset[str]:
    """Known first names, folded."""
    return frozenset(_folded(line) for line in lines("first_names.txt"))


@cache
def surnames_in_front() -> frozenset[str]:
    """Family names of countries where they stand in front: Xi, Kim, Nguyen; folded."""
    return frozenset(_folded(line) for line in lines("surnames_in_front.txt"))


@cache
def single_name_titles() -> frozenset[str]:
    """Titles of people who go by one name: koning, prinses, paus."""
    return frozenset(lines("single_name_titles.txt"))


@cache
def family_nouns() -> frozenset[str]:
    """Nouns in front of the surname of a whole family: familie, gebroeders."""
    return frozenset(lines("family_nouns.txt"))


@cache
def person_heads() -> frozenset[str]:
    """Nouns that a surname follows after a hyphen: kabinet, motie."""
    return frozenset(lines("person_heads.txt"))


def is_initial(word: str) -> bool:
    """Whether a folded word of a name is an initial."""
    return word.endswith(".")


def fold_word(word: str) -> str:
    """Folds one word of a name: Yeşilgöz, YESILGOZ and yesilgöz; Poetin and Putin.

    Args:
        word: A word without white space.

    Returns:
        Lower case without accents or punctuation around it, in one of the ways to transliterate
        it (`lexicon/transliterations.tsv`), each part of a hyphenated word by itself.
    """
    return _same_word(word) if len(word) > _LONGEST_KEPT else _same_word_before(word)


def _same_word(word: str) -> str:
    return "-".join(_same(part) for part in _folded(word).split("-"))


_same_word_before = lru_cache(_NAMES_KEPT)(_same_word)


def _surname_keys(name: PersonName) -> tuple[str, ...]:
    whole = " ".join(name.surname)
    if "-" not in whole or name.surname_first:
        return (whole,)
    halves = [half.strip() for half in whole.split("-")][:MAX_WORDS]
    if not name.given and all(half in first_names() for half in halves):
        return (whole,)
    return tuple(dict.fromkeys((whole, *(half for half in halves if len(half) > 2))))


def without_loose(key: str) -> str:
    """A surname without the tussenvoegsels in front that may be left out.

    Args:
        key: A surname as `surname_keys` gives it.

    Returns:
        `assad` for `al assad`; the surname itself when it has none of them.
    """
    words = key.split(" ")
    begin = 0
    while begin < len(words) - 1 and words[begin] in loose_tussenvoegsels():
        begin += 1
    return " ".join(words[begin:])


def misspelt(key: str) -> str:
    """A surname in which der, den and de are the same, as news confuses them.

    Args:
        key: A surname as `surname_keys` gives it.

    Returns:
        `van de laan` for `van der laan`.
    """
    return " ".join("de" if word in ("der", "den") else word for word in key.split(" "))


def tails(name: PersonName) -> Iterator[str]:
    """The ends of a name that can stand for it: Ben Ali of Zine El Abidine Ben Ali.

    Args:
        name: A name.

    Yields:
        Every shorter end, longest first, that does not begin within tussenvoegsels: Van der
        Plas, but not Plas.
    """
    words = name.words if len(name.words) <= MAX_WORDS else ()
    for begin in range(1, len(words)):
        if not _is_before_surname(words[begin - 1]) and not is_initial(words[begin]):
            yield " ".join(words[begin:])


def heads(name: PersonName) -> Iterator[str]:
    """The beginnings of a name that can stand for it: Pedro Sánchez of Pedro Sánchez Pérez.

    Args:
        name: A name.

    Yields:
        Every shorter beginning of two words or more that does not end in a tussenvoegsel.
    """
    words = name.words if len(name.words) <= MAX_WORDS else ()
    for end in range(2, len(words)):
        if not _is_before_surname(words[end - 1]) and not is_initial(words[end - 1]):
            yield " ".join(words[:end])


def _apart(token: str) -> Iterator[str]:
    """Parts initials from the surname they are written to: M.Rutte."""
    found = _INITIALS_AND_NAME.fullmatch(token)
    if found is None:
        yield _SHORTENED.get(token, token)
    else:
        yield from found.groups()


def _words(tokens: list[str], place: int, token: str) -> Iterator[str]:
    """The folded words of one token; initials fall apart: J.P. gives `j.` and `p.`."""
    last = place == len(tokens) - 1
    bare = len(token) == 1 or (place == 0 and _stands_out(tokens))
    if not last and (
        _INITIALS.fullmatch(token) or (bare and _BARE_INITIALS.fullmatch(token) is not None)
    ):
        if bare and "." not in token:
            yield from (f"{letter}." for letter in _folded(token))
        else:
            yield from (f"{_folded(part)}." for part in _INITIAL.findall(token))
        return
    word = _folded(token)
    prefix, rest = _attached(word)
    if prefix:
        yield prefix
    if rest:
        yield "-".join(_same(part) for part in rest.split("-"))


def _stands_out(tokens: list[str]) -> bool:
    """Whether the first token alone is in capitals, and has two or three: JD Vance, not XI."""
    return 1 < len(tokens[0]) <= 3 and tokens[0].isupper() and not "".join(tokens[1:]).isupper()


def _attached(word: str) -> tuple[str, str]:
    """Cuts a tussenvoegsel from the word it is written to: al-Assad, D'Hondt, 's-Gravesande."""
    first, hyphen, rest = word.partition("-")
    if hyphen and rest and first in tussenvoegsels():
        return first, rest
    if hyphen and rest and first in loose_tussenvoegsels():
        # The article of an-Nahyan and ash-Sharif is the one of al-Assad.
        return "al", rest
    if word[1:2] == "'" and len(word) > 3 and word[:2] in tussenvoegsels():
        return word[:2], word[2:]
    return "", word


def _surname_begin(words: list[str]) -> int:
    """Where the surname begins: at the first tussenvoegsel, else at the last word."""
    last = len(words) - 1
    if last >= MAX_WORDS:
        return 1
    for place in range(last):
        if _is_before_surname(words[place]):
            return place
    return last


def _is_before_surname(word: str) -> bool:
    """Whether a word is or ends in a tussenvoegsel: van, Schuurman-de."""
    return word.rpartition("-")[2] in tussenvoegsels()


def _is_surname_first(tokens: list[str]) -> bool:
    """Whether a name is written as Xi Jinping and Kim Jong-un are.

    A family name that is also a first name here (Kim Clijsters) counts only before syllables:
    Jong-un, or Jong Un.
    """
    if not 2 <= len(tokens) <= 3 or _folded(tokens[0]) not in surnames_in_front():
        return False
    if any(_folded(token) in tussenvoegsels() or "." in token for token in tokens[1:]):
        return False
    if _folded(tokens[0]) not in first_names():
        return True
    if len(tokens) == 3:
        return all(len(token) <= 5 and "-" not in token for token in tokens)
    first, hyphen, rest = tokens[1].partition("-")
    return bool(hyphen) and len(first) <= 5 and 0 < len(rest) <= 6 and "-" not in rest


def _without_nicknames(tokens: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Takes out what stands in brackets or quotes, unless nothing else would be left."""
    kept: list[str] = []
    nickname: list[str] = []
    closing = ""
    for place, token in enumerate(tokens):
        if not (nickname or closing) and _opens(token) and len(tokens) <= MAX_WORDS:
            closing = _OPENING[token[0]]
            if not any(later.endswith(closing) for later in tokens[place + (len(token) == 1) :]):
                closing = ""
        if not closing:
            kept.append(token)
            continue
        nickname.append(fold_word(token))
        if token.endswith(closing) and (len(token) > 1 or len(nickname) > 1):
            closing = ""
    if not any(map(_folded, kept)):
        return [token for token in tokens if _folded(token)], ()
    phrase = " ".join(word for word in nickname if word)
    return kept, (phrase,) if phrase else ()


def _opens(token: str) -> bool:
    return token[0] in _OPENING and token.casefold() not in tussenvoegsels()


def _without_possessive(token: str) -> str:
    stripped = token[:-2] if token[-2:] in ("'s", "'S") and len(token) > 3 else token
    return stripped.rstrip("'") or token


def _without_suffix(tokens: list[str], capitals: bool) -> tuple[list[str], str]:
    """Takes off jr., sr. or a Roman number behind a name."""
    last = tokens[-1]
    generation = _GENERATIONS.get(_folded(last), "")
    if len(tokens) > 1 and generation:
        return tokens[:-1], generation
    roman = _ROMAN.fullmatch(last) is not None and not (capitals and last == "XI")
    if len(tokens) > 1 and roman:
        return tokens[:-1], last.casefold()
    return tokens, ""


def _folded(word: str) -> str:
    """Lower case, without accents and without punctuation around."""
    lowered = word.translate(_PLAIN).casefold()
    if not lowered.isascii():
        apart = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
        lowered = "".join(char for char in apart if not unicodedata.combining(char))
    if lowered in tussenvoegsels():
        return lowered
    return lowered.strip(_EDGES)


def _same(word: str) -> str:
    """The one way to write a word that stands for all the ways to transliterate it."""
    return _transliterations().get(word) or _SLAVIC_EV.sub("jev", _SLAVIC.sub("i", word))


@cache
def _transliterations() -> dict[str, str]:
    groups = (
        [_folded(form) for form in line.split("\t")] for line in lines("transliterations.tsv")
    )
    return {form: forms[0] for forms in groups for form in forms}
