"""Messages leave in order, once, and wait for one another within a chat only."""

from __future__ import annotations

from datetime import datetime, timedelta

from alembic import command

from handlers.message import ChatRef, Choice, Document, Outgoing
from scheduler.delivery import Urgency
from scheduler.reminders import OUTBOX_KEY
from storage.migration import configuration
from storage.models import OutboxState, ReminderState
from storage.outbox import Parcel
from storage.store import Store
from tests.storage.commune import CLOCK

HOA = ChatRef("telegram", "1")
LAN = ChatRef("telegram", "2")
MINUTE = timedelta(minutes=1)


def now() -> datetime:
    return CLOCK.now()


async def _queue(store: Store, *messages: tuple[ChatRef, str]) -> list[int]:
    ids = []
    async with store.unit() as unit:
        for chat, text in messages:
            ids.append(await unit.outbox.add(chat, Outgoing(text)))
    return ids


async def _due(store: Store, at: datetime | None = None, **more: object) -> list[str]:
    async with store.reading() as unit:
        return [parcel.message.text for parcel in await unit.outbox.due(at or now(), **more)]  # type: ignore[arg-type]


async def test_a_message_comes_out_as_it_went_in(store: Store) -> None:
    message = Outgoing(
        "Còn 3 chỉ tiêu",
        (Choice("Báo cáo ngay", "report"), Choice("Để sau", "later")),
        to=HOA,
        awaits_figure=True,
        document=Document("tien-do.png", "image/png", b"\x89PNG"),
        key="k1",
    )
    async with store.unit() as unit:
        await unit.outbox.add(HOA, message, in_reply_to="u17")
    async with store.reading() as unit:
        (parcel,) = await unit.outbox.due(now())
    assert parcel.message == message
    assert parcel.chat == HOA
    assert parcel.in_reply_to == "u17"


async def test_a_key_is_queued_once(store: Store) -> None:
    async with store.unit() as unit:
        first = await unit.outbox.add(HOA, Outgoing("một", key="k"))
    async with store.unit() as unit:
        assert await unit.outbox.add(HOA, Outgoing("hai", key="k")) == first
    assert await _due(store) == ["một"]


async def test_what_waits_for_another_try_holds_back_its_own_chat_alone(store: Store) -> None:
    first, second, _, other = await _queue(store, (HOA, "một"), (HOA, "hai"), (HOA, "ba"), (LAN, "bốn"))
    async with store.unit() as unit:
        assert await unit.outbox.sending(first)
        await unit.outbox.retry(first, now() + MINUTE, "busy")
    assert await _due(store) == ["bốn"]
    async with store.unit() as unit:
        assert not await unit.outbox.sending(second)
        assert await unit.outbox.sending(other)
        assert await unit.outbox.next_due(now()) is not None
    assert await _due(store, now() + 2 * MINUTE) == ["một", "hai", "ba"]


async def _queue_all_urgencies(store: Store) -> tuple[int, int, int]:
    async with store.unit() as unit:
        await unit.reminders.add_if_new("k", HOA, now(), {})
        await unit.reminders.sent("k")
        reminder = await unit.outbox.add(HOA, Outgoing("nhắc", key=f"{OUTBOX_KEY}k"))
        notice = await unit.outbox.add(HOA, Outgoing("tin"))
        reply = await unit.outbox.add(HOA, Outgoing("trả lời"), in_reply_to="u1")
    return reminder, notice, reply


async def test_an_answer_goes_first_and_a_reminder_last(store: Store) -> None:
    await _queue_all_urgencies(store)
    async with store.reading() as unit:
        parcels = await unit.outbox.due(now())
    assert [(parcel.message.text, parcel.urgency) for parcel in parcels] == [
        ("trả lời", Urgency.REPLY),
        ("tin", Urgency.NOTICE),
        ("nhắc", Urgency.REMINDER),
    ]


async def test_a_reminder_put_off_to_the_next_morning_mutes_nothing_but_reminders(store: Store) -> None:
    reminder, notice, reply = await _queue_all_urgencies(store)
    async with store.unit() as unit:
        later = await unit.outbox.add(HOA, Outgoing("nhắc nữa", key=f"{OUTBOX_KEY}k2"))
        assert await unit.outbox.sending(reminder)
        assert not await unit.outbox.sending(reply), "two messages at once in one chat"
        await unit.outbox.retry(reminder, now() + timedelta(hours=15), "busy")
    assert await _due(store) == ["trả lời", "tin"]
    async with store.unit() as unit:
        assert not await unit.outbox.sending(later)
        assert await unit.outbox.sending(reply)
        await unit.outbox.sent(reply, "m1")
        assert await unit.outbox.sending(notice)


