import pytest

from wiewatwaar.language import NotDutchError, language, require_dutch

DUTCH = "De burgemeester van Zwolle opende maandag de nieuwe brug en sprak met de aannemer. "
ENGLISH = "The mayor of Zwolle opened the new bridge on Monday and spoke with the contractor. "


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DUTCH, "nl"),
        (DUTCH.upper(), "nl"),
        (ENGLISH, "en"),
        ("Le maire de Gand a ouvert lundi le nouveau pont et il a parlé avec les ouvriers.", "fr"),
        ("Der Bürgermeister hat am Montag die neue Brücke eröffnet und sprach mit allen.", "de"),
        ("Die burgemeester het Maandag die nuwe brug geopen en hy het met almal gepraat.", "af"),
        ("", "und"),
        ("De NAVO.", "und"),
        ("The bridge is open.", "und"),
        ("1-0 2-3 4-4 1 2 3 4 5 6 7 8 9 10", "und"),
        # A quotation or a summary in another language does not make the article one.
        (ENGLISH * 13 + DUTCH * 60, "nl"),
        (DUTCH * 13 + ENGLISH * 60, "nl"),
        (DUTCH + ENGLISH * 60, "en"),
    ],
)
def test_language(text, code):
    assert language(text) == code


def test_only_what_is_known_not_to_be_dutch_is_refused():
    require_dutch("nl")
    require_dutch("und")
    with pytest.raises(NotDutchError, match="in language 'en', not in Dutch: leave it out"):
        require_dutch("en")
