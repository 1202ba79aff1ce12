"""Choices where there are no buttons: a list at the end of the message, and what a person types as one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from handlers.message import Choice, Outgoing
from knowledge.repair import strip_marks

# A figure with its separators is one word ("76,3", "7.630", "26/6"), letters are another; the rest does not count.
_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+|%")
# "2", "2.", "2)", "số 2", "chọn 2", "2. Dừng lại": the number of a line, perhaps with its words.
_NUMBERED = re.compile(r"(?:(?:so|chon|muc|cau)\s+)?(?P<number>\d{1,3})(?:\s*[.):]?\s*$|\s*[.):]\s+(?P<words>.+)$)")


def render(message: Outgoing, buttons: bool) -> str:
    """The words of a message for a channel that has ``buttons`` or has none.

    Without buttons the choices are a numbered list at the end. While a figure is awaited a typed "2" is a figure, so
    they are then offered by their words.
    """
    if buttons or not message.choices:
        return message.text
    labels = [choice.label for choice in message.choices]
    if message.awaits_figure:
        menu = "Hoặc gõ: " + ", ".join(f'"{label}"' for label in labels) + "."
    else:
        menu = "\n".join(f"{number}. {label}" for number, label in enumerate(labels, start=1))
    return f"{message.text.rstrip()}\n\n{menu}".lstrip()


def pick(typed: str, choices: Sequence[Choice], awaits_figure: bool) -> Choice | None:
    """The choice that ``typed`` names, None where it names none or more than one.

    It may be the label, with or without diacritics, the label's first words, or its number in the list. While a figure
    is awaited (``awaits_figure``) what begins with a digit is a figure, unless it is a whole label.
    """
    words = _words(typed)
    if not words:
        return None
    exact = _only(choices, lambda label: _spelled(label) == _spelled(typed)) or _only(
        choices, lambda label: _words(label) == words
    )
    if exact is not None:
        return exact
    if words[0][0].isdigit() or _NUMBERED.match(strip_marks(typed.strip())):
        return None if awaits_figure else _numbered(typed, choices)
    return _only(choices, lambda label: _words(label)[: len(words)] == words)


def _numbered(typed: str, choices: Sequence[Choice]) -> Choice | None:
    found = _NUMBERED.match(strip_marks(typed.strip()))
    if found is None or not 1 <= int(found["number"]) <= len(choices):
        return None
    choice = choices[int(found["number"]) - 1]
    said = _words(found["words"] or "")
    # "2. bốn mươi" after a list whose second line says something else is no choice.
    return choice if _words(choice.label)[: len(said)] == said else None


def _only(choices: Sequence[Choice], fits: Callable[[str], bool]) -> Choice | None:
    """The one choice that fits; several with the same value are one."""
    fitting = [choice for choice in choices if fits(choice.label)]
    return fitting[0] if len({choice.value for choice in fitting}) == 1 else None


def _words(text: str) -> list[str]:
    return _WORD.findall(strip_marks(text))


def _spelled(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())
