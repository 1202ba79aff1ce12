"""Tables of money that a scan printed as plain lines: each figure adds up by itself, or is said to be doubtful."""

from __future__ import annotations

from decimal import Decimal

from knowledge.plan import BudgetLine
from tests.knowledge.readings import SCANNED_HEAD, plan

SCAN = (
    SCANNED_HEAD
    + """\
PHU LUC 1
KINH PHI THUC HIEN

STT Tén du an, nhiém vu Du toan kinh phi (triéu déng)
Trong do
Téng cong
NS Nguon
tinh khac
Téng cong 3,300 2,000 | 1,300
A | CHI DAU TU 3,000 | 2,000 1,000
1 | Nang cép tram truyén thanh cua xa 2,000 2,000
2 | Mua may quét cho bo phan mét cira 1,000 | 1,000
B | CHI THUONG XUYEN 300 300
1 | Tap huan té cong nghé s6 cong déng {last}
2 | Duy tri trang thong tin dién tir cua xa 100 100
"""
)


def budget(last: str = "200 200") -> dict[str, BudgetLine]:
    lines = plan(SCAN.replace("{last}", last), damaged=True).budget
    return {f"{line.group or ''}/{line.no or line.name}": line for line in lines}


def amounts(line: BudgetLine) -> dict[str, tuple[Decimal | None, str]]:
    return {amount.column.rsplit(": ", 1)[-1]: (amount.value, amount.text) for amount in line.amounts}


def test_rows_that_print_every_column_are_certain() -> None:
    read = budget()
    total = read["/Tổng cộng"]
    assert total.total
    assert total.unit == "triệu đồng"
    assert amounts(total) == {
        "Tổng cộng": (Decimal(3300), "3,300"),
        "NS tỉnh": (Decimal(2000), "2,000"),
        "Nguồn khác": (Decimal(1300), "1,300"),
    }
    assert not total.needs_check
    assert not read["/A"].needs_check


def test_a_column_that_only_the_sums_tell_is_filled_and_said_to_be_so() -> None:
    read = budget()
    first = next(line for key, line in read.items() if line.name.startswith("Nâng c"))
    assert amounts(first)["NS tỉnh"] == (Decimal(2000), "2,000")
    assert any("theo tổng" in reason for reason in first.checks)
    section = read["/B"]
    assert amounts(section)["Nguồn khác"] == (Decimal(300), "300")
    assert section.needs_check


def test_a_ruined_figure_stays_as_printed() -> None:
    ruined = next(line for line in budget("2S 5 200").values() if line.name.startswith("Tập huấn"))
    assert all(value is None for value, _ in amounts(ruined).values())
    assert any("không đọc chắc" in reason for reason in ruined.checks)


def test_a_section_that_its_rows_do_not_add_up_to_is_said() -> None:
    read = budget("250 250")
    assert any("350" in reason for reason in read["/B"].checks)
