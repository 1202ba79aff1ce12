"""Hypothesis without a time limit per example: on a busy machine it would fail a test that is right."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")
