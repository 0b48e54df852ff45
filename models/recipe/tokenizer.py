"""The tokenizer of nl_ent_news_sm: Dutch news as it is typed, saved in the model itself.

spaCy's Dutch rules keep ``Trump's``, ``VVD/D66`` and ``Jansen(VVD)`` in one token and take
hundreds of capitalised legal abbreviations (``VS.``, ``Tom.``, ``Bull.``) for one word with their
full stop. A name inside such a token can never be a mention. The rules here split them, and leave
hyphenated words whole, as CoNLL-2002 labels them. They are only regular expressions and
exceptions, so the saved model needs none of this code when it is loaded.
"""

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER
from spacy.lang.punctuation import TOKENIZER_PREFIXES as BASE_PREFIXES
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_APOSTROPHES = "'’‘`´"
_QUOTES = "\"'“”„‟‘’‚‛«»‹›`´"

# Titles and name parts that keep their full stop at the start of a sentence too. All other
# capitalised abbreviations of spaCy's list are forms of Belgian legal citation, unknown to news.
_CAPITALISED_ABBREVIATIONS = frozenset(
    [
        "Dr.",
        "Drs.",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Prof.",
        "Ir.",
        "Ing.",
        "Bc.",
        "Ds.",
        "Mw.",
        "Mevr.",
        "Dhr.",
        "Jhr.",
        "St.",
        "Jr.",
        "Sr.",
        "Chr.",
        "Th.",
        "Ph.",
        "Joh.",
        "Alb.",
        "Fr.",
        "Lic.",
        "Gen.",
        "Kol.",
        "Kapt.",
        "Lt.",
        "Sgt.",
        "Nr.",
        "Tel.",
        "Bijv.",
        "Enz.",
        "Ca.",
        "Resp.",
        "Excl.",
        "Incl.",
        "B.V.",
        "N.V.",
        "V.S.",
        "Z.K.H.",
        "H.K.H.",
        "C.S.",
        "E.A.",
    ]
)

# Words that are written with an apostrophe and stay whole: foto's, zo'n, 't, 's-Hertogenbosch,
# VVD'er. A capitalised name with 's (Trump's) is a name and its ending.
_WHOLE_WORDS = re.compile(
    rf"(?:[{ALPHA_LOWER}]+[{_APOSTROPHES}](?:s|n|tje|tjes)"
    rf"|[{_APOSTROPHES}]s-[{ALPHA_UPPER}][{ALPHA}]+(?:-[{ALPHA}]+)*"
    rf"|[{_APOSTROPHES}](?:s|t|n|k|m|r|ns|ie)"
    rf"|[{ALPHA_UPPER}0-9]+[{_APOSTROPHES}](?:er|ers|tje|tjes|ster|sters)"
    rf"|McDonald[{_APOSTROPHES}]s)\Z"
)

_PREFIXES = [",,", "-(?=[{au}])", "@(?=[{a}])", "[\u200b-\u200f\u00ad\ufeff]", "[–—]"]
_INFIXES = [
    r"\.\.+",
    "…",
    r"(?<=[{al}])\.(?=[{au}])",
    r"(?<=[{au}][{au}])\.(?=[{au}][{al}])",
    r"(?<=[{a}0-9\"”’')])[,!?;:<>=]+(?=[{a}{q}(])",
    r"(?<=[{a}0-9.,!?])[{qd}()\[\]]+(?=[{a}])",
    r"(?<=[{a}0-9])/(?=[{a}])",
    r"(?<=[{a}])/(?=[{a}0-9])",
    r"(?<=[{al}])_(?=[{au}])",
    r"(?<=[.,!?:;])[{q}]+(?=[{a}])",
    r"(?<=[{a}])[.,!?:;]+(?=[{q}])",
    r"(?<=[{a}])[{q}]+[.,!?:;]+(?=[{a}])",
    r"(?<=[{al}{au}])[’'\"”](?=-[{al}])",
    r"(?<=[{a}0-9])(?:--|[–—|•→])+(?=[{a}0-9{q}])",
]
_SUFFIXES = [
    "''",
    r"(?<=[{a}0-9.])[{ap}][sS]",
    r"(?<=[{al}0-9%²\-\+\"'”’)\]!?])\.",
    r"(?<=[{au}{al}0-9][{au}])\.",
    r"\.\.+",
    "…",
    r"[,;:!?{q}()\[\]{{}}*&]",
    "[–—|•→/]",
    r"(?<=[0-9])(?:\+|%|€|\$|£)",
    r"(?<=[0-9])(?:mln|mld|miljoen|miljard|euro|km|kg|cm|mm|m|uur)",
]


def _fill(patterns: list[str]) -> list[str]:
    return [
        pattern.format(
            a=ALPHA,
            al=ALPHA_LOWER,
            au=ALPHA_UPPER,
            q=re.escape(_QUOTES),
            qd='"“”„«»‹›',
            ap=_APOSTROPHES,
        )
        for pattern in patterns
    ]


def set_tokenizer_rules(nlp: Language) -> None:
    """Gives a Dutch pipeline the tokenizer rules of nl_ent_news_sm.

    Args:
        nlp: A Dutch pipeline; its tokenizer is changed in place.
    """
    tokenizer = nlp.tokenizer
    tokenizer.rules = {
        form: parts
        for form, parts in tokenizer.rules.items()
        if not form[0].isupper() or form in _CAPITALISED_ABBREVIATIONS or _is_initials(form)
    }
    tokenizer.prefix_search = compile_prefix_regex(_fill(_PREFIXES) + BASE_PREFIXES).search
    tokenizer.infix_finditer = compile_infix_regex(_fill(_INFIXES)).finditer
    tokenizer.suffix_search = compile_suffix_regex(_fill(_SUFFIXES)).search
    tokenizer.token_match = _WHOLE_WORDS.match


def _is_initials(form: str) -> bool:
    return len(form) == 2 and form[1] == "."
