"""The rules of sending: how fast, in which order, and when a failed message is tried again.

Decisions only: nothing here sleeps or sends. One ``Throttle`` serves all workers of a process, so that two workers
together stay as polite as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from time import monotonic
from typing import Final

# This share of a channel's rate may go at once, the rest is spread: within any second the limit still holds.
_BURST_SHARE: Final = 0.2
# Chats that have been quiet are forgotten once this many are remembered, so that memory follows the busy ones.
_REMEMBERED_CHATS: Final = 4_096


@dataclass(frozen=True, slots=True)
class Pace:
    """What a channel bears: ``per_second`` messages in all, and in one chat ``chat_burst`` at once, then one every
    ``per_chat_seconds``; ``per_group_seconds`` in a group, where no burst is allowed.

    Telegram documents about 30 a second, one a second in a chat with short bursts beyond, 20 a minute in a group.
    """

    per_second: float
    per_chat_seconds: float = 1.0
    per_group_seconds: float = 3.0
    chat_burst: int = 3


class Throttle:
    """Says when a message may go. ``clock`` gives seconds that never run backwards."""

    def __init__(self, paces: Mapping[str, Pace], clock: Callable[[], float] = monotonic) -> None:
        self._paces = dict(paces)
        self._clock = clock
        self._channels: dict[str, _Lane] = {}
        self._chats: dict[tuple[str, str], _Lane] = {}

    def take(self, channel: str, chat: str, *, group: bool = False) -> float:
        """Ask to send one message now: 0.0 means go, and the message is counted; else the seconds to wait, uncounted.

        A channel without a pace is not throttled.
        """
        now = self._clock()
        lanes = self._lanes(channel, chat, group, now)
        wait = max((lane.wait(now) for lane in lanes), default=0.0)
        if wait <= 0:
            for lane in lanes:
                lane.pass_one(now)
        return max(wait, 0.0)

    def hold(self, channel: str, seconds: float, chat: str | None = None, *, group: bool = False) -> None:
        """The messenger asked for a pause ("retry after"): of one chat, or of the whole channel."""
        now = self._clock()
        lanes = self._lanes(channel, chat or "", group, now)
        for lane in lanes[-1:] if chat is not None else lanes[:1]:
            lane.hold(now + seconds)

    def _lanes(self, channel: str, chat: str, group: bool, now: float) -> list[_Lane]:
        pace = self._paces.get(channel)
        if pace is None:
            return []
        whole = self._channels.get(channel)
        if whole is None:
            burst = max(1, int(pace.per_second * _BURST_SHARE))
            steady = pace.per_second - burst if pace.per_second > burst else pace.per_second
            whole = self._channels[channel] = _Lane(1 / steady, burst)
        one = self._chats.get((channel, chat))
        if one is None:
            if len(self._chats) >= _REMEMBERED_CHATS:
                self._chats = {key: lane for key, lane in self._chats.items() if lane.busy(now)}
            spacing = pace.per_group_seconds if group else pace.per_chat_seconds
            one = self._chats[channel, chat] = _Lane(spacing, 1 if group else pace.chat_burst)
        return [whole, one]


class _Lane:
    """A token bucket as one number: the moment at which it would be full again. ``burst`` tokens, one a ``spacing``."""

    __slots__ = ("_full_at", "_held_until", "_slack", "_spacing")

    def __init__(self, spacing: float, burst: int) -> None:
        self._spacing = spacing
        self._slack = spacing * (burst - 1)
        self._full_at = self._held_until = float("-inf")

    def wait(self, now: float) -> float:
        return max(self._full_at - self._slack, self._held_until) - now

    def pass_one(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + self._spacing

    def hold(self, until: float) -> None:
        self._held_until = max(self._held_until, until)

    def busy(self, now: float) -> bool:
        return max(self._full_at, self._held_until) > now


class Urgency(IntEnum):
    """What goes first: an answer to somebody who waits, word of something that happened, a reminder."""

    REPLY = 0
    NOTICE = 1
    REMINDER = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message of the outbox. ``id`` grows with the order in which messages were written."""

    id: int
    channel: str
    chat: str
    urgency: Urgency
    not_before: datetime


def in_line(waiting: Iterable[Waiting], now: datetime) -> tuple[Waiting, ...]:
    """The messages that may be tried now, in that order: one per chat and urgency, replies first, then by age.

    Messages of one urgency never overtake each other in a chat, so that a conversation reads in order even while one of
    them waits for another try. A reminder that waits does not hold back a reply.
    """
    heads: dict[tuple[str, str, Urgency], Waiting] = {}
    for message in sorted(waiting, key=lambda message: message.id):
        heads.setdefault((message.channel, message.chat, message.urgency), message)
    ready = [head for head in heads.values() if head.not_before <= now]
    return tuple(sorted(ready, key=lambda message: (message.urgency, message.id)))


# Pauses before the 2nd, 3rd, ... try. A reply an hour late confuses; a reminder is worth a working day.
_REPLY_PAUSES: Final = (2, 5, 15, 60, 300, 900, 1800)
_OTHER_PAUSES: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14400)


def next_attempt(
    attempts: int,
    now: datetime,
    urgency: Urgency,
    *,
    retry_after: float | None,
    certain: bool = True,
    allowed: Callable[[datetime], datetime] | None = None,
) -> datetime | None:
    """When a message that failed ``attempts`` times (at least once) is tried again; None when it is given up.

    ``retry_after`` is what the messenger asked for, None when another try is pointless; a longer pause of ours wins.
    A message that the messenger may have taken (``certain`` False) is not sent again. ``allowed`` moves the moment of a
    reminder into sending hours.
    """
    pauses = _REPLY_PAUSES if urgency is Urgency.REPLY else _OTHER_PAUSES
    if retry_after is None or not certain or attempts > len(pauses):
        return None
    moment = now + timedelta(seconds=max(retry_after, pauses[attempts - 1]))
    return allowed(moment) if allowed and urgency is Urgency.REMINDER else moment
