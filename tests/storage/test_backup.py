"""A copy made while the bot runs is a whole database."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import Misconfigured, Refused
from storage.backup import backup
from storage.database import connect
from storage.store import Store
from tests.storage.commune import HEALTH, Commune, found_commune


async def test_the_copy_opens_as_the_same_records(sqlite: Store, tmp_path: Path) -> None:
    commune = await found_commune(sqlite)
    target = tmp_path / "sao-luu.sqlite"
    async with sqlite.unit() as unit:
        await unit.inbox.add("console", "not yet committed", {})
        await backup(sqlite, target)
    copy = Store(f"sqlite:///{target}")
    await copy.migrate()
    there = Commune(copy, commune.plan, commune.authority, commune.units, commune.period)
    (desk,) = (await there.view("hoa")).desks
    assert desk.unit.name == HEALTH
    async with copy.reading() as unit:
        assert await unit.inbox.waiting("console") == []
    await copy.close()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


async def test_a_backup_is_never_overwritten(sqlite: Store, tmp_path: Path) -> None:
    target = tmp_path / "sao-luu.sqlite"
    target.write_bytes(b"yesterday")
    with pytest.raises(Refused, match="sao-luu"):
        await backup(sqlite, target)
    assert target.read_bytes() == b"yesterday"


@pytest.mark.parametrize("url", ["not a url", "nosuch://host/db"])
def test_an_address_that_is_none_is_said_without_repeating_it(url: str) -> None:
    with pytest.raises(Misconfigured) as error:
        connect(url)
    assert url not in str(error.value)
