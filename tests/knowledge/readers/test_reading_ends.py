"""However a reading ends, nothing of it stays: no file in the temporary folder, no process."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.readers import ocr
from tests.knowledge import plan_documents

ROOT = Path(__file__).resolve().parents[3]
READER = """
import sys
from pathlib import Path
from knowledge.readers import read
read(Path(sys.argv[1]).read_bytes(), "quet.pdf", lambda page, of: print(page, flush=True))
"""
pytestmark = pytest.mark.skipif(not ocr.is_present(), reason="Tesseract is missing: `make services` brings it")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if plan_documents.font_folder() is None:
        pytest.skip("fonts-liberation2 is missing: `make services` brings it")
    file = tmp_path_factory.mktemp("scan") / "quet.pdf"
    file.write_bytes(plan_documents.scan_pdf(plan_documents.text_pdf()))
    return file


def reading(scan: Path, folder: Path) -> subprocess.Popen[str]:
    """A process that reads ``scan``, with ``folder`` for its temporary files; it prints a line a page."""
    return subprocess.Popen(
        [sys.executable, "-c", READER, str(scan)],
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def children(process: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if parent == process:
                found.append(int(entry.name))
    return found


def test_a_finished_reading_leaves_no_file(scan: Path, tmp_path: Path) -> None:
    process = reading(scan, tmp_path)
    pages, _ = process.communicate()
    assert pages.split() == ["1", "2", "3", "4"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can wait for the processes of others")
def test_a_killed_reading_leaves_no_file_and_no_process(scan: Path, tmp_path: Path) -> None:
    process = reading(scan, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    workers = [os.pidfd_open(child) for child in children(process.pid)]
    assert workers
    process.kill()
    process.communicate()
    for worker in workers:
        ended, _, _ = select.select([worker], [], [], 60)
        os.close(worker)
        assert ended
    assert list(tmp_path.iterdir()) == []
