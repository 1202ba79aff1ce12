"""Several figures in one message, as a typist sends them: "1: 85; 2: 100; 12: 60,5"."""

from __future__ import annotations

import re
from typing import Final

from reporting.numeral import tidy

# A unit leads some dozens of indicators at most; a longer message is not a list of figures.
MAX_TYPED: Final = 2_000

# The number of an indicator: at the start, behind a separator or a space; its colon, "=" or bracket follows. It runs
# over tidy lines, so that one space is all there can be; longer runs would make the search quadratic.
_MARK: Final = re.compile(
    r"(?:^|(?<=[;,\n| ])) ?(?:câu|cau|chỉ tiêu|chi tieu|ct|dòng|dong|mục|muc|số|so)? ?"
    r"(\d{1,3}) ?(?:[:=]|\)(?=\s)|(?: -|->|\.)(?=\s))",
    re.IGNORECASE,
)
_SEPARATORS: Final = " \n;,|"


def read_many(text: str) -> list[tuple[int, str]] | None:
    """The pairs of an indicator's number and what was typed for it, in the order typed; None for any other message.

    Pairs stand behind ";", ",", new lines or spaces; the number is followed by ":", "=", ")", " -" or ". ". A number
    may come twice; whether it exists is for the caller to say. Each typed text is for ``reporting.figure.read_figure``.
    """
    if len(text) > MAX_TYPED:
        return None
    lines = "\n".join(filter(None, map(tidy, text.splitlines())))
    marks = list(_MARK.finditer(lines))
    if not marks or lines[: marks[0].start()].strip(_SEPARATORS):
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(lines)]
    pairs = [(int(mark[1]), lines[mark.end() : end].strip(_SEPARATORS)) for mark, end in zip(marks, ends, strict=True)]
    return pairs if all(value and "\n" not in value for _, value in pairs) else None
