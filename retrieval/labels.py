"""Lines below a task that name its lead or its time: "Cơ quan chủ trì: ...", "Thời gian hoàn thành: ..."."""

from __future__ import annotations

import re
from typing import Final

from retrieval.answer import Answer, AnswerKind
from retrieval.candidates import Passage
from retrieval.forms import TIMES, Asked
from retrieval.places import Place, PreparedPlan
from retrieval.question import Question
from retrieval.values import plain
from retrieval.wording import capital, clip, ended, heading, place_of_path, source_line

# How many passages below a task its labelled lines are looked for; a task has a handful.
_REACH: Final = 8
_MOST_SHOWN: Final = 180
_LEAD: Final = re.compile(
    r"^\W*(?:\w\)\s*)?(?:co quan|don vi) (?:chu tri|thuc hien|dau moi)(?: thuc hien)?\s*:\s*(?=\S)"
)
_COOP: Final = re.compile(r"^\W*(?:\w\)\s*)?(?:co quan|don vi) phoi hop(?: thuc hien)?\s*:\s*(?=\S)")
# A scan reads "thoát gian" for "thời gian".
_TIME: Final = re.compile(r"^\W*(?:\w\)\s*)?(?:tho\w{1,3} (?:gian|han)(?: \w+){0,2}|tien do)\s*:\s*(?=\S)")
_ANY: Final = re.compile(r"^\W*(?:\w\)\s*)?(?:co quan|don vi|tho\w{1,3} (?:gian|han)|tien do)\b[^:]{0,40}:")


def labelled(plan: PreparedPlan, passage: Passage, question: Question) -> Answer | None:
    """The lead, the helpers or the time that a labelled line below ``passage`` gives; None where none does."""
    if question.asked is Asked.WHO:
        label = _COOP if question.coop else _LEAD
    elif question.asked in TIMES:
        label = _TIME
    else:
        return None
    line = _line_below(plan, passage.place, label)
    if line is None:
        return None
    match = label.match(plain(line.text))
    assert match is not None
    said = capital(line.text[match.end() :].strip(" .;"))
    begin, end = passage.span
    work = ended(clip(capital(heading(passage.place.text[begin:end].strip(" .;:-+"))), _MOST_SHOWN))
    citations = [plan.cite_chunk(line.chunk), plan.cite_chunk(passage.place.chunk)]
    source, cited = source_line(plan, place_of_path(passage.place.chunk.path), citations, question.text)
    text = f"{clip(said, _MOST_SHOWN)}: {work}"
    return Answer(f"{text}\n{source}", AnswerKind.TASK, tuple(cited), verbatim=line.chunk.source.quote)


def _line_below(plan: PreparedPlan, place: Place, label: re.Pattern[str]) -> Place | None:
    """The first line with ``label`` below ``place``, before the next task begins."""
    seen = False
    for other in plan.places[place.position + 1 : place.position + 1 + _REACH]:
        bare = plain(other.text)
        if label.match(bare):
            return other
        if _ANY.match(bare):
            seen = True
        elif seen:
            return None  # labels are over: another task has begun
    return None
