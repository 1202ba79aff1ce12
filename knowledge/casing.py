"""Titles printed in capitals, written as people write them."""

from __future__ import annotations


def sentence_case(title: str) -> str:
    """``title`` with one capital where it is printed all in capitals, else unchanged."""
    return title.capitalize() if title.isupper() else title
