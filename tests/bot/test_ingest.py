"""A file that is kept is not read twice by one reader; a better reader takes its place with all that people did."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.commands.ingest import ingest_file
from bot.reader_version import reader_version
from storage.rereading import kept_file, stamp
from tests.bot.test_new_version import ROWS, file
from tests.conversations.stage import Stage, stage


async def kept(archive: Archive) -> int:
    """How many plans questions are answered from, older versions included."""
    async with archive.store.reading() as unit:
        return len((await unit.plans.shelf()).plans)


async def ingested(on: Stage, path: Path, capsys: pytest.CaptureFixture[str], *, again: bool = False) -> str:
    await ingest_file(on.program.archive, path, (), again=again)
    return capsys.readouterr().err


async def read_by_an_older_reader(on: Stage, path: Path) -> None:
    async with on.program.archive.store.unit() as unit:
        found = await kept_file(unit.session, hashlib.sha256(path.read_bytes()).hexdigest())
        assert found is not None
        assert found.reader == reader_version()
        await stamp(unit.session, found.id, "an older one")


async def test_the_same_file_is_known_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, ROWS)
    async with stage(tmp_path / "data") as on:
        first = await ingested(on, path, capsys)
        assert "đã nạp, Kế hoạch 20/KH-UBND của UBND xã Hòa Mẫu, 4 chỉ tiêu" in first
        assert "So với bản đang dùng (20/KH-UBND ngày 03/02/2026): không chỉ tiêu nào thay đổi." in first
        before = await kept(on.program.archive)
        second = await ingested(on, path, capsys)
        assert "đã có từ trước, Kế hoạch 20/KH-UBND" in second
        assert "So với" not in second
        assert await kept(on.program.archive) == before


@pytest.mark.parametrize("why", ["an older reader", "asked for"])
async def test_a_new_reading_keeps_what_people_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], why: str
) -> None:
    path = file(tmp_path, ROWS)
    async with stage(tmp_path / "data") as on:
        archive = on.program.archive
        await ingested(on, path, capsys)
        await on.says("Đầu mối", "báo cáo")
        await on.says("Đầu mối", "48")
        assert "Đã nộp" in (await on.says("Đầu mối", "nộp"))[0]
        before = await kept(archive)
        if why == "an older reader":
            await read_by_an_older_reader(on, path)
        said = await ingested(on, path, capsys, again=why == "asked for")
        assert "đã đọc lại, Kế hoạch 20/KH-UBND" in said

        (listed,) = await on.says("Đầu mối", "chỉ tiêu của tôi")
        assert "Tỷ lệ phủ sóng 5G (dân số): chỉ tiêu 60 % (đã nộp 48 %)" in listed
        assert await kept(archive) == before
        # The index follows: one entry for the file, the new reading's.
        await archive.library.catch_up(archive.store)
        async with archive.store.reading() as unit:
            keys = await unit.plans.index_keys()
        assert archive.library.index.entries().keys() == keys
        assert "đã có từ trước" in await ingested(on, path, capsys)
        answer = (await on.says("Đầu mối", "chỉ tiêu 5G của xã là bao nhiêu"))[0]
        assert "60 %" in answer
