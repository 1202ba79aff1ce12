"""Names that a ruined print leaves unreadable: which words of them are no words, as a reason for a person.

Sparing on purpose: a name with a letter astray can be read, and a mark at every name marks none. So a word counts only
where nothing Vietnamese, no abbreviation and no term of the trade can be made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from knowledge.catalogue import entries
from knowledge.checks import LEAD
from knowledge.plan import Indicator, Task
from knowledge.repair.fold import fold
from knowledge.repair.syllables import language

_NAME: Final = "Tên in không rõ ở chỗ {words}; đề nghị xem bản gốc."
_LEAD: Final = f"{LEAD} in không rõ ở chỗ {{words}}; đề nghị xem bản gốc."
_DUE: Final = "Thời gian in không rõ ở chỗ {words}; đề nghị xem bản gốc."
# Letters of a capitalised word from which on it may be one of another language.
_FOREIGN: Final = 6
# What is quoted of a name.
_MOST_QUOTED: Final = 3
# Signs that stand inside no word: what a scan makes of letters.
_SIGNS: Final = re.compile(r"[^\W\d_][()\[\]{}<>|/\\“”\"‘’*&~^=!?_;:€£$§]+[^\W\d_]|[|~^{}\\<>_€£§]")
_JOINED: Final = re.compile(r"[/&]")
_EDGES: Final = " \t.,;:!?()[]{}“”\"'‘’«»-–…*•+/"


@cache
def _foreign() -> frozenset[str]:
    """Words of other languages that plans use."""
    return frozenset(word for row in entries("foreign_words.tsv") for word in row[0].split())


def unreadable(text: str) -> list[str]:
    """The words of ``text`` that are no words, as printed."""
    found = []
    for token in text.split():
        bare = token.strip(_EDGES)
        if not bare or not any(c.isalpha() for c in bare):
            continue
        if _broken(bare):
            found.append(bare)
    return found


@lru_cache(maxsize=16384)
def _broken(token: str) -> bool:
    if "://" in token or (token[0].isdigit() and "/" in token):
        return False  # an address; a document's number
    if _SIGNS.search(_JOINED.sub(" ", token)):
        return True
    return any(_no_word(part) for part in re.split(r"[/&\-–.,:;()“”\"'’+%]+", token) if part)


def _no_word(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    if len(letters) < 2 or word.isupper() or word[-1:].isupper():
        return False  # an abbreviation, or a letter by itself ("v tế" reads)
    if any(c.isdigit() for c in word):
        # "5G", "IPv6", "1Gb": figures with a unit; a digit between letters is a letter that was lost.
        return re.search(r"[^\W\d_]{1}\d+[^\W\d_]", word) is not None
    if word.isascii() and word[0].isupper() and len(word) >= _FOREIGN:
        return False  # "Teacher", "TDoffice": names of products
    if any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return False  # "VNeID", "VssID": names of products
    folded = fold(word)
    return folded.isalpha() and word.lower() not in _foreign() and not language().spellings(folded)


def doubted_names(indicators: Sequence[Indicator]) -> list[Indicator]:
    """``indicators`` of a damaged print, with ``name_doubt`` where a name holds words that are none."""
    return [replace(one, name_doubt=_said(_NAME, one.name)) for one in indicators]


def doubted_tasks(tasks: Sequence[Task]) -> list[Task]:
    """``tasks`` of a damaged print, with ``checks`` where the name, the lead or the time holds words that are none."""
    return [replace(one, checks=(*one.checks, *_task_doubts(one))) for one in tasks]


def _task_doubts(task: Task) -> Iterator[str]:
    for words, text in ((_NAME, task.name), (_LEAD, "; ".join(task.lead)), (_DUE, task.due or "")):
        said = _said(words, text)
        if said is not None:
            yield said


def _said(words: str, text: str) -> str | None:
    found = unreadable(text)
    quoted = ", ".join(f"“{word}”" for word in found[:_MOST_QUOTED])
    return words.format(words=quoted + (", ..." if len(found) > _MOST_QUOTED else "")) if found else None
