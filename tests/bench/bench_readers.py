"""What reading costs and how right it is: ``.venv/bin/python -m tests.bench.bench_readers [PAGES] [--long]``.

Prints the scorer's figures and the seconds for one invented plan as a Word file, text PDFs with all, a part or none of
the ruling of its table, three scans of it and scans with a part or none of the ruling (figures only where the shared
folder is there), then what a scan of PAGES pages (20) costs as a share of Tesseract's own cost, and the memory that it
takes. ``--long`` reads a scan of 300 pages instead and prints its time and memory alone.

Tesseract's own cost is that of ``tesseract PAGE.png stdout -l vie --psm 3`` (its default) with one thread, one run a
page, on the scanner's pictures as the reader takes them from the PDF, for as many pages; half of the runs before
ours and half after, since a machine's speed drifts. It drops a part of most ruled tables in this mode, and so has
less to do than a reader that reads them.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it ships no types

from knowledge import plan_json
from knowledge.readers import ocr, read
from knowledge.readers.crew import cores
from knowledge.readers.pdf import PdfFile
from knowledge.reading import read_plan
from tests.knowledge import invented_plan, plan_documents, word_forms
from tests.knowledge.plan_documents import Look

SCORER = Path(__file__).resolve().parents[3] / "shared" / "tools" / "score_plan.py"
LONG_PAGES = 300
LONG_NOISE = 2.0  # a good scanner's: 0.5 MB a page, and 300 pages are within the size that is taken
MAX_ROUNDS = 5  # of the document's pages through Tesseract alone; a longer scan only repeats them
LOOKS = {
    "level rules only": Look("level"),
    "upright rules only": Look("upright"),
    "first column ruled": Look("first column"),
    "shaded rows": Look("shaded"),
    "no rules": Look("none"),
    "no rules, words on top": Look("none", "TOP"),
    "no rules, no air": Look("none", air=0),
    "no rules, five pages": Look("none", air=14),
    "no rules, sideways": Look("none", lies="sideways"),
}
SCANNED_RULINGS = ("none", "level", "upright", "head")
FIGURES = ("row", "found", "precision", "name_chars", "silent_wrong", "false_alarm", "reporting", "meta")


def main(pages: int) -> None:
    """All figures, on standard output."""
    pdf = plan_documents.text_pdf()
    print("form                           seconds  " + "  ".join(FIGURES))
    quality("Word", plan_documents.word_file())
    quality("Word, merged, listed, edited", word_forms.plan_file())
    quality("PDF with text", pdf)
    for name, look in LOOKS.items():
        quality(f"PDF, {name}", plan_documents.text_pdf(look))
    if not ocr.is_present():
        print("scans: Tesseract with Vietnamese is missing; `make services` brings it")
        return
    for name, tilt, noise, blur in (
        ("scan", 0.6, 18, 0.7),
        ("scan, poor", -1.1, 25, 1.0),
        ("scan, blurred", 0.2, 10, 1.3),
    ):
        quality(name, plan_documents.scan_pdf(pdf, tilt=tilt, noise=noise, blur=blur))
    for ruling in SCANNED_RULINGS:
        form = plan_documents.text_pdf(Look(ruling))
        quality(f"scan, {ruling} ruled", plan_documents.scan_pdf(form, tilt=0.6, noise=14, blur=0.7))
    speed(pdf, pages)


def long_scan(pages: int) -> None:
    """The time and the memory of a scan of ``pages`` pages: those of one plan again and again."""
    once = pypdfium2.PdfDocument(plan_documents.scan_pdf(plan_documents.text_pdf(), noise=LONG_NOISE))
    scan = pypdfium2.PdfDocument.new()
    while len(scan) < pages:
        scan.import_pages(once, range(min(len(once), pages - len(scan))))
    buffer = io.BytesIO()
    scan.save(buffer)
    content = buffer.getvalue()
    print(f"scan of {pages} pages ({len(content) / 1e6:.0f} MB), {cores()} cores", flush=True)
    (peak, seconds), used = timed_memory(lambda: read(content, "scan.pdf"))
    print(f"read() {seconds:.0f} s by the clock, {used:.0f} s of processors")
    print(f"memory of read(), all processes: {peak / 1e6:.0f} MB more than before (bar: 1,000)")


def quality(name: str, content: bytes) -> None:
    """One document through the whole way, scored."""
    start = time.perf_counter()
    plan = read_plan(content, name)
    seconds = time.perf_counter() - start
    figures = score(plan_json.plan(plan))
    shown = "  ".join(f"{figures.get(figure, float('nan')):>{len(figure)}.3g}" for figure in FIGURES)
    print(f"{name:29} {seconds:8.2f}  {shown}")


def score(plan: object) -> dict[str, float]:
    """The scorer's figures, empty without it."""
    if not SCORER.exists():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        gold, got = Path(folder) / "gold.json", Path(folder) / "got.json"
        gold.write_text(json.dumps(invented_plan.truth()), encoding="utf-8")
        got.write_text(json.dumps(plan), encoding="utf-8")
        command = [sys.executable, str(SCORER), str(gold), str(got), "--json"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        return dict(json.loads(done.stdout))


def speed(pdf: bytes, pages: int) -> None:
    """A long scan: our cost against Tesseract's own on the same pages."""
    once = len(plan_documents.page_pictures(pdf))
    pages = -(-pages // once) * once
    content = plan_documents.scan_pdf(pdf, repeat=pages // once)
    print(f"\nscan of {pages} pages ({len(content) / 1e6:.0f} MB), {cores()} cores")
    with tempfile.TemporaryDirectory() as folder:
        pictures = page_files(content, once, Path(folder)) * min(pages // once, MAX_ROUNDS)
        half = len(pictures) // 2
        first, first_used = timed(lambda: tesseract_alone(pictures[:half]))
        (peak, seconds), used = timed_memory(lambda: read(content, "scan.pdf"))
        last, last_used = timed(lambda: tesseract_alone(pictures[half:]))
    rounds = pages / len(pictures)
    alone, alone_used = (first + last) * rounds / cores(), (first_used + last_used) * rounds
    print(f"by the clock: Tesseract's own divided by the cores {alone:.1f} s, read() {seconds:.1f} s")
    print(f"processors: Tesseract's own {alone_used:.1f} s, read() {used:.1f} s")
    print(f"ratio by the clock {seconds / alone:.2f}, in processor time {used / alone_used:.2f} (at most 1.1)")
    print(f"memory of read(), all processes: {peak / 1e6:.0f} MB more than before")


def page_files(content: bytes, count: int, folder: Path) -> list[Path]:
    """The first pages of a scan as pictures."""
    file = folder / "scan.pdf"
    file.write_bytes(content)
    scan = PdfFile(file)
    files = []
    for index in range(count):
        files.append(folder / f"{index}.png")
        scan.picture(index).save(files[-1])
    return files


def tesseract_alone(pictures: list[Path]) -> None:
    """Tesseract with its defaults and one thread, one page after the other."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    for picture in pictures:
        command = ["tesseract", str(picture), "stdout", "-l", "vie", "--psm", "3"]
        subprocess.run(command, capture_output=True, check=True, env=environment)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of processors, children included."""
    used, start = processor_seconds(), time.perf_counter()
    work()
    return time.perf_counter() - start, processor_seconds() - used


def timed_memory(work: Callable[[], object]) -> tuple[tuple[int, float], float]:
    """Memory and seconds by the clock as ``measured`` has them, and seconds of processors."""
    used = processor_seconds()
    found = measured(work)
    return found, processor_seconds() - used


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measured(work: Callable[[], object]) -> tuple[int, float]:
    """The most memory (resident bytes, this process and all below it, above the start) of ``work``, and its
    seconds.
    """
    before, peak, done = tree_memory(os.getpid()), 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.5):
            peak = max(peak, tree_memory(os.getpid()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        work()
        seconds = time.perf_counter() - start
    finally:
        done.set()
        watcher.join()
    return max(0, peak - before), seconds


def tree_memory(root: int) -> int:
    """Resident bytes of a process and its descendants."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                parents[int(entry.name)] = int(fields[1])
                pages[int(entry.name)] = int(fields[21])
            except OSError:
                continue  # it ended meanwhile

    def below(process: int) -> bool:
        while process in parents:
            if process == root:
                return True
            process = parents[process]
        return False

    return sum(count for process, count in pages.items() if below(process)) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="What reading costs and how right it is.")
    arguments.add_argument("pages", nargs="?", type=int, default=20, help="of the scan compared with Tesseract alone")
    arguments.add_argument("--long", action="store_true", help="time and memory of a scan of 300 pages, nothing else")
    asked = arguments.parse_args()
    if asked.long:
        long_scan(LONG_PAGES)
    else:
        main(asked.pages)
