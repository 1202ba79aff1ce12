"""The most probable path through candidates: what a sentence says, given what each of its words may be."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from knowledge.repair.syllables import SHIFT, Language

# (syllable number, probability of what was seen given that syllable)
Candidate = tuple[int, float]

# Paths kept from word to word, and how improbable one may be beside the best. Twenty paths and a hundred times less
# change one word in two thousand, and cost four times as much.
WIDTH: Final = 6
LEAST: Final = 1e-4


def best_path(places: Sequence[Sequence[Candidate]], language: Language) -> list[int]:
    """For each place the index of its candidate on the most probable path (trigram beam search).

    Every place needs at least one candidate; ``(language.cut, 1.0)`` alone stands for punctuation,
    ``(language.figure, 1.0)`` for a figure. Cost grows with the number of candidates; a place with one costs next to
    nothing.
    """
    singles, pairs = language.singles, language.pairs
    place_of_pair, triple_of = language.place_of_pair.get, language.triples.get
    cut, figure = language.cut, language.figure
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
        best = 0.0
        for index, (syllable, seen) in enumerate(candidates):
            base = singles[syllable]
            for reached, last, pair, link in beam:
                p = base
                key = last << SHIFT | syllable
                place = place_of_pair(key, -1)
                if place >= 0:
                    p += pairs[place]
                    if pair >= 0:
                        p += triple_of(pair << SHIFT | syllable, 0.0)
                p *= reached * seen
                if p < best * LEAST:
                    continue
                if p > best:
                    best = p
                if syllable == figure:
                    key, place, syllable_after = figure, -1, cut
                else:
                    syllable_after = syllable
                other = grown.get(key)
                if other is None or p > other[0]:
                    grown[key] = (p, syllable_after, place, (index, link))
        least = best * LEAST
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
