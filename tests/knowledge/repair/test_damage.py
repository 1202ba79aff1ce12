"""A ruined scan, bare typing and clean text are told apart; other languages are none of them."""

import unicodedata

import pytest

from knowledge.repair import Damage, damage_of, is_damaged, strip_marks

CLEAN = (
    "Ủy ban nhân dân xã giao Phòng Văn hóa - Xã hội chủ trì, theo dõi việc thực hiện các chỉ tiêu của kế hoạch; "
    "các thôn báo cáo kết quả trước ngày 15 hằng tháng để tổng hợp, trình Chủ tịch xem xét."
)
SCANNED = (
    "Uy ban nhan dan x4 giao Phong Van héa - Xa héi chu tri, theo dbi viéc thuc hién céc chi tiéu cua ké hoach; "
    "cdc thén béo cdo két qua truéc ngay 15 hang thang dé téng hgp, trinh Chu tich xem xét."
)


def test_clean_text_is_not_damaged() -> None:
    assert damage_of(CLEAN) is Damage.NONE
    assert damage_of(unicodedata.normalize("NFD", CLEAN)) is Damage.NONE


def test_a_ruined_scan_is_damaged() -> None:
    assert damage_of(SCANNED) is Damage.SCAN
    assert is_damaged(SCANNED)


def test_typing_without_diacritics_is_bare_not_damaged() -> None:
    assert damage_of(strip_marks(CLEAN)) is Damage.BARE
    assert not is_damaged(strip_marks(CLEAN))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12,5% 31/12/2025 88/BC-UBND",
        "The quick brown fox jumps over the lazy dog, and nothing here was ever read by a scanner at all.",
        "Les élèves étaient très fatigués après la journée passée à préparer la fête de l'école du village.",
    ],
)
def test_other_texts_are_not_damaged(text: str) -> None:
    assert damage_of(text) is Damage.NONE
