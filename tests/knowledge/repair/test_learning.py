"""Learning a scanner's confusions from aligned words, on an invented scanner."""

from collections import Counter

import pytest

from knowledge.repair import repair_lines
from knowledge.repair.aligned import aligned, words
from knowledge.repair.confusion import unpack
from knowledge.repair.learn import confusions_from
from knowledge.repair.letters import learn_letters
from knowledge.repair.syllables import language


def test_words_are_paired_over_gaps() -> None:
    printed = words("Thuc hién cac ~ chi tiéu cua ké hoach")
    true = words("Thực hiện tốt các chỉ tiêu của kế hoạch.")
    assert list(aligned(printed, true)) == [
        ("Thuc", "Thực"),
        ("hién", "hiện"),
        ("cac", "các"),
        ("chi", "chỉ"),
        ("tiéu", "tiêu"),
        ("cua", "của"),
        ("ké", "kế"),
        ("hoach", "hoạch"),
    ]


def test_letters_are_learned_without_being_shown_where_they_stand() -> None:
    pairs = {("m7t", "một"): 5, ("h7i", "hội"): 5, ("h0a", "hóa"): 3, ("mat", "mặt"): 2}
    table = learn_letters(pairs)
    assert max(table["ộ"], key=table["ộ"].__getitem__) == "7"
    assert max(table["m"], key=table["m"].__getitem__) == "m"
    assert sum(table["ộ"].values()) == pytest.approx(1.0)


def test_a_table_learned_from_another_scanner_reads_that_scanner() -> None:
    pairs = Counter({("c7ng", "công"): 20, ("ngh7", "nghệ"): 20, ("th7ng", "thông"): 20, ("tin", "tin"): 20})
    channel = unpack(confusions_from(pairs, language().spelled), language())
    assert repair_lines(["c7ng ngh7 th7ng tin"], channel)[0].text == "công nghệ thông tin"
