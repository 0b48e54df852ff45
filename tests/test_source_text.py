import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiewatwaar.source_text import Edit, EditError, SourceText


def test_a_new_text_is_its_source():
    text = SourceText("Hongarije")
    assert text.text == text.source == "Hongarije"
    assert text.to_source(0, 9) == (0, 9)


def test_a_span_across_a_deletion_maps_to_what_covers_it():
    text = SourceText("Hon-\ngarije doet mee").edit([Edit(3, 5)])
    assert text.text == "Hongarije doet mee"
    assert text.to_source(0, 9) == (0, 11)
    assert text.to_source(10, 14) == (12, 16)


def test_a_replacement_maps_to_what_it_replaced():
    text = SourceText("BelgiÃ« en").edit([Edit(5, 7, "ë")])
    assert text.text == "België en"
    assert text.to_source(0, 6) == (0, 7)
    assert text.to_source(5, 6) == (5, 7)
    assert text.to_source(7, 9) == (8, 10)


def test_inserted_text_has_no_source():
    text = SourceText("hij.De").edit([Edit(4, 4, " ")])
    assert text.text == "hij. De"
    assert text.to_source(4, 5) == (4, 4)
    assert text.to_source(5, 7) == (4, 6)


def test_edits_compose():
    text = SourceText("aXXbYYc").edit([Edit(1, 3)]).edit([Edit(2, 4, "-")])
    assert text.text == "ab-c"
    assert text.to_source(2, 3) == (4, 6)
    assert text.to_source(0, 2) == (0, 4)


def test_an_edit_inside_a_replacement_keeps_its_whole_source():
    text = SourceText("1½2").edit([Edit(1, 2, "1/2")]).edit([Edit(2, 3)])
    assert text.text == "1122"
    assert text.to_source(1, 2) == text.to_source(2, 3) == (1, 2)


def test_insertions_at_one_place_keep_their_order():
    assert SourceText("ab").edit([Edit(1, 1, "x"), Edit(1, 1, "y")]).text == "axyb"


def test_nothing_changes_without_edits():
    text = SourceText("ab")
    assert text.edit([]) is text


def test_everything_can_go():
    text = SourceText("abc").edit([Edit(0, 3)])
    assert (text.text, len(text), text.to_source(0, 0)) == ("", 0, (0, 0))
    assert text.edit([Edit(0, 0, "x")]).text == "x"


@pytest.mark.parametrize("edits", [[Edit(0, 2), Edit(1, 3)], [Edit(2, 5)], [Edit(2, 1)]])
def test_edits_that_make_no_sense_are_refused(edits):
    with pytest.raises(EditError):
        SourceText("abc").edit(edits)


@pytest.mark.parametrize("span", [(-1, 1), (2, 1), (0, 4)])
def test_a_span_outside_is_refused(span):
    with pytest.raises(IndexError):
        SourceText("abc").to_source(*span)


@st.composite
def edited_texts(draw):
    """A text, and the texts that stages of edits make of it one after another."""
    source = draw(st.text(alphabet="abcdé ", max_size=40))
    text = SourceText(source)
    for _ in range(draw(st.integers(0, 4))):
        length = len(text)
        cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
        places = zip(cuts[::2], cuts[1::2], strict=False)
        text = text.edit([Edit(a, b, draw(st.sampled_from(["", "X", "YZ"]))) for a, b in places])
    return text


@settings(max_examples=1000, deadline=None)
@given(edited_texts(), st.data())
def test_spans_lead_back_to_the_source(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    source_start, source_end = text.to_source(start, end)
    assert 0 <= source_start <= source_end <= len(text.source)


@settings(max_examples=1000, deadline=None)
@given(edited_texts())
def test_each_character_of_the_source_maps_to_itself_and_places_only_grow(text):
    before = (0, 0)
    for place, char in enumerate(text.text):
        start, end = text.to_source(place, place + 1)
        assert start >= before[0] and end >= before[1]
        before = (start, end)
        if char not in "XYZ":
            assert text.source[start:end] == char


@settings(max_examples=1000, deadline=None)
@given(edited_texts())
def test_a_span_covers_the_places_of_its_characters(text):
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + 4) + 1):
            places = [text.to_source(place, place + 1) for place in range(start, end)]
            assert text.to_source(start, end) == (places[0][0], places[-1][1])


@settings(max_examples=1000, deadline=None)
@given(edited_texts(), st.data())
def test_a_span_of_the_source_leads_to_all_that_came_from_it(text, data):
    start = data.draw(st.integers(0, len(text.source)))
    end = data.draw(st.integers(start, len(text.source)))
    came_from = [
        place
        for place in range(len(text))
        if (found := text.to_source(place, place + 1))[1] > start and found[0] < end
    ]
    cleaned = text.to_cleaned(start, end)
    assert cleaned == ((came_from[0], came_from[-1] + 1) if came_from else None)


def test_what_was_deleted_leads_nowhere():
    text = SourceText("Foto: Rutte lacht").edit([Edit(0, 6), Edit(11, 11, "s")])
    assert text.text == "Ruttes lacht"
    assert text.to_cleaned(0, 6) is None
    assert text.to_cleaned(0, 11) == (0, 5)
    assert text.to_cleaned(6, 11) == (0, 5)
    assert text.to_cleaned(6, 17) == (0, 12)
