"""What an update means, as the program sees it."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator

import pytest

from bot.channels.channel import RawUpdate
from bot.channels.telegram import TelegramChannel
from handlers.message import ChatRef, Choice, MessageKind, Outgoing
from tests.bot.channels.polling import next_message, take
from tests.fakes.telegram import FakeTelegram

JPEG = b"\xff\xd8\xff" + b"x" * 5000


async def test_text_is_nfc_and_says_who_and_where(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    hoa = telegram.person(unicodedata.normalize("NFD", "Nguyễn Thị Hoà"))
    await hoa.says(unicodedata.normalize("NFD", "Tỷ lệ phủ sóng"))

    message = await next_message(channel)

    assert message.kind is MessageKind.TEXT
    assert message.text == "Tỷ lệ phủ sóng"
    assert message.account_name == "Nguyễn Thị Hoà"
    assert message.account == str(hoa.id)
    assert message.chat == ChatRef("telegram", str(hoa.id))
    assert message.addressed
    assert not message.group
    assert message.sent_at is not None
    assert message.sent_at.tzinfo is not None


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("/start MOI-12_ab", MessageKind.START, "MOI-12_ab"),
        ("/start", MessageKind.START, ""),
        ("/START@TroLyXaHoaMau_Bot MOI-12", MessageKind.START, "MOI-12"),
        ("/baocao", MessageKind.TEXT, "/baocao"),
        ("/baocao@trolyxahoamau_bot", MessageKind.TEXT, "/baocao"),
        ("/hoi  chỉ tiêu 5G", MessageKind.TEXT, "/hoi chỉ tiêu 5G"),
        ("/báo cáo", MessageKind.TEXT, "/báo cáo"),
        ("12/45", MessageKind.TEXT, "12/45"),
    ],
)
async def test_commands(
    telegram: FakeTelegram, channel: TelegramChannel, typed: str, kind: MessageKind, text: str
) -> None:
    await telegram.person("Hoa").says(typed)

    message = await next_message(channel)

    assert (message.kind, message.text) == (kind, text)


async def test_a_press_brings_the_value_and_the_label_that_was_read(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    hoa = telegram.person("Hoa")
    await hoa.starts()
    (start,) = await take(channel, 1)
    choices = (Choice("Nộp báo cáo", "report:submit:7"), Choice("Dừng lại", "report:stop"))
    await channel.send(ChatRef("telegram", str(hoa.id)), Outgoing("Đủ 2/2. Anh/chị xem lại.", choices))
    press = await hoa.presses("Nộp báo cáo")

    update = (await take(channel, 2))[1]
    message = channel.parse(update)
    await channel.acknowledge(update)
    await channel.acknowledge(start)

    assert message is not None
    assert (message.kind, message.choice, message.text) == (MessageKind.CHOICE, "report:submit:7", "Nộp báo cáo")
    assert message.account == str(hoa.id)
    await hoa.sees_press_taken(press)


async def test_an_expired_press_is_acknowledged_without_a_word(channel: TelegramChannel) -> None:
    await channel.acknowledge(RawUpdate("1", {"callback_query": {"id": "of yesterday"}}))


async def test_a_press_on_a_message_that_telegram_no_longer_shows(channel: TelegramChannel) -> None:
    gone = {"message_id": 5, "date": 0, "chat": {"id": 7, "type": "private", "first_name": "Hoa"}}
    sender = {"id": 7, "is_bot": False, "first_name": "Hoa"}
    query = {"id": "1", "from": sender, "message": gone, "chat_instance": "1", "data": "report:stop"}

    message = channel.parse(RawUpdate("1", {"update_id": 1, "callback_query": query}))

    assert message is not None
    assert (message.choice, message.text, message.chat.address) == ("report:stop", "", "7")


async def test_a_photo_is_fetched_in_its_largest_size(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await telegram.person("Hoa").sends_photo(JPEG, "ảnh buổi tập huấn")

    message = await next_message(channel)

    assert (message.kind, message.text) == (MessageKind.PHOTO, "ảnh buổi tập huấn")
    assert message.attachment is not None
    assert message.attachment.size == len(JPEG)
    assert await channel.fetch(message.attachment, 1_000_000) == JPEG


async def test_a_file_keeps_its_name_and_type(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    await telegram.person("Hoa").sends_file("Kế hoạch 20.pdf", b"%PDF-1.7", "application/pdf")

    message = await next_message(channel)

    assert message.kind is MessageKind.FILE
    assert message.attachment is not None
    assert (message.attachment.name, message.attachment.media_type) == ("Kế hoạch 20.pdf", "application/pdf")
    assert await channel.fetch(message.attachment, 100) == b"%PDF-1.7"


FILE = {"file_id": "f", "file_unique_id": "u"}
MOVING = {**FILE, "width": 1, "height": 1, "duration": 1}


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}},
        {"voice": {**FILE, "duration": 3}},
        {"location": {"latitude": 15.1, "longitude": 108.8}},
        {"contact": {"phone_number": "0", "first_name": "Hoa"}},
        {"video": MOVING},
        {"animation": MOVING, "document": FILE},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_the_bot_cannot_use_is_said_to_be_so(
    telegram: FakeTelegram, channel: TelegramChannel, content: dict[str, object]
) -> None:
    await telegram.person("Hoa").sends_content(content)

    assert (await next_message(channel)).kind is MessageKind.UNSUPPORTED


SENDER = {"id": 7, "is_bot": False, "first_name": "Hoa"}
CHAT = {"id": 7, "type": "private", "first_name": "Hoa"}
MESSAGE = {"message_id": 5, "date": 1_790_000_000, "chat": CHAT, "from": SENDER}
MEMBER = {"user": SENDER, "status": "member"}


@pytest.mark.parametrize(
    "body",
    [
        {"edited_message": {**MESSAGE, "text": "sửa"}},
        {"my_chat_member": {**MESSAGE, "old_chat_member": MEMBER, "new_chat_member": MEMBER}},
        {"message": {**MESSAGE, "new_chat_members": [SENDER]}},
        {"message": {**MESSAGE, "from": {**SENDER, "is_bot": True}, "text": "tôi là máy"}},
        {"channel_post": {**MESSAGE, "chat": {"id": -5, "type": "channel", "title": "Tin xã"}, "text": "tin"}},
        {"update_of_the_future": 1},
    ],
)
async def test_what_concerns_nobody(channel: TelegramChannel, body: dict[str, object]) -> None:
    assert channel.parse(RawUpdate("1", {"update_id": 1, **body})) is None


@pytest.fixture
async def group_channel() -> AsyncIterator[tuple[FakeTelegram, TelegramChannel]]:
    """A bot that sees every message of its groups and has to keep silent by itself."""
    with FakeTelegram(reads_all_group_messages=True) as telegram:
        channel = TelegramChannel(telegram.token, base_url=telegram.base_url, poll_seconds=5)
        await channel.check()
        yield telegram, channel
        await channel.close()


@pytest.mark.parametrize(
    ("typed", "addressed", "text"),
    [
        ("chiều nay họp nhé", False, "chiều nay họp nhé"),
        ("@trolyxahoamau_bot tiến độ", True, "tiến độ"),
        ("@TroLyXaHoaMau_bot, tiến độ", True, "tiến độ"),
        ("tiến độ sao rồi @trolyxahoamau_bot", True, "tiến độ sao rồi"),
        ("@trolyxahoamau_bot2 tiến độ", False, "@trolyxahoamau_bot2 tiến độ"),
        ("thư: hoa@trolyxahoamau_bot", False, "thư: hoa@trolyxahoamau_bot"),
        ("/tiendo", True, "/tiendo"),
        ("/tiendo@trolyxahoamau_bot", True, "/tiendo"),
        ("/tiendo@bot_khac", False, "/tiendo@bot_khac"),
    ],
)
async def test_in_a_group_only_what_is_meant_for_us_is_addressed(
    group_channel: tuple[FakeTelegram, TelegramChannel], typed: str, addressed: bool, text: str
) -> None:
    telegram, channel = group_channel
    hoa = telegram.person("Hoa")
    group = telegram.group("Tổ công nghệ số thôn 3", [hoa])
    await hoa.says(typed, group)

    message = await next_message(channel)

    assert message.group
    assert message.chat.address == str(group.id)
    assert (message.addressed, message.text) == (addressed, text)


async def test_an_answer_to_the_bot_is_addressed_and_stays_in_the_group(
    group_channel: tuple[FakeTelegram, TelegramChannel],
) -> None:
    telegram, channel = group_channel
    hoa = telegram.person("Hoa")
    group = telegram.group("Tổ công nghệ số thôn 3", [hoa])
    await channel.send(ChatRef("telegram", str(group.id)), Outgoing("Còn 3 ngày đến hạn."))
    await hoa.says("đã rõ", group, reply_to=await hoa.hears(group))

    message = await next_message(channel)

    assert message.addressed
    # Telegram gives answers a thread id although this group has no topics.
    assert message.chat.address == str(group.id)


async def test_a_photo_in_a_group_is_addressed_by_its_caption(
    group_channel: tuple[FakeTelegram, TelegramChannel],
) -> None:
    telegram, channel = group_channel
    hoa = telegram.person("Hoa")
    group = telegram.group("Tổ công nghệ số thôn 3", [hoa])
    await hoa.sends_photo(JPEG, "@trolyxahoamau_bot minh chứng", group)
    await hoa.sends_photo(JPEG, "", group)

    ours, other = [channel.parse(it) for it in await take(channel, 2)]

    assert ours is not None
    assert other is not None
    assert (ours.addressed, ours.text) == (True, "minh chứng")
    assert not other.addressed


async def test_a_topic_is_part_of_the_address(group_channel: tuple[FakeTelegram, TelegramChannel]) -> None:
    telegram, channel = group_channel
    hoa = telegram.person("Hoa")
    group = telegram.group("UBND xã", [hoa], topics=["Báo cáo", "Khác"])
    await hoa.says("@trolyxahoamau_bot tiến độ", group, topic="Báo cáo")

    message = await next_message(channel)
    await channel.send(message.chat, Outgoing("Đã nộp 5/7 đơn vị."))

    assert message.chat.address == f"{group.id}:{group.topic_id('Báo cáo')}"
    assert (await hoa.hears(group)).topic == "Báo cáo"


async def test_an_anonymous_administrator_is_nobodys_account(channel: TelegramChannel) -> None:
    group = {"id": -100, "type": "supergroup", "title": "UBND xã"}
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"}
    body = {**MESSAGE, "chat": group, "from": anonymous, "sender_chat": group, "text": "/tiendo"}

    message = channel.parse(RawUpdate("1", {"update_id": 1, "message": body}))

    assert message is not None
    assert (message.account, message.account_name) == ("-100", None)


async def test_a_group_that_becomes_a_supergroup_tells_both_addresses(
    group_channel: tuple[FakeTelegram, TelegramChannel],
) -> None:
    telegram, channel = group_channel
    group = telegram.group("Tổ công nghệ số thôn 3", [telegram.person("Hoa")], supergroup=False)
    moved_group = await group.becomes_supergroup()

    leaving, arriving = await take(channel, 2)

    assert channel.parse(leaving) is None
    assert channel.parse(arriving) is None
    moved = channel.moved(leaving)
    assert moved is not None
    assert (moved.old.address, moved.new.address) == (str(group.id), str(moved_group.id))
    assert channel.moved(arriving) is None
