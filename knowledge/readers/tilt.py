"""By how much a page is tilted: first roughly, from the whole page, then from how each stretch of a line goes on in the
next.

The rows of a whole page tell its tilt only while its lines run through it: in a table the lines of one column stand
between those of the next, and a wrong tilt by which they meet looks as sharp as the right one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PIL import Image

from knowledge.readers.ink import Ink, ink_of

MAX_TILT = 12.0  # degrees; a hand with a phone keeps within ten
MIN_INK = 300  # dark points of the reduced page; fewer are specks, and have no direction
ENOUGH_INK = 30_000
ROUGH_STEP, FINE_STEP = 0.4, 0.04  # degrees; a line across A4 drifts by less than two points in the second
AROUND = 1.0  # degrees round the rough tilt: staggered columns have misled it by 0.5
STRIP = 24  # points of the half-size page: three letters
REACH = 24  # strips over which a line is compared with itself: half the page


def find_tilt(picture: Image.Image) -> float:
    """By how many degrees to turn the page counter-clockwise so that its lines lie level; 0.0 where nothing
    tells.
    """
    rough = _sharpest(ink_of(np.asarray(picture.reduce(8))), np.arange(-MAX_TILT, MAX_TILT + 0.1, ROUGH_STEP))
    if rough is None:
        return 0.0
    angles = np.arange(rough - AROUND, rough + AROUND + FINE_STEP / 2, FINE_STEP)
    return _most_alike(ink_of(np.asarray(picture.reduce(2))), angles)


def _sharpest(ink: Ink, angles: npt.NDArray[np.float64]) -> float | None:
    """The angle under which the rows of the page differ most in ink: text lines and gaps fall apart."""
    rows, columns = np.nonzero(ink)
    if len(rows) < MIN_INK:
        return None
    step = len(rows) // ENOUGH_INK + 1
    rows, columns = rows[::step].astype(np.float32), columns[::step].astype(np.float32)
    offset = ink.shape[1]
    scores = []
    for angle in angles:
        level = (rows - columns * np.float32(np.tan(np.radians(angle)))).astype(np.int32) + offset
        profile = np.bincount(level).astype(np.float64)
        scores.append(float(np.square(np.diff(profile)).sum()))
    return float(angles[int(np.argmax(scores))])


def _most_alike(ink: Ink, angles: npt.NDArray[np.float64]) -> float:
    """The angle along which the upright strips of the page are most alike, each with those next to it."""
    height, count = ink.shape[0], ink.shape[1] // STRIP
    strips = ink[:, : count * STRIP].reshape(height, count, STRIP).sum(axis=2).astype(np.float32).T
    turned = np.fft.rfft(np.diff(strips, axis=1), 2 * height, axis=1)
    alike = np.zeros(len(angles))
    for away in range(1, min(REACH, count - 1) + 1):
        shifted = np.fft.irfft((np.conj(turned[:-away]) * turned[away:]).sum(axis=0), 2 * height)
        drift = np.tan(np.radians(angles)) * STRIP * away
        whole = np.floor(drift).astype(int)
        part = drift - whole
        alike += shifted[whole % (2 * height)] * (1 - part) + shifted[(whole + 1) % (2 * height)] * part
    return float(angles[int(np.argmax(alike))])
