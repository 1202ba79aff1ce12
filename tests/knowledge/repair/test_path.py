"""The best path, on a language small enough to count by hand."""

from knowledge.repair.path import best_path
from knowledge.repair.syllables import CUT, FIGURE, Language, pack, unpack

SINGLES = {CUT: 50, FIGURE: 10, "đất": 40, "đạt": 20, "bàn": 20, "địa": 20, "bản": 30}
PAIRS = {("địa", "bàn"): 15, ("đạt", FIGURE): 10, ("bàn", "đạt"): 3}
TRIPLES = {("địa", "bàn", "đạt"): 3}


def small() -> Language:
    return unpack(pack(SINGLES, PAIRS, TRIPLES))


def test_counts_survive_packing() -> None:
    known = small()
    assert {s: known.counts[known.number[s]] for s in SINGLES} == SINGLES
    assert known.probability(known.number["địa"], known.number["bàn"]) > 0.2
    assert known.probability(known.number["bàn"], known.number["đất"]) < 0.05


def said(known: Language, *places: list[tuple[str, float]]) -> list[str]:
    candidates = [[(known.number[word], p) for word, p in place] for place in places]
    return [place[i][0] for place, i in zip(places, best_path(candidates, known), strict=True)]


def test_neighbours_decide_between_equal_candidates() -> None:
    both = [("bản", 0.5), ("bàn", 0.5)]
    assert said(small(), [("địa", 1.0)], both) == ["địa", "bàn"]
    assert said(small(), both) == ["bản"]


def test_what_was_seen_outweighs_a_weak_neighbour() -> None:
    assert said(small(), [("địa", 1.0)], [("bản", 1.0), ("bàn", 1e-6)]) == ["địa", "bản"]


def test_a_figure_is_context_for_the_word_before_it() -> None:
    both = [("đất", 1.0), ("đạt", 1.0)]
    assert said(small(), both, [(FIGURE, 1.0)]) == ["đạt", FIGURE]
    assert said(small(), both, [(CUT, 1.0)]) == ["đất", CUT]


def test_no_place_is_an_empty_path() -> None:
    assert best_path([], small()) == []
