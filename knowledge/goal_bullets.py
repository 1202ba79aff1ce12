"""Indicators from the goals of the running text: bullets, items and sentences below "Mục tiêu" or "Chỉ tiêu"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.checks import LEAD
from knowledge.goal_sentences import targets_of
from knowledge.goal_terms import Terms, due_alone, due_of_heading, lead_of_heading, terms_of
from knowledge.manuscript import Manuscript
from knowledge.mending import mend_each
from knowledge.plain import plain
from knowledge.plan import Indicator, Target
from knowledge.sections import Block, BlockKind, Heading, Outline, place, tells_of_the_past
from knowledge.units import LEVELS, UnitLexicon

_GOALS = re.compile(r"\bm[uy]c ti\w*eu\b|\bchi tieu\b")
_NOT_GOALS = re.compile(r"muc tieu (?:chung|tong quat)|quan diem|muc dich(?!.*muc tieu)")
# "4. 100% xã ...": an item's number is no figure of its target.
_ITEM = re.compile(
    r"^\(?(\d{1,2}(?:\.\d{1,2})*)[.)]+\s+(?=\S)|^(\d{1,2}(?:\.\d{1,2})+)\s+(?=\S)|^([a-zđ])\)\s+"
    r"|^[\W_]*(?:Mục|Chỉ) tiêu (?:số )?(\d{1,2})\s?[:.]\s+"
)


def read_goal_bullets(
    manuscript: Manuscript, outline: Outline, lexicon: UnitLexicon, year: int | None = None
) -> list[Indicator]:
    """The targets set in sections headed "Mục tiêu" or "Chỉ tiêu" (general aims, purpose and evaluation left out).

    ``year`` is the plan's.
    """
    found: list[Indicator] = []
    due: tuple[tuple[Heading, ...], str] | None = None
    goals = [
        block
        for block in outline.blocks
        if block.kind is not BlockKind.TABLE and not outline.closes(block) and _is_goal(block)
    ]
    joined = [" ".join(line.raw for line in block.lines if line.raw) for block in goals]
    for block, text in zip(goals, mend_each(joined, damaged=manuscript.damaged), strict=True):
        alone = due_alone(block.text) if block.kind is not BlockKind.HEADING else None
        if alone:
            due = (block.path, alone)
            continue
        above = due[1] if due and due[0] == block.path else None
        found.extend(_read_block(manuscript, block, text, lexicon, above, year))
    return found


def _is_goal(block: Block) -> bool:
    path = block.path
    if not path or path[0].label.startswith("Phụ lục") or tells_of_the_past(block):
        return False
    # A numbered item that sets a target is a heading by its form: what it stands below says what it is.
    titles = [plain(heading.title) for heading in path]
    above = titles[:-1] if _own(block) else titles
    named = [index for index, title in enumerate(titles if not _own(block) else above) if _GOALS.search(title[:60])]
    return bool(named) and not any(_NOT_GOALS.search(title) for title in above[named[0] :])


def _own(block: Block) -> bool:
    """Whether the last heading of the path is ``block`` itself."""
    return bool(block.path) and block.path[-1].first == block.first


def _above(block: Block) -> tuple[Heading, ...]:
    return block.path[:-1] if _own(block) else block.path


def _read_block(
    manuscript: Manuscript, block: Block, text: str, lexicon: UnitLexicon, due_above: str | None, year: int | None
) -> Iterable[Indicator]:
    item = _ITEM.match(text)
    base = item.end() if item else 0
    path = _above(block)
    whole = terms_of(text[base:], lexicon, year)
    found = [
        (stated, start, end, terms_of(text[base + start : base + end], lexicon, year))
        for stated, start, end in targets_of(text[base:])
    ]
    shared = whole.lead if not any(terms.lead for _, _, _, terms in found[:-1]) else ()
    for (name, target, checks), start, end, terms in found:
        first, last = _lines(block, text, base + start if start else 0, base + end)
        lead = terms.lead or shared or lead_of_heading(path, lexicon)
        if lead and lead == shared and not terms.lead and not whole.labelled:
            checks = [*checks, f"{LEAD} ghi sau chỉ tiêu khác trong cùng câu; hiểu là “{', '.join(lead)}”."]
        yield Indicator(
            name=_name(name, target, terms, text[base + start : base + end]),
            target=target,
            where=place(path),
            source=manuscript.source(first, last),
            group=path[-1].title if path else None,
            no=next(filter(None, item.groups()), None) if item and start == 0 else None,
            lead=lead,
            coop=terms.coop or (whole.coop if lead == whole.lead else ()),
            due=terms.due or (whole.due if start else None) or due_above or due_of_heading(path),
            checks=(*checks, *_lead_checks(lead, lexicon, damaged=manuscript.damaged)),
        )


def _name(name: str, target: Target, terms: Terms, part: str) -> str:
    """``name`` without what ``terms`` took out of its ``part`` of the sentence; words carried over from before stay."""
    if not terms.due and not terms.lead:
        return name
    alone = next((one for (one, set_, _), _, _ in targets_of(part) if set_ == target), None)
    without = next((one for (one, set_, _), _, _ in targets_of(terms.text) if set_ == target), None)
    if without is None or alone is None:
        return name
    carried = name[: -len(alone)] if name.lower().endswith(alone.lower()) else ""
    return f"{carried}{without[:1].lower()}{without[1:]}" if carried else without


def _lead_checks(lead: tuple[str, ...], lexicon: UnitLexicon, *, damaged: bool) -> list[str]:
    """A unit that a scan printed and no list knows may be another."""
    return [f"{LEAD} in không rõ; hiểu là “{name}”." for name in lead if damaged and not _known(name, lexicon)]


def _known(name: str, lexicon: UnitLexicon) -> bool:
    level = next((level for level in LEVELS if plain(name).endswith(f" {level}")), None)
    return lexicon.knows(name) or (level is not None and lexicon.knows(" ".join(name.split()[: -len(level.split())])))


def _lines(block: Block, text: str, start: int, end: int) -> tuple[int, int]:
    """The lines that hold the share ``start`` to ``end`` of a block's text."""
    if start == 0 and end == len(text):
        return block.first, block.last
    lengths = [len(line.text) + 1 for line in block.lines]
    total = sum(lengths)
    first = last = None
    at = 0
    for line, length in zip(block.lines, lengths, strict=True):
        if at + length > start * total / max(1, len(text)) and first is None:
            first = line.number
        if at < end * total / max(1, len(text)):
            last = line.number
        at += length
    return first or block.first, last or block.last
