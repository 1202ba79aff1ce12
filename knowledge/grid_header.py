"""What the columns of a table hold: from its header, of one row or several, and where that is silent from their cells.

A plan prints more than one figure beside an indicator (``year_columns``); only the target of its own year is a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.budget_columns import headings_of, numbers_columns, whole_header
from knowledge.page_text import Row, Table
from knowledge.plain import plain
from knowledge.table_header import TableKind
from knowledge.units import UNIT_START
from knowledge.year_columns import COMPARED, REACHED, target_columns, years_in


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    NAME = "name"
    MEASURE = "measure"
    VALUE = "value"
    LEAD = "lead"
    COOP = "coop"
    DUE = "due"
    RESULT = "result"
    ASSESSMENT = "assessment"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Header:
    """A header that was understood: how many rows it takes, what each column holds and how it is headed.

    ``year`` is the one that the heading of the target names, None where it names none or there is no target;
    ``measure`` the unit of measure that it names ("Mục tiêu (%)"), "" where it names none. ``given_out`` says that the
    rows are villages or offices, and what each of them is given.
    """

    depth: int
    roles: tuple[Role, ...]
    headings: tuple[str, ...]
    kind: TableKind
    year: int | None = None
    measure: str = ""
    given_out: bool = False


# The first pattern that a column's header matches says its role; order matters ("Chỉ tiêu năm" before "Chỉ tiêu").
_HEADERS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile(r"^(?:s ?)?t ?t\b|^so t ?t\b|^so thu tu"), Role.NUMBER),
    (re.compile(r"ghi chu|can cu|co so phap ly|quyet dinh"), Role.OTHER),
    (COMPARED, Role.OTHER),
    (re.compile(r"kinh phi|du toan|tong muc|\bvon\b|trieu dong"), Role.MONEY),
    (re.compile(r"\blanh dao\b|\bdong chi\b"), Role.OTHER),  # a person, who answers for the unit beside
    (re.compile(r"chu tri.*phoi hop"), Role.LEAD),  # both in one cell; ``led_cells`` parts them
    (re.compile(r"phoi hop"), Role.COOP),
    (
        re.compile(
            r"chu tri|phu trach|dau moi|(?:don vi|co quan|bo phan)\s+(?:chu|thuc hien|tham muu|theo doi|thuc thi)"
            r"|(?:don vi|co quan|bo phan|nguoi) (?:chiu )?trach nhiem|trach nhiem thuc hien"
        ),
        Role.LEAD,
    ),
    (re.compile(r"don vi tinh|dvt|don vi do|do luong|^don vi$|d\.v\.t"), Role.MEASURE),
    (
        re.compile(
            r"thoi gian|thoi han|tien do|han hoan thanh|thoi diem|lo trinh|hoan thanh (?:truoc|trong)|^han\b"
            r"|^hoan thanh$"
        ),
        Role.DUE,
    ),
    (REACHED, Role.RESULT),
    (re.compile(r"ket qua (?:thuc hien|dat duoc|nam 20\d\d)|thuc hien nam"), Role.RESULT),
    (re.compile(r"san pham|yeu cau|ket qua (?:can|phai|dau ra|dat)|du kien ket qua|muc do hoan thanh"), Role.RESULT),
    (
        re.compile(
            r"(?:muc tieu|chi tieu|ke hoach|\bkh|\bct|\bmt|gia tri|nam|giai doan|dinh huong)\s*(?:den\s+)?(?:het\s+)?"
            r"(?:nam\s*)?20\d\d|chi tieu (?:giao|nam|phan dau|dat)|muc tieu (?:nam|phan dau)|gia tri|^20\d\d$"
            r"|\b(?:muc|so luong|dinh muc)\b.{0,12}\b(?:phan dau|dat|giao|can dat|phai dat)\b"
        ),
        Role.VALUE,
    ),
    (re.compile(r"^ket qua$|^muc tieu$|^ke hoach$|^chi tieu can dat"), Role.VALUE),
    (re.compile(r"danh gia"), Role.ASSESSMENT),
    (
        re.compile(r"chi tieu|noi dung|nhiem vu|muc tieu|giai phap|cong viec|ten |hoat dong|tieu chi|danh muc"),
        Role.NAME,
    ),
    (re.compile(r"^ket qua|thuc hien"), Role.RESULT),
)
_ROW_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-HĐ])\.?$")
_RATE_HEADING = re.compile(r"\(\s*(?:ĐVT\s*:?|đơn vị\s*(?:tính)?\s*:?|tỷ lệ)?\s*%\s*\)|^tỷ lệ\s*%|%\s*$", re.IGNORECASE)
# A table whose rows are villages or offices says what each of them is given; its rows are no indicators.
_GIVEN_OUT = re.compile(
    r"^(?:ten )?(?:cac )?(?:thon|ap|ban|buon|lang|to dan pho|khu pho|dia ban|xa|phuong|truong)(?:,| va|/|$)"
    r"|^ten (?:cac )?(?:don vi|co quan)\b"
)
GROUP_NUMBER = re.compile(r"^(?:[IVXl]{1,5}|[A-HĐ])\.?$")
_TARGET_CELL = re.compile(r"\d|hoan thanh|^x$", re.IGNORECASE)
_MOSTLY = 0.6  # of the filled cells of a column say what it holds; names and remarks seldom look like figures or units
_SHORT = 8  # words in a cell that holds a target
_ENOUGH = 3  # filled cells from which a column without a heading of its own is known
_DEEPEST = 5  # rows of a header


def header_of(table: Table, year: int | None) -> Header | None:
    """The header of a table; None where its first rows are none. ``year`` is the plan's, None where it is not known."""
    least = 1
    while least < min(len(table.rows) - 1, _DEEPEST) and _reaches_into(table.rows[least - 1], table.rows[least]):
        least += 1
    best: tuple[int, int, tuple[Role, ...], tuple[str, ...]] | None = None
    for depth in range(least, max(least, 3) + 1):
        rows = table.rows[:depth]
        if len(rows) < depth or len(table.rows) <= depth:
            break
        if depth > least and any(_ROW_NUMBER.match(cell.text.strip()) for cell in rows[-1].cells[:1]):
            break
        headings = headings_of(rows)
        roles = _roles(headings, year)
        known = sum(role is not Role.OTHER for role in roles)
        if Role.NAME in roles and known >= 2 and (best is None or known > best[0]):
            best = known, depth, roles, headings
    if best is None:
        return None
    _, depth, roles, headings = best
    if Role.MONEY in roles:
        depth = whole_header(table.rows, depth)
        headings = headings_of(table.rows[:depth])
    elif depth < len(table.rows) - 1 and numbers_columns(table.rows[depth]):
        depth += 1
    text = " ".join(plain(cell.text) for row in table.rows[:depth] for cell in row.cells)
    roles = _by_content(roles, headings, table.rows[depth:], text)
    targets = [at for at, role in enumerate(roles) if role is Role.VALUE]
    heading = headings[targets[0]] if len(targets) == 1 else ""
    named, rate = years_in(heading), _RATE_HEADING.search(heading)
    given_out = any(
        role is Role.NAME and _GIVEN_OUT.search(plain(said)) for role, said in zip(roles, headings, strict=True)
    )
    kind = TableKind.OTHER if given_out else _kind(roles, text)
    return Header(depth, roles, headings, kind, named[-1] if named else None, "%" if rate else "", given_out)


