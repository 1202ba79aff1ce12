"""When a reporting clause falls due: every rhythm and every date that one sentence names.

Patterns are written against the plain form, with room for a scan's misreadings. What the contract of ``due`` has no
form for (a day of the week, "within 5 days after the quarter's end", "the last working day") is given as None, never as
another date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.dates import PrintedDate, find_dates
from knowledge.document_codes import CODE
from knowledge.plain import plain
from knowledge.reporting_rule import Due, Frequency, MonthlyDue, OnceDue, QuarterWeekDue, YearlyDue

_DAY, _MONTH, _QUARTER, _YEAR = r"ng\S{1,2}y", r"th\S{1,2}ng", r"q\S{1,2}y", r"n\w{1,2}m"
_OF = r"c\S{1,3}a"
_EACH, _LAST, _FIRST = r"(?:h[ai]+ng|moi)", r"cu\S{1,3}i(?: cung)?", r"d\S{1,2}u(?: tien)?"

_EACH_WEEK = re.compile(rf"\b{_EACH} tu\w{{1,2}}n\b")
_EACH_MONTH = re.compile(rf"\b{_EACH} {_MONTH}\b|\bdinh ky (?:1 |01 |mot )?{_MONTH}\b|\bb\S+o c\S+o {_MONTH}\b(?! \d)")
_EACH_QUARTER = re.compile(
    rf"\b{_EACH} {_QUARTER}\b|dinh ky {_QUARTER}\b|trong {_QUARTER}\b|\bb\S+o c\S+o {_QUARTER}\b"
    rf"|\b0?3 {_MONTH} (?:m\S{{1,2}}t|1|01) l\S{{1,2}}n"
)
_EACH_YEAR = re.compile(rf"\b{_EACH} {_YEAR}\b|\b{_YEAR} mot lan\b")
_TWICE_A_YEAR = re.compile(rf"\b(?:0?2|hai) lan ?(?:/|moi |trong |mot )?{_YEAR}\b")
_MORE = re.compile(r"\b0?[69] thang\b")
_HALF_YEAR = re.compile(r"(?:dinh ky|b\S+o c\S+o)\s*(?:0?6|sau) thang|0?6 thang(?: mot lan|/lan)|6 thang dau nam")
_REGULAR = re.compile(r"(?<!hop )(?<!giao ban )\bd\S{1,2}nh ky\b|\bthuong xuyen\b|\bdot xuat\b")
_LAST_WEEK = re.compile(r"tu?\S{0,3}n\s+cu\S{1,3}i\s+c\S{1,4}\s+th\S{1,3}ng\s+cu\S{1,3}i")
_FIRST_WEEK = re.compile(r"tu?\S{0,3}n\s+d\S{1,3}u\s+c\S{1,4}\s+th\S{1,3}ng\s+d\S{1,3}u")
_BEFORE = re.compile(rf"\btr\S{{1,3}}[ceo]\s*(?:\d{{1,2}}\s?(?:gi\S{{1,2}}|h)\s?(?:\d\d)?,?\s*)?(?:{_DAY})?\s*\W*$")
_IN_QUARTER = re.compile(
    rf"{_DAY} (?P<day>\d{{1,2}}),? (?:{_OF} )?{_MONTH} (?:(?P<last>{_LAST}|th\S{{1,3}} (?:ba|3))"
    rf"|(?P<first>{_FIRST}|thu nhat)) ?"
    rf"(?:{_OF} |trong )?(?:{_EACH} )?{_QUARTER}"
)
_IN_MONTH = re.compile(
    rf"{_DAY} (?P<day>\d{{1,2}}),? (?:(?:{_OF} )?{_EACH} {_MONTH}|{_OF} {_MONTH}(?=\W*$|\s?[,.;)])"
    rf"|(?:{_OF} )?{_MONTH} (?P<next>sau|tiep theo|lien ke|ke tiep|lien sau))\b"
)
# "Hằng tháng, trước ngày 25": the day of a month that is named before.
_BARE_DAY = re.compile(rf"{_DAY} (?P<day>\d{{1,2}})(?P<next>(?!.))?(?![\d/]| ?/| (?:{_MONTH}|va)\b)")
_AND_DAY = re.compile(rf"{_DAY} \d{{1,2}}(?: va|,) (?:{_DAY} )?$")
# What has no form: within some days after the end of a period, the last (working) day of one.
_AFTER_END = re.compile(
    rf"k\S{{1,2}}t th\S{{1,4}}c (?:(?P<month>{_MONTH})|(?P<quarter>{_QUARTER})|(?P<year>{_YEAR})|\S+)"
)
_AT_END = re.compile(
    rf"(?:{_DAY}(?: lam viec)? )?{_LAST} (?:{_OF} |{_EACH} )*(?:(?P<month>{_MONTH})|(?P<quarter>{_QUARTER})"
    rf"|(?P<year>{_YEAR}))\b(?! \d)"
)
_PERIODS = (("month", Frequency.MONTHLY), ("quarter", Frequency.QUARTERLY), ("year", Frequency.ANNUAL))


@dataclass(frozen=True, slots=True)
class When:
    """One rhythm of a clause; ``at`` is the first word that names it, counted from the clause's beginning."""

    frequency: Frequency
    due: Due | None
    at: int = 0


