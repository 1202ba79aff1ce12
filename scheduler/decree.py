"""NĐ 09/2019/NĐ-CP: from which day to which the data of a reporting period are counted, and when they are sent.

A plan may set a date before the data close ("trước ngày 13 hằng tháng" when the month closes on the 14th). The plan's
date then rules the reminder; both are shown and the plan is not corrected.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from reporting.period import Period

# Điều 12: the data of every period close on the 14th of its last month; those of the next begin the day after.
CLOSING_DAY: Final = 14
# Điều 8 khoản 5: at least one working day from the closing of the data to the sending of the report.
SENDING_DAYS: Final = 1

_KEY: Final = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])))?")


def data_window(period: Period) -> tuple[date, date] | None:
    """First and last day of the data that a period's report is about; None for a report asked for once.

    Read from the period's key. Tháng 6/2026 runs from 15/5 to 14/6, Quý II from 15/3 to 14/6, a year from 15/12 of
    the year before to 14/12.
    """
    if (key := _KEY.fullmatch(period.key)) is None:
        return None
    year = int(key["year"])
    if key["month"]:
        last, months = int(key["month"]), 1
    elif key["quarter"]:
        last, months = int(key["quarter"]) * 3, 3
    elif key["half"]:
        last, months = int(key["half"]) * 6, 6
    else:
        last, months = 12, 12
    before = year * 12 + last - 1 - months
    return date(before // 12, before % 12 + 1, CLOSING_DAY + 1), date(year, last, CLOSING_DAY)
