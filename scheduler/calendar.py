"""Working days of Vietnamese authorities: the week, the holidays of the law, and the days decided year by year.

Holidays come from the ``holidays`` package (Bộ luật Lao động 2019, Điều 112; Tết and 10/3 by the lunar calendar at
UTC+7). It does not know every swap and no worked Saturday, so ``days.toml`` goes over it, and an authority's own days
over both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Final

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# Tết with its weekends takes nine days; a longer row of days off is a mistake in an authority's own days.
MAX_DAYS_OFF_IN_A_ROW: Final = 60


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that was decided to be off, or worked, with the reason as people are told it and the deciding document."""

    day: date
    off: bool
    reason: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class _Decided:
    days: tuple[SpecialDay, ...]
    settled_through: int


class Calendar:
    """Tells working days from days off. Immutable, cheap to ask, and computed one year at a time as it is asked.

    ``special`` are the authority's own days; the later one wins over an earlier one of the same date.
    ``culture_day`` says whether 24/11 (Ngày Văn hóa Việt Nam) is a day off. Whether its law is in force could not be
    confirmed; on by default, since a reminder then comes a working day too early and never too late.
    """

    def __init__(self, special: Iterable[SpecialDay] = (), *, culture_day: bool = True) -> None:
        self._special = {entry.day: entry for entry in (*_decided().days, *special)}
        self._culture_day = culture_day

    def is_working(self, day: date) -> bool:
        """True when officials are at work on this day."""
        return self.why_off(day) is None

    def why_off(self, day: date) -> str | None:
        """Why nobody works on this day, in Vietnamese ("Tết Nguyên Đán", "Chủ nhật"); None on a working day."""
        special = self._special.get(day)
        if special is not None:
            return special.reason if special.off else None
        holiday = _holidays(day.year, self._culture_day).get(day)
        if holiday is not None:
            return holiday
        return None if day.weekday() < _SATURDAY else ("thứ Bảy" if day.weekday() == _SATURDAY else "Chủ nhật")

    def decision(self, day: date) -> str | None:
        """The document that made this day special, where one is known."""
        special = self._special.get(day)
        return special.decision if special else None

    def is_settled(self, year: int) -> bool:
        """False for a year whose days off were not yet announced and are expectations."""
        return year <= _decided().settled_through

    def on_or_before(self, day: date) -> date:
        """The last working day up to and including ``day``."""
        return next(self._walk(day, -_DAY))

    def on_or_after(self, day: date) -> date:
        """The first working day from ``day`` on."""
        return next(self._walk(day, _DAY))

    def before(self, day: date, count: int) -> date:
        """The ``count``-th working day before ``day``; ``day`` itself is not counted. ``count`` is at least 1."""
        return self._count(day - _DAY, -_DAY, count)

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; ``day`` itself is not counted. ``count`` is at least 1."""
        return self._count(day + _DAY, _DAY, count)

    def days_left(self, today: date, due: date) -> int:
        """Working days from the one after ``today`` up to ``due``; 0 when none is left, negative once ``due`` is over:
        then it counts the working days since.
        """
        if today <= due:
            return self._between(today, due)
        return -self._between(due, today)

    def _between(self, first: date, last: date) -> int:
        return sum(self.is_working(first + _DAY * step) for step in range(1, (last - first).days + 1))

    def _count(self, start: date, step: timedelta, count: int) -> date:
        if count < 1:
            raise ValueError(f"count working days from 1 on, not {count}")
        days = self._walk(start, step)
        for _ in range(count - 1):
            next(days)
        return next(days)

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        off = 0
        while off < MAX_DAYS_OFF_IN_A_ROW:
            if self.is_working(day):
                off = 0
                yield day
            else:
                off += 1
            day += step
        raise ValueError(f"{MAX_DAYS_OFF_IN_A_ROW} days off in a row next to {day}: the special days are wrong")


@lru_cache(maxsize=1)
def _decided() -> _Decided:
    read = tomllib.loads((resources.files(__package__) / "days.toml").read_text(encoding="utf-8"))
    days = tuple(SpecialDay(row["date"], row["off"], row["reason"], row.get("decision")) for row in read["days"])
    return _Decided(days, read["settled_through"])


@lru_cache(maxsize=64)
def _holidays(year: int, culture_day: bool) -> dict[date, str]:
    # Imported here: it takes a third of a second, and most commands never ask for a date.
    from holidays import country_holidays

    days = country_holidays("VN", years=year, language="vi")
    culture = days.get(date(year, 11, 24))
    return {day: name for day, name in days.items() if culture_day or culture is None or not name.startswith(culture)}
