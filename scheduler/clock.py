"""The one source of "now": settable for the demo, the tests and ``--now``."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

# All deadlines of Vietnamese authorities are in this zone; it has had no summer time since 1975.
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Tells the time, always aware and in Asia/Ho_Chi_Minh."""

    def now(self) -> datetime:
        """The present moment."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(HANOI)


class SetClock:
    """A clock that was set to a moment and runs on from there, as a watch does."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Turn the hands; a moment without a zone is taken as Vietnamese time."""
        self._start = moment.astimezone(HANOI) if moment.tzinfo else moment.replace(tzinfo=HANOI)
        self._since = monotonic()

    def now(self) -> datetime:
        """The set moment plus what has passed since."""
        return self._start + timedelta(seconds=monotonic() - self._since)
