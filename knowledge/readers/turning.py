"""Boxes on a page that lies on its side or on its head: as the page is shown, and as it is turned to be read."""

from __future__ import annotations

from dataclasses import replace

from knowledge.source import Box


def turned_back(box: Box, turn: int) -> Box:
    """The place of ``box`` on the page as it is shown, which was turned clockwise by ``turn`` degrees to be read; the
    box remembers the turn."""
    return replace(_quarters(box, -turn), turn=turn)


def turned(box: Box) -> Box:
    """The place of ``box`` on the page once it is turned so that its words stand upright."""
    return replace(_quarters(box, box.turn), turn=0)


def _quarters(box: Box, turn: int) -> Box:
    """Where ``box`` comes to lie when its page is turned clockwise."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    match turn % 360:
        case 90:
            return Box(1 - bottom, left, 1 - top, right)
        case 180:
            return Box(1 - right, 1 - bottom, 1 - left, 1 - top)
        case 270:
            return Box(top, 1 - right, bottom, 1 - left)
        case _:
            return Box(left, top, right, bottom)
