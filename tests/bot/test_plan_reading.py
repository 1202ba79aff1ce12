"""Files that people send: one that breaks stops nothing, and what belongs to another authority stays as it is."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
from pathlib import Path

import pytest

from bot.channels.channel import RawUpdate
from bot.dispatch import READING
from bot.plan_reading import MOST_BEGUN, MOST_DEATHS, Limits, PlanReading
from bot.reading_apart import ReadingBroke, read_apart
from handlers.message import MessageKind
from handlers.texts import planning
from handlers.view import Role
from knowledge.errors import UnreadableFile
from knowledge.reading import read_plan
from tests.conversations.stage import CAST, COMMUNE, Stage, sample_plan, stage

PROVINCE = "UBND tỉnh Sông Mây"


def text_of(place: str, number: str, target: int = 80) -> str:
    """An invented plan as a text file."""
    return (
        f"ỦY BAN NHÂN DÂN\n{place.upper()}\nSố: {number}\n\nKẾ HOẠCH\nChuyển đổi số năm 2026\n\nI. MỤC TIÊU\n"
        + f"- Tỷ lệ hộ gia đình có kết nối Internet đạt {target}%.\n"
        + "- Bà con trong các thôn được hướng dẫn dùng dịch vụ công trực tuyến.\n" * 40
    )


async def send(on: Stage, file: Path) -> list[str]:
    """The coordinator sends a file; what the bot answers once it is read."""
    return await on.says("Đầu mối", f"/gửi {file}")


async def waits(on: Stage, file: Path) -> None:
    """The coordinator sent a file, and the program has not read it yet."""
    channel, program = on.channel, on.program
    channel.switch(CAST["Đầu mối"].account)
    body = {"account": CAST["Đầu mối"].account, "text": f"/gửi {file}", "kind": MessageKind.TEXT.value}
    async with program.archive.store.unit() as unit:
        received = await unit.inbox.take(channel.name, channel.next_identity(), RawUpdate("", body).body)
    assert received is not None
    await program.dispatch.handle(received)
    await on.delivers()
    on.heard()


async def waiting(on: Stage) -> int:
    async with on.program.archive.store.reading() as unit:
        return len(await unit.inbox.waiting(READING))


def children() -> set[int]:
    """The processes that this one started and that run."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        # A thread may end while we look.
        with contextlib.suppress(FileNotFoundError):
            found.update(map(int, (task / "children").read_text().split()))
    return found


async def child_beyond(before: set[int]) -> int:
    """The process that is started now."""
    async with asyncio.timeout(30):
        while not (fresh := children() - before):
            await asyncio.sleep(0)
    return fresh.pop()


def hasty(on: Stage) -> PlanReading:
    """A reader of plans without any time to read one."""
    program = on.program
    archive = program.archive
    limits = Limits(10_000_000, 0.001)
    return PlanReading(archive.store, program.dispatch, program.delivery, archive.library, program.channels, limits)


async def silent(page: int, of: int) -> None:
    """Progress that nobody hears."""


