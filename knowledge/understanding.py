"""From a reading to a ``Plan``: the order in which a document is understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.amending_rules import read_amending_rules
from knowledge.amendment import read_amendment
from knowledge.assignments import own_units, read_assignments
from knowledge.budget_table import grid_budget
from knowledge.checks import LEADS_DIFFER, of_lead
from knowledge.chunks import cut
from knowledge.document_head import plan_year, read_head
from knowledge.evidence import weigh
from knowledge.goal_bullets import read_goal_bullets
from knowledge.grid_header import Role
from knowledge.grid_rows import grid_indicators, grid_tasks
from knowledge.grid_table import Grid, piped_tables, read_grids, without_totals
from knowledge.labelled_tasks import read_labelled_tasks
from knowledge.lost_pages import lost_pages
from knowledge.manuscript import Manuscript
from knowledge.outline import read_outline
from knowledge.page_text import Reading
from knowledge.plain_rows import plain_rows
from knowledge.plan import BudgetLine, Indicator, Plan, Result, Task
from knowledge.print_doubts import doubted_names, doubted_tasks
from knowledge.printed_budget import read_printed_budget
from knowledge.reporting_rules import read_reporting
from knowledge.results_table import grid_results, read_results_table
from knowledge.sections import Outline, place
from knowledge.stated_table import read_stated_table
from knowledge.stated_twice import link
from knowledge.table_header import TableKind
from knowledge.table_region import Region, find_regions
from knowledge.table_shape import as_shown
from knowledge.task_table import read_task_table
from knowledge.text_table import read_indicator_table
from knowledge.uncollected import uncollected
from knowledge.units import UnitLexicon


@uncollected()
def understand(reading: Reading, siblings: Sequence[Plan] = ()) -> Plan:
    """What ``reading`` says as a plan.

    ``siblings`` are plans already read (the province's, other communes'): they count as evidence where a damaged target
    may be read in several ways. Pure: no file, no clock, no network. About half a second for a plan of 1,400 lines.
    """
    manuscript = Manuscript.of(reading)
    grids = read_grids(reading.tables or piped_tables(reading), damaged=reading.damaged, year=plan_year(manuscript))
    outline = read_outline(manuscript, frozenset(at for grid in grids for at in range(grid.first, grid.last + 1)))
    document = replace(read_head(manuscript, outline, siblings), lost=tuple(lost_pages(reading.lost)))
    lexicon = UnitLexicon(own_units(outline, document))
    found = _Found(list(read_goal_bullets(manuscript, outline, lexicon, document.year)), document.year)
    for grid in grids:
        _take_grid(manuscript, outline, grid, lexicon, found)
    regions = [as_shown(region) for region in find_regions(outline)]
    for region in regions:
        _take_region(manuscript, region, lexicon, found)
    reporting = read_reporting(manuscript, outline, _lines_of_targets(regions))
    rules = {(rule.source.first, rule.source.last) for rule in reporting if rule.due is not None}
    assignments = read_assignments(manuscript, outline, lexicon, rules)
    taken = _lines_of(regions) | {task.source.first for task in assignments}
    found.tasks.extend(read_labelled_tasks(manuscript, outline, lexicon, taken))
    found.tasks.extend(assignments)
    chunks = cut(manuscript, outline, found.rows)
    amends, indicators = read_amendment(document, chunks, found.indicators)
    if amends is not None:
        reporting, manners, ended = read_amending_rules(chunks, reporting)
        amends = replace(amends, manners=manners, ended=ended)
    tasks = found.tasks
    if reading.damaged:
        indicators, tasks = doubted_names(indicators), doubted_tasks(tasks)
    return Plan(
        document=document,
        indicators=tuple(link(weigh(indicators, siblings))),
        tasks=tuple(tasks),
        results=tuple(found.results),
        budget=tuple(found.budget),
        reporting=reporting,
        units=_units(found),
        chunks=chunks,
        damaged=reading.damaged,
        pages=reading.pages,
        amends=amends,
    )


@dataclass(slots=True)
class _Found:
    """What the tables and the goals gave so far; ``rows`` are the lines of table rows, for the chunks."""

    indicators: list[Indicator]
    year: int | None = None  # the plan's
    tasks: list[Task] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    budget: list[BudgetLine] = field(default_factory=list)
    rows: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)


def _take_grid(manuscript: Manuscript, outline: Outline, grid: Grid, lexicon: UnitLexicon, found: _Found) -> None:
    block = next(block for block in outline.blocks if block.last >= grid.first)
    where = place(block.path)
    if grid.kind in (TableKind.INDICATORS, TableKind.STATED):
        found.indicators.extend(grid_indicators(manuscript, grid, where, lexicon, found.year))
    elif grid.kind is TableKind.TASKS:
        found.tasks.extend(grid_tasks(manuscript, grid, where, lexicon))
    elif grid.kind is TableKind.BUDGET:
        found.budget.extend(grid_budget(manuscript, grid, where, lexicon))
        if Role.LEAD in grid.roles and {Role.COOP, Role.DUE} & set(grid.roles):
            # A table of tasks with what they cost: its rows are both.
            found.tasks.extend(grid_tasks(manuscript, without_totals(grid), where, lexicon))
    elif grid.kind is TableKind.RESULTS:
        found.results.extend(grid_results(manuscript, grid, where, lexicon, found.year))
    found.rows.extend((row.first, row.last, (row.group,) if row.group else ()) for row in grid.rows)


def _take_region(manuscript: Manuscript, region: Region, lexicon: UnitLexicon, found: _Found) -> None:
    read: list[Indicator] = []
    if region.kind is TableKind.INDICATORS:
        read = read_indicator_table(manuscript, region, lexicon, found.year)
    elif region.kind is TableKind.STATED:
        read = read_stated_table(manuscript, region, lexicon)
    elif region.kind is TableKind.TASKS:
        tasks = read_task_table(manuscript, region, lexicon)
        found.tasks.extend(tasks)
        found.rows.extend((task.source.first, task.source.last, ()) for task in tasks)
    else:
        if region.kind is TableKind.RESULTS:
            found.results.extend(read_results_table(manuscript, region, lexicon, found.year))
        elif region.kind is TableKind.BUDGET:
            found.budget.extend(read_printed_budget(manuscript, region, lexicon))
        found.rows.extend((row.first, row.last, (row.group,) if row.group else ()) for row in plain_rows(region))
    found.indicators.extend(read)
    found.rows.extend((one.source.first, one.source.last, (one.group,) if one.group else ()) for one in read)


def _lines_of_targets(regions: Sequence[Region]) -> frozenset[int]:
    """The lines of tables of targets and results, headers included: what is said there is no clause."""
    kinds = (TableKind.INDICATORS, TableKind.STATED, TableKind.RESULTS, TableKind.BUDGET)
    return _lines_of([region for region in regions if region.kind in kinds])


def _lines_of(regions: Sequence[Region]) -> frozenset[int]:
    """All lines of ``regions``, headers included."""
    return frozenset(line.number for region in regions for line in (*region.header, *region.lines))


def _units(found: _Found) -> tuple[str, ...]:
    """The units of all rows; a cell that could not be read for certain names none."""
    sure = [
        one
        for one in found.indicators
        if not any(of_lead(check) and not check.startswith(LEADS_DIFFER) for check in one.checks)
    ]
    rows: tuple[Indicator | Task, ...] = (*sure, *found.tasks)
    return tuple(dict.fromkeys(name for row in rows for name in (*row.lead, *row.coop)))
