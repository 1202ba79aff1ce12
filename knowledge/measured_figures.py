"""Figures of a table whose unit of measure has a column of its own ("% | 85", "điểm | 12"), its rules lost.

A scan prints the "%" of such a column as nearly any small sign ("0", "9%", "y", "of"). So the figure is told by where
it stands: it is the last one before the units' cell, and what stands right before it is the unit of measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.manuscript import Word
from knowledge.targets import NUMBER, counted_noun, decimal
from knowledge.value_cells import ValueCell, cell_follows, operator_of, sign_word

_FIGURE = re.compile(rf"^([<>≥≤]=?|=[<>]?|[$S§](?=\d\d))?({NUMBER})$")
_EDGES = "|_.:;—–-'‘’\"“”"
# What is printed for the "%" of the column beside; a figure of two digits is none of them.
_PERCENT = re.compile(r"^(?:[0-9oOyYaef°*%]|[0-9oOa]?[%°][0-9oO/]?|[oO0][fF/])$")
_AT_LEAST = ("2", "z", "Z")  # what "≥" is printed as, apart from its figure
_DIGIT = re.compile(r"^[1-9]$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LONGEST_NOUN = 3  # words of a counted noun in so narrow a column


def measured_figure(words: Sequence[Word]) -> ValueCell | None:
    """The value among ``words`` (a line behind its row number, its time taken away); None where no figure stands
    before a cell's beginning or the line's end."""
    unsure: ValueCell | None = None
    for at in range(len(words) - 1, 0, -1):
        match = _FIGURE.match(words[at].raw.strip(_EDGES))
        if match is None or _YEAR.match(match.group(2)) or not cell_follows(words[at + 1 :]):
            continue
        sign, start = sign_word(words, at, match.group(1))
        behind = [word for word in words[at + 1 :] if word.raw.strip(_EDGES)]
        measure, first = _measure(words, start)
        digit = start > 2 and _DIGIT.match(words[start - 1].raw.strip(_EDGES)) is not None
        if measure == "%" and digit and (noun := _measure(words, start - 1)[0]) not in (None, "%"):
            measure, first = noun, start  # another year's figure of one digit ("điểm | 3 | 10"), no percent sign
        if measure is None and start > 2 and _FIGURE.match(words[start - 1].raw.strip(_EDGES)):
            measure, _ = _measure(words, start - 1)  # another year's figure stands between
        else:
            start = first
        number = match.group(2)
        if measure is None and len(number) == 1 and sign is None:
            continue  # a "%" read as a figure, its own figure lost
        if behind and behind[0].raw[:1].islower() and measure is None:
            continue
        operator = operator_of(sign)
        printed = " ".join(word.raw for word in words[start : at + 1]).strip(_EDGES)
        cell = ValueCell(
            start, at + 1, operator, decimal(number), measure == "%", measure is not None, printed,
            measure if measure != "%" else None,
        )  # fmt: skip
        if measure is not None:
            return cell
        unsure = unsure or cell
    return unsure


def _measure(words: Sequence[Word], before: int) -> tuple[str | None, int]:
    """The unit of measure that ends right before word ``before``, and where it begins."""
    at = before
    while at > 1 and not words[at - 1].raw.strip(_EDGES):
        at -= 1
    if at < 2:
        return None, before
    if at > 2 and words[at - 1].raw in _AT_LEAST and _PERCENT.match(words[at - 2].raw.strip(_EDGES)):
        return "%", at - 2  # what stands between is the "≥" of the figure
    if _PERCENT.match(words[at - 1].raw.strip(_EDGES)):
        return "%", at - 1
    for size in range(min(_LONGEST_NOUN, at - 1), 0, -1):
        nouns = " ".join(word.text.strip(_EDGES) for word in words[at - size : at])
        noun = counted_noun(nouns)
        if noun is not None and noun.lower() == nouns.lower():
            return noun, at - size
    return None, before


def earlier_figure(words: Sequence[Word], value: ValueCell, *, measured: bool) -> ValueCell | None:
    """The figure right before ``value``, as in two columns of figures side by side ("40% | 60%"); None without one.

    ``measured`` says whether the unit of measure has a column of its own, before both."""
    if value.value is None:
        return None
    end = value.start
    while end > 1 and not words[end - 1].raw.strip(_EDGES):
        end -= 1
    if end < 2:
        return None
    printed, start = words[end - 1].raw.strip(_EDGES), end - 1
    if printed == "%" and end > 2:
        printed, start = words[end - 2].raw.strip(_EDGES) + "%", end - 2
    match = _FIGURE.match(printed.rstrip("%"))
    alone = not printed.endswith("%")
    if match is None or (alone and ((value.percent and not measured) or len(match.group(2)) < 2)):
        return None
    sign, start = sign_word(words, start, match.group(1))
    operator = operator_of(sign)
    if measured:
        start = _measure(words, start)[1]
    return ValueCell(
        start, end, operator, decimal(match.group(2)), value.percent, value.certain, printed, value.measure
    )
