"""Which places of a plan hold a word, two side by side, or what stands above them."""

from __future__ import annotations

from retrieval.plan_words import PlanWords, headings

WORDS = PlanWords([["tram", "bom", "nuoc"], ["bom", "tram"], ["nuoc", "sach", "tram", "bom"], []])


def test_a_word_is_found_where_it_stands() -> None:
    assert WORDS.holders("tram").tolist() == [0, 1, 2]
    assert WORDS.holders("dien").tolist() == []
    assert WORDS.knows("sach")
    assert not WORDS.knows("dien")
    assert WORDS.of(2) == ["nuoc", "sach", "tram", "bom"]


def test_neighbours_count_in_their_order_only() -> None:
    assert WORDS.holds(["tram", "bom"]) == [0, 2]
    assert WORDS.holds(["bom", "tram"]) == [1]
    assert WORDS.holds(["nuoc", "bom"]) == []
    assert WORDS.holds([]) == []


def test_many_words_are_kept_apart() -> None:
    """Numbers of several bytes must not be found across the border of two."""
    many = PlanWords([[f"w{n}" for n in range(70_000)], ["w256", "w1"], ["w1", "w0"]])
    assert many.holds(["w1", "w0"]) == [2]
    assert many.holds(["w256", "w1"]) == [1]
    assert many.holds(["w69998", "w69999"]) == [0]


def test_a_heading_supports_what_stands_below_it() -> None:
    water, other = frozenset({"nuoc"}), frozenset({"dien"})
    above = headings([other, water, water, other])
    assert WORDS.weigh({"nuoc": 2.0, "tram": 1.0}, above, 0.5).tolist() == [3.0, 2.0, 3.0, 0.0]
