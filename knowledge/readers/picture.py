"""A page as a picture: grey, at about 300 dpi, evenly lit and upright, ready for line finding and OCR."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PIL import Image, ImageFilter

from knowledge.readers.ink import Grey
from knowledge.readers.tilt import find_tilt

DPI = 300  # what Tesseract's Vietnamese model was trained near; at 150 the error rate is ten times as high
# The long side of A4 at 300 dpi is 3,508 points. Smaller pictures (messengers shrink photos) are enlarged
# to it.
LONG_SIDE = 3508
MIN_LONG_SIDE = 700  # below, letters are under six points high: nothing can be read
MAX_LONG_SIDE = 5000  # A3 at 300 dpi
MIN_TILT = 0.04  # a line across A4 then drifts by less than two points
MAX_SHEAR = 1.2  # degrees; strips are then at least 48 points wide, more than a letter
# Typical step between neighbouring points of paper, of 255, from which a page is smoothed once, and twice.
GRAIN = (4.0, 12.0)
PAPER_SPREAD = 10  # of 255: how far the points of white paper lie apart
UNEVEN_LIGHT = 25.0  # spread of the paper's brightness over a page, of 255; a scanner stays below 10


def grey(picture: Image.Image) -> Image.Image:
    """Any picture in grey, on white where it is transparent."""
    return picture if picture.mode == "L" else _flatten(picture).convert("L")


def fit(grey: Image.Image) -> Image.Image:
    """A grey picture at the size at which a page has some 300 dpi."""
    grey = Image.fromarray(_smoothed(np.asarray(grey)))  # before any enlarging, which makes blots of grain
    long_side = max(grey.size)
    if MAX_LONG_SIDE >= long_side >= 0.85 * LONG_SIDE:
        return grey
    share = (MAX_LONG_SIDE if long_side > MAX_LONG_SIDE else LONG_SIDE) / long_side
    size = (max(1, round(grey.width * share)), max(1, round(grey.height * share)))
    return grey.resize(size, Image.Resampling.BICUBIC)


def straighten(picture: Image.Image) -> Image.Image:
    """A grey page evenly lit, with level lines, on white paper."""
    lit = _even_light(picture)
    tilt = find_tilt(lit)
    if abs(tilt) > MAX_SHEAR:
        lit = lit.rotate(tilt, Image.Resampling.BILINEAR, fillcolor=255)
    grey = np.asarray(lit)
    if MIN_TILT <= abs(tilt) <= MAX_SHEAR:
        grey = _sheared(grey, tilt)
    return Image.fromarray(_whitened(grey))


def _sheared(grey: Grey, tilt: float) -> Grey:
    """A slightly tilted page levelled by moving strips of it by whole points, down and then sideways; ten
    times as fast as a rotation, and sharper.
    """
    slope = float(np.tan(np.radians(tilt)))
    upright = np.full_like(grey, 255)
    for start, end, shift in _strips(grey.shape[1], -slope):
        _move(grey[:, start:end], upright[:, start:end], shift)
    level = np.full_like(grey, 255)
    for start, end, shift in _strips(grey.shape[0], slope):
        _move(upright[start:end].T, level[start:end].T, shift)
    return level


def _smoothed(grey: Grey) -> Grey:
    """A grainy page with its grain averaged away; any other as it is. Letters lose nothing: they are 30
    points high.
    """
    steps = np.abs(np.diff(grey[:: len(grey) // 100 + 1].astype(np.int16), axis=1))
    grain = float(np.median(steps))
    for limit in GRAIN:
        if grain >= limit:
            even = grey.copy()
            even[1:] = (grey[1:] >> 1) + (grey[:-1] >> 1)
            even[:, 1:] = (even[:, 1:] >> 1) + (even[:, :-1] >> 1)
            grey = even
    return grey


def _whitened(grey: Grey) -> Grey:
    """The page with its paper at full white, so that white put beside it is no edge: Tesseract would take
    grey paper next to white for print.
    """
    counts = np.bincount(grey[::4, ::4].ravel(), minlength=256)
    paper = 128 + int(np.argmax(counts[128:]))
    levels = np.minimum(255.0, np.arange(256) * (255.0 / (paper - PAPER_SPREAD)))
    white: Grey = levels.astype(np.uint8)[grey]
    return white


def _strips(length: int, slope: float) -> Iterator[tuple[int, int, int]]:
    """Strips of an edge, and by how many points each is to be moved so that the middle one stays."""
    shifts = np.rint((np.arange(length) - length / 2) * slope).astype(int)
    starts = [0, *(np.nonzero(np.diff(shifts))[0] + 1).tolist(), length]
    for start, end in pairwise(starts):
        yield start, end, int(shifts[start])


def _move(source: Grey, target: Grey, shift: int) -> None:
    """Copy ``source`` into the white ``target`` of the same shape, ``shift`` points further along the first
    axis.
    """
    if shift >= 0:
        target[shift:] = source[: len(source) - shift]
    else:
        target[:shift] = source[-shift:]


def _even_light(picture: Image.Image) -> Image.Image:
    """A photographed page without its shadows; a scanned one as it is."""
    small = picture.reduce(16)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    light = np.asarray(paper)
    if float(np.percentile(light, 95)) - float(np.percentile(light, 5)) < UNEVEN_LIGHT:
        return picture
    background = np.asarray(paper.resize(picture.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(picture, dtype=np.float32) * (255.0 / np.maximum(background, 40.0))
    return Image.fromarray(np.minimum(even, 255.0).astype(np.uint8))


def _flatten(picture: Image.Image) -> Image.Image:
    """Transparent pictures on white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        paper.alpha_composite(coloured)
        return paper
    return picture