async def test_a_file_that_ends_the_program_every_time_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        await waits(on, file)
        async with on.program.archive.store.unit() as unit:
            (received,) = await unit.inbox.waiting(READING)
            for _ in range(MOST_BEGUN):
                await unit.inbox.tried(READING, received.identity)
        await on.program.reading.read_waiting()
        await on.delivers()
        assert on.heard() == [f"< {planning.READING_FAILED}"]
        assert await waiting(on) == 0


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
async def test_a_stop_in_the_middle_of_a_reading_is_no_failed_try(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        await waits(on, file)
        for _ in range(MOST_BEGUN + 1):
            before = children()
            reading = asyncio.create_task(on.program.reading.read_waiting())
            await child_beyond(before)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
        assert await waiting(on) == 1
        await on.program.reading.read_waiting()
        await on.delivers()
        assert "31/KH-UBND" in "".join(on.heard())


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
@pytest.mark.parametrize("deaths", [MOST_DEATHS - 1, MOST_DEATHS])
async def test_a_reader_that_dies_is_tried_again_and_given_up_in_the_end(tmp_path: Path, deaths: int) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        await waits(on, file)
        before = children()
        reading = asyncio.create_task(on.program.reading.read_waiting())
        for _ in range(deaths):
            child = await child_beyond(before)
            os.kill(child, signal.SIGKILL)
            before = before | {child}
        await reading
        await on.delivers()
        heard = on.heard()
        assert (heard == [f"< {planning.READING_FAILED}"]) is (deaths == MOST_DEATHS)
        assert ("31/KH-UBND" in "".join(heard)) is (deaths < MOST_DEATHS)
        assert await waiting(on) == 0


async def test_the_same_file_again_shows_the_plan_without_reading_it(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        first = await send(on, file)
        await waits(on, file)
        assert await hasty(on).read_waiting() == 1
        await on.delivers()
        assert on.heard()[-1] == first[-1]


async def test_a_file_whose_name_cannot_be_written_is_kept_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        await waits(on, file)
        async with on.program.archive.store.unit() as unit:
            (received,) = await unit.inbox.waiting(READING)
            await unit.inbox.done(READING, received.identity)
            await unit.inbox.add(READING, "lạ", {**received.body, "name": "ke\udc81-hoach.txt"})
        assert await on.program.reading.read_waiting() == 1
        await on.delivers()
        assert "31/KH-UBND" in "".join(on.heard())
        assert await waiting(on) == 0
        async with on.program.archive.store.reading() as unit:
            entries = await unit.plans.for_index()
        assert [entry.file_name for entry in entries] == ["ke-hoach.txt", "ke-hoach.txt"]
        assert on.program.archive.library.index.entries().keys() == {entry.key for entry in entries}


async def test_a_plan_that_the_index_missed_comes_in_later(tmp_path: Path) -> None:
    async with stage(tmp_path / "data") as on:
        store, library = on.program.archive.store, on.program.archive.library
        assert await library.catch_up(store) == 0
        async with store.reading() as unit:
            (entry,) = await unit.plans.for_index()
        library.index.remove(entry.key)
        await library.put("0123", sample_plan(), file_name="cu.txt", authority=COMMUNE)
        assert await library.catch_up(store) == 2
        assert library.index.entries().keys() == {entry.key}
        assert library.index.passages(entry.key) == list(sample_plan().chunks)
        assert await library.catch_up(store) == 0


async def test_another_process_reads_the_same(tmp_path: Path) -> None:
    content = text_of("xã Hòa Mẫu", "31/KH-UBND").encode()
    apart = await read_apart(content, "a.txt", progress=silent, siblings=(sample_plan(),))
    assert apart == read_plan(content, "a.txt", siblings=(sample_plan(),))
    assert apart.indicators


async def test_a_refusal_keeps_its_sentence() -> None:
    with pytest.raises(UnreadableFile) as here:
        read_plan(b"MZ\x90\x00" + bytes(range(256)) * 40, "a.exe")
    with pytest.raises(UnreadableFile) as apart:
        await read_apart(b"MZ\x90\x00" + bytes(range(256)) * 40, "a.exe", progress=silent)
    assert apart.value.sentence == here.value.sentence


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
async def test_a_reading_that_is_given_up_leaves_no_process() -> None:
    before = children()
    reading = asyncio.create_task(read_apart(b"a\n" * 200_000, "a.txt", progress=silent))
    await child_beyond(before)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert children() <= before


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
async def test_a_process_that_dies_is_no_end_of_the_program() -> None:
    before = children()
    reading = asyncio.create_task(read_apart(b"a\n" * 200_000, "a.txt", progress=silent))
    os.kill(await child_beyond(before), signal.SIGKILL)
    with pytest.raises(ReadingBroke):
        await reading


async def test_a_reading_that_takes_too_long_is_stopped_and_said(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text_of("xã Hòa Mẫu", "31/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        await waits(on, file)
        assert await hasty(on).read_waiting() == 1
        await on.delivers()
        assert on.heard() == [f"< {planning.TOOK_TOO_LONG}"]


async def province(on: Stage, content: bytes | None = None, *, members: bool = False) -> None:
    """The province as it stands before: with a plan in force, or with somebody who works there."""
    read = read_plan(content, "tinh.txt") if content else None
    async with on.program.archive.store.unit() as unit:
        if read is not None and content is not None:
            await unit.plans.save(
                read,
                file_name="tinh.txt",
                content_hash=hashlib.sha256(content).hexdigest(),
                content=content,
                adopt=True,
            )
        if members:
            authority = await unit.authorities.ensure(PROVINCE)
            office = await unit.authorities.ensure_unit(authority.id, "Văn phòng")
            code = await unit.people.invite(
                office, Role.COORDINATOR, now=on.clock.now(), expires=on.clock.now().replace(hour=23)
            )
    if members:
        await on.says("Khách", code)
        await on.says("Khách", "đồng ý")


async def in_force(on: Stage) -> list[tuple[str, str | None]]:
    async with on.program.archive.store.reading() as unit:
        shelf = await unit.plans.shelf()
    return [(plan.authority, plan.plan.document.number) for plan in shelf.plans if not plan.superseded]


async def test_the_provinces_plan_is_kept_where_the_province_has_none(tmp_path: Path) -> None:
    file = tmp_path / "tinh.txt"
    file.write_text(text_of("tỉnh Sông Mây", "12/KH-UBND"), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        heard = await send(on, file)
        assert planning.REFERENCE_KEPT.format(number="12/KH-UBND", issuer=PROVINCE) in heard[-1]
        assert (PROVINCE, "12/KH-UBND") in await in_force(on)
        again = await send(on, file)
        assert again[-1] == heard[-1]


@pytest.mark.parametrize("claimed", ["by a plan", "by its people"])
async def test_a_commune_does_not_push_the_provinces_plan_aside(tmp_path: Path, claimed: str) -> None:
    file = tmp_path / "tinh.txt"
    file.write_text(text_of("tỉnh Sông Mây", "12/KH-UBND", 10), encoding="utf-8")
    async with stage(tmp_path / "data") as on:
        if claimed == "by a plan":
            await province(on, text_of("tỉnh Sông Mây", "12/KH-UBND").encode())
        else:
            await province(on, members=True)
        before = await in_force(on)
        heard = await send(on, file)
        assert f"người đầu mối của {PROVINCE} nạp bản mới" in heard[-1]
        assert await in_force(on) == before
        assert await waiting(on) == 0
