"""How messages leave: complete, in the form that a phone shows, and with an exact account of what failed."""

from __future__ import annotations

import struct
import zlib

import pytest

from bot.channels.channel import DeliveryFailed, NotFetched
from bot.channels.telegram import TelegramChannel
from handlers.message import Attachment, ChatRef, Choice, Document, Outgoing
from knowledge.errors import FileTooLarge
from tests.fakes.telegram import FakeTelegram, Person


def picture() -> bytes:
    """A white dot as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")


@pytest.fixture
async def hoa(telegram: FakeTelegram) -> Person:
    """A person who has opened the bot."""
    hoa = telegram.person("Hoa")
    await hoa.starts()
    return hoa


def chat_of(person: Person) -> ChatRef:
    return ChatRef("telegram", str(person.id))


async def refused(channel: TelegramChannel, to: ChatRef, message: Outgoing | None = None) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(to, message or Outgoing("Còn 3 ngày đến hạn."))
    return failed.value


async def test_text_arrives_as_written(channel: TelegramChannel, hoa: Person) -> None:
    delivered = await channel.send(chat_of(hoa), Outgoing("Đã nhận <b>5</b> & *60 %*_x_"))

    heard = await hoa.hears()
    assert heard.text == "Đã nhận <b>5</b> & *60 %*_x_"
    assert delivered.message == str(heard.message_id)


async def test_short_choices_share_a_row_and_long_ones_stand_alone(channel: TelegramChannel, hoa: Person) -> None:
    labels = ["Có", "Không", "Bỏ qua", "Dừng lại", "Duyệt 2 báo cáo không có cảnh báo", "Số liệu chưa khớp kỳ trước"]
    await channel.send(chat_of(hoa), Outgoing("Anh/chị chọn:", tuple(Choice(it, it[:20]) for it in labels)))

    heard = await hoa.hears()

    assert heard.rows == (("Có", "Không", "Bỏ qua"), ("Dừng lại",), (labels[4],), (labels[5],))


async def test_a_text_over_the_limit_comes_whole_in_parts_with_the_buttons_last(
    channel: TelegramChannel, hoa: Person
) -> None:
    lines = [f"{number}. Tỷ lệ hộ gia đình có kết nối 📶 internet: {number} %" for number in range(200)]
    await channel.send(chat_of(hoa), Outgoing("\n".join(lines), (Choice("Xem tiếp", "more"),)))

    heard = [await hoa.hears(), await hoa.hears(), await hoa.hears()]

    assert "\n".join(it.text for it in heard).split("\n") == lines
    assert [it.buttons for it in heard] == [[], [], ["Xem tiếp"]]
    assert hoa.unheard() == []


async def test_a_picture_carries_its_words_and_buttons(channel: TelegramChannel, hoa: Person) -> None:
    document = Document("dong-12.png", "image/png", picture())
    await channel.send(chat_of(hoa), Outgoing("Bản quét in 6006.", (Choice("Đúng, 60 %", "yes"),), document=document))

    heard = await hoa.hears()

    assert heard.is_photo
    assert (heard.text, heard.buttons, heard.file) == ("Bản quét in 6006.", ["Đúng, 60 %"], document.content)


async def test_a_picture_that_telegram_cannot_draw_goes_as_a_file(channel: TelegramChannel, hoa: Person) -> None:
    document = Document("tien-do.svg", "image/svg+xml", b"<svg/>")
    await channel.send(chat_of(hoa), Outgoing("Tiến độ quý II", document=document))

    heard = await hoa.hears()

    assert (heard.is_photo, heard.file_name, heard.file) == (False, "tien-do.svg", b"<svg/>")


async def test_a_file_with_a_long_text_comes_before_it(channel: TelegramChannel, hoa: Person) -> None:
    document = Document("Báo cáo quý II.docx", "application/vnd.openxmlformats", b"PK\x03\x04")
    text = "Kết quả thực hiện. " * 70
    await channel.send(chat_of(hoa), Outgoing(text, (Choice("Gửi đi", "send"),), document=document))

    first, second = await hoa.hears(), await hoa.hears()

    assert (first.file_name, first.file, first.text) == ("Báo cáo quý II.docx", b"PK\x03\x04", "")
    assert (second.text, second.buttons) == (text.strip(), ["Gửi đi"])


async def test_flood_control_says_how_long_to_wait(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person
) -> None:
    flood = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 17}}
    telegram.faults.answer("sendMessage", 429, flood)

    error = await refused(channel, chat_of(hoa))

    assert (error.certain, error.retry_after) == (True, 17.0)


async def test_flood_control_between_parts_is_waited_out(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person
) -> None:
    telegram.faults.answer("sendMessage", 429, {"ok": False, "parameters": {"retry_after": 0.01}})
    document = Document("a.docx", "application/octet-stream", b"PK")

    await channel.send(chat_of(hoa), Outgoing("dài " * 300, document=document))

    assert (await hoa.hears()).file_name == "a.docx"
    assert (await hoa.hears()).text.startswith("dài dài")


async def test_a_message_that_stops_midway_is_not_said_to_be_unsent(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person
) -> None:
    telegram.faults.answer("sendMessage", 429, {"ok": False, "parameters": {"retry_after": 3600}})
    document = Document("a.docx", "application/octet-stream", b"PK")

    error = await refused(channel, chat_of(hoa), Outgoing("dài " * 300, document=document))

    assert not error.certain


async def test_a_blocked_bot_does_not_try_again(channel: TelegramChannel, hoa: Person) -> None:
    await hoa.blocks_bot()

    error = await refused(channel, chat_of(hoa))

    assert (error.certain, error.retry_after, error.moved_to) == (True, None, None)
    assert "blocked" in error.reason


@pytest.mark.parametrize("address", ["424242", "-1009", "Hoa", ""])
async def test_an_unknown_chat_does_not_try_again(channel: TelegramChannel, address: str) -> None:
    error = await refused(channel, ChatRef("telegram", address))

    assert (error.certain, error.retry_after) == (True, None)


async def test_a_group_that_moved_tells_its_new_address(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    group = telegram.group("Tổ công nghệ số thôn 3", [telegram.person("Hoa")], supergroup=False)
    moved = await group.becomes_supergroup()

    error = await refused(channel, ChatRef("telegram", str(group.id)))

    assert (error.certain, error.moved_to) == (True, str(moved.id))
    assert (await channel.send(ChatRef("telegram", str(moved.id)), Outgoing("Chào cả tổ."))).message


async def test_a_deleted_topic_gives_way_to_its_group(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    group = telegram.group("UBND xã", [], topics=["Báo cáo"])
    address = f"{group.id}:{group.topic_id('Báo cáo')}"
    await group.closes_topic("Báo cáo")

    error = await refused(channel, ChatRef("telegram", address))

    assert (error.certain, error.moved_to) == (True, str(group.id))


async def test_a_line_that_is_down_means_surely_not_sent(hoa: Person) -> None:
    channel = TelegramChannel("123456:abc", base_url="http://127.0.0.1:9")

    error = await refused(channel, chat_of(hoa))
    await channel.close()

    assert error.certain
    assert error.retry_after is not None


@pytest.mark.parametrize("acted", [True, False])
@pytest.mark.parametrize("trouble", ["hang", "cut", "garble", "riddle"])
async def test_an_answer_that_never_came_leaves_it_open(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person, trouble: str, acted: bool
) -> None:
    match trouble:
        case "hang":
            telegram.faults.hang("sendMessage", acted=acted)
        case "cut":
            telegram.faults.cut("sendMessage", acted=acted)
        case "garble":
            telegram.faults.answer("sendMessage", 200, b"<html>")
        case _:
            telegram.faults.answer("sendMessage", 200, {"ok": True, "result": {"message_id": "?"}})

    error = await refused(channel, chat_of(hoa))

    assert (error.certain, error.moved_to) == (False, None)


@pytest.mark.parametrize(("status", "certain"), [(500, True), (502, True), (503, True), (504, False)])
async def test_a_server_that_stumbles_is_tried_again_unless_it_may_have_done_it(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person, status: int, certain: bool
) -> None:
    telegram.faults.answer("sendMessage", status, b"<html>Bad Gateway</html>")

    error = await refused(channel, chat_of(hoa))

    assert error.certain is certain
    assert (error.retry_after is not None) is certain


async def test_a_withdrawn_token_keeps_the_message(
    telegram: FakeTelegram, channel: TelegramChannel, hoa: Person
) -> None:
    telegram.faults.answer("sendMessage", 401, {"ok": False, "error_code": 401, "description": "Unauthorized"})

    error = await refused(channel, chat_of(hoa))

    assert (error.certain, error.retry_after) == (True, 60.0)


async def test_an_empty_message_is_refused_before_it_leaves(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    error = await refused(channel, ChatRef("telegram", "7"), Outgoing(" \n "))

    assert error.certain
    assert telegram.sent() == []


@pytest.fixture
async def large(telegram: FakeTelegram, hoa: Person) -> Attachment:
    identity = telegram.world.keep_file(b"x" * 3_000_000, "documents", ".pdf")
    return Attachment(identity, "Kế hoạch.pdf")


async def test_a_file_over_the_limit_is_refused_with_a_sentence(channel: TelegramChannel, large: Attachment) -> None:
    for attachment in (large, Attachment(large.ref, large.name, size=3_000_000)):
        with pytest.raises(FileTooLarge) as refusal:
            await channel.fetch(attachment, 2_000_000)
        assert "2 MB" in refusal.value.sentence


async def test_a_file_over_telegrams_own_limit_is_refused_with_a_sentence(
    telegram: FakeTelegram, channel: TelegramChannel
) -> None:
    identity = telegram.world.keep_file(b"x" * (20 * 1024 * 1024 + 1), "documents", ".pdf")
    with pytest.raises(FileTooLarge) as refusal:
        await channel.fetch(Attachment(identity, "Kế hoạch.pdf"), 50_000_000)

    assert "20 MB" in refusal.value.sentence


@pytest.mark.parametrize("method", ["getFile", "file"])
async def test_a_file_that_cannot_be_had_is_asked_for_again(
    telegram: FakeTelegram, channel: TelegramChannel, large: Attachment, method: str
) -> None:
    telegram.faults.cut(method)
    with pytest.raises(NotFetched) as refusal:
        await channel.fetch(large, 5_000_000)

    assert "gửi lại" in refusal.value.sentence
    assert len(await channel.fetch(large, 5_000_000)) == 3_000_000
