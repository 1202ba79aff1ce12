"""Where a grey picture is dark."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Ink = npt.NDArray[np.bool_]


def ink_of(grey: Grey) -> Ink:
    """Where the page is dark: below the threshold that best parts paper from print."""
    dark: Ink = grey <= threshold_of(grey[::2, ::2])
    return dark


def threshold_of(grey: Grey) -> int:
    """The brightness that best parts dark from light (Otsu 1979)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below, weight = np.cumsum(counts), np.cumsum(counts * levels)
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (weight / below - (weight[-1] - weight) / above) ** 2
    return int(np.nanargmax(apart)) if np.isfinite(apart).any() else 127
