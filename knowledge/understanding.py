"""From a reading to a ``Plan``: the order in which a document is understood."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.chunks import cut
from knowledge.document_head import read_head
from knowledge.goal_bullets import read_goal_bullets
from knowledge.manuscript import Manuscript
from knowledge.outline import Outline, read_outline
from knowledge.page_text import Reading
from knowledge.plan import Indicator, Plan
from knowledge.reporting_rules import read_reporting
from knowledge.table_region import TableKind, find_regions
from knowledge.text_table import read_indicator_table
from knowledge.units import UnitLexicon


def understand(reading: Reading, siblings: Sequence[Plan] = ()) -> Plan:
    """What ``reading`` says as a plan.

    ``siblings`` are plans already read (the province's, other communes'): they count as evidence where a damaged target
    may be read in several ways. Pure: no file, no clock, no network. About half a second for a plan of 1,400 lines.
    """
    manuscript = Manuscript.of(reading)
    outline = read_outline(manuscript)
    document = read_head(manuscript, outline)
    lexicon = UnitLexicon(_own_units(outline))
    indicators: list[Indicator] = list(read_goal_bullets(manuscript, outline))
    rows: list[tuple[int, int, tuple[str, ...]]] = []
    for region in find_regions(outline):
        if region.kind is TableKind.INDICATORS:
            read = read_indicator_table(manuscript, region, lexicon)
            indicators.extend(read)
            rows.extend((one.source.first, one.source.last, (one.group,) if one.group else ()) for one in read)
    return Plan(
        document=document,
        indicators=tuple(indicators),
        reporting=read_reporting(manuscript, outline),
        units=_units(indicators),
        chunks=cut(manuscript, outline, rows),
        damaged=reading.damaged,
        pages=reading.pages,
    )


def _own_units(outline: Outline) -> tuple[str, ...]:
    return ()


def _units(indicators: Sequence[Indicator]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in indicators for name in (*one.lead, *one.coop)))
