"""Answers about the document itself: its number, its date, who issued and signed it, what it rests on."""

from __future__ import annotations

import re
from typing import Final

from retrieval.answer import Answer, AnswerKind
from retrieval.forms import TIMES, Asked
from retrieval.grounding import grounded
from retrieval.places import PreparedPlan
from retrieval.question import Question
from retrieval.terms import syllables
from retrieval.values import plain
from retrieval.wording import NO_SIGNER, nothing, title_of

_SIGNED: Final = re.compile(r"\bai ky\b|\bnguoi ky\b|\bky ten\b|@who ky|\bky ban hanh\b")
# Question words beyond these ask for another document, that the plan mentions.
_ITS_OWN: Final = frozenset(["chuyen", "doi", "so", "ke", "hoach", "van", "ban", "quyet", "dinh", "nghi", "chi", "thi"])


def about_plan(plan: PreparedPlan, question: Question) -> Answer | None:
    """Number and date, or the signer; None where the question asks about something that stands in the plan."""
    if not question.plan_itself:
        return None
    asked = " ".join(syllables(question.text, question=True))
    if any(word not in _ITS_OWN for word in question.words if word not in ("ky",)) and not _SIGNED.search(asked):
        return None
    if _SIGNED.search(asked):
        return _signer(plan) or nothing(NO_SIGNER.format(plan=title_of(plan)), [plan.head] if plan.head else [])
    document, head = plan.plan.document, plan.head
    if (
        document.number is None
        or head is None
        or question.asked not in (Asked.DOCUMENT, *TIMES, Asked.WHO, Asked.FIGURE)
    ):
        return None
    text = f"Số {document.number}"
    if document.date:
        dated = f"{document.date:%d/%m/%Y}"
        if not grounded(dated, [head], question.text):
            dated = f"{document.date.day}/{document.date.month}/{document.date.year}"
        if grounded(dated, [head], question.text):
            text += f", ngày {dated}"
    text += f", do {plan.shelved.authority} ban hành."
    return Answer(text, AnswerKind.PASSAGE, (head,), verbatim=head.quote)


def _title(printed: str) -> str:
    """The post of who signed, as words: "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH" is a vice chairman's."""
    post = printed.split(",")[-1].strip()
    # "Phó Chủ tịch": both posts are written with a capital.
    return post if "." in post else re.sub(r"(?<=^Phó )\w", lambda m: m[0].upper(), post.capitalize())


def _signer(plan: PreparedPlan) -> Answer | None:
    document = plan.plan.document
    if not document.signer:
        return None
    held = plan.words.holds(syllables(document.signer))
    place = plan.places[held[-1]] if held else None
    citation = plan.cite_chunk(place.chunk) if place else plan.head
    title = f", {_title(document.signer_title)}" if document.signer_title else ""
    text = f"Người ký: {document.signer}{title}."
    doubtful = any("ky" in plain(check) for check in document.checks)
    if doubtful or plan.plan.damaged:
        text += " Tên đọc từ bản quét, anh/chị đối chiếu với bản gốc."
    return Answer(text, AnswerKind.PASSAGE, (citation,) if citation else ())
