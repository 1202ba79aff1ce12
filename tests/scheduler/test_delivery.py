"""How fast, in which order, and how often messages go out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import Calendar
from scheduler.clock import HANOI
from scheduler.delivery import Pace, Throttle, Urgency, Waiting, in_line, next_attempt
from scheduler.sending_hours import may_send, next_moment
from tests.scheduler.rules import any_moment

NOW = datetime(2026, 6, 23, 9, 0, tzinfo=HANOI)


class Watch:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def sent_times(throttle: Throttle, watch: Watch, chats: list[str], *, group: bool = False) -> list[float]:
    """Send one message after the other to these chats, waiting as told; the moments at which they went."""
    times = []
    for chat in chats:
        while wait := throttle.take("telegram", chat, group=group):
            watch.seconds += wait
        times.append(watch.seconds)
    return times


@given(
    st.integers(1, 40),
    st.lists(st.sampled_from([str(n) for n in range(30)]), max_size=120),
)
def test_no_second_holds_more_than_the_channel_bears(per_second: int, chats: list[str]) -> None:
    watch = Watch()
    times = sent_times(Throttle({"telegram": Pace(per_second, per_chat_seconds=0.1)}, watch), watch, chats)
    for start in times:
        # A hair less than a second: the sum of waits is not exact in floating point.
        assert sum(start <= moment < start + 0.999 for moment in times) <= per_second


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    watch = Watch()
    times = sent_times(Throttle({"telegram": Pace(30)}, watch), watch, ["a"] * 6)
    assert times[2] - times[0] < 0.2
    assert times[5] - times[2] == pytest.approx(3, abs=0.1)


def test_a_group_takes_twenty_a_minute() -> None:
    watch = Watch()
    times = sent_times(Throttle({"telegram": Pace(30)}, watch), watch, ["-100"] * 60, group=True)
    assert all(sum(start <= t < start + 59.9 for t in times) <= 20 for start in times)


def test_a_busy_chat_does_not_hold_up_another() -> None:
    watch = Watch()
    throttle = Throttle({"telegram": Pace(30, chat_burst=1)}, watch)
    assert throttle.take("telegram", "a") == 0
    assert throttle.take("telegram", "a") > 0
    watch.seconds += 0.05
    assert throttle.take("telegram", "b") == 0


def test_being_told_to_wait_costs_nothing() -> None:
    watch = Watch()
    throttle = Throttle({"telegram": Pace(30, chat_burst=1)}, watch)
    throttle.take("telegram", "a")
    waits = [throttle.take("telegram", "a") for _ in range(10)]
    assert waits == [waits[0]] * 10
    watch.seconds += waits[0]
    assert throttle.take("telegram", "a") == 0


def test_a_pause_the_messenger_asks_for_is_kept() -> None:
    watch = Watch()
    throttle = Throttle({"telegram": Pace(30), "zalo": Pace(10)}, watch)
    throttle.hold("telegram", 20, chat="a")
    assert throttle.take("telegram", "a") == pytest.approx(20)
    assert throttle.take("telegram", "b") == 0
    throttle.hold("telegram", 5)
    assert throttle.take("telegram", "b") == pytest.approx(5)
    assert throttle.take("zalo", "b") == 0
    watch.seconds += 20
    assert throttle.take("telegram", "a") == 0


def test_many_chats_are_forgotten_without_being_let_through_twice() -> None:
    watch = Watch()
    throttle = Throttle({"zalo": Pace(1e9, per_chat_seconds=60, chat_burst=1)}, watch)
    for chat in range(10_000):
        watch.seconds += 0.1
        assert throttle.take("zalo", str(chat)) == 0
    assert throttle.take("zalo", "9999") > 0


def test_a_channel_without_limits_is_not_slowed() -> None:
    throttle = Throttle({})
    assert [throttle.take("console", "a") for _ in range(100)] == [0.0] * 100


def message(number: int, chat: str, urgency: Urgency = Urgency.REPLY, seconds: int = 0) -> Waiting:
    return Waiting(number, "telegram", chat, urgency, NOW + timedelta(seconds=seconds))


def test_replies_go_before_reminders_and_older_before_younger() -> None:
    waiting = [message(1, "a", Urgency.REMINDER), message(4, "c"), message(2, "b"), message(3, "d", Urgency.NOTICE)]
    assert [head.id for head in in_line(waiting, NOW)] == [2, 4, 3, 1]


def test_a_conversation_keeps_its_order_while_one_message_waits() -> None:
    waiting = [message(1, "a", seconds=30), message(2, "a"), message(3, "b")]
    assert [head.id for head in in_line(waiting, NOW)] == [3]
    assert [head.id for head in in_line(waiting, NOW + timedelta(seconds=30))] == [1, 3]


def test_a_reminder_that_waits_does_not_hold_back_a_reply() -> None:
    waiting = [message(1, "a", Urgency.REMINDER, seconds=3600), message(2, "a")]
    assert [head.id for head in in_line(waiting, NOW)] == [2]


def test_tries_grow_rarer_and_end() -> None:
    for urgency, at_most in ((Urgency.REPLY, timedelta(hours=1)), (Urgency.REMINDER, timedelta(hours=9))):
        moment, pauses, attempts = NOW, [], 1
        while (following := next_attempt(attempts, moment, urgency, retry_after=0)) is not None:
            pauses.append(following - moment)
            moment, attempts = following, attempts + 1
        assert pauses == sorted(pauses)
        assert timedelta(minutes=30) < moment - NOW <= at_most


def test_the_messenger_s_own_pause_is_the_least() -> None:
    assert next_attempt(1, NOW, Urgency.REPLY, retry_after=40) == NOW + timedelta(seconds=40)


def test_what_may_have_arrived_or_never_can_is_not_sent_again() -> None:
    assert next_attempt(1, NOW, Urgency.REPLY, retry_after=1, certain=False) is None
    assert next_attempt(1, NOW, Urgency.REPLY, retry_after=None) is None


@given(any_moment(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 8))
def test_a_reminder_is_never_tried_again_at_night(moment: datetime, attempts: int) -> None:
    calendar = Calendar()
    following = next_attempt(
        attempts, moment, Urgency.REMINDER, retry_after=0, allowed=lambda later: next_moment(later, calendar)
    )
    assert following is not None
    assert may_send(following, calendar)
