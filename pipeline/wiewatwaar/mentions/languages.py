"""Tells a language from a country: "spreekt Frans" from "een Frans bedrijf"."""

import re
from functools import cache

from wiewatwaar.lexicon.countries import country_lexicon, word_lists
from wiewatwaar.mentions.neighbours import word_after, word_before, words_after, words_before
from wiewatwaar.mentions.word_lists import words

_WORDS_LOOKED_AT = 6
_PREDICATE_WORDS = 3
_MAX_COORDINATED = 6
_LONGEST_LANGUAGE = 20
# Shorter ones are the ends of other words too: kent of agent.
_SHORTEST_VERB = 6
_JOINED_AFTER = re.compile(r"-([A-Z]\w{2,30})(?![\w-])")
_JOINED_BEFORE = re.compile(r"(?<![\w-])([A-Z]\w+)-$")
_COORDINATION = re.compile(r"(?:,|/|,? (?:en|of|noch|én|als))[ \n]([A-Z]\w{1,30})")


def is_language(text: str, start: int, end: int, words_end: int | None = None) -> bool:
    """Whether an adjective without -e stands for the language.

    It does so where no noun follows and it says of nothing what it is. "Frans of Duits geld" has
    the noun behind the last adjective.

    Args:
        text: The text, with straight apostrophes.
        start: First code point of the adjective.
        end: One past its last.
        words_end: Where the context behind it begins, when that is not at `end`.

    Returns:
        Whether it is the language; False for adjectives of which there is none.
    """
    lists = word_lists("language_words.tsv")
    word = text[start:end].lower()
    if word not in lists["languages"]:
        return False
    if _is_inhabitant(text, start, word):
        return False
    end = words_end or end
    before = words_before(text, start, _WORDS_LOOKED_AT)
    if before and before[0] in lists["close"] and before[0] not in lists["function"]:
        return not _belongs_to_noun(text, end) or before[0] in lists["evidence"]
    following = word_after(text, end)
    if before[:1] == ["zijn"] and before[1:2] and before[1] in lists["joints"]:
        # Beter dan zijn Duits: the owner, not the verb.
        return not _belongs_to_noun(text, end)
    if following in lists["subject"] and word_before(text, start).lower() in lists["owners"]:
        return True
    if _belongs_to_noun(text, end):
        return False
    if not lists["spoken"].isdisjoint(words_after(text, end)):
        return True
    if not lists["evidence"].isdisjoint(before):
        return True
    if following in lists["final"] and before and before[0] not in lists["joints"]:
        return False
    return lists["predicate"].isdisjoint(before[:_PREDICATE_WORDS]) or "het" in before[:1]


def _belongs_to_noun(text: str, end: int) -> bool:
    """Whether a word follows that the adjective, or its coordinated neighbour, can belong to."""
    lists = word_lists("language_words.tsv")
    for _ in range(_MAX_COORDINATED):
        coordinated = _COORDINATION.match(text, end)
        if coordinated is None or not _is_bare_adjective(coordinated[1]):
            break
        end = coordinated.end()
    following = word_after(text, end)
    if not following or following.isdigit():
        return False
    if following.lower() in lists["after"] or following.lower() in lists["function"]:
        return False
    if following in words("agent_verbs") or following.endswith(_verbs_of_speech()):
        # In het Frans toespreekt.
        return False
    # Plurals take the adjective with -e, so this is a verb: Chinees kiezen.
    is_verb = following.islower() and following.endswith("en")
    return not is_verb or following.endswith(tuple(lists["singular_en"]))


@cache
def _verbs_of_speech() -> tuple[str, ...]:
    verbs = word_lists("language_words.tsv")["after"]
    return tuple(sorted(verb for verb in verbs if len(verb) >= _SHORTEST_VERB))


def pair_of_languages(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Two languages with a hyphen between them: woordenboek Italiaans-Nederlands.

    Args:
        text: The text, with straight apostrophes.
        start: First code point of one of them.
        end: One past its last.

    Returns:
        Start and end of both together; None where there is no such pair.
    """
    languages = word_lists("language_words.tsv")["languages"]
    if text[start:end].lower() not in languages:
        return None
    behind = _JOINED_AFTER.match(text, end)
    if behind is not None:
        return (start, behind.end()) if behind[1].lower() in languages else None
    near = max(0, start - _LONGEST_LANGUAGE)
    before = _JOINED_BEFORE.search(text[near:start])
    if before is None or before[1].lower() not in languages:
        return None
    return near + before.start(), end


def _is_bare_adjective(word: str) -> bool:
    ways = country_lexicon().words.get(word, ())
    # The shortest way to go on, none at all, is the last.
    return bool(ways) and not ways[-1].rest and ways[-1].kind == "adjective"


def _is_inhabitant(text: str, start: int, word: str) -> bool:
    """Whether the word is a person here: een Chinees, de jonge Portugees."""
    if not word.endswith("ees"):
        return False
    articles = word_lists("language_words.tsv")["articles"]
    first = word_before(text, start).lower()
    if first in articles:
        return True
    return first.endswith("e") and not articles.isdisjoint(words_before(text, start, 3)[1:])
