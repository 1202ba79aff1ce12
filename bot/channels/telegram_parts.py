"""One ``Outgoing`` as the Telegram messages that it takes: text, picture or file, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.text_split import split_text, utf16_length
from handlers.message import Choice, Document, Outgoing

# Telegram's limit for the words under a picture or file.
MAX_CAPTION = 1024
# Letters that a narrow phone shows of a row of buttons before it cuts labels; the buttons of a row are equally wide.
_ROW_LETTERS = 30
_ROW_BUTTONS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One Telegram message; ``text`` is the caption where there is a document."""

    text: str
    document: Document | None = None
    keyboard: InlineKeyboardMarkup | None = None


def parts_of(message: Outgoing, limit: int) -> list[Part]:
    """Messages in the order to send them; the buttons are under the last one, where the thumb is.

    A document carries the text as its caption where it fits, else it goes before the text.
    """
    keyboard = keyboard_of(message.choices)
    text = message.text.strip()
    if message.document is not None:
        if utf16_length(text) <= MAX_CAPTION:
            return [Part(text, message.document, keyboard)]
        return [Part("", message.document), *_texts(text, limit, keyboard)]
    return _texts(text, limit, keyboard)


def _texts(text: str, limit: int, keyboard: InlineKeyboardMarkup | None) -> list[Part]:
    pieces = split_text(text, limit)
    return [
        Part(piece, keyboard=keyboard if number == len(pieces) else None)
        for number, piece in enumerate(pieces, start=1)
    ]


def keyboard_of(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """The choices as buttons in their order: up to three short ones a row, a long one alone; None without choices."""
    rows: list[list[Choice]] = []
    for choice in choices:
        row = [*rows[-1], choice] if rows else []
        if row and len(row) <= _ROW_BUTTONS and max(len(it.label) for it in row) * len(row) <= _ROW_LETTERS:
            rows[-1] = row
        else:
            rows.append([choice])
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(it.label, callback_data=it.value) for it in row] for row in rows]
    )
