"""Transcripts: what people type and what the bot says, as text that anybody can read.

    # a comment
    @ 2026-06-23T08:00          turn the clock (the program looks at the time, as it does every minute)
    Trạm> báo cáo               a person types
    Trạm> /ảnh                  a person sends a photo
    < 1/2. Tỷ lệ ...            the bot says; further lines of the same message are indented by two spaces

Playing a transcript gives the same text with what the bot really said; a difference fails the test.
``UPDATE_TRANSCRIPTS=1 pytest tests/conversations`` writes what was said into the files, to be read before a commit.
"""

from __future__ import annotations

import re
from pathlib import Path

from handlers.message import MessageKind
from tests.conversations.stage import Stage

_LINE = re.compile(r"^(?P<who>[^<>@#]+)> ?(?P<text>.*)$")
_CODE = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,12}\b")
# Drawn only where the machine has a font with Vietnamese letters.
_PICTURES = {"(tệp: tien-do.png)"}
_KINDS = {"/ảnh": MessageKind.PHOTO, "/vị trí": MessageKind.UNSUPPORTED}


async def play(script: str, stage: Stage) -> str:
    """The transcript with what the bot really said. "{mã}" stands for the invite code that was last shown."""
    lines: list[str] = []
    code = ""
    for line in script.splitlines():
        if line.startswith(("<", "  ")) or not line.strip():
            continue
        if line.startswith("#"):
            lines.append(("\n" if lines else "") + line)
            continue
        lines.append(f"\n{line}")
        if line.startswith("@"):
            heard = await stage.ticks(line[1:].strip())
        else:
            found = _LINE.match(line)
            assert found, f"not a line of a transcript: {line}"
            text = found["text"].replace("{mã}", code)
            kind = _KINDS.get(text, MessageKind.TEXT)
            heard = await stage.says(found["who"], text, kind)
        for message in heard:
            shown = _CODE.search(message)
            if shown:
                code = shown[0]
            said = [line.rstrip() for line in _CODE.sub("{mã}", message).split("\n")]
            lines += [line for line in said if line.strip() not in _PICTURES]
    return "\n".join(lines).strip() + "\n"


def scripts(folder: Path) -> list[Path]:
    """All transcripts of a folder."""
    return sorted(folder.glob("*.txt"))
