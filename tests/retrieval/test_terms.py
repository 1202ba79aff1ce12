"""Typing, scanning and abbreviating end at the same terms; figures never meet other figures."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.lexical import Segment, build, score
from retrieval.terms import MAX_SYLLABLES, syllables, terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chuyển đổi số", "chuyen doi so"),
        ("Chuyén d6i s6", "chuyển đổi số"),
        ("TTHC", "thủ tục hành chính"),
        ("DVCTT toàn trình", "dịch vụ công trực tuyến toàn trình"),
        ("Tổ CNSCĐ", "tổ công nghệ số cộng đồng"),
        ("hồ sơ online", "hồ sơ trực tuyến"),
        ("07 tổ", "7 tổ"),
        ("1.707 hồ sơ", "1707 hồ sơ"),
        ("Quý II/2026", "quý 2 2026"),
        ("Quy 111/2026", "quý 3 2026"),
        ("03/02/2026", "3/2/2026"),
        ("27 /KH-UBND", "27/KH-UBND"),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("hoà giải", "hòa giải"),
    ],
)
def test_two_ways_of_writing_are_one(one: str, other: str) -> None:
    assert syllables(one) == syllables(other)


@pytest.mark.parametrize(
    ("one", "other"), [("60 %", "6006"), ("5G", "56"), ("20/KH-UBND", "20/QĐ-UBND"), ("98,26", "9826"), ("ai", "AI")]
)
def test_different_things_stay_apart(one: str, other: str) -> None:
    assert syllables(one) != syllables(other)


def test_a_monstrous_text_is_cut() -> None:
    assert len(syllables("ong mật " * 100_000)) <= MAX_SYLLABLES


def test_a_segment_survives_storing() -> None:
    segment = build([(syllables("nuôi ong lấy mật"), ["i"]), (syllables("trồng chè"), [])])
    again = Segment.from_bytes(segment.to_bytes())
    query = terms(syllables("ong mật"))
    weights = np.ones(len(query), dtype=np.float32)
    (before,), (after,) = score([segment], query, weights).scores, score([again], query, weights).scores
    assert np.array_equal(before, after)
    assert before[0] > before[1] == 0
    for stored in (b"", b"\x00" * 11, segment.to_bytes()[:-1], segment.to_bytes() + b"\x00"):
        with pytest.raises(ValueError, match="segment"):
            Segment.from_bytes(stored)


def test_words_in_the_asked_order_win() -> None:
    segment = build([(syllables("hộ nghèo và hồ sơ"), []), (syllables("hồ sơ hộ tịch"), [])])
    query = terms(syllables("hộ tịch"))
    (scores,) = score([segment], query, np.ones(len(query), dtype=np.float32)).scores
    assert scores[1] > scores[0]
