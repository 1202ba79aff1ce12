"""How well plans are read: the shared gold documents with the shared scorer, and the time of the largest text.

    .venv/bin/python -m tests.bench.bench_plans

The damaged plans are read alone, without their siblings. ``reporting`` is printed twice: as the scorer has it, and with
the arguments of its comparison in the order that its docstring describes ("every key that the gold has is the same"),
since it passes them the other way round and then fails a due that says more than the gold does.
"""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any

from knowledge import plan_json
from knowledge.reading import read_plan

SHARED = Path(__file__).parents[3] / "shared"
FIGURES = (
    "found", "precision", "row", "silent_wrong", "name_chars", "lines", "false_alarm", "reporting", "meta",
)  # fmt: skip


def scorer() -> ModuleType:
    """The shared scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score_plan", SHARED / "tools" / "score_plan.py")
    assert spec is not None, "the scorer is there"
    assert spec.loader is not None, "the scorer is a Python file"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_described(score_plan: ModuleType) -> ModuleType:
    """A second scorer whose comparison of dues does what its docstring says."""
    mended = scorer()
    mended.same_due = lambda ours, theirs: score_plan.same_due(theirs, ours)  # type: ignore[attr-defined]
    return mended


def text_of(gold: Path) -> Path:
    """The document that a gold file is about."""
    found = [*(SHARED / "plans").glob(f"{gold.stem}_*.txt"), *(SHARED / "plans-clean").glob(f"{gold.stem}.txt")]
    return found[0]


def read_as_json(path: Path) -> dict[str, Any]:
    """What ``dondoc plan FILE --json`` prints."""
    shape: dict[str, Any] = json.loads(json.dumps(plan_json.plan(read_plan(path.read_bytes(), path.name))))
    return shape


def shown(value: Any) -> str:
    """A figure for the table."""
    return "-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def main() -> None:
    """Print one row a gold document, then the time."""
    if not SHARED.is_dir():
        print("../shared is absent: nothing is measured")
        return
    score_plan = scorer()
    print("| document | " + " | ".join(FIGURES) + " | reporting, as described |")
    print("| --- " * (len(FIGURES) + 2) + "|")
    for path in sorted((SHARED / "gold").glob("*.json")):
        if path.stem.startswith("qa_"):
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        read = read_as_json(text_of(path))
        figures, _ = score_plan.score(gold, read)
        mended, _ = as_described(score_plan).score(gold, read)
        row = [shown(figures[name]) for name in FIGURES]
        print(f"| {path.stem[:14]} | " + " | ".join(row) + f" | {shown(mended['reporting'])} |")
    largest = next((SHARED / "plans").glob("001_*.txt"))
    started = process_time()
    read_as_json(largest)
    first = process_time() - started
    started = process_time()
    read_as_json(largest)
    print(
        f"largest text, 1,356 lines: {first:.2f} s the first time, {process_time() - started:.2f} s after "
        f"(processor time; load {os.getloadavg()[0]:.1f})"
    )


if __name__ == "__main__":
    main()
