"""What Zalo's messages mean, how ours look there, and what is made of a failure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from bot.channels.channel import DeliveryFailed, NotFetched
from bot.channels.zalo import ZaloChannel
from handlers.message import Attachment, ChatRef, Choice, Document, MessageKind, Outgoing
from knowledge.errors import FileTooLarge
from tests.bot.channels.polling import next_message
from tests.fakes.zalo import FakeZalo, Person
from tests.fakes.zalo.world import Media

JPEG = b"\xff\xd8\xff" + b"x" * 5000


@pytest.fixture
async def hoa(zalo: FakeZalo, zalo_channel: ZaloChannel) -> Person:
    """A person who has written."""
    hoa = zalo.person("Hoa")
    await hoa.says("xin chào")
    await next_message(zalo_channel)
    return hoa


def chat_of(person: Person) -> ChatRef:
    return ChatRef("zalo", person.id)


async def refused(channel: ZaloChannel, to: ChatRef, message: Outgoing | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(to, message or Outgoing("Còn 3 ngày đến hạn."))
    return failed.value


async def test_text_is_nfc_and_says_who_where_and_when(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    hoa = zalo.person(unicodedata.normalize("NFD", "Nguyễn Thị Hoà"))
    await hoa.says(unicodedata.normalize("NFD", "12/45 hộ, thôn Đông"))

    message = await next_message(zalo_channel)

    assert (message.kind, message.text) == (MessageKind.TEXT, "12/45 hộ, thôn Đông")
    assert (message.account, message.account_name) == (hoa.id, "Nguyễn Thị Hoà")
    assert message.chat == chat_of(hoa)
    assert not message.group
    assert message.sent_at is not None
    assert message.sent_at.year >= 2026


@pytest.mark.parametrize("key", ["photo_url", "photo"])
async def test_a_picture_is_fetched_whatever_its_key(zalo: FakeZalo, zalo_channel: ZaloChannel, key: str) -> None:
    zalo.world.photo_key = key
    await zalo.person("Hoa").sends_photo(JPEG, "ảnh minh chứng")

    message = await next_message(zalo_channel)

    assert (message.kind, message.text) == (MessageKind.PHOTO, "ảnh minh chứng")
    assert message.attachment is not None
    assert await zalo_channel.fetch(message.attachment, 1_000_000) == JPEG


async def test_what_the_bot_cannot_use_is_said_to_be_so(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    hoa = zalo.person("Hoa")
    sends: list[Callable[[], object]] = [hoa.sends_sticker, hoa.sends_voice, hoa.sends_unsupported]
    for send in sends:
        await send()  # type: ignore[misc]
        message = await next_message(zalo_channel)
        assert (message.kind, message.addressed) == (MessageKind.UNSUPPORTED, True)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("@Bot Xã Hòa Mẫu tiến độ", "tiến độ"),
        ("@bot xã hòa mẫu, tiến độ", "tiến độ"),
        ("@Bot  Xã Hòa Mẫu: tiến độ", "tiến độ"),
        ("tiến độ sao rồi @Bot Xã Hòa Mẫu", "tiến độ sao rồi"),
        ("@Bot Xã Hòa Mẫu", ""),
    ],
)
async def test_in_a_group_our_name_is_taken_out(
    zalo: FakeZalo, zalo_channel: ZaloChannel, typed: str, text: str
) -> None:
    hoa, group = zalo.person("Hoa"), zalo.group()
    await hoa.says("chiều nay họp nhé", group)
    await hoa.says(typed, group, answers_bot=True)

    message = await next_message(zalo_channel)

    assert (message.text, message.group, message.addressed) == (text, True, True)
    assert (message.chat.address, message.account) == (group.id, hoa.id)


async def test_in_a_group_nothing_is_said_about_what_the_bot_cannot_use(
    zalo: FakeZalo, zalo_channel: ZaloChannel
) -> None:
    await zalo.person("Hoa").sends_unsupported(zalo.group(), answers_bot=True)

    assert not (await next_message(zalo_channel)).addressed


async def test_text_and_choices_arrive_as_text(zalo_channel: ZaloChannel, hoa: Person) -> None:
    figure = Outgoing("Anh/chị nhập tỷ lệ.", (Choice("Bỏ qua", "skip"), Choice("Dừng lại", "stop")), awaits_figure=True)
    delivered = await zalo_channel.send(chat_of(hoa), figure)

    assert await hoa.hears() == 'Anh/chị nhập tỷ lệ.\n\nHoặc gõ: "Bỏ qua", "Dừng lại".'
    assert delivered.message


async def test_a_long_text_comes_whole_with_its_list_in_one_piece(zalo_channel: ZaloChannel, hoa: Person) -> None:
    lines = [f"{number}. Tỷ lệ hộ có kết nối 📶: {number} %" for number in range(80)]
    choices = (Choice("Xem tiếp", "more"), Choice("Dừng lại", "stop"))
    await zalo_channel.send(chat_of(hoa), Outgoing("\n".join(lines), choices))

    heard = [await hoa.hears(), await hoa.hears()]

    assert hoa.unheard() == []
    assert "\n".join(heard).split("\n") == [
        *lines,
        "",
        "1. Xem tiếp",
        "2. Dừng lại",
    ]


async def test_a_group_is_written_to_at_any_time(zalo: FakeZalo, zalo_channel: ZaloChannel) -> None:
    group = zalo.group()
    await zalo_channel.send(ChatRef("zalo", group.id), Outgoing("Báo cáo Quý II đã đủ."))

    assert await zalo.person("Hoa").hears(group) == "Báo cáo Quý II đã đủ."


async def test_a_file_is_told_of_before_the_choices(zalo_channel: ZaloChannel, hoa: Person) -> None:
    document = Document("Báo cáo quý II.docx", "application/octet-stream", b"PK")
    await zalo_channel.send(chat_of(hoa), Outgoing("Báo cáo đã xong.", (Choice("Gửi đi", "send"),), document=document))

    heard = await hoa.hears()

    assert heard.startswith("Báo cáo đã xong.\n\n")
    assert heard.index("Báo cáo quý II.docx") < heard.index("1. Gửi đi")


async def test_a_month_without_messages_left_does_not_try_again(
    zalo: FakeZalo, zalo_channel: ZaloChannel, hoa: Person
) -> None:
    zalo.world.quota = 0

    error = await refused(zalo_channel, chat_of(hoa))

    assert (error.certain, error.retry_after) == (True, None)
    assert "429" in error.reason


@pytest.mark.parametrize("status_200", [False, True])
async def test_a_person_who_never_wrote_does_not_try_again(
    zalo: FakeZalo, zalo_channel: ZaloChannel, status_200: bool
) -> None:
    zalo.world.status_200 = status_200

    error = await refused(zalo_channel, chat_of(zalo.person("Lan")))

    assert (error.certain, error.retry_after) == (True, None)


@pytest.mark.parametrize(
    ("status", "certain", "again"),
    [
        (400, True, False),
        (401, True, True),
        (403, True, False),
        (404, True, False),
        (408, True, True),
        (500, True, True),
        (502, True, True),
        (504, False, False),
    ],
)
@pytest.mark.parametrize("html", [False, True])
async def test_refusals(
    zalo: FakeZalo, zalo_channel: ZaloChannel, hoa: Person, status: int, certain: bool, again: bool, html: bool
) -> None:
    words = {"ok": False, "error_code": status, "description": "no"}
    zalo.faults.answer("sendMessage", status, b"<html>" if html else words)

    error = await refused(zalo_channel, chat_of(hoa))

    assert (error.certain, error.retry_after is not None) == (certain, again)


@pytest.mark.parametrize("acted", [True, False])
@pytest.mark.parametrize("trouble", ["hang", "cut", "garble"])
async def test_an_answer_that_never_came_leaves_it_open(
    zalo: FakeZalo, zalo_channel: ZaloChannel, hoa: Person, trouble: str, acted: bool
) -> None:
    match trouble:
        case "hang":
            zalo.faults.hang("sendMessage", acted=acted)
        case "cut":
            zalo.faults.cut("sendMessage", acted=acted)
        case _:
            zalo.faults.answer("sendMessage", 200, b"")

    assert not (await refused(zalo_channel, chat_of(hoa))).certain


async def test_a_message_that_stops_midway_is_not_said_to_be_unsent(
    zalo: FakeZalo, zalo_channel: ZaloChannel, hoa: Person
) -> None:
    zalo.world.quota = 1

    assert not (await refused(zalo_channel, chat_of(hoa), Outgoing("dài " * 900))).certain
    assert len(hoa.unheard()) == 1


async def test_a_line_that_is_down_means_surely_not_sent(hoa: Person) -> None:
    channel = ZaloChannel("1:abc", base_url="http://127.0.0.1:9")

    error = await refused(channel, chat_of(hoa))
    await channel.close()

    assert error.certain
    assert error.retry_after is not None


@pytest.mark.parametrize(
    "address",
    [
        "https://example.vn/x.jpg",
        "https://zdn.vn.example.com/x.jpg",
        "https://evilzdn.vn/x.jpg",
        "http://photo.zdn.vn/x.jpg",
        "http://169.254.169.254/latest/meta-data",
        "https://photo.zdn.vn@169.254.169.254/x.jpg",
        "file:///etc/passwd",
        "https://[::1",
        "",
    ],
)
async def test_only_zalos_own_hosts_are_asked_for_pictures(zalo_channel: ZaloChannel, address: str) -> None:
    with pytest.raises(NotFetched):
        await zalo_channel.fetch(Attachment(address, "anh.jpg"), 1000)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_picture_over_the_limit_is_refused(zalo: FakeZalo, zalo_channel: ZaloChannel, announced: bool) -> None:
    await zalo.person("Hoa").sends_photo(b"", media=Media(b"x" * 2_500_000, announced=announced))
    message = await next_message(zalo_channel)
    assert message.attachment is not None

    with pytest.raises(FileTooLarge):
        await zalo_channel.fetch(message.attachment, 2_000_000)


@pytest.mark.parametrize("status", [404, 500, 302])
async def test_a_picture_that_has_expired_is_asked_for_again(
    zalo: FakeZalo, zalo_channel: ZaloChannel, status: int
) -> None:
    await zalo.person("Hoa").sends_photo(b"", media=Media(b"", status))
    message = await next_message(zalo_channel)
    assert message.attachment is not None

    with pytest.raises(NotFetched) as refusal:
        await zalo_channel.fetch(message.attachment, 1000)
    assert "gửi lại" in refusal.value.sentence
