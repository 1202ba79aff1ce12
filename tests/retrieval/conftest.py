"""An index of the invented plans, and an embedding that needs no model."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest

from knowledge.repair.fold import strip_marks
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf
from tests.retrieval import hoa_mau

TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


class TrigramEmbedding:
    """A real, if simple, embedding: counts of letter triples in 64 buckets, of length 1. Deterministic and instant."""

    def __init__(self, name: str = "trigram") -> None:
        self.fingerprint = name

    def embed_query(self, text: str) -> list[float]:
        bare = f"  {strip_marks(text)}  "
        counts = [0.0] * 64
        for at in range(len(bare) - 2):
            counts[crc32(bare[at : at + 3].encode()) % 64] += 1.0
        length = math.sqrt(sum(c * c for c in counts)) or 1.0
        return [c / length for c in counts]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


def fill(index: PlanIndex, shelf: Shelf) -> None:
    """Put the plans of ``shelf`` into ``index``."""
    for plan in shelf.plans:
        index.replace(plan.key, plan.plan, file_name=plan.file_name, authority=plan.authority)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PlanIndex]:
    """The index of words alone, filled."""
    opened = PlanIndex(tmp_path)
    fill(opened, hoa_mau.shelf())
    yield opened
    opened.close()


@pytest.fixture
def ask(index: PlanIndex) -> Ask:
    """Ask as an official of the commune, or as ``asker``."""
    answerer = Answerer(index)

    def asked(question: str, *, asker: str | None = hoa_mau.COMMUNE, shelf: Shelf | None = None) -> Answer:
        return answerer.answer(question, shelf or hoa_mau.shelf(), asker=asker, today=TODAY)

    return asked
