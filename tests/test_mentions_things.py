"""Works and other things that a model takes for somebody, a body or a place."""

import pytest
from mention_marks import shown


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("We keken naar [Paw Patrol|PER].", []),
        ("Ze spelen Kolonisten van [Catan|LOC].", []),
        ("Ze zag The Wolf of [Wall Street|LOC].", []),
        ("[Paw Patrol|MISC] en [Lotte Bremer|PER].", ["PER Lotte Bremer"]),
        ("[Paw Patrol Bremer|PER] zong.", ["PER Paw Patrol Bremer"]),
        ("Bij [Bremer Paw|ORG] Patrol.", ["ORG Bremer Paw"]),
    ],
)
def test_things_are_nobody(marked, expected):
    assert shown(marked) == expected