def whens(text: str) -> list[When]:
    """Everything that ``text``, one clause, says of when a report falls due; empty where it says nothing of time."""
    text = " ".join(text.split())
    bare = plain(text)
    if _LAST_WEEK.search(bare):
        return [When(Frequency.QUARTERLY, QuarterWeekDue("last"))]
    if _FIRST_WEEK.search(bare):
        return [When(Frequency.QUARTERLY, QuarterWeekDue("first"))]
    dated = [*_quarterly(bare), *_monthly(bare)]
    yearly = _yearly(text)
    dated += yearly or _once(text)
    if not dated:
        undated = _undated(bare)
        return [undated] if undated else []
    if _EACH_WEEK.search(bare):
        dated.append(When(Frequency.ADHOC, None, _words(bare, len(bare))))
    return sorted(dated, key=lambda when: when.at)


def _words(bare: str, at: int) -> int:
    return bare.count(" ", 0, at)


def _quarterly(bare: str) -> list[When]:
    """ "trước ngày 25 của tháng cuối quý": the same day of four months."""
    found = []
    for match in _IN_QUARTER.finditer(bare):
        day = int(match.group("day"))
        months = (3, 6, 9, 12) if match.group("last") else (1, 4, 7, 10)
        if 1 <= day <= 30:
            dates = tuple(f"{month:02d}-{day:02d}" for month in months)
            before = bool(_BEFORE.search(bare[: match.start()]))
            found.append(When(Frequency.QUARTERLY, YearlyDue(dates, before), _words(bare, match.start())))
    return found[:1]


def _monthly(bare: str) -> list[When]:
    taken = [match.span() for match in _IN_QUARTER.finditer(bare)]
    found: list[When] = []
    matches = list(_IN_MONTH.finditer(bare))
    if not matches and _EACH_MONTH.search(bare):
        matches = list(_BARE_DAY.finditer(bare))
    for match in matches:
        if any(start <= match.start() < end for start, end in taken) or not 1 <= int(match.group("day")) <= 31:
            continue
        if _AND_DAY.search(bare[: match.start()]):  # two days of every month: no form says so
            return [When(Frequency.MONTHLY, None, _words(bare, match.start()))]
        before = bool(_BEFORE.search(bare[: match.start()]))
        if match.group("next") and _EACH_QUARTER.search(bare) and not _EACH_MONTH.search(bare):
            # "hằng quý, ngày 5 của tháng tiếp theo": the month behind each quarter.
            dates = tuple(f"{month:02d}-{int(match.group('day')):02d}" for month in (1, 4, 7, 10))
            return [When(Frequency.QUARTERLY, YearlyDue(dates, before), _words(bare, match.start()))]
        due = MonthlyDue(int(match.group("day")), before)
        if all(due != one.due for one in found):
            found.append(When(Frequency.MONTHLY, due, _words(bare, match.start())))
    return found


