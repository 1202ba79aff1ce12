"""The client's plans and questions, through the real way: read, index, answer, score. Needs ../shared; slow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf
from tests.bench.bench_answers import ask_all, scorer
from tests.bench.five_plans import absent, fill, gold, read_plans, second, shelve

pytestmark = [pytest.mark.slow, pytest.mark.skipif(absent() is not None, reason=absent() or "")]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return shelve(read_plans())


@pytest.fixture(scope="module")
def answerer(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    index = PlanIndex(Path(tmp_path_factory.mktemp("index")))
    fill(index, shelf, vectors=False)
    yield Answerer(index)
    index.close()


def test_the_gold_questions_are_answered_or_honestly_not(shelf: Shelf, answerer: Answerer) -> None:
    questions = gold("000") + gold("004")
    figures, faults = scorer().score(questions, ask_all(answerer, shelf, questions))
    assert figures["right"] >= 0.90, faults
    assert figures["abstain_right"] >= 0.90, faults
    assert figures["wrong"] <= 0.04, faults
    assert figures["cited"] >= 0.97
    assert figures["grounded"] == 1.0
    assert figures["no_diacritics"] >= figures["right"] - 0.03


def test_questions_of_our_own_over_the_other_plans(shelf: Shelf, answerer: Answerer) -> None:
    questions = second()
    figures, faults = scorer().score(questions, ask_all(answerer, shelf, questions))
    assert figures["right"] >= 0.85, faults
    assert figures["abstain_right"] >= 0.90, faults
    assert figures["grounded"] == 1.0


def test_each_authority_hears_its_own_figure(shelf: Shelf, answerer: Answerer) -> None:
    wanted = {
        "UBND xã Bình Chương": "60",
        "UBND phường Ngọc Sơn": "60",
        "UBND xã Xuân Thành": "65",
        "UBND tỉnh Quảng Ngãi": "60",
    }
    for asker, figure in wanted.items():
        for question in ("chỉ tiêu phủ sóng 5G là bao nhiêu?", "chi tieu 5g bao nhieu"):
            rows = [{"id": asker, "question": question, "as": asker}]
            answer = ask_all(answerer, shelf, rows)[asker]
            assert figure in answer["answer"], answer
            number = next(p.plan.document.number for p in shelf.plans if p.authority == asker)
            assert answer["citations"][0]["document"] == number