async def test_what_was_queued_before_urgency_was_kept_is_sorted_like_the_rest(store: Store) -> None:
    await _queue_all_urgencies(store)
    async with store.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(configuration(sync), "0003"))
    await store.migrate()
    assert await _due(store) == ["trả lời", "tin", "nhắc"]


async def _taken(store: Store, text: str) -> Parcel:
    async with store.unit() as unit:
        (parcel,) = [parcel for parcel in await unit.outbox.due(now()) if parcel.message.text == text]
        assert await unit.outbox.sending(parcel.id)
    return parcel


async def test_a_reminder_that_came_too_late_is_planned_and_worded_anew(store: Store) -> None:
    await _queue_all_urgencies(store)
    parcel = await _taken(store, "nhắc")
    async with store.unit() as unit:
        assert await unit.outbox.give_up(parcel, "sending hours over")
        assert await unit.outbox.count(OutboxState.FAILED) == 1
        (line,) = await unit.reminders.due(now())
        assert line.key == "k"
        await unit.outbox.add(HOA, Outgoing("nhắc lại", key=f"{OUTBOX_KEY}{line.key}"))
    assert await _due(store) == ["trả lời", "tin", "nhắc lại"]


async def test_another_message_that_is_given_up_has_no_second_life(store: Store) -> None:
    await _queue_all_urgencies(store)
    parcel = await _taken(store, "tin")
    async with store.unit() as unit:
        assert await unit.outbox.give_up(parcel, "too old")
        assert len(await unit.reminders.list(ReminderState.SENT)) == 1
    assert await _due(store) == ["trả lời", "nhắc"]


async def test_what_nobody_is_sending_is_not_given_up(store: Store) -> None:
    await _queue_all_urgencies(store)
    parcel = await _taken(store, "nhắc")
    async with store.unit() as unit:
        await unit.outbox.sent(parcel.id, "m1")
    async with store.unit() as unit:
        assert not await unit.outbox.give_up(parcel, "sending hours over")
        assert await unit.reminders.due(now()) == []


async def test_nothing_overtakes_a_message_that_is_being_sent(store: Store) -> None:
    first, second = await _queue(store, (HOA, "một"), (HOA, "hai"))
    async with store.unit() as unit:
        assert await unit.outbox.sending(first)
        assert not await unit.outbox.sending(first)
        assert not await unit.outbox.sending(second)
    assert await _due(store) == []
    async with store.unit() as unit:
        await unit.outbox.sent(first, "m1")
    assert await _due(store) == ["hai"]


async def test_a_failed_or_uncertain_message_lets_the_next_one_go(store: Store) -> None:
    first, second, _ = await _queue(store, (HOA, "một"), (HOA, "hai"), (HOA, "ba"))
    async with store.unit() as unit:
        await unit.outbox.sending(first)
        await unit.outbox.failed(first, "blocked")
        await unit.outbox.sending(second)
        await unit.outbox.uncertain(second, "timed out")
    assert await _due(store) == ["ba"]


async def test_a_reminder_for_tomorrow_does_not_hold_back_an_answer_today(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.add(HOA, Outgoing("nhắc"), not_before=now() + timedelta(days=1))
    await _queue(store, (HOA, "trả lời"))
    assert await _due(store) == ["trả lời"]
    assert await _due(store, now() + timedelta(days=2)) == ["trả lời", "nhắc"]


async def test_a_channel_takes_its_own_messages(store: Store) -> None:
    await _queue(store, (HOA, "một"), (ChatRef("zalo", "1"), "hai"))
    assert await _due(store, channels=("zalo",)) == ["hai"]


async def test_a_group_that_moved_gets_its_messages_at_the_new_address(store: Store) -> None:
    group = ChatRef("telegram", "-5")
    await _queue(store, (group, "một"))
    async with store.unit() as unit:
        await unit.chats.moved(group, "-1005")
    await _queue(store, (ChatRef("telegram", "-1005"), "hai"))
    async with store.reading() as unit:
        assert [(p.chat.address, p.message.text) for p in await unit.outbox.due(now())] == [
            ("-1005", "một"),
            ("-1005", "hai"),
        ]


async def test_a_group_that_moved_to_a_known_address_is_merged(store: Store) -> None:
    old, new = ChatRef("telegram", "-5"), ChatRef("telegram", "-1005")
    await _queue(store, (old, "một"), (new, "hai"))
    async with store.unit() as unit:
        await unit.chats.moved(old, new.address)
        assert await unit.chats.row(old) is None
    assert await _due(store) == ["một", "hai"]


async def test_old_messages_are_not_kept(store: Store) -> None:
    first, _ = await _queue(store, (HOA, "một"), (HOA, "hai"))
    async with store.unit() as unit:
        await unit.outbox.sending(first)
        await unit.outbox.sent(first, "m1")
        await unit.outbox.prune(now() + MINUTE)
        assert await unit.outbox.count(OutboxState.SENT) == 0
    assert await _due(store) == ["hai"]