def _dates(text: str) -> list[PrintedDate]:
    """The dates of ``text`` that neither date a document nor begin a period."""
    dates = [day for day in find_dates(text) if not _cited(text, day)]
    return [day for day in dates if not re.search(r"\bt[uưi]\S{0,2}\s+(?:ng\S{1,3}y\s*)?$", plain(text[: day.start]))]


def _cited(text: str, day: PrintedDate) -> bool:
    """Whether ``day`` only dates a document: a document number stands right before it."""
    before = text[max(0, day.start - 30) : day.start]
    return any(len(before) - match.end() < 8 for match in CODE.finditer(before))


def _yearly(text: str) -> list[When]:
    """The dates without a year, as one rule."""
    dates = [day for day in _dates(text) if day.year is None]
    if not dates:
        return []
    days = tuple(dict.fromkeys(day.month_day for day in dates))
    before = bool(_BEFORE.search(plain(text[: dates[0].start])))
    half = len(days) == 1 and re.search(
        r"\b0?6 thang\W*(?:tr\S{1,3}[ceo] )?(?:ng\S{1,2}y)?\W*$", plain(text[: dates[0].start])
    )
    frequency = (Frequency.SEMIANNUAL if half else Frequency.ANNUAL, Frequency.SEMIANNUAL, Frequency.QUARTERLY)[
        min(len(days), 3) - 1
    ]
    return [When(frequency, YearlyDue(days, before), text.count(" ", 0, dates[0].start))]


def _once(text: str) -> list[When]:
    """The last date with its year, and those listed right before it."""
    found: list[When] = []
    later: PrintedDate | None = None
    for day in reversed([day for day in _dates(text) if day.year is not None]):
        if later is not None and not re.fullmatch(
            r"\W*(?:v\S{1,2}|,)?\s*(?:tr\S{1,3}[ceo]\s)?(?:ng\S{1,2}y)?\s*", plain(text[day.end : later.start])
        ):
            break
        when = day.on()
        if when is not None:
            before = bool(_BEFORE.search(plain(text[: day.start])))
            found.append(When(Frequency.ONCE, OnceDue(when, before), text.count(" ", 0, day.start)))
            later = day
    if any(isinstance(one.due, OnceDue) and one.due.before for one in found):
        # "trước ngày 10/6/2026 và 10/11/2026": the word goes for both.
        found = [
            When(one.frequency, OnceDue(one.due.date, True), one.at) for one in found if isinstance(one.due, OnceDue)
        ]
    return found


def _undated(bare: str) -> When | None:
    """A rhythm without a date, or with one that the contract has no form for."""
    for pattern in (_AFTER_END, _AT_END):
        match = pattern.search(bare)
        if match:
            named = next((frequency for name, frequency in _PERIODS if match.groupdict().get(name)), Frequency.ADHOC)
            return When(named, None)
    if _TWICE_A_YEAR.search(bare) or _HALF_YEAR.search(bare):
        return When(Frequency.SEMIANNUAL, None)
    periods = (_EACH_WEEK, _EACH_MONTH, _EACH_QUARTER, _EACH_YEAR, _MORE)
    if sum(pattern.search(bare) is not None for pattern in periods) > 2:
        return When(Frequency.ADHOC, None)  # "(hằng tuần, hằng tháng, quý, 6 tháng, năm)": as often as asked
    for pattern, frequency in (
        (_EACH_MONTH, Frequency.MONTHLY),
        (_EACH_QUARTER, Frequency.QUARTERLY),
        (_EACH_YEAR, Frequency.ANNUAL),
        (_EACH_WEEK, Frequency.ADHOC),
    ):
        match = pattern.search(bare)
        if match and not _of_something_else(bare, match):
            return When(frequency, None)
    return When(Frequency.ADHOC, None) if _REGULAR.search(bare) else None


_REPORTED = re.compile(r"\bb\w{1,3}o\s+c\w{1,3}o\b|\bg[ui]\w{0,2}i?\b")


def _of_something_else(bare: str, period: re.Match[str]) -> bool:
    """Whether the period word belongs to what the report is for ("... để đánh giá kết quả hằng năm")."""
    report = _REPORTED.search(bare)
    if report is None or report.end() > period.start():
        return False
    return re.search(r"\bde\b|\bnham\b|lam co so", bare[report.end() : period.start()]) is not None
