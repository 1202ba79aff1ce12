"""Cutting a long text into messages that a messenger takes."""

from __future__ import annotations

# A part that ends early at a paragraph reads better than a full one that ends mid-sentence, but not when it wastes more
# than half of the room.
_EARLIEST_CUT = 0.5


def utf16_length(text: str) -> int:
    """Length as the messengers count it: a letter of the Vietnamese alphabet is 1 (in NFC), an emoji mostly 2."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int) -> list[str]:
    """Cut ``text`` into parts of at most ``limit`` UTF-16 units, in order, without losing a word.

    The cut falls at the last paragraph, else line, else space of the part; a word longer than ``limit`` is cut inside.
    White space around a cut is dropped. A text without content gives no part.
    """
    parts = []
    rest = text.strip()
    while utf16_length(rest) > limit:
        room = len(rest.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore"))
        cut = _cut(rest, max(room, 1))
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        parts.append(rest)
    return parts


def _cut(text: str, room: int) -> int:
    """Where to end a part that may hold the first ``room`` characters of ``text``."""
    earliest = int(room * _EARLIEST_CUT)
    for border in ("\n\n", "\n", " "):
        cut = text.rfind(border, max(earliest, 1), room + len(border))
        if cut > 0:
            return cut
    return room
