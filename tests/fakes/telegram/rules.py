"""What Telegram refuses, with the words in which it does."""

from __future__ import annotations

import json
from typing import Any

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
# The actions an inline button may have; a button has exactly one of them.
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


class Refusal(Exception):
    """An answer with "ok": false."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(what: str) -> Refusal:
    """A 400 in Telegram's wording."""
    return Refusal(400, f"Bad Request: {what}")


def utf16_length(text: str) -> int:
    """Telegram counts lengths and offsets in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def checked_text(value: Any, limit: int, *, empty: str | None, long: str) -> str:
    """A text of 1 to ``limit`` units, without white space around it; ``empty`` None allows none."""
    text = str(value or "").strip()
    if not text and empty is not None:
        raise bad_request(empty)
    if utf16_length(text) > limit:
        raise bad_request(long)
    return text


def checked_keyboard(value: Any) -> dict[str, Any] | None:
    """An inline keyboard that Telegram would draw; None where the request has none."""
    if value in (None, ""):
        return None
    try:
        markup = json.loads(value) if isinstance(value, str) else value
        rows = markup["inline_keyboard"]
        buttons = [button for row in rows for button in row]
    except (ValueError, KeyError, TypeError):
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if len(buttons) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise bad_request("can't parse inline keyboard button: text must be non-empty")
        if sum(action in button for action in _ACTIONS) != 1:
            raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
        if not 1 <= len(str(button.get("callback_data", "?")).encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    return {"inline_keyboard": rows}


def entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions that Telegram marks in a text."""
    found = []
    offset = 0
    for number, word in enumerate(text.split(" ")):
        kind = "mention" if word.startswith("@") and len(word) > 1 else None
        if number == 0 and word.startswith("/") and word[1:2].isascii() and word[1:2].isalnum():
            kind = "bot_command"
        if kind is not None:
            found.append({"type": kind, "offset": offset, "length": utf16_length(word)})
        offset += utf16_length(word) + 1
    return found
