"""A sheet of paper in a photo: found by its corners, cut out and laid flat.

A phone sees the table round the sheet, and the far edge shorter than the near one. Ruling lines then lean against
each other and no turning makes all of them level; the four corners say how to undo it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from knowledge.readers.ink import threshold_of

Corner = tuple[float, float]

SMALL = 500  # points of the long side on which the sheet is looked for
MIN_SHARE, MAX_SHARE = 0.25, 0.985  # of the picture under the sheet; more and there is no table to see
MIN_BRIGHT = 0.9  # of the sheet is brighter than what parts it from the table; print is smoothed away
MAX_BRIGHT_OUTSIDE = 0.2  # of the surroundings; more, and the edge found is not that of a sheet
MIN_CONTRAST = 40  # of 255, between the rims of sheet and surroundings
BLUR, RIM = 2, 9  # points at the edge that belong to neither, and up to where the rims reach
MAX_UNEQUAL = 1.6  # opposite sides of a sheet seen from above differ by less
INSET = 0.004  # of a side, by which the cut lies inside the edge, which is blurred


def lay_flat(picture: Image.Image) -> Image.Image:
    """The sheet alone, as seen from right above; the picture itself where no sheet stands out from what is round it."""
    corners = find_sheet(picture)
    if corners is None:
        return picture
    sides = [float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise((*corners, corners[0]))]
    width, height = round(max(sides[0], sides[2])), round(max(sides[1], sides[3]))
    inset_x, inset_y = width * INSET, height * INSET
    flat = [(-inset_x, -inset_y), (width + inset_x, -inset_y)]
    flat += [(width + inset_x, height + inset_y), (-inset_x, height + inset_y)]
    return picture.transform(
        (width, height), Image.Transform.PERSPECTIVE, _lens(flat, corners), Image.Resampling.BICUBIC, fillcolor=255
    )


def find_sheet(picture: Image.Image) -> tuple[Corner, Corner, Corner, Corner] | None:
    """The corners of the only sheet in a grey picture, clockwise from the one at the upper left; None where there is
    none to be sure of.
    """
    step = max(1, max(picture.size) // SMALL)
    # The widest filter first: it takes the print off the paper.
    small = picture.reduce(step)
    for size in (ImageFilter.MaxFilter, ImageFilter.MinFilter):
        for _ in range(4):  # four of 3 points are one of 9, in a quarter of the time
            small = small.filter(size(3))
    grey = np.asarray(small.filter(ImageFilter.GaussianBlur(1)))
    bright = grey > threshold_of(grey)
    rows, columns = np.nonzero(bright)
    if len(rows) < MIN_SHARE * bright.size:
        return None
    down, up = rows + columns, columns - rows
    extremes = (int(np.argmin(down)), int(np.argmax(up)), int(np.argmax(down)), int(np.argmin(up)))
    corners = [(float(columns[place]) + 0.5, float(rows[place]) + 0.5) for place in extremes]
    if not _is_sheet(grey, bright, corners):
        return None
    first, second, third, fourth = ((x * step, y * step) for x, y in corners)
    return first, second, third, fourth


def _is_sheet(grey: npt.NDArray[np.uint8], bright: npt.NDArray[np.bool_], corners: list[Corner]) -> bool:
    sides = [float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise((*corners, corners[0]))]
    if min(sides) < RIM or any(max(pair) > MAX_UNEQUAL * min(pair) for pair in (sides[0::2], sides[1::2])):
        return False
    depth = _depth(grey.shape, corners)
    inside = depth >= 0
    inner, outer = (depth > BLUR) & (depth < RIM), (depth < -BLUR) & (depth > -RIM)
    if not MIN_SHARE <= inside.mean() <= MAX_SHARE or not outer.any():
        return False
    step = float(np.median(grey[inner])) - float(np.median(grey[outer]))  # a shadow has no such edge
    return bool(
        step >= MIN_CONTRAST and bright[inside].mean() >= MIN_BRIGHT and bright[~inside].mean() <= MAX_BRIGHT_OUTSIDE
    )


def _depth(shape: tuple[int, ...], corners: list[Corner]) -> npt.NDArray[np.float64]:
    """How far each point lies within a quadrilateral whose corners go clockwise; negative outside it."""
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    depth = np.full(shape, np.inf)
    for (x, y), (next_x, next_y) in pairwise((*corners, corners[0])):
        along = np.hypot(next_x - x, next_y - y)
        depth = np.minimum(depth, ((next_x - x) * (rows - y) - (next_y - y) * (columns - x)) / along)
    return depth


def _lens(flat: list[Corner], seen: tuple[Corner, ...]) -> tuple[float, ...]:
    """The eight numbers with which Pillow finds, for a point of the flat sheet, where the picture shows it."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(flat, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return tuple(float(number) for number in np.linalg.solve(np.array(rows), np.array(wanted)))
