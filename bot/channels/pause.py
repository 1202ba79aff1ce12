"""How long to wait before asking a messenger again that did not answer."""

from __future__ import annotations

import random

# Contract of Channel.updates: outages are survived with a growing pause of at most one minute.
LONGEST_PAUSE_SECONDS = 60.0


class GrowingPause:
    """Doubles from ``first`` seconds to ``longest``; each pause is shortened at random by up to a half.

    The randomness keeps many bots from knocking at the same instant when a messenger comes back.
    """

    def __init__(self, first: float = 1.0, longest: float = LONGEST_PAUSE_SECONDS) -> None:
        self._first = first
        self._longest = longest
        self._failures = 0

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        whole = min(self._longest, self._first * 2.0 ** min(self._failures, 32))
        self._failures += 1
        return whole * random.uniform(0.5, 1.0)  # noqa: S311, not a secret

    def reset(self) -> None:
        """An answer came: the next failure starts small again."""
        self._failures = 0