def _reaches_into(above: Row, below: Row) -> bool:
    """Whether a cell of the header goes on in the next row: that row is the header's as well."""
    return any(one.text and one == other for one, other in zip(above.cells, below.cells, strict=False))


def _roles(header: Sequence[str], year: int | None) -> tuple[Role, ...]:
    roles: list[Role] = []
    for text in header:
        bare = plain(re.sub(r"\s+", " ", text)).strip(" .:()")
        role = next((role for pattern, role in _HEADERS if pattern.search(bare)), Role.OTHER)
        roles.append(role)
    if Role.NAME not in roles:
        for role in (Role.VALUE, Role.RESULT):
            if role in roles and roles.index(role) <= 1:
                roles[roles.index(role)] = Role.NAME
                break
    names = [index for index, role in enumerate(roles) if role is Role.NAME]
    for index in names[1:]:  # "Nội dung chỉ tiêu | Chỉ tiêu": the second one is the figure
        roles[index] = Role.VALUE if Role.VALUE not in roles else Role.OTHER
    if Role.ASSESSMENT in roles and Role.LEAD not in roles and Role.RESULT not in roles:
        roles[roles.index(Role.ASSESSMENT)] = Role.LEAD
    targets = [index for index, role in enumerate(roles) if role is Role.VALUE]
    if len(targets) > 1:
        chosen = target_columns(header, targets, year)
        roles = [Role.OTHER if role is Role.VALUE and at not in chosen else role for at, role in enumerate(roles)]
    leads = [index for index, role in enumerate(roles) if role is Role.LEAD]
    if len(leads) > 1:  # who watches over a unit, or carries out what it leads, is not the lead
        first = next((at for at in leads if "chu tri" in plain(header[at])), leads[0])
        roles = [Role.OTHER if role is Role.LEAD and at != first else role for at, role in enumerate(roles)]
    if roles.count(Role.DUE) > 1:  # "Lộ trình": the figures of the quarters, not a time
        roles = [
            Role.OTHER if role is Role.DUE and "lo trinh" in plain(header[at]) else role
            for at, role in enumerate(roles)
        ]
    return tuple(roles)


