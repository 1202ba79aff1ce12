"""What is read of appendix tables in ruined text: ``.venv/bin/python -m tests.bench.bench_ruined [--modes 3 4 6]``.

Fifteen invented plans, each with its table laid out in another way (``tests/knowledge/ruined_layouts.py``), are
printed, scanned and put through Tesseract's ENGLISH model, which knows no Vietnamese letters: the kind of text that the
client's plans came as. Prints the scorer's figures for each layout and page mode, and under ``wrong_lead`` how many
rows have a wrong lead and are not marked. The English model misreads figures as other figures ("85" is printed "95")
and drops a ">" without a trace: such a row cannot be told from a right one, and some remain under ``silent_wrong``. The
truth calls no row damaged, so ``false_alarm`` counts rightly read rows of garbled print too. About five minutes a mode.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge import plan_json
from knowledge.reading import read_plan
from tests.bench.five_plans import say
from tests.knowledge import ruined_plans
from tests.knowledge.ruined_layouts import ASIDE, SEEN
from tests.knowledge.ruined_plans import Layout

SCORER = Path(__file__).resolve().parents[3] / "shared" / "tools" / "score_plan.py"
FIGURES = ("row", "found", "precision", "target", "lead", "name_chars", "silent_wrong", "false_alarm")


def main(modes: Sequence[int], names: Sequence[str]) -> None:
    """All figures, on standard output; the mean of a figure counts every row the same."""
    missing = ruined_plans.absent() or (None if SCORER.exists() else f"the scorer is not here ({SCORER})")
    if missing:
        say(f"ruined tables: {missing}; nothing to measure.")
        return
    for title, layouts in (("improved with", SEEN), ("set aside", ASIDE)):
        chosen = [layout for layout in layouts if not names or any(name in layout.name for name in names)]
        for mode in modes:
            say(f"{title}, page mode {mode}".ljust(32) + "rows  " + "  ".join((*FIGURES, "wrong_lead")))
            measured = [_measured(layout, mode) for layout in chosen]
            for layout, figures in zip(chosen, measured, strict=True):
                _print(layout.name, figures)
            if measured:
                _print("all", _together(measured))


def _measured(layout: Layout, mode: int) -> dict[str, float]:
    text = "".join(page.decode() for page in ruined_plans.ruined(layout, mode))
    read = json.loads(json.dumps(plan_json.plan(read_plan(text.encode(), "plan.txt"))))
    gold = ruined_plans.truth(layout)
    scorer = _scorer()
    figures: dict[str, float] = dict(scorer.score(gold, read)[0])
    pairs: Mapping[int, int] = scorer.pair(gold["indicators"], read["indicators"])
    figures["wrong_lead"] = sum(
        not read["indicators"][at]["needs_check"]
        and scorer.names_set(gold["indicators"][row]["lead"]) != scorer.names_set(read["indicators"][at]["lead"])
        for row, at in pairs.items()
    )
    return figures


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_plan", SCORER)
    assert spec is not None  # the file is there: asked before
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    right = module.target_right
    module.target_right = lambda gold, read: bool(right(gold, read))  # it may give a unit's name for "yes"
    return module


def _together(measured: Sequence[Mapping[str, float]]) -> dict[str, float]:
    rows = sum(one["gold_rows"] for one in measured)
    counts = ("silent_wrong", "wrong_lead")
    mean = {name: sum(one[name] * one["gold_rows"] for one in measured) / rows for name in FIGURES}
    return {**mean, **{name: sum(one[name] for one in measured) for name in counts}, "gold_rows": rows}


def _print(name: str, figures: Mapping[str, float]) -> None:
    cells = [f"{figures[one]:.0f}" if one in ("silent_wrong", "wrong_lead") else f"{figures[one]:.2f}"
             for one in (*FIGURES, "wrong_lead")]  # fmt: skip
    widths = [len(one) + 2 for one in (*FIGURES[1:], "wrong_lead")]
    padded = cells[0].ljust(5) + "".join(cell.rjust(width) for cell, width in zip(cells[1:], widths, strict=True))
    say(f"  {name}".ljust(32) + f"{figures['gold_rows']:4.0f}  {padded}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="What is read of appendix tables in ruined text.")
    asked.add_argument("names", nargs="*", help="parts of names of layouts; all of them without")
    asked.add_argument("--modes", nargs="+", type=int, default=[3], help="Tesseract's page modes")
    options = asked.parse_args()
    main(options.modes, options.names)
