"""Who is reminded when, and what becomes of reminders that an outage delayed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.reporting_rule import ReportingRule
from reporting.period import Period
from scheduler.calendar import Calendar
from scheduler.catching_up import catch_up
from scheduler.clock import HANOI
from scheduler.periods import periods_of
from scheduler.reminders import DeskFacts, Recipient, ReminderDraft, ReminderKind, plan_reminders, snoozed
from scheduler.sending_hours import Policy, may_send, next_moment, snooze_until
from tests.scheduler.rules import MONTHLY_13, QUARTER_WEEK, any_moment, any_rule

CALENDAR = Calendar()
Q2 = periods_of(QUARTER_WEEK, 2026, CALENDAR)[1]
CLINIC, POLICE = 1, 2
OWING = frozenset({(Q2.key, CLINIC), (Q2.key, POLICE)})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def planned(
    period: Period = Q2, *desks: DeskFacts, now: str = "2026-05-01T09:00", coordinators: tuple[Recipient, ...] = ()
) -> tuple[ReminderDraft, ...]:
    return plan_reminders(period, desks, coordinators, at(now), CALENDAR)


def desk(unit: int, *chats: str, settled: bool = False, since: str | None = None) -> DeskFacts:
    moment = at(since) if since else None
    return DeskFacts(unit, settled, tuple(Recipient(chat, moment) for chat in chats))


def moments(drafts: tuple[ReminderDraft, ...]) -> list[tuple[ReminderKind, int, str]]:
    return [(draft.kind, draft.days, f"{draft.at:%d/%m %H:%M}") for draft in drafts]


def test_a_unit_that_owes_is_reminded_before_on_and_after_the_due_day() -> None:
    assert moments(planned(Q2, desk(CLINIC, "telegram:5"))) == [
        (ReminderKind.OPENING, 0, "12/06 08:00"),
        (ReminderKind.BEFORE, 5, "19/06 08:00"),
        (ReminderKind.BEFORE, 3, "23/06 08:00"),
        (ReminderKind.BEFORE, 1, "25/06 08:00"),
        (ReminderKind.DUE_DAY, 0, "26/06 08:00"),
        (ReminderKind.OVERDUE, 1, "29/06 08:00"),
        (ReminderKind.OVERDUE, 3, "01/07 08:00"),
    ]


def test_a_due_day_off_is_reminded_on_the_last_working_day_before() -> None:
    april = periods_of(MONTHLY_13, 2026, CALENDAR)[3]
    assert april.due == date(2026, 4, 12)  # a Sunday
    due_day = next(d for d in planned(april, desk(CLINIC, "a"), now="2026-04-01T08:00") if d.kind == "due_day")
    assert due_day.at == at("2026-04-10T08:00")
    assert due_day.period.due == date(2026, 4, 12)


def test_nothing_goes_to_a_unit_that_has_submitted_everything() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5", settled=True), desk(POLICE, "telegram:6"))
    assert {draft.chat for draft in drafts} == {"telegram:6"}
    assert planned(Q2, desk(CLINIC, "telegram:5", settled=True), coordinators=(Recipient("telegram:9"),)) == ()


def test_the_coordinator_hears_who_is_late() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"), coordinators=(Recipient("telegram:9"),))
    assert moments(tuple(d for d in drafts if d.chat == "telegram:9")) == [
        (ReminderKind.DIGEST, 1, "29/06 08:00"),
        (ReminderKind.DIGEST, 3, "01/07 08:00"),
    ]


def test_keys_are_unique_and_stay_the_same() -> None:
    desks = (desk(CLINIC, "telegram:5", "zalo:5"), desk(POLICE, "telegram:5"))
    first, again = planned(Q2, *desks), planned(Q2, *desks, now="2026-06-24T15:00")
    assert [draft.key for draft in first] == [draft.key for draft in again]
    assert len({draft.key for draft in first}) == len(first) == 21


def test_a_plan_s_scope_keeps_its_keys_apart() -> None:
    def keys(scope: str) -> set[str]:
        drafts = plan_reminders(Q2, [desk(CLINIC, "a")], (), at("2026-05-01T08:00"), CALENDAR, scope=scope)
        return {draft.key for draft in drafts}

    assert not keys("plan1") & keys("plan2")


def test_who_joins_late_is_not_told_what_is_past() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5", since="2026-06-24T10:00"), now="2026-06-24T10:00")
    assert moments(drafts)[0] == (ReminderKind.BEFORE, 1, "25/06 08:00")


def test_a_closed_period_reminds_nobody() -> None:
    assert planned(Q2, desk(CLINIC, "telegram:5"), now="2026-07-18T08:00") == ()


def test_after_an_outage_one_message_goes_out() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"))
    result = catch_up(drafts, at("2026-06-24T09:30"), CALENDAR, owing=OWING)
    # Planned for the 23rd with three working days left; it goes out on the 24th and says two.
    assert moments(result.send) == [(ReminderKind.BEFORE, 2, "23/06 08:00")]
    assert [(s.draft.kind, s.reason) for s in result.skip] == [
        (ReminderKind.OPENING, f"replaced by {result.send[0].key}"),
        (ReminderKind.BEFORE, f"replaced by {result.send[0].key}"),
    ]


def test_one_message_speaks_for_all_units_of_a_chat() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"), desk(POLICE, "telegram:5"))
    result = catch_up(drafts, at("2026-06-12T08:00"), CALENDAR, owing=OWING)
    assert [draft.units for draft in result.send] == [(CLINIC, POLICE)]


def test_what_was_submitted_meanwhile_is_not_asked_for() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"), desk(POLICE, "telegram:5"), desk(3, "telegram:7"))
    result = catch_up(drafts, at("2026-06-12T08:00"), CALENDAR, owing={(Q2.key, POLICE)})
    assert [draft.units for draft in result.send] == [(POLICE,)]
    assert {s.reason for s in result.skip} == {"everything submitted"}


def test_the_digest_is_dropped_once_nobody_is_late() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"), coordinators=(Recipient("telegram:9"),))
    result = catch_up(drafts, at("2026-07-01T08:00"), CALENDAR, owing=frozenset())
    assert result.send == ()
    assert "everybody submitted" in {s.reason for s in result.skip}


@pytest.mark.parametrize("moment", ["2026-06-23T22:00", "2026-06-24T07:59", "2026-06-27T10:00", "2026-06-23T17:00"])
def test_power_that_returns_at_night_or_on_a_weekend_wakes_nobody(moment: str) -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"))
    result = catch_up(drafts, at(moment), CALENDAR, owing=OWING)
    assert result.send == ()
    # On Saturday the due day is over; nothing else is given up, it waits for the morning.
    assert {s.reason for s in result.skip} <= {"due day over"}


def test_after_the_due_day_only_lateness_is_spoken_of() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"))
    result = catch_up(drafts, at("2026-06-30T09:00"), CALENDAR, owing=OWING)
    assert [(d.kind, d.days) for d in result.send] == [(ReminderKind.OVERDUE, 2)]
    assert {s.reason for s in result.skip} == {"due day over"}


def test_a_closed_period_is_not_caught_up() -> None:
    drafts = planned(Q2, desk(CLINIC, "telegram:5"))
    result = catch_up(drafts, at("2026-07-20T09:00"), CALENDAR, owing=OWING)
    assert result.send == ()
    assert {s.reason for s in result.skip} == {"period closed"}


@pytest.mark.parametrize(
    ("pressed", "again"),
    [
        ("2026-06-23T09:00", "2026-06-23T14:00"),
        ("2026-06-23T14:00", "2026-06-24T08:00"),
        ("2026-06-26T16:00", "2026-06-29T08:00"),
        ("2026-06-27T09:00", "2026-06-29T08:00"),
        ("2026-02-13T15:00", "2026-02-23T08:00"),
    ],
)
def test_later_today_is_the_afternoon_or_the_next_working_morning(pressed: str, again: str) -> None:
    until = snooze_until(at(pressed), CALENDAR)
    assert until == at(again)
    draft = snoozed(Q2, CLINIC, "telegram:5", until, CALENDAR)
    assert (draft.kind, draft.at, draft.units) == (ReminderKind.SNOOZED, until, (CLINIC,))
    assert draft.key == snoozed(Q2, CLINIC, "telegram:5", until, CALENDAR).key


def test_policies_are_settings() -> None:
    policy = Policy(opening=None, before=(2,), overdue=(), digest=(), sends_at=time(9, 30))
    drafts = plan_reminders(Q2, [desk(CLINIC, "a")], [Recipient("b")], at("2026-05-01T08:00"), CALENDAR, policy)
    assert moments(drafts) == [(ReminderKind.BEFORE, 2, "24/06 09:30"), (ReminderKind.DUE_DAY, 0, "26/06 09:30")]


@given(any_rule, st.integers(2025, 2028), st.data())
def test_no_reminder_on_a_day_off_and_one_a_day_at_most(rule: ReportingRule, year: int, data: st.DataObject) -> None:
    periods = periods_of(rule, year, CALENDAR)
    assume(periods)
    period = data.draw(st.sampled_from(periods))
    now = datetime.combine(period.opens, time(8), HANOI)
    drafts = plan_reminders(period, [desk(CLINIC, "a")], (), now, CALENDAR)
    for draft in drafts:
        assert CALENDAR.is_working(draft.at.date())
        assert may_send(draft.at, CALENDAR)
        assert period.opens <= draft.at.date() <= period.closes
    assert len({draft.at for draft in drafts}) == len(drafts)


@given(
    any_moment(date(2026, 6, 1), date(2026, 7, 20)),
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["a", "b", "c"])), max_size=8),
    st.frozensets(st.integers(1, 3)),
)
def test_catching_up_sends_one_message_per_chat_and_period_and_loses_none(
    now: datetime, seats: list[tuple[int, str]], owing: frozenset[int]
) -> None:
    june = periods_of(MONTHLY_13, 2026, CALENDAR)[5]
    drafts: list[ReminderDraft] = []
    for period in (Q2, june):
        desks = [DeskFacts(unit, False, (Recipient(chat),)) for unit, chat in dict(seats).items()]
        drafts += plan_reminders(period, desks, [Recipient("a")], at("2026-06-01T00:00"), CALENDAR)
    pairs = frozenset((period.key, unit) for period in (Q2, june) for unit in owing)
    result = catch_up(drafts, now, CALENDAR, owing=pairs)
    sent = [(draft.chat, draft.period.key) for draft in result.send]
    assert len(sent) == len(set(sent))
    if result.send:
        assert may_send(now, CALENDAR)
        settled = {draft.key for draft in result.send} | {s.draft.key for s in result.skip}
        assert settled == {draft.key for draft in drafts if draft.at <= now}
    for draft in result.send:
        assert all((draft.period.key, unit) in pairs for unit in draft.units)


@given(any_moment(date(2025, 1, 1), date(2029, 1, 1)))
def test_the_next_moment_is_allowed_and_near(moment: datetime) -> None:
    following = next_moment(moment, CALENDAR)
    assert may_send(following, CALENDAR)
    assert timedelta() <= following - moment < timedelta(days=15)
