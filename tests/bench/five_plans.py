"""The client's five plans, read and put on a shelf the way the program does it, for the benches of retrieval."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge.plan import Plan
from knowledge.reading import read_plan
from retrieval.index import PlanIndex
from retrieval.question import is_province
from retrieval.shelf import Shelf, ShelvedPlan

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SECOND = ROOT / "tests" / "retrieval" / "questions" / "second.jsonl"
THIRD = SECOND.with_name("third.jsonl")
FOURTH = SECOND.with_name("fourth.jsonl")
FIFTH = SECOND.with_name("fifth.jsonl")
SIXTH = SECOND.with_name("sixth.jsonl")
SEVENTH = SECOND.with_name("seventh.jsonl")
EIGHTH = SECOND.with_name("eighth.jsonl")
CLEAN = SECOND.with_name("clean.jsonl")
# Who asks the questions of a gold file.
ASKERS = {"000": "UBND xã Bình Chương", "004": "UBND phường Ngọc Sơn"}


def absent() -> str | None:
    """Why the bench cannot run; None where it can."""
    return None if (SHARED / "plans").is_dir() else f"The plans are not here ({SHARED / 'plans'}); nothing to measure."


def read_plans() -> dict[str, tuple[str, Plan]]:
    """File name and plan by the file's number, each read with those before it as siblings."""
    read: dict[str, tuple[str, Plan]] = {}
    for path in sorted((SHARED / "plans").glob("*.txt")):
        siblings = [plan for _, plan in read.values()]
        read[path.name[:3]] = (path.name, read_plan(path.read_bytes(), path.name, siblings=siblings))
    return read


def shelve(plans: dict[str, tuple[str, Plan]]) -> Shelf:
    """The plans as the records would hold them, nothing confirmed yet; a province is the parent of its communes."""
    provinces = {
        p.document.province: p.document.issuer for _, p in plans.values() if is_province(p.document.issuer or "")
    }
    return Shelf(
        tuple(
            ShelvedPlan(
                key=key,
                authority=plan.document.issuer or key,
                file_name=name,
                plan=plan,
                parent=None if is_province(plan.document.issuer or "") else provinces.get(plan.document.province),
            )
            for key, (name, plan) in plans.items()
        )
    )


def fill(index: PlanIndex, shelf: Shelf, *, vectors: bool) -> None:
    """Put every plan of the shelf into ``index``."""
    for shelved in shelf.plans:
        index.replace(
            shelved.key, shelved.plan, file_name=shelved.file_name, authority=shelved.authority, vectors=vectors
        )


def gold(name: str) -> list[dict[str, Any]]:
    """The questions of a gold file, each with its asker under "as" and its plan under "plan"."""
    rows = json.loads((SHARED / "gold" / f"qa_{name}.json").read_text(encoding="utf-8"))
    return [row | {"as": ASKERS[name], "plan": name} for row in rows]


def second() -> list[dict[str, Any]]:
    """The questions of our own over the other plans, which the program was improved with."""
    return _written(SECOND)


def third() -> list[dict[str, Any]]:
    """Questions over the same plans written without sight of the program's answers; later improved with."""
    return _written(THIRD)


def fourth() -> list[dict[str, Any]]:
    """A hundred questions over all five plans, written the same way; later improved with."""
    return _written(FOURTH)


def fifth() -> list[dict[str, Any]]:
    """A hundred more; measured blind at first, later improved with."""
    return _written(FIFTH)


def sixth() -> list[dict[str, Any]]:
    """Running text above all, and many near misses that no plan answers; later improved with."""
    return _written(SIXTH)


def seventh() -> list[dict[str, Any]]:
    """Ninety over plans 001 to 003, measured blind when the program had been improved with the sets before."""
    return _written(SEVENTH)


def eighth() -> list[dict[str, Any]]:
    """A hundred over all five plans, measured blind after that."""
    return _written(EIGHTH)


def clean() -> list[dict[str, Any]]:
    """Questions over six official documents of other authorities with clean text; later improved with."""
    lines = CLEAN.read_text(encoding="utf-8").splitlines()
    return [row | {"answer": ", ".join(row["must_contain"])} for row in map(json.loads, lines)]


def read_clean() -> dict[str, tuple[str, Plan]]:
    """File name and plan of the six clean documents."""
    paths = sorted((SHARED / "plans-clean").glob("*.txt"))
    return {path.stem: (path.name, read_plan(path.read_bytes(), path.name)) for path in paths}


def _written(file: Path) -> list[dict[str, Any]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [row | {"plan": row["id"][:3], "answer": ", ".join(row["must_contain"])} for row in map(json.loads, lines)]


def say(*parts: object) -> None:
    """Print a line to the reader of the bench."""
    sys.stdout.write(" ".join(str(part) for part in parts) + "\n")
    sys.stdout.flush()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    say("| " + " | ".join(head) + " |")
    say("|" + " --- |" * len(head))
    for row in rows:
        say("| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row) + " |")
