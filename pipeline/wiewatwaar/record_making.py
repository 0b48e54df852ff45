"""From what was found in a cleaned text to the parts of a record, at their places in the source."""

from collections.abc import Collection, Sequence

from wiewatwaar.articles import Article
from wiewatwaar.cleaning import Cleaned
from wiewatwaar.records import DocumentInfo, Entity, Mention
from wiewatwaar.source_text import SourceText
from wiewatwaar.spans import EntityGroup, EntityType


def document_of(article: Article, cleaned: Cleaned, keep_text: bool) -> DocumentInfo:
    """Puts together what is known of a document.

    Args:
        article: The article as it was read.
        cleaned: The same, cleaned.
        keep_text: Whether to hold the source text.

    Returns:
        What the record says of its document.
    """
    found = {**cleaned.metadata, **article.metadata}
    known = {name: found[name] for name in DocumentInfo.model_fields if found.get(name)}
    fields = {
        **known,
        "id": article.id,
        "sha256": article.sha256,
        "characters": len(article.text),
        "words": len(cleaned.text.text.split()),
        "text": article.text if keep_text else None,
    }
    return DocumentInfo.model_validate(fields)


def entities_of(
    text: SourceText, groups: Sequence[EntityGroup], types: Collection[EntityType]
) -> list[Entity]:
    """Makes the entities of a record, with their mentions at their places in the source.

    Args:
        text: The cleaned text.
        groups: What was found in it.
        types: Types of entity that the record holds.

    Returns:
        The entities in order of first mention.
    """
    kept = {place: one for place, one in enumerate(groups) if one.type in types}
    mentions = _source_mentions(text, kept)
    order = sorted(mentions, key=lambda place: mentions[place][0].start)
    ids = {place: f"e{number}" for number, place in enumerate(order, start=1)}
    return [
        Entity(
            id=ids[place],
            type=kept[place].type,
            name=kept[place].name,
            code=kept[place].code,
            former=kept[place].former,
            aliases=_aliases(text.text, kept[place]),
            ambiguous_with=tuple(ids[o] for o in kept[place].ambiguous_with if o in ids),
            mentions=tuple(mentions[place]),
        )
        for place in order
    ]


def _source_mentions(text: SourceText, groups: dict[int, EntityGroup]) -> dict[int, list[Mention]]:
    """Mentions by group, in the source; where cleaning made one of two, the first stands."""
    placed = sorted(
        (*text.to_source(mention.start, mention.end), place, mention)
        for place, one in groups.items()
        for mention in one.mentions
    )
    mentions: dict[int, list[Mention]] = {}
    done = -1
    for start, end, place, mention in placed:
        if start < done:
            continue
        done = end
        mentions.setdefault(place, []).append(
            Mention(
                start=start,
                end=end,
                text=text.source[start:end],
                form=mention.form,
                label=mention.label,
                found_by=mention.found_by,
            )
        )
    return mentions


def _aliases(text: str, one: EntityGroup) -> tuple[str, ...]:
    """The forms of the mentions other than the name itself, in order, each once."""
    forms = dict.fromkeys(text[mention.start : mention.end] for mention in one.mentions)
    return tuple(form for form in forms if form != one.name)
