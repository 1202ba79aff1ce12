"""Plans are public; what was reported on them is heard by their authority and by the one above it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.library import Library
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Reported, Shelf, ShelvedPlan
from tests.conversations.stage import COMMUNE, sample_plan

PROVINCE = "UBND tỉnh Sông Mây"
NEIGHBOUR = "UBND xã Hòa Bến"
QUESTION = "Xã Hòa Mẫu đã đạt bao nhiêu phần trăm Sổ sức khỏe điện tử?"
FIGURE = "61,5"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    index = PlanIndex(tmp_path / "index", None)
    index.replace("mau", sample_plan(), file_name="ke-hoach.txt", authority=COMMUNE)
    yield Library(index, Answerer(index))
    index.close()


@pytest.fixture
def shelf() -> Shelf:
    figure = Reported(Decimal(FIGURE.replace(",", ".")), f"{FIGURE} %", "Quý II/2026", date(2026, 6, 25))
    return Shelf((ShelvedPlan("mau", COMMUNE, "ke-hoach.txt", sample_plan(), PROVINCE, reported={0: figure}),))


@pytest.mark.parametrize(
    ("asker", "hears"),
    [(COMMUNE, True), ("ubnd xa hoa mau", True), (PROVINCE, True), (NEIGHBOUR, False), (None, False)],
)
def test_reported_figures_are_for_their_own(library: Library, shelf: Shelf, asker: str | None, hears: bool) -> None:
    answers = library.answers(shelf, asker, date(2026, 7, 1))
    assert answers is not None
    answer = answers(QUESTION)
    assert (FIGURE in answer.text) is hears
    assert "80" in answer.text
