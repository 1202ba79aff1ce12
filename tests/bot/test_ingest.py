"""A file that is kept is not read twice by one reader; a better reader takes its place with all that people did."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive import Archive
from bot.commands.ingest import ingest_file, prepare_meaning
from bot.library import Library
from bot.reader_version import reader_version
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from storage.rereading import kept_file, stamp
from tests.bot.test_new_version import ROWS, file
from tests.conversations.stage import Stage, stage
from tests.retrieval.conftest import TrigramEmbedding


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


class Slow(TrigramEmbedding):
    """Counts what it embeds, and waits before the second batch until somebody has lost patience."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.lost_patience = threading.Event(), threading.Event()
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        if self.embedded:
            self.begun.set()
            self.lost_patience.wait(60)
        self.embedded += texts
        return super().embed_documents(texts)


async def test_who_stops_the_making_of_vectors_can_ask_and_loses_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {no: (f"Tỷ lệ thôn số {no} có tổ công nghệ số", f"{no}%", "Công an xã") for no in range(1, 100)}
    path = file(tmp_path, rows)
    async with stage(tmp_path / "data") as on:
        slow = Slow()
        index = PlanIndex(tmp_path / "index", slow)
        archive = replace(on.program.archive, library=Library(index, Answerer(index)))
        await ingest_file(archive, path, ())
        (entry,) = index.entries().values()

        making = asyncio.create_task(prepare_meaning(archive))
        await asyncio.to_thread(slow.begun.wait, 60)
        assert "Đã có thể hỏi đáp ngay." in capsys.readouterr().err
        assert index.search("thôn số 7")
        making.cancel()
        await asyncio.sleep(0)
        slow.lost_patience.set()
        await making
        assert "Đã dừng. Kế hoạch đã được lưu" in capsys.readouterr().err
        assert 0 < len(slow.embedded) < entry.size

        # As the running bot does a minute later: what is there is not made again.
        await archive.library.embed()
        assert len(slow.embedded) == entry.size
        assert not index.lacks_vectors()
        await prepare_meaning(archive)
        assert capsys.readouterr().err == ""
        index.close()
