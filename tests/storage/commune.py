"""The invented commune of the storage tests; all wording is made up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from handlers.changes import AcceptInvite, Change
from handlers.message import ChatRef, Incoming, MessageKind
from handlers.view import Role, View
from knowledge.plan import (
    Amount,
    Assessment,
    BudgetLine,
    Chunk,
    Document,
    Indicator,
    Kind,
    LegalBasis,
    Operator,
    Plan,
    Repair,
    Result,
    Target,
    Task,
)
from knowledge.reporting_rule import Frequency, MonthlyDue, OnceDue, QuarterWeekDue, ReportingRule, YearlyDue
from knowledge.source import Box, Source
from reporting.period import Period
from scheduler.clock import HANOI, SetClock
from storage.actor import Actor
from storage.plans import SavedPlan
from storage.store import Store

NOW = datetime(2026, 6, 23, 9, 0, tzinfo=HANOI)
CLOCK = SetClock(NOW)
QUARTER = Period("2026-Q2", "Quý II/2026", date(2026, 6, 15), date(2026, 6, 26), date(2026, 7, 10))
NEXT = Period("2026-Q3", "Quý III/2026", date(2026, 9, 15), date(2026, 9, 28), date(2026, 10, 10))
LAST = Period("2026-Q1", "Quý I/2026", date(2026, 3, 15), date(2026, 3, 27), date(2026, 4, 10))

HEALTH = "Trạm Y tế xã"
POLICE = "Công an xã"
CULTURE = "Phòng Văn hóa - Xã hội"
SUM = Amount("Tổng cộng", Decimal("1250.50"), "1.250,50")


def percent(value: str, operator: Operator = Operator.EQUAL) -> Target:
    return Target(operator, Decimal(value), "%", Kind.PERCENT, f"{value}%")


def indicator(no: str, name: str, target: Target, *lead: str, checks: tuple[str, ...] = ()) -> Indicator:
    line = 400 + int(no)
    source = Source(line, line + 1, f"{no} {name} in {target.text}", 9, Box(0.1, 0.2, 0.9, 0.25))
    return Indicator(name, target, "Phụ lục", source, no, "Xã hội số", lead, due="Tháng 12/2026", checks=checks)


def quarterly() -> ReportingRule:
    return ReportingRule(
        "Các đơn vị báo cáo hằng quý", Frequency.QUARTERLY, Source(300, 301, "bao cao hang quy"), QuarterWeekDue()
    )


def plan(**document: object) -> Plan:
    """A plan with five rows: two of the health station, one of the police and the health station, one doubtful, and a
    place of the text that repeats the first row."""
    head = Document(
        number="20/KH-UBND",
        date=date(2026, 2, 3),
        issuer="UBND xã Hòa Mẫu",
        province="Quảng Mẫu",
        title="Kế hoạch chuyển đổi số xã Hòa Mẫu năm 2026",
        signer="Trần Văn Mẫu",
        signer_title="Chủ tịch",
        year=2026,
        legal_basis=(LegalBasis("121/KH-UBND", date(2025, 12, 31)), LegalBasis("57-NQ/TW")),
        checks=("ngày ký in mờ",),
    )
    rows = (
        indicator("1", "Tỷ lệ người dân có sổ sức khỏe điện tử", percent("80"), HEALTH),
        indicator("2", "Bệnh án điện tử tại trạm", Target(None, None, None, Kind.MILESTONE, "Hoàn thành"), HEALTH),
        indicator("3", "Tỷ lệ người dân được tuyên truyền", percent("90", Operator.AT_LEAST), POLICE, HEALTH),
        replace(
            indicator("4", "Tỷ lệ phủ sóng 5G", percent("60"), CULTURE, checks=("tỷ lệ lớn hơn 100 %",)),
            name_doubt="Tên in không rõ.",
            repairs=(Repair("value", "6006", "60%", "tỷ lệ không thể là 6006 %", 0.9),),
        ),
        Indicator(
            "Tỷ lệ người dân có sổ sức khỏe điện tử",
            percent("80"),
            "II.2.1",
            Source(50, 51, "Tỷ lệ người dân có sổ đạt 80%"),
            same_as=0,
        ),
    )
    return Plan(
        document=replace(head, **document),  # type: ignore[arg-type]  # any field of a Document
        indicators=rows,
        tasks=(
            Task(
                "Tập huấn tổ công nghệ số",
                "III.1",
                Source(60, 60, "tap huan"),
                "Lớp học",
                "Quý II",
                (CULTURE,),
                (),
                ("Tên in mờ.",),
            ),
        ),
        results=(
            Result(
                "Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 70%",
                "68,5% toàn xã",
                "Phụ lục 1",
                Source(70, 72, "68,5% toan xa"),
                no="1",
                group="Chính quyền số",
                lead=(CULTURE,),
                value=Decimal("68.5"),
                unit="%",
                year=2025,
                assessment=Assessment.NOT_MET,
                goal=percent("70", Operator.AT_LEAST),
            ),
            Result("Mạng nội bộ", "", "Phụ lục 1", Source(73, 73, "."), checks=("in mờ",)),
        ),
        budget=(
            BudgetLine("Tổng cộng", "Phụ lục 2", Source(80, 80, "1.250,5"), amounts=(SUM,), unit="đồng", total=True),
            BudgetLine(
                "Mua sắm thiết bị",
                "Phụ lục 2",
                Source(81, 82, "x"),
                no="1",
                group="Chi đầu tư",
                amounts=(SUM, Amount("Nguồn khác", None, "3 5O")),
                lead=(CULTURE,),
                note="Vốn tỉnh",
                checks=("số in hỏng",),
            ),
        ),
        reporting=(
            quarterly(),
            ReportingRule("a", Frequency.MONTHLY, Source(1, 1, "a"), MonthlyDue(13, True), "b", "c", "d"),
            ReportingRule("b", Frequency.SEMIANNUAL, Source(2, 2, "b"), YearlyDue(("06-10", "12-10"), False)),
            ReportingRule("c", Frequency.ONCE, Source(3, 3, "c"), OnceDue(date(2026, 12, 5), True)),
            ReportingRule("d", Frequency.ADHOC, Source(4, 4, "d")),
        ),
        units=(HEALTH, POLICE, CULTURE),
        chunks=(Chunk(("III. Nhiệm vụ", "1. Chung"), "tap huan", "tập huấn", Source(60, 60, "tap huan")),),
        damaged=True,
        pages=11,
    )


async def save(store: Store, read: Plan, content: bytes, *, adopt: bool = True) -> SavedPlan:
    async with store.unit() as unit:
        return await unit.plans.save(
            read, file_name="ke-hoach.txt", content_hash=sha256(content).hexdigest(), content=content, adopt=adopt
        )


def private(account: str) -> ChatRef:
    return ChatRef("console", f"chat-{account}")


def said(account: str, text: str = "xin chào", **more: object) -> Incoming:
    """A private message of an account."""
    return Incoming(private(account), f"u-{account}-{text}", account, MessageKind.TEXT, text, **more)  # type: ignore[arg-type]


def actor(account: str) -> Actor:
    return Actor("console", account, private(account), account_name=f"Người {account}")


@dataclass(frozen=True, slots=True)
class Commune:
    """What the tests need to name."""

    store: Store
    plan: int
    authority: int
    units: dict[str, int]
    period: int

    async def view(self, account: str, text: str = "xin chào", now: datetime = NOW, **more: object) -> View:
        async with self.store.reading() as unit:
            return await unit.views.load(said(account, text, **more), now)

    async def apply(self, account: str, *changes: Change, now: datetime = NOW) -> None:
        """All changes in one transaction."""
        async with self.store.unit() as unit:
            for change in changes:
                await unit.apply(change, actor(account), now)

    async def join(self, account: str, unit_name: str, role: Role, now: datetime = NOW) -> None:
        async with self.store.unit() as unit:
            code = await unit.people.invite(self.units[unit_name], role, now=now, expires=now + timedelta(days=14))
            await unit.apply(AcceptInvite(code, f"Người {account}", "2026-01"), actor(account), now)

    async def indicator(self, no: str) -> int:
        async with self.store.reading() as unit:
            return next(row.id for row in await unit.plans.indicator_rows(self.plan) if row.no == no)


async def found_commune(store: Store) -> Commune:
    """The commune with its plan in force and its periods; "mai" coordinates, "hoa" reports for the health station,
    "cong" for the police."""
    saved = await save(store, plan(), b"ban thu nhat")
    async with store.unit() as unit:
        periods = await unit.periods.save(saved.id, [LAST, QUARTER, NEXT])
        units = {name: number for number, name in await unit.authorities.units(saved.authority)}
    period = next(p.id for p in periods if p.key == QUARTER.key)
    assert period is not None
    commune = Commune(store, saved.id, saved.authority, units, period)
    await commune.join("mai", CULTURE, Role.COORDINATOR)
    await commune.join("hoa", HEALTH, Role.REPORTER)
    await commune.join("cong", POLICE, Role.REPORTER)
    return commune
