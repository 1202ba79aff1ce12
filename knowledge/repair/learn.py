"""``python -m knowledge.repair.learn ../shared``: make the packed counts of this package.

Reads the counts of syllables (``language/*.tsv.gz``) and the scanned pages with their truth
(``plans-damaged/*.eng.txt`` beside ``.ref.txt``, or ``.vie.txt`` where a table's order differs), and writes
``counts/*.gz``. Figures only: no sentence of a plan goes into the files.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from knowledge.repair import confusion, syllables
from knowledge.repair.aligned import aligned, words
from knowledge.repair.channel import repair_lines
from knowledge.repair.confusion import Confusions
from knowledge.repair.letters import Pairs, learn_letters
from knowledge.repair.spelling import split_syllable
from knowledge.repair.syllables import Language

_COUNTS = Path(__file__).parent / "counts"
_SURE = 0.9  # confidence from which a word of a scan without truth teaches
_ROUNDS = 3  # of reading such scans and learning from them; each takes some seconds a plan


def _counts(path: Path) -> dict[str, int]:
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return {words: int(count) for words, count in (row.rstrip("\n").split("\t") for row in rows)}


def language_from(folder: Path, phrases: Path) -> bytes:
    """The packed language of a folder with ``syllables``, ``pairs`` and ``triples`` ``.tsv.gz``, and of ``phrases``."""
    singles = Counter(_counts(folder / "syllables.tsv.gz"))
    pairs: Counter[tuple[str, str]] = Counter()
    for key, count in _counts(folder / "pairs.tsv.gz").items():
        a, b = key.split(" ")
        pairs[a, b] = count
    triples: Counter[tuple[str, str, str]] = Counter()
    for key, count in _counts(folder / "triples.tsv.gz").items():
        a, b, c = key.split(" ")
        if (a, b) in pairs:
            triples[a, b, c] = count
    for line in phrases.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        weight, *said = line.split(" ")
        singles.update({syllable: int(weight) for syllable in said if syllable != syllables.CUT})
        # Nothing is predicted to be a cut: a cut comes from the punctuation.
        pairs.update({(a, b): int(weight) for a, b in pairwise(said) if b != syllables.CUT})
        followed = zip(said, said[1:], said[2:], strict=False)
        triples.update({(a, b, c): int(weight) for a, b, c in followed if c != syllables.CUT})
    return syllables.pack(singles, pairs, triples)


def page_pairs(printed: Path, truth: Path) -> Counter[tuple[str, str]]:
    """(printed, true) Vietnamese words of one page; words in capitals say nothing about small letters: left out."""
    pairs = aligned(words(printed.read_text("utf-8")), words(truth.read_text("utf-8")))
    return Counter((p, t) for p, t in pairs if _telling(t))


def _telling(true: str) -> bool:
    return split_syllable(true.lower()) is not None and not (true.isupper() and len(true) > 1)


def own_pairs(text: str, channel: Confusions) -> Counter[tuple[str, str]]:
    """(printed, understood) words of a scan without a known truth, where ``channel`` is sure of itself."""
    found: Counter[tuple[str, str]] = Counter()
    for line in repair_lines(text.split("\n"), channel):
        for word in line.words:
            printed, understood = words(word.original), words(word.understood)
            if len(printed) == len(understood) == 1 and word.confidence >= _SURE:
                found[printed[0], understood[0]] += 1
    return Counter({pair: n for pair, n in found.items() if _telling(pair[1])})


def adapted(pairs: Pairs, texts: Sequence[str], known: Language) -> bytes:
    """The packed table learned from ``pairs``, then from what it makes of ``texts``, scans of other machines."""
    packed = confusions_from(pairs, known.spelled)
    for _ in range(_ROUNDS):
        channel = confusion.unpack(packed, known)
        own: Counter[tuple[str, str]] = sum((own_pairs(text, channel) for text in texts), Counter())
        packed = confusions_from(own + Counter(pairs), known.spelled)
    return packed


def confusions_from(pairs: Pairs, spelled: Iterable[str]) -> bytes:
    """The packed confusion table: letters learned from ``pairs``, then every onset and rime of ``spelled``."""
    letters = learn_letters(pairs)
    sightings: tuple[dict[tuple[str, str], float], ...] = (defaultdict(float), defaultdict(float))
    for (printed, true), count in pairs.items():
        parts = split_syllable(true.lower())
        if parts is None:
            continue
        cut = _cut(printed, true, len(parts[0]), letters)
        for which, (p, t) in enumerate(
            ((printed[:cut], true[: len(parts[0])]), (printed[cut:], true[len(parts[0]) :]))
        ):
            sightings[which][p, t] += count
    onsets, rimes = set(), set()
    for onset, rime in filter(None, map(split_syllable, spelled)):
        if onset:
            onsets |= {onset, onset.capitalize()}
            rimes.add(rime)
        else:
            rimes |= {rime, rime.capitalize()}
    return confusion.pack(
        confusion.unit_costs(letters, sightings[0], sorted(onsets)),
        confusion.unit_costs(letters, sightings[1], sorted(rimes)),
    )


def _cut(printed: str, true: str, onset: int, letters: dict[str, dict[str, float]]) -> int:
    """Where the printed onset ends, on the best alignment of letters."""
    best: list[dict[int, tuple[float, int]]] = [{0: (1.0, 0)}]
    for i, letter in enumerate(true):
        row: dict[int, tuple[float, int]] = {}
        for j, (p, cut) in best[-1].items():
            for k in range(j, min(len(printed), j + 3) + 1):
                q = p * letters.get(letter, {}).get(printed[j:k], 1e-7)
                if q > row.get(k, (0.0, 0))[0]:
                    row[k] = (q, k if i + 1 == onset else cut)
        best.append(row)
    return best[-1].get(len(printed), (0.0, min(onset, len(printed))))[1]


def pages(shared: Path) -> dict[str, Counter[tuple[str, str]]]:
    """Word pairs by page name. Where the truth reads a table row by row and the scan line by line, the Vietnamese
    model's reading (half a percent of errors) stands in for the truth."""
    found = {}
    for printed in sorted((shared / "plans-damaged").glob("*.eng.txt")):
        name = printed.name.removesuffix(".eng.txt")
        truth = printed.with_name(f"{name}.ref.txt")
        if " | " in truth.read_text("utf-8"):
            truth = printed.with_name(f"{name}.vie.txt")
        found[name] = page_pairs(printed, truth)
    return found


def main(argv: list[str]) -> int:
    """Write the packed files beside this module."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    shared = Path(argv[0])
    packed = language_from(shared / "language", _COUNTS / "phrases.txt")
    (_COUNTS / syllables.PACKED).write_bytes(packed)
    pairs: Counter[tuple[str, str]] = sum(pages(shared).values(), Counter())
    texts = [plan.read_text("utf-8") for plan in sorted((shared / "plans").glob("*.txt"))]
    (_COUNTS / confusion.PACKED).write_bytes(adapted(pairs, texts, syllables.unpack(packed)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
