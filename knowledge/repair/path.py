"""The most probable path through candidates: what a sentence says, given what each of its words may be."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from knowledge.repair.syllables import SHIFT, Language

# (syllable number, probability of what was seen given that syllable)
Candidate = tuple[int, float]

# Paths kept from word to word, and how improbable one may be beside the best. On pages that were not learned from,
# twelve paths down to 1e-6 mend one word in ten thousand; four paths down to 1e-3 lose two in a thousand.
WIDTH: Final = 6
LEAST: Final = 3e-4


def best_path(places: Sequence[Sequence[Candidate]], language: Language) -> list[int]:
    """For each place the index of its candidate on the most probable path (trigram beam search).

    Every place needs at least one candidate; ``(language.cut, 1.0)`` alone stands for punctuation,
    ``(language.figure, 1.0)`` for a figure. Cost grows with the number of candidates; a place with one costs next to
    nothing.
    """
    triple_of, place_of_pair = language.triples.get, language.place_of_pair.get
    cut, figure = language.cut, language.figure
    # Phrases recur in a document, so the steps from a syllable to a place are worked out once.
    steps_of: dict[int, dict[int, list[_Step]]] = {}
    entries_of: dict[int, list[_Entry]] = {}
    # A path is (probability beside the best, last syllable, place of the last pair, its link); a link is (index, the
    # link before). After a cut or a figure the past is forgotten.
    beam: list[tuple[float, int, int, object]] = [(1.0, cut, -1, None)]
    for candidates in places:
        if len(candidates) == 1 and (len(beam) == 1 or candidates[0][0] == cut):
            syllable = candidates[0][0]
            _, last, _, link = max(beam, key=_probability)
            if syllable in (cut, figure):
                beam = [(1.0, cut, -1, (0, link))]
            else:
                beam = [(1.0, syllable, place_of_pair(last << SHIFT | syllable, -1), (0, link))]
            continue
        grown: dict[int, tuple[float, int, int, object]] = {}
        best = least = 0.0
        at = id(candidates)
        if at not in entries_of:
            entries_of[at], steps_of[at] = _entries(candidates, language), {}
        steps_from = steps_of[at]
        for reached, last, pair, link in beam:
            steps = steps_from.get(last)
            if steps is None:
                steps = steps_from[last] = _steps(last, entries_of[at], language)
            counted = pair >= 0
            first = pair << SHIFT
            for index, syllable, key, place, seen, p in steps:
                if counted and place >= 0:
                    if (p + seen) * reached < least:
                        continue  # whatever the triple adds
                    p += seen * triple_of(first | syllable, 0.0)
                p *= reached
                if p > best:
                    best, least = p, p * LEAST
                elif p < least:
                    continue
                other = grown.get(key)
                if other is None or p > other[0]:
                    grown[key] = (p, cut if syllable == figure else syllable, place, (index, link))
        kept = [path for path in grown.values() if path[0] >= least]
        if len(kept) > WIDTH:
            kept.sort(key=_probability, reverse=True)
            del kept[WIDTH:]
        beam = [(p / best, last, place, link) for p, last, place, link in kept]
    link = max(beam, key=_probability)[3]
    path: list[int] = []
    while link is not None:
        index, link = link  # type: ignore[misc]  # a linked list, typed as object to stay cheap
        path.append(index)
    path.reverse()
    return path


_probability = itemgetter(0)

# (index of the candidate, its syllable, P(seen), P(seen) times the weighted single count, whether that alone suffices)
_Entry = tuple[int, int, float, float, bool]
# (index of the candidate, its syllable, key of the pair, place of the pair or -1, P(seen), P(seen) P(syllable | last))
_Step = tuple[int, int, int, int, float, float]


def _entries(candidates: Sequence[Candidate], language: Language) -> list[_Entry]:
    """What of the steps to a place does not depend on where they come from."""
    singles = language.singles
    alone = [seen * singles[syllable] for syllable, seen in candidates]
    least = max(alone) * LEAST
    return [
        (index, syllable, seen, p, p >= least)
        for index, ((syllable, seen), p) in enumerate(zip(candidates, alone, strict=True))
    ]


def _steps(last: int, entries: Sequence[_Entry], language: Language) -> list[_Step]:
    """The steps from ``last``; a candidate that is too rare alone needs a pair that was counted."""
    pairs, place_of_pair = language.pairs, language.place_of_pair.get
    first = last << SHIFT
    steps: list[_Step] = []
    best = 0.0
    for index, syllable, seen, p, suffices in entries:
        key = first | syllable
        place = place_of_pair(key)
        if place is not None:
            p += seen * pairs[place]
            if p > best:
                best = p
            steps.append((index, syllable, key, place, seen, p))
        elif suffices and p >= best * LEAST:
            steps.append((index, syllable, key, -1, seen, p))
    # A triple adds at most P(seen); what stays too rare even so is on no path that is kept.
    least = best * LEAST
    steps = [step for step in steps if step[5] + step[4] >= least]
    figure = language.figure
    if entries[0][1] == figure:
        # What follows a figure does not depend on what came before it.
        return [(i, s, s, -1, seen, p) if s == figure else (i, s, k, at, seen, p) for i, s, k, at, seen, p in steps]
    return steps
