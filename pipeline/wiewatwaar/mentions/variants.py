"""Other spellings of the persons whom a document names: Đoković beside Djokovic."""

import re
from collections.abc import Iterator

from wiewatwaar.mentions.candidates import Candidate, Rank
from wiewatwaar.mentions.capitals import initial_capital
from wiewatwaar.mentions.evidence import Evidence
from wiewatwaar.mentions.neighbours import begins_sentence, word_after
from wiewatwaar.mentions.word_lists import words
from wiewatwaar.people.names import fold_word
from wiewatwaar.spans import ResolvedMention

# What stands in front is asked behind the letter: the search then skips to capitals.
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ\u0100-\u024f](?<![\w'’&@/-].)\w{4,30}(?![\w'’@/-])")


def variant_candidates(evidence: Evidence) -> Iterator[Candidate]:
    """The surnames of the document in another transliteration, where the model says nothing.

    Args:
        evidence: The document.

    Yields:
        Candidates in order of place.
    """
    text = evidence.text
    surnames = [form for form in evidence.knowledge.surnames if " " not in form]
    known = {fold_word(form) for form in surnames}
    if not known:
        return
    for word in _WORD.finditer(text):
        form, start, end = word.group(), word.start(), word.end()
        if evidence.coverage.overlapping(start, end) or form in evidence.knowledge.types:
            continue
        if fold_word(form) not in known or evidence.has_word(form.lower()):
            continue
        if initial_capital(form) in words("common_surnames"):
            # KOUDE WINTER.
            continue
        # Klitschko leidt de stad; Klitschko, oud-bokser, ook.
        acts = word_after(text, end) in words("agent_verbs") or text.startswith(", ", end)
        if form.isascii() and begins_sentence(text, start) and not acts:
            continue
        mention = ResolvedMention(
            start=start,
            end=end,
            type="PERSON",
            form="name",
            label=None,
            found_by="lexicon",
            name=form,
        )
        yield Candidate(Rank.REPEATED, mention)