def _by_content(roles: tuple[Role, ...], headings: Sequence[str], rows: Sequence[Row], header: str) -> tuple[Role, ...]:
    """``roles`` with the column of the targets, and that of the leads, found by what stands in it where no heading that
    is known names it."""
    found = list(roles)
    goal = re.search(r"chi tieu|muc tieu|tieu chi", header) and not re.search(r"nhiem vu|giai phap|cong viec", header)
    if goal and Role.VALUE not in found and not {Role.ASSESSMENT, Role.MONEY} & set(found):
        _take(found, headings, rows, Role.VALUE, _holds_target)
    if goal and Role.LEAD not in found:
        _take(found, headings, rows, Role.LEAD, lambda text: UNIT_START.match(plain(text) + " ") is not None)
    return tuple(found)


def _take(
    roles: list[Role], headings: Sequence[str], rows: Sequence[Row], role: Role, holds: Callable[[str], bool]
) -> None:
    """Give ``role`` to the one column without another that mostly holds what belongs to it; to none where two do."""
    fitting = []
    for at, now in enumerate(roles):
        bare = plain(headings[at])
        free = now is Role.OTHER or (now is Role.RESULT and role is Role.VALUE and not REACHED.search(bare))
        if not free or "ghi chu" in bare or COMPARED.search(bare):
            continue
        cells = [" ".join(row.cells[at].text.split()) for row in rows if at < len(row.cells)]
        filled = [text for text in cells if text]
        if len(filled) >= _ENOUGH and sum(map(holds, filled)) >= _MOSTLY * len(filled):
            fitting.append(at)
    if len(fitting) == 1:
        roles[fitting[0]] = role


def _holds_target(text: str) -> bool:
    return len(text.split()) <= _SHORT and _TARGET_CELL.search(plain(text)) is not None


def _kind(roles: Sequence[Role], header: str) -> TableKind:
    present = set(roles)
    if Role.NAME not in present:
        return TableKind.OTHER
    goal = re.search(r"chi tieu|muc tieu|tieu chi", header)
    work = re.search(r"nhiem vu|giai phap|cong viec|hoat dong", header)
    if Role.MONEY in present and (Role.VALUE not in present or not goal):
        return TableKind.BUDGET
    if Role.RESULT in present and Role.ASSESSMENT in present and Role.VALUE not in present:
        return TableKind.RESULTS
    if Role.VALUE in present and goal:
        return TableKind.INDICATORS
    if goal and not work and present & {Role.LEAD, Role.COOP, Role.DUE, Role.MEASURE}:
        return TableKind.STATED
    if present & {Role.LEAD, Role.COOP, Role.DUE} and (work or re.search(r"noi dung|danh muc", header)):
        return TableKind.TASKS
    return TableKind.OTHER
