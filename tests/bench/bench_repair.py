"""How well damaged text is repaired: ``python -m tests.bench.bench_repair`` (needs ../shared).

The measures:

word error rate    edit distance over white-space tokens (NFC) between the repaired page and its truth, insertions and
                   deletions included, divided by the tokens of the truth. The truth of the page with a table reads
                   row by row and the scan line by line: a perfect repair still has 0.33 there and 0.06 over all, which
                   the row "vie" (the Vietnamese model's reading) shows.
numbers            maximal runs of digits, compared as multisets per page: share of the truth's found (recall), share
                   of the repaired text's that are in the truth (precision).
held out           the confusion table learned from the other pages only.
names              the gold indicators of the client's plans: 1 - character error rate of the name among the words of
                   its printed lines, after repair of the whole plan; other columns' words are skipped at no cost.
                   No gold name taught the table; "held out" has not adapted itself to the plan's own scanner either.
bare               clean plans stripped of their marks and restored: share of syllables right.
"""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from knowledge.repair import old_tone, repair_lines, restore_diacritics
from knowledge.repair.confusion import Confusions, unpack
from knowledge.repair.learn import adapted, confusions_from, pages
from knowledge.repair.syllables import language

SHARED = Path(__file__).parents[3] / "shared"


def distance(a: Sequence[object], b: Sequence[object]) -> int:
    """Edit distance."""
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
        previous = row
    return previous[-1]


def page(name: str, kind: str) -> str:
    text = (SHARED / "plans-damaged" / f"{name}.{kind}.txt").read_text("utf-8")
    return unicodedata.normalize("NFC", text)


def repaired(text: str, channel: Confusions | None = None) -> str:
    return "\n".join(r.text for r in repair_lines(text.split("\n"), channel))


class Tally:
    """Sums over pages."""

    def __init__(self) -> None:
        self.errors = self.words = self.hits = self.printed = self.true = 0

    def add(self, text: str, truth: str) -> str:
        errors, words = distance(text.split(), truth.split()), len(truth.split())
        ours, theirs = Counter(re.findall(r"\d+", text)), Counter(re.findall(r"\d+", truth))
        hits = (ours & theirs).total()
        self.errors += errors
        self.words += words
        self.hits += hits
        self.printed += ours.total()
        self.true += theirs.total()
        return f"{errors / words:.4f} {hits / theirs.total():.3f}/{hits / ours.total():.3f}"

    def __str__(self) -> str:
        return f"{self.errors / self.words:.4f} {self.hits / self.true:.3f}/{self.hits / max(1, self.printed):.3f}"


def bench_pages() -> None:
    pairs = pages(SHARED)
    spelled = language().spelled
    tallies = {kind: Tally() for kind in ("vie", "eng", "held out", "final")}
    print(f"{'page (word error rate, numbers recall/precision)':50}", *(f"{kind:>20}" for kind in tallies))
    for name in pairs:
        others: Counter[tuple[str, str]] = sum((p for n, p in pairs.items() if n != name), Counter())
        held_out = unpack(confusions_from(others, spelled), language())
        texts = {
            "vie": page(name, "vie"),
            "eng": page(name, "eng"),
            "held out": repaired(page(name, "eng"), held_out),
            "final": repaired(page(name, "eng")),
        }
        truth = page(name, "ref")
        print(f"{name:50}", *(f"{tallies[kind].add(text, truth):>20}" for kind, text in texts.items()))
    print(f"{'all':50}", *(f"{tally!s:>20}" for tally in tallies.values()))


def name_accuracy(name: str, words: Sequence[str]) -> float:
    """1 - character error rate of ``name``; words of ``words`` that belong to other columns are skipped freely."""
    gold = name.casefold().split()
    costs = [0.0] * (len(words) + 1)
    for g in gold:
        row = [costs[0] + len(g) + 1]
        for j, w in enumerate(words, 1):
            row.append(min(costs[j] + len(g) + 1, costs[j - 1] + distance(g, w.casefold()), row[-1]))
        costs = row
    return max(0.0, 1 - costs[-1] / len(name))


def bench_names(show: bool) -> None:
    pairs: Counter[tuple[str, str]] = sum(pages(SHARED).values(), Counter())
    plans = sorted((SHARED / "plans").glob("*.txt"))
    for plan in plans:
        gold_file = SHARED / "gold" / f"{plan.name[:3]}.json"
        if not gold_file.exists():
            continue
        rows = [row for row in json.loads(gold_file.read_text("utf-8"))["indicators"] if row.get("line")]
        others = [other.read_text("utf-8") for other in plans if other != plan]
        held_out = unpack(adapted(pairs, others, language()), language())
        printed = plan.read_text("utf-8").split("\n")
        figures = []
        for channel in (held_out, None):
            lines = [r.text for r in repair_lines(printed, channel)]
            accuracies = []
            for row in rows:
                # The gold of running text names the first line only; no name there is longer than four lines.
                words = " ".join(lines[row["line"] - 1 : row.get("line_end", row["line"] + 3)]).split()
                accuracies.append(name_accuracy(old_tone(row["name"]), words))
                if show and channel is None and accuracies[-1] < 0.97:
                    print(f"  {accuracies[-1]:.3f} {row['name']}\n        {' '.join(words)}")
            figures.append(sum(accuracies) / len(rows))
        print(f"names of {plan.name[:3]}: held out {figures[0]:.4f}, final {figures[1]:.4f}, over {len(rows)} rows")


def bench_bare() -> None:
    right = total = 0
    spent = 0.0
    for plan in sorted((SHARED / "plans-clean").glob("*.txt")):
        for line in unicodedata.normalize("NFC", plan.read_text("utf-8")).splitlines():
            line = old_tone(line)
            began = time.perf_counter()
            bare = "".join(c for c in unicodedata.normalize("NFD", line) if not unicodedata.combining(c)).translate(
                {ord("đ"): "d", ord("Đ"): "D"}
            )
            restored = restore_diacritics(bare)
            spent += time.perf_counter() - began
            pairs = list(zip(re.findall(r"[^\W\d_]+", line), re.findall(r"[^\W\d_]+", restored), strict=True))
            right += sum(a == b for a, b in pairs)
            total += len(pairs)
    print(f"bare: {right / total:.4f} of {total} syllables, {1e6 * spent / total:.0f} µs a syllable")


def bench_speed() -> None:
    largest = max((SHARED / "plans").glob("*.txt"), key=lambda p: p.stat().st_size)
    lines = largest.read_text("utf-8").split("\n")
    began = time.perf_counter()
    language()
    loaded = time.perf_counter()
    repair_lines([""])
    table = time.perf_counter()
    repair_lines(lines)
    print(
        f"loading: counts {loaded - began:.3f} s, confusions {table - loaded:.3f} s;"
        f" largest plan ({len(lines)} lines): {time.perf_counter() - table:.3f} s"
    )


def main() -> int:
    if not SHARED.exists():
        print(f"{SHARED} is absent: nothing to measure on", file=sys.stderr)
        return 1
    bench_speed()
    bench_names(show="--show" in sys.argv)
    bench_bare()
    bench_pages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
