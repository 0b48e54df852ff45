from hypothesis import given
from hypothesis import strategies as st

from wiewatwaar.pieces import pieces


def test_a_short_text_is_one_piece():
    assert list(pieces("Utrecht.", 10)) == [(0, "Utrecht.")]


def test_no_text_is_no_piece():
    assert list(pieces("", 10)) == []


def test_a_paragraph_is_kept_together_where_it_fits():
    text = "Eerste zin. Tweede zin.\n\nTweede alinea. Nog een zin."
    assert [part for _, part in pieces(text, 40)] == [
        "Eerste zin. Tweede zin.\n\n",
        "Tweede alinea. Nog een zin.",
    ]


def test_a_sentence_is_kept_together_where_no_line_ends():
    text = "Dit is een zin. Dit is er nog een die langer is."
    assert next(part for _, part in pieces(text, 25)) == "Dit is een zin. "


def test_a_run_without_spaces_is_cut_where_it_must_be():
    assert [len(part) for _, part in pieces("x" * 25, 10)] == [10, 10, 5]


@given(
    st.text(alphabet=st.sampled_from("ab .\n!é"), max_size=200),
    st.integers(min_value=1, max_value=30),
)
def test_pieces_are_bounded_and_are_the_text(text, max_characters):
    cut = list(pieces(text, max_characters))
    assert "".join(part for _, part in cut) == text
    assert all(0 < len(part) <= max_characters for _, part in cut)
    assert all(text[start : start + len(part)] == part for start, part in cut)
