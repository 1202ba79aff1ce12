"""How a doubtful place is put before a person: the printed words, why they are doubted, what can be tapped."""

from __future__ import annotations

from handlers.message import Choice
from handlers.texts import planning as texts
from handlers.typed_lead import offered, printed
from handlers.typed_target import is_rate
from handlers.view import Doubt
from handlers.wording import target_text
from knowledge.value_cells import candidates

_WHOLE = 100
# What is quoted of the printed words.
_PRINTED = 160


def lines_of(doubt: Doubt) -> list[str]:
    """The printed words and the reasons, a line each."""
    lines = _lead_lines(doubt) if doubt.about_lead else _target_lines(doubt)
    return [*lines, doubt.name_doubt] if doubt.name_doubt else lines


def taps_of(doubt: Doubt) -> tuple[Choice, ...]:
    """What is likely, typing it, and leaving it open."""
    return (*(_lead_taps(doubt) if doubt.about_lead else _target_taps(doubt)), skipping(doubt))


def _target_lines(doubt: Doubt) -> list[str]:
    printed = texts.DOUBT_PRINTED.format(printed=" ".join(doubt.printed.split())[:_PRINTED])
    return [printed, *doubt.reasons, *([doubt.beside] if doubt.beside else [])]


def _target_taps(doubt: Doubt) -> list[Choice]:
    here, unread = doubt.indicator, doubt.target.is_unread
    taps = [Choice(texts.ENTER if unread else texts.CORRECT, f"wrong:{here}")]
    likely = likely_rate(doubt)
    if likely is not None:
        return [Choice(texts.MEANT.format(rate=likely), f"meant:{here}:{likely}"), *taps]
    if unread or _is_impossible(doubt):
        return taps
    there = [Choice(texts.MEANT_THERE.format(target=target_text(one)), f"there:{here}") for one in doubt.elsewhere]
    right = Choice(texts.CONFIRM.format(target=target_text(doubt.target)), f"right:{here}")
    return [right, *there[:1], *taps]


def _lead_lines(doubt: Doubt) -> list[str]:
    words = printed(doubt)
    # The unit stands at the end of a row.
    row = " ".join(doubt.printed.split())
    row = row if len(row) <= _PRINTED else f"…{row[-_PRINTED:].partition(' ')[2]}"
    said = texts.LEAD_PRINTED.format(printed=words) if words else texts.DOUBT_PRINTED.format(printed=row)
    return [said, *doubt.reasons]


def _lead_taps(doubt: Doubt) -> list[Choice]:
    here, likely = doubt.indicator, offered(doubt)
    taps = [
        Choice(
            (texts.LEAD_RIGHT if units == doubt.lead else texts.LEAD_MEANT).format(lead="; ".join(units)),
            f"led:{here}:{at}",
        )
        for at, units in enumerate(likely)
        for words in (texts.LEAD_RIGHT if units == doubt.lead else texts.LEAD_MEANT,)
    ]
    return [*taps, Choice(texts.LEAD_OTHER if likely else texts.LEAD_ENTER, f"wronglead:{here}")]


def skipping(doubt: Doubt) -> Choice:
    """The choice that leaves it open."""
    return Choice(texts.SKIP, f"{'skiplead' if doubt.about_lead else 'skipdoubt'}:{doubt.indicator}")


def _is_impossible(doubt: Doubt) -> bool:
    """True for a rate that was read as a count, and is above a hundred: nobody is asked to say that it is right."""
    value = doubt.target.value
    return value is not None and value > _WHOLE and is_rate(doubt) and doubt.target.unit is None


def likely_rate(doubt: Doubt) -> int | None:
    """What an impossible rate was before its per cent sign was read as digits; None where nothing fits."""
    if not _is_impossible(doubt):
        return None
    readings = candidates(f"{doubt.target.value:f}")
    return next((int(one) for one in readings if one <= _WHOLE and one == one.to_integral_value()), None)
