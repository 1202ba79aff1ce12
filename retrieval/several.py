"""Several questions in one message: "mấy hồ sơ, trong đó trước hạn bao nhiêu?", "chỉ tiêu mấy % và ai chủ trì?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from retrieval.answer import Answer, AnswerKind, Citation
from retrieval.forms import Asked
from retrieval.grounding import numbers
from retrieval.question import Question, asks, cleaned, understand
from retrieval.wording import NOT_ALL_STATED

# Where one question may end and the next begin.
_BORDER: Final = re.compile(r"\s*[,;?]\s+|\s+(?:và|va|còn)\s+")
# A part with fewer words of its own leans on the first: "trong đó trước hạn bao nhiêu?"
_OWN_SUBJECT: Final = 3
_SOURCE: Final = "\nNguồn:"
_LED: Final = " Chủ trì: "
# More than a phone shows of one message.
_MOST: Final = 4


def parts(text: str, names: Iterable[str]) -> tuple[Question, ...]:
    """The questions of one message, each complete in itself; empty where one thing is asked.

    A part without a subject of its own takes the first one's: its words, its years, and that it is about reporting.
    """
    known = tuple(names)
    pieces = _pieces(cleaned(text))
    if not 2 <= len(pieces) <= _MOST:
        return ()
    first = understand(pieces[0], names=known)
    found = [first]
    for piece in pieces[1:]:
        own = understand(piece, names=known)
        if not own.content and own.asked in (Asked.NAME, Asked.OPEN):
            continue  # "ai làm trưởng ban, tên gì?" asks one thing
        if sum(map(len, own.content)) < _OWN_SUBJECT:
            own = replace(
                own,
                text=f"{pieces[0]}, {piece}",
                content=(*first.content, *(run for run in own.content if run not in first.content)),
                report=own.report or first.report,
                codes=own.codes or first.codes,
                leaning=not own.content,
            )
        found.append(
            replace(own, years=own.years or first.years, parent=own.parent or first.parent, goal=own.goal or first.goal)
        )
    return tuple(found) if len(found) > 1 else ()


def _pieces(text: str) -> list[str]:
    """``text`` cut so that each piece holds a question word; what asks nothing goes with what follows it."""
    cuts = [0, *(m.end() for m in _BORDER.finditer(text)), len(text)]
    pieces: list[str] = []
    waiting = ""
    for begin, end in pairwise(cuts):
        waiting += text[begin:end]
        if asks(waiting):
            pieces.append(waiting)
            waiting = ""
    if waiting.strip() and pieces:
        pieces[-1] += waiting
    return [re.sub(r"(?:\s+(?:và|va|còn)|[\s,;])+$", "", piece).strip() for piece in pieces]


def joined(whole: Answer, questions: Sequence[Question], answers: Sequence[Answer]) -> Answer:
    """One answer to all ``questions``: ``whole`` where it tells what each of ``answers`` tells, else these together.

    Where only some are answered, and the message as a whole is not, that is said.
    """
    found = [(q, a) for q, a in zip(questions, answers, strict=True) if a.kind is not AnswerKind.NONE]
    answered = whole.kind is not AnswerKind.NONE
    if not found or any(a.options for _, a in found) or (answered and len(found) < len(answers)):
        return whole
    if found[0][1] is not answers[0]:
        return whole  # the rest of a message is understood from its beginning
    if answered and all(_told(whole, question, answer) for question, answer in found):
        return whole
    kept: list[Answer] = []
    for question, answer in found:
        if not any(_told(other, question, answer) for other in kept):
            kept.append(answer)
    if len(kept) == 1 and len(found) == len(answers):
        return kept[0]
    citations: dict[Citation, None] = {citation: None for answer in kept for citation in answer.citations}
    text = _text(kept) if len(found) == len(answers) else f"{_text(kept)}\n{NOT_ALL_STATED}"
    return Answer(text, kept[0].kind, tuple(citations), verbatim=kept[0].verbatim)


def _told(answer: Answer, question: Question, other: Answer) -> bool:
    """Whether ``answer`` tells what ``other`` tells: from the same place, with its figures, or with its unit."""
    if question.asked is Asked.WHO and question.leaning and answer.kind is AnswerKind.INDICATOR and _LED in answer.text:
        return True  # "chỉ tiêu mấy % và ai chủ trì?": the row of the figure names its lead
    body = other.text.rpartition(_SOURCE)[0]
    same_place = any(
        one.file_name == two.file_name and one.lines[0] <= two.lines[1] and two.lines[0] <= one.lines[1]
        for one in answer.citations
        for two in other.citations[:1]
    )
    unit = body.partition(":")[0] if question.asked is Asked.WHO else ""
    named = unit.removesuffix(" chủ trì").casefold() in answer.text.casefold()
    return same_place and numbers(body) <= numbers(answer.text) and named


def _text(answers: Sequence[Answer]) -> str:
    """The answers below each other; a source that the next one repeats is named once."""
    parted = [a.text.rpartition("\n")[::2] if _SOURCE in a.text else (a.text, "") for a in answers]
    lines: list[str] = []
    for at, (body, source) in enumerate(parted):
        lines.append(body)
        if source and all(source != later for _, later in parted[at + 1 :]):
            lines.append(source)
    return "\n".join(lines)
