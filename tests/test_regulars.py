from wiewatwaar.regulars import Regulars


def test_the_first_words_are_taken_at_once():
    regulars = Regulars(at_once=2, most=10)
    assert regulars.take(["de"]) == ["de"]
    assert regulars.take(["het", "Rutte"]) == ["het"]


def test_later_ones_are_taken_when_they_come_again():
    regulars = Regulars(at_once=3, most=10)
    regulars.take(["de", "het", "een"])
    assert regulars.take(["Rutte", "Kaag"]) == []
    assert regulars.take(["Omtzigt", "Kaag"]) == ["Kaag"]


def test_no_more_are_taken_than_the_limit():
    regulars = Regulars(at_once=3, most=4)
    regulars.take(["de", "het", "een"])
    regulars.take(["Rutte", "Kaag"])
    assert regulars.take(["Rutte", "Kaag"]) == ["Rutte"]
    assert regulars.take(["Kaag"]) == []
    assert Regulars(at_once=3, most=1).take(["de", "het"]) == ["de"]


def test_words_that_never_come_back_are_not_kept():
    regulars = Regulars(at_once=100, most=1_000)
    regulars.take([f"woord{number}" for number in range(100)])
    for batch in range(100):
        assert regulars.take([f"{batch}.{number}" for number in range(90)]) == []
        assert len(regulars._once) <= 190
