"""Every transcript reads as it did when somebody last read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conversations.stage import stage
from tests.conversations.transcript import play, scripts

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", scripts(HERE), ids=lambda path: path.stem)
async def test_transcript(path: Path, tmp_path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    async with stage(tmp_path) as on_stage:
        played = await play(script, on_stage)
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        path.write_text(played, encoding="utf-8")
    assert played == script
