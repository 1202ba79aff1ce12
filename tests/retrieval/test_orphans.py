"""Vectors that a crash left behind are never answered from, and go when the index is next brought up to date."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.plan import Chunk, Document, Plan
from knowledge.source import Source
from retrieval.index import PlanIndex
from retrieval.vectors import Vectors
from tests.retrieval.conftest import TrigramEmbedding

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = ("Nuôi ong lấy mật.", "Trồng chè trên đồi.", "Sửa đường liên thôn."), ("Nuôi cá lồng trên hồ.",)

# Another process of ours, which says when it has come to a point and waits there to be killed.
CHILD = """
    import sys, time
    from pathlib import Path
    from retrieval.index import PlanIndex
    from retrieval.passages import Passages
    from tests.retrieval.conftest import TrigramEmbedding
    from tests.retrieval.test_orphans import NEW, OLD, plan_of

    def stop(*_: object, **__: object) -> None:
        print("here", flush=True)
        time.sleep(600)

    index = PlanIndex(Path(sys.argv[1]), TrigramEmbedding())
"""
BEFORE_COMMIT = """
    Passages.embedded = stop  # the vectors are written, their commit is not
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
"""
AFTER_REPLACE = """
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
    index.replace("a", plan_of(*NEW), file_name="a.txt", authority="a", vectors=False)
    stop()
"""
AFTER_REMOVE = """
    from retrieval.vectors import Vectors
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
    Vectors.sweep = stop  # the plan is gone from the words, its vectors are not
    index.remove("a")
"""


def plan_of(*texts: str) -> Plan:
    chunks = tuple(Chunk((), text, text, Source(n, n, text)) for n, text in enumerate(texts, 1))
    return Plan(Document(), chunks=chunks)


def kill_at(point: str, folder: Path) -> None:
    """Run a child up to ``point`` and kill it there, as a power cut would."""
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CHILD) + textwrap.dedent(point), str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


def stored(folder: Path) -> int:
    """How many vectors lie in Chroma."""
    return Vectors(folder / "chroma", TrigramEmbedding().fingerprint).count()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    return tmp_path / "index"


def test_killed_before_the_commit_the_words_answer_alone(folder: Path) -> None:
    kill_at(BEFORE_COMMIT, folder)
    assert stored(folder) == 3
    index = PlanIndex(folder, TrigramEmbedding())
    hit = index.search("nuôi ong lấy mật")[0]
    assert hit.chunk.text == OLD[0]
    assert set(hit.parts) == {"lexical"}
    assert index.embed_pending() == 3
    assert set(index.search("nuôi ong lấy mật")[0].parts) == {"lexical", "dense"}
    assert stored(folder) == 3
    index.close()


def test_killed_after_a_replacement_the_old_version_is_neither_answered_from_nor_kept(folder: Path) -> None:
    kill_at(AFTER_REPLACE, folder)
    assert stored(folder) == 3
    index = PlanIndex(folder, TrigramEmbedding())
    assert [hit.chunk.text for hit in index.search("nuôi ong lấy mật trên đồi")] == list(NEW)
    assert index.embed_pending() == 1
    assert [hit.chunk.text for hit in index.search("nuôi ong lấy mật trên đồi")] == list(NEW)
    assert stored(folder) == 1
    index.close()


def test_killed_in_a_removal_nothing_of_the_plan_is_left(folder: Path) -> None:
    kill_at(AFTER_REMOVE, folder)
    assert stored(folder) == 3
    index = PlanIndex(folder, TrigramEmbedding())
    index.replace("b", plan_of(*NEW), file_name="b.txt", authority="b", vectors=False)
    assert {hit.key for hit in index.search("nuôi ong lấy mật")} == {"b"}
    assert index.embed_pending() == 1
    assert stored(folder) == 1
    assert set(index.entries()) == {"b"}
    index.close()


def test_removing_a_plan_takes_its_vectors_along(folder: Path) -> None:
    index = PlanIndex(folder, TrigramEmbedding())
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
    index.replace("b", plan_of(*NEW), file_name="b.txt", authority="b")
    index.remove("a")
    assert stored(folder) == 1
    index.close()


def test_another_process_in_the_middle_of_its_work_is_left_alone(folder: Path) -> None:
    index = PlanIndex(folder, TrigramEmbedding())
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
    vectors = Vectors(folder / "chroma", TrigramEmbedding().fingerprint)
    newest = index.entries()["a"].generation
    # What the other one writes has a generation that this one has not seen yet.
    vectors.add("b", newest + 1, 0, TrigramEmbedding().embed_documents(list(NEW)))
    assert vectors.sweep({"a": newest}, newest) == 0
    assert vectors.sweep({"a": newest}, newest + 1) == 1
    assert stored(folder) == 3
    index.close()


def test_nothing_is_opened_where_nothing_changed(folder: Path) -> None:
    index = PlanIndex(folder, TrigramEmbedding())
    index.replace("a", plan_of(*OLD), file_name="a.txt", authority="a")
    index.embed_pending()
    index.close()
    code = (
        "import sys; from pathlib import Path; from retrieval.index import PlanIndex;"
        "from tests.retrieval.conftest import TrigramEmbedding;"
        f"print(PlanIndex(Path({str(folder)!r}), TrigramEmbedding()).embed_pending(), 'chromadb' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "0 False"
