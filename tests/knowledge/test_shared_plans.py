"""Real plans, where the shared folder is at hand: the bars of quality, measured with its own scorer."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from knowledge.plan import Plan
from knowledge.plan_json import plan as as_json
from knowledge.reading import read_plan
from tests.knowledge.readings import SHARED, named

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason="the shared plans are not beside the repository (../shared)"
)

DAMAGED = ("000", "004")
CLEAN = ("bac-ninh", "cp_03", "dong-thap", "ha-noi", "nghe-an", "ttg_2623")


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_plan", SHARED / "tools" / "score_plan.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def read(name: str) -> Plan:
    (path,) = [*SHARED.glob(f"plans/{name}*.txt"), *SHARED.glob(f"plans-clean/{name}*.txt")]
    return read_plan(Path(path).read_bytes(), path.name)


def gold(name: str) -> dict[str, Any]:
    (path,) = SHARED.glob(f"gold/{name}*.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_plans_reach_the_bars(name: str) -> None:
    figures, wrong = scorer().score(gold(name), as_json(read(name)))
    assert figures["silent_wrong"] == 0, wrong
    assert figures["found"] >= 0.98, wrong
    assert figures["precision"] >= 0.97, wrong
    assert figures["row"] >= 0.95, wrong
    assert figures["lines"] >= 0.98, wrong
    assert figures["name_chars"] >= 0.93
    assert figures["false_alarm"] <= 0.10
    assert figures["meta"] >= 0.95
    assert figures["reporting"] in (None, 1.0)


@pytest.mark.parametrize("name", CLEAN)
def test_clean_documents_give_head_and_reporting_clauses(name: str) -> None:
    truth, plan_json = gold(name), as_json(read(name))
    head = truth["document"]
    for field in ("number", "date", "issuer", "signer", "year"):
        if head.get(field):
            assert plan_json["document"][field] == head[field]
    for rule in truth["reporting"]:
        due = rule.get("due_contract")
        if due:
            read_rules = [(one["frequency"], one["due"] or {}) for one in plan_json["reporting"]]
            assert any(
                frequency == rule["frequency"] and all(found.get(key) == value for key, value in due.items())
                for frequency, found in read_rules
            ), rule["rule"]


def test_an_appendix_of_a_clean_document_is_read_without_a_fault() -> None:
    figures, wrong = scorer().score(gold("cp_03"), as_json(read("cp_03")))
    assert figures["found"] == figures["row"] == figures["name_exact"] == figures["due"] == 1.0, wrong
    assert figures["silent_wrong"] == 0


def test_the_famous_5g_row() -> None:
    row = named(read("000"), "phủ sóng 5G")
    assert (row.no, row.target.value, row.target.unit) == ("12", 60, "%")
    assert row.needs_check
    assert "6006" in row.checks[0]
    assert row.source.first == row.source.last == 550


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_every_line_of_a_plan_stands_in_one_chunk(name: str) -> None:
    (path,) = SHARED.glob(f"plans/{name}*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    covered: set[int] = set()
    for chunk in read(name).chunks:
        span = set(range(chunk.source.first, chunk.source.last + 1))
        repeated = {at for at in span & covered if lines[at - 1].strip()}
        assert not repeated, chunk
        covered |= span
    assert not [at for at, line in enumerate(lines, 1) if line.strip() and at not in covered]
