"""The most probable path through candidates: what a sentence says, given what each of its words may be."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from knowledge.repair.syllables import SHIFT, Language

# (syllable number, log-probability of what was seen given that syllable)
Candidate = tuple[int, float]

# Paths kept from word to word. Six lose nothing measurable against twenty, and cost a third.
WIDTH = 6


def best_path(places: Sequence[Sequence[Candidate]], language: Language, width: int = WIDTH) -> list[int]:
    """For each place the index of its candidate on the most probable path (trigram beam search).

    Every place needs at least one candidate; ``(language.cut, 0.0)`` alone stands for punctuation,
    ``(language.figure, 0.0)`` for a figure. Cost grows with ``width`` times the number of candidates; a place with one candidate costs next to nothing.
    """
    singles, pairs, triples = language.singles, language.pairs, language.triples
    place_of_pair = language.place_of_pair.get
    triple_of = triples.get
    cut, figure = language.cut, language.figure
    # A path is (score, last syllable, place of the last pair, its link); a link is (index, link before).
    beam: list[tuple[float, int, int, object]] = [(0.0, cut, -1, None)]
    for candidates in places:
        if len(candidates) == 1 and candidates[0][0] == cut:
            # The past is forgotten at a cut, so one path survives it.
            score, _, _, link = max(beam, key=lambda path: path[0])
            beam = [(score, cut, -1, (0, link))]
            continue
        if len(candidates) == 1:
            syllable = candidates[0][0]
            if len(beam) == 1:
                score, last, _, link = beam[0]
                place = place_of_pair(last << SHIFT | syllable, -1)
                beam = [(score, cut, -1, (0, link)) if syllable == figure else (score, syllable, place, (0, link))]
                continue
        grown: dict[int, tuple[float, int, int, object]] = {}
        for index, (syllable, seen) in enumerate(candidates):
            base = singles[syllable]
            for score, last, pair, link in beam:
                p = base
                key = last << SHIFT | syllable
                place = place_of_pair(key, -1)
                if place >= 0:
                    p += pairs[place]
                    if pair >= 0:
                        p += triple_of(pair << SHIFT | syllable, 0.0)
                reached = score + log(p) + seen
                if syllable == figure:
                    key, place = figure, -1
                other = grown.get(key)
                if other is None or reached > other[0]:
                    grown[key] = (reached, cut if syllable == figure else syllable, place, (index, link))
        beam = sorted(grown.values(), key=_score, reverse=True)[:width]
    link = max(beam, key=_score)[3]
    path: list[int] = []
    while link is not None:
        index, link = link  # type: ignore[misc]
        path.append(index)
    path.reverse()
    return path


def _score(path: tuple[float, int, int, object]) -> float:
    return path[0]
