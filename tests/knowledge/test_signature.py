"""The head and the foot of plans whose letterhead and signature stand in two columns."""

from __future__ import annotations

from tests.knowledge.readings import plan

BODY = """
KẾ HOẠCH
Chuyển đổi số năm 2026

I. MỤC TIÊU

- 80% hộ có mã QR.
"""


def test_a_signer_printed_beside_the_recipients() -> None:
    foot = """
    Nơi nhận:                       TM. ỦY BAN NHÂN DÂN
    - UBND tỉnh;                    CHỦ TỊCH
    - Lưu: VT.                      Trần Thị Hồng Vân
    """
    read = plan(BODY + foot.replace("\n    ", "\n")).document
    assert read.signer == "Trần Thị Hồng Vân"
    assert not read.checks


def test_recipients_alone_sign_nothing() -> None:
    foot = "\nNơi nhận:\n- UBND tỉnh;   - Các thôn;\n- Lưu: VT, VP.\n"
    assert plan(BODY + foot).document.signer is None


def test_a_damaged_head_whose_columns_run_together() -> None:
    head = """
UY BAN NHAN DAN CONG HOA XA HOI CHU NGHIA
XA MUONG KHUONG VIET NAM
S6: 12/KH-UBND Doc lap - Tu do - Hanh phic
Mudng Khuong, ngay 09 thang 02 nam 2026
KE HOACH
Chuyén d6i s6 nam 2026
PHAN I. DANH GIA
1. Nam 2025, xa tiép nhan 900 hé so.
"""
    foot = "\nNoi nhan: TM. UY BAN NHAN DAN\n- UBND tinh; CHU TICH\n- Luu: VT. Tran Van Minh\n"
    read = plan(head + foot, damaged=True).document
    assert (read.issuer, read.signer, read.year) == ("UBND xã Mường Khương", "Trần Văn Minh", 2026)


def test_a_departments_plan_is_the_departments() -> None:
    head = """
UBND TỈNH LAI CHÂU          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ                   Độc lập - Tự do - Hạnh phúc
Số: 14/KH-SNV               Lai Châu, ngày 12 tháng 01 năm 2026
"""
    read = plan(head + BODY).document
    assert (read.issuer, read.province, read.number) == ("Sở Nội vụ tỉnh Lai Châu", "Lai Châu", "14/KH-SNV")
